"""The names that a ruleset declares, read from its headers before any line is taken apart.

Chinese puts no blanks between words, so a line can be read only when the names in it are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from attrs import evolve, field, frozen

from policyrules.source import Span, Text
from policyrules.syntax import ast
from policyrules.syntax.layout import Block, Layout, Line
from policyrules.syntax.names_built_in import AGE, BIRTH_DATE, in_both
from policyrules.syntax.names_time import Earlier, all_earlier, looking_back, looking_back_in
from policyrules.syntax.names_written import COLON, EDGE, HAN, fields, listed, name_in
from policyrules.syntax.numbers import read_unit
from policyrules.syntax.words import Table, table, unit_table, words
from policyrules.types.currencies import read_currency
from policyrules.types.units import YUAN

Kind = Literal[
    "name",
    "benefit",
    "category",
    "value",
    "source",
    "group",
    "headcount",
    "list",
    "recordcount",
]

LONGEST_NAME = 200
# With what a form of time adds to two names.
LONGEST_SPELLING = 500
# The kinds of names whose figure or fact is read.
_READ = frozenset({"name", "benefit"})
_ENTITY = re.compile(
    r"[ \t　]+of (?:the )?(?:household|person|case)\b|[,，]?[ 　]*以(?:家庭|个人|件)为单位"
)
_BY = re.compile(r"[ \t　]+by[ \t　]+|[ \t　]*按[ \t　]*")
PARTED = re.compile(r"[,，、]|\band\b")
_TYPES = {"yes or no", "date", "number", "whole number", "rate"} | {
    *("是或否", "日期", "数值", "整数", "比例")
}
_PERIODS: Mapping[ast.Period, str] = {"year": "本年度", "quarter": "本季度", "month": "本月"}


@frozen
class Entry:
    """What a spelling stands for: the canonical name and the kind of thing it names."""

    key: str
    kind: Kind


@frozen(slots=False)
class Names:
    """Spellings in both languages and what they stand for.

    `values` are the values of each category, by its canonical name.
    """

    entries: Mapping[str, Entry]
    currency: str = YUAN
    values: Mapping[str, frozenset[str]] = field(factory=dict)

    @cached_property
    def table(self) -> Table[Entry]:
        """The names of facts, figures and values, for longest match."""
        return table((s, entry) for s, entry in self.entries.items() if entry.kind != "source")

    @cached_property
    def documents(self) -> Mapping[str, str]:
        """The canonical names of documents by their spellings."""
        return {s: entry.key for s, entry in self.entries.items() if entry.kind == "source"}

    @cached_property
    def sources(self) -> Table[Entry]:
        """The names of documents, which stand only in citations."""
        return table((spelling, self.entries[spelling]) for spelling in self.documents)

    @property
    def units(self) -> Table[str]:
        """The units that the file knows."""
        return unit_table(self.currency)

    @property
    def categories(self) -> frozenset[str]:
        """The spellings of all categories."""
        return frozenset(s for s, entry in self.entries.items() if entry.kind == "category")

    @property
    def by(self) -> frozenset[str]:
        """The spellings by which a table may be: those of categories and of figures."""
        return frozenset(s for s, e in self.entries.items() if e.kind in {"category", *_READ})

    def having(self, value: str) -> tuple[str, ...]:
        """The categories that have a value."""
        return tuple(name for name, values in self.values.items() if value in values)

    def shown(self, key: str) -> Text:
        """A name in both languages."""
        spelled = [spelling for spelling, entry in self.entries.items() if entry.key == key]
        english = next((spelling for spelling in spelled if not HAN.search(spelling)), None)
        return Text(english, next((s for s in spelled if HAN.search(s)), None))

    def with_others(self, others: Iterable[Names]) -> Names:
        """These names and those of other rulesets; these come first."""
        merged: dict[str, Entry] = {}
        values: dict[str, frozenset[str]] = {}
        for names in others:
            merged.update(names.entries)
            values.update(names.values)
        return Names({**merged, **self.entries}, self.currency, {**values, **self.values})


@frozen
class Declared:
    """A declared name, its kind, and the offset behind it and its alias."""

    name: ast.Name
    kind: Kind
    end: int


@frozen
class Outline:
    """A laid-out file with the names it declares, by the offset where each starts."""

    layout: Layout
    declared: Mapping[int, Declared]
    names: Names


def outline(layout: Layout, used: Iterable[Names] = ()) -> Outline:
    """Read the headers of a file: what it declares.

    The names of the rulesets it uses, `used`, tell where `by CATEGORY` begins in a header.
    """
    declared: dict[int, Declared] = {}
    currency = _currency(layout)
    known = [names.by for names in used]
    categories = frozenset((*_names_of_tables(layout), *number_of_members())).union(*known)
    for block in layout.blocks:
        for item in _declared(block, categories):
            declared[item.name.span.start] = evolve(item, name=in_both(item.name))
    entries: dict[str, Entry] = {}
    for name in (AGE, BIRTH_DATE):
        _enter(entries, name, "name")
    for item in declared.values():
        _enter(entries, item.name, item.kind)
        if item.kind in {"group", "list"}:
            _enter_count(entries, item)
    for name in _strayed(layout):
        _enter(entries, name, "name")
    for block in layout.blocks:
        if block.opener.type == "BENEFIT":
            for item in _declared(block, categories):
                for name in _asked_names(item.name):
                    _enter(entries, name, "name")
                failing = failing_name(item.name)
                # `the date` is a word of the language, which the longer name has to win over.
                spelling = f"the {failing.en}" if failing.en else failing.key
                entries.setdefault(spelling, Entry(failing.key, "name"))
    for item in declared.values():
        if item.kind in _READ:
            for _, found in all_earlier(item.name):
                _enter_earlier(entries, found)
    spelled = _read_names(entries, used)
    for of, months, event in looking_back_in(layout.source.text, spelled):
        figure, day = (_name_of(spelled[name].key, spelled) for name in (of, event))
        found = looking_back(figure, months, day)
        _enter_earlier(entries, found)
    entries = {s: entry for s, entry in entries.items() if len(s) <= LONGEST_SPELLING}
    names = Names(entries, currency, _values_of_categories(layout))
    return Outline(layout, declared, names)


def paid_name(benefit: ast.Name, period: ast.Period, case: int | None = None) -> ast.Name:
    """The input that says what a benefit with a running limit has already paid."""
    en, zh = (f", case {case}", f"，情形{case}") if case else ("", "")
    now = _PERIODS[period]
    return _of_benefit(benefit, f"{{}} paid this {period}{en}", f"{now}已享受{{}}金额{zh}")


def times_name(benefit: ast.Name, period: ast.Period) -> ast.Name:
    """The input that says how often a benefit was already paid in a period."""
    return _of_benefit(benefit, f"{{}} times this {period}", f"{_PERIODS[period]}已享受{{}}次数")


def months_name(benefit: ast.Name) -> ast.Name:
    """The input that says for how many months a benefit was already paid."""
    return _of_benefit(benefit, "months of {} paid", "已享受{}月数")


def previous_name(benefit: ast.Name) -> ast.Name:
    """The input that says what a benefit paid before its conditions failed."""
    return _of_benefit(benefit, "previous payment of {}", "{}原发放金额")


def failing_name(benefit: ast.Name) -> ast.Name:
    """The input that says from which day on the conditions of a benefit fail."""
    return _of_benefit(benefit, "date from which {}'s conditions fail", "{}不再符合条件之日")


def _of_benefit(benefit: ast.Name, en: str, zh: str) -> ast.Name:
    """A name made from that of a benefit, in the languages in which the benefit has one."""
    return ast.Name(
        en=benefit.en and en.format(benefit.en),
        zh=benefit.zh and zh.format(benefit.zh),
        span=benefit.span,
    )


def _asked_names(benefit: ast.Name) -> Iterable[ast.Name]:
    """The names of all inputs that limits and grace periods of a benefit could declare."""
    for period in _PERIODS:
        yield paid_name(benefit, period)
        yield times_name(benefit, period)
    yield months_name(benefit)
    yield previous_name(benefit)
    yield failing_name(benefit)


def _strayed(layout: Layout) -> Iterable[ast.Name]:
    """What headers that cannot be read seem to declare, so that its uses are no second mistake."""
    for line in layout.strays:
        first, last = line.pieces[0]
        word = re.compile(r"[^\s　]+[ \t　]+").match(line.source.text, first, last)
        found = _header_name(line, word.end(), last, frozenset()) if word else None
        if found:
            yield found[0]


def _enter(entries: dict[str, Entry], name: ast.Name, kind: Kind) -> None:
    for spelling in (name.en, name.zh):
        if spelling:
            entries.setdefault(spelling, Entry(name.key, kind))


def _enter_earlier(entries: dict[str, Entry], found: Earlier) -> None:
    """`last year's income`, 上年度家庭月收入; a name of the author's own goes before it."""
    known = [entries[spelling] for spelling in found.spellings if spelling in entries]
    entry = known[0] if known else Entry(found.name.key, "name")
    for spelling in found.spellings:
        entries.setdefault(spelling, entry)


