"""The steps of an explanation as sentences, in either language."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from attrs import frozen

from policyrules import wording
from policyrules.backends.steps import Step
from policyrules.case_names import need_words, subject_words
from policyrules.explanation_conditions import HELD, MET, Conditions
from policyrules.explanation_values import own_unit
from policyrules.ir.facts import owner_of
from policyrules.wording_decisions import by_whom, decision

_LIMITED = {
    "<": ("less than ", "不足"),
    "<=": ("at most ", "不超过"),
    ">": ("more than ", "超过"),
    ">=": ("at least ", "不低于"),
    "=": ("exactly ", ""),
}


@frozen
class Sentences(Conditions):
    """Says single steps, without what they rest on, in one language."""

    def sentence(self, step: Step) -> str:
        """One step in words."""
        match step.role:
            case "outcome":
                return self._outcome(step)
            case "rule" | "parameter" | "input":
                return self._leaf(step)
            case "all" | "any" if self.is_long(step):
                return self.list_title(step)
            case "condition" | "all" | "any" | "any member" | "every member":
                return self.titled(self.say(*MET[step.value]), self.condition(step)) + self.one(
                    step
                )
            case "case" | "exception" | "grace" | "otherwise":
                return self._case(step)
            case "rival":
                return self._rival(step)
            case "unsettled":
                return self._unsettled(step)
            case "picked":
                return self._picked(step)
            case "figure":
                return self._figure(step)
            case "each member" | "members":
                return self._members(step)
            case "counted" | "convert" | "not below zero" | "rounding":
                return self._changed(step)
            case "floor" | "cap" | "limit" | "limit with others" | "not paid below" | "paid as":
                return self._bound(step)
            case "top-up" | "added":
                return self._topped_up(step)
            case "missing" | "path" | "more":
                return self._open(step)
            case "validity":
                return self._validity(step)
            case "reading" | "alternative" | "decided" | "flag" | "soft":
                return self._note(step)
            case _:
                assert_never(step.role)

    # --- outcomes, rules, parameters ------------------------------------------------------------

    def _outcome(self, step: Step) -> str:
        name = self.phrases.of(step.name)
        if step.members:
            who = subject_words(self.phrases.program, owner_of(step.members[0]))
            name += self.phrases.bracketed(self.phrases.of(who))
        assert step.status is not None
        status = self.phrases.of(wording.status(step.status))
        if step.value is None:
            return self.titled(name, status)
        value = self.value(step, step.terms[0])
        if step.status == "known" or value in (status, self.phrases.value(None)):
            return self.titled(name, status if step.status != "known" else value)
        return self.titled(name, value + self.phrases.bracketed(status))

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
        return self.titled(name, value) + self.remarks([*remarks, *self.since(step)])

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

    def _validity(self, step: Step) -> str:
        """When a rule is valid; of one that is not in force, that it is not."""
        start, stop = (
            None if end is None else self.phrases.of(wording.day(date.fromordinal(end)))
            for end in (step.start, None if step.stop is None else step.stop - 1)
        )
        if start is None:
            text = self.say(f"until {stop}", f"至{stop}")
        elif stop is None:
            text = self.say(f"from {start}", f"自{start}起")
        else:
            text = self.say(f"from {start} to {stop}", f"自{start}至{stop}")
        if step.status is None:
            return self.titled(self.say("valid", "有效期"), text)
        day = self.phrases.of(wording.day(date.fromordinal(step.value)))
        told = self.say(f"valid {text}, not on {day}", f"有效期{text}，{day}不在有效期内")
        return self.titled(self.phrases.of(step.name), told)

    def named(self, figure: Step, source: Step) -> str:
        """A figure that is one rule or parameter, with where that comes from."""
        term, title = figure.terms[0], self.figure_title(figure)
        if term.state != "not stated":
            return self.titled(title, self.phrases.leaf(term)) + self.version(source)
        remarks = [self.value(figure), *self.since(source)]
        return self.titled(title, self.phrases.named(term)) + self.remarks(remarks)

    def _rival(self, step: Step) -> str:
        """Which of two benefits is paid that are not paid together."""
        other = self.phrases.of(step.name) or self.say("another benefit", "另一项待遇")
        title = self.say(f"not paid together with {other}", f"与{other}不重复享受")
        told = [self.phrases.statement(term) for term in step.terms]
        told.append(
            {
                True: self.say("this one is paid", "发给本项"),
                False: self.say(f"{other} is paid instead", f"改发{other}"),
                None: self.say("which is paid is open", "发给哪项待定"),
            }[step.value]
        )
        return self.titled(title, self.say(", ", "，").join(told))

    def _unsettled(self, step: Step) -> str:
        """Why there is no figure although every rule has one."""
        name = self.phrases.of(step.name)
        if step.status == "not stated":
            return self.say(
                "several benefits are due of which one is paid; which one is not stated",
                "同时符合几项不重复享受的待遇，发给哪项未载明",
            )
        if step.status == "conflict":
            clash = self.say(
                "both apply, and neither goes before the other", "同时适用，先后未载明"
            )
            return self.titled(self.say("conflict", "冲突"), name + self.say(": ", "，") + clash)
        return self.titled(self.say("decided by a person", "人工审定"), name)

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

    def _topped_up(self, step: Step) -> str:
        """What top-ups add, or what one of them does under its condition."""
        value = self.value(step)
        if step.role == "top-up":
            before, extra = step.terms
            added = self.phrases.leaf(before) + " + " + self.phrases.leaf(extra) + " = " + value
            return self.titled(self.say("top-up", "增发"), added)
        counts = self.say("does not count", "不符合")
        if not step.lost:
            counts = {
                "": self.say("counts", "符合"),
                "lower": self.say("not the highest", "符合，但不是最高一项"),
                "open": self.say("may count", "可能符合"),
            }[step.mode]
        figure = "" if step.lost else self.phrases.result(step.terms[0])
        tests = self.joined([self.condition(below) for below in step.because])
        return self.titled(counts, self.joined([figure, tests]))

    def _case(self, step: Step) -> str:
        nothing = step.mode == "nothing"
        if step.role == "otherwise":
            pays = ("nothing is paid", "不予救助") if nothing else ("otherwise", "按其余情形计算")
            return (
                self.say("no case applies", "以上情形均不适用")
                + self.say(", ", "，")
                + self.say(*pays)
            )
        title = self.phrases.of(step.name)
        case = self.say(f"case {step.number}", f"情形{step.number}")
        if step.role == "grace":
            case = title
        if step.role == "exception":
            case = self.say(f"exception “{title}”", f"例外“{title}”")
        title = {
            True: self.say(f"{case} applies", f"适用{case}"),
            False: self.say(f"{case} does not apply", f"不适用{case}"),
            None: self.say(f"{case} is open", f"{case}待定"),
        }[step.value] + self.version(step)
        if nothing:
            title += self.phrases.bracketed(self.say("nothing is paid", "不予救助"))
        tests = self.joined([self.condition(below) for below in step.because])
        if step.role == "exception" and step.factors:
            tests = self._overridden(step, tests)
        return self.titled(title, tests)

    def _overridden(self, step: Step, tests: str) -> str:
        """Which exceptions go before this one, of which the conditions `tests` are met."""
        names = [self.phrases.of(name) for name in step.factors]
        listed = self.phrases.among(
            [self.say(f"exception “{name}”", f"例外“{name}”") for name in names]
        )
        one = "es" if len(names) == 1 else ""
        before = self.say(f"{listed} go{one} before it", f"{listed}优先适用")
        if not tests:
            return before
        return self.say(
            f"its conditions are met ({tests}), but {before}", f"虽符合条件（{tests}），但{before}"
        )

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
            case "alternative" if step.value:
                title = self.say(f"read by reading {step.number}", f"按另解{step.number}计算")
                return self.titled(title, name)
            case "alternative":
                return self.titled(
                    self.say(f"other reading {step.number}", f"另解{step.number}"), name
                )
            case "soft":
                return self._soft(step)
            case "flag":
                text = wording.flag(step.mode, self.phrases.lang)
                return self.titled(self.say("note", "说明"), text)
            case _:
                return self._decided(step)

    def _decided(self, step: Step) -> str:
        """Who decides within the range, in which steps, and above which amounts who else."""
        by = by_whom(step.name, step.factors, open_list=step.open_list)
        levels = [
            (term.name, term.value, term.operator == ">=")
            for term in step.terms
            if term.name is not None
        ]
        words = decision(by, step.value, levels, own_unit(step.unit, step.own))
        title = self.say("decided by" if by else "decision", "裁量")
        return self.titled(title, self.phrases.of(words))

    def _soft(self, step: Step) -> str:
        """A line that never decides: a limit, or how its condition stands."""
        title = self.say("as a rule", "原则上")
        if step.terms:
            limit = step.terms[0]
            words = self.say(*_LIMITED[limit.operator])
            return self.titled(title, words + self.phrases.value(limit.value, limit.unit))
        for test in step.because:
            title += self.phrases.bracketed(self.say(*HELD[test.value]))
        return self.titled(title, self.joined([self.condition(test) for test in step.because]))
