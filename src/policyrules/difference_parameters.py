"""The standards through which an outcome changed: what either state read that is another figure.

A standard that only one of them read is looked up in the other. Of those that differ the ones are
named with whose other figure one of the two outcomes would not be what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, frozen

from policyrules import wording
from policyrules.backends.parts import leaf_of
from policyrules.backends.scalar import Evaluator
from policyrules.backends.steps import Step, Term
from policyrules.case_parameters import version_on
from policyrules.difference import Cause
from policyrules.difference_sides import Side, terms_of, walked
from policyrules.explanation_words import Sentences
from policyrules.ir.fold import fold
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Expr,
    NotInForce,
    NotStated,
    Over,
    Parameter,
    Program,
    Reference,
    Variable,
    Version,
)
from policyrules.ir.walk import nodes
from policyrules.source import Text

Row = tuple[Text | None, tuple[Text, ...]]
Literal = Fraction | NotStated | NotInForce


@frozen
class _Standing:
    """A standard in one state: how it is told and, where it is found by its name, its value."""

    step: Step
    value: Literal | None = None


def parameters(before: Side, after: Side) -> Iterator[Cause]:
    """Each standard that is another figure and without which the change would be another one."""
    old, new = _figures(before), _figures(after)
    for key in old.keys() & new.keys():
        # A standard may be read as of more than one day; what both read alike is no cause.
        same = {(step.start, step.value) for step in old[key]}
        same &= {(step.start, step.value) for step in new[key]}
        for found in (old, new):
            found[key] = [each for each in found[key] if (each.start, each.value) not in same]
    days_apart = before.facts.on != after.facts.on
    for key in dict.fromkeys((*old, *new)):
        # Of one without a value the row is not known.
        one, two = (
            next(iter(found.get(key) or found.get((key[0], ())) or ()), None)
            for found in (old, new)
        )
        told = one or two
        if told is None:
            continue
        first, second = _standing(before, key, one, told), _standing(after, key, two, told)
        if first is None or second is None or _figure(first.step) == _figure(second.step):
            continue
        pairs = (before, first, second), (after, second, first)
        if not any(_matters(*pair, days_apart=days_apart) for pair in pairs):
            continue
        yield Cause(
            kind="parameter",
            name=_name(after, second.step) if second.step.terms else _name(before, first.step),
            before=_worded(before, first.step),
            after=_worded(after, second.step),
        )


# --- a standard in either state ------------------------------------------------------------------


def _figures(side: Side) -> dict[Row, list[Step]]:
    """The parameters that were read, by name and row; of each the versions."""
    found: dict[Row, list[Step]] = {}
    steps = [step for step in walked(side.root) if step.role == "parameter"]
    terms = [term for term in terms_of(side.root) if term.role == "parameter"]
    for step in (*steps, *(leaf_of(term, again=False) for term in terms)):
        row = step.terms[0].row if step.terms else ()
        versions = found.setdefault((step.name, row), [])
        if all((each.start, each.value) != (step.start, step.value) for each in versions):
            versions.append(step)
    return found


def _standing(side: Side, key: Row, step: Step | None, told: Step) -> _Standing | None:
    """A standard as a state read it, else as it is there; None where it is not to be found.

    `told` is how the other state tells it, where this one did not read it.
    """
    known = next((item for item in side.program.parameters if item.label == key[0]), None)
    version = None if known is None else version_on(known, side.facts.on)
    keys = None if known is None else _keys(side.program, known, version, key[1])
    if known is None or (version is not None and keys is None):
        return None if step is None else _Standing(step)
    value: Literal = NotInForce(known.name)
    if version is not None and keys is not None:
        value = dict(version.cells)[keys]
        if isinstance(value, NotStated):
            value = side.facts.parameters.get((known.name, keys), value)
    if step is not None:
        return _Standing(step, value)
    return _Standing(_told(told, known, key[1], version, value), value)


def _keys(
    program: Program, parameter: Parameter, version: Version | None, row: tuple[Text, ...]
) -> tuple[str, ...] | None:
    """Under which names a row stands in a version; None if it has none of these words."""
    labels = dict(program.labels)
    labels |= dict(pair for declared in program.inputs for pair in declared.values)
    rows = {counted.name: dict(counted.rows) for counted in parameter.counted}
    for keys, _ in version.cells if version is not None else ():
        words = tuple(
            rows.get(name, labels).get(key, Text(key, key))
            for name, key in zip(parameter.by, keys, strict=True)
        )
        if words == row:
            return keys
    return None


def _told(
    told: Step,
    parameter: Parameter,
    row: tuple[Text, ...],
    version: Version | None,
    value: Literal,
) -> Step:
    """How a standard is told that was not read in a state, beside the other state's."""
    if isinstance(value, NotInForce):
        return evolve(told, value=None, status="not in force")
    if isinstance(value, NotStated):
        return evolve(told, value=None, status="not stated")
    start = None if version is None else version.start
    later = (each.start for each in parameter.versions if each.start is not None)
    stop = min((day for day in later if start is None or day > start), default=None)
    cites = () if version is None else version.cites
    leaf = told.terms[0] if told.terms else Term(role="parameter", name=told.name, row=row)
    terms = (evolve(leaf, value=value, unit=parameter.unit, state=""),)
    return evolve(
        told,
        value=value,
        unit=parameter.unit,
        status=None,
        terms=terms,
        cites=cites,
        start=start,
        stop=stop,
    )


