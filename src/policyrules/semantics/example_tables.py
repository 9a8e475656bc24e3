"""Tables of examples: what is wrong with their heads and cells, before any row is run."""

from __future__ import annotations

from fractions import Fraction

from policyrules.diagnostics import said_first
from policyrules.semantics.scope import Scope
from policyrules.source import Span, Text
from policyrules.syntax import ast

_RESULTS = frozenset({"benefit", "definition", "deadline"})
_NO_RESULT = Text(
    "no column says what must come out, and no line `expect` does",
    "没有写明结果的列，也没有“结果”一行",
)
_DATE_ONLY = Text("this column holds dates", "该列应为日期")
_COUNT_ONLY = Text("this column holds numbers of persons", "该列应为人数")
_TITLE_ONLY = Text("this column holds titles in quotes or numbers", "该列应为引号内的标题或者编号")
_FACT_ONLY = Text(
    "a fact is a figure, a date, a value, or yes or no", "信息应为数额、日期、取值或者是、否"
)
_NO_TITLE = Text("a title in quotes is no result", "引号内的标题不是结果")
_FIGURE_ONLY = Text("a total is a figure", "合计应为数额")


def check_table(node: ast.Example, scope: Scope) -> None:
    """Report heads that are there twice, members beyond their number, cells of another kind."""
    table = node.table
    if table is None:
        return
    _heads(node, table, scope)
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            reason = _wrong(column, cell, scope) if cell else None
            if cell and reason:
                _unclear(cell.span, reason, scope)
    for cell in table.total.cells if table.total else ():
        if cell and cell.low is None:
            _unclear(cell.span, _FIGURE_ONLY, scope)


def _heads(node: ast.Example, table: ast.ExampleTable, scope: Scope) -> None:
    places: dict[object, Span] = {}
    count: Fraction | None = None
    for item in node.given:
        match item:
            case ast.Given(member, name):
                places.setdefault(("named", name, member), item.span)
            case ast.MemberCount(number):
                count = number
                places.setdefault(("members", "", None), item.span)
            case ast.OtherwiseNo() | ast.RecordCount():
                pass
    for column in table.columns:
        if column.what == "title":
            continue
        said = places.setdefault((column.what, column.name, column.member), column.span)
        if said is not column.span:
            related = [said_first(said)]
            scope.report.add("PR108", column.span, related=related)
        beyond = count is not None and column.member is not None and column.member > count
        if column.member is not None and (beyond or column.member < 1):
            reason = Text(
                f"member {column.member} is beyond their number",
                f"成员{column.member}超出家庭成员人数",
            )
            scope.mistake("PR530", column.span, reason=reason)
    if not (node.expect or node.because or any(_is_result(c, scope) for c in table.columns)):
        _unclear(table.span, _NO_RESULT, scope)


def _is_result(column: ast.Column, scope: Scope) -> bool:
    symbol = scope.symbols.table.get(column.name)
    return symbol is not None and symbol.kind in _RESULTS


def _wrong(column: ast.Column, cell: ast.ExampleCell, scope: Scope) -> Text | None:
    """Why a cell cannot stand in a column."""
    match column.what:
        case "title":
            return None if cell.title or isinstance(cell.low, ast.Number) else _TITLE_ONLY
        case "date":
            return None if isinstance(cell.value, ast.DateLiteral) else _DATE_ONLY
        case "members":
            return None if _is_count(cell) else _COUNT_ONLY
        case "named" if _is_result(column, scope):
            return _NO_TITLE if cell.title else None
        case "named":
            figure = cell.low is not None and cell.low == cell.high
            return None if figure or cell.value is not None else _FACT_ONLY


def _is_count(cell: ast.ExampleCell) -> bool:
    match cell.low:
        case ast.Number(count) | ast.Quantity(count, "person"):
            return cell.low == cell.high and count.denominator == 1 and count >= 1
        case _:
            return False


def _unclear(span: Span, reason: Text, scope: Scope) -> None:
    scope.mistake("PR575", span, reason=reason)
