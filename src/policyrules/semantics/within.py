"""Whether one amount lies within another, whatever the case: proved, disproved, or neither."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import frozen

from policyrules.ir.bounds import bounds
from policyrules.ir.nodes import Apply, Constant, Expr, NotInForce, NotStated
from policyrules.ir.simplify import specialise_expression
from policyrules.ir.walk import nodes
from policyrules.semantics.scope import Scope

Verdict = Literal["yes", "no", "open"]
Relation = Literal["within", "raised", "lowered", "equal"]


@frozen
class Scaled:
    """From `low` to `high` times an expression; times one where there is none; None is open."""

    low: Fraction
    high: Fraction | None
    of: Expr | None


@frozen
class Finding:
    """Whether two amounts stand in a relation and, where that depends on it, the day."""

    verdict: Verdict
    day: int | None = None


def related(relation: Relation, new: Expr, old: Expr, scope: Scope) -> Finding:
    """Whether an amount stands in a relation to another one, on every day."""
    found = _compared(relation, new, old, scope)
    if found != "open":
        return Finding(found)
    days = sorted(_days(new) | _days(old) | {1})
    verdicts: list[Verdict] = []
    for day in days:
        now, then = specialise_expression(new, day), specialise_expression(old, day)
        if _in_force(now) and _in_force(then):
            found = _compared(relation, now, then, scope)
            if found == "no":
                return Finding(found, day if len(days) > 1 else None)
            verdicts.append(found)
    return Finding("open" if "open" in verdicts or not verdicts else "yes")


def _days(expr: Expr) -> set[int]:
    """The days from which an expression may be another one."""
    return {
        node.value
        for node in nodes(expr)
        if isinstance(node, Constant) and node.kind == "date" and isinstance(node.value, int)
    }


def _in_force(expr: Expr) -> bool:
    return not any(
        isinstance(node, Constant) and isinstance(node.value, NotInForce) for node in nodes(expr)
    )


def _compared(relation: Relation, new: Expr, old: Expr, scope: Scope) -> Verdict:
    mine, its = scaled(new), scaled(old)
    if new == old:
        return "yes"
    if mine.of == its.of or mine.high == 0:
        return "yes" if _holds(relation, mine, its) else "no"
    return _by_bounds(relation, mine, its, scope)


def _holds(relation: Relation, mine: Scaled, its: Scaled) -> bool:
    """The relation between two multiples of one figure."""
    lower, upper = mine.low <= its.low, _at_most(mine.high, its.high)
    higher, lifted = mine.low >= its.low, _at_most(its.high, mine.high)
    match relation:
        case "within":
            return higher and upper
        case "raised":
            return higher and lifted
        case "lowered":
            return lower and upper
        case "equal":
            return (mine.low, mine.high) == (its.low, its.high)


def _at_most(high: Fraction | None, other: Fraction | None) -> bool:
    """Whether one upper end is at most another; None is open."""
    return other is None or (high is not None and high <= other)


def _by_bounds(relation: Relation, mine: Scaled, its: Scaled, scope: Scope) -> Verdict:
    """The relation between different figures, from how large each end can be."""
    (low, high), (its_low, its_high) = _ends(mine, scope), _ends(its, scope)
    tests: list[Verdict] = []
    if relation in ("within", "raised", "equal"):
        tests.append(_never_below(low, its_low))
    if relation in ("lowered", "equal"):
        tests.append(_never_below(its_low, low))
    if relation in ("within", "lowered", "equal"):
        tests.append(_never_below(its_high, high))
    if relation in ("raised", "equal"):
        tests.append(_never_below(high, its_high))
    return "no" if "no" in tests else "open" if "open" in tests else "yes"


End = tuple[Fraction | None, Fraction | None]
_OPEN: End = (None, None)


def _ends(found: Scaled, scope: Scope) -> tuple[End, End | None]:
    """How small and how large the lower end and the upper one can be; None for an open one."""
    least, most = (Fraction(1), Fraction(1))
    if found.of is not None:
        low, high = bounds(found.of, scope.inputs, scope.done)
        return _times(found.low, low, high), (
            None if found.high is None else _times(found.high, low, high)
        )
    return _times(found.low, least, most), (
        None if found.high is None else _times(found.high, least, most)
    )


def _times(factor: Fraction, low: Fraction | None, high: Fraction | None) -> End:
    if factor == 0:
        return Fraction(0), Fraction(0)
    return (None if low is None else factor * low), (None if high is None else factor * high)


def _never_below(one: End | None, other: End | None) -> Verdict:
    """Whether one end is at least another in every case; in none of them is the answer no."""
    if one is None:
        return "yes"
    if other is None:
        return "no"
    (least, most), (its_least, its_most) = one, other
    if least is not None and its_most is not None and least >= its_most:
        return "yes"
    if most is not None and its_least is not None and most < its_least:
        return "no"
    return "open"


def scaled(expr: Expr) -> Scaled:
    """An amount as a multiple of a figure, as far as it is one."""
    whole = Scaled(Fraction(1), Fraction(1), expr)
    match expr:
        case Constant(Fraction() as value) if value >= 0:
            return Scaled(value, value, None)
        case Apply("flagged", (inner, _)):
            return scaled(inner)
        case Apply("range", (below, Constant(NotStated(None, None)))):
            end = scaled(below)
            return Scaled(end.low, None, end.of) if end.low == end.high else whole
        case Apply("range", (below, above)):
            first, last = scaled(below), scaled(above)
            joined = first.low == 0 or first.of == last.of
            return Scaled(first.low, last.high, last.of) if joined else whole
        case Apply("multiply", (one, other)):
            return _product(scaled(one), scaled(other)) or whole
        case _:
            return whole


def _product(one: Scaled, other: Scaled) -> Scaled | None:
    """The product of two multiples, one of which is a plain number."""
    if one.of is not None and other.of is not None:
        return None
    high = None
    if one.high is not None and other.high is not None:
        high = one.high * other.high
    return Scaled(one.low * other.low, high, other.of if one.of is None else one.of)
