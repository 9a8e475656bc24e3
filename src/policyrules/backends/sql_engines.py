"""The engines that SQL is written for: their integers, and how each divides.

Nothing of their habits is used: whole numbers have the type said here, division is of what is not
negative, and whatever is made of two is put in brackets.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from attrs import frozen
from sqlglot import exp
from sqlglot.expressions import Expr

_LONG = 64
_LONG_TYPE = exp.DataType.build("BIGINT")


@frozen
class Engine:
    """An engine: the type of what 64 bits do not hold, and how many bits that holds (0: none)."""

    name: str
    wide: str = ""
    bits: int = _LONG
    # What a quotient of wide numbers has at most.
    quotient_bits: int = 0
    # Where this is not said, an optimizer puts each stage into those that read it, over and over.
    materialized: bool | None = True
    # How many stages, one inside another, it plans in good time.
    most_stages: int = 120

    @property
    def has_decimals(self) -> bool:
        """Whether a number with decimals is held exactly."""
        return bool(self.wide)

    def long(self, value: Expr) -> Expr:
        """A number as one of 64 bits."""
        return exp.Cast(this=value, to=_LONG_TYPE.copy())

    def widened(self, value: Expr) -> Expr:
        """A number as one that may have more than 64 bits."""
        return exp.Cast(this=value, to=exp.DataType.build(self.wide, dialect=self.name))

    def quotient(self, value: Expr, divisor: Expr, *, wide: bool) -> Expr:
        """The quotient without its remainder, toward zero."""
        if self.name == "spark" and wide:
            # What goes in exactly; DIV would give 64 bits and wrap.
            rest = bracketed(exp.Mod, value.copy(), divisor.copy())
            return self.widened(bracketed(exp.Div, bracketed(exp.Sub, value, rest), divisor))
        if self.name in ("duckdb", "spark") or wide:
            return exp.Paren(this=exp.IntDiv(this=value, expression=divisor))
        # Typed, or sqlglot would divide rationals.
        return exp.Paren(this=exp.Div(this=value, expression=divisor, typed=True, safe=False))


ENGINES: Mapping[str, Engine] = {
    "duckdb": Engine("duckdb", "HUGEINT", 128, 128),
    "postgres": Engine("postgres", "NUMERIC", 10_000, 10_000),
    "spark": Engine("spark", "DECIMAL(38, 0)", 126, 106, materialized=None, most_stages=50),
    "sqlite": Engine("sqlite"),
}


def bracketed(make: type[exp.Binary], left: Expr, right: Expr) -> Expr:
    """An operation on two, in brackets; whoever writes one of them twice copies it."""
    return exp.Paren(this=make(this=left, expression=right))


def joined(make: type[exp.Binary], *parts: Expr) -> Expr:
    """Any number of conditions or texts one after another, in brackets if there are several."""
    if len(parts) == 1:
        return parts[0]
    return exp.Paren(this=reduce(lambda left, right: make(this=left, expression=right), parts))


def number(value: int) -> Expr:
    """A whole number; the least one of 64 bits can be written in no other way."""
    if value == -(2**63):
        return bracketed(exp.Sub, number(value + 1), number(1))
    literal = exp.Literal.number(value)
    return literal if value >= 0 else exp.Paren(this=literal)


def truth(*, holds: bool) -> Expr:
    """Yes or no."""
    return exp.Boolean(this=holds)


def name_of(name: str) -> exp.Identifier:
    """A name as it is, in the quotation marks of the engine."""
    return exp.to_identifier(name, quoted=True)


def column(name: str, table: str) -> Expr:
    """A column of a table."""
    return exp.Column(this=name_of(name), table=name_of(table))


def called(value: Expr, name: str) -> Expr:
    """A column of a SELECT under a name."""
    return exp.Alias(this=value, alias=name_of(name))


def text(value: str) -> Expr:
    """A text."""
    return exp.Literal.string(value)


def when(*branches: tuple[Expr, Expr], otherwise: Expr | None) -> Expr:
    """The first of these whose condition holds."""
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    return exp.Case(ifs=ifs, default=otherwise)
