"""Queries: a benefit for whole tables, in SQL; what the tables must hold, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from importlib.util import find_spec
from math import ceil, floor
from typing import TYPE_CHECKING, get_args

from attrs import field, frozen

from policyrules import wording
from policyrules.case import BIRTH_DATE
from policyrules.case_json import described, stop_if_problems
from policyrules.case_python import plain
from policyrules.case_values import FIRST_YEAR, LAST_YEAR, read_date
from policyrules.diagnostics import Diagnostic, InputError, Report, near, shown
from policyrules.ir.lower import Lowered, follow, lower
from policyrules.ir.lowering import DATE, Column
from policyrules.ir.nodes import (
    Constant,
    Definition,
    Input,
    NotStated,
    Over,
    Program,
    Subject,
    Variable,
)
from policyrules.ir.operators import NEVER
from policyrules.ir.walk import nodes_read
from policyrules.results_names import OutcomeNames
from policyrules.results_outcome import BENEFIT
from policyrules.source import Language, Text
from policyrules.types.dates import OLDEST
from policyrules.types.units import is_money, unit
from policyrules.wording_plans import not_planned

if TYPE_CHECKING:
    from policyrules.backends.sql import Tables
    from policyrules.backends.sql_answers import Asked
    from policyrules.backends.sql_cells import Cell

DIALECTS = ("duckdb", "postgres", "spark", "sqlite")
MONIES = ("fen", "decimal")
LARGEST, MOST_LARGEST = 10**12, 10**30
_HUNDREDTHS, _MOST_SCALE = 2, 6
_FIRST = date(FIRST_YEAR, 1, 1).toordinal()
_LAST = date(LAST_YEAR, 12, 31).toordinal()
_NAME = Text("a name", "名称")
_MONEY = Text("`fen` or `decimal`", "fen或者decimal")
_SCALE = Text("a number of decimals from 0 to 6", "0至6之间的小数位数")
_LARGEST = Text("a whole number from 1 to 10**30", "1至10的30次方之间的整数")
_MEMBERS = Text("members", "家庭成员")


@frozen(kw_only=True)
class Wishes:
    """How the tables are called and what is in them, as `Ruleset.sql` has it."""

    persons: str = "persons"
    households: str = "households"
    key: str = "household"
    person_key: str = "person"
    lang: Language = "en"
    money: str = "fen"
    scales: Mapping[str, int] = field(factory=dict)
    absent: Iterable[str] = ()
    largest: int = LARGEST


def query(
    names: OutcomeNames, benefit: str, dialect: str, on: str | date | None, wishes: Wishes
) -> str:
    """The query of a benefit; raises `InputError` with all that is wrong with what is asked."""
    name = next(iter(names.chosen([benefit], BENEFIT) or ()))
    report = Report()
    if find_spec("sqlglot") is None:
        report.add("PR646", "sql")
    rule = _benefit(names.program, name, report)
    day = _day(on, report)
    _examine(wishes, dialect, report)
    tables = _Inputs.of(names.program, wishes, report)
    stop_if_problems(report, "sql")
    assert rule is not None
    assert day is not None
    return _Asking(names.program, rule, dialect, day, wishes, tables).text()


def _benefit(program: Program, name: str, report: Report) -> Definition | None:
    rule = next(item for item in program.definitions if item.name == name)
    if rule.what == "benefit":
        return rule
    benefits = [item.label for item in program.definitions if item.own and item.what == "benefit"]
    report.add("PR642", BENEFIT, name=rule.label, known=wording.listed(benefits))
    return None


def _day(on: str | date | None, report: Report) -> str | int | None:
    """A day, or the name of a column of days."""
    if on is None:
        report.add("PR627", "on")
        return None
    own = Report()
    day = read_date(plain(on), "on", own)
    if day is not None:
        return day.toordinal()
    if isinstance(on, str) and on and [found.code for found in own.diagnostics] == ["PR614"]:
        return on
    report.add_all(own)
    return None


def _examine(wishes: Wishes, dialect: str, report: Report) -> None:
    """Note what is wrong with what is wished for."""
    if dialect not in DIALECTS:
        known = ", ".join(DIALECTS)
        report.add("PR641", "dialect", found=shown(str(dialect)), known=known)
    if wishes.lang not in get_args(Language):
        report.add("PR633", "lang", found=shown(str(wishes.lang)))
    if wishes.money not in MONIES:
        report.add("PR602", "money", expected=_MONEY, found=described(wishes.money))
    if wishes.money == "decimal" and dialect == "sqlite":
        report.add("PR645", "money")
    for place in ("persons", "households", "key", "person_key"):
        name = getattr(wishes, place)
        if not isinstance(name, str) or not all(name.split(".")):
            report.add("PR602", place, expected=_NAME, found=described(name))
    largest = wishes.largest
    if type(largest) is not int or not 1 <= largest <= MOST_LARGEST:
        report.add("PR602", "largest", expected=_LARGEST, found=described(largest))


def _key(entry: Input) -> tuple[bool, str]:
    return entry.subject == "person", entry.name


@frozen
class _Inputs:
    """The inputs of a program that have a column, and with how many decimals."""

    columns: Mapping[tuple[bool, str], Input]
    absent: frozenset[str]
    scales: Mapping[str, int]

    @classmethod
    def of(cls, program: Program, wishes: Wishes, report: Report) -> _Inputs:
        """Those of a program, as is wished; notes what has no such name."""
        inputs = [entry for entry in program.inputs if entry.collection is None]
        names = {
            name: entry.name
            for entry in inputs
            for name in (entry.name, entry.label.en, entry.label.zh)
            if name
        }

        def canonical(name: object, place: str) -> str:
            if not isinstance(name, str):
                report.add("PR602", place, expected=_NAME, found=described(name))
            elif name not in names:
                report.add("PR604", place, hint=near(name, names), name=shown(name))
            else:
                return names[name]
            return ""

        absent = frozenset(canonical(name, "absent") for name in wishes.absent)
        scales = {canonical(name, "scales"): scale for name, scale in wishes.scales.items()}
        for scale in scales.values():
            if type(scale) is not int or not 0 <= scale <= _MOST_SCALE:
                report.add("PR602", "scales", expected=_SCALE, found=described(scale))
        columns = {_key(entry): entry for entry in inputs if entry.name not in absent}
        return cls(columns, absent, scales)

    def scale(self, entry: Input) -> int:
        """How many decimals a number has."""
        money = bool(entry.unit) and is_money(unit(entry.unit))
        return self.scales.get(entry.name, _HUNDREDTHS if money else 0)


@frozen
class _Asking:
    """A benefit asked for in a dialect, by what is there."""

    program: Program
    rule: Definition
    dialect: str
    day: str | int
    wishes: Wishes
    inputs: _Inputs

    def text(self) -> str:
        """The query."""
        from policyrules.backends.sql import Query, too_wide  # noqa: PLC0415 (brings sqlglot)
        from policyrules.backends.sql_engines import ENGINES  # noqa: PLC0415 (the same)

        engine, of_person = ENGINES[self.dialect], self.rule.subject == "person"
        for lowered in self._plans():
            answers = self._asked(lowered).answers()
            wide = too_wide(answers, engine)
            found = Query(answers, self._cells(lowered), self._tables(), engine, of_person)
            if not wide and not (lowered.questions and found.is_too_long):
                return found.text()
        inputs = wording.listed(self._label(key) for key in wide)
        facts: dict[str, str | Text] = {
            "name": self.rule.label,
            "dialect": self.dialect,
            "inputs": inputs,
        }
        raise InputError([Diagnostic("PR644", "largest", facts)])

    def _plans(self) -> Iterator[Lowered]:
        """The plan that follows what is missing, if there is one; then one that leaves it open."""
        from policyrules.backends.sql_paths import Ways  # noqa: PLC0415 (brings sqlglot)

        columns: dict[tuple[Subject, str], Column] = {
            (entry.subject, entry.name): self._column(entry)
            for entry in self.inputs.columns.values()
        }
        on = self.day if isinstance(self.day, int) else None
        name = self.rule.name
        following = follow(self.program, columns, on, [name])
        if name not in following.refused and Ways(following, following.outcomes[name]).can_split():
            yield following
        lowered = lower(self.program, columns, on, [name])
        why = lowered.refused.get(name)
        if why is not None:
            facts = {"name": self.rule.label, "reason": not_planned(why)}
            raise InputError([Diagnostic("PR643", BENEFIT, facts)])
        yield lowered

    def _label(self, key: tuple[bool, str]) -> Text:
        """What a column is called in the rules; the day has no name there."""
        known = self.inputs.columns.get(key)
        return Text("the day (on)", "日期（on）") if known is None else known.label

    def _column(self, entry: Input) -> Column:
        match entry.kind:
            case "number":
                low, high = self._bounds(entry)
                return Column(Fraction(1, 10 ** self.inputs.scale(entry)), low, high)
            case "date":
                may_be_none = entry.name != BIRTH_DATE.name
                return Column(Fraction(1), _FIRST, NEVER if may_be_none else _LAST)
            case _:
                return Column(Fraction(1), 0, sum(len(each.values) for each in self.program.inputs))

    def _bounds(self, entry: Input) -> tuple[int, int]:
        """The least and the most that a number may be, in its parts."""
        scale = 10 ** self.inputs.scale(entry)
        low, high = -self.wishes.largest * scale, self.wishes.largest * scale
        if entry.low is not None:
            end = entry.low * scale
            low = max(low, floor(end) + 1 if entry.low_excluded else ceil(end))
        if entry.high is not None:
            end = entry.high * scale
            high = min(high, ceil(end) - 1 if entry.high_excluded else floor(end))
        return max(low, 0) if entry.whole else low, high

    def _asked(self, lowered: Lowered) -> Asked:
        from policyrules.backends.sql_answers import Asked, Words  # noqa: PLC0415 (brings sqlglot)

        lang = self.wishes.lang
        facts: set[tuple[str, str]] = set()
        figures: set[str] = set()
        of_members = False
        for node in nodes_read(self.program, [self.rule.name]):
            match node:
                case Variable(name, subject):
                    facts.add((subject, name))
                case Constant(NotStated() as silent):
                    figures.add(silent.name)
                case Over(collection=None):
                    of_members = True
        inputs = [entry for entry in self.program.inputs if (entry.subject, entry.name) in facts]
        absent = [entry.label for entry in inputs if entry.name in self.inputs.absent]
        absent += [entry.label for entry in self.program.parameters if entry.name in figures]
        asked_for: dict[tuple[str, str], str] = {
            (entry.subject, entry.name): entry.label.of(lang) for entry in self.program.inputs
        }
        for figure in self.program.parameters:
            asked_for["parameters", figure.name] = figure.label.of(lang)
        calls = {key: entry.label.of(lang) for key, entry in self.inputs.columns.items()}
        if isinstance(self.day, str):
            calls[False, DATE] = self.day
        money = is_money(unit(self.rule.unit))
        return Asked(
            lowered.outcomes[self.rule.name],
            lowered,
            of_person=self.rule.subject == "person",
            with_members=self.program.about == "household",
            part=Fraction(1, 10**_HUNDREDTHS if money else 1),
            words=Words(calls, self.wishes.key, _MEMBERS.of(lang)),
            on=self.day if isinstance(self.day, int) else None,
            oldest=OLDEST,
            read=tuple(key for key in map(_key, inputs) if key in self.inputs.columns),
            absent=tuple(name.of(lang) for name in absent),
            of_members=of_members,
            asked_for=asked_for,
        )

    def _tables(self) -> Tables:
        from policyrules.backends.sql import Tables  # noqa: PLC0415 (brings sqlglot)

        wishes, about = self.wishes, self.program.about
        return Tables(
            None if about == "case" else tuple(wishes.persons.split(".")),
            None if about == "person" else tuple(wishes.households.split(".")),
            wishes.key,
            wishes.person_key,
        )

    def _cells(self, lowered: Lowered) -> dict[tuple[bool, str], Cell]:
        from policyrules.backends.sql_cells import Cell  # noqa: PLC0415 (brings sqlglot)

        found = {}
        for key, entry in self.inputs.columns.items():
            name = entry.label.of(self.wishes.lang)
            match entry.kind:
                case "number":
                    low, high = self._bounds(entry)
                    scale, decimals = self.inputs.scale(entry), self.wishes.money == "decimal"
                    found[key] = Cell(name, "number", low, high, scale, decimals and scale > 0)
                case "date":
                    may_be_none = entry.name != BIRTH_DATE.name
                    found[key] = Cell(name, "date", _FIRST, _LAST, may_be_none=may_be_none)
                case "choice":
                    codes = {
                        word: lowered.choices[value]
                        for value, label in entry.values
                        for word in (value, label.en, label.zh)
                        if word
                    }
                    found[key] = Cell(name, "choice", codes=codes)
                case "truth":
                    found[key] = Cell(name, "truth")
        if isinstance(self.day, str):
            found[False, DATE] = Cell(self.day, "date", _FIRST, _LAST, required=True)
        return found
