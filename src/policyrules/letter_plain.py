"""Values, figures and single conditions as a letter says them: plain, in either language."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from attrs import frozen

from policyrules import wording
from policyrules.backends.steps import Step, Term
from policyrules.explanation_distances import distance, in_unit
from policyrules.explanation_places import cited
from policyrules.explanation_terms import Phrases
from policyrules.ir.nodes import Cited, Entity, Kind
from policyrules.ir.ranges import Range
from policyrules.source import Text
from policyrules.types.dates import NEVER

_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "=": "!=", "!=": "="}
_REQUIRED = {
    "<": Text("less than", "低于"),
    "<=": Text("at most", "不超过"),
    ">": Text("more than", "超过"),
    ">=": Text("at least", "不低于"),
    "=": Text("exactly", "等于"),
    "!=": Text("other than", "不等于"),
}
_REQUIRED_DAY = {
    "<": Text("before", "早于"),
    "<=": Text("on or before", "不晚于"),
    ">": Text("after", "晚于"),
    ">=": Text("on or after", "不早于"),
    "=": Text("on", "为"),
    "!=": Text("not on", "不为"),
}
_OTHERS = {
    True: Text("Something not named in the list was accepted", "属于所列情形以外、经认定的情形"),
    False: Text("Nothing beyond the list was accepted", "不属于所列情形以外的情形"),
    None: Text(
        "Whether something not named in the list is accepted has still to be judged",
        "是否属于所列情形以外的情形，尚待认定",
    ),
}


@frozen
class Plain(Phrases):
    """Says values, figures and conditions in one language, for somebody who is no official."""

    def value(
        self,
        value: Any,  # noqa: ANN401 - what its kind says
        in_unit: str = "",
        own: Entity | None = None,
        *,
        kind: Kind = "number",
        word: Text | None = None,
    ) -> str:
        """A value with its unit; days as the language writes them."""
        match value:
            case None:
                return self.say("not known yet", "尚不清楚")
            case bool():
                pass
            case int():
                return self.day(value)
            case Range(low, high) if kind == "date" and _is_unknown(low, high):
                return self.say("not known yet", "尚不清楚")
            case Range() if self.is_unknown(value):
                return self.say("not known yet", "尚不清楚")
        return super().value(value, in_unit, own, kind=kind, word=word)

    def is_unknown(self, value: object) -> bool:
        """Whether nothing is known of a number but that it is not below zero."""
        if not isinstance(value, Range) or value.high is not None:
            return False
        return value.low in (None, 0) and "not stated" not in value.basis

    def benefit(self, name: Text | None) -> str:
        """Another benefit by its name, in English with its article."""
        if name is None:
            return self.say("another benefit", "另一项待遇")
        return self.with_article(self.of(name))

    def with_article(self, name: str) -> str:
        """A name inside an English sentence, which wants an article."""
        bare = self.lang == "zh" or name.lower().startswith("the ")
        return name if bare else f"the {name}"

    def assumed(self, name: str, value: str) -> str:
        """That an answer is taken to be so."""
        return self.say(f"{name} is “{value}”", f"{name}为“{value}”")

    def day(self, ordinal: int) -> str:
        """A calendar day: `1 August 2023`, `2023年8月1日`."""
        return self.of(wording.written_day(date.fromordinal(ordinal)))

    def named(self, term: Term) -> str:
        """The name of a figure; the day whose rules are applied as the letter calls it."""
        if term.role == "date":
            return self.say("day of assessment", "审核基准日")
        return super().named(term)

    def _state(self, term: Term) -> str:
        """What is assumed; what the office filled in is told with the standard itself."""
        return "" if term.state == "supplied" else super()._state(term)

    # --- places ---------------------------------------------------------------------------------

    def since(self, step: Step, *, supplied: bool = False) -> str:
        """From when a figure holds and which clause states it, in brackets; empty if neither.

        A figure that the office `supplied`, since the document does not state it, says so first.
        """
        remarks = [self.say("filled in by the office", "由经办机关填入")] if supplied else []
        if step.start is not None:
            start = self.day(step.start)
            if step.stop is None:
                remarks.append(self.say(f"in force from {start}", f"自{start}起执行"))
            else:
                stop = self.day(step.stop - 1)
                remarks.append(self.say(f"in force from {start} to {stop}", f"{start}至{stop}执行"))
        if step.cites:
            remarks.append(self.cites(step.cites))
        text = self.say("; ", "，").join(remarks)
        return self.bracketed(text) if text else ""

    def cites(self, places: tuple[Cited, ...]) -> str:
        """The clauses that a rule or figure cites."""
        return self.say(", ", "、").join(cited(place, self.lang) for place in places)

    # --- conditions -----------------------------------------------------------------------------

    def condition(self, step: Step) -> str:
        """How things are and, unless that is plain, what the rule requires."""
        term, met = step.terms[0], step.value
        negated = False
        while term.operator == "not":
            term, negated = term.operands[0], not negated
        match term.operator:
            case "":
                return self._fact(term, met, negated=negated)
            case "is":
                return self._choice(term, met, negated=negated)
            case "others":
                return self.of(_OTHERS[term.value])
            case "in" | "same period":
                return self.sentence(self.statement(step.terms[0]))
            case _:
                relation = term.operator
                turned = negated if met is None else not met
                return self._compared(term, _OPPOSITE[relation] if turned else relation)

    def sentence(self, text: str) -> str:
        """A phrase that begins a line: in English with a capital letter."""
        return text[:1].upper() + text[1:] if self.lang == "en" else text

    def required(self, text: str) -> str:
        """What the rule asks for, behind how things are."""
        return self.say(f"; the rule asks for {text}", f"，规定要求{text}")

    def _fact(self, term: Term, met: bool | None, *, negated: bool) -> str:
        """A yes or no; that *no* is asked for, where that is not met or not known."""
        told = self.sentence(self.of_value(term))
        unknown = met is None or term.value is None
        wanted = not negated if unknown else term.value is met
        if met is True or wanted:
            return told
        return told + self.required(self.say("“no”", "为“否”"))

    def _choice(self, term: Term, met: bool | None, *, negated: bool) -> str:
        """A choice among several; which are asked for where that is not met."""
        of, *values = term.operands
        told = self.sentence(self.of_value(of))
        if met is True:
            return told
        asked = self.among([self.of(each.word) for each in values], self.say(" or ", "或者"))
        excluded = negated if met is None or term.value is None else term.value is not met
        wanted = self.say(f"anything but {asked}", f"不为{asked}")
        return told + self.required(wanted if excluded else self.say(asked, f"为{asked}"))

    def _compared(self, term: Term, relation: str) -> str:
        """A figure, the figure it is measured by, and how far they are apart."""
        of, by = term.operands
        words = self.of((_REQUIRED_DAY if of.kind == "date" else _REQUIRED)[relation])
        gap = self.say(" ", "")
        told = self.sentence(self.of_value(of))
        bound = self._measure(by)
        return told + self.required(words + gap + bound) + self._apart(term)

    def _measure(self, term: Term) -> str:
        """The figure by which another one is measured: its name, then its value in brackets."""
        if term.operator or term.name is None:
            return self.result(term)
        if term.state in ("missing", "not stated") or term.role == "times":
            return self.leaf(term)
        name = self.named(term)
        return self.with_article(name) + self.bracketed(self._own_value(term))

    def of_value(self, term: Term) -> str:
        """A figure with what it is: `income: 1,200 yuan per month`, 家庭月收入：1,200元/月."""
        if term.operator:
            return self.result(term)
        if term.name is None and term.role in ("number", "rate", "times", "choice", ""):
            return self.leaf(term)
        if term.state == "missing":
            value = self.say("not given yet", "尚未提供")
        else:
            value = self._own_value(term)
        return self.named(term) + self.say(": ", "：") + value + self._state(term)

    def _own_value(self, term: Term) -> str:
        shown = "" if term.role == "members" and self.lang == "en" else term.unit
        return self.value(term.value, shown, term.own, kind=term.kind, word=term.word)

    def _apart(self, term: Term) -> str:
        """How far two known figures are apart."""
        apart = distance(term)
        if not isinstance(apart, Fraction):
            return ""
        size = self.of(self._size(abs(apart), in_unit(term)))
        told = Text(f"{size} above that", f"高出{size}")
        if apart == 0:
            told = Text("the two are equal", "两者相等")
        elif apart < 0:
            told = Text(f"{size} below that", f"低{size}")
        return self.say(", ", "，") + self.of(told)

    # --- several conditions ---------------------------------------------------------------------

    def titled(self, who: str, text: str) -> str:
        """Whose a statement is, before the statement."""
        if not who:
            return text
        return self.sentence(who) + self.say(": ", "：") + text


def _is_unknown(low: Any, high: Any) -> bool:  # noqa: ANN401 - ends of a range of days
    return low is None or high is None or high == NEVER.toordinal()
