"""The search for what would change a decision, one stated fact after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from attrs import define, field

from policyrules import wording
from policyrules.backends.nearest import (
    Keeps,
    Place,
    Question,
    Reading,
    changed,
    fact_at,
    value_at,
)
from policyrules.case import AGE, BIRTH_DATE
from policyrules.case_names import member_path, need_words
from policyrules.counterfactual import Change, Effect, Plain, Unproved, WhatIf
from policyrules.counterfactual_steps import grid_of, other_values
from policyrules.diagnostics import InputError, Report
from policyrules.ir.facts import Facts, Value, field_of
from policyrules.ir.nodes import Definition, Input, Program
from policyrules.ir.walk import facts_read
from policyrules.results_outcome import BENEFIT, Outcome
from policyrules.source import Text
from policyrules.types.dates import NEVER
from policyrules.types.units import json_text, unit

_EFFECTS: tuple[Effect, Effect] = ("eligibility", "band")
Asked = tuple[str, int | None]


def what_if(
    program: Program, facts: Facts, asked: Asked, outcome_of: Callable[[Facts], Outcome]
) -> WhatIf:
    """The smallest changes for one outcome of a case; `InputError` if it is no benefit's.

    `outcome_of` evaluates it with other facts.
    """
    definition = next(item for item in program.definitions if item.name == asked[0])
    if definition.what != "benefit":
        raise _no_benefit(program, definition)
    search = _Search(program, Question(program, facts, *asked), outcome_of)
    found: list[Change | Unproved] = []
    for place, declared in _stated(program, facts, definition.name):
        found += search.of(place, declared)
    changes = [item for item in found if isinstance(item, Change)]
    return WhatIf(
        outcome=search.before,
        changes=tuple(sorted(changes, key=lambda change: _EFFECTS.index(change.effect))),
        unproved=tuple(item for item in found if isinstance(item, Unproved)),
    )


def _no_benefit(program: Program, definition: Definition) -> InputError:
    report = Report()
    benefits = [item.label for item in program.definitions if item.own and item.what == BENEFIT]
    known = wording.listed(benefits)
    report.add("PR680", BENEFIT, name=definition.label, known=known)
    return InputError(report.diagnostics)


def _stated(program: Program, facts: Facts, name: str) -> Iterator[tuple[Place, Input]]:
    """The facts of the case that the outcome may read, in the order of the case."""
    read = facts_read(program, [name])
    inputs = {(item.subject, item.name): item for item in program.inputs}
    inputs = {("person", item.name): item for item in (AGE, BIRTH_DATE)} | inputs
    if ("person", AGE.name) in read:
        read.add(("person", BIRTH_DATE.name))
    owners = [(None, facts.household), *enumerate(facts.members or ())]
    for owner, stated in owners:
        subject = "household" if owner is None else "person"
        for fact in stated:
            record = field_of(fact)
            key = subject, fact if (subject, fact) in inputs or record is None else record[2]
            if key not in read or key not in inputs:
                continue  # not read, or the length of a list
            if fact != AGE.name or BIRTH_DATE.name not in stated:
                yield Place(owner, fact), inputs[key]


@define
class _Search:
    """Looks for the changes of one fact after the other."""

    program: Program
    question: Question
    outcome_of: Callable[[Facts], Outcome]
    before: Outcome = field(init=False)
    base: Reading = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.before = self.outcome_of(self.question.facts)
        base = self.question.reading(self.question.facts)
        assert base is not None  # nothing varies
        self.base = base

    def of(self, place: Place, declared: Input) -> Iterator[Change | Unproved]:
        """The changes of one fact: its other values, then the nearest below and above."""
        tests = _turns(self.base), _same_ways(self.base)
        yield from self._others(place, declared, tests)
        facts = self.question.facts
        grid, now = grid_of(declared, facts.on), fact_at(facts, place)
        if grid is None:
            return
        for up in (False, True):
            turned: set[int] = set()
            found = self.question.search(place, grid, tests, up=up)
            for effect, each in zip(_EFFECTS, found, strict=True):
                distance = each.searched if each.turned is None else each.turned
                value = value_at(now, grid, distance, facts.on, up=up)
                if each.turned is not None and each.turned not in turned:
                    turned.add(each.turned)
                    yield self._change(place, declared, value, effect)
                elif not each.complete:
                    yield self._unproved(place, declared, value, effect)

    def _others(
        self, place: Place, declared: Input, tests: tuple[Keeps, Keeps]
    ) -> Iterator[Change]:
        """Each other value of a fact without size."""
        facts = self.question.facts
        for value in other_values(declared):
            if value == fact_at(facts, place):
                continue
            reading = self.question.reading(changed(facts, place, value))
            assert reading is not None
            for effect, keeps in zip(_EFFECTS, tests, strict=True):
                if not keeps(reading):
                    yield self._change(place, declared, value, effect)
                    break

    def _change(self, place: Place, declared: Input, value: Value, effect: Effect) -> Change:
        now = fact_at(self.question.facts, place)
        number = declared.kind == "number"
        return Change(
            path=self._path(place),
            label=self._label(place),
            effect=effect,
            before=_plain(declared, now),
            after=_plain(declared, value),
            difference=_difference(declared, now, value),
            unit=json_text(unit(declared.unit)) if number else "",
            outcome_before=self.before,
            outcome=self.outcome_of(changed(self.question.facts, place, value)),
            declared=declared,
        )

    def _unproved(self, place: Place, declared: Input, value: Value, effect: Effect) -> Unproved:
        return Unproved(
            path=self._path(place),
            label=self._label(place),
            effect=effect,
            until=_plain(declared, value),
            declared=declared,
        )

    def _path(self, place: Place) -> str:
        return f"{member_path(self.program, place.owner)}.{place.name}"

    def _label(self, place: Place) -> Text:
        return need_words(self.program, (place.owner, place.name), self.question.member)


def _turns(base: Reading) -> Keeps:
    """Whether the benefit stays due, or not due; of what is open, whether it stays so."""
    match base.due:
        case "due":
            return lambda reading: reading.due != "not due"
        case "not due":
            return lambda reading: reading.due != "due"
        case "open":
            return lambda reading: reading.due == "open"


def _same_ways(base: Reading) -> Keeps:
    return lambda reading: reading.ways == base.ways


def _plain(declared: Input, value: Value) -> Plain:
    """A value as callers get it."""
    if declared.kind != "date":
        return value if isinstance(value, bool | str) else Fraction(value)
    day = date.fromordinal(int(value))
    return wording.NONE if day == NEVER else day


def _difference(declared: Input, before: Value, after: Value) -> Fraction | None:
    """By how much a value changes, of days in days; None where it has no size."""
    never = declared.kind == "date" and NEVER.toordinal() in (before, after)
    if never or declared.kind not in ("number", "date"):
        return None
    assert not isinstance(before, str)
    assert not isinstance(after, str)
    return Fraction(after) - Fraction(before)
