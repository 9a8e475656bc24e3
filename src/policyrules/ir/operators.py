"""The vocabulary of the program: every operator, and what it means on plain values.

A number is a `Fraction`, a day an `int` (proleptic ordinal), truth a `bool`, a choice a `str`. Each
function is total; it is the one definition that every engine has to meet.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Literal, cast

from attrs import frozen

from policyrules.ir.nodes import Kind
from policyrules.types import dates

Plain = Fraction | bool | str | int
Takes = Kind | Literal["any", "same"]
# `NEVER` stands for what has not happened yet, and stays itself whatever is added to it.
FIRST_DAY, LAST_DAY, NEVER = (day.toordinal() for day in (date.min, dates.LAST, dates.NEVER))


@frozen
class Operator:
    """One operator: `arity` is None where it takes any number of operands of the kind in `takes`.

    `same` stands for two numbers or two days, `any` for one kind throughout. `plain` is the
    operator on plain values; None where the result may be no one value (the range, working days
    of years that are not announced).
    """

    arity: int | None
    takes: tuple[Takes, ...]
    gives: Takes
    doc: str
    plain: Callable[..., Plain] | None


def add(left: Fraction, right: Fraction) -> Fraction:
    """The sum."""
    return left + right


def subtract(left: Fraction, right: Fraction) -> Fraction:
    """The difference, which may be negative."""
    return left - right


def multiply(left: Fraction, right: Fraction) -> Fraction:
    """The product."""
    return left * right


def divide(left: Fraction, right: Fraction) -> Fraction:
    """The exact quotient; by zero, which a compiled program never does, it is 0."""
    return left / right if right else Fraction(0)


def minimum(*values: Fraction) -> Fraction:
    """The smallest of one or more numbers."""
    result = values[0]
    for value in values[1:]:
        if less(value, result):
            result = value
    return result


def maximum(*values: Fraction) -> Fraction:
    """The largest of one or more numbers."""
    result = values[0]
    for value in values[1:]:
        if less(result, value):
            result = value
    return result


def round_down(value: Fraction, step: Fraction) -> Fraction:
    """The largest multiple of the step that is not above the value (toward minus infinity)."""
    return value // step * step if step else value


def round_up(value: Fraction, step: Fraction) -> Fraction:
    """The smallest multiple of the step that is not below the value (toward plus infinity)."""
    return -round_down(-value, step)


def round_half_up(value: Fraction, step: Fraction) -> Fraction:
    """The nearest multiple of the step; a tie goes away from zero."""
    if value < 0:
        return -round_half_up(-value, step)
    return round_down(value + step / 2, step)


def round_half_even(value: Fraction, step: Fraction) -> Fraction:
    """The nearest multiple of the step; a tie goes to the even multiple."""
    return round(value / step) * step if step else value


def round_jiao_up(value: Fraction, step: Fraction) -> Fraction:
    """What is below a tenth of the step is cut off, then up to the step: 100.09 → 100, 100.1 → 101.

    With a step of one yuan this looks at the jiao digit alone (见角进元).
    """
    return round_up(round_down(value, step / 10), step)


def drop_below(value: Fraction, least: Fraction) -> Fraction:
    """The value, but 0 where it is smaller than `least`."""
    return value if value >= least else Fraction(0)


def lift_to(value: Fraction, least: Fraction) -> Fraction:
    """The value, but `least` where it is above 0 and smaller than that."""
    return max(value, least) if value > 0 else value


def less(left: Fraction | int, right: Fraction | int) -> bool:
    """Whether the left number is smaller, or the left day earlier."""
    # What `left < right` says, in a third of the time: comparing is most of what rules do.
    (above, below), (other_above, other_below) = left.as_integer_ratio(), right.as_integer_ratio()
    return above * other_below < other_above * below


def equal(left: Fraction | int, right: Fraction | int) -> bool:
    """Whether two numbers or days are exactly the same."""
    return left == right


def is_value(choice: str, value: str) -> bool:
    """Whether a choice has this value."""
    return choice == value


def every(*values: bool) -> bool:
    """Whether all hold; of none, yes."""
    return all(values)


def either(*values: bool) -> bool:
    """Whether at least one holds; of none, no."""
    return any(values)


def negation(value: bool) -> bool:
    """Yes for no, no for yes."""
    return not value


def select(condition: bool, then: Plain, otherwise: Plain) -> Plain:
    """The second operand if the condition holds, else the third."""
    return then if condition else otherwise


def flagged(value: Plain, _flag: str) -> Plain:
    """The value itself; the flag is noted wherever it is evaluated."""
    return value


def add_days(day: int, days: Fraction) -> int:
    """So many whole days later (part of a day does not count), within the calendar."""
    return NEVER if day == NEVER else min(max(day + days // 1, FIRST_DAY), LAST_DAY)


def period_end(day: int, months: Fraction) -> int:
    """The last day of the calendar month, quarter or year (1, 3 or 12 months) of a day."""
    return dates.period_end(_day(day), cast("dates.CalendarMonths", int(months))).toordinal()


def day_of_month(day: int, number: Fraction) -> int:
    """The day with this number in the month of a day; the month's last one if it has fewer."""
    return dates.day_of_month(_day(day), int(number)).toordinal()


