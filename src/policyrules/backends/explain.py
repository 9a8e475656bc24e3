"""Why an outcome is what it is: a tree of reasons, built only when somebody asks.

One path is told as it went. Where what is missing leaves several, first what is settled whatever
the answers, then the paths that differ, each with what it assumes and gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, frozen

from policyrules.backends.paths import Decisions, Member, Open, Stop
from policyrules.backends.reasons import Item, Reasons, items
from policyrules.backends.scalar import LOOSE, Evaluator, Path
from policyrules.backends.silence import blocked
from policyrules.backends.steps import Step, Term
from policyrules.backends.terms import Names, Trace, names
from policyrules.ir.facts import Facts, Outcome
from policyrules.ir.nodes import Definition, Program
from policyrules.ir.ranges import Range, ends

SHOWN_PATHS = 4


def explain(program: Program, facts: Facts, name: str, member: Member = None) -> Step:
    """The reasons of one outcome, for the household or for one of its members."""
    evaluator = Evaluator(program)
    found = names(program)
    return _Explainer(evaluator, found, facts, found.definitions[name], member).outcome()


@frozen
class _Explainer:
    """One outcome that is to be explained."""

    evaluator: Evaluator
    names: Names
    facts: Facts
    entry: Definition
    member: Member

    def outcome(self) -> Step:
        """The outcome with all that it rests on."""
        entry = self.entry
        outcome = self.evaluator.outcome(self.facts, entry.name, self.member)
        paths = self.evaluator.paths(self.facts, entry.name, self.member)
        steps = [Step(role="reading", name=text) for text in entry.readings]
        if len(paths) == 1 and LOOSE not in paths[0].trail:
            steps += self._along(paths[0])
        else:
            steps += self._open(() if len(paths) == 1 else paths)
        if outcome.needs:
            steps.insert(len(entry.readings), Step(role="missing", needs=outcome.needs))
        steps += self._notes(outcome)
        word = None
        if isinstance(outcome.value, str):
            word = Reasons(self._trace({})).trace.word(entry.value, outcome.value)
        return Step(
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

    def _trace(self, decisions: Decisions) -> Trace:
        run = self.evaluator.run(self.facts, decisions)
        return Trace(self.evaluator, self.names, run, self.entry.subject, self.entry.unit)

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
            if found:
                return found
        return ()

    # --- several paths --------------------------------------------------------------------------

    def _open(self, paths: tuple[Path, ...]) -> list[Step]:
        """What is settled whatever is missing, then the paths that differ."""
        settled = [item for item in self._items() if self._is_settled(item)]
        before = Reasons(self._trace({}))
        steps = [step for item in settled for step in self._settled(before, item)]
        groups = _groups(paths)
        shown = _telling(list(groups))
        for number in shown:
            alike = groups[number]
            steps.append(self._path(alike, settled, before.seen))
        hidden = sum(len(alike) for n, alike in groups.items() if n not in shown)
        if hidden:
            steps.append(Step(role="more", number=hidden))
        return steps

    def _items(self) -> tuple[Item, ...]:
        if self.entry.what == "benefit":
            return items(self.entry)
        return (Item(self.entry.value, amount=self.entry.kind != "truth"),)

    def _is_settled(self, item: Item) -> bool:
        """Whether nothing that is missing can change this part."""
        run = self.evaluator.run(self.facts, {})
        try:
            self.evaluator.value(run, item.node, self.member)
        except (Open, Stop):
            return False
        return True
