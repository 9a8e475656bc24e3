"""The age in a benefit that is paid from the month after, or of, reaching an age."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from policyrules.forms.completed import elapsed
from policyrules.ir.build import Typed, apply
from policyrules.ir.nodes import Constant, Expr, Variable
from policyrules.ir.walk import nodes
from policyrules.semantics.scope import Scope
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.syntax.names_built_in import AGE
from policyrules.types.types import NumberType
from policyrules.types.units import Unit

ROLE = "age at a month end"
_YEARS_OF_AGE = Unit("year_of_age")
_MONTH = Constant(Fraction(1), "number")
_TODAY = Variable("date", "date", "date")
_BEFORE = Text("age at the end of the month before", "上月末年龄")
_THIS = Text("age at the end of the month", "本月末年龄")


def from_age(name: str, scope: Scope) -> ast.PaidFromAge | None:
    """The line by which a name means the age at the end of a month, if there is one."""
    if name != AGE.key or scope.benefit is None:
        return None
    lines = scope.benefit.clauses
    return next((line for line in lines if isinstance(line, ast.PaidFromAge)), None)


def at_month_end(birth: Typed, line: ast.PaidFromAge, node: ast.Node, scope: Scope) -> Typed:
    """The completed years of age on the last day of the month before, or of this month."""
    last = apply("previous_end" if line.following else "period_end", "date", _TODAY, _MONTH)
    name = _BEFORE if line.following else _THIS
    origin = scope.origin(ROLE, node.span, name, _YEARS_OF_AGE)
    return evolve(elapsed("year", birth.expr, last, origin), type=NumberType(_YEARS_OF_AGE))


def check_ages(scope: Scope, *read: Expr) -> None:
    """Report a line on the age that is reached where no other line asks for an age."""
    line = from_age(AGE.key, scope)
    found = (each.origin for expr in read for each in nodes(expr))
    if line is not None and not any(origin and origin.role == ROLE for origin in found):
        scope.mistake("PR421", line.span)
