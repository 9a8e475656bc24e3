"""What queries say of cases, beside what the evaluator says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

from agreement import product_case
from attrs import frozen
from sql_tables import TYPES, Cell, Engine, Table, ends_of, named

from policyrules.backends.scalar import Evaluator
from policyrules.case import CaseReader
from policyrules.diagnostics import InputError
from policyrules.ir.facts import Facts, Outcome, Value
from policyrules.ir.lower import OPENED
from policyrules.ir.nodes import Input, Program
from policyrules.ruleset import Ruleset

DAY = "asked on"
_PLACES = 2


@frozen
class Met:
    """What a comparison has met: how many of what, and the differences."""

    wrong: list[Any]
    counts: Counter[str]

    def note(self, row: dict[str, Any], outcome: Outcome, words: dict[str, str]) -> None:
        """Compare a row; one that is open must name all that decides."""
        status = row["status"]
        self.counts[status] += 1
        found: tuple[Any, ...] = (status, *ends_of(row), row["problem"])
        expected: tuple[Any, ...] = (outcome.status, None, None, None)
        needs = {words.get(name, name) for _, name in outcome.needs}
        if status == OPENED:
            expected = (OPENED, None, None, None)
            right = needs <= named(row["needs"])
        else:
            right = needs == named(row["needs"])
            if status in ("eligible", "undetermined"):
                expected = (outcome.status, outcome.low, outcome.high, None)
        if found != expected or not right:
            self.wrong.append((row, outcome))


@frozen
class Population:
    """Cases as tables: each a household, numbered in order."""

    program: Program
    facts: tuple[Facts, ...]

    @property
    def scales(self) -> dict[str, int]:
        """The decimals of what is no money and need not be whole."""
        return {
            entry.name: _PLACES
            for entry in self.inputs
            if entry.kind == "number" and not entry.whole and "yuan" not in entry.unit
        }

    @property
    def inputs(self) -> list[Input]:
        """The inputs that have a column."""
        return [entry for entry in self.program.inputs if entry.collection is None]

    def words(self, lang: Any) -> dict[str, str]:
        """What the inputs are called."""
        members = {"members": "members" if lang == "en" else "家庭成员"}
        entries = (*self.inputs, *self.program.parameters)
        return members | {entry.name: entry.label.of(lang) for entry in entries}

    def tables(self, lang: Any = "en") -> list[Table]:
        """The tables of the cases."""
        persons = self._table("persons", "person", lang)
        households = self._table("households", "household", lang)
        for number, facts in enumerate(self.facts):
            day = {DAY: date.fromordinal(facts.on)}
            households.rows.append({"household": number, **day, **self._row(facts.household, lang)})
            for place, member in enumerate(facts.members or ()):
                who = number if self.program.about == "person" else place
                row = {"household": number, "person": who, **day, **self._row(member, lang)}
                persons.rows.append(row)
        return [persons, households]

    def _table(self, name: str, subject: str, lang: Any) -> Table:
        columns = {
            entry.label.of(lang): TYPES[entry.kind]
            for entry in self.inputs
            if entry.subject == subject
        }
        keys = {"household": "BIGINT", "person": "BIGINT", DAY: "DATE"}
        if subject == "household":
            del keys["person"]
        return Table(name, keys | columns)

    def _row(self, facts: Any, lang: Any) -> dict[str, Cell]:
        labels = {entry.name: entry for entry in self.inputs}
        return {
            labels[name].label.of(lang): self._cell(labels[name], value, lang)
            for name, value in facts.items()
            if name in labels
        }

    def _cell(self, entry: Input, value: Value, lang: Any) -> Cell:
        match value:
            case bool():
                return value
            case str():
                return dict(entry.values)[value].of(lang)
            case Fraction():
                scale = 0 if entry.whole else _PLACES
                whole = value * 10**scale
                assert whole.denominator == 1, (entry.name, value)
                return int(whole)
            case ordinal:
                return date.fromordinal(ordinal)


def population(program: Program, cases: list[Any]) -> Population:
    """The cases that can stand in tables: with no figure of a document, and with its members."""
    reader = CaseReader(program)
    facts = (reader.read(product_case(case, program.about), on) for case, on in cases)
    return Population(program, tuple(each for each in facts if not each.parameters))


def compared(
    engines: list[Engine], people: Population, lang: Any = "en", *, by_column: bool = True
) -> Met:
    """What queries of all benefits answer, against the evaluator."""
    met = Met([], Counter())
    evaluator = Evaluator(people.program)
    expected = [evaluator.outcomes(each) for each in people.facts]
    days: dict[str, int | None] = {DAY: None}
    if not by_column:
        days = {date.fromordinal(each.on).isoformat(): each.on for each in people.facts}
    for engine in engines:
        for table in people.tables(lang):
            table.into(engine)
    for entry in people.program.definitions:
        if entry.own and entry.what == "benefit":
            for engine, (on, day) in product(engines, days.items()):
                rows = _answered(engine, people, (entry.name, on, lang), met)
                for number, who, row in rows:
                    if day in (None, people.facts[number].on):
                        outcome = expected[number][entry.name, who]
                        met.note(row, outcome, people.words(lang))
    return met


def _answered(
    engine: Engine, people: Population, asked: tuple[str, str, Any], met: Met
) -> Iterator[tuple[int, int | None, dict[str, Any]]]:
    """The rows of a query, with the number of the case and of the member."""
    benefit, on, lang = asked
    rules = Ruleset(people.program)
    try:
        query = rules.sql(benefit, engine.name, on, lang=lang, scales=people.scales)
    except InputError as error:
        met.counts[f"refused {error.diagnostics[0].code} {engine.name}"] += 1
        return
    alone = people.program.about == "person"
    for row in engine.rows(query):
        yield row["person" if alone else "household"], 0 if alone else row.get("person"), row
