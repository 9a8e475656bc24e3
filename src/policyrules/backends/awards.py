"""Whether an amount that an official has chosen lies inside the range that the rules grant.

Of a case with gaps every completion has a range of its own. An award is lawful whatever is missing
if it lies in all of them, unlawful if it lies in none.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import frozen

from policyrules.backends.paths import Owner
from policyrules.backends.scalar import Evaluator, Path
from policyrules.ir.facts import Facts
from policyrules.ir.grants import granting
from policyrules.ir.nodes import Program
from policyrules.ir.ranges import basis_of, ends

Verdict = Literal["lawful", "unlawful", "depends", "open"]
Position = Literal["within", "below", "above", "not due"]


@frozen
class Judgement:
    """What the rules say of an award.

    `verdict` is `depends` where what is missing may decide, `open` if the rules leave the amount to
    be decided by other means. `position` is where it lies in every completion, None if that differs
    or is not known. `low` and `high` are the ends of the amounts that are lawful
    whatever is missing; both None if there are none, or nothing is said of them.
    """

    verdict: Verdict
    position: Position | None = None
    low: Fraction | None = None
    high: Fraction | None = None


def judge(program: Program, facts: Facts, name: str, member: Owner, amount: Fraction) -> Judgement:
    """Whether a benefit may be awarded with this amount, in the unit of the benefit."""
    paths = Evaluator(program).paths(facts, name, member)
    found = {_position(path, amount) for path in paths}
    if found == {None}:
        return Judgement("open")
    low, high = _lawful_anyway(program, facts, name, member, paths) or (None, None)
    if low is not None and low <= amount and (high is None or amount <= high):
        return Judgement("lawful", "within", low, high)
    if found.isdisjoint({None, "within"}):
        return Judgement("unlawful", found.pop() if len(found) == 1 else None, low, high)
    return Judgement("depends", None, low, high)


def _position(path: Path, amount: Fraction) -> Position | None:
    """Where an award lies on a path; within also where it may be; None if nothing is said of it."""
    if path.status in ("not eligible", "not in force"):
        return "not due"
    if path.status != "eligible":
        return None
    low, high = ends(path.value)
    if low is not None and amount < low:
        return "below"
    return "above" if high is not None and amount > high else "within"


def _lawful_anyway(
    program: Program, facts: Facts, name: str, member: Owner, paths: tuple[Path, ...]
) -> tuple[Fraction, Fraction | None] | None:
    """What is lawful in every completion, the upper end open if none is stated; None if nothing is.

    The least that a completion grants is at most what the rules give with the least of every range,
    and the most at least what they give with the most of every range. So each completion grants all
    from the highest of the one to the lowest of the other.
    """
    if any(path.status != "eligible" for path in paths):
        return None
    if any("missing" in basis_of(path.value) for path in paths):
        least = Evaluator(granting(program, "least")).paths(facts, name, member)
        most = Evaluator(granting(program, "most")).paths(facts, name, member)
        if any(path.status != "eligible" for path in (*least, *most)):
            return None
        lows = [ends(path.value)[1] for path in least]
        highs = [ends(path.value)[0] for path in most]
        if None in highs:
            return None  # without a bound on what is missing
    else:
        lows = [ends(path.value)[0] for path in paths]
        highs = [ends(path.value)[1] for path in paths]
    stated = [low for low in lows if low is not None]
    if len(stated) < len(lows):
        return None
    low, high = max(stated), min((end for end in highs if end is not None), default=None)
    return None if high is not None and low > high else (low, high)
