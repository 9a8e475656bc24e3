"""Conditions as they are spoken of: what is compared with what, and how it stands."""

from __future__ import annotations

from policyrules.backends.paths import Member
from policyrules.backends.spoken import with_units
from policyrules.backends.steps import State, Term
from policyrules.backends.terms import Leaf, Trace
from policyrules.ir.nodes import Apply, Constant, Expr, Origin, Over
from policyrules.ir.ranges import COMPARISONS, Range

OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "=": "!=", "!=": "="}
COMPARING = "compare "


def statement(
    trace: Trace, node: Expr, member: Member, read: list[Leaf], *, negated: bool
) -> Term | None:
    """How a single condition stands; None for a list of conditions or a test of the members.

    A condition that is still open is stated as it is required.
    """
    term = _stated(trace, node, member, read, negated=negated)
    if term is None or not negated or term.value is not None:
        return term
    if term.operator in OPPOSITE or term.operator == "others":
        return term
    return Term(operator="not", kind="truth", operands=(term,))


def _stated(
    trace: Trace, node: Expr, member: Member, read: list[Leaf], *, negated: bool
) -> Term | None:
    if not isinstance(node, Apply):
        return None if isinstance(node, Over) else trace.term(node, member, read)
    match node.operator, node.operands:
        case (("less" | "equal"), _):
            return _comparison(trace, node, member, read, negated=negated)
        case "others", _:
            holds = trace.holds(node, member)
            state: State = "" if holds is None else "assumed"
            return Term(operator="others", kind="truth", value=holds, state=state)
        case "is", _:
            return _membership(trace, node, (node,), member, read)
        case "or", tests if _of_one_choice(tests):
            return _membership(trace, node, tests, member, read)
        case "and", (Apply("not", (Apply("less", (of, _)),)), _) if _role(node) == "period":
            return _period(trace, node, of, member, read)
        case "and", (Apply("less", (Apply() as end, of)), _) if _role(node) == "same period":
            terms = [trace.term(each, member, read) for each in (of, *end.operands)]
            holds = trace.holds(node, member)
            return Term(operator="same period", kind="truth", value=holds, operands=tuple(terms))
        case _:
            return None


def _comparison(
    trace: Trace, node: Apply, member: Member, read: list[Leaf], *, negated: bool
) -> Term:
    """The relation that holds between the two sides, in the order in which they are written."""
    written = _role(node).removeprefix(COMPARING) if _role(node).startswith(COMPARING) else "<"
    swapped = node.operator == "less" and written in (">", "<=")
    relation = "=" if node.operator == "equal" else ">" if swapped else "<"
    in_order = node.operands[::-1] if swapped else node.operands
    sides = [trace.term(operand, member, read) for operand in in_order]
    left, right = (trace.value(operand, member) for operand in node.operands)
    holds = trace.holds(node, member)
    known = None
    if left is not None and right is not None:
        known = COMPARISONS[node.operator](left, right)
    turned = negated if holds is None else not holds
    return Term(
        operator=OPPOSITE[relation] if turned else relation,
        kind="truth",
        value=holds,
        state="assumed" if known is None and holds is not None else "",
        operands=tuple(with_units(sides)),
    )


def _membership(
    trace: Trace, node: Expr, tests: tuple[Expr, ...], member: Member, read: list[Leaf]
) -> Term:
    """A choice and the values asked for."""
    found = [test for test in tests if isinstance(test, Apply)]
    choice = found[0].operands[0]
    values = [test.operands[1] for test in found]
    words = [
        Term(role="choice", kind="choice", value=value.value, word=trace.word(choice, value.value))
        for value in values
        if isinstance(value, Constant)
    ]
    of = trace.term(choice, member, read)
    holds = trace.holds(node, member)
    return Term(operator="is", kind="truth", value=holds, operands=(of, *words))


def _period(trace: Trace, node: Apply, of: Expr, member: Member, read: list[Leaf]) -> Term:
    """A day and the first and last day of a period."""
    ends: list[Term] = []
    for test in node.operands:
        assert isinstance(test, Apply)
        (less,) = test.operands
        assert isinstance(less, Apply)
        side = less.operands[0 if ends else 1]
        ends.append(trace.term(side, member, []))
    first = trace.term(of, member, read)
    holds = trace.holds(node, member)
    unknown = isinstance(first.value, Range) and holds is not None
    return Term(
        operator="in",
        kind="truth",
        value=holds,
        state="assumed" if unknown else "",
        operands=(first, *ends),
    )


def _of_one_choice(tests: tuple[Expr, ...]) -> bool:
    """Whether all are tests of the same choice."""
    choices = [
        test.operands[0] for test in tests if isinstance(test, Apply) and test.operator == "is"
    ]
    return len(choices) == len(tests) and len(set(choices)) == 1


def _role(node: Apply) -> str:
    origin: Origin | None = node.origin
    return origin.role if origin else ""
