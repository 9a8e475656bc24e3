"""Writes the letter on an outcome from the steps of its explanation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from policyrules import wording
from policyrules.backends.steps import Step, Term
from policyrules.case_names import subject_words
from policyrules.counterfactual import WhatIf
from policyrules.explanation import Explanation
from policyrules.explanation_places import numeral
from policyrules.explanation_tree import Line
from policyrules.ir.facts import Record, owner_of
from policyrules.ir.nodes import Input
from policyrules.letter import Letter, Section
from policyrules.letter_amounts import AMOUNTS, Amounts, term_inputs
from policyrules.letter_changes import Changes
from policyrules.letter_decision import Decision
from policyrules.letter_missing import Missing
from policyrules.letter_notes import Notes
from policyrules.letter_plain import Plain
from policyrules.letter_reasons import CASES, CONDITIONS, Reasons
from policyrules.letter_sources import Sources
from policyrules.results_outcome import Outcome
from policyrules.source import Text

_ORIGINS = {
    "declared": Text("as declared", "申报"),
    "verified": Text("as checked", "经核对"),
    "found": Text("as found by the office", "经认定"),
}


def written(
    outcome: Outcome, explanation: Explanation, on: date, what_if: WhatIf | None = None
) -> Letter:
    """The letter on a benefit, in the language of the explanation.

    With `what_if` it also tells what would change the decision.
    """
    root = explanation.root
    member = root.members[0] if root.members else None
    plain = Plain(explanation.program, explanation.lang, owner_of(member))
    rule = next(item for item in explanation.program.definitions if item.name == root.key)
    decision = Decision(plain, root, outcome, rule, on.toordinal())
    parts = _Parts(plain, root, outcome, what_if)
    sections = [section for section in parts.sections() if section.items]
    day = wording.written_day(on).of(plain.lang)
    return Letter(
        lang=plain.lang,
        benefit=outcome.name,
        of=outcome.of,
        on=on,
        status=outcome.status,
        title=decision.title,
        blanks=(parts.addressee(),),
        head=(
            plain.say(
                f"Day of assessment (the rules of that day were applied): {day}",
                f"审核基准日（适用当日有效的规定）：{day}",
            ),
        ),
        decision=tuple(decision.sentences()),
        sections=tuple(_numbered(section, at, plain) for at, section in enumerate(sections, 1)),
    )


def _numbered(section: Section, at: int, plain: Plain) -> Section:
    """A section under its number, which Chinese headings have."""
    title = plain.say(section.title, f"{numeral(at)}、{section.title}")
    return Section(title, section.items, section.numbered)


@frozen
class _Parts:
    """What follows the decision, section by section, in one language."""

    plain: Plain
    root: Step
    outcome: Outcome
    what_if: WhatIf | None

    def say(self, en: str, zh: str) -> str:
        """The phrase of this language."""
        return self.plain.say(en, zh)

    def addressee(self) -> str:
        """To whom the letter goes; the name is for the office to fill in."""
        plain = self.plain
        member = owner_of(self.root.members[0]) if self.root.members else None
        who = plain.of(subject_words(plain.program, member))
        if plain.program.persons_only or plain.program.about == "case":
            return self.say("To: ", "申请人：")
        return self.say(f"To ({who}): ", f"申请人（{who}）：")

    def sections(self) -> Iterator[Section]:
        """Reasons, amount, what is open, what was relied on, notes and legal basis."""
        yield Section(self._reasons_title(), self._reasons())
        worked_out = self.say("How the amount was worked out", "金额的计算")
        if not self._is_paid():
            worked_out = self.say("What the amount rests on", "与金额有关的标准和计算")
        yield Section(worked_out, self._amounts(), numbered=True)
        missing = Missing(self.plain, self.root, self.outcome)
        yield Section(
            self.say("The standards and figures that count", "与审核有关的标准和计算"),
            self._shared(),
        )
        yield Section(missing.paths_title(), self._paths(missing))
        yield Section(self.say("What is still needed", "尚需补充、核实的信息"), missing.needs())
        yield Section(
            self.say(
                "What would change this, all else being equal",
                "其他情况不变，下列变化会改变审核结果",
            ),
            () if self.what_if is None else tuple(Changes(self.plain, self.what_if).points()),
        )
        yield Section(self.say("Information relied on", "审核所依据的情况"), self._inputs())
        yield Section(self.say("Please note", "说明"), Notes(self.plain, self.root).points())
        basis = tuple(Sources(self.plain).basis(self.root))
        yield Section(self.say("Legal basis", "依据"), basis)

    # --- reasons and amounts --------------------------------------------------------------------

    def _reasons_title(self) -> str:
        match self.outcome.status:
            case "eligible":
                return self.say("The conditions that are met", "符合条件的情况")
            case "not eligible":
                return self.say("Why", "原因")
            case "undetermined":
                return self.say("What is already known", "已经查明的情况")
            case _:
                return self.say("What is known", "有关情况")

    def _reasons(self) -> tuple[Line, ...]:
        return tuple(dict.fromkeys(self._decisive(self.root.because)))

    def _decisive(self, steps: tuple[Step, ...]) -> Iterator[Line]:
        """The conditions and cases that decide, and what keeps a rule from deciding."""
        reasons = Reasons(self.plain)
        for step in steps:
            match step.role:
                case role if role in CONDITIONS:
                    yield from reasons.conditions(step)
                case role if role in CASES:
                    if not (step.lost and self._is_paid()) or step.factors:
                        yield from reasons.case(step)
                case "otherwise":
                    yield Line(self._otherwise(step))
                case "rival":
                    yield from self._rival(step)
                case "unsettled" if step.status != "manual":
                    points = [item for test in step.because for item in reasons.conditions(test)]
                    yield Line(self._unsettled(step), tuple(dict.fromkeys(points)))
                case "validity" if self.outcome.status == "not in force":
                    yield Line(self._validity(step))
                case "rule" | "parameter" if not self._is_open():
                    yield from reasons.support((step,))

    def _is_paid(self) -> bool:
        return self.outcome.status == "eligible"

    def _is_open(self) -> bool:
        """Whether the answers that are missing leave several results."""
        return any(step.role in ("path", "missing") for step in self.root.because)

    def _amounts(self) -> tuple[Line, ...]:
        if self.outcome.status == "not eligible":
            return ()
        steps = [step for step in self.root.because if step.role in AMOUNTS]
        return tuple(dict.fromkeys(Amounts(self.plain).points(steps)))

    def _shared(self) -> tuple[Line, ...]:
        """The rules and standards that hold whatever is missing."""
        if not self._is_open():
            return ()
        steps = [step for step in self.root.because if step.role in ("rule", "parameter")]
        return tuple(dict.fromkeys(Reasons(self.plain).support(steps)))

    def _paths(self, missing: Missing) -> tuple[Line, ...]:
        """What comes of each set of answers; of a refusal also why."""
        told: list[Line] = []
        for step in self.root.because:
            if step.role == "path":
                refused = self.outcome.status == "not eligible"
                why = dict.fromkeys(self._decisive(step.because)) if refused else ()
                told.append(Line(missing.path(step), tuple(why)))
        return tuple(dict.fromkeys([*told, *missing.hidden()]))

    def _otherwise(self, step: Step) -> str:
        if step.mode == "nothing":
            return self.say("None of the cases of the rule applies", "规定所列情形均不符合")
        return self.say(
            "None of the cases listed first applies, so what is left to the rest applies",
            "所列情形均不符合，按其余情形办理",
        )

    def _rival(self, step: Step) -> Iterator[Line]:
        """Which of two benefits is paid that are not paid together."""
        other = self.plain.benefit(step.name)
        title = self.say(f"This is not paid together with {other}", f"本项与{other}不能同时享受")
        told = {
            True: self.say("this one is paid", "发给本项"),
            False: self.say(f"{other} is paid instead", f"改发{other}"),
            None: self.say("which is paid is not yet known", "发给哪项尚不清楚"),
        }[step.value]
        compared = [self.plain.statement(term) for term in step.terms]
        yield Line(title + self.say("; ", "；") + self.say("; ", "；").join([*compared, told]))

    def _unsettled(self, step: Step) -> str:
        name = self.plain.of(step.name)
        if step.status == "not stated":
            return self.say(
                "Several benefits are due that are not paid together; the documents do not say "
                "which of them is paid",
                "同时符合几项不能同时享受的待遇，文件未载明发给哪一项",
            )
        return self.say(
            f"Both apply, and neither goes before the other: {name}",
            f"同时适用、先后未载明：{name}",
        )

    def _validity(self, step: Step) -> str:
        """When a rule is in force."""
        plain = self.plain
        name = plain.sentence(plain.of(step.name))
        start = None if step.start is None else plain.day(step.start)
        stop = None if step.stop is None else plain.day(step.stop - 1)
        if start is None:
            text = self.say(f"in force until {stop}", f"施行至{stop}")
        elif stop is None:
            text = self.say(f"in force from {start}", f"自{start}起施行")
        else:
            text = self.say(f"in force from {start} to {stop}", f"自{start}施行至{stop}")
        return name + self.say(": ", "：") + text + plain.since(Step(role="rule", cites=step.cites))

    # --- what was relied on ---------------------------------------------------------------------

    def _inputs(self) -> tuple[Line, ...]:
        """The answers that were read, each once."""
        inputs: dict[tuple[Text, str], Input] = {
            (found.label, found.subject): found for found in self.plain.program.inputs
        }
        told: dict[str, None] = {}
        answers = [*_answers(self.root, ())]
        # The records of a sum are told one by one: not once more as the field that was read.
        summed = {term.name for term, _ in answers if isinstance(term.whose, Record)}
        for term, members in answers:
            if term.state or term.value is None or term.operator:
                continue
            if term.whose is None and not members and term.name in summed:
                continue
            told[self._answer(term, members, inputs)] = None
        return tuple(Line(text) for text in told)

    def _answer(
        self,
        term: Term,
        members: tuple[int | Record, ...],
        inputs: dict[tuple[Text, str], Input],
    ) -> str:
        plain = self.plain
        person = inputs.get((term.name, "person")) if term.name else None
        household = inputs.get((term.name, "household")) if term.name else None
        text = plain.of_value(term)
        others = tuple(each for each in members if each != plain.member)
        if person is not None and household is None and term.whose is None and others:
            value = text.removeprefix(plain.named(term))
            text = plain.belonging(plain.named(term), others) + value
        known = person or household
        origin = _ORIGINS.get(known.source) if known is not None else None
        return plain.sentence(text) + (plain.bracketed(plain.of(origin)) if origin else "")


def _answers(
    step: Step, members: tuple[int | Record, ...]
) -> Iterator[tuple[Term, tuple[int | Record, ...]]]:
    """The answers of the case in all figures, with the members for whom they stand."""
    for below in step.because:
        whose = below.members or members
        for term in below.terms:
            yield from ((found, whose) for found in term_inputs(term))
        yield from _answers(below, whose)
