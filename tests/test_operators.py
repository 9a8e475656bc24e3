"""Each operator at its edges, on plain values and on ranges."""

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product
from typing import Any, get_args

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from policyrules.ir import operators, ranges
from policyrules.ir.bounds import bounds, domain
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Input,
    Kind,
    NotStated,
    Over,
    Reference,
    Variable,
)
from policyrules.ir.operators import OPERATORS
from policyrules.ir.ranges import DISCRETION, MISSING, NOT_STATED, Range, spread
from policyrules.ir.ranges_time import EXTENTS
from policyrules.source import Text

F = Fraction
EDGES = (F(-1), F(0), F(1), F(1, 2), F(-1, 2), F(5, 2), F(-5, 2), F(1, 3), F(-2, 3), F(100))
PAIRS = tuple(product(EDGES, EDGES))
MODES = {
    "round_half_up": ROUND_HALF_UP,
    "round_up": ROUND_CEILING,
    "round_down": ROUND_FLOOR,
    "round_half_even": ROUND_HALF_EVEN,
}
ROUNDINGS = (*MODES, "round_jiao_up")


def plain(name: str, *values: Any) -> Any:
    """An operator on plain values."""
    function = OPERATORS[name].plain
    assert function is not None
    return function(*values)


# --- plain values ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_arithmetic_is_that_of_cross_multiplied_integers(a: Any, b: Any) -> None:
    """Sum, difference, product and quotient have the numerator and denominator of school."""
    p, q, r, s = a.numerator, a.denominator, b.numerator, b.denominator

    assert F(p * s + r * q, q * s) == plain("add", a, b)
    assert F(p * s - r * q, q * s) == plain("subtract", a, b)
    assert F(p * r, q * s) == plain("multiply", a, b)
    assert (F(p * s, q * r) if r else F(0)) == plain("divide", a, b)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_comparisons_and_extremes_are_those_of_integers(a: Any, b: Any) -> None:
    """Less, equal, minimum and maximum agree with the integers over a common denominator."""
    left, right = a.numerator * b.denominator, b.numerator * a.denominator

    assert plain("less", a, b) is (left < right)
    assert plain("equal", a, b) is (left == right)
    assert plain("minimum", a, b) == (a if left < right else b)
    assert plain("maximum", a, b) == (a if left > right else b)
    assert plain("maximum", a) == plain("minimum", a) == a


@pytest.mark.parametrize("name", MODES)
@pytest.mark.parametrize("hundredths", [-250, -151, -150, -149, -50, -1, 0, 1, 49, 50, 150, 250])
def test_rounding_to_the_yuan_agrees_with_decimal(name: str, hundredths: Any) -> None:
    """Every mode, ties and negatives included, agrees with the decimal module."""
    value = Decimal(hundredths) / 100

    expected = value.quantize(Decimal(1), rounding=MODES[name])
    assert plain(name, F(value), F(1)) == F(expected)


@pytest.mark.parametrize("name", MODES)
@pytest.mark.parametrize("step", [F(10), F(1, 10), F(1, 100), F(1, 3)])
@pytest.mark.parametrize("value", EDGES)
def test_rounding_to_a_step_scales(name: str, step: Any, value: Any) -> None:
    """Rounding to a step is rounding the number of steps to one, by integers alone."""
    steps = value / step
    n, d = steps.numerator, steps.denominator
    below, rest = divmod(n, d)
    whole = {
        "round_down": below,
        "round_up": below + (rest > 0),
        "round_half_up": below + (2 * rest > d or (2 * rest == d and n > 0)),
        "round_half_even": below + (2 * rest > d or (2 * rest == d and below % 2 == 1)),
    }[name]

    assert plain(name, value, step) == whole * step


