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

_QUOTE = r"\"([^\"\n]*)\"|“([^”\n]*)”|「([^」\n]*)」"
_TEXT = re.compile(rf"(?:{_QUOTE})(?:[ 　]*[/／][ 　]*(?:{_QUOTE}))?")
_BLANK = re.compile(r"[ \t　]*")
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
    """`alternatively …`: a line that may stand in the place of one above, and what it means."""

    text: Text | None
    line: Any
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
    if isinstance(other.line, Due | Winner):
        made = (
            evolve(made, due=other.line.due)
            if isinstance(other.line, Due)
            else evolve(made, winner=other.line.winner)
        )
        kept = [c for c in above if not isinstance(c, Otherwise | ast.Reading)]
        return made, [*kept, *reading, *rest]
    for place in reversed(range(len(above))):
        if type(above[place]) is type(other.line):
            # What was said of the reading chosen is not true of this one.
            between = above[place + 1 :]
            kept = [c for c in between if not isinstance(c, Otherwise | ast.Reading)]
            before = [c for c in above[:place] if not isinstance(c, Otherwise)]
            return made, [*before, other.line, *kept, *reading, *rest]
    return None
