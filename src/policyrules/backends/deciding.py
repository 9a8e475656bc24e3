"""Who decides within the range that a rule grants, as far as a path of a case tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from policyrules.backends.paths import Decisions, Mark, Member, Run, Stop
from policyrules.backends.steps import Step, Term
from policyrules.ir.facts import Bench, Facts
from policyrules.ir.nodes import Definition, Expr
from policyrules.ir.ranges import MISSING, Range, ends
from policyrules.source import Text

_ANYTHING = Range(None, None, MISSING)


@frozen
class Deciding:
    """The grants of one rule for one subject of a case; `value` asks an evaluator."""

    value: Callable[[Run, Expr, Member], Any]
    rule: Definition
    facts: Facts
    member: Member

    def on(self, decisions: Decisions) -> Iterator[tuple[Bench, tuple[Mark, ...]]]:
        """Each grant that may hold on a path, with what was read for it.

        The first that holds hides those after it.
        """
        for grant in self.rule.grants:
            holds, read = (True, []) if grant.when is None else self._value(grant.when, decisions)
            if holds is not False:
                found = [self._value(level.above, decisions) for level in grant.levels]
                begins = tuple(_ANYTHING if figure is None else figure for figure, _ in found)
                # Where two lines say the same it does not matter which of them holds.
                bench = Bench(evolve(grant, when=None), begins)
                yield bench, (*read, *(mark for _, marks in found for mark in marks))
            if holds:
                return

    def _value(self, expr: Expr, decisions: Decisions) -> tuple[Any, list[Mark]]:
        """What a path settles of an expression, None if nothing, and what was read for it."""
        run = Run(self.facts, decisions, loose=True)
        try:
            found = self.value(run, expr, self.member)
        except Stop:
            return None, run.trail
        return (None if run.may_stop else found), run.trail


def bench_of(rule: Definition) -> Bench | None:
    """Who decides in every case; None if that depends on the case, or nobody is named."""
    said = {evolve(grant, when=None) for grant in rule.grants}
    always = any(grant.when is None for grant in rule.grants)
    if len(said) != 1 or not always or any(grant.levels for grant in said):
        return None
    return Bench(said.pop())


def decided(bench: Bench, rule: Definition) -> Step:
    """The step that tells who decides, in which steps, and from where on who else."""
    grant = bench.grant
    levels = zip(grant.levels, bench.begins, strict=True)
    return Step(
        role="decided",
        name=grant.by,
        value=grant.step,
        unit=rule.unit,
        own=rule.subject,
        factors=grant.factors,
        open_list=grant.factors_open,
        terms=tuple(
            Term(
                operator=">=" if level.included else ">",
                name=level.by,
                value=begins,
                unit=rule.unit,
            )
            for level, begins in levels
        ),
    )


def deciders(bench: Bench, amount: Fraction) -> Iterator[Text | None]:
    """Who may decide on an amount, the highest level first; None where the rule does not say."""
    levels = [*zip(bench.grant.levels, bench.begins, strict=True)]
    for level, begins in reversed(levels):
        least, most = ends(begins)
        if least is None or level.takes(amount, least):
            yield level.by
        if most is not None and level.takes(amount, most):
            return
    yield bench.grant.by
