"""What a script says and reads in words: problems of cases, units, and why a rule is left out."""

from __future__ import annotations

from fractions import Fraction

from policyrules import wording
from policyrules.case_json import LIST, NULL, OBJECT
from policyrules.case_values import DATE, NUMBER, TRUTH, read_number
from policyrules.catalogue import CATALOGUE
from policyrules.diagnostics import Report
from policyrules.ir.nodes import Input, NotStated
from policyrules.javascript_data import data, record, table
from policyrules.source import Language, Text
from policyrules.types.units import (
    PERCENT,
    Unit,
    is_money,
    period,
    show,
    unit,
    with_period,
    without_whom,
)

# The problems that a script finds.
CODES = (
    *(f"PR6{number:02}" for number in range(1, 20)),
    *(f"PR62{number}" for number in range(8)),
    *("PR626", "PR627", "PR634", "PR635", "PR650", "PR651", "PR682"),
)
# What is often counted: of those units, the ones that an input may have are kept.
_COUNTED = (
    "year",
    "years",
    "岁",
    "周岁",
    "年",
    "month",
    "months",
    "个月",
    "person",
    "persons",
    "人",
)
# A number that need not be whole is held in millionths.
PARTS = 10**6
_QUOTES = Text("``", "“”")
_VALUES = Text("one of the values ", "下列值之一：")


def messages(lang: Language) -> str:
    """The wording of each problem, in which facts are still to be filled in."""
    return record({code: data(CATALOGUE[code].message.of(lang)) for code in CODES})


def words(lang: Language) -> str:
    """What stands in the wording of problems."""
    named = {
        "nothing": NULL,
        "object": OBJECT,
        "list": LIST,
        "date": DATE,
        "number": NUMBER,
        "truth": TRUTH,
        "values": _VALUES,
        "quotes": _QUOTES,
    }
    return record({name: data(text.of(lang)) for name, text in named.items()})


def spellings(label: Text, in_unit: str) -> dict[str, Fraction]:
    """The units with which a number may be written, and of which size each is in the declared one.

    These are the unit itself and other periods of it, in the words of both languages; the reader of
    cases knows more.
    """
    found: dict[str, Fraction] = {}
    for words_of_unit in dict.fromkeys(("", *_candidates(unit(in_unit)))):
        size = read_number(f"1 {words_of_unit}", label, in_unit, "", Report())
        if size is not None:
            found[words_of_unit.lower()] = size
    return found


def written(label: Text, in_unit: str, per: int, lang: Language) -> dict[str, str]:
    """How a number is written: its unit in words, those in which it may be, and its parts."""
    units = spellings(label, in_unit)
    return {
        "unit": data(wording.unit_words(in_unit).of(lang)),
        "units": table((name, data(size)) for name, size in units.items()),
        "per": f"{per}n",
    }


def limits(of: Input | NotStated, in_unit: str, lang: Language) -> dict[str, str]:
    """Within what a number must lie, and that in words."""
    words_of_limits = wording.domain(
        of.low,
        of.high,
        in_unit,
        low_excluded=of.low_excluded,
        high_excluded=of.high_excluded,
    )
    found = {
        "low": data(of.low),
        "high": data(of.high),
        "domain": data(words_of_limits.of(lang)),
    }
    flags = {"lowExcluded": of.low_excluded, "highExcluded": of.high_excluded}
    return found | {name: "true" for name, holds in flags.items() if holds}


def _candidates(declared: Unit) -> list[str]:
    if declared.text in ("", PERCENT):
        return ["%"]
    units = [declared, without_whom(declared)]
    if period(declared) is not None:
        units += [with_period(each, length) for each in units for length in ("month", "year")]
    found = [
        text
        for each in units
        for text in (each.text, show(each, "en"), show(each, "en", Fraction(1)), show(each, "zh"))
    ]
    if is_money(declared):
        return [*found, *(f"万{text}" for text in found if text.startswith("元"))]
    return [*found, *_COUNTED]
