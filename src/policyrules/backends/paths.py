"""Following every combination of what is missing.

A run computes with the facts of a case and a set of decisions about what they leave open. Where a
decision is lacking it raises `Open`; `explore` then runs again, once with each alternative.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from enum import IntEnum
from typing import Any, TypeVar

from attrs import define, field, frozen

from policyrules.ir.facts import Facts, Need, Record, Status, Value

T = TypeVar("T")
Owner = int | None
Member = Owner | Record
Key = tuple[Hashable, Member]
Decision = bool | str
Decisions = Mapping[Key, Decision]
BOTH = (True, False)
MEMBERS: Need = (None, "members")
# Why there is no value; what leaves a payment without bound comes first.
STOPS: tuple[Status, ...] = ("conflict", "manual", "not stated", "not in force")


class Reach(IntEnum):
    """Whose facts an expression reads: the household's alone, the person's, the record's."""

    HOUSEHOLD = 0
    PERSON = 1
    RECORD = 2


def subject_of(member: Member, reach: Reach) -> Member:
    """Of the subject at hand, the one whose facts an expression of this reach reads."""
    if reach is Reach.HOUSEHOLD:
        return None
    if isinstance(member, Record) and reach is Reach.PERSON:
        return member.owner
    return member


class Open(Exception):
    """Something is open on this path that its values differ by.

    The key tells what, and of whom: an input (by its name); a comparison, an open list or those
    whom an aggregate goes through (by the number of the expression); whether there is no value
    (`stops` and the like).
    """

    def __init__(self, key: Key, alternatives: tuple[Decision, ...]) -> None:
        super().__init__(key)
        self.key = key
        self.alternatives = alternatives


class Stop(Exception):
    """There is no value on this path; its outcome has this status."""

    def __init__(self, status: Status) -> None:
        super().__init__(status)
        self.status: Status = status


@frozen
class Silent:
    """A parameter was read that neither the document nor the case states."""

    name: str


@frozen
class Taken:
    """Which of several ways a figure came about, for whom; of what `number` tells in the rules."""

    number: int
    subject: Member
    way: Hashable = True


Mark = Need | Silent | Taken | str


# A value that was worked out on a path, what was read for it, and what it did not wait for.
Kept = tuple[Any, tuple[Mark, ...], tuple[Key, ...]]


@define
class Memo:
    """What is known on a path; the paths that go on from it know it too.

    A path goes on with one answer more than the one that it comes from. What that one worked out
    without looking for the answer stays as it is; what looked for it in vain, and did without, is
    worked out anew.
    """

    kept: dict[Key, Kept] = field(factory=dict)
    _changes: list[tuple[Key, Kept | None]] = field(factory=list)
    _passing: dict[Key, set[Key]] = field(factory=dict)

    def keep(self, key: Key, kept: Kept) -> None:
        """Keep a value until a path goes on from before it."""
        self._changes.append((key, self.kept.get(key)))
        self.kept[key] = kept
        for answer in kept[2]:
            self._passing.setdefault(answer, set()).add(key)

    def place(self) -> int:
        """Where a path is now, to go on from later."""
        return len(self._changes)

    def back(self, place: int) -> None:
        """Know what was known at a place, and no more."""
        while len(self._changes) > place:
            key, before = self._changes.pop()
            if before is None:
                self.kept.pop(key, None)
            else:
                self.kept[key] = before

    def answered(self, answer: Key) -> None:
        """Forget what did without an answer that is there now."""
        for key in self._passing.get(answer, ()):
            kept = self.kept.get(key)
            if kept is not None and answer in kept[2]:
                self._changes.append((key, kept))
                del self.kept[key]


