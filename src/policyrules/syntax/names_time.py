"""The names that forms of time add to a declared name: `last year's X`, 上年度X and the like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from policyrules.syntax import ast

Before = Literal["year", "month", "3 months", "6 months", "12 months"]
BEFORE: tuple[Before, ...] = ("year", "month", "3 months", "6 months", "12 months")
_NUMERALS = {"3": "三", "6": "六", "12": "十二"}


@frozen
class Earlier:
    """A declared name for an earlier period, with all spellings; the first of each counts."""

    name: ast.Name
    spellings: tuple[str, ...]


def earlier(name: ast.Name, before: Before) -> Earlier:
    """The name of what was so called in an earlier period."""
    english: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()
    if before in ("year", "month"):
        if name.en:
            english = (f"last {before}'s {name.en}", f"last {before}’s {name.en}")
        if name.zh:
            words = ("上年度", "上一年度", "上年") if before == "year" else ("上月", "上个月")
            chinese = tuple(word + name.zh for word in words)
    else:
        number = before.split()[0]
        if name.en:
            english = (f"{name.en} over the {before} before application",)
        if name.zh:
            chinese = tuple(
                f"申请前{numeral}个月{de}{name.zh}"
                for numeral in (number, _NUMERALS[number])
                for de in ("", "的")
            )
    made = ast.Name(
        en=english[0] if english else None, zh=chinese[0] if chinese else None, span=name.span
    )
    return Earlier(made, (*english, *chinese))


def all_earlier(name: ast.Name) -> Iterator[tuple[Before, Earlier]]:
    """A declared name for each of the earlier periods."""
    for before in BEFORE:
        yield before, earlier(name, before)
