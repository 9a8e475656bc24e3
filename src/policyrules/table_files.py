"""Files of persons and households, read in batches: Parquet as it is, CSV as text."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
from attrs import frozen
from pyarrow import csv, parquet

from policyrules.columns_blocks import BATCH
from policyrules.diagnostics import Diagnostic, Fact, InputError, shown
from policyrules.source import Text
from policyrules.wording_files import reason

_BLOCK = 1 << 22  # bytes of CSV that are parsed at once; a row is no longer
_BUFFER = 1 << 20
_CSV, _PARQUET = (".csv",), (".parquet", ".pq")
_TAIL = 64  # bytes
_QUOTED = (",", "\n", "\r")  # what stands in cells in quotation marks only
_UNCLOSED = Text("a quotation mark is not closed", "引号没有闭合")
_NO_REGULAR = Text("it is no regular file", "不是普通文件")


def refused(code: str, place: str | Path, **facts: Fact) -> InputError:
    """A problem of a file or of an argument."""
    return InputError([Diagnostic(code, str(place), facts)])


@frozen(slots=False)
class Table:
    """A file of rows. `subject` is whose they are; `text` says that its cells are text of CSV."""

    path: Path
    subject: str
    encoding: str = "utf-8"

    @property
    def text(self) -> bool:
        """Whether its cells are text."""
        return is_csv(self.path)

    @cached_property
    def arrow(self) -> pa.Schema:
        """Its columns as Arrow has them."""
        return self._names() if self.text else self._parquet().schema_arrow

    @cached_property
    def schema(self) -> pl.Schema:
        """Its columns as Polars has them."""
        try:
            found = pl.from_arrow(self.arrow.empty_table())
        except (pa.ArrowException, pl.exceptions.PolarsError, ValueError) as error:
            raise refused("PR665", self.path, reason=_told(error)) from error
        assert isinstance(found, pl.DataFrame)
        return found.schema

    @cached_property
    def marked(self) -> bool:
        """Whether a mark of the byte order goes before its text."""
        with self.path.open("rb") as file:
            return self.text and file.read(3) == codecs.BOM_UTF8

    @cached_property
    def rows(self) -> int:
        """How many rows it has; of CSV, about how many."""
        if not self.text:
            return int(self._parquet().metadata.num_rows)
        first = next(self.batches(None), None)
        if first is None:
            return 0
        with self.path.open("rb") as file:
            begun = file.read(_BLOCK)
        return max(1, int(first.num_rows) * self.path.stat().st_size // max(1, len(begun)))

    def check(self) -> None:
        """Raise `InputError` where it is no table with rows and names of its columns."""
        if not (self.text or self.path.suffix.lower() in _PARQUET):
            raise refused("PR664", self.path, name=shown(self.path.name))
        names = self.arrow.names
        for name in names:
            if names.count(name) > 1:
                raise refused("PR668", self.path, name=shown(name))
        if not self.rows:
            raise refused("PR669", self.path)

    def batches(self, columns: list[str] | None) -> Iterator[pa.RecordBatch]:
        """Its rows with some of its columns (None for all), so many at once that memory holds."""
        if self.text:
            yield from self._parsed(columns)
            return
        try:
            yield from self._parquet().iter_batches(BATCH, columns=columns)
        except (pa.ArrowException, OSError) as error:
            raise refused("PR665", self.path, reason=_told(error)) from error

    def _parquet(self) -> Any:  # noqa: ANN401 - Arrow has no types
        try:
            return parquet.ParquetFile(self.path, pre_buffer=False, buffer_size=_BUFFER)
        except (pa.ArrowException, OSError) as error:
            raise refused("PR665", self.path, reason=_told(error)) from error

    def _names(self) -> pa.Schema:
        """The names in the header, each of a column of text."""
        try:
            names = self._opened(None, None).schema.names
        except UnicodeDecodeError as error:  # Arrow looks at names when they are asked for
            raise self._wrong(error, []) from error
        return pa.schema([(name, pa.large_string()) for name in names])

    def _parsed(self, columns: list[str] | None) -> Iterator[pa.RecordBatch]:
        ragged: list[Any] = []
        last = self.arrow.names[-1]  # it shows whether the last quotation mark is closed
        read = None if columns is None else list(dict.fromkeys([*columns, last]))
        reader = self._opened(read, ragged)
        cell = None
        while True:
            try:
                batch = reader.read_next_batch()
            except StopIteration:
                break
            except (pa.ArrowException, UnicodeDecodeError) as error:
                raise self._wrong(error, ragged) from error
            if batch.num_rows:
                cell = batch[last][-1].as_py()
            yield batch
        if cell is not None and any(sign in cell for sign in _QUOTED) and not self._closed():
            raise refused("PR679", self.path, reason=_UNCLOSED)

    def _closed(self) -> bool:
        """Whether a quotation mark is the last thing in the file."""
        with self.path.open("rb") as file:
            file.seek(-min(_TAIL, self.path.stat().st_size), os.SEEK_END)
            return file.read().rstrip(b"\r\n\0 \t").endswith(b'"')

    def _opened(self, columns: list[str] | None, ragged: list[Any] | None) -> Any:  # noqa: ANN401
        """A reader of the text; without a list for ragged rows one that looks at the header."""
        found: list[Any] = [] if ragged is None else ragged

        def met(row: Any) -> str:  # noqa: ANN401 - Arrow has no types
            found.append(row)
            return "error" if ragged is not None else "skip"

        names = [] if ragged is None else self.arrow.names
        try:
            return csv.open_csv(
                self.path,
                csv.ReadOptions(use_threads=False, block_size=_BLOCK, encoding=self.encoding),
                csv.ParseOptions(newlines_in_values=True, invalid_row_handler=met),
                csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.large_string()),
                    include_columns=columns,
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=False,
                ),
            )
        except (pa.ArrowException, UnicodeDecodeError) as error:
            raise self._wrong(error, found) from error

    def _wrong(self, error: Exception, ragged: list[Any]) -> InputError:
        """What is wrong with the text, by what the parser met."""
        line = self._undecodable()
        if line:
            return refused("PR666", self.path, line=f"{line:,}", encoding=self.encoding)
        if ragged:
            row = ragged[-1]
            facts = {"found": str(row.actual_columns), "expected": str(row.expected_columns)}
            return refused("PR667", self.path, row=f"{row.number - 1:,}", **facts)
        if "Empty CSV file" in str(error):
            return refused("PR669", self.path)
        return refused("PR679", self.path, reason=_told(error))

    def _undecodable(self) -> int:
        """The first line that is not text in the encoding; 0 if there is none."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        with self.path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    decoder.decode(line)
                except UnicodeDecodeError:
                    return number
        return 0


