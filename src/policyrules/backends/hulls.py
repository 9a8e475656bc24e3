"""What an outcome is: the hull of what its paths give, and what was missing on them.

What is missing is followed along every path (`paths.py`). Beyond 4,096 paths one loose run bounds
the outcome instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import reduce
from typing import Any

from attrs import frozen

from policyrules.backends.paths import (
    Code,
    Decisions,
    Mark,
    Member,
    Open,
    Run,
    Stop,
    explore,
)
from policyrules.ir.facts import Bench, Need, Outcome, Status, What, field_of
from policyrules.ir.nodes import Entity, Input, Kind
from policyrules.ir.ranges import (
    MISSING,
    NONE,
    Extent,
    Range,
    basis_of,
    ends,
    hull,
)

CAP = 4096
LOOSE = "loose bound"
_ZERO = Fraction(0)
_OPEN = frozenset({"not stated", "conflict", "manual"})
_UNBOUNDED = frozenset({"conflict", "manual"})  # what is not stated may have bounds of its own
_FROM_ZERO = Range(_ZERO, None, MISSING)
_ANYTHING = Range(None, None, MISSING)
Result = tuple[Status, Extent | None, bool | str | int | None]


@frozen
class Path:
    """How an outcome comes out under one set of decisions, and what was read on the way."""

    status: Status
    value: Any
    trail: tuple[Mark, ...]
    decisions: Decisions


class Needs:
    """The order in which outcomes name what is missing: that of the inputs of the rules."""

    def __init__(self, inputs: Iterable[Input]) -> None:
        given = tuple(inputs)
        self._order = {(entry.subject, entry.name): place for place, entry in enumerate(given)}
        self._lists = {
            entry.collection.name: self._order[entry.subject, entry.name]
            for entry in reversed(given)
            if entry.collection is not None
        }

    def of(self, paths: tuple[Path, ...], status: Status) -> tuple[Need, ...]:
        """What was missing on some path; a parameter only where the outcome is open for it."""
        needs = {mark for path in paths for mark in path.trail if isinstance(mark, tuple)}
        if status != "undetermined":
            needs = {need for need in needs if need[0] != "parameters"}
        return tuple(sorted(needs, key=self.place))

    def place(self, need: Need) -> tuple[int, int, int, str]:
        """Where a need stands: first the household's, then each member's, then the parameters."""
        match need:
            case (None, "members"):
                return 1, 0, 0, ""
            case (None, name):
                return 0, 0, *self._named("household", name)
            case (int() as member, name):
                return 2, member, *self._named("person", name)
            case (_, name):
                return 3, 0, 0, name

    def _named(self, subject: Entity, name: str) -> tuple[int, str]:
        """Inputs in their order, a list before its records, these one by one."""
        record = field_of(name)
        if record is None and (subject, name) in self._order:
            return self._order[subject, name], ""
        known, index, place = record or (name, -1, "")
        first = self._lists[known]
        order = self._order[subject, place] - first if place else 0
        return first, f"{index + 1:08}{order:04}"


def followed(follow: Callable[[Run], Path], run: Run) -> tuple[Path, ...]:
    """Every path of an outcome from a run on; one loose path if there are too many."""
    try:
        return (follow(run),)  # mostly nothing is open
    except Open as question:
        first = question

    def along(decisions: Decisions) -> Path:
        return follow(Run(run.facts, decisions, memo=run.memo))

    found = explore(along, first, run.memo, CAP)
    if found is None:
        path = follow(Run(run.facts, {}, loose=True))
        found = (Path(path.status, path.value, (*path.trail, LOOSE), {}),)
    return found


def combined(
    what: What, kind: Kind, paths: tuple[Path, ...], needs: Needs, benches: tuple[Bench, ...] = ()
) -> Outcome:
    """The outcome that one or more paths of a rule are together.

    `benches` are those who decide on what it leaves to be decided, where no case is looked at.
    """
    if what == "benefit":
        status, extent, value = _benefit(paths)
    elif kind == "number":
        status, extent, value = _number(paths)
    else:
        status, extent, value = _single(paths)
    if status in _UNBOUNDED and what != "benefit":
        status = "undetermined"  # only a payment contradicts itself, or is a person's to decide
    low, high = (None, None) if extent is None else ends(extent)
    basis = extent.basis if isinstance(extent, Range) else NONE
    noted = paths[0].trail or len(paths) > 1
    discretion = "discretion" in basis
    return Outcome(
        status=status,
        what=what,
        kind=kind,
        low=low,
        high=high,
        value=value,
        discretion=discretion,
        missing="missing" in basis or status == "undetermined",
        flags=_flags(paths) if noted else (),
        needs=needs.of(paths, status) if noted else (),
        benches=benches if discretion or by_person(paths) else (),
    )


def follow_benefit(holds: Code, amount: Code, member: Member, run: Run) -> Path:
    """Whether a benefit is due on this path, then how much."""
    run.begin()
    try:
        due = holds(run, member)
        if due is False:
            return _loosely(run, None) if run.may_stop else _path(run, "not eligible", None)
        paid = amount(run, member)
    except Stop as found:
        if not run.loose:
            return _path(run, found.status, None)
        run.may_stop |= {found.status}
        return _loosely(run, None)
    stated = not isinstance(paid, Range) or "not stated" not in paid.basis
    if run.loose and not (due and stated and not run.may_stop):
        return _loosely(run, paid if stated else hull(paid, _FROM_ZERO))
    return _path(run, "eligible", paid) if stated else _path(run, "not stated", None)


def _loosely(run: Run, paid: Extent | None) -> Path:
    """What a loose run says of a payment: it may have no bound where some completion has none."""
    if not run.may_stop.isdisjoint(_OPEN):
        paid = _FROM_ZERO if paid is None else hull(paid, _FROM_ZERO)
    return _path(run, "undetermined", paid)


def follow_figure(code: Code, kind: Kind, member: Member, run: Run) -> Path:
    """The value of what is no benefit on this path."""
    run.begin()
    try:
        value = code(run, member)
    except Stop as found:
        return _path(run, "undetermined" if run.loose else found.status, None)
    stated = not isinstance(value, Range) or "not stated" not in value.basis
    if kind == "number" and not run.may_stop.isdisjoint(_UNBOUNDED):
        value = hull(value, _ANYTHING)
    if run.loose and not (value is not None and stated and not run.may_stop):
        return _path(run, "undetermined", value)
    return _path(run, "known" if stated else "not stated", value)


def _path(run: Run, status: Status, value: Any) -> Path:  # noqa: ANN401 - of any kind
    return Path(status, value, tuple(run.trail), run.decisions)


def by_person(paths: tuple[Path, ...]) -> bool:
    """Whether some path leads to what a person decides."""
    return any(path.status == "manual" for path in paths)


def _benefit(paths: tuple[Path, ...]) -> Result:
    """The hull of the amounts where all paths agree on the status, else a bound from 0."""
    if len(paths) == 1 and paths[0].status != "undetermined":
        return paths[0].status, paths[0].value, None
    status = _common(paths)
    amounts: list[Extent] = [path.value for path in paths if path.value is not None]
    match status:
        case "eligible":
            return status, reduce(hull, amounts), None
        case "undetermined":
            if any(path.status in _OPEN for path in paths):
                amounts.append(_FROM_ZERO)
            return status, reduce(hull, [_ZERO, *amounts]), None
        case _:
            return status, None, None


def _number(paths: tuple[Path, ...]) -> Result:
    """The hull of the values; a number that is open only to discretion is known."""
    status = _common(paths)
    values: list[Extent] = [path.value for path in paths if path.value is not None]
    if status not in ("known", "undetermined") or not values:
        return status, None, None
    if any(path.status in _UNBOUNDED for path in paths):
        values.append(_ANYTHING)
    extent = reduce(hull, values)
    return "undetermined" if "missing" in basis_of(extent) else status, extent, None


def _single(paths: tuple[Path, ...]) -> Result:
    """The truth, choice or day on which all paths agree."""
    status = _common(paths)
    if status != "known":
        return status, None, None
    values = [path.value for path in paths]
    if isinstance(values[0], Range) or any(value != values[0] for value in values):
        return "undetermined", None, None
    return "known", None, values[0]


def _common(paths: tuple[Path, ...]) -> Status:
    first = paths[0].status
    if len(paths) == 1 or all(path.status == first for path in paths):
        return first
    return "undetermined"


def _flags(paths: tuple[Path, ...]) -> tuple[str, ...]:
    flags = [mark for path in paths for mark in path.trail if isinstance(mark, str)]
    return tuple(dict.fromkeys(flags))
