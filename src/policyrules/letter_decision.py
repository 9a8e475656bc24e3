"""What was decided, in the first sentences of a letter."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from policyrules.backends.steps import Step
from policyrules.ir.nodes import Definition
from policyrules.letter_plain import Plain
from policyrules.results_outcome import Outcome


@frozen
class Decision:
    """The sentences of a decision, in one language; `root` tells what it rests on."""

    plain: Plain
    root: Step
    outcome: Outcome
    rule: Definition
    on: int

    def say(self, en: str, zh: str) -> str:
        """The phrase of this language."""
        return self.plain.say(en, zh)

    @property
    def name(self) -> str:
        """What the benefit is called, in English with its article."""
        return self.plain.benefit(self.root.name)

    @property
    def title(self) -> str:
        """The heading of the letter."""
        amount = self.outcome.amount
        fixed = amount is not None and amount.basis in ("exact", "discretion")
        if self.outcome.status == "not eligible" or (self.outcome.status == "eligible" and fixed):
            return self.say(f"Decision on {self.name}", f"关于{self.name}审核结果的告知书")
        return self.say(f"Notice on {self.name}", f"关于{self.name}审核情况的告知书")

    def sentences(self) -> Iterator[str]:
        """What was decided, the amount, who decides what is left, and by which clauses."""
        yield from self._decided()
        if self.root.cites:
            places = self.plain.cites(self.root.cites)
            yield self.say(
                f"The rules for this are in {places} (see “Legal basis” below).",
                f"有关规定见“{places}”（文件全称见“依据”部分）。",
            )

    def _decided(self) -> Iterator[str]:
        match self.outcome.status:
            case "eligible":
                yield self._met()
                yield from self._discretion()
            case "not eligible":
                yield self._refused()
            case "undetermined":
                yield from self._undecided()
            case "not stated":
                yield from self._silent()
            case "conflict":
                yield self.say(
                    f"No decision on {self.name} can be made yet: provisions that contradict "
                    "each other apply at the same time, and the documents do not say which of "
                    "them goes first.",
                    f"经审核，目前还不能就{self.name}作出决定：同时适用的规定相互冲突，"
                    "文件未载明以哪一项为准。",
                )
            case "not in force":
                day = self.plain.day(self.on)
                yield self.say(
                    f"{self.name[:1].upper()}{self.name[1:]} cannot be decided by the rules of "
                    f"{day}: what it rests on was not in force on that day.",
                    f"经审核，{self.name}所依据的规定在{day}没有施行，不能据此作出决定。",
                )
            case _:
                yield self._by_person()
                for step in self._benches():
                    yield from self._further(step)

    # --- who and whether ------------------------------------------------------------------------

    def _who(self) -> str:
        """Whom the letter speaks of, with *meets* in English."""
        if self.root.members:
            return self.say("You", "您")
        if self.plain.program.about == "case":
            return self.say("This case", "本件")
        return self.say("Your household", "您家")

    def _does(self, verb: str, others: str) -> str:
        return verb if self.root.members else others

    def _met(self) -> str:
        """That the conditions are met, and the amount as far as it is known."""
        meets = self._does("meet", "meets")
        who = self._who()
        return self.say(
            f"{who} {meets} the conditions for {self.name}. {self._amount()}.",
            f"经审核，{who}符合{self.name}的条件，{self._amount()}。",
        )

    def _amount(self) -> str:
        amount = self.outcome.amount
        assert amount is not None
        paid = self._occasion()
        value = self._value()
        if amount.basis == "exact":
            return self.say(f"The amount is {value}{paid}", f"金额为{value}{paid}")
        if amount.basis == "discretion" and amount.exact is not None:
            return self.say(f"The amount is {value}{paid}", f"金额为{value}{paid}")
        if amount.low in (None, 0) and amount.high is None:
            bound = self.say("it is not yet known how high it is", "上限尚不清楚")
        else:
            bound = self.say(f"it {self._lies(value)}{paid}", f"{self._within(value)}{paid}")
        if amount.basis == "discretion":
            return self.say(
                f"The rules do not fix a single amount; {bound}",
                bound,
            )
        return self.say(
            f"The amount cannot be fixed yet because information is missing; {bound}",
            f"因尚缺部分信息，具体金额暂不能确定，{bound}",
        )

    def _value(self) -> str:
        return self.plain.value(self.root.value, self.root.unit, self.root.own)

    def _lies(self, value: str) -> str:
        amount = self.outcome.amount
        assert amount is not None
        if amount.low is None or amount.high is None:
            return f"is {value}"
        return f"lies in the range of {value}" if amount.low != amount.high else f"is {value}"

    def _within(self, value: str) -> str:
        amount = self.outcome.amount
        assert amount is not None
        if amount.low is None or amount.high is None:
            return f"金额{value}"
        return f"金额在{value}的范围之内" if amount.low != amount.high else f"金额为{value}"

    def _occasion(self) -> str:
        match self.rule.occasion:
            case "one-off":
                return self.say(", as a one-off amount", "（一次性）")
            case "each settlement":
                return self.say(" for this settlement", "（本次结算）")
            case _:
                return ""

    def _discretion(self) -> Iterator[str]:
        """Who fixes the amount within the range, by what, in which steps, and above what who else.

        Of several lines that say so, which one holds is missing.
        """
        amount = self.outcome.amount
        if amount is None or amount.basis not in ("discretion", "both") or amount.exact is not None:
            return
        benches = self._benches()
        if not any(step.name for step in benches):
            yield self.say(
                "The amount within this range has still to be fixed.",
                "具体数额在上述范围内另行确定。",
            )
        if len(benches) > 1:
            yield self.say(
                "Who fixes it depends on what is missing.", "由谁确定，取决于尚缺的信息。"
            )
        yield from (
            self.say(" ", "").join(told) for step in benches if (told := [*self._fixed_by(step)])
        )

    def _fixed_by(self, step: Step) -> Iterator[str]:
        decider = self._decider(step)
        if decider:
            yield self.say(f"The amount is fixed by {decider}.", f"具体数额由{decider}确定。")
        yield from self._further(step)

    def _further(self, step: Step) -> Iterator[str]:
        """In which steps an amount is fixed, and above which amounts by somebody else."""
        plain = self.plain
        if step.value is not None:
            size = plain.value(step.value, step.unit, step.own)
            yield self.say(f"It is fixed in steps of {size}.", f"以{size}为一档。")
        for level in step.terms:
            begins = plain.value(level.value, step.unit, step.own)
            name = plain.of(level.name)
            above = self.say(f"Above {begins}", f"超过{begins}")
            if level.operator == ">=":
                above = self.say(f"From {begins} on", f"达到或者超过{begins}")
            yield self.say(f"{above} it is approved by {name}.", f"{above}的，由{name}审批。")

    def _benches(self) -> list[Step]:
        return [step for step in self.root.because if step.role == "decided"]

    def _deciders(self, benches: list[Step]) -> str:
        """All who may decide, and by what; empty where the rules do not say who."""
        deciders = dict.fromkeys(filter(None, map(self._decider, benches)))
        return self.say(" or ", "或者").join(deciders)

    def _decider(self, step: Step) -> str:
        """Who decides, and by what; empty where the rule does not say who."""
        name = self.plain.of(step.name)
        factors = [self.plain.of(factor) for factor in step.factors]
        if not factors or not name:
            return name
        listed = self.plain.among(factors, self.say("" if step.open_list else " and ", "、"))
        others = self.say(" and others", "等因素") if step.open_list else ""
        return self.say(f"{name}, weighing {listed}{others}", f"{name}根据{listed}{others}")

    # --- refused, open --------------------------------------------------------------------------

    def _refused(self) -> str:
        beaten = [
            step for step in self.root.because if step.role == "rival" and step.value is False
        ]
        who = self._who()
        if beaten:
            other = self.plain.benefit(beaten[0].name)
            return self.say(
                f"{self.name[:1].upper()}{self.name[1:]} is not paid, because {other} is paid "
                "instead; the two are not paid together.",
                f"经审核，{self.name}与{other}不能同时享受，改发{other}，不发给{self.name}。",
            )
        verb = self._does("do", "does")
        anyway = bool(self.outcome.needs)
        whatever = self.say(", whatever the missing information", "无论尚缺的信息如何，")
        return self.say(
            f"{who} {verb} not meet the conditions for {self.name}{whatever * anyway}.",
            f"经审核，{whatever * anyway}{who}不符合{self.name}的条件。",
        )

    def _undecided(self) -> Iterator[str]:
        who, verb = self._who().lower(), self._does("meet", "meets")
        missing = self.say(
            "information is missing"
            if self.outcome.needs
            else "some points have still to be judged",
            "尚缺部分信息" if self.outcome.needs else "部分情形尚待认定",
        )
        yield self.say(
            f"It cannot be decided yet whether {who} {verb} the conditions for {self.name}, "
            f"because {missing}.",
            f"经审核，因{missing}，目前还不能确定{self._who()}是否符合{self.name}的条件。",
        )
        yield from self._at_most()
        amount = self.outcome.amount
        benches = self._benches()
        if amount is not None and amount.basis in ("discretion", "both"):
            if any(step.name for step in benches):
                yield from self._discretion()
        elif by := self._deciders(benches):
            yield self.say(
                f"What has to be decided case by case is decided by {by}.",
                f"须个案审定的，由{by}审定。",
            )

    def _at_most(self) -> Iterator[str]:
        """The highest amount that may come out, if there is one."""
        amount = self.outcome.amount
        if amount is None or not amount.high:
            return  # Without a bound there is none to tell; 0 is that of what has no amount yet.
        high = self.plain.value(amount.high, self.root.unit, self.root.own) + self._occasion()
        yield self.say(
            f"If the conditions turn out to be met, the amount is at most {high}.",
            f"如果最终符合条件，金额最高不超过{high}。",
        )

    def _silent(self) -> Iterator[str]:
        names = list(dict.fromkeys(_not_stated(self.root, self.plain)))
        what = self.plain.among([*map(self.plain.with_article, names)], self.say(" and ", "和"))
        if not what:
            yield self.say(
                f"The amount of {self.name} cannot be worked out: the documents do not state it.",
                f"经审核，文件未载明{self.name}的金额，目前无法确定。",
            )
            return
        yield self.say(
            f"The amount of {self.name} cannot be worked out, because the documents do not state "
            f"{what}.",
            f"经审核，因文件未载明{what}，{self.name}的金额目前无法确定。",
        )
        yield self.say(
            "It can be worked out only when the office supplies what is not stated.",
            "须由经办机关填入未载明的标准，才能计算金额。",
        )

    def _by_person(self) -> str:
        name = next(
            (self.plain.of(step.name) for step in self.root.because if step.role == "unsettled"), ""
        )
        decider = self._deciders(self._benches())
        how = self.plain.bracketed(name) if name else ""
        by = self.say(f"by {decider}" if decider else "by a person", f"由{decider or '有权机关'}")
        return self.say(
            f"The rules do not fix {self.name}; it is decided {by}{how}.",
            f"经审核，{self.name}没有统一标准，须{by}个案确定{how}。",
        )


def _not_stated(step: Step, plain: Plain) -> Iterator[str]:
    """The figures that the documents do not state."""
    for below in step.because:
        if below.role == "parameter" and (below.status == "not stated" or _is_silent(below)):
            yield plain.named(below.terms[0]) if below.terms else plain.of(below.name)
        yield from _not_stated(below, plain)


def _is_silent(step: Step) -> bool:
    return bool(step.terms) and step.terms[0].state == "not stated"
