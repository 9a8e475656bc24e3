"""A ruleset on populations: frames of persons and households in, their outcomes as columns out.

Rows of which all is known that matters are worked out by a plan in whole numbers; the others are
evaluated as single cases, equal ones once. Both say the same, to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import frozen

from policyrules.columns_frames import Bad, Frame, alone, grouped, is_lazy, taken
from policyrules.columns_gaps import Evaluate
from policyrules.columns_plans import Plans
from policyrules.columns_reading import TABLE_WORDS, Population, declared, read_frame
from policyrules.columns_run import Run
from policyrules.columns_writing import Amounts
from policyrules.diagnostics import Diagnostic, InputError, Report, shown
from policyrules.ir.lowering import choices_of
from policyrules.ir.nodes import Program
from policyrules.source import Text

if TYPE_CHECKING:
    import polars as pl

_MOST_LISTED = 100
_ABOUT = {
    "household": Text(
        "households: give persons, and households if need be",
        "家庭，应提供人员表，需要时另附家庭表",
    ),
    "person": Text("persons: give persons alone", "个人，只应提供人员表"),
    "case": Text("cases without persons: give households alone", "无成员的个案，只应提供家庭表"),
}
_FORMS = ("decimal", "fen", "text", "parts")


@frozen
class Populated:
    """What a ruleset gives for a population, in frames of the kind that was given.

    `persons` and `households` have the rows and columns that were given (households, where they
    were not, a row for each key), and beside them, for each outcome, its status, its number from
    low to high or its value, and the paths of what is missing. `bad` are the rows that could not
    be evaluated, whose outcomes are null; `notes` says which columns may be called wrongly. Of lazy
    frames, `bad` has those that the last query met.
    """

    persons: Frame
    households: Frame
    bad: Sequence[Bad]
    notes: tuple[Diagnostic, ...]


@frozen(kw_only=True)
class Asked:
    """What is asked of a population: of which rules, on which day (or column), in which form.

    `keep` says that rows that cannot be evaluated have nulls, and are told in `Populated.bad`.
    """

    key: str = "household"
    on: str | date | None = None
    wanted: frozenset[str] | None = None
    amounts: Amounts = "decimal"
    keep: bool = False


def populate(
    plans: Plans,
    evaluate: Evaluate,
    need_path: Callable[[Any], str],
    frames: tuple[Frame, Frame],
    asked: Asked,
) -> Populated:
    """The outcomes of all rows; raises `InputError` with what is wrong with frames or rows.

    Those of lazy frames are lazy, too: of these, rows are looked at when they are collected.
    """
    program = plans.program
    if asked.amounts not in _FORMS:
        facts = {"found": str(asked.amounts), "forms": ", ".join(_FORMS)}
        raise InputError([Diagnostic("PR689", "amounts", facts)])
    if any(map(is_lazy, frames)):
        from policyrules.columns_lazy import Lazily, lazy  # noqa: PLC0415 (an extra)

        eager = partial(populate, plans, evaluate, need_path)
        queries = lazy(frames[0], "persons"), lazy(frames[1], "households")
        return Lazily(program, eager, *queries, asked).populated()
    (persons, back), (households, back_too) = _taken(program, *frames)
    by_household = program.about == "household"
    ordered = (
        grouped(persons, households, asked.key) if by_household else alone(persons, households)
    )
    report, notes = Report(), Report()
    read = partial(read_frame, choices=choices_of(program), report=report, notes=notes)
    people = read(ordered.persons, declared(program, "person"), place="persons")
    homes = read(ordered.households, declared(program, "household"), place="households")
    if report.diagnostics:
        raise InputError(report.diagnostics)
    if by_household:
        _note_misplaced(people, homes, notes)
    run = Run(plans, evaluate, need_path, ordered, people, homes, asked.on, asked.amounts)
    run.work(asked.wanted)
    bad = sorted(run.bad, key=lambda found: (found.table, found.row))
    if bad and not asked.keep:
        raise InputError(listed(bad))
    return Populated(
        back(run.result("person")) if program.about != "case" else None,
        (back_too or back)(run.result("household")) if program.about != "person" else None,
        tuple(bad),
        notes.warnings(),
    )


def _note_misplaced(people: Population, homes: Population, notes: Report) -> None:
    """Note the columns that would be read in the other table, and are not there."""
    sides = (("persons", people, "households", homes), ("households", homes, "persons", people))
    for place, here, other, there in sides:
        for name in here.frame.columns:
            misplaced = name not in here.known and name in there.known
            if misplaced and name not in there.frame.columns:
                table = TABLE_WORDS[other]
                notes.add("PR656", f"{place}.{name}", name=shown(name), table=table)


def _taken(program: Program, persons: Frame, households: Frame) -> tuple[Any, Any]:
    """The frames that the ruleset is about, each with the way back."""
    about = program.about
    lacking = households is None if about == "case" else persons is None
    needless = {"case": persons, "person": households, "household": None}[about] is not None
    if lacking or needless:
        raise InputError([Diagnostic("PR698", "persons", {"about": _ABOUT[about]})])
    found: list[tuple[pl.DataFrame | None, Any]] = [
        (None, None) if frame is None else taken(frame, place)
        for place, frame in (("persons", persons), ("households", households))
    ]
    return found[0], found[1]


def listed(bad: Sequence[Bad]) -> list[Diagnostic]:
    """The problems of rows, of more than a hundred the number of the others."""
    problems = [found.problem for found in bad[:_MOST_LISTED]]
    more = len(bad) - len(problems)
    if more:
        problems.append(Diagnostic("PR652", "persons", {"count": f"{more:,}"}))
    return problems
