"""What the paths of a row are together, by the least and the most of their figures.

It is `hulls.py` for a benefit, in whole numbers: the amounts where all paths agree on the status,
else a bound from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from policyrules.backends.sql_paths import Need, mark_name
from policyrules.ir.integers import Integers
from policyrules.ir.lower import OPENED, STATUSES
from policyrules.ir.whole_nodes import Truth, Whole

ERROR = "error"
SHOWN: tuple[str, ...] = (*STATUSES, ERROR)
EndName = Literal["low", "high"]


@frozen
class Hull:
    """The answer of a row, on the columns of its figures."""

    make: Integers
    figures: Mapping[str, Whole]

    def status(self) -> Whole:
        """What all paths agree on, `undetermined` where they do not; or that it is not told."""
        make, first = self.make, self.figures["first status"]
        same = make.equal(first, self.figures["last status"])
        found = make.choose(same, first, make.constant(STATUSES.index("undetermined")))
        found = make.choose(self._is_open(), make.constant(STATUSES.index(OPENED)), found)
        return make.choose(self._is_wrong(), make.constant(SHOWN.index(ERROR)), found)

    def is_problem(self, number: int) -> Truth:
        """Whether this problem is the first one of the row."""
        return self.make.equal(self.figures["problem"], self.make.constant(number))

    def is_told(self, name: EndName) -> Truth:
        """Whether an end is bounded, and shown."""
        make = self.make
        shown = make.either(self._has("eligible"), self._has("undetermined"))
        is_open = self._holds(f"{name} open")
        if name == "high":
            bound = make.every(self._has("undetermined"), self._holds("unstated"))
            is_open = make.either(is_open, bound)
        return make.every(shown, make.negation(is_open))

    def end(self, name: EndName) -> Whole:
        """The figure of an end; a bound holds 0."""
        make, found, none = self.make, self.figures[name], self.make.constant(0)
        bound = make.least(found, none) if name == "low" else make.greatest(found, none)
        return make.choose(self._has("undetermined"), bound, found)

    def by(self, name: EndName) -> Whole:
        """What that figure is divided by."""
        return self.figures[f"{name} by least"]

    def lacks(self, name: str) -> Truth:
        """Whether a row that is open lacks something."""
        return self.make.every(self._has(OPENED), self._holds(f"lacking {name}"))

    def misses(self, mark: Need) -> Truth:
        """Whether something was missing on a path of a row that is told."""
        make = self.make
        missed = make.every(make.negation(self._has(OPENED)), self._holds(mark_name(mark)))
        missed = make.every(missed, make.negation(self._is_wrong()))
        # A figure of the document is asked for only where the outcome is open for it.
        return make.every(missed, self._has("undetermined")) if mark[0] == "parameters" else missed

    def _has(self, status: str) -> Truth:
        return self.make.equal(self.status(), self.make.constant(SHOWN.index(status)))

    def _holds(self, name: str) -> Truth:
        return self.make.equal(self.figures[name], self.make.constant(1))

    def _is_wrong(self) -> Truth:
        return self.make.less(self.make.constant(0), self.figures["problem"])

    def _is_open(self) -> Truth:
        """Whether a path is, or ends have several divisors, of which the lowest is not told."""
        make, figures = self.make, self.figures
        several = [
            make.less(figures[f"{name} by least"], figures[f"{name} by most"])
            for name in ("low", "high")
        ]
        return make.either(self._holds("lost"), *several)
