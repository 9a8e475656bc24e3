"""Tokens of time that stand only behind certain others."""

from __future__ import annotations

import re
from fractions import Fraction

from policyrules.source import Span
from policyrules.syntax.cursor import Cursor
from policyrules.syntax.numbers import read_quantity, read_unit

_BESIDE = re.compile(
    r"底前|(?P<kind>[以之]?[前后])(?![0-9０-９一二三四五六七八九十])(?:[（(](?P<no>不?)含.*?[）)])?"
)
_DAYS = frozenset({"NAME", "THE_DATE", "PERIOD_END", "REACHED"})
_HALF_YEAR = re.compile(r"half[ -]years?\b|半年")


def beside_date(at: Cursor, offset: int) -> int | None:
    """底前, 前（含当日）, 之后 behind a date, or behind the name of one: 在登记日期之后.

    之前 and 之后 leave the day itself out; of 前, 后, 以前 and 以后 the author has to say it.
    """
    if at.last != "DATE" and not (at.last in _DAYS and _opened(at)):
        return None
    match = _BESIDE.match(at.text, offset, at.limit)
    if match is None:
        return None
    word, no = match.group("kind", "no")
    if word is None:
        return at.add("END_BEFORE", True, offset, match.end())
    if no is None and not word.startswith("之"):
        at.context.report.add("PR402", Span(at.line.source, offset, match.end()))
    kind = "BEFORE" if word.endswith("前") else "BEHIND"
    return at.add(kind, no == "", offset, match.end())


def _opened(at: Cursor) -> bool:
    """Whether 在 stands before the name of a date, outside a deadline (在公示后7日内)."""
    kinds = [token.type for token in at.tokens[-4:-1]]
    return at.context.block != "DEADLINE" and "AT" in kinds


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
