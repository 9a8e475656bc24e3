"""Builds the lines of examples: facts, expectations, rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve
from lark import Token

from policyrules.syntax import ast
from policyrules.syntax.example_tables import TableLine
from policyrules.syntax.parts import Parts, Said, cells_between_bars


def _given(p: Parts) -> Said:
    """The facts, each of the member and the record that stand before it; a semicolon ends both."""
    member: int | None = None
    record: tuple[str, Fraction] | None = None
    found: list[Any] = []
    for child in p.children:
        if isinstance(child, Token):
            member, record = (None, None) if child.type == "SEMI" else (member, record)
            continue
        item = child
        if isinstance(item, Said) and item.field == "member":
            member, item = item.value
            record = None
        if isinstance(item, Said):
            record, item = item.value
        if isinstance(item, ast.Given):
            item = evolve(item, member=member, record=record)
        elif isinstance(item, ast.RecordCount):
            item = evolve(item, member=member)
        found.append(item)
    return Said("given", tuple(found), p.span)


def _member_mark(p: Parts) -> Said:
    return Said("member", (int(p.first("NUMBER")), p.nodes[0]), p.span)


def _member_count(p: Parts) -> ast.MemberCount:
    value, unit = p.first("QUANTITY")
    return ast.MemberCount(value, unit, span=p.span)


def _fact(p: Parts) -> ast.Given:
    if p.of(ast.Indexed):
        cell, figure = p.nodes
        return ast.Given(None, cell.name, figure, cell.values, span=p.span)
    value: Any = p.nodes[0] if p.nodes else not (p.has("NOT") or p.has("NO"))
    return ast.Given(None, p.first("NAME"), value, span=p.span)


def _expectation(p: Parts) -> ast.Expectation:
    return ast.Expectation(p.first("NAME", "GROUP_NAME"), _member(p), *_outcome(p), span=p.span)


def _member(p: Parts) -> int | None:
    return int(p.first("NUMBER")) if p.has("MEMBER") else None


def _outcome(p: Parts) -> tuple[Any, Any, str | None, Any]:
    """Both ends of a figure, a status, and a value, as far as they are written."""
    figures = p.of(ast.Number, ast.Quantity, ast.Rate)
    low, high = (figures[0], figures[-1]) if figures else (None, None)
    if isinstance(low, ast.Number) and isinstance(high, ast.Quantity):
        low = ast.Quantity(low.value, high.unit, span=low.span)
    status = p.first("STATUS")
    if p.has("NOT_STATED"):
        high, status = None, None if low else "not stated"
    value: Any = next(iter(p.of(ast.Value, ast.DateLiteral)), None)
    if p.has("YES", "NO"):
        value = p.has("YES")
    return low, high, status, value


def _several(field: str) -> Callable[[Parts], Said]:
    return lambda p: Said(field, p.nodes, p.span)


def _chosen_reading(p: Parts) -> ast.ChosenReading:
    number, text = p.first("NUMBER"), p.first("TEXT")
    return ast.ChosenReading(p.first("NAME"), number, text, span=p.span)


def _column(p: Parts) -> ast.Column:
    if p.has("NUMBER_OF_MEMBERS"):
        return ast.Column("members", span=p.span)
    if p.has("THE_DATE"):
        return ast.Column("date", span=p.span)
    return ast.Column("named", p.first("NAME", "GROUP_NAME"), _member(p), span=p.span)


def _example_cell(p: Parts) -> ast.ExampleCell:
    return ast.ExampleCell(*_outcome(p), p.first("TEXT"), span=p.span)


def _table_line(p: Parts) -> TableLine:
    return TableLine(cells_between_bars(p), p.has("TOTAL"), p.span)


EXAMPLES: Mapping[str, Callable[[Parts], Any]] = {
    "given": _given,
    "member_mark": _member_mark,
    "member_count": _member_count,
    "otherwise_no": lambda p: ast.OtherwiseNo(span=p.span),
    "fact": _fact,
    "expect": _several("expect"),
    "because": _several("because"),
    "chosen_readings": _several("readings"),
    "chosen_reading": _chosen_reading,
    "expectation": _expectation,
    "column": _column,
    "example_cell": _example_cell,
    "example_row": _table_line,
    "total_row": _table_line,
}
