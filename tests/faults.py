"""Faults to plant in the product, so that it shows whether the search would find them.

Each is a slip that such a program may well have: one operator, boundary, conversion, rounding or
status that is not what the language says. None of them touches the oracle.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve, frozen

from policyrules.backends import combinators, crowds, hulls, members, truths
from policyrules.forms import brackets, completed, difference, limits, multiple, parts, share
from policyrules.forms import members as form_members
from policyrules.forms import top_ups as form_top_ups
from policyrules.ir import build, operators, ranges
from policyrules.ir.operators import OPERATORS
from policyrules.ir.ranges import Extent, Number, Range
from policyrules.ir.ranges_time import EXTENTS
from policyrules.semantics import (
    apart,
    bands,
    benefits,
    branches,
    exceptions,
    parameters,
    payment_period,
    payments,
    validity,
)
from policyrules.semantics import limits as semantic_limits
from policyrules.syntax import ast
from policyrules.types import dates

Plant = Callable[[pytest.MonkeyPatch], None]
ZERO = Fraction(0)


@frozen
class Fault:
    """Something wrong with the product: its name, what it stands for, how it gets in."""

    name: str
    stands_for: str
    plant: Plant


FAULTS: list[Fault] = []


def fault(stands_for: str) -> Callable[[Plant], Plant]:
    """List what a function plants under the function's name."""

    def listed(plant: Plant) -> Plant:
        FAULTS.append(Fault(plant.__name__.replace("_", " "), stands_for, plant))
        return plant

    return listed


def everywhere(patch: pytest.MonkeyPatch, known: Any, replacement: Any) -> None:
    """Put something in the place of a function, wherever the product has imported it."""
    for name, module in list(sys.modules.items()):
        if name.startswith("policyrules") and isinstance(module, ModuleType):
            for attribute, value in list(vars(module).items()):
                if value is known:
                    patch.setattr(module, attribute, replacement)


def operator(
    patch: pytest.MonkeyPatch, name: str, plain: Callable[..., Any], extent: Callable[..., Any]
) -> None:
    """Another meaning of an operator, on plain values and on ranges."""
    patch.setitem(OPERATORS, name, evolve(OPERATORS[name], plain=plain))
    table: dict[str, Any] = ranges.COMPARISONS if name in ranges.COMPARISONS else EXTENTS
    patch.setitem(table, name, extent)


def rounding_mode(
    patch: pytest.MonkeyPatch, name: str, mode: Callable[[Fraction, Fraction], Fraction]
) -> None:
    """Another way of rounding, under the name of one."""
    operator(patch, name, mode, lambda value, step: ranges.rounded(value, step, mode))


def comparisons(patch: pytest.MonkeyPatch, module: ModuleType, turned: dict[str, str]) -> None:
    """Other comparisons in the place of those that a part of the product makes."""
    known = module.comparison
    patch.setattr(module, "comparison", lambda sign, *rest: known(turned.get(sign, sign), *rest))


def unchanged(of: Any, *_: Any) -> Any:
    """What comes first, without what is done to it."""
    return of


# --- operators -----------------------------------------------------------------------------------


@fault("operands swapped: what B has more than A")
def subtraction_turned_round(patch: pytest.MonkeyPatch) -> None:
    """B - A for A - B."""
    operator(
        patch,
        "subtract",
        lambda a, b: operators.subtract(b, a),
        lambda a, b: ranges.subtract(b, a),
    )


@fault("operands swapped")
def division_turned_round(patch: pytest.MonkeyPatch) -> None:
    """B / A for A / B."""
    operator(patch, "divide", lambda a, b: operators.divide(b, a), lambda a, b: ranges.divide(b, a))


@fault("operands swapped")
def less_turned_round(patch: pytest.MonkeyPatch) -> None:
    """B < A for A < B."""
    operator(patch, "less", lambda a, b: b < a, lambda a, b: ranges.less(b, a))


@fault("不超过 for 低于: a boundary that is included where it is not")
def at_most_for_less(patch: pytest.MonkeyPatch) -> None:
    """A <= B for A < B."""

    def at_most(left: Extent, right: Extent) -> bool | None:
        turned = ranges.less(right, left)
        return None if turned is None else not turned

    operator(patch, "less", lambda a, b: a <= b, at_most)


