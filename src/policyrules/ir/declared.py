"""Whether all that the expressions of a program read is there: declared, of its kind, within reach.

An expression of a household reads no fact of a person, and a record is at hand only where its list
is gone through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, field

from policyrules.ir.fold import fold
from policyrules.ir.nodes import (
    Apply,
    Collection,
    Constant,
    Definition,
    Entity,
    Expr,
    Input,
    Kind,
    NotStated,
    Over,
    Program,
    Reference,
    Variable,
)

# Whom an expression needs at hand: a person, the records of a list; the household always is.
Reads = frozenset[Entity | Collection]
_NOBODY: Reads = frozenset()
_OF_PERSON: Reads = frozenset({"person"})


def is_declared(program: Program) -> bool:
    """Whether the rules and checks of a program read only what is declared, as it is declared.

    Each definition reads only those before it, and no name stands for two.
    """
    reading = _Reading(
        {(item.subject, item.name): item for item in program.inputs},
        frozenset(parameter.name for parameter in program.parameters),
    )
    for rule in program.definitions:
        at_hand = _OF_PERSON if rule.subject == "person" else _NOBODY
        if not reading.fits(rule.parts(), at_hand):
            return False
        if rule.name in reading.rules:
            return False
        reading.rules[rule.name] = rule
    return (
        len(reading.inputs) == len(program.inputs)
        and all(check.statement.kind == "truth" for check in program.checks)
        and reading.fits((check.statement for check in program.checks), _NOBODY)
    )


@define
class _Reading:
    """Whom each part of an expression needs at hand; an algebra of `fold`.

    `right` becomes False where something is read that is not there, or is of another kind.
    """

    inputs: Mapping[tuple[str, str], Input]
    parameters: frozenset[str]
    rules: dict[str, Definition] = field(factory=dict)
    right: bool = True

    def fits(self, exprs: Iterable[Expr], at_hand: Reads) -> bool:
        """Whether expressions read what is there, of those at hand."""
        return all(fold(expr, self) <= at_hand for expr in exprs) and self.right

    def constant(self, node: Constant) -> Reads:
        """What a document does not state is a parameter, which a case may supply."""
        if isinstance(node.value, NotStated) and node.value.name:
            self._need(node.value.name in self.parameters)
        return _NOBODY

    def variable(self, node: Variable) -> Reads:
        """An input, a parameter or the date."""
        if node.subject == "date":
            return self._need(node.kind == "date")
        if node.subject == "parameters":
            return self._need(node.name in self.parameters and node.kind == "number")
        item = self.inputs.get((node.subject, node.name))
        if item is None or item.kind != node.kind:
            return self._need(right=False)
        if item.collection is not None:
            return frozenset({item.collection})
        return _OF_PERSON if item.subject == "person" else _NOBODY

    def reference(self, node: Reference) -> Reads:
        """A rule, which gives a value of this kind."""
        rule = self.rules.get(node.name)
        if rule is None or rule.read_as(node.kind).kind != node.kind:
            return self._need(right=False)
        return _OF_PERSON if rule.subject == "person" else _NOBODY

    def apply(self, node: Apply, operands: tuple[Reads, ...]) -> Reads:
        """An operator needs all that its operands need."""
        del node
        return _NOBODY.union(*operands)

    def over(self, node: Over, body: Reads | None, condition: Reads | None) -> Reads:
        """An aggregate has at hand those whom it goes through."""
        self._need(_fits(node))
        inside = (body or _NOBODY) | (condition or _NOBODY)
        if node.collection is None:
            self._need(inside <= _OF_PERSON)
            return _NOBODY
        self._need(any(item.collection == node.collection for item in self.inputs.values()))
        outside = _OF_PERSON if node.collection.subject == "person" else _NOBODY
        self._need(inside <= outside | {node.collection})
        return outside

    def _need(self, right: bool) -> Reads:
        self.right = self.right and right
        return _NOBODY


_OF: Mapping[str, tuple[Kind, ...]] = {
    "sum": ("number",),
    "highest": ("number", "date"),
    "lowest": ("number", "date"),
    "any": ("truth",),
    "every": ("truth",),
}


def _fits(node: Over) -> bool:
    """Whether an aggregate is of the kind of what it goes through; a count is a number."""
    if node.condition is not None and node.condition.kind != "truth":
        return False
    if node.function == "count":
        return node.body is None and node.kind == "number"
    return node.body is not None and node.body.kind == node.kind in _OF[node.function]
