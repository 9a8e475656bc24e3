"""The rows of a table: for which values each one stands, and for which there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product

from attrs import frozen

from policyrules.ir.bounds import bounds
from policyrules.ir.nodes import Counted, Expr, NotStated, Variable
from policyrules.semantics import counts
from policyrules.semantics.scope import Scope, values_of
from policyrules.semantics.table_places import Chosen
from policyrules.source import Text
from policyrules.syntax import ast

Keys = tuple[str, ...]
_NO_TABLE = Text(
    "it has no categories: write the figure alone, or add `by CATEGORY` to its header",
    "该标准没有按类别分列：请只写数值，或者在声明中写明“按某类别”",
)
ZERO = Fraction(0)
_ANY = Text("any", "不限")


@frozen
class TableRows:
    """A table by categories and numbers, with what is asked of its rows before any is read."""

    table: ast.Parameter
    scope: Scope

    def is_by(self, name: str) -> bool:
        """Whether a table can be by this: a category, or a number."""
        return name in self.scope.symbols.values or self.is_number(name)

    def is_number(self, name: str) -> bool:
        """Whether a table by this is a table by a number."""
        return counts.counted_unit(name, self.scope) is not None

    def needed(self, version: ast.Version) -> list[list[str]]:
        """The values of each category, or the numbers, for which a version needs figures."""
        columns = self.columns(version)
        return [self._order(*each) for each in zip(self.table.by, columns, strict=True)]

    def columns(self, version: ast.Version) -> list[list[str]]:
        """The keys that the cells of a version have, for each category of the table."""
        return [
            [cell.keys[place] for cell in version.cells if len(cell.keys) > place]
            for place in range(len(self.table.by))
        ]

    def possible(self, version: ast.Version) -> list[list[str]]:
        """The values needed, and the next numbers below the first row and above the last one."""
        return [
            list(dict.fromkeys([*order, *counts.outside(column)]))
            if self.is_number(name)
            else order
            for order, name, column in zip(
                self.needed(version), self.table.by, self.columns(version), strict=True
            )
        ]

    def filled_by(
        self, row: Keys, orders: list[list[str]], columns: list[list[str]]
    ) -> Iterator[Keys]:
        """The combinations of values, numbers among them, for which a row stands."""
        choices = [
            counts.standing(key, order, column)
            if self.is_number(name)
            else order
            if key == ast.ANY
            else [key]
            for name, key, order, column in zip(self.table.by, row, orders, columns, strict=True)
        ]
        return product(*choices)

    def named(self, row: Keys, filled: Iterable[Keys]) -> Iterator[Keys]:
        """A row with `any` as one row for each value of a category that it fills."""
        for values in filled:
            yield tuple(
                key if self.is_number(name) else value
                for name, key, value in zip(self.table.by, row, values, strict=True)
            )

    def of_cell(self, cell: ast.Cell) -> Keys | None:
        """The row that a cell fills, all rows for a table that is not stated; None if mistaken."""
        by = self.table.by
        if not cell.keys and isinstance(cell.value, ast.NotStated):
            return (ast.ANY,) * len(by)
        if len(cell.keys) != len(by):
            hint = _NO_TABLE if not by else None
            if by and not self.is_number(by[0]):
                hint = values_of(by[0], self.scope)
            self.scope.mistake("PR209", cell.span, hint=hint, name=self.table.name.text)
            return None
        return cell.keys if self._check_keys(cell) else None

    def _check_keys(self, cell: ast.Cell) -> bool:
        """Report a key that is no value, or no number, of what the table is by."""
        if not counts.check_rows(cell, self.table.by, self.scope):
            return False
        known = True
        for name, key in zip(self.table.by, cell.keys, strict=True):
            values = self.scope.symbols.values.get(name, ())
            if not self.is_number(name) and key != ast.ANY and key not in values:
                hint = values_of(name, self.scope)
                self.scope.mistake("PR207", cell.span, hint=hint, name=key)
                known = False
        return known

    def text(self, keys: Keys) -> Text:
        """The values of a row in words."""
        texts = [self._text(name, key) for name, key in zip(self.table.by, keys, strict=True)]
        return Text(
            ", ".join(text.of("en") for text in texts), "、".join(text.of("zh") for text in texts)
        )

    def _text(self, name: str, key: str) -> Text:
        if key == ast.ANY:
            return _ANY
        if self.is_number(name):
            return counts.row_text(key, name, self.scope)
        return next(value.text for value in self._names(name) if value.key == key)

    def _names(self, category: str) -> tuple[ast.Name, ...]:
        declaration = self.scope.symbols.table[category].declaration
        assert isinstance(declaration, ast.Category)
        return declaration.values

    def _order(self, name: str, column: list[str]) -> list[str]:
        if self.is_number(name):
            return counts.numbers(column)
        return [value.key for value in self._names(name)]

    def check_further(self, version: ast.Version, found: dict[Keys, Fraction | NotStated]) -> None:
        """Report `each further` without a number before it."""
        for keys in found:
            for place, key in enumerate(keys):
                further = key.startswith(ast.EACH_FURTHER)
                if further and counts.last_stated(keys, place, tuple(found.items())) is None:
                    self.scope.mistake("PR342", version.span, name=self.table.name.text)

    def check_ends(self, rows: list[Keys], chosen: Chosen, at: tuple[Expr, ...]) -> None:
        """Report a number below the first row, or above the last one, that has no row.

        Within the rows that is checked where the table is written; outside of them it turns on the
        lowest and the highest number that a rule can read the table at.
        """
        columns = [list(column) for column in zip(*rows, strict=True)]
        for place, name in enumerate(self.table.by):
            if chosen[place] or not self.is_number(name):
                continue
            low, high = bounds(at[place], self.scope.inputs, self.scope.done)
            if isinstance(at[place], Variable):
                low = max(low or ZERO, ZERO)  # No case states a whole number below zero.
            orders = [
                [value] if value else self._order(other, column)
                for other, value, column in zip(self.table.by, chosen, columns, strict=True)
            ]
            orders[place] = counts.ends(columns[place], low, high)
            left = dict.fromkeys(product(*orders))
            for row in rows:
                for filled in self.filled_by(row, orders, columns):
                    left.pop(filled, None)
            missing = next(iter(left), None)
            if missing is not None:
                facts = {"name": self.table.name.text, "row": self.text(missing)}
                self.scope.mistake("PR340", self.table.name.span, **facts)
                return

    def counted(self) -> tuple[Counted, ...]:
        """The numbers by which the table is, with their rows in words."""
        return tuple(
            Counted(name, counts.named(name, self.scope), self._counted_rows(place, name))
            for place, name in enumerate(self.table.by)
            if self.is_number(name)
        )

    def _counted_rows(self, place: int, name: str) -> tuple[tuple[str, Text], ...]:
        keys = [
            cell.keys[place] if cell.keys else ast.ANY
            for version in self.table.versions
            for cell in version.cells
        ]
        return tuple((key, self._text(name, key)) for key in dict.fromkeys(keys))
