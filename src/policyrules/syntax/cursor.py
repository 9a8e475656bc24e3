"""A place in a logical line: the tokens so far, and what can stand next."""

from __future__ import annotations

import re
from typing import Any

from attrs import define, field, frozen
from lark import Token

from policyrules.diagnostics import Report
from policyrules.source import Span
from policyrules.syntax.layout import Line
from policyrules.syntax.names import Names
from policyrules.syntax.words import Word, words

BLANKS = re.compile(r"[ \t\r\n　]+")
_LIST_END = re.compile(r"[ 　]*的?[ 　]*(?:[;；:：)）]|$)")
# Words that only close what another word has opened.
_PAIRED = {
    "EXCEPT_END": {"EXCEPT"},
    "NOT_END": {"NOT", "MEETING", "MEETING_NOT"},
    "REACHED": {"AGED"},
    "STEPS_END": {"IN_STEPS"},
    "LEVEL_BY": {"DECIDED", "ABOVE"},
    "LEVEL_END": {"LEVEL_BY"},
}
_TYPED = frozenset({"PARAMETER", "STATISTIC", "INPUT", "DEFINE", "BENEFIT"})


@frozen
class Context:
    """What a line is read with: the names, and the block and clause in which it stands."""

    names: Names
    block: str
    report: Report = field(repr=False)


@define
class Cursor:
    """A place in a logical line with the tokens read so far; lives for that line only.

    `whole` is a name that is not to be read as the name that it is.
    """

    line: Line
    context: Context
    tokens: list[Token] = field(factory=list)
    unknown: set[str] = field(factory=set)
    limit: int = 0
    whole: Span | None = None
    _place: tuple[int, int] = (-1, -1)
    _words: list[tuple[int, Word]] = field(factory=list)

    def add(self, kind: str, value: Any, start: int, end: int) -> int:
        """Append a token and give the offset behind it."""
        self.tokens.append(Token(kind, value, start_pos=start, end_pos=end))
        return end

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.line.source.text

    @property
    def last(self) -> str:
        """The type of the latest token."""
        return self.tokens[-1].type if self.tokens else ""

    def at_type(self) -> bool:
        """Whether the type of a header, or of a field of a list, stands here."""
        if self.last in {"IN", "COMMA"} and self.tokens[0].type == "LIST":
            return self.tokens[-2].type == "DECLARED"
        return (
            self.context.block in _TYPED
            and self.last == "COLON"
            and not any(token.type == "COLON" for token in self.tokens[:-1])
            and self.tokens[0].type in _TYPED
        )

    def word_at(self, offset: int) -> tuple[int, Word] | None:
        """The longest word of the language that fits here."""
        if self._place != (offset, self.limit):  # several readers ask for the same place
            self._place = (offset, self.limit)
            self._words = words().inside.match(self.text, offset, self.limit)
        if not self._words:
            return None
        found = [(end, word) for end, word in self._words if self.fits(word, offset, end)]
        # Of two words with one spelling (是, 不符合), that for this very place wins.
        return max(
            found,
            key=lambda item: (item[0], bool(item[1].blocks), item[1].at == "benefit"),
            default=None,
        )

    def fits(self, word: Word, offset: int, end: int) -> bool:
        """Whether a word counts as such at this place."""
        if word.blocks and self.context.block not in word.blocks:
            return False
        if word.at == "type" and not self.at_type():
            return False
        if word.at == "name" and not self.name_follows(end):
            return False
        if word.at == "benefit" and not self.benefit_follows(end):
            return False
        if word.type in {"YES", "NO", "NONE"} and not re.match(
            r"[ 　]*(?:[;；,，、|｜]|$)", self.rest(end)
        ):
            return False
        if word.type == "OTHERS" and not _LIST_END.match(self.rest(end)):
            return False
        if word.type in _PAIRED and not any(t.type in _PAIRED[word.type] for t in self.tokens):
            return False
        if word.spelling == "-":
            return bool(BLANKS.match(self.text, offset - 1) and BLANKS.match(self.text, end))
        return True

    def rest(self, offset: int) -> str:
        """What of the line is still to be read."""
        return self.text[offset : self.limit]

    def benefit_follows(self, offset: int) -> bool:
        """Whether the name of a benefit stands next."""
        names = self.context.names.table.match(self.text, offset, self.limit)
        return bool(names) and names[0][1].kind == "benefit"

    def name_follows(self, offset: int) -> bool:
        """Whether a declared name or a bracket stands next, or at least a blank."""
        blank = BLANKS.match(self.text, offset, self.limit)
        start = blank.end() if blank else offset
        if self.text[start : start + 1] in {"(", "（"}:
            return True
        return bool(self.context.names.table.match(self.text, start, self.limit)) or (
            blank is not None
        )
