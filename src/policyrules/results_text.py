"""A result as an aligned table for people, in either language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from policyrules import wording
from policyrules.render import GAP, aligned
from policyrules.results_outcome import Outcome
from policyrules.source import Language, Text

if TYPE_CHECKING:
    from policyrules.ir.facts import What

_BENEFITS = Text("Benefits", "待遇")
_OTHERS = Text("Other results", "其他结果")
_NEEDS = Text("needs: ", "尚需：")
_NOTE = Text("note: ", "说明：")
_DECIDED = Text("decided by: ", "裁量：")
_UNLISTED = Text(
    "not listed until the members of the household are given: ",
    "须先提供家庭成员情况，才能逐人列出：",
)


def table(
    outcomes: tuple[Outcome, ...], unlisted: Iterable[tuple[Text, What]], lang: Language
) -> list[str]:
    """Name, whose, status, amount or value in columns; what is needed and noted below each.

    Below the table stand the names of those `unlisted`, which need the members.
    """
    lines: list[str] = []
    for heading, are_benefits in ((_BENEFITS, True), (_OTHERS, False)):
        group = [each for each in outcomes if (each.what == "benefit") is are_benefits]
        rows = _rows(group, lang)
        names = [name for name, what in unlisted if (what == "benefit") is are_benefits]
        if names:
            rows.append(GAP + not_listed(names, lang))
        if rows:
            lines += ["", heading.of(lang), *rows]
    return lines


def not_listed(names: Iterable[Text], lang: Language) -> str:
    """That outcomes of members cannot be listed yet, for the members are unknown."""
    return _UNLISTED.of(lang) + wording.in_a_row((name.of(lang) for name in names), lang)


def _rows(outcomes: list[Outcome], lang: Language) -> list[str]:
    lines: list[str] = []
    rows = aligned([_cells(outcome, lang) for outcome in outcomes])
    for outcome, row in zip(outcomes, rows, strict=True):
        lines.append(row)
        lines += [GAP * 3 + note for note in _notes(outcome, lang)]
    return lines


def _cells(outcome: Outcome, lang: Language) -> tuple[str, str, str, str]:
    return (
        outcome.words.label.of(lang),
        outcome.words.subject.of(lang),
        wording.status(outcome.status).of(lang),
        outcome.text(lang),
    )


def _notes(outcome: Outcome, lang: Language) -> list[str]:
    notes: list[str] = []
    discretion = outcome.amount is not None and outcome.amount.basis in ("discretion", "both")
    by_people = discretion or outcome.status == "manual"
    if by_people and outcome.words.decided is not None:
        notes.append(_DECIDED.of(lang) + outcome.words.decided.of(lang))
    exact = outcome.amount is not None and outcome.amount.exact is not None
    if outcome.needs and (outcome.status == "undetermined" or not exact):
        needed = wording.in_a_row((need.of(lang) for need in outcome.words.needs), lang)
        notes.append(_NEEDS.of(lang) + needed)
    notes += [_NOTE.of(lang) + wording.flag(flag, lang) for flag in outcome.flags]
    return notes
