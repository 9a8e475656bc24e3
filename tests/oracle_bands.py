"""Of the oracle: bands and brackets, and whether some line of a rule pays at all."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

from attrs import evolve
from oracle_expressions import Here, before
from oracle_limits import is_limited
from oracle_precedence import Precedence, Rule

from policyrules.syntax import ast

Line = ast.Pays | ast.Case | ast.Band | ast.Bracket | ast.Otherwise
LINES = (ast.Pays, ast.Case, ast.Band, ast.Bracket, ast.Otherwise)
_WHOLE = ("person", "household", "case", "item", "year_of_age", "person_time", "household_time")


class Bands(Precedence):
    """Which line of a rule counts."""

    def lines_of(self, declared: Rule) -> list[Line]:
        """The lines of a rule that give an amount, brackets as one."""
        found = [clause for clause in declared.clauses if isinstance(clause, LINES)]
        return [
            clause
            for place, clause in enumerate(found)
            if not (isinstance(clause, ast.Bracket) and isinstance(found[place - 1], ast.Bracket))
            or place == 0
        ]

    def holds(self, line: Line, declared: Rule, here: Here) -> bool:
        """Whether the condition of a line holds; one without a condition always does."""
        if isinstance(line, ast.Case):
            return self.truth(line.condition, here)
        return not isinstance(line, ast.Band) or self.in_band(line, declared, here)

    def in_band(self, band: ast.Band, declared: Rule, here: Here) -> bool:
        """Whether the base lies in a band, and its condition holds."""
        base = self.base_of(declared)
        tests = [self.test(band.condition, here)] if band.condition else []
        for bound in band.ends.bounds:
            operator, end = self.joined(bound, base, declared)
            tests.append(self.test(ast.Compare(operator, base, end, span=end.span), here))
        return not self.some(False, tests)

    def joined(self, bound: ast.Bound, base: ast.Expr, declared: Rule) -> tuple[Any, ast.Expr]:
        """Of whole numbers, `at least 7` beside `at most 6` is `more than 6`: one question."""
        if bound.operator == ">=" and isinstance(bound.of, ast.Number | ast.Quantity):
            bands = [c for c in declared.clauses if isinstance(c, ast.Band)]
            for other in (end for band in bands for end in band.ends.bounds):
                known = isinstance(other.of, ast.Number | ast.Quantity)
                beside = known and other.of.value + 1 == bound.of.value
                if other.operator == "<=" and beside and self.is_whole(base):
                    return ">", other.of
        return bound.operator, bound.of

    def is_whole(self, written: ast.Expr) -> bool:
        """Whether a figure is whole in every case."""
        match written:
            case ast.NumberOfMembers():
                return True
            case ast.Number(value) | ast.Quantity(value):
                return value.denominator == 1
            case ast.Binary(operator, left, right):
                return operator != "/" and self.is_whole(left) and self.is_whole(right)
            case ast.Reference(name) | ast.HouseholdFact(name):
                declared = self.names[name]
                if isinstance(declared, ast.Definition):
                    return all(self.is_whole(line.of) for line in self.lines_of(declared))
                return isinstance(declared, ast.Input) and declared.type.unit in _WHOLE
            case _:
                return False

    def base_of(self, declared: Rule) -> ast.Expr:
        """What bands are bands of: what others and the claimant leave of the base."""
        (base,) = (c.of for c in declared.clauses if isinstance(c, ast.Base))
        for clause in declared.clauses:
            for first in before(clause):
                base = ast.Remainder(base, (first,), span=clause.span)
        return base

    def amount_of(self, line: Line, declared: Rule) -> ast.Expr:
        """What a line gives; brackets together the sum of each rate on its own part."""
        if not isinstance(line, ast.Bracket):
            return line.of
        span, total = line.span, None
        for bracket in (c for c in declared.clauses if isinstance(c, ast.Bracket)):
            own = self.base_of(declared)
            for bound in bracket.ends.bounds:
                if bound.operator in ("<", "<="):
                    own = ast.Part(own, "below", bound.of, span=span)
            for bound in bracket.ends.bounds:
                if bound.operator in (">", ">="):
                    own = ast.Part(own, "above", bound.of, span=span)
            rate = bracket.rate
            rate = ast.Number(Fraction(0), span=span) if isinstance(rate, ast.Nothing) else rate
            share = ast.Binary("*", rate, own, span=span)
            total = share if total is None else ast.Binary("+", total, share, span=span)
        assert total is not None
        return total

    def line(self, declared: Rule, here: Here) -> tuple[ast.Expr, tuple[ast.Clause, ...], Here]:
        """What the line gives that counts, the first that holds; what stands from there on.

        Where none holds or it gives nothing, as an exception may still ask for what it replaces,
        that is nothing, to which nothing is added.
        """
        limited = 0
        separate = any(isinstance(c, ast.LimitsSeparate) and c.separate for c in declared.clauses)
        lines = self.lines_of(declared)
        for line in lines:
            own = not isinstance(line, ast.Bracket) and is_limited(line.of)
            limited += own
            if self.holds(line, declared, here):
                case = limited if separate and own else None
                place = next(i for i, c in enumerate(declared.clauses) if c is line)
                below = declared.clauses[place:] if _gives(line) else ()
                return self.amount_of(line, declared), below, evolve(here, case=case)
        return ast.Nothing(span=declared.span), (), here

    def some_line(self, lines: list[Line], declared: Rule, here: Here) -> bool:
        """Whether the first line that holds pays anything."""
        tests: list[Callable[[], bool]] = []
        for place, line in enumerate(lines):
            pays = _gives(line)
            if not isinstance(line, ast.Case | ast.Band):
                return self.some(True, [*tests, partial(bool, pays)])
            test = partial(self.holds, line, declared, here)
            if pays:
                tests.append(test)
                continue
            rest = lines[place + 1 :]

            def unless(test: Callable[[], bool] = test, rest: list[Line] = rest) -> bool:
                return not test() and self.some_line(rest, declared, here)

            if any(map(_gives, rest)):
                tests.append(unless)
            break
        return self.some(True, tests)


def _gives(line: Line) -> bool:
    """Whether a line gives more than `nothing`."""
    return isinstance(line, ast.Bracket) or not isinstance(line.of, ast.Nothing)
