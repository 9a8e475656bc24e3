"""Figures as they are spoken of: names, values and versions, read along one path of one case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, assert_never

from attrs import evolve, field, frozen

from policyrules.backends.crowds import crowd_of
from policyrules.backends.naming import Names
from policyrules.backends.paths import Code, Member, Open, Run, Stop
from policyrules.backends.spoken import REMAINDERS, SAME_UNIT, of_household, spoken, with_units
from policyrules.backends.steps import State, Term
from policyrules.backends.tables import is_further, is_table, of_the_subject
from policyrules.ir.facts import Record, owner_of
from policyrules.ir.nodes import (
    PERCENT,
    Apply,
    Constant,
    Entity,
    Expr,
    NotInForce,
    NotStated,
    Over,
    Reference,
    Unsettled,
    Variable,
)
from policyrules.ir.ranges import Range
from policyrules.ir.walk import nodes
from policyrules.source import Text

Leaf = tuple[Expr, Member]
_PERSONS = "person/household"
GENERAL = "general amount"
_GENERAL = Text("the general amount", "一般规定金额")
_FACTORS = {"share": "rate", "multiple": "times"}
# How a fact of a case comes to be known, where the rules say so.
ORIGINS = ("declared", "verified", "found")


@frozen
class Trace:
    """One path of a case, in which expressions are asked for their values.

    `code` gives the functions of expressions on the day of the case.
    `own` is the subject of the rule at hand, `unit` the unit of that rule, for bare numbers. What
    the path has not decided has the value None; what has no value at all raises `Stop`. `values`
    and `told` are those found so far: values on this run, terms for this subject on it.
    """

    code: Callable[[Expr], Code]
    names: Names
    run: Run
    own: Entity
    unit: str = ""
    values: dict[tuple[int, Member], tuple[Any, Expr]] = field(factory=dict, eq=False, repr=False)
    told: dict[tuple[int, Member], tuple[Term, list[Leaf], Expr]] = field(
        factory=dict, eq=False, repr=False
    )

    def value(self, node: Expr, member: Member) -> Any:  # noqa: ANN401 - what its kind says
        """The value of an expression; None where the path leaves it open."""
        key = id(node), member
        known = self.values.get(key)
        if known is None:
            try:
                value = self.code(node)(self.run, member)
            except Open:
                value = None
            # The expression is kept beside its value, so that its id stays its own.
            known = self.values[key] = value, node
        return known[0]

    def holds(self, node: Expr, member: Member) -> bool | None:
        """Whether a condition holds; None where the path leaves it open."""
        value: bool | None = self.value(node, member)
        return value

    def term(self, node: Expr, member: Member, read: list[Leaf]) -> Term:
        """An expression as it is spoken of; `read` collects the leaves that may need a reason."""
        key = id(node), member
        known = self.told.get(key)
        if known is None:
            leaves: list[Leaf] = []
            # The expression is kept beside its term, so that its id stays its own.
            known = self.told[key] = self._spoken(node, member, leaves), leaves, node
        read += known[1]
        return known[0]

    def _spoken(self, node: Expr, member: Member, read: list[Leaf]) -> Term:
        match node:
            case Constant():
                return self._constant(node, member, read)
            case Variable():
                return self._variable(node, member, read)
            case Reference():
                return self._reference(node, member, read)
            case Over():
                return self._over(node, member, read)
            case Apply("select" | "flagged"):
                return self._select(node, member, read)
            case Apply():
                return self._apply(node, member, read)
            case _:
                assert_never(node)

    def word(self, node: Expr, value: object) -> Text | None:
        """What the value of a choice is called."""
        if not isinstance(value, str):
            return None
        known = self.names.inputs.values()
        own = [self.names.inputs[node.subject, node.name]] if isinstance(node, Variable) else known
        words = {key: text for entry in own for key, text in entry.values}
        return words.get(value) or self.names.values.get(value) or Text(value, None)

    def everyone(self, node: Over, member: Member) -> Sequence[int | Record] | None:
        """All members, or all records of a list; None where not even their number is known."""
        return crowd_of(node.collection).known(self.run, member)

    def counted(self, node: Over, member: Member) -> list[int | Record]:
        """The members or records that count, or that may."""
        everyone = self.everyone(node, member) or ()
        if node.condition is None:
            return list(everyone)
        return [each for each in everyone if self.value(node.condition, each) is not False]

    def selectors(self, node: Expr, member: Member) -> list[Expr]:
        """The categories by which a table is read."""
        found: list[Expr] = []
        while isinstance(node, Apply) and node.operator in ("select", "flagged"):
            if node.operator == "flagged":
                node = node.operands[0]
                continue
            test = node.operands[0]
            found += self._asked_in(test)
            holds = self.value(test, member)
            if holds is None:
                break
            node = node.operands[1 if holds else 2]
        return [each for each in dict.fromkeys(found) if self._has_value(each, member)]

    def _asked_in(self, test: Expr) -> tuple[Expr, ...]:
        """The categories that a condition asks of the subject at hand."""
        known = self.names.asked.get(id(test))
        if known is None:
            asked = (
                below.operands[0]
                for below in of_the_subject(test)
                if isinstance(below, Apply) and below.operator in ("is", "equal")
            )
            # The condition is kept beside them, so that its id stays its own.
            known = self.names.asked[id(test)] = tuple(asked), test
        return known[0]

    def _has_value(self, node: Expr, member: Member) -> bool:
        try:
            self.value(node, member)
        except Stop:
            return False
        return True

    def _constant(self, node: Constant, member: Member, read: list[Leaf]) -> Term:
        origin, kind, value = node.origin, node.kind, node.value
        state: State = ""
        if isinstance(value, NotStated | NotInForce | Unsettled):
            state = self._state(value) if isinstance(value, NotStated) else ""
            value = self.value(node, member)
        if origin is not None and origin.role == "parameter" and kind != "choice":
            read.append((node, member))
            return Term(
                role="parameter",
                kind=kind,
                name=origin.name,
                value=value,
                unit=origin.unit,
                state=state,
                cites=origin.cites,
                start=origin.start,
                stop=origin.stop,
            )
        role, unit, word = "number", "" if origin is None else origin.unit, None
        if origin is not None and kind == "choice":
            role, word = "choice", self.word(node, node.value)
        elif origin is not None and origin.role == "rate":
            role, unit = "rate", PERCENT
        return Term(
            role=role, kind=kind, value=value, unit=unit, own=self.own, word=word, state=state
        )

    def _state(self, silent: NotStated) -> State:
        supplied = (silent.name, silent.keys) in self.run.facts.parameters
        return "supplied" if supplied else "not stated"

    def _variable(self, node: Variable, member: Member, read: list[Leaf]) -> Term:
        if node.subject == "date":
            return Term(role="date", kind="date", value=self.value(node, member))
        read.append((node, member))
        if node.subject == "parameters":
            value = self.value(node, member)
            entry = self.names.parameters.get(node.name)
            name = entry.label if entry else Text(node.name, None)
            state: State = "not stated" if isinstance(value, Range) else "supplied"
            return Term(role="parameter", kind=node.kind, name=name, value=value, state=state)
        fact = self.names.inputs[node.subject, node.name]
        owner = owner_of(member) if fact.subject == "person" else None
        given = self.run.fact(member if fact.collection is not None else owner, fact.name)
        value = self.value(node, member) if given is None else given
        decided = node.kind in ("truth", "choice") and value is not None
        return Term(
            role="input",
            origin=fact.source if fact.source in ORIGINS else "",
            kind=node.kind,
            name=fact.label,
            value=value,
            unit=fact.unit,
            own=fact.subject,
            word=self.word(node, value),
            state="" if given is not None else "assumed" if decided else "missing",
        )

    def _reference(self, node: Reference, member: Member, read: list[Leaf]) -> Term:
        read.append((node, member))
        entry, value = self.names.definitions[node.name], self.value(node, member)
        name, unit = entry.label, entry.unit
        if entry.kind != node.kind:
            name, unit = Text(f"{name.of('en')} applies", f"适用{name.of('zh')}"), ""
        return Term(
            role="rule",
            kind=node.kind,
            name=name,
            value=value,
            unit=unit,
            own=entry.subject,
            word=self.word(node, value),
        )

    def _over(self, node: Over, member: Member, read: list[Leaf]) -> Term:
        """A figure over the members: their number, or those of whom it is made."""
        unknown = self.everyone(node, member) is None
        of = node.collection
        made = Term(
            kind=node.kind,
            value=self.value(node, member),
            name=None if of is None else of.label,
            own="household" if of is None else of.subject,
            state="missing" if unknown else "",
        )
        if node.condition is not None or node.body is not None:
            read.append((node, member))
        if node.body is None:
            role = "members" if node.condition is None else "some members"
            return evolve(made, role=role, unit="" if of else _PERSONS)
        body = node.body
        terms = [
            evolve(self.term(body, each, []), whose=each)
            for each in ([] if unknown else self.counted(node, member))
        ]
        unit = node.origin.unit if node.origin else ""
        unit = unit or next((term.unit for term in terms if term.unit), "")
        if node.function == "sum" and of is None:
            unit = of_household(unit)
        elif terms:
            made = evolve(made, own=terms[0].own)
        return evolve(made, operator=node.function, unit=unit, operands=tuple(terms))

    def _select(self, node: Apply, member: Member, read: list[Leaf]) -> Term:
        """The branch that was taken; of a table, the row that was read."""
        if node.operator == "flagged" and not is_table(node):
            return self.term(node.operands[0], member, read)
        chosen, value = self._chosen(node, member), self.value(node, member)
        if is_further(chosen):
            return self.term(chosen, member, read)
        read.append((node, member))
        if not is_table(node):
            if not _undecided(chosen):
                return self.term(chosen, member, read)
            return Term(role="number", kind=node.kind, value=value, own=self.own)
        made = _unsettled(chosen, value) if _undecided(chosen) else self.term(chosen, member, [])
        rows = [_row(self.term(found, member, [])) for found in self.selectors(node, member)]
        row = tuple(word for word in rows if word is not None)
        return evolve(made, row=row) if row else made

    def _chosen(self, node: Expr, member: Member) -> Expr:
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

    def _apply(self, node: Apply, member: Member, read: list[Leaf]) -> Term:
        shown = self._telling(node, member)
        if shown is not node:
            return self.term(shown, member, read)
        role = node.origin.role if node.origin else ""
        if node.origin and role == GENERAL:
            read.append((node, member))
            made = Term(role="rule", name=_GENERAL, unit=node.origin.unit, own=self.own)
            return evolve(made, value=self.value(node, member))
        operator, operands = spoken(node, role)
        terms: list[Term] = []
        for operand in operands:  # a comprehension is one more call inside another at every level
            terms.append(self.term(operand, member, read))  # noqa: PERF401
        value = self.value(node, member)
        if role == "age at a month end" and node.origin:
            unit, name = node.origin.unit, node.origin.name
            return Term(role="input", name=name, value=value, unit=unit, own="person")
        if role in _FACTORS and operator == "multiply":
            terms = [terms[1], evolve(terms[0], role=_FACTORS[role], unit="")]
        if operator == "range" and all(term.role == "number" for term in terms):
            return Term(role="number", value=value, own=self.own)
        unit = node.origin.unit if node.origin else ""
        if operator in SAME_UNIT:
            unit = unit or next((term.unit for term in terms if term.unit), "")
            terms = with_units(terms)
        return Term(
            operator=operator,
            kind=node.kind,
            value=value,
            unit=unit,
            own=self.own,
            operands=tuple(terms),
        )

    def _telling(self, node: Apply, member: Member) -> Expr:
        """The node, or its operand where the operator changes nothing worth telling."""
        role = node.origin.role if node.origin else ""
        match node:
            case Apply("multiply", (inner, Constant(Fraction(numerator=1, denominator=1)))):
                return inner
            case Apply("so_far", (inner, _)):
                return inner
            case Apply("maximum", (Constant(Fraction(numerator=0), _, None), inner)):
                same = self.value(node, member) == self.value(inner, member)
                return inner if role == "span" or (same and role not in REMAINDERS) else node
            case _:
                return node


def _row(term: Term) -> Text | None:
    """The value or number under which a table was read, in words."""
    if term.kind == "choice" or not isinstance(term.value, Fraction):
        return term.word
    if term.unit in (_PERSONS, "person"):
        plural = "" if term.value == 1 else "s"
        return Text(f"{term.value} person{plural}", f"{term.value}人")
    return Text(str(term.value), str(term.value))


def _undecided(node: Expr) -> bool:
    return isinstance(node, Apply) and node.operator == "select"


def _unsettled(node: Expr, value: object) -> Term:
    """A table of which the path does not tell the row."""
    made = Term(role="parameter", value=value)
    for found in nodes(node):
        if isinstance(found, Constant) and found.origin and found.origin.role == "parameter":
            origin = found.origin
            return evolve(made, name=origin.name, unit=origin.unit, cites=origin.cites)
    return made
