"""Builds limits and small amounts, inline and as `limits` lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from policyrules.syntax import ast
from policyrules.syntax.parts import Parts, of_nodes


def _in_total(p: Parts) -> ast.InTotal:
    of, limit = p.nodes
    return _running(of, limit, p)


def _running(of: ast.Expr, limit: ast.Quantity, p: Parts) -> ast.InTotal:
    """A running limit; its period stands in its words or in its unit."""
    base, *per = limit.unit.split("/")
    period: Any = p.first("IN_TOTAL") or _period(per)
    rest = per if p.first("IN_TOTAL") else [word for word in per if word != period]
    limit = ast.Quantity(limit.value, "/".join([base, *rest]), span=limit.span)
    return ast.InTotal(of, limit, period, span=p.span)


def _period(per: list[str]) -> Any:
    return next((word for word in per if word in {"month", "quarter", "year"}), "")


def _limits_running(p: Parts) -> ast.Clause:
    """年度限额10万元, 全年不超过2次, 累计不超过12个月: the unit tells what is counted.

    Of a figure that is computed, per which period: without one it counts months.
    """
    (limit,) = p.nodes
    if isinstance(limit, ast.Quantity):
        above = ast.AmountAbove(span=p.span)
        running = ast.Limited(_running(above, limit, p), span=p.span)
        return _counted(limit, p) or running
    if isinstance(limit, ast.Converted):
        return ast.TimesLimit(limit.of, limit.period, span=p.span)
    if p.first("IN_TOTAL"):
        return ast.TimesLimit(limit, p.first("IN_TOTAL"), span=p.span)
    return ast.MonthsLimit(limit, span=p.span)


def _counted(limit: ast.Quantity, p: Parts) -> ast.Clause | None:
    """How often, or for how many months, a payment is made."""
    base, *per = limit.unit.split("/")
    count = ast.Quantity(limit.value, base, span=limit.span)
    if base == "time":
        period: Any = p.first("IN_TOTAL") or _period(per) or ("year" if p.has("MOST") else "")
        return ast.TimesLimit(count, period, span=p.span)
    if base == "month" and not per:
        return ast.MonthsLimit(count, span=p.span)
    return None


def _limits_this(p: Parts) -> ast.Clause:
    """A cap or floor on each payment, or how often it is made."""
    (end,) = p.nodes
    operator = p.first("COMPARE")
    if isinstance(end, ast.Quantity) and operator not in {">", ">="}:
        found = _counted(end, p)
        if found is not None:
            return found
    if p.has("FOR"):
        return ast.MonthsLimit(end, span=p.span)
    if operator in {"<", ">", "="}:
        end = ast.Bounded(operator, end, span=p.span)
    low = p.has("BUT_AT_LEAST") or operator in {">", ">="}
    limit = (ast.AtLeast if low else ast.AtMost)(ast.AmountAbove(span=p.span), end, span=p.span)
    return ast.Limited(limit, span=p.span)


def _limits_with(p: Parts) -> ast.Limited:
    """`with A at most P% of B`, 与A之和占B的比例不超过P%: the same cap on both together."""
    *others, cap = p.nodes
    if p.has("RATIO_END"):
        cap = ast.Share(p.first("RATE"), cap, span=cap.span)
    operator = p.first("COMPARE")
    if operator not in {None, "<="}:
        cap = ast.Bounded(operator, cap, span=cap.span)
    above = ast.AmountAbove(span=p.span)
    return ast.Limited(ast.AtMostWith(above, tuple(others), cap, span=p.span), span=p.span)


def _line(cls: Callable[..., Any]) -> Callable[[Parts], ast.Limited]:
    """A line that says of the amounts above what its inline form says of one."""

    def build(p: Parts) -> ast.Limited:
        return ast.Limited(cls(ast.AmountAbove(span=p.span), *p.nodes, span=p.span), span=p.span)

    return build


def _topped_up(p: Parts) -> ast.ToppedUp:
    *when, of = p.nodes
    mark: Any = "highest" if p.has("HIGHEST_ONLY") else "cumulative" if p.has("ADDED_UP") else ""
    members = p.has("EACH_MEMBER", "AMONG")
    return ast.ToppedUp(when[0] if when else None, of, mark, members, span=p.span)


LIMITS: Mapping[str, Callable[[Parts], Any]] = {
    "at_most": of_nodes(ast.AtMost),
    "at_least": of_nodes(ast.AtLeast),
    "in_total": _in_total,
    "limit_not_stated": of_nodes(ast.LimitNotStated),
    "no_limit": of_nodes(ast.NoLimit),
    "not_paid_below": of_nodes(ast.NotPaidBelow),
    "paid_as": of_nodes(ast.PaidAs),
    "topped_up": _topped_up,
    "limits_separate": lambda p: ast.LimitsSeparate(not p.has("COUNTED_TOGETHER"), span=p.span),
    "limits_shared": lambda p: ast.LimitsShared(p.values("NAME"), span=p.span),
    "limits_this": _limits_this,
    "limits_running": _limits_running,
    "limits_with": _limits_with,
    "limits_not_stated": _line(ast.LimitNotStated),
    "limits_none": _line(ast.NoLimit),
    "limits_not_paid": _line(ast.NotPaidBelow),
    "limits_paid_as": _line(ast.PaidAs),
}
