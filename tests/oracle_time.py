"""Of the oracle: completed time, and periods of the calendar."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, reduce
from typing import Any

from attrs import evolve, frozen
from chinese_calendar import is_workday
from oracle_numbers import ABOVE, BELOW, UNITS, End, Num, NumUnit

from policyrules.syntax import ast
from policyrules.syntax.names_time import all_earlier


@frozen
class Lag:
    """A parameter as it was in the year or month before."""

    of: ast.Parameter
    before: str


def earlier_names(key: str, declared: ast.Parameter | ast.Input | ast.Statuses) -> dict[str, Any]:
    """What a declared name means for earlier periods: an input of its own, or an earlier value."""
    names = declared.names if isinstance(declared, ast.Statuses) else (declared.name,)
    name = next(found for found in names if found.key == key)
    if isinstance(declared, ast.Parameter):
        return {
            found.name.key: Lag(declared, before)
            for before, found in all_earlier(name)
            if before in ("year", "month")
        }
    return {found.name.key: declared for _, found in all_earlier(name)}


_LOOKING_BACK = re.compile(r"(.+) over the \d+ months before (.+)|(.+)前\d+个月(.+)")


def looked_back(read: Iterable[str], declared: dict[str, Any]) -> dict[str, Any]:
    """The inputs that rules read of the months before a date, under their canonical names."""
    found: dict[str, Any] = {}
    for key in read:
        match = _LOOKING_BACK.fullmatch(key)
        wanted = match and (match.group(1) or match.group(4))
        for each in declared.values() if wanted and key not in declared else ():
            if not isinstance(each, ast.Input | ast.Statuses):
                continue
            names = each.names if isinstance(each, ast.Statuses) else (each.name,)
            if any(wanted in (name.en, name.zh) for name in names):
                found[key] = each
    return found


def end_before(on: date, before: str) -> date:
    """The last day of the year or month before."""
    return date(on.year, 1 if before == "year" else on.month, 1) - timedelta(days=1)


NEVER: End = (0, Fraction(date.max.toordinal()))


def not_later(number: Num) -> Num:
    """A day that may be any later one may at most not have happened."""
    low, high = (min(end, NEVER) for end in number.ends)
    return evolve(number, low=low, high=high)


def first_or_last(which: str, days: list[Num]) -> Num:
    """The earlier or the later of several days."""
    days = [not_later(day) for day in days]
    found = reduce(Num.lower if which == "earlier" else Num.higher, days)
    return opened(found)


def opened(day: Num) -> Num:
    """A day that may not have happened is open above, unless it surely has not."""
    return evolve(day, high=ABOVE) if day.low < day.high == NEVER else day


def so_far(until: Num, on: date) -> Num:
    """A day, or the date where it has not happened."""
    if until.high < NEVER:
        return until
    today = Num.point(on.toordinal(), "date")
    return today if until.low == NEVER else evolve(until, high=ABOVE).hull(today)


def birthday(born: Num, years: Num) -> Num:
    """The day on which an age is reached."""
    low, high = born.low, born.high
    months = [int(end[1] * 12) for end in years.ends if not end[0]]
    low = BELOW if low[0] or years.low[0] else _later(low, months[0], "month", low)
    high = ABOVE if high[0] or years.high[0] else _later(high, months[-1], "month", high)
    return Num(low, high, "date", born.why | years.why)


@cache
def born_with(age: int, on: date) -> tuple[date, date]:
    """The first and the last birth date of those who have an age, found by trying."""
    start = date(on.year - age - 2, on.month, 1)
    tried = (start + timedelta(days=number) for number in range(1200))
    fitting = [born for born in tried if years_completed(born, on) == age]
    return fitting[0], fitting[-1]


def years_completed(born: date, on: date) -> Fraction:
    """Whole years completed; 29 February counts as the last day of a shorter one."""
    last = calendar.monthrange(on.year, born.month)[1]
    early = (on.month, on.day) < (born.month, min(born.day, last))
    return Fraction(on.year - born.year - early)


def month_end(on: date, *, before: bool) -> date:
    """The last day of the month, or of the month before."""
    first = on.replace(day=1)
    return first - timedelta(days=1) if before else date.fromordinal(_last_of(on, "month"))


def completed(unit: str, since: Num, until: Num) -> Num:
    """The whole years, months or days between two days that may be missing."""
    low = _span(unit, since.high, until.low, BELOW)
    high = _span(unit, since.low, until.high, ABOVE)
    return Num(low, high, UNITS.Unit(unit), since.why | until.why)


def _span(unit: str, since: End, until: End, unknown: End) -> End:
    if since[0] or until[0]:
        return unknown
    if since == NEVER:
        return (0, Fraction(-1))
    first, last = (date.fromordinal(int(end[1])) for end in (since, until))
    if unit == "day":
        return (0, Fraction((last - first).days))
    months = (last.year - first.year) * 12 + last.month - first.month
    shortest = calendar.monthrange(last.year, last.month)[1]
    if last.day < min(first.day, shortest):
        months -= 1
    return (0, Fraction(months // 12 if unit == "year" else months))


def whole_times(of: Num, each: ast.EachCompleted, unit: NumUnit) -> Num:
    """How many whole steps are in a figure, none of one below zero; `unit` is that of the step."""
    if str(of.unit) == "year_of_age":
        unit = of.unit
    step = UNITS.Quantity(each.step, unit).to(of.unit).magnitude
    low, high = ((end[0], end[1] // step * Fraction(1)) for end in of.ends)
    counted = evolve(of, low=low, high=high, unit=UNITS.Unit(""))
    return counted.higher(Num.point(0, UNITS.Unit("")))


def end_of_period(of: Num, period: str, *, before: bool = False) -> Num:
    """The last day of the month, quarter or year of a day, or of the one before."""
    low, high = (
        end if end[0] or end == NEVER else (0, Fraction(_end(end, period, before=before)))
        for end in of.ends
    )
    return Num(low, high, "date", of.why)


def _end(end: End, period: str, *, before: bool) -> int:
    day = date.fromordinal(int(end[1]))
    if before:
        months = {"month": 1, "quarter": 3, "year": 12}[period]
        first = day.replace(day=1, month=(day.month - 1) // months * months + 1)
        return first.toordinal() - 1
    return _last_of(day, period)


def _last_of(day: date, period: str) -> int:
    month = {"month": day.month, "quarter": (day.month + 2) // 3 * 3, "year": 12}[period]
    return date(day.year, month, calendar.monthrange(day.year, month)[1]).toordinal()


def days_later(start: Num, count: int, unit: str) -> Num:
    """The day so many days, working days or months after another one."""
    low, high = start.low, start.high
    if not low[0]:
        low = _later(low, count, unit, low)
    if not high[0]:
        high = _later(high, count, unit, ABOVE)
    return Num(low, high, "date", start.why | {"missing"})


def _later(end: End, count: int, unit: str, unknown: End) -> End:
    if end == NEVER:
        return NEVER
    day = date.fromordinal(int(end[1]))
    if unit == "day":
        return (0, Fraction(day.toordinal() + count))
    if unit == "working_day":
        while count:
            day += timedelta(days=1)
            try:
                count -= is_workday(day)
            except NotImplementedError:
                return unknown
        return (0, Fraction(day.toordinal()))
    months = day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = day.year + months // 12, months % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return (0, Fraction(date(year, month, min(day.day, last)).toordinal()))


def is_valid(clauses: Iterable[object], on: date, flags: list[str]) -> bool:
    """Whether a rule with these clauses is valid on a day; a year alone is taken whole."""
    for valid in clauses:
        if not isinstance(valid, ast.Valid):
            continue
        if "year" in {end.precision for end in (valid.start, valid.end) if end}:
            flags.append("year precision")
        if valid.start and on < valid.start.value:
            return False
        if valid.end and on > _end_of(valid.end):
            return False
    return True


def _end_of(end: ast.DateLiteral) -> date:
    last = end.value
    month = 12 if end.precision == "year" else last.month
    if end.precision == "day":
        return last
    return date(last.year, month, calendar.monthrange(last.year, month)[1])


def dated(rulesets: list[ast.Ruleset]) -> list[tuple[str, Any]]:
    """All declarations with the id of their ruleset, each with the period that it is valid in.

    A rule without a line of its own has that of the first document it cites that states one, else
    that of its ruleset; an exception only where the rule has another.
    """
    declared = [(tree, node) for tree in rulesets for node in tree.declarations]
    periods = {
        node.name.key: node.valid
        for _, node in declared
        if isinstance(node, ast.SourceDocument) and node.valid
    }
    rules: dict[object, Any] = {}
    found: list[tuple[str, Any]] = []
    for tree, node in declared:
        stated = [periods[p.source] for p in node.places if p.source in periods]
        if isinstance(node, ast.ExceptionRule):
            rule_period = rules.get(node.to)
            rules[node.title] = rule_period
            stated = [p for p in [*stated, tree.valid][:1] if p is not rule_period]
        else:
            stated = [*stated, tree.valid]
            if isinstance(node, ast.Benefit | ast.Definition):
                own = [line for line in node.clauses if isinstance(line, ast.Valid)]
                rules[node.name.key] = [*own, *stated][0]
        found.append((tree.id, _within(node, next((p for p in stated if p), None))))
    return found


def _within(node: Any, period: ast.Valid | None) -> Any:
    if period is None or isinstance(node, ast.Group):
        return node
    if isinstance(node, ast.Deadline):
        return evolve(node, valid=node.valid or period)
    if not isinstance(node, ast.Benefit | ast.Definition | ast.ExceptionRule):
        return node
    own = any(isinstance(line, ast.Valid) for line in node.clauses)
    return node if own else evolve(node, clauses=(*node.clauses, period))