@pytest.mark.parametrize(
    ("value", "expected"),
    [("100.09", 100), ("100.10", 101), ("100", 100), ("99.999", 100), ("0.01", 0), ("-0.5", 0)],
)
def test_by_the_jiao_upward_looks_at_the_jiao_alone(value: Any, expected: Any) -> None:
    """Fen are cut off, then any jiao makes a whole yuan."""
    assert plain("round_jiao_up", F(value), F(1)) == expected


@pytest.mark.parametrize("name", ROUNDINGS)
def test_rounding_to_nothing_leaves_the_value(name: str) -> None:
    """A step of zero cannot fail: the value stays."""
    assert plain(name, F(7, 3), F(0)) == F(7, 3)


@pytest.mark.parametrize(
    ("a", "b", "both", "one"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (False, True, False, True),
        (False, False, False, False),
    ],
)
def test_truth_tables(a: bool, b: bool, both: bool, one: bool) -> None:
    """And, or and not have their tables; of nothing, and holds and or does not."""
    assert plain("and", a, b) is both
    assert plain("or", a, b) is one
    assert plain("not", a) is not a
    assert (plain("and"), plain("or")) == (True, False)


def test_choosing() -> None:
    """Select takes a branch, `is` compares a choice, flagged leaves the value as it is."""
    assert plain("select", True, F(1), F(2)) == 1
    assert plain("select", False, "first", "second") == "second"
    assert plain("is", "first", "first") is True
    assert plain("is", "first", "second") is False
    assert plain("flagged", F(3), "soft rule") == 3


@pytest.mark.parametrize(
    ("name", "start", "operand", "expected"),
    [
        ("add_days", "2024-02-28", 1, "2024-02-29"),
        ("add_days", "2024-03-01", -1, "2024-02-29"),
        ("add_days", "2023-12-31", F(5, 2), "2024-01-02"),
        ("add_days", "9999-12-31", 5, "9999-12-31"),
        ("add_days", "9999-12-01", 50, "9999-12-30"),
        ("add_days", "0001-01-01", -5, "0001-01-01"),
        ("period_end", "2024-02-01", 1, "2024-02-29"),
        ("period_end", "2023-02-28", 1, "2023-02-28"),
        ("period_end", "2023-04-01", 3, "2023-06-30"),
        ("period_end", "2023-12-31", 12, "2023-12-31"),
        ("day_of_month", "2023-02-10", 31, "2023-02-28"),
        ("day_of_month", "2023-03-31", 15, "2023-03-15"),
        ("add_months", "2024-01-31", 1, "2024-02-29"),
        ("add_months", "2023-11-30", 3, "2024-02-29"),
        ("add_months", "9999-12-31", 1, "9999-12-31"),
        ("add_months", "2200-01-01", 93600, "9999-12-30"),
        ("period_end", "9999-12-30", 1, "9999-12-30"),
        ("period_end", "9999-12-31", 1, "9999-12-31"),
        ("previous_end", "2024-03-31", 1, "2024-02-29"),
        ("previous_end", "2023-01-01", 1, "2022-12-31"),
        ("previous_end", "2023-06-30", 3, "2023-03-31"),
        ("previous_end", "2023-12-31", 12, "2022-12-31"),
        ("previous_end", "0001-12-31", 12, "0001-01-01"),
    ],
)
def test_days(name: str, start: Any, operand: Any, expected: Any) -> None:
    """Days are added within the calendar; periods end on their last day."""
    result = plain(name, date.fromisoformat(start).toordinal(), F(operand))

    assert date.fromordinal(result) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("since", "on", "expected"),
    [
        ("2000-02-29", "2018-02-27", 17),
        ("2000-02-29", "2018-02-28", 18),
        ("2000-02-29", "2020-02-28", 19),
        ("2000-02-29", "2020-02-29", 20),
        ("2000-08-01", "2018-07-31", 17),
        ("2000-08-01", "2018-08-01", 18),
        ("2018-08-01", "2018-07-31", -1),
    ],
)
def test_completed_years(since: Any, on: Any, expected: Any) -> None:
    """A year is complete on its anniversary, on 28 February where there is no 29th."""
    days = (date.fromisoformat(day).toordinal() for day in (since, on))

    assert plain("completed_years", *days) == expected


