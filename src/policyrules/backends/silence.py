"""Where there is no value: what the document does not state, or states from a later day on."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from policyrules.backends.crowds import crowd_of
from policyrules.backends.parts import is_clash, validity
from policyrules.backends.paths import Member, Stop
from policyrules.backends.steps import Step
from policyrules.backends.terms import Leaf, Trace
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Expr,
    NotInForce,
    NotStated,
    Over,
    Reference,
    Unsettled,
)
from policyrules.source import Text


def blocked(trace: Trace, node: Expr, member: Member) -> tuple[Step, ...]:
    """The first part of an expression that has no value; nothing if all have one."""
    return _inside(trace, node, member) if _stops(trace, node, member) else ()


def clash_of(trace: Trace, node: Expr, member: Member) -> Expr | None:
    """The condition under which two rules contradict each other, where it holds."""
    match node:
        case Apply("select", (test, then, otherwise)):
            if _stops(trace, test, member):
                return clash_of(trace, test, member)
            if is_clash(then) and trace.value(test, member):
                return test
            return clash_of(trace, then if trace.value(test, member) else otherwise, member)
        case Apply(_, operands):
            found = (clash_of(trace, operand, member) for operand in operands)
            return next((test for test in found if test is not None), None)
        case _:
            return None


def _stops(trace: Trace, node: Expr, member: Member) -> bool:
    try:
        trace.value(node, member)
    except Stop:
        return True
    return False


def _inside(trace: Trace, node: Expr, member: Member) -> tuple[Step, ...]:
    match node:
        case Constant(value) if isinstance(value, NotStated | NotInForce):
            return (_silent(trace, node, value),)
        case Constant(Unsettled(status, name)):
            return (Step(role="unsettled", name=name, status=status),)
        case Reference(name):
            entry = trace.names.definitions[name]
            below = member if entry.subject == "person" else None
            because = blocked(trace, entry.read_as(node.kind), below)
            rule = Step(role="rule", name=entry.label, cites=entry.cites, because=because)
            return (evolve(rule, status=because[0].status if because else None),)
        case Apply("select", (test, then, otherwise)):
            if _stops(trace, test, member):
                return _inside(trace, test, member)
            return blocked(trace, then if trace.value(test, member) else otherwise, member)
        case Apply(_, operands):
            return _first(trace, [(operand, member) for operand in operands])
        case Over(_, body, condition):
            parts = [part for part in (condition, body) if part is not None]
            crowd = crowd_of(node.collection)
            everyone: Sequence[Member] | None = crowd.known(trace.run, member)
            if everyone is None:
                run, anyone = crowd.anyone(trace.run, member)
                trace, everyone = evolve(trace, run=run, values={}, told={}), (anyone,)
            return _first(trace, [(part, each) for part in parts for each in everyone])
        case _:
            return ()


def _first(trace: Trace, parts: list[Leaf]) -> tuple[Step, ...]:
    return next((found for node, member in parts if (found := blocked(trace, node, member))), ())


def _silent(trace: Trace, node: Constant, value: NotStated | NotInForce) -> Step:
    """A parameter without a value; of one that begins later, its first version."""
    rule = trace.names.definitions.get(value.name)
    if rule is not None and isinstance(value, NotInForce):
        return evolve(validity(rule), status="not in force", value=trace.run.facts.on)
    entry = trace.names.parameters.get(value.name)
    name = entry.label if entry else Text(value.name or "a value", value.name or "标准")
    made = Step(role="parameter", name=name, key=value.name)
    if isinstance(value, NotStated):
        cites = node.origin.cites if node.origin else ()
        return evolve(made, status="not stated", cites=cites)
    first = entry.versions[0] if entry and entry.versions else None
    start, cites = (first.start, first.cites) if first else (None, ())
    return evolve(made, status="not in force", value=trace.run.facts.on, start=start, cites=cites)
