"""Figures that follow another one: in step with it, replaced by it, compared with it as growth."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from policyrules.syntax.ast_base import Node

if TYPE_CHECKING:
    from policyrules.syntax.ast_expressions import Expr, Number, Quantity, Rate


@frozen
class InStep(Node):
    """`X in step with Y`: the last X, grown since its own day as Y has grown since then."""

    of: Expr
    with_: Expr


@frozen
class Counting(Node):
    """`1 person counts as 1.5 persons`: a number, and what is put in its place."""

    number: Number | Quantity
    as_: Number | Quantity


@frozen
class CountsAs(Node):
    """A figure of which some numbers are replaced before anything is computed with it."""

    of: Expr
    replaced: tuple[Counting, ...]


@frozen
class AmountRange(Node):
    """`1500 to 6000 yuan`: any amount between two that the document names, both included.

    Of two percentages each is a share of the base.
    """

    low: Number | Quantity | Rate
    high: Number | Quantity | Rate


@frozen
class AmountNotStated(Node):
    """`pays not stated`: the document gives the payment and not its amount."""


@frozen
class Growth(Node):
    """`A is 3% more than B, to 1%`: A / B - 1, half up to the step where one is written."""

    left: Expr
    rate: Fraction
    right: Expr
    step: Fraction | None
