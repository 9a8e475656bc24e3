"""What is asked of a ruleset on files, looked at before any row is read."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
from attrs import frozen

from policyrules.case_values import read_date
from policyrules.columns import Populated
from policyrules.columns_reading import TABLE_WORDS, declared
from policyrules.diagnostics import Diagnostic, Fact, InputError, Report, near, shown
from policyrules.ir.nodes import Program
from policyrules.ir.serial import checksum
from policyrules.ruleset import Ruleset
from policyrules.source import Language
from policyrules.table_files import (
    Reading,
    Table,
    is_csv,
    is_known,
    known_encoding,
    readable,
    refused,
)
from policyrules.table_work import TABLES, Work
from policyrules.wording_files import reason_not_written

if TYPE_CHECKING:
    from policyrules.columns_writing import Amounts

BLOCK = 250_000  # rows
_MOST_BLOCKS = 500  # files that are open at once


@frozen(kw_only=True)
class Request:
    """What is asked: of which files, on which day (or column), where and how it is written."""

    table: Path
    out: Path
    households: Path | None = None
    out_households: Path | None = None
    key: str = "household"
    on: str | None = None
    only: tuple[str, ...] | None = None
    amounts: Amounts = "decimal"
    encoding: str = "utf-8"
    lang: Language = "en"
    block: int = BLOCK
    fresh: bool = False

    @property
    def wrong(self) -> Path:
        """The file of what is wrong with rows."""
        return self.out.with_name(self.out.name + ".errors.csv")

    @property
    def parts(self) -> Path:
        """The folder of what is finished."""
        return self.out.with_name(self.out.name + ".parts")


@frozen(kw_only=True)
class Prepared:
    """Files that can be evaluated; `results` are where the outcomes of whom are written."""

    request: Request
    tables: dict[str, Table]
    readings: dict[str, Reading]
    results: dict[str, Path]
    work: Work
    notes: tuple[Diagnostic, ...]
    made_from: dict[str, object]

    @property
    def blocks(self) -> int:
        """How many blocks are made of the rows."""
        rows = next(iter(self.tables.values())).rows
        return min(-(-rows // self.request.block), _MOST_BLOCKS)

    @property
    def block(self) -> int:
        """How many rows are in a block, where households do not decide."""
        return -(-next(iter(self.tables.values())).rows // self.blocks)

    def check_unchanged(self) -> None:
        """Raise `InputError` where a table is another than it was."""
        for subject, table in self.tables.items():
            if self.made_from[TABLES[subject]] != _state(table):
                raise refused("PR683", table.path)


def prepare(rules: Ruleset, request: Request) -> Prepared:
    """What is asked, if it can be done; raises `InputError` with what is in the way."""
    program = rules.program
    if request.block < 1:
        raise refused("PR686", "--block", found=str(request.block))
    encoding = known_encoding(request.encoding)
    tables = _tables(program, request, encoding)
    results = _results(program, request)
    for table in tables.values():
        readable(table.path)
    _check_files(request)
    for table in tables.values():
        table.check()
    work = Work(
        rules=rules,
        key=request.key,
        on=_day_or_column(program, tables, request.on),
        only=request.only,
        amounts=request.amounts,
        lang=request.lang,
    )
    kind = _kind_of_keys(tables, request.key) if program.about == "household" else None
    readings = {
        subject: _reading(program, subject, table, work, kind) for subject, table in tables.items()
    }
    notes = _looked_at(work, tables, readings, results)
    return Prepared(
        request=request,
        tables=tables,
        readings=readings,
        results=results,
        work=work,
        notes=notes,
        made_from=_made_from(program, request, tables),
    )


def _tables(program: Program, request: Request, encoding: str) -> dict[str, Table]:
    """The table of each subject; the table of cases without persons is that of households."""
    first = "household" if program.about == "case" else "person"
    tables = {first: Table(request.table, first, encoding)}
    if request.households is not None:
        if program.about != "household":
            raise refused("PR687", "--households")
        tables["household"] = Table(request.households, "household", encoding)
    return tables


def _results(program: Program, request: Request) -> dict[str, Path]:
    results = {"household" if program.about == "case" else "person": request.out}
    if request.out_households is not None:
        if program.about != "household":
            raise refused("PR687", "--out-households")
        results["household"] = request.out_households
    return results


def _check_files(request: Request) -> None:
    """That no file is used twice, and that those that are written can be."""
    written = [path for path in (request.out, request.out_households) if path is not None]
    for path in written:
        if not is_known(path):
            raise refused("PR664", path, name=shown(path.name))
        _writable(path)
    _writable(request.wrong)
    used = [request.table, *filter(None, [request.households])]
    met: set[Path] = set()
    for path in (*used, *written, request.wrong, request.parts):
        whole = path.resolve()
        if whole in met:
            raise refused("PR671", path, name=shown(str(path)))
        met.add(whole)


def _writable(path: Path) -> None:
    try:
        if path.is_dir():
            raise IsADirectoryError
        part = path.with_name(path.name + ".part")
        part.open("ab").close()
        part.unlink()
    except OSError as error:
        raise refused("PR672", path, reason=reason_not_written(error)) from error
    except ValueError as error:  # no file can have such a name
        raise refused("PR672", path, reason=reason_not_written(FileNotFoundError())) from error


def _day_or_column(program: Program, tables: dict[str, Table], on: str | None) -> Any:  # noqa: ANN401
    """The day that was typed, or the name of the column that holds the days."""
    if on is None:
        raise refused("PR627", "--on")
    subject = "person" if program.about == "person" else "household"
    columns = tables[subject].schema if subject in tables else {}
    if on in columns:
        return on
    report = Report()
    day = read_date(on, "--on", report)
    if day is not None:
        return day
    if report.diagnostics and report.diagnostics[0].code != "PR614":
        raise InputError(report.diagnostics)
    facts: dict[str, Fact] = {"name": shown(on), "table": TABLE_WORDS[TABLES[subject]]}
    raise InputError([Diagnostic("PR670", "--on", facts, hint=near(on, columns))])


def _kind_of_keys(tables: dict[str, Table], key: str) -> Any:  # noqa: ANN401 - a type of Polars
    """The type in which the keys of all tables are compared: their own, whole numbers or text."""
    kinds = {table.schema[key] for table in tables.values() if key in table.schema}
    for table in tables.values():
        if key in table.schema and table.schema[key].is_float():
            raise refused("PR690", f"{TABLES[table.subject]}.{key}", name=shown(key))
    if len(kinds) == 1 and not isinstance(next(iter(kinds)), pl.Categorical | pl.Enum):
        return kinds.pop()
    whole = kinds and all(kind.is_integer() and kind != pl.UInt64 for kind in kinds)
    return pl.Int64 if whole else pl.String


def _looked_at(
    work: Work, tables: dict[str, Table], readings: dict[str, Reading], results: dict[str, Path]
) -> tuple[Diagnostic, ...]:
    """What there is to say of the columns; raises `InputError` for those that cannot be used."""
    whole = {subject: _kinds(table, readings[subject]) for subject, table in tables.items()}
    read = {
        subject: {name: whole[subject][name] for name in readings[subject].columns}
        for subject in tables
    }
    found = _on_nothing(work, read)
    added = {"person": found.persons, "household": found.households}
    for subject, path in results.items():
        own = whole.get(subject, {})
        for name in added[subject].columns[len(read.get(subject, {})) :]:
            if name in own:
                raise refused("PR677", tables[subject].path, name=shown(name))
        for name, kind in own.items():
            if is_csv(path) and (kind.is_nested() or kind in (pl.Binary, pl.Object)):
                raise refused("PR678", tables[subject].path, name=shown(name))
    notes: tuple[Diagnostic, ...] = _on_nothing(work, whole).notes
    return notes


def _kinds(table: Table, reading: Reading) -> dict[str, Any]:
    """The types of columns as they are evaluated."""
    changed = (
        {}
        if reading.key is None or reading.key not in table.schema
        else {reading.key: reading.kind}
    )
    return {**table.schema, **changed}


def _on_nothing(work: Work, schemas: dict[str, dict[str, Any]]) -> Populated:
    frames = {subject: pl.DataFrame(schema=schema) for subject, schema in schemas.items()}
    return work.evaluate(frames.get("person"), frames.get("household"))


def _reading(program: Program, subject: str, table: Table, work: Work, kind: Any) -> Reading:  # noqa: ANN401 - a type of Polars
    """Which columns of a table are evaluated."""
    known = declared(program, subject)
    key = work.key if program.about == "household" else None
    wanted = {*known.names, *known.together, key, work.on}
    columns = [name for name in table.schema if name in wanted] or table.arrow.names[:1]
    truths = (name for name in columns if name in known.names)
    return Reading(
        tuple(columns),
        frozenset(name for name in truths if known.names[name].kind == "truth"),
        key,
        kind,
    )


def _made_from(program: Program, request: Request, tables: dict[str, Table]) -> dict[str, object]:
    """What the parts of a result depend on."""
    options = {
        "key": request.key,
        "on": request.on,
        "only": request.only and list(request.only),
        "amounts": request.amounts,
        "encoding": request.encoding,
        "lang": request.lang,
        "block": request.block,
        "of households": request.out_households is not None,
    }
    found: dict[str, object] = {
        "version": version("policyrules"),
        "rules": checksum(program),
        "options": options,
    }
    return found | {TABLES[subject]: _state(table) for subject, table in tables.items()}


def _state(table: Table) -> list[object]:
    """What tells whether a file is the same as before."""
    state = table.path.stat()
    return [str(table.path.resolve()), state.st_size, state.st_mtime_ns]
