"""Why an outcome is what it is: a tree of reasons, built only when somebody asks.

One path is told as it went. Where what is missing leaves several, first what is settled whatever
the answers, then the paths that differ, each with what it assumes and gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, field, frozen

from policyrules.backends.deciding import decided
from policyrules.backends.hulls import LOOSE, Path
from policyrules.backends.naming import Names, names
from policyrules.backends.parts import (
    Item,
    Key,
    is_outside,
    items_of,
    notes_of,
    parameter_key,
)
from policyrules.backends.path_steps import (
    SHOWN_PATHS,
    assumed,
    groups,
    lost_anyway,
    once,
    repeats,
    telling,
)
from policyrules.backends.paths import Decisions, Member, Open, Owner, Stop
from policyrules.backends.reasons import Reasons
from policyrules.backends.rivals import inside
from policyrules.backends.scalar import Evaluator, Told
from policyrules.backends.silence import blocked, clash_of
from policyrules.backends.steps import Step, Term
from policyrules.backends.terms import Trace
from policyrules.ir.facts import Facts, Outcome, owner_of
from policyrules.ir.nodes import Definition, Input, Reference
from policyrules.ir.ranges import Range

# Of that many paths with one result, each is looked at for its reasons.
_MOST_REASONS = 8


class Explainer:
    """Explains outcomes of a program, with what an evaluator has compiled of it."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._names = names(evaluator.program)

    def explain(self, facts: Facts, name: str, member: Owner, told: Told) -> Step:
        """The reasons of an outcome that the evaluator told, of the household or of a member."""
        entry = self._names.definitions[name]
        return _Explained(self._evaluator, self._names, facts, entry, member).outcome(*told)


