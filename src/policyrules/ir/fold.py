"""The only walk over an expression: bottom up, each node once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeVar, assert_never

from policyrules.ir.nodes import Apply, Constant, Expr, Over, Reference, Variable

T = TypeVar("T")


class Algebra(Protocol[T]):
    """What each kind of node becomes, given what its operands became."""

    def constant(self, node: Constant) -> T:
        """A value known before anything runs."""

    def variable(self, node: Variable) -> T:
        """An input or the date."""

    def reference(self, node: Reference) -> T:
        """The value of a definition."""

    def apply(self, node: Apply, operands: tuple[T, ...]) -> T:
        """An operator."""

    def over(self, node: Over, body: T | None, condition: T | None) -> T:
        """An aggregate over the members."""


def fold(expr: Expr, algebra: Algebra[T]) -> T:
    """What `expr` becomes under `algebra`; however deep the nesting, without recursion."""
    done: dict[int, T] = {}
    pending = [expr]
    while pending:
        node = pending[-1]
        waiting = [operand for operand in operands(node) if id(operand) not in done]
        if waiting:
            pending.extend(reversed(waiting))
            continue
        pending.pop()
        if id(node) not in done:
            done[id(node)] = _combine(node, algebra, done)
    return done[id(expr)]


def operands(node: Expr) -> Iterator[Expr]:
    """The expressions directly below a node, in the order in which they are written."""
    match node:
        case Constant() | Variable() | Reference():
            return
        case Apply(_, below):
            yield from below
        case Over():
            if node.condition is not None:
                yield node.condition
            if node.body is not None:
                yield node.body
        case _:
            assert_never(node)


def _combine(node: Expr, algebra: Algebra[T], done: dict[int, T]) -> T:
    match node:
        case Constant():
            return algebra.constant(node)
        case Variable():
            return algebra.variable(node)
        case Reference():
            return algebra.reference(node)
        case Apply(_, below):
            return algebra.apply(node, tuple(done[id(operand)] for operand in below))
        case Over():
            body = None if node.body is None else done[id(node.body)]
            condition = None if node.condition is None else done[id(node.condition)]
            return algebra.over(node, body, condition)
        case _:
            assert_never(node)
