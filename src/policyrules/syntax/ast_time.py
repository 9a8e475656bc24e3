"""Spans of time and periods of validity in the syntax tree."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from policyrules.syntax.ast_base import DateLiteral, Node

if TYPE_CHECKING:
    from policyrules.syntax.ast_expressions import Expr

TimeUnit = Literal["year", "month", "day"]


@frozen
class Elapsed(Node):
    """`completed years since D`, `completed months from D to E`: whole ones, the rest dropped.

    Without an end, up to the date for which the case is evaluated.
    """

    unit: TimeUnit
    since: Expr
    until: Expr | None = None


@frozen
class EachCompleted(Node):
    """`for each completed year of X: AMOUNT`: the amount, as many times as the step is in X."""

    step: Fraction
    unit: str
    of: Expr
    amount: Expr


@frozen
class Later(Node):
    """The last day of the 3 years `within 3 years of D`; the day of the event is not counted."""

    count: Fraction
    unit: str
    of: Expr


@frozen
class PeriodEnd(Node):
    """`the end of the month of D`: the last day of that month, quarter or year."""

    period: Literal["month", "quarter", "year"]
    of: Expr


@frozen
class DayExtreme(Node):
    """`the earlier of D and E`, `the later of D and E`."""

    which: Literal["earlier", "later"]
    items: tuple[Expr, ...]


@frozen
class AgeDay(Node):
    """`the day of reaching 80 years of age`: the birthday of that age."""

    age: Expr


@frozen
class InPeriod(Node):
    """`the date is in the year of D`: in the same calendar year, quarter or month."""

    of: Expr
    period: Literal["month", "quarter", "year"]
    day: Expr


@frozen
class Valid(Node):
    """`valid from D to E`: the rule holds from its first to its last day, both included."""

    start: DateLiteral | None
    end: DateLiteral | None


@frozen
class PaidFrom(Node):
    """`paid from the month after D`, `from the month of D`: the first month of payment."""

    event: Expr
    following: bool


@frozen
class PaidFromAge(Node):
    """`paid from the month after reaching the age`: an age in these lines is that of a month end.

    Of the month before where it is the month after, else of the month of the date.
    """

    following: bool


@frozen
class PaidUntil(Node):
    """`ends the month after D`: the first month without payment; several lines each end it."""

    event: Expr
    following: bool


@frozen
class Grace(Node):
    """`grace 2 months: 80% of the previous payment`: what goes on when the conditions fail.

    Several lines follow each other. Without an amount, the previous payment itself.
    """

    count: Fraction
    unit: str
    of: Expr | None


@frozen
class PreviousPayment(Node):
    """`the previous payment`: what was paid before the conditions failed."""
