"""Of the oracle: exceptions, and benefits that are not paid together."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import Any

from attrs import evolve
from oracle_expressions import Here
from oracle_limits import Limits
from oracle_lists import Lists
from oracle_numbers import Num
from oracle_paths import Conflict
from oracle_time import is_valid

from policyrules.source import Text
from policyrules.syntax import ast

_PAYING = (ast.Pays, ast.Case, ast.Band, ast.Bracket, ast.Otherwise)
_GROUPS = (
    _PAYING,
    (ast.Base,),
    (ast.Deductible,),
    (ast.Order,),
    (ast.Counted,),
    (ast.RoundedClause,),
    (ast.ToppedUp,),
    (ast.Limited,),
    (ast.TimesLimit,),
    (ast.MonthsLimit,),
    (ast.LimitsSeparate,),
    (ast.LimitsShared,),
)
Rule = ast.Benefit | ast.Definition


def _kinds(line: ast.Clause) -> set[str]:
    """What a line says; of limits, a word that there is none is of the kind of all it lifts."""
    if not isinstance(line, ast.Limited):
        return {"one"}
    match line.by:
        case ast.NoLimit() | ast.LimitNotStated():
            return {"none", "cap", "year", "quarter", "month"}
        case ast.AtMost():
            return {"cap"}
        case ast.InTotal(period=period):
            return {period}
        case ast.NotPaidBelow() | ast.PaidAs():
            return {"small"}
        case other:
            return {type(other).__name__}


def _replaced(line: ast.Clause, stated: list[ast.Clause]) -> bool:
    """Whether some line that an exception states is of the same kind."""
    return any(_kinds(line) & _kinds(other) for other in stated)


class Precedence(Limits, Lists):
    """Which lines of a rule are in effect, and which benefit gives way to another."""

    exceptions: dict[str, list[ast.ExceptionRule]]
    apart: list[ast.NotTogether]

    def as_excepted(self, rule: Rule, here: Here) -> Rule:
        """The rule with the lines of the exception that is in effect."""
        found = self.exception_of(rule, here)
        return evolve(rule, clauses=self.lines(found, rule)) if found else rule

    def exception_of(self, rule: Rule, here: Here) -> ast.ExceptionRule | None:
        """The exception of a rule that is in effect; two are a conflict."""
        every = self.exceptions.get(rule.name.key, [])
        for one, other in combinations(every, 2):
            settled = self.beats(one, other, every) or self.beats(other, one, every)
            both = [partial(self.in_effect, found, every, here) for found in (one, other)]
            if not settled and not self.some(False, both):
                raise Conflict
        for exception in every:
            if self.in_effect(exception, every, here):
                return exception
        return None

    def narrowed(self, exception: ast.ExceptionRule, rule: Rule) -> ast.ExceptionRule | None:
        """The exception that another one narrows."""
        every = self.exceptions[rule.name.key]
        return next((found for found in every if found.title == exception.to), None)

    def in_effect(
        self, exception: ast.ExceptionRule, every: list[ast.ExceptionRule], here: Here
    ) -> bool:
        """Its conditions hold, and those of no exception that goes before it."""
        stronger = [other for other in every if self.beats(other, exception, every)]
        tests = [lambda: self.applies(exception.title, here)]
        tests += [lambda other=other: not self.applies(other.title, here) for other in stronger]
        return not self.some(False, tests)

    def applies(self, title: Text, here: Here) -> bool:
        """The conditions of an exception hold, with those of the one that it narrows."""
        exception = next(e for found in self.exceptions.values() for e in found if e.title == title)
        tests = [self.test(c.condition, here) for c in exception.clauses if isinstance(c, ast.When)]
        tests.insert(0, lambda: is_valid(exception.clauses, self.on, self.path.flags))
        if isinstance(exception.to, Text):
            tests.insert(0, lambda: self.applies(exception.to, here))
        return not self.some(False, tests)

    def beats(self, one: ast.ExceptionRule, other: ast.ExceptionRule, every: list[Any]) -> bool:
        """One goes before the other: it says so or narrows it, itself or by way of a third."""
        below = [e for e in every if e.title in one.overrides or e.title == one.to]
        return any(e is other or self.beats(e, other, every) for e in below)

    def lines(self, exception: ast.ExceptionRule, rule: Rule) -> tuple[ast.Clause, ...]:
        """The lines of a rule with those that an exception states in their place."""
        kept = list(rule.clauses)
        parent = self.narrowed(exception, rule)
        if parent is not None:
            kept = list(self.lines(parent, rule))
        for group in _GROUPS:
            stated = [c for c in exception.clauses if isinstance(c, group)]
            if stated:
                gone = [c for c in kept if isinstance(c, group) and _replaced(c, stated)]
                first = next((i for i, c in enumerate(kept) if c in gone), None)
                kept = [c for c in kept if c not in gone]
                early = group[0] in (ast.Base, ast.Deductible, ast.Order)
                base = next((i + 1 for i, c in enumerate(kept) if isinstance(c, ast.Base)), 0)
                at = first if first is not None else base if early else len(kept)
                kept[at:at] = stated
        soft = (ast.SoftRule, ast.SoftLimit)
        return (*kept, *(c for c in exception.clauses if isinstance(c, soft)))

    def gives_way(self, benefit: ast.Benefit, here: Here) -> bool:
        """Whether another benefit is paid instead of this one."""
        key = benefit.name.key
        rivals = [
            (group, name)
            for group in self.apart
            if key in group.names and group.winner != "not stated"
            for name in group.names
            if name != key
        ]
        return self.some(
            True,
            [partial(self.loses, benefit, group, name, here) for group, name in rivals],
        )

    def loses(self, benefit: ast.Benefit, group: ast.NotTogether, name: str, here: Here) -> bool:
        """Whether a benefit loses against one rival: the higher wins, of equals the first named."""
        other = self.names[name]
        earlier = group.names.index(name) < group.names.index(benefit.name.key)
        if group.winner == "first":
            return earlier and self.due(other, here)
        return not self.some(
            False,
            [
                lambda: self.due(other, here),
                lambda: self.is_higher(other, benefit, here, equal=earlier),
            ],
        )

    def is_higher(self, one: Any, other: Any, here: Here, *, equal: bool) -> bool:
        """Whether one amount is higher; as in a comparison, `a >= b` is that `a < b` is not so."""
        lower, upper = (one, other) if equal else (other, one)
        mark = len(self.path.unstated)
        a, b = self.by_itself(lower, here), self.by_itself(upper, here)
        if a.high < b.low or a.low >= b.high:
            return (a.high < b.low) is not equal
        self.path.needs.extend(("parameters", name) for name in self.path.unstated[mark:])
        less = self.path.decide(("less", lower.name.key, upper.name.key), (True, False))
        return less is not equal

    def due(self, benefit: ast.Benefit, here: Here) -> bool:
        """Whether a benefit is due, whatever else is paid."""
        raise NotImplementedError

    def by_itself(self, benefit: ast.Benefit, here: Here) -> Num:
        """What a benefit pays where it is due, whatever else is paid."""
        raise NotImplementedError
