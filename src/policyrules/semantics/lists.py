"""Figures over the records of a list: counts, sums, tests, and the months to look back."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, assert_never

from attrs import evolve

from policyrules.forms.lists import in_months_before, in_year_of, over_records
from policyrules.ir.build import Typed, all_of, truth
from policyrules.ir.nodes import Collection, Expr, Over
from policyrules.semantics.conditions import Elaborate, condition
from policyrules.semantics.parameters import TODAY
from policyrules.semantics.reading import read_fact
from policyrules.semantics.scope import Scope, subject_of
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.types import NumberType
from policyrules.types.units import Unit

OfRecords = ast.NumberOfRecords | ast.OverRecords | ast.EachRecord | ast.RecordTest
_WHOSE = {
    "household": Text("the household", "家庭"),
    "person": Text("a person", "个人"),
    "case": Text("a case", "件"),
}


def of_records(node: OfRecords, scope: Scope, expected: Unit | None, value: Elaborate) -> Typed:
    """A figure or a condition over the records of a list of the subject at hand."""
    symbol = scope.symbols.table[node.records.name]
    declared = symbol.declaration
    assert isinstance(declared, ast.RecordList)
    if scope.subject is None:
        return scope.mistake("PR308", node.span, name=symbol.name.text)
    if scope.record is not None:
        return scope.mistake("PR224", node.records.span, name=symbol.name.text)
    if scope.subject != declared.entity:
        facts = {"whose": _WHOSE[declared.entity], "own": _WHOSE[scope.subject]}
        return scope.mistake("PR222", node.records.span, name=symbol.name.text, **facts)
    of = Collection(symbol.key, subject_of(scope.subject), symbol.name.text)
    inner = evolve(scope, record=symbol.key, counted=None)
    which = _window(node.records, declared, inner)
    match node:
        case ast.NumberOfRecords(_, test):
            picked = _both(which, test, inner, value)
            made = over_records("count", None, picked, of, scope.origin("count", node.span))
            return Typed(NumberType(Unit("")), made)
        case ast.OverRecords(function, _, body, test):
            picked = _both(which, test, inner, value)
            return _over(function, function, body, picked, of, None, inner, value)
        case ast.EachRecord(_, body):
            return _over("sum", "each member", body, which, of, expected, inner, value)
        case ast.RecordTest(quantifier, _, test):
            tested = condition(test, inner, value)
            origin = scope.origin("members", node.span)
            return truth(Over(quantifier, tested, which, "truth", origin, of))
        case _:
            assert_never(node)


def _over(
    function: Literal["sum", "highest", "lowest"],
    role: str,
    body: ast.Expr,
    which: Expr | None,
    of: Collection,
    expected: Unit | None,
    scope: Scope,
    value: Elaborate,
) -> Typed:
    found = scope.figure(value(body, scope, expected), body.span)
    if not found.known:
        return found
    origin = scope.origin(role, body.span, spelled=found.unit)
    return Typed(found.type, over_records(function, found.expr, which, of, origin))


def _both(which: Expr | None, test: ast.Expr | None, scope: Scope, value: Elaborate) -> Expr | None:
    """The window and the condition beside it."""
    if test is None:
        return which
    tested = condition(test, scope, value)
    return tested if which is None else all_of(which, tested, origin=scope.origin("all", test.span))


def _window(records: ast.Records, declared: ast.RecordList, scope: Scope) -> Expr | None:
    """Which records lie in the year of the date, or in so many months before its month."""
    if not records.window:
        return None
    dates = [field for field in declared.fields if field.type.kind == "date"]
    if len(dates) != 1 or records.months.denominator != 1 or records.months % 12:
        scope.mistake("PR223", records.span, name=declared.name.text)
        return None
    day = read_fact(dates[0].name.key, records, scope).expr
    origin = scope.origin("period", records.span)
    if records.window == "this year":
        return in_year_of(day, TODAY, origin)
    return in_months_before(day, TODAY, Fraction(records.months), origin)
