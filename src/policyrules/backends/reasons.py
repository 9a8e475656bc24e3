"""Why an expression has the value that it has on one path: conditions, figures, rules read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from attrs import define, evolve, field

from policyrules.backends.branches import cases, requirements
from policyrules.backends.parts import (
    BOUNDS,
    LAYERS,
    Item,
    Key,
    bounds_inside,
    is_outside,
    items_of,
    notes_of,
    unknown_of,
)
from policyrules.backends.paths import Member, Stop
from policyrules.backends.reading import picked, support
from policyrules.backends.rivals import base_of, inside, rival_steps
from policyrules.backends.spoken import of_household
from policyrules.backends.statements import statement
from policyrules.backends.steps import Role, Step, Term
from policyrules.backends.tables import is_table
from policyrules.backends.terms import Leaf, Trace
from policyrules.backends.top_ups import TOP_UPS, top_up_steps
from policyrules.ir.facts import Record, Status
from policyrules.ir.nodes import (
    PERCENT,
    Apply,
    Constant,
    Definition,
    Expr,
    Over,
    Reference,
    Unsettled,
    Variable,
)
from policyrules.ir.ranges import Range

T = TypeVar("T")
Each = TypeVar("Each", bound=int | Record)
_LISTS: dict[bool, Role] = {True: "all", False: "any"}
_TESTS: dict[bool, Role] = {True: "every member", False: "any member"}
_DUE: dict[bool, Status] = {True: "eligible", False: "not eligible"}
_DEEPEST = 12


@define
class Reasons:
    """The steps of one path; a rule or parameter is explained where it is met first (`seen`)."""

    trace: Trace
    seen: set[Key] = field(factory=set)
    depth: int = 0

    # --- rules ----------------------------------------------------------------------------------

    def body(self, entry: Definition, member: Member) -> tuple[Status | None, tuple[Step, ...]]:
        """What a rule rests on; of a benefit also whether it is due."""
        if is_outside(entry, self.trace.run.facts.on):
            return "not in force", ()
        if entry.what != "benefit":
            value = inside(entry.value)
            if entry.kind == "truth":
                return None, (self.condition(value, member),)
            return None, self.figure(value, member)
        due = True if entry.holds is None else self.trace.holds(entry.holds, member)
        steps = [
            step
            for item in items_of(entry, self.trace.names)
            for step in self.item(item, member, due=due)
        ]
        if due is False and not steps:
            steps = [self._anyway(entry, member)]
        return ("undetermined" if due is None else _DUE[due]), tuple(steps)

    def _anyway(self, entry: Definition, member: Member) -> Step:
        """Why a benefit is not due of which no single part tells it."""
        base = base_of(entry.holds)
        step = None if base is None else self.tried(base, member)
        if step is not None and step.value is False:
            return step
        # What it needs by itself does not keep it from being due: another one is paid instead.
        return Step(role="rival", kind="truth", value=False)

    def item(self, item: Item, member: Member, *, due: bool | None) -> tuple[Step, ...]:
        """A condition, or the amount, of a benefit; where it is not due, only what fails."""
        if item.amount and due:
            return self.figure(item.node, member)
        before = set(self.seen)
        try:
            if item.rival is not None and item.base is not None:
                steps = rival_steps(self, item.rival, item.base, member, due=due)
            else:
                steps = self._failing(item, member, due=due)
        except Stop:
            steps = ()  # Something else decides.
        if not steps:
            self.seen = before
        return steps

    def _failing(self, item: Item, member: Member, *, due: bool | None) -> tuple[Step, ...]:
        """What keeps a benefit from being due; of one that is due, its condition."""
        if item.branches:
            return requirements(self, item, member, due=due)
        if not item.amount:
            step = self.condition(item.node, member)
            return (step,) if due or step.value is due else ()
        if item.base is not None and due is False and self.trace.holds(item.base, member):
            return self.figure(item.node, member)
        steps = self.figure(item.node, member) if item.cases and due is False else ()
        # A case that pays nothing ends it, whatever is rounded or capped afterwards.
        ending = [number for number, step in enumerate(steps, 1) if step.mode == "nothing"]
        return steps[: ending[-1]] if ending else ()

    def of(self, entry: Definition) -> Reasons:
        """The reasons of another rule on the same path."""
        trace = evolve(self.trace, own=entry.subject, unit=entry.unit, told={})
        return Reasons(trace, self.seen, self.depth + 1)

    def rule(self, node: Reference, member: Member) -> Step:
        """Another rule that was read, explained once."""
        entry = self.trace.names.definitions[node.name]
        member = member if entry.subject == "person" else None
        term = self.trace.term(node, member, [])
        made = Step(
            role="rule",
            name=term.name,
            key=entry.name,
            kind=node.kind,
            value=term.value,
            unit=term.unit,
            own=entry.subject,
            cites=entry.cites,
            terms=(term,),
        )
        if (entry.name, member) in self.seen or self.depth >= _DEEPEST:
            return evolve(made, again=True)
        self.seen.add((entry.name, member))
        inner = self.of(entry)
        status, because = inner.body(entry, member)
        self.seen = inner.seen
        return evolve(made, status=status, because=(*notes_of(entry), *because))

    # --- conditions -----------------------------------------------------------------------------

    def condition(self, node: Expr, member: Member, *, negated: bool = False) -> Step:
        """Whether a condition holds, and what makes it so."""
        match node:
            case Apply("not", (inner,)):
                return self.condition(inner, member, negated=not negated)
            case Apply("flagged", (inner, _)):
                return self.condition(inner, member, negated=negated)
            case Apply("select", (test, then, otherwise)):
                first = self.condition(test, member)
                if first.value is None:
                    return first
                second = self.condition(then if first.value else otherwise, member, negated=negated)
                return Step(role="all", kind="truth", value=second.value, because=(first, second))
            case Over():
                return self._members(node, member, negated=negated)
        read: list[Leaf] = []
        term = statement(self.trace, node, member, read, negated=negated)
        if term is None:
            assert isinstance(node, Apply)
            return self._list(node, member, negated=negated)
        value = self._holds(node, member, negated=negated)
        because = support(self, read)
        return Step(role="condition", kind="truth", value=value, terms=(term,), because=because)

    def _list(self, node: Apply, member: Member, *, negated: bool) -> Step:
        """Several conditions: those that decide."""
        every = (node.operator == "and") is not negated
        role = _LISTS[every]
        value = self._holds(node, member, negated=negated)
        tests = [below for below in node.operands if not isinstance(below, Constant)]
        kept: list[Step] = []
        number = 0
        for below in tests:
            if self._stands_aside(below, member, value, negated=negated):
                number += 1
                continue
            before = set(self.seen)
            step = self.tried(below, member, negated=negated)
            number += 0 if step is None else (step.number or 1) if step.role == role else 1
            if step is None or step.value is not value:
                self.seen = before
            else:
                # A list inside a list of the same sort reads as one.
                kept += step.because if step.role == role and not step.name else [step]
        if len(tests) == 1 and kept:
            return kept[0]
        made = Step(role=role, kind="truth", value=value, number=number, because=tuple(kept))
        return self._treated(made, node, member)

    def _stands_aside(
        self, node: Expr, member: Member, decisive: bool | None, *, negated: bool
    ) -> bool:
        """Whether a single condition of a list has another answer than the list."""
        if isinstance(node, Apply) and node.operator in LAYERS:
            return False
        try:
            return self._holds(node, member, negated=negated) is not decisive
        except Stop:
            return False

    def _treated(self, made: Step, node: Apply, member: Member) -> Step:
        """A status that somebody has by being treated as having it."""
        origin = node.origin
        if origin is None or origin.role != "as for" or not self.trace.holds(node, member):
            return made
        first = node.operands[0]
        if not isinstance(first, Variable | Reference) or self.trace.holds(first, member):
            return made
        name = self.trace.term(first, member, []).name
        return evolve(made, name=name, cites=origin.cites)

    def tried(self, node: Expr, member: Member, *, negated: bool = False) -> Step | None:
        """A condition beside others; None if it has no value, for then another one decides."""
        before = set(self.seen)
        try:
            return self.condition(node, member, negated=negated)
        except Stop:
            self.seen = before
            return None

    def _members(self, node: Over, member: Member, *, negated: bool) -> Step:
        """A test of members or records: those who decide it, alike ones together."""
        role = _TESTS[(node.function == "every") is not negated]
        value = self._holds(node, member, negated=negated)
        name = node.collection.label if node.collection else None
        made = Step(role=role, kind="truth", name=name, value=value)
        body = node.body
        assert body is not None
        if self.trace.everyone(node, member) is None:
            return evolve(made, needs=(unknown_of(node, member),))
        counted = self.trace.counted(node, member)
        groups = self.alike(counted, lambda each: self.tried(body, each, negated=negated))
        kept = [evolve(step, members=who) for step, who in groups if step and step.value is value]
        return evolve(made, because=tuple(kept))

    def _holds(self, node: Expr, member: Member, *, negated: bool) -> bool | None:
        value = self.trace.holds(node, member)
        return None if value is None else value is not negated

    def alike(
        self, members: Sequence[Each], make: Callable[[Each], T]
    ) -> list[tuple[T, tuple[Each, ...]]]:
        """What each member gives, with all members who give the same."""
        before, after = set(self.seen), set(self.seen)
        groups: list[tuple[T, tuple[Each, ...]]] = []
        for member in members:
            self.seen = set(before)
            made = make(member)
            after |= self.seen
            place = next((i for i, (known, _) in enumerate(groups) if known == made), None)
            if place is None:
                groups.append((made, (member,)))
            else:
                groups[place] = made, (*groups[place][1], member)
        self.seen = after
        return groups

    # --- figures --------------------------------------------------------------------------------

    def figure(self, node: Expr, member: Member) -> tuple[Step, ...]:
        """How an amount comes about, in the order of its computation."""
        if not isinstance(node, Apply):
            return (self._leaf(node, member),)
        role = node.origin.role if node.origin else ""
        match node.operator, node.operands:
            case "flagged", (inner, _):
                return self.figure(inner, member)
            case _ if role in TOP_UPS:
                return top_up_steps(self, node, member)
            case "select", _ if not is_table(node):
                return cases(self, node, member)
            case "maximum", (_, inner) if role == "not below zero":
                return *self.figure(inner, member), *self._not_below_zero(node, inner, member)
            case _, (inner, bound) if role in BOUNDS:
                return self._bounded(BOUNDS[role], node, inner, bound, member)
            case operator, (inner, Constant(step)) if operator.startswith("round_"):
                size = Term(value=step)
                made = self._result("rounding", node, inner, member, size, mode=operator)
                return *self.figure(inner, member), made
            case "multiply", (inner, Constant(factor)) if role == "convert":
                made = self._result("convert", node, inner, member, Term(value=factor))
                return *self.figure(inner, member), made
            case "multiply", (_, Constant()) if role == "counted":
                return self._counted(node, member)
            case _:
                return (self._plain(node, member),)

    def _leaf(self, node: Expr, member: Member) -> Step:
        """The figure of anything but an operator."""
        match node:
            case Constant(Unsettled("manual", name)):
                return Step(role="unsettled", name=name, status="manual")
            case Over("sum", body) if node.origin and node.origin.role == "each member" and body:
                return self._each(node, body, member)
            case _:
                return self._plain(node, member)

    def _plain(self, node: Expr, member: Member) -> Step:
        read: list[Leaf] = []
        term = self.trace.term(node, member, read)
        of_rule = term.role == "number" or self.trace.unit == PERCENT
        if of_rule and term.kind == "number":
            term = term if term.unit else evolve(term, unit=self.trace.unit)
        return Step(
            role="figure",
            kind=node.kind,
            value=term.value,
            unit=term.unit,
            own=term.own,
            terms=(term,),
            because=support(self, read),
        )

    def _result(
        self, role: Role, node: Expr, inner: Expr, member: Member, *by: Term, mode: str = ""
    ) -> Step:
        """A figure changed `by` something: what it was stands first among the terms."""
        own, term = self.trace.own, self.trace.term(inner, member, [])
        unit = node.origin.unit if node.origin else ""
        unit = unit or (PERCENT if self.trace.unit == PERCENT else "")
        # What is counted once is told as what it is counted of, in the unit of that.
        counted = inner.origin and inner.origin.role == "counted"
        was = inner.origin.unit if inner.origin and counted else term.unit or unit
        before = Term(role="number", value=term.value, unit=was, own=own)
        value = self.trace.value(node, member)
        unit, terms = unit or was, (before, *by)
        return Step(role=role, value=value, unit=unit, own=own, terms=terms, mode=mode)

    def _not_below_zero(self, node: Expr, inner: Expr, member: Member) -> tuple[Step, ...]:
        """The floor 0 of every payment, where it changes a figure that is known at all."""
        try:
            before = self.trace.value(inner, member)
        except Stop:
            return ()
        after = self.trace.value(node, member)
        silent = isinstance(before, Range) and before.low is None and "not stated" in before.basis
        if (silent and isinstance(after, Range)) or before == after:
            return ()
        return (self._result("not below zero", node, inner, member),)

    def _bounded(
        self, role: Role, node: Expr, inner: Expr, bound: Expr, member: Member
    ) -> tuple[Step, ...]:
        """A floor, cap or limit, lost where it changed nothing."""
        steps = self.figure(inner, member)
        made = self._result(role, node, inner, member)
        made.lost = made.terms[0].value == made.value  # nobody else has the step yet
        if made.lost and bound in bounds_inside(inner):
            return steps  # It holds after rounding as well, and was told before it.
        read: list[Leaf] = []
        term = self.trace.term(bound, member, read)
        if term.role == "number":
            term = term if term.unit else evolve(term, unit=made.unit)
        made.terms = (*made.terms, term)
        made.because = support(self, read)
        return *steps, made

    def _counted(self, node: Apply, member: Member) -> tuple[Step, ...]:
        """A rate times the persons and months for which it is counted, in one step."""
        factors: list[Term] = []
        inner: Expr = node
        while isinstance(inner, Apply) and inner.origin and inner.origin.role == "counted":
            factor = inner.operands[1]
            assert isinstance(factor, Constant)
            factors.insert(0, Term(value=factor.value, unit=inner.origin.unit))
            inner = inner.operands[0]
        made = self._result("counted", node, inner, member, *factors)
        return *self.figure(inner, member), made

    def _each(self, node: Over, body: Expr, member: Member) -> Step:
        """A figure of each member or record, alike ones together."""
        unit = node.origin.unit if node.origin else ""
        value = self.trace.value(node, member)
        made = Step(role="each member", value=value, unit=of_household(unit), own="household")
        if node.collection is not None:
            own, name = node.collection.subject, node.collection.label
            made = evolve(made, unit=unit, own=own, name=name)
        if self.trace.everyone(node, member) is None:
            return evolve(made, needs=(unknown_of(node, member),))

        def of(each: int | Record) -> Step:
            figure = self.trace.value(body, each)
            steps = self.figure(body, each)
            own = node.collection.subject if node.collection else None
            return Step(role="members", value=figure, unit=unit, own=own, because=steps)

        groups = self.alike(self.trace.counted(node, member), of)
        each = tuple(evolve(step, members=who) for step, who in groups)
        return evolve(made, because=(*picked(self, node, member), *each))
