"""Aggregates over the members of a household, known or not."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Literal

from policyrules.backends.paths import BOTH, MEMBERS, Code, Decision, Key, Member, Run, Stop
from policyrules.ir.facts import Status
from policyrules.ir.ranges import (
    MISSING,
    NOT_STATED,
    Extent,
    Number,
    Range,
    higher,
    hull,
    lower,
    of_unknown_members,
)

_ZERO = Fraction(0)
_MAY_COUNT = Range(_ZERO, Fraction(1), MISSING)
_NONE_COUNTS = Range(None, None, NOT_STATED)


def unknown(run: Run, test: Code, key: Key) -> Decision | None:
    """What a path decides about members of whom not even the number is known."""
    run.trail.append(MEMBERS)
    _of_anyone(run, test, None, key, certain=True)  # in case it has no value
    return run.decide(key, BOTH)


def total(body: Code, condition: Code | None, key: Key) -> Code:
    """The sum of `body` over the members who meet the condition; of none, 0."""

    def code(run: Run, _member: Member) -> Number:
        if run.facts.members is None:
            run.trail.append(MEMBERS)
            everyone = condition is None
            value = _of_anyone(run, body, condition, key, certain=everyone)
            return of_unknown_members(value, all_count=everyone)
        result: Number = _ZERO
        for value, counts in _counted(run, body, condition):
            result = result + (value if counts else _MAY_COUNT * value)
        return result

    return code


def extreme(
    body: Code, condition: Code | None, key: Key, function: Literal["highest", "lowest"]
) -> Code:
    """The highest or lowest `body` of the members who meet the condition; of none, not stated."""
    better = higher if function == "highest" else lower

    def code(run: Run, _member: Member) -> Extent:
        if run.facts.members is None:
            return _extreme_of_anyone(run, body, condition, key)
        counted = list(_counted(run, body, condition))
        result: Extent | None = None
        for value, counts in counted:
            if counts:
                result = value if result is None else better(result, value)
        if result is None:
            return Range(None, None, NOT_STATED | MISSING) if counted else _NONE_COUNTS
        for value, counts in counted:
            if not counts:
                result = hull(result, better(result, value))
        return result

    return code


def _counted(run: Run, body: Code, condition: Code | None) -> Iterator[tuple[Any, bool]]:
    """The value of each member who may count, and whether the member surely does."""
    for member in range(len(run.members)):
        counts = True if condition is None else condition(run, member)
        if counts is False:
            continue
        try:
            yield body(run, member), counts is True
        except Stop:
            if counts:
                raise
            run.may_stop = True


def _extreme_of_anyone(run: Run, body: Code, condition: Code | None, key: Key) -> Extent:
    run.trail.append(MEMBERS)
    # Whoever they are, their condition may be settled, or need what is not in force.
    certain = None if condition is None else condition(run.of_anyone(), 0)
    somebody = (
        condition is None or certain is True or (certain is not False and run.decide(key, BOTH))
    )
    if somebody is False:
        return _NONE_COUNTS
    value = _of_anyone(run, body, condition, key, certain=bool(somebody))
    return value if somebody else hull(value, _NONE_COUNTS)


def _of_anyone(run: Run, body: Code, condition: Code | None, key: Key, *, certain: bool) -> Any:  # noqa: ANN401 - what it gives, the kind of the body says
    """The bounds of `body` for a member of whom nothing is known; 0 where only others can count.

    `certain` says that somebody counts.
    """
    anyone = run.of_anyone()
    if condition is not None and condition(anyone, 0) is False:
        return _ZERO
    stops: Status | None = None
    value: Any = _ZERO
    try:
        value = body(anyone, 0)
    except Stop as found:
        if certain:
            raise
        stops = found.status
    if stops or anyone.may_stop:
        run.note_stop((("stops", key), None), stops or "not in force")
    return value
