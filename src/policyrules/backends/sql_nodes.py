"""The operations of a plan as expressions of SQL, one engine's division and types put aside."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen
from sqlglot import exp
from sqlglot.expressions import Expr

from policyrules.backends.sql_engines import Engine, bracketed, column, joined, number, truth, when
from policyrules.ir.whole_nodes import Node, Truth, bits

_LONG = 64
# Of a household: that it is not in its table. Only persons come upon such a one.
ABSENT = "!absent"
LEAVES = frozenset({"column", "known"})
_ARITHMETIC: Mapping[str, type[exp.Binary]] = {
    "add": exp.Add,
    "subtract": exp.Sub,
    "multiply": exp.Mul,
}
_COMPARED: Mapping[str, type[exp.Binary]] = {"less": exp.LT, "equal": exp.EQ}
_JOINED: Mapping[str, type[exp.Connector]] = {"and": exp.And, "or": exp.Or}


def is_wide(node: Node) -> bool:
    """Whether a number does not fit into 64 bits."""
    return bits(node) > _LONG


def harmless(node: Node) -> int:
    """A value within the bounds of a node, for rows whose answer is thrown away."""
    return min(max(0, node.low), node.high)


def times_written(node: Node) -> tuple[int, ...]:
    """How often each operand stands in what is written for a node."""
    signed = node.operands[0].low < 0 if node.operands else False
    match node.operator:
        case "least" | "greatest":
            return 2, 2
        case "floor_divide" | "modulo" if signed or any(map(is_wide, node.operands)):
            return 3, 3
        case _:
            return (1,) * len(node.operands)


@frozen
class Nodes:
    """Writes nodes for an engine; what is staged already is read from its column of a table."""

    engine: Engine
    staged: Mapping[Node, str]
    table: str = ""

    def written(self, node: Node) -> Expr:
        """A node as an expression, of a type that its bounds decide."""
        if node in self.staged:
            return column(self.staged[node], self.table)
        return self.computed(node)

    def computed(self, node: Node) -> Expr:
        """A node computed from its operands."""
        match node.operator:
            case "constant" if isinstance(node, Truth):
                return truth(holds=bool(node.low))
            case "constant":
                return number(node.low)
            case "add" | "subtract" | "multiply" as name:
                return self._arithmetic(_ARITHMETIC[name], node)
            case "floor_divide":
                return self._floor_divide(node)
            case "modulo":
                return self._modulo(node)
            case "least" | "greatest":
                return self._extreme(node)
            case "choose":
                return self._choose(node)
            case "less" | "equal" as name:
                left, right = map(self.written, node.operands)
                return bracketed(_COMPARED[name], left, right)
            case "and" | "or" as name:
                return joined(_JOINED[name], *map(self.written, node.operands))
            case "not":
                return exp.Paren(this=exp.Not(this=self.written(node.operands[0])))
            case name:
                raise AssertionError(name)

    def aggregate(self, node: Node, crowded: Expr) -> Expr:
        """An aggregate of a group of persons; of a group that is too large there is no sum."""
        body = self.written(node.operands[0])
        match node.operator:
            case "sum":
                counted = when((exp.Not(this=crowded), body), otherwise=None)
                return self._typed(exp.Sum(this=counted), node)
            case "any":
                found = exp.Max(this=when((body, number(1)), otherwise=number(0)))
                return bracketed(exp.EQ, found, number(1))
            case "lowest":
                return exp.Min(this=body)
            case _:
                return exp.Max(this=body)

    def stands_in(self, node: Node) -> Expr:
        """What stands for a node where a row has none: no household, or no members."""
        if isinstance(node, Truth):
            return truth(holds=node.name == ABSENT)
        return self._typed(number(harmless(node)), node)

    def _typed(self, value: Expr, node: Node) -> Expr:
        return self.engine.widened(value) if is_wide(node) else self.engine.long(value)

    def _as(self, node: Node, *, wide: bool) -> Expr:
        value = self.written(node)
        return self.engine.widened(value) if wide and not self._has_wide_type(node) else value

    def _has_wide_type(self, node: Node) -> bool:
        return is_wide(node) and node.operator != "constant"

    def _narrowed(self, value: Expr, node: Node, *, wide: bool) -> Expr:
        return self.engine.long(value) if wide and not is_wide(node) else value

    def _arithmetic(self, make: type[exp.Binary], node: Node) -> Expr:
        wide = is_wide(node) or any(map(is_wide, node.operands))
        left, right = (self._as(each, wide=wide) for each in node.operands)
        return self._narrowed(bracketed(make, left, right), node, wide=wide)

    def _floor_divide(self, node: Node) -> Expr:
        wide = any(map(is_wide, node.operands))
        value, divisor = (self._as(each, wide=wide) for each in node.operands)
        quotient = self.engine.quotient(value, divisor, wide=wide)
        if node.operands[0].low < 0:
            rest = bracketed(exp.Mod, value.copy(), divisor.copy())
            below = bracketed(exp.LT, rest, number(0))
            lower = bracketed(exp.Sub, quotient.copy(), number(1))
            quotient = when((below, lower), otherwise=quotient)
        return self._narrowed(quotient, node, wide=wide)

    def _modulo(self, node: Node) -> Expr:
        wide = any(map(is_wide, node.operands))
        value, divisor = (self._as(each, wide=wide) for each in node.operands)
        rest = bracketed(exp.Mod, value, divisor)
        if node.operands[0].low < 0:
            below = bracketed(exp.LT, rest, number(0))
            above = bracketed(exp.Add, rest.copy(), divisor.copy())
            rest = when((below, above), otherwise=rest.copy())
        return self._narrowed(rest, node, wide=wide)

    def _extreme(self, node: Node) -> Expr:
        wide = is_wide(node) or any(map(is_wide, node.operands))
        left, right = (self._as(each, wide=wide) for each in node.operands)
        first = bracketed(exp.LT if node.operator == "least" else exp.GT, left, right)
        chosen = when((first, left.copy()), otherwise=right.copy())
        return self._narrowed(chosen, node, wide=wide)

    def _choose(self, node: Node) -> Expr:
        """A choice, and those in its other branch beside it rather than inside."""
        wide = is_wide(node)
        branches: list[tuple[Expr, Expr]] = []
        otherwise: Node = node
        while not branches or (otherwise.operator == "choose" and otherwise not in self.staged):
            condition, then, otherwise = otherwise.operands
            branches.append((self.written(condition), self._as(then, wide=wide)))
        last = self._as(otherwise, wide=wide)
        if not wide and otherwise.operator == "constant":
            last = self.engine.long(last)  # A number as it is written may have fewer bits.
        return when(*branches, otherwise=last)
