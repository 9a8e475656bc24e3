"""What a ruleset declares, as aligned lists for people in either language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from policyrules import wording
from policyrules.ir.nodes import (
    Definition,
    Document,
    Input,
    Kind,
    NotStated,
    Parameter,
    Program,
    Version,
)
from policyrules.render import aligned
from policyrules.results_outcome import result_kind
from policyrules.source import Language, Text

_HEADINGS: Mapping[str, Text] = {
    "inputs": Text("Inputs", "信息项"),
    "categories": Text("Categories", "类别"),
    "statuses": Text("Statuses", "身份"),
    "parameters": Text("Parameters", "标准"),
    "statistics": Text("Statistics", "统计"),
    "benefits": Text("Benefits", "待遇"),
    "definitions": Text("Definitions", "定义"),
    "deadlines": Text("Deadlines", "时限"),
    "sources": Text("Sources", "文件"),
    "checks": Text("Checks", "核对"),
}
_KINDS: Mapping[str, Text] = {
    "yes or no": Text("yes or no", "是或否"),
    "category": Text("category", "类别"),
    "date": Text("date", "日期"),
}
_WHOSE: Mapping[str, Text] = {
    "household": Text("household", "家庭"),
    "person": Text("person", "个人"),
}
_FROM = Text("from ", "自")
_ON = Text("", "起")
_NOT_STATED = Text("not stated", "未载明")


def describe_text(program: Program, lang: Language = "en") -> str:
    """The declarations as aligned lists for people."""
    definitions = program.definitions
    groups: dict[str, list[tuple[str, ...]]] = {
        "inputs": [_input_row(item, lang) for item in program.inputs],
        "parameters": [_parameter_row(item, lang) for item in program.parameters],
        "benefits": [_rule_row(item, lang) for item in definitions if item.what == "benefit"],
        "definitions": [_rule_row(item, lang) for item in definitions if item.what == "definition"],
        "deadlines": [_rule_row(item, lang) for item in definitions if item.what == "deadline"],
        "sources": [_document_row(item, lang) for item in program.documents],
        "checks": [(check.title.of(lang),) for check in program.checks],
    }
    title = program.title.of(lang)
    lines = [f"{title} ({program.id})" if lang == "en" else f"{title}（{program.id}）"]
    for group, rows in groups.items():
        if rows:
            lines += ["", _HEADINGS[group].of(lang), *aligned(rows)]
    return "\n".join(lines)


def _measure(kind: Kind, in_unit: str, lang: Language) -> str:
    if kind == "number":
        return wording.unit_words(in_unit).of(lang)
    return _KINDS[result_kind(kind, in_unit)].of(lang)


def _input_row(item: Input, lang: Language) -> tuple[str, ...]:
    measure = _measure(item.kind, item.unit, lang)
    detail = wording.domain(
        item.low,
        item.high,
        item.unit,
        low_excluded=item.low_excluded,
        high_excluded=item.high_excluded,
    ).of(lang)
    if item.kind == "choice":
        separator = "、" if lang == "zh" else ", "
        detail = separator.join(label.of(lang) for _, label in item.values)
    return item.label.of(lang), _WHOSE[item.subject].of(lang), measure, detail


def _parameter_row(item: Parameter, lang: Language) -> tuple[str, ...]:
    latest = item.versions[-1] if item.versions else None
    since = ""
    if latest is not None and latest.start is not None:
        day = wording.day(date.fromordinal(latest.start)).of(lang)
        since = _FROM.of(lang) + day + _ON.of(lang)
    return item.label.of(lang), wording.unit_words(item.unit).of(lang), since, _values(latest, lang)


def _values(version: Version | None, lang: Language) -> str:
    cells = () if version is None else version.cells
    separator = "、" if lang == "zh" else ", "
    return separator.join(
        " ".join((*keys, _cell_words(value, lang))).strip() for keys, value in cells
    )


def _cell_words(value: Fraction | NotStated, lang: Language) -> str:
    return _NOT_STATED.of(lang) if isinstance(value, NotStated) else wording.number(value).of(lang)


def _rule_row(item: Definition, lang: Language) -> tuple[str, ...]:
    cites = "；".join(cited.label.of(lang) for cited in item.cites)
    if lang == "en":
        cites = cites.replace("；", "; ")
    whose = _WHOSE[item.subject].of(lang)
    return item.label.of(lang), whose, _measure(item.kind, item.unit, lang), cites


def _document_row(item: Document, lang: Language) -> tuple[str, ...]:
    title = "" if item.title is None else item.title.of(lang)
    number = "" if item.number is None else item.number.of(lang)
    return item.label.of(lang), title, number
