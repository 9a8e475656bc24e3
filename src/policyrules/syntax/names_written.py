"""Names as they are written: with an alias in brackets, alone or several in a list."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policyrules.source import Source, Span
from policyrules.syntax import ast
from policyrules.syntax.layout import Block, Line
from policyrules.syntax.words import words

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ALIAS = re.compile(r"[ \t　]*[（(]([^（）()]*)[）)]")
_VALUE_END = re.compile(r"[,，、;；]")
_FIELD_END = re.compile(r"[;；]")
_FIELD_TYPE = re.compile(r"[ \t]+in[ \t]|[ \t　]*[,，]")
COLON = re.compile(r"[:：]")
EDGE = " \t　"
LISTED = frozenset({"CATEGORY", "STATUSES", "LIST"})


def name_in(source: Source, start: int, stop: int) -> tuple[ast.Name, int] | None:
    """`NAME` or `NAME (alias)` between two offsets, and the offset behind it."""
    text = source.text[start:stop]
    alias = _ALIAS.search(text)
    plain = text[: alias.start()] if alias else text
    word = plain.strip(EDGE)
    if not word:
        return None
    begin = start + plain.index(word)
    span = Span(source, begin, begin + len(word))
    halves = [word] + ([alias.group(1).strip(EDGE)] if alias else [])
    halves = [" ".join(half.split()) for half in halves]
    en = next((half for half in halves if half and not HAN.search(half)), None)
    zh = next((half for half in halves if HAN.search(half)), None)
    return ast.Name(en=en, zh=zh, span=span), start + (alias.end() if alias else len(plain))


def goes_on(block: Block, line: Line) -> bool:
    """Whether a line of a block, having no word of its own, goes on with the list of its header."""
    return block.opener.type in LISTED and not _is_clause(block, line)


def _is_clause(block: Block, line: Line) -> bool:
    """Whether an indented line says something of the list instead of going on with it."""
    text, clauses = line.source.text, words().clauses.get(block.opener.type)
    if clauses and clauses.match(text, line.start, line.end):
        return True
    inside = words().inside.match(text, line.start, line.end)
    return any(word.type == "CITES" for _, word in inside)


def listed(block: Block) -> Iterable[tuple[ast.Name, int]]:
    """The names of a list: after the colon, apart by commas, 、 or line breaks."""
    source = block.header.source
    first = block.header.pieces[0]
    colon = COLON.search(source.text, block.opened, first[1])
    pieces = [(colon.end(), first[1])] if colon else []
    pieces += block.header.pieces[1:]
    for line in block.clauses:
        if not _is_clause(block, line):
            pieces += line.pieces
    for start, end in pieces:
        offset = start
        while offset < end:
            mark = _VALUE_END.search(source.text, offset, end)
            stop = mark.start() if mark else end
            found = name_in(source, offset, stop)
            if found:
                yield found
            offset = mark.end() if mark else end


def fields(block: Block) -> Iterable[tuple[ast.Name, int]]:
    """The fields of a list, apart by semicolons or line breaks: each up to its unit or type."""
    source = block.header.source
    first = block.header.pieces[0]
    colon = COLON.search(source.text, block.opened, first[1])
    pieces = [(colon.end(), first[1])] if colon else []
    pieces += [
        *block.header.pieces[1:],
        *(piece for line in block.clauses if not _is_clause(block, line) for piece in line.pieces),
    ]
    for start, end in pieces:
        offset = start
        while offset < end:
            mark = _FIELD_END.search(source.text, offset, end)
            stop = mark.start() if mark else end
            typed = _FIELD_TYPE.search(source.text, offset, stop)
            found = name_in(source, offset, typed.start() if typed else stop)
            if found:
                yield found
            offset = mark.end() if mark else end
