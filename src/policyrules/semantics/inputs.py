"""The facts of a case: declared inputs, categories, statuses, and those that forms declare."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from policyrules.ir.build import kind_of
from policyrules.ir.nodes import Collection, Constant, Input
from policyrules.ir.simplify import specialise_expression, unflagged
from policyrules.semantics.parameters import Parameters
from policyrules.semantics.reading import type_of
from policyrules.semantics.resolve import Symbol
from policyrules.semantics.running import DAY, PAID, PREVIOUS
from policyrules.semantics.scope import Scope, subject_of
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.dates import OLDEST
from policyrules.types.types import NumberType
from policyrules.types.units import unit, with_whom

_WHOLE = {
    "person",
    "person/household",
    "household",
    "case",
    "item",
    "year_of_age",
    "person_time",
    "household_time",
    "time",
}


def inputs(scope: Scope, parameters: Parameters) -> tuple[Input, ...]:
    """Every fact that a case may state, in the order of declaration."""
    scope = evolve(scope, parameters=parameters)
    found = []
    for symbol in scope.symbols.all("input", "status", "category", "field"):
        if symbol.kind == "category" and symbol.entity is None:
            continue
        if symbol.entity is None:
            scope.mistake("PR211", symbol.name.span, name=symbol.name.text)
            continue
        found.append(_input(symbol, scope))
    return tuple(found)


def _input(symbol: Symbol, scope: Scope) -> Input:
    found = type_of(symbol)
    spelled = found.spelled if isinstance(found, NumberType) else ""
    node = symbol.declaration
    made = Input(
        name=symbol.key,
        label=symbol.name.text,
        subject=subject_of(symbol.entity),
        kind=kind_of(found),
        unit=spelled,
        own=symbol.own,
        whole=spelled in _WHOLE and symbol.entity != "case",  # an employer's staff is an average
    )
    match node:
        case None if symbol.key == "age":
            return evolve(made, low=Fraction(0), high=Fraction(OLDEST))
        case ast.Benefit():
            if symbol.counts == DAY:
                return evolve(made, source="form")
            whole = symbol.counts not in (PAID, PREVIOUS)
            return evolve(made, low=Fraction(0), source="form", whole=whole)
        case ast.Category():
            values = tuple((value.key, value.text) for value in node.values)
            return evolve(made, values=values, asks=node.asks, readings=_readings(node))
        case ast.Statuses():
            if symbol.kind == "input":
                return evolve(made, source="form")
            return evolve(made, source="status", asks=node.asks, readings=_readings(node))
        case ast.Input():
            earlier = symbol.key != node.name.key
            made = evolve(made, source="form" if earlier else node.origin)
            made = evolve(made, asks=None if earlier else node.asks)
            made = evolve(made, whole=made.whole or node.type.whole, readings=_readings(node))
            return _bounded(made, node, node.entity, scope)
        case ast.RecordList(name=name, fields=fields):
            field = next(field for field in fields if field.name.key == symbol.key)
            of = Collection(name.key, made.subject, name.text)
            whole = made.whole or field.type.whole
            made = evolve(made, collection=of, whole=whole, readings=_readings(node))
            return _bounded(made, field, node.entity, scope)
        case _:
            return made


def _readings(node: ast.Category | ast.Statuses | ast.Input | ast.RecordList) -> tuple[Text, ...]:
    return tuple(reading.text for reading in node.readings)


def _bounded(made: Input, node: ast.Input | ast.Field, entity: ast.Entity, scope: Scope) -> Input:
    """The input with its domain; an end must be a plain figure."""
    for bound in node.domain:
        assert scope.parameters is not None
        if made.kind != "number":
            scope.mistake("PR318", bound.span)
            continue
        declared = with_whom(unit(node.type.unit), entity)
        typed = scope.parameters.elaborate(bound.of, scope, declared)
        expr = unflagged(specialise_expression(scope.meet(typed, declared, bound.span).expr, 1))
        if not isinstance(expr, Constant) or not isinstance(expr.value, Fraction):
            scope.mistake("PR318", bound.span)
        elif bound.operator in {">", ">="}:
            made = evolve(made, low=expr.value, low_excluded=bound.operator == ">")
        else:
            made = evolve(made, high=expr.value, high_excluded=bound.operator == "<")
    if made.low is not None and made.high is not None and made.low > made.high:
        scope.mistake("PR319", node.domain[-1].span)
    return made
