"""Why something is so, as points of a letter: conditions, cases, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from policyrules.backends.steps import Step
from policyrules.explanation_operators import OF_MEMBERS, OF_RECORDS
from policyrules.explanation_tree import Line
from policyrules.letter_plain import Plain

CONDITIONS = ("condition", "all", "any", "any member", "every member")
CASES = ("case", "exception", "grace")


@frozen
class Reasons:
    """Makes points of steps; `plain` fixes language and subject."""

    plain: Plain

    def say(self, en: str, zh: str) -> str:
        """The phrase of this language."""
        return self.plain.say(en, zh)

    # --- conditions -----------------------------------------------------------------------------

    def conditions(self, step: Step) -> Iterator[Line]:
        """A condition as a point; several that must all hold as a point for each."""
        if _is_empty(step):
            return
        if step.role == "all" and not step.members and not step.name and step.value is not None:
            for below in step.because:
                yield from self.conditions(below)
        else:
            yield self.condition(step)

    def condition(self, step: Step) -> Line:
        """How one condition stands, with the rules and figures that it rests on."""
        who = self.plain.who(step.members) if step.members else ""
        match step.role:
            case "condition":
                return self._single(step, who)
            case "any member" | "every member":
                return self._members(step, who)
            case _ if len(told := [each for each in step.because if not _is_empty(each)]) == 1:
                inner = self.condition(told[0])
                return _item(self._of(who, inner.text + self._enough(step)), inner.below)
            case _:
                listed = (item for below in step.because for item in self.conditions(below))
                return _item(self._of(who, self._list(step)), listed)

    def _single(self, step: Step, who: str) -> Line:
        """A condition; where it is a rule of its own, with the clause and reasons of that."""
        told = self.plain.condition(step)
        read = [below for below in step.because if below.role == "rule" and not below.again]
        of = step.terms[0].operands[0] if step.terms[0].operator == "not" else step.terms[0]
        if not of.operator and of.kind == "truth" and len(read) == 1 and not read[0].members:
            told += self.plain.since(read[0])
            return _item(self._of(who, told), self.support(read[0].because))
        return _item(self._of(who, told), self.support(step.because))

    def _of(self, who: str, text: str) -> str:
        return self.plain.titled(who, text)

    def _enough(self, step: Step) -> str:
        """That one of several conditions is enough."""
        if step.name is not None:
            status = self.plain.of(step.name)
            return self.say(f" (treated as {status})", f"（按{status}对待）")
        if step.role != "any" or not step.value or step.number <= len(step.because):
            return ""
        return self.say(
            f" (one of {step.number} such points is enough)", f"（{step.number}项中符合一项即可）"
        )

    def _list(self, step: Step) -> str:
        """The line above a list of conditions."""
        if step.name is not None:
            status = self.plain.of(step.name)
            return self.say(f"Treated as {status}:", f"按{status}对待：")
        every = step.role == "all"
        match step.value:
            case True if every:
                return self.say("All of these are met:", "下列各项均符合：")
            case True:
                return self.say(
                    "One of these is enough, and they are met:", "下列情形符合其一即可，均符合："
                )
            case False if every:
                return self.say(
                    "All of these would be needed; none is met:", "下列各项均须符合，均不符合："
                )
            case False:
                return self.say(
                    "At least one of these would be needed; none is met:",
                    "须符合下列情形之一，均不符合：",
                )
            case _ if every:
                return self.say(
                    "All of these are needed and not yet known:", "下列各项均须符合，尚未查明："
                )
            case _:
                return self.say(
                    "One of these is enough; they are not yet known:",
                    "下列情形符合其一即可，尚未查明：",
                )

    def _members(self, step: Step, who: str) -> Line:
        """A test of the members, or of the records of a list."""
        name = self.plain.of(step.name)
        if step.needs:
            unknown = self.say(f"The {name} are not given yet", f"{name}尚未提供")
            members = self.say(
                "The members of the household are not given yet", "家庭成员情况尚未提供"
            )
            return _item(self._of(who, unknown if name else members))
        told = OF_RECORDS[step.role] if step.name else OF_MEMBERS[step.role]
        if step.value is None:
            title = self.say(
                "What this depends on is not yet known of everyone",
                "尚未全部查明",
            )
        else:
            title = self.plain.sentence(self.plain.of(told[step.value]).format(name))
        below = tuple(self.condition(each) for each in step.because if not _is_empty(each))
        end = self.say(":", "：") if below else ""
        return _item(self._of(who, title + end), below)

    # --- rules and figures that others rest on --------------------------------------------------

    def support(self, steps: Iterable[Step]) -> Iterator[Line]:
        """The rules and standards that were read, and who was counted; not the answers given."""
        for step in steps:
            if step.again:
                continue
            match step.role:
                case "rule":
                    yield from self.rule(step)
                case "parameter":
                    yield Line(self.standard(step))
                case "picked":
                    yield self.picked(step)
                case "input" | "reading" | "validity":
                    pass
                case role if role in CONDITIONS:
                    yield from self.conditions(step)
                case role if role in CASES:
                    yield from self.case(step)
                case "otherwise":
                    pass
                case _:
                    yield from self.figures((step,))

    def figures(self, steps: tuple[Step, ...]) -> Iterator[Line]:
        """How a figure comes about."""
        from policyrules.letter_amounts import Amounts  # noqa: PLC0415 (each needs the other)

        yield from Amounts(self.plain).points(steps)

    def rule(self, step: Step) -> Iterator[Line]:
        """Another rule that was read: what it gives, by which clause, and how."""
        plain = self.plain
        name = plain.of(step.name)
        if step.members:
            name = plain.belonging(name, step.members)
        told = plain.sentence(name) + self.say(": ", "：")
        only = step.because[0] if len(step.because) == 1 else None
        if only is not None and only.role == "figure" and only.terms[0].operator:
            told += plain.result(only.terms[0])
            yield _item(told + plain.since(step), self.support(only.because))
            return
        told += self._given(step)
        yield _item(told + plain.since(step), self.support(step.because))

    def _given(self, step: Step) -> str:
        plain = self.plain
        value = ""
        if step.value is not None or step.terms:
            term = step.terms[0] if step.terms else None
            word = term.word if term else None
            value = plain.value(step.value, step.unit, step.own, kind=step.kind, word=word)
        match step.status:
            case None | "eligible":
                return value
            case "not eligible" if step.kind == "truth":
                return value
            case "not eligible":
                return self.say(f"not payable, counted as {value}", f"不符合条件，按{value}计")
            case "not stated":
                return self.say("not stated in the documents", "文件未载明")
            case "not in force":
                return self.say("not in force on that day", "当日没有施行")
            case "conflict":
                return self.say("contradicting provisions", "规定相互冲突")
            case "manual":
                return self.say("decided case by case", "须个案审定")
            case _:
                return value or self.say("not known yet", "尚不清楚")

    def standard(self, step: Step) -> str:
        """A standard: its figure, from when it holds, and by which clause."""
        plain = self.plain
        name = plain.named(step.terms[0]) if step.terms else plain.of(step.name)
        name = plain.sentence(name)
        colon = self.say(": ", "：")
        if step.status == "not in force":
            day = plain.day(step.value)
            told = self.say(f"not yet in force on {day}", f"{day}尚未施行")
            return name + colon + told + plain.since(step)
        term = step.terms[0] if step.terms else None
        if step.status == "not stated" or (term and term.state == "missing"):
            told = self.say("not stated in the documents", "文件未载明")
        else:
            word = term.word if term else None
            told = plain.value(step.value, step.unit, step.own, kind=step.kind, word=word)
        supplied = term is not None and term.state == "supplied"
        return name + colon + told + plain.since(step, supplied=supplied)

    def picked(self, step: Step) -> Line:
        """Whether members count, and why."""
        who = self.plain.who(step.members)
        several = len(step.members) > 1
        counted = {
            True: self.say(f"{who} {'are' if several else 'is'} counted", f"计入{who}"),
            False: self.say(f"{who} {'are' if several else 'is'} not counted", f"不计入{who}"),
            None: self.say(
                f"whether {who} count{'' if several else 's'} is not yet known",
                f"是否计入{who}尚不清楚",
            ),
        }[step.value]
        points = tuple(item for below in step.because for item in self.conditions(below))
        title = self.plain.sentence(counted) + self.say(":", "：") if points else counted
        return _item(title, points)

    # --- cases ----------------------------------------------------------------------------------

    def case(self, step: Step) -> Iterator[Line]:
        """A case or exception, with whether it applies and why."""
        plain = self.plain
        name = plain.of(step.name)
        number = step.number
        called = {
            "case": (f"case {number} of the rule", f"规定的第{number}种情形"),
            "exception": (f"the exception “{name}”", f"例外规定“{name}”"),
            "grace": (name or "the period of grace", name or "渐退期"),
        }[step.role]
        case = self.say(*called)
        told = {
            True: (f"{case} applies", f"适用{case}"),
            False: (f"{case} does not apply", f"不适用{case}"),
            None: (f"whether {case} applies is not yet known", f"是否适用{case}尚不清楚"),
        }[step.value]
        title = plain.sentence(self.say(*told)) + plain.since(step)
        if step.mode == "nothing":
            title += self.say("; nothing is paid in it", "，该情形不予发放")
        if step.factors:
            listed = plain.among(
                [f"“{plain.of(each)}”" for each in step.factors], self.say(" and ", "、")
            )
            title += self.say(f"; {listed} goes before it", f"，{listed}优先适用")
        points = tuple(item for below in step.because for item in self.conditions(below))
        yield _item(title + (self.say(":", "：") if points else ""), points)


def _item(text: str, below: Iterable[Line] = ()) -> Line:
    """A point, with those below it once each."""
    return Line(text, tuple(dict.fromkeys(below)))


def _is_empty(step: Step) -> bool:
    """Whether this is a list of conditions of which nothing is told."""
    return step.role in ("all", "any") and all(_is_empty(below) for below in step.because)
