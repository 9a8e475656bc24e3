"""Places inside documents: `notice 2(3)1`, 答复函 二（三）1, 第四条第二款, `act schedule 1`.

A place is a list of levels, compared by value: `section 4`, 四 and 第四条 are the same. Several
places of one document stand behind each other: `act 1, 3 to 5`, 办法 第一条、第三条至第五条.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve, frozen

from policyrules.syntax.names import Entry
from policyrules.syntax.numbers import han_numeral
from policyrules.syntax.words import Table

Levels = tuple[int | str, ...]

_HAN = "零〇一二三四五六七八九十百"
_LEVEL = re.compile(
    rf"[ 　]*(?:(?P<annex>附件|附表|附录|schedule|annex|appendix)[ 　]*|"
    rf"(?:sections?|articles?|art\.|paragraph|para\.|item|point)[ ]*|第?(?P<open>[（(])|第|\.)?"
    rf"(?P<number>[0-9０-９]+|[{_HAN}]+)[）)]?(?P<word>[条款项目章节])?",
    re.IGNORECASE,
)
_PARTING = re.compile(r"[ 　]*(?:[,，、;；和与及]|以及|and\b)[ 　]*(?:and\b[ 　]*)?")
_RANGE = re.compile(r"[ 　]*(?:至|到|to\b|[-－–—~～])[ 　]*")
_PLAIN = re.compile(r"[^\s　,，、;；\]】［］]+")
_DONE = re.compile(r"[ 　]*(?:$|[,，、;；和与及至到\-－–—~～\]】］]|以及|and\b|to\b)")
_LONGEST = 100


@frozen
class Place:
    """A place in a document; `words` are the words by which it calls its levels (条, 款)."""

    source: str
    levels: Levels
    words: tuple[str, ...]
    start: int
    end: int


def read_places(
    text: str, start: int, limit: int, sources: Table[Entry], before: Place | None = None
) -> list[Place]:
    """The places from an offset on, as far as they can be read.

    A document that nobody declared is called as it is written. Behind the place `before`, a place
    without a document is one of the same document.
    """
    found: list[Place] = []
    offset = start
    while True:
        last = found[-1] if found else before
        place = _place(text, offset, limit, sources, last)
        if place is None:
            return found
        found.append(place)
        ranged = _RANGE.match(text, place.end, limit)
        until = _further(text, ranged.end(), limit, place) if ranged else None
        if until:
            found += _between(place, until)
        parting = _PARTING.match(text, found[-1].end, limit)
        if parting is None or parting.end() == limit:
            return found
        offset = parting.end()


def _place(
    text: str, offset: int, limit: int, sources: Table[Entry], before: Place | None
) -> Place | None:
    named = sources.match(text, offset, limit)
    if named:
        end, entry = named[0]
        return _in(entry.key, text, offset, end, limit)
    further = before and _further(text, offset, limit, before)
    if further:
        return further
    plain = _PLAIN.match(text, offset, limit)
    return _in(plain.group(), text, offset, plain.end(), limit) if plain else None


def _in(source: str, text: str, start: int, offset: int, limit: int) -> Place:
    levels, words, end = read_levels(text, offset, limit)
    return Place(source, levels, words, start, end)


def read_levels(text: str, offset: int, limit: int) -> tuple[Levels, tuple[str, ...], int]:
    """The levels of a place from an offset on, their words, and the offset behind them."""
    levels: list[int | str] = []
    words: list[str] = []
    while match := _LEVEL.match(text, offset, limit):
        digits = match.group("number")
        value = han_numeral(digits) if digits[0] in _HAN else int(digits)
        if value is None:
            break
        if match.group("annex"):
            levels.append("annex")
            words.append("")
        levels.append(int(value))
        words.append(("（" if match.group("open") else "") + (match.group("word") or ""))
        offset = match.end()
    return tuple(levels), tuple(words), offset


def _further(text: str, offset: int, limit: int, before: Place) -> Place | None:
    """A place of the same document: 第二条第一款、第二款 are two paragraphs of one article."""
    levels, words, end = read_levels(text, offset, limit)
    if not levels or not _DONE.match(text, end, limit):
        return None
    alike = [index for index, word in enumerate(before.words) if word == words[0]]
    kept = alike[-1] if alike else 0
    return Place(
        before.source,
        (*before.levels[:kept], *levels),
        (*before.words[:kept], *words),
        offset,
        end,
    )


def _between(first: Place, last: Place) -> Iterator[Place]:
    """The places behind the first one up to the last one; the last one alone if they differ."""
    low, high = first.levels[-1:], last.levels[-1:]
    alike = first.levels[:-1] == last.levels[:-1]
    if alike and low and isinstance(low[0], int) and isinstance(high[0], int):
        for number in range(low[0] + 1, min(high[0], low[0] + _LONGEST)):
            yield evolve(last, levels=(*last.levels[:-1], number))
    yield last
