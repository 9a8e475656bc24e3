"""Numbers, units and dates as documents write them, in both languages.

Full-width digits, thousands commas, 万 and 亿, Chinese numerals, percent and per mille, fractions,
`680元/人·月`, `每人每月680元`, `680 yuan per person per month`, `2023年1月1日`. Every reader takes
a text and an offset and gives the value with the offset behind it, or none.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Generic, Literal, TypeVar

from attrs import frozen

from policyrules.syntax.words import Table, words

_DIGITS = str.maketrans("０１２３４５６７８９．％‐", "0123456789.%-")
_ARABIC = re.compile(r"[0-9０-９]+(?:,[0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?")
_MAGNITUDES = {
    "百万": 10**6,
    "千万": 10**7,
    "万": 10**4,
    "亿": 10**8,
    "千": 10**3,
    "thousand": 10**3,
    "million": 10**6,
}
_MAGNITUDE = re.compile(r"[ 　]?(百万|千万|万|亿|千|thousand\b|million\b)")
_OVER = re.compile(r"(?:百万|千万|万|亿|千)?[余多]")
_NEAR = re.compile(r"近[ 　]?(?=[0-9０-９])")
_UNIT_LENGTH = 40
_HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_HAN_ROW = re.compile(r"[零〇一二三四五六七八九]{3,}")
_HAN_STEPS = {"十": 10, "百": 100, "千": 1000}
_HAN = re.compile(
    r"[零〇一二两三四五六七八九十百千万亿]{1,30}(?:点[零〇一二三四五六七八九]{1,30})?半?"
)
_HAN_SHARE = re.compile(r"(百|千|万|[零〇一二两三四五六七八九十百千万]{1,30}|[0-9０-９]{1,9})分之")
_PERCENT = re.compile(r"[ 　]?(?:[%％]|percent\b)")
_POINTS = re.compile(r"[ 　]?(?:个百分点|percentage points?\b)")
_PER_MILLE = re.compile(r"[ 　]?(?:‰|per mille\b)")
_FRACTION = re.compile(r"([0-9０-９]+)/([0-9０-９]+)(?![0-9０-９/])")
_RANGE = re.compile(r"[ 　]*(?:to\b|至|到|—+|–|~|～|-)[ 　]*")
_TIMES = re.compile(r"[ 　]*(?:times\b(?! (?:per|a|each) (?:month|quarter|year)\b)|倍)")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})( and a half)?(?=[ \t])")
_BEGINS = re.compile(
    rf"[\d零〇一二两三四五六七八九十百千万亿每近负\-－−]|(?:{'|'.join(_WORDS)})[ \t]"
)
_BLANKS = re.compile(r"[ \t　]*")
_PER = re.compile(r"[ 　]*(?:/|／|·|•|\bper\b|每|\ba\b(?= (?:month|year|quarter)))[ 　]*")
_EACH = re.compile(r"每")
_PERIOD = re.compile(
    r"(?P<years>(?P<y1>(?:1[89]|20|21)\d\d)年?[-－—–~～至到]+(?P<y2>(?:1[89]|20|21)\d\d)年)"
    r"|(?P<year>\d{4})年(?P<m1>\d{1,2})月?份?[-－—–~～至到]+(?P<m2>\d{1,2})月份?"
)
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)|(\d{4})年(\d{1,2})月(\d{1,2})日")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月(?!\d)|(\d{4})-(\d{2})(?![-\d])")
_YEAR = re.compile(r"((?:1[89]|20|21)\d{2})年")
_HAN_DATE = re.compile(
    r"([一二][〇○零一二三四五六七八九]{3})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?)?"
)
_UNIT_RANK = ("person", "household", "case", "item", "square_metre")
MOST_DIGITS = 60
_ASKED = 16  # one reader after the other asks for the number at the same place

Precision = Literal["day", "month", "year"]
Found = TypeVar("Found")


@frozen
class Read(Generic[Found]):
    """What was read and the offset behind it."""

    value: Found
    end: int


_TEN_THOUSAND = Read(Fraction(10**4), 0)


def may_begin(text: str, offset: int) -> bool:
    """Whether any of the readers below could find something: where most words stand, none can."""
    return _BEGINS.match(text, offset) is not None


@lru_cache(maxsize=_ASKED)
def read_number(text: str, offset: int = 0) -> Read[Fraction] | None:
    """A plain number: digits with magnitude (3万, 1.5 million), or Chinese numerals (两)."""
    match = _ARABIC.match(text, offset)
    if match:
        digits = match.group().replace(",", "").translate(_DIGITS)
        if len(digits) > MOST_DIGITS:
            return None
        value, end = Fraction(digits), match.end()
        magnitude = _MAGNITUDE.match(text, end)
        if magnitude:
            return Read(value * _MAGNITUDES[magnitude.group(1)], magnitude.end())
        return Read(value, end)
    han = _HAN.match(text, offset)
    if han and (numeral := han_numeral(han.group())) is not None:
        return Read(numeral, han.end())
    return None


def han_numeral(text: str) -> Fraction | None:
    """The value of a Chinese numeral (二十一, 一点五, 三万, 二〇二三), or none if it is not one.

    Digits beside each other (三五, 二三十) say *about*, which is no number.
    """
    half = Fraction(1, 2) if text.endswith("半") else Fraction(0)
    whole, _, decimals = text.removesuffix("半").partition("点")
    value = _han_row(whole) if _HAN_ROW.fullmatch(whole) else _han_whole(whole)
    if value is None:
        return None
    for place, character in enumerate(decimals, 1):
        value += Fraction(_HAN_DIGITS[character], 10**place)
    return value + half


def _han_row(whole: str) -> Fraction:
    """Digits in a row, as years are written: 二〇二三."""
    return Fraction("".join(str(_HAN_DIGITS[character]) for character in whole))


def _han_whole(whole: str) -> Fraction | None:
    """Digits with tens, hundreds, 万 and 亿."""
    total, section, digit = 0, 0, 0
    for character in whole:
        if character in _HAN_DIGITS:
            if digit:
                return None
            digit = _HAN_DIGITS[character]
        elif character in _HAN_STEPS:
            section += (digit or 1) * _HAN_STEPS[character]
            digit = 0
        else:
            if character == "万":
                value = (section + digit) * 10**4
                total += value
            else:
                value = total = (total + section + digit) * 10**8
            if not value:
                return None
            section = digit = 0
    # 两万五 and 三百五 leave out what the last digit counts.
    if not whole or (digit and whole[-2:-1] in {*"百千万亿"}):
        return None
    return Fraction(total + section + digit)


def read_rough(
    text: str, offset: int = 0, units: Table[str] | None = None
) -> Read[tuple[str, Fraction, str]] | None:
    """A figure of which only one end is known: 900余万元 is more, 近2万 is less than it says."""
    near = _NEAR.match(text, offset)
    if near:
        found = read_quantity(text, near.end(), units)
        return Read(("<", *found.value), found.end) if found else None
    match = _ARABIC.match(text, offset)
    over = _OVER.match(text, match.end()) if match else None
    if over is None:
        return None
    cut = over.end() - 1
    found = read_quantity(text[offset:cut] + text[cut + 1 : cut + 1 + _UNIT_LENGTH], 0, units)
    return Read((">", *found.value), offset + found.end + 1) if found else None


def read_share(text: str, offset: int = 0, *, slash: bool = True) -> Read[Fraction] | None:
    """A share: 90%, 5‰, 九成, 百分之九十, 三分之一, and with `slash` also 1/3."""
    han = _HAN_SHARE.match(text, offset)
    if han:
        below = _TEN_THOUSAND if han.group(1) == "万" else read_number(han.group(1))
        above = read_number(text, han.end())
        return Read(above.value / below.value, above.end) if above and below else None
    fraction = _FRACTION.match(text, offset) if slash else None
    if fraction and int(fraction.group(2)):
        return Read(Fraction(int(fraction.group(1)), int(fraction.group(2))), fraction.end())
    number = read_number(text, offset)
    if number is None:
        return None
    for sign, divisor in ((_PERCENT, 100), (_PER_MILLE, 1000)):
        match = sign.match(text, number.end)
        if match:
            return Read(number.value / divisor, match.end())
    if text.startswith("成", number.end):
        return Read(number.value / 10, number.end + 1)
    return None


def read_points(text: str, offset: int = 0) -> Read[Fraction] | None:
    """Percentage points as a share of one: `5 percentage points`, 5个百分点."""
    number = read_number(text, offset)
    match = _POINTS.match(text, number.end) if number else None
    return Read(number.value / 100, match.end()) if number and match else None


def read_multiple(text: str, offset: int = 0) -> Read[tuple[Fraction, Fraction]] | None:
    """`1.5 times`, `2 to 10 times`, 2至10倍, 二倍以上十倍以下: both ends, equal for one number."""
    low = read_number(text, offset) or _read_word(text, offset)
    if low is None:
        return None
    single = _TIMES.match(text, low.end)
    if single:
        return _multiple_above(text, low.value, single.end())
    dash = _RANGE.match(text, low.end)
    high = (read_number(text, dash.end()) or _read_word(text, dash.end())) if dash else None
    times = _TIMES.match(text, high.end) if high else None
    if high and times:
        return Read((low.value, high.value), times.end())
    return None


def _read_word(text: str, offset: int) -> Read[Fraction] | None:
    """An English number word, `two` or `two and a half`: a unit or `times` has to follow it."""
    match = _WORD.match(text, offset)
    if match is None:
        return None
    half = Fraction(1, 2) if match.group(2) else Fraction(0)
    return Read(Fraction(_WORDS.index(match.group(1)) + 1) + half, match.end())


def _multiple_above(text: str, low: Fraction, end: int) -> Read[tuple[Fraction, Fraction]]:
    """一倍半, 二倍以上十倍以下, or the plain multiple that ends at `end`."""
    if text.startswith("倍半", end - 1):
        return Read((low + Fraction(1, 2), low + Fraction(1, 2)), end + 1)
    if text.startswith("以上", end):
        high = read_number(text, end + 2)
        if high and text.startswith("倍以下", high.end):
            return Read((low, high.value), high.end + 3)
    return Read((low, low), end)


def read_unit(
    text: str, offset: int, limit: int | None = None, units: Table[str] | None = None
) -> Read[str] | None:
    """A unit in canonical spelling: 元/人·月, `yuan per person per month`, 人次, `days`."""
    limit = len(text) if limit is None else limit
    first = _unit_word(text, offset, limit, units)
    if first is None:
        return None
    parts, end = [first.value], first.end
    counts = first.value in _UNIT_RANK
    while per := _PER.match(text, end, limit):
        nextword = _unit_word(text, per.end(), limit, units)
        if nextword is None or (counts and _opens_amount(text, per.start(), units)):
            break
        parts.append(nextword.value)
        end = nextword.end
    return Read(spell_unit(parts[0], parts[1:]), end)


def _unit_word(text: str, offset: int, limit: int, units: Table[str] | None) -> Read[str] | None:
    found = (units or words().units).match(text, offset, limit)
    return Read(found[0][1], found[0][0]) if found else None


def spell_unit(base: str, per: list[str]) -> str:
    """The canonical spelling: what is counted, for whom, per which period."""
    ordered = sorted(
        per, key=lambda word: _UNIT_RANK.index(word) if word in _UNIT_RANK else len(_UNIT_RANK)
    )
    return "/".join([base, *ordered])


def read_quantity(
    text: str, offset: int = 0, units: Table[str] | None = None
) -> Read[tuple[Fraction, str]] | None:
    """A number with its unit (`""` for none): 680元/人·月, 每人每月680元, `30000 yuan`, 12%."""
    per, start = _per_whom(text, offset, units)
    share = None if per else read_share(text, start)
    if share:
        return Read((share.value, ""), share.end)
    figure = read_number(text, start)
    number = figure or _read_word(text, start)
    if number is None:
        return None
    unit = read_unit(text, _end(_BLANKS, text, number.end), None, units)
    if unit is None:
        return None if per or not figure else Read((number.value, ""), number.end)
    base, *rest = unit.value.split("/")
    return Read((number.value, spell_unit(base, per + rest)), unit.end)


def _per_whom(text: str, offset: int, units: Table[str] | None) -> tuple[list[str], int]:
    """The units that stand before an amount, 每人每月, and the offset of the amount itself."""
    per: list[str] = []
    while each := _EACH.match(text, offset):
        word = _unit_word(text, each.end(), len(text), units)
        if word is None:
            break
        per.append(word.value)
        offset = _end(_BLANKS, text, word.end)
    return per, offset


def _opens_amount(text: str, offset: int, units: Table[str] | None) -> bool:
    """Whether 每月9元 stands here: in 1人每月9元 the period is that of the amount."""
    per, start = _per_whom(text, _end(_BLANKS, text, offset), units)
    return bool(per) and read_number(text, start) is not None


def _end(compiled: re.Pattern[str], text: str, offset: int) -> int:
    match = compiled.match(text, offset)
    return match.end() if match else offset


def read_date(text: str, offset: int = 0) -> Read[tuple[date, Precision]] | None:
    """A date, or a month or year for its first day; none where the calendar has no such day."""
    han = _HAN_DATE.match(text, offset)
    if han:
        parts = [int(han_numeral(group.replace("○", "〇")) or 0) for group in han.groups() if group]
        precision: Precision = ("year", "month", "day")[len(parts) - 1]
        year, month, day = (*parts, 1, 1)[:3]
        return _dated(year, month, day, precision, han.end())
    if not text[offset : offset + 1].isdecimal():
        return None
    plain = text[offset : offset + 24].translate(_DIGITS)
    found = _DATE.match(plain)
    if found:
        parts = [int(group) for group in found.groups() if group]
        return _dated(parts[0], parts[1], parts[2], "day", offset + found.end())
    found = _MONTH.match(plain)
    if found:
        parts = [int(group) for group in found.groups() if group]
        return _dated(parts[0], parts[1], 1, "month", offset + found.end())
    found = _YEAR.match(plain)
    if found:
        return _dated(int(found.group(1)), 1, 1, "year", offset + found.end())
    return None


def read_period(text: str, offset: int = 0) -> tuple[Read[tuple[date, Precision]], ...] | None:
    """The two ends of 2018—2020年 and 2022年9-10月份, of which one lacks what the other says."""
    if not text[offset : offset + 1].isdecimal():
        return None
    plain = text[offset : offset + 24].translate(_DIGITS)
    match = _PERIOD.match(plain)
    if match is None:
        return None
    years, first, last, year, begin, stop = match.group("years", "y1", "y2", "year", "m1", "m2")
    if years:
        ends = ((int(first), 1, match.end("y1")), (int(last), 1, match.end()))
    else:
        ends = ((int(year), int(begin), match.end("m1")), (int(year), int(stop), match.end()))
    precision: Precision = "year" if years else "month"
    found = [_dated(y, m, 1, precision, offset + end) for y, m, end in ends]
    return tuple(end for end in found if end is not None) if all(found) else None


def impossible_day(text: str, offset: int = 0) -> int | None:
    """The offset behind what is written as a date and is none (30 February), or none."""
    if not text[offset : offset + 1].isdecimal():
        return None
    plain = text[offset : offset + 24].translate(_DIGITS)
    match = _DATE.match(plain) or _MONTH.match(plain)
    return offset + match.end() if match and read_date(text, offset) is None else None


def _dated(
    year: int, month: int, day: int, precision: Precision, end: int
) -> Read[tuple[date, Precision]] | None:
    try:
        return Read((date(year, month, day), precision), end)
    except ValueError:
        return None
