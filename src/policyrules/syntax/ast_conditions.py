"""The conditions of the syntax tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from policyrules.source import Text
from policyrules.syntax.ast_base import Comparison, DateLiteral, Node

if TYPE_CHECKING:
    from policyrules.syntax.ast_expressions import Expr, HouseholdFact, Reference


@frozen
class Compare(Node):
    """A comparison; whether it includes its end is in the operator."""

    operator: Comparison
    left: Expr
    right: Expr


@frozen
class Between(Node):
    """`A is at least X and less than Y`."""

    of: Expr
    low_operator: Comparison
    low: Expr
    high_operator: Comparison
    high: Expr


@frozen
class IsValue(Node):
    """`cause of stay is major illness`, `is not A or B` (neither)."""

    of: Expr
    values: tuple[str, ...]
    negated: bool


@frozen
class DateIn(Node):
    """`the date is in 2023`: from the first to the last day of the year or month, included.

    `until` is the later end of `in 2018 to 2020`.
    """

    of: Expr
    period: DateLiteral
    until: DateLiteral | None = None


@frozen
class Applies(Node):
    """`"seafarer" applies`: the exception of this title is in effect here; or a benefit is due."""

    of: Text | Reference | HouseholdFact


@frozen
class Not(Node):
    """The negation of a fact."""

    of: Expr


@frozen
class And(Node):
    """All of the items hold; `listed` where the author wrote a list (`all of: …`)."""

    items: tuple[Expr, ...]
    listed: bool = False


@frozen
class Or(Node):
    """At least one item holds; `listed` where the author wrote a list (`any of: …`)."""

    items: tuple[Expr, ...]
    listed: bool = False


@frozen
class Others(Node):
    """What an open list leaves out (`and others`): the last item of its list, to be decided."""
