"""How large a number can be, whatever the case: bounds proved before anything runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce

from attrs import define, field

from policyrules.ir.fold import fold
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Expr,
    Input,
    NotInForce,
    NotStated,
    Over,
    Reference,
    Unsettled,
    Variable,
)
from policyrules.ir.ranges import (
    MISSING,
    NOT_STATED,
    Extent,
    Range,
    ends,
    hull,
    of_unknown_members,
    spread,
)
from policyrules.ir.ranges_time import EXTENTS

Bounds = tuple[Fraction | None, Fraction | None]
ANYTHING = Range(None, None, MISSING)
# What is not in force has no value at all, so it widens nothing.
NOTHING = Range(None, None, NOT_STATED)


def bounds(
    expr: Expr, inputs: Iterable[Input], environment: Mapping[str, Bounds | Definition]
) -> Bounds:
    """The lowest and highest value of a number or day over all cases; None where none is proved.

    Every input ranges over its declared domain, excluded ends counting as included; both branches
    of a choice are possible. `environment` gives the definitions that `expr` refers to, or their
    bounds; a name that it lacks may be anything.
    """
    domains: dict[tuple[str, str], Extent] = {
        (entry.subject, entry.name): domain(entry) for entry in inputs
    }
    return ends(fold(expr, _Widest(domains, environment)))


def domain(entry: Input) -> Extent:
    """All that a number or day may be when it is missing."""
    if entry.low is not None and entry.low == entry.high:
        return int(entry.low) if entry.kind == "date" else entry.low
    return Range(entry.low, entry.high, MISSING)


def fits(entry: Input, figure: Fraction) -> bool:
    """Whether a figure lies in the domain of an input."""
    low, high = entry.low, entry.high
    if low is not None and (figure < low or (entry.low_excluded and figure == low)):
        return False
    if high is not None and (figure > high or (entry.high_excluded and figure == high)):
        return False
    return not entry.whole or figure.denominator == 1


@define
class _Widest:
    """The hull of a number over all cases; anything at all for what is no number."""

    domains: Mapping[tuple[str, str], Extent]
    environment: Mapping[str, Bounds | Definition]
    found: dict[str, Extent] = field(factory=dict)

    def constant(self, node: Constant) -> Extent:
        match node.value:
            case Fraction() as number:
                return number
            case NotStated(low, high):
                return spread(low, high, NOT_STATED)
            case int() as day if node.kind == "date":
                return day
            case NotInForce() | Unsettled():
                return NOTHING
            case _:
                return ANYTHING

    def variable(self, node: Variable) -> Extent:
        return self.domains.get((node.subject, node.name), ANYTHING)

    def reference(self, node: Reference) -> Extent:
        if node.name not in self.found:
            known = self.environment.get(node.name)
            if known is None:
                return ANYTHING
            self.found[node.name] = (
                fold(known.value, self)
                if isinstance(known, Definition)
                else spread(*known, MISSING)
            )
        return self.found[node.name]

    def apply(self, node: Apply, operands: tuple[Extent, ...]) -> Extent:
        if node.operator == "select":
            either = [branch for branch in operands[1:] if branch is not NOTHING]
            return reduce(hull, either, either[0]) if either else NOTHING
        if any(operand is NOTHING for operand in operands):
            return NOTHING
        if node.operator == "flagged":
            return operands[0]
        if node.operator in EXTENTS:
            return EXTENTS[node.operator](*operands)
        return ANYTHING

    def over(self, node: Over, body: Extent | None, condition: Extent | None) -> Extent:
        certain = condition is None and node.collection is None
        match node.function:
            case "count":
                return Range(Fraction(certain), None, MISSING)
            case "sum" if isinstance(body, Fraction | Range):
                return of_unknown_members(body, all_count=certain)
            case "highest" | "lowest" if body is not None and certain:
                return body
            case _:
                return ANYTHING
