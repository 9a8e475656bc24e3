"""How the documents were read, and what else must be known beside a decision, in a letter."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from policyrules import wording
from policyrules.backends.steps import Step
from policyrules.explanation_tree import Line
from policyrules.ir.nodes import Alternative
from policyrules.letter_plain import Plain
from policyrules.letter_reasons import Reasons
from policyrules.source import Text

_LIMITED = {
    "<": Text("less than ", "不足"),
    "<=": Text("at most ", "不超过"),
    ">": Text("more than ", "超过"),
    ">=": Text("at least ", "不低于"),
    "=": Text("exactly ", ""),
}
_FLAGS = {
    "open list": Text(
        "A list in the rules ends in “and others”: what is like its entries may be accepted too",
        "规定所列情形以“等”字结尾，类似的其他情形经认定也可以适用",
    ),
    "limit not stated": Text(
        "The documents do not state the limit; the amount was worked out without one",
        "文件未载明限额，按没有限额计算",
    ),
}


@frozen
class Notes:
    """Says what stands beside the reasons of a decision; `plain` fixes the language."""

    plain: Plain
    root: Step

    def say(self, en: str, zh: str) -> str:
        """The phrase of this language."""
        return self.plain.say(en, zh)

    def points(self) -> tuple[Line, ...]:
        """Readings, other readings, what holds with exceptions only, and what flags mean."""
        others = [*self._alternatives(self.root)]
        groups = (
            (
                self.say(
                    "Where the documents are silent or unclear, they were read in this way",
                    "文件未载明或者表述不明确之处，按以下理解适用",
                ),
                [*_readings(self.root, self.plain)],
            ),
            (
                self.say(
                    "Of several ways to read the documents, this one was followed",
                    "文件有几种理解的，本告知书按以下一种计算",
                ),
                [text for text, other in others if other.chosen],
            ),
            (
                self.say(
                    "The documents can also be read in another way, which was not followed",
                    "文件也可作另一种理解，本次没有采用",
                ),
                [text for text, other in others if not other.chosen],
            ),
        )
        told = [line for title, texts in groups for line in self._group(title, texts)]
        told += [*self._soft(), *self._flags(alternatives=bool(others))]
        return tuple(dict.fromkeys(told))

    def _group(self, title: str, texts: list[str]) -> Iterator[Line]:
        """One note behind its title; several in a list below it."""
        texts = list(dict.fromkeys(texts))
        colon = self.say(":", "：")
        if len(texts) == 1:
            yield Line(title + colon + self.say(" ", "") + texts[0])
        elif texts:
            yield Line(title + colon, tuple(Line(self.plain.sentence(text)) for text in texts))

    def _alternatives(self, root: Step) -> Iterator[tuple[str, Alternative]]:
        """The other readings of the rule, and of the rules that it read."""
        rules = {item.name: item for item in self.plain.program.definitions}
        for step in _rules(root):
            found = rules.get(step.key)
            for other in () if found is None else found.alternatives:
                yield _of_rule(self.plain, root, step, self.plain.of(other.text)), other

    def _soft(self) -> Iterator[Line]:
        """What the rule asks for with exceptions, and how that stands."""
        title = self.say(
            "What the documents ask for as a rule, with exceptions, did not decide by itself:",
            "文件规定“原则上”适用、可有例外的要求，不单独决定结果：",
        )
        told = tuple(dict.fromkeys(self._softly()))
        if told:
            yield Line(title, told)

    def _softly(self) -> Iterator[Line]:
        plain = self.plain
        for step in (below for below in self.root.because if below.role == "soft"):
            if step.terms:
                limit = step.terms[0]
                words = plain.of(_LIMITED[limit.operator])
                yield Line(plain.sentence(words + plain.value(limit.value, limit.unit)))
            for test in step.because:
                yield from Reasons(plain).conditions(test)

    def _flags(self, *, alternatives: bool) -> Iterator[Line]:
        """What no other note says."""
        soft = any(step.role == "soft" for step in self.root.because)
        told = {"soft rule": soft, "reading": alternatives}
        for step in self.root.because:
            if step.role == "flag" and not told.get(step.mode):
                text = _FLAGS.get(step.mode)
                words = self.plain.of(text) if text else wording.flag(step.mode, self.plain.lang)
                yield Line(self.plain.sentence(words))


def _rules(step: Step) -> Iterator[Step]:
    """The rule itself and the rules that it read, each where it is explained."""
    if step.role in ("outcome", "rule"):
        yield step
    for below in step.because:
        yield from _rules(below)


def _readings(root: Step, plain: Plain) -> Iterator[str]:
    """How the rule, and those that it read, understand their documents."""
    for step in _rules(root):
        for below in step.because:
            if below.role == "reading":
                yield _of_rule(plain, root, step, plain.of(below.name))


def _of_rule(plain: Plain, root: Step, step: Step, text: str) -> str:
    """A remark, behind the name of the rule that it belongs to if that is not the benefit."""
    return text if step is root else plain.of(step.name) + plain.say(": ", "：") + text
