"""Figures as they are spoken of: names, values and versions, read along one path of one case."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, assert_never

from attrs import define, evolve, field

from policyrules.backends.paths import Member, Open, Run
from policyrules.backends.scalar import Evaluator
from policyrules.backends.steps import State, Term
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Entity,
    Expr,
    Input,
    NotInForce,
    NotStated,
    Over,
    Parameter,
    Reference,
    Variable,
)
from policyrules.ir.ranges import Range
from policyrules.ir.walk import nodes
from policyrules.source import Text

Leaf = tuple[Expr, Member]
_PERSONS = "person/household"
_ADJUNCTS = {"cap": "at most", "limit": "at most", "floor": "at least"}
_EXTREMES = {"maximum": "higher", "minimum": "lower"}
# Operators whose result is in the unit of their operands.
_SAME_UNIT = {
    *("add", "subtract", "difference", "remaining", "higher", "lower", "at most", "at least"),
    *("sum", "highest", "lowest", "range"),
}


@define
class Trace:
    """One path of a case, in which expressions are asked for their values.

    `own` is the subject of the rule at hand. What the path has not decided has the value None;
    what has no value at all raises `Stop`.
    """

    evaluator: Evaluator
    run: Run
    own: Entity
    inputs: Mapping[tuple[str, str], Input] = field(init=False)
    definitions: Mapping[str, Definition] = field(init=False)
    parameters: Mapping[str, Parameter] = field(init=False)

    def __attrs_post_init__(self) -> None:
        program = self.evaluator.program
        self.inputs = {(entry.subject, entry.name): entry for entry in program.inputs}
        self.definitions = {entry.name: entry for entry in program.definitions}
        self.parameters = {entry.name: entry for entry in program.parameters}

    def value(self, node: Expr, member: Member) -> Any:  # noqa: ANN401 - what its kind says
        """The value of an expression; None where the path leaves it open."""
        try:
            return self.evaluator.value(self.run, node, member)
        except Open:
            return None

    def term(self, node: Expr, member: Member, read: list[Leaf]) -> Term:
        """An expression as it is spoken of; `read` collects the leaves that may need a reason."""
        match node:
            case Constant():
                return self._constant(node, member, read)
            case Variable():
                return self._variable(node, member, read)
            case Reference(name):
                read.append((node, member))
                entry = self.definitions[name]
                made = Term(role="rule", kind=node.kind, name=entry.label, own=entry.subject)
                return evolve(
                    made,
                    unit=entry.unit,
                    value=self.value(node, member),
                    word=self.word(node, self.value(node, member)),
                )
            case Over():
                return self._over(node, member, read)
            case Apply():
                return self._apply(node, member, read)
            case _:
                assert_never(node)

    def word(self, node: Expr, value: object) -> Text | None:
        """What the value of a choice is called."""
        if not isinstance(value, str):
            return None
        known = (
            [self.inputs[node.subject, node.name]]
            if isinstance(node, Variable)
            else self.inputs.values()
        )
        words = {key: text for entry in known for key, text in entry.values}
        return words.get(value, Text(value, None))

    def chosen(self, node: Expr, member: Member) -> Expr:
        """What is left of an expression after flags and the choices that the path has made."""
        while isinstance(node, Apply) and node.operator in ("select", "flagged"):
            if node.operator == "flagged":
                node = node.operands[0]
                continue
            holds = self.value(node.operands[0], member)
            if holds is None:
                break
            node = node.operands[1 if holds else 2]
        return node

    def _constant(self, node: Constant, member: Member, read: list[Leaf]) -> Term:
        origin = node.origin
        made = Term(
            role="number", kind=node.kind, value=self.value(node, member), state=self._state(node)
        )
        if origin is None:
            return made
        if origin.role == "parameter":
            read.append((node, member))
            made = evolve(made, role="parameter", name=origin.name, cites=origin.cites)
        elif origin.role == "rate":
            made = evolve(made, role="rate")
        own = None if origin.role == "parameter" else self.own
        return evolve(made, unit=origin.unit, own=own, start=origin.start, stop=origin.stop)

    def _state(self, node: Constant) -> State:
        if not isinstance(node.value, NotStated):
            return ""
        supplied = (node.value.name, node.value.keys) in self.run.facts.parameters
        return "supplied" if supplied else "not stated"

    def _variable(self, node: Variable, member: Member, read: list[Leaf]) -> Term:
        value = self.value(node, member)
        if node.subject == "date":
            return Term(role="date", kind="date", value=value)
        read.append((node, member))
        if node.subject == "parameters":
            entry = self.parameters.get(node.name)
            name = entry.label if entry else Text(node.name, None)
            state: State = "not stated" if isinstance(value, Range) else "supplied"
            return Term(role="parameter", kind=node.kind, name=name, value=value, state=state)
        fact = self.inputs[node.subject, node.name]
        given = self.run.fact(member if fact.subject == "person" else None, fact.name)
        discrete = node.kind in ("truth", "choice") and value is not None
        return Term(
            role="input",
            kind=node.kind,
            name=fact.label,
            value=value,
            unit=fact.unit,
            own=fact.subject,
            word=self.word(node, value),
            state="" if given is not None else "assumed" if discrete else "missing",
        )

    def _over(self, node: Over, member: Member, read: list[Leaf]) -> Term:
        """A figure over the members: their number, or those of whom it is made."""
        unknown = self.run.facts.members is None
        made = Term(value=self.value(node, member), own="household")
        made = evolve(made, state="missing") if unknown else made
        if node.condition is not None:
            read.append((node, member))
        if node.body is None:
            return evolve(made, role="members", unit=_PERSONS, row=self._picked(node))
        terms = [] if unknown else [self._of(node.body, each, read) for each in self.counted(node)]
        unit = node.origin.unit if node.origin else ""
        unit = unit or next((term.unit for term in terms if term.unit), "")
        return evolve(
            made, operator=node.function, kind=node.kind, unit=unit, operands=tuple(terms)
        )

    def _picked(self, node: Over) -> tuple[Text, ...]:
        """Marks a count of some of the members, not of all."""
        return () if node.condition is None else (Text("meeting the condition", "符合条件的"),)

    def _of(self, body: Expr, member: int, read: list[Leaf]) -> Term:
        return evolve(self.term(body, member, read), whose=member)

    def counted(self, node: Over) -> list[int]:
        """The members who count, or who may."""
        everyone = range(len(self.run.members))
        if node.condition is None:
            return list(everyone)
        return [each for each in everyone if self.value(node.condition, each) is not False]

    def _apply(self, node: Apply, member: Member, read: list[Leaf]) -> Term:
        if node.operator in ("select", "flagged"):
            return self._select(node, member, read)
        shown = _plain(node, self, member)
        if shown is not node:
            return self.term(shown, member, read)
        operator, operands = _wording(node)
        terms = [self.term(operand, member, read) for operand in operands]
        role = node.origin.role if node.origin else ""
        if role in ("share", "multiple"):
            style = "rate" if role == "share" else "times"
            operands_ = [evolve(terms[1]), evolve(terms[0], role=style, operator="", unit="")]
            terms = operands_
        if operator == "range" and all(term.role == "number" for term in terms):
            return Term(role="number", value=self.value(node, member))
        unit = node.origin.unit if node.origin else ""
        if not unit and (operator in _SAME_UNIT or operator.startswith("round")):
            unit = next((term.unit for term in terms if term.unit), "")
        return Term(
            operator=operator,
            kind=node.kind,
            value=self.value(node, member),
            unit=unit,
            own=self.own,
            operands=tuple(terms),
        )

    def _select(self, node: Apply, member: Member, read: list[Leaf]) -> Term:
        """The branch that was taken; of a table, the row that was read."""
        chosen = self.chosen(node, member)
        if is_table(node):
            read.append((node, member))
            selectors = dict.fromkeys(self._selectors(node, member))
            inner: list[Leaf] = []
            rows = [self.term(selector, member, inner) for selector in selectors]
            row = tuple(term.word for term in rows if term.word is not None)
            if isinstance(chosen, Constant):
                return evolve(self.term(chosen, member, []), row=row)
            return evolve(self._unsettled(node), value=self.value(node, member), row=row)
        read.append((node, member))
        return self.term(chosen, member, read) if chosen is not node else self._open(node, member)

    def selectors(self, node: Expr, member: Member) -> list[Leaf]:
        """The categories by which a table is read."""
        return [(found, member) for found in dict.fromkeys(self._selectors(node, member))]

    def _selectors(self, node: Expr, member: Member) -> list[Expr]:
        found: list[Expr] = []
        while isinstance(node, Apply) and node.operator in ("select", "flagged"):
            if node.operator == "select":
                found += [
                    test.operands[0]
                    for test in nodes(node.operands[0])
                    if isinstance(test, Apply) and test.operator == "is"
                ]
                if self.value(node.operands[0], member) is None:
                    break
                node = node.operands[1 if self.value(node.operands[0], member) else 2]
            else:
                node = node.operands[0]
        return found

    def _unsettled(self, node: Expr) -> Term:
        """A table of which the path does not tell the row."""
        origins = [
            found.origin for found in nodes(node) if isinstance(found, Constant) and found.origin
        ]
        first = origins[0]
        return Term(role="parameter", name=first.name, unit=first.unit, cites=first.cites)

    def _open(self, node: Expr, member: Member) -> Term:
        return Term(role="number", kind=node.kind, value=self.value(node, member), own=self.own)


def is_table(node: Expr) -> bool:
    """Whether an expression does nothing but look a parameter up."""
    while isinstance(node, Apply) and node.operator in ("select", "flagged"):
        if node.operator == "select" and not is_table(node.operands[1]):
            return False
        node = node.operands[2 if node.operator == "select" else 0]
    if not isinstance(node, Constant):
        return False
    role = node.origin.role if node.origin else ""
    return role == "parameter" or isinstance(node.value, NotInForce)


def _plain(node: Apply, trace: Trace, member: Member) -> Expr:
    """The node, or its operand where the operator changes nothing worth telling."""
    match node:
        case Apply("multiply", (inner, Constant(Fraction(numerator=1, denominator=1)))):
            return inner
        case Apply("maximum", (Constant(Fraction(numerator=0), _, None), inner)):
            role = node.origin.role if node.origin else ""
            same = trace.value(node, member) == trace.value(inner, member)
            return inner if same and role not in ("difference", "limit") else node
        case _:
            return node


def _wording(node: Apply) -> tuple[str, tuple[Expr, ...]]:
    """The operator as it is spoken of, and what it is applied to."""
    role = node.origin.role if node.origin else ""
    match node.operator, node.operands:
        case "maximum", (_, Apply("subtract", below)) if role == "difference":
            return "difference", below
        case "maximum", (_, Apply("subtract", below)) if role == "limit":
            return "remaining", below
        case ("maximum" | "minimum") as extreme, below:
            return _ADJUNCTS.get(role, _EXTREMES[extreme]), below
        case "multiply", below if role in ("convert", "counted"):
            return role, below
        case operator, below:
            return operator, below
