"""What is known of a case, and what comes out of it: the two ends of every evaluator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

if TYPE_CHECKING:
    from policyrules.ir.nodes import Grant, Kind
    from policyrules.ir.ranges import Extent

# What one case holds at most, and so an example of a ruleset.
MOST_MEMBERS = 100
MOST_RECORDS = 500  # of a list
Value = Fraction | bool | str | int
Need = tuple[int | Literal["parameters"] | None, str]
Status = Literal[
    "eligible",
    "not eligible",
    "undetermined",
    "conflict",
    "not in force",
    "not stated",
    "manual",
    "known",
]
What = Literal["benefit", "definition", "deadline"]


@frozen
class Record:
    """A record at hand: whose it is, of which list, and which; None is one nobody knows of.

    Where the number of a member is asked for, a record stands for its owner.
    """

    owner: int | None
    collection: str
    index: int | None

    def __index__(self) -> int:
        assert self.owner is not None
        return self.owner

    def fact(self, name: str) -> str:
        """Under what name the facts of its owner hold a field of it."""
        return f"{self.collection}[{self.index}].{name}"


def owner_of(member: int | Record | None) -> int | None:
    """Whose facts hold those of the subject at hand."""
    return member.owner if isinstance(member, Record) else member


_FIELD = re.compile(r"(.+)\[(\d+)\]\.(.+)", re.DOTALL)


def field_of(name: str) -> tuple[str, int, str] | None:
    """The list, the number of the record and the field in the name of a fact; None for others."""
    found = _FIELD.fullmatch(name)
    return (found[1], int(found[2]), found[3]) if found else None


@frozen
class Facts:
    """A case under canonical names; what is missing has no key, unknown members are None.

    `on` is the day of the question. Numbers are in the declared unit of their input. Of a list the
    facts hold how many records it has, under its name, and their fields, under names such as
    `claims[0].cost`. A ruleset about persons only has one member and an empty household.
    `parameters` supplies, by name and table keys, values that the documents do not state.
    """

    on: int
    household: Mapping[str, Value] = field(factory=dict)
    members: tuple[Mapping[str, Value], ...] | None = None
    parameters: Mapping[tuple[str, tuple[str, ...]], Fraction] = field(factory=dict)


@frozen
class Bench:
    """Who may decide in a case: a grant of the rule, without when, and where its levels begin."""

    grant: Grant
    begins: tuple[Extent, ...] = ()


@frozen(kw_only=True)
class Outcome:
    """The result of one definition for one subject.

    A number or an amount lies between `low` and `high` (None: open) where `status` is `eligible`,
    `undetermined` or `known`, and is exact if both are equal. Any other kind has its `value`, None
    unless known. `discretion` and `missing` say why a number is not exact. `needs` are the missing
    inputs as (member, name): member None is the household, and (None, "members") the members
    themselves; ("parameters", name) is a value that the document does not state. `benches` says
    who decides where an amount is left to be decided; of several, which one is missing.
    """

    status: Status
    what: What
    kind: Kind
    low: Fraction | None = None
    high: Fraction | None = None
    value: bool | str | int | None = None
    discretion: bool = False
    missing: bool = False
    flags: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    benches: tuple[Bench, ...] = ()
