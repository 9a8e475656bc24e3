"""Places inside documents: `notice 2(3)1`, 答复函 二（三）1, 第四条第二款, `act schedule 1`.

A place is a list of levels, compared by value: `section 4`, 四 and 第四条 are the same.
"""

from __future__ import annotations

import re

from policyrules.syntax.names import Entry
from policyrules.syntax.numbers import han_numeral
from policyrules.syntax.words import Table

Levels = tuple[int | str, ...]

_HAN = "零〇一二三四五六七八九十百"
_LEVEL = re.compile(
    rf"[ 　]*(?:(?P<annex>附件|附表|附录|schedule|annex|appendix)[ 　]*|"
    rf"(?:sections?|articles?|art\.|paragraph|para\.|item|point)[ ]*|第?[（(]|第|\.)?"
    rf"(?P<number>[0-9０-９]+|[{_HAN}]+)[）)]?[条款项目章节]?",
    re.IGNORECASE,
)


def read_levels(text: str, offset: int, limit: int) -> tuple[Levels, int]:
    """The levels of a place from an offset on, and the offset behind them."""
    levels: list[int | str] = []
    while match := _LEVEL.match(text, offset, limit):
        digits = match.group("number")
        value = han_numeral(digits) if digits[0] in _HAN else int(digits)
        if value is None:
            break
        if match.group("annex"):
            levels.append("annex")
        levels.append(int(value))
        offset = match.end()
    return tuple(levels), offset


def read_citation(
    text: str, offset: int, limit: int, sources: Table[Entry]
) -> tuple[str, Levels, int] | None:
    """A declared document with the place in it; the name as written where it is not declared."""
    found = sources.match(text, offset, limit)
    if found:
        end, entry = found[0]
        levels, end = read_levels(text, end, limit)
        return entry.key, levels, end
    plain = re.compile(r"[^\s　,，、;；\]】［］]+").match(text, offset, limit)
    if plain is None:
        return None
    levels, end = read_levels(text, plain.end(), limit)
    return plain.group(), levels, end
