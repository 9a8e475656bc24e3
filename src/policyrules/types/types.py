"""The types of values: a number with its unit, yes or no, a date, one value of a category."""

from __future__ import annotations

from attrs import field, frozen

from policyrules.types.units import PERCENT, Unit

# The key of a row of a table that stands for every value of a category, or for every number.
ANY = "*"


@frozen
class NumberType:
    """A number in a unit; the plain unit for a count without name, a rate or a quotient.

    A plain number that is declared a `rate` computes like any other; people read it in percent.
    """

    unit: Unit
    rate: bool = field(default=False, eq=False)

    @property
    def spelled(self) -> str:
        """The unit in which people read the number."""
        return PERCENT if self.rate else self.unit.text


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