@fault("a cap where a floor is written, a floor where a cap is")
def higher_and_lower_swapped(patch: pytest.MonkeyPatch) -> None:
    """The smaller for the larger."""
    operator(patch, "maximum", operators.minimum, ranges.minimum)
    operator(patch, "minimum", operators.maximum, ranges.maximum)


@fault("the last case that holds for the first")
def cases_in_reverse(patch: pytest.MonkeyPatch) -> None:
    """The branches of a choice turned round."""
    known = branches.chosen
    patch.setattr(
        branches,
        "chosen",
        lambda found, *rest: known(
            [
                *(b for b in reversed(found) if b.when is not None),
                *(b for b in found if not b.when),
            ],
            *rest,
        ),
    )


@fault("a list of which one is enough taken for one of which all must hold, and the reverse")
def any_and_all_swapped(patch: pytest.MonkeyPatch) -> None:
    """`or` for `and`."""
    known = truths.junction
    operator_and, operator_or = OPERATORS["and"], OPERATORS["or"]
    patch.setitem(OPERATORS, "and", evolve(operator_and, plain=operator_or.plain))
    patch.setitem(OPERATORS, "or", evolve(operator_or, plain=operator_and.plain))
    patch.setattr(
        combinators, "junction", lambda codes, *, decisive: known(codes, decisive=not decisive)
    )


@fault("any member for every member")
def any_member_for_every(patch: pytest.MonkeyPatch) -> None:
    """A test of all members that one of them meets."""
    known = form_members.test
    everywhere(patch, known, lambda _, condition, origin: known("any", condition, origin))


@fault("the condition of a sum or count forgotten")
def everyone_counts(patch: pytest.MonkeyPatch) -> None:
    """All members where those are meant who meet a condition."""
    known = members.total
    patch.setattr(members, "total", lambda crowd, body, _, number: known(crowd, body, None, number))


# --- time ----------------------------------------------------------------------------------------


@fault("31 January and a month is 3 March")
def month_ends_run_over(patch: pytest.MonkeyPatch) -> None:
    """A day that its month lacks becomes one of the next month."""

    def running_over(year: int, month: int, day: int) -> date:
        last = dates.monthrange(year, month)[1]
        first = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, day) if day <= last else dates.add_days(first, day - last - 1)

    patch.setattr(dates, "_day", running_over)


@fault("届满 for 超过: a birthday does not complete the year")
def years_complete_a_day_late(patch: pytest.MonkeyPatch) -> None:
    """A year or month is completed on the day after."""
    known = dates.completed_months
    patch.setattr(dates, "completed_months", lambda since, on: known(dates.add_days(since, 1), on))


@fault("the first day of a period of validity left out")
def valid_from_the_day_after(patch: pytest.MonkeyPatch) -> None:
    """A rule begins on the day after its first."""
    known = validity.days

    def late(valid: ast.Valid) -> tuple[int | None, int | None]:
        first, last = known(valid)
        return None if first is None else first + 1, last

    patch.setattr(validity, "days", late)


@fault("the last day of a period of validity left out")
def valid_until_the_day_before(patch: pytest.MonkeyPatch) -> None:
    """A rule ends on the day before its last."""
    known = validity.days

    def early(valid: ast.Valid) -> tuple[int | None, int | None]:
        first, last = known(valid)
        return first, None if last is None else last - 1

    patch.setattr(validity, "days", early)


@fault("the version of a standard that begins today is not used today")
def version_of_the_day_before(patch: pytest.MonkeyPatch) -> None:
    """The value of the day before."""
    comparisons(patch, parameters, {"<": "<="})


@fault("从次月起 for 从当月起, and until which month")
def months_of_payment_shifted(patch: pytest.MonkeyPatch) -> None:
    """The end of the month of the event for that of the month before, and the reverse."""
    known = payment_period.apply
    swapped = {"period_end": "previous_end", "previous_end": "period_end"}
    patch.setattr(
        payment_period,
        "apply",
        lambda name, *rest, **more: known(swapped.get(name, name), *rest, **more),
    )


