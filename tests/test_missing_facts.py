"""Bounds of cases with gaps beside every completion of a grid: they hold, and are no wider.

Over all bundled rulesets and over random ones. Facts are taken out of complete cases; the grid has
all values of a category and, of numbers and days, the ends of the domain and what lies around the
figures of the rules.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from agreement import in_words, within
from attrs import evolve
from search import compiled, drawn

import policyrules
from policyrules.backends.scalar import Evaluator
from policyrules.backends.spots import AGE, BIRTH_DATE, Spot, Spots, told
from policyrules.ir.facts import Facts, Outcome, Value
from policyrules.ir.nodes import Definition, Program

BUNDLED = (
    *("example.river_city", "cn.unnamed_city", "cn.unnamed_city.zongyang", "cn.gansu.qingyang"),
    *("cn.zhejiang.taizhou", "cn.zhejiang.taizhou.wenling", "cn.zhejiang.yiwu", "cn.chongqing"),
)
DAYS = (date(2023, 8, 1), date(2024, 6, 1), date(2025, 7, 9))
GAPS = 3
FAR = Fraction(10**6)  # what a result without bound reaches where an answer is far off
WIDER = Fraction(5, 100)  # of the bounds, at most


class Trial:
    """Complete cases of a program for one of its rules, and what becomes of them with gaps."""

    def __init__(self, program: Program, seed: str) -> None:
        self.program = program
        self.drawn = random.Random(seed)  # noqa: S311 - nothing secret
        self.evaluator = Evaluator(program)
        self.rules = [rule for rule in program.definitions if rule.own]
        self.counts: Counter[str] = Counter()
        self.wide: list[str] = []

    def run(self, cases: int, grid: int) -> None:
        """Take facts out of so many cases, and try completions."""
        for _ in range(cases):
            rule = self.drawn.choice(self.rules)
            facts = self._complete(rule)
            if facts is None:
                continue
            gaps = self._gaps(facts)
            if gaps:
                self._compare(rule, facts, gaps, grid)

    def _start(self) -> Facts:
        members = None
        if self.program.about != "case":
            count = 1 if self.program.persons_only else self.drawn.choice((1, 2, 3))
            members = tuple({} for _ in range(count))
        on = self.drawn.choice(DAYS).toordinal()
        return Facts(on, {}, () if members is None else members)

    def _member(self, rule: Definition) -> int | None:
        return 0 if rule.subject == "person" else None

    def _complete(self, rule: Definition) -> Facts | None:
        """A case in which the rule needs nothing, with standards that are not stated supplied."""
        facts = self._start()
        spots = Spots(self.program, facts.on)
        if self.drawn.random() * 2 < 1:
            for cell in (cell for cells in spots.cells.values() for cell in cells):
                facts = told(facts, cell, spots.some(cell, facts, self.drawn))
        for _ in range(12):
            found = self.evaluator.outcome(facts, rule.name, self._member(rule))
            needs = [need for need in found.needs if need[0] != "parameters"]
            if not needs:
                return facts
            for need in needs:
                facts = told(facts, need, spots.some(need, facts, self.drawn))
        return None

    def _gaps(self, facts: Facts) -> tuple[Spot, ...]:
        """Some of the facts, to be left out: those that the case has, but no lists or members."""
        places: list[Spot] = [(None, name) for name in facts.household]
        places += [(i, name) for i, own in enumerate(facts.members or ()) for name in own]
        spots = Spots(self.program, facts.on)
        known = [
            spot for spot in places if spot[1] not in (AGE, BIRTH_DATE) and not spots.listed(spot)
        ]
        return tuple(self.drawn.sample(known, min(len(known), self.drawn.randint(1, GAPS))))

    def _compare(self, rule: Definition, facts: Facts, gaps: tuple[Spot, ...], grid: int) -> None:
        partly = without(facts, gaps)
        member = self._member(rule)
        bound = self.evaluator.outcome(partly, rule.name, member)
        if not bound.needs:
            return
        spots = Spots(self.program, facts.on)
        results = []
        for answers in self._completions(spots, partly, gaps, grid):
            whole = partly
            for spot, answer in zip(gaps, answers, strict=True):
                whole = told(whole, spot, answer)
            found = self.evaluator.outcome(whole, rule.name, member)
            said = rule.name, partly, dict(zip(gaps, answers, strict=True)), bound, found
            assert within(in_words(found), in_words(bound), benefit=rule.what == "benefit"), said
            results.append(found)
        self.counts["bounds"] += 1
        if bound.kind != "number" or bound.low == bound.high:
            return
        self.counts["ranges"] += 1
        if wider(bound, results):
            self.wide.append(f"{self.program.id}: {rule.name} {partly} {bound}")

    def _completions(
        self, spots: Spots, facts: Facts, gaps: tuple[Spot, ...], most: int
    ) -> Iterator[tuple[Value, ...]]:
        """The grid; where it has too many points, fewer figures of each number."""
        choices = [spots.trials(spot, facts) for spot in gaps]
        while True:
            count = 1
            for choice in choices:
                count *= len(choice)
            if count <= most:
                break
            longest = max(range(len(gaps)), key=lambda place: len(choices[place]))
            ends, rest = choices[longest][:3], choices[longest][3:]
            if not rest:
                break
            fewer = self.drawn.sample(rest, len(rest) - max(1, len(rest) // 4))
            choices[longest] = (*ends, *fewer)
        yield from product(*choices)


def without(facts: Facts, gaps: tuple[Spot, ...]) -> Facts:
    """The facts with some left out."""
    household = {name: v for name, v in facts.household.items() if (None, name) not in gaps}
    members = tuple(
        {name: value for name, value in own.items() if (number, name) not in gaps}
        for number, own in enumerate(facts.members or ())
    )
    return evolve(facts, household=household, members=members)


def wider(bound: Outcome, results: list[Outcome]) -> bool:
    """Whether a bound is wider than the hull of what the completions give.

    An open end is as wide as need be where the grid, which goes far, reaches far as well.
    """
    amounts = [found for found in results if found.low is not None or found.high is not None]
    highs = [found.high for found in amounts]
    lows = [Fraction(0) if found.status == "not eligible" else found.low for found in results]
    open_ = any(found.status in ("not stated", "conflict", "manual") for found in results)
    if bound.high is None:
        tight_above = (
            open_ or None in highs or max(map(abs, filter(None, highs)), default=0) > 10**4
        )
    else:
        tight_above = bound.high in highs or bound.high == 0
    tight_below = bound.status == "undetermined" or bound.low is None or bound.low in lows
    return not (tight_above and tight_below)


def judged(names: tuple[str, ...], cases: int, grid: int) -> Counter[str]:
    """The counts over these rulesets; at most so many of the bounds are wider than need be."""
    counts: Counter[str] = Counter()
    wide: list[str] = []
    for name in names:
        trial = Trial(policyrules.load(name).program, f"{name}/{cases}")
        trial.run(cases, grid)
        counts += trial.counts
        wide += trial.wide
    assert len(wide) <= WIDER * counts["ranges"], "\n".join(wide)
    counts["wider"] = len(wide)
    return counts


def test_bounds_hold_and_are_no_wider_than_need_be() -> None:
    """Over all bundled rulesets, at most one in twenty is wider than the hull of the grid."""
    counts = judged(BUNDLED, 40, 200)

    assert counts["ranges"] > 60


@pytest.mark.slow
def test_bounds_of_many_more_cases() -> None:
    """The same with many more cases."""
    counts = judged(BUNDLED, 200, 500)

    assert counts["ranges"] > 250


@pytest.mark.parametrize("seed", range(20))
def test_bounds_of_random_rules_hold(seed: int) -> None:
    """Whatever the rules, no completion lies outside of what was said before."""
    sound(f"bounds {seed}", 4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(80))
def test_bounds_of_many_random_rules_hold(seed: int) -> None:
    """The same over many more rulesets."""
    sound(f"more bounds {seed}", 12)


def sound(seed: str, cases: int) -> None:
    """Completions of random rules lie inside of their bounds."""
    text, _ = drawn(seed)
    Trial(compiled(text).program, seed).run(cases, 30)
