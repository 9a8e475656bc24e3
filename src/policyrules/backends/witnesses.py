"""Whether an answer can matter: two completions of a case that differ in it and in an outcome.

Nothing but such a pair counts as a proof. Completions are made along the paths of the outcome and
of figures around those that the rules name; the draws are the same every time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations, cycle, islice
from random import Random

from attrs import define, evolve, field

from policyrules.backends.hulls import Path
from policyrules.backends.paths import MEMBERS, Decisions, Key, Owner
from policyrules.backends.scalar import Evaluator
from policyrules.backends.spots import AGE, BIRTH_DATE, Cell, Spot, Spots, spot_of, told
from policyrules.ir.facts import Facts, Need, Record, Value, field_of
from policyrules.ir.nodes import Definition

_ROUNDS = 120
_PATIENCE = 40  # rounds in which nothing is found
_COMPARED, _PAIRS = 400, 6
_NUMBERS_TRIED = 6
_REALISED = 8
_DEPTH = 8
_MEMBERS = 6  # more members cost as much as another evaluation

# A case in which nothing is missing, and what comes out of it.
Complete = tuple[Facts, tuple[object, ...]]


@define
class Budget:
    """How much may still be computed, so that every machine answers the same."""

    left: int

    @property
    def spent(self) -> bool:
        """Whether no more is to be tried."""
        return self.left <= 0


@define
class Witnesses:
    """The search for what can matter to one outcome."""

    evaluator: Evaluator
    spots: Spots
    definition: Definition
    member: Owner
    facts: Facts
    budget: Budget
    _drawn: Random = field(factory=lambda: Random(0))  # noqa: S311 - nothing secret

    def mattering(self, paths: tuple[Path, ...], candidates: Iterable[Spot]) -> set[Spot]:
        """The candidates of which two completions show that the outcome turns on them.

        All of them if the budget is spent before any is found.
        """
        spots = tuple(candidates)
        left = dict.fromkeys(spots)
        found: set[Spot] = set()
        idle = 0
        for base in self._bases(paths, spots):
            if not left or self.budget.spent or idle > _PATIENCE:
                break
            idle += 1
            for spot in tuple(left):
                if self._turns(base, spot):
                    found.add(spot)
                    del left[spot]
                    idle = 0
        for spot in left:
            if any(self._turns(base, spot) for base in self._between(paths, spots, spot)):
                found.add(spot)
        return found if found or not self.budget.spent else set(spots)

    def _turns(self, base: Complete, spot: Spot) -> bool:
        """Whether another answer at a spot gives another outcome than a complete case has."""
        facts, before = base
        for answer in self._others(spot):
            if self.budget.spent:
                return False
            other = self._completed(self._retold(facts, spot, answer))
            if other is not None and other[1] != before:
                return True
        return False

    def _others(self, spot: Spot) -> Iterator[Value]:
        """Answers to put in the place of the one that a case has."""
        trials = self.spots.trials(spot, self.facts)
        if self.spots.discrete(spot) or len(trials) <= _NUMBERS_TRIED:
            yield from (*trials, *self.spots.crowds(spot))
        else:
            yield from trials[:2]
            yield from (self._drawn.choice(trials) for _ in range(_NUMBERS_TRIED - 2))

    def _retold(self, base: Facts, spot: Spot, answer: Value) -> Facts:
        """The case with another answer; a birth date that was made up goes with the age."""
        if isinstance(answer, Fraction) and self.spots.crowds(spot) and not isinstance(spot, Cell):
            return copied(base, spot, int(answer))
        if not isinstance(spot, Cell) and spot[1] == AGE and isinstance(spot[0], int):
            members = list(base.members or ())
            members[spot[0]] = {
                name: value for name, value in members[spot[0]].items() if name != BIRTH_DATE
            }
            base = Facts(base.on, base.household, tuple(members), base.parameters)
        return told(base, spot, answer)

    def _bases(self, paths: tuple[Path, ...], spots: tuple[Spot, ...]) -> Iterator[Complete]:
        """Complete cases along paths of all kinds, those that give an amount first."""
        ordered = sorted(paths, key=lambda path: path.value is None)
        apart = max(1, len(ordered) // (_ROUNDS // 2))
        some = ordered[::apart][:_ROUNDS]
        for number in range(_ROUNDS):
            path = some[number % len(some)]
            realised = (self._along(path.decisions, spots) for _ in range(_REALISED))
            for base in realised:
                if base is None or self.budget.spent:
                    break
                if base[1][0] == path.status or number >= len(some):
                    yield base
                    break

    def _between(
        self, paths: tuple[Path, ...], spots: tuple[Spot, ...], spot: Spot
    ) -> Iterator[Complete]:
        """Complete cases where paths that differ at a spot, but not before, end differently."""
        apart = max(1, len(paths) // _COMPARED)
        keyed = [({spot_of(key): key for key in path.decisions}, path) for path in paths[::apart]]
        through = [(keys[spot], path) for keys, path in keyed if spot in keys]
        pairs = (
            {**two.decisions, **one.decisions}
            for (key, one), (_, two) in combinations(through, 2)
            if one.decisions[key] != two.decisions[key]
            and ((one.status, one.value) != (two.status, two.value) or one.status == "not stated")
            and _agree(one.decisions, two.decisions, key)
        )
        for decisions in islice(pairs, _PAIRS):
            for _ in range(_REALISED):
                base = None if self.budget.spent else self._along(decisions, spots)
                if base is not None:
                    yield base

    def _along(self, decisions: Decisions, spots: tuple[Spot, ...]) -> Complete | None:
        """A complete case with the answers of a path, and any others."""
        facts = self.facts
        decided = {spot_of(key): answer for key, answer in decisions.items()}
        for spot in sorted(spots, key=lambda spot: spot != MEMBERS):
            answer: Value | None = decided.get(spot)
            if answer is None:
                answer = self.spots.some(spot, facts, self._drawn)
            facts = told(facts, spot, answer)
        return self._completed(facts)

    def _completed(self, facts: Facts) -> Complete | None:
        """The facts with any answer to what is still needed; None if that has no end."""
        for _ in range(_DEPTH):
            self.budget.left -= 1 + len(facts.members or ()) // _MEMBERS
            found = self.evaluator.outcome(facts, self.definition.name, self.member)
            needs = [need for need in found.needs if need[0] != "parameters"]
            if not needs:
                return facts, (found.status, found.low, found.high, found.value)
            for need in needs:
                facts = told(facts, need, self.spots.some(need, facts, self._drawn))
        return None


def copied(facts: Facts, spot: Need, number: int) -> Facts:
    """A complete case with as many members or records, the further ones like those it has."""
    if spot == MEMBERS:
        members = facts.members or ({},)
        return evolve(facts, members=tuple(islice(cycle(members), number)))
    owner, name = spot
    assert not isinstance(owner, str)
    whose = facts.household if owner is None else (facts.members or ())[owner]
    had = whose[name]
    assert isinstance(had, Fraction)
    for fact, value in whose.items():
        place = field_of(fact)
        if place is not None and place[0] == name:
            for index in range(place[1], number, int(had) or number):
                facts = told(facts, (owner, Record(owner, name, index).fact(place[2])), value)
    return told(facts, spot, Fraction(number))


def _agree(one: Decisions, two: Decisions, beside: Key) -> bool:
    """Whether two paths decide alike wherever both decide, except under one key."""
    return all(two.get(key, answer) == answer for key, answer in one.items() if key != beside)