def completed_years(since: int, on: int) -> Fraction:
    """Whole years from one day to another; an anniversary of 29 February may be the 28th."""
    return Fraction(dates.completed_years(_day(since), _day(on)))


def completed_months(since: int, on: int) -> Fraction:
    """Whole months from one day to another; negative before the first day."""
    return Fraction(dates.completed_months(_day(since), _day(on)))


def completed_days(since: int, on: int) -> Fraction:
    """Days from one day to another."""
    return Fraction(on - since)


def earliest(*days: int) -> int:
    """The first of one or more days."""
    return min(days)


def latest(*days: int) -> int:
    """The last of one or more days; of one that has not happened, that one."""
    return max(days)


def so_far(day: int, on: int) -> int:
    """A day, or another one where it has not happened."""
    return on if day == NEVER else day


def floor_divide(value: Fraction, step: Fraction) -> Fraction:
    """How many whole times the step is in the value; of a step of zero, 0."""
    return Fraction(value // step) if step else Fraction(0)


def add_months(day: int, months: Fraction) -> int:
    """So many whole months later; a day that the month lacks becomes its last one."""
    return dates.add_months(_day(day), int(months)).toordinal()


def previous_end(day: int, months: Fraction) -> int:
    """The last day of the calendar period (1, 3 or 12 months) before that of a day."""
    return dates.previous_end(_day(day), cast("dates.CalendarMonths", int(months))).toordinal()


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, FIRST_DAY), NEVER))


_NUMBERS: tuple[Takes, ...] = ("number", "number")
_SAME: tuple[Takes, ...] = ("same", "same")


OPERATORS: dict[str, Operator] = {
    "add": Operator(2, _NUMBERS, "number", "a + b", add),
    "subtract": Operator(2, _NUMBERS, "number", "a - b", subtract),
    "multiply": Operator(2, _NUMBERS, "number", "a × b", multiply),
    "divide": Operator(2, _NUMBERS, "number", "a / b, where b is proved not to be 0", divide),
    "minimum": Operator(None, ("number",), "number", "the smallest", minimum),
    "maximum": Operator(None, ("number",), "number", "the largest", maximum),
    "range": Operator(2, _NUMBERS, "number", "from a to b, left to discretion", None),
    "round_half_up": Operator(
        2, _NUMBERS, "number", "a to the nearest multiple of b, ties away from 0", round_half_up
    ),
    "round_up": Operator(2, _NUMBERS, "number", "a up to a multiple of b", round_up),
    "round_down": Operator(2, _NUMBERS, "number", "a down to a multiple of b", round_down),
    "round_half_even": Operator(
        2, _NUMBERS, "number", "a to the nearest multiple of b, ties to even", round_half_even
    ),
    "round_jiao_up": Operator(
        2, _NUMBERS, "number", "a cut to tenths of b, then up to a multiple of b", round_jiao_up
    ),
    "drop_below": Operator(2, _NUMBERS, "number", "a, or 0 if a < b", drop_below),
    "lift_to": Operator(2, _NUMBERS, "number", "a, or b if 0 < a < b", lift_to),
    "less": Operator(2, _SAME, "truth", "a < b, a before b", less),
    "equal": Operator(2, _SAME, "truth", "a = b", equal),
    "is": Operator(2, ("choice", "choice"), "truth", "the choice a has the value b", is_value),
    "and": Operator(None, ("truth",), "truth", "all hold", every),
    "or": Operator(None, ("truth",), "truth", "at least one holds", either),
    "not": Operator(1, ("truth",), "truth", "a does not hold", negation),
    "others": Operator(
        None, ("truth",), "truth", "what an open list of these leaves out, to be decided", None
    ),
    "select": Operator(3, ("truth", "any", "any"), "any", "b if a holds, else c", select),
    "flagged": Operator(2, ("any", "choice"), "any", "a, with the flag b noted", flagged),
    "add_days": Operator(2, ("date", "number"), "date", "b days after a", add_days),
    "period_end": Operator(
        2, ("date", "number"), "date", "the last day of the period of b months around a", period_end
    ),
    "day_of_month": Operator(
        2, ("date", "number"), "date", "the day b of the month of a", day_of_month
    ),
    "completed_years": Operator(
        2, ("date", "date"), "number", "the whole years from a to b", completed_years
    ),
    "completed_months": Operator(
        2, ("date", "date"), "number", "the whole months from a to b", completed_months
    ),
    "completed_days": Operator(
        2, ("date", "date"), "number", "the days from a to b", completed_days
    ),
    "earliest": Operator(None, ("date",), "date", "the first", earliest),
    "latest": Operator(None, ("date",), "date", "the last", latest),
    "so_far": Operator(2, ("date", "date"), "date", "a, or b if a has not happened", so_far),
    "floor_divide": Operator(2, _NUMBERS, "number", "how many whole times b is in a", floor_divide),
    "add_months": Operator(2, ("date", "number"), "date", "b months after a", add_months),
    "add_working_days": Operator(
        2, ("date", "number"), "date", "b working days after a, no one day if not announced", None
    ),
    "previous_end": Operator(
        2,
        ("date", "number"),
        "date",
        "the last day of the period of b months before that of a",
        previous_end,
    ),
}
