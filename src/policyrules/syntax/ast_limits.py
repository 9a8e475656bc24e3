"""Limits and small amounts: what is adjoined to an amount, inline or by a `limits` line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from policyrules.syntax.ast_base import Node, Period

if TYPE_CHECKING:
    from policyrules.syntax.ast_expressions import Expr, Quantity


@frozen
class AmountAbove(Node):
    """In a `limits` line: every amount that stands above it."""


@frozen
class AtMost(Node):
    """`X up to Y`: a cap on this one amount."""

    of: Expr
    cap: Expr


@frozen
class AtLeast(Node):
    """`X, but at least Y`: a floor."""

    of: Expr
    floor: Expr


@frozen
class InTotal(Node):
    """`X, in total up to Y per year`: a running limit, less what was already paid."""

    of: Expr
    limit: Quantity
    period: Period


@frozen
class AtMostWith(Node):
    """`with A at most P% of B`: what others pay and this payment stay together within a cap."""

    of: Expr
    others: tuple[Expr, ...]
    cap: Expr


@frozen
class LimitNotStated(Node):
    """`X, limit not stated`: a limit may exist, the document does not give it."""

    of: Expr


@frozen
class NoLimit(Node):
    """`X, no limit`: the document says that there is none."""

    of: Expr


@frozen
class NotPaidBelow(Node):
    """`X, less than Y is not paid`: nothing where the amount is below Y."""

    of: Expr
    least: Expr


@frozen
class PaidAs(Node):
    """`X, less than Y pays Y`: a floor for any amount above zero; both figures are as written."""

    of: Expr
    below: Expr
    least: Expr


Limit = AtMost | AtLeast | InTotal | AtMostWith | LimitNotStated | NoLimit | NotPaidBelow | PaidAs
"""What a `limits` line may say of an amount; its innermost `of` is then `AmountAbove`."""
