"""What comes out of an evaluation: all outcomes by name and subject, as objects, JSON and text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from policyrules import wording
from policyrules.case_names import MEMBERS
from policyrules.diagnostics import InputError, Report, shown
from policyrules.results_json import result_data
from policyrules.results_outcome import Amount, Outcome
from policyrules.results_text import not_listed, table
from policyrules.source import Language, Text

if TYPE_CHECKING:
    from policyrules.ir import facts as ir
    from policyrules.ir.nodes import Definition
    from policyrules.results_names import Explainer, OutcomeNames

__all__ = ["Amount", "Outcome", "Result"]

Key = str | tuple[str, str]
Found = tuple[str, int | None]
OUTCOMES = "outcomes"


class Result:
    """All outcomes of a case: `result["dibao payment"]`, `result["医疗救助", "person"]`.

    Names work in either language; the path may be left out where the name has one outcome.
    An unknown name or path raises `InputError` with a suggestion. `wanted` are the rules that were
    asked for, where it was not all of them.
    """

    def __init__(
        self,
        names: OutcomeNames,
        facts: ir.Facts,
        outcomes: Mapping[Found, ir.Outcome],
        explainer: Explainer,
        wanted: frozenset[str] | None = None,
    ) -> None:
        self.facts = facts
        self._wanted = wanted
        self._names = names
        self._found = outcomes
        self._explainer = explainer
        # An outcome is put into words when it is asked for: most callers want one or two.
        self._shown: dict[Found, Outcome] = {}

    @property
    def ruleset(self) -> str:
        """The id of the ruleset."""
        return self._names.program.id

    @property
    def title(self) -> Text:
        """The title of the ruleset."""
        return self._names.program.title

    @property
    def on(self) -> date:
        """The day whose rules were applied."""
        return date.fromordinal(self.facts.on)

    @property
    def unlisted(self) -> tuple[str, ...]:
        """The rules asked for whose outcomes are those of members, where the members are unknown.

        They have no outcome until `household.members` is given.
        """
        return tuple(item.name for item in self._unlisted())

    def __getitem__(self, key: Key) -> Outcome:
        return self._outcome(self.find(key))

    def __contains__(self, key: object) -> bool:
        return self._place(key) is not None

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self._found)

    def find(self, key: Key, place: str = OUTCOMES) -> Found:
        """The canonical name of the rule that a key means, and the number of the member.

        The household or case itself is None. `InputError`, for what was asked under `place`, if the
        key means no outcome, or several.
        """
        found = self._place(key)
        if found is None:
            raise self._refused(key, place)
        return found

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
        outcomes = ((key, outcome.to_dict()) for key, outcome in self.items())
        return result_data(self.ruleset, self.on, names, outcomes, self.unlisted)

    def to_text(self, lang: Language = "en") -> str:
        """The result as an aligned table for people, with what is needed and noted."""
        title, on = self.title.of(lang) or self.ruleset, wording.day(self.on)
        head = Text(f"{title}, {on.en}", f"{title}，{on.zh}").of(lang)
        unlisted = [(item.label, item.what) for item in self._unlisted()]
        return "\n".join([head, *table(self.values(), unlisted, lang)])

    def unlisted_text(self, lang: Language = "en") -> str:
        """In words, which benefits are not listed until the members are known; empty if none."""
        names = [item.label for item in self._unlisted() if item.what == "benefit"]
        return not_listed(names, lang) if names else ""

    def _unlisted(self) -> Iterator[Definition]:
        """The rules asked for that have no outcome until the members are given."""
        if self.facts.members is not None:
            return
        for item in self._names.program.definitions:
            asked = self._wanted is None or item.name in self._wanted
            if item.own and item.subject == "person" and asked:
                yield item

    def _place(self, key: object) -> Found | None:
        """The rule and subject that a key names, None if it does not name one of them."""
        match key:
            case str(name):
                path = None
            case (str(name), str(path)):
                pass
            case _:
                return None
        canonical = self._names.canonical.get(name)
        named = [found for found in self._found if found[0] == canonical]
        if path is not None:
            named = [found for found in named if self._names.path(found[1]) == path]
        return named[0] if len(named) == 1 else None

    def _refused(self, key: object, place: str = OUTCOMES) -> InputError:
        """Why a key names no outcome, with those that there are."""
        report = Report()
        match key:
            case str(name) | (str(name), _) if name in self._names.canonical:
                canonical = self._names.canonical[name]
                paths = [path for known, path in self.keys() if known == canonical]
                known = wording.listed(Text(path, path) for path in paths)
                if not paths:
                    report.add("PR631", MEMBERS, name=shown(name))
                elif key is name:
                    report.add("PR632", place, name=shown(name), known=known)
                else:
                    found = shown(str(key[1]))
                    report.add("PR629", place, name=shown(name), found=found, known=known)
            case str(name) | (str(name), str()):
                self._names.unknown(name, place, report)
            case _:
                report.add("PR628", place, name=shown(str(key)))
        return InputError(report.diagnostics)

    def _outcome(self, found: Found) -> Outcome:
        made = self._shown.get(found)
        if made is None:
            made = self._names.outcome(*found, self._found[found], self._explainer, self.facts)
            self._shown[found] = made
        return made
