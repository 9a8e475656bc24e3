"""One population: its plan, the single cases beside it, and the columns of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field, frozen

from policyrules.backends.columns import HOUSEHOLD, name_of, work_out
from policyrules.case_python import plain
from policyrules.case_values import read_date
from policyrules.columns_ages import with_ages
from policyrules.columns_alike import members_of
from policyrules.columns_frames import Bad, Grouped
from policyrules.columns_gaps import Evaluate, Gaps, Outcomes
from policyrules.columns_paths import Subjects
from policyrules.columns_plans import Made, Plans
from policyrules.columns_reading import ROW, TABLE_WORDS, Population, day_of
from policyrules.columns_slow import OneByOne
from policyrules.columns_writing import Amounts, Written, cells_of, form_of, only_where, overlaid
from policyrules.diagnostics import Diagnostic, Fact, InputError, Report, near, shown
from policyrules.ir.lowering import DATE, Column
from policyrules.ir.nodes import Program

if TYPE_CHECKING:
    import polars as pl

_MISFIT, _LEFT = "#misfit ", "#left "


@frozen
class _Single:
    """A household that was evaluated by itself, with the rows of its members."""

    told: Outcomes | None
    members: tuple[int, ...]


@define
class Run:
    """The evaluation of one population; `bad` are the rows that cannot be evaluated."""

    plans: Plans
    evaluate: Evaluate
    need_path: Callable[[Any], str]
    ordered: Grouped
    people: Population
    homes: Population
    on: str | date | None
    amounts: Amounts
    bad: list[Bad] = field(factory=list)
    _told: dict[str, pl.DataFrame] = field(factory=dict)
    _answered: dict[str, pl.Series] = field(factory=dict)
    _days: list[Any] | None = None
    _day: date | None = None

    @property
    def program(self) -> Program:
        """Whose rules are evaluated."""
        return self.plans.program

    def work(self, wanted: frozenset[str] | None) -> None:
        """Work out the plan of all rows, then what it leaves open, then what is beyond plans."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        self.bad += self.ordered.bad
        rules = [
            Written(entry, form_of(entry, self.amounts))
            for entry in self.program.definitions
            if entry.own and (wanted is None or entry.name in wanted)
        ]
        days = self._read_days()
        self.people = self._with_ages(days)
        wrong = [found.row for found in self.ordered.bad if found.table == "households"]
        everyone = ~self._marked(wrong)
        odd = everyone & self._odd(days)
        usable = everyone & ~odd
        self._plan(rules, days, usable)
        odd = odd | self._marked(self._fill_gaps(rules, days, usable))
        single = self._one_by_one(odd, wanted)
        for rule in rules:
            cells = self._cells_of(rule, single)
            columns = {name: [row[name] for row in cells.values()] for name in rule.schema()}
            told = pl.DataFrame(columns, schema=rule.schema())
            self._tell(rule, told, pl.Series(list(cells), dtype=pl.Int64))

    def _tell(self, rule: Written, outcomes: pl.DataFrame, rows: pl.Series) -> None:
        """Note the outcomes of some rows of the subject of a rule."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        height = self._frame(rule.definition.subject).height
        begun = self._told.get(rule.name)
        if begun is None and (len(rows) < height or not rows.is_sorted()):
            begun = pl.DataFrame(schema=rule.schema()).clear(height)
        self._told[rule.name] = outcomes if begun is None else overlaid(begun, outcomes, rows)

    def result(self, subject: str) -> pl.DataFrame:
        """The frame of a subject with the outcomes beside its own columns."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        of = {rule.name for rule in self.program.definitions if rule.subject == subject}
        told = [columns for name, columns in self._told.items() if name in of]
        return pl.concat([self._frame(subject), *told], how="horizontal")

    def _frame(self, subject: str) -> pl.DataFrame:
        return self.ordered.persons if subject == "person" else self.ordered.households

    def _read_days(self) -> pl.Series | None:
        """The days of the households, where they are in a column; else there is one for all."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        place = "persons" if self.program.about == "person" else "households"
        frame = self._frame("person" if place == "persons" else "household")
        if not isinstance(self.on, str) or self.on not in frame.columns:
            self._day = _the_day(self.on, place, frame.columns)
            return None
        if frame[self.on].dtype not in (pl.Date, pl.String):
            raise InputError([Diagnostic("PR688", f"{place}.{self.on}", {"name": self.on})])
        self._days = frame[self.on].to_list()
        return day_of(frame[self.on])

    def _with_ages(self, days: pl.Series | None) -> Population:
        """The persons with their ages, where the day is known."""
        if days is not None:
            return with_ages(self.people, days.gather(self.ordered.belongs))
        assert self._day is not None
        return with_ages(self.people, self._day.toordinal())

    def _plan(self, rules: list[Written], days: pl.Series | None, usable: pl.Series) -> None:
        """Tell what the plan of complete rows answers."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        on = None if self._day is None else self._day.toordinal()
        made: tuple[Made, ...] = ()
        if len(self.ordered.peopled):
            made = self.plans.complete(rules, self._held(), on)
        for of, group, rows, homes in self._worked_out(made, days):
            columns = [pl.col(ROW)]
            for each in group:
                answers = each.answers
                columns += each.rule.planned(answers, each.choices)
                columns.append(answers.misfit.alias(_MISFIT + each.rule.name))
                columns.append(cells_of(each.opened).alias(_LEFT + each.rule.name))
            found = of.lazy().select(columns).collect()
            one = pl.Series([[]], dtype=pl.List(pl.String))
            nothing = one.new_from_index(0, found.height)
            by_name = {column.name: column for column in found}
            for each in group:
                self._plan_told(each.rule, by_name, nothing, (rows, homes, usable))

    def _plan_told(
        self,
        rule: Written,
        found: dict[str, pl.Series],
        nothing: pl.Series,
        of: tuple[pl.Series, pl.Series, pl.Series],
    ) -> None:
        """Tell what the plan says of a rule; of no row it lacks anything."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        rows, homes, usable = of
        misfit, left = found[_MISFIT + rule.name], found[_LEFT + rule.name]
        told = rule.columns(found, nothing)
        if misfit.any():
            for row in rows.filter(misfit & usable.gather(homes)).to_list():
                self._too_exact(rule, row)
        if misfit.any() or left.any():
            told = told.select(
                only_where(pl.lit(~(misfit | left)), pl.col(column)) for column in told.columns
            )
        self._tell(rule, told, rows)
        self._answered[rule.name] = rows.filter(~left) if left.any() else rows

    def _fill_gaps(
        self, rules: list[Written], days: pl.Series | None, usable: pl.Series
    ) -> list[int]:
        """Tell what the plan leaves open; the households that are no cases at all."""
        left: dict[str, pl.Series] = {}
        of_person = usable.gather(self.ordered.belongs).fill_null(value=False)
        for rule in rules:
            rows = of_person if rule.definition.subject == "person" else usable
            answered = self._answered.get(rule.name)
            if answered is not None and len(answered) == len(rows):
                continue
            if answered is not None and len(answered):
                rows = rows.clone().scatter(answered, values=False)
            if rows.any():
                left[rule.name] = rows.arg_true()
        if not left:
            return []
        refused: list[int] = []
        gaps = self._gaps(list(left), days)
        for rule in rules:
            if rule.name in left:
                told = gaps.told(rule, left[rule.name])
                self._tell(rule, told.outcomes, told.rows)
                refused += told.refused.to_list()
                for row in told.misfits.sort().to_list():
                    self._too_exact(rule, row)
        return refused

    def _gaps(self, names: list[str], days: pl.Series | None) -> Gaps:
        """What tells of rows with gaps, of some rules."""
        homes = (
            self.homes.cells if days is None else self.homes.cells.with_columns(days.alias(DATE))
        )
        on = None if self._day is None else self._day.toordinal()
        return Gaps(
            self.program,
            self.evaluate,
            self.need_path,
            self.people,
            self.homes,
            self.ordered.belongs,
            Subjects(self.people.cells, homes, members_of(self.ordered)),
            self.plans.following(tuple(names), self._held(), on),
            lambda home: self._day if self._days is None else self._days[home],
        )

    def _held(self) -> dict[Any, Column]:
        """How the population holds each input."""
        columns: dict[Any, Column] = {
            ("person", name): column for name, column in self.people.columns().items()
        }
        return columns | {("household", name): each for name, each in self.homes.columns().items()}

    def _worked_out(
        self, made: tuple[Made, ...], days: pl.Series | None
    ) -> Iterator[tuple[pl.DataFrame, list[Made], pl.Series, pl.Series]]:
        """The nodes of plans by their subject, the rows that they are for, and their households."""
        peopled, held = self.ordered.peopled, self.ordered.belongs.is_not_null()
        places = self.ordered.belongs
        if len(peopled) < self.ordered.households.height:
            places = peopled.search_sorted(places)
        persons = self.people.cells.with_columns(places.alias(HOUSEHOLD))
        if not held.all():
            persons = persons.filter(held)
        homes = self.homes.cells
        if len(peopled) < homes.height:
            homes = homes[peopled]
        if days is not None:
            homes = homes.with_columns(days[peopled].alias(DATE))
        of_persons, of_homes = work_out(
            [node for each in made for node in each.nodes], persons, homes
        )
        of_home = [each for each in made if each.rule.definition.subject != "person"]
        if of_home:
            yield _whole([homes[ROW], *of_homes]), of_home, peopled, peopled
        of_person = [each for each in made if each.rule.definition.subject == "person"]
        if of_person:
            # What is the same for all of a household is there once.
            names = {name_of(node) for each in of_person for node in each.nodes}
            shared = sorted(names.intersection(of_homes.columns))
            gathered = [of_homes[name].gather(persons[HOUSEHOLD]) for name in shared]
            of = _whole([persons[ROW], *of_persons, *gathered])
            yield of, of_person, held.arg_true(), self.ordered.belongs.filter(held)

    def _marked(self, places: pl.Series | list[int]) -> pl.Series:
        """Which households are among some."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        found = pl.repeat(value=False, n=self.ordered.households.height, eager=True)
        return found.scatter(places, values=True) if len(places) else found

    def _odd(self, days: pl.Series | None) -> pl.Series:
        """The households of which a cell is beyond plans."""
        odd = self._marked(self.ordered.belongs.filter(self.people.odd).drop_nulls())
        if self.program.about != "person":
            odd = odd | self.homes.odd
        return odd if days is None else odd | days.is_null()

    def _one_by_one(self, slow: pl.Series, wanted: frozenset[str] | None) -> dict[int, _Single]:
        """The households that are evaluated by themselves, and what is wrong with their facts."""
        if not slow.any():
            return {}
        members: dict[int, list[int]] = {row: [] for row in slow.arg_true().to_list()}
        theirs = slow.gather(self.ordered.belongs).fill_null(value=False).arg_true()
        for row, home in zip(theirs, self.ordered.belongs.gather(theirs), strict=True):
            members[home].append(row)
        people = self.people.frame.select(list(self.people.inputs))
        homes = self.homes.frame.select(list(self.homes.inputs))
        single = OneByOne(self.program.about, lambda case, on: self.evaluate(case, on, wanted))
        found: dict[int, _Single] = {}
        for home, rows in members.items():
            told = single.of(
                homes.row(home, named=True) if homes.width else {},
                [people.row(row, named=True) if people.width else {} for row in rows],
                self.homes.inputs,
                self.people.inputs,
                self._day if self._days is None else self._days[home],
            )
            if isinstance(told, InputError):
                self._note(told, home, rows)
                told = None
            found[home] = _Single(told, tuple(rows))
        return found

    def _note(self, error: InputError, home: int, rows: list[int]) -> None:
        """Note the problems of a case as those of the rows that it was made of."""
        for problem in error.diagnostics:
            table, row, path = "households", home, str(problem.place)
            if self.program.about == "person":
                table, row = "persons", rows[0]
            for number, member in enumerate(rows):
                if path.startswith(f"household.members[{number}]"):
                    table, row = "persons", member
            name = path.rpartition(".")[2] if "." in path else path
            if path == "on" and self._days is not None:
                name = str(self.on)  # the column that holds the days
            moved = evolve(problem, place=f"{table}[{row}].{name}")
            self.bad.append(Bad(table, row, moved))

    def _cells_of(self, rule: Written, single: dict[int, _Single]) -> dict[int, dict[str, Any]]:
        """The cells of an outcome in the rows of single cases."""
        cells: dict[int, dict[str, Any]] = {}
        of_person = rule.definition.subject == "person"
        for home, each in single.items():
            places = list(enumerate(each.members)) if of_person else [(None, home)]
            for member, row in places:
                cells[row] = dict.fromkeys(rule.schema())
                outcome = None if each.told is None else each.told[rule.name, member]
                if outcome is None:
                    continue
                needs = [self.need_path(need) for need in outcome.needs]
                try:
                    cells[row] = rule.single(outcome) | {rule.needs: needs}
                except ValueError:
                    self._too_exact(rule, row)
        return cells

    def _too_exact(self, rule: Written, row: int) -> None:
        """Note that a number is more exact than its form."""
        table = "persons" if rule.definition.subject == "person" else "households"
        facts = {"name": rule.definition.label}
        self.bad.append(Bad(table, row, Diagnostic("PR699", f"{table}[{row}].{rule.name}", facts)))


def _whole(columns: list[pl.Series]) -> pl.DataFrame:
    """A frame of columns, each in one piece: else Polars copies all of them to align them."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    return pl.DataFrame([column.rechunk() for column in columns])


def _the_day(on: object, table: str, columns: list[str]) -> date:
    """The day that was given for all; raises `InputError` where it is none."""
    report = Report()
    day = None if on is None else read_date(plain(on), "on", report)
    if day is not None:
        return day
    if on is None:
        report.add("PR627", "on")
    elif isinstance(on, str) and report.diagnostics[0].code == "PR614":
        facts: dict[str, Fact] = {"name": shown(on), "table": TABLE_WORDS[table]}
        raise InputError([Diagnostic("PR670", "on", facts, hint=near(on, columns))])
    raise InputError(report.diagnostics)
