"""What to ask next: the facts that can still matter, by how much their answers settle.

Members of whom the same is known are alike: what holds of one holds of the others, so that one of
them is looked at for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from attrs import define, evolve, field, frozen

from policyrules.backends.hulls import LOOSE, Path
from policyrules.backends.paths import MEMBERS, Owner, Silent
from policyrules.backends.scalar import Evaluator
from policyrules.backends.spots import AGE, BIRTH_DATE, Cell, Spot, Spots, spot_of, told
from policyrules.backends.witnesses import Budget, Witnesses
from policyrules.ir.facts import Facts, Need, Outcome, Value
from policyrules.ir.nodes import Definition

# Of evaluations, and of paths followed: about two seconds together, the same on every machine.
_EVALUATIONS, _FOLLOWED = 6_000, 4_000
_TRIED = 3  # answers by which a number is ranked
_ONE = Fraction(1)

Concern = tuple[str, Owner]


@frozen
class Asked:
    """A spot to ask about, what its answers settle on average, and which outcomes turn on it."""

    spot: Spot
    gain: Fraction
    concerns: tuple[Concern, ...]


@define
class _Found:
    gain: Fraction = Fraction(0)
    concerns: dict[Concern, None] = field(factory=dict)


@frozen
class _Followed:
    """An outcome with the paths that it is the hull of, and the facts that each of them decides."""

    definition: Definition
    member: Owner
    paths: tuple[Path, ...]
    before: Outcome

    @cached_property
    def bare(self) -> tuple[Path, ...]:
        """The paths with nothing but what comes out of them."""
        return tuple(evolve(path, trail=(), decisions={}) for path in self.paths)

    @cached_property
    def decided(self) -> tuple[Mapping[Spot | None, Value], ...]:
        return tuple(
            {spot_of(key): chosen for key, chosen in path.decisions.items()} for path in self.paths
        )


@define
class Inquiry:
    """What to ask in one case about some of its outcomes."""

    evaluator: Evaluator
    facts: Facts
    spots: Spots
    unknown: frozenset[Spot]
    _evaluations: Budget = field(factory=lambda: Budget(_EVALUATIONS))
    _followed: Budget = field(factory=lambda: Budget(_FOLLOWED))
    _found: dict[Spot, _Found] = field(factory=dict)

    def asked(self, wanted: Iterable[Definition]) -> tuple[Asked, ...]:
        """The spots that can matter to the outcomes of these rules, the best to ask first.

        Rules are looked at in turn until the budget is spent and there is something to ask.
        """
        for definition in wanted:
            if definition.subject == "person" and self.facts.members is None:
                self._of_nobody(definition)
                continue
            for alike in self._subjects(definition):
                if self._found and (self._followed.spent or self._evaluations.spent):
                    return self._ordered()
                if self._evaluations.spent:
                    self._evaluations = Budget(_EVALUATIONS)
                self._look_at(definition, alike)
        return self._ordered()

    def _ordered(self) -> tuple[Asked, ...]:
        order = self.evaluator.needs.place
        made = (
            Asked(spot, found.gain, tuple(found.concerns)) for spot, found in self._found.items()
        )

        def place(asked: Asked) -> tuple[object, ...]:
            spot = asked.spot
            if isinstance(spot, Cell):
                return True, -asked.gain, order(("parameters", spot.name)), spot.keys
            return False, -asked.gain, order(spot), ()

        return tuple(sorted(made, key=place))

    def _of_nobody(self, definition: Definition) -> None:
        """Outcomes of members of whom there is none yet."""
        if MEMBERS not in self.unknown:
            self._note(MEMBERS, _ONE, (definition.name, None))

    def _note(self, spot: Spot, gain: Fraction, concern: Concern) -> None:
        found = self._found.setdefault(spot, _Found())
        found.gain += gain
        found.concerns[concern] = None

    # --- who is like whom -----------------------------------------------------------------------

    def _subjects(self, definition: Definition) -> Iterator[tuple[Owner, ...]]:
        """The subjects of a rule, those together that are alike."""
        if definition.subject == "person":
            yield from self._alike(range(len(self.facts.members or ())))
        else:
            yield (None,)

    def _alike(self, members: Iterable[int]) -> tuple[tuple[int, ...], ...]:
        groups: dict[frozenset[tuple[str, Value]], list[int]] = {}
        for member in members:
            known = (self.facts.members or ())[member]
            groups.setdefault(frozenset(known.items()), []).append(member)
        # One of whom somebody has said that a fact is not known is like nobody else.
        named = {spot[0] for spot in self.unknown if not isinstance(spot, Cell)}
        apart: list[tuple[int, ...]] = []
        for group in groups.values():
            apart += [(member,) for member in group if member in named]
            rest = tuple(member for member in group if member not in named)
            apart += [rest] if rest else []
        return tuple(apart)

    # --- one outcome ----------------------------------------------------------------------------

    def _look_at(self, definition: Definition, alike: tuple[Owner, ...]) -> None:
        """Note what can matter to the outcome of one subject, and of those who are like it."""
        first = alike[0]
        paths = self.evaluator.paths(self.facts, definition.name, first)
        self._followed.left -= len(paths)
        before = self.evaluator.combined(definition, paths)
        silent = {mark.name for path in paths for mark in path.trail if isinstance(mark, Silent)}
        if not before.missing and not (silent and before.status == "not stated"):
            return
        candidates = self._candidates(paths, silent)
        others = range(len(self.facts.members or ()))
        groups = self._alike(member for member in others if member != first)
        leader: dict[Owner, Owner] = {member: group[0] for group in groups for member in group}
        leader |= {None: None, first: first}
        led = [spot for spot in candidates if leader[_owner(spot)] == _owner(spot)]
        search = Witnesses(
            self.evaluator, self.spots, definition, first, self.facts, self._evaluations
        )
        matter = search.mattering(paths, led)
        followed = _Followed(definition, first, paths, before)
        gains = {spot: self._gain(followed, spot) for spot in matter}
        for own in alike:
            for spot in candidates:
                owner = _owner(spot)
                stands_for = spot
                if owner is not None and not isinstance(spot, Cell):
                    stands_for = leader[owner], spot[1]
                if stands_for in gains:
                    self._note(_turned(spot, first, own), gains[stands_for], (definition.name, own))

    def _candidates(self, paths: tuple[Path, ...], silent: set[str]) -> tuple[Spot, ...]:
        """What may be asked of all that was read; a birth date asked for tells the age as well."""
        read = {mark for path in paths for mark in path.trail if isinstance(mark, tuple)}
        unstated: set[Need] = {("parameters", name) for name in silent}
        needs = sorted({*read, *unstated}, key=self.evaluator.needs.place)
        spots = [spot for need in needs for spot in self.spots.spots(need)]
        spots = [spot for spot in spots if spot not in self.unknown]
        born = {spot[0] for spot in spots if not isinstance(spot, Cell) and spot[1] == BIRTH_DATE}
        return tuple(
            spot
            for spot in spots
            if isinstance(spot, Cell) or spot[1] != AGE or spot[0] not in born
        )

    # --- how much an answer settles -------------------------------------------------------------

    def _gain(self, followed: _Followed, spot: Spot) -> Fraction:
        """The mean of what the answers to be expected settle; 0 where that is too dear to know."""
        if LOOSE in followed.before.flags:
            return Fraction(0)
        after = tuple(self._after(followed, spot))
        gains = [settled(followed.before, outcome) for outcome in after]
        return sum(gains, Fraction(0)) / len(gains) if gains else Fraction(0)

    def _after(self, followed: _Followed, spot: Spot) -> Iterator[Outcome]:
        """What comes out after each answer: of the paths that agree with it, or computed again."""
        definition, paths = followed.definition, followed.paths
        trials = self.spots.trials(spot, self.facts)
        if self.spots.discrete(spot):
            for answer in trials:
                agreeing = tuple(
                    path
                    for path, decided in zip(followed.bare, followed.decided, strict=True)
                    if decided.get(spot, answer) == answer
                )
                if agreeing:
                    yield self.evaluator.combined(definition, agreeing)
            return
        if self._followed.left < _TRIED * len(paths):
            return
        self._followed.left -= _TRIED * len(paths)
        for answer in trials[:_TRIED]:
            facts = told(self.facts, spot, answer)
            yield self.evaluator.outcome(facts, definition.name, followed.member)


def settled(before: Outcome, after: Outcome) -> Fraction:
    """How much of what was open is settled: 1 if all is, else half of the share of width lost.

    Half is also what it counts that a bound has been found where there was none.
    """
    if not after.missing:
        return _ONE
    wide, narrow = _width(before), _width(after)
    if narrow is None or wide == 0:
        return Fraction(0)
    lost = _ONE if wide is None else 1 - narrow / wide
    return max(lost, Fraction(0)) / 2


def _width(outcome: Outcome) -> Fraction | None:
    if outcome.low is None or outcome.high is None:
        return None
    return outcome.high - outcome.low


def _owner(spot: Spot) -> Owner:
    return spot[0] if not isinstance(spot, Cell) and isinstance(spot[0], int) else None


def _turned(spot: Spot, one: Owner, other: Owner) -> Spot:
    """The spot with two members in each other's place."""
    owner = _owner(spot)
    if isinstance(spot, Cell) or owner is None or owner not in (one, other):
        return spot
    return (other if owner == one else one), spot[1]
