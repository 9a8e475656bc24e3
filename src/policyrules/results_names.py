"""What the outcomes of a program are called and measured in, prepared once for all its results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, TypeAlias, cast

from attrs import frozen

from policyrules import wording
from policyrules.case_json import LIST, MOST_PROBLEMS, described, stop_if_problems
from policyrules.case_names import member_path, need_words, subject_words
from policyrules.case_python import MOST_NAMES, plain, taken
from policyrules.diagnostics import Report, near, shown
from policyrules.results_json import ResultKind, basis, has_amount, value
from policyrules.results_outcome import ONLY, Amount, Outcome, Words, result_kind
from policyrules.source import Language, Text
from policyrules.types.units import json_text, unit
from policyrules.wording_decisions import decided_words

if TYPE_CHECKING:
    from policyrules.explanation import Explanation
    from policyrules.ir import facts as ir
    from policyrules.ir.nodes import Definition, Program

Explainer: TypeAlias = "Callable[[str, int | None, Language], Explanation]"
_ALL = Text("name none to get all outcomes", "请不要列名称，即给出全部结果")
_NAME = Text("the name of an outcome", "结果的名称")
_NAMES, _HELD = frozenset({str}), frozenset({tuple, list})
_SUBJECTS_KEPT, _CHOICES_KEPT = 1024, 64
_MOST_NAMED = 12


@frozen
class _Heading:
    """What all outcomes of one rule share."""

    definition: Definition
    kind: ResultKind
    unit: str  # as in JSON
    words_unit: str


class OutcomeNames:
    """The names of a program's own rules in either language, and how their outcomes are shown."""

    def __init__(self, program: Program) -> None:
        self.program = program
        own = [item for item in program.definitions if item.own]
        self.canonical: Mapping[str, str] = {
            name: item.name
            for item in own
            for name in (item.name, item.label.en, item.label.zh)
            if name
        }
        self._headings = {item.name: _heading(item) for item in own}
        labels = dict(program.labels)
        labels |= dict(pair for declared in program.inputs for pair in declared.values)
        self._labels = labels
        # What concerns no single case is worked out once for each rule and subject.
        self._path = lru_cache(_SUBJECTS_KEPT)(partial(member_path, program))
        self._words = lru_cache(_SUBJECTS_KEPT)(self._new_words)
        self._chosen = lru_cache(_CHOICES_KEPT)(self._new_choice)

    def chosen(self, only: Iterable[str] | None, place: str = ONLY) -> frozenset[str] | None:
        """The canonical names of the outcomes asked for under `place`; None for all of them.

        Raises `InputError` where these are no names, with a suggestion for each that no rule has.
        """
        if only is None:
            return None
        return self._chosen(texts(only, place), place)

    def path(self, member: int | None) -> str:
        """The path of a subject in the case."""
        return self._path(member)

    def outcome(
        self,
        name: str,
        member: int | None,
        found: ir.Outcome,
        explainer: Explainer,
        facts: ir.Facts,
    ) -> Outcome:
        """An outcome under the paths and words of the case with these facts."""
        heading = self._headings[name]
        amount = None
        if has_amount(found):
            amount = Amount(found.low, found.high, heading.unit, basis(found))
        needs = found.needs
        return Outcome(
            name=name,
            of=self._path(member),
            what=found.what,
            status=found.status,
            kind=heading.kind,
            amount=amount,
            value=None if found.value is None else value(found.value),
            flags=found.flags,
            needs=tuple(self.need_path(need) for need in needs) if needs else (),
            words=self._words(name, member, found.value, needs, found.benches),
            explainer=partial(explainer, name, member),
            on=date.fromordinal(facts.on),
            facts=facts,
        )

    def needed(self, found: Iterable[ir.Need], member: int | None) -> Mapping[str, Text]:
        """What is missing to tell more of an outcome: the paths, each with what it is called."""
        return {self.need_path(need): need_words(self.program, need, member) for need in found}

    def unknown(self, name: str, place: str, report: Report) -> None:
        """Note that no rule has an outcome of this name."""
        hint = None if report.full else near(name, self.canonical) or self._all_outcomes()
        report.add("PR628", place, hint=hint, name=shown(name))

    def _all_outcomes(self) -> Text:
        """The hint that names what outcomes there are, as many as can be read."""
        labels = [rule.label for rule in self.program.definitions if rule.own]
        known = wording.listed(labels[:_MOST_NAMED])
        more = len(labels) > _MOST_NAMED
        return Text(
            f"it has {known.of('en')}{', and others' if more else ''}",
            f"本规则集的结果有：{known.of('zh')}{'等' if more else ''}",
        )

    def _new_choice(self, names: tuple[str, ...], place: str) -> frozenset[str]:
        report = Report(MOST_PROBLEMS)
        for name in names:
            if name not in self.canonical:
                self.unknown(name, place, report)
        stop_if_problems(report, place)
        return frozenset(self.canonical[name] for name in names)

    def _new_words(
        self,
        name: str,
        member: int | None,
        value: object,
        needs: tuple[ir.Need, ...],
        benches: tuple[ir.Bench, ...],
    ) -> Words:
        heading = self._headings[name]
        return Words(
            label=heading.definition.label,
            subject=subject_words(self.program, member),
            unit=heading.words_unit,
            value=self._label(value),
            needs=tuple(need_words(self.program, need, member) for need in needs),
            decided=decided_words(benches, heading.words_unit),
        )

    def _label(self, value: object) -> Text | None:
        return self._labels.get(value) if isinstance(value, str) else None

    def need_path(self, need: ir.Need) -> str:
        """The path of what is missing in a case."""
        subject, name = need
        return f"{subject if subject == 'parameters' else self._path(subject)}.{name}"


def texts(given: Iterable[str], place: str) -> tuple[str, ...]:
    """The texts of a list; `InputError` for anything that is none of `place`."""
    names = tuple(given) if type(given) in _HELD else taken(given, MOST_NAMES)
    if names is None or len(names) > MOST_NAMES or not _NAMES.issuperset(map(type, names)):
        return _names(given, names, place)
    return cast("tuple[str, ...]", names)


def _names(only: object, given: tuple[object, ...] | None, place: str) -> tuple[str, ...]:
    """The names of outcomes that a value not quite like a tuple of texts holds."""
    report, names = Report(MOST_PROBLEMS), []
    if given is None:
        report.add("PR602", place, expected=LIST, found=described(plain(only)))
    elif len(given) > MOST_NAMES:
        report.add("PR651", place, hint=_ALL, most=f"{MOST_NAMES:,}")
    else:
        for number, element in enumerate(map(plain, given)):
            if isinstance(element, str):
                names.append(element)
            else:
                found = described(element)
                report.add("PR602", f"{place}[{number}]", expected=_NAME, found=found)
    stop_if_problems(report, place)
    return tuple(names)


def _heading(definition: Definition) -> _Heading:
    return _Heading(
        definition,
        kind=result_kind(definition.kind, definition.unit),
        unit=json_text(unit(definition.unit)),
        words_unit=wording.without_own_whom(definition.unit, definition.subject),
    )
