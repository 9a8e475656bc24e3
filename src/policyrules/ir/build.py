"""The only way to make expressions: typed pieces, put together with their kinds.

A `Typed` carries the type (unit, category) that the author's words have; the expression inside
knows kinds only. Scales are explicit: a conversion is a multiplication made by `scaled`, here and
nowhere else.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from policyrules.ir.nodes import Apply, Constant, Expr, Kind, Origin
from policyrules.types.types import (
    DATE,
    TRUTH,
    UNKNOWN,
    ChoiceType,
    DateType,
    NumberType,
    Type,
    UnknownType,
)
from policyrules.types.units import Unit


@frozen
class Typed:
    """An expression with the type that the author's words give it."""

    type: Type
    expr: Expr

    @property
    def unit(self) -> Unit:
        """The unit of a number; the plain one for anything else."""
        return self.type.unit if isinstance(self.type, NumberType) else Unit("")

    @property
    def known(self) -> bool:
        """Whether the type is known, that is, nothing wrong with it was reported yet."""
        return not isinstance(self.type, UnknownType)


NO = Constant(False, "truth")
YES = Constant(True, "truth")
ZERO = Constant(Fraction(0), "number")
MISTAKE = Typed(UNKNOWN, ZERO)


def kind_of(type_: Type) -> Kind:
    """The kind of an expression of this type."""
    if isinstance(type_, ChoiceType):
        return "choice"
    if isinstance(type_, DateType):
        return "date"
    return "truth" if type_ == TRUTH else "number"


def number(value: Fraction, unit: Unit, origin: Origin | None = None) -> Typed:
    """A constant number."""
    return Typed(NumberType(unit), Constant(value, "number", origin))


def day(ordinal: int, origin: Origin | None = None) -> Typed:
    """A constant day."""
    return Typed(DATE, Constant(ordinal, "date", origin))


def truth(expr: Expr) -> Typed:
    """A condition."""
    return Typed(TRUTH, expr)


def apply(operator: str, kind: Kind, *operands: Expr, origin: Origin | None = None) -> Expr:
    """An operator on its operands."""
    return Apply(operator, operands, kind, origin)


def figure(operator: str, unit: Unit, *operands: Expr, origin: Origin | None = None) -> Typed:
    """A number made by an operator."""
    return Typed(NumberType(unit), apply(operator, "number", *operands, origin=origin))


def scaled(typed: Typed, factor: Fraction, unit: Unit) -> Typed:
    """The same quantity in another unit."""
    if factor == 1:
        return evolve(typed, type=NumberType(unit))
    origin = Origin(role="convert", unit=unit.text)
    return figure("multiply", unit, typed.expr, Constant(factor, "number"), origin=origin)


def negation(condition: Expr) -> Expr:
    """The opposite of a condition."""
    if isinstance(condition, Apply) and condition.operator == "not":
        return condition.operands[0]
    return apply("not", "truth", condition)


def all_of(*conditions: Expr, origin: Origin | None = None) -> Expr:
    """All of the conditions; yes for none."""
    if len(conditions) == 1:
        return conditions[0]
    return apply("and", "truth", *conditions, origin=origin) if conditions else YES


def any_of(*conditions: Expr, origin: Origin | None = None) -> Expr:
    """At least one of the conditions; no for none."""
    if len(conditions) == 1:
        return conditions[0]
    return apply("or", "truth", *conditions, origin=origin) if conditions else NO


def choose(condition: Expr, then: Typed, otherwise: Typed, origin: Origin | None = None) -> Typed:
    """One of two values of the same type."""
    kind = kind_of(then.type)
    expr = apply("select", kind, condition, then.expr, otherwise.expr, origin=origin)
    return Typed(then.type, expr)


def comparison(operator: str, left: Expr, right: Expr, origin: Origin | None = None) -> Expr:
    """A comparison, written with `less` and `equal` only, so that equal questions are equal."""
    match operator:
        case "<":
            return apply("less", "truth", left, right, origin=origin)
        case ">":
            return apply("less", "truth", right, left, origin=origin)
        case ">=":
            return negation(apply("less", "truth", left, right, origin=origin))
        case "<=":
            return negation(apply("less", "truth", right, left, origin=origin))
        case _:
            return apply("equal", "truth", left, right, origin=origin)