@frozen
class _Explained:
    """One outcome that is to be explained."""

    evaluator: Evaluator
    names: Names
    facts: Facts
    entry: Definition
    member: Owner
    traces: dict[frozenset[tuple[object, object]], Trace] = field(factory=dict, eq=False)

    def outcome(self, outcome: Outcome, paths: tuple[Path, ...]) -> Step:
        """The outcome with all that it rests on."""
        entry = self.entry
        notes = self._noted(outcome)
        steps = list(notes)
        if len(paths) == 1 and LOOSE not in paths[0].trail:
            steps += self._along(paths[0])
        else:
            steps += self._open(() if len(paths) == 1 else paths)
        if outcome.needs:
            steps.insert(len(notes), Step(role="missing", needs=outcome.needs))
        steps += self._notes(outcome)
        word = None
        if isinstance(outcome.value, str):
            word = self._trace({}).word(entry.value, outcome.value)
        root = Step(
            role="outcome",
            name=entry.label,
            key=entry.name,
            kind=entry.kind,
            value=_value(outcome),
            unit=entry.unit,
            own=entry.subject,
            status=outcome.status,
            terms=(Term(kind=entry.kind, value=_value(outcome), word=word),),
            members=() if self.member is None else (self.member,),
            cites=entry.cites,
            because=tuple(steps),
        )
        return _told_once(root, set())

    def _trace(self, decisions: Decisions) -> Trace:
        """The trace of a path, the same each time it is asked for."""
        key = frozenset(decisions.items())
        known = self.traces.get(key)
        if known is None:
            run, entry = self.evaluator.run(self.facts, decisions), self.entry
            code = self.evaluator.code_of(self.facts.on)
            known = Trace(code, self.names, run, entry.subject, entry.unit)
            self.traces[key] = known
        return known

    def _along(self, path: Path) -> tuple[Step, ...]:
        """What decides on the only path."""
        reasons = Reasons(self._trace(path.decisions))
        try:
            return reasons.body(self.entry, self.member)[1]
        except Stop:
            return self._blocked(reasons.trace)

    def _blocked(self, trace: Trace) -> tuple[Step, ...]:
        """What has no value, on a path that therefore has none."""
        entry = self.entry
        for node in (entry.holds, entry.amount or entry.value):
            found = () if node is None else blocked(trace, node, self.member)
            test = clash_of(trace, node, self.member) if node is not None and found else None
            if test is not None:
                both = Reasons(trace).tried(test, self.member)
                return (evolve(found[0], because=() if both is None else (both,)), *found[1:])
            if found:
                return found
        return ()

    # --- several paths --------------------------------------------------------------------------

    def _open(self, paths: tuple[Path, ...]) -> Iterator[Step]:
        """What is settled whatever is missing, then the paths that differ."""
        settled = [item for item in self._items() if self._is_settled(item)]
        common = Reasons(self._trace({}))
        for item in settled:
            yield from self._steps(common, item, due=None)
        shown = telling(self._grouped(paths, settled))
        before = set(common.seen)
        drafts = [self._path(alike, settled, before) for alike in shown]
        yield from self._shared(common, drafts)
        if common.seen != before:  # What all of them share stands before them now.
            drafts = [self._path(alike, settled, common.seen) for alike in shown]
        told = [path for path, _ in drafts]
        lost = lost_anyway(told)
        yield from lost
        yield from once(told, lost)
        hidden = len(paths) - sum(len(alike) for alike in shown)
        if hidden:
            yield Step(role="more", number=hidden)

    def _grouped(self, paths: tuple[Path, ...], settled: list[Item]) -> list[list[Path]]:
        """The paths by what they give, a few one by one; if all are refused, by why."""
        alike = groups(paths)
        if len(alike) > 1 and len(paths) <= SHOWN_PATHS:
            return [[path] for path in paths]
        if len(alike) != 1 or len(paths) > _MOST_REASONS or paths[0].status != "not eligible":
            return alike
        by_reason: dict[tuple[Step, ...], list[Path]] = {}
        for path in paths:
            step, _ = self._path([path], settled, set())
            by_reason.setdefault(step.because, []).append(path)
        return sorted(by_reason.values(), key=lambda of: min(len(each.decisions) for each in of))

    def _items(self) -> tuple[Item, ...]:
        if self.entry.what == "benefit":
            return items_of(self.entry, self.names)
        return (Item(inside(self.entry.value), amount=self.entry.kind != "truth"),)

    def _is_settled(self, item: Item) -> bool:
        """Whether nothing that is missing can change this part; an amount counts if it is due."""
        trace = self._trace({})
        holds = self.entry.holds
        try:
            self.evaluator.value(trace.run, item.node, self.member)
            return not item.amount or holds is None or trace.holds(holds, self.member) is True
        except (Open, Stop):
            return False

    def _steps(self, reasons: Reasons, item: Item, *, due: bool | None) -> tuple[Step, ...]:
        """A part of the outcome; one that is settled stands whether the rest is due or not."""
        if due is None or self.entry.what != "benefit":
            if item.amount:
                return reasons.figure(item.node, self.member)
            if item.rival is not None:
                return reasons.item(item, self.member, due=due)
            if not item.branches:
                return (reasons.condition(item.node, self.member),)
            due = reasons.trace.holds(item.node, self.member)
        return reasons.item(item, self.member, due=due)

    def _shared(self, common: Reasons, drafts: list[tuple[Step, set[Key]]]) -> Iterator[Step]:
        """The rules and parameters that all paths read and that none of them changes."""
        if not drafts:
            return
        met = set.intersection(*(seen for _, seen in drafts)) - common.seen
        for name in self.names.definitions:
            whose = [who for key, who in met if key == name and self._is_fixed(name, who)]
            yield from self._shared_rule(common, name, whose)
        for step in _parameters(drafts[0][0]):
            key = parameter_key(step.terms[0]) if step.terms else None
            if key is not None and key in met and key not in common.seen:
                common.seen.add(key)
                yield step

    def _shared_rule(self, common: Reasons, name: str, whose: list[Member]) -> Iterator[Step]:
        """A rule for all whom it is read for, those with the same reasons together."""
        node = Reference(name, self.names.definitions[name].kind)
        members = sorted(who for who in whose if isinstance(who, int))
        if None in whose and (name, None) not in common.seen:
            yield common.rule(node, None)
        groups = common.alike(members, lambda each: common.rule(node, each))
        yield from (evolve(step, members=who) for step, who in groups if not step.again)

    def _is_fixed(self, name: str, member: Member) -> bool:
        """Whether a rule has the same value whatever is assumed."""
        entry, run = self.names.definitions[name], self.evaluator.run(self.facts, {})
        try:
            self.evaluator.value(run, Reference(name, entry.kind), member)
        except (Open, Stop):
            return False
        return True

    def _path(
        self, alike: list[Path], settled: list[Item], before: set[Key]
    ) -> tuple[Step, set[Key]]:
        """What one path assumes and gives, and what it met; of those alike the one with least."""
        path = min(alike, key=lambda each: len(each.decisions))
        reasons = Reasons(self._trace(path.decisions), set(before))
        open_items = [item for item in self._items() if item not in settled]
        due = path.status != "not eligible"
        try:
            found = [step for item in open_items for step in self._steps(reasons, item, due=due)]
        except Stop:
            found = list(self._blocked(reasons.trace))
        given = [*self._given(path.decisions), *assumed(found)]
        found = [step for step in found if not repeats(step)]
        word = reasons.trace.word(self.entry.value, path.value)
        result = Term(kind=self.entry.kind, value=path.value, unit=self.entry.unit, word=word)
        step = Step(
            role="path",
            kind=self.entry.kind,
            value=path.value,
            unit=self.entry.unit,
            own=self.entry.subject,
            status=path.status,
            terms=(result, *dict.fromkeys(given)),
            number=len(alike) - 1,
            because=tuple(found),
        )
        return step, reasons.seen

    def _given(self, decisions: Decisions) -> Iterator[Term]:
        """The answers that a path assumes to what is missing."""
        for (name, member), answer in decisions.items():
            if not isinstance(name, str):
                continue
            fact = self._fact(name, member)
            word = dict(fact.values).get(answer) if isinstance(answer, str) else None
            yield Term(
                role="input",
                kind=fact.kind,
                name=fact.label,
                value=answer,
                word=word,
                whose=None if member == self.member else member,
                state="assumed",
            )

    def _fact(self, name: str, member: Member) -> Input:
        """The input of a name, of the household, a person or a record."""
        return self.names.inputs["household" if owner_of(member) is None else "person", name]

    def _noted(self, outcome: Outcome) -> tuple[Step, ...]:
        """Readings and validity; of a rule that is not valid on the day, that it is not."""
        notes, on = notes_of(self.entry), self.facts.on
        if outcome.status != "not in force" or not is_outside(self.entry, on):
            return notes
        return *notes[:-1], evolve(notes[-1], status="not in force", value=on)

    def _notes(self, outcome: Outcome) -> Iterator[Step]:
        """Who decides within a range, and what must be known beside the figures."""
        entry = self.entry
        for number, other in enumerate(entry.alternatives, 1):
            yield Step(
                role="alternative",
                name=other.text,
                kind="truth",
                value=other.chosen,
                number=number,
            )
        if "soft rule" in outcome.flags:
            yield from self._soft()
        for bench in outcome.benches:
            yield decided(bench, entry)
        for flag in outcome.flags:
            yield Step(role="flag", mode=flag)

    def _soft(self) -> Iterator[Step]:
        """The lines of the rule that hold as a rule only, with how they stand."""
        for soft in self.entry.soft:
            if soft.condition is None:
                limit = Term(operator=soft.operator, value=soft.value, unit=soft.unit)
                yield Step(role="soft", terms=(limit,))
            else:
                step = Reasons(self._trace({})).tried(soft.condition, self.member)
                yield Step(role="soft", kind="truth", because=() if step is None else (step,))


