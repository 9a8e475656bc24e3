"""One case, exactly: the evaluator that all others have to agree with.

What is missing is followed along every path (`paths.py`); an outcome is the hull of what its paths
give. Beyond 4,096 paths one loose run bounds it instead.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, partial, reduce
from typing import Any

from attrs import evolve, frozen

from policyrules.backends.closures import Compiler
from policyrules.backends.deciding import Deciding, bench_of
from policyrules.backends.paths import (
    Code,
    Decisions,
    Mark,
    Member,
    Open,
    Owner,
    Run,
    Stop,
    explore,
)
from policyrules.ir.facts import Facts, Need, Outcome, Status, field_of
from policyrules.ir.nodes import Definition, Entity, Expr, Program
from policyrules.ir.ranges import (
    MISSING,
    NONE,
    Extent,
    Range,
    basis_of,
    ends,
    hull,
)

CAP = 4096
LOOSE = "loose bound"
_ZERO = Fraction(0)
_OPEN = frozenset({"not stated", "conflict", "manual"})
_UNBOUNDED = frozenset({"conflict", "manual"})  # what is not stated may have bounds of its own
_FROM_ZERO = Range(_ZERO, None, MISSING)
_ANYTHING = Range(None, None, MISSING)
_DAYS_KEPT, _CHOICES_KEPT = 8, 64
Result = tuple[Status, Extent | None, bool | str | int | None]


@frozen
class Path:
    """How an outcome comes out under one set of decisions, and what was read on the way."""

    status: Status
    value: Any
    trail: tuple[Mark, ...]
    decisions: Decisions


# An outcome and the paths that it is the hull of.
Told = tuple[Outcome, tuple[Path, ...]]


class Evaluator:
    """Evaluates a program for one case at a time; never fails for facts that fit its inputs."""

    def __init__(self, program: Program, compiler: type[Compiler] = Compiler) -> None:
        self.program = program
        self._definitions = {entry.name: entry for entry in program.definitions}
        self._order = {
            (entry.subject, entry.name): place for place, entry in enumerate(program.inputs)
        }
        self._lists = {
            entry.collection.name: self._order[entry.subject, entry.name]
            for entry in reversed(program.inputs)
            if entry.collection is not None
        }
        # Where one line always says who decides, no case is looked at for it.
        self._benches = {
            entry.name: (always,)
            for entry in program.definitions
            if (always := bench_of(entry)) is not None
        }
        self._compiler = lru_cache(maxsize=_DAYS_KEPT)(partial(compiler, program))
        self._wanted = lru_cache(maxsize=_CHOICES_KEPT)(self._own)

    def outcomes(
        self, facts: Facts, only: frozenset[str] | None = None
    ) -> dict[tuple[str, Owner], Outcome]:
        """The outcome of each own definition, of a person's for every member; in written order.

        `only` names those that are wanted.
        """
        return {key: outcome for key, (outcome, _) in self.told(facts, only).items()}

    def told(
        self, facts: Facts, only: frozenset[str] | None = None
    ) -> dict[tuple[str, Owner], Told]:
        """The same outcomes, each with the paths that it is the hull of."""
        run = Run(facts, {})
        everyone: tuple[Owner, ...] = tuple(range(len(facts.members or ())))
        return {
            (entry.name, member): self._told(entry, run, member)
            for entry in self._wanted(only)
            for member in (everyone if entry.subject == "person" else (None,))
        }

    def outcome(self, facts: Facts, name: str, member: Member = None) -> Outcome:
        """The outcome of one definition, for the household or for one of its members."""
        return self._told(self._definitions[name], Run(facts, {}), member)[0]

    def paths(self, facts: Facts, name: str, member: Member = None) -> tuple[Path, ...]:
        """Every path that an outcome is the hull of; one loose path if there are too many."""
        return self._paths(self._definitions[name], Run(facts, {}), member)

    def run(self, facts: Facts, decisions: Decisions) -> Run:
        """A run along one path, in which single expressions can be asked for their value."""
        return Run(facts, decisions)

    def value(self, run: Run, expr: Expr, member: Member = None) -> Any:  # noqa: ANN401 - any kind
        """The value of any expression of the program in a run.

        What the path of the run never read may raise `Open`, what has no value `Stop`.
        """
        return self.code_of(run.facts.on)(expr)(run, member)

    def code_of(self, on: int) -> Callable[[Expr], Code]:
        """What gives the functions of expressions as they stand on a day."""
        return self._compiler(on).code

    def _own(self, only: frozenset[str] | None) -> tuple[Definition, ...]:
        own = (entry for entry in self.program.definitions if entry.own)
        return tuple(entry for entry in own if only is None or entry.name in only)

    def _told(self, definition: Definition, run: Run, member: Member) -> Told:
        paths = self._paths(definition, run, member)
        return self._of(definition, run, member, paths), paths

    def _of(
        self, definition: Definition, run: Run, member: Member, paths: tuple[Path, ...]
    ) -> Outcome:
        """The outcome that paths have, with those who decide what it leaves to be decided."""
        found = self.combined(definition, paths)
        if not definition.grants or found.benches:
            return found
        if not (found.discretion or _by_person(paths)):
            return found
        deciding = Deciding(self.value, definition, run.facts, member)
        benches = (bench for path in paths for bench, _ in deciding.on(path.decisions))
        return evolve(found, benches=tuple(dict.fromkeys(benches)))

    def combined(self, definition: Definition, paths: tuple[Path, ...]) -> Outcome:
        """The outcome that one or more paths of a definition are together.

        Who decides is told where that is the same in every case.
        """
        if definition.what == "benefit":
            status, extent, value = _benefit(paths)
        elif definition.kind == "number":
            status, extent, value = _number(paths)
        else:
            status, extent, value = _single(paths)
        if status in _UNBOUNDED and definition.what != "benefit":
            status = "undetermined"  # only a payment contradicts itself, or is a person's to decide
        low, high = (None, None) if extent is None else ends(extent)
        basis = extent.basis if isinstance(extent, Range) else NONE
        noted = paths[0].trail or len(paths) > 1
        discretion = "discretion" in basis
        decided = discretion or _by_person(paths)
        return Outcome(
            status=status,
            what=definition.what,
            kind=definition.kind,
            low=low,
            high=high,
            value=value,
            discretion=discretion,
            missing="missing" in basis or status == "undetermined",
            flags=_flags(paths) if noted else (),
            needs=self._needs(paths, status) if noted else (),
            benches=self._benches.get(definition.name, ()) if decided else (),
        )

    def _paths(self, definition: Definition, run: Run, member: Member) -> tuple[Path, ...]:
        follow = _follow_benefit if definition.what == "benefit" else _follow_figure
        compiler = self._compiler(run.facts.on)

        try:
            return (follow(compiler, definition, run, member),)  # mostly nothing is open
        except Open as question:
            first = question

        def along(decisions: Decisions) -> Path:
            on = Run(run.facts, decisions, memo=run.memo)
            return follow(compiler, definition, on, member)

        found = explore(along, first, run.memo, CAP)
        if found is None:
            loose = Run(run.facts, {}, loose=True)
            path = follow(compiler, definition, loose, member)
            found = (Path(path.status, path.value, (*path.trail, LOOSE), {}),)
        return found

    def _needs(self, paths: tuple[Path, ...], status: Status) -> tuple[Need, ...]:
        needs = {mark for path in paths for mark in path.trail if isinstance(mark, tuple)}
        if status != "undetermined":
            needs = {need for need in needs if need[0] != "parameters"}
        return tuple(sorted(needs, key=self.place))

    def place(self, need: Need) -> tuple[int, int, int, str]:
        """Where a need stands: first the household's, then each member's, then the parameters."""
        match need:
            case (None, "members"):
                return 1, 0, 0, ""
            case (None, name):
                return 0, 0, *self._named("household", name)
            case (int() as member, name):
                return 2, member, *self._named("person", name)
            case (_, name):
                return 3, 0, 0, name

    def _named(self, subject: Entity, name: str) -> tuple[int, str]:
        """Inputs in their order, a list before its records, these one by one."""
        record = field_of(name)
        if record is None and (subject, name) in self._order:
            return self._order[subject, name], ""
        known, index, place = record or (name, -1, "")
        first = self._lists[known]
        order = self._order[subject, place] - first if place else 0
        return first, f"{index + 1:08}{order:04}"


def _follow_benefit(compiler: Compiler, definition: Definition, run: Run, member: Member) -> Path:
    """Whether the benefit is due on this path, then how much."""
    run.begin()
    holds, amount = compiler.benefit(definition)
    try:
        due = holds(run, member)
        if due is False:
            return _loosely(run, None) if run.may_stop else _path(run, "not eligible", None)
        paid = amount(run, member)
    except Stop as found:
        if not run.loose:
            return _path(run, found.status, None)
        run.may_stop |= {found.status}
        return _loosely(run, None)
    stated = not isinstance(paid, Range) or "not stated" not in paid.basis
    if run.loose and not (due and stated and not run.may_stop):
        return _loosely(run, paid if stated else hull(paid, _FROM_ZERO))
    return _path(run, "eligible", paid) if stated else _path(run, "not stated", None)


def _loosely(run: Run, paid: Extent | None) -> Path:
    """What a loose run says of a payment: it may have no bound where some completion has none."""
    if not run.may_stop.isdisjoint(_OPEN):
        paid = _FROM_ZERO if paid is None else hull(paid, _FROM_ZERO)
    return _path(run, "undetermined", paid)


def _follow_figure(compiler: Compiler, definition: Definition, run: Run, member: Member) -> Path:
    """The value of what is no benefit on this path."""
    run.begin()
    try:
        value = compiler.code(definition.value)(run, member)
    except Stop as found:
        return _path(run, "undetermined" if run.loose else found.status, None)
    stated = not isinstance(value, Range) or "not stated" not in value.basis
    if definition.kind == "number" and not run.may_stop.isdisjoint(_UNBOUNDED):
        value = hull(value, _ANYTHING)
    if run.loose and not (value is not None and stated and not run.may_stop):
        return _path(run, "undetermined", value)
    return _path(run, "known" if stated else "not stated", value)


def _path(run: Run, status: Status, value: Any) -> Path:  # noqa: ANN401 - of any kind
    return Path(status, value, tuple(run.trail), run.decisions)


def _by_person(paths: tuple[Path, ...]) -> bool:
    """Whether some path leads to what a person decides."""
    return any(path.status == "manual" for path in paths)


def _benefit(paths: tuple[Path, ...]) -> Result:
    """The hull of the amounts where all paths agree on the status, else a bound from 0."""
    if len(paths) == 1 and paths[0].status != "undetermined":
        return paths[0].status, paths[0].value, None
    status = _common(paths)
    amounts: list[Extent] = [path.value for path in paths if path.value is not None]
    match status:
        case "eligible":
            return status, reduce(hull, amounts), None
        case "undetermined":
            if any(path.status in _OPEN for path in paths):
                amounts.append(_FROM_ZERO)
            return status, reduce(hull, [_ZERO, *amounts]), None
        case _:
            return status, None, None


def _number(paths: tuple[Path, ...]) -> Result:
    """The hull of the values; a number that is open only to discretion is known."""
    status = _common(paths)
    values: list[Extent] = [path.value for path in paths if path.value is not None]
    if status not in ("known", "undetermined") or not values:
        return status, None, None
    if any(path.status in _UNBOUNDED for path in paths):
        values.append(_ANYTHING)
    extent = reduce(hull, values)
    return "undetermined" if "missing" in basis_of(extent) else status, extent, None


def _single(paths: tuple[Path, ...]) -> Result:
    """The truth, choice or day on which all paths agree."""
    status = _common(paths)
    if status != "known":
        return status, None, None
    values = [path.value for path in paths]
    if isinstance(values[0], Range) or any(value != values[0] for value in values):
        return "undetermined", None, None
    return "known", None, values[0]


def _common(paths: tuple[Path, ...]) -> Status:
    first = paths[0].status
    if len(paths) == 1 or all(path.status == first for path in paths):
        return first
    return "undetermined"


def _flags(paths: tuple[Path, ...]) -> tuple[str, ...]:
    flags = [mark for path in paths for mark in path.trail if isinstance(mark, str)]
    return tuple(dict.fromkeys(flags))
