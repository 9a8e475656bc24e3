"""The cases of a rule and its exceptions: which of them applies, and why not those before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from policyrules.backends.parts import (
    CASES,
    Item,
    case_of,
    is_branching,
    is_clash,
    is_exception,
    of_cases,
)
from policyrules.backends.paths import Member
from policyrules.backends.steps import Step
from policyrules.backends.tables import is_table
from policyrules.backends.terms import Trace
from policyrules.ir.nodes import Apply, Constant, Expr

if TYPE_CHECKING:
    from policyrules.backends.reasons import Reasons

OVERRIDDEN = "overridden"


def cases(reasons: Reasons, node: Expr, member: Member) -> tuple[Step, ...]:
    """The cases in written order up to the one that holds, and what that one gives."""
    steps: list[Step] = []
    number = 0
    while isinstance(node, Apply) and node.operator == "select" and not is_table(node):
        test, then, otherwise = node.operands
        if is_exception(node):
            made = exception(reasons, node, member)
        else:
            made = case_of(node, reasons.condition(test, member), number + 1)
        if made.value is not False:
            return *steps, *_given(reasons, made, then, member)
        if not is_clash(then) and made.role != "unsettled":
            steps.append(made)
            number += made.role == "case"
        node = otherwise
    if not number:
        return *steps, *reasons.figure(node, member)
    return *steps, *_given(reasons, Step(role="otherwise"), node, member)


def _given(reasons: Reasons, case: Step, node: Expr, member: Member) -> tuple[Step, ...]:
    """What a case gives, nothing where it is the bare zero of a rule that pays nothing."""
    if case.value is None and case.role in CASES:
        return (case,)
    if isinstance(node, Constant) and node.value == 0 and node.origin is None:
        return (evolve(case, mode="nothing"),)
    return case, *reasons.figure(node, member)


def exception(reasons: Reasons, node: Apply, member: Member) -> Step:
    """An exception, with whether it is in effect; one overridden names what goes before it."""
    test, origin = node.operands[0], node.origin
    assert origin is not None
    own, stronger = _apart(test)
    value = reasons.trace.holds(test, member)
    found = reasons.tried(own, member)
    made = Step(
        role="exception",
        kind="truth",
        value=value,
        name=origin.name,
        cites=origin.cites,
        lost=value is False,
        because=() if found is None else (found,),
    )
    if found is not None and found.value is False:
        return made
    if value is False:
        before = [each for each in stronger if reasons.trace.holds(each, member) is False]
        names = tuple(each.origin.name for each in before if each.origin and each.origin.name)
        met = made.because if found is not None and found.value else ()
        return evolve(made, factors=names, because=met)
    absent = [reasons.condition(each, member) for each in stronger]
    open_ones = [step for step in absent if step.value is None or _is_assumed(step)]
    return evolve(made, because=(*made.because, *open_ones))


def requirements(
    reasons: Reasons, item: Item, member: Member, *, due: bool | None
) -> tuple[Step, ...]:
    """What the lines in effect require beside their cases; where it fails, also which these are."""
    trace = reasons.trace
    lines = _in_effect(trace, item.node, member)
    tests = lines.operands if isinstance(lines, Apply) and lines.operator == "and" else (lines,)
    beside = [test for test in tests if not of_cases(test, item.branches)]
    if due:
        return tuple(reasons.condition(test, member) for test in beside)
    failing = [test for test in beside if trace.holds(test, member) is due]
    if not failing:
        return ()
    cases_hold = all(trace.holds(test, member) for test in tests if test not in beside)
    tried = _exceptions(reasons, item.node, member) if cases_hold else ()
    return *tried, *(reasons.condition(test, member) for test in failing)


def _in_effect(trace: Trace, node: Expr, member: Member) -> Expr:
    """The requirements of the exception in effect, or of the rule without one."""
    while is_branching(node):
        assert isinstance(node, Apply)
        test, then, otherwise = node.operands
        node = then if trace.holds(test, member) else otherwise
    return node


def _exceptions(reasons: Reasons, node: Expr, member: Member) -> tuple[Step, ...]:
    """The exceptions up to the one in effect."""
    steps: list[Step] = []
    while is_branching(node):
        assert isinstance(node, Apply)
        if is_exception(node):
            steps.append(exception(reasons, node, member))
            if steps[-1].value:
                break
        node = node.operands[2]
    return tuple(steps)


def _apart(test: Expr) -> tuple[Expr, tuple[Apply, ...]]:
    """The conditions of an exception itself, and that none that goes before it holds."""
    if not isinstance(test, Apply) or test.operator != "and":
        return test, ()
    own, *others = test.operands
    stronger = tuple(each for each in others if isinstance(each, Apply) and _is_stronger(each))
    return (own, stronger) if stronger else (test, ())


def _is_stronger(node: Apply) -> bool:
    return node.origin is not None and node.origin.role == OVERRIDDEN


def _is_assumed(step: Step) -> bool:
    """Whether a condition rests on an answer or comparison that its path assumes."""
    terms = (inner for term in step.terms for inner in (term, *term.operands))
    return any(term.state == "assumed" for term in terms) or any(
        _is_assumed(below) for below in step.because
    )
