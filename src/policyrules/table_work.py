"""One block of a population: its outcomes, what is wrong with its rows, and what they come to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
from attrs import frozen

from policyrules.columns import Populated
from policyrules.columns_blocks import NUMBER, read, write
from policyrules.columns_frames import Bad
from policyrules.ruleset import Ruleset
from policyrules.source import Language
from policyrules.table_tally import Tally, tally

if TYPE_CHECKING:
    from policyrules.columns_writing import Amounts

TABLES = {"person": "persons", "household": "households"}
Wrong = list[Any]  # table, row, column, code, message, hint


@frozen(kw_only=True)
class Work:
    """What is done with each block."""

    rules: Ruleset
    key: str
    on: Any
    only: tuple[str, ...] | None
    amounts: Amounts
    lang: Language

    def evaluate(self, persons: pl.DataFrame | None, households: pl.DataFrame | None) -> Populated:
        """The outcomes of frames."""
        return self.rules.columns(
            persons,
            households,
            key=self.key,
            on=self.on,
            only=self.only,
            amounts=self.amounts,
            errors="null",
        )

    def do(self, begun: dict[str, Path], done: dict[str, Path], wrong: Path) -> Tally:
        """Write the outcomes of a block and its wrong rows; gives what they come to."""
        frames = {subject: read(path) for subject, path in begun.items()}
        numbers = {subject: frame[NUMBER] for subject, frame in frames.items()}
        plain = {subject: frame.drop(NUMBER) for subject, frame in frames.items()}
        found = self.evaluate(plain.get("person"), plain.get("household"))
        results = {"person": found.persons, "household": found.households}
        if found.households is not None and "household" not in numbers:
            numbers["household"] = self._first_rows(frames["person"], found.households)
        for subject, path in done.items():
            own = plain[subject].columns if subject in plain else []
            write(results[subject].drop(own).with_columns(numbers[subject]), path)
        rows = sorted(self._wrong(found.bad, numbers, set(frames)))
        with wrong.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return tally(
            self.rules.program, results, self.amounts, len({(row[0], row[1]) for row in rows})
        )

    def _first_rows(self, persons: pl.DataFrame, households: pl.DataFrame) -> pl.Series:
        """For each household that has no row of its own, the first row of a member."""
        first = persons.group_by(self.key).agg(pl.col(NUMBER).min())
        keys = households.select(self.key)
        return keys.join(first, on=self.key, how="left", maintain_order="left")[NUMBER]

    def _wrong(
        self, bad: Iterable[Bad], numbers: dict[str, pl.Series], given: set[str]
    ) -> Iterable[Wrong]:
        """What is wrong, each with the table and its row; the first row is 1."""
        for each in bad:
            subject = "person" if each.table == "persons" else "household"
            row = numbers[subject][each.row] + 1
            if subject not in given:
                subject = "person"
            column = str(each.problem.place).partition("].")[2]
            said = (each.problem.message(self.lang), each.problem.remedy(self.lang))
            table = TABLES[subject] if self.rules.program.about != "case" else "cases"
            yield [table, row, column, each.problem.code, *said]
