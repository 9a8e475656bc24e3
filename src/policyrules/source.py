"""Rule text and places in it.

A place is a pair of character offsets into the text as the author wrote it; lines and columns are
worked out only where something is shown to a person.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import Literal

from attrs import field, frozen

Language = Literal["en", "zh"]

# Of a ruleset with all that it uses: what is compiled in a few seconds, whatever it is.
MOST_CHARACTERS = 120_000


@frozen
class Text:
    """A short text in both languages; a half that the author left out stays missing."""

    en: str | None
    zh: str | None

    def of(self, lang: Language) -> str:
        """The text in `lang`, or in the other language where that half is missing."""
        first, second = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return first if first is not None else second or ""


@frozen(slots=False)
class Source:
    """The text of one rule file and the name by which messages call it."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line begins."""
        lengths = [len(line) + 1 for line in self.text.split("\n")]
        return tuple(accumulate(lengths[:-1], initial=0))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, columns in characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line counted from 1, without its line break."""
        start = self.line_starts[number - 1]
        stop = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:stop].rstrip("\r\n")


@frozen
class Span:
    """The characters `start` (included) to `end` (excluded) of a source."""

    source: Source
    start: int
    end: int

    @property
    def written(self) -> str:
        """The characters as their author wrote them, in one line."""
        return " ".join(self.source.text[self.start : self.end].split())

    def to(self, other: Span) -> Span:
        """From the start of this span to the end of another one of the same source."""
        return Span(self.source, self.start, other.end)
