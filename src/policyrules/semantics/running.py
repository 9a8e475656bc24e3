"""What limits ask of a case: what was already paid, how often, for how many months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from policyrules.semantics.lines import PAYING, Clauses
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.syntax.names import (
    failing_name,
    months_name,
    paid_name,
    previous_name,
    times_name,
)
from policyrules.syntax.walk import walk

PAID, TIMES, MONTHS, PREVIOUS, DAY = "money", "time", "month", "payment", "day"


@frozen
class Asked:
    """An input that a limit or a grace period declares: its name, and what it is.

    That is money, the amount of a payment, a day, or a count in a unit.
    """

    name: ast.Name
    unit: str


def asked(name: ast.Name, clauses: Clauses) -> Iterator[Asked]:
    """The inputs that the limits among the lines of a benefit declare."""
    for period, case in _running(clauses):
        yield Asked(paid_name(name, period, case), PAID)
    for clause in clauses:
        if isinstance(clause, ast.TimesLimit) and clause.period:
            yield Asked(times_name(name, clause.period), TIMES)
        if isinstance(clause, ast.MonthsLimit):
            yield Asked(months_name(name), MONTHS)
    if any(isinstance(clause, ast.Grace) for clause in clauses):
        yield Asked(previous_name(name), PREVIOUS)
        yield Asked(failing_name(name), DAY)


_PERIODS: dict[ast.Period, Text] = {
    "year": Text("year", "全年"),
    "quarter": Text("quarter", "每季度"),
    "month": Text("month", "每月"),
}


def counters(benefit: ast.Name) -> Iterator[tuple[ast.Name, Text]]:
    """Every input that a benefit could declare, with the line that would do so."""
    for period, word in _PERIODS.items():
        en, zh = word.of("en"), word.of("zh")
        money = Text(f"limits in total up to N yuan per {en}", f"限额 {zh}累计不超过N元")
        yield paid_name(benefit, period), money
        times = Text(f"limits at most N times per {en}", f"限额 {zh}不超过N次")
        yield times_name(benefit, period), times
    yield months_name(benefit), Text("limits for at most N months", "限额 累计不超过N个月")
    grace = Text("grace N months", "渐退期 N个月")
    yield previous_name(benefit), grace
    yield failing_name(benefit), grace


def periods(clauses: Clauses) -> Iterator[ast.Period]:
    """The periods of the running limits."""
    yield from dict.fromkeys(period for period, _ in _running(clauses))


def shared(clauses: Clauses) -> tuple[str, ...]:
    """The benefits with which the running limits are shared."""
    names = [name for c in clauses if isinstance(c, ast.LimitsShared) for name in c.names]
    return tuple(dict.fromkeys(names))


def is_separate(clauses: Clauses) -> bool:
    """Whether each limited case has its own running total."""
    return any(isinstance(clause, ast.LimitsSeparate) and clause.separate for clause in clauses)


def is_limited(of: ast.Node) -> bool:
    """Whether a line has a running limit of its own."""
    return any(isinstance(node, ast.InTotal) for node in walk(of))


def _running(clauses: Clauses) -> Iterable[tuple[ast.Period, int | None]]:
    """The running limits: their periods and, where counted apart, the numbers of their cases."""
    found: dict[tuple[ast.Period, int | None], None] = {}
    number = 0
    for clause in clauses:
        own = isinstance(clause, PAYING) and is_limited(clause)
        number += own
        case = number if own and is_separate(clauses) else None
        for node in walk(clause):
            if isinstance(node, ast.InTotal) and node.period:
                found[node.period, case] = None
    return found
