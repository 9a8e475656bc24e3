"""Rows of which something is missing, in columns: each of their paths is a row, the hull is theirs.

The plan of `ir/following.py` says of a path which question it comes to next; a row then stands once
for each answer in its place, until no row asks. What the paths of a row are together is what
`backends/hulls.py` says of one, here for all at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from policyrules.backends.columns import HOUSEHOLD, work_out
from policyrules.columns_alike import Members
from policyrules.columns_writing import (
    CODES_WITH_AMOUNT,
    Answers,
    End,
    Ends,
    Written,
    cells_of,
    only_where,
)
from policyrules.ir.following import Question
from policyrules.ir.lower import OPENED, STATUSES, Planned
from policyrules.ir.pieces import Mark
from policyrules.ir.whole_nodes import Node, bits, needed

if TYPE_CHECKING:
    import polars as pl

# So many paths are worked out at once, and followed of one row; with more it is left open.
AT_ONCE, MOST = 1 << 17, 1024
# The ends of numbers are counted twice, and one more where they are more exact than their form.
_WIDEST, _NARROW = 126, 63
KIND, _HOME, _PERSON = "#kind", "#home", "#person"
_QUESTION, _ENDS = "#question", ("low", "high")
_CODES = {status: code for code, status in enumerate(STATUSES)}
_UNBOUNDED = [_CODES["conflict"], _CODES["manual"]]
_OPEN = [*_UNBOUNDED, _CODES["not stated"]]


@frozen
class Subjects:
    """The cells of persons and households, and who belongs to whom."""

    persons: pl.DataFrame
    households: pl.DataFrame
    members: Members


@frozen
class Hulls:
    """What is told of some of the rows of `hulls`: expressions over their paths in `found`.

    `found` has their numbers in `KIND`, and a column for each mark, called by `mark_of`.
    """

    found: pl.DataFrame
    answers: Answers


@define
class Paths:
    """The paths of one rule, which may look at all members or at its own subject alone."""

    rule: Written
    planned: Planned
    ends: tuple[Ends, ...]
    questions: tuple[Question, ...]
    everybody: bool
    subjects: Subjects
    _roots: tuple[Node, ...] = field(init=False)
    _decided: dict[str, bool] = field(init=False)

    def __attrs_post_init__(self) -> None:
        planned = self.planned
        roots: list[Node] = [planned.question, planned.status, planned.valued]
        roots += planned.marks.values()
        roots += [node for end in self.ends for node in (end.whole, end.by, end.open, end.fits)]
        if planned.extent is not None:
            roots.append(planned.extent.missing)
        if planned.value is not None:
            roots.append(planned.value)
        self._roots = tuple(roots)
        asked = {node.name for node in needed(roots)}
        self._decided = {
            question.column: question.is_truth
            for question in self.questions
            if question.column in asked
        }

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What may be noted on a path."""
        return tuple(self.planned.marks)

    @property
    def narrow(self) -> bool:
        """Whether machine integers can hold it."""
        return all(bits(node) <= _WIDEST for node in needed(self._roots))

    def hulls(self, homes: pl.Series, persons: pl.Series | None) -> Iterator[Hulls]:
        """What is told of rows by their household and person; some are left open."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        rows = {KIND: pl.int_range(len(homes), eager=True), _HOME: homes}
        if persons is not None:
            rows[_PERSON] = persons
        kinds = {True: pl.Boolean, False: pl.Int64}
        start = pl.DataFrame(rows).with_columns(
            pl.lit(None, dtype=kinds[is_truth]).alias(name)
            for name, is_truth in self._decided.items()
        )
        for begin in range(0, len(homes), AT_ONCE):
            yield self._hull(self._followed(start.slice(begin, AT_ONCE)))

    def _followed(self, start: pl.DataFrame) -> pl.DataFrame:
        """The paths of some rows, taken together row by row."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        pending, found = [start], start.clear().select(KIND)
        while pending:
            paths = pending.pop()
            asks = cells_of(self.planned.question).alias(_QUESTION)
            values = self._worked_out(paths).with_columns(asks)
            told = self._of_path(values.filter(pl.col(_QUESTION) == 0))
            found = _together(pl.concat([found, told], how="diagonal"))
            lost = found["any opened"] | (found["sum of paths"] > MOST)
            asking = paths.with_columns(values[_QUESTION]).filter(pl.col(_QUESTION) > 0)
            asking = asking.join(found.filter(lost), on=KIND, how="anti")
            going = self._answered(asking)
            pending += [going.slice(at, AT_ONCE) for at in range(0, going.height, AT_ONCE)]
        return found.filter(~lost)

    def _answered(self, asking: pl.DataFrame) -> pl.DataFrame:
        """Paths that ask something, each once for every answer."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        going = [asking.clear().drop(_QUESTION)]
        for number in asking[_QUESTION].unique().sort():
            question = self.questions[number - 1]
            these = asking.filter(pl.col(_QUESTION) == number).drop(_QUESTION)
            for answer in question.answers:
                cell = pl.lit(bool(answer) if question.is_truth else answer)
                kind = these.schema[question.column]
                going.append(these.with_columns(cell.cast(kind).alias(question.column)))
        return pl.concat(going)

    def _worked_out(self, paths: pl.DataFrame) -> pl.DataFrame:
        """What the plan says of each path."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        homes = self.subjects.households[paths[_HOME]]
        homes = homes.with_columns(paths[name] for name in self._decided)
        everyone, whose = self._people(paths)
        persons = self.subjects.persons[everyone].with_columns(whose.alias(HOUSEHOLD))
        of_persons, of_homes = work_out(self._roots, persons, homes)
        if _PERSON in paths.columns:
            at_hand = everyone == paths[_PERSON].gather(whose)
            of_persons = pl.DataFrame([column.filter(at_hand) for column in of_persons])
        return pl.DataFrame([paths[KIND], *of_homes, *of_persons])

    def _people(self, paths: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
        """The rows of the persons whom each path looks at, and the number of the path."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        if self.everybody:
            return self.subjects.members.of(paths[_HOME])
        each = pl.int_range(paths.height, eager=True)
        if _PERSON in paths.columns:
            return paths[_PERSON], each
        return each[:0], each[:0]

    def _of_path(self, frame: pl.DataFrame) -> pl.DataFrame:
        """What counts of single paths, in columns that say how they are taken together."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        planned = self.planned
        status, valued = cells_of(planned.status).cast(pl.Int64), cells_of(planned.valued)
        found: dict[str, pl.Expr] = {
            "sum of paths": pl.lit(1, dtype=pl.Int64),
            "any opened": status == _CODES[OPENED],
            "any boundless": status.is_in(_UNBOUNDED),
            "any unstated": status.is_in(_OPEN),
            "any valued": valued,
            **_least_and_most("status", status),
        }
        for number, noted in enumerate(planned.marks.values()):
            found[mark_of(number)] = cells_of(noted)
        if planned.value is not None:
            found |= _least_and_most("value", only_where(valued, cells_of(planned.value)))
        keys: list[pl.Expr] = []
        for name, end in zip(_ENDS, self.ends, strict=False):
            cells = end.cells()
            closed = valued & ~cells.open
            keys.append(only_where(closed, _key(cells, bits(end.whole))))
            found |= _least_and_most(name, keys[-1])
            found |= _least_and_most(f"{name} by", only_where(closed, cells.by))
            found[f"any open {name}"] = valued & cells.open
            found[f"any closed {name}"] = closed
        if planned.extent is not None:
            single = (keys[0] == keys[1]).fill_null(value=False)
            found["any missing"] = valued & ~single & cells_of(planned.extent.missing)
        return frame.select(pl.col(KIND), **found)

    def _hull(self, found: pl.DataFrame) -> Hulls:
        """What the paths of rows are together, as `backends/hulls.py` combines them."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        # Of ends over several divisors it is not told which is the lowest.
        for name in _ENDS if self.ends else ():
            over = pl.col(f"min {name} by") == pl.col(f"max {name} by")
            found = found.filter(over.fill_null(value=True))
        if not self.ends:
            answers = _single()
        elif self.rule.definition.what == "benefit":
            answers = _benefit(found)
        else:
            answers = _number(found)
        return Hulls(found, answers)


def mark_of(number: int) -> str:
    """The column that says of whom something may be noted."""
    return f"any mark {number}"


def _least_and_most(name: str, column: pl.Expr) -> dict[str, pl.Expr]:
    return {f"min {name}": column, f"max {name}": column}


def _key(end: End, width: int) -> pl.Expr:
    """An end as a number that is larger by one where the end is more exact than it says."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    kind = pl.Int64 if width < _NARROW else pl.Int128
    return end.whole.cast(kind) * pl.lit(2, dtype=kind) + (~end.fits).cast(kind)


def _together(paths: pl.DataFrame) -> pl.DataFrame:
    """What several paths of a row are together."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    of_all = {"min": pl.Expr.min, "max": pl.Expr.max, "any": pl.Expr.any, "sum": pl.Expr.sum}
    names = [name for name in paths.columns if name != KIND]
    return paths.group_by(KIND).agg(of_all[name.partition(" ")[0]](pl.col(name)) for name in names)


def _end(found: pl.DataFrame, name: str, key: pl.Expr, is_open: pl.Expr) -> End:
    """An end by its number, as `_key` made it."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    two = pl.lit(2, dtype=found.schema[f"min {name}"])
    key = key.fill_null(two - two)
    by = pl.col(f"max {name} by").fill_null(1)
    return End(whole=key // two, by=by, open=is_open, fits=key % two == two - two)


def _same(name: str) -> pl.Expr:
    """Whether all paths of a row that have something have the same."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    return pl.col(f"min {name}") == pl.col(f"max {name}")


def _status() -> pl.Expr:
    """The status of all paths of a row; where they differ, undetermined."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    undetermined = pl.lit(_CODES["undetermined"], dtype=pl.Int64)
    return pl.when(_same("status")).then(pl.col("min status")).otherwise(undetermined)


def _benefit(found: pl.DataFrame) -> Answers:
    """The hull of the amounts where all paths agree on the status, else a bound from 0."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    status = _status()
    bound = status == _CODES["undetermined"]
    low, high = pl.col("min low"), pl.col("max high")
    none = pl.lit(0, dtype=found.schema["min low"])
    low = pl.when(bound & (low > 0)).then(none).otherwise(low)
    high = pl.when(bound & (high < 0)).then(none).otherwise(high)
    high_open = pl.col("any open high") | (bound & pl.col("any unstated"))
    ends = _end(found, "low", low, pl.col("any open low")), _end(found, "high", high, high_open)
    return Answers(status, _told(status), ends, None)


def _told(status: pl.Expr) -> pl.Expr:
    return status.is_in(CODES_WITH_AMOUNT)


def _bounded(status: pl.Expr, varied: pl.Expr) -> pl.Expr:
    """The status of a value: undetermined where it has no bounds, or paths that vary know it."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    loose = status.is_in(_UNBOUNDED) | ((status == _CODES["known"]) & varied)
    return pl.when(loose).then(pl.lit(_CODES["undetermined"], dtype=pl.Int64)).otherwise(status)


def _number(found: pl.DataFrame) -> Answers:
    """The hull of the values; a number that is open only to discretion is known."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    varied = pl.col("any missing")
    for name in _ENDS:
        several = (pl.col(f"min {name}") < pl.col(f"max {name}")).fill_null(value=False)
        varied = varied | several | (pl.col(f"any open {name}") & pl.col(f"any closed {name}"))
    told = pl.col("any valued") & (~_same("status") | (_status() == _CODES["known"]))
    status = _bounded(_status(), varied)
    opens = [pl.col(f"any open {name}") | pl.col("any boundless") | ~told for name in _ENDS]
    low, high = (
        _end(found, "low", pl.col("min low"), opens[0]),
        _end(found, "high", pl.col("max high"), opens[1]),
    )
    return Answers(status, _told(status), (low, high), None)


def _single() -> Answers:
    """The truth, choice or day on which all paths agree."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    status = _bounded(_status(), (~_same("value")).fill_null(value=False))
    value = only_where(status == _CODES["known"], pl.col("min value"))
    return Answers(status, _told(status), (), value)
