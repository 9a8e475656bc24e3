"""The steps of an amount as sentences, in either language."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from policyrules.backends.steps import Step, Term
from policyrules.explanation_terms import Phrases
from policyrules.ir.ranges import Extent, Range, basis_of, ends
from policyrules.types.units import is_money, per, unit

ARROW = " → "
_BOUND = {
    "floor": ("floor", "下限"),
    "cap": ("cap", "上限"),
    "limit": ("limit", "限额"),
    "limit with others": ("limit together with others", "合计限额"),
    "not paid below": ("not paid below", "不予发放标准"),
    "paid as": ("smallest payment", "最低发放额"),
}
Effect = Literal["binds", "does not bind", "may bind"]
_CAPS = ("cap", "limit", "limit with others")


@frozen
class Amounts:
    """Says the steps of an amount; `phrases` fixes language and subject."""

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

    def value(self, step: Step, of: Term | None = None) -> str:
        """What comes out of a step."""
        word = of.word if of else None
        return self.phrases.value(step.value, step.unit, step.own, kind=step.kind, word=word)

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
        name = self.phrases.of(step.name)
        title = self.say("for each member", "逐人计算")
        if name:
            title = self.say(f"for each of the {name}", f"{name}逐条计算")
        if step.needs:
            unknown = self.say("the members are not given, ", "家庭成员情况未提供，")
            if name:
                unknown = self.say(f"the {name} are not given, ", f"{name}未提供，")
            return self.titled(title, unknown + self.value(step))
        total = self.say(f"{self.value(step)} in all", f"合计{self.value(step)}")
        if len(step.because) != 1:
            return self.titled(title, total)
        group = step.because[0]
        value, count = self.value(group), len(group.members)
        if count == 1:
            return self.titled(title, self.say(f"1 member, {value}", f"1人，{value}"))
        if value == self.value(step):
            same = self.say(f"{count} members alike, {value}", f"{count}人相同，{value}")
            return self.titled(title, same)
        alike = self.say(f"{count} members alike, {value} each", f"{count}人相同，均为{value}")
        return self.titled(title, alike + self.say(", ", "，") + total)

    def _changed(self, step: Step) -> str:
        before = step.terms[0]
        change = self.phrases.leaf(before) + ARROW + self.value(step)
        if isinstance(step.value, Range) and None in (step.value.low, step.value.high):
            change = self.value(step)  # What is open stays open, whatever is done to it.
        match step.role:
            case "counted":
                title = self.say("counted", "口径")
                return self.titled(title, f"{self._counts(step)}{self.say(', ', '，')}{change}")
            case "convert":
                formula = self.phrases.leaf(before) + self.phrases.times(step.terms[1].value)
                return self.titled(self.say("converted", "折算"), f"{formula} = {self.value(step)}")
            case "rounding":
                how = self.phrases.rounding(step.mode, step.terms[1].value, before.unit)
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
        change = self.phrases.leaf(before) + ARROW + self.value(step)
        match self.effect(step):
            case "does not bind":
                told = self.say("does not bind", "未起作用")
            case "may bind" if step.lost:
                told = self.say("may bind", "是否起作用待定")
            case "may bind":
                told = self.say(f"may bind: {change}", f"可能起作用：{change}")
            case _:
                told = self.say(f"binds: {change}", f"起作用：{change}")
        title = self.say(*_BOUND[step.role])
        return self.titled(title, self.phrases.result(bound) + self.say(", ", "，") + told)

    def effect(self, step: Step) -> Effect | None:
        """Whether a cap, floor or limit decided the amount; None for any other step."""
        if step.role not in _BOUND:
            return None
        bound = step.terms[1]
        if step.lost:
            may = _may_bind(step.role, step.value, bound.value)
            return "may bind" if may else "does not bind"
        surely = bound.value == step.value and not isinstance(bound.value, Range)
        return "may bind" if "missing" in basis_of(step.value) and not surely else "binds"


def _may_bind(role: str, value: object, bound: Extent) -> bool:
    """Whether a bound that left a range as it was may yet change a figure within it."""
    if not isinstance(value, Range):
        return False
    low, high = ends(value)
    least, most = ends(bound)
    if role in _CAPS:
        return least is None or high is None or least < high
    return most is None or low is None or most > low
