"""Tables with `｜`: rows by category; columns are years or dates, or the values of one more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from policyrules.diagnostics import Report
from policyrules.source import Span, Text
from policyrules.syntax import ast
from policyrules.syntax.names import number_of_members
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
    if p.has("OR_MORE") or p.first("POST_COMPARE") == ">=":
        return CountKey(f"{value}{ast.OR_MORE}", unit)
    # 3人以下 is no number of its own: no row stands for several numbers but the last one.
    return CountKey(f"{p.first('POST_COMPARE') or ''}{value}", unit)


def cell_of(keys: tuple[CountKey, ...], value: Any, span: Span) -> ast.Cell:
    """A cell under its keys."""
    units = tuple(key.unit for key in keys if key.unit)
    return ast.Cell(tuple(key.key for key in keys), value, units, span=span)


@frozen
class Row:
    """One line of a table as its cells, None for an empty one."""

    cells: tuple[Any, ...]
    span: Span


def versions_of(
    nodes: Iterable[Any], by: tuple[str | None, ...], report: Report
) -> tuple[ast.Version, ...]:
    """The versions among the lines of a parameter, those that tables give included.

    `by` are the categories of the table, None for one that is not known. Rows below `from DATE:`
    are the values from that date on; other rows are a table of their own and stand before.
    """
    found: list[ast.Version] = []
    loose: list[Row] = []
    below: dict[int, list[Row]] = {}
    for node in nodes:
        if isinstance(node, Row) and _is_reported(node, report):
            return tuple(found)
        match node:
            case ast.Version():
                found.append(node)
            case Row() if found and not found[-1].cells:
                below.setdefault(len(found) - 1, []).append(node)
            case Row() if found:
                report.add("PR121", node.span, hint=_BELOW)
            case Row():
                loose.append(node)
    for place, version in enumerate(found):
        if place in below and _has_dates(below[place][0], len(by)):
            report.add("PR121", below[place][0].span, hint=_DATED_ABOVE)
        elif place in below:
            cells = _undated(below[place], by, report)
            found[place] = evolve(version, cells=cells)
        elif not version.cells:
            report.add("PR106", version.span, expected=_VALUES)
    return (*found, *_dated_table(loose, by, report))


def _is_reported(row: Row, report: Report) -> bool:
    """Whether a mistake of a row is known: what would be said of its table comes of that."""
    return any(
        isinstance(noted.place, Span)
        and noted.place.source is row.span.source
        and row.span.start <= noted.place.start < row.span.end
        for noted in report.diagnostics
    )


def keys_of(rows: list[Row]) -> int:
    """How many categories and numbers the rows are by, told by the rows alone."""
    if not rows:
        return 0
    head, last = rows[0].cells, rows[-1].cells
    dates = [place for place, cell in enumerate(head) if _dated(cell, rows[0].span)]
    if dates and dates[0] and not any(_is_key(cell) for cell in head[: dates[0]]):
        return dates[0]
    if _is_matrix(rows[0]):
        return len(last) - sum(_is_key(cell) for cell in head) + 1
    keys = [place for place, cell in enumerate(last[:-1]) if _is_key(cell)]
    return max(keys, default=0) + 1


def _dated_table(
    rows: list[Row], by: tuple[str | None, ...], report: Report
) -> tuple[ast.Version, ...]:
    """One version for each dated column, or one without a date.

    The first row is the header where it has dates; in every other row the first cells are values
    of the categories, or `any`.
    """
    if not rows:
        return ()
    head, *body = rows
    keys = len(by)
    dates = [_dated(cell, head.span) for cell in head.cells[keys:]]
    keyed = any(_is_key(cell) for cell in head.cells[:keys])
    if keyed or any(start is None for start in dates):
        return (ast.Version(None, _undated(rows, by, report), span=head.span),)
    _check_heads(head, by, report)
    columns: list[list[ast.Cell]] = [[] for _ in dates]
    for row in body:
        names = _names(row, keys, len(dates), report)
        for column, cell in zip(columns, row.cells[keys:] if names else (), strict=False):
            column.extend(_cell(names, cell, row, report))
    return tuple(
        ast.Version(start, tuple(column), span=head.span)
        for start, column in zip(dates, columns, strict=True)
    )


def _undated(rows: list[Row], by: tuple[str | None, ...], report: Report) -> tuple[ast.Cell, ...]:
    """The cells of a table without dates: a value behind its keys, or under the last of them."""
    head, *body = rows
    keys = len(by)
    if keys < _TWO or not _is_matrix(head):
        head, body = Row((), head.span), rows
    if head.cells:
        _check_heads(head, by[:-1], report)
    above = [_key(cell, head, report) for cell in head.cells[keys - 1 :]]
    before, values = (keys - 1, len(above)) if above else (keys, 1)
    cells: list[ast.Cell] = []
    for row in body:
        names = _names(row, before, values, report)
        for place, cell in enumerate(row.cells[before:] if names else ()):
            cells += _cell((*names, *above[place : place + 1]), cell, row, report)
    return tuple(cells)


def _has_dates(head: Row, keys: int) -> bool:
    """Whether years or dates stand above the columns, beside the names of the categories."""
    names, dates = head.cells[:keys], head.cells[keys:]
    return (
        not any(_is_key(cell) or isinstance(cell, ast.Number) for cell in names)
        and bool(dates)
        and all(_dated(cell, head.span) for cell in dates)
    )


def _names(row: Row, keys: int, values: int, report: Report) -> tuple[CountKey, ...]:
    """The keys before the values of a row; none where it has not the cells that it needs."""
    if len(row.cells) != keys + values:
        report.add("PR120", row.span, found=str(len(row.cells)), wanted=str(keys + values))
    elif None in row.cells:
        report.add("PR125", row.span, number=str(row.cells.index(None) + 1))
    else:
        return tuple(_key(cell, row, report) for cell in row.cells[:keys])
    return ()


def _check_heads(head: Row, by: tuple[str | None, ...], report: Report) -> None:
    """Report what stands above the values of a category and is not the name of it."""
    for cell, category in zip(head.cells, by, strict=False):
        if cell is not None and category is not None and not _names_category(cell, category):
            place = cell.span if isinstance(cell, ast.Node) else head.span
            report.add("PR121", place, hint=HEADS)


def heads_of(rows: list[Row], keys: int) -> Iterator[ast.Head]:
    """The names above the values of the categories, of tables that are by so many of them."""
    for row in rows:
        for place, cell in enumerate(row.cells[:keys]):
            if isinstance(cell, ast.Reference):
                yield ast.Head(place, cell.name, span=cell.span)
            elif isinstance(cell, str) and cell in number_of_members():
                yield ast.Head(place, ast.MEMBERS, span=row.span)


def _names_category(cell: Any, category: str) -> bool:
    """Whether the head of a column names what the table is by there."""
    if isinstance(cell, ast.Reference):
        return cell.name == category
    counted = number_of_members()
    return category in counted and cell in counted


def _cell(keys: tuple[CountKey, ...], cell: Any, row: Row, report: Report) -> list[ast.Cell]:
    if isinstance(cell, ast.Number | ast.Quantity | ast.Rate | ast.NotStated):
        return [cell_of(keys, cell, row.span)]
    report.add("PR121", row.span if isinstance(cell, str | CountKey) else cell.span)
    return []


def _is_matrix(head: Row) -> bool:
    """Whether values of a category stand above the columns, beside the names of the others."""
    return not _is_key(head.cells[0]) and _is_key(head.cells[-1])


def _is_key(cell: Any) -> bool:
    return isinstance(cell, CountKey | ast.Value | ast.Quantity) or cell == ast.ANY


def _dated(cell: Any, span: Span) -> ast.DateLiteral | None:
    """The date above a column; a bare number is a year."""
    if isinstance(cell, ast.DateLiteral):
        return cell
    if isinstance(cell, ast.Number) and cell.value in _YEARS:
        return ast.DateLiteral(date(int(cell.value), 1, 1), "year", span=span)
    return None


_VALUES = Text("its values, or rows of a table below", "标准数值，或者在下方列表")
_BELOW = Text(
    "write these rows before the dates, or below a `from DATE:` line that has no values itself",
    "请将这些行写在各日期之前，或者写在不含数值的“自……起：”之下",
)
_DATED_ABOVE = Text(
    "the date stands in `from DATE:` above: leave out that line, or the years in this row",
    "日期已写在上面的“自……起：”，请删去该行，或者删去本行的年份",
)
HEADS = Text(
    "a head names the category of the values below it; the categories stand in the order of `by`",
    "表头写其下各取值所属的类别，各类别的先后与“按……”一致",
)
_TWO = 2
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
