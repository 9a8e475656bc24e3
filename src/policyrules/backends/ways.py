"""The way in which a figure came about: which cases, rows, caps and members made it what it is.

Two cases of which all facts but one agree are in the same band if their amounts came about in the
same way. A run of a `Watcher` notes the ways on its trail. One fact may stand for many values at
once; what differs between them is then `VARIES`, or ends the run with `Turns` where a path would
have to decide it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction
from typing import Any

from attrs import define, evolve

from policyrules.backends.closures import Compiler
from policyrules.backends.combinators import Piece, comparison
from policyrules.backends.paths import Code, Member, Reach, Run, Taken, subject_of
from policyrules.ir.nodes import Apply, Definition, Over, Variable
from policyrules.ir.ranges import Extent, Range, basis_of, higher, lower
from policyrules.ir.ranges_linear import (
    LINEAR,
    ROUNDING,
    Compare,
    less_linear,
    open_throughout,
    rounded,
)
from policyrules.ir.ranges_time import EXTENTS

VARIES = "varies"
_ZERO = Fraction(0)
# What counts in whole numbers jumps where they do; of rounding, the rules say that it is none.
_COUNTING = frozenset({"floor_divide", "completed_years", "completed_months"})


class Turns(Exception):
    """Whether a condition holds is not the same for all values that are tried at once."""


@define
class Watcher(Compiler):
    """Compiles the expressions of a program so that runs note the ways of their figures.

    What is read only to decide a condition is no way of a figure; the condition itself decides.
    """

    def benefit(self, entry: Definition) -> tuple[Code, Code]:
        """Whether a benefit is due, without ways, and how much is then paid."""
        due, paid = super().benefit(entry)
        return _unnoted(due), paid

    def variable(self, node: Variable) -> Piece:
        """A fact; an age that is counted from a birth date is a way."""
        piece = super().variable(node)
        if node.name != "age" or node.subject != "person":
            return piece
        number = self._number(node)

        def code(run: Run, member: Member) -> object:
            value = piece.code(run, member)
            birth = run.fact(subject_of(member, Reach.PERSON), "birth date")
            if birth is not None and not _is_of_any(birth):
                _note_count(run, Taken(number, subject_of(member, Reach.PERSON)), value)
            return value

        return evolve(piece, code=code)

    def apply(self, node: Apply, operands: tuple[Piece, ...]) -> Piece:
        """An operator; of a choice, which case counts is a way."""
        if node.operator == "select" and operands[0].constant is None:
            test, then, otherwise = operands
            reach = max(operand.reach for operand in operands)
            taken = _taking(then.code, self._number(node), reach)
            operands = evolve(test, code=_unnoted(test.code)), evolve(then, code=taken), otherwise
        return super().apply(node, operands)

    def over(self, node: Over, body: Piece | None, condition: Piece | None) -> Piece:
        """An aggregate; who counts is a way, and who has the highest or lowest figure."""
        number = self._number(node)
        if condition is not None and node.function not in ("any", "every"):
            condition = evolve(condition, code=_counting(condition.code, number))
        if node.function in ("highest", "lowest") and body is not None:
            figures: list[tuple[Member, Extent]] = []
            kept = evolve(body, code=_keeping(body.code, figures))
            piece = super().over(node, kept, condition)
            best = _best(piece.code, figures, number, highest=node.function == "highest")
            return evolve(piece, code=best)
        return super().over(node, body, condition)

    def _operator(self, node: Apply, operands: tuple[Piece, ...], reach: Reach) -> Code:
        codes = [operand.code for operand in operands]
        number = self._number(node)
        match node.operator:
            case "less" | "equal" as name:
                return comparison(_settled(LINEAR[name]), codes, number, reach)
            case "minimum" | "maximum" as name:
                return _extreme(codes, number, reach, highest=name == "maximum")
            case "drop_below" | "lift_to" as name:
                return _small(name, codes, number, reach)
            case name if name in ROUNDING:
                return lambda run, member: rounded(name, *[code(run, member) for code in codes])
            case name if name in _COUNTING:
                return _counted(super()._operator(node, operands, reach), number, reach)
            case _:
                return super()._operator(node, operands, reach)


def _taking(then: Code, number: int, reach: Reach) -> Code:
    """The value of a case that counts."""

    def code(run: Run, member: Member) -> object:
        run.trail.append(Taken(number, subject_of(member, reach)))
        return then(run, member)

    return code


def _unnoted(condition: Code) -> Code:
    """A condition without the ways of the figures that it was decided by."""

    def code(run: Run, member: Member) -> object:
        start = len(run.trail)
        value = condition(run, member)
        if len(run.trail) > start:
            run.trail[start:] = [mark for mark in run.trail[start:] if not isinstance(mark, Taken)]
        return value

    return code


def _counting(condition: Code, number: int) -> Code:
    """Whether somebody counts, which is a way of the figure that they count for."""
    asked = _unnoted(condition)

    def code(run: Run, member: Member) -> object:
        counts = asked(run, member)
        if counts:
            run.trail.append(Taken(number, member))
        return counts

    return code


def _settled(compare: Compare) -> Compare:
    """A comparison that turns for none of the values that are tried at once."""

    def code(left: Extent, right: Extent) -> bool | None:
        known = compare(left, right)
        if known is None and not open_throughout(left, right):
            raise Turns
        return known

    return code


def _way(known: bool | None, left: Extent, right: Extent) -> Hashable:
    """How a comparison came out, as a way."""
    return known if known is not None or open_throughout(left, right) else VARIES


def _extreme(codes: list[Code], number: int, reach: Reach, *, highest: bool) -> Code:
    """The largest or smallest of several, and which of them it is; of equal ones the first."""

    def code(run: Run, member: Member) -> Extent:
        first, *others = [code(run, member) for code in codes]
        best, way = _picked(first, enumerate(others, 1), highest=highest)
        run.trail.append(Taken(number, subject_of(member, reach), way))
        return best

    return code


def _picked(
    best: Extent, others: Iterable[tuple[Hashable, Extent]], *, highest: bool, first: Hashable = 0
) -> tuple[Extent, Hashable]:
    way = first
    for name, value in others:
        left, right = (best, value) if highest else (value, best)
        ahead = less_linear(left, right)
        if ahead:
            best, way = value, name
        elif ahead is None:
            way = _way(None, left, right)
            best = higher(best, value) if highest else lower(best, value)
    return best, way


def _small(name: str, codes: list[Code], number: int, reach: Reach) -> Code:
    """A small amount that is not paid, or paid as more, and whether it is one."""

    def code(run: Run, member: Member) -> Any:  # noqa: ANN401 - a number
        value, least = codes[0](run, member), codes[1](run, member)
        under, positive = less_linear(value, least), less_linear(_ZERO, value)
        ways = [_way(under, value, least)]
        if name == "lift_to":
            ways.append(_way(positive, _ZERO, value))
        way = VARIES if VARIES in ways else tuple(ways)
        run.trail.append(Taken(number, subject_of(member, reach), way))
        if under is False or (name == "lift_to" and positive is False):
            return value
        if under and (name == "drop_below" or positive):
            return _ZERO if name == "drop_below" else least
        return EXTENTS[name](value, least)

    return code


def _counted(whole: Code, number: int, reach: Reach) -> Code:
    """How many whole times or years are counted, which is a way."""

    def code(run: Run, member: Member) -> Extent:
        value: Extent = whole(run, member)
        _note_count(run, Taken(number, subject_of(member, reach)), value)
        return value

    return code


def _note_count(run: Run, taken: Taken, value: Extent) -> None:
    way: Hashable = value
    if isinstance(value, Range):
        way = VARIES if "varied" in basis_of(value) else None
    run.trail.append(evolve(taken, way=way))


def _is_of_any(birth: object) -> bool:
    """Whether a birth date is one of all that go with ages that are tried."""
    return isinstance(birth, Range) and "missing" in birth.basis


def _keeping(body: Code, figures: list[tuple[Member, Extent]]) -> Code:
    """The figure of each one who counts, kept aside."""

    def code(run: Run, member: Member) -> object:
        value = body(run, member)
        figures.append((member, value))
        return value

    return code


def _best(
    extreme: Code, figures: list[tuple[Member, Extent]], number: int, *, highest: bool
) -> Code:
    """The highest or lowest figure, and whose it is; of equal ones the first one's."""

    def code(run: Run, member: Member) -> Any:  # noqa: ANN401 - what the figures are
        figures.clear()
        value = extreme(run, member)
        if figures:
            (who, first), *others = figures
            _, way = _picked(first, others, highest=highest, first=who)
            run.trail.append(Taken(number, subject_of(member, Reach.PERSON), way))
        return value

    return code
