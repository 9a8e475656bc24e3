"""What the callers of a written module meet: outcomes, problems, and how a case is answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from attrs import frozen

from policyrules import diagnostics
from policyrules.backends.hulls import Needs
from policyrules.backends.written import Rule, outcomes
from policyrules.case import Case, CaseReader
from policyrules.case_names import member_path
from policyrules.ir import facts as ir
from policyrules.ir.nodes import Program
from policyrules.results_json import (
    Basis,
    ResultKind,
    amount_data,
    basis,
    has_amount,
    outcome_data,
    result_data,
    value,
)


@frozen(kw_only=True)
class Outcome:
    """What a rule gives for one subject.

    A number or an amount lies between `low` and `high`, exactly (None: open); it has a `basis`
    where it is known or has a bound, else None. Any other kind has its `value`: a bool, the name of
    a category's value, a date, or `none` for one that has not happened. `needs` are the paths of
    the missing facts that were read, `flags` what must be known beside it.
    """

    status: ir.Status
    kind: ResultKind
    low: Fraction | None = None
    high: Fraction | None = None
    basis: Basis | None = None
    unit: str = ""
    value: bool | str | date | None = None
    flags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class Outcomes(dict[tuple[str, str], Outcome]):
    """The outcomes of a case by the name of the rule and the path of the subject.

    `on` is the day whose rules were applied. Rules that are `unlisted` are those of members, where
    the members are unknown.
    """

    def __init__(
        self,
        found: Iterable[tuple[tuple[str, str], Outcome]],
        ruleset: str,
        on: date,
        names: tuple[str, ...],
        unlisted: tuple[str, ...],
    ) -> None:
        super().__init__(found)
        self.ruleset = ruleset
        self.on = on
        self.names = names
        self.unlisted = unlisted


@frozen
class Problem:
    """What is wrong with a case: its code, its path, what it is and what to do about it in words.

    A hint is empty where nothing better than the message is known.
    """

    code: str
    path: str
    message_en: str
    message_zh: str
    hint_en: str
    hint_zh: str


class InputError(Exception):
    """A case that cannot be evaluated, with all that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{each.path}: {each.message_en}" for each in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        """How it reaches another process: made again of its problems."""
        return type(self), (self.problems,)


@frozen
class Answers:
    """Answers cases by the rules of a program; `shown` is the kind and unit of each rule's result.

    `only` is the day of the rules, where they are those of one day.
    """

    ruleset: str
    program: Program
    rules: tuple[Rule, ...]
    shown: dict[str, tuple[ResultKind, str]]
    reader: CaseReader
    needs: Needs

    def to(self, case: Case, on: str | date | None) -> Outcomes:
        """The outcomes of all rules; `InputError` with the problems of the case."""
        try:
            known = self.reader.read(case, on)
        except diagnostics.InputError as error:
            raise InputError([_problem(found) for found in error.diagnostics]) from None
        found = outcomes(self.rules, self.needs, known)
        return Outcomes(
            (
                ((name, member_path(self.program, member)), self._told(name, outcome))
                for name, member, outcome in found
            ),
            self.ruleset,
            date.fromordinal(known.on),
            tuple(rule.name for rule in self.rules),
            tuple(
                rule.name
                for rule in self.rules
                if rule.subject == "person" and known.members is None
            ),
        )

    def _told(self, name: str, found: ir.Outcome) -> Outcome:
        kind, unit = self.shown[name]
        counts = has_amount(found)
        return Outcome(
            status=found.status,
            kind=kind,
            low=found.low if counts else None,
            high=found.high if counts else None,
            basis=basis(found) if counts else None,
            unit=unit,
            value=None if found.value is None else value(found.value),
            flags=found.flags,
            needs=tuple(self._path(need) for need in found.needs),
        )

    def _path(self, need: ir.Need) -> str:
        subject, name = need
        place = subject if subject == "parameters" else member_path(self.program, subject)
        return f"{place}.{name}"


def to_json(outcomes: Outcomes) -> dict[str, object]:
    """The outcomes as JSON-ready data, as `policyrules eval --json` prints them (schema 1)."""
    return result_data(
        outcomes.ruleset,
        outcomes.on,
        outcomes.names,
        ((key, _data(outcome)) for key, outcome in outcomes.items()),
        outcomes.unlisted,
    )


def _data(found: Outcome) -> dict[str, object]:
    if found.kind not in ("amount", "number"):
        return outcome_data(found.status, found.kind, found.value, found.flags, found.needs)
    amount = (
        None if found.basis is None else amount_data(found.low, found.high, found.unit, found.basis)
    )
    return outcome_data(found.status, found.kind, amount, found.flags, found.needs)


def _problem(found: diagnostics.Diagnostic) -> Problem:
    place = diagnostics.place(found)
    return Problem(
        code=found.code,
        path=place,
        message_en=found.message("en"),
        message_zh=found.message("zh"),
        hint_en=found.remedy("en"),
        hint_zh=found.remedy("zh"),
    )