@pytest.mark.parametrize(
    ("since", "on", "months", "days"),
    [
        ("2023-01-31", "2023-02-27", 0, 27),
        ("2023-01-31", "2023-02-28", 1, 28),
        ("2024-01-31", "2024-02-28", 0, 28),
        ("2023-08-01", "2023-08-01", 0, 0),
        ("2023-08-02", "2023-08-01", -1, -1),
    ],
)
def test_completed_months_and_days(since: Any, on: Any, months: Any, days: Any) -> None:
    """A month is complete on its day, on the last one of a shorter month."""
    ends = [date.fromisoformat(day).toordinal() for day in (since, on)]

    assert plain("completed_months", *ends) == months
    assert plain("completed_days", *ends) == days


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [(F("5.5"), F(1, 2), 11), (F("0.99"), F(1), 0), (F(-1, 2), F(1), -1), (F(7), F(0), 0)],
)
def test_whole_times(value: Any, step: Any, expected: Any) -> None:
    """A step counts as often as it is wholly in the value; one of zero never."""
    assert plain("floor_divide", value, step) == expected


def test_whole_times_in_a_range_do_not_round_inward() -> None:
    """Discretion between 1.5 and 2.7 completes one time or two."""
    granted = Range(F("1.5"), F("2.7"), DISCRETION)

    assert EXTENTS["floor_divide"](granted, F(1)) == Range(F(1), F(2), DISCRETION)
    assert EXTENTS["floor_divide"](Range(F("1.5"), None, MISSING), F(1)).high is None
    assert EXTENTS["floor_divide"](Range(F("1.2"), F("1.8"), MISSING), F(1)) == 1


def test_every_numeric_operator_has_a_range_version() -> None:
    """The tables of ranges and comparisons cover exactly the operators of numbers and days."""
    numeric = {name for name, row in OPERATORS.items() if row.gives in ("number", "date")}

    assert set(EXTENTS) == numeric
    assert set(ranges.COMPARISONS) == {n for n, row in OPERATORS.items() if "same" in row.takes}


def test_rows_are_well_formed() -> None:
    """Each row has as many operand kinds as operands, all of them kinds of the program."""
    kinds = {*get_args(Kind), "any", "same"}
    for row in OPERATORS.values():
        assert len(row.takes) == (row.arity or 1)
        assert {*row.takes, row.gives} <= kinds
        assert row.doc


# --- ranges ---------------------------------------------------------------------------------------

numbers = st.fractions(min_value=-20, max_value=20, max_denominator=6)
basis = st.sampled_from([MISSING, NOT_STATED, MISSING | NOT_STATED])


@st.composite
def ranges_with_members(draw: st.DrawFn) -> tuple[ranges.Number, list[Fraction]]:
    """A number or range, open ends included, and some numbers that lie in it."""
    low, high = sorted(draw(st.tuples(numbers, numbers)))
    members = [low, high, (low + high) / 2, low + (high - low) * draw(st.sampled_from(EDGES[1:4]))]
    open_low, open_high = draw(st.booleans()), draw(st.booleans())
    members += [low - 100] * open_low + [high + 100] * open_high
    value = spread(None if open_low else low, None if open_high else high, draw(basis))
    return value, [member for member in members if inside(member, value)]


def inside(number: Any, value: Any) -> bool:
    """Whether a number lies in a range (or is the number)."""
    low, high = ranges.ends(value)
    return (low is None or low <= number) and (high is None or number <= high)


@pytest.mark.parametrize("name", ["add", "subtract", "multiply", "divide", "minimum", "maximum"])
@given(left=ranges_with_members(), right=ranges_with_members())
def test_ranges_hold_every_result(name: str, left: Any, right: Any) -> None:
    """What any members give lies in what their ranges give, and points give a plain number."""
    (one, ones), (two, twos) = left, right
    divides = name == "divide"
    result = EXTENTS[name](one, two)

    for a, b in product(ones, twos):
        if b or not divides:
            assert inside(plain(name, a, b), result)
    low, high = ranges.ends(result)
    assert isinstance(result, F) == (low is not None and low == high)


