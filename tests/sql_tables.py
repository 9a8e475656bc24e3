"""Tables in engines that run for real, and what a query says of their rows."""

from __future__ import annotations

import csv
import os
import re
import sqlite3
import subprocess
import warnings
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import StringIO
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


class Postgres:
    """PostgreSQL, the server to which its variables of the environment lead (`pg_virtualenv`)."""

    name = "postgres"
    _SCHEMA = f"tests_{os.getpid()}"
    _PSQL = ("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "--csv", "-P", "null=NULL")

    def execute(self, statement: str) -> None:
        """Run what gives nothing back."""
        self._run(f"SET client_min_messages TO warning; {statement}")

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The rows of a query; what looks like a whole number is one."""
        found = csv.DictReader(StringIO(self._run(query)))
        return [{name: _read(value) for name, value in row.items()} for row in found]

    def _run(self, statement: str) -> str:
        # Other processes have tables of the same names.
        schema = f"CREATE SCHEMA IF NOT EXISTS {self._SCHEMA}; SET search_path TO {self._SCHEMA}"
        done = subprocess.run(
            self._PSQL,
            input=f"{schema}; {statement};",
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def _read(value: str) -> Any:
    if value == "NULL":
        return None
    if value in ("t", "f"):
        return value == "t"
    return int(value) if re.fullmatch(r"-?\d+", value) else value


class Spark:
    """Spark on this machine, one session for all tests of a process."""

    name = "spark"
    _session: Any = None

    def __init__(self) -> None:
        if Spark._session is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what it says about pandas
                from pyspark.sql import SparkSession

            options = {
                "spark.ui.enabled": "false",
                "spark.sql.shuffle.partitions": "1",
                "spark.driver.bindAddress": "127.0.0.1",
                "spark.driver.host": "127.0.0.1",
            }
            builder = SparkSession.builder.master("local[1]")
            for name, value in options.items():
                builder = builder.config(name, value)
            Spark._session = builder.getOrCreate()

    def execute(self, statement: str) -> None:
        """Run what gives nothing back."""
        Spark._session.sql(statement)

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The rows of a query."""
        return [row.asDict() for row in Spark._session.sql(query).collect()]


@frozen
class Table:
    """The columns of a table with their types, and its rows; a column that a row lacks is null."""

    name: str
    columns: Mapping[str, str]
    rows: list[Mapping[str, Cell]] = field(factory=list)

    def into(self, engine: Engine) -> None:
        """Make the table anew in an engine."""
        if engine.name == "spark":
            engine.execute(self._view())
            return
        engine.execute(f"DROP TABLE IF EXISTS {self.name}")
        if engine.name == "postgres" and "." in self.name:
            engine.execute(f"CREATE SCHEMA IF NOT EXISTS {self.name.partition('.')[0]}")
        own = _OWN.get(engine.name, {})
        kinds = {name: own.get(kind, kind) for name, kind in self.columns.items()}
        inside = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
        engine.execute(f"CREATE TABLE {self.name} ({inside})")
        for start in range(0, len(self.rows), BLOCK):
            block = ", ".join(self._row(row, engine) for row in self.rows[start : start + BLOCK])
            engine.execute(f"INSERT INTO {self.name} VALUES {block}")  # noqa: S608 - test data

    def _view(self) -> str:
        """A view of the rows, for an engine without a store of its own."""
        casts = ", ".join(
            f"CAST(col{number} AS {_OWN['spark'].get(kind, kind)}) AS `{name}`"
            for number, (name, kind) in enumerate(self.columns.items(), 1)
        )
        rows = self.rows or [{}]
        block = ", ".join(
            f"({', '.join(written(row.get(name), 'spark') for name in self.columns)})"
            for row in rows
        )
        none = "" if self.rows else " WHERE FALSE"
        return (
            f"CREATE OR REPLACE TEMPORARY VIEW {self.name} AS "  # noqa: S608 - test data
            f"SELECT {casts} FROM VALUES {block}{none}"
        )

    def _row(self, row: Mapping[str, Cell], engine: Engine) -> str:
        return f"({', '.join(written(row.get(name), engine.name) for name in self.columns)})"


# What engines have instead of a type; SQLite would make numbers of days.
_OWN = {
    "sqlite": {"BIGINT": "INTEGER", "BOOLEAN": "INTEGER", "DATE": ""},
    "postgres": {"HUGEINT": "NUMERIC"},
    "spark": {"HUGEINT": "DECIMAL(38, 0)"},
}


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
