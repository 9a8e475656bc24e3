"""Rows of a population that are equal in all that a rule reads: each kind of them is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from policyrules.case import AGE, BIRTH_DATE
from policyrules.columns_frames import Grouped
from policyrules.ir.lowering import DATE
from policyrules.ir.nodes import Over, Program, Subject
from policyrules.ir.walk import facts_read, nodes_read

if TYPE_CHECKING:
    import polars as pl

_KIND, _PEOPLE, _ROWS = "#kind", "#people", "#rows"


@frozen
class Reads:
    """The facts that a rule reads, and whether it looks at all members of a household."""

    facts: frozenset[tuple[Subject, str]]
    members: bool

    def of(self, subject: Subject, cells: pl.DataFrame, rows: pl.Series) -> list[pl.Series]:
        """What is read of some rows of a subject; the day is read of the household."""
        names = [name for name in cells.columns if (subject, name) in self.facts]
        if subject == "household" and DATE in cells.columns:
            names.append(DATE)
        return [cells[name].gather(rows).alias(f"{name} of {subject}") for name in names]


def reads(program: Program, rule: str) -> Reads:
    """What a rule and all that it refers to may read.

    An age follows from the birth date, and one that is known bounds the other.
    """
    facts = facts_read(program, [rule])
    both = {(entry.subject, entry.name) for entry in (AGE, BIRTH_DATE)}
    if not both.isdisjoint(facts):
        facts |= both
    everybody = any(isinstance(node, Over) for node in nodes_read(program, [rule]))
    return Reads(frozenset(facts), everybody)


@frozen
class Members:
    """The members of each household, in the order of their rows.

    Those of a household are the `counts` rows in `order` from its number in `starts` on; `places`
    has for each person the place among them.
    """

    order: pl.Series
    starts: pl.Series
    counts: pl.Series
    places: pl.Series

    def of_one(self, home: int) -> list[int]:
        """The rows of the members of one household."""
        return self.order.slice(self.starts[home], self.counts[home]).to_list()

    def of(self, homes: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The rows of all members of households, one after another, and whose each is."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        begin, count = self.starts.gather(homes), self.counts.gather(homes)
        spans = pl.DataFrame(
            {"begin": begin, "end": begin + count, "of": pl.int_range(len(homes), eager=True)}
        )
        held = spans.filter(pl.col("begin") < pl.col("end"))
        every = held.select("of", at=pl.int_ranges("begin", "end")).explode("at")
        return self.order.gather(every["at"]), every["of"]


def members_of(ordered: Grouped) -> Members:
    """The members of the households of a population."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    belongs, height = ordered.belongs.alias("home"), ordered.households.height
    rows = pl.DataFrame({"row": pl.int_range(len(belongs), eager=True), "home": belongs})
    held = rows.drop_nulls()
    if not held["home"].is_sorted():
        held = held.sort("home", maintain_order=True)
    sizes = held.group_by("home").len()
    none = pl.repeat(0, height, dtype=pl.Int64, eager=True)
    counts = none.scatter(sizes["home"], sizes["len"].cast(pl.Int64))
    starts = counts.cum_sum() - counts
    places = pl.int_range(held.height, eager=True) - starts.gather(held["home"])
    nobody = pl.repeat(0, len(belongs), dtype=pl.Int64, eager=True)
    return Members(held["row"], starts, counts, nobody.scatter(held["row"], places))


@frozen
class Alike:
    """Rows of a subject with the kind of each; and for each kind the first row of it."""

    rows: pl.Series
    kinds: pl.Series
    first: pl.Series


def alike(rows: pl.Series, cells: list[pl.Series]) -> Alike:
    """The kinds that rows fall into by cells of theirs, which have names of their own."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    if not cells:
        same = pl.repeat(0, len(rows), dtype=pl.Int64, eager=True)
        return Alike(rows, same, rows[:1])
    held = pl.DataFrame([*cells, rows.alias(_ROWS)])
    groups = held.group_by([cell.name for cell in cells], maintain_order=True).agg(_ROWS)
    groups = groups.select(_ROWS).with_row_index(_KIND)
    every = groups.explode(_ROWS)
    return Alike(every[_ROWS], every[_KIND].cast(pl.Int64), groups[_ROWS].list.first())


def kinds_of(cells: list[pl.Series], height: int) -> tuple[pl.Series, pl.Series]:
    """The kind of each row in its place, and of each kind a row."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    found = alike(pl.int_range(height, eager=True), cells)
    return found.kinds.gather(found.rows.arg_sort()), found.first


def alike_homes(
    homes: pl.Series, read: Reads, cells: tuple[pl.DataFrame, pl.DataFrame], members: Members
) -> Alike:
    """The kinds of households, by cells of theirs and of all their members in order."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    of_persons, of_homes = cells
    rows, whose = members.of(homes)
    kinds, _ = kinds_of(read.of("person", of_persons, rows), len(rows))
    listed = pl.DataFrame({"of": whose, _PEOPLE: kinds.cast(pl.String)})
    texts = listed.group_by("of", maintain_order=True).agg(pl.col(_PEOPLE).str.join(","))
    nobody = pl.repeat("", len(homes), dtype=pl.String, eager=True)
    together = nobody.scatter(texts["of"], texts[_PEOPLE]).alias(_PEOPLE)
    return alike(homes, [*read.of("household", of_homes, homes), together])
