"""Expressions as Python functions, compiled once for a day.

The functions are those of `combinators.py`. Comparisons keep the identity that they have before the
day settles anything: what a path decides about one must not depend on how much could be computed
beforehand.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import define, evolve, field

from policyrules.backends.combinators import (
    NEVER_ASKED,
    NUMBERED,
    Piece,
    aggregate,
    always,
    computed,
    fact,
    literal,
    operator_code,
    reach_of,
    read,
    settled,
    shared,
    supplied,
)
from policyrules.backends.paths import Code, Reach
from policyrules.backends.sharing import often_read
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
    Variable,
)

_ZERO = Fraction(0)


@define
class Numbering:
    """What a question is known by on a path: equal expressions have one number."""

    _numbers: dict[Expr, int] = field(factory=dict, init=False)

    def of(self, node: Expr) -> int:
        """The number of an expression; that of `b = a` is that of `a = b`."""
        if isinstance(node, Apply) and node.operator == "equal":
            turned = evolve(node, operands=node.operands[::-1])
            node = turned if turned in self._numbers else node
        return self._numbers.setdefault(node, len(self._numbers))


def payment(entry: Definition) -> Expr:
    """How much a benefit pays where it is due; every payment has floor 0."""
    amount = entry.amount or entry.value
    match amount:
        case Apply("maximum", (Constant(Fraction(numerator=0)), *_)):
            return amount
        case _:
            return Apply("maximum", (Constant(_ZERO, "number"), amount), "number")


@define
class Compiler:
    """Compiles the expressions of a program for one day; the algebra of its own fold."""

    program: Program
    on: int
    _inputs: dict[tuple[str, str], Input] = field(init=False)
    _definitions: dict[str, Definition] = field(init=False)
    _numbers: Numbering = field(factory=Numbering, init=False)
    _codes: dict[int, tuple[Expr, Code]] = field(factory=dict, init=False)
    _benefits: dict[str, tuple[Code, Code]] = field(factory=dict, init=False)
    _often: frozenset[int] = field(default=frozenset(), init=False)

    def __attrs_post_init__(self) -> None:
        self._inputs = {(entry.subject, entry.name): entry for entry in self.program.inputs}
        self._definitions = {entry.name: entry for entry in self.program.definitions}

    def code(self, expr: Expr) -> Code:
        """The function of an expression, compiled when it is first asked for."""
        known = self._codes.get(id(expr))
        if known is None:
            self._often |= often_read(expr)
            # The expression is kept beside its code, so that its id stays its own.
            known = self._codes[id(expr)] = expr, fold(expr, self).code
        return known[1]

    def benefit(self, entry: Definition) -> tuple[Code, Code]:
        """Whether a benefit is due, and how much is then paid."""
        known = self._benefits.get(entry.name)
        if known is None:
            due = always(value=True) if entry.holds is None else self.code(entry.holds)
            known = self._benefits[entry.name] = due, self.code(payment(entry))
        return known

    def constant(self, node: Constant) -> Piece:
        """A value of the document, or a way of having none."""
        return literal(node.value, node.kind)

    def variable(self, node: Variable) -> Piece:
        """The date, a fact of the household or person, or a parameter that a case supplies."""
        match node.subject:
            case "date":
                return settled(self.on)
            case "parameters":
                return supplied(node.name, node.kind)
            case subject:
                return fact(self._inputs[subject, node.name])

    def reference(self, node: Reference) -> Piece:
        """The value of a definition, computed once a run for each subject."""
        definition = self._definitions[node.name]
        reach = Reach.PERSON if definition.subject == "person" else Reach.HOUSEHOLD
        expr = definition.read_as(node.kind)
        return read(node.name, node.kind, reach, lambda: self.code(expr))

    def apply(self, node: Apply, operands: tuple[Piece, ...]) -> Piece:
        """An operator; where the day settles all operands, its value."""
        found = computed(node.operator, operands, node.kind)
        if found is not None:
            return found
        reach = reach_of(operands)
        code = self._operator(node, operands, reach)
        if id(node) in self._often:
            return shared(code, self._number(node), reach)
        return Piece(code, reach)

    def over(self, node: Over, body: Piece | None, condition: Piece | None) -> Piece:
        """An aggregate over the members or over the records of a list."""
        return aggregate(node.function, node.collection, body, condition, self._number(node))

    def _operator(self, node: Apply, operands: tuple[Piece, ...], reach: Reach) -> Code:
        number = self._number(node) if node.operator in NUMBERED else NEVER_ASKED
        return operator_code(node.operator, operands, number, reach)

    def _number(self, node: Expr) -> int:
        return self._numbers.of(node)
