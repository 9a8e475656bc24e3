"""Conditions of an explanation as sentences, with their places, in either language."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from policyrules import wording
from policyrules.backends.steps import Step
from policyrules.explanation_amounts import Amounts
from policyrules.explanation_places import cited
from policyrules.ir.nodes import Cited

MET = {
    True: ("condition met", "条件成立"),
    False: ("condition not met", "条件不成立"),
    None: ("condition open", "条件待定"),
}
_IN_ONE_LINE = 3
HELD = {True: ("met", "成立"), False: ("not met", "不成立"), None: ("open", "待定")}


@frozen
class Conditions(Amounts):
    """Says conditions, from when a value holds and which place it cites, in one language."""

    def cites(self, places: tuple[Cited, ...]) -> str:
        """The places that a rule or value cites."""
        return self.say(", ", "、").join(cited(place, self.phrases.lang) for place in places)

    def version(self, step: Step) -> str:
        """From when a value holds and which place it cites, in brackets."""
        return self.remarks(self.since(step))

    def since(self, step: Step) -> list[str]:
        """In force from when until when, and by which place."""
        remarks = []
        if step.start is not None:
            start = self.phrases.of(wording.day(date.fromordinal(step.start)))
            if step.stop is None:
                remarks.append(self.say(f"from {start}", f"自{start}起"))
            else:
                stop = self.phrases.of(wording.day(date.fromordinal(step.stop - 1)))
                remarks.append(self.say(f"from {start} to {stop}", f"{start}至{stop}"))
        if step.cites:
            remarks.append(self.cites(step.cites))
        return remarks

    def remarks(self, remarks: list[str]) -> str:
        """Several remarks in one pair of brackets."""
        text = self.say(", ", "，").join(remarks)
        return self.phrases.bracketed(text) if text else ""

    def condition(self, step: Step) -> str:
        """How a condition or a list of conditions stands, in one line."""
        who = f"{self.phrases.who(step.members)}" if step.members else ""
        text = self._condition(step)
        return self.titled(who, text) if who else text

    def _condition(self, step: Step) -> str:
        inner = [self.condition(below) for below in step.because]
        match step.role:
            case "condition":
                return self.phrases.statement(step.terms[0])
            case "any member" | "every member" if step.needs:
                name = self.phrases.of(step.name)
                unknown = self.say(f"the {name} are not given", f"{name}未提供")
                members = self.say("the members are not given", "家庭成员情况未提供")
                return unknown if name else members
            case "any member" if step.value is False and not inner:
                name = self.phrases.of(step.name)
                none = self.say(f"none of the {name}", f"没有符合的{name}")
                return none if name else self.say("no member", "没有家庭成员符合")
            case "any member" | "every member":
                return self.joined(inner)
            case _ if step.name is not None:
                status = self.phrases.of(step.name)
                treated = self.say(f", treated as {status}", f"，按{status}对待")
                return self.joined(inner) + treated + self.version(step)
            case _ if step.value is None:
                return self._open_list(step)
            case _:
                return self.joined(inner)

    def _open_list(self, step: Step) -> str:
        """Conditions of which it is open whether all, or any of them, are met."""
        texts = [
            self.phrases.bracketed(text).strip() if len(below.because) > 1 else text
            for below in step.because
            for text in [self.condition(below)]
        ]
        every = step.role == "all"
        return self.say(" and " if every else " or ", "，并且" if every else "，或者").join(texts)

    def one(self, step: Step) -> str:
        """The remark that the condition told is one of several of which each is enough."""
        if step.role != "any" or step.name or not step.value or step.number <= len(step.because):
            return ""
        return self.say(
            f", one of {step.number} that suffice", f"，{step.number}项情形符合其一即可"
        )

    def is_long(self, step: Step) -> bool:
        """Whether a list of conditions has a line for each, and a title above them."""
        return step.role in ("all", "any") and len(step.because) > _IN_ONE_LINE

    def list_title(self, step: Step) -> str:
        """The line above a list of conditions too long for one line."""
        count = len(step.because)
        told = {
            True: (f"these {count} hold", f"以下{count}项成立"),
            False: (f"these {count} do not hold", f"以下{count}项不成立"),
            None: (f"all of these {count} are needed and open", f"以下{count}项均须符合，均待定"),
        }[step.value]
        if step.role == "any" and step.value is None:
            told = (
                f"one of these {count} is enough, all open",
                f"以下{count}项符合其一即可，均待定",
            )
        return self.titled(self.say(*MET[step.value]), self.say(*told))

    def held(self, step: Step) -> str:
        """A condition of a list, with whether it holds."""
        return self.titled(self.say(*HELD[step.value]), self.condition(step))
