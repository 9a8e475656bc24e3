"""Lines and blocks of a rule file, before any word is read.

A declaration starts in column 1; the indented lines under it are its clauses; a line indented more
deeply than the clause above it continues that clause, and so does one that starts with the number
of a list. A row of a table stands by itself, however far it is indented. A comment runs from `#`
to the end of its line, except inside quotes.
"""

from __future__ import annotations

import re

from attrs import frozen

from policyrules.source import Source, Span
from policyrules.syntax.words import Word, words

_QUOTED = r"\"[^\"\n]*\"|“[^”\n]*”|「[^」\n]*」"
_COMMENT = re.compile(rf"(?:{_QUOTED}|[^#＃\"“「\n]|[\"“「])*?(?=[#＃\n]|\Z)")
LIST_NUMBER = re.compile(
    r"[（(](?:[0-9０-９一二三四五六七八九十]+|[a-z]|[ivx]{2,4})[)）]"
    r"|[0-9０-９]+[.．、](?![0-9０-９])|[①-⑳]"
)
_TREATED = re.compile(r"[^:：“\"]+按[^:：“\"]+执行[ 　]*[:：]")
BAR = re.compile(r"[|｜]")
_QUOTE = re.compile(_QUOTED)
HEADING = re.compile(r"[\[【［]([^\]】］\n]*)[\]】］]")


@frozen
class Line:
    """A logical line: pieces of the text without comments and blank edges, in order."""

    source: Source
    pieces: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.pieces[-1][1]

    @property
    def span(self) -> Span:
        """The whole line as a place."""
        return Span(self.source, self.start, self.end)


@frozen
class Block:
    """A declaration as lines: its header with the word that opens it, and its clauses."""

    opener: Word
    opened: int
    header: Line
    clauses: tuple[Line, ...]
    heading: Line | None


@frozen
class Layout:
    """A rule file as blocks; `strays` are the lines that open no block and belong to none.

    The clauses under a stray header are not strays: one mistake stays one.
    """

    source: Source
    blocks: tuple[Block, ...]
    strays: tuple[Line, ...]
    headings: tuple[Line, ...]


def lay_out(source: Source) -> Layout:
    """Split a text into blocks; every line that holds anything is in the result."""
    blocks: list[Block] = []
    strays: list[Line] = []
    headings: list[Line] = []
    heading: Line | None = None
    current: list[Line] | None = None
    opener: tuple[Word, int, Line] | None = None
    strayed = False

    def close() -> None:
        if opener is not None and current is not None:
            blocks.append(Block(*opener, tuple(current), heading))

    for indent, line in _logical_lines(source):
        if indent:
            if current is not None:
                current.append(line)
            elif not strayed:
                strays.append(line)
            continue
        strayed = False
        if source.text[line.start] in "[【［":
            close()
            opener = current = None
            heading = line
            headings.append(line)
            strayed = HEADING.fullmatch(source.text, line.start, line.end) is None
            continue
        close()
        found = words().headers.match(source.text, line.start, line.end)
        middle = None if found else _middle(line)
        if middle:
            opener, current = (middle, line.start, line), []
        elif found:
            opener, current = (found[0][1], found[0][0], line), []
        else:
            opener = current = None
            strays.append(line)
            strayed = True
    close()
    return Layout(source, tuple(blocks), tuple(strays), tuple(headings))


def _middle(line: Line) -> Word | None:
    """The word inside a header that has no opening word: `dibao standard: may only raise`."""
    first, last = line.pieces[0]
    if _TREATED.match(line.source.text, first, last):
        return next(word for word in words().order if word.type == "AS_FOR")
    for offset in range(first, last):
        found = words().middle.match(line.source.text, offset, last)
        if found:
            return found[0][1]
    return None


def _logical_lines(source: Source) -> list[tuple[bool, Line]]:
    """Lines with their continuations joined; whether each is indented."""
    found: list[tuple[int, list[tuple[int, int]]]] = []
    for start in source.line_starts:
        match = _COMMENT.match(source.text, start)
        end = match.end() if match else start
        text = source.text[start:end]
        stripped = text.strip(" \t　\r\ufeff")
        if not stripped:
            continue
        begin = start + text.index(stripped[0])
        depth = _columns(text[: begin - start])
        piece = (begin, begin + len(stripped))
        number = bool(LIST_NUMBER.match(source.text, begin))
        row = BAR.search(_QUOTE.sub("", stripped)) is not None
        if found and depth and found[-1][0] and (depth > found[-1][0] or number) and not row:
            found[-1][1].append(piece)
        else:
            found.append((depth, [piece]))
    return [(depth > 0, Line(source, tuple(pieces))) for depth, pieces in found]


def _columns(blanks: str) -> int:
    """How far an indentation reaches: a tab to the next eighth column, a wide blank two."""
    columns = 0
    for blank in blanks:
        if blank == "\t":
            columns += 8 - columns % 8
        elif blank != "\ufeff":
            columns += 2 if blank == "　" else 1
    return columns
