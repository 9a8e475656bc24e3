"""Tokens that stand only behind certain others: citations, ids, types, rounding steps, factors."""

from __future__ import annotations

import re
from fractions import Fraction

from policyrules.source import Span, Text
from policyrules.syntax import places
from policyrules.syntax.cursor import BLANKS, Cursor
from policyrules.syntax.layout import LIST_NUMBER
from policyrules.syntax.names_written import HAN
from policyrules.syntax.numbers import read_date, read_number, read_share, read_unit
from policyrules.syntax.special_time import beside_date, completed_step
from policyrules.types.currencies import read_currency

_TITLE = re.compile(r"[(（]([^)）]*)[)）]")
_FACTORS = re.compile(
    r"[,，]?[ 　]*(?:by[ ]+|根据|按照?)(.*?)(?:[ ]*(and others|等因素|等))?(?:因素)?(?:确定)?$"
)
_FACTOR_END = re.compile(r"[,，、]|\band\b")
_ID = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*")
_STEP_NUMBER = re.compile(r"(?:the[ ]+)?(?:nearest[ ]+)?")
_MONTHLY = re.compile(
    r"by the (\d{1,2})(?:st|nd|rd|th) of (?:each|every) month"
    r"(?:[ ]*[（(](incl|excl)\.[）)])?|每月(\d{1,2})日前(?:[（(](不?)含.*?[）)])?"
)
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_UPWARD = re.compile(r"up to(?: the)?\b")  # elsewhere a cap
_YEARLY = re.compile(
    rf"by (?:the end of|(?P<day>\d{{1,2}})) (?P<name>{'|'.join(_MONTH_NAMES)})"
    r" (?:of )?(?:each|every) year"
    r"(?:[ ]*[（(](?P<mark>incl|excl)\.[）)])?"
    r"|每年(?P<month>\d{1,2})月(?:底前|(?P<tag>\d{1,2})日前(?:[（(](?P<no>不?)含.*?[）)])?)"
)
_LENGTH = re.compile(r"[ 　]*(?:[0-9０-９一二三四五六七八九十]+[ 　]*(?:个月|月|年))?的?[ 　]*")
_LONGEST_MONTH = 31
_LETTERS = re.compile(r"[a-z]")
OPENERS = frozenset({"ANY_OF", "ALL_OF", "FOLLOWING"})
_STEPPED = frozenset({"MODE", "NEAREST", "EXACT_TO", "IN_STEPS"})
_IN_STEPS = re.compile(r"(?:以|按照?|每)[ 　]*(?=[^“”\"]*档)")


def special(at: Cursor, offset: int) -> int | None:
    """What only stands after a certain token: citations, ids, types, rounding steps."""
    text, last = at.text, at.last
    cited = last == "SEMI" and at.tokens[-2].type == "CITATION"
    if cited or last in {"CITES", "QUOTED_IN", "CITATION"}:
        return _citation(at, offset)
    if at.tokens and at.tokens[0].type == "DECIDED" and last == "TEXT":
        return _factors(at, offset)
    steps = _IN_STEPS.match(text, offset, at.limit) if last == "DECIDED" else None
    if steps:
        return at.add("IN_STEPS", "", offset, steps.end())
    title = _TITLE.match(text, offset, at.limit) if last == "ID" else None
    if title:
        return at.add("TEXT", texts(title.group(1).split("/")), offset, title.end())
    if last in {"USES", "RULESET", "AMENDS", "REFINES"}:
        match = _ID.match(text, offset, at.limit)
        return at.add("ID", match.group(), offset, match.end()) if match else None
    period = _period_of_list(at, offset)
    if period is not None:
        return period
    if last in _STEPPED:
        return _step(at, offset)
    upward = _UPWARD.match(text, offset, at.limit) if "ROUNDED" in last else None
    if upward:
        return at.add("MODE", "upward", offset, upward.end())
    if last == "EACH_COMPLETED":
        return completed_step(at, offset)
    if last == "CURRENCY":
        found = read_currency(at.rest(offset))
        return at.add("MONEY", found, offset, at.limit) if found else None
    if at.at_type():
        return _type(at, offset)
    if last == "EACH_FURTHER" or (last == "OR_MORE" and at.tokens[-2].type == "NUMBER"):
        return _type(at, offset)
    number = LIST_NUMBER.match(text, offset, at.limit)
    if number and _is_numbered(at, number):
        return at.add("NUMBERED", number.group(), offset, number.end())
    match = _MONTHLY.match(text, offset, at.limit)
    if match:
        return _monthly(at, match)
    yearly = _YEARLY.match(text, offset, at.limit)
    if yearly:
        return _yearly(at, yearly)
    return beside_date(at, offset)


def _period_of_list(at: Cursor, offset: int) -> int | None:
    """本年度, 申请前12个月 before the name of a list, whatever name may begin in the same way."""
    found = at.word_at(offset)
    if found is None or found[1].type not in {"THIS_YEARS", "LOOKING_BACK"}:
        return None
    length = _LENGTH.match(at.text, found[0], at.limit)
    start = length.end() if length else found[0]
    names = at.context.names.table.match(at.text, start, at.limit)
    if not names or names[0][1].kind not in {"list", "recordcount"}:
        return None
    return at.add(found[1].type, found[1].payload, offset, found[0])


