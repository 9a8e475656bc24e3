"""The places of a case that can be filled in: what may stand there, and the facts with an answer.

A spot is a missing fact, the members as such, a list as such (both by their number), or a value
that the document does not state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from random import Random

from attrs import evolve, field, frozen

from policyrules.backends.paths import MEMBERS, Key
from policyrules.ir.bounds import fits
from policyrules.ir.facts import MOST_MEMBERS, Facts, Need, Record, Value, field_of
from policyrules.ir.nodes import (
    Collection,
    Constant,
    Definition,
    Expr,
    Input,
    NotStated,
    Program,
    Reference,
    Variable,
)
from policyrules.ir.operators import NEVER, completed_years
from policyrules.ir.simplify import specialise_expression
from policyrules.ir.walk import nodes

AGE, BIRTH_DATE = "age", "birth date"
COUNTS = (Fraction(1), Fraction(2), Fraction(3))  # of members
RECORDS = (Fraction(0), Fraction(1), Fraction(2))
_MORE = tuple(Fraction(number) for number in (4, 5, 6, 8, 12, 30, MOST_MEMBERS))
_FIGURES = 48
_LADDER = tuple(Fraction(10**power) for power in range(7))
_BEYOND = 1000  # times the largest figure of the rules is larger than any threshold made of them
_DAYS_BACK = (0, 1, 30, 200, 400, 1100, 3700, 6600, 12000, 22000, 24000, 30000)
_DAYS_ON = (1, 20, 45, 400)
_OLDEST_BIRTH = 54_000  # days


@frozen
class Cell:
    """A value that the document does not state: of which parameter, and where in its table."""

    name: str
    keys: tuple[str, ...] = ()


Spot = Need | Cell


@frozen
class Spots:
    """The spots of a program's cases on a day, and what is tried for each."""

    program: Program
    on: int
    _trials: dict[tuple[object, ...], tuple[Value, ...]] = field(factory=dict, eq=False)

    @cached_property
    def _inputs(self) -> Mapping[tuple[str, str], Input]:
        return {(entry.subject, entry.name): entry for entry in self.program.inputs}

    @cached_property
    def _lists(self) -> Mapping[tuple[str, str], Collection]:
        found = (entry.collection for entry in self.program.inputs)
        return {(of.subject, of.name): of for of in found if of is not None}

    @cached_property
    def _expressions(self) -> tuple[Expr, ...]:
        """All that the rules of the program say on the day."""
        exprs = (
            expr
            for rule in self.program.definitions
            for expr in (rule.value, rule.holds, rule.amount)
            if expr is not None
        )
        whole = (specialise_expression(expr, self.on) for expr in exprs)
        return tuple({id(node): node for expr in whole for node in nodes(expr)}.values())

    @cached_property
    def cells(self) -> Mapping[str, tuple[Cell, ...]]:
        """The values that are not stated on the day, by the name of their parameter."""
        found: dict[str, dict[Cell, None]] = {}
        for node in self._expressions:
            match node:
                case Constant(NotStated(name=name, keys=keys)) if name:
                    found.setdefault(name, {})[Cell(name, keys)] = None
                case Variable(name=name, subject="parameters"):
                    found.setdefault(name, {})[Cell(name)] = None
        return {name: tuple(cells) for name, cells in found.items()}

    def rules_below(self, rules: Iterable[Definition]) -> tuple[Definition, ...]:
        """The rules themselves and all that they rest on, in written order."""
        by_name = {rule.name: rule for rule in self.program.definitions}
        pending, found = [rule.name for rule in rules], set[str]()
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                rule = by_name[name]
                exprs = (expr for expr in (rule.value, rule.holds, rule.amount) if expr is not None)
                read = (node for expr in exprs for node in nodes(expr))
                pending += [node.name for node in read if isinstance(node, Reference)]
        return tuple(rule for rule in self.program.definitions if rule.name in found)

    def spots(self, need: Need) -> tuple[Spot, ...]:
        """The spots at which a need is met: itself, or the cells of a parameter."""
        return self.cells.get(need[1], ()) if need[0] == "parameters" else (need,)

    def silent(self, cell: Cell) -> NotStated:
        """What the document says of a value that it does not state."""
        for node in self._expressions:
            match node:
                case Constant(NotStated(name=cell.name, keys=cell.keys) as value):
                    return value
        return NotStated(name=cell.name)

    def declared(self, spot: Spot) -> Input | None:
        """The input whose value is missing; None for members, lists and cells."""
        match spot:
            case (None, "members") | Cell():
                return None
            case (owner, name):
                subject = "household" if owner is None else "person"
                record = None if (subject, name) in self._inputs else field_of(name)
                return self._inputs.get((subject, record[2] if record else name))

    def listed(self, spot: Spot) -> Collection | None:
        """The list whose number of records is missing; None for all else."""
        match spot:
            case Cell():
                return None
            case (owner, name):
                return self._lists.get(("household" if owner is None else "person", name))

    def crowds(self, spot: Spot) -> tuple[Value, ...]:
        """The larger numbers of members or records that are tried where all else is known."""
        return _MORE if spot == MEMBERS or self.listed(spot) is not None else ()

    def discrete(self, spot: Spot) -> bool:
        """Whether every permitted answer can be followed."""
        entry = self.declared(spot)
        return entry is not None and entry.kind in ("truth", "choice")

    def trials(self, spot: Spot, facts: Facts) -> tuple[Value, ...]:
        """What is tried for a spot: all permitted answers, of a number the ends come first."""
        entry = self.declared(spot)
        if entry is not None and entry.name == BIRTH_DATE:
            return self._births(spot, facts)
        key = (spot,) if entry is None else (entry.subject, entry.name)
        if key not in self._trials:
            self._trials[key] = tuple(dict.fromkeys(self._tried(spot, entry)))
        return self._trials[key]

    def _tried(self, spot: Spot, entry: Input | None) -> Iterator[Value]:
        match entry:
            case None if spot == MEMBERS:
                yield from COUNTS
            case None if isinstance(spot, Cell):
                silent = self.silent(spot)
                name = spot.name
                figure = Input(
                    name=name,
                    label=self.program.title,
                    subject="household",
                    kind="number",
                    low=Fraction(0) if silent.low is None else silent.low,
                    high=silent.high,
                    low_excluded=silent.low_excluded,
                    high_excluded=silent.high_excluded,
                )
                yield from self._numbers(figure)
            case None:
                yield from RECORDS
            case Input(kind="truth"):
                yield from (True, False)
            case Input(kind="choice"):
                yield from (value for value, _ in entry.values)
            case Input(kind="date"):
                yield from self._days(entry)
            case _:
                yield from self._numbers(entry)

    def _numbers(self, entry: Input) -> Iterator[Fraction]:
        """The ends of the domain, then what lies between, around the figures of the rules."""
        top = max(self._figures) * _BEYOND
        least = -top if entry.low is None else entry.low
        most = max(least + top, top) if entry.high is None else entry.high
        step = Fraction(1) if entry.whole or most - least > 1 else (most - least) / 100
        if entry.low_excluded:
            least += step
        if entry.high_excluded:
            most -= step
        tried = (least, most, (least + most) / 2, *self._around, *_LADDER)
        yield from (figure for figure in tried if fits(entry, figure))

    @cached_property
    def _figures(self) -> tuple[Fraction, ...]:
        values = (node.value for node in self._expressions if isinstance(node, Constant))
        found = sorted(
            {abs(value) for value in values if isinstance(value, Fraction)} | {_LADDER[2]}
        )
        apart = -(-len(found) // _FIGURES)
        return tuple(found[::-1][::apart])

    @cached_property
    def _around(self) -> tuple[Fraction, ...]:
        return tuple(figure + step for figure in self._figures for step in (-1, 0, 1))

    def _days(self, entry: Input) -> Iterator[int]:
        written = (
            node.value
            for node in self._expressions
            if isinstance(node, Constant) and node.kind == "date" and isinstance(node.value, int)
        )
        days = [self.on - back for back in _DAYS_BACK] + [self.on + later for later in _DAYS_ON]
        days += [day + step for day in written if day != NEVER for step in (-1, 0, 1)]
        yield from (day for day in days if fits(evolve(entry, whole=False), Fraction(day)))
        yield NEVER

    def _births(self, spot: Spot, facts: Facts) -> tuple[Value, ...]:
        """Days of birth that go with the age, if that is known."""
        assert not isinstance(spot, Cell)
        owner = spot[0]
        assert isinstance(owner, int)
        known = (facts.members or ())[owner].get(AGE)
        if not isinstance(known, Fraction):
            return tuple(self.on - back for back in (*_DAYS_BACK, _OLDEST_BIRTH))
        youngest = self.on - int(known * 365)  # some leap days too late, at most
        days = range(youngest, youngest - 2 * 365, -1)
        fitting = [day for day in days if completed_years(day, self.on) == known]
        return fitting[0], fitting[-1], fitting[len(fitting) // 2]

    def some(self, spot: Spot, facts: Facts, drawn: Random) -> Value:
        """Any of what is tried, the ends of a number more often than the rest."""
        trials = self.trials(spot, facts)
        if not self.discrete(spot) and drawn.random() * 2 < 1:
            trials = trials[:2]
        return drawn.choice(trials)


def told(facts: Facts, spot: Spot, value: Value) -> Facts:
    """The facts with an answer; of members and lists it is their number."""
    match spot:
        case Cell(name, keys):
            assert isinstance(value, Fraction)
            return evolve(facts, parameters={**facts.parameters, (name, keys): value})
        case (None, "members"):
            assert isinstance(value, Fraction)
            return evolve(facts, members=({},) * int(value))
        case (int() as owner, name):
            members = list(facts.members or ())
            own = {**members[owner], name: value}
            if name == BIRTH_DATE and isinstance(value, int):
                own[AGE] = completed_years(value, facts.on)
            members[owner] = own
            return evolve(facts, members=tuple(members))
        case (_, name):
            return evolve(facts, household={**facts.household, name: value})


def spot_of(key: Key) -> Spot | None:
    """The missing fact that a path decides under a key; None if it decides something else."""
    name, member = key
    if not isinstance(name, str):
        return None
    return (member.owner, member.fact(name)) if isinstance(member, Record) else (member, name)
