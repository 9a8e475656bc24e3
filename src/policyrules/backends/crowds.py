"""Whom an aggregate runs over: the members of the household, or the records of a list."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from attrs import frozen

from policyrules.backends.paths import MEMBERS, Key, Member, Reach, Run, subject_of
from policyrules.ir.facts import Record
from policyrules.ir.nodes import Collection


class Crowd(Protocol):
    """Those over whom an aggregate runs; `somebody` says that there is at least one."""

    @property
    def somebody(self) -> bool:
        """Whether there is at least one, however little is known."""

    @property
    def reach(self) -> Reach:
        """Whose crowd it is."""

    def known(self, run: Run, member: Member) -> Sequence[int | Record] | None:
        """All of them; None where not even their number is known."""

    def note(self, run: Run, member: Member) -> None:
        """Note that they are missing."""

    def anyone(self, run: Run, member: Member) -> tuple[Run, Member]:
        """A loose run with one of whom nothing is known."""

    def key(self, number: int, member: Member) -> Key:
        """What a path decides about them is decided under this key."""


@frozen
class Members:
    """The members of the household."""

    somebody: bool = True
    reach: Reach = Reach.HOUSEHOLD

    def known(self, run: Run, member: Member) -> Sequence[int | Record] | None:
        """Every member."""
        del member
        return None if run.facts.members is None else range(len(run.members))

    def note(self, run: Run, member: Member) -> None:
        """The members as such are missing."""
        del member
        run.trail.append(MEMBERS)

    def anyone(self, run: Run, member: Member) -> tuple[Run, Member]:
        """Any member."""
        del member
        return run.of_anyone(), 0

    def key(self, number: int, member: Member) -> Key:
        """The same for all members."""
        del member
        return number, None


@frozen
class Records:
    """The records of a list of the person at hand, or of the household."""

    collection: Collection
    somebody: bool = False

    @property
    def reach(self) -> Reach:
        """A person's list is another for each."""
        return Reach.PERSON if self.collection.subject == "person" else Reach.HOUSEHOLD

    def known(self, run: Run, member: Member) -> Sequence[int | Record] | None:
        """Every record of the list."""
        owner, name = self._owner(member), self.collection.name
        count = run.fact(owner, name)
        if not isinstance(count, Fraction):
            return None
        return [Record(owner, name, index) for index in range(int(count))]

    def note(self, run: Run, member: Member) -> None:
        """The list as such is missing."""
        run.note_missing(self._owner(member), self.collection.name)

    def anyone(self, run: Run, member: Member) -> tuple[Run, Member]:
        """Any record."""
        return run.of_some(), Record(self._owner(member), self.collection.name, None)

    def key(self, number: int, member: Member) -> Key:
        """One for each list."""
        return number, self._owner(member)

    def _owner(self, member: Member) -> int | None:
        owner = subject_of(member, self.reach)
        return owner.owner if isinstance(owner, Record) else owner


def crowd_of(collection: Collection | None) -> Crowd:
    """Whom an aggregate over this list runs over; the members where it is over none."""
    return Members() if collection is None else Records(collection)