@pytest.mark.parametrize("name", ["add", "subtract", "multiply", "minimum", "maximum"])
@given(left=st.tuples(numbers, numbers), right=st.tuples(numbers, numbers))
def test_closed_ends_are_reached(name: str, left: Any, right: Any) -> None:
    """The ends of a result are themselves results: the bound is the tightest there is."""
    corners = sorted(left), sorted(right)
    one, two = (spread(low, high, MISSING) for low, high in corners)
    results = [plain(name, a, b) for a, b in product(*corners)]

    assert ranges.ends(EXTENTS[name](one, two)) == (min(results), max(results))


@given(left=ranges_with_members(), right=ranges_with_members())
def test_comparisons_decide_only_what_all_members_agree_on(left: Any, right: Any) -> None:
    """A decided comparison holds for all members; an open closed-ended one goes both ways."""
    (one, ones), (two, twos) = left, right
    for name, compare in ranges.COMPARISONS.items():
        decided = compare(one, two)
        answers = {plain(name, a, b) for a, b in product(ones, twos)}

        assert decided is None or answers == {decided}


@pytest.mark.parametrize("name", ROUNDINGS)
@given(value=ranges_with_members(), step=st.sampled_from([F(1), F(10), F(1, 10), F(1, 3)]))
def test_rounded_ends_hold_every_rounded_member(name: str, value: Any, step: Any) -> None:
    """Ends due to missing data are rounded in the written mode."""
    whole, members = value
    result = EXTENTS[name](whole, step)

    assert all(inside(plain(name, member, step), result) for member in members)
    expected = [None if end is None else plain(name, end, step) for end in ranges.ends(whole)]
    assert ranges.ends(result) == tuple(expected)


@pytest.mark.parametrize("name", ROUNDINGS)
def test_discretion_rounds_inward_in_every_mode(name: str) -> None:
    """A range of discretion keeps to the multiples inside it, or stays if there is none."""
    function = EXTENTS[name]

    assert function(Range(F("1.5"), F("4.2"), DISCRETION), F(1)) == Range(F(2), F(4), DISCRETION)
    assert function(Range(F("1.5"), F("2.5"), DISCRETION), F(1)) == F(2)
    narrow = Range(F("1.2"), F("1.8"), DISCRETION)
    assert function(narrow, F(1)) == narrow
    assert function(Range(F("1.5"), None, DISCRETION), F(1)) == Range(F(2), None, DISCRETION)


@pytest.mark.parametrize("name", ROUNDINGS)
@given(low=numbers, high=numbers, cap=ranges_with_members())
def test_discretion_under_a_missing_cap_stays_proved(
    name: str, low: Any, high: Any, cap: Any
) -> None:
    """Rounding a range of discretion cut at something missing holds what every cap gives."""
    unknown, members = cap
    granted = ranges.discretion(*sorted((low, high)))
    for cut in (ranges.minimum, ranges.maximum):
        whole = EXTENTS[name](cut(granted, unknown), F(1))
        for member in members:
            one = EXTENTS[name](cut(granted, member), F(1))

            assert all(end is None or inside(end, whole) for end in ranges.ends(one))
            assert ranges.ends(one)[1] is not None or ranges.ends(whole)[1] is None


def test_a_point_between_discretion_and_missing_may_round_beyond_the_ends() -> None:
    """The reason why such a range is widened: a cap of 20.5 alone is rounded to 21."""
    both = ranges.maximum(Range(F(2), F(10), DISCRETION), Range(F(0), F("20.5"), MISSING))

    assert ranges.ends(ranges.round_up(both, F(1))) == (2, 21)
    assert ranges.ends(ranges.round_down(both, F(1))) == (2, F("20.5"))