@define
class Run:
    """One evaluation of a case under decisions.

    `trail` collects what was read on the way: missing inputs, silent parameters, and flags as plain
    text. `passed` collects the answers that were looked for in vain and not needed. A `loose` run
    never raises `Open`: what is open is None there, and `may_stop` collects why some completion has
    no value. A `generic` run knows nothing of its only member, who stands for any.
    """

    facts: Facts
    decisions: Decisions
    loose: bool = False
    generic: bool = False
    may_stop: frozenset[Status] = frozenset()
    trail: list[Mark] = field(factory=list)
    passed: list[Key] = field(factory=list)
    memo: Memo = field(factory=Memo)
    members: tuple[Mapping[str, Value], ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.members = ({},) if self.generic else self.facts.members or ()

    def of_anyone(self) -> Run:
        """A loose run for a member of whom nothing is known; what it reads is noted here."""
        return self._of(generic=True)

    def of_some(self) -> Run:
        """A loose run for a record of which nothing is known; what it reads is noted here."""
        return self._of(generic=self.generic)

    def _of(self, *, generic: bool) -> Run:
        return Run(
            self.facts,
            self.decisions,
            loose=True,
            generic=generic,
            trail=self.trail,
            passed=self.passed,
        )

    def begin(self) -> None:
        """Begin an outcome: nothing was read yet."""
        self.trail.clear()
        self.passed.clear()

    def read_again(self, kept: Kept) -> None:
        """Note what was read for a value that was worked out before on this path."""
        self.trail.extend(kept[1])
        self.passed.extend(kept[2])

    def forget(self, since: tuple[int, int]) -> None:
        """Take what was read since then as not read."""
        trail, passed = since
        del self.trail[trail:]
        del self.passed[passed:]

    def keep(self, key: Key, value: object, since: tuple[int, int]) -> None:
        """Keep a value with what was read for it since then."""
        trail, passed = since
        # Once each: what a rule reads that reads another twice would double at every step.
        read: tuple[Mark, ...] = ()
        if len(self.trail) > trail:
            read = tuple(dict.fromkeys(self.trail[trail:]))
        unneeded: tuple[Key, ...] = ()
        if len(self.passed) > passed:
            unneeded = tuple(dict.fromkeys(self.passed[passed:]))
        self.memo.keep(key, (value, read, unneeded))

    def now(self) -> tuple[int, int]:
        """How much was read so far."""
        return len(self.trail), len(self.passed)

    def fact(self, member: Member, name: str) -> Value | None:
        """What the case says; None if it does not."""
        if isinstance(member, int):
            return self.members[member].get(name)
        if isinstance(member, Record):
            known = member.index is not None
            return self.fact(member.owner, member.fact(name)) if known else None
        return self.facts.household.get(name)

    def note_missing(self, member: Member, name: str) -> None:
        """Note that a missing input was read."""
        if isinstance(member, Record):
            if member.index is not None:
                self.note_missing(member.owner, member.fact(name))
        elif member is None or not self.generic:
            self.trail.append((member, name))

    def decide(self, key: Key, alternatives: tuple[Decision, ...]) -> Decision | None:
        """What this path has decided; None if it is loose."""
        if key in self.decisions:
            return self.decisions[key]
        if self.loose:
            self.passed.append(key)
            return None
        raise Open(key, alternatives)

    def note_stop(self, key: Key, why: frozenset[Status]) -> None:
        """Some completions have no value here: end the path as one of them, and follow the rest.

        Of several reasons it is one that leaves a payment without bound, if there is such a one.
        """
        if self.loose:
            self.may_stop |= why
        elif self.decide(key, BOTH):
            raise Stop(min(why, key=STOPS.index))


Code = Callable[[Run, Member], Any]  # what it gives, the kind of its node says


def explore(
    follow: Callable[[Decisions], T], first: Open, memo: Memo, cap: int
) -> tuple[T, ...] | None:
    """The result of each path on from a first question; None if there are more than `cap`.

    They come in the order of the alternatives. `memo` is that of the runs; in the end it knows
    what it knew when the question was met.
    """
    results: list[T] = []
    start = memo.place()
    pending = _branches({}, first, start)
    # Each pending start leads to one path at least.
    while pending and len(results) + len(pending) <= cap:
        decisions, place, answer = pending.pop()
        memo.back(place)
        memo.answered(answer)
        try:
            results.append(follow(decisions))
        except Open as found:
            pending += _branches(decisions, found, memo.place())
    memo.back(start)
    return None if pending else tuple(results)


def _branches(decisions: Decisions, found: Open, place: int) -> list[tuple[Decisions, int, Key]]:
    """The paths on from a question and its place; that of the first alternative comes last."""
    return [
        ({**decisions, found.key: answer}, place, found.key)
        for answer in reversed(found.alternatives)
    ]