@fault("a first day that counts: a day more is completed")
def days_complete_a_day_early(patch: pytest.MonkeyPatch) -> None:
    """A stay of 183 days on its 183rd day."""
    known = EXTENTS["completed_days"]
    operator(
        patch,
        "completed_days",
        lambda since, on: operators.completed_days(since, on) + 1,
        lambda since, on: ranges.add(known(since, on), Fraction(1)),
    )


@fault("calendar days for working days")
def working_days_are_days(patch: pytest.MonkeyPatch) -> None:
    """Saturdays count."""
    patch.setitem(EXTENTS, "add_working_days", ranges.add_days)


@fault("a deadline that is a day short: the day it runs from counts")
def the_first_day_counts(patch: pytest.MonkeyPatch) -> None:
    """`within 5 days` ends on the fourth day after."""
    operator(
        patch,
        "add_days",
        lambda day, days: operators.add_days(day, days - 1),
        lambda day, days: ranges.add_days(day, ranges.subtract(days, Fraction(1))),
    )


# --- units ---------------------------------------------------------------------------------------


@fault("元/年 read as 元/月: the factor 12 is lost")
def years_are_not_converted(patch: pytest.MonkeyPatch) -> None:
    """A figure in another unit with the same number."""
    known = build.scaled
    everywhere(patch, known, lambda typed, _, unit: known(typed, Fraction(1), unit))


@fault("9元/年 in a standard of 元/人·月 read as 9元/人·月")
def standards_are_not_converted(patch: pytest.MonkeyPatch) -> None:
    """The number of a value as it is written."""
    known = parameters.Parameters._literal

    def as_written(self: Any, node: Any, value: Any) -> Fraction:
        known(self, node, value)
        return Fraction(value.value)

    patch.setattr(parameters.Parameters, "_literal", as_written)


@fault("40% read as 40 times")
def percent_is_whole(patch: pytest.MonkeyPatch) -> None:
    """A rate in percent for a share."""
    known = share.share
    everywhere(patch, known, lambda rate, *rest: known(rate * 100, *rest))


@fault("“按2人计” forgotten: what is per person counted once")
def counted_for_one(patch: pytest.MonkeyPatch) -> None:
    """The persons and months of a line `counted for` forgotten."""
    known = payments.counted

    def once(found: Any, scope: Any) -> Any:
        line = scope.counted
        if line is not None:
            line = evolve(line, persons=line.persons and Fraction(1), months=Fraction(1))
        return known(found, evolve(scope, counted=line))

    everywhere(patch, known, once)


# --- amounts -------------------------------------------------------------------------------------


@fault("an income above the standard makes a gap below zero")
def gaps_go_below_zero(patch: pytest.MonkeyPatch) -> None:
    """A difference without its floor."""

    def gap(left: Any, right: Any, origin: Any) -> Any:
        return build.figure("subtract", left.unit, left.expr, right.expr, origin=origin)

    everywhere(patch, difference.difference, gap)


@fault("a deductible above the base makes a share below zero; so does what is paid before")
def remainders_go_below_zero(patch: pytest.MonkeyPatch) -> None:
    """What remains, without its floor."""

    def rest(of: Any, after: list[Any], origin: Any) -> Any:
        for item in after:
            of = build.figure("subtract", of.unit, of.expr, item.expr, origin=origin)
        return of

    everywhere(patch, parts.remainder, rest)


@fault("`but at least` forgotten")
def floors_dropped(patch: pytest.MonkeyPatch) -> None:
    """An amount without its floor."""
    patch.setitem(semantic_limits._BOUNDS, "floor", unchanged)


@fault("`up to` forgotten")
def caps_dropped(patch: pytest.MonkeyPatch) -> None:
    """An amount without its cap."""
    patch.setitem(semantic_limits._BOUNDS, "cap", unchanged)


@fault("a cap applied before rounding only, so that rounding up goes beyond it")
def caps_before_rounding_only(patch: pytest.MonkeyPatch) -> None:
    """A rounded amount that its limits no longer bind."""
    known = payments.Payment.rounded
    patch.setattr(
        payments.Payment,
        "rounded",
        lambda self, node, scope: known(payments.Payment(self.amount), node, scope),
    )


@fault("what was paid this year taken off twice")
def paid_twice(patch: pytest.MonkeyPatch) -> None:
    """A running limit less twice of what was paid."""
    known = limits.remaining
    everywhere(patch, known, lambda limit, paid, origin: known(limit, [*paid, *paid], origin))