def test_a_dominated_operand_leaves_no_trace() -> None:
    """A cap that pins a value takes away its reasons; a floor that always wins does too."""
    unstated = Range(F(100), None, NOT_STATED)

    assert ranges.minimum(unstated, F(30)) == 30
    assert ranges.maximum(Range(None, F(-1), MISSING), F(0)) == 0
    assert ranges.minimum(unstated, Range(F(0), F(50), MISSING)) == Range(F(0), F(50), MISSING)


def test_an_end_that_is_not_stated_leaves_a_range_unstated() -> None:
    """A range of discretion with an end that is not stated is not stated, whichever end it is."""
    unstated = Range(None, None, NOT_STATED)

    assert ranges.discretion(F(5), unstated) == Range(F(5), None, DISCRETION | NOT_STATED)
    assert ranges.basis_of(ranges.discretion(unstated, F(5))) >= NOT_STATED
    assert ranges.discretion(F(5), F(5)) == 5
    assert ranges.discretion(F(5), F(3)) == 5


def test_open_ends_in_products_and_quotients() -> None:
    """Zero takes an open end away; signs and divisors turn the ends round."""
    up, down = Range(F(2), None, MISSING), Range(None, F(-2), MISSING)

    assert up * F(0) == 0
    assert up * F(-1) == down
    assert up * down == Range(None, F(-4), MISSING)
    assert F(1) / F(2) == ranges.divide(F(1), F(2))
    assert ranges.divide(F(1), up) == Range(F(0), F(1, 2), MISSING)
    assert ranges.divide(F(1), Range(F(0), F(4), MISSING)) == Range(F(1, 4), None, MISSING)
    assert ranges.divide(F(1), Range(F(-1), F(4), MISSING)) == Range(None, None, MISSING)
    assert ranges.divide(up, F(2)) == Range(F(1), None, MISSING)


days = st.integers(date(1990, 1, 1).toordinal(), date(2024, 12, 31).toordinal())


