"""Households of a population as single cases: those of which something is missing or unusual."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import define, field

from policyrules.diagnostics import InputError
from policyrules.ir.nodes import Input
from policyrules.types.units import is_money, unit

Row = Mapping[str, Any]
# What is told of a household: its own outcomes and, for each, those of its members.
Told = Any


@define
class OneByOne:
    """Evaluates households one by one, equal ones once."""

    about: str
    tell: Callable[[dict[str, object], object], Told]
    _told: dict[object, Told | InputError] = field(factory=dict)

    def of(
        self,
        household: Row,
        members: Iterable[Row],
        of_household: Mapping[str, Input],
        of_person: Mapping[str, Input],
        on: object,
    ) -> Told | InputError:
        """What is told of a household, or the problems of its facts."""
        facts = _facts(household, of_household)
        people = [_facts(member, of_person) for member in members]
        key = on, tuple(facts.items()), tuple(tuple(each.items()) for each in people)
        known = self._told.get(key)
        if known is None:
            try:
                known = self.tell(self._case(facts, people), on)
            except InputError as error:
                known = error
            self._told[key] = known
        return known

    def _case(self, facts: dict[str, object], people: list[dict[str, object]]) -> dict[str, object]:
        match self.about:
            case "person":
                return {"person": people[0]}
            case "case":
                return {"case": facts}
            case _:
                # A household without a row for anyone has members of whom nothing is known.
                members = {"members": people} if people else {}
                return {"household": {**facts, **members}}


def _facts(row: Row, inputs: Mapping[str, Input]) -> dict[str, object]:
    return {
        name: _value(row[name], entry) for name, entry in inputs.items() if row[name] is not None
    }


def _value(cell: object, entry: Input) -> object:
    """A cell as a case states it: whole numbers of money are fen."""
    whole = isinstance(cell, int) and not isinstance(cell, bool)
    if whole and entry.kind == "number" and is_money(unit(entry.unit)):
        assert isinstance(cell, int)
        return Fraction(cell, 100)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal | Fraction | str | int):
        return cell
    return str(cell)