@fault("what was paid this year forgotten")
def paid_forgotten(patch: pytest.MonkeyPatch) -> None:
    """A running limit as it is at the beginning of the year."""
    known = limits.remaining
    everywhere(patch, known, lambda limit, _, origin: known(limit, [], origin))


@fault("times of a year that has passed: one more than allowed")
def one_time_more(patch: pytest.MonkeyPatch) -> None:
    """`at most 2 times` holds with two times already."""
    comparisons(patch, semantic_limits, {"<": "<="})


@fault("不满 for 以下: a figure between two bands taken for one of the lower band")
def bands_at_their_ends(patch: pytest.MonkeyPatch) -> None:
    """Bands that hold their high end and not their low one."""
    comparisons(patch, bands, {"<": "<=", ">=": ">"})


@fault("超额累进 as 全额累进: the rate of a part taken of all that lies below its end")
def parts_begin_at_zero(patch: pytest.MonkeyPatch) -> None:
    """Brackets without what they are above."""
    known = brackets.part
    patch.setattr(
        brackets, "part", lambda of, side, *rest: of if side == "above" else known(of, side, *rest)
    )


@fault("of several top-ups all for the highest")
def top_ups_add_up(patch: pytest.MonkeyPatch) -> None:
    """`highest only` read as `cumulative`, and the reverse."""
    known = form_top_ups.together
    other = {"highest": "cumulative", "cumulative": "highest"}
    everywhere(patch, known, lambda amounts, mark, origin: known(amounts, other[mark], origin))


@fault("不足10元的不予发放 where it is exactly 10")
def small_amounts_at_the_edge(patch: pytest.MonkeyPatch) -> None:
    """What is exactly the least amount is not paid."""

    def above(value: Number, least: Number) -> Number:
        if isinstance(value, Range) or isinstance(least, Range) or value != least:
            return known(value, least)
        return ZERO

    known = EXTENTS["drop_below"]
    operator(patch, "drop_below", lambda a, b: a if a > b else ZERO, above)


@fault("不足10元的按10元发放 where there is nothing to pay")
def nothing_is_lifted(patch: pytest.MonkeyPatch) -> None:
    """Zero becomes the least amount too."""
    operator(patch, "lift_to", max, ranges.higher)


@fault("每满 read as 每超过: a part of a step counts")
def begun_steps_count(patch: pytest.MonkeyPatch) -> None:
    """Steps begun for steps completed."""

    def begun(value: Number, step: Fraction) -> Number:
        return -known(-value, step)

    known = EXTENTS["floor_divide"]
    operator(patch, "floor_divide", lambda a, b: -operators.floor_divide(-a, b), begun)


@fault("steps completed before zero take money away")
def steps_go_below_zero(patch: pytest.MonkeyPatch) -> None:
    """An amount for each completed step, less than none of them."""
    patch.setattr(
        completed,
        "apply",
        lambda name, kind, *of, **more: (
            of[-1] if name == "maximum" else build.apply(name, kind, *of, **more)
        ),
    )


@fault("2至10倍 read as 2倍")
def ranges_are_their_low_end(patch: pytest.MonkeyPatch) -> None:
    """Discretion decided by itself."""
    known = multiple.multiple
    everywhere(patch, known, lambda low, _, of, origin: known(low, low, of, origin))


# --- rounding ------------------------------------------------------------------------------------


@fault("ties of negative figures go up instead of away from zero")
def half_up_toward_infinity(patch: pytest.MonkeyPatch) -> None:
    """Half up as many a language has it."""
    rounding_mode(
        patch,
        "round_half_up",
        lambda value, step: operators.round_down(value + step / 2, step),
    )


@fault("ties to the even multiple, as a language's own `round` does")
def half_up_to_even(patch: pytest.MonkeyPatch) -> None:
    """Half even for half up."""
    rounding_mode(patch, "round_half_up", operators.round_half_even)


@fault("rounding down as cutting off, which goes up below zero")
def down_toward_zero(patch: pytest.MonkeyPatch) -> None:
    """Truncation for rounding down."""
    rounding_mode(
        patch,
        "round_down",
        lambda value, step: Fraction(int(value / step)) * step if step else value,
    )


