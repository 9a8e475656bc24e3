"""The files of a result: rows with their outcomes beside them, and what is wrong with rows."""

from __future__ import annotations

import codecs
import csv
import heapq
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
from attrs import frozen
from pyarrow import parquet

from policyrules.columns_blocks import Merged
from policyrules.table_files import Table, is_csv

_OLDEST = pl.CompatLevel.oldest()
_NEEDS = "; "  # between the paths of what is missing, in a cell of CSV
_HEAD = ("table", "row", "column", "code", "message", "hint")
Advance = Callable[[int], None]


@frozen
class Beside:
    """The rows of a table, or of none, with their outcomes beside them."""

    table: Table | None
    outcomes: list[Path]
    rows: int

    def write(self, path: Path, like: Path, advance: Advance) -> None:
        """Write them to a path, as CSV or Parquet by what it will be called."""
        with ExitStack() as stack:
            merged = Merged.of(self.outcomes)
            stack.callback(merged.close)
            put = _csv(path, stack, self.table) if is_csv(like) else _parquet(path, stack)
            for found in self._pieces(merged):
                put(found)
                advance(found.num_rows)

    def _pieces(self, merged: Merged) -> Iterator[Any]:
        if self.table is None:
            for frame in merged.all(self.rows):
                yield frame.to_arrow(compat_level=_OLDEST)
            return
        row = 0
        for batch in self.table.batches(None):
            row += batch.num_rows
            found = pa.Table.from_batches([batch])
            outcomes = merged.until(row).to_arrow(compat_level=_OLDEST)
            for name in outcomes.column_names:
                found = found.append_column(outcomes.schema.field(name), outcomes[name])
            yield found


def _parquet(path: Path, stack: ExitStack) -> Callable[[Any], None]:
    writers: list[Any] = []

    def put(found: Any) -> None:  # noqa: ANN401 - Arrow has no types
        if not writers:
            writer = parquet.ParquetWriter(path, found.schema, compression="zstd")
            writers.append(stack.enter_context(writer))
        writers[0].write_table(found)

    return put


def _csv(path: Path, stack: ExitStack, table: Table | None) -> Callable[[Any], None]:
    file = stack.enter_context(path.open("wb"))
    if table is not None and table.marked:
        file.write(codecs.BOM_UTF8)
    first = True

    def put(found: Any) -> None:  # noqa: ANN401 - Arrow has no types
        nonlocal first
        frame = pl.from_arrow(found)
        assert isinstance(frame, pl.DataFrame)
        lists = pl.selectors.by_dtype(pl.List(pl.String))
        frame = frame.with_columns(pl.when(lists.list.len() > 0).then(lists.list.join(_NEEDS)))
        frame.write_csv(file, include_header=first)
        first = False

    return put


def write_wrong(path: Path, blocks: list[Path]) -> None:
    """Write what is wrong with rows, by table and row, as CSV."""
    with ExitStack() as stack:
        files = [stack.enter_context(block.open(encoding="utf-8")) for block in blocks]
        out = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_HEAD)
        writer.writerows(heapq.merge(*(map(json.loads, file) for file in files)))
