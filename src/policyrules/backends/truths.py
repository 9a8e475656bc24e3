"""Conditions as functions: lists of which one or all decide, negation, values of a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import repeat

from attrs import define, field

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


@define
class Aside:
    """What could not be told yet, set aside in case another operand decides."""

    questions: list[tuple[Key, tuple[Decision, ...]]] = field(factory=list)
    stops: list[Status] = field(factory=list)
    unknown: bool = False
    marks: list[Mark] = field(factory=list)

    def put(self, run: Run, start: int, found: Open | Stop | None) -> None:
        """Why an operand has no value (None: it is open), and what it read since `start`."""
        marks = run.trail[start:]
        del run.trail[start:]
        if isinstance(found, Open):
            self.questions.append((found.key, found.alternatives))
            return
        self.marks += marks
        if found is None:
            self.unknown = True
        else:
            self.stops.append(found.status)

    def conclude(self, run: Run, *, decisive: bool) -> bool | None:
        """No operand decides; an open question goes first: some of its answers may decide."""
        if self.questions:
            raise Open(*self.questions[0])
        run.trail += self.marks
        if self.stops and not self.unknown:
            raise Stop(self.stops[0])
        if self.stops:
            # What has a value at all has it because an open operand decides.
            run.may_stop |= set(self.stops)
            return decisive
        return None if self.unknown else not decisive


def junction(codes: list[Code], *, decisive: bool) -> Code:
    """`or` if True is decisive, `and` if False is."""
    if len(codes) == 1:
        return codes[0]
    operands: tuple[TruthCode, ...] = tuple(codes)

    def code(run: Run, member: Member) -> bool | None:
        trail = run.trail
        start = len(trail)
        asked = iter(operands)
        # As long as all is known, which is most of the time, nothing needs to be set aside.
        for operand in asked:
            try:
                value = operand(run, member)
            except (Open, Stop) as found:
                aside = Aside()
                aside.put(run, start, found)
                break
            if value is decisive:
                return decisive
            if value is None:
                aside = Aside()
                aside.put(run, start, None)
                break
            if trail:
                start = len(trail)
        else:
            return not decisive
        return settle(run, zip(asked, repeat(member), strict=False), aside, decisive=decisive)

    return code


def settle(
    run: Run, asked: Iterable[tuple[TruthCode, Member]], aside: Aside, *, decisive: bool
) -> bool | None:
    """Whether one of the operands decides, after those that are set aside."""
    for operand, member in asked:
        start = len(run.trail)
        try:
            value = operand(run, member)
        except (Open, Stop) as found:
            aside.put(run, start, found)
        else:
            if value is decisive:
                run.passed.extend(key for key, _ in aside.questions)
                return decisive
            if value is None:
                aside.put(run, start, None)
    return aside.conclude(run, decisive=decisive)


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
