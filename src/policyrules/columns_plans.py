"""The plans of a ruleset for populations, kept: making one takes as long as many rows do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import define, field, frozen

from policyrules.columns_writing import CODES_WITH_AMOUNT, Answers, Ends, Written, cells_of
from policyrules.ir.exact import Exact
from policyrules.ir.lower import OPENED, STATUSES, Lowered, Planned, follow, lower
from policyrules.ir.lowering import Column
from policyrules.ir.nodes import Program
from policyrules.ir.whole_nodes import Node, Truth, bits, needed

Held = Mapping[Any, Column]
_WIDEST = 127
MOST_KEPT = 16


@frozen
class Made:
    """A rule with its plan."""

    rule: Written
    planned: Planned
    ends: tuple[Ends, ...]
    told: Truth
    opened: Truth
    choices: Mapping[str, int]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """What must be worked out for it."""
        inside = [node for end in self.ends for node in (end.whole, end.by, end.open, end.fits)]
        value = self.planned.value
        if not self.ends and value is not None:
            inside.append(value)
        return (self.planned.status, self.told, self.opened, *inside)

    @property
    def answers(self) -> Answers:
        """What it says of the rows for which its nodes were worked out."""
        value = None if self.ends or self.planned.value is None else cells_of(self.planned.value)
        ends = tuple(end.cells() for end in dict.fromkeys(self.ends))
        return Answers(cells_of(self.planned.status), cells_of(self.told), ends, value)


@define
class Plans:
    """The plans of the rules of a program, by the day and by how a population holds its inputs.

    A population with the same columns has those of the one before; the oldest make room for new
    ones.
    """

    program: Program
    _kept: dict[object, Any] = field(factory=dict)

    def complete(self, rules: list[Written], held: Held, on: int | None) -> tuple[Made, ...]:
        """The rules that have a plan for rows with nothing missing which machines can hold."""
        key = tuple((rule.name, rule.form) for rule in rules), _said(held), on
        found: tuple[Made, ...] = self._of(key, lambda: self._made(rules, held, on))
        return found

    def following(self, names: tuple[str, ...], held: Held, on: int | None) -> Lowered:
        """The plan of the paths of some rules where something is missing."""
        key = names, _said(held), on
        found: Lowered = self._of(key, lambda: follow(self.program, held, on, names))
        return found

    def _of(self, key: object, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - of either kind
        """What was made for a key, or is made now."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            if len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[key] = found
        return found

    def _made(self, rules: list[Written], held: Held, on: int | None) -> tuple[Made, ...]:
        plan = lower(self.program, held, on, [rule.name for rule in rules])
        exact = Exact(plan.integers)
        made = [
            _made(rule, planned, exact, plan.choices)
            for rule in rules
            if (planned := plan.outcomes.get(rule.name)) is not None
        ]
        return tuple(
            each for each in made if all(bits(node) <= _WIDEST for node in needed(each.nodes))
        )


def _made(rule: Written, planned: Planned, exact: Exact, choices: Mapping[str, int]) -> Made:
    make = exact.integers

    def is_one(codes: Iterable[int]) -> Truth:
        return make.either(*(make.equal(planned.status, make.constant(code)) for code in codes))

    told, opened = is_one(CODES_WITH_AMOUNT), is_one([STATUSES.index(OPENED)])
    return Made(rule, planned, rule.ends(planned, exact), told, opened, choices)


def _said(held: Held) -> frozenset[tuple[Any, Column]]:
    return frozenset(held.items())