# --- whether it matters --------------------------------------------------------------------------


def _matters(side: Side, own: _Standing, other: _Standing, *, days_apart: bool) -> bool:
    """Whether an outcome would be another one with the figure that a standard has in the other.

    Between two days a figure that is read as of a stated day is no other one.
    """
    if own.value is None or other.value is None:
        return True  # Not known by its name; both states read it.
    swapped_all = _Swapped(own.step.name, own.value, own.step.start, other.value)
    swap = _SwappedByDay(swapped_all) if days_apart else swapped_all
    changed = evolve(
        side.program, definitions=tuple(_rule(rule, swap) for rule in side.program.definitions)
    )
    outcomes = (
        Evaluator(program).outcome(side.facts, side.name, side.member)
        for program in (side.program, changed)
    )
    found, swapped = ((each.status, each.low, each.high, each.value) for each in outcomes)
    return found != swapped


def _rule(rule: Definition, swap: _Rebuilt) -> Definition:
    def made(expr: Expr | None) -> Expr | None:
        return None if expr is None else fold(expr, swap)

    return evolve(
        rule,
        value=fold(rule.value, swap),
        holds=made(rule.holds),
        amount=made(rule.amount),
        due=made(rule.due),
    )


class _Rebuilt:
    """Rebuilds an expression as it is."""

    def constant(self, node: Constant) -> Expr:
        return node

    def variable(self, node: Variable) -> Expr:
        return node

    def reference(self, node: Reference) -> Expr:
        return node

    def apply(self, node: Apply, operands: tuple[Expr, ...]) -> Expr:
        return evolve(node, operands=operands)

    def over(self, node: Over, body: Expr | None, condition: Expr | None) -> Expr:
        return evolve(node, body=body, condition=condition)


@frozen
class _Swapped(_Rebuilt):
    """Rebuilds an expression with another figure in the place of one of a standard."""

    name: Text | None
    value: Literal
    start: int | None
    other: Literal

    def constant(self, node: Constant) -> Expr:
        return evolve(node, value=self.other) if self._is_figure(node) else node

    def _is_figure(self, node: Constant) -> bool:
        if node.value != self.value:
            return False
        if isinstance(node.value, NotInForce):
            return True  # It names the standard itself.
        origin = node.origin
        if origin is None or origin.role != "parameter":
            return False
        return origin.name == self.name and origin.start == self.start


@frozen
class _SwappedByDay(_Rebuilt):
    """The same where the day of the case chooses the version."""

    swap: _Swapped

    def apply(self, node: Apply, operands: tuple[Expr, ...]) -> Expr:
        made = evolve(node, operands=operands)
        if node.operator != "select" or not _is_by_day(node.operands[0]):
            return made
        return fold(made, self.swap)


def _is_by_day(test: Expr) -> bool:
    """Whether a choice is that of a version: by the date, or one that is counted from it."""
    while isinstance(test, Apply) and test.operator == "flagged":
        test = test.operands[0]
    if not isinstance(test, Apply) or test.operator != "less":
        return False
    day, start = test.operands
    if not isinstance(start, Constant) or start.kind != "date":
        return False
    return any(isinstance(node, Variable) and node.subject == "date" for node in nodes(day))


# --- in words ------------------------------------------------------------------------------------


def _name(side: Side, step: Step) -> Text:
    """What a parameter is called, with its row."""

    def say(words: Sentences) -> str:
        return words.phrases.named(step.terms[0]) if step.terms else words.phrases.of(step.name)

    return side.words(say)


def _worded(side: Side, step: Step) -> Text:
    """The value of a parameter, from when it holds and by which place."""

    def say(words: Sentences) -> str:
        if step.status in ("not in force", "not stated"):
            return words.phrases.of(wording.status(step.status))
        value = words.phrases.value(
            step.value, step.unit, step.own, kind=step.kind, word=step.terms[0].word
        )
        return value + words.version(step)

    return side.words(say)


def _figure(step: Step) -> object:
    return None if step.status in ("not in force", "not stated") else (step.value, step.unit)
