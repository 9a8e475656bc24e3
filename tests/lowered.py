"""What a plan in whole numbers says of a case, in the words of the evaluator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen
from whole_numbers import values

from policyrules.backends.hulls import CAP, Path
from policyrules.ir.exact import Figure
from policyrules.ir.facts import Facts, Outcome, Value
from policyrules.ir.lower import OPENED, STATUSES, Lowered, Planned
from policyrules.ir.lowering import Column
from policyrules.ir.nodes import Input, Program, Subject
from policyrules.ir.operators import FIRST_DAY, NEVER
from policyrules.ir.ranges import spread
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
    program: Program, *, complete: Iterable[str] = (), far: int = FAR
) -> dict[tuple[Subject, str], Column]:
    """A column for every input that is in no list; no number is farther than `far` yuan or so."""
    return {
        (entry.subject, entry.name): _column(entry, entry.name in complete, int(far / PART))
        for entry in program.inputs
        if entry.collection is None
    }


def _column(entry: Input, complete: bool, far: int) -> Column:
    match entry.kind:
        case "number":
            low = -far if entry.low is None else int(entry.low / PART // 1)
            high = far if entry.high is None else int(-(-entry.high / PART // 1))
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
    roots = [node for planned in lowered.outcomes.values() for node in nodes_of(planned)]
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


def nodes_of(planned: Planned) -> Iterable[Node]:
    """All that must be worked out for an outcome."""
    yield from (planned.question, planned.valued)
    yield planned.status
    yield from planned.marks.values()
    if planned.value is not None:
        yield planned.value
    if planned.extent is not None:
        extent = planned.extent
        for figure in (extent.low, extent.high):
            yield from (figure.whole, *figure.by)
        yield from (
            extent.low_open,
            extent.high_open,
            extent.discretion,
            extent.unstated,
            extent.missing,
        )


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


def paths(
    program: Program, facts: Facts, lowered: Lowered, name: str, who: int | None
) -> tuple[Path, ...] | None:
    """The paths of an outcome that a plan follows; None where it leaves the case open."""
    planned = lowered.outcomes[name]
    household = row_of(facts.household, lowered)
    members = [row_of(member, lowered) for member in facts.members or ({},)]
    kind = next(entry.kind for entry in program.definitions if entry.name == name)
    done: list[Path] = []
    pending: list[Row] = [{}]
    while pending:
        decided = pending.pop()
        found = values(nodes_of(planned), {**household, **decided}, members)
        asked = found[planned.question][who or 0]
        if asked:
            question = lowered.questions[asked - 1]
            for answer in reversed(question.answers):
                decision = bool(answer) if question.is_truth else answer
                pending.append({**decided, question.column: decision})
            continue
        path = _path(planned, found, who, kind, lowered)
        if path is None:
            return None
        done.append(path)
        assert len(done) + len(pending) <= CAP
    return tuple(done)


def _path(
    planned: Planned, found: dict[Node, list[Any]], who: int | None, kind: str, lowered: Lowered
) -> Path | None:
    at = who or 0
    status: Any = STATUSES[found[planned.status][at]]
    if status == OPENED:
        return None
    value: Any = None
    if found[planned.valued][at]:
        value = _value(planned, found, at)
        if kind == "choice":
            value = {code: word for word, code in lowered.choices.items()}[value]
    trail: list[Any] = []
    for mark, noted in planned.marks.items():
        if found[noted][at] and (isinstance(mark, str) or mark[0] != "silent"):
            owner = {"household": None, "person": at, "parameters": "parameters"}
            trail.append(mark if isinstance(mark, str) else (owner[mark[0]], mark[1]))
    return Path(status, value, tuple(trail), {})


def _value(planned: Planned, found: dict[Node, list[Any]], at: int) -> Any:
    extent = planned.extent
    if extent is None:
        assert planned.value is not None
        return found[planned.value][at]
    low = None if found[extent.low_open][at] else _number(extent.low, found, at)
    high = None if found[extent.high_open][at] else _number(extent.high, found, at)
    reasons = {
        "discretion": extent.discretion,
        "not stated": extent.unstated,
        "missing": extent.missing,
    }
    basis: Any = frozenset(name for name, node in reasons.items() if found[node][at])
    assert basis or low == high
    return spread(low, high, basis)


def of_evaluator(outcome: Outcome) -> Answer:
    """An outcome of the evaluator, as far as it is compared."""
    if outcome.status not in ("eligible", "known"):
        return Answer(outcome.status)
    return Answer(outcome.status, outcome.low, outcome.high, outcome.value, outcome.discretion)
