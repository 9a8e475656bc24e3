"""A warning: a share of an amount is rounded before it is multiplied or added up.

What is income per head to the yuan, times the members, is no longer the income. Where a document
wants it so the warning is no mistake; mostly it rounds the payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, evolve, field, frozen

from policyrules.diagnostics import Report
from policyrules.ir.fold import fold
from policyrules.ir.nodes import Apply, Constant, Definition, Over, Reference, Variable
from policyrules.source import Span


def check_rounding(rules: Iterable[Definition], report: Report) -> None:
    """Report each rounding of a quotient that a rule of the ruleset multiplies or adds up."""
    known: dict[str, _Made] = {}
    for rule in rules:
        walk = _Walk(known)
        parts = (rule.value, rule.holds, rule.amount)
        made = [fold(part, walk) for part in parts if part is not None]
        # A payment is what is paid: what others do with it is no longer about rounding.
        known[rule.name] = evolve(made[0], rounded=()) if rule.what == "benefit" else made[0]
        if rule.own:
            for span in dict.fromkeys(walk.early):
                report.add("PR556", span, name=rule.label)


@frozen
class _Made:
    """Whether a figure differs from case to case or is a quotient, and roundings of quotients."""

    varies: bool = False
    quotient: bool = False
    rounded: tuple[Span, ...] = ()


_PLAIN = _Made()


@define
class _Walk:
    """What becomes of roundings in one rule; an algebra of `fold`."""

    known: dict[str, _Made]
    early: list[Span] = field(factory=list)

    def constant(self, node: Constant) -> _Made:
        del node
        return _PLAIN

    def variable(self, node: Variable) -> _Made:
        return _PLAIN if node.subject == "date" else _Made(varies=True)

    def reference(self, node: Reference) -> _Made:
        return self.known.get(node.name, _Made(varies=True))

    def apply(self, node: Apply, operands: tuple[_Made, ...]) -> _Made:
        varies = any(operand.varies for operand in operands)
        if node.kind != "number":
            return _Made(varies)
        # Of a choice the condition is no part of the figure.
        parts = operands[1:] if node.operator == "select" else operands
        quotient = any(part.quotient for part in parts)
        rounded = tuple(dict.fromkeys(span for part in parts for span in part.rounded))
        if node.operator == "divide":
            quotient = quotient or parts[1].varies
        elif node.operator == "multiply":
            self.early += _multiplied(parts)
        elif node.operator.startswith("round_"):
            span = None if node.origin is None else node.origin.span
            # What is rounded once more in the end has lost its fractions all the same.
            rounded = (span,) if quotient and span is not None else rounded
            quotient = False
        return _Made(varies, quotient, rounded)

    def over(self, node: Over, body: _Made | None, condition: _Made | None) -> _Made:
        del condition  # who counts is no part of the figure
        if body is None or node.kind != "number":
            return _Made(varies=True)
        if node.function == "sum":
            self.early += body.rounded
        return evolve(body, varies=True)


def _multiplied(parts: tuple[_Made, ...]) -> Iterator[Span]:
    """The roundings of a product whose other factor is no fixed number."""
    for part, other in (parts, parts[::-1]):
        if other.varies:
            yield from part.rounded
