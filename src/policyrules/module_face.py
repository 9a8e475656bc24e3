"""What the callers of a written module meet: outcomes, problems, and how a case is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from typing import final

from attrs import frozen

from policyrules import diagnostics
from policyrules.backends.hulls import Needs
from policyrules.backends.paths import Owner
from policyrules.backends.written import Rule, outcomes
from policyrules.case import Case, CaseReader
from policyrules.case_json import LIST, MOST_PROBLEMS, described
from policyrules.case_names import member_path
from policyrules.case_python import MOST_NAMES, plain, taken
from policyrules.ir import facts as ir
from policyrules.ir.nodes import Program
from policyrules.module_quick import Known, Quick, Rows
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


Key = tuple[str, str]
_MOST_KEPT = 256
_TEXTS = frozenset({str})


class Outcomes(Mapping[Key, Outcome]):
    """The outcomes of a case by the name of the rule and the path of the subject.

    `on` is the day whose rules were applied. Rules that are `unlisted` are those of members, where
    the members are unknown. What is worked out is put into words when it is first looked at.
    """

    def __init__(
        self,
        tell: Callable[[], Iterable[tuple[Key, Outcome]]],
        ruleset: str,
        on: date,
        names: tuple[str, ...],
        unlisted: tuple[str, ...],
    ) -> None:
        self._tell: Callable[[], Iterable[tuple[Key, Outcome]]] | None = tell
        self._found: dict[Key, Outcome] = {}
        self.ruleset = ruleset
        self.on = on
        self.names = names
        self.unlisted = unlisted

    def __getitem__(self, key: Key) -> Outcome:
        return self._known()[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())

    def __repr__(self) -> str:
        return f"Outcomes({self._known()!r})"

    def _known(self) -> dict[Key, Outcome]:
        if self._tell is not None:
            self._found, self._tell = dict(self._tell()), None
        return self._found


@final
@frozen
class Checked:
    """A case that was read and found right, to be evaluated as often as one likes.

    `known` are its facts as plans take them, where they have a usual form.
    """

    case: Case
    on: str | date | None
    known: Known | None


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

    `called` are the rules by their names in either language. What is `quick` is tried first.
    """

    ruleset: str
    program: Program
    rules: tuple[Rule, ...]
    shown: dict[str, tuple[ResultKind, str]]
    called: dict[str, str]
    reader: CaseReader
    needs: Needs
    quick: Quick | None
    read: Callable[[object, object], Known | None]
    kept: dict[tuple[object, ...], tuple[str, ...]]  # names that were asked for, as rules

    def check(self, case: Case, on: str | date | None) -> Checked:
        """A case that can be evaluated; `InputError` with the problems of any other."""
        self._facts(case, on)
        return Checked(case, on, self.read(case, on))

    def to(
        self, case: Case | Checked, on: str | date | None, only: Iterable[str] | None
    ) -> Outcomes:
        """The outcomes of all rules or `only` some; `InputError` with the problems of the case."""
        names = tuple(self.shown) if only is None else self._chosen(only)
        if type(case) is Checked:  # not `isinstance`: a class that is asked for may fail
            on, known, case = case.on, case.known, case.case
        else:
            known = self.read(case, on)
        rows: list[Rows | None] = []
        if known is not None and self.quick is not None:
            plans = self.quick.plans
            rows = [plans[name].work(*known) if name in plans else None for name in names]
            if None not in rows:
                tell = partial(self._all, names, rows, None)
                return Outcomes(tell, self.ruleset, self.quick.on, names, ())
        facts = self._facts(case, on)
        return Outcomes(
            partial(self._all, names, rows or [None] * len(names), facts),
            self.ruleset,
            date.fromordinal(facts.on),
            names,
            self._unlisted(names, facts),
        )

    def _unlisted(self, names: tuple[str, ...], facts: ir.Facts) -> tuple[str, ...]:
        """The rules of members, where these are unknown."""
        if facts.members is not None:
            return ()
        wanted = set(names)
        return tuple(
            rule.name for rule in self.rules if rule.subject == "person" and rule.name in wanted
        )

    def _facts(self, case: Case, on: str | date | None) -> ir.Facts:
        try:
            return self.reader.read(case, on)
        except diagnostics.InputError as error:
            raise InputError([_problem(found) for found in error.diagnostics]) from None

    def _all(
        self, names: tuple[str, ...], rows: list[Rows | None], facts: ir.Facts | None
    ) -> Iterator[tuple[Key, Outcome]]:
        """Each outcome in the order of the rules, by its plan or else by the rule."""
        left = {name for name, of_rule in zip(names, rows, strict=True) if of_rule is None}
        by_rules: dict[str, list[tuple[Owner, ir.Outcome]]] = {name: [] for name in left}
        if facts is not None:
            rules = tuple(rule for rule in self.rules if rule.name in left)
            for name, member, outcome in outcomes(rules, self.needs, facts):
                by_rules[name].append((member, outcome))
        for name, of_rule in zip(names, rows, strict=True):
            told = by_rules[name] if of_rule is None else self._of_plan(name, of_rule)
            for member, outcome in told:
                yield (name, member_path(self.program, member)), self._told(name, outcome)

    def _of_plan(self, name: str, rows: Rows) -> Iterable[tuple[Owner, ir.Outcome]]:
        assert self.quick is not None
        plan = self.quick.plans[name]
        for number, row in enumerate(rows):
            yield number if plan.subject == "person" else None, self.quick.outcome(plan, row)

    def _chosen(self, only: Iterable[str]) -> tuple[str, ...]:
        """The canonical names of rules; `InputError` for what is none, with all that are none."""
        given = only if type(only) is tuple else taken(only, MOST_NAMES)
        if given is None:
            facts = {"expected": LIST, "found": described(plain(only))}
            raise InputError([_problem(diagnostics.Diagnostic("PR602", "only", facts))])
        known = self.kept.get(given) if _TEXTS.issuperset(map(type, given)) else None
        if known is not None:
            return known
        wrong = [
            diagnostics.Diagnostic("PR628", "only", {"name": diagnostics.shown(str(plain(name)))})
            for name in given
            if type(name) is not str or name not in self.called
        ]
        if wrong:
            raise InputError(map(_problem, wrong[:MOST_PROBLEMS]))
        wanted = {self.called[str(name)] for name in given}
        if len(self.kept) < _MOST_KEPT:
            self.kept[given] = tuple(name for name in self.shown if name in wanted)
        return tuple(name for name in self.shown if name in wanted)

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


def unread(case: object, on: object) -> None:
    """Where there are no plans, no case is read for them."""
    del case, on
