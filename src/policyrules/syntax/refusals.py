"""What is recognised in a line only to be refused: broken quotes, impossible days, lone signs."""

from __future__ import annotations

import re
from fractions import Fraction

from policyrules.source import Span, Text
from policyrules.syntax.cursor import Cursor
from policyrules.syntax.numbers import MOST_DIGITS, impossible_day, read_date, read_unit

_LONG_NUMBER = re.compile(rf"[0-9０-９][0-9０-９,.．]{{{MOST_DIGITS},}}")
_BLANK = re.compile(r"[ 　]+")
_HYPHEN = re.compile(r"[-－−–—](?=[^\s　])")
_QUOTES = frozenset('"“”「」')
_TABLES = frozenset({"PARAMETER", "STATISTIC"})
_DATED = re.compile(r".+?(?=之日起|起|[:：,，]| by |$)", re.DOTALL)
_YEAR = re.compile(r"\d{4}(?!\d)")
_ISSUER = re.compile(r"by\b|[“\"]", re.IGNORECASE)
_SOME_DAY = "2000-01-01"


def refused_figure(at: Cursor, offset: int) -> int | None:
    """A number without measure, a day that no calendar has, a date in another writing."""
    number = _LONG_NUMBER.match(at.text, offset, at.limit)
    if number:
        _report(at, "PR117", offset, number.end(), most=str(MOST_DIGITS))
        blank = _BLANK.match(at.text, number.end(), at.limit)
        behind = blank.end() if blank else number.end()
        unit = read_unit(at.text, behind, at.limit, at.context.names.units)
        if unit:
            return at.add("QUANTITY", (Fraction(0), unit.value), offset, unit.end)
        return at.add("NUMBER", Fraction(0), offset, number.end())
    day = impossible_day(at.text, offset)
    if day is not None:
        return _misdated(at, "PR407", offset, day)
    if (
        not _date_due(at, offset)
        or read_date(at.text, offset)
        or _YEAR.match(at.text, offset, at.limit)
    ):
        return None
    written = _DATED.match(at.text, offset, at.limit)
    return _misdated(at, "PR408", offset, written.end()) if written else None


def _date_due(at: Cursor, offset: int) -> bool:
    """Whether only a date can stand next: the start of a version, the day of an example."""
    return (
        (at.last == "FROM" and at.context.block in _TABLES and len(at.tokens) == 1)
        or (at.last == "ON" and at.tokens[0].type == "EXAMPLE")
        or (at.last == "ISSUED" and len(at.tokens) == 1 and not _ISSUER.match(at.rest(offset)))
    )


def _misdated(at: Cursor, code: str, offset: int, end: int) -> int:
    """Report a date; some day goes on in its place, so that the mistake stays one."""
    written = at.text[offset:end].strip()
    _report(at, code, offset, offset + len(written), found=Text(f"`{written}`", f"“{written}”"))
    some = read_date(_SOME_DAY)
    assert some is not None
    return at.add("DATE", some.value, offset, end)


def refused_sign(at: Cursor, offset: int) -> int | None:
    """A quote that is not closed, a minus without blanks, a character that nobody sees."""
    character = at.text[offset]
    if character in _QUOTES:
        _report(at, "PR112", offset, offset + 1)
        return at.add("TEXT", Text(None, None), offset, at.limit)
    hyphen = _HYPHEN.match(at.text, offset, at.limit)
    if hyphen and at.tokens:
        _report(at, "PR113", offset, offset + 1)
        return at.add("MINUS", character, offset, offset + 1)
    if not character.isprintable():
        _report(at, "PR115", offset, offset + 1, found=f"U+{ord(character):04X}")
        return offset + 1
    return None


def _report(at: Cursor, code: str, start: int, end: int, **facts: str | Text) -> None:
    at.context.report.add(code, Span(at.line.source, start, end), facts=facts)
