"""A result as an aligned table for people, in either language."""

from __future__ import annotations

from policyrules import wording
from policyrules.render import GAP, aligned
from policyrules.results_outcome import Outcome
from policyrules.source import Language, Text

_BENEFITS = Text("Benefits", "待遇")
_OTHERS = Text("Other results", "其他结果")
_NEEDS = Text("needs: ", "尚需：")
_NOTE = Text("note: ", "说明：")
_DECIDED = Text("decided by: ", "裁量：")
_COMMA = Text(", ", "、")


def table(outcomes: tuple[Outcome, ...], lang: Language) -> list[str]:
    """Name, whose, status, amount or value in columns; what is needed and noted below each."""
    benefits = [outcome for outcome in outcomes if outcome.what == "benefit"]
    others = [outcome for outcome in outcomes if outcome.what != "benefit"]
    lines: list[str] = []
    for heading, group in ((_BENEFITS, benefits), (_OTHERS, others)):
        if group:
            lines += ["", heading.of(lang), *_rows(group, lang)]
    return lines


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
    if discretion and outcome.words.decided is not None:
        notes.append(_DECIDED.of(lang) + outcome.words.decided.of(lang))
    exact = outcome.amount is not None and outcome.amount.exact is not None
    if outcome.needs and (outcome.status == "undetermined" or not exact):
        needed = _COMMA.of(lang).join(need.of(lang) for need in outcome.words.needs)
        notes.append(_NEEDS.of(lang) + needed)
    notes += [_NOTE.of(lang) + wording.flag(flag, lang) for flag in outcome.flags]
    return notes