@fault("rounding up as rounding")
def up_to_the_nearest(patch: pytest.MonkeyPatch) -> None:
    """Half up for upward."""
    rounding_mode(patch, "round_up", operators.round_half_up)


@fault("ties away from zero where the document says to even")
def even_as_half_up(patch: pytest.MonkeyPatch) -> None:
    """Half up for half even."""
    rounding_mode(patch, "round_half_even", operators.round_half_up)


@fault("见角进元 as rounding up, which looks at the fen too")
def jiao_as_upward(patch: pytest.MonkeyPatch) -> None:
    """Upward for by the jiao."""
    rounding_mode(patch, "round_jiao_up", operators.round_up)


@fault("rounding leaves the range that the rule grants")
def discretion_rounded_outward(patch: pytest.MonkeyPatch) -> None:
    """Both ends of discretion rounded as an amount would be."""
    patch.setattr(ranges, "DISCRETION", frozenset({"none"}))


# --- what is missing -----------------------------------------------------------------------------


@fault("an unanswered question read as no")
def missing_truth_is_no(patch: pytest.MonkeyPatch) -> None:
    """Null is false."""
    known = combinators._absent

    def absent(entry: Any) -> Any:
        return (lambda *_: False) if entry.kind == "truth" else known(entry)

    patch.setattr(combinators, "_absent", absent)


@fault("a figure that is not given read as zero")
def missing_number_is_zero(patch: pytest.MonkeyPatch) -> None:
    """Null is 0."""
    known = combinators.domain
    patch.setattr(
        combinators, "domain", lambda entry: ZERO if entry.kind == "number" else known(entry)
    )


@fault("a household whose members are not given has none")
def missing_members_are_none(patch: pytest.MonkeyPatch) -> None:
    """Null is an empty list."""
    patch.setattr(crowds.Members, "known", lambda _, run, __: range(len(run.facts.members or ())))


@fault("an outcome that does not say what it needs")
def needs_dropped(patch: pytest.MonkeyPatch) -> None:
    """Nothing is asked for."""
    patch.setattr(hulls.Needs, "of", lambda *_: ())


@fault("a flag that does not reach the outcome")
def flags_dropped(patch: pytest.MonkeyPatch) -> None:
    """What is flagged is said without its flag."""
    patch.setattr(combinators, "_flagged", lambda value, _: value)


@fault("what an open list leaves out read as no")
def lists_are_closed(patch: pytest.MonkeyPatch) -> None:
    """…等 without the 等."""
    patch.setattr(combinators, "others", lambda *_: lambda *_: False)


@fault("the bound of an outcome taken from one path of several")
def hull_of_the_first_path(patch: pytest.MonkeyPatch) -> None:
    """The first of two values for all that lie between."""
    patch.setattr(hulls, "hull", unchanged)


@fault("a figure that the case supplies for one not stated is not used")
def supplied_figures_ignored(patch: pytest.MonkeyPatch) -> None:
    """What is not stated stays so."""
    known = combinators._not_stated
    patch.setattr(
        combinators, "_not_stated", lambda silent, kind: known(evolve(silent, keys=("none",)), kind)
    )


@fault("a standard that is not in force yet is 0")
def not_in_force_is_zero(patch: pytest.MonkeyPatch) -> None:
    """No value read as nothing."""
    known = combinators._stop
    patch.setattr(
        combinators,
        "_stop",
        lambda status: (lambda *_: ZERO) if status == "not in force" else known(status),
    )


# --- status and precedence -----------------------------------------------------------------------


@fault("`otherwise nothing` as a payment of 0")
def nothing_is_eligible(patch: pytest.MonkeyPatch) -> None:
    """Who is paid nothing is eligible."""
    patch.setattr(branches, "due", lambda _: ())


@fault("`not eligible` for `not stated`")
def statuses_mixed_up(patch: pytest.MonkeyPatch) -> None:
    """A silent document refuses."""
    known = hulls._path
    other = {"not stated": "not eligible"}
    patch.setattr(
        hulls, "_path", lambda run, status, value: known(run, other.get(status, status), value)
    )


@fault("a case that a person decides comes out as paid nothing")
def manual_is_not_eligible(patch: pytest.MonkeyPatch) -> None:
    """一事一议 decided by itself."""
    known = combinators._stop
    patch.setattr(
        combinators, "_stop", lambda status: known("not eligible" if status == "manual" else status)
    )


