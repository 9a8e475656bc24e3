"""Parameters: a choice by the date, then by the categories of the table, then the value."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product, zip_longest
from math import prod
from operator import contains

from attrs import evolve

from policyrules.ir.build import MISTAKE, Typed, all_of, apply, comparison
from policyrules.ir.nodes import (
    Apply,
    Cited,
    Constant,
    Expr,
    NotInForce,
    NotStated,
    Origin,
    Variable,
)
from policyrules.ir.nodes import Parameter as Described
from policyrules.ir.nodes import Version as DescribedVersion
from policyrules.ir.simplify import specialise_expression, unflagged
from policyrules.semantics import counts
from policyrules.semantics.deciding import category_of
from policyrules.semantics.earlier import in_order, starts
from policyrules.semantics.readings import alternatives, flagged
from policyrules.semantics.resolve import Symbol
from policyrules.semantics.scope import Scope, is_below_zero, shown
from policyrules.semantics.table_places import (
    Chosen,
    each_category,
    places,
    rows_at,
)
from policyrules.semantics.table_rows import TableRows
from policyrules.semantics.versions import check_versions, first_day
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.syntax.walk import walk
from policyrules.types.types import NumberType
from policyrules.types.units import Unit, is_money, unit

_THOUSANDS = Text(
    "it has one value: write thousands as 1,200 or 1200",
    "该标准只有一个数值；千位分隔符须用半角逗号，例如1,200",
)
_SHARE = Text("a share", "比例")
_NO_SHARE = Text(
    "write the figure itself; a part of another amount is written where it is paid: `1/3 of NAME`",
    "请写明数额；某数额的一部分写在给予之处，例如“某标准的1/3”",
)
_BY = Text("a category or a whole number", "类别或者整数")
TODAY = Variable("date", "date", "date")
Keys = tuple[str, ...]
# Of all versions of a table, beside the cells written: each is looked at when rules are compiled.
MOST_COMBINATIONS = 10_000


def declared(symbol: Symbol) -> ast.Parameter:
    """The declaration of a parameter's symbol."""
    assert isinstance(symbol.declaration, ast.Parameter)
    return symbol.declaration


def cited(scope: Scope, citations: tuple[ast.Citation, ...]) -> tuple[Cited, ...]:
    """Citations with the names of their documents."""
    return scope.cited(citations)


