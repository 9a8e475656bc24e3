"""Why top-ups add what they add: each with its condition, the highest of several or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from policyrules.backends.parts import TOPPED_UP
from policyrules.backends.paths import Member
from policyrules.backends.steps import Step, Term
from policyrules.ir.nodes import Apply, Expr
from policyrules.ir.ranges import Range

if TYPE_CHECKING:
    from policyrules.backends.reasons import Reasons

TOP_UPS = ("top-up", "top-ups highest", "top-ups cumulative", TOPPED_UP)


def top_up_steps(reasons: Reasons, node: Apply, member: Member) -> tuple[Step, ...]:
    """A payment with its top-ups, several top-ups together, or one under its condition."""
    role = node.origin.role if node.origin else ""
    match role, node.operands:
        case "top-up", (inner, extra):
            before, added = (_figure(reasons, each, node, member) for each in (inner, extra))
            value = reasons.trace.value(node, member)
            unit = node.origin.unit if node.origin else ""
            because = reasons.figure(extra, member)
            made = Step(role="top-up", value=value, unit=unit, own=reasons.trace.own)
            own = evolve(made, terms=(before, added), because=because)
            return *reasons.figure(inner, member), own
        case "top-up when", (test, amount, _):
            return (_under(reasons, test, amount, member),)
        case _, lines:
            steps = [step for line in lines for step in reasons.figure(line, member)]
            most = reasons.trace.value(node, member)
            if role == "top-ups highest" and not isinstance(most, Range):
                steps = [_ranked(step, most) for step in steps]
            return tuple(steps)


def _ranked(step: Step, most: object) -> Step:
    """A top-up that holds, with a mark where another one is higher."""
    lower = step.role == "added" and not step.lost and step.value != most
    return evolve(step, mode="lower") if lower else step


def _figure(reasons: Reasons, node: Expr, of: Apply, member: Member) -> Term:
    """A figure as its value alone, in the unit of the payment."""
    unit = of.origin.unit if of.origin else ""
    value = reasons.trace.value(node, member)
    return Term(role="number", value=value, unit=unit, own=reasons.trace.own)


def _under(reasons: Reasons, test: Expr, amount: Expr, member: Member) -> Step:
    """One top-up, with whether its condition holds."""
    found = reasons.condition(test, member)
    term = reasons.trace.term(amount, member, [])
    return Step(
        role="added",
        value=reasons.trace.value(amount, member),
        unit=term.unit,
        own=reasons.trace.own,
        mode="open" if found.value is None else "",
        lost=found.value is False,
        terms=(term,),
        because=(found,),
    )