def _read_names(entries: Mapping[str, Entry], used: Iterable[Names]) -> dict[str, Entry]:
    """The names whose figure or fact is read, those of the rulesets that are used included."""
    spelled = {s: e for names in used for s, e in names.entries.items()} | dict(entries)
    return {spelling: entry for spelling, entry in spelled.items() if entry.kind in _READ}


def _name_of(key: str, spelled: Mapping[str, Entry]) -> ast.Name:
    """The name of a key, in each language by the first of its spellings."""
    spellings = [spelling for spelling, entry in spelled.items() if entry.key == key]
    english = next((s for s in spellings if not HAN.search(s)), None)
    return ast.Name(en=english, zh=next(filter(HAN.search, spellings), None), span=AGE.span)


def _enter_count(entries: dict[str, Entry], item: Declared) -> None:
    """How many belong to a group or a list: `number of children`, 子女人数, 报销记录条数."""
    name, group = item.name, item.kind == "group"
    counted = [f"number of {name.en}", f"number of the {name.en}"] if name.en else []
    ends = ("人数",) if group else ("条数", "笔数", "的条数", "的笔数")
    counted += [f"{name.zh}{end}" for end in ends] if name.zh else []
    for spelling in counted:
        entries.setdefault(spelling, Entry(name.key, "headcount" if group else "recordcount"))


