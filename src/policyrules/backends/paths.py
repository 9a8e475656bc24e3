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
    """An input (by name) or a comparison (by number) is open on this path."""

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


Mark = Need | Silent | str


@define
class Run:
    """One evaluation of a case under decisions.

    `trail` collects what was read on the way: missing inputs, silent parameters, and flags as plain
    text. A `loose` run never raises `Open`: what is open is None there, and `may_stop` notes that
    some completion has no value. A `generic` run knows nothing of its only member, who stands for
    any.
    """

    facts: Facts
    decisions: Decisions
    loose: bool = False
    generic: bool = False
    may_stop: bool = False
    trail: list[Mark] = field(factory=list)
    memo: dict[Key, tuple[object, list[Mark]]] = field(factory=dict)
    members: tuple[Mapping[str, Value], ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.members = ({},) if self.generic else self.facts.members or ()

    def of_anyone(self) -> Run:
        """A loose run for a member of whom nothing is known; what it reads is noted here."""
        return Run(self.facts, self.decisions, loose=True, generic=True, trail=self.trail)

    def of_some(self) -> Run:
        """A loose run for a record of which nothing is known; what it reads is noted here."""
        return Run(self.facts, self.decisions, loose=True, generic=self.generic, trail=self.trail)

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
            return None
        raise Open(key, alternatives)

    def note_stop(self, key: Key, status: Status) -> None:
        """Some completions have no value here: end the path as one of them, and follow the rest."""
        if self.loose:
            self.may_stop = True
        elif self.decide(key, BOTH):
            raise Stop(status)


Code = Callable[[Run, Member], Any]  # what it gives, the kind of its node says


def explore(follow: Callable[[Decisions], T], first: Open, cap: int) -> tuple[T, ...] | None:
    """The result of each path on from a first question; None if there are more than `cap`.

    They come in the order of the alternatives.
    """
    results: list[T] = []
    pending = _branches({}, first)
    while pending:
        # Each pending start leads to one path at least.
        if len(results) + len(pending) > cap:
            return None
        decisions = pending.pop()
        try:
            results.append(follow(decisions))
        except Open as found:
            pending += _branches(decisions, found)
    return tuple(results)


def _branches(decisions: Decisions, found: Open) -> list[Decisions]:
    """What the paths from a question have decided; the first alternative comes last."""
    return [{**decisions, found.key: answer} for answer in reversed(found.alternatives)]
