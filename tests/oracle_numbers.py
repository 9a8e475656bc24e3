"""Of the oracle: numbers that are not one number, and their units.

A number is a closed interval with the reasons why it is not a point. An end is a pair that sorts
as it should: (-1, 0) is open below, (0, x) is x, (1, 0) is open above.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

from attrs import evolve, field, frozen
from pint import Unit, UnitRegistry

from policyrules.types.units import declared_money

End = tuple[int, Fraction]
BELOW: End = (-1, Fraction(0))
ZERO: End = (0, Fraction(0))
ABOVE: End = (1, Fraction(0))
UNITS: UnitRegistry[Fraction] = UnitRegistry(None, non_int_type=Fraction)
UNITS.load_definitions(Path(__file__).parents[1] / "grammar" / "units.txt")
PLAIN = UNITS.Unit("")
MONEY = ["yuan", "jiao", "fen"]
WHOM = ("person", "household", "case", "item")
PERIODS = ("month", "quarter", "year")
NumUnit = Unit | Literal["date"] | None


def product_of_ends(a: End, b: End) -> End:
    """The product of two ends; nothing of what is open is nothing."""
    if a[0] == b[0] == 0:
        return (0, a[1] * b[1])
    sign = _sign(a) * _sign(b)
    return (sign, Fraction(0))


def _sign(end: End) -> int:
    return end[0] or (end[1] > 0) - (end[1] < 0)


@frozen
class Num:
    """A number from `low` to `high`; `unit` None is a bare number, "date" an ordinal day.

    `why` holds the reasons: "discretion", "missing", "not stated"; a point has none.
    """

    low: End
    high: End
    unit: Unit | Literal["date"] | None
    why: frozenset[str] = field(
        default=frozenset(), converter=lambda reasons: frozenset(reasons or ())
    )

    def __attrs_post_init__(self) -> None:
        assert self.low <= self.high, self
        if self.low == self.high:
            object.__setattr__(self, "why", frozenset())

    @classmethod
    def point(cls, value: Fraction | int, unit: Unit | Literal["date"] | None) -> Num:
        """A number that is known."""
        return cls((0, Fraction(value)), (0, Fraction(value)), unit)

    def plus(self, other: Num) -> Num:
        """The sum; the units are equal."""

        def add(a: End, b: End) -> End:
            return (a[0] or b[0], Fraction(0)) if a[0] or b[0] else (0, a[1] + b[1])

        low, high = add(self.low, other.low), add(self.high, other.high)
        return Num(low, high, self.unit, self.why | other.why)

    def negative(self) -> Num:
        """Its opposite."""
        (above, high), (below, low) = self.high, self.low
        return Num((-above, -high), (-below, -low), self.unit, self.why)

    def times(self, other: Num, unit: Unit | None) -> Num:
        """The product, in the unit that the caller worked out."""
        ends = [product_of_ends(a, b) for a in (self.low, self.high) for b in other.ends]
        return Num(min(ends), max(ends), unit, self.why | other.why)

    @property
    def ends(self) -> tuple[End, End]:
        """Both ends."""
        return self.low, self.high

    def reciprocal(self) -> Num:
        """One divided by it, whatever it is but zero."""
        low, high = ((0, _inverse(end)) for end in self.ends[::-1])
        if self.low < ZERO < self.high:
            return evolve(self, low=BELOW, high=ABOVE)
        if self.low == ZERO:
            return evolve(self, low=low, high=ABOVE)
        if self.high == ZERO:
            return evolve(self, low=BELOW, high=high)
        return evolve(self, low=low, high=high)

    def higher(self, other: Num) -> Num:
        """The higher of both; one that can never be the higher leaves no trace."""
        if self.low >= other.high:
            return self
        if other.low >= self.high:
            return other
        low, high = max(self.low, other.low), max(self.high, other.high)
        return Num(low, high, self.unit, self.why | other.why)

    def lower(self, other: Num) -> Num:
        """The lower of both."""
        return self.negative().higher(other.negative()).negative()

    def hull(self, other: Num) -> Num:
        """From the lowest to the highest of two outcomes; a difference is due to missing data."""
        why = self.why | other.why | ({"missing"} if self.ends != other.ends else set())
        return Num(min(self.low, other.low), max(self.high, other.high), self.unit, why)

    def rounded(self, mode: str, step: Fraction) -> Num:
        """Rounded to multiples of a step; discretion rounds inward, missing data in the mode.

        What is both may turn out as either, so it keeps room for both.
        """
        low, high = (_round_end(end, mode, step) for end in self.ends)
        if "discretion" in self.why and len(self.why) > 1:
            low, high = min(self.low, low), max(self.high, high)
        elif "discretion" in self.why:
            low = _round_end(self.low, "upward", step)
            high = _round_end(self.high, "downward", step)
        return evolve(self, low=low, high=high) if low <= high else self


def _inverse(end: End) -> Fraction:
    """One divided by an end; by one that is open or zero, what it comes close to."""
    return 1 / end[1] if end[0] == 0 and end[1] else Fraction(0)


def _round_end(end: End, mode: str, step: Fraction) -> End:
    return end if end[0] else (0, round_to(end[1], mode, step))


def round_to(value: Fraction, mode: str, step: Fraction) -> Fraction:
    """`value` as a multiple of `step`, in the mode as written."""
    if mode == "by the jiao upward":
        value, mode = round_to(value, "downward", step / 10), "upward"
    below = value // step * step
    rest = value - below
    if rest == 0:
        return below
    up = {
        "upward": True,
        "downward": False,
        "half up": rest * 2 > step or (rest * 2 == step and value > 0),
        "to even": rest * 2 > step or (rest * 2 == step and below / step % 2 == 1),
    }[mode]
    return below + step if up else below


# --- units -------------------------------------------------------------------------------------


def learn_money() -> None:
    """Define the currencies that rule files have declared."""
    for word, money in declared_money().items():
        if word not in MONEY:
            part_of = f"{money.part} {money.whole}" if money.whole else f"[{word}]"
            UNITS.define(f"{word} = {part_of}")
            MONEY.append(word)


def main_unit(money: str) -> str:
    """The currency of which a unit of money is a part."""
    declared = declared_money().get(money)
    return (declared.whole or money) if declared else "yuan"


def part(unit: NumUnit, words: Sequence[str]) -> str:
    """Which of the words is part of a unit, or none."""
    names = dict(UNITS.Quantity(1, unit).unit_items()) if isinstance(unit, Unit) else {}
    return next((word for word in words if word in names), "")


def is_shared_out(unit: NumUnit) -> bool:
    """Whether it is an amount of money or an area, not money per area."""
    powers = dict(UNITS.Quantity(1, unit).unit_items()) if isinstance(unit, Unit) else {}
    area = powers.get("square_metre", 0)
    return area > 0 or (area == 0 and bool(part(unit, MONEY)))


def unit_per(text: str, whom: str) -> Unit:
    """A written unit; money or an area that is per nobody is per whom it stands under."""
    unit = UNITS.Unit(text)
    if unit == UNITS.Unit("person") and whom == "household":
        return unit / UNITS.Unit(whom)
    lacks = is_shared_out(unit) and not part(unit, WHOM)
    return unit / UNITS.Unit(whom) if lacks and whom else unit


def alike(a: Num, b: Num) -> tuple[Num, Num]:
    """Two numbers in one unit: a bare one takes the other's; anything else must be equal."""
    a, b = _taking(a, b.unit), _taking(b, a.unit)
    if a.unit != b.unit:
        raise TypeError(f"{a.unit} with {b.unit}")
    return a, b


