"""Expressions as Python functions, compiled once for a day.

A function takes the run and the member at hand and gives the value of its expression: a `Fraction`
or `Range`, a day, a choice, yes or no; None is an open truth or choice of a loose run. What the day
settles is computed here. Comparisons keep the identity that they have before that: what a path
decides about one must not depend on how much could be computed beforehand.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from attrs import define, evolve, field, frozen

from policyrules.backends import members
from policyrules.backends.choices import Arms, choice
from policyrules.backends.crowds import crowd_of
from policyrules.backends.paths import (
    BOTH,
    Code,
    Decision,
    Member,
    Reach,
    Run,
    Silent,
    Stop,
    subject_of,
)
from policyrules.backends.sharing import often_read, once
from policyrules.backends.truths import is_value, junction, negation, others
from policyrules.ir.bounds import domain
from policyrules.ir.facts import Status, Value, owner_of
from policyrules.ir.fold import fold
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Expr,
    Input,
    Kind,
    NotInForce,
    NotStated,
    Over,
    Program,
    Reference,
    Unsettled,
    Variable,
)
from policyrules.ir.operators import OPERATORS, Plain
from policyrules.ir.ranges import (
    COMPARISONS,
    DISCRETION,
    NOT_STATED,
    Extent,
    Range,
    higher,
    lower,
    spread,
)
from policyrules.ir.ranges_time import EXTENTS, born

_ZERO = Fraction(0)
_OF_TWO: dict[str, Callable[..., Extent]] = {"minimum": lower, "maximum": higher}
Answer = Extent | str | None
AnswerCode = Callable[[Run, Member], Answer]
Compare = Callable[[Any, Any], bool | None]


@frozen
class Piece:
    """A compiled expression, whose facts it reads, its value if settled.

    One of several cases has them as `arms`, with what holds `otherwise`.
    """

    code: Code
    reach: Reach = Reach.HOUSEHOLD
    constant: Plain | Range | None = None
    arms: Arms = ()
    otherwise: Code | None = None


@define
class Compiler:
    """Compiles the expressions of a program for one day; the algebra of its own fold."""

    program: Program
    on: int
    _inputs: dict[tuple[str, str], Input] = field(init=False)
    _definitions: dict[str, Definition] = field(init=False)
    _comparisons: dict[Expr, int] = field(factory=dict, init=False)
    _codes: dict[int, tuple[Expr, Code]] = field(factory=dict, init=False)
    _benefits: dict[str, tuple[Code, Code]] = field(factory=dict, init=False)
    _often: frozenset[int] = field(default=frozenset(), init=False)

    def __attrs_post_init__(self) -> None:
        self._inputs = {(entry.subject, entry.name): entry for entry in self.program.inputs}
        self._definitions = {entry.name: entry for entry in self.program.definitions}

    def code(self, expr: Expr) -> Code:
        """The function of an expression, compiled when it is first asked for."""
        known = self._codes.get(id(expr))
        if known is None:
            self._often |= often_read(expr)
            # The expression is kept beside its code, so that its id stays its own.
            known = self._codes[id(expr)] = expr, fold(expr, self).code
        return known[1]

    def benefit(self, entry: Definition) -> tuple[Code, Code]:
        """Whether a benefit is due, and how much is then paid; every payment has floor 0."""
        known = self._benefits.get(entry.name)
        if known is None:
            due = _always(value=True) if entry.holds is None else self.code(entry.holds)
            amount = entry.amount or entry.value
            match amount:
                case Apply("maximum", (Constant(Fraction(numerator=0)), *_)):
                    paid = self.code(amount)
                case _:
                    zero = Constant(_ZERO, "number")
                    paid = self.code(Apply("maximum", (zero, amount), "number"))
            known = self._benefits[entry.name] = due, paid
        return known

    def constant(self, node: Constant) -> Piece:
        """A value of the document, or a way of having none."""
        match node.value:
            case NotStated() as silent:
                return Piece(_not_stated(silent, node.kind))
            case NotInForce():
                return Piece(_stop("not in force"))
            case Unsettled(status):
                return Piece(_stop(status))
            case value:
                return _settled(value)

    def variable(self, node: Variable) -> Piece:
        """The date, a fact of the household or person, or a parameter that a case supplies."""
        match node.subject:
            case "date":
                return _settled(self.on)
            case "parameters":
                return Piece(_not_stated(NotStated(name=node.name), node.kind))
            case subject:
                entry = self._inputs[subject, node.name]
                return Piece(_fact(entry), _reach(entry))

    def reference(self, node: Reference) -> Piece:
        """The value of a definition, computed once a run for each subject."""
        definition = self._definitions[node.name]
        reach = Reach.PERSON if definition.subject == "person" else Reach.HOUSEHOLD
        read = definition.read_as(node.kind)
        code = once((node.name, node.kind), reach, lambda: self.code(read))
        return Piece(code, reach)

    def apply(self, node: Apply, operands: tuple[Piece, ...]) -> Piece:
        """An operator; where the day settles all operands, its value."""
        reach = max((operand.reach for operand in operands), default=Reach.HOUSEHOLD)
        constants = [operand.constant for operand in operands if operand.constant is not None]
        plain = OPERATORS[node.operator].plain
        if node.operator == "others":
            return Piece(others(self._number(node), reach), reach)
        if node.operator == "flagged":
            return Piece(_flagged(operands[0].code, str(operands[1].constant)), reach)
        if len(constants) == len(operands):
            if plain is not None and not any(isinstance(value, Range) for value in constants):
                return _settled(plain(*constants))
            # What the document leaves to discretion is settled by the day as well.
            if node.operator in EXTENTS:
                return _settled(EXTENTS[node.operator](*constants))
        if node.operator == "select" and operands[0].constant is not None:
            chosen = operands[1] if operands[0].constant else operands[2]
            return evolve(chosen, reach=reach)
        if node.operator == "select":
            return _choice(operands, reach, node.kind)
        code = self._operator(node, operands, reach)
        if id(node) in self._often:
            return Piece(once(("shared", self._number(node)), reach, lambda: code), reach)
        return Piece(code, reach)

    def over(self, node: Over, body: Piece | None, condition: Piece | None) -> Piece:
        """An aggregate over the members or over the records of a list."""
        picks = None if condition is None else condition.code
        figure = _always(Fraction(1)) if body is None else body.code
        crowd, number = crowd_of(node.collection), self._number(node)
        match node.function:
            case "sum" | "count":
                return Piece(members.total(crowd, figure, picks, number), crowd.reach)
            case "highest" | "lowest" as function:
                code = members.extreme(crowd, figure, picks, number, function)
                return Piece(code, crowd.reach)
            case "any":
                both = figure if picks is None else junction([picks, figure], decisive=False)
                return Piece(members.decided(crowd, both, number, decisive=True), crowd.reach)
            case "every":
                unless = (
                    figure if picks is None else junction([negation(picks), figure], decisive=True)
                )
                code = members.decided(crowd, unless, number, decisive=False)
                return Piece(code, crowd.reach)

    def _operator(self, node: Apply, operands: tuple[Piece, ...], reach: Reach) -> Code:
        codes = [operand.code for operand in operands]
        match node.operator:
            case "and" | "or":
                decisive = node.operator == "or"
                # What the day settles the other way decides nothing.
                open_codes = [part.code for part in operands if part.constant is not (not decisive)]
                return junction(open_codes, decisive=decisive)
            case "not":
                return negation(codes[0])
            case "is":
                return is_value(codes[0], codes[1])
            case "less" | "equal":
                return comparison(COMPARISONS[node.operator], codes, self._number(node), reach)
            case name:
                return _numeric(name, operands)

    def _number(self, node: Expr) -> int:
        """What a question is known by: `b = a` by the number of `a = b`."""
        if isinstance(node, Apply) and node.operator == "equal":
            turned = evolve(node, operands=node.operands[::-1])
            node = turned if turned in self._comparisons else node
        return self._comparisons.setdefault(node, len(self._comparisons))


def _choice(operands: tuple[Piece, ...], reach: Reach, kind: Kind) -> Piece:
    """Cases; those that stand under one another become one, so that many of them nest no deeper."""
    condition, then, below = operands
    arms = ((condition.code, then.code), *below.arms)
    otherwise = below.code if below.otherwise is None else below.otherwise
    return Piece(choice(arms, otherwise, kind), reach, arms=arms, otherwise=otherwise)


def _settled(value: Plain | Range) -> Piece:
    return Piece(_always(value), constant=value)


def _always(value: Plain | Range) -> Code:
    def code(_run: Run, _member: Member) -> Plain | Range:
        return value

    return code


def _stop(status: Status) -> Code:
    def code(_run: Run, _member: Member) -> Answer:
        raise Stop(status)

    return code


def _not_stated(silent: NotStated, kind: Kind) -> Code:
    if kind in ("truth", "choice"):
        return _stop("not stated")
    key = (silent.name, silent.keys)
    # Without a name it is the open end of a payment (at least X), which leaves no amount unstated.
    why = NOT_STATED if silent.name or silent.payment else DISCRETION
    unknown = spread(silent.low, silent.high, why)

    def code(run: Run, _member: Member) -> Extent:
        supplied = run.facts.parameters.get(key)
        if supplied is not None:
            return supplied
        if silent.name:
            run.trail.append(Silent(silent.name))
        return unknown

    return code


def _reach(entry: Input) -> Reach:
    if entry.collection is not None:
        return Reach.RECORD
    return Reach.PERSON if entry.subject == "person" else Reach.HOUSEHOLD


def _fact(entry: Input) -> Code:
    name, reach = entry.name, _reach(entry)
    absent = _birth() if name == "birth date" else _absent(entry)

    def of_household(run: Run, _member: Member) -> Value | Answer:
        value = run.facts.household.get(name)
        return absent(run, None) if value is None else value

    def of_person(run: Run, member: Member) -> Value | Answer:
        assert member is not None
        value = run.members[member].get(name)
        return absent(run, owner_of(member)) if value is None else value

    def of_record(run: Run, member: Member) -> Value | Answer:
        value = run.fact(member, name)
        return absent(run, member) if value is None else value

    match reach:
        case Reach.HOUSEHOLD:
            return of_household
        case Reach.PERSON:
            return of_person
        case Reach.RECORD:
            return of_record


def _absent(entry: Input) -> AnswerCode:
    """What reading a missing input gives: its domain, or the question which of its values."""
    name = entry.name
    if entry.kind in ("number", "date"):
        unknown = domain(entry)

        def number(run: Run, member: Member) -> Answer:
            run.note_missing(member, name)
            return unknown

        return number
    values: tuple[Decision, ...] = (
        BOTH if entry.kind == "truth" else tuple(value for value, _ in entry.values)
    )

    def discrete(run: Run, member: Member) -> Answer:
        run.note_missing(member, name)
        return run.decide((name, member), values)

    return discrete


def _birth() -> AnswerCode:
    """A missing birth date is one of those that go with the age, if that is known."""

    def code(run: Run, member: Member) -> Answer:
        run.note_missing(member, "birth date")
        age = run.fact(member, "age")
        return born(age if isinstance(age, Fraction) else None, run.facts.on)

    return code


def _numeric(operator: str, operands: tuple[Piece, ...]) -> Code:
    codes = [operand.code for operand in operands]
    if len(codes) != 2:
        of_all = EXTENTS[operator]
        return lambda run, member: of_all(*[code(run, member) for code in codes])
    function = _OF_TWO.get(operator) or EXTENTS[operator]
    (left, right), fixed = codes, operands[0].constant
    # Rates and limits stand on the left: what never changes is not asked for again.
    if fixed is not None:
        return lambda run, member: function(fixed, right(run, member))
    return lambda run, member: function(left(run, member), right(run, member))


def comparison(compare: Compare, codes: list[Code], number: int, reach: Reach) -> Code:
    """Whether a comparison of two values holds; what stays open is decided under its number."""
    left, right = codes

    def code(run: Run, member: Member) -> Decision | None:
        start = len(run.trail)
        known = compare(left(run, member), right(run, member))
        if known is not None:
            return known
        for mark in run.trail[start:]:
            if isinstance(mark, Silent):
                run.trail.append(("parameters", mark.name))
        return run.decide((number, subject_of(member, reach)), BOTH)

    return code


def _flagged(value: AnswerCode, flag: str) -> Code:
    def code(run: Run, member: Member) -> Answer:
        run.trail.append(flag)
        return value(run, member)

    return code
