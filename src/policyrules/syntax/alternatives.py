"""Lines that begin with `alternatively`: the reading not chosen of a line above.

A declaration keeps each of them as itself with that line in the place of the other one, so that a
reading is chosen by taking that declaration.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from attrs import evolve, frozen

from policyrules.diagnostics import Report
from policyrules.source import Span, Text
from policyrules.syntax import ast
from policyrules.syntax.layout import Line
from policyrules.syntax.special import texts
from policyrules.syntax.words import words

_QUOTE = r"\"([^\"\n]*)\"|“([^”\n]*)”|「([^」\n]*)」"
_TEXT = re.compile(rf"(?:{_QUOTE})(?:[ 　]*[/／][ 　]*(?:{_QUOTE}))?")
_BLANK = re.compile(r"[ \t　]*")
_SEMICOLON = re.compile(r"[;；][ \t\r\n　]*")
_SEVERAL = frozenset({"CASE", "OTHERWISE", "BAND"})
_PAYING = (ast.Pays, ast.Case, ast.Band, ast.Otherwise)
_COLON = re.compile(r"[ \t　]*[:：][ \t　]*")


@frozen
class Due:
    """When a duty is done, as a line by itself."""

    due: ast.Within | ast.EachPeriod | ast.By
    span: Span


@frozen
class Winner:
    """Which of several benefits is paid, as a line by itself."""

    winner: Any
    span: Span


@frozen
class Otherwise:
    """`alternatively …`: lines that may stand in the place of those above, and what they mean."""

    text: Text | None
    lines: tuple[Any, ...]
    written: Span
    span: Span


def parted(line: Line, start: int) -> tuple[Text | None, Line | None]:
    """What stands behind `alternatively`: the reading in quotes, and the line."""
    text = line.source.text
    offset = _behind(_BLANK, text, start, line.end)
    quoted = _TEXT.match(text, offset, line.end)
    reading = None
    if quoted:
        reading = texts([half for half in quoted.groups() if half is not None])
        offset = quoted.end()
    offset = _behind(_COLON, text, offset, line.end)
    offset = _behind(_BLANK, text, offset, line.end)
    pieces = tuple((max(first, offset), stop) for first, stop in line.pieces if stop > offset)
    return reading, Line(line.source, pieces) if pieces else None


def split(line: Line, block: str) -> tuple[Line, ...]:
    """The lines behind one `alternatively`: `case A: X; otherwise Y`."""
    text, starts = line.source.text, [line.start]
    for match in _SEMICOLON.finditer(text, line.start, line.end):
        found = words().clauses[block].match(text, match.end(), line.end)
        if found and found[0][1].type in _SEVERAL:
            starts.append(match.end())
    ends = [*starts[1:], line.end]
    return tuple(_cut(line, *ends_) for ends_ in zip(starts, ends, strict=True))


def _cut(line: Line, start: int, end: int) -> Line:
    """A part of a line, without the semicolon that ends it."""
    text = line.source.text[start:end].rstrip(" \t　\n")
    stop = start + len(text.removesuffix(";").removesuffix("；"))
    return Line(
        line.source,
        tuple(
            (max(first, start), min(last, stop))
            for first, last in line.pieces
            if max(first, start) < min(last, stop)
        ),
    )


def _behind(pattern: re.Pattern[str], text: str, offset: int, limit: int) -> int:
    found = pattern.match(text, offset, limit)
    return found.end() if found else offset


def with_alternatives(
    made: Any,
    clauses: list[Any],
    assemble: Callable[[Any, list[Any]], Any],
    report: Report,
) -> Any:
    """The declaration of these lines, with what it is by each other reading."""
    plain = [clause for clause in clauses if not isinstance(clause, Otherwise)]
    declaration = assemble(made, plain)
    found: list[ast.Alternative] = []
    for place, other in enumerate(clauses):
        if isinstance(other, Otherwise):
            read = _read_by(other, made, clauses[:place], clauses[place + 1 :])
            if read is None:
                report.add("PR563", other.span)
            else:
                found.append(ast.Alternative(other.text, assemble(*read), span=other.written))
    return evolve(declaration, alternatives=tuple(found)) if found else declaration


def _read_by(
    other: Otherwise, made: Any, above: list[Any], below: list[Any]
) -> tuple[Any, list[Any]] | None:
    """The header and lines of a declaration by another reading; None if nothing can be read so."""
    reading = [] if other.text is None else [ast.Reading(other.text, span=other.span)]
    rest = [clause for clause in below if not isinstance(clause, Otherwise)]
    (first, *_) = other.lines
    if isinstance(first, Due | Winner):
        made = (
            evolve(made, due=first.due)
            if isinstance(first, Due)
            else evolve(made, winner=first.winner)
        )
        kept = [c for c in above if not isinstance(c, Otherwise | ast.Reading)]
        return made, [*kept, *reading, *rest]
    replaced = _replaced(other.lines, above)
    if not replaced:
        return None
    changed: list[Any] = []
    for place, clause in enumerate(above):
        # What was said of the reading chosen is not true of this one.
        said = isinstance(clause, ast.Reading) and place > min(replaced)
        if not said and not isinstance(clause, Otherwise):
            changed += replaced.get(place, (clause,))
    return made, [*changed, *reading, *rest]


def _replaced(lines: tuple[Any, ...], above: list[Any]) -> dict[int, tuple[Any, ...]]:
    """What stands in the place of which lines: of the nearest ones above that are of their kinds.

    Lines that say how much is paid, of a kind that is not there, stand in the place of all that do.
    """
    found: dict[int, tuple[Any, ...]] = {}
    for line in reversed(lines):
        places = range(len(above) - 1, -1, -1)
        alike = (p for p in places if p not in found and type(above[p]) is type(line))
        place = next(alike, None)
        if place is None:
            break
        found[place] = (line,)
    if len(found) == len(lines):
        return found
    paying = [place for place, clause in enumerate(above) if isinstance(clause, _PAYING)]
    if not paying or not all(isinstance(line, _PAYING) for line in lines):
        return {}
    return {place: lines if place == paying[0] else () for place in paying}
