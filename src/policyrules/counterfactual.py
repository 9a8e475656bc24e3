"""What would change a decision: the smallest change of one stated fact that does, proved to be so.

A change of eligibility makes a benefit due that is not, or the other way round. Short of that, a
change of band lets other cases, rows, caps, floors or members make the amount what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from policyrules import wording
from policyrules.counterfactual_words import (
    change_words,
    difference_words,
    new_words,
    standing,
    value_words,
)
from policyrules.ir.nodes import Input
from policyrules.results_outcome import Outcome
from policyrules.source import Language, Text

SCHEMA = 1
Effect = Literal["eligibility", "band"]
Plain = Fraction | bool | str | date
_NONE = Text(
    "no change of a single stated fact changes this", "没有任何一项已载明的信息单独改变后会使其改变"
)


@frozen(kw_only=True)
class Change:
    """One fact changed as little as is needed, and what comes of it.

    `path` is the place of the fact in the case. `before` and `after` are its values: a number in
    the declared `unit`, a day (`none` for what has not happened), yes or no, or a value's name.
    `difference` is `after - before`, exact; of days in days; None for what has no size.
    `effect` is `eligibility` where the benefit becomes due or is no longer due, else `band`.
    `outcome_before` and `outcome` are the outcomes without and with the change.
    """

    path: str
    label: Text
    effect: Effect
    before: Plain
    after: Plain
    difference: Fraction | None
    unit: str
    outcome_before: Outcome
    outcome: Outcome
    declared: Input = field(repr=False, eq=False)

    def text(self, lang: Language = "en") -> str:
        """The change in one sentence: what, by how much, and what comes of it."""
        return self.words().of(lang)

    def words(self) -> Text:
        """The sentence in both languages."""
        return change_words(
            self.label,
            difference_words(self.declared, self.difference),
            value_words(self.declared, self.before),
            new_words(self.declared, self.after),
            standing(self.outcome_before),
            standing(self.outcome),
        )

    def __str__(self) -> str:
        return self.text()

    def to_dict(self, lang: Language = "en") -> dict[str, object]:
        """The change as JSON-ready data, exact."""
        return {
            "path": self.path,
            "effect": self.effect,
            "before": _json(self.before),
            "after": _json(self.after),
            "difference": None
            if self.difference is None
            else wording.decimal_text(self.difference),
            "unit": self.unit,
            "outcome": self.outcome.to_dict(),
            "text": self.text(lang),
        }


@frozen(kw_only=True)
class Unproved:
    """How far a fact was searched in one direction before the work became too much.

    Up to `until` nothing changes that was looked for; beyond that nothing is known.
    """

    path: str
    label: Text
    effect: Effect
    until: Plain
    declared: Input = field(repr=False, eq=False)

    def text(self, lang: Language = "en") -> str:
        """The limit of the search in one sentence."""
        until = value_words(self.declared, self.until)
        return Text(
            f"{self.label.of('en')}: nothing changes up to {until.of('en')}; "
            "beyond that was not searched",
            f"{self.label.of('zh')}：至{until.of('zh')}为止没有改变，此外未作检索",
        ).of(lang)

    def to_dict(self, lang: Language = "en") -> dict[str, object]:
        """The limit as JSON-ready data."""
        return {
            "path": self.path,
            "effect": self.effect,
            "until": _json(self.until),
            "text": self.text(lang),
        }


@frozen(kw_only=True)
class WhatIf:
    """The smallest changes of single stated facts that would change a decision.

    Those that change eligibility come first, otherwise in the order of the case. A fact without a
    change cannot change the decision by itself, unless it is among the `unproved`.
    """

    outcome: Outcome
    changes: tuple[Change, ...]
    unproved: tuple[Unproved, ...] = ()

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def text(self, lang: Language = "en") -> str:
        """The present outcome and a line for each change."""
        words, now = self.outcome.words, standing(self.outcome).of(lang)
        who = words.subject.of(lang)
        head = (
            f"{words.label.of(lang)}（{who}）：{now}"
            if lang == "zh"
            else (f"{words.label.of(lang)} ({who}): {now}")
        )
        lines = [change.text(lang) for change in self.changes]
        lines += [limit.text(lang) for limit in self.unproved]
        return "\n".join([head, *(f"- {line}" for line in lines or [_NONE.of(lang)])])

    def __str__(self) -> str:
        return self.text()

    def to_dict(self, lang: Language = "en") -> dict[str, object]:
        """The changes as JSON-ready data, as `policyrules what-if --json` prints them."""
        return {
            "schema": SCHEMA,
            "benefit": self.outcome.name,
            "of": self.outcome.of,
            "outcome": self.outcome.to_dict(),
            "changes": [change.to_dict(lang) for change in self.changes],
            "unproved": [limit.to_dict(lang) for limit in self.unproved],
        }


def _json(value: Plain) -> object:
    match value:
        case Fraction():
            return wording.decimal_text(value)
        case date():
            return value.isoformat()
        case _:
            return value
