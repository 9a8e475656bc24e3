"""One of the two states that are compared: its rules, its case, and the reasons of an outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from policyrules.backends.paths import Owner
from policyrules.backends.steps import Step, Term
from policyrules.explanation_terms import Phrases
from policyrules.explanation_words import Sentences
from policyrules.ir.facts import Facts
from policyrules.ir.nodes import Program
from policyrules.source import Language, Text


@frozen
class Side:
    """An outcome in one of the two states: the rules, the case, the tree of its reasons."""

    program: Program
    facts: Facts
    name: str
    member: Owner
    root: Step

    def words(self, say: Callable[[Sentences], str]) -> Text:
        """What the sentences say of a step, in both languages."""
        return Text(say(self._sentences("en")), say(self._sentences("zh")))

    def _sentences(self, lang: Language) -> Sentences:
        return Sentences(Phrases(self.program, lang, self.member))


def walked(step: Step) -> Iterator[Step]:
    """A step and all that it rests on."""
    yield step
    for below in step.because:
        yield from walked(below)


def terms_of(root: Step) -> Iterator[Term]:
    """Every figure that is spoken of, with its operands."""
    pending = [term for step in walked(root) for term in step.terms]
    while pending:
        term = pending.pop(0)
        yield term
        pending += term.operands
