"""Short ways of writing programs by hand, for the tests of evaluators."""

from fractions import Fraction
from typing import Any

from attrs import evolve

from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Expr,
    Input,
    Kind,
    NotInForce,
    NotStated,
    Over,
    Program,
    Reference,
    Variable,
)
from policyrules.ir.simplify import specialise_expression
from policyrules.source import Text

OPERATORS_OF_TRUTH = ("less", "equal", "is", "and", "or", "not")
NIL = Constant(Fraction(0), "number")
IN_FORCE_LATER = Constant(NotInForce("standard"), "number")


def amount(value: str | int | Fraction) -> Constant:
    """A number."""
    return Constant(Fraction(value), "number")


def unstated(name: str = "", low: int | None = None, high: int | None = None) -> Constant:
    """A number that the document does not give."""
    ends = (None if end is None else Fraction(end) for end in (low, high))
    return Constant(NotStated(*ends, name=name), "number")


def fact(name: str, kind: Kind = "number", subject: Any = "household") -> Variable:
    """An input."""
    return Variable(name, subject, kind)


def apply(operator: str, *operands: Expr, kind: Kind | None = None) -> Apply:
    """An operator; its kind is that of truth for a truth operator, else a number unless given."""
    result: Kind = "truth" if operator in OPERATORS_OF_TRUTH else "number"
    return Apply(operator, operands, kind or result)


def choose(condition: Expr, then: Expr, otherwise: Expr) -> Apply:
    """One expression or the other, of their kind."""
    return apply("select", condition, then, otherwise, kind=then.kind)


def flag(value: Expr, name: str) -> Apply:
    """A value with a flag."""
    return apply("flagged", value, Constant(name, "choice"), kind=value.kind)


def is_value(choice: Expr, value: str) -> Apply:
    """A test for one value of a category."""
    return apply("is", choice, Constant(value, "choice"))


def over(function: Any, body: Expr | None = None, condition: Expr | None = None) -> Over:
    """An aggregate over the members."""
    kind: Kind = "truth" if function in ("any", "every") else "number"
    return Over(function, body, condition, kind)


def refer(name: str, kind: Kind = "number") -> Reference:
    """The value of a definition."""
    return Reference(name, kind)


def given(name: str, kind: Kind = "number", subject: Any = "household", **domain: Any) -> Input:
    """The declaration of an input."""
    values = tuple((value, Text(value, None)) for value in domain.pop("values", ()))
    ends = {side: Fraction(end) for side, end in domain.items()}
    return Input(
        name=name, label=Text(name, None), subject=subject, kind=kind, values=values, **ends
    )


def defined(name: str, value: Expr, subject: Any = "household", *, own: bool = True) -> Definition:
    """A definition that is no benefit."""
    return Definition(
        name=name,
        label=Text(name, None),
        subject=subject,
        what="definition",
        kind=value.kind,
        value=value,
        own=own,
    )


def benefit(name: str, holds: Expr, pays: Expr, subject: Any = "household") -> Definition:
    """A benefit; other rules read it as 0 where it is not due."""
    return Definition(
        name=name,
        label=Text(name, None),
        subject=subject,
        what="benefit",
        kind="number",
        value=choose(holds, apply("maximum", NIL, pays), NIL),
        holds=holds,
        amount=pays,
    )


def program(
    inputs: tuple[Input, ...], *definitions: Definition, persons_only: bool = False
) -> Program:
    """A program of nothing but inputs and definitions."""
    return Program(
        id="test",
        title=Text("test", None),
        currency="yuan",
        inputs=inputs,
        parameters=(),
        definitions=definitions,
        checks=(),
        about="person" if persons_only else "household",
    )


def specialise(whole: Program, on: int) -> Program:
    """A program as it is on one day."""

    def on_day(expr: Expr | None) -> Expr | None:
        return None if expr is None else specialise_expression(expr, on)

    definitions = tuple(
        evolve(
            entry,
            value=specialise_expression(entry.value, on),
            holds=on_day(entry.holds),
            amount=on_day(entry.amount),
        )
        for entry in whole.definitions
    )
    return evolve(whole, definitions=definitions)
