"""Why an outcome is what it is, as a tree in several forms and as data."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, field, frozen

from policyrules.backends.steps import Step, Term
from policyrules.explanation_data import Plain
from policyrules.explanation_terms import Phrases
from policyrules.explanation_tree import Line, drawn, fragment, markdown
from policyrules.explanation_tree import page as whole_page
from policyrules.explanation_words import Sentences
from policyrules.ir.facts import owner_of
from policyrules.ir.nodes import Program
from policyrules.source import Language

_CONDITIONS = ("condition", "all", "any", "any member", "every member")


@frozen
class Explanation:
    """The clauses, versions, conditions and figures behind an outcome.

    `str()` and `text` give a tree for people, `markdown` and `html` the same for documents and
    pages, `to_dict` JSON-ready data with a sentence, exact value, unit, citations and validity for
    every step.
    """

    program: Program = field(repr=False)
    root: Step = field(repr=False)
    lang: Language = "en"

    def __str__(self) -> str:
        return self.text()

    def text(self, lang: Language | None = None) -> str:
        """The tree as lines of text, in the language asked for or that of the explanation."""
        line = self.tree(lang)
        return "\n".join([line.text, *drawn(line.below)])

    def tree(self, lang: Language | None = None) -> Line:
        """The headline with the lines below it: what text, Markdown and HTML are written from."""
        return _Lines(self._sentences(lang)).outcome(self.root)

    def markdown(self, lang: Language | None = None) -> str:
        """The tree as Markdown: a heading and nested lists."""
        return markdown(self.tree(lang))

    def html(self, lang: Language | None = None, *, page: bool = False) -> str:
        """The tree as HTML without scripts: a `section` to be put into a page, or a whole page.

        Parts can be folded; what was weighed and did not decide has the class `lost`.
        """
        shown = lang or self.lang
        section = fragment(self.tree(lang), shown)
        title = self.program.title.of(shown) or self.program.id
        return whole_page(title, [section], shown) if page else section

    def to_dict(self, lang: Language | None = None) -> dict[str, object]:
        """The explanation as JSON-ready data (schema 1); sentences in the language asked for."""
        return Plain(self._sentences(lang)).explanation(self.root)

    def _sentences(self, lang: Language | None) -> Sentences:
        member = self.root.members[0] if self.root.members else None
        return Sentences(Phrases(self.program, lang or self.lang, owner_of(member)))


@frozen
class _Lines:
    """Lays steps out as lines, in one language."""

    sentences: Sentences

    def outcome(self, root: Step) -> Line:
        """The headline with all below it."""
        words = self.sentences
        lines = [line for step in root.because for line in self._lines(step)]
        if root.cites:
            title = words.say("under", "依据")
            lines.insert(0, Line(words.titled(title, words.cites(root.cites))))
        return Line(words.sentence(root), tuple(lines))

    # --- lines ----------------------------------------------------------------------------------

    def _lines(self, step: Step) -> Iterator[Line]:
        """The lines of a step; none for what another line has said already."""
        if step.role == "input" or step.again:
            return
        for line in self._told(step):
            yield evolve(line, lost=True) if step.lost else line

    def _told(self, step: Step) -> Iterator[Line]:
        match step.role:
            case "rule":
                yield self._rule(step)
            case "case" | "exception" | "grace" | "picked" | "soft" | "added":
                yield Line(self.sentences.sentence(step), self._reasons(step.because))
            case "each member" if len(step.because) == 1:
                yield Line(self.sentences.sentence(step), self._below(step.because[0].because))
            case "figure" if not step.terms[0].operator:
                yield self._named(step)
            case role if role in _CONDITIONS:
                yield self._condition(step)
            case _:
                yield Line(self.sentences.sentence(step), self._below(step.because))

    def _below(self, steps: tuple[Step, ...]) -> tuple[Line, ...]:
        """The lines of several steps, each once."""
        return tuple(dict.fromkeys(line for step in steps for line in self._lines(step)))

    def _condition(self, step: Step) -> Line:
        """A condition in one line, or a longer list with a line for each."""
        if self.sentences.is_long(step):
            return Line(
                self.sentences.sentence(step), tuple(self._listed(below) for below in step.because)
            )
        told = [below for below in step.because if below.role == "rule" and not below.again]
        if step.role == "condition" and _leading(step).role == "rule" and told:
            words = self.sentences
            return Line(words.sentence(step) + words.version(told[0]), self._below(told[0].because))
        return Line(self.sentences.sentence(step), self._reasons((step,)))

    def _listed(self, step: Step) -> Line:
        return Line(self.sentences.held(step), self._reasons((step,)))

    def _reasons(self, conditions: tuple[Step, ...]) -> tuple[Line, ...]:
        """What conditions said in one line rest on: rules and parameters, not the conditions."""
        lines: list[Line] = []
        for step in conditions:
            if step.role == "condition":
                lines += [line for below in step.because for line in self._lines(below)]
            else:
                lines += self._reasons(step.because)
        return tuple(dict.fromkeys(lines))

    def _named(self, step: Step) -> Line:
        """A figure that is nothing but a rule or parameter, told with that."""
        words, lines = self.sentences, self._below(step.because)
        told = [below for below in step.because if below.role != "input" and not below.again]
        if len(told) != 1 or step.terms[0].role not in ("rule", "parameter"):
            return Line(words.sentence(step), lines)
        return Line(words.named(step, told[0]), lines[0].below)

    def _rule(self, step: Step) -> Line:
        """A rule that is read; a single formula stands in its own line."""
        words = self.sentences
        if len(step.because) == 1 and step.because[0].role == "figure":
            figure = step.because[0]
            text = words.phrases.result(figure.terms[0])
            return Line(words.rule(step, text), self._below(figure.because))
        return Line(words.sentence(step), self._below(step.because))


def _leading(condition: Step) -> Term:
    """What a condition is about, itself or denied."""
    term = condition.terms[0]
    return term.operands[0] if term.operator == "not" else term
