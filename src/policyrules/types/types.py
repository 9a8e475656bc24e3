"""The types of values: a number with its unit, yes or no, a date, one value of a category."""

from __future__ import annotations

from attrs import frozen

from policyrules.types.units import Unit


@frozen
class NumberType:
    """A number in a unit; the plain unit for a count without name, a rate or a quotient."""

    unit: Unit


@frozen
class TruthType:
    """Yes or no."""


@frozen
class DateType:
    """A calendar day."""


@frozen
class ChoiceType:
    """Exactly one value of a category."""

    category: str


@frozen
class UnknownType:
    """Already reported as wrong; goes with everything, so that one mistake stays one."""


Type = NumberType | TruthType | DateType | ChoiceType | UnknownType

TRUTH = TruthType()
DATE = DateType()
UNKNOWN = UnknownType()
