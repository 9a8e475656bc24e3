"""Tables with `｜`: rows by category, with years or dates as columns."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from attrs import frozen

from policyrules.diagnostics import Report
from policyrules.source import Span
from policyrules.syntax import ast
from policyrules.syntax.parts import Parts


@frozen
class CountKey:
    """The key of a cell: a value, a number with its unit, or `each further`."""

    key: str
    unit: str | None = None


def count_key(p: Parts) -> CountKey:
    """`3 persons`, `3 or more persons`, `each further person` as the key of a cell."""
    if p.has("EACH_FURTHER"):
        value, unit = p.first("QUANTITY") or (Fraction(1), p.first("UNIT"))
        return CountKey(ast.EACH_FURTHER + ("" if value == 1 else f" {value}"), unit)
    value, unit = p.first("QUANTITY") or (p.first("NUMBER"), p.first("UNIT"))
    or_more = p.has("OR_MORE") or p.first("POST_COMPARE") == ">="
    return CountKey(f"{value}{ast.OR_MORE if or_more else ''}", unit)


def cell_of(keys: tuple[CountKey, ...], value: Any, span: Span) -> ast.Cell:
    """A cell under its keys."""
    units = tuple(key.unit for key in keys if key.unit)
    return ast.Cell(tuple(key.key for key in keys), value, units, span=span)


@frozen
class Row:
    """One line of a table as its cells, None for an empty one."""

    cells: tuple[Any, ...]
    span: Span


def versions_of(rows: list[Row], keys: int, report: Report) -> tuple[ast.Version, ...]:
    """The versions that a table gives: one for each dated column, or one without a date.

    The first row is the header where it has dates; in every other row the first `keys` cells are
    values of categories, or `any`.
    """
    if not rows:
        return ()
    head, *body = rows
    dates = [_dated(cell, head.span) for cell in head.cells[keys:]]
    keyed = any(isinstance(cell, CountKey | ast.Value | ast.Quantity) for cell in head.cells[:keys])
    if keyed or any(start is None for start in dates):
        dates, body = [None], rows
    cells: list[list[ast.Cell]] = [[] for _ in dates]
    for row in body:
        if len(row.cells) != keys + len(dates) or any(c is None for c in row.cells):
            report.add("PR120", row.span, found=str(len(row.cells)), wanted=str(keys + len(dates)))
            continue
        names = tuple(_key(cell, row, report) for cell in row.cells[:keys])
        for column, cell in zip(cells, row.cells[keys:], strict=True):
            if isinstance(cell, ast.Number | ast.Quantity | ast.Rate | ast.NotStated):
                column.append(cell_of(names, cell, row.span))
            else:
                report.add("PR121", cell.span)
    return tuple(
        ast.Version(start, tuple(column), span=head.span)
        for start, column in zip(dates, cells, strict=True)
    )


def _dated(cell: Any, span: Span) -> ast.DateLiteral | None:
    """The date above a column; a bare number is a year."""
    if isinstance(cell, ast.DateLiteral):
        return cell
    if isinstance(cell, ast.Number) and cell.value in _YEARS:
        return ast.DateLiteral(date(int(cell.value), 1, 1), "year", span=span)
    return None


_YEARS = frozenset(Fraction(year) for year in range(1900, 2200))


def _key(cell: Any, row: Row, report: Report) -> CountKey:
    match cell:
        case CountKey():
            return cell
        case ast.Value(name):
            return CountKey(name)
        case ast.Quantity(value, unit):
            return CountKey(str(value), unit)
        case ast.Number(value):
            return CountKey(str(value))
        case ast.ANY:
            return CountKey(ast.ANY)
        case _:
            report.add("PR121", row.span)
            return CountKey("")
