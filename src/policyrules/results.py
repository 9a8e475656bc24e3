"""What comes out of an evaluation: all outcomes by name and subject, as objects, JSON and text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from policyrules import wording
from policyrules.case import MEMBERS, member_path
from policyrules.case_json import shown
from policyrules.case_names import need_words, subject_words
from policyrules.diagnostics import InputError, Report, near
from policyrules.ir import facts as ir
from policyrules.ir.nodes import Definition, Program
from policyrules.results_outcome import (
    Amount,
    Basis,
    Outcome,
    Words,
    result_kind,
)
from policyrules.results_text import table
from policyrules.source import Language, Text
from policyrules.types.dates import NEVER
from policyrules.types.units import json_text, unit

if TYPE_CHECKING:
    from policyrules.explanation import Explanation

__all__ = ["Amount", "Outcome", "Result"]

Key = str | tuple[str, str]
Explainer: TypeAlias = "Callable[[str, int | None, Language], Explanation]"
SCHEMA = 1
OUTCOMES = "outcomes"


class Result:
    """All outcomes of a case: `result["dibao payment"]`, `result["医疗救助", "person"]`.

    Names work in either language; the path may be left out where the name has one outcome.
    An unknown name or path raises `InputError` with a suggestion.
    """

    def __init__(
        self,
        program: Program,
        facts: ir.Facts,
        outcomes: Mapping[tuple[str, int | None], ir.Outcome],
        explainer: Explainer,
    ) -> None:
        self.ruleset = program.id
        self.title = program.title
        self.on = date.fromordinal(facts.on)
        own = {item.name: item for item in program.definitions if item.own}
        self._names = {
            name: item.name
            for item in own.values()
            for name in (item.name, item.label.en, item.label.zh)
            if name
        }
        self._outcomes = {
            (name, member_path(program, member)): _public(
                program, own[name], member, outcome, explainer
            )
            for (name, member), outcome in outcomes.items()
        }

    def __getitem__(self, key: Key) -> Outcome:
        report = Report()
        outcome = self._find(key, report)
        if outcome is None:
            raise InputError(report.diagnostics)
        return outcome

    def __contains__(self, key: object) -> bool:
        match key:
            case str(name):
                return self._find(name, Report()) is not None
            case (str(name), str(path)):
                return self._find((name, path), Report()) is not None
            case _:
                return False

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._outcomes)

    def __len__(self) -> int:
        return len(self._outcomes)

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Name and path of every outcome, in the order of the rules and of the members."""
        return tuple(self._outcomes)

    def values(self) -> tuple[Outcome, ...]:
        """Every outcome, in the order of `keys`."""
        return tuple(self._outcomes.values())

    def items(self) -> tuple[tuple[tuple[str, str], Outcome], ...]:
        """Keys with their outcomes."""
        return tuple(self._outcomes.items())

    def to_dict(self) -> dict[str, object]:
        """The result as JSON-ready data, as `policyrules eval --json` prints it (schema 1)."""
        subjects: dict[str, dict[str, object]] = {name: {} for name in self._names.values()}
        for (name, path), outcome in self._outcomes.items():
            subjects[name][path] = outcome.to_dict()
        return {
            "schema": SCHEMA,
            "ruleset": self.ruleset,
            "on": self.on.isoformat(),
            "outcomes": {name: {"of": of} for name, of in subjects.items()},
        }

    def to_text(self, lang: Language = "en") -> str:
        """The result as an aligned table for people, with what is needed and noted."""
        title, on = self.title.of(lang) or self.ruleset, wording.day(self.on)
        head = Text(f"{title}, {on.en}", f"{title}，{on.zh}").of(lang)
        return "\n".join([head, *table(self.values(), lang)])

    def _find(self, key: Key, report: Report) -> Outcome | None:
        match key:
            case str(name):
                path = None
            case (str(name), str(path)):
                pass
            case _:
                report.add("PR628", OUTCOMES, name=shown(str(key)))
                return None
        canonical = self._names.get(name)
        if canonical is None:
            report.add("PR628", OUTCOMES, hint=near(name, self._names), name=shown(name))
            return None
        paths = [where for known, where in self._outcomes if known == canonical]
        if path is None and len(paths) == 1:
            path = paths[0]
        if path is not None and path in paths:
            return self._outcomes[canonical, path]
        known = wording.listed(Text(where, where) for where in paths)
        if not paths:
            report.add("PR631", MEMBERS, name=shown(name))
        elif path is None:
            report.add("PR632", OUTCOMES, name=shown(name), known=known)
        else:
            report.add("PR629", OUTCOMES, name=shown(name), found=shown(path), known=known)
        return None


def _public(
    program: Program,
    definition: Definition,
    member: int | None,
    outcome: ir.Outcome,
    explainer: Explainer,
) -> Outcome:
    """An outcome under the paths and words of the case."""
    declared = unit(definition.unit)
    amount = None
    if outcome.kind == "number" and outcome.status in ("eligible", "undetermined", "known"):
        amount = Amount(outcome.low, outcome.high, json_text(declared), _basis(outcome))
    words = Words(
        label=definition.label,
        subject=subject_words(program, member),
        unit=wording.without_own_whom(definition.unit, definition.subject),
        value=_value_label(program, outcome.value),
        needs=tuple(need_words(program, need, member) for need in outcome.needs),
        decided=definition.decided,
    )
    return Outcome(
        name=definition.name,
        of=member_path(program, member),
        what=outcome.what,
        status=outcome.status,
        kind=result_kind(definition.kind, definition.unit),
        amount=amount,
        value=_value(outcome),
        flags=outcome.flags,
        needs=tuple(_need_path(program, need) for need in outcome.needs),
        words=words,
        explainer=partial(explainer, definition.name, member),
    )


def _basis(outcome: ir.Outcome) -> Basis:
    if outcome.discretion:
        return "both" if outcome.missing else "discretion"
    return "missing" if outcome.missing else "exact"


def _value(outcome: ir.Outcome) -> bool | str | date | None:
    match outcome.value:
        case bool() | str() | None:
            return outcome.value
        case int():
            day = date.fromordinal(outcome.value)
            return wording.NONE if day == NEVER else day


def _value_label(program: Program, value: object) -> Text | None:
    labels = dict(program.labels)
    labels |= dict(pair for declared in program.inputs for pair in declared.values)
    return labels.get(value) if isinstance(value, str) else None


def _need_path(program: Program, need: ir.Need) -> str:
    subject, name = need
    return f"{subject if subject == 'parameters' else member_path(program, subject)}.{name}"
