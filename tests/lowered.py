"""What a plan in whole numbers says of a case, in the words of the evaluator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen
from whole_numbers import values

from policyrules.ir.exact import Figure
from policyrules.ir.facts import Facts, Outcome, Value
from policyrules.ir.lower import OPENED, STATUSES, Lowered, Planned
from policyrules.ir.lowering import Column, Columns
from policyrules.ir.nodes import Input, Program, Subject
from policyrules.ir.operators import FIRST_DAY, NEVER
from policyrules.ir.whole_nodes import Node

Row = dict[str, int | bool | None]
PART = Fraction(1, 10**6)
FAR = 10**24


@frozen
class Answer:
    """What is compared of an outcome."""

    status: str
    low: Fraction | None = None
    high: Fraction | None = None
    value: bool | str | int | None = None
    discretion: bool = False


def columns_for(
    program: Program, *, complete: Iterable[str] = ()
) -> dict[tuple[Subject, str], Column]:
    """A column for every input that is in no list."""
    return {
        (entry.subject, entry.name): _column(entry, complete=entry.name in complete)
        for entry in program.inputs
        if entry.collection is None
    }


def _column(entry: Input, *, complete: bool) -> Column:
    match entry.kind:
        case "number":
            low = -FAR if entry.low is None else int(entry.low / PART // 1)
            high = FAR if entry.high is None else int(-(-entry.high / PART // 1))
            return Column(PART, low, high, complete)
        case "date":
            return Column(Fraction(1), FIRST_DAY, NEVER, complete)
        case _:
            return Column(Fraction(1), 0, 10**6, complete)


def row_of(facts: Mapping[str, Value], lowered: Lowered) -> Row:
    """The facts of a subject as a population holds them."""
    return {name: _cell(value, lowered) for name, value in facts.items()}


def _cell(value: Value, lowered: Lowered) -> int | bool | None:
    match value:
        case bool():
            return value
        case str():
            return lowered.choices[value]
        case Fraction():
            whole = value / PART
            assert whole.denominator == 1
            return int(whole)
        case day:
            return day


def answers(
    program: Program, facts: Facts, lowered: Lowered
) -> dict[tuple[str, int | None], Answer]:
    """The answer of each planned outcome; what is left open has the status `OPENED`."""
    assert facts.members is not None
    household = row_of(facts.household, lowered)
    members = [row_of(member, lowered) for member in facts.members]
    roots = [node for planned in lowered.outcomes.values() for node in _nodes(planned)]
    found = values(roots, household, members)
    subjects = {entry.name: entry.subject for entry in program.definitions}
    kinds = {entry.name: entry.kind for entry in program.definitions}
    words = {code: word for word, code in lowered.choices.items()}
    return {
        (name, who if subjects[name] == "person" else None): _answer(
            planned, found, who, kinds[name], words
        )
        for name, planned in lowered.outcomes.items()
        for who in (range(len(members)) if subjects[name] == "person" else (0,))
    }


def _nodes(planned: Planned) -> Iterable[Node]:
    yield planned.status
    yield from planned.flags.values()
    if planned.value is not None:
        yield planned.value
    if planned.extent is not None:
        extent = planned.extent
        for figure in (extent.low, extent.high):
            yield from (figure.whole, *figure.by)
        yield from (extent.low_open, extent.high_open, extent.discretion, extent.unstated)


def _answer(
    planned: Planned, found: dict[Node, list[Any]], who: int, kind: str, words: dict[int, str]
) -> Answer:
    status = STATUSES[found[planned.status][who]]
    if status not in ("eligible", "known"):
        return Answer(status)
    if planned.extent is None:
        assert planned.value is not None
        value = found[planned.value][who]
        return Answer(status, value=words[value] if kind == "choice" else value)
    extent = planned.extent
    low = None if found[extent.low_open][who] else _number(extent.low, found, who)
    high = None if found[extent.high_open][who] else _number(extent.high, found, who)
    return Answer(status, low, high, discretion=bool(found[extent.discretion][who]))


def _number(figure: Figure, found: dict[Node, list[Any]], who: int) -> Fraction:
    value = found[figure.whole][who] * figure.part
    for divisor in figure.by:
        value /= found[divisor][who]
    return value


def of_evaluator(outcome: Outcome) -> Answer:
    """An outcome of the evaluator, as far as it is compared."""
    if outcome.status not in ("eligible", "known"):
        return Answer(outcome.status)
    return Answer(outcome.status, outcome.low, outcome.high, outcome.value, outcome.discretion)


__all__ = ["OPENED", "Answer", "Columns", "answers", "columns_for", "of_evaluator"]