def _value(outcome: Outcome) -> Range | Fraction | bool | str | int | None:
    """The figure or value of an outcome; None where it has none."""
    if outcome.kind != "number":
        return outcome.value
    if outcome.status not in ("eligible", "undetermined", "known"):
        return None
    if outcome.low is not None and outcome.low == outcome.high:
        return outcome.low
    return Range(outcome.low, outcome.high, frozenset())


def _told_once(step: Step, told: set[Key]) -> Step:
    """The tree with every parameter and reading told where it is met first."""
    because: list[Step] = []
    same = True
    for below in step.because:
        key = _telling_key(step, below)
        if key is None:
            made = _told_once(below, told) if below.because else below
        elif key not in told:
            told.add(key)
            made = evolve(below, again=False) if below.again else below
        elif below.role == "parameter":
            made = below if below.again else evolve(below, again=True)
        else:
            same = False
            continue
        same = same and made is below
        because.append(made)
    return step if same else evolve(step, because=tuple(because))


def _telling_key(rule: Step, step: Step) -> Key | None:
    """By what a parameter, or a reading of a rule, is known again."""
    if step.role == "reading":
        return (rule.key, step.name), None
    return parameter_key(step.terms[0]) if step.role == "parameter" and step.terms else None


def _parameters(step: Step) -> Iterator[Step]:
    """The parameters explained below a step."""
    for below in step.because:
        if below.role == "parameter" and not below.again:
            yield below
        yield from _parameters(below)