@fault("a benefit counts in other rules though it is not due")
def undue_benefits_count(patch: pytest.MonkeyPatch) -> None:
    """The amount of a benefit, whether or not it is due."""
    known = benefits.apply
    patch.setattr(
        benefits,
        "apply",
        lambda name, kind, *of, **more: (
            of[1] if name == "select" else known(name, kind, *of, **more)
        ),
    )


@fault("the conditions of a benefit forgotten")
def conditions_dropped(patch: pytest.MonkeyPatch) -> None:
    """Everybody meets every `when`."""
    everywhere(patch, branches.conditions, lambda *_: [])


@fault("the second of two `when` lines forgotten")
def one_condition_is_enough(patch: pytest.MonkeyPatch) -> None:
    """Only the first condition of several."""
    known = branches.conditions
    everywhere(patch, known, lambda *of: known(*of)[:1])


@fault("a rule that holds as a rule only decides")
def soft_rules_decide(patch: pytest.MonkeyPatch) -> None:
    """`as a rule` read as `when`."""
    known = branches.conditions

    def hard(clauses: Any, scope: Any) -> Any:
        soft = [
            ast.When(line.condition, span=line.span)
            for line in clauses
            if isinstance(line, ast.SoftRule)
        ]
        return known((*clauses, *soft), scope)

    everywhere(patch, known, hard)


@fault("an exception forgotten")
def exceptions_dropped(patch: pytest.MonkeyPatch) -> None:
    """A rule without its exceptions."""
    patch.setattr(benefits, "with_exceptions", lambda _, __, general, *___: general)


@fault("the condition of an exception instead of the general one, not beside it")
def exceptions_go_alone(patch: pytest.MonkeyPatch) -> None:
    """The conditions of a benefit decide only where no exception does."""
    conditions, outcome = benefits.conditions, benefits.outcome

    def with_conditions(clauses: Any, declared: Any, name: Any, scope: Any) -> Any:
        found = outcome(clauses, declared, name, scope)
        return found and evolve(found, due=(*conditions(clauses, scope), *found.due))

    patch.setattr(benefits, "conditions", lambda *_: [])
    patch.setattr(benefits, "outcome", with_conditions)


@fault("two exceptions that contradict each other go by their order")
def conflicts_settled(patch: pytest.MonkeyPatch) -> None:
    """Where two hold, the first."""
    patch.setattr(exceptions, "combinations", lambda *_: ())


@fault("two benefits paid together that may not be")
def losers_paid(patch: pytest.MonkeyPatch) -> None:
    """The loser of `not together` is paid as well."""
    patch.setattr(apart, "_against", lambda rule, *_: rule)


@fault("较低者 for 较高者: of two benefits the lower one is paid")
def winners_lose(patch: pytest.MonkeyPatch) -> None:
    """The other one of two that are not paid together."""
    comparisons(patch, apart, {">": "<", ">=": "<="})


@fault("of benefits that are equal, or in an order, the last named is paid")
def the_last_named_wins(patch: pytest.MonkeyPatch) -> None:
    """The order of the names turned round."""
    known = apart._rivals
    turned = lambda line: evolve(line, names=line.names[::-1])  # noqa: E731
    patch.setattr(apart, "_rivals", lambda rule, line, alone: known(rule, turned(line), alone))


@fault("an exception to an exception taken for one to the rule")
def narrower_exceptions_stand_alone(patch: pytest.MonkeyPatch) -> None:
    """An exception without the condition and the lines of the one that it narrows."""
    patch.setattr(exceptions, "_narrowed", lambda *_: None)


@fault("months of grace forgotten")
def grace_dropped(patch: pytest.MonkeyPatch) -> None:
    """A payment ends at once."""
    patch.setattr(benefits, "with_grace", lambda _, due, paid, *__: (due, paid))


@fault("届满 for 未满: months of grace that go on for a month more")
def grace_of_a_month_more(patch: pytest.MonkeyPatch) -> None:
    """A grace period that ends with the month after its last."""
    known = payment_period._passed
    patch.setattr(payment_period, "_passed", lambda _, *rest: known("<=", *rest))
