"""A ruleset on files of persons and households: of any length, in bounded memory.

The rows are spread over blocks of whole households on the disk, each block is evaluated by
`Ruleset.columns`, and the outcomes are put beside the rows in their order. A run that was cut off
goes on with the blocks that are not finished, and gives the same to the byte.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from attrs import frozen

from policyrules.columns_blocks import spread
from policyrules.ir.nodes import Program
from policyrules.source import Language, Text
from policyrules.table_out import Beside, write_wrong
from policyrules.table_parts import Parts, finished
from policyrules.table_request import Prepared
from policyrules.table_tally import Tally, as_data, as_text

_READ = {
    "person": Text("reading persons", "读取人员表"),
    "household": Text("reading households", "读取家庭表"),
}
_EVALUATE = Text("evaluating blocks", "分块计算")
_WRITE = {
    "person": Text("writing persons", "写出人员"),
    "household": Text("writing households", "写出家庭"),
}


class Progress(Protocol):
    """Is told how far a run is."""

    def begin(self, what: Text, total: int) -> None:
        """Something of so many parts is begun."""

    def advance(self, count: int) -> None:
        """So many more parts of it are done."""


@frozen
class Found:
    """What a population came to, and where it is written.

    `unwritten` says that households have outcomes for which no file was named.
    """

    program: Program
    tally: Tally
    written: dict[str, Path]
    wrong: Path
    unwritten: bool

    def data(self) -> dict[str, object]:
        """It as JSON for other programs."""
        files = {subject: str(path) for subject, path in self.written.items()}
        return as_data(self.tally, self.program, {**files, "errors": str(self.wrong)})

    def text(self, lang: Language) -> str:
        """It as lines for people."""
        return as_text(self.tally, self.program, lang)


def run(prepared: Prepared, progress: Progress) -> Found:
    """Evaluate files and write their outcomes, going on where an earlier run was cut off."""
    request = prepared.request
    parts = Parts(request.parts)
    try:
        parts.open(prepared.made_from, fresh=request.fresh)
        if not parts.spread:
            _spread(prepared, parts, progress)
        total = _evaluate(prepared, parts, progress)
        _write(prepared, parts, progress)
        parts.remove()
    finally:
        parts.close()
    program = prepared.work.rules.program
    of_households = any(
        rule.subject == "household" and rule.name in total.benefits for rule in program.definitions
    )
    unwritten = of_households and "household" not in prepared.results
    return Found(program, total, prepared.results, request.wrong, unwritten)


def _spread(prepared: Prepared, parts: Parts, progress: Progress) -> None:
    """Put all rows into blocks."""
    rows: dict[str, int] = {}
    for subject, table in prepared.tables.items():
        progress.begin(_READ[subject], table.rows)
        places = [parts.begun(subject, block) for block in range(prepared.blocks)]
        reading = prepared.readings[subject]
        frames = reading.frames(table)
        rows[subject] = spread(frames, reading.key, places, prepared.block, progress.advance)
    prepared.check_unchanged()
    parts.note_spread(rows, prepared.blocks)


def _evaluate(prepared: Prepared, parts: Parts, progress: Progress) -> Tally:
    """Evaluate the blocks that are not finished; gives what all come to."""
    total = Tally({})
    progress.begin(_EVALUATE, parts.blocks)
    for block in range(parts.blocks):
        found = parts.tally(block)
        if found is None:
            begun = {subject: parts.begun(subject, block) for subject in prepared.tables}
            done = {subject: parts.done(subject, block) for subject in prepared.results}
            found = prepared.work.do(begun, done, parts.wrong(block))
            parts.note_done(block, found)
        total.add(found)
        progress.advance(1)
    return total


def _write(prepared: Prepared, parts: Parts, progress: Progress) -> None:
    """Put the outcomes beside the rows that they are for."""
    blocks = range(parts.blocks)
    for subject, path in prepared.results.items():
        table = prepared.tables.get(subject)
        rows = next(iter(parts.spread.values())) if table is None else parts.spread[subject]
        beside = Beside(table, [parts.done(subject, block) for block in blocks], rows)
        progress.begin(_WRITE[subject], rows)

        def make(part: Path, path: Path = path, beside: Beside = beside) -> None:
            beside.write(part, path, progress.advance)
            prepared.check_unchanged()

        finished(path, make)
    wrong = [parts.wrong(block) for block in blocks]
    finished(prepared.request.wrong, lambda part: write_wrong(part, wrong))
