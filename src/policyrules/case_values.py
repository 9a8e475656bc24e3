"""One value of a case, as its declaration asks: read, converted, checked against its domain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from policyrules import wording
from policyrules.case_json import DIGITS, described, exact, is_figure
from policyrules.case_money import read_sum
from policyrules.case_python import OutOfMeasure
from policyrules.diagnostics import Report, near, shown
from policyrules.ir.facts import Value
from policyrules.ir.nodes import Input
from policyrules.source import Text
from policyrules.types.dates import NEVER
from policyrules.types.units import (
    PERCENT,
    YUAN,
    Unit,
    factor,
    is_money,
    main_money,
    unit,
    whom,
    with_whom,
    without_whom,
)

FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST = 200
_TEXTS_KEPT, _NUMBERS_KEPT = 256, 4096
_fraction: Callable[[int], Fraction] = lru_cache(maxsize=_NUMBERS_KEPT)(Fraction)

YES_NO: Mapping[str, bool] = {"yes": True, "no": False, "是": True, "否": False}
# What has not happened yet.
_NEVER = frozenset({"none", "无", "尚未发生"})
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_SHARE = re.compile(r"[%％‰成]|分之|percent|per mille")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日", re.ASCII)

NUMBER = Text("a number", "数字")
_NO_FIGURE = Text(
    "it is no number at all: leave the fact out if it is not known",
    "这不是数字；该项信息不明的，请不写该项",
)
TRUTH = Text("yes or no (in JSON true or false)", "是或者否（JSON中写true或者false）")
_DIGITS = re.compile(r"[\d.．]+")
_QUOTED = frozenset({"true", "false"})
_UNQUOTED = Text("write it without quotation marks", "请去掉引号")
_PART = Text("a share", "比例")
DATE = Text("a date such as 2023-08-01", "日期，例如2023年8月1日或者2023-08-01")


def read_value(declared: Input, raw: object, path: str, report: Report) -> Value | None:
    """The value of an input, in its declared unit; None if it is missing or a problem was noted."""
    if raw is None:
        return None
    match declared.kind:
        case "number":
            number = read_number(raw, declared.label, declared.unit, path, report)
            return None if number is None else _in_domain(declared, number, path, report)
        case "truth":
            return _truth(raw, path, report)
        case "choice":
            return _choice(declared, raw, path, report)
        case "date" if isinstance(raw, str) and raw.strip() in _NEVER:
            if declared.name == "birth date":
                report.add("PR634", path)
                return None
            return NEVER.toordinal()
        case "date":
            day = read_date(raw, path, report)
            return None if day is None else day.toordinal()


def usual_value(declared: Input) -> Callable[[object], Value | None]:
    """How the usual values of an input are read, quickly; what gives None is for `read_value`."""

    @lru_cache(maxsize=_TEXTS_KEPT)
    def written(text: str) -> Value | None:
        return read_value(declared, text, "", Report())

    def any_text(raw: object) -> Value | None:
        return written(raw) if type(raw) is str and len(raw) <= LONGEST else None

    def truth(raw: object) -> Value | None:
        return raw if raw is True or raw is False else any_text(raw)

    least, most = whole_bounds(declared)

    def number(raw: object) -> Value | None:
        if type(raw) is int:
            return _fraction(raw) if least <= raw <= most else None
        return any_text(raw)

    match declared.kind:
        case "number":
            return number
        case "truth":
            return truth
        case "choice" | "date":
            return any_text


def whole_bounds(declared: Input) -> tuple[int, int]:
    """The least and the most whole number that an input may be."""
    least, most = 1 - 10**DIGITS, 10**DIGITS - 1
    low, high = declared.low, declared.high
    if low is not None:
        least = max(least, floor(low) + 1 if declared.low_excluded else ceil(low))
    if high is not None:
        most = min(most, ceil(high) - 1 if declared.high_excluded else floor(high))
    return max(least, 0) if declared.whole else least, most


def read_number(
    raw: object, label: Text, declared: str, path: str, report: Report
) -> Fraction | None:
    """An exact number in the unit `declared`; what cannot be converted exactly is refused."""
    match raw:
        case bool():
            _refused(raw, NUMBER, path, report)
            return None
        case float():
            report.add("PR607", path, found=shown(repr(raw)))
            return None
        case Decimal() | OutOfMeasure() if not is_figure(raw):
            report.add("PR608", path, hint=_NO_FIGURE, found=described(raw), most=str(DIGITS))
            return None
        case int() | Decimal() | Fraction():
            number = exact(raw)
            if number is None:
                report.add("PR608", path, found=described(raw), most=str(DIGITS))
            return number
        case OutOfMeasure():
            report.add("PR608", path, found=described(raw), most=str(DIGITS))
            return None
        case str():
            return _quantity(raw, label, declared, path, report)
        case _:
            _refused(raw, NUMBER, path, report)
            return None


def _quantity(raw: str, label: Text, declared: str, path: str, report: Report) -> Fraction | None:
    found = written_quantity(raw, main_money(unit(declared)).text)
    if found is None:
        digits = max(map(len, _DIGITS.findall(raw.replace(",", ""))), default=0)
        code = "PR608" if digits > DIGITS else "PR609"
        hint = _for_example(declared) if code == "PR609" else None
        report.add(code, path, hint=hint, found=described(raw), most=str(DIGITS))
        return None
    number, spelled = found
    if exact(number) is None:
        report.add("PR608", path, found=described(raw), most=str(DIGITS))
        return None
    if not spelled:
        if unit(declared).text and _SHARE.search(raw):
            words = wording.unit_words(declared)
            hint = _for_example(declared)
            report.add("PR610", path, hint=hint, name=label, declared=words, found=_PART)
            return None
        return number
    ratio = conversion(unit(spelled), unit(declared))
    if ratio is None:
        report.add(
            "PR610",
            path,
            hint=_for_example(declared),
            name=label,
            declared=wording.unit_words(declared),
            found=wording.unit_words(spelled),
        )
        return None
    return number * ratio


def _for_example(declared: str) -> Text:
    """The hint that shows a figure as it may be written, alone and with the declared unit."""
    size = Fraction(300) if is_money(unit(declared)) else Fraction(3)
    spelled = without_whom(unit(declared)).text
    if declared == PERCENT:
        size, spelled = Fraction(1, 2), declared
    alone, whole = wording.number(size), wording.quantity(size, spelled)
    if alone == whole:
        return Text(f"write for example `{alone.of('en')}`", f"请写成例如{alone.of('zh')}")
    return Text(
        f"write for example `{alone.of('en')}` or `{whole.of('en')}`",
        f"请写成例如{alone.of('zh')}或者{whole.of('zh')}",
    )


def written_quantity(text: str, currency: str = YUAN) -> tuple[Fraction, str] | None:
    """A whole text read as a number with its unit (`""` for none); a minus sign may go before.

    Of money, only the units of the currency are known.
    """
    if len(text) > LONGEST:
        return None
    # The words of units are many; numbers that stand for themselves need none of them.
    from policyrules.syntax.numbers import read_quantity  # noqa: PLC0415 (see above)
    from policyrules.syntax.words import unit_table  # noqa: PLC0415 (see above)

    text = text.strip()
    plain = text.lstrip("-−－")
    if len(text) - len(plain) > 1:
        return None
    read = read_quantity(plain, 0, unit_table(currency))
    if read is not None and read.end == len(plain):
        found: tuple[Fraction, str] | None = read.value
    else:
        found = read_sum(plain) if currency == YUAN else None
    if found is None:
        return None
    number, spelled = found
    return (number if plain == text else -number), spelled


def conversion(given: Unit, declared: Unit) -> Fraction | None:
    """The exact factor between the units; for whom may be left out, and years may be of age."""
    if (given.text, declared.text) == ("year", "year_of_age"):
        return Fraction(1)
    subject = whom(declared)
    if subject is not None:
        given = with_whom(given, subject)
    return factor(given, declared)


def _in_domain(declared: Input, number: Fraction, path: str, report: Report) -> Fraction | None:
    if declared.whole and (number.denominator != 1 or number < 0):
        report.add("PR612", path, name=declared.label, found=wording.number(number))
        return None
    low, high = declared.low, declared.high
    below = low is not None and (number < low or (declared.low_excluded and number == low))
    above = high is not None and (number > high or (declared.high_excluded and number == high))
    if not (below or above):
        return number
    domain = wording.domain(
        low,
        high,
        declared.unit,
        low_excluded=declared.low_excluded,
        high_excluded=declared.high_excluded,
    )
    found = wording.quantity(number, declared.unit)
    report.add("PR611", path, name=declared.label, domain=domain, found=found)
    return None


def _truth(raw: object, path: str, report: Report) -> bool | None:
    if isinstance(raw, bool):
        return raw
    word = raw.strip().lower() if isinstance(raw, str) else ""
    if word in _QUOTED:
        found = Text(f"the text `{word}`", f"文本“{word}”")
        report.add("PR602", path, hint=_UNQUOTED, expected=TRUTH, found=found)
    elif word not in YES_NO:
        _refused(raw, TRUTH, path, report)
    return YES_NO.get(word)


def _choice(declared: Input, raw: object, path: str, report: Report) -> str | None:
    names = {
        name: canonical
        for canonical, label in declared.values
        for name in (canonical, label.en, label.zh)
        if name
    }
    word = raw.strip() if isinstance(raw, str) else ""
    if word in names:
        return names[word]
    values = wording.listed(label for _, label in declared.values)
    if isinstance(raw, str):
        hint = None if report.full else near(word, names)
        report.add(
            "PR613", path, hint=hint, name=declared.label, found=described(raw), values=values
        )
        return None
    expected = Text(f"one of the values {values.of('en')}", f"下列值之一：{values.of('zh')}")
    _refused(raw, expected, path, report)
    return None


def read_date(raw: object, path: str, report: Report) -> date | None:
    """A calendar day, written as `2023-08-01` or `2023年8月1日`, or a Python date."""
    match raw:
        case date():
            day = raw
        case str():
            found = _written_day(raw) if len(raw) <= LONGEST else "PR614"
            if isinstance(found, str):
                report.add(found, path, found=described(raw))
                return None
            day = found
        case _:
            _refused(raw, DATE, path, report)
            return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        report.add("PR616", path, first=str(FIRST_YEAR), last=str(LAST_YEAR), found=str(day.year))
        return None
    return day


@lru_cache(maxsize=_TEXTS_KEPT)
def _written_day(text: str) -> date | str:
    """The day that a text says; the code of the problem where it says none."""
    text = unicodedata.normalize("NFKC", text).strip()
    found = _ISO.fullmatch(text) or _CHINESE.fullmatch(text)
    if found is None:
        return "PR614"
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return "PR615"


def _refused(raw: object, expected: Text, path: str, report: Report) -> None:
    """Note that a value is of the wrong kind."""
    report.add("PR602", path, expected=expected, found=described(raw))
