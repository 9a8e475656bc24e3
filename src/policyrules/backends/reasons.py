"""Why an expression has the value that it has on one path: conditions, figures, rules read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import define, evolve, field

from policyrules.backends.paths import Member, Stop
from policyrules.backends.statements import comparison, membership, period
from policyrules.backends.steps import Role, Step, Term
from policyrules.backends.terms import Leaf, Trace, is_table, of_household
from policyrules.ir.facts import Status
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Expr,
    NotInForce,
    NotStated,
    Origin,
    Over,
    Reference,
    Variable,
)

_BOUNDS: dict[str, Role] = {"cap": "cap", "limit": "limit", "floor": "floor"}
_CHANGES: dict[str, Role] = {"counted": "counted", "convert": "convert"}
_DEEPEST = 12


@define
class Reasons:
    """The steps of one path; a rule or parameter is explained where it is met first."""

    trace: Trace
    seen: set[tuple[str, Member, str]] = field(factory=set)
    depth: int = 0

    # --- conditions -----------------------------------------------------------------------------

    def condition(self, node: Expr, member: Member, *, negated: bool = False) -> Step:
        """Whether a condition holds, and what makes it so."""
        match node:
            case Apply("not", (inner,)):
                return self.condition(inner, member, negated=not negated)
            case Apply("flagged", (inner, _)):
                return self.condition(inner, member, negated=negated)
            case Apply("select"):
                return self._select(node, member, negated=negated)
            case Apply("and" | "or", below) if membership(self.trace, node, member, []) is None:
                found = period(self.trace, node, member)
                if found is not None:
                    return self._stated(found, node, member, negated, [])
                return self._list(node.operator, below, member, negated=negated)
            case Over("any" | "every"):
                return self._members(node, negated=negated)
            case _:
                return self._single(node, member, negated=negated)

    def _single(self, node: Expr, member: Member, *, negated: bool) -> Step:
        """A comparison, a test of a category, or a fact that is yes or no."""
        read: list[Leaf] = []
        match node:
            case Apply("less" | "equal"):
                term = comparison(self.trace, node, member, read, required=not negated)
            case Apply():
                found = membership(self.trace, node, member, read)
                assert found is not None
                term = found
            case _:
                term = self.trace.term(node, member, read)
        return self._stated(term, node, member, negated, read)

    def _stated(
        self, term: Term, node: Expr, member: Member, negated: bool, read: list[Leaf]
    ) -> Step:
        value = self.trace.value(node, member)
        holds = None if value is None else value is not negated
        return Step(
            role="condition", kind="truth", value=holds, terms=(term,), because=self.support(read)
        )

    def _select(self, node: Apply, member: Member, *, negated: bool) -> Step:
        """The branch that the first operand picks, with what picked it."""
        test = self.condition(node.operands[0], member)
        if test.value is None:
            return Step(role="all", kind="truth", because=(test,))
        branch = self.condition(node.operands[1 if test.value else 2], member, negated=negated)
        return Step(role="all", kind="truth", value=branch.value, because=(test, branch))

    def _list(
        self, operator: str, below: tuple[Expr, ...], member: Member, *, negated: bool
    ) -> Step:
        """Several conditions: those that decide."""
        every = (operator == "and") is not negated
        found: list[Step] = []
        for node in below:
            step = self._tried(node, member, negated=negated)
            if step is not None and not _trivial(node):
                # A list inside a list of the same sort reads as one.
                found += step.because if step.role == _LISTS[every] else [step]
        return self._decided(_LISTS[every], found, every=every)

    def _tried(self, node: Expr, member: Member, *, negated: bool) -> Step | None:
        """A condition beside others; None if it has no value, for then another one decides."""
        before = set(self.seen)
        try:
            return self.condition(node, member, negated=negated)
        except Stop:
            self.seen = before
            return None

    def _decided(self, role: Role, found: list[Step], *, every: bool) -> Step:
        values = [step.value for step in found]
        decisive = not every
        if decisive in values:
            value: bool | None = decisive
        else:
            value = None if None in values else every
        kept = tuple(step for step in found if step.value is value)
        if len(found) == 1:
            return found[0]
        return Step(role=role, kind="truth", value=value, number=len(found), because=kept)

    def _members(self, node: Over, *, negated: bool) -> Step:
        """A test of the members: those who decide it, alike ones together."""
        every = (node.function == "every") is not negated
        role: Role = "every member" if every else "any member"
        body = node.body
        assert body is not None
        if self.trace.run.facts.members is None:
            return Step(role=role, kind="truth", value=self._flipped(node, negated))
        groups = self._alike(lambda each: self._of_member(node, body, each, negated=negated))
        found = [evolve(step, members=members) for step, members in groups if step is not None]
        holds = self._flipped(node, negated)
        kept = tuple(step for step in found if step.value is holds)
        return Step(role=role, kind="truth", value=holds, because=kept)

    def _of_member(self, node: Over, body: Expr, member: int, *, negated: bool) -> Step | None:
        if node.condition is not None and self.trace.value(node.condition, member) is False:
            return None
        return self._tried(body, member, negated=negated)

    def _flipped(self, node: Expr, negated: bool) -> bool | None:
        value = self.trace.value(node, None)
        return None if value is None else value is not negated

    def _alike(self, make: Callable[[int], Any]) -> list[tuple[Any, tuple[int, ...]]]:
        """What each member gives, with all members who give the same."""
        before, after = set(self.seen), set(self.seen)
        groups: list[tuple[Any, tuple[int, ...]]] = []
        for member in range(len(self.trace.run.members)):
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
        role = node.origin.role if node.origin else ""
        match node:
            case Apply("flagged", (inner, _)):
                return self.figure(inner, member)
            case Apply("select") if not is_table(node):
                return self.cases(node, member)
            case Apply("maximum", (_, inner)) if role == "not below zero":
                steps = self.figure(inner, member)
                if self.trace.value(inner, member) == self.trace.value(node, member):
                    return steps
                return *steps, self._result("not below zero", node, member)
            case Apply("minimum" | "maximum", (inner, bound)) if role in _BOUNDS:
                return self._bounded(_BOUNDS[role], node, inner, bound, member)
            case Apply(operator, (inner, Constant(step))) if operator.startswith("round_"):
                before = self.trace.term(inner, member, [])
                made = self._result("rounding", node, member)
                size = Term(role="number", value=step)
                made = evolve(made, mode=operator, terms=(_leaf(before), size))
                return *self.figure(inner, member), made
            case Apply("multiply", (inner, Constant() as factor)) if role in _CHANGES:
                before = self.trace.term(inner, member, [])
                made = self._result(_CHANGES[role], node, member)
                size = Term(role="number", value=factor.value)
                return *self.figure(inner, member), evolve(made, terms=(_leaf(before), size))
            case Over("sum", body, None) if role == "each member" and body is not None:
                return (self._each(node, body),)
            case _:
                return self._plain_figure(node, member)

    def _plain_figure(self, node: Expr, member: Member) -> tuple[Step, ...]:
        read: list[Leaf] = []
        term = self.trace.term(node, member, read)
        made = Step(
            role="figure",
            kind=node.kind,
            value=term.value,
            unit=term.unit,
            own=term.own,
            terms=(term,),
            because=self.support(read),
        )
        return (made,)

    def _result(self, role: Role, node: Expr, member: Member) -> Step:
        unit = node.origin.unit if node.origin else ""
        value = self.trace.value(node, member)
        return Step(role=role, value=value, unit=unit, own=self.trace.own)

    def _bounded(
        self, role: Role, node: Apply, inner: Expr, bound: Expr, member: Member
    ) -> tuple[Step, ...]:
        """A floor, cap or limit, lost where it changed nothing."""
        steps = self.figure(inner, member)
        before = self.trace.term(inner, member, [])
        made = self._result(role, node, member)
        lost = before.value == made.value
        if lost and any(known is bound for known in _bounds(inner)):
            return steps  # It holds after rounding as well, and was told before it.
        read: list[Leaf] = []
        term = self.trace.term(bound, member, read)
        unit = made.unit or term.unit
        terms = (term, _leaf(before))
        return *steps, evolve(made, unit=unit, lost=lost, terms=terms, because=self.support(read))

    def _each(self, node: Over, body: Expr) -> Step:
        """A figure of each member, alike ones together."""
        made = self._result("each member", node, None)
        unit = of_household(made.unit)
        if self.trace.run.facts.members is None:
            return evolve(made, unit=unit, needs=((None, "members"),))

        def of(member: int) -> Step:
            value = self.trace.value(body, member)
            steps = self.figure(body, member)
            return Step(role="members", value=value, unit=made.unit, because=steps)

        groups = self._alike(of)
        found = tuple(evolve(step, members=members) for step, members in groups)
        return evolve(made, unit=unit, because=found)

    def cases(self, node: Expr, member: Member, number: int = 1) -> tuple[Step, ...]:
        """The cases in written order up to the one that holds, and what that one gives."""
        steps: list[Step] = []
        while isinstance(node, Apply) and node.operator == "select" and not is_table(node):
            test = self.condition(node.operands[0], member)
            steps.append(
                Step(
                    role="case",
                    kind="truth",
                    value=test.value,
                    number=number,
                    lost=test.value is False,
                    because=(test,),
                )
            )
            if test.value is None:
                return tuple(steps)
            if test.value:
                return *steps, *self.figure(node.operands[1], member)
            node, number = node.operands[2], number + 1
        steps.append(Step(role="otherwise", kind="truth", value=True))
        return tuple(steps) if _nothing(node) else (*steps, *self.figure(node, member))

    # --- what figures and conditions read -------------------------------------------------------

    def support(self, read: list[Leaf]) -> tuple[Step, ...]:
        """A step for each rule, parameter and input that was read."""
        steps: list[Step] = []
        for node, member in read:
            steps += [step for step in self._leaf_steps(node, member) if step not in steps]
        return tuple(steps)

    def _leaf_steps(self, node: Expr, member: Member) -> tuple[Step, ...]:
        match node:
            case Reference(name):
                subject = self.trace.definitions[name].subject
                return (self.rule(node, member if subject == "person" else None),)
            case Over(_, _, condition) if condition is not None:
                return self._picked(condition)
            case Apply("select") if not is_table(node):
                return tuple(step for step in self.cases(node, member) if step.role == "case")
            case Apply("select"):
                steps = [self._leaf(node, member)]
                steps += [self._leaf(*leaf) for leaf in self.trace.selectors(node, member)]
                return tuple(steps)
            case Constant() | Variable():
                return (self._leaf(node, member),)
            case _:
                return ()

    def _picked(self, condition: Expr) -> tuple[Step, ...]:
        """Who of the members counts, and why."""
        if self.trace.run.facts.members is None:
            return ()
        groups = self._alike(lambda each: self._tried(condition, each, negated=False))
        return tuple(evolve(step, members=members) for step, members in groups if step is not None)

    def _leaf(self, node: Expr, member: Member) -> Step:
        """A parameter with its version, or an input."""
        term = self.trace.term(node, member, [])
        step = Step(
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
        )
        if term.role != "parameter":
            return step
        key = ("parameter", None, repr((term.name, term.row, term.start)))
        step = evolve(step, again=key in self.seen)
        self.seen.add(key)
        return step

    def rule(self, node: Reference, member: Member) -> Step:
        """Another rule that was read, explained once."""
        entry = self.trace.definitions[node.name]
        term = self.trace.term(node, member, [])
        made = Step(
            role="rule",
            name=entry.label,
            key=entry.name,
            kind=entry.kind,
            value=term.value,
            unit=entry.unit,
            own=entry.subject,
            cites=entry.cites,
            terms=(term,),
        )
        key = ("rule", member, entry.name)
        if key in self.seen or self.depth >= _DEEPEST:
            return evolve(made, again=True)
        self.seen.add(key)
        inner = Reasons(evolve(self.trace, own=entry.subject), self.seen, self.depth + 1)
        status, because = inner.body(entry, member)
        self.seen = inner.seen
        readings = tuple(Step(role="reading", name=text) for text in entry.readings)
        return evolve(made, status=status, because=(*readings, *because))

    def body(self, entry: Definition, member: Member) -> tuple[Status | None, tuple[Step, ...]]:
        """What a rule rests on; of a benefit also whether it is due."""
        if entry.what != "benefit":
            if entry.kind == "truth":
                return None, (self.condition(entry.value, member),)
            return None, self.figure(entry.value, member)
        items = items_of(entry)
        due = True if entry.holds is None else self.trace.value(entry.holds, member)
        steps = [step for item in items for step in self.item(item, member, due=due)]
        return ("undetermined" if due is None else "eligible" if due else "not eligible"), tuple(
            steps
        )

    def item(self, item: Item, member: Member, *, due: bool | None) -> tuple[Step, ...]:
        """A condition, or the amount, of a benefit; where it is not due, only what fails."""
        if item.role == "condition":
            step = self.condition(item.node, member)
            return (step,) if due or step.value is due else ()
        if due:
            return self.figure(item.node, member)
        if not item.cases:
            return ()
        steps = self.cases(item.node, member)
        return tuple(step for step in steps if step.role in ("case", "otherwise"))

    # --- where there is no value ----------------------------------------------------------------

    def blocked(self, node: Expr, member: Member) -> tuple[Step, ...]:
        """The value that is missing from the document, or not yet in force, below an expression."""
        match node:
            case Constant(value) if isinstance(value, NotStated | NotInForce):
                return (self._silent(value, node.origin),)
            case Reference(name):
                entry = self.trace.definitions[name]
                below = member if entry.subject == "person" else None
                because = self.blocked(entry.value, below)
                return (Step(role="rule", name=entry.label, cites=entry.cites, because=because),)
            case Apply("select", (test, then, otherwise)):
                try:
                    chosen = then if self.trace.value(test, member) else otherwise
                except Stop:
                    chosen = test
                return self.blocked(chosen, member)
            case Apply(_, operands):
                return self._first_blocked([(operand, member) for operand in operands])
            case Over(_, body, condition):
                everyone = range(len(self.trace.run.members))
                parts = [part for part in (condition, body) if part is not None]
                return self._first_blocked([(part, each) for part in parts for each in everyone])
            case _:
                return ()

    def _first_blocked(self, parts: list[Leaf]) -> tuple[Step, ...]:
        for node, member in parts:
            try:
                self.trace.value(node, member)
            except Stop:
                return self.blocked(node, member)
        return ()

    def _silent(self, value: NotStated | NotInForce, origin: Origin | None) -> Step:
        entry = self.trace.parameters.get(value.name)
        made = Step(role="parameter", name=entry.label if entry else None, key=value.name)
        if isinstance(value, NotStated):
            return evolve(made, status="not stated", cites=origin.cites if origin else ())
        first = entry.versions[0] if entry and entry.versions else None
        start, cites = (first.start, first.cites) if first else (None, ())
        return evolve(made, status="not in force", start=start, cites=cites)