@given(first=st.tuples(days, days), second=st.tuples(days, days), number=st.integers(1, 31))
def test_days_that_are_missing(first: Any, second: Any, number: Any) -> None:
    """Every day in a range of days gives a day or a number of years in the result."""
    one, two = (
        Range(F(min(pair)), F(max(pair)), MISSING) if min(pair) < max(pair) else pair[0]
        for pair in (first, second)
    )
    for a, b in product({*first, sum(first) // 2}, {*second, sum(second) // 2}):
        years = operators.completed_years(a, b)
        assert inside(years, ranges.completed_years(one, two))
        assert inside(operators.completed_months(a, b), EXTENTS["completed_months"](one, two))
        assert inside(operators.completed_days(a, b), EXTENTS["completed_days"](one, two))
        later, before = EXTENTS["add_months"](one, F(number)), EXTENTS["previous_end"](one, F(3))
        assert inside(operators.add_months(a, F(number)), later)
        assert inside(operators.previous_end(a, F(3)), before)
        assert inside(operators.add_days(a, F(number)), ranges.add_days(one, F(number)))
        assert inside(operators.day_of_month(a, F(number)), ranges.day_of_month(one, F(number)))
        for months in (F(1), F(3), F(12)):
            assert inside(operators.period_end(a, months), ranges.period_end(one, months))


def test_no_day_is_later_than_one_that_has_not_happened() -> None:
    """Beside a missing day, the later of both and whether it is the earlier one are known."""
    never, missing = operators.NEVER, Range(None, None, MISSING)

    assert ranges.less(never, missing) is False
    assert ranges.less(missing, never) is None
    assert EXTENTS["latest"](missing, never) == never
    assert EXTENTS["earliest"](never, missing) == Range(None, F(never), MISSING)


def test_so_far_a_missing_day_may_be_the_other_one() -> None:
    """What has not happened gives the other day; what may not have, everything up to either."""
    never, missing = operators.NEVER, Range(F(100), None, MISSING)
    known = Range(F(100), F(200), MISSING)

    assert EXTENTS["so_far"](never, 150) == 150
    assert EXTENTS["so_far"](120, 150) == 120
    assert EXTENTS["so_far"](known, 150) == known
    assert EXTENTS["so_far"](missing, 50) == Range(F(50), None, MISSING)


def test_months_that_are_missing() -> None:
    """A day some months later lies between that for the fewest and that for the most months."""
    start, months = date(2023, 1, 31).toordinal(), Range(F(1), F(2), MISSING)
    february, march = (date(2023, *day).toordinal() for day in ((2, 28), (3, 31)))

    assert EXTENTS["add_months"](start, months) == Range(F(february), F(march), MISSING)
    assert EXTENTS["add_months"](start, Range(F(1), None, MISSING)).high is None


def test_an_open_day_stays_open() -> None:
    """A birth date of which only the latest day is known gives an age with a lowest value only."""
    born = Range(None, F(date(2000, 8, 1).toordinal()), MISSING)
    on = date(2023, 8, 1).toordinal()

    assert ranges.completed_years(born, on) == Range(F(23), None, MISSING)
    assert ranges.add_days(born, F(1)) == Range(None, born.high + 1, MISSING)


# --- bounds ---------------------------------------------------------------------------------------

NAME = Text("x", None)
INCOME = Input(name="income", label=NAME, subject="household", kind="number", low=F(0), high=F(50))
WAGE = Input(name="wage", label=NAME, subject="person", kind="number", low=F(2))


def number(value: Any) -> Constant:
    """A constant number."""
    return Constant(F(value), "number")


def test_bounds_are_proved_over_the_declared_domains() -> None:
    """Each node takes its domain, both branches, all members and the definitions given."""
    income = Variable("income", "household", "number")
    wage = Variable("wage", "person", "number")
    unsure = Constant(True, "truth")
    choice = Apply("select", (unsure, income, number(-3)), "number")
    total = Over("sum", wage, None, "number")
    some = Over("sum", wage, unsure, "number")
    twice = Definition(
        name="twice",
        label=NAME,
        subject="household",
        what="definition",
        kind="number",
        value=Apply("multiply", (income, number(2)), "number"),
    )
    known = {"twice": twice, "given": (F(1), None)}

    def proved(expr: Any) -> Any:
        return bounds(expr, (INCOME, WAGE), known)

    assert proved(choice) == (-3, 50)
    assert proved(Over("count", None, None, "number")) == (1, None)
    assert proved(Over("count", None, unsure, "number")) == (0, None)
    assert proved(total) == (2, None)
    assert proved(some) == (0, None)
    assert proved(Over("lowest", wage, None, "number")) == (2, None)
    assert proved(Over("lowest", wage, unsure, "number")) == (None, None)
    assert proved(Reference("twice", "number")) == (0, 100)
    assert proved(Reference("given", "number")) == (1, None)
    assert proved(Reference("unheard of", "number")) == (None, None)
    assert proved(Apply("flagged", (income, Constant("f", "choice")), "number")) == (0, 50)
    assert proved(Constant(date(2023, 1, 1).toordinal(), "date"))[0] == 738521
    assert proved(Constant(NotStated(F(3), None), "number")) == (3, None)
    assert proved(Constant("first", "choice")) == (None, None)
    assert proved(Apply("and", (unsure, unsure), "truth")) == (None, None)
    assert proved(Over("any", unsure, None, "truth")) == (None, None)


def test_a_domain_of_one_value_is_that_value() -> None:
    """A number or day that can only be one is known even when it is missing."""
    fixed = Input(name="x", label=NAME, subject="household", kind="number", low=F(2), high=F(2))

    assert domain(fixed) == 2
    assert type(domain(evolve(fixed, kind="date"))) is int
    assert domain(WAGE) == Range(F(2), None, MISSING)
