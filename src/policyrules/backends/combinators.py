"""Parts of expressions as Python functions: what each kind of node becomes on a day.

A function takes the run and the member at hand and gives the value of its expression: a `Fraction`
or `Range`, a day, a choice, yes or no; None is an open truth or choice of a loose run. What the day
settles is computed here. No part knows the program that it is of: the compiler of one and a module
written from one are made of the same parts.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

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
from policyrules.backends.sharing import once
from policyrules.backends.truths import is_value, junction, negation, others
from policyrules.ir.bounds import domain
from policyrules.ir.facts import Status, Value, owner_of
from policyrules.ir.nodes import (
    Aggregate,
    Collection,
    Input,
    Kind,
    Literals,
    NotInForce,
    NotStated,
    Unsettled,
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

_OF_TWO: dict[str, Callable[..., Extent]] = {"minimum": lower, "maximum": higher}
# What a path may have to decide about these is known by a number; about no other operator.
NUMBERED = frozenset({"less", "equal", "others"})
NEVER_ASKED = -1
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


def literal(value: Literals, kind: Kind) -> Piece:
    """A value of the document, or a way of having none."""
    match value:
        case NotStated() as silent:
            return Piece(_not_stated(silent, kind))
        case NotInForce():
            return Piece(_stop("not in force"))
        case Unsettled(status):
            return Piece(_stop(status))
        case _:
            return settled(value)


def settled(value: Plain | Range) -> Piece:
    """A value that the day settles."""
    return Piece(always(value), constant=value)


def supplied(name: str, kind: Kind) -> Piece:
    """A parameter that no document states: a case may supply it."""
    return Piece(_not_stated(NotStated(name=name), kind))


def fact(entry: Input) -> Piece:
    """A fact of the household, of the person or of the record at hand."""
    return Piece(_fact(entry), _reach(entry))


def read(name: str, kind: Kind, reach: Reach, find: Callable[[], Code]) -> Piece:
    """The value of a rule, whose function is found when it is first needed; computed once a run."""
    return Piece(once((name, kind), reach, find), reach)


def reach_of(operands: tuple[Piece, ...]) -> Reach:
    """Whose facts an operator reads: those of all its operands."""
    return max((operand.reach for operand in operands), default=Reach.HOUSEHOLD)


def computed(operator: str, operands: tuple[Piece, ...], kind: Kind) -> Piece | None:
    """What an operator becomes by its operands alone: settled, one of them, or cases of them.

    None where it has to be asked for on each path.
    """
    constants = [operand.constant for operand in operands if operand.constant is not None]
    if operator == "flagged":
        flag = str(operands[1].constant)
        return Piece(_flagged(operands[0].code, flag), reach_of(operands))
    if operator != "others" and len(constants) == len(operands):
        plain = OPERATORS[operator].plain
        if plain is not None and not any(isinstance(value, Range) for value in constants):
            return settled(plain(*constants))
        # What the document leaves to discretion is settled by the day as well.
        if operator in EXTENTS:
            return settled(EXTENTS[operator](*constants))
    if operator != "select":
        return None
    if operands[0].constant is None:
        return _choice(operands, kind)
    return reaching(operands[1] if operands[0].constant else operands[2], reach_of(operands))


def reaching(piece: Piece, reach: Reach) -> Piece:
    """What the day has chosen, as the choice that it was: of all whose facts that reads."""
    return evolve(piece, reach=reach)


def operator_code(operator: str, operands: tuple[Piece, ...], number: int, reach: Reach) -> Code:
    """The function of an operator; `number` is what a path knows its question by."""
    codes = [operand.code for operand in operands]
    match operator:
        case "and" | "or":
            decisive = operator == "or"
            # What the day settles the other way decides nothing.
            open_codes = [part.code for part in operands if part.constant is not (not decisive)]
            return junction(open_codes, decisive=decisive)
        case "not":
            return negation(codes[0])
        case "is":
            return is_value(codes[0], codes[1])
        case "less" | "equal":
            return comparison(COMPARISONS[operator], codes, number, reach)
        case "others":
            return others(number, reach)
        case name:
            return _numeric(name, operands)


def shared(code: Code, number: int, reach: Reach) -> Piece:
    """What many parts of an expression read; it runs once a path for each subject."""
    return Piece(once(("shared", number), reach, lambda: code), reach)


def aggregate(
    function: Aggregate,
    collection: Collection | None,
    body: Piece | None,
    condition: Piece | None,
    number: int,
) -> Piece:
    """An aggregate over the members or over the records of a list."""
    picks = None if condition is None else condition.code
    figure = always(Fraction(1)) if body is None else body.code
    crowd = crowd_of(collection)
    match function:
        case "sum" | "count":
            return Piece(members.total(crowd, figure, picks, number), crowd.reach)
        case "highest" | "lowest":
            code = members.extreme(crowd, figure, picks, number, function)
            return Piece(code, crowd.reach)
        case "any":
            both = figure if picks is None else junction([picks, figure], decisive=False)
            return Piece(members.decided(crowd, both, number, decisive=True), crowd.reach)
        case "every":
            unless = figure if picks is None else junction([negation(picks), figure], decisive=True)
            return Piece(members.decided(crowd, unless, number, decisive=False), crowd.reach)


def always(value: Plain | Range) -> Code:
    """The function of a value that never changes."""

    def code(_run: Run, _member: Member) -> Plain | Range:
        return value

    return code


def _choice(operands: tuple[Piece, ...], kind: Kind) -> Piece:
    """Cases; those that stand under one another become one, so that many of them nest no deeper."""
    condition, then, below = operands
    arms = ((condition.code, then.code), *below.arms)
    otherwise = below.code if below.otherwise is None else below.otherwise
    return Piece(choice(arms, otherwise, kind), reach_of(operands), arms=arms, otherwise=otherwise)


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
