"""The steps of an explanation as sentences, in either language."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from attrs import frozen

from policyrules import wording
from policyrules.backends.steps import Step, Term
from policyrules.case_names import need_words, subject_words
from policyrules.explanation_places import cited
from policyrules.explanation_terms import ROUNDED, Phrases
from policyrules.explanation_values import own_unit
from policyrules.ir.nodes import Cited
from policyrules.ir.ranges import Range, basis_of
from policyrules.types.units import is_money, per, unit

ARROW = " → "
_BOUND = {
    "floor": ("floor", "下限"),
    "cap": ("cap", "上限"),
    "limit": ("limit", "限额"),
}
_MET = {
    True: ("condition met", "条件成立"),
    False: ("condition not met", "条件不成立"),
    None: ("condition open", "条件待定"),
}
_HELD = {True: ("met", "成立"), False: ("not met", "不成立"), None: ("open", "待定")}


@frozen
class Sentences:
    """Says single steps, without what they rest on; `phrases` fixes language and subject."""

    phrases: Phrases

    def say(self, en: str, zh: str) -> str:
        """The phrase of this language."""
        return self.phrases.say(en, zh)

    def titled(self, title: str, text: str) -> str:
        """A title and, after a colon, what is said of it."""
        return title + self.say(": ", "：") + text if text else title

    def joined(self, texts: list[str]) -> str:
        """Several sentences in one line."""
        return self.say("; ", "；").join(text for text in texts if text)

    def sentence(self, step: Step) -> str:
        """One step in words."""
        match step.role:
            case "outcome":
                return self._outcome(step)
            case "rule" | "parameter" | "input":
                return self._leaf(step)
            case "condition" | "all" | "any" | "any member" | "every member":
                return self.titled(self.say(*_MET[step.value]), self.condition(step)) + self.one(
                    step
                )
            case "case" | "otherwise":
                return self._case(step)
            case "picked":
                return self._picked(step)
            case "figure":
                return self._figure(step)
            case "each member" | "members":
                return self._members(step)
            case "counted" | "convert" | "not below zero" | "rounding":
                return self._changed(step)
            case "floor" | "cap" | "limit":
                return self._bound(step)
            case "missing" | "path" | "more":
                return self._open(step)
            case "reading" | "decided" | "flag":
                return self._note(step)
            case _:
                assert_never(step.role)

    def cites(self, places: tuple[Cited, ...]) -> str:
        """The places that a rule or value cites."""
        return self.say(", ", "、").join(cited(place, self.phrases.lang) for place in places)

    # --- outcomes, rules, parameters ------------------------------------------------------------

    def _outcome(self, step: Step) -> str:
        name = self.phrases.of(step.name)
        if step.members:
            who = subject_words(self.phrases.program, step.members[0])
            name += self.phrases.bracketed(self.phrases.of(who))
        assert step.status is not None
        status = self.phrases.of(wording.status(step.status))
        if step.value is None:
            return self.titled(name, status)
        value = self.value(step, step.terms[0])
        if step.status == "known" or value in (status, self.phrases.value(None)):
            return self.titled(name, status if step.status != "known" else value)
        return self.titled(name, value + self.phrases.bracketed(status))

    def value(self, step: Step, of: Term | None = None) -> str:
        """What comes out of a step."""
        word = of.word if of else None
        return self.phrases.value(step.value, step.unit, step.own, kind=step.kind, word=word)

    def _leaf(self, step: Step) -> str:
        """A name, its value, and from when and by what it holds."""
        if step.role == "rule":
            return self.rule(step, self._rule_value(step))
        name = self.phrases.named(step.terms[0]) if step.terms else self.phrases.of(step.name)
        state = step.terms[0].state if step.terms else ""
        value = self.value(step, step.terms[0] if step.terms else None)
        if step.status == "not stated":
            value = self.say("not stated", "未载明")
        elif step.status == "not in force":
            day = self.phrases.of(wording.day(date.fromordinal(step.value)))
            value = self.say(f"not yet in force on {day}", f"{day}尚未施行")
        elif state == "missing":
            value = self.say("not given", "未提供")
        elif state == "assumed":
            value += self.phrases.bracketed(self.say("assumed", "假定"))
        remarks = [self.say("supplied by the case", "由个案提供")] if state == "supplied" else []
        return self.titled(name, value) + self._remarks([*remarks, *self._version(step)])

    def _rule_value(self, step: Step) -> str:
        term = step.terms[0] if step.terms else None
        value = "" if step.value is None and term is None else self.value(step, term)
        if step.status in (None, "eligible"):
            return value
        status = self.phrases.of(wording.status(step.status))
        if step.status == "not eligible":
            return status + self.say(f", counted as {value}", f"，按{value}计")
        return status if step.value is None else value + self.phrases.bracketed(status)

    def rule(self, step: Step, text: str) -> str:
        """A rule that is read, with what it gives and the place it cites."""
        name = self.phrases.of(step.name)
        if step.members:
            name += self.phrases.bracketed(self.phrases.who(step.members))
        return self.titled(name, text) + self.version(step)

    def version(self, step: Step) -> str:
        """From when a value holds and which place it cites, in brackets."""
        return self._remarks(self._version(step))

    def _version(self, step: Step) -> list[str]:
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

    def named(self, figure: Step, source: Step) -> str:
        """A figure that is one rule or parameter, with where that comes from."""
        term, title = figure.terms[0], self.figure_title(figure)
        if term.state != "not stated":
            return self.titled(title, self.phrases.leaf(term)) + self.version(source)
        remarks = [self.value(figure), *self._version(source)]
        return self.titled(title, self.phrases.named(term)) + self._remarks(remarks)

    def _remarks(self, remarks: list[str]) -> str:
        text = self.say(", ", "，").join(remarks)
        return self.phrases.bracketed(text) if text else ""

    # --- conditions -----------------------------------------------------------------------------

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
                return self.say("the members are not given", "家庭成员情况未提供")
            case "any member" if step.value is False and not inner:
                return self.say("no member", "没有家庭成员符合")
            case _:
                return self.joined(inner)

    def one(self, step: Step) -> str:
        """The remark that the condition told is one of several of which each is enough."""
        if step.role != "any" or not step.value or step.number <= len(step.because):
            return ""
        return self.say(
            f", one of {step.number} that suffice", f"，{step.number}项情形符合其一即可"
        )

    def list_title(self, step: Step) -> str:
        """The line above a list of conditions too long for one line."""
        count = len(step.because)
        told = {
            True: (f"these {count} hold", f"以下{count}项成立"),
            False: (f"these {count} do not hold", f"以下{count}项不成立"),
            None: (f"these {count} are open", f"以下{count}项待定"),
        }[step.value]
        return self.titled(self.say(*_MET[step.value]), self.say(*told))

    def held(self, step: Step) -> str:
        """A condition of a list, with whether it holds."""
        return self.titled(self.say(*_HELD[step.value]), self.condition(step))

    def _picked(self, step: Step) -> str:
        """Whether members count, and why."""
        who = self.phrases.who(step.members)
        one = "s" if len(step.members) == 1 else ""
        counted = {
            True: self.say(f"{who} count{one}", f"计入{who}"),
            False: self.say(f"{who} do{'es' if one else ''} not count", f"不计入{who}"),
            None: self.say(f"{who} may count", f"可能计入{who}"),
        }[step.value]
        return self.titled(counted, self.condition(step.because[0]))

    def _case(self, step: Step) -> str:
        nothing = step.mode == "nothing"
        if step.role == "otherwise":
            pays = ("nothing is paid", "不予救助") if nothing else ("otherwise", "按其余情形计算")
            return (
                self.say("no case applies", "以上情形均不适用")
                + self.say(", ", "，")
                + self.say(*pays)
            )
        number = step.number
        title = {
            True: self.say(f"case {number} applies", f"适用情形{number}"),
            False: self.say(f"case {number} does not apply", f"不适用情形{number}"),
            None: self.say(f"case {number} is open", f"情形{number}待定"),
        }[step.value]
        if nothing:
            title += self.phrases.bracketed(self.say("nothing is paid", "不予救助"))
        return self.titled(title, self.joined([self.condition(below) for below in step.because]))

    # --- figures --------------------------------------------------------------------------------

    def _figure(self, step: Step) -> str:
        term = step.terms[0]
        title = self.figure_title(step)
        return self.titled(title, self.phrases.result(term))

    def figure_title(self, step: Step) -> str:
        """What a figure is called before it is told."""
        if step.terms[0].operator:
            return self.say("computed", "计算")
        match step.kind:
            case "number" if is_money(unit(step.unit)):
                return self.say("amount", "金额")
            case "number":
                return self.say("figure", "数值")
            case "date":
                return self.say("day", "日期")
            case _:
                return self.say("value", "取值")

    def _members(self, step: Step) -> str:
        if step.role == "members":
            who, value = self.phrases.who(step.members), self.value(step)
            each = self.say(" each", "") if len(step.members) > 1 else ""
            same = self.say("", "均为") if len(step.members) > 1 else ""
            return self.titled(who, same + value + each)
        title = self.say("for each member", "逐人计算")
        if step.needs:
            unknown = self.say("the members are not given, ", "家庭成员情况未提供，")
            return self.titled(title, unknown + self.value(step))
        total = self.say(f"{self.value(step)} in all", f"合计{self.value(step)}")
        if len(step.because) != 1:
            return self.titled(title, total)
        group = step.because[0]
        value, count = self.value(group), len(group.members)
        if count == 1:
            return self.titled(title, self.say(f"1 member, {value}", f"1人，{value}"))
        alike = self.say(f"{count} members alike, {value} each", f"{count}人相同，均为{value}")
        return self.titled(title, alike + self.say(", ", "，") + total)

    def _changed(self, step: Step) -> str:
        before = step.terms[0]
        change = self.phrases.leaf(before) + ARROW + self.value(step)
        match step.role:
            case "counted":
                title = self.say("counted", "口径")
                return self.titled(title, f"{self._counts(step)}{self.say(', ', '，')}{change}")
            case "convert":
                formula = self.phrases.leaf(before) + self.phrases.times(step.terms[1].value)
                return self.titled(self.say("converted", "折算"), f"{formula} = {self.value(step)}")
            case "rounding":
                size = self.phrases.step(step.terms[1].value, before.unit)
                how = self.phrases.of(ROUNDED[step.mode]).format(step=size)
                return self.titled(self.say("rounded", "尾数"), how + self.say(", ", "，") + change)
            case _:
                return self.titled(self.say("not below zero", "不足零的按零计"), change)

    def _counts(self, step: Step) -> str:
        """For how many persons and months a rate is counted."""
        texts: list[str] = []
        before = unit(step.terms[0].unit)
        for factor in step.terms[1:]:
            after = unit(factor.unit)
            counted, scale = per(after, before)
            texts.append(self.phrases.value(factor.value / scale, counted.text))
            before = after
        listed = self.say(", ", "").join(texts)
        return self.say(f"for {listed}", f"按{listed}计")

    def _bound(self, step: Step) -> str:
        before, bound = step.terms
        title = self.say(*_BOUND[step.role])
        text = self.phrases.result(bound) + self.say(", ", "，")
        if step.lost:
            return self.titled(title, text + self.say("does not bind", "未起作用"))
        change = self.phrases.leaf(before) + ARROW + self.value(step)
        surely = bound.value == step.value and not isinstance(bound.value, Range)
        if "missing" in basis_of(step.value) and not surely:
            return self.titled(
                title, text + self.say(f"may bind: {change}", f"可能起作用：{change}")
            )
        return self.titled(title, text + self.say(f"binds: {change}", f"起作用：{change}"))

    # --- what is open, and notes ----------------------------------------------------------------

    def _open(self, step: Step) -> str:
        phrases = self.phrases
        if step.role == "missing":
            return self.titled(self.say("needs", "尚需"), phrases.listed(self._needs(step)))
        if step.role == "more":
            count = step.number
            plural = "" if count == 1 else "s"
            return self.say(
                f"{count} more combination{plural} not shown", f"另有{count}种情况未列出"
            )
        result, *assumed = step.terms
        told = self.say(", ", "，").join(phrases.assumptions(assumed))
        title = (
            self.say(f"if {told}", f"如果{told}") if told else self.say("in one case", "一种情况")
        )
        due = step.status in ("eligible", "known")
        assert step.status is not None
        text = self.value(step, result) if due else phrases.of(wording.status(step.status))
        count = step.number
        more = (f"the same for {count} more", f"另有{count}种情况结果相同")
        return self.titled(title, text) + (phrases.bracketed(self.say(*more)) if count else "")

    def _needs(self, step: Step) -> list[str]:
        """What is missing, members who lack the same together."""
        phrases = self.phrases
        whose: dict[str, list[int]] = {}
        for subject, name in step.needs:
            if isinstance(subject, int) and subject != phrases.member:
                whose.setdefault(name, []).append(subject)
        texts: dict[str, None] = {}
        for subject, name in step.needs:
            own = subject if isinstance(subject, int) else None
            text = phrases.of(need_words(phrases.program, (subject, name), own))
            others = whose.get(name) if own is not None and own != phrases.member else None
            texts[phrases.belonging(text, tuple(others)) if others else text] = None
        return list(texts)

    def _note(self, step: Step) -> str:
        name = self.phrases.of(step.name)
        match step.role:
            case "reading":
                return self.titled(self.say("reading", "解读"), name)
            case "flag":
                text = wording.flag(step.mode, self.phrases.lang)
                return self.titled(self.say("note", "说明"), text)
            case _:
                return self.titled(self.say("decided by", "裁量"), self._decided(step, name))

    def _decided(self, step: Step, name: str) -> str:
        factors = [self.phrases.of(factor) for factor in step.factors]
        if not factors:
            return self.say(name, f"由{name}确定")
        listed = self.phrases.among(factors, self.say("" if step.open_list else " and ", "、"))
        others = self.say(" and others", "等因素") if step.open_list else ""
        return self.say(f"{name}, by {listed}{others}", f"由{name}根据{listed}{others}确定")


def unit_of(step: Step) -> str:
    """The unit of a step as its words show it, in canonical spelling."""
    return own_unit(step.unit, step.own)
