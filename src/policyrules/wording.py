"""How values, amounts, units and statuses are worded for people, in both languages, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from policyrules.source import Language, Text
from policyrules.types.dates import NEVER
from policyrules.types.units import PERCENT, show, unit, whom, without_whom

if TYPE_CHECKING:
    from policyrules.ir.facts import Status
    from policyrules.ir.nodes import Entity

STATUSES: Mapping[Status, Text] = {
    "eligible": Text("eligible", "符合条件"),
    "not eligible": Text("not eligible", "不符合条件"),
    "undetermined": Text("undetermined", "待定"),
    "conflict": Text("conflict", "冲突"),
    "not in force": Text("not in force", "未生效"),
    "not stated": Text("not stated", "未载明"),
    "manual": Text("decided by a person", "人工审定"),
    "known": Text("known", "已知"),
}

FLAGS: Mapping[str, Text] = {
    "limit not stated": Text(
        "the document does not state the limit; computed without one", "限额未载明，按无限额计算"
    ),
    "soft rule": Text("the rule holds as a rule only", "规定为“原则上”，可有例外"),
    "open list": Text("the list in the rule is open (and others)", "所列情形未穷尽（“等”）"),
    "reading": Text("an unclear sentence was read in one way", "条文表述不明确，按选定的理解计算"),
    "default": Text("a default stated by the rule was used", "采用了规则载明的默认值"),
    "year precision": Text(
        "the document gives the year only; taken from 1 January, an end to 31 December",
        "文件只载明年份，自1月1日起计，终止的计至12月31日",
    ),
    "loose bound": Text("the bound may be wider than necessary", "结果范围可能偏宽"),
}

# The value of a date that has not happened, and how it is told.
NONE = "none"
NOT_HAPPENED = Text("has not happened", "尚未发生")
_YES_NO = (Text("no", "否"), Text("yes", "是"))
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PLACES = 2
_DIGITS = 4000
_PIECE = 10**_DIGITS


def decimal_text(value: Fraction) -> str:
    """The exact value as a decimal without separators, or as a fraction (`1000/3`)."""
    places = _decimal_places(value)
    if places is None:
        return f"{_digits(value.numerator)}/{_digits(value.denominator)}"
    return _fixed(value, places)


def number(value: Fraction) -> Text:
    """The exact value with thousands apart; an endless decimal as a fraction with its size."""
    places = _decimal_places(value)
    if places is not None:
        text = _grouped(_fixed(value, places))
        return Text(text, text)
    exact = f"{_grouped(_digits(value.numerator))}/{_grouped(_digits(value.denominator))}"
    about = _grouped(_fixed(value, _PLACES))
    return Text(f"{exact} (about {about})", f"{exact}（约{about}）")


def quantity(value: Fraction, in_unit: str) -> Text:
    """An exact value with its unit: `1,200 yuan per month`, `1,200元/月`; of a rate, in percent."""
    if in_unit == PERCENT:
        return _percent(value)
    words, size = number(value), unit(in_unit)
    return Text(
        f"{words.of('en')} {show(size, 'en', value)}".rstrip(),
        f"{words.of('zh')}{show(size, 'zh')}",
    )


def _percent(value: Fraction) -> Text:
    """A rate in percent; one that no decimal writes as a fraction with its size."""
    if _decimal_places(value) is not None:
        text = f"{number(value * 100).of('en')}%"
        return Text(text, text)
    exact = f"{_grouped(_digits(value.numerator))}/{_grouped(_digits(value.denominator))}"
    about = f"{_grouped(_fixed(value * 100, _PLACES))}%"
    return Text(f"{exact} (about {about})", f"{exact}（约{about}）")


def without_own_whom(in_unit: str, subject: Entity) -> str:
    """The unit without for whom, where that is the one whose figure it is."""
    if in_unit == PERCENT:
        return in_unit
    declared = unit(in_unit)
    own = {"person"} if subject == "person" else {"household", "case"}
    return (without_whom(declared) if whom(declared) in own else declared).text


def unit_words(text: str) -> Text:
    """A unit in words; a number without unit is called one."""
    if text == PERCENT:
        return Text("rate", "比例")
    found = unit(text)
    if not found.text:
        return Text("a number without unit", "无单位的数字")
    return Text(show(found, "en"), show(found, "zh"))


def interval(low: Fraction | None, high: Fraction | None, in_unit: str) -> Text:
    """From the one end to the other, both included; an end that is None is open."""
    if low is not None and low == high:
        return quantity(low, in_unit)
    if low is not None and high is not None:
        start, stop = quantity(low, in_unit), quantity(high, in_unit)
        first = start if in_unit == PERCENT else number(low)
        return Text(f"{first.of('en')} to {stop.of('en')}", f"{start.of('zh')}至{stop.of('zh')}")
    if low == 0:
        return Text("not bounded above", "上限不明")
    if low is not None:
        return _prefixed("at least ", "不低于", quantity(low, in_unit))
    if high is not None:
        return _prefixed("at most ", "不超过", quantity(high, in_unit))
    return Text("not bounded", "没有上下限")


def domain(
    low: Fraction | None,
    high: Fraction | None,
    in_unit: str,
    *,
    low_excluded: bool = False,
    high_excluded: bool = False,
) -> Text:
    """The range in which a number must lie: `at least 0 yuan per month`."""
    ends: list[Text] = []
    if low is not None:
        words = ("more than ", "超过") if low_excluded else ("at least ", "不低于")
        ends.append(_prefixed(*words, quantity(low, in_unit)))
    if high is not None:
        words = ("less than ", "低于") if high_excluded else ("at most ", "不超过")
        ends.append(_prefixed(*words, quantity(high, in_unit)))
    return Text(" and ".join(end.of("en") for end in ends), "且".join(end.of("zh") for end in ends))


def truth(value: bool) -> Text:
    """Yes or no."""
    return _YES_NO[value]


def day(value: date) -> Text:
    """A calendar day: `2023-08-01`, `2023年8月1日`; of what has not happened, that it has not."""
    if value == NEVER:
        return NOT_HAPPENED
    return Text(value.isoformat(), f"{value.year}年{value.month}月{value.day}日")


def written_day(value: date) -> Text:
    """A calendar day as letters write it: `1 August 2023`, `2023年8月1日`."""
    if value == NEVER:
        return NOT_HAPPENED
    return Text(f"{value.day} {_MONTHS[value.month - 1]} {value.year}", day(value).zh)


def listed(texts: Iterable[Text]) -> Text:
    """Several names in a row, each in the words of the language."""
    found = tuple(texts)
    return Text(
        ", ".join(f"`{text.of('en')}`" for text in found),
        "、".join(f"“{text.of('zh')}”" for text in found),
    )


def in_a_row(names: Iterable[str], lang: Language) -> str:
    """Names one after the other; semicolons keep apart those that have commas inside."""
    found = tuple(names)
    within = any(mark in name for name in found for mark in ",，、")
    return {"en": ("; " if within else ", "), "zh": ("；" if within else "、")}[lang].join(found)


def status(name: Status) -> Text:
    """What a status is called."""
    return STATUSES[name]


def flag(name: str, lang: Language) -> str:
    """What a flag on a result means; one that is not in the table speaks for itself."""
    return FLAGS[name].of(lang) if name in FLAGS else name


def _prefixed(en: str, zh: str, text: Text) -> Text:
    return Text(en + text.of("en"), zh + text.of("zh"))


def _decimal_places(value: Fraction) -> int | None:
    """How many decimals write the value exactly; None if no number of them does."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _fixed(value: Fraction, places: int) -> str:
    """The value with that many decimals, half up where it has more."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = _digits(whole).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def _digits(number: int) -> str:
    """A whole number in decimal digits, in pieces where Python writes it at once no more."""
    pieces: list[str] = []
    left = abs(number)
    while left >= _PIECE:
        left, rest = divmod(left, _PIECE)
        pieces.append(str(rest).rjust(_DIGITS, "0"))
    return ("-" if number < 0 else "") + "".join([str(left), *reversed(pieces)])


def _grouped(text: str) -> str:
    whole, point, decimals = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    first = len(digits) % 3
    groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
    return sign + ",".join(group for group in groups if group) + point + decimals