def _currency(layout: Layout) -> str:
    """The currency that a file declares; the yuan where it declares none."""
    for block in layout.blocks:
        for line in block.clauses if block.opener.type == "RULESET" else ():
            found = words().clauses["RULESET"].match(layout.source.text, line.start, line.end)
            if found and found[0][1].type == "CURRENCY":
                return read_currency(layout.source.text[found[0][0] : line.end].strip()) or YUAN
    return YUAN


def uses(layout: Layout) -> Iterable[tuple[str, Span]]:
    """The ids of the rulesets that a file uses, with their places."""
    text = layout.source.text
    for block in layout.blocks:
        if block.opener.type != "RULESET":
            continue
        for line in block.clauses:
            found = words().clauses["RULESET"].match(text, line.start, line.end)
            if found and found[0][1].type == "USES":
                for match in re.finditer(r"[^\s,，、　]+", text[found[0][0] : line.end]):
                    start = found[0][0] + match.start()
                    span = Span(layout.source, start, start + len(match.group()))
                    yield match.group(), span


def number_of_members() -> tuple[str, ...]:
    """The spellings of the number of members, by which a table may be."""
    return tuple(w.spelling for w in words().order if w.type == "NUMBER_OF_MEMBERS")


def _names_of_tables(layout: Layout) -> Iterable[str]:
    """The names by which a table may be: categories, and figures that may be whole numbers."""
    for block in layout.blocks:
        if block.opener.type in {"CATEGORY", "INPUT", "DEFINE"}:
            for item in _declared(block, frozenset())[:1]:
                yield from (spelling for spelling in (item.name.en, item.name.zh) if spelling)


def _values_of_categories(layout: Layout) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for block in layout.blocks:
        if block.opener.type == "CATEGORY":
            declared = _declared(block, frozenset())
            for category in declared[:1]:
                found[category.name.key] = frozenset(item.name.key for item in declared[1:])
    return found


def _declared(block: Block, categories: frozenset[str]) -> list[Declared]:
    header = block.header
    start, end = block.opened, header.pieces[0][1]
    match block.opener.type:
        case "CATEGORY":
            name = _header_name(header, start, end, frozenset())
            return ([Declared(name[0], "category", name[1])] if name else []) + [
                Declared(value, "value", stop) for value, stop in listed(block)
            ]
        case "STATUSES":
            return [Declared(value, "name", stop) for value, stop in listed(block)]
        case "SOURCE":
            name = _header_name(header, start, end, frozenset())
            return [Declared(name[0], "source", name[1])] if name else []
        case "PARAMETER" | "STATISTIC":
            name = _header_name(header, start, end, categories)
            return [Declared(name[0], "name", name[1])] if name else []
        case "INPUT" | "DEFINE" | "BENEFIT" | "DEADLINE" as opener:
            name = _header_name(header, start, end, frozenset())
            kind: Kind = "benefit" if opener == "BENEFIT" else "name"
            return [Declared(name[0], kind, name[1])] if name else []
        case "GROUP":
            name = _header_name(header, start, end, frozenset())
            return [Declared(name[0], "group", name[1])] if name else []
        case "LIST":
            name = _header_name(header, start, end, frozenset())
            found = [Declared(name[0], "list", name[1])] if name else []
            return found + [Declared(field, "name", stop) for field, stop in fields(block)]
        case _:
            return []


def _header_name(
    line: Line, start: int, end: int, categories: frozenset[str]
) -> tuple[ast.Name, int] | None:
    """The name after the opening word: up to its alias, `of …`, `by …` or the colon."""
    text = line.source.text
    colon = COLON.search(text, start, end)
    stop = colon.start() if colon else end
    entity = _ENTITY.search(text, start, stop)
    if entity:
        stop = entity.start()
    elif not colon:
        stop = type_start(text, start, end) or end
    for by in _BY.finditer(text, start, stop):
        if text.startswith(tuple(categories), by.end()) and _only_categories(
            text[by.end() : stop], categories
        ):
            stop = by.start()
            break
    return name_in(line.source, start, stop)


def type_start(text: str, start: int, stop: int, units: Table[str] | None = None) -> int | None:
    """Where the unit or type begins that ends a header without a colon; None without one."""
    entity = _ENTITY.search(text, start, stop)
    for offset in range(entity.end() if entity else start + 1, stop):
        if text[offset - 1] in EDGE and text[offset] not in EDGE:
            unit = read_unit(text, offset, stop, units)
            if (unit and unit.end == stop) or text[offset:stop] in _TYPES:
                return offset
    return None


def _only_categories(text: str, categories: frozenset[str]) -> bool:
    return all(part.strip(EDGE) in categories for part in PARTED.split(text))
