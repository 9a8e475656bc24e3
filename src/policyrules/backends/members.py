"""Aggregates over the members of a household or the records of a list, known or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import repeat
from typing import Any, Literal

from attrs import evolve

from policyrules.backends.crowds import Crowd
from policyrules.backends.paths import BOTH, Code, Decision, Key, Member, Open, Run, Stop
from policyrules.backends.truths import Aside, settle
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


def decided(crowd: Crowd, test: Code, number: int, *, decisive: bool) -> Code:
    """Whether one of them decides; of those of whom not even the number is known, a path does.

    What holds of all that there can be is settled, whoever they are.
    """

    def code(run: Run, member: Member) -> Decision | None:
        everyone = crowd.known(run, member)
        if everyone is not None:
            asked = zip(repeat(test), everyone, strict=False)
            return settle(run, asked, Aside(), decisive=decisive)
        crowd.note(run, member)
        key = crowd.key(number, member)
        found = _of_anyone(crowd, run, member, test, None, key, certain=crowd.somebody)
        if found is (not decisive) or (found is decisive and crowd.somebody):
            return bool(found)
        return run.decide(key, BOTH)

    return code


def total(crowd: Crowd, body: Code, condition: Code | None, number: int) -> Code:
    """The sum of `body` over those who meet the condition; of none, 0."""

    def code(run: Run, member: Member) -> Number:
        everyone = crowd.known(run, member)
        if everyone is None:
            crowd.note(run, member)
            all_count = condition is None and crowd.somebody
            key = crowd.key(number, member)
            value = _of_anyone(crowd, run, member, body, condition, key, certain=all_count)
            return of_unknown_members(value, all_count=all_count)
        return _summed(
            run, everyone, body, condition, (("sum", number), crowd.key(number, member)[1])
        )

    return code


def _summed(
    run: Run, everyone: Sequence[Member], body: Code, condition: Code | None, key: Key
) -> Number:
    """The sum over all of them; a path goes on where the one that it comes from was open."""
    since = run.now()
    known = run.memo.kept.get(key)
    done, result = 0, _ZERO
    if known is not None:
        run.read_again(known)
        done, result = known[0]
    for place in range(done, len(everyone)):
        before = run.now()
        try:
            for value, counts in _counted(run, everyone[place : place + 1], body, condition):
                result = result + (value if counts else _MAY_COUNT * value)
        except Open:
            if place > done:
                run.forget(before)
                run.keep(key, (place, result), since)
            raise
    return result


def extreme(
    crowd: Crowd,
    body: Code,
    condition: Code | None,
    number: int,
    function: Literal["highest", "lowest"],
) -> Code:
    """The highest or lowest `body` of those who meet the condition; of none, not stated."""
    better = higher if function == "highest" else lower

    def code(run: Run, member: Member) -> Extent:
        everyone = crowd.known(run, member)
        if everyone is None:
            return _extreme_of_anyone(crowd, run, member, body, condition, number)
        counted = list(_counted(run, everyone, body, condition))
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


def _counted(
    run: Run, everyone: Sequence[Member], body: Code, condition: Code | None
) -> Iterator[tuple[Any, bool]]:
    """The value of each one who may count, and whether it surely does."""
    for each in everyone:
        counts = True if condition is None else condition(run, each)
        if counts is False:
            continue
        try:
            yield body(run, each), counts is True
        except Stop as found:
            if counts:
                raise
            run.may_stop |= {found.status}


def _extreme_of_anyone(
    crowd: Crowd, run: Run, member: Member, body: Code, condition: Code | None, number: int
) -> Extent:
    crowd.note(run, member)
    key = crowd.key(number, member)
    # Whoever they are, their condition may be settled, or need what is not in force.
    anyone, at = crowd.anyone(run, member)
    certain = True if condition is None else condition(anyone, at)
    if certain is False and anyone.may_stop:
        run.note_stop((("stops", key), None), anyone.may_stop)
    somebody: Decision | None = certain is True and crowd.somebody
    if not somebody:
        somebody = certain is not False and run.decide(key, BOTH)
    if somebody is False:
        return _NONE_COUNTS
    value: Extent = _of_anyone(crowd, run, member, body, condition, key, certain=bool(somebody))
    return value if somebody else hull(value, _NONE_COUNTS)


def _of_anyone(
    crowd: Crowd,
    run: Run,
    member: Member,
    body: Code,
    condition: Code | None,
    key: Key,
    *,
    certain: bool,
) -> Any:  # noqa: ANN401 - what it gives, the kind of the body says
    """The bounds of `body` for one of whom nothing is known; 0 where only others can count.

    `certain` says that somebody counts.
    """
    anyone, at = crowd.anyone(run, member)
    passed = len(run.passed)
    value: Any = _ZERO
    if condition is None or condition(anyone, at) is not False:
        try:
            value = body(anyone, at)
        except Stop as found:
            if certain:
                raise
            anyone.may_stop |= {found.status}
    if len(run.passed) > passed and isinstance(value, Range) and "not stated" in value.basis:
        # Who they are may decide whether the document states it: not stated is one answer of two.
        anyone.may_stop |= {"not stated"}
        value = evolve(value, basis=value.basis - NOT_STATED | MISSING)
    if anyone.may_stop:
        run.note_stop((("stops", key), None), anyone.may_stop)
    return value
