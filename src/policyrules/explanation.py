"""Why an outcome is what it is, as a tree for a terminal and as data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from policyrules import wording
from policyrules.backends.steps import Step, Term
from policyrules.case import member_path
from policyrules.explanation_terms import Phrases
from policyrules.explanation_words import Sentences, unit_of
from policyrules.ir.facts import owner_of
from policyrules.ir.nodes import Cited, Kind, Program
from policyrules.ir.ranges import Range
from policyrules.source import Language
from policyrules.types.dates import NEVER

SCHEMA = 1
_CONDITIONS = ("condition", "all", "any", "any member", "every member")
_IN_ONE_LINE = 3


@frozen
class Line:
    """A line of the tree with the lines below it."""

    text: str
    below: tuple[Line, ...] = ()


@frozen
class Explanation:
    """The clauses, versions, conditions and figures behind an outcome.

    `str()` and `text` give a tree for people, `to_dict` JSON-ready data with a sentence, exact
    value, unit, citations and validity for every step.
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
        """The headline with the lines below it, to be shown with others or in another form."""
        return self._sentences(lang).outcome(self.root)

    def to_dict(self, lang: Language | None = None) -> dict[str, object]:
        """The explanation as JSON-ready data (schema 1); sentences in the language asked for."""
        words = self._sentences(lang)
        root = self.root
        member = root.members[0] if root.members else None
        return {
            "schema": SCHEMA,
            "rule": root.key,
            "of": member_path(self.program, member),
            "status": root.status,
            "amount": _plain(root),
            "unit": unit_of(root),
            "text": words.sentences.sentence(root),
            "cites": [words.cited(place) for place in root.cites],
            "because": [words.data(step) for step in root.because],
        }

    def _sentences(self, lang: Language | None) -> _Lines:
        member = self.root.members[0] if self.root.members else None
        return _Lines(Sentences(Phrases(self.program, lang or self.lang, owner_of(member))))


@frozen
class _Lines:
    """Lays steps out as lines and as data, in one language."""

    sentences: Sentences

    def outcome(self, root: Step) -> Line:
        """The headline with all below it."""
        words = self.sentences
        lines = [line for step in root.because for line in self._lines(step)]
        if root.cites:
            title = words.say("under", "依据")
            lines.insert(0, Line(words.titled(title, words.cites(root.cites))))
        return Line(words.sentence(root), tuple(lines))

    def data(self, step: Step) -> dict[str, object]:
        """A step as JSON-ready data."""
        words = self.sentences
        program = words.phrases.program
        data: dict[str, object] = {
            "role": step.role,
            "text": words.sentence(step),
            "name": None if step.name is None else words.phrases.of(step.name),
            "value": _plain(step),
            "unit": unit_of(step),
            "status": step.status,
            "cites": [self.cited(place) for place in step.cites],
            "from": _day(step.start),
            "until": None if step.stop is None else _day(step.stop - 1),
            "lost": step.lost,
            "again": step.again,
            "because": [self.data(below) for below in step.because],
        }
        if step.role == "decided":
            data["levels"] = [
                {"by": words.phrases.of(term.name), "above": _exact(term.value, term.kind)}
                for term in step.terms
            ]
        if step.members:
            data["of"] = [member_path(program, member) for member in step.members]
        return data

    def cited(self, place: Cited) -> dict[str, object]:
        """A place as JSON-ready data."""
        text = self.sentences.cites((place,))
        return {"source": place.source, "place": list(place.levels), "text": text}

    # --- lines ----------------------------------------------------------------------------------

    def _lines(self, step: Step) -> Iterator[Line]:
        """The lines of a step; none for what another line has said already."""
        if step.role == "input" or step.again:
            return
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
        if step.role in ("all", "any") and len(step.because) > _IN_ONE_LINE:
            title = self.sentences.list_title(step)
            return Line(title, tuple(self._listed(below) for below in step.because))
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


def drawn(lines: tuple[Line, ...], indent: str = "") -> Iterator[str]:
    """Lines with the branches of the tree before them."""
    for line in lines:
        last = line is lines[-1]
        yield f"{indent}{'└─' if last else '├─'} {line.text}"
        yield from drawn(line.below, indent + ("   " if last else "│  "))


def _plain(step: Step) -> object:
    return _exact(step.value, step.kind)


def _exact(value: object, kind: Kind) -> object:
    """A value as JSON-ready data, exact."""
    match value:
        case Fraction() as number:
            return wording.decimal_text(number)
        case Range(low, high) if kind == "date":
            return {"low": _day(low), "high": _day(high)}
        case Range(low, high):
            ends = ((name, end) for name, end in (("low", low), ("high", high)))
            return {n: None if end is None else wording.decimal_text(end) for n, end in ends}
        case int() as day if not isinstance(day, bool):
            return _day(day)
        case _:
            return value


def _day(ordinal: int | Fraction | None) -> str | None:
    if ordinal is None:
        return None
    day = date.fromordinal(int(ordinal))
    return wording.NONE if day == NEVER else day.isoformat()
