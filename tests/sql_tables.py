"""Tables in engines that run for real, and what a query says of their rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from attrs import field, frozen

Cell = int | bool | str | date | Decimal | None
TYPES = {"number": "BIGINT", "truth": "BOOLEAN", "choice": "VARCHAR(200)", "date": "DATE"}
# Of the rows that one statement adds.
BLOCK = 200


class Engine(Protocol):
    """Runs statements, and has a name as `Ruleset.sql` knows it."""

    name: str

    def execute(self, statement: str) -> None:
        """Run what gives nothing back."""

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The rows of a query, by the names of their columns."""


class SQLite:
    """SQLite of the standard library, in memory."""

    name = "sqlite"

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")

    def execute(self, statement: str) -> None:
        """Run what gives nothing back."""
        self.connection.execute(statement)

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The rows of a query."""
        found = self.connection.execute(query)
        names = [each[0] for each in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]


class DuckDB:
    """DuckDB, in memory and on one thread."""

    name = "duckdb"

    def __init__(self) -> None:
        import duckdb

        self.connection = duckdb.connect(config={"threads": 1})

    def execute(self, statement: str) -> None:
        """Run what gives nothing back."""
        self.connection.execute(statement)

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The rows of a query."""
        found = self.connection.execute(query)
        names = [each[0] for each in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@frozen
class Table:
    """The columns of a table with their types, and its rows; a column that a row lacks is null."""

    name: str
    columns: Mapping[str, str]
    rows: list[Mapping[str, Cell]] = field(factory=list)

    def into(self, engine: Engine) -> None:
        """Make the table anew in an engine."""
        engine.execute(f"DROP TABLE IF EXISTS {self.name}")
        mark = "`" if engine.name == "spark" else '"'
        kinds = dict(self.columns)
        if engine.name == "sqlite":
            kinds = {name: "" if kind == "DATE" else kind for name, kind in kinds.items()}
            kinds = {n: "INTEGER" if k in ("BIGINT", "BOOLEAN") else k for n, k in kinds.items()}
        inside = ", ".join(f"{mark}{name}{mark} {kind}" for name, kind in kinds.items())
        engine.execute(f"CREATE TABLE {self.name} ({inside})")
        for start in range(0, len(self.rows), BLOCK):
            block = ", ".join(self._row(row, engine) for row in self.rows[start : start + BLOCK])
            engine.execute(f"INSERT INTO {self.name} VALUES {block}")  # noqa: S608 - test data

    def _row(self, row: Mapping[str, Cell], engine: Engine) -> str:
        return f"({', '.join(written(row.get(name), engine.name) for name in self.columns)})"


def written(value: Cell, engine: str) -> str:
    """A value as a literal."""
    match value:
        case None:
            return "NULL"
        case bool():
            return str(int(value)) if engine == "sqlite" else str(value).upper()
        case date():
            day = f"'{value.isoformat()}'"
            return day if engine == "sqlite" else f"DATE {day}"
        case str():
            if engine == "spark":
                return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
            return "'" + value.replace("'", "''") + "'"
        case _:
            return str(value)


def ends_of(row: Mapping[str, Any]) -> tuple[Fraction | None, Fraction | None]:
    """The ends of an amount in its unit."""
    return _end(row, "low"), _end(row, "high")


def _end(row: Mapping[str, Any], name: str) -> Fraction | None:
    if name in row:
        top, bottom = row[name], 1
    else:
        top, bottom = row[f"{name}_numerator"], row[f"{name}_denominator"]
    if top is None:
        return None
    for part in (top, bottom):
        assert isinstance(part, int | Decimal), (name, part)
        assert part == int(part)
    return Fraction(int(top), int(bottom) * 100)


def named(needs: str | None) -> set[str]:
    """The names in a list of needs."""
    return set() if needs is None else set(needs.split("; "))
