"""How a fact is asked for: in the words that a ruleset declares, else in a plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from policyrules import wording
from policyrules.case import AGE
from policyrules.ir.facts import MOST_MEMBERS, MOST_RECORDS
from policyrules.ir.nodes import Input, NotStated
from policyrules.results_json import ResultKind
from policyrules.results_outcome import result_kind
from policyrules.source import Text

_PERSONS = "person"


def of_input(entry: Input, before: Text) -> dict[str, Any]:
    """What a declared input may be, and how it is asked for."""
    made: dict[str, Any] = {"label": entry.label}
    match entry.kind:
        case "truth":
            made["kind"] = "yes or no"
            made["answers"] = tuple((value, wording.truth(value=value)) for value in (True, False))
            plain = _truth_question(entry)
        case "choice":
            made["kind"] = "category"
            made["answers"] = entry.values
            en, zh = entry.label.of("en"), entry.label.of("zh")
            plain = Text(f"What is the {en}?", f"{zh}属于哪一种？")
        case "date":
            made["kind"] = "date"
            plain = _date_question(entry.label)
        case "number":
            made |= {"kind": number_kind(entry.unit), "whole": entry.whole, **bounds(entry)}
            made["unit"] = wording.without_own_whom(entry.unit, entry.subject)
            plain = figure_question(entry.label, str(made["unit"]))
    asks = entry.asks or plain
    made["asks"] = Text(
        before.of("en") + (asks.en or plain.of("en")), before.of("zh") + (asks.zh or plain.of("zh"))
    )
    return made


def bounds(of: Input | NotStated) -> Mapping[str, object]:
    """The domain of a number, for a question."""
    return {
        "low": of.low,
        "high": of.high,
        "low_excluded": of.low_excluded,
        "high_excluded": of.high_excluded,
    }


def number_kind(in_unit: str) -> ResultKind:
    """Whether a number in this unit is an amount."""
    return result_kind("number", in_unit)


def _truth_question(entry: Input) -> Text:
    en, zh = entry.label.of("en"), entry.label.of("zh")
    if entry.subject == "person":
        return Text(f"Does this apply to the person: {en}?", f"是否属于“{zh}”？")
    return Text(f"Does this apply: {en}?", f"是否有“{zh}”的情形？")


def _date_question(label: Text) -> Text:
    en, zh = label.of("en"), label.of("zh")
    day = f"What is the {en}?" if en.endswith(("date", "day")) else f"What is the date of {en}?"
    return Text(day, f"{zh}是哪一天？")


def figure_question(label: Text, in_unit: str) -> Text:
    """A plain question for a number, with its unit."""
    en, zh = label.of("en"), label.of("zh")
    if in_unit == AGE.unit:
        return Text(f"What is the {en}, in completed years?", f"{zh}是多少周岁？")
    if not in_unit:
        return Text(f"What is the {en}?", f"{zh}是多少？")
    words = wording.unit_words(in_unit)
    return Text(
        f"What is the {en}, in {words.of('en')}?", f"{zh}是多少（单位：{words.of('zh')}）？"
    )


def how_many_members(label: Text) -> dict[str, Any]:
    """The question how many persons the household has."""
    return {
        "label": label,
        "kind": "how many",
        "asks": Text("How many persons belong to the household?", "家庭共有几口人？"),
        "unit": _PERSONS,
        "low": Fraction(1),
        "high": Fraction(MOST_MEMBERS),
        "whole": True,
    }


def how_many_records(label: Text, before: Text) -> dict[str, Any]:
    """The question how many records a list has."""
    en, zh = label.of("en"), label.of("zh")
    return {
        "label": label,
        "kind": "how many",
        "asks": Text(
            f"{before.of('en')}How many records are there of {en}?",
            f"{before.of('zh')}{zh}共有几条？",
        ),
        "low": Fraction(0),
        "high": Fraction(MOST_RECORDS),
        "whole": True,
    }


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]
