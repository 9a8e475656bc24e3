"""Of the oracle: what is adjoined to an amount, how it is counted, and limits in written order."""

from __future__ import annotations

from fractions import Fraction
from functools import partial, reduce
from typing import Any

from attrs import frozen
from oracle_expressions import Bound, Expressions, Here, TopUps, rounded_within
from oracle_numbers import (
    ABOVE,
    MONEY,
    UNITS,
    ZERO,
    Num,
    converts,
    higher,
    if_any,
    lower,
    main_unit,
    meet,
    part,
    positive,
    product,
    total,
    unless_below,
)

from policyrules.syntax import ast
from policyrules.syntax.names import months_name, paid_name, times_name

PERIODS: tuple[ast.Period, ...] = ("year", "quarter", "month")


@frozen
class Paid:
    """An input that a limit declares: what was already paid, how often, for how many months."""

    benefit: ast.Benefit
    key: str
    counts: str

    @property
    def entity(self) -> str:
        """Whose fact it is."""
        return self.benefit.entity


class Limits(Expressions):
    """Amounts with their limits."""

    def adjoined(
        self, written: ast.Expr, here: Here, counted: ast.Counted | None
    ) -> tuple[Num, list[Bound]]:
        """An amount with its adjuncts, and the limits that hold after rounding too."""
        match written:
            case ast.Rounded(of, rounding):
                amount, bounds = self.adjoined(of, here, counted)
                return rounded_within(amount, rounding, bounds), bounds
            case ast.Nothing():
                return self.number(written, here), []  # nothing, however often it is counted
            case _ if isinstance(written, ast.Limit):
                self.note_limit(written)
                amount, bounds = self.adjoined(written.of, here, counted)
                return self.limited(amount, bounds, written, here, counted)
            case _:
                amount = self.number(written, here)
                at_once = counted is not None and amount.unit is not None
                if at_once and converts(amount, self.declared_unit(here.lines)):
                    return amount, []
                return self.multiplied(amount, counted, here), []

    def note_limit(self, limit: ast.Limit) -> None:
        """That a limit is not stated is a flag of the rule, whether or not an amount comes out."""
        if isinstance(limit, ast.LimitNotStated):
            self.path.flags.append("limit not stated")

    def multiplied(self, number: Num, clause: ast.Counted | None, here: Here) -> Num:
        """A rate times persons and months, and times the figures of the case in their place."""
        if clause is None:
            return number
        number = reduce(product, [self.number(of, here) for of in clause.by], number)
        for count, unit in ((clause.persons, "person"), (clause.months, "month")):
            if count is not None:
                number = product(number, Num.point(count, UNITS.Unit(unit)))
        return number

    def topped_up(
        self, amount: Num, lines: tuple[ast.ToppedUp, ...], here: Here, counted: ast.Counted | None
    ) -> Num:
        """A payment with its top-ups: those of its subject, then those of each member."""
        unit = amount.unit
        per_person = unit * UNITS.Unit("household") / UNITS.Unit("person")
        for members, own in ((False, unit), (True, per_person)):
            group = tuple(line for line in lines if line.members is members)
            if group:
                top_ups = TopUps(group, own, counted, span=group[0].span)
                added = (
                    self.over("sum", top_ups, None, here)
                    if members
                    else self.top_ups(top_ups, here)
                )
                amount = total(amount, added)
        return amount

    def top_ups(self, top_ups: TopUps, here: Here) -> Num:
        """The highest of the top-ups whose conditions hold, or all of them."""
        found = [Num.point(0, top_ups.unit)]
        for line in top_ups.lines:
            if line.when is None or self.truth(line.when, here):
                own = self.number(line.of, here)
                if not converts(own, top_ups.unit):
                    own = self.multiplied(own, top_ups.counted, here)
                found.append(meet(own, top_ups.unit))
        return reduce(total if top_ups.lines[0].mark == "cumulative" else higher, found)

    def limited(
        self,
        amount: Num,
        bounds: list[Bound],
        limit: ast.Limit,
        here: Here,
        counted: ast.Counted | None,
    ) -> tuple[Num, list[Bound]]:
        """An amount within one more limit."""
        new = self.limit(limit, amount, here, counted)
        return reduce(lambda found, bound: bound[0](found, bound[1]), new, amount), bounds + new

    def limit(
        self, limit: ast.Limit, amount: Num, here: Here, counted: ast.Counted | None
    ) -> list[Bound]:
        """A limit as a function of the amount and an end; none where the document has none."""

        def end(written: ast.Expr) -> Num:
            found = self.number(written, here)
            return found if converts(found, amount.unit) else self.multiplied(found, counted, here)

        match limit:
            case ast.AtMost(_, cap):
                return [(lower, end(cap))]
            case ast.AtLeast(_, floor):
                return [(higher, end(floor))]
            case ast.InTotal(_, most, period):
                return [(lower, self.room(most, period, here))]
            case ast.AtMostWith(_, others, cap):
                taken = [end(other).negative() for other in others]
                return [(lower, positive(reduce(total, taken, end(cap))))]
            case ast.NotPaidBelow(_, least):
                return [(unless_below, end(least))]
            case ast.PaidAs(_, _, least):
                return [(if_any, end(least))]
        return []  # a limit that is not stated, or that there is none

    def room(self, limit: ast.Quantity, period: ast.Period, here: Here) -> Num:
        """What a running limit leaves after what was already paid, never below zero."""
        assert here.benefit is not None
        clauses = here.benefit.clauses
        sharing = [name for c in clauses if isinstance(c, ast.LimitsShared) for name in c.names]
        paid = [self.paid_of(here.benefit, period, here.case, here)]
        others = (self.names[name] for name in dict.fromkeys(sharing))
        paid += [self.paid_of(other, period, None, here) for other in others]
        return positive(reduce(total, [p.negative() for p in paid], self.number(limit, here)))

    def paid_of(
        self, benefit: ast.Benefit, period: ast.Period, case: int | None, here: Here
    ) -> Num:
        """What was already paid; that nothing was paid at all settles every case."""
        key, every = paid_name(benefit.name, period, case).key, paid_name(benefit.name, period).key
        facts = self.facts_of(benefit, here)
        known = every if facts.get(key) is None and facts.get(every) == 0 else key
        return self.paid(Paid(benefit, known, benefit.type.unit), here)

    def paid(self, asked: Paid, here: Here) -> Num:
        """What a limit asks of the case: missing until given, never below zero."""
        owner = self.owner(asked.benefit, here)
        unit = UNITS.Unit(asked.counts)
        if part(unit, MONEY):
            unit = UNITS.Unit(f"{main_unit(part(unit, MONEY))}/{owner.whom}")
        given = self.facts_of(asked.benefit, here).get(asked.key)
        if given is not None:
            return Num.point(given, unit)
        self.need(owner.member, asked.key)
        return Num(ZERO, ABOVE, unit, {"missing"})

    def used_up(self, clauses: tuple[ast.Clause, ...], here: Here) -> list[Any]:
        """For each limit of times or months, the question whether some are left."""
        assert here.benefit is not None
        name, tests = here.benefit.name, []
        for clause in clauses:
            if isinstance(clause, ast.TimesLimit):
                asked, unit = times_name(name, clause.period), "time"
            elif isinstance(clause, ast.MonthsLimit):
                asked, unit = months_name(name), "month"
            else:
                continue
            left = ast.Reference(asked.key, span=clause.span)
            tests.append(partial(self.is_left, left, clause.count, unit, here))
        return tests

    def is_left(self, paid: ast.Expr, most: ast.Expr, unit: str, here: Here) -> bool:
        """Whether one more whole month or time is within a limit."""
        whole = ast.Rounded(
            most, ast.Rounding("downward", Fraction(1), unit, span=most.span), span=most.span
        )
        return self.truth(ast.Compare("<", paid, whole, span=most.span), here)


def is_limited(written: ast.Expr) -> bool:
    """Whether a line has a running limit."""
    if isinstance(written, ast.InTotal):
        return True
    return isinstance(written, ast.Limit | ast.Rounded) and is_limited(written.of)


def asked_inputs(benefit: ast.Benefit) -> dict[str, Paid]:
    """The inputs that limits of a benefit may declare."""
    paying = (ast.Pays, ast.Case, ast.Band, ast.Otherwise)
    lines = [c.of for c in benefit.clauses if isinstance(c, paying)]
    cases = (None, *range(1, sum(map(is_limited, lines)) + 1))
    found = {months_name(benefit.name).key: "month"}
    for period in PERIODS:
        found[times_name(benefit.name, period).key] = "time"
        money = benefit.type.unit
        found |= {paid_name(benefit.name, period, case).key: money for case in cases}
    return {key: Paid(benefit, key, counts) for key, counts in found.items()}
