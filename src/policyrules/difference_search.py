"""The comparison of two results of a case, outcome by outcome."""

from __future__ import annotations

from attrs import evolve

from policyrules.backends.scalar import Evaluator
from policyrules.case import AGE
from policyrules.difference import Changed, Difference
from policyrules.difference_causes import appeared, causes
from policyrules.difference_sides import Side
from policyrules.ir.facts import Facts
from policyrules.ir.nodes import Program
from policyrules.results import Result

Pair = tuple[Result, Result]


def difference(before: Program, after: Program, results: Pair) -> Difference:
    """Every outcome of either result; of those that changed, through what."""
    programs = before, after
    keys = dict.fromkeys((*results[0].keys(), *results[1].keys()))
    return Difference(
        before=results[0],
        after=results[1],
        outcomes=tuple(_changed(key, programs, results) for key in keys),
    )


def _changed(key: tuple[str, str], programs: tuple[Program, Program], results: Pair) -> Changed:
    there = [key in result for result in results]
    old, new = (
        result[key] if known else None for result, known in zip(results, there, strict=True)
    )
    known = new or old
    assert known is not None
    found = Changed(
        name=key[0],
        of=key[1],
        label=known.words.label,
        subject=known.words.subject,
        before=old,
        after=new,
    )
    if found.same:
        return found
    if not all(there):
        return evolve(found, causes=(appeared(known.words.label, there=there[1]),))
    before, after = (
        _side(program, result, key) for program, result in zip(programs, results, strict=True)
    )

    def matters(member: int) -> bool:
        return _differs(before, after.facts, member) or _differs(after, before.facts, member)

    return evolve(found, causes=causes(before, after, age_matters=matters))


def _side(program: Program, result: Result, key: tuple[str, str]) -> Side:
    name, member = result.find(key)
    return Side(program, result.facts, name, member, result[key].explain().root)


def _differs(side: Side, others: Facts, member: int) -> bool:
    """Whether an outcome would be another one with the age that a member has in the other facts."""
    members = list(side.facts.members or ())
    age = (others.members or ())[member][AGE.name]
    members[member] = {**members[member], AGE.name: age}
    evaluator = Evaluator(side.program)
    found, swapped = (
        evaluator.outcome(facts, side.name, side.member)
        for facts in (side.facts, evolve(side.facts, members=tuple(members)))
    )
    return found != swapped
