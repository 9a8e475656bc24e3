"""How operators are spoken of: by which word, on which operands, in which unit."""

from __future__ import annotations

from attrs import evolve

from policyrules.backends.steps import Term
from policyrules.ir.nodes import Apply, Expr

_LIMITS = {"limit": "at most", "limit with others": "at most"}
_ADJUNCTS = {"cap": "at most", "floor": "at least", **_LIMITS}
_EXTREMES = {"maximum": "higher", "minimum": "lower"}
# What is left of something, never below zero.
REMAINDERS = {"difference", "remainder", "deductible", "order", "part above"} | {*_LIMITS}
# Operators whose result is in the unit of their operands.
SAME_UNIT = {
    *("at least only", "at most only", "part below", "changed", "changed points", "remaining"),
    *("add", "subtract", "higher", "lower", "at most", "at least", "not paid below", "paid as"),
    *("range", "round_half_up", "round_up", "round_down", "round_half_even", "round_jiao_up"),
}


def spoken(node: Apply, role: str) -> tuple[str, tuple[Expr, ...]]:
    """The operator as it is spoken of, and what it is applied to."""
    match node.operator, node.operands:
        case "maximum", (_, Apply("subtract") as rest) if role in REMAINDERS:
            return "remaining", _taken_off(rest, role)
        case "minimum", below if role == "part below":
            return role, below
        case "range", (of, _) if role == "at least":
            return "at least only", (of,)
        case "range", (_, of) if role == "at most":
            return "at most only", (of,)
        case ("multiply" | "add") as kind, below if role == "changed":
            return ("changed" if kind == "multiply" else "changed points"), below
        case (("drop_below" | "lift_to"), below):
            return role, below
        case ("maximum" | "minimum") as extreme, below:
            return _ADJUNCTS.get(role, _EXTREMES[extreme]), below
        case "add_months", (birth, Apply("multiply", (age, _))) if role == "birthday":
            return role, (birth, age)
        case "multiply", below if role in ("convert", "counted"):
            return role, below
        case operator, below:
            return operator, below


def _taken_off(rest: Expr, role: str) -> tuple[Expr, ...]:
    """What is taken from and, in written order, all that is taken off it."""
    taken: list[Expr] = []
    while isinstance(rest, Apply) and rest.operator == "subtract":
        if rest.origin is None or rest.origin.role != role:
            break
        taken.insert(0, rest.operands[1])
        rest = rest.operands[0]
    return rest, *taken


def with_units(terms: list[Term]) -> list[Term]:
    """Figures that meet: a bare number has the unit of the others."""
    lead = next((term for term in terms if term.unit), None)
    if lead is None:
        return terms
    return [
        evolve(term, unit=lead.unit, own=lead.own)
        if term.role == "number" and not term.unit and term.kind == "number"
        else term
        for term in terms
    ]


def of_household(unit: str) -> str:
    """The unit of a sum over the members: what is per person becomes per household."""
    return unit.replace("/person", "/household")
