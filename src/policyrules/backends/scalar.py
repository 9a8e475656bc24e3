"""One case, exactly: the evaluator that all others have to agree with."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from attrs import evolve

from policyrules.backends.closures import Compiler
from policyrules.backends.deciding import Deciding, bench_of
from policyrules.backends.hulls import (
    Needs,
    Path,
    by_person,
    combined,
    follow_benefit,
    follow_figure,
    followed,
)
from policyrules.backends.paths import Code, Decisions, Member, Owner, Run
from policyrules.ir.facts import Facts, Outcome
from policyrules.ir.nodes import Definition, Expr, Program

_DAYS_KEPT, _CHOICES_KEPT = 8, 64
# An outcome and the paths that it is the hull of.
Told = tuple[Outcome, tuple[Path, ...]]


class Evaluator:
    """Evaluates a program for one case at a time; never fails for facts that fit its inputs."""

    def __init__(self, program: Program, compiler: type[Compiler] = Compiler) -> None:
        self.program = program
        self._definitions = {entry.name: entry for entry in program.definitions}
        self.needs = Needs(program.inputs)
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
        if not (found.discretion or by_person(paths)):
            return found
        deciding = Deciding(self.value, definition, run.facts, member)
        benches = (bench for path in paths for bench, _ in deciding.on(path.decisions))
        return evolve(found, benches=tuple(dict.fromkeys(benches)))

    def combined(self, definition: Definition, paths: tuple[Path, ...]) -> Outcome:
        """The outcome that one or more paths of a definition are together.

        Who decides is told where that is the same in every case.
        """
        benches = self._benches.get(definition.name, ())
        return combined(definition.what, definition.kind, paths, self.needs, benches)

    def _paths(self, definition: Definition, run: Run, member: Member) -> tuple[Path, ...]:
        compiler = self._compiler(run.facts.on)
        if definition.what == "benefit":
            holds, amount = compiler.benefit(definition)
            return followed(partial(follow_benefit, holds, amount, member), run)
        code = compiler.code(definition.value)
        return followed(partial(follow_figure, code, definition.kind, member), run)
