"""The names that forms of time add to a declared name: `last year's X`, 上年度X and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import frozen

from policyrules.source import Source, Span
from policyrules.syntax import ast

Before = Literal["year", "month", "3 months", "6 months", "12 months"]
BEFORE: tuple[Before, ...] = ("year", "month", "3 months", "6 months", "12 months")
_NUMERALS = {"3": "三", "6": "六", "12": "十二"}
_BLANK = r"[ \t\r\n　]+"
_LOOKING_BACK = re.compile(
    # From the first blank only: to try from each would take ever longer in an empty file.
    rf"(?<![ \t\r\n　]){_BLANK}over{_BLANK}the{_BLANK}(3|6|12){_BLANK}months{_BLANK}before"
    rf"{_BLANK}(?:the{_BLANK})?"
    r"|之?前(3|6|12|三|六|十二)个月的?"
)
_LAST = re.compile(r"last (?:year|month)['’]s|上一?年度|上年|上个?月")
APPLICATION = ast.Name(en="application", zh="申请", span=Span(Source("", ""), 0, 0))


@frozen
class Earlier:
    """A declared name for an earlier period, with all spellings; the first of each counts."""

    name: ast.Name
    spellings: tuple[str, ...]


@frozen
class LookingBack:
    """What `wage over the 12 months before loss of work` names: the figure, how far, from where."""

    of: str
    months: str
    event: str


def earlier_period(spelling: str) -> str:
    """The words for last year or last month with which a spelling begins; else empty."""
    match = _LAST.match(spelling)
    return match.group() if match else ""


def earlier(name: ast.Name, before: Before) -> Earlier:
    """The name of what was so called in an earlier period."""
    if before not in ("year", "month"):
        return looking_back(name, before.split()[0], APPLICATION)
    english: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()
    if name.en:
        english = (f"last {before}'s {name.en}", f"last {before}’s {name.en}")
    if name.zh:
        words = ("上年度", "上一年度", "上年") if before == "year" else ("上月", "上个月")
        chinese = tuple(word + name.zh for word in words)
    return _earlier(name, english, chinese)


def looking_back(name: ast.Name, months: str, event: ast.Name) -> Earlier:
    """The name of what was so called in the months before the month of an event."""
    english: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()
    if name.en and event.en:
        start = f"{name.en} over the {months} months before"
        english = (f"{start} {event.en}", f"{start} the {event.en}")
    if name.zh and event.zh:
        chinese = tuple(
            f"{event.zh}{word}{numeral}个月{de}{name.zh}"
            for word in ("前", "之前")
            for numeral in (months, _NUMERALS[months])
            for de in ("", "的")
        )
    return _earlier(name, english, chinese)


def _earlier(name: ast.Name, english: tuple[str, ...], chinese: tuple[str, ...]) -> Earlier:
    made = ast.Name(
        en=english[0] if english else None, zh=chinese[0] if chinese else None, span=name.span
    )
    return Earlier(made, (*english, *chinese))


def all_earlier(name: ast.Name) -> Iterator[tuple[Before, Earlier]]:
    """A declared name for each of the earlier periods."""
    for before in BEFORE:
        yield before, earlier(name, before)


def looks_back(key: str) -> LookingBack | None:
    """What a canonical name looks back on; None for any other name."""
    for match in _LOOKING_BACK.finditer(key):
        before, after = key[: match.start()], key[match.end() :]
        if before and after:
            of, event = (before, after) if match.group(1) else (after, before)
            return LookingBack(of, match.group(1) or match.group(2), event)
    return None


def looking_back_in(text: str, names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The figures, months and events of a text that looks back from an event of its own.

    Figures and events by their spellings; of the `names` that could be meant the longest are.
    """
    matches = [*_LOOKING_BACK.finditer(text)]
    numbers = {numeral: number for number, numeral in _NUMERALS.items()}
    spellings = sorted(names, key=len, reverse=True) if matches else []
    for match in matches:
        before = next((s for s in spellings if text.endswith(s, 0, match.start())), None)
        after = next((s for s in spellings if text.startswith(s, match.end())), None)
        if before and after:
            of, event = (before, after) if match.group(1) else (after, before)
            months = match.group(1) or match.group(2)
            yield of, numbers.get(months, months), event