class Parameters:
    """The values of every parameter, checked and described once, read as often as needed."""

    def __init__(self, scope: Scope, elaborate: Callable[[ast.Expr, Scope, Unit], Typed]) -> None:
        self.scope = evolve(scope, parameters=self)
        self.elaborate = elaborate
        self.described: dict[str, Described] = {}
        symbols = {symbol.key: symbol for symbol in scope.symbols.all("parameter")}
        for symbol in in_order(symbols, scope):
            self.described[symbol.key] = self.describe(symbol)
        self.described = {key: self.described[key] for key in symbols}

    def read(self, symbol: Symbol, chosen: Keys | None, scope: Scope, node: ast.Node) -> Typed:
        """The value of a parameter; of a table, at the stated values or the subject's own."""
        if symbol.key not in self.described:
            return MISTAKE  # It needs itself, which is reported.
        table = self.described[symbol.key]
        spelled = scope.unit(table.unit)
        if declared(symbol).statistic and not scope.check:
            scope.mistake("PR501", node.span, name=symbol.name.text)
        at = None if chosen is None else places(chosen, table.by, scope)
        if at is None and chosen is not None:
            hint = each_category(symbol.name.text, table.by, scope)
            return scope.mistake("PR209", node.span, hint=hint, name=symbol.name.text)
        if not table.versions:
            return MISTAKE
        later = [
            self._cells(table, version, following, at, scope, node)
            for version, following in zip_longest(table.versions, table.versions[1:])
        ]
        if any(expr is None for expr in later):
            return MISTAKE
        value = later[-1]
        earlier_ones = [*reversed(later[:-1]), None]
        for version, earlier in zip(reversed(table.versions), earlier_ones, strict=True):
            if version.start is not None:
                before = earlier or Constant(NotInForce(symbol.key), "number")
                when = comparison("<", TODAY, Constant(version.start, "date"))
                assert value is not None
                value = apply("select", "number", when, before, value)
        assert value is not None
        value = flagged(value) if symbol.key in self.scope.symbols.others else value
        return Typed(NumberType(spelled), value)

    def _cells(
        self,
        table: Described,
        version: DescribedVersion,
        following: DescribedVersion | None,
        chosen: Chosen | None,
        scope: Scope,
        node: ast.Node,
    ) -> Expr | None:
        """One version: the cell chosen, or a choice by the categories of the subject."""
        origin = Origin(
            role="parameter",
            name=table.label,
            unit=table.unit,
            cites=version.cites,
            span=node.span,
            start=version.start,
            stop=following.start if following else None,
        )
        chosen = chosen or (None,) * len(table.by)
        version = evolve(version, cells=rows_at(chosen, version.cells))
        if not version.cells:
            hint = each_category(table.label, table.by, scope)
            scope.mistake("PR207", node.span, hint=hint, name="、".join(filter(None, chosen)))
            return None
        if None not in chosen:
            return _flagged(Constant(version.cells[0][1], "number", origin), version)
        selectors = [
            Constant(key, "choice") if key else self._selector(name, scope, node)
            for name, key in zip(table.by, chosen, strict=True)
        ]
        if any(selector is None for selector in selectors):
            return None
        at = tuple(selector for selector in selectors if selector is not None)
        keys = [row for row, _ in version.cells]
        rows = TableRows(declared(scope.symbols.table[table.name]), scope)
        rows.check_ends(keys, chosen, at)
        return _flagged(self._choice(version, at, origin), version)

    def _choice(self, version: DescribedVersion, at: tuple[Expr, ...], origin: Origin) -> Expr:
        """The value of the first row that fits."""
        rows = [row for row, _ in version.cells]
        places = [place for place, selector in enumerate(at) if selector.kind == "number"]
        settled = counts.settled(rows, places) if places else [False] * len(rows)
        last = {
            place: max(counts.stated(row[place] for row in rows), default=0) for place in places
        }
        *first, (row, value) = version.cells
        expr = counts.value_of(row, value, version, at, origin)
        for (keys, value), kept in reversed(list(zip(first, settled, strict=False))):
            tests = [
                apply("is", "truth", selector, Constant(key, "choice"))
                if selector.kind == "choice"
                else counts.test(key, selector, last[place])
                for place, (selector, key) in enumerate(zip(at, keys, strict=True))
                if key != ast.ANY and not (selector.kind == "number" and kept)
            ]
            chosen = counts.value_of(keys, value, version, at, origin)
            expr = apply("select", "number", all_of(*tests), chosen, expr)
        return expr

    def _selector(self, category: str, scope: Scope, node: ast.Node) -> Expr | None:
        """The category or number of the subject by which a table is read."""
        if counts.counted_unit(category, scope) is not None:
            return counts.selector(category, scope, node)
        found = category_of(scope.symbols.table[category], scope, node)
        if found is None:
            return None
        own, expr = found
        if scope.subject is None:
            scope.mistake("PR210", node.span, name=own.name.text)
            return None
        if own.entity == "person" and scope.subject != "person":
            scope.mistake("PR305", node.span, name=own.name.text)
            return None
        return expr

    # --- describing -----------------------------------------------------------------------------

    def describe(self, symbol: Symbol) -> Described:
        """A parameter with its versions as they are declared."""
        node = declared(symbol)
        scope = self.scope
        rows = TableRows(node, scope)
        unknown = [name for name in node.by if not rows.is_by(name)]
        for name in unknown:
            scope.mistake("PR208", node.span, name=name, wanted=_BY)
        written = [] if unknown else sorted(node.versions, key=first_day)
        if sum(_not_written(rows, version) for version in written) > MOST_COMBINATIONS:
            most = f"{MOST_COMBINATIONS:,}"
            scope.mistake("PR145", node.name.span, name=node.name.text, most=most)
            written = []
        versions = [found for version in written for found in self._version(node, version)]
        check_versions(node, scope)
        if not node.versions:
            scope.mistake("PR508", node.name.span, name=node.name.text)
        return Described(
            name=symbol.key,
            label=node.name.text,
            unit=NumberType(unit(node.type.unit), node.type.rate).spelled,
            by=node.by,
            versions=tuple(versions),
            counted=() if unknown else rows.counted(),
            statistic=node.statistic,
            own=symbol.own,
            readings=tuple(reading.text for reading in node.readings),
            alternatives=alternatives(symbol.key, scope.symbols.others),
        )

    def _version(self, node: ast.Parameter, version: ast.Version) -> list[DescribedVersion]:
        cites = cited(self.scope, version.cites or node.places)
        start = version.start.value.toordinal() if version.start else None
        year_only = version.start is not None and version.start.precision == "year"
        bounded = [
            cell
            for cell in version.cells
            if isinstance(cell.value, ast.NotStated) and cell.value.bounds
        ]
        if bounded and start is None:
            return [
                DescribedVersion(day, False, self._values(node, version, day), cites)
                for day in self._breaks(bounded[0])
            ]
        return [DescribedVersion(start, year_only, self._values(node, version, start), cites)]

    def _breaks(self, cell: ast.Cell) -> list[int | None]:
        """The days from which what the document says of an unstated value changes."""
        days: set[int | None] = set()
        for found in walk(cell):
            if isinstance(found, ast.Reference | ast.Indexed):
                days |= set(self.starts(found.name))
        return [None, *sorted(day for day in days if day is not None)]

    def starts(self, name: str) -> list[int | None]:
        """The days from which the value of a name changes; none for what is no parameter."""
        return starts(name, self.described, self.scope.symbols.lagged)

    def _values(
        self, node: ast.Parameter, version: ast.Version, day: int | None
    ) -> tuple[tuple[Keys, Fraction | NotStated], ...]:
        """The rows of a version in written order; the first that fits is read.

        What is not stated has a row for each value of a category, for a case may supply each.
        """
        rows = TableRows(node, self.scope)
        found: dict[Keys, Fraction | NotStated] = {}
        columns, needed = rows.columns(version), rows.needed(version)
        orders = rows.possible(version)
        missing = dict.fromkeys(product(*orders))
        before = len(self.scope.report.diagnostics)
        for cell in version.cells:
            if _is_loose(cell, version):
                self.scope.mistake("PR598", cell.span)
                continue
            keys = rows.of_cell(cell)
            if keys is None:
                continue
            value = self._value(node, cell, day)
            filled = () if keys in found else rows.filled_by(keys, orders, columns)
            new = [values for values in filled if values in missing]
            for values in new:
                del missing[values]
            if not new or (found and not cell.keys):
                row_text = rows.text(keys) if keys else node.name.text
                hint = None if keys else _THOUSANDS
                self.scope.mistake("PR405", cell.span, hint=hint, name=row_text)
            elif isinstance(value, NotStated):
                found |= {row: evolve(value, keys=row) for row in rows.named(keys, new)}
            else:
                found[keys] = value
        rows.check_further(version, found)
        inside = [frozenset(order) for order in needed]
        left = [row for row in missing if all(map(contains, inside, row))]
        if left and len(self.scope.report.diagnostics) == before:
            texts = [rows.text(row) for row in left[:3]]
            names = Text(
                "; ".join(text.of("en") for text in texts),
                "；".join(text.of("zh") for text in texts),
            )
            self.scope.mistake("PR502", version.span, name=node.name.text, missing=names)
        return tuple(found.items())

    def _value(self, node: ast.Parameter, cell: ast.Cell, day: int | None) -> Fraction | NotStated:
        if isinstance(cell.value, ast.NotStated):
            return evolve(self._bounds(node, cell.value, day), name=node.name.key)
        # A statistic may tell a decrease, and each further person may bring less.
        may_fall = node.statistic or ast.EACH_FURTHER in cell.keys
        if is_below_zero(cell.value) and is_money(unit(node.type.unit)) and not may_fall:
            self.scope.mistake("PR597", cell.value.span)
        return self._literal(node, cell.value)

    def _literal(self, node: ast.Parameter, value: ast.Expr) -> Fraction:
        """A written value in the declared unit."""
        if isinstance(value, ast.Quantity):
            typed = Typed(NumberType(unit(value.unit)), Constant(value.value, "number"))
            met = self.scope.meet(typed, unit(node.type.unit), value.span)
            if not met.known:
                return value.value
            converted = specialise_expression(met.expr, 1)
            assert isinstance(converted, Constant)
            assert isinstance(converted.value, Fraction)
            return converted.value
        assert isinstance(value, ast.Number | ast.Rate)
        if isinstance(value, ast.Rate) and node.type.unit:
            expected = shown(NumberType(unit(node.type.unit)))
            self.scope.mistake("PR302", value.span, hint=_NO_SHARE, expected=expected, found=_SHARE)
        return value.value

    def _bounds(self, node: ast.Parameter, stated: ast.NotStated, day: int | None) -> NotStated:
        """What the document says of a value that it does not state, on a day."""
        found = NotStated()
        for bound in stated.bounds:
            typed = self.elaborate(bound.of, self.scope, unit(node.type.unit))
            met = self.scope.meet(typed, unit(node.type.unit), bound.span)
            expr = unflagged(specialise_expression(met.expr, day if day is not None else 1))
            if isinstance(expr, Constant) and isinstance(expr.value, Fraction):
                excluded = bound.operator in {">", "<"}
                if bound.operator in {">", ">="}:
                    found = evolve(found, low=expr.value, low_excluded=excluded)
                else:
                    found = evolve(found, high=expr.value, high_excluded=excluded)
        return found


def _is_loose(cell: ast.Cell, version: ast.Version) -> bool:
    """Whether a bound stands beside the figures of a version, and not as one of them."""
    bounds = isinstance(cell.value, ast.NotStated) and cell.value.bounds
    return bool(bounds) and not cell.keys and len(version.cells) > 1


def _not_written(rows: TableRows, version: ast.Version) -> int:
    """For how many combinations of values a version needs a figure and has no cell."""
    return prod(map(len, rows.needed(version))) - len(version.cells)


def _flagged(expr: Expr, version: DescribedVersion) -> Expr:
    """A version dated by its year only says so wherever it is used."""
    if not version.year_only:
        return expr
    return Apply("flagged", (expr, Constant("year precision", "choice")), "number", None)
