"""The parts of a rule that are explained by themselves, and how they are known again."""

from __future__ import annotations

from attrs import frozen

from policyrules.backends.paths import Member
from policyrules.backends.steps import Term
from policyrules.backends.terms import is_table
from policyrules.ir.nodes import Apply, Constant, Definition, Expr

Key = tuple[str, Member]


@frozen
class Item:
    """A part of a benefit that is explained by itself: a condition, or its cases and amount."""

    node: Expr
    amount: bool = False
    cases: bool = False


def items(entry: Definition) -> tuple[Item, ...]:
    """The conditions of a benefit, one by one, then its cases and amount."""
    amount = entry.amount or entry.value
    cases = _case_conditions(amount)
    tests = _conjuncts(entry.holds)
    # That some case pays stands last; a condition before it may read the same as a case.
    if cases and tests and _of_cases(tests[-1], cases):
        tests = tests[:-1]
    return *(Item(test) for test in tests), Item(amount, amount=True, cases=bool(cases))


def _conjuncts(holds: Expr | None) -> tuple[Expr, ...]:
    match holds:
        case None | Constant(True):
            return ()
        case Apply("and", below) if holds.origin and holds.origin.role == "conditions":
            return below
        case _:
            return (holds,)


def _case_conditions(amount: Expr) -> set[Expr]:
    """The conditions of the cases of an amount."""
    found: set[Expr] = set()
    while isinstance(amount, Apply):
        if amount.operator == "maximum" and amount.origin is not None:
            if amount.origin.role != "not below zero":
                break
            amount = amount.operands[1]
        elif amount.operator == "select" and not is_table(amount):
            found.add(amount.operands[0])
            amount = amount.operands[2]
        else:
            break
    return found


def _of_cases(node: Expr, cases: set[Expr]) -> bool:
    """Whether a condition says nothing but that some case pays."""
    if node in cases or isinstance(node, Constant):
        return True
    made = isinstance(node, Apply) and node.operator in ("or", "select") and node.origin is None
    if not made:
        return False
    assert isinstance(node, Apply)
    return all(_of_cases(below, cases) for below in node.operands)


def bounds_inside(node: Expr) -> list[Expr]:
    """The caps and floors on the way to the innermost figure."""
    found: list[Expr] = []
    while isinstance(node, Apply) and node.operator != "select" and node.operands:
        if node.operator in ("minimum", "maximum") and len(node.operands) == 2:
            found.append(node.operands[1])
        node = node.operands[0]
    return found


def parameter_key(term: Term) -> Key:
    """By what a version of a parameter is known to have been explained."""
    return repr((term.name, term.row, term.start)), None
