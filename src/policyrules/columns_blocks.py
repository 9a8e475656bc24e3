"""Rows in blocks on the disk: whole households together, and back in the order of the input.

Every row carries its number in the input. Which block it is in follows from the key of its
household alone, so that rows of one household find each other wherever they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
from attrs import define, field

NUMBER = "\1row"  # the column of the numbers; no header can have such a name
_BLOCK = "\1block"
BATCH = 1 << 17  # rows that are read or written at once
_PIECE = 1 << 12  # rows of a block's outcomes that are held at once
_OLDEST = pl.CompatLevel.oldest()
Advance = Callable[[int], None]


def spread(
    frames: Iterable[pl.DataFrame],
    key: str | None,
    places: list[Path],
    block: int,
    advance: Advance,
) -> int:
    """Write the rows of frames to the files of their blocks; gives their number.

    A block has the rows of whole households, or where there is no key so many rows that follow each
    other.
    """
    rows = 0
    with ExitStack() as stack:
        writers: list[Any] = []
        for frame in frames:
            numbers = pl.int_range(rows, rows + frame.height, eager=True).alias(NUMBER)
            numbered = frame.with_columns(numbers)
            if not writers:
                schema = numbered.clear().to_arrow(compat_level=_OLDEST).schema
                writers = [stack.enter_context(_writer(path, schema, stack)) for path in places]
            numbered = numbered.with_columns(_block_of(key, len(places), block))
            pieces = numbered.partition_by(_BLOCK, as_dict=True, include_key=False)
            for (number,), piece in pieces.items():
                writers[number].write_table(piece.to_arrow(compat_level=_OLDEST))
            rows += frame.height
            advance(frame.height)
    return rows


def _block_of(key: str | None, count: int, block: int) -> pl.Expr:
    """The number of the block of each row; rows without a key are anywhere."""
    number = pl.col(NUMBER)
    found = (number // block).clip(upper_bound=count - 1)
    if key is not None:
        anywhere = number.cast(pl.UInt64) % count
        # Numbers of two widths are written alike, and so are words and categories.
        place = pl.col(key).cast(pl.String).hash() % count
        found = pl.when(pl.col(key).is_null()).then(anywhere).otherwise(place)
    return found.cast(pl.UInt32).alias(_BLOCK)


def _writer(path: Path, schema: Any, stack: ExitStack) -> Any:  # noqa: ANN401 - Arrow has no types
    file = stack.enter_context(path.open("wb"))
    return pa.ipc.new_stream(file, schema, options=pa.ipc.IpcWriteOptions(compression="lz4"))


def read(path: Path) -> pl.DataFrame:
    """All rows of a block."""
    with path.open("rb") as file, pa.ipc.open_stream(file) as reader:
        found = pl.from_arrow(reader.read_all())
    assert isinstance(found, pl.DataFrame)
    return found.rechunk()


def write(frame: pl.DataFrame, path: Path) -> None:
    """Write the outcomes of a block so that few of them need be held at once."""
    table = frame.to_arrow(compat_level=_OLDEST)
    with ExitStack() as stack:
        writer = stack.enter_context(_writer(path, table.schema, stack))
        writer.write_table(table, max_chunksize=_PIECE)


@define
class _Stream:
    """The rest of a block's outcomes, in the order of their numbers."""

    reader: Any
    held: pl.DataFrame | None = field(default=None)

    def until(self, limit: int) -> Iterator[pl.DataFrame]:
        """Those with a number below a limit."""
        while True:
            if self.held is None:
                try:
                    found = pl.from_arrow(self.reader.read_next_batch())
                except StopIteration:
                    return
                assert isinstance(found, pl.DataFrame)
                self.held = found
            here = self.held[NUMBER].search_sorted(limit)
            assert isinstance(here, int)
            if here:
                yield self.held[:here]
            if here < self.held.height:
                self.held = self.held[here:]
                return
            self.held = None


@define
class Merged:
    """The outcomes of all blocks, in the order of the rows of the input."""

    _streams: list[_Stream]
    _stack: ExitStack

    @classmethod
    def of(cls, paths: list[Path]) -> Merged:
        """Those in some files; to be closed."""
        stack = ExitStack()
        streams = [
            _Stream(stack.enter_context(pa.ipc.open_stream(stack.enter_context(path.open("rb")))))
            for path in paths
        ]
        return cls(streams, stack)

    def until(self, limit: int) -> pl.DataFrame:
        """The next ones, with a number below a limit; at least an empty frame."""
        pieces = [piece for stream in self._streams for piece in stream.until(limit)]
        if not pieces:
            empty = pl.from_arrow(self._streams[0].reader.schema.empty_table())
            assert isinstance(empty, pl.DataFrame)
            return empty.drop(NUMBER)
        return pl.concat(pieces).sort(NUMBER).drop(NUMBER)

    def all(self, rows: int) -> Iterator[pl.DataFrame]:
        """All of them, so many at once that memory holds; `rows` is the number of the last row."""
        for limit in range(BATCH, rows + BATCH, BATCH):
            yield self.until(limit)

    def close(self) -> None:
        """Close the files."""
        self._stack.close()