def _taking(number: Num, unit: NumUnit) -> Num:
    if number.unit is None:
        return evolve(number, unit=unit)
    lacks = is_shared_out(number.unit) and not part(number.unit, WHOM)
    if lacks and part(unit, WHOM):
        return evolve(number, unit=number.unit / UNITS.Unit(part(unit, WHOM)))
    return number


def meet(number: Num, unit: NumUnit) -> Num:
    """A number where a unit is declared: month, quarter and year convert."""
    number = _taking(number, unit)
    if number.unit == unit:
        return number
    factor = UNITS.Quantity(Fraction(1), number.unit).to(unit).magnitude
    return product(number, Num.point(factor, unit / number.unit))


def converts(number: Num, unit: NumUnit) -> bool:
    """Whether a number could stand where a unit is declared."""
    number = _taking(number, unit)
    return number.unit == unit or UNITS.Quantity(1, number.unit).check(unit.dimensionality)


def product(a: Num, b: Num) -> Num:
    """The product of two numbers; a bare number is a plain one."""
    return a.times(b, (a.unit or PLAIN) * (b.unit or PLAIN))


def quotient(a: Num, b: Num) -> Num:
    """A number divided by another."""
    return a.times(b.reciprocal(), (a.unit or PLAIN) / (b.unit or PLAIN))


def total(a: Num, b: Num) -> Num:
    """The sum of two numbers in one unit; a bare number is a plain one."""
    if a.unit != "date":
        a, b = evolve(a, unit=a.unit or PLAIN), evolve(b, unit=b.unit or PLAIN)
    a, b = alike(a, b)
    return a.plus(b)


def day(value: date) -> Num:
    """A date as the number of its day."""
    return Num.point(value.toordinal(), "date")


def positive(number: Num) -> Num:
    """The number, never below zero."""
    return number.higher(Num.point(0, number.unit))


def unless_below(a: Num, least: Num) -> Num:
    """A number, but nothing where it is smaller than `least`."""
    a, least = alike(a, least)
    if a.low >= least.high:
        return a
    if a.high < least.low:
        return Num.point(0, a.unit)
    kept = max(a.low, least.low)
    return Num(min(ZERO, kept), max(ZERO, a.high), a.unit, a.why | least.why)


def if_any(a: Num, least: Num) -> Num:
    """A number, but `least` where it is above zero and smaller."""
    a, least = alike(a, least)
    if a.low >= least.high or a.high <= ZERO:
        return a
    low, high = (
        max(end, to) if end > ZERO else end for end, to in zip(a.ends, least.ends, strict=True)
    )
    return Num(low, high, a.unit, a.why | least.why)


def higher(a: Num, b: Num) -> Num:
    """The higher of two numbers in one unit."""
    a, b = alike(a, b)
    return a.higher(b)


def lower(a: Num, b: Num) -> Num:
    """The lower of two numbers in one unit."""
    a, b = alike(a, b)
    return a.lower(b)
