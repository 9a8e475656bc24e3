"""What a ruleset declares, as aligned lists for people in either language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from policyrules import wording
from policyrules.explanation_places import cited
from policyrules.ir.nodes import (
    Definition,
    Document,
    Input,
    NotStated,
    Parameter,
    Program,
    Version,
)
from policyrules.ir.walk import inputs_read
from policyrules.render import aligned
from policyrules.results_outcome import result_kind
from policyrules.source import Language, Text
from policyrules.types.types import ANY
from policyrules.types.units import PERCENT

_ANY = Text("any", "不限")
_HEADINGS: Mapping[str, Text] = {
    "inputs": Text("Inputs", "信息项"),
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
    "case": Text("case", "件"),
}
_FROM = Text("from ", "自")
_ON = Text("", "起")
_NOT_STATED = Text("not stated", "未载明")


def describe_text(program: Program, lang: Language = "en") -> str:
    """The declarations as aligned lists for people."""
    own = [item for item in program.definitions if item.own]
    read = inputs_read(program)
    labels = _labels(program)
    stated = [item for item in program.parameters if not item.statistic]
    statistics = [item for item in program.parameters if item.statistic]
    groups: dict[str, list[tuple[str, ...]]] = {
        "inputs": [
            _input_row(item, program, lang) for item in program.inputs if item.own or item in read
        ],
        "parameters": _parameter_rows(stated, labels, lang),
        "statistics": _parameter_rows(statistics, labels, lang),
        "benefits": [_rule_row(item, program, lang) for item in own if item.what == "benefit"],
        "definitions": [
            _rule_row(item, program, lang) for item in own if item.what == "definition"
        ],
        "deadlines": [_rule_row(item, program, lang) for item in own if item.what == "deadline"],
        "sources": [_document_row(item, lang) for item in program.documents],
        "checks": [(check.title.of(lang),) for check in program.checks],
    }
    title = program.title.of(lang)
    lines = [f"{title} ({program.id})" if lang == "en" else f"{title}（{program.id}）"]
    for group, rows in groups.items():
        if rows:
            lines += ["", _HEADINGS[group].of(lang), *aligned(rows)]
    return "\n".join(lines)


def version_words(program: Program, version: Version, item: Parameter, lang: Language) -> str:
    """What a version of a parameter says: `700元/人·月`; of a table, each row, then the unit."""
    unit_words = wording.unit_words(item.unit).of(lang)
    match version.cells:
        case (((), value),):
            if isinstance(value, NotStated):
                return _NOT_STATED.of(lang)
            return wording.quantity(value, item.unit).of(lang)
        case _:
            cells = _values(version, item, _labels(program), lang)
            named = item.unit not in ("", PERCENT)
            return cells + (f"（{unit_words}）" if lang == "zh" else f" ({unit_words})") * named


def _labels(program: Program) -> dict[str, Text]:
    """What categories and their values are called."""
    labels = {ANY: _ANY} | dict(program.labels)
    return labels | dict(pair for item in program.inputs for pair in item.values)


def _measure(item: Input | Definition, lang: Language) -> str:
    """The unit of a number, else the kind of value; whose it is stands in its own column."""
    if item.kind == "number":
        return wording.unit_words(wording.without_own_whom(item.unit, item.subject)).of(lang)
    return _KINDS[result_kind(item.kind, item.unit)].of(lang)


def _input_row(item: Input, program: Program, lang: Language) -> tuple[str, ...]:
    measure = _measure(item, lang)
    detail = wording.domain(
        item.low,
        item.high,
        wording.without_own_whom(item.unit, item.subject),
        low_excluded=item.low_excluded,
        high_excluded=item.high_excluded,
    ).of(lang)
    if item.kind == "choice":
        separator = "、" if lang == "zh" else ", "
        detail = separator.join(label.of(lang) for _, label in item.values)
    whose = item.collection.label if item.collection else _WHOSE[program.whose(item.subject)]
    return item.label.of(lang), whose.of(lang), measure, detail


def _parameter_rows(
    items: list[Parameter], labels: Mapping[str, Text], lang: Language
) -> list[tuple[str, ...]]:
    """A line for each version, in the order of time; only the first has the name and the unit."""
    rows: list[tuple[str, ...]] = []
    for item in items:
        named = item.label.of(lang), wording.unit_words(item.unit).of(lang)
        versions = [
            (_since(version, lang), _values(version, item, labels, lang))
            for version in item.versions
        ] or [("", "")]
        rows += [
            (*(("", "") if place else named), *version) for place, version in enumerate(versions)
        ]
    return rows


def _since(version: Version, lang: Language) -> str:
    if version.start is None:
        return ""
    return _FROM.of(lang) + wording.day(date.fromordinal(version.start)).of(lang) + _ON.of(lang)


def _values(version: Version, item: Parameter, labels: Mapping[str, Text], lang: Language) -> str:
    """The cells of a version; their unit stands in its own column, but percent at each rate."""
    separator, gap = ("、", "") if lang == "zh" else (", ", " ")
    counted = {number.name: dict(number.rows) for number in item.counted}
    words = [{**labels, **counted.get(name, {})} for name in item.by]
    cells = [
        (
            *(_label(key, each).of(lang) for key, each in zip(keys, words, strict=True)),
            _cell_words(value, item.unit, lang),
        )
        for keys, value in version.cells
    ]
    return separator.join(map(gap.join, cells))


def _label(value: str, labels: Mapping[str, Text]) -> Text:
    return labels.get(value, Text(value, None))


def _cell_words(value: Fraction | NotStated, unit: str, lang: Language) -> str:
    if isinstance(value, NotStated):
        return _NOT_STATED.of(lang)
    return wording.quantity(value, PERCENT if unit == PERCENT else "").of(lang)


def _rule_row(item: Definition, program: Program, lang: Language) -> tuple[str, ...]:
    cites = ("；" if lang == "zh" else "; ").join(cited(place, lang) for place in item.cites)
    whose = _WHOSE[program.whose(item.subject)].of(lang)
    return item.label.of(lang), whose, _measure(item, lang), cites, _period(item, lang)


def _document_row(item: Document, lang: Language) -> tuple[str, ...]:
    title = "" if item.title is None else item.title.of(lang)
    number = "" if item.number is None else item.number.of(lang)
    return item.label.of(lang), title, number, _period(item, lang)


def _period(item: Definition | Document, lang: Language) -> str:
    """The days on which a rule, or what a document says, is valid."""
    days = (item.valid_from, item.valid_to)
    since, until = ("" if d is None else wording.day(date.fromordinal(d)).of(lang) for d in days)
    if not since and not until:
        return ""
    if lang == "zh":
        return "有效期" + (f"自{since}" if since else "") + (f"至{until}" if until else "起")
    return "valid" + (f" from {since}" if since else "") + (f" until {until}" if until else "")
