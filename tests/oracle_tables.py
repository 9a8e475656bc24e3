"""Of the oracle: tables by a number."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from oracle_bands import Bands
from oracle_expressions import Here
from oracle_numbers import Num, meet, positive, total

from policyrules.syntax import ast


class Tables(Bands):
    """Rows by a number of persons, or of whatever an input or definition counts."""

    def is_count(self, by: str) -> bool:
        """Whether a table by this name is a table by a number."""
        return by == ast.MEMBERS or not isinstance(self.names[by], ast.Category)

    def counted(self, by: str, span: Any) -> ast.Expr:
        """The number by which a table is."""
        if by == ast.MEMBERS:
            return ast.NumberOfMembers(None, span=span)
        return ast.Reference(by, span=span)

    def is_last(self, declared: ast.Parameter, cell: ast.Cell, version: ast.Version) -> bool:
        """Whether no later row is for the same categories, so that this one is for all the rest."""
        places = [i for i, by in enumerate(declared.by) if not self.is_count(by)]
        later = version.cells[version.cells.index(cell) + 1 :]
        return not any(
            all(
                row.keys[i] == cell.keys[i] or ast.ANY in (row.keys[i], cell.keys[i])
                for i in places
            )
            for row in later
        )

    def is_counted(
        self, declared: ast.Parameter, place: int, key: str, version: ast.Version, here: Here
    ) -> bool:
        """Whether the number is that of a row."""
        number = self.counted(declared.by[place], version.span)
        operator: Any = "="
        if key == ast.EACH_FURTHER:
            operator, key = ">", str(max(stated(c.keys[place]) for c in version.cells))
        elif key.endswith(ast.OR_MORE):
            operator, key = ">=", key.removesuffix(ast.OR_MORE)
        end = ast.Number(Fraction(key), span=version.span)
        return self.truth(ast.Compare(operator, number, end, span=version.span), here)

    def further(
        self, declared: ast.Parameter, version: ast.Version, cell: ast.Cell, here: Here
    ) -> Num:
        """The last stated row, and the step for each one beyond it."""
        place = cell.keys.index(ast.EACH_FURTHER)
        others = [
            row
            for row in version.cells
            if ast.EACH_FURTHER not in row.keys
            and not row.keys[place].endswith(ast.OR_MORE)
            and all(
                ast.ANY in (its, mine) or its == mine
                for i, (its, mine) in enumerate(zip(row.keys, cell.keys, strict=True))
                if i != place
            )
        ]
        last = max(others, key=lambda row: stated(row.keys[place]))
        number = self.number(self.counted(declared.by[place], cell.span), here)
        beyond = total(number, Num.point(-stated(last.keys[place]), number.unit))
        unit, nowhere = self.declared_unit(declared), Here(None, "")
        step = meet(self.number(cell.value, nowhere), unit)
        more = positive(beyond).times(step, unit)
        return total(meet(self.number(last.value, nowhere), unit), more)


def stated(key: str) -> Fraction:
    """The number of a row; none for `each further`."""
    return Fraction(-1) if key in (ast.EACH_FURTHER, ast.ANY) else Fraction(key.rstrip(ast.OR_MORE))
