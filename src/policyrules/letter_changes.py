"""What would change a decision, as the points of a letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from policyrules import wording
from policyrules.counterfactual import Change, Plain, WhatIf
from policyrules.counterfactual_words import difference_words, new_words, value_words
from policyrules.explanation_tree import Line
from policyrules.letter_plain import Plain as Words
from policyrules.results_outcome import Outcome
from policyrules.source import Text

_RESULTS = {
    "not eligible": Text("it would not be due", "不予给付"),
    "not stated": Text(
        "it would be due; the documents do not state the amount", "应予给付，但文件未载明金额"
    ),
    "not in force": Text("the rules would not be in force", "有关规定没有施行"),
    "manual": Text("it would be decided case by case", "须个案审定"),
}
_OPEN = Text("it would have to be assessed anew", "须重新审核")


@frozen
class Changes:
    """Says the smallest changes that let a benefit be due or no longer due, in one language."""

    plain: Words
    found: WhatIf

    def points(self) -> Iterator[Line]:
        """A point for each change of one fact, all else being equal."""
        for change in self.found:
            if change.effect == "eligibility":
                yield Line(self._changed(change))

    def _changed(self, change: Change) -> str:
        plain = self.plain
        label = plain.sentence(plain.of(change.label))
        before = plain.of(self._value(change, change.before))
        after = plain.of(self._value(change, change.after, new=True))
        size = difference_words(change.declared, change.difference)
        result = self._result(change.outcome)
        if size is None:
            told = plain.say(
                f"{label}: {after} instead of {before}", f"{label}为“{after}”（现为“{before}”）的"
            )
        else:
            how = plain.of(size)
            told = plain.say(
                f"{label}: {how} ({after} instead of {before})",
                f"{label}{how}（{after}，现为{before}）的",
            )
        return told + plain.say("; then ", "，") + result

    def _value(self, change: Change, value: Plain, *, new: bool = False) -> Text:
        if isinstance(value, date):
            return wording.written_day(value)
        return (new_words if new else value_words)(change.declared, value)

    def _result(self, outcome: Outcome) -> str:
        """What would come out."""
        plain, amount = self.plain, outcome.amount
        if outcome.status != "eligible" or amount is None:
            return plain.of(_RESULTS.get(outcome.status, _OPEN))
        if amount.low in (None, 0) and amount.high is None:
            return plain.say(
                "it would be due; the amount is not known yet", "应予给付，金额尚不清楚"
            )
        value = outcome.text(plain.lang)
        return plain.say(f"it would be due; the amount: {value}", f"应予给付，金额为{value}")
