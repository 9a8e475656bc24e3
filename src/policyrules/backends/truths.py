"""Conditions as functions: lists of which one or all decide, negation, values of a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import repeat

from policyrules.backends.paths import (
    BOTH,
    Code,
    Decision,
    Key,
    Mark,
    Member,
    Open,
    Reach,
    Run,
    Stop,
    subject_of,
)
from policyrules.ir.facts import Status

TruthCode = Callable[[Run, Member], bool | None]


def junction(codes: list[Code], *, decisive: bool) -> Code:
    """`or` if True is decisive, `and` if False is."""
    operands = tuple(codes)

    def code(run: Run, member: Member) -> bool | None:
        return settle(run, zip(operands, repeat(member), strict=False), decisive=decisive)

    return code


def settle(run: Run, asked: Iterable[tuple[TruthCode, Member]], *, decisive: bool) -> bool | None:
    """Whether one of the operands decides.

    What cannot be told yet is set aside, and what it read forgotten, in case another operand
    decides. If none does, an open question goes before a missing value: some of its answers may
    decide.
    """
    question: tuple[Key, tuple[Decision, ...]] | None = None
    status: Status | None = None
    unknown = False
    aside: list[Mark] = []
    trail = run.trail
    start = len(trail)
    for operand, member in asked:
        try:
            value = operand(run, member)
        except Open as found:
            question = question or (found.key, found.alternatives)
        except Stop as found:
            status = status or found.status
            aside += trail[start:]
        else:
            if value is decisive:
                return decisive
            if value is not None:
                start = len(trail)
                continue
            unknown = True
            aside += trail[start:]
        del trail[start:]
    if question:
        raise Open(*question)
    trail += aside
    if status and not unknown:
        raise Stop(status)
    if status:
        # What has a value at all has it because an open operand decides.
        run.may_stop = True
        return decisive
    return None if unknown else not decisive


def negation(operand: TruthCode) -> Code:
    """Yes for no, no for yes; what is open stays open."""

    def code(run: Run, member: Member) -> bool | None:
        value = operand(run, member)
        return None if value is None else not value

    return code


def is_value(choice: Code, value: Code) -> Code:
    """Whether a choice has a value."""

    def code(run: Run, member: Member) -> bool | None:
        chosen = choice(run, member)
        return None if chosen is None else bool(chosen == value(run, member))

    return code


def others(number: int, reach: Reach) -> Code:
    """What an open list leaves out: decided alike everywhere on a path, nothing to ask for."""

    def code(run: Run, member: Member) -> Decision | None:
        run.trail.append("open list")
        return run.decide((number, subject_of(member, reach)), BOTH)

    return code
