"""Looks for exceptions that can hold at once without priority, before a case meets them.

For each pair the conditions are followed on an empty case, as an evaluator follows what is missing;
where a path makes both hold, figures around the thresholds that the rules name are tried until a
concrete case comes out as a conflict. Only such a case is reported, so nothing is reported falsely;
a pair of which none is found may still contradict.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import combinations, islice, product
from typing import Any

from attrs import frozen

from policyrules import wording
from policyrules.backends.paths import Open, Run, Stop
from policyrules.backends.scalar import Evaluator
from policyrules.case_names import subject_words
from policyrules.compiler import Compiled
from policyrules.diagnostics import Label, Report
from policyrules.ir.facts import Facts, Value
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Expr,
    Input,
    Over,
    Program,
    Reference,
    Unsettled,
)
from policyrules.ir.simplify import specialise_expression
from policyrules.ir.walk import nodes
from policyrules.source import Text
from policyrules.syntax import ast

_EVALUATIONS = 20_000  # for a rule; a count, so that every machine finds the same
_PATHS = 200
_DAYS = 4
_FIGURES = 40
_TRIES = 3000
_ANY_DAY = date(2024, 1, 1).toordinal()
_OTHER = Text("the other one", "另一例外")
Household = tuple[dict[str, Value], tuple[dict[str, Value], ...]]


@frozen
class Pair:
    """Two exceptions of a rule, and when both are in effect."""

    names: Text
    both: Expr


def find_conflicts(compiled: Compiled, report: Report) -> None:
    """Warn of each pair of exceptions that a case shows to contradict."""
    evaluator = Evaluator(compiled.program)
    for rule in compiled.program.definitions:
        if not rule.own:
            continue
        budget = iter(range(_EVALUATIONS))
        for pair in _pairs(rule):
            found = _Search(compiled.program, evaluator, rule, pair, budget).witness()
            if found is not None:
                _warn(compiled, rule, pair, found, report)


def _warn(compiled: Compiled, rule: Definition, pair: Pair, witness: Text, report: Report) -> None:
    """Name both exceptions and the case that shows the conflict."""
    for one, other in combinations(compiled.symbols.exceptions.get(rule.name, ()), 2):
        if pair.names == joined(one, other):
            facts = {"one": one.title, "other": other.title, "rule": rule.label, "case": witness}
            related = [Label(one.span, _OTHER)]
            report.add("PR586", other.span, related=related, facts=facts)
            return


def joined(one: ast.ExceptionRule, other: ast.ExceptionRule) -> Text:
    """What a conflict of two exceptions is called."""
    return Text(
        f"{one.title.of('en')} / {other.title.of('en')}",
        f"{one.title.of('zh')}、{other.title.of('zh')}",
    )


def _pairs(rule: Definition) -> Iterator[Pair]:
    """The pairs of exceptions between which nothing decides."""
    for expr in (rule.amount, rule.value):
        for node in nodes(expr) if expr is not None else ():
            match node:
                case Apply("select", (both, Constant(Unsettled("conflict", names)), _)):
                    yield Pair(names, both)
        if expr is not None:
            return


@frozen
class _Search:
    """The search for a case that shows a pair of exceptions to contradict."""

    program: Program
    evaluator: Evaluator
    rule: Definition
    pair: Pair
    budget: Iterator[int]

    def witness(self) -> Text | None:
        """A case in words that comes out as a conflict; None where none was found."""
        read = self._read()
        crowds = [node for node in read if isinstance(node, Over)]
        if any(node.collection is not None for node in crowds):
            return None  # no records are made up
        sizes = (1, 2, 3) if crowds else (1,)
        for day, size in product(self._days(read), sizes):
            figures = _figures(read, day)
            for decisions, needs in islice(self._paths(day, size), _PATHS):
                for case in self._cases(decisions, needs, figures, size):
                    if self._spent():
                        return None
                    if self._shows(Facts(on=day, household=case[0], members=case[1])):
                        return self._words(case, day, dated=bool(_dates(read)))
        return None

    def _read(self) -> tuple[Expr, ...]:
        """All that decides whether the conflict comes up."""
        rules = {rule.name: rule for rule in self.program.definitions}
        pending = [self.pair.both, *([self.rule.holds] if self.rule.holds else [])]
        found: dict[int, Expr] = {}
        while pending:
            for node in nodes(pending.pop()):
                if id(node) not in found:
                    found[id(node)] = node
                    if isinstance(node, Reference):
                        pending.append(rules[node.name].read_as(node.kind))
        return tuple(found.values())

    def _days(self, read: tuple[Expr, ...]) -> list[int]:
        """The latest days on which something changes."""
        return sorted(_dates(read), reverse=True)[:_DAYS] or [_ANY_DAY]

    def _paths(
        self, day: int, size: int
    ) -> Iterator[tuple[Mapping[Any, Any], frozenset[tuple[int | None, str]]]]:
        """The ways to decide what a case leaves open so that both exceptions hold."""
        facts = Facts(on=day, household={}, members=({},) * size)
        pending: list[dict[Any, Any]] = [{}]
        while pending and not self._spent():
            decisions = pending.pop()
            run = self.evaluator.run(facts, decisions)
            try:
                both = self._holds(run) and self.evaluator.value(run, self.pair.both, self._member)
            except Stop:
                continue
            except Open as found:
                pending += [{**decisions, found.key: a} for a in reversed(found.alternatives)]
                continue
            if both:
                missing = [mark for mark in run.trail if isinstance(mark, tuple)]
                yield decisions, frozenset((w, n) for w, n in missing if w != "parameters")

    def _holds(self, run: Run) -> bool:
        """Whether the rule applies; where that turns on what contradicts, it may."""
        if self.rule.holds is None:
            return True
        try:
            return bool(self.evaluator.value(run, self.rule.holds, self._member))
        except Stop as found:
            if found.status != "conflict":
                raise
            return True

    def _spent(self) -> bool:
        """Whether the evaluations are used up; if not, one more is."""
        return next(self.budget, None) is None

    @property
    def _member(self) -> int | None:
        return 0 if self.rule.subject == "person" else None

    def _cases(
        self,
        decisions: Mapping[Any, Any],
        needs: frozenset[tuple[int | None, str]],
        figures: tuple[Fraction, ...],
        size: int,
    ) -> Iterator[Household]:
        """Concrete cases along a path: its decisions, and figures around the thresholds."""
        names = {entry.name for entry in self.program.inputs}
        decided = {(whose, name): a for (name, whose), a in decisions.items() if name in names}
        open_ = sorted(needs - decided.keys(), key=str)
        choices = [self._values(name, figures) for _, name in open_]
        count = 1
        for choice in choices:
            count *= len(choice)
        combined: Iterator[tuple[Value, ...]] = product(*choices)
        if count > _TRIES:
            drawn = random.Random(0)  # noqa: S311 - the same cases every time, nothing secret
            combined = (tuple(map(drawn.choice, choices)) for _ in range(_TRIES))
        for values in combined:
            household: dict[str, Value] = {}
            members: tuple[dict[str, Value], ...] = tuple({} for _ in range(size))
            for (member, name), value in (*decided.items(), *zip(open_, values, strict=True)):
                (household if member is None else members[member])[name] = value
            yield household, members

    def _values(self, name: str, figures: tuple[Fraction, ...]) -> list[Value]:
        """What is tried for a missing input."""
        entry = next(item for item in self.program.inputs if item.name == name)
        match entry.kind:
            case "truth":
                return [False, True]
            case "choice":
                return [key for key, _ in entry.values]
            case "date":
                return [_ANY_DAY - years * 365 for years in (0, 1, 10, 30, 65, 90)]
            case _:
                return [figure for figure in figures if _fits(entry, figure)] or [Fraction(0)]

    def _shows(self, facts: Facts) -> bool:
        """Whether the case comes out as a conflict of this very pair."""
        if self.evaluator.outcome(facts, self.rule.name, self._member).status != "conflict":
            return False
        try:
            run = self.evaluator.run(facts, {})
            return self.evaluator.value(run, self.pair.both, self._member) is True
        except (Open, Stop):
            return False

    def _words(self, case: Household, day: int, *, dated: bool) -> Text:
        """The case as people would tell it."""
        household, members = case
        texts = [self._fact(name, value) for name, value in household.items()]
        if len(members) > 1:
            count = len(members)
            texts.insert(0, Text(f"{count} members", f"家庭成员{count}人"))
        for number, facts in enumerate(members):
            told = [self._fact(name, value) for name, value in facts.items()]
            if told and not self.program.persons_only:
                who = subject_words(self.program, number)
                first = f"{who.of('zh')}：{told[0].of('zh')}"
                told[0] = Text(f"{who.of('en')}: {told[0].of('en')}", first)
            texts += told
        if dated:
            on = wording.day(date.fromordinal(day))
            texts.append(Text(f"on {on.of('en')}", f"日期{on.of('zh')}"))
        return Text(", ".join(t.of("en") for t in texts), "，".join(t.of("zh") for t in texts))

    def _fact(self, name: str, value: Value) -> Text:
        entry = next(item for item in self.program.inputs if item.name == name)
        if isinstance(value, bool):
            word = wording.truth(value)
        elif isinstance(value, str):
            word = dict(entry.values)[value]
        elif isinstance(value, Fraction):
            word = wording.quantity(value, wording.without_own_whom(entry.unit, entry.subject))
        else:
            word = wording.day(date.fromordinal(value))
        label = entry.label
        gap = "" if not isinstance(value, bool | str) else "为"
        return Text(f"{label.of('en')} {word.of('en')}", f"{label.of('zh')}{gap}{word.of('zh')}")


def _dates(read: tuple[Expr, ...]) -> set[int]:
    """The days that are written in expressions."""
    return {
        node.value
        for node in read
        if isinstance(node, Constant) and node.kind == "date" and isinstance(node.value, int)
    }


def _figures(read: tuple[Expr, ...], day: int) -> tuple[Fraction, ...]:
    """Figures on both sides of every threshold that expressions name on a day."""
    named = {Fraction(0)}
    for expr in read:
        if isinstance(expr, Apply) and expr.operator in ("less", "equal"):
            for node in nodes(specialise_expression(expr, day)):
                if isinstance(node, Constant) and isinstance(node.value, Fraction):
                    named.add(node.value)
    around = {figure + step for figure in named for step in (-1, 0, 1)}
    return tuple(sorted(around, key=lambda figure: (abs(figure), figure)))[:_FIGURES]


def _fits(entry: Input, figure: Fraction) -> bool:
    """Whether a figure lies in the domain of an input."""
    low, high = entry.low, entry.high
    if low is not None and (figure < low or (entry.low_excluded and figure == low)):
        return False
    if high is not None and (figure > high or (entry.high_excluded and figure == high)):
        return False
    return not entry.whole or figure.denominator == 1
