"""How long a line may be, and which characters a rule file may hold.

So every file is soon read or refused. A character that nobody sees, or that turns the order of
others round, makes a rule look like another one; it is refused in names, texts and comments alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from policyrules.diagnostics import Report
from policyrules.source import Source, Span
from policyrules.syntax.layout import Layout, Line
from policyrules.syntax.names_written import goes_on

MOST_IN_LINE = 4_000  # of a line with those that continue it

# Unicode gives these no category of their own, though nothing is shown for them: joiners, fillers
# of Hangul and Mongolian, vowels of Khmer, the empty pattern of Braille, selectors of variants.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_REFUSED = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# Rare Chinese characters are added here by each edition of Unicode, which Python knows one by one.
_IDEOGRAPHS = re.compile("[\U00020000-\U0002fffd\U00030000-\U0003fffd]")


def check_characters(source: Source, report: Report) -> None:
    """Report characters that are not seen, or steer others; once for a run of the same."""
    text = source.text
    for start, line in zip(source.line_starts, text.split("\n"), strict=True):
        if line.isprintable() and not _UNSEEN.search(line):
            continue
        for offset, character in enumerate(line, start):
            if text[offset - 1 : offset] != character and _is_refused(text, offset):
                found = f"U+{ord(character):04X}"
                report.add("PR115", Span(source, offset, offset + 1), found=found)


def _is_refused(text: str, offset: int) -> bool:
    character = text[offset]
    if character.isprintable():
        return _UNSEEN.match(character) is not None
    if character in "\n\t" or (character == "\ufeff" and not offset):
        return False
    if character == "\r":
        return not text.startswith("\n", offset + 1)
    refused = unicodedata.category(character) in _REFUSED
    return refused and not _IDEOGRAPHS.match(character)


def check_lines(layout: Layout, report: Report) -> None:
    """Report lines that are longer than any that is meant to be read."""
    for line in _lines(layout):
        if sum(stop - start for start, stop in line.pieces) > MOST_IN_LINE:
            first = Span(line.source, *line.pieces[0])
            report.add("PR142", first, most=f"{MOST_IN_LINE:,}")


def _lines(layout: Layout) -> Iterator[Line]:
    yield from (*layout.strays, *layout.headings)
    for block in layout.blocks:
        joined = [line for line in block.clauses if goes_on(block, line)]
        pieces = (piece for line in (block.header, *joined) for piece in line.pieces)
        yield Line(layout.source, tuple(pieces))
        yield from (line for line in block.clauses if not goes_on(block, line))
