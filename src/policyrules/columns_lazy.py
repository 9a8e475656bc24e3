"""Populations that are not in memory: lazy frames, evaluated block by block as they are collected.

Nothing is evaluated before somebody collects the result, and of it only what the query selects. A
block has whole households, wherever their rows stand: what does not fit into memory goes through
files on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import polars as pl
from attrs import define, evolve, field
from polars.io.plugins import register_io_source

from policyrules.columns_blocks import BATCH, NUMBER, Merged, read, spread, write
from policyrules.columns_frames import Bad, Frame, moved, taken
from policyrules.columns_reading import declared
from policyrules.diagnostics import InputError
from policyrules.ir.nodes import Program

if TYPE_CHECKING:
    from policyrules.columns import Asked, Populated

    Eager = Callable[[tuple[Frame, Frame], Asked], Populated]

# So many rows are evaluated at once; where there are more, households go into so many blocks.
AT_ONCE, BLOCKS = 1 << 19, 64
_TABLES = ("persons", "households")


@define
class Lazily:
    """A population of lazy frames: how it is evaluated, and the rows that could not be.

    `bad` are those that the last query met.
    """

    program: Program
    eager: Eager
    persons: pl.LazyFrame | None
    households: pl.LazyFrame | None
    asked: Asked
    bad: list[Bad] = field(factory=list, init=False)
    _schemas: dict[str, pl.Schema] = field(factory=dict, init=False)

    def populated(self) -> Populated:
        """The results, lazy; raises `InputError` where columns are wrong before any row is read."""
        frames = self.persons, self.households
        on_nothing = [
            None if frame is None else pl.DataFrame(schema=frame.collect_schema())
            for frame in frames
        ]
        found = self.eager((on_nothing[0], on_nothing[1]), self.asked)
        for table in _TABLES:
            frame = getattr(found, table)
            if frame is not None:
                self._schemas[table] = frame.schema
        results = {table: self._result(table) for table in self._schemas}
        return evolve(
            found,
            persons=results.get("persons"),
            households=results.get("households"),
            bad=self.bad,
        )

    def _result(self, table: str) -> pl.LazyFrame:
        """The rows of a table with their outcomes, evaluated when they are asked for."""
        schema = self._schemas[table]

        def produce(
            columns: list[str] | None,
            predicate: pl.Expr | None,
            most: int | None,
            _size: int | None,
        ) -> Iterator[pl.DataFrame]:
            wanted = schema.names() if columns is None else columns
            for frame in self._rows(table, wanted):
                found = frame.select(wanted).cast({name: schema[name] for name in wanted})
                if most is not None:
                    found, most = found.head(most), max(most - found.height, 0)
                yield found if predicate is None else found.filter(predicate)
                if most == 0:
                    return

        return register_io_source(produce, schema=schema)

    def _rows(self, table: str, columns: list[str]) -> Iterator[pl.DataFrame]:
        """The rows of a table, in their order, with at least some of its columns."""
        self.bad.clear()
        asked = evolve(self.asked, wanted=self._rules(columns), keep=True)
        sources = {
            name: self._read(name, frame, columns if name == table else [])
            for name, frame in zip(_TABLES, (self.persons, self.households), strict=True)
            if frame is not None
        }
        if self.program.about != "household":
            yield from self._alone(table, sources[table], asked)
            return
        held = {name: _begun(frames) for name, frames in sources.items()}
        if all(frame.height <= AT_ONCE for frame in held.values()):
            found = self._evaluated(held, asked)
            self._note(found, {})
            self._refuse()
            yield getattr(found, table)
            return
        rest = {name: chain([held.pop(name)], frames) for name, frames in sources.items()}
        if self._stand_together():
            yield from self._in_order(table, rest, asked)
            return
        with TemporaryDirectory() as folder:
            yield from self._by_blocks(table, rest, asked, Path(folder))

    def _rules(self, columns: list[str]) -> frozenset[str]:
        """The rules that some columns of a result belong to."""
        own = [rule.name for rule in self.program.definitions if rule.own]
        of_rule = {name for name in own if self.asked.wanted is None or name in self.asked.wanted}
        return frozenset(
            name for name in of_rule if any(_is_of(column, name) for column in columns)
        )

    def _read(self, table: str, frame: pl.LazyFrame, columns: list[str]) -> Iterator[pl.DataFrame]:
        """The rows of a table with the columns that are selected or evaluated."""
        known = declared(self.program, "person" if table == "persons" else "household")
        wanted = {*columns, *known.names, *known.together, self.asked.key, self.asked.on}
        names = [name for name in frame.collect_schema().names() if name in wanted]
        picked = frame.select(names) if names else frame
        yield pl.DataFrame(schema=picked.collect_schema())
        yield from picked.collect_batches(chunk_size=BATCH, maintain_order=True)

    def _alone(
        self, table: str, frames: Iterator[pl.DataFrame], asked: Asked
    ) -> Iterator[pl.DataFrame]:
        """Persons without households, or cases without persons, as many at once as can be held."""
        row = 0
        while (frame := _begun(frames)).height or not row:
            found = self._evaluated({table: frame}, asked)
            self._note(found, {table: pl.int_range(row, row + frame.height, eager=True)})
            self._refuse()
            yield getattr(found, table)
            row += max(frame.height, 1)

    def _stand_together(self) -> bool:
        """Whether the keys of all tables ascend, so that a household is never far from its rows."""
        key = pl.col(self.asked.key)
        kinds: set[Any] = set()
        for frame in (self.persons, self.households):
            if frame is not None:
                kind = frame.collect_schema()[self.asked.key]
                kinds.add("integer" if kind.is_integer() else kind)
                ascends = (key >= key.shift(1)).all() & key.is_not_null().all()
                if not frame.select(ascends).collect(engine="streaming").item():
                    return False
        return kinds in ({"integer"}, {pl.String})

    def _in_order(
        self, table: str, frames: Mapping[str, Iterator[pl.DataFrame]], asked: Asked
    ) -> Iterator[pl.DataFrame]:
        """Households whose rows stand together, as many at once as can be held."""
        held = {name: next(each) for name, each in frames.items()}
        rows, most, ended = dict.fromkeys(_TABLES, 0), AT_ONCE, set[str]()
        while True:
            for name, each in frames.items():
                held[name], ended_now = _filled(held[name], each, most)
                ended |= {name} if ended_now else set()
            keys = {name: frame[asked.key] for name, frame in held.items()}
            limit = min((keys[name][-1] for name in keys if name not in ended), default=None)
            cuts = {
                name: len(column) if limit is None else int(column.search_sorted(limit))
                for name, column in keys.items()
            }
            if limit is not None and not any(cuts.values()):
                most *= 2  # a household has more rows than that
                continue
            found = self._evaluated({name: held[name][:cut] for name, cut in cuts.items()}, asked)
            cuts.setdefault("households", len(found.households))
            numbers = {
                name: pl.int_range(rows[name], rows[name] + cut, eager=True)
                for name, cut in cuts.items()
            }
            self._note(found, numbers)
            self._refuse()
            yield getattr(found, table)
            if limit is None:
                return
            held = {name: frame[cuts[name] :] for name, frame in held.items()}
            rows = {name: row + cuts[name] for name, row in rows.items()}
            most = AT_ONCE

    def _by_blocks(
        self, table: str, frames: Mapping[str, Iterator[pl.DataFrame]], asked: Asked, folder: Path
    ) -> Iterator[pl.DataFrame]:
        """Households in blocks on the disk, and the outcomes of all in the order of the rows."""
        places = {name: [folder / f"{name} {block}" for block in range(BLOCKS)] for name in frames}
        rows = 0
        for name, each in frames.items():
            plain = (frame.cast(_storable(frame.schema)) for frame in each)
            count = spread(plain, asked.key, places[name], AT_ONCE, lambda _rows: None)
            rows = max(rows, count)
        done = [folder / f"done {block}" for block in range(BLOCKS)]
        firsts: list[pl.Series] = []
        for block, path in enumerate(done):
            begun = {name: read(paths[block]) for name, paths in places.items()}
            numbers = {name: frame[NUMBER] for name, frame in begun.items()}
            found = self._evaluated(
                {name: frame.drop(NUMBER) for name, frame in begun.items()}, asked
            )
            if "households" not in numbers:
                firsts.append(_first_rows(begun["persons"], found.households, asked.key))
                numbers["households"] = firsts[-1]
            self._note(found, numbers)
            write(getattr(found, table).with_columns(numbers[table].alias(NUMBER)), path)
        if firsts:
            self._count_households(pl.concat(firsts).sort())
        self._refuse()
        merged = Merged.of(done)
        try:
            yield from merged.all(rows)
        finally:
            merged.close()

    def _evaluated(self, frames: dict[str, pl.DataFrame], asked: Asked) -> Populated:
        return self.eager((frames.get("persons"), frames.get("households")), asked)

    def _note(self, found: Populated, numbers: Mapping[str, pl.Series]) -> None:
        """Note which rows could not be evaluated, by their numbers in the whole table."""
        for bad in found.bad:
            of = numbers.get(bad.table)
            self.bad.append(bad if of is None else moved(bad, of[bad.row]))

    def _count_households(self, firsts: pl.Series) -> None:
        """Give households that have no table their rows: so far they have that of a member."""
        for place, bad in enumerate(self.bad):
            if bad.table == "households":
                row = firsts.search_sorted(bad.row)
                assert isinstance(row, int)
                self.bad[place] = moved(bad, row)

    def _refuse(self) -> None:
        """Raise `InputError` with the rows that could not be evaluated, where they are not kept."""
        from policyrules.columns import listed  # noqa: PLC0415 - it decides who is lazy

        self.bad.sort(key=lambda bad: (bad.table, bad.row))
        if self.bad and not self.asked.keep:
            raise InputError(listed(self.bad))


def lazy(frame: Frame, place: str) -> pl.LazyFrame | None:
    """A frame of any kind as a lazy one."""
    if frame is None or isinstance(frame, pl.LazyFrame):
        return frame
    return taken(frame, place)[0].lazy()


def _begun(frames: Iterator[pl.DataFrame]) -> pl.DataFrame:
    """The next rows, a few more than can be held at once where there are so many."""
    first = next(frames, None)
    return pl.DataFrame() if first is None else _filled(first, frames, AT_ONCE)[0]


def _filled(
    held: pl.DataFrame, frames: Iterator[pl.DataFrame], most: int
) -> tuple[pl.DataFrame, bool]:
    """More than so many rows where there are so many, and whether there are no others."""
    found, rows = [held], held.height
    while rows <= most:
        frame = next(frames, None)
        if frame is None:
            return pl.concat(found), True
        found.append(frame)
        rows += frame.height
    return pl.concat(found), False


def _storable(schema: pl.Schema) -> dict[Any, Any]:
    """What cannot be written to the disk as it is, and is written as text."""
    return {
        name: pl.String
        for name, kind in schema.items()
        if isinstance(kind, pl.Categorical | pl.Enum | pl.Int128)
    }


def _is_of(column: str, rule: str) -> bool:
    return column == rule or column.startswith(f"{rule}: ")


def _first_rows(persons: pl.DataFrame, households: pl.DataFrame, key: str) -> pl.Series:
    """For each household that has no row of its own, the first row of a member."""
    first = persons.group_by(key).agg(pl.col(NUMBER).min())
    keys = households.select(key)
    return keys.join(first, on=key, how="left", maintain_order="left")[NUMBER]
