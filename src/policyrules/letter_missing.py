"""What the answers that are missing leave open, and which they are, as the points of a letter."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from policyrules.backends.steps import Step
from policyrules.case_names import need_words
from policyrules.explanation_tree import Line
from policyrules.ir.facts import Need, field_of, owner_of
from policyrules.ir.nodes import Input
from policyrules.letter_plain import Plain
from policyrules.questions_words import how_many_members, how_many_records, of_input
from policyrules.results_outcome import Outcome
from policyrules.source import Text

_RESULTS = {
    "not eligible": Text("the conditions are not met", "不符合条件"),
    "not stated": Text("the documents do not state the amount", "金额文件未载明"),
    "conflict": Text("provisions contradict each other", "规定相互冲突"),
    "not in force": Text("the rules are not in force on that day", "有关规定当日没有施行"),
    "manual": Text("decided case by case", "须个案审定"),
}
# Who supplies an answer, where the rules say so.
_SUPPLIED = {
    "declared": Text("for you to declare", "由您申报"),
    "verified": Text("the office checks this", "由经办机关核对"),
    "found": Text("the office decides on this", "由经办机关认定"),
}
# The answers of a longer list are told by its question alone.
_MOST_ANSWERS = 8
_NONE = Text("", "")


@frozen
class Missing:
    """Says what is missing and what each answer leads to; `plain` fixes language and subject."""

    plain: Plain
    root: Step
    outcome: Outcome

    def say(self, en: str, zh: str) -> str:
        """The phrase of this language."""
        return self.plain.say(en, zh)

    def paths_title(self) -> str:
        """The heading above what each set of answers leads to."""
        if self.outcome.status == "not eligible":
            return self.say("Why the missing answers change nothing", "尚缺信息不影响结果")
        return self.say("What the result depends on", "尚缺信息对结果的影响")

    def path(self, step: Step) -> str:
        """What comes of one set of answers."""
        plain = self.plain
        assumptions = plain.assumptions([*step.terms[1:]])
        told = self.say(plain.among(assumptions, " and "), "，".join(assumptions))
        title = self.say(f"If {told}", f"如果{told}") if told else self.say("Else", "其他情况")
        return title + self.say(": ", "：") + self._result(step) + self._alike(step.number)

    def hidden(self) -> Iterator[Line]:
        """How many sets of answers are not shown."""
        for step in self.root.because:
            if step.role == "more":
                yield Line(
                    self.say(
                        f"{step.number} more combination{'' if step.number == 1 else 's'} of "
                        "answers not shown here",
                        f"另有{step.number}种情况未列出",
                    )
                )

    def _result(self, step: Step) -> str:
        """The status of a path, told where it is open, and its amount."""
        plain = self.plain
        beaten = [below for below in step.because if below.role == "rival" and not below.value]
        if step.status == "not eligible" and beaten:
            other = plain.benefit(beaten[0].name)
            return self.say(f"{other} is paid instead", f"改发{other}")
        if step.status not in ("eligible", "known"):
            found = _RESULTS.get(step.status or "")
            return plain.of(found) if found else self.say("not yet known", "尚不清楚")
        word = step.terms[0].word
        amount = plain.value(step.value, step.unit, step.own, kind=step.kind, word=word)
        if plain.is_unknown(step.value):
            amount = self.say(f"the amount is {amount}", f"金额{amount}")
        if self.outcome.status == "eligible":
            return amount
        return self.say(f"the conditions are met; {amount}", f"符合条件，{amount}")

    def _alike(self, count: int) -> str:
        """How many other sets of answers give the same."""
        if not count:
            return ""
        return self.plain.bracketed(
            self.say(
                f"the same for {count} more combination{'' if count == 1 else 's'} of answers",
                f"另有{count}种情况结果相同",
            )
        )

    def needs(self) -> tuple[Line, ...]:
        """What is missing, with the question by which it is asked for, and who supplies it."""
        needs = (
            need for step in self.root.because if step.role == "missing" for need in step.needs
        )
        if self.outcome.status == "not eligible":
            return ()
        return tuple(dict.fromkeys(Line(self._need(need)) for need in needs))

    def _need(self, need: Need) -> str:
        plain = self.plain
        subject, name = need
        own = owner_of(self.root.members[0]) if self.root.members else None
        words = need_words(plain.program, need, own)
        told = plain.sentence(plain.of(words))
        if subject == "parameters":
            return told + plain.bracketed(
                self.say(
                    "the documents do not state this figure; the office has to supply it",
                    "文件未载明，须由经办机关填入",
                )
            )
        if need == (None, "members"):
            return told + self.say(": ", "：") + plain.of(how_many_members(words)["asks"])
        entity = "household" if subject is None else "person"
        inputs = {item.name: item for item in plain.program.inputs if item.subject == entity}
        record = None if name in inputs else field_of(name)
        entry = inputs.get(name if record is None else record[2])
        if entry is None:  # a list: of its records nothing is known
            return told + self.say(": ", "：") + plain.of(how_many_records(words, _NONE)["asks"])
        supplied = _SUPPLIED.get(entry.source)
        asked = self._asked(entry, words)
        return asked + (plain.bracketed(plain.of(supplied)) if supplied else "")

    def _asked(self, entry: Input, words: Text) -> str:
        """How an answer called so is asked for: by the question of the rules, and what it may be.

        A number or a day without a question of its own is asked for in a plain one.
        """
        plain = self.plain
        told = plain.sentence(plain.of(words)) + self.say(": ", "：")
        answers = [plain.of(label) for _, label in entry.values]
        listed = plain.among(answers, self.say(" or ", "或者"))
        listed = listed if len(answers) <= _MOST_ANSWERS else ""
        if entry.asks is not None:
            return told + plain.of(entry.asks) + (plain.bracketed(listed) if listed else "")
        match entry.kind:
            case "truth":
                return told + self.say("yes or no", "是或者否")
            case "choice" if listed:
                return told + listed
            case _:
                question: Text = of_input(evolve(entry, label=words), _NONE)["asks"]
                return plain.sentence(plain.of(question))
