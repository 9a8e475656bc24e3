"""The nearest value of one fact at which an outcome turns, proved to be the nearest.

The values that a fact may have are numbered by their distance from its own. A whole stretch of them
is evaluated at once, by intervals; if nothing turns there, all of them are done with. Otherwise it
is halved, the nearer half first, down to single values, which are evaluated exactly. So nothing is
passed over, and what is found is the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import isqrt
from typing import Literal, cast

from attrs import define, evolve, field, frozen

from policyrules.backends.hulls import Path
from policyrules.backends.paths import Owner, Taken
from policyrules.backends.scalar import Evaluator
from policyrules.backends.ways import VARIES, Turns, Watcher
from policyrules.ir import operators
from policyrules.ir.facts import Facts, Status, Value
from policyrules.ir.grants import granting
from policyrules.ir.nodes import Program
from policyrules.ir.ranges import MISSING, VARIED, Extent, Range, completed_years
from policyrules.ir.ranges_linear import varied
from policyrules.ir.ranges_time import born

# Whether a benefit is due: yes, no, or not settled by what is known.
Due = Literal["due", "not due", "open"]
MOST_PATHS = 20_000
_DUE: Mapping[Status, Due] = {
    "eligible": "due",
    "not stated": "due",
    "not eligible": "not due",
    "not in force": "not due",
}
_WITHOUT_AMOUNT = frozenset({"not eligible", "not in force", "not stated", "conflict", "manual"})
AGE, BIRTH_DATE = "age", "birth date"


@frozen
class Place:
    """Which fact: whose it is, and under what name the facts hold it."""

    owner: Owner
    name: str


@frozen
class Reading:
    """How an outcome stands for one value or a stretch of them: the same for all of these.

    `ways` are how it comes about on each path; None if that is not the same for all, or was not
    told apart.
    """

    due: Due
    ways: frozenset[object] | None


@frozen
class Grid:
    """The values that a fact may be changed to: the multiples `first` to `last` of a step."""

    step: Fraction
    first: int
    last: int
    days: bool = False


@frozen
class Found:
    """The distance of the nearest value that turns the outcome, and how far was searched.

    `turned` is None if none does so up to `searched`; that is the last one there is if the search
    is `complete`, and as far as the work allowed if not.
    """

    turned: int | None
    searched: int
    complete: bool = True


Keeps = Callable[[Reading], bool]


@define
class Question:
    """One outcome of a case, asked with other facts."""

    program: Program
    facts: Facts
    name: str
    member: Owner
    _evaluators: tuple[Evaluator, ...] = field(init=False)
    _spent: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        program = self.program
        ends = [granting(program, grants) for grants in ("least", "most")]
        # What is left to discretion is told apart at either end of it.
        granted = [] if ends[0] == program else ends
        self._evaluators = tuple(Evaluator(each, Watcher) for each in (program, *granted))

    def reading(self, facts: Facts) -> Reading | None:
        """How the outcome stands; None if a condition turns among the values tried at once."""
        dues: set[Due] = set()
        ways: list[object] = []
        settled = True
        for number, evaluator in enumerate(self._evaluators):
            try:
                paths = evaluator.paths(facts, self.name, self.member)
            except Turns:
                self._spent += 1
                return None
            self._spent += len(paths)
            if not number:
                dues = {_DUE.get(path.status, "open") for path in paths}
                if len(self._evaluators) > 1:
                    ways.append(frozenset(path.status for path in paths))
                    continue
            taken = [(path.status, _ways(path)) for path in paths]
            settled &= not any(mark.way == VARIES for _, marks in taken for mark in marks)
            ways.append((number, frozenset(taken)))
        due: Due = dues.pop() if len(dues) == 1 else "open"
        return Reading(due, frozenset(ways) if settled else None)

    def search(self, place: Place, grid: Grid, tests: Iterable[Keeps], *, up: bool) -> list[Found]:
        """For each test the nearest value above, or below, that of the fact which fails it."""
        origin = _origin(fact_at(self.facts, place), grid, self.facts.on, up=up)
        self._spent = 0
        readings: dict[tuple[int, int], Reading | None] = {}

        def reading(near: int, far: int) -> Reading | None:
            if (near, far) not in readings:
                ends = (origin + near, origin + far) if up else (origin - far, origin - near)
                readings[near, far] = self.reading(_tried(self.facts, place, grid, *ends))
            return readings[near, far]

        last = grid.last - origin if up else origin - grid.first
        return [self._first(reading, keeps, last) for keeps in tests]

    def _first(
        self, reading: Callable[[int, int], Reading | None], keeps: Keeps, last: int
    ) -> Found:
        """The least distance that fails a test."""
        pending = [(1, last)] if last > 0 else []
        while pending:
            near, far = pending.pop()
            if self._spent > MOST_PATHS:
                return Found(None, near - 1, complete=False)
            found = reading(near, far)
            if found is not None and keeps(found):
                continue
            if near == far:
                return Found(near, near)
            # As many steps to a change far away as to one nearby: distances grow by powers.
            middle = isqrt(near * far) if far > 4 * near else (near + far) // 2
            pending += [(middle + 1, far), (near, middle)]
        return Found(None, last)


def _ways(path: Path) -> frozenset[Taken]:
    """How an amount comes about; nothing where none does, whatever was computed on the way."""
    if path.status in _WITHOUT_AMOUNT:
        return frozenset()
    return frozenset(mark for mark in path.trail if isinstance(mark, Taken))


def value_at(fact: Value, grid: Grid, distance: int, on: int, *, up: bool) -> Value:
    """The value at a distance from that of a fact."""
    origin = _origin(fact, grid, on, up=up)
    return _value(grid, origin + distance if up else origin - distance)


def fact_at(facts: Facts, place: Place) -> Value:
    """The value of a fact that the case states."""
    members = facts.members or ()
    found = facts.household if place.owner is None else members[place.owner]
    return found[place.name]


def changed(facts: Facts, place: Place, value: Value) -> Facts:
    """The case with another value of one fact, and with the age that a birth date makes."""
    new = {place.name: value}
    if place.name == BIRTH_DATE:
        assert isinstance(value, int | Range)
        new[AGE] = cast("Value", completed_years(value, facts.on))
    return _with(facts, place.owner, new)


def _with(facts: Facts, owner: Owner, new: Mapping[str, Value]) -> Facts:
    if owner is None:
        return evolve(facts, household={**facts.household, **new})
    members = list(facts.members or ())
    members[owner] = {**members[owner], **new}
    return evolve(facts, members=tuple(members))


def _value(grid: Grid, number: int) -> Value:
    return number if grid.days else number * grid.step


def _origin(fact: Value, grid: Grid, on: int, *, up: bool) -> int:
    """The number of the last value that is no change yet; of what has not happened, of today."""
    if grid.days and fact == operators.NEVER:
        return on - 1 if up else on
    assert isinstance(fact, int | Fraction)
    return fact // grid.step if up else -(-fact // grid.step)


def _tried(facts: Facts, place: Place, grid: Grid, first: int, last: int) -> Facts:
    """The case with all the values of a stretch at once, or with the only one."""
    if first == last:
        return changed(facts, place, _value(grid, first))
    low, high = first * grid.step, last * grid.step
    # An evaluator computes with a range where it finds one; that none is in a case says its reader.
    found = changed(
        facts, place, cast("Value", Range(low, high, VARIED) if grid.days else varied(low, high))
    )
    if place.name == AGE:
        # A value by itself leaves the birth date missing; together they leave it to many years.
        birth = cast("Value", _born(low, high, facts.on))
        return _with(found, place.owner, {BIRTH_DATE: birth})
    return found


def _born(youngest: Fraction, oldest: Fraction, on: int) -> Extent:
    """The birth dates of all who have one of these ages."""
    return Range(born(oldest, on).low, born(youngest, on).high, MISSING | VARIED)
