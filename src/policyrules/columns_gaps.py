"""Rows of a population of which something is missing: what each rule tells of each kind of them.

Their paths are followed in columns; what that leaves open, and of few kinds all, is evaluated as
single cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from policyrules.backends.hulls import Needs, Path
from policyrules.case import separate_cases
from policyrules.columns_alike import Reads, alike, alike_homes, kinds_of, reads
from policyrules.columns_paths import KIND, Hulls, Paths, Subjects, mark_of
from policyrules.columns_reading import Population
from policyrules.columns_slow import OneByOne
from policyrules.columns_writing import Written, only_where
from policyrules.diagnostics import InputError
from policyrules.ir.exact import Exact
from policyrules.ir.facts import Need, Outcome
from policyrules.ir.lower import STATUSES, Lowered
from policyrules.ir.nodes import Entity, Input, Program
from policyrules.ir.pieces import Mark

if TYPE_CHECKING:
    import polars as pl

Outcomes = Mapping[tuple[str, int | None], Outcome]
# The outcomes of a single case on a day, of the rules that are named.
Evaluate = Callable[[dict[str, object], Any, frozenset[str] | None], Outcomes]
# So few kinds of rows are evaluated by themselves before a plan is worked out.
FEW = 32
_NEEDS, _PLACE, _MISFIT, _REFUSED, _CODE = "#needs", "#place", "#misfit", "#refused", "#code"


@frozen
class Told:
    """The outcomes of some rows.

    Numbers of `misfits` are more exact than their form; `refused` households are no cases at all.
    """

    rows: pl.Series
    outcomes: pl.DataFrame
    misfits: pl.Series
    refused: pl.Series


@frozen
class _Kinds:
    """Rows with the kind of each; of each kind a row, its household, and the place in its case."""

    rows: pl.Series
    kinds: pl.Series
    first: pl.Series
    homes: pl.Series
    places: pl.Series


@define
class Gaps:
    """What is told of rows that the plan of complete rows leaves open."""

    program: Program
    evaluate: Evaluate
    need_path: Callable[[Any], str]
    people: Population
    homes: Population
    belongs: pl.Series
    subjects: Subjects
    plan: Lowered
    day_of: Callable[[int], Any]
    _needs: Needs = field(init=False)
    _numbers: dict[tuple[Need, ...], int] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._needs = Needs(self.program.inputs)

    def told(self, rule: Written, rows: pl.Series) -> Told:
        """What a rule tells of some rows of its subject."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        read = reads(self.program, rule.name)
        kinds = self._kinds(rule, read, rows)
        left = pl.int_range(len(kinds.first), eager=True)
        found: list[pl.DataFrame] = []
        paths = self._paths(rule, read) if len(left) > FEW else None
        if paths is not None:
            known = left
            if paths.everybody:  # of whom there must be someone
                known = left.filter(self.subjects.members.counts.gather(kinds.homes) > 0)
            persons = kinds.first[known] if rule.definition.subject == "person" else None
            for hulls in paths.hulls(kinds.homes[known], persons):
                found.append(self._of_hulls(paths, hulls, known[hulls.found[KIND]], kinds))
                left = left.filter(~left.is_in(found[-1][KIND].implode()))
        if len(left):
            found.append(self._one_by_one(rule, read, kinds, left))
        return self._spread(rule, read, kinds, pl.concat(found))

    def _kinds(self, rule: Written, read: Reads, rows: pl.Series) -> _Kinds:
        """The kinds of some rows, by all that the rule reads."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        of_person = rule.definition.subject == "person"
        homes = self.belongs.gather(rows) if of_person else rows
        frames = self.subjects.persons, self.subjects.households
        places = self.subjects.members.places
        if read.members:
            each = alike_homes(homes.unique(), read, frames, self.subjects.members)
            nobody = pl.repeat(0, self.subjects.households.height, dtype=pl.Int64, eager=True)
            cells = [nobody.scatter(each.rows, each.kinds).gather(homes).alias(KIND)]
            if of_person:
                cells.append(places.gather(rows).alias(_PLACE))
        else:
            cells = read.of("household", frames[1], homes)
            cells += read.of("person", frames[0], rows) if of_person else []
        found = alike(rows, cells)
        homes = self.belongs.gather(found.first) if of_person else found.first
        place = pl.repeat(0, len(homes), dtype=pl.Int64, eager=True)
        if read.members and of_person:
            place = places.gather(found.first)
        return _Kinds(found.rows, found.kinds, found.first, homes, place)

    def _paths(self, rule: Written, read: Reads) -> Paths | None:
        """The paths of a rule, where it has a plan that machine integers can hold."""
        planned = self.plan.outcomes.get(rule.name)
        if planned is None:
            return None
        ends = rule.ends(planned, Exact(self.plan.integers))
        found = Paths(rule, planned, ends, self.plan.questions, read.members, self.subjects)
        return found if found.narrow else None

    def _of_hulls(self, paths: Paths, hulls: Hulls, kinds: pl.Series, of: _Kinds) -> pl.DataFrame:
        """The outcomes of kinds that were followed."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        rule, answers = paths.rule, hulls.answers
        marks = [mark_of(number) for number in range(len(paths.marks))]
        found = hulls.found.select(
            *rule.planned(answers, self.plan.choices),
            answers.misfit.alias(_MISFIT),
            answers.codes.alias(_CODE),
            pl.col(marks),
        )
        together = found.select(_CODE, of.places.gather(kinds).alias(_PLACE), *marks)
        groups, first = kinds_of(list(together), len(kinds))
        numbers: list[int] = []
        for code, place, *noted in together[first].iter_rows():
            met = (mark for mark, here in zip(paths.marks, noted, strict=True) if here)
            trail = tuple(need for mark in met if (need := _need(mark, place)) is not None)
            path = Path(STATUSES[code], None, trail, {})
            numbers.append(self._number(self._needs.of((path,), path.status)))
        needs = pl.Series(numbers, dtype=pl.Int64).gather(groups)
        misfit = found[_MISFIT]
        return found.drop(_CODE, _MISFIT, *marks).with_columns(
            needs.alias(_NEEDS), kinds.alias(KIND), misfit, pl.lit(value=False).alias(_REFUSED)
        )

    def _one_by_one(
        self, rule: Written, read: Reads, kinds: _Kinds, left: pl.Series
    ) -> pl.DataFrame:
        """The outcomes of kinds that are evaluated as single cases."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        of_person = rule.definition.subject == "person"
        only = frozenset({rule.name})
        single = OneByOne(self.program.about, lambda case, on: self.evaluate(case, on, only))
        used = self._used(read, "household"), self._used(read, "person")
        homes = self.homes.frame.select(list(used[0]))
        people = self.people.frame.select(list(used[1]))
        schema = {name: kind for name, kind in rule.schema().items() if name != rule.needs}
        schema |= {_NEEDS: pl.Int64, KIND: pl.Int64, _MISFIT: pl.Boolean, _REFUSED: pl.Boolean}
        cells: list[dict[str, Any]] = []
        of = (kinds.first, kinds.homes, kinds.places)
        for kind, row, home, place in zip(left, *(each.gather(left) for each in of), strict=True):
            members = [row] if of_person else []
            if read.members:
                members = self.subjects.members.of_one(home)
            told = single.of(
                homes.row(home, named=True) if homes.width else {},
                [people.row(each, named=True) if people.width else {} for each in members],
                *used,
                self.day_of(home),
            )
            if isinstance(told, InputError):
                told = None
            cell: dict[str, Any] = {_NEEDS: 0, KIND: kind, _MISFIT: False, _REFUSED: told is None}
            if told is not None:
                outcome = told[rule.name, place if of_person else None]
                cell[_NEEDS] = self._number(outcome.needs)
                try:
                    cell |= rule.single(outcome)
                except ValueError:
                    cell[_MISFIT] = True
            cells.append(cell)
        columns = {name: [cell.get(name) for cell in cells] for name in schema}
        return pl.DataFrame(columns, schema=schema)

    def _used(self, read: Reads, subject: Entity) -> dict[str, Input]:
        """The columns of a frame, with their inputs, that single cases of a rule need."""
        population = self.people if subject == "person" else self.homes
        together = separate_cases(self.program.inputs)
        return {
            name: entry
            for name, entry in population.inputs.items()
            if not read.facts.isdisjoint(
                (subject, each.name) for each in together.get((subject, name), (entry,))
            )
        }

    def _number(self, needs: tuple[Need, ...]) -> int:
        """The number of what is missing; equal ones have one."""
        return self._numbers.setdefault(needs, len(self._numbers))

    def _spread(self, rule: Written, read: Reads, kinds: _Kinds, found: pl.DataFrame) -> Told:
        """The outcomes of all rows of each kind."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        of_kind = found.sort(KIND)
        outcomes = of_kind[kinds.kinds]
        misfits = kinds.rows.filter(outcomes[_MISFIT])
        refused = kinds.rows.filter(outcomes[_REFUSED])
        of_person = rule.definition.subject == "person"
        if of_person:
            refused = self.belongs.gather(refused)
        needs = outcomes[_NEEDS]
        place = pl.repeat(0, len(needs), dtype=pl.Int64, eager=True)
        if of_person and not read.members:  # the person at hand was the only one of the case
            place = self.subjects.members.places.gather(kinds.rows)
        groups, first = kinds_of([needs, place.alias(_PLACE)], len(needs))
        met = list(self._numbers)
        texts = [
            [self.need_path(_moved(need, at) if at else need) for need in met[number]]
            for number, at in zip(needs.gather(first), place.gather(first), strict=True)
        ]
        paths = pl.Series(texts, dtype=pl.List(pl.String)).gather(groups)
        columns = outcomes.with_columns(paths.alias(rule.needs)).select(list(rule.schema()))
        said = ~(outcomes[_MISFIT] | outcomes[_REFUSED])
        columns = columns.select(only_where(pl.lit(said), pl.col(name)) for name in columns.columns)
        return Told(kinds.rows, columns, misfits, refused.unique())


def _need(mark: Mark, place: int) -> Need | None:
    """What is missing, by a mark of a plan."""
    match mark:
        case "household", name:
            return None, name
        case "person", name:
            return place, name
        case "parameters", name:
            return "parameters", name
        case _:
            return None


def _moved(need: Need, place: int) -> Need:
    return (place, need[1]) if need[0] == 0 else need
