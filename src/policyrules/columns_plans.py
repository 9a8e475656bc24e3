"""The plans of a ruleset for populations, kept: making one takes as long as many rows do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import define, field, frozen

from policyrules.columns_writing import Ends, Written
from policyrules.ir.exact import Exact
from policyrules.ir.lower import Lowered, Planned, follow, lower
from policyrules.ir.lowering import Column
from policyrules.ir.nodes import Program
from policyrules.ir.whole_nodes import Node, bits, needed

Held = Mapping[Any, Column]
_WIDEST = 127
MOST_KEPT = 16


@frozen
class Made:
    """A rule with its plan."""

    rule: Written
    planned: Planned
    nodes: tuple[Node, ...]
    ends: tuple[Ends, ...]
    choices: Mapping[str, int]


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
        made: list[Made] = []
        for rule in rules:
            planned = plan.outcomes.get(rule.name)
            if planned is not None:
                nodes, ends = rule.nodes(planned, exact)
                if all(bits(node) <= _WIDEST for node in needed(nodes)):
                    made.append(Made(rule, planned, tuple(nodes), ends, plan.choices))
        return tuple(made)


def _said(held: Held) -> frozenset[tuple[Any, Column]]:
    return frozenset(held.items())
