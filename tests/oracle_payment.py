"""Of the oracle: the months in which a benefit is paid, and its grace period."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve
from oracle_expressions import Expressions, Here, rounded_within
from oracle_numbers import End, Num, meet
from oracle_time import NEVER

from policyrules.syntax import ast
from policyrules.syntax.names import failing_name, previous_name

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def grace_lines(benefit: ast.Benefit) -> list[ast.Grace]:
    """The lines of a grace period."""
    return [c for c in benefit.clauses if isinstance(c, ast.Grace)]


def grace_inputs(benefit: ast.Benefit) -> dict[str, ast.Input]:
    """What a grace period asks: what was paid before, and since when the conditions fail."""
    if not grace_lines(benefit):
        return {}
    place = benefit.span
    previous, failing = previous_name(benefit.name), failing_name(benefit.name)
    day = ast.WrittenType("date", span=place)
    positive = (ast.Bound(">=", ast.Number(Fraction(0), span=place), span=place),)
    made = [(previous, benefit.type, positive), (failing, day, ())]
    return {
        name.key: ast.Input(name, benefit.entity, kind, domain, "input", None, span=place)
        for name, kind, domain in made
    }


class Payment(Expressions):
    """From which month, until which, and what goes on when the conditions fail."""

    def in_payment(self, line: ast.PaidFrom | ast.PaidUntil, here: Here) -> bool:
        """Whether the first month of payment has come, or that without has not."""
        event = self.number(line.event, here)
        low, high = (_last_day(end, following=line.following) for end in event.ends)
        today: End = (0, Fraction(self.on.toordinal()))
        if low < today <= high and low != high:
            key = ("month", line.following, self.sense(line.event, here))
            begun = bool(self.path.decide(key, (True, False)))
        else:
            begun = high < today
        return begun is isinstance(line, ast.PaidFrom)

    def in_grace(self, benefit: ast.Benefit, here: Here) -> bool:
        """Something was paid, and the conditions do not fail for longer than the grace period."""
        lines = grace_lines(benefit)
        if not lines:
            return False
        place = benefit.span
        previous = ast.Reference(previous_name(benefit.name).key, span=place)
        failing = ast.Reference(failing_name(benefit.name).key, span=place)
        months = sum(line.count * _MONTHS[line.unit] for line in lines)
        tests: list[Any] = [
            ast.Compare(">", previous, ast.Number(Fraction(0), span=place), span=place),
            ast.Compare("<=", failing, ast.TheDate(span=place), span=place),
            self.before(Fraction(months), benefit),
        ]
        return not self.some(False, [self.test(test, here) for test in tests])

    def before(self, months: Fraction, benefit: ast.Benefit) -> ast.Compare:
        """The question whether the conditions fail for less than so many months."""
        place = benefit.span
        failing = ast.Reference(failing_name(benefit.name).key, span=place)
        since = ast.Elapsed("month", failing, span=place)
        return ast.Compare("<", since, ast.Quantity(months, "month", span=place), span=place)

    def in_grace_paid(self, benefit: ast.Benefit, here: Here) -> Num:
        """What the line of this month pays, rounded by the roundings below it."""
        here = evolve(here, benefit=benefit)
        lines, months = grace_lines(benefit), Fraction(0)
        for line in lines:
            months += line.count * _MONTHS[line.unit]
            if line is lines[-1] or self.truth(self.before(months, benefit), here):
                break
        previous = ast.PreviousPayment(span=benefit.span)
        unit = self.declared_unit(benefit)
        amount = meet(self.number(line.of or previous, here), unit)
        for clause in benefit.clauses[benefit.clauses.index(line) :]:
            if isinstance(clause, ast.RoundedClause):
                amount = rounded_within(amount, clause.rounding, [])
        return amount

    def declared_unit(self, declared: Any) -> Any:
        """The unit in a header."""
        raise NotImplementedError


def _last_day(end: End, *, following: bool) -> End:
    """The last day of the month of a day, or of the month before."""
    if end[0]:
        return end
    if end == NEVER:
        return NEVER
    day = date.fromordinal(int(end[1]))
    last = date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
    return (0, Fraction((last if following else day.replace(day=1) - timedelta(1)).toordinal()))
