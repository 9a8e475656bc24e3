"""Calculators for web pages: a form, the rules as a script, and the result while one types.

What is computed is the script of `javascript.py`; `calculator.js` and its parts show it. Nothing is
loaded from elsewhere and nothing is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from html import escape

from attrs import evolve

from policyrules import wording
from policyrules.calculator_reasons import Reasons
from policyrules.calculator_words import words
from policyrules.data import package_folder
from policyrules.explanation_tree import LANGUAGES
from policyrules.ir.nodes import Definition, Program
from policyrules.javascript import javascript
from policyrules.javascript_data import data, record, stripped
from policyrules.javascript_parameters import read_parameters
from policyrules.source import Language, Text
from policyrules.types.units import PERCENT, show, unit
from policyrules.wording_decisions import by_whom, decision

_NO_SCRIPT = Text(
    "This calculator needs JavaScript, which is switched off here.",
    "本计算器需要启用浏览器的JavaScript功能。",
)
_DECIDED = Text("Decided by: {}", "{}")
_ABOVE = Text("; above a set amount: {}", "；超过规定数额的，由{}审批")
_OR = Text(", or ", "，或者")
_PAGE = """\
:root { color-scheme: light dark; }
body { margin: 0; color: #1b2330; background: #ffffff; }
main { max-width: 48rem; margin: 0 auto; }
h1 { font: 700 1.5rem/1.3 system-ui, "Microsoft YaHei", sans-serif; margin: 1rem 1rem 0; }
@media (prefers-color-scheme: dark) { body { color: #e6eaf2; background: #12161d; } }
"""


@cache
def assets() -> Mapping[str, str]:
    """The style and the script that every calculator of a page shares, by the names of their files.

    The script has to be read before a fragment is.
    """
    parts = (_file(f"calculator{part}.js") for part in ("", "_plot", "_reasons"))
    script = "".join(map(stripped, parts))
    return {
        "calculator.css": _file("calculator.css"),
        "calculator.js": f'(() => {{\n"use strict";\n{script}}})();\n',
    }


def fragment(
    program: Program, wanted: Iterable[str] | None, on: date | None, lang: Language
) -> str:
    """A calculator for a page that has the `assets`: an element, then the script that fills it.

    `wanted` are the names of the rules whose outcomes are shown; without them, the benefits of a
    program, or all of its rules where it has none. With `on` it has the rules of that day only.
    """
    shown = _shown(program, wanted)
    reasons = Reasons(program, lang)
    told = {rule.name: _told(rule, reasons, lang) for rule in shown}
    own = {rule.name for rule in shown} | reasons.figures.keys()
    rules = [evolve(rule, own=rule.name in own) for rule in program.definitions]
    whole = evolve(program, definitions=(*rules, *reasons.tests))
    script = javascript(whole, None, on, lang, module=False)
    told |= {
        rule.name: record({"unit": _unit(rule, lang)})
        for rule in reasons.figures.values()
        if rule.name not in told
    }
    told |= {rule.name: "{}" for rule in reasons.tests}
    about = record(
        {
            "on": data(None if on is None else on.isoformat()),
            "asks": _table(_asks(program, lang)),
            "labels": _table(_labels(program, lang)),
            "silent": data(sorted({name for name, _ in read_parameters(program, own)})),
            "refused": data([rule.name for rule in shown]),
            "parameters": reasons.parameters(),
            "shown": record({data(name): text for name, text in told.items()}),
            "words": words(lang),
        }
    )
    return (
        f'<div class="policyrules-calculator" lang="{LANGUAGES[lang]}">'
        f"<p>{escape(_NO_SCRIPT.of(lang))}</p></div>\n"
        f"<script>\n{script}"
        "policyrulesCalculator(document.currentScript.previousElementSibling, "
        f"policyrules[{data(program.id)}], {about});\n</script>\n"
    )


def page(program: Program, wanted: Iterable[str] | None, on: date | None, lang: Language) -> str:
    """A whole page with one calculator, which needs no other file."""
    shared = assets()
    return (
        f'<!doctype html>\n<html lang="{LANGUAGES[lang]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{escape(program.title.of(lang))}</title>\n"
        f"<style>\n{_PAGE}{shared['calculator.css']}</style>\n"
        f"<script>\n{shared['calculator.js']}</script>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(program.title.of(lang))}</h1>\n"
        f"{fragment(program, wanted, on, lang)}</main>\n</body>\n</html>\n"
    )


def _shown(program: Program, wanted: Iterable[str] | None) -> list[Definition]:
    own = [rule for rule in program.definitions if rule.own]
    if wanted is not None:
        names = set(wanted)
        return [rule for rule in own if rule.name in names]
    return [rule for rule in own if rule.what == "benefit"] or own


def _told(rule: Definition, reasons: Reasons, lang: Language) -> str:
    """What is said of a rule whose outcome is shown."""
    return record(
        {
            "main": "true",
            "unit": _unit(rule, lang),
            "decided": data(_decided(rule, lang)),
            "places": f"[{','.join(reasons.places(rule))}]",
            "because": f"[{','.join(reasons.because(rule))}]",
        }
    )


def _unit(rule: Definition, lang: Language) -> str:
    """What one and what several of its unit are called, or that it is a rate."""
    if rule.kind != "number":
        return "{}"
    own = wording.without_own_whom(rule.unit, rule.subject)
    if own == PERCENT:
        return record({"rate": "true"})
    one, many = (show(unit(own), lang, Fraction(number)) for number in (1, 2))
    return record({"one": data(one), "many": data(many)})


def _decided(rule: Definition, lang: Language) -> str:
    """Who decides within a range, where the rule says so."""
    texts = []
    for grant in rule.grants:
        by = by_whom(grant.by, grant.factors, open_list=grant.factors_open)
        if by is not None:
            text = decision(by, grant.step, (), rule.unit).of(lang)
            above = [_ABOVE.of(lang).format(level.by.of(lang)) for level in grant.levels]
            texts.append("".join([text, *above]))
    return _DECIDED.of(lang).format(_OR.of(lang).join(dict.fromkeys(texts))) if texts else ""


def _asks(program: Program, lang: Language) -> dict[str, str]:
    """The questions that rules have for their inputs."""
    return {
        f"{item.subject} {item.name}": item.asks.of(lang)
        for item in program.inputs
        if item.asks is not None
    }


def _labels(program: Program, lang: Language) -> dict[str, str]:
    """What the values of categories are called."""
    return {value: label.of(lang) for item in program.inputs for value, label in item.values} | {
        name: label.of(lang) for name, label in program.labels
    }


def _table(texts: Mapping[str, str]) -> str:
    return record({data(name): data(text) for name, text in texts.items()})


def _file(name: str) -> str:
    return (package_folder() / name).read_text("utf-8")
