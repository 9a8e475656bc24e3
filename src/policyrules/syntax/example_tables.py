"""Tables of examples: a line of heads, a line for each case, and the line of totals."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from policyrules.diagnostics import Report
from policyrules.source import Span, Text
from policyrules.syntax import ast


@frozen
class TableLine:
    """A line of a table as its cells, None for an empty one; `total` marks that of the totals."""

    cells: tuple[Any, ...]
    total: bool
    span: Span


def table_of(lines: list[TableLine], report: Report) -> ast.ExampleTable | None:
    """The table that the lines make; what cannot be read in it goes into `report`."""
    if not lines:
        return None
    before = len(report.diagnostics)
    head, *body = lines
    columns = _columns(head, report)
    rows = [_row(line, len(columns), report) for line in body]
    totals = [line for line in body if line.total]
    if head.total or any(line is not body[-1] for line in totals):
        _unclear(head.span if head.total else totals[0].span, _TOTAL_LAST, report)
    elif not body or body[0].total:
        _unclear(head.span, _NO_ROWS, report)
    if len(report.diagnostics) > before:
        return None
    cases, last = (rows[:-1], rows[-1]) if totals else (rows, None)
    return ast.ExampleTable(columns, tuple(cases), last, span=head.span)


_NO_ROWS = Text("no row stands under its heads", "表头之下没有行")
_TOTAL_LAST = Text("the totals stand in the last row", "合计应在末行")
_NO_HEAD = Text(
    "above each column stands the name of a fact or result, or a title in quotes",
    "每列上方应有信息或者结果的名称，或者引号内的标题",
)


def _columns(line: TableLine, report: Report) -> tuple[ast.Column, ...]:
    """The heads; of several that are none the first one is reported, the others fail with it."""
    columns: list[ast.Column] = []
    unclear: list[Span] = []
    for cell in line.cells:
        match cell:
            case ast.Column():
                columns.append(cell)
            case ast.ExampleCell(title=Text()):
                columns.append(ast.Column("title", span=cell.span))
            case _:
                unclear.append(cell.span if cell else line.span)
                columns.append(ast.Column("title", span=line.span))
    for span in unclear[:1]:
        _unclear(span, _NO_HEAD, report)
    return tuple(columns)


def _row(line: TableLine, wanted: int, report: Report) -> ast.ExampleRow:
    if len(line.cells) != wanted:
        reason = Text(
            f"this row has {len(line.cells)} cells, its heads are {wanted}",
            f"本行有{len(line.cells)}格，表头有{wanted}格",
        )
        _unclear(line.span, reason, report)
    for cell in line.cells:
        if isinstance(cell, ast.Column):
            _unclear(cell.span, Text("a name is no value", "名称不是取值"), report)
    return ast.ExampleRow(line.cells, span=line.span)


def _unclear(span: Span, reason: Text, report: Report) -> None:
    report.add("PR575", span, reason=reason)
