"""How a changed fact and its effect are worded for people, in both languages."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from policyrules import wording
from policyrules.ir.nodes import Input
from policyrules.results_outcome import Outcome
from policyrules.source import Text
from policyrules.types.units import PERCENT, unit, with_period, without_whom

_DAY = "day"
_POINTS = Text("percentage points", "个百分点")


def change_words(
    label: Text,
    difference: Text | None,
    before: Text,
    after: Text,
    was: Text,
    becomes: Text,
) -> Text:
    """`income 135.01 yuan less (1,364.99 instead of 1,500 yuan per month): not eligible → …`."""
    if difference is None:
        en = f"{label.of('en')}: {after.of('en')} instead of {before.of('en')}"
        zh = f"{label.of('zh')}：{after.of('zh')}（原为{before.of('zh')}）"
    else:
        values = f"{after.of('en')} instead of {before.of('en')}"
        # A name that ends in a number must not run into the figure.
        mark = ":" if label.of("en")[-1].isdigit() else ""
        en = f"{label.of('en')}{mark} {difference.of('en')} ({values})"
        zh = f"{label.of('zh')}{difference.of('zh')}（{after.of('zh')}，原为{before.of('zh')}）"
    if was == becomes:  # another band begins, in which the figure comes about in another way
        return Text(
            f"{en}: still {was.of('en')}, but worked out differently from there on",
            f"{zh}：仍为{was.of('zh')}，但此后计算方式不同",
        )
    return Text(
        f"{en}: {was.of('en')} → {becomes.of('en')}",
        f"{zh}：{was.of('zh')} → {becomes.of('zh')}",
    )


def difference_words(declared: Input, difference: Fraction | None) -> Text | None:
    """By how much a fact changes: `135.01 yuan less`, `减少135.01元`; None where it has no size."""
    if difference is None:
        return None
    size, more = abs(difference), difference > 0
    if declared.kind == "date":
        words = wording.quantity(size, _DAY)
        how = Text("later", "推后") if more else Text("earlier", "提前")
    else:
        words = size_words(size, declared.unit)
        how = Text("more", "增加") if more else Text("less", "减少")
    return Text(f"{words.of('en')} {how.of('en')}", f"{how.of('zh')}{words.of('zh')}")


def value_words(declared: Input, value: Fraction | bool | str | date) -> Text:
    """A value of a fact with its unit, or the words for it."""
    match value:
        case bool():
            return wording.truth(value=value)
        case Fraction():
            own = wording.without_own_whom(declared.unit, declared.subject)
            return wording.quantity(value, own)
        case date():
            return wording.day(value)
        case str() if declared.kind == "date":
            return wording.NOT_HAPPENED
        case str():
            return dict(declared.values)[value]


def new_words(declared: Input, value: Fraction | bool | str | date) -> Text:
    """A value beside the one that it replaces, whose unit is not said twice in English."""
    words = value_words(declared, value)
    if not isinstance(value, Fraction) or declared.unit == PERCENT:
        return words
    return Text(wording.number(value).of("en"), words.of("zh"))


def standing(outcome: Outcome) -> Text:
    """The status of an outcome, with its amount if it has one."""
    status = wording.status(outcome.status)
    if outcome.amount is None:
        return status
    return Text(
        f"{status.of('en')}, {outcome.text('en')}", f"{status.of('zh')}，{outcome.text('zh')}"
    )


def size_words(size: Fraction, in_unit: str) -> Text:
    """An amount by which a figure differs: not per period, and for whom is known."""
    if in_unit == PERCENT:
        points = wording.number(size * 100)
        return Text(f"{points.of('en')} {_POINTS.of('en')}", f"{points.of('zh')}{_POINTS.of('zh')}")
    bare = with_period(without_whom(unit(in_unit)), None).text
    return wording.quantity(size, "year" if bare == "year_of_age" else bare)
