"""What comes out of an evaluation: all outcomes by name and subject, as objects, JSON and text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from policyrules import wording
from policyrules.case import MEMBERS
from policyrules.case_json import shown
from policyrules.diagnostics import InputError, Report
from policyrules.ir import facts as ir
from policyrules.results_names import Explainer, OutcomeNames
from policyrules.results_outcome import Amount, Outcome
from policyrules.results_text import table
from policyrules.source import Language, Text

__all__ = ["Amount", "Outcome", "Result"]

Key = str | tuple[str, str]
Found = tuple[str, int | None]
SCHEMA = 1
OUTCOMES = "outcomes"


class Result:
    """All outcomes of a case: `result["dibao payment"]`, `result["医疗救助", "person"]`.

    Names work in either language; the path may be left out where the name has one outcome.
    An unknown name or path raises `InputError` with a suggestion.
    """

    def __init__(
        self,
        names: OutcomeNames,
        facts: ir.Facts,
        outcomes: Mapping[Found, ir.Outcome],
        explainer: Explainer,
    ) -> None:
        self.ruleset = names.program.id
        self.title = names.program.title
        self.on = date.fromordinal(facts.on)
        self._names = names
        self._found = outcomes
        self._explainer = explainer
        # An outcome is put into words when it is asked for: most callers want one or two.
        self._shown: dict[Found, Outcome] = {}

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
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self._found)

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Name and path of every outcome, in the order of the rules and of the members."""
        return tuple((name, self._names.path(member)) for name, member in self._found)

    def values(self) -> tuple[Outcome, ...]:
        """Every outcome, in the order of `keys`."""
        return tuple(self._outcome(found) for found in self._found)

    def items(self) -> tuple[tuple[tuple[str, str], Outcome], ...]:
        """Keys with their outcomes."""
        return tuple(zip(self.keys(), self.values(), strict=True))

    def to_dict(self) -> dict[str, object]:
        """The result as JSON-ready data, as `policyrules eval --json` prints it (schema 1)."""
        names = self._names.canonical.values()
        subjects: dict[str, dict[str, object]] = {name: {} for name in names}
        for (name, path), outcome in self.items():
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
        canonical = self._names.canonical.get(name)
        if canonical is None:
            self._names.unknown(name, OUTCOMES, report)
            return None
        named = [found for found in self._found if found[0] == canonical]
        if len(named) == 1 and path in (None, self._names.path(named[0][1])):
            return self._outcome(named[0])
        paths = {self._names.path(found[1]): found for found in named}
        if path is not None and path in paths:
            return self._outcome(paths[path])
        known = wording.listed(Text(where, where) for where in paths)
        if not paths:
            report.add("PR631", MEMBERS, name=shown(name))
        elif path is None:
            report.add("PR632", OUTCOMES, name=shown(name), known=known)
        else:
            report.add("PR629", OUTCOMES, name=shown(name), found=shown(path), known=known)
        return None

    def _outcome(self, found: Found) -> Outcome:
        made = self._shown.get(found)
        if made is None:
            made = self._names.outcome(*found, self._found[found], self._explainer)
            self._shown[found] = made
        return made