def _factors(at: Cursor, offset: int) -> int | None:
    """From which factors a decision is made: declared names, else as written."""
    if at.rest(offset).strip() == "确定":
        return at.limit
    match = _FACTORS.match(at.rest(offset))
    if match is None:
        return None
    items = [item.strip(" 　") for item in _FACTOR_END.split(match.group(1))]
    entries = at.context.names.entries
    names = tuple(entries[item].key if item in entries else item for item in items if item)
    is_open = bool(match.group(2))
    return at.add("FACTORS", (names, is_open), offset, at.limit) if names else None


def _is_numbered(at: Cursor, match: re.Match[str]) -> bool:
    """Whether the number of an item can stand here: bracketed figures can behind anything."""
    if at.last in {"COLON", "SEMI", ""}:
        return True
    kinds = {token.type for token in at.tokens}
    if not _LETTERS.search(match.group()) and match.group()[0] in "（(①②③④⑤⑥⑦⑧⑨⑩":
        return True
    starts = any(first == match.start() for first, _ in at.line.pieces)
    parted = starts or at.last in {"COMMA", "SEP", "OR", "AND", "OTHERS"}
    return parted and bool(OPENERS & kinds)


def _type(at: Cursor, offset: int) -> int | None:
    """The unit of a header, unless a longer word names a type (日期 begins like 日)."""
    unit = read_unit(at.text, offset, at.limit, at.context.names.units)
    word = at.word_at(offset)
    longest = max(unit.end if unit else offset, word[0] if word else offset)
    for end, entry in at.context.names.table.match(at.text, offset, at.limit):
        if at.at_type() and entry.kind == "category" and end > longest:
            return at.add("CATEGORY_TYPE", entry.key, offset, end)
    if unit is None or (word and word[0] > unit.end):
        return None
    return at.add("UNIT", unit.value, offset, unit.end)


def _citation(at: Cursor, offset: int) -> int | None:
    """All places that stand here; a line may go on with more of them."""
    if at.last == "CITATION" and at.text[offset] in ",，、;；":
        return at.add("SEMI", at.text[offset], offset, offset + 1)
    before = at.tokens[-2].value if at.last == "SEMI" else None
    found = places.read_places(at.text, offset, at.limit, at.context.names.sources, before)
    for place in found:
        if at.last == "CITATION":
            at.add("SEMI", "", place.start, place.start)
        at.add("CITATION", place, place.start, place.end)
    return found[-1].end if found else None


def _step(at: Cursor, offset: int) -> int | None:
    """The step of a rounding: `yuan`, 十元, 1%."""
    text = at.text
    prefix = _STEP_NUMBER.match(text, offset, at.limit)
    start = prefix.end() if prefix else offset
    share = read_share(text, start)
    if share and share.end <= at.limit:
        return at.add("STEP", (share.value, ""), offset, share.end)
    number = read_number(text, start)
    behind = number.end if number else start
    blank = BLANKS.match(text, behind, at.limit)
    units = at.context.names.units
    unit = read_unit(text, blank.end() if blank else behind, at.limit, units)
    value = number.value if number else Fraction(1)
    if unit:
        return at.add("STEP", (value, unit.value), offset, unit.end)
    return at.add("STEP", (value, ""), offset, behind) if number else None


def _monthly(at: Cursor, match: re.Match[str]) -> int:
    day = int(match.group(1) or match.group(3))
    if not 1 <= day <= _LONGEST_MONTH:
        written = match.group(1) or match.group(3)
        span = Span(at.line.source, match.start(), match.end())
        at.context.report.add("PR407", span, found=Text(f"`{written}`", f"“{written}日”"))
    marked = match.group(2) == "incl" or match.group(4) == ""
    excluded = match.group(2) == "excl" or match.group(4) == "不"
    if not marked and not excluded:
        span = Span(at.line.source, match.start(), match.end())
        at.context.report.add("PR402", span)
    return at.add("DAY_OF_MONTH", (day, not excluded), match.start(), match.end())


def _yearly(at: Cursor, match: re.Match[str]) -> int:
    """A day, or the end of a month, of every year."""
    name, day = match.group("name"), match.group("day") or match.group("tag")
    month = _MONTH_NAMES.index(name) + 1 if name else int(match.group("month"))
    span = Span(at.line.source, match.start(), match.end())
    # A leap year, in which every day of the calendar is one.
    if read_date(f"2000-{month}-{day or 1}") is None:
        at.context.report.add("PR407", span, found=match.group())
        month, day = 1, None
    marked = match.group("mark") == "incl" or match.group("no") == ""
    excluded = match.group("mark") == "excl" or match.group("no") == "不"
    if day and not marked and not excluded:
        at.context.report.add("PR402", span)
    value = (month, int(day) if day else None, not excluded)
    return at.add("DAY_OF_YEAR", value, match.start(), match.end())


def texts(halves: list[str]) -> Text:
    """A text from its halves, each put into its language."""
    stripped = [half.strip(" 　") for half in halves]
    en = next((half for half in stripped if not HAN.search(half)), None)
    return Text(en, next((half for half in stripped if half != en), None))
