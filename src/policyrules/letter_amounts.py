"""How an amount was worked out, as the points of a letter in the order of the computation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from policyrules.backends.steps import Step, Term
from policyrules.explanation_amounts import Amounts as Told
from policyrules.explanation_tree import Line
from policyrules.letter_plain import Plain
from policyrules.letter_reasons import CASES, CONDITIONS, Reasons
from policyrules.types.units import per, unit

AMOUNTS = (
    *("figure", "each member", "members", "counted", "convert", "not below zero", "rounding"),
    *("floor", "cap", "limit", "limit with others", "not paid below", "paid as"),
    *("top-up", "added", "picked"),
)
_BOUNDS = {
    "floor": ("The least amount:", "最低不少于"),
    "cap": ("The most:", "最高不超过"),
    "limit": ("What the limit leaves:", "限额内尚可给予："),
    "limit with others": (
        "What the limit together with other payments leaves:",
        "合计限额内尚可给予：",
    ),
    "not paid below": ("Amounts are not paid below:", "不予发放的标准为低于"),
    "paid as": ("The smallest payment:", "最低发放额为"),
}


@frozen
class Amounts:
    """Makes points of the steps of an amount; `plain` fixes language and subject."""

    plain: Plain

    def say(self, en: str, zh: str) -> str:
        """The phrase of this language."""
        return self.plain.say(en, zh)

    def points(self, steps: Iterable[Step]) -> Iterator[Line]:
        """A point for each step, with the standards and rules that it rests on."""
        reasons = Reasons(self.plain)
        for step in steps:
            if step.role in CASES:
                yield from reasons.case(step)
            elif step.role in CONDITIONS:
                yield from reasons.conditions(step)
            elif step.role == "picked":
                yield reasons.picked(step)
            elif step.role in ("rule", "parameter"):
                yield from reasons.support((step,))
            elif step.role in AMOUNTS:
                yield self._point(step, reasons)

    def _point(self, step: Step, reasons: Reasons) -> Line:
        match step.role:
            case "each member" | "members":
                return Line(self._members(step), _once(self.points(step.because)))
            case "top-up":
                return Line(self._top_up(step), _once(self.points(step.because)))
            case "added":
                points = (item for each in step.because for item in reasons.conditions(each))
                return Line(self._added(step), _once(points))
            case "figure":
                return self._figure(step, reasons)
            case "counted" | "convert" | "not below zero" | "rounding":
                return Line(self._changed(step), _once(reasons.support(step.because)))
            case _:
                return Line(self._bound(step), _once(reasons.support(step.because)))

    def value(self, step: Step) -> str:
        """What comes out of a step."""
        return self.plain.value(step.value, step.unit, step.own, kind=step.kind)

    def _figure(self, step: Step, reasons: Reasons) -> Line:
        """A figure: a standard with where it comes from, a sum as it was worked out."""
        plain, term = self.plain, step.terms[0]
        told = [each for each in step.because if each.role != "input" and not each.again]
        if term.role == "parameter" and len(told) == 1 and told[0].role == "parameter":
            return Line(reasons.standard(told[0]))
        below = _once(reasons.support(step.because))
        if term.operator:
            return Line(self.say("Worked out: ", "计算：") + plain.result(term), below)
        if term.name is None:
            return Line(self.say("The rule sets: ", "规定为：") + plain.leaf(term), below)
        if len(below) == 1 and below[0].text.startswith(plain.sentence(plain.named(term))):
            return below[0]
        return Line(plain.sentence(plain.of_value(term)), below)

    def _members(self, step: Step) -> str:
        plain = self.plain
        if step.role == "members":
            each = self.say(" each", "") if len(step.members) > 1 else ""
            same = self.say("", "均为") if len(step.members) > 1 else ""
            who = plain.sentence(plain.who(step.members))
            return who + self.say(": ", "：") + same + self.value(step) + each
        name = plain.of(step.name)
        title = self.say("For each member", "逐人计算")
        if name:
            title = self.say(f"For each of the {name}", f"{name}逐条计算")
        if step.needs:
            unknown = self.say("members not given yet", "家庭成员情况尚未提供")
            if name:
                unknown = self.say(f"{name} not given yet", f"{name}尚未提供")
            return title + plain.bracketed(unknown) + self.say(": ", "：") + self.value(step)
        total = self.value(step)
        return title + self.say(f", {total} in all:", f"，合计{total}：")

    def _changed(self, step: Step) -> str:
        plain, before = self.plain, step.terms[0]
        was, is_ = plain.leaf(before), self.value(step)
        match step.role:
            case "counted":
                return self.say(
                    f"Counted for {self._counts(step)}: {is_}", f"按{self._counts(step)}计：{is_}"
                )
            case "convert":
                formula = was + plain.times(step.terms[1].value)
                return self.say(f"Converted: {formula} = {is_}", f"折算：{formula} = {is_}")
            case "rounding":
                how = plain.rounding(step.mode, step.terms[1].value, before.unit)
                if step.value == before.value:
                    return self.say(f"Rounded {how}: {is_}, as before", f"按规定{how}：仍为{is_}")
                return self.say(
                    f"Rounded {how}: {was} becomes {is_}", f"按规定{how}：{was}计为{is_}"
                )
            case _:
                return self.say(
                    f"A result below zero counts as {is_}", f"计算结果小于零，按{is_}计"
                )

    def _counts(self, step: Step) -> str:
        """For how many persons and months a rate is counted."""
        texts: list[str] = []
        before = unit(step.terms[0].unit)
        for factor in step.terms[1:]:
            after = unit(factor.unit)
            counted, scale = per(after, before)
            texts.append(self.plain.value(factor.value / scale, counted.text))
            before = after
        return self.say(" and ", "").join(texts)

    def _bound(self, step: Step) -> str:
        before, bound = step.terms
        title = self.say(*_BOUNDS[step.role]) + self.say(" ", "") + self.plain.result(bound)
        value, was = self.value(step), self.plain.leaf(before)
        match Told(self.plain).effect(step):
            case "does not bind":
                return title + self.say("; this changes nothing here", "，对本次计算没有影响")
            case "may bind" if step.lost:
                return title + self.say(
                    "; whether this counts is not yet known", "，是否适用尚不清楚"
                )
            case "may bind":
                return title + self.say(f"; this may count: {value}", f"，可能适用：{value}")
            case _:
                return title + self.say(
                    f"; the result was {was}, so {value} counts",
                    f"，计算结果为{was}，按{value}计",
                )

    def _top_up(self, step: Step) -> str:
        before, extra = (self.plain.leaf(term) for term in step.terms)
        value = self.value(step)
        return self.say(
            f"With the supplement: {before} + {extra} = {value}",
            f"加上增发部分：{before} + {extra} = {value}",
        )

    def _added(self, step: Step) -> str:
        """What one supplement does under its condition."""
        figure = self.plain.result(step.terms[0])
        if step.lost:
            return self.say("A supplement does not apply", "不符合增发条件")
        return {
            "": self.say(f"A supplement applies: {figure}", f"符合增发条件：{figure}"),
            "lower": self.say(
                f"A supplement would apply but is not the highest: {figure}",
                f"符合增发条件，但不是最高一项：{figure}",
            ),
            "open": self.say(
                f"Whether a supplement applies is not yet known: {figure}",
                f"是否符合增发条件尚不清楚：{figure}",
            ),
        }[step.mode]


def term_inputs(term: Term) -> Iterator[Term]:
    """The answers of the case that stand in a figure."""
    if term.role == "members" or (term.role == "input" and term.name is not None):
        yield term
    for below in term.operands:
        yield from term_inputs(below)


def _once(items: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(dict.fromkeys(items))