def is_csv(path: Path) -> bool:
    """Whether a file is CSV by its name."""
    return path.suffix.lower() in _CSV


def is_known(path: Path) -> bool:
    """Whether a file is of a kind that is read and written."""
    return path.suffix.lower() in (*_CSV, *_PARQUET)


def known_encoding(name: str) -> str:
    """The name that Python has for an encoding of text; raises `InputError` where it has none."""
    try:
        found = codecs.lookup(name)
        "".encode(name)
    except (LookupError, ValueError) as error:
        raise refused("PR684", "--encoding", name=shown(name)) from error
    return "utf-8" if found.name == "utf-8-sig" else found.name


def readable(path: Path) -> None:
    """Raise `InputError` unless a path leads to a regular file that may be read."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise refused("PR663", path, reason=_NO_REGULAR)
        with path.open("rb"):
            return
    except OSError as error:
        raise refused("PR663", path, reason=reason(error)) from error
    except ValueError as error:  # no file can have such a name
        raise refused("PR663", path, reason=reason(FileNotFoundError())) from error


def _told(error: BaseException) -> str:
    """What a library says, on one line."""
    return shown(" ".join(str(error).split()), 200)


@frozen
class Reading:
    """What of a table is evaluated: some of its columns; keys are cast to a kind."""

    columns: tuple[str, ...]
    truths: frozenset[str]
    key: str | None
    kind: Any = None

    def frames(self, table: Table) -> Iterator[pl.DataFrame]:
        """The rows of a table as frames are evaluated; empty cells of CSV are missing."""
        for batch in table.batches(list(self.columns)):
            yield self._frame(batch, text=table.text)

    def _frame(self, batch: Any, *, text: bool) -> pl.DataFrame:  # noqa: ANN401 - of Arrow
        found = pl.from_arrow(batch)
        assert isinstance(found, pl.DataFrame)
        frame = found.select(self.columns)
        categories = pl.selectors.by_dtype(pl.Categorical) | pl.selectors.by_dtype(pl.Enum)
        frame = frame.with_columns(categories.cast(pl.String))
        if text:
            frame = frame.with_columns(self._cell(name) for name in self.columns)
        if self.key is not None:
            frame = frame.with_columns(pl.col(self.key).cast(self.kind))
        return frame

    def _cell(self, name: str) -> pl.Expr:
        cell = pl.col(name)
        if name in self.truths:
            plain = cell.str.strip_chars().str.to_lowercase()
            words = plain.replace_strict(
                {"true": "yes", "false": "no"}, default=None, return_dtype=pl.String
            )
            cell = pl.coalesce(words, cell)
        return pl.when(cell.str.strip_chars() != "").then(cell).alias(name)
