"""What figures and conditions read: a step for each rule, parameter and input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from policyrules.backends.branches import cases
from policyrules.backends.parts import CASES, leaf_of, parameter_key
from policyrules.backends.paths import Member
from policyrules.backends.steps import Step
from policyrules.backends.tables import is_table
from policyrules.backends.terms import GENERAL, Leaf
from policyrules.ir.facts import Record
from policyrules.ir.nodes import Apply, Constant, Expr, Over, Reference, Variable

if TYPE_CHECKING:
    from policyrules.backends.reasons import Reasons


def support(reasons: Reasons, read: list[Leaf]) -> tuple[Step, ...]:
    """A step for each rule, parameter and input that was read."""
    steps: list[Step] = []
    for node, member in read:
        steps += [step for step in _supported(reasons, node, member) if step not in steps]
    return tuple(steps)


def _supported(reasons: Reasons, node: Expr, member: Member) -> tuple[Step, ...]:
    match node:
        case Reference():
            return (reasons.rule(node, member),)
        case Over():
            return (*picked(reasons, node, member), *_bodies(reasons, node, member))
        case Apply("select") if not is_table(node):
            return tuple(step for step in cases(reasons, node, member) if step.role in CASES)
        case Apply("select" | "flagged"):
            rows = [
                reasons.rule(found, member)
                if isinstance(found, Reference)
                else _leaf(reasons, found, member)
                for found in reasons.trace.selectors(node, member)
            ]
            return _leaf(reasons, node, member), *rows
        case Apply() if node.origin and node.origin.role == GENERAL:
            return (_general(reasons, node, member),)
        case Constant() | Variable():
            return (_leaf(reasons, node, member),)
        case _:
            return ()


def _general(reasons: Reasons, node: Apply, member: Member) -> Step:
    """What a rule gives without the exception, and how."""
    term = reasons.trace.term(node, member, [])
    return Step(
        role="rule",
        name=term.name,
        value=term.value,
        unit=term.unit,
        own=term.own,
        terms=(term,),
        because=reasons.figure(node.operands[0], member),
    )


def picked(reasons: Reasons, node: Over, member: Member) -> tuple[Step, ...]:
    """Who of the members counts, and why."""
    condition = node.condition
    if condition is None:
        return ()
    everyone = list(reasons.trace.everyone(node, member) or ())
    groups = reasons.alike(everyone, lambda each: reasons.tried(condition, each))
    return tuple(
        Step(role="picked", kind="truth", value=step.value, members=who, because=(step,))
        for step, who in groups
        if step
    )


def _bodies(reasons: Reasons, node: Over, member: Member) -> tuple[Step, ...]:
    """The rules and parameters read for each member, alike ones together."""
    body = node.body
    if body is None or reasons.trace.everyone(node, member) is None:
        return ()

    def of(each: int | Record) -> tuple[Step, ...]:
        read: list[Leaf] = []
        reasons.trace.term(body, each, read)
        return support(reasons, read)

    groups = reasons.alike(reasons.trace.counted(node, member), of)
    return tuple(
        evolve(step, members=who) if step.role == "rule" else step
        for steps, who in groups
        for step in steps
    )


def _leaf(reasons: Reasons, node: Expr, member: Member) -> Step:
    """A parameter with its version, or an input."""
    term = reasons.trace.term(node, member, [])
    key = parameter_key(term)
    again = term.role == "parameter" and key in reasons.seen
    if term.role == "parameter":
        reasons.seen.add(key)
    return leaf_of(term, again=again)
