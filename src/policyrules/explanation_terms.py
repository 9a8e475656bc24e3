"""Figures and conditions of an explanation as phrases, in either language."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from policyrules import wording
from policyrules.backends.steps import Term
from policyrules.explanation_distances import distance, in_unit
from policyrules.explanation_operators import (
    ADDED,
    ADJOINED,
    ALONE,
    BINDING,
    COMPARED,
    DATED,
    EQUAL,
    INFIX,
    OF_MEMBERS,
    OF_RECORDS,
    OTHERS,
    PERIODS,
    ROUNDED,
    SCALED,
    SPANS,
)
from policyrules.explanation_values import Values, own_unit
from policyrules.ir.ranges import Range
from policyrules.source import Text
from policyrules.types import workdays
from policyrules.types.units import PERCENT, unit


@frozen
class Phrases(Values):
    """Says figures and conditions in one language."""

    def result(self, term: Term) -> str:
        """A figure with what comes out of it: `a ÷ b = c`."""
        if not term.operator:
            return self.leaf(term)
        if self.is_never(term):
            return self.formula(term)  # What has not happened is told where it is named.
        value = self.value(term.value, term.unit, term.own, kind=term.kind, word=term.word)
        if term.operator in ALONE:
            return self.formula(term) + self.say(", that is ", "，即") + value
        closed = not isinstance(term.value, Range) or None not in (term.value.low, term.value.high)
        return self.formula(term) + (EQUAL if closed else self.say(", ", "，")) + value

    def formula(self, term: Term) -> str:
        """A figure as it is computed, without its value."""
        if not term.operator:
            return self.leaf(term)
        infix = INFIX.get(term.operator)
        if infix is not None:
            return self._infix(term, infix)
        match term.operator:
            case "convert" | "counted":
                return self._factor(term)
            case "higher" | "lower" | "highest" | "lowest" | "earliest" | "latest":
                return self._extreme(term)
            case "sum":
                return self._sum(term)
            case "at most" | "at least" | "not paid below" | "paid as":
                inner, bound = term.operands
                words = self.of(ADJOINED[term.operator]).format(end=self.formula(bound))
                return self.inside(inner) + self.bracketed(words)
            case "at least only" | "at most only":
                return self.of(ALONE[term.operator]) + self.formula(term.operands[0])
            case "part below":
                of, end = (self.inside(each) for each in term.operands)
                return self.say(f"the part of {of} up to {end}", f"{of}中不超过{end}的部分")
            case "changed" | "changed points":
                return self._changed(term)
            case "range":
                return self.say(" to ", "至").join(self.inside(each) for each in term.operands)
            case "floor_divide":
                return self._completed(term)
            case "completed_years" | "completed_months" | "completed_days":
                return self._elapsed(term)
            case "birthday":
                reached = term.operands[1]
                if isinstance(reached.value, Range):
                    age = self.inside(reached)
                else:
                    age = self.of(wording.quantity(reached.value, "year_of_age"))
                return self.say(f"the day of reaching {age}", f"年满{age}之日")
            case "period_end" | "previous_end" | "day_of_month":
                return self._calendar(term)
            case mode if mode in ROUNDED:
                inner, size = term.operands
                words = self.rounding(mode, size.value, term.unit)
                return self.inside(inner) + self.say(f" rounded {words}", words)
            case _:
                listed = self.among([self.inside(each) for each in term.operands])
                return self.say(f"from {listed}", f"由{listed}得出")

    def rounding(self, mode: str, size: Fraction, in_unit: str) -> str:
        """How a figure is rounded, and to what."""
        step, lower = self.step(size, in_unit), self.step(size / 10, in_unit)
        return self.of(ROUNDED[mode]).format(step=step, lower=lower)

    def _changed(self, term: Term) -> str:
        """An amount increased by a percentage, or a rate by percentage points."""
        of, by = term.operands
        change = by.value if term.operator == "changed points" else by.value - 1
        size = wording.number(abs(change) * 100).of(self.lang)
        points = term.operator == "changed points"
        how = self.say(
            "increased by " if change >= 0 else "reduced by ", "提高" if change >= 0 else "降低"
        )
        unit_ = self.say(" percentage points", "个百分点") if points else "%"
        return self.inside(of) + self.say(" ", "") + how + size + unit_

    def inside(self, term: Term) -> str:
        """A figure inside another one: in brackets unless it is a single name or number."""
        text = self.formula(term)
        return text if not term.operator else self.say(f"({text})", f"（{text}）")

    def _infix(self, term: Term, infix: str) -> str:
        first, *others = term.operands
        alike = BINDING[infix] == 1 and self._alike(term)
        texts = [self._operand(first, infix, first=True, with_unit=not alike)]
        texts += [self._operand(each, infix, first=False, with_unit=not alike) for each in others]
        if term.operator in ADDED:
            return self._later(term, texts[0])
        floor = self.say(", not below zero", "，不足零的按零计")
        return infix.join(texts) + (floor if _below_zero(term) else "")

    def _later(self, term: Term, day: str) -> str:
        """A day so many days, working days or months after another one."""
        count = term.operands[1].value
        step = self.of(ADDED[term.operator])
        if term.operator == "add_months" and count % 12 == 0:
            count, step = count / 12, self.say("year", "年")
        number = wording.number(count).of(self.lang)
        text = self.say(f"{day} + {number} {step}{'s' * (count != 1)}", f"{day} + {number}{step}")
        start = term.operands[0].value
        announced = isinstance(start, Range) or not isinstance(term.value, Range)
        if term.operator != "add_working_days" or announced:
            return text
        first, last = workdays.covered()
        return text + self.bracketed(
            self.say(
                f"working days are known for {first} to {last} only",
                f"只有{first}年至{last}年的工作日历",
            )
        )

    def _operand(self, term: Term, infix: str, *, first: bool, with_unit: bool) -> str:
        if not term.operator:
            return self.leaf(term, with_unit=with_unit)
        if term.operator == "sum" and (infix == " + " or self._of_one_name(term)):
            return self.formula(term)
        if term.operator == "floor_divide":
            return self.formula(term)
        inner = BINDING.get(INFIX.get(term.operator, " × " if term.operator in SCALED else ""), 0)
        tight = inner > BINDING[infix] or (first and inner == BINDING[infix])
        return self.formula(term) if tight else self.inside(term)

    def _alike(self, term: Term) -> bool:
        """Whether the unit need be said once only, with the result."""
        shown = {own_unit(each.unit, each.own) for each in (*term.operands, term)}
        return len(shown) == 1

    def _factor(self, term: Term) -> str:
        inner, factor = term.operands
        return self._operand(inner, " × ", first=True, with_unit=True) + self.times(factor.value)

    def times(self, factor: Fraction) -> str:
        """A multiplication by a bare factor, as a division where that is simpler."""
        if factor.numerator == 1 and factor.denominator > 1:
            return f" ÷ {wording.number(Fraction(factor.denominator)).of(self.lang)}"
        return f" × {wording.number(factor).of(self.lang)}"

    def _extreme(self, term: Term) -> str:
        if term.state == "missing":
            return self.say("a figure of the members (not given)", "家庭成员的数值（未提供）")
        if not term.operands:
            return self.say("nobody counts", "没有可计的家庭成员")
        texts = self.among([self.inside(each) for each in term.operands], self.say(" and ", "与"))
        most = {"higher": Text("higher", "较高者"), "lower": Text("lower", "较低者")}
        most |= {"highest": Text("highest", "最高者"), "lowest": Text("lowest", "最低者")}
        most |= {"earliest": Text("earlier", "较早者"), "latest": Text("later", "较晚者")}
        which = self.of(most[term.operator])
        return self.say(f"the {which} of {texts}", f"{texts}中{which}")

    def _sum(self, term: Term) -> str:
        if term.state == "missing":
            if term.name:
                name = self.of(term.name)
                return self.say(f"the sum over the {name} (not given)", f"{name}的合计（未提供）")
            return self.say("the sum over the members (not given)", "家庭成员的合计（未提供）")
        if not term.operands:
            if term.name:
                return self.say(
                    f"none of the {self.of(term.name)}", f"没有可计的{self.of(term.name)}"
                )
            return self.say("nobody counts", "没有可计的家庭成员")
        name = self.of(term.operands[0].name)
        if not self._of_one_name(term):
            return " + ".join(self.inside(evolve(each, whose=None)) for each in term.operands)
        values = " + ".join(self._leaf_value(each, with_unit=False) for each in term.operands)
        if term.name:
            of = self.of(term.name)
            return self.say(f"{name} of the {of}", f"各条{of}的{name}") + self.bracketed(values)
        return self.say(f"{name} of the members", f"各成员{name}") + self.bracketed(values)

    def _of_one_name(self, term: Term) -> bool:
        """Whether a sum is that of one named figure of all."""
        names = {"" if each.operator else self.of(each.name) for each in term.operands}
        return len(names) == 1 and "" not in names

    def _elapsed(self, term: Term) -> str:
        start, end = (self.formula(each) for each in term.operands)
        whole = self.of(SPANS[term.operator])
        return self.say(
            f"completed {whole} from {start} to {end}", f"自{start}至{end}的整{whole}数"
        )

    def _completed(self, term: Term) -> str:
        """How many whole steps are in a figure."""
        of, step = self.result(term.operands[0]), self.formula(term.operands[1])
        told = self.say(f"times that {of} completes {step}", f"{of}，每满{step}计1次")
        if not isinstance(term.value, Fraction):
            return self.say(f"the {told}", f"次数（{told}）")
        return wording.number(term.value).of(self.lang) + self.bracketed(told)

    def _calendar(self, term: Term) -> str:
        first, second = term.operands
        day = self.formula(first)
        if term.operator == "day_of_month":
            number = second.value
            return self.say(f"day {number} of the month of {day}", f"{day}当月{number}日")
        length = self.of(PERIODS[int(second.value)])
        if term.operator == "previous_end":
            return self.say(
                f"the last day before the {length} of {day}", f"{day}前一{length}最后一日"
            )
        return self.say(f"the last day of the {length} of {day}", f"{day}当{length}最后一日")

    # --- conditions -----------------------------------------------------------------------------

    def statement(self, term: Term) -> str:
        """How a condition stands: `income per head 400 … is less than the standard 700 …`."""
        if not term.operator:
            return self.leaf(term)
        if term.operator == "others":
            return self.of(OTHERS[term.value])
        first, *others = term.operands
        match term.operator:
            case "not":
                return self._denied(first)
            case "is":
                return self._membership(term, first, others)
            case "in":
                return self.leaf(first) + self.say(" ", "") + self._within(term)
            case "same period":
                return self._same_period(term)
            case relation:
                words = self.of((DATED if first.kind == "date" else COMPARED)[relation])
                gap = " " if self.lang == "en" or first.operator or others[0].operator else ""
                text = gap.join([self.result(first), words, self.result(others[0])])
                return text + self._state(term) + self.apart(term)

    def apart(self, term: Term) -> str:
        """How far a figure is from what it is compared with; nothing where it is not at all."""
        found = distance(term)
        if not found:
            return ""
        if isinstance(found, int):
            size = self.of(wording.quantity(Fraction(abs(found)), "day"))
            beyond = self.say("after" if found > 0 else "before", "")
        else:
            size = self.of(self._size(abs(found), in_unit(term)))
            beyond = self.say("above" if found > 0 else "below", "")
        return self.bracketed(self.say(f"{size} {beyond}", f"相差{size}"))

    def _size(self, apart: Fraction, of: str) -> Text:
        """A difference without per whom and per when, which its sides have told."""
        if of == PERCENT:
            points = wording.number(apart * 100)
            plural = "" if apart * 100 == 1 else "s"
            return Text(f"{points.of('en')} percentage point{plural}", f"{points.of('zh')}个百分点")
        if of == "year_of_age" and self.lang == "en":
            of = ""  # `age 71`, not `age 71 years of age`
        return wording.quantity(apart, unit(of).text.partition("/")[0])

    def _same_period(self, term: Term) -> str:
        """That a day is in the calendar period of another one, or that it is not."""
        of, day = self.result(term.operands[0]), self.result(term.operands[1])
        if term.operands[1].operator and not self.is_never(term.operands[1]):
            value = self.value(term.operands[1].value, kind="date")
            day = self.formula(term.operands[1]) + self.bracketed(value)
        length = self.of(PERIODS[int(term.operands[2].value)])
        inside = self.say(*(("is not in", "不在") if term.value is False else ("is in", "在")))
        return self.say(f"{of} {inside} the {length} of {day}", f"{of}{inside}{day}当{length}")

    def _within(self, term: Term) -> str:
        """That a day lies within a period, or that it does not."""
        days = self.say(" to ", "至").join(self.value(each.value) for each in term.operands[1:])
        inside = ("is not within ", "不在") if term.value is False else ("is within ", "在")
        return self.say(*inside) + days + self.say("", "期间")

    def _denied(self, term: Term) -> str:
        """An open condition that must not hold."""
        match term.operator:
            case "":
                return self.say("not ", "非") + self.leaf(term)
            case "is":
                name, asked = self.named(term.operands[0]), self._asked([*term.operands[1:]])
                return self.say(f"{name} is not {asked}", f"{name}不为{asked}")
            case _:
                return self.statement(evolve(term, value=False))

    def _asked(self, values: list[Term]) -> str:
        return self.among([self.of(each.word) for each in values], self.say(" or ", "或者"))

    def _membership(self, term: Term, of: Term, values: list[Term]) -> str:
        asked = self._asked(values)
        if term.value is None or of.state == "missing":
            return self.say(f"{self.named(of)} is {asked}", f"{self.named(of)}为{asked}")
        if term.value:
            return self.leaf(of)
        return self.leaf(of) + self.say(f", not {asked}", f"，不是{asked}")

    def assumptions(self, terms: list[Term]) -> list[str]:
        """What a path assumes, members of whom it assumes the same together."""
        texts: dict[str, None] = {}
        for term in (each for each in terms if not any(_follows(each, by) for by in terms)):
            if term.whose is None:
                texts[self.assumption(term)] = None
                continue
            alike = [each.whose for each in terms if evolve(each, whose=term.whose) == term]
            name = self.belonging(self.of(term.name), tuple(w for w in alike if w is not None))
            value = self.value(term.value, word=term.word)
            texts[self.assumed(name, value)] = None
        return list(texts)

    def assumed(self, name: str, value: str) -> str:
        """That an answer is taken to be so."""
        return self.say(f"{name} is {value}", f"{name}为{value}")

    def assumption(self, term: Term) -> str:
        """What a path assumes about a missing fact or an open comparison."""
        if term.operator in OF_MEMBERS and term.name is not None:
            told = OF_RECORDS[term.operator][bool(term.value)]
            return self.of(told).format(self.of(term.name))
        if term.operator in OF_MEMBERS:
            return self.of(OF_MEMBERS[term.operator][bool(term.value)])
        if term.operator == "others":
            return self.of(OTHERS[term.value])
        if term.operator == "in":
            return self.named(term.operands[0]) + self.say(" ", "") + self._within(term)
        if term.operator == "same period":
            return self._same_period(term)
        if term.operator:
            first, second = term.operands
            relation = (DATED if first.kind == "date" else COMPARED)[term.operator]
            gap = self.say(" ", "")
            return gap.join([self._side(first), self.of(relation), self._side(second)])
        return self.assumed(self.named(term), self.value(term.value, word=term.word))

    def _side(self, term: Term) -> str:
        """One side of an open comparison, without the value that is not known."""
        if term.name is not None and isinstance(term.value, Range):
            return self.named(term)
        return self.formula(term)


def _below_zero(term: Term) -> bool:
    """Whether a difference would be negative, were it not for the floor 0."""
    if term.operator != "remaining":
        return False
    figures = [each.value for each in term.operands if isinstance(each.value, Fraction)]
    return len(figures) == len(term.operands) and figures[0] < sum(figures[1:])


def _follows(term: Term, other: Term) -> bool:
    """Whether a comparison with a figure follows from another one of the same thing."""
    if term is other or not (_with_figure(term) and _with_figure(other)):
        return False
    (of, figure), (same, nearer) = term.operands, other.operands
    if of != same or term.operator[0] != other.operator[0] or term == other:
        return False
    if figure.value == nearer.value:
        return term.operator.endswith("=")
    return bool((nearer.value > figure.value) is (term.operator[0] == ">"))


def _with_figure(term: Term) -> bool:
    known = term.operator in ("<", "<=", ">", ">=") and term.operands[1].role == "number"
    return known and isinstance(term.operands[1].value, Fraction)
