"""The words of the language, read from `grammar/words.toml` and kept for quick longest match."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from string import ascii_letters, digits
from typing import Generic, TypeVar

from attrs import field, frozen

from policyrules.data import grammar_folder
from policyrules.types.currencies import spellings_of
from policyrules.types.units import MONEY, YUAN

BLANK = r"[ \t\r\n　]+"
_BLANK = re.compile(BLANK)
# Characters that belong to a word between blanks; Chinese ones stand by themselves.
_LETTERS = frozenset(f"{ascii_letters}{digits}_")
_GOES_ON = _LETTERS | {"'", "’"}
# How far line breaks and indentation may draw the words of one spelling apart.
_BLANKS = 400
Payload = TypeVar("Payload")


@frozen
class Word:
    """One spelling of a terminal: what it is called in the grammar and what it carries."""

    spelling: str
    type: str
    payload: str
    comma: bool = False
    at: str = ""
    blocks: tuple[str, ...] = ()


def _behind(spelling: str, text: str, offset: int) -> int:
    """Where a spelling ends that stands at an offset, with any run of blanks for a blank of it."""
    first, *others = spelling.split(" ")
    end = offset + len(first)
    for part in others:
        blank = _BLANK.match(text, end)
        assert blank is not None
        end = blank.end() + len(part)
    return end


@frozen
class Table(Generic[Payload]):
    """Spellings with what they stand for, found by longest match at a place in a text.

    By their first character they are in a bucket: their lengths, the longest first, and each with
    what it stands for. So a thousand names cost no more than ten.
    """

    buckets: dict[str, tuple[tuple[int, ...], dict[str, tuple[Payload, ...]]]] = field(repr=False)

    def match(self, text: str, offset: int, limit: int) -> list[tuple[int, Payload]]:
        """All spellings that stand at `offset`, the longest first, with where each ends.

        None of them cuts a word between blanks in two.
        """
        first = text[offset : offset + 1]
        bucket = self.buckets.get(first)
        if bucket is None or (first in _LETTERS and offset and text[offset - 1] in _LETTERS):
            return []
        lengths, spellings = bucket
        plain = text[offset : min(limit, offset + lengths[0])]
        window = _BLANK.sub(" ", plain)
        if len(window) < len(plain):
            window = _BLANK.sub(" ", text[offset : min(limit, offset + lengths[0] + _BLANKS)])
        found: list[tuple[int, Payload]] = []
        for length in lengths:
            spelling = window[:length]
            if len(spelling) == length and spelling in spellings:
                end = _behind(spelling, text, offset) if " " in spelling else offset + length
                if not (spelling[-1] in _LETTERS and end < limit and text[end] in _GOES_ON):
                    found += [(end, payload) for payload in spellings[spelling]]
        return found


def table(entries: Iterable[tuple[str, Payload]]) -> Table[Payload]:
    """A table of spellings, by their first character."""
    buckets: dict[str, dict[str, tuple[Payload, ...]]] = {}
    for spelling, payload in entries:
        bucket = buckets.setdefault(spelling[:1], {})
        bucket[spelling] = (*bucket.get(spelling, ()), payload)
    return Table(
        {
            start: (tuple(sorted({len(spelling) for spelling in bucket}, reverse=True)), bucket)
            for start, bucket in buckets.items()
        }
    )


@frozen
class Words:
    """All words: at the start of a line, inside one (`inside`), and of units.

    A word of `middle` tells what a header is that has no opening word.
    """

    headers: Table[Word]
    middle: Table[Word]
    clauses: dict[str, Table[Word]]
    inside: Table[Word]
    units: Table[str]
    unit_spellings: tuple[tuple[str, str], ...]
    openers: tuple[Word, ...]
    order: tuple[Word, ...]
    spellings: frozenset[str]


# Words that stand only where no name can stand, so that a name may be spelt like them.
_ELSEWHERE = frozenset({"type", "row", "line"})


@cache
def words() -> Words:
    """The words of the language; read once."""
    data = tomllib.loads((grammar_folder() / "words.toml").read_text(encoding="utf-8"))
    headers = [word for name, row in data["header"].items() for word in _spellings(name, row)]
    clauses: dict[str, list[Word]] = {}
    for name, row in data["clause"].items():
        for word in _spellings(name, row):
            for block in word.blocks:
                clauses.setdefault(block, []).append(word)
    inside = [word for name, row in data["word"].items() for word in _spellings(name, row)]
    middle = [word for name, row in data["middle"].items() for word in _spellings(name, row)]
    inside += middle
    order = (*headers, *(word for found in clauses.values() for word in found), *inside)
    units = [(s, unit) for unit, row in data["unit"].items() for s in (*row["en"], *row["zh"])]
    return Words(
        headers=table((word.spelling, word) for word in headers),
        middle=table((word.spelling, word) for word in middle),
        clauses={
            block: table((word.spelling, word) for word in found)
            for block, found in clauses.items()
        },
        inside=table((word.spelling, word) for word in inside),
        units=table(units),
        unit_spellings=tuple(units),
        openers=tuple(headers),
        order=order,
        spellings=frozenset(word.spelling for word in order if word.at not in _ELSEWHERE)
        | {s for s, _ in units},
    )


@lru_cache(maxsize=256)
def unit_table(currency: str) -> Table[str]:
    """The units that a rule file in this currency knows; of money, only those of the currency."""
    if currency == YUAN:
        return words().units
    others = [(s, unit) for s, unit in words().unit_spellings if unit not in MONEY]
    return table([*others, *spellings_of(currency)])


def _spellings(name: str, row: dict[str, object]) -> list[Word]:
    comma = row.get("comma", "")
    blocks = row.get("blocks", ())
    assert isinstance(blocks, list | tuple)
    found = []
    for language in ("en", "zh"):
        spellings = row[language]
        assert isinstance(spellings, list)
        for spelling in spellings:
            word = Word(
                spelling,
                str(row.get("type", name)),
                str(row.get("payload", "")),
                comma == "must",
                str(row.get("at", "")),
                tuple(str(block) for block in blocks),
            )
            if comma != "must":
                found.append(word)
            if comma:
                found += [
                    Word(mark + spelling, word.type, word.payload, True, word.at, word.blocks)
                    for mark in (", ", ",", "，", "， ")
                ]
    return found
