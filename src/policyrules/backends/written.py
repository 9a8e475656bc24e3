"""What a module that is written from a ruleset is made of, beside the parts of its expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from attrs import frozen

from policyrules.backends.combinators import (
    NEVER_ASKED,
    Piece,
    always,
    computed,
    operator_code,
    reach_of,
    shared,
)
from policyrules.backends.hulls import (
    Needs,
    Path,
    combined,
    follow_benefit,
    follow_figure,
    followed,
)
from policyrules.backends.paths import Member, Owner, Run
from policyrules.ir.facts import Facts, Outcome, What
from policyrules.ir.nodes import Entity, Kind

# A part of the rules, made for a day; those of the last days asked for are kept.
Part = Callable[[int], Piece]
per_day = lru_cache(maxsize=8)


@frozen
class Rule:
    """A rule of a ruleset: when it holds (benefits only, None is always), and what it gives."""

    name: str
    subject: Entity
    what: What
    kind: Kind
    figure: Part
    holds: Part | None = None


def op(
    operator: str,
    *operands: Piece,
    kind: Kind = "number",
    number: int = NEVER_ASKED,
    often: bool = False,
) -> Piece:
    """An operator on its operands; `number` is what a path knows its question by."""
    found = computed(operator, operands, kind)
    if found is not None:
        return found
    reach = reach_of(operands)
    code = operator_code(operator, operands, number, reach)
    return shared(code, number, reach) if often else Piece(code, reach)


def outcomes(
    rules: tuple[Rule, ...], needs: Needs, facts: Facts
) -> Iterator[tuple[str, Owner, Outcome]]:
    """The outcome of each rule, of a person's for every member; in written order."""
    run = Run(facts, {})
    everyone: tuple[Owner, ...] = tuple(range(len(facts.members or ())))
    for rule in rules:
        for member in everyone if rule.subject == "person" else (None,):
            paths = _paths(rule, run, member)
            yield rule.name, member, combined(rule.what, rule.kind, paths, needs)


def _paths(rule: Rule, run: Run, member: Member) -> tuple[Path, ...]:
    figure = rule.figure(run.facts.on).code
    if rule.what != "benefit":
        return followed(partial(follow_figure, figure, rule.kind, member), run)
    holds = always(value=True) if rule.holds is None else rule.holds(run.facts.on).code
    return followed(partial(follow_benefit, holds, figure, member), run)
