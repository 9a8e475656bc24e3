"""Looks for exceptions that can hold at once without priority, before a case meets them.

For each pair the conditions are followed on an empty case, as an evaluator follows what is missing;
where a path makes both hold, figures around the thresholds that the rules name are tried until a
concrete case comes out as a conflict. Only such a case is reported, so nothing is reported falsely;
a pair of which none is found may still contradict. What the rest of a rule needs besides its
exceptions is looked through once, and the steps for all its pairs are limited.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import combinations, islice, product
from typing import Any

from attrs import define, evolve, frozen

from policyrules import wording
from policyrules.backends.paths import Open, Run, Stop
from policyrules.backends.scalar import Evaluator
from policyrules.case_names import subject_words
from policyrules.compiler import Compiled
from policyrules.diagnostics import Label, Report
from policyrules.ir.bounds import fits
from policyrules.ir.build import YES
from policyrules.ir.facts import Facts, Value
from policyrules.ir.fold import fold
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
    Variable,
)
from policyrules.ir.simplify import specialise_expression
from policyrules.ir.walk import nodes
from policyrules.source import Text
from policyrules.syntax import ast

# For a rule, one for each part of it that is looked at; so that every machine finds the same.
_STEPS = 4_000_000
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
        pairs = tuple(_pairs(rule))
        if not pairs:
            continue
        told = _told(compiled, rule)
        budget = Budget(_STEPS)
        rest = _Rest(compiled.program, rule, pairs)
        for place, pair in enumerate(pairs):
            if budget.spent:
                _warn_of_rest(compiled, rule, len(pairs) - place, report)
                break
            found = _Search(evaluator, rest, pair, budget).witness()
            if found is not None and pair.names in told:
                _warn(told[pair.names], rule, found, report)


def _told(compiled: Compiled, rule: Definition) -> dict[Text, tuple[ast.ExceptionRule, ...]]:
    """The pairs of exceptions to a rule by what their conflict is called."""
    exceptions = compiled.symbols.exceptions.get(rule.name, ())
    return {joined(one, other): (one, other) for one, other in combinations(exceptions, 2)}


def _warn(
    pair: tuple[ast.ExceptionRule, ...], rule: Definition, witness: Text, report: Report
) -> None:
    """Name both exceptions and the case that shows the conflict."""
    one, other = pair
    facts = {"one": one.title, "other": other.title, "rule": rule.label, "case": witness}
    report.add("PR586", other.span, related=[Label(one.span, _OTHER)], facts=facts)


def _warn_of_rest(compiled: Compiled, rule: Definition, pairs: int, report: Report) -> None:
    """Say that so many pairs of exceptions were not looked at."""
    first = compiled.symbols.exceptions[rule.name][0]
    report.add("PR588", first.span, rule=rule.label, pairs=f"{pairs:,}")


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


@define
class Budget:
    """How many steps are left for the search in a rule."""

    left: int

    @property
    def spent(self) -> bool:
        """Whether no more is to be tried."""
        return self.left < 0


class _Rest:
    """A rule apart from its pairs of exceptions, looked through once for all of them."""

    def __init__(self, program: Program, rule: Definition, pairs: tuple[Pair, ...]) -> None:
        self.program = program
        self.rule = rule
        self._rules = {entry.name: entry for entry in program.definitions}
        self._read: dict[tuple[str, str], tuple[Expr, ...]] = {}
        self.inputs = {entry.name: entry for entry in program.inputs}
        self.holds = None
        if rule.holds is not None:
            self.holds = fold(rule.holds, _InConflict({id(pair.both) for pair in pairs}))
        self.parts = sum(
            sum(1 for _ in nodes(expr)) for expr in (rule.holds, rule.amount) if expr is not None
        )

    def read_with(self, both: Expr) -> tuple[Expr, ...]:
        """All that decides whether a conflict comes up."""
        found: dict[int, Expr] = {}
        done: set[tuple[str, str]] = set()
        pending = [tuple(nodes(expr)) for expr in (both, self.holds) if expr is not None]
        while pending:
            for node in pending.pop():
                found[id(node)] = node
                if isinstance(node, Reference) and (node.name, node.kind) not in done:
                    done.add((node.name, node.kind))
                    pending.append(self._read_by(node))
        return tuple(found.values())

    def _read_by(self, node: Reference) -> tuple[Expr, ...]:
        key = node.name, node.kind
        if key not in self._read:
            self._read[key] = tuple(nodes(self._rules[node.name].read_as(node.kind)))
        return self._read[key]


@frozen
class _InConflict:
    """Rebuilds when a rule holds, for cases in which two of its exceptions contradict."""

    pairs: set[int]

    def constant(self, node: Constant) -> Expr:
        return node

    def variable(self, node: Variable) -> Expr:
        return node

    def reference(self, node: Reference) -> Expr:
        return node

    def apply(self, node: Apply, operands: tuple[Expr, ...]) -> Expr:
        """Where two exceptions contradict, what either says of when it holds is not asked."""
        if (node.operator, node.kind) == ("select", "truth") and id(node.operands[0]) in self.pairs:
            return YES
        return evolve(node, operands=operands)

    def over(self, node: Over, body: Expr | None, condition: Expr | None) -> Expr:
        return evolve(node, body=body, condition=condition)


@frozen
class _Search:
    """The search for a case that shows a pair of exceptions to contradict."""

    evaluator: Evaluator
    rest: _Rest
    pair: Pair
    budget: Budget

    def witness(self) -> Text | None:
        """A case in words that comes out as a conflict; None where none was found."""
        read = self.rest.read_with(self.pair.both)
        crowds = [node for node in read if isinstance(node, Over)]
        if any(node.collection is not None for node in crowds):
            return None  # no records are made up
        sizes = (1, 2, 3) if crowds else (1,)
        for day, size in product(self._days(read), sizes):
            figures = _figures(read, day)
            for decisions, needs in islice(self._paths(day, size, len(read)), _PATHS):
                for case in self._cases(decisions, needs, figures, size):
                    if self.budget.spent:
                        return None
                    if self._shows(case, day, len(read)):
                        return self._words(case, day, dated=bool(_dates(read)))
        return None

    def _days(self, read: tuple[Expr, ...]) -> list[int]:
        """The latest days on which something changes."""
        return sorted(_dates(read), reverse=True)[:_DAYS] or [_ANY_DAY]

    def _paths(
        self, day: int, size: int, parts: int
    ) -> Iterator[tuple[Mapping[Any, Any], frozenset[tuple[int | None, str]]]]:
        """The ways to decide what a case leaves open so that both exceptions hold."""
        facts = Facts(on=day, household={}, members=({},) * size)
        pending: list[dict[Any, Any]] = [{}]
        while pending and not self.budget.spent:
            decisions = pending.pop()
            try:
                both, run = self._contradict(facts, decisions, parts)
            except Stop:
                continue
            except Open as found:
                pending += [{**decisions, found.key: a} for a in reversed(found.alternatives)]
                continue
            if both:
                missing = [mark for mark in run.trail if isinstance(mark, tuple)]
                yield decisions, frozenset((w, n) for w, n in missing if w != "parameters")

    def _contradict(
        self, facts: Facts, decisions: Mapping[Any, Any], parts: int
    ) -> tuple[bool, Run]:
        """Whether both exceptions hold and the rule applies; raises `Open` and `Stop`."""
        self.budget.left -= parts
        run = self.evaluator.run(facts, decisions)
        both = self.evaluator.value(run, self.pair.both, self._member)
        if not both or self.rest.holds is None:
            return bool(both), run
        try:
            return bool(self.evaluator.value(run, self.rest.holds, self._member)), run
        except Stop as found:
            if found.status != "conflict":
                raise
            return True, run  # where it turns on what contradicts, the rule may apply

    @property
    def _member(self) -> int | None:
        return 0 if self.rest.rule.subject == "person" else None

    def _cases(
        self,
        decisions: Mapping[Any, Any],
        needs: frozenset[tuple[int | None, str]],
        figures: tuple[Fraction, ...],
        size: int,
    ) -> Iterator[Household]:
        """Concrete cases along a path: its decisions, and figures around the thresholds."""
        inputs = self.rest.inputs
        decided = {(whose, name): a for (name, whose), a in decisions.items() if name in inputs}
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
        entry = self.rest.inputs[name]
        match entry.kind:
            case "truth":
                return [False, True]
            case "choice":
                return [key for key, _ in entry.values]
            case "date":
                return [_ANY_DAY - years * 365 for years in (0, 1, 10, 30, 65, 90)]
            case _:
                return [figure for figure in figures if fits(entry, figure)] or [Fraction(0)]

    def _shows(self, case: Household, day: int, parts: int) -> bool:
        """Whether the case, whatever else is so, comes out as a conflict of this very pair."""
        facts = Facts(on=day, household=case[0], members=case[1])
        try:
            if not self._contradict(facts, {}, parts)[0]:
                return False
        except (Open, Stop):
            return False
        self.budget.left -= self.rest.parts
        completed = self._completed(case, day)
        found = self.evaluator.outcome(completed, self.rest.rule.name, self._member)
        return found.status == "conflict"

    def _completed(self, case: Household, day: int) -> Facts:
        """The case with no, 0 or the first value for what it leaves open, but no lists."""
        household, *members = (dict(facts) for facts in (case[0], *case[1]))
        for entry in self.rest.program.inputs:
            if entry.collection is None and entry.subject in ("household", "person"):
                for facts in [household] if entry.subject == "household" else members:
                    facts.setdefault(entry.name, self._values(entry.name, _plainest(entry))[0])
        return Facts(on=day, household=household, members=tuple(members))

    def _words(self, case: Household, day: int, *, dated: bool) -> Text:
        """The case as people would tell it."""
        household, members = case
        texts = [self._fact(name, value) for name, value in household.items()]
        if len(members) > 1:
            count = len(members)
            texts.insert(0, Text(f"{count} members", f"家庭成员{count}人"))
        for number, facts in enumerate(members):
            told = [self._fact(name, value) for name, value in facts.items()]
            if told and not self.rest.program.persons_only:
                who = subject_words(self.rest.program, number)
                first = f"{who.of('zh')}：{told[0].of('zh')}"
                told[0] = Text(f"{who.of('en')}: {told[0].of('en')}", first)
            texts += told
        if dated:
            on = wording.day(date.fromordinal(day))
            texts.append(Text(f"on {on.of('en')}", f"日期{on.of('zh')}"))
        return Text(", ".join(t.of("en") for t in texts), "，".join(t.of("zh") for t in texts))

    def _fact(self, name: str, value: Value) -> Text:
        entry = self.rest.inputs[name]
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


def _plainest(entry: Input) -> tuple[Fraction, ...]:
    """Figures of which one lies in the domain of an input, 0 first."""
    ends = [end for end in (entry.low, entry.high) if end is not None]
    return (Fraction(0), *ends, *(end + step for end in ends for step in (1, -1)))
