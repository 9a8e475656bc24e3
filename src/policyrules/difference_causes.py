"""Through what an outcome changed: the steps of two explanations beside each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import date
from fractions import Fraction
from typing import TypeVar

from attrs import evolve, frozen

from policyrules import wording
from policyrules.backends.parts import is_outside
from policyrules.backends.statements import OPPOSITE
from policyrules.backends.steps import Step, Term
from policyrules.case import AGE
from policyrules.case_names import need_words
from policyrules.difference import Cause
from policyrules.difference_parameters import parameters
from policyrules.difference_sides import Side, terms_of, walked
from policyrules.ir.fold import fold
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Expr,
    Over,
    Reference,
    Variable,
)
from policyrules.source import Text

T = TypeVar("T")
_APPLIES = (Text("does not apply", "不适用"), Text("applies", "适用"))
_TURNED = {
    True: Text("condition now met", "条件变为成立"),
    False: Text("condition no longer met", "条件变为不成立"),
    None: Text("condition now open", "条件变为待定"),
}
_IN_FORCE = (Text("not in force", "未施行"), Text("in force", "施行"))
_THERE = (Text("no such rule", "没有该项规定"), Text("stated", "有该项规定"))
_DATE = Text("date of the question", "评估日期")
_WORDING = Text("wording of the rule", "规定的内容")
_OTHERWISE = Text("otherwise", "已改变")
_AS_BEFORE = Text("as it was", "原规定")


def causes(before: Side, after: Side, *, age_matters: Callable[[int], bool]) -> tuple[Cause, ...]:
    """What differs of all that a changed outcome read, at least one cause.

    `age_matters` tells of a member whether with the other age the outcome would be another one.
    """
    found = [
        *_rules(before, after),
        *parameters(before, after),
        *_ages(before, after, age_matters),
        *_exceptions(before, after),
        *_conditions(before, after),
    ]
    return tuple(dict.fromkeys(found)) or (_other(before, after),)


def appeared(label: Text, *, there: bool) -> Cause:
    """A rule that only one of two rulesets has."""
    return Cause(kind="rule", name=label, before=_THERE[not there], after=_THERE[there])


def _other(before: Side, after: Side) -> Cause:
    """The date itself, where the rules are the same; else that they are not."""
    if before.facts.on != after.facts.on:
        days = [wording.day(date.fromordinal(side.facts.on)) for side in (before, after)]
        return Cause(kind="other", name=_DATE, before=days[0], after=days[1])
    return Cause(kind="other", name=_WORDING, before=_AS_BEFORE, after=_OTHERWISE)


# --- rules ----------------------------------------------------------------------------------------


def _rules(before: Side, after: Side) -> Iterator[Cause]:
    """Rules that came into force or ended, and those that read otherwise."""
    old, new = _read(before), _read(after)
    for name in dict.fromkeys((*old, *new)):
        rules = [
            next((rule for rule in side.program.definitions if rule.name == name), None)
            for side in (before, after)
        ]
        label = next(rule.label for rule in reversed(rules) if rule is not None)
        force = [
            rule is not None and not is_outside(rule, side.facts.on)
            for rule, side in zip(rules, (before, after), strict=True)
        ]
        if force[0] != force[1]:
            yield Cause(
                kind="rule", name=label, before=_IN_FORCE[force[0]], after=_IN_FORCE[force[1]]
            )
        elif rules[0] is not None and rules[1] is not None and _differ(rules[0], rules[1]):
            yield Cause(kind="rule", name=label, before=_AS_BEFORE, after=_OTHERWISE)


def _read(side: Side) -> tuple[str, ...]:
    """The rule of an outcome, and those that it read."""
    by_label = {rule.label: rule.name for rule in side.program.definitions}
    labels = [step.name for step in walked(side.root) if step.role in ("rule", "validity")]
    terms = [term.name for term in terms_of(side.root) if term.role == "rule"]
    names = [by_label[label] for label in (*labels, *terms) if label in by_label]
    return tuple(dict.fromkeys((side.name, *names)))


def _differ(old: Definition, new: Definition) -> bool:
    """Whether a rule reads otherwise, whatever the values of its parameters."""
    if old is new:
        return False
    return any(
        _without_parameters(one) != _without_parameters(two)
        for one, two in (
            (old.value, new.value),
            (old.holds, new.holds),
            (old.amount, new.amount),
        )
    )


def _without_parameters(expr: Expr | None) -> Expr | None:
    """The expression with a name in place of each figure of a parameter."""
    return None if expr is None else fold(expr, _Named())


@frozen
class _Named:
    """Rebuilds an expression with the names of parameters."""

    def constant(self, node: Constant) -> Expr:
        return _named(node)

    def variable(self, node: Variable) -> Expr:
        return node

    def reference(self, node: Reference) -> Expr:
        return node

    def apply(self, node: Apply, operands: tuple[Expr, ...]) -> Expr:
        return _named(evolve(node, operands=operands))

    def over(self, node: Over, body: Expr | None, condition: Expr | None) -> Expr:
        return evolve(node, body=body, condition=condition)


def _named(node: Constant | Apply) -> Expr:
    if node.origin is None or node.origin.role != "parameter" or node.origin.name is None:
        return node
    return Variable(node.origin.name.of("en"), "parameters", node.kind)


# --- ages, exceptions, conditions -----------------------------------------------------------------


def _ages(before: Side, after: Side, matters: Callable[[int], bool]) -> Iterator[Cause]:
    """Members who have grown older, where the outcome would not be the same if they had not."""
    pairs = zip(before.facts.members or (), after.facts.members or (), strict=True)
    for member, facts in enumerate(pairs):
        ages = [age for each in facts if isinstance(age := each.get(AGE.name), Fraction)]
        if len(set(ages)) < 2 or not matters(member):
            continue
        label = need_words(after.program, (member, AGE.name), after.member)
        words = [wording.quantity(age, AGE.unit) for age in ages]
        yield Cause(kind="age", name=label, before=words[0], after=words[1])


def _exceptions(before: Side, after: Side) -> Iterator[Cause]:
    """Exceptions that apply, or no longer do."""
    old, new = (
        {
            (step.name, step.members): step.value is True
            for step in walked(side.root)
            if step.role == "exception"
        }
        for side in (before, after)
    )
    for key in dict.fromkeys((*old, *new)):
        held, holds = old.get(key, False), new.get(key, False)
        if held != holds and key[0] is not None:
            yield Cause(kind="exception", name=key[0], before=_APPLIES[held], after=_APPLIES[holds])


def _conditions(before: Side, after: Side) -> Iterator[Cause]:
    """Conditions that turned, in the words of either state."""
    old, new = ({_shape(step): step for step in _tested(side.root)} for side in (before, after))
    for key, step in new.items():
        was = old.get(key)
        if was is not None and was.value != step.value:
            said = _condition(before, was), _condition(after, step)
            yield Cause(kind="condition", name=_TURNED[step.value], before=said[0], after=said[1])


def _condition(side: Side, step: Step) -> Text:
    return side.words(lambda words: words.condition(step))


def _tested(root: Step) -> Iterator[Step]:
    return (step for step in walked(root) if step.role == "condition" and step.terms)


def _shape(step: Step) -> Hashable:
    """What a condition is about, whatever its figures."""
    return step.members, tuple(_outline(term) for term in step.terms)


def _outline(term: Term) -> Hashable:
    if term.operator == "not":
        return _outline(term.operands[0])
    below = tuple(_outline(operand) for operand in term.operands)
    # What does not hold is told as its opposite; both are about the same.
    operator = min(term.operator, OPPOSITE.get(term.operator, term.operator))
    return term.role, operator, term.kind, term.name, term.row, term.whose, below
