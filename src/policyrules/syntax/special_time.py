"""Tokens of time that stand only behind certain others."""

from __future__ import annotations

import re
from fractions import Fraction

from policyrules.syntax.cursor import Cursor
from policyrules.syntax.numbers import read_quantity, read_unit

_HALF_YEAR = re.compile(r"half[ -]years?\b|半年")


def completed_step(at: Cursor, offset: int) -> int | None:
    """What is to be completed: `year`, `2 years`, 半年, 5000元."""
    half = _HALF_YEAR.match(at.text, offset, at.limit)
    if half:
        return at.add("QUANTITY", (Fraction(1, 2), "year"), offset, half.end())
    quantity = read_quantity(at.text, offset, at.context.names.units)
    if quantity and quantity.end <= at.limit and quantity.value[1]:
        return at.add("QUANTITY", quantity.value, offset, quantity.end)
    unit = read_unit(at.text, offset, at.limit, at.context.names.units)
    return at.add("QUANTITY", (Fraction(1), unit.value), offset, unit.end) if unit else None
