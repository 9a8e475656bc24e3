"""The parts of a rule that are explained by themselves, and how they are known again."""

from __future__ import annotations

from collections.abc import Hashable

from attrs import evolve, frozen

from policyrules.backends.naming import Names
from policyrules.backends.paths import Member
from policyrules.backends.rivals import TOGETHER, base_of
from policyrules.backends.steps import Role, Step, Term
from policyrules.backends.tables import is_table
from policyrules.ir.facts import Need, owner_of
from policyrules.ir.nodes import Apply, Constant, Definition, Expr, Over, Rival, Unsettled
from policyrules.ir.walk import nodes

CASES = ("case", "exception")
TOPPED_UP = "top-up when"
BOUNDS: dict[str, Role] = {
    "cap": "cap",
    "floor": "floor",
    "limit": "limit",
    "limit with others": "limit with others",
    "not paid below": "not paid below",
    "paid as": "paid as",
}
# Operators inside which a condition may be a list of several.
LAYERS = ("and", "or", "not", "flagged", "select")
Key = tuple[Hashable, Member]


@frozen
class Item:
    """A part of a benefit that is explained by itself: a condition, or its cases and amount.

    Of a `rival`, the node is that the other benefit is paid instead; `base` is what a benefit that
    has rivals needs otherwise. With `branches`, the conditions of the cases, the node tells what
    the lines require that are in effect, those of the rule or of an exception.
    """

    node: Expr
    amount: bool = False
    cases: bool = False
    rival: Rival | None = None
    base: Expr | None = None
    branches: frozenset[Expr] = frozenset()


def items_of(entry: Definition, names: Names) -> tuple[Item, ...]:
    """The conditions of a benefit, one by one, its cases and amount, then its rivals."""
    # A benefit told as the rival of another one has only the condition that it has by itself.
    key = entry.name, id(entry.holds)
    known = names.items.get(key)
    if known is None:
        known = names.items[key] = _items(entry)
    return known


def _items(entry: Definition) -> tuple[Item, ...]:
    amount = entry.amount or entry.value
    cases = _case_conditions(amount)
    tests = _conjuncts(base_of(entry.holds))
    # That some case pays stands last; a condition before it may read the same as a case.
    if cases and tests and of_cases(tests[-1], cases):
        tests = tests[:-1]
    conditions = [Item(test) for test in tests]
    if tests and is_branching(tests[-1]):
        conditions[-1] = Item(tests[-1], branches=cases)
    base = base_of(entry.holds) if entry.rivals else None
    against = [Item(rival.beats, rival=rival, base=base) for rival in entry.rivals]
    return *conditions, Item(amount, amount=True, cases=bool(cases), base=base), *against


def _conjuncts(holds: Expr | None) -> tuple[Expr, ...]:
    match holds:
        case None | Constant(True):
            return ()
        case Apply("flagged", (inner, _)):
            return _conjuncts(inner)
        case Apply("and", below) if holds.origin and holds.origin.role == "conditions":
            return below
        case Apply("and", (_, below)) if holds.origin and holds.origin.role == "in force":
            return _conjuncts(below)
        case _:
            return (holds,)


def _case_conditions(amount: Expr) -> frozenset[Expr]:
    """The conditions of the cases and exceptions of an amount."""
    return frozenset(
        node.operands[0]
        for node in nodes(amount)
        if isinstance(node, Apply)
        and node.operator == "select"
        and not is_table(node)
        and not (node.origin and node.origin.role == TOPPED_UP)
    )


def is_exception(node: Expr) -> bool:
    """Whether a choice is that between an exception and the rule without it."""
    return isinstance(node, Apply) and bool(node.origin and node.origin.role == "exception")


def is_branching(node: Expr) -> bool:
    """Whether this asks what the exception in effect requires, or the rule without one."""
    match node:
        case Apply("select", (_, Constant(True), below), _, None):
            return is_branching(below)  # where two contradict, the amount says so
        case Apply("select"):
            return is_exception(node)
        case _:
            return False


def of_cases(node: Expr, cases: frozenset[Expr]) -> bool:
    """Whether a condition says nothing but that some case pays."""
    # Exceptions stand one inside another, deeper than functions may call or compare each other.
    same, waiting = {id(case) for case in cases}, [node]
    while waiting:
        part = waiting.pop()
        made = part.origin is None or part.origin.role == "exception"
        match part:
            case Constant():
                continue
            case Apply("select", below) if made and id(part) not in same:
                waiting += below
            case _ if part in cases:
                continue
            case Apply("or" | "and", below) if made:
                waiting += below
            case _:
                return False
    return True


def case_of(node: Apply, test: Step, number: int) -> Step:
    """A case by its number, with whether it applies."""
    made = Step(
        role="case",
        kind="truth",
        value=test.value,
        number=number,
        lost=test.value is False,
        because=(test,),
    )
    role = node.origin.role if node.origin else ""
    if node.origin is not None and role == TOGETHER:
        return Step(role="unsettled", kind="truth", value=test.value, status="not stated")
    if node.origin is not None and role == "grace":
        return evolve(made, role="grace", number=0, name=node.origin.name)
    return made


def notes_of(entry: Definition) -> tuple[Step, ...]:
    """The readings of a rule, and when it is valid."""
    readings = tuple(Step(role="reading", name=text) for text in entry.readings)
    if entry.valid_from is None and entry.valid_to is None:
        return readings
    return *readings, validity(entry)


def validity(entry: Definition) -> Step:
    """From which to which day a rule is valid."""
    stop = None if entry.valid_to is None else entry.valid_to + 1
    return Step(role="validity", name=entry.label, start=entry.valid_from, stop=stop)


def is_outside(entry: Definition, on: int) -> bool:
    """Whether a day lies outside the period of validity of a rule."""
    early = entry.valid_from is not None and on < entry.valid_from
    return early or (entry.valid_to is not None and on > entry.valid_to)


def leaf_of(term: Term, *, again: bool) -> Step:
    """A parameter with its version, or an input."""
    return Step(
        role="parameter" if term.role == "parameter" else "input",
        name=term.name,
        kind=term.kind,
        value=term.value,
        unit=term.unit,
        own=term.own,
        terms=(term,),
        cites=term.cites,
        start=term.start,
        stop=term.stop,
        again=again,
    )


def is_clash(node: Expr) -> bool:
    """Whether this stands for two rules at once, which is worth telling only where they are."""
    match node:
        case Constant(Unsettled("conflict")):
            return True
        case _:
            return False


def bounds_inside(node: Expr) -> list[Expr]:
    """The caps and floors on the way to the innermost figure."""
    found: list[Expr] = []
    while isinstance(node, Apply) and node.operator != "select" and node.operands:
        bounding = ("minimum", "maximum", "drop_below", "lift_to")
        if node.operator in bounding and len(node.operands) == 2:
            found.append(node.operands[1])
        node = node.operands[0]
    return found


def parameter_key(term: Term) -> Key:
    """By what a version of a parameter is known to have been explained."""
    return (term.name, term.row, term.start), None


def unknown_of(node: Over, member: Member) -> Need:
    """What is missing where not even the number of members or records is known."""
    if node.collection is None:
        return None, "members"
    return (owner_of(member) if node.collection.subject == "person" else None), node.collection.name
