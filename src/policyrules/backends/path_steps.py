"""The paths that differ because something is missing: which are told, and what of each."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from policyrules.backends.hulls import Path
from policyrules.backends.parts import CASES
from policyrules.backends.paths import Member
from policyrules.backends.steps import Step, Term
from policyrules.ir.ranges import Range, basis_of, ends

SHOWN_PATHS = 4


def groups(paths: tuple[Path, ...]) -> list[list[Path]]:
    """The paths by what they give, in the order in which they were followed."""
    groups: dict[tuple[str, object], list[Path]] = {}
    for path in paths:
        groups.setdefault((path.status, path.value), []).append(path)
    return list(groups.values())


def telling(groups: list[list[Path]]) -> list[list[Path]]:
    """At most a handful: the lowest and highest result, one of each status, then the first ones."""
    figures = [
        number
        for number, (path, *_) in enumerate(groups)
        if isinstance(path.value, Fraction | Range)
    ]
    lows = {number: ends(groups[number][0].value)[0] for number in figures}
    highs = {number: ends(groups[number][0].value)[1] for number in figures}
    first = min(figures, key=lambda n: (lows[n] is not None, lows[n] or 0), default=None)
    last = max(figures, key=lambda n: (highs[n] is None, highs[n] or 0), default=None)
    statuses = {group[0].status: number for number, group in reversed(list(enumerate(groups)))}
    wanted = [first, last, *statuses.values(), *range(len(groups))]
    chosen = [number for number in dict.fromkeys(wanted) if number is not None]
    return [groups[number] for number in sorted(chosen[:SHOWN_PATHS])]


def assumed(steps: list[Step], whose: Member = None) -> Iterator[Term]:
    """What a path assumes beside missing answers: comparisons, and tests of unknown members."""
    for step in steps:
        who = step.members[0] if len(step.members) == 1 else whose
        if step.needs and step.value is not None and step.kind == "truth":
            yield Term(
                operator=step.role, kind="truth", name=step.name, value=step.value, state="assumed"
            )
        for term in step.terms:
            if term.state == "assumed" and (term.operands or term.operator == "others"):
                named = (evolve(each, whose=who) if each.name else each for each in term.operands)
                yield evolve(term, operands=tuple(named))
            yield from _counting(term)
        yield from assumed(list(step.because), who)


def _counting(term: Term) -> Iterator[Term]:
    """Whether anybody counts for the highest or lowest figure of unknown members."""
    if term.operator in ("highest", "lowest") and term.state == "missing":
        counts = "not stated" not in basis_of(term.value)
        yield Term(operator="counted", kind="truth", name=term.name, value=counts, state="assumed")
    for below in term.operands:
        yield from _counting(below)


def lost_anyway(paths: list[Step]) -> list[Step]:
    """Cases that are lost on every path, whatever it assumes."""
    first, others = paths[0].because if paths else (), paths[1:]
    return [
        step
        for step in first
        if step.role in CASES and step.lost and all(step in path.because for path in others)
    ]


def once(paths: list[Step], told: list[Step]) -> Iterator[Step]:
    """The paths without what was told before them, and each open comparison stated once."""
    compared: set[tuple[Term, ...]] = set()
    for path in paths:
        kept = [
            step
            for step in path.because
            if step not in told
            and not (step.role == "condition" and step.terms[0].operands in compared)
        ]
        terms = (term for step in path.because for term in step.terms)
        compared |= {term.operands for term in terms if term.state == "assumed" and term.operands}
        yield evolve(path, because=tuple(kept))


def repeats(step: Step) -> bool:
    """Whether a step says nothing but what its path assumes or gives anyway."""
    if step.role == "otherwise":
        return step.mode == "nothing"
    if step.role == "figure":
        return step.terms[0].role == "number"
    if step.role in CASES:
        return step.lost and not step.factors and all(repeats(below) for below in step.because)
    if step.role == "condition":
        leading = (term.operands[0] if term.operator == "is" else term for term in step.terms)
        plain = all(below.role == "input" for below in step.because)
        return plain and all(term.state == "assumed" for term in leading)
    return step.role in ("all", "any") and all(repeats(below) for below in step.because)
