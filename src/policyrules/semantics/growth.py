"""How long a figure may become: exact numbers grow with every figure that is multiplied in.

A sum is hardly longer than its parts, a product as long as all its factors together, and quotients
with different divisors are added over the product of these. Without a bound a few dozen short
rules, each the square of the one before, would compute for hours.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import define, field, frozen

from policyrules.ir.fold import fold
from policyrules.ir.nodes import Apply, Constant, Definition, Over, Reference, Variable
from policyrules.semantics.scope import Scope

# Figures have some ten digits, in an unkind case sixty: such a number is still written in a blink.
MOST_FACTORS = 1_000
# Every record of every member may have a divisor of its own.
MOST_DIVISORS = 60_000
_PERSONS, _RECORDS = 100, 500
_ROUNDED = frozenset(
    {"round_half_up", "round_up", "round_down", "round_half_even", "round_jiao_up", "floor_divide"}
)


@frozen
class Size:
    """Of how many figures a number is the product, and how many of them it is divided by."""

    factors: int = 0
    divisors: int = 0
    settled: bool = False  # the document's own number, the same wherever it divides


@define
class Growth:
    """The sizes of the rules so far; an algebra of `fold`."""

    known: dict[str, Size] = field(factory=dict)

    def check(self, rule: Definition, scope: Scope) -> bool:
        """Report a rule whose figures may become too long; whether it may be used."""
        size = _longest([fold(part, self) for part in rule.parts()])
        if size.factors <= MOST_FACTORS and size.divisors <= MOST_DIVISORS:
            self.known[rule.name] = size
            return True
        assert rule.span is not None
        scope.mistake("PR587", rule.span, name=rule.label, most=f"{MOST_FACTORS:,}")
        return False

    def constant(self, node: Constant) -> Size:
        """A number of the document; 0 and 1 lengthen nothing."""
        plain = not isinstance(node.value, Fraction) or node.value in (0, 1)
        return Size(0 if plain else 1, settled=True)

    def variable(self, node: Variable) -> Size:
        """An input is one figure."""
        return Size(int(node.kind == "number"))

    def reference(self, node: Reference) -> Size:
        """What another rule gives."""
        return self.known.get(node.name, Size(1))

    def apply(self, node: Apply, operands: tuple[Size, ...]) -> Size:
        """Products and quotients grow; so do sums over different divisors."""
        match node.operator, operands:
            case "multiply", (left, right):
                return Size(left.factors + right.factors, left.divisors + right.divisors)
            case "divide", (left, right):
                grown = 0 if right.settled else right.factors + right.divisors
                return Size(left.factors + right.factors, left.divisors + grown)
            case "add" | "subtract", (left, right) if left.divisors and right.divisors:
                return Size(left.factors + right.factors, left.divisors + right.divisors)
            case operator, (left, _) if operator in _ROUNDED:
                return Size(left.factors)
            case _:
                return _longest(operands)

    def over(self, node: Over, body: Size | None, condition: Size | None) -> Size:
        """A sum of quotients has the divisors of all."""
        if body is None or node.function != "sum":
            return _longest([body or Size(), condition or Size()])
        many = _PERSONS if node.collection is None else _RECORDS
        return Size(body.factors, body.divisors * many)


def _longest(sizes: tuple[Size, ...] | list[Size]) -> Size:
    return Size(
        max((size.factors for size in sizes), default=0),
        max((size.divisors for size in sizes), default=0),
    )
