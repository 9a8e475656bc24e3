"""Amounts that are lawful: all within two ends, or the steps between them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from attrs import frozen


@frozen
class Lawful:
    """The multiples of `step` from `low` to `high` (None: open), and `ends` that are none.

    Without a step it is every amount between the two.
    """

    low: Fraction
    high: Fraction | None
    step: Fraction | None = None
    ends: tuple[Fraction, ...] = ()

    @property
    def least(self) -> Fraction | None:
        """The lowest of them."""
        return self.above(self.low)

    @property
    def most(self) -> Fraction | None:
        """The highest of them; None if that is open."""
        return None if self.high is None else self.below(self.high)

    def below(self, amount: Fraction) -> Fraction | None:
        """The highest lawful amount up to this one."""
        top = amount if self.high is None else min(amount, self.high)
        if self.step is not None:
            top = top // self.step * self.step
        found = [end for end in self.ends if end <= amount]
        return max([*found, top] if top >= self.low else found, default=None)

    def above(self, amount: Fraction) -> Fraction | None:
        """The lowest lawful amount from this one on."""
        foot = max(amount, self.low)
        if self.step is not None:
            foot = -(-foot // self.step) * self.step
        found = [end for end in self.ends if end >= amount]
        reached = self.high is None or foot <= self.high
        return min([*found, foot] if reached else found, default=None)

    def nearest(self, amount: Fraction) -> Fraction | None:
        """The lawful amount that is nearest; of two equally near ones the lower."""
        found = [end for end in (self.below(amount), self.above(amount)) if end is not None]
        return min(found, key=lambda end: abs(end - amount), default=None)


def is_step(amount: Fraction, step: Fraction | None) -> bool:
    """Whether an amount is a whole number of steps, counted from zero."""
    return step is None or amount % step == 0


def common_step(steps: Iterable[Fraction | None]) -> Fraction | None:
    """The step whose multiples are those of all these steps; None if there is none of them."""
    found = [step for step in steps if step is not None]
    if not found:
        return None
    return reduce(_common, found)


def _common(one: Fraction, other: Fraction) -> Fraction:
    return Fraction(lcm(one.numerator, other.numerator), gcd(one.denominator, other.denominator))
