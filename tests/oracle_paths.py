"""Of the oracle: what is still open, every way to decide it, and the hull of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import reduce
from typing import TypeVar

from attrs import evolve, field, frozen
from oracle_numbers import ABOVE, BELOW, End, Num

Need = tuple[int | str | None, str]
Key = tuple[object, ...]
CAP = 4096


class Open(Exception):
    """A missing yes/no or category, or a comparison, that is not decided on this path."""

    def __init__(self, key: Key, alternatives: Key) -> None:
        self.key, self.alternatives = key, alternatives


class TooManyPaths(Exception):
    """More paths than the language promises to follow exactly."""


class NoValue(Exception):
    """There is no value on this path."""

    status = ""


class NotInForce(NoValue):
    """A parameter was needed at a date before its first version."""

    status = "not in force"


class Conflict(NoValue):
    """Two exceptions hold at once and neither goes before the other."""

    status = "conflict"


class Manual(NoValue):
    """A person decides."""

    status = "manual"


@frozen
class Path:
    """One way of deciding what is open, and what was read on it."""

    decisions: dict[Key, object]
    needs: list[Need] = field(factory=list)
    unstated: list[str] = field(factory=list)
    flags: list[str] = field(factory=list)

    def decide(self, key: Key, alternatives: Key) -> object:
        """What this path decided, else stop so that each alternative is followed."""
        if key not in self.decisions:
            raise Open(key, alternatives)
        return self.decisions[key]

    def mark(self) -> tuple[int, int, int]:
        """How much was read so far."""
        return len(self.needs), len(self.unstated), len(self.flags)

    def set_aside(self, mark: tuple[int, int, int]) -> Path:
        """Take back what was read since, and hand it over."""
        reads = (self.needs, self.unstated, self.flags)
        aside = Path({}, *(read[length:] for read, length in zip(reads, mark, strict=True)))
        for read, length in zip(reads, mark, strict=True):
            del read[length:]
        return aside

    def add(self, other: Path) -> None:
        """Take over what was read on another path."""
        self.needs.extend(other.needs)
        self.unstated.extend(other.unstated)
        self.flags.extend(other.flags)


Result = TypeVar("Result")


def explore(
    run: Callable[[Path], Result], start: Mapping[Key, object]
) -> list[tuple[Result, Path]]:
    """Every way to decide what is open, from the decisions of `start` on, with its result."""
    return list(follow(run, start))


def follow(
    run: Callable[[Path], Result], start: Mapping[Key, object]
) -> Iterator[tuple[Result, Path]]:
    """The same one after another: each is decided to its end before the next is looked at."""
    waiting = [dict(start)]
    ended = 0
    while waiting:
        path = Path(waiting.pop())
        try:
            result = run(path)
        except Open as found:
            choices = reversed(found.alternatives)
            waiting += [{**path.decisions, found.key: choice} for choice in choices]
        else:
            ended += 1
            yield result, path
        if ended + len(waiting) > CAP:
            raise TooManyPaths


@frozen
class Outcome:
    """What the language says of one benefit, definition or deadline for one subject."""

    status: str
    low: Fraction | None = None
    high: Fraction | None = None
    value: bool | str | date | None = None
    basis: str | None = None
    needs: frozenset[Need] = frozenset()
    flags: frozenset[str] = frozenset()


@frozen
class Reached:
    """What one path came to."""

    status: str
    what: Num | bool | str | None = None


def combine(followed: list[tuple[Reached, Path]], *, benefit: bool, number: bool) -> Outcome:
    """The hull of all paths; a payment that may not be due at all is bounded from 0."""
    statuses = {reached.status for reached, _ in followed}
    opened = statuses & {"conflict", "manual"}
    status = statuses.pop() if len(statuses) == 1 else "undetermined"
    if not benefit and status in opened:
        status = "undetermined"
    amounts = [reached.what for reached, _ in followed if isinstance(reached.what, Num)]
    values = {reached.what for reached, _ in followed if isinstance(reached.what, bool | str)}
    if benefit and status == "undetermined":
        amounts.append(Num.point(0, None))
    amount = reduce(Num.hull, amounts) if amounts else None
    if benefit and amount and statuses & {"not stated", "conflict", "manual"}:
        amount = evolve(amount, high=ABOVE)
    if not benefit and amount and opened:
        amount = evolve(amount, low=BELOW, high=ABOVE)
    if status == "known" and (len(values) > 1 or (amount and "missing" in amount.why)):
        status = "undetermined"
    needs = {need for _, path in followed for need in path.needs}
    if status != "undetermined":
        needs = {need for need in needs if need[0] != "parameters"}
    flags = frozenset(flag for _, path in followed for flag in path.flags)
    outcome = Outcome(status, needs=frozenset(needs), flags=flags)
    if amount and amount.unit == "date":
        known = status == "known" and amount.low == amount.high
        return evolve(outcome, value=date.fromordinal(int(amount.low[1])) if known else None)
    if amount and status in ("eligible", "known", "undetermined"):
        why = amount.why | {"missing"} if status == "undetermined" else amount.why
        return evolve(outcome, low=_shown(amount.low), high=_shown(amount.high), basis=_basis(why))
    if number and status == "undetermined" and opened:
        return evolve(outcome, basis="missing")
    return evolve(outcome, value=values.pop() if status == "known" else None)


def _shown(end: End) -> Fraction | None:
    return None if end[0] else end[1]


def _basis(why: frozenset[str]) -> str:
    if {"discretion", "missing"} <= why:
        return "both"
    return "missing" if "missing" in why else "discretion" if "discretion" in why else "exact"
