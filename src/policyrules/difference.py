"""What changed for a case between two dates or two rulesets, and through what."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from attrs import frozen

from policyrules import wording
from policyrules.counterfactual_words import size_words, standing
from policyrules.explanation_tree import Line, drawn
from policyrules.results import Result
from policyrules.results_outcome import Outcome
from policyrules.source import Language, Text

SCHEMA = 1
Reason = Literal["parameter", "rule", "exception", "condition", "age", "other"]
_NOT_THERE = Text("no such rule", "没有该项规定")
_UNCHANGED = Text("unchanged: ", "没有变化：")
_COMMA = Text(", ", "、")


@frozen(kw_only=True)
class Cause:
    """One thing that differs of what an outcome read, in words before and after.

    `kind` is `parameter`, `rule` (it came into force, ended or reads otherwise), `exception` (it
    applies or no longer does), `condition` (it turned), `age`, or `other` where nothing of these
    was read: the date itself, or the wording of the rules.
    """

    kind: Reason
    name: Text
    before: Text
    after: Text

    def text(self, lang: Language = "en") -> str:
        """`dibao standard: 680 yuan … → 700 yuan … (from 2023-01-01, notice 2)`."""
        colon = "：" if lang == "zh" else ": "
        return f"{self.name.of(lang)}{colon}{self.before.of(lang)} → {self.after.of(lang)}"

    def __str__(self) -> str:
        return self.text()

    def to_dict(self, lang: Language = "en") -> dict[str, str]:
        """The cause as JSON-ready data."""
        return {
            "kind": self.kind,
            "name": self.name.of(lang),
            "before": self.before.of(lang),
            "after": self.after.of(lang),
            "text": self.text(lang),
        }


@frozen(kw_only=True)
class Changed:
    """An outcome before and after; None where one of two rulesets has no such rule.

    `causes` is empty for one that is the same.
    """

    name: str
    of: str
    label: Text
    subject: Text
    before: Outcome | None
    after: Outcome | None
    causes: tuple[Cause, ...] = ()

    @property
    def same(self) -> bool:
        """Whether status, amount and value are what they were."""
        return _compared(self.before) == _compared(self.after)

    @property
    def low(self) -> Fraction | None:
        """By how much the lower end rose; None where there is none, or another unit."""
        return self._risen("low")

    @property
    def high(self) -> Fraction | None:
        """By how much the upper end rose; None where there is none, or another unit."""
        return self._risen("high")

    def _risen(self, end: Literal["low", "high"]) -> Fraction | None:
        ends = [None if found is None else found.amount for found in (self.before, self.after)]
        if ends[0] is None or ends[1] is None or ends[0].unit != ends[1].unit:
            return None
        before, after = getattr(ends[0], end), getattr(ends[1], end)
        return None if before is None or after is None else after - before


@frozen(kw_only=True)
class Difference:
    """Every outcome of a case before and after, with what each change came through.

    Iterating gives those that are not the same.
    """

    before: Result
    after: Result
    outcomes: tuple[Changed, ...]

    def __iter__(self) -> Iterator[Changed]:
        return (each for each in self.outcomes if not each.same)

    def __len__(self) -> int:
        return sum(not each.same for each in self.outcomes)

    def text(self, lang: Language = "en") -> str:
        """The changed outcomes with their causes below each, then those that are the same."""
        lines = [self._heading(lang)]
        for each in self:
            causes = tuple(Line(cause.text(lang)) for cause in each.causes)
            lines += ["", self._changed(each, lang), *drawn(causes)]
        same = [_who(each, lang) for each in self.outcomes if each.same]
        if same:
            lines += ["", _UNCHANGED.of(lang) + _COMMA.of(lang).join(same)]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text()

    def to_dict(self, lang: Language = "en") -> dict[str, object]:
        """The comparison as JSON-ready data, as `policyrules diff --json` prints it (schema 1)."""
        return {
            "schema": SCHEMA,
            "before": {"ruleset": self.before.ruleset, "on": self.before.on.isoformat()},
            "after": {"ruleset": self.after.ruleset, "on": self.after.on.isoformat()},
            "changed": [self._data(each, lang) for each in self],
            "same": [{"name": each.name, "of": each.of} for each in self.outcomes if each.same],
        }

    def _heading(self, lang: Language) -> str:
        titles = [result.title.of(lang) or result.ruleset for result in (self.before, self.after)]
        days = [wording.day(result.on).of(lang) for result in (self.before, self.after)]
        comma = "，" if lang == "zh" else ", "
        if titles[0] == titles[1] and self.before.ruleset == self.after.ruleset:
            return f"{titles[0]}{comma}{days[0]} → {days[1]}"
        return f"{titles[0]}{comma}{days[0]} → {titles[1]}{comma}{days[1]}"

    def _changed(self, each: Changed, lang: Language) -> str:
        before, after = (_standing(found, lang) for found in (each.before, each.after))
        risen = self._risen(each, lang)
        colon = "：" if lang == "zh" else ": "
        return f"{_who(each, lang)}{colon}{before} → {after}{risen}"

    def _risen(self, each: Changed, lang: Language) -> str:
        """By how much an exact amount rose or fell."""
        if each.after is None or each.low is None or each.low != each.high or not each.low:
            return ""
        size, more = abs(each.low), each.low > 0
        words = size_words(size, each.after.words.unit).of(lang)
        if lang == "zh":
            return f"（{'增加' if more else '减少'}{words}）"
        return f" ({words} {'more' if more else 'less'})"

    def _data(self, each: Changed, lang: Language) -> dict[str, object]:
        return {
            "name": each.name,
            "of": each.of,
            "before": None if each.before is None else each.before.to_dict(),
            "after": None if each.after is None else each.after.to_dict(),
            "difference": {"low": _decimal(each.low), "high": _decimal(each.high)},
            "causes": [cause.to_dict(lang) for cause in each.causes],
            "text": self._changed(each, lang),
        }


def _compared(outcome: Outcome | None) -> object:
    if outcome is None:
        return None
    found = outcome.amount
    ends = None if found is None else (found.low, found.high, found.unit)
    return outcome.status, ends, outcome.value


def _who(each: Changed, lang: Language) -> str:
    subject = each.subject.of(lang)
    brackets = f"（{subject}）" if lang == "zh" else f" ({subject})"
    return each.label.of(lang) + brackets


def _standing(outcome: Outcome | None, lang: Language) -> str:
    if outcome is None:
        return _NOT_THERE.of(lang)
    if outcome.status == "known":
        return outcome.text(lang)
    return standing(outcome).of(lang)


def _decimal(value: Fraction | None) -> str | None:
    return None if value is None else wording.decimal_text(value)
