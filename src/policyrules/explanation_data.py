"""The steps of an explanation as JSON-ready data (`schemas/explanation.schema.json`)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from attrs import frozen

from policyrules import wording
from policyrules.backends.steps import Step, Term
from policyrules.case_names import member_path
from policyrules.explanation_distances import distance
from policyrules.explanation_values import own_unit
from policyrules.explanation_words import Sentences
from policyrules.ir.facts import Need
from policyrules.ir.nodes import Cited, Kind
from policyrules.ir.ranges import Range
from policyrules.types.dates import NEVER
from policyrules.types.units import unit

SCHEMA = 1
Data = dict[str, object]


@frozen
class Plain:
    """Lays steps out as data, with sentences and names in one language."""

    words: Sentences

    def explanation(self, root: Step) -> Data:
        """The whole explanation of an outcome."""
        member = root.members[0] if root.members else None
        return {
            "schema": SCHEMA,
            "rule": root.key,
            "of": member_path(self.words.phrases.program, member),
            "status": root.status,
            "amount": plain(root.value, root.kind),
            "unit": _unit(root),
            "text": self.words.sentence(root),
            "cites": self._cites(root.cites),
            "because": [self.step(step) for step in root.because],
        }

    def step(self, step: Step) -> Data:
        """A step with all below it."""
        words = self.words
        data: Data = {
            "role": step.role,
            "text": words.sentence(step),
            "name": None if step.name is None else words.phrases.of(step.name),
            "value": plain(step.value, step.kind),
            "unit": _unit(step),
            "status": step.status,
            "cites": self._cites(step.cites),
            "from": day(step.start),
            "until": None if step.stop is None else day(step.stop - 1),
            "lost": step.lost,
            "again": step.again,
            "figures": [self.figure(term) for term in step.terms],
            "because": [self.step(below) for below in step.because],
        }
        effect = words.effect(step)
        if effect is not None:
            data["effect"] = effect
        if step.role == "decided":
            data["levels"] = [
                {
                    "by": words.phrases.of(term.name),
                    "above": plain(term.value, term.kind),
                    "included": term.operator == ">=",
                }
                for term in step.terms
            ]
        if step.members:
            program = words.phrases.program
            data["of"] = [member_path(program, member) for member in step.members]
        if step.role == "missing":
            data["needs"] = [self._need(need) for need in step.needs]
        return data

    def figure(self, term: Term) -> Data:
        """A figure: a leaf with its name, or an operator with its operands."""
        phrases = self.words.phrases
        data: Data = {
            "role": term.role or None,
            "operator": term.operator or None,
            "name": phrases.named(term) or None,
            "value": plain(term.value, term.kind),
            "unit": _unit(term),
        }
        if term.state:
            data["state"] = term.state
        if term.origin:
            data["origin"] = term.origin
        apart = distance(term)
        if apart is not None:
            data["distance"] = wording.decimal_text(Fraction(apart))
        if term.operands:
            data["operands"] = [self.figure(each) for each in term.operands]
        return data

    def _need(self, need: Need) -> str:
        """The path of what is missing, as in the `needs` of an outcome."""
        subject, name = need
        program = self.words.phrases.program
        return f"{subject if subject == 'parameters' else member_path(program, subject)}.{name}"

    def _cites(self, places: tuple[Cited, ...]) -> list[Data]:
        return [
            {
                "source": place.source,
                "place": list(place.levels),
                "text": self.words.cites((place,)),
            }
            for place in places
        ]


def plain(value: Any, kind: Kind) -> object:  # noqa: ANN401 - what its kind says
    """A value as JSON-ready data, exact."""
    match value:
        case Fraction() as number:
            return wording.decimal_text(number)
        case Range(low, high) if kind == "date":
            return {"low": day(low), "high": day(high)}
        case Range(low, high):
            ends = ((name, end) for name, end in (("low", low), ("high", high)))
            return {n: None if end is None else wording.decimal_text(end) for n, end in ends}
        case bool() | str() | None:
            return value
        case ordinal:
            return day(ordinal)


def day(ordinal: int | Fraction | None) -> str | None:
    """A day as an ISO date, `none` for one that has not come; None where there is none."""
    if ordinal is None:
        return None
    found = date.fromordinal(int(ordinal))
    return wording.NONE if found == NEVER else found.isoformat()


def _unit(of: Step | Term) -> str:
    """The unit as the words show it, in canonical spelling; rates are plain numbers."""
    return unit(own_unit(of.unit, of.own)).text
