"""Whether an amount that an official has chosen is one that the rules grant, and who decides on it.

Of a case with gaps every completion has a range of its own. An award is lawful whatever is missing
if it is lawful in all of them, unlawful if it is in none. Within a range every amount is lawful,
or where the rule states a step, its multiples and the two ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import reduce
from typing import Literal

from attrs import evolve, frozen

from policyrules.backends.deciding import Deciding, deciders
from policyrules.backends.hulls import Path
from policyrules.backends.lawful import Lawful, common_step, is_step
from policyrules.backends.paths import Mark, Owner, Silent
from policyrules.backends.scalar import Evaluator
from policyrules.ir.facts import Bench, Facts, Need
from policyrules.ir.grants import Grants, granting
from policyrules.ir.nodes import Program
from policyrules.ir.ranges import basis_of, ends, hull
from policyrules.source import Text

Verdict = Literal["lawful", "unlawful", "depends", "open"]
Position = Literal["within", "below", "above", "between steps", "not due"]
# From the least to the most that an end of a range can be; None is open.
End = tuple[Fraction | None, Fraction | None]
_NOT_DUE = ("not eligible", "not in force")


@frozen
class Judgement:
    """What the rules say of an award.

    `verdict` is `depends` where what is missing or left to people may decide, `open` if the rules
    leave the amount to be decided by other means. `position` is where it lies in every completion,
    None if that differs or is not known. `lawful` are the amounts that are lawful whatever is
    missing; None if there are none, or nothing is said of them. `benches` are those that may have
    to decide, `deciders` who of them may have to decide on this award, None among them where no
    rule says who; `needs` is what is missing to tell who decides and in which steps.
    """

    verdict: Verdict
    position: Position | None = None
    lawful: Lawful | None = None
    benches: tuple[Bench, ...] = ()
    deciders: tuple[Text | None, ...] = ()
    needs: tuple[Need, ...] = ()


@frozen
class _Way:
    """A path with the steps in which an award may have to be decided on it (None: in none).

    `low` and `high` are where the ends of what its completions grant lie; `high` is None where the
    rule states none, `low` where nothing is known of them.
    """

    path: Path
    steps: frozenset[Fraction | None]
    low: End | None = None
    high: End | None = None

    def position(self, amount: Fraction) -> Position | None:
        """Where an award lies; within also where it may be; None if nothing is said of it."""
        if self.path.status in _NOT_DUE:
            return "not due"
        if self.path.status != "eligible":
            return None
        low, high = ends(self.path.value)
        if low is not None and amount < low:
            return "below"
        if high is not None and amount > high:
            return "above"
        between = not any(is_step(amount, step) for step in self.steps)
        return "between steps" if between and not self._may_end_at(amount) else "within"

    def grants(self, amount: Fraction) -> bool:
        """Whether an amount between the ends is one of the steps, or an end, for certain."""
        fixed = (self.low, self.high)
        return (amount, amount) in fixed or all(is_step(amount, step) for step in self.steps)

    def _may_end_at(self, amount: Fraction) -> bool:
        known = [end for end in (self.low, self.high) if end is not None]
        return self.low is None or any(
            (least is None or least <= amount) and (most is None or amount <= most)
            for least, most in known
        )


def judge(program: Program, facts: Facts, name: str, member: Owner, amount: Fraction) -> Judgement:
    """Whether a benefit may be awarded with this amount, in the unit of the benefit."""
    evaluator = Evaluator(program)
    paths = evaluator.paths(facts, name, member)
    rule = next(item for item in program.definitions if item.name == name)
    deciding = Deciding(evaluator.value, rule, facts, member)
    found = [[*deciding.on(path.decisions)] for path in paths]
    due = zip(paths, found, strict=True)
    sitting = [each for path, on in due if path.status not in _NOT_DUE for each in on]
    marks = (mark for _, trail in sitting for mark in trail)
    verdict, position, lawful = _judged(amount, _ways(program, facts, name, member, paths, found))
    return Judgement(
        verdict,
        position,
        lawful,
        benches=tuple(dict.fromkeys(bench for bench, _ in sitting)),
        deciders=tuple(dict.fromkeys(by for bench, _ in sitting for by in deciders(bench, amount))),
        needs=tuple(dict.fromkeys(_needed(marks))),
    )


def _needed(marks: Iterable[Mark]) -> Iterator[Need]:
    """What is missing among what was read."""
    for mark in marks:
        if isinstance(mark, Silent):
            yield "parameters", mark.name
        elif isinstance(mark, tuple):
            yield mark


def _judged(amount: Fraction, ways: list[_Way]) -> tuple[Verdict, Position | None, Lawful | None]:
    """The verdict, where the award lies, and what is lawful whatever is missing."""
    positions = {way.position(amount) for way in ways}
    if positions == {None}:
        return "open", None, None
    lawful = _lawful_anyway(ways)
    if lawful is not None and lawful.below(amount) == amount:
        return "lawful", "within", lawful
    if positions.isdisjoint({None, "within"}):
        return "unlawful", positions.pop() if len(positions) == 1 else None, lawful
    return "depends", None, lawful


def _lawful_anyway(ways: list[_Way]) -> Lawful | None:
    """What is lawful in every completion: between all lower and all upper ends, in all steps."""
    lows = [way.low[1] for way in ways if way.low is not None and way.low[1] is not None]
    highs = [way.high[0] for way in ways if way.high is not None and way.high[0] is not None]
    if len(lows) < len(ways) or len(highs) < sum(way.high is not None for way in ways):
        return None
    low, high = max(lows), min(highs, default=None)
    if high is not None and low > high:
        return None
    step = common_step(step for way in ways for step in way.steps)
    found = Lawful(low, high, step)
    if step is not None:
        inside = sorted(
            end for end in {*lows, *highs} if low <= end <= (end if high is None else high)
        )
        found = evolve(found, ends=tuple(end for end in inside if _beside(end, step, ways)))
    return None if found.above(low) is None else found


def _beside(end: Fraction, step: Fraction, ways: list[_Way]) -> bool:
    """Whether an end is no step but lawful all the same."""
    return not is_step(end, step) and all(way.grants(end) for way in ways)


def _ways(
    program: Program,
    facts: Facts,
    name: str,
    member: Owner,
    paths: tuple[Path, ...],
    found: list[list[tuple[Bench, tuple[Mark, ...]]]],
) -> list[_Way]:
    """The paths with their steps and with where their ends lie."""
    vary = any(path.value is not None and "missing" in basis_of(path.value) for path in paths)
    common = _varying(program, facts, name, member) if vary else None
    ways = []
    for path, on in zip(paths, found, strict=True):
        low, high = common if common is not None else (None, None)
        if path.status == "eligible" and not vary:
            least, most = ends(path.value)
            low = None if least is None else (least, least)
            high = None if most is None else (most, most)
        steps = frozenset(bench.grant.step for bench, _ in on) or frozenset({None})
        ways.append(
            _Way(path, steps, low, high) if path.status == "eligible" else _Way(path, steps)
        )
    return ways


def _varying(program: Program, facts: Facts, name: str, member: Owner) -> tuple[End, End] | None:
    """Where the ends of the ranges lie, which depend on missing numbers; None if nobody knows.

    The least that a completion grants is at most what the rules give with the least of every range,
    and the most at least what they give with the most of every range. So each completion grants all
    from the highest of the one to the lowest of the other.
    """
    found: list[End] = []
    for which in _ENDS:
        paths = Evaluator(granting(program, which)).paths(facts, name, member)
        if any(path.status != "eligible" for path in paths):
            return None
        found.append(ends(reduce(hull, (path.value for path in paths))))
    return found[0], found[1]


_ENDS: tuple[Grants, ...] = ("least", "most")
