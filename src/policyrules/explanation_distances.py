"""How far a figure is from what it is compared with."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

from policyrules.backends.steps import Comparison, Term
from policyrules.types.dates import NEVER

_COMPARED = get_args(Comparison)


def distance(term: Term) -> Fraction | int | None:
    """What the left side of a comparison is above (or, negative, below) the right one.

    Days are an `int`, figures a `Fraction` in the unit of both sides. None for what is no
    comparison, and where a side is not known exactly.
    """
    if term.operator not in _COMPARED or not term.operands:
        return None
    left, right = (side.value for side in term.operands)
    match left, right:
        case bool(), _:
            return None
        case (Fraction(), Fraction()) | (int(), int()):
            never = NEVER.toordinal()
            apart: Fraction | int = left - right
            return None if isinstance(apart, int) and never in (left, right) else apart
        case _:
            return None


def in_unit(term: Term) -> str:
    """The canonical unit of both sides of a comparison; empty for plain numbers."""
    return next((side.unit for side in term.operands if side.unit), "")
