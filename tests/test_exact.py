"""Arithmetic in whole numbers against the operators on fractions and days, within proved bounds."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

import pytest
from whole_numbers import values

from policyrules.ir import operators
from policyrules.ir.calendar import Days
from policyrules.ir.exact import Exact, Figure
from policyrules.ir.integers import Integers
from policyrules.ir.operators import FIRST_DAY, LAST_DAY, NEVER
from policyrules.ir.whole_nodes import Node, Whole, bits, needed

PARTS = (Fraction(1), Fraction(1, 100), Fraction(1, 12), Fraction(3, 7))
STEPS = (Fraction(1), Fraction(1, 10), Fraction(1, 100), Fraction(10), Fraction(5, 3))
FAR = 10**14
MODES = ("round_half_up", "round_up", "round_down", "round_half_even", "round_jiao_up")
TWO = ("add", "subtract", "multiply", "divide", "minimum", "maximum")
OF_TWO = {"minimum": "least", "maximum": "greatest"}


def worth(figure: Figure, found: dict[Node, list[int | bool]], who: int = 0) -> Fraction:
    """The number that a figure is, from the values of the nodes."""
    value = found[figure.whole][who] * figure.part
    for divisor in figure.by:
        value /= found[divisor][who]
    return value


def nodes_of(*figures: Figure) -> list[Node]:
    """What must be worked out for figures."""
    return [node for figure in figures for node in (figure.whole, *figure.by)]


def amounts(drawn: random.Random) -> int:
    """Numbers around zero, ties and the far ends."""
    return drawn.choice(
        [drawn.randint(-FAR, FAR), drawn.randint(-300, 300), 0, 5, -5, 50, -50, 150, -150, FAR]
    )


def two_figures(exact: Exact, part: Fraction, other: Fraction) -> tuple[Figure, Figure, Figure]:
    """Two columns of amounts and one of a number of persons."""
    columns = (
        exact.integers.column(name, low, high, of_person=False)
        for name, low, high in (("a", -FAR, FAR), ("b", -FAR, FAR), ("n", 1, 100))
    )
    a, b, n = columns
    return Figure(a, part), Figure(b, other), Figure(n, Fraction(1))


@pytest.mark.parametrize("name", TWO)
@pytest.mark.parametrize("part", PARTS)
def test_arithmetic_is_that_of_fractions(name: str, part: Fraction) -> None:
    """Asserts the value of an operator on figures of other parts, and on quotients of them."""
    exact, drawn = Exact(), random.Random(f"{name} {part}")  # noqa: S311 - nothing secret
    plain: Callable[..., Fraction] = getattr(operators, name)
    function = getattr(exact, OF_TWO.get(name, name))
    for other in PARTS:
        a, b, n = two_figures(exact, part, other)
        pairs = [(a, b), (exact.divide(a, n), b), (a, exact.divide(b, n)), (a, n), (a, a)]
        results = [(*pair, function(*pair)) for pair in pairs]
        for _ in range(40):
            row = {"a": amounts(drawn), "b": amounts(drawn), "n": drawn.randint(1, 100)}
            found = values(nodes_of(*(each for three in results for each in three)), row, [{}])
            for left, right, result in results:
                expected = plain(worth(left, found), worth(right, found))
                assert worth(result, found) == expected, (row, name, left, right)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("step", STEPS)
def test_rounding_is_that_of_fractions(mode: str, step: Fraction) -> None:
    """Asserts every mode on both sides of zero and on ties, for columns and quotients."""
    exact, drawn = Exact(), random.Random(f"{mode} {step}")  # noqa: S311 - nothing secret
    plain: Callable[..., Fraction] = getattr(operators, mode)
    a, _, n = two_figures(exact, Fraction(1, 100), Fraction(1))
    for value in (a, exact.divide(a, n), exact.scaled(a, Fraction(9, 10))):
        result = getattr(exact, mode)(value, step)
        for _ in range(200):
            row = {"a": amounts(drawn), "n": drawn.randint(1, 100)}
            found = values(nodes_of(value, result), row, [{}])
            assert worth(result, found) == plain(worth(value, found), step), row


def test_comparisons_are_those_of_fractions() -> None:
    """Asserts less and equal where the sides have other parts and divisors, ties included."""
    exact, drawn = Exact(), random.Random(1)  # noqa: S311 - nothing secret
    for part in PARTS:
        a, b, n = two_figures(exact, part, Fraction(1, 100))
        left = exact.divide(a, n)
        tests = exact.less(left, b), exact.less(b, left), exact.equal(left, b)
        for _ in range(300):
            row = {"n": drawn.randint(1, 100), "b": amounts(drawn), "a": amounts(drawn)}
            if drawn.random() < 0.5:
                row["a"] = int(row["b"] * row["n"] / (100 * part) // 1)
                row["a"] = min(max(row["a"], -FAR), FAR)
            found = values([*tests, *nodes_of(left, b)], row, [{}])
            one, other = worth(left, found), worth(b, found)
            assert [found[test][0] for test in tests] == [one < other, other < one, one == other]


def test_days_are_those_of_the_calendar() -> None:
    """Asserts months, years, period ends and days of a month, the ends of the calendar included."""
    make = Integers()
    days, drawn = Days(make), random.Random(2)  # noqa: S311 - nothing secret
    day, on = (make.column(name, FIRST_DAY, NEVER, of_person=False) for name in ("day", "on"))
    number = make.column("number", -2000, 2000, of_person=False)
    reckoned: dict[str, tuple[Whole, Callable[[int, int, int], Fraction | int]]] = {
        "add_months": (days.add_months(day, number), _by("add_months")),
        "add_days": (days.add_days(day, number), _by("add_days")),
        "day_of_month": (days.day_of_month(day, number), _by("day_of_month")),
        "completed_months": (days.completed_months(day, on), _between("completed_months")),
        "completed_years": (days.completed_years(day, on), _between("completed_years")),
        "so_far": (days.so_far(day, on), _between("so_far")),
    }
    for months in (1, 3, 12):
        for name in ("period_end", "previous_end"):
            node = getattr(days, name)(day, months)
            reckoned[f"{name} {months}"] = node, _period(name, months)
    for _ in range(4000):
        row = {name: _some_day(drawn) for name in ("day", "on")}
        row["number"] = drawn.choice([drawn.randint(-2000, 2000), drawn.randint(-40, 40), 12])
        found = values([node for node, _ in reckoned.values()], row, [{}])
        for name, (node, plain) in reckoned.items():
            expected = plain(row["day"], row["on"], row["number"])
            assert found[node][0] == expected, (name, row)


def _by(name: str) -> Callable[[int, int, int], int]:
    function = getattr(operators, name)
    return lambda day, _, number: function(day, Fraction(number))


def _between(name: str) -> Callable[[int, int, int], Fraction | int]:
    function = getattr(operators, name)
    return lambda day, on, _: function(day, on)


def _period(name: str, months: int) -> Callable[[int, int, int], int]:
    function = getattr(operators, name)
    return lambda day, _, __: function(day, Fraction(months))


def _some_day(drawn: random.Random) -> int:
    near = drawn.randint(737000, 740000)
    edges = [1, 59, 60, 61, 366, LAST_DAY, NEVER, drawn.randint(LAST_DAY - 400, NEVER)]
    return drawn.choice([near, drawn.randint(FIRST_DAY, NEVER), *edges])


def test_what_is_multiplied_and_divided_goes_out() -> None:
    """Asserts that (standard − income / n) × n needs no wider integers than it must."""
    exact = Exact()
    a, b, n = two_figures(exact, Fraction(1, 100), Fraction(1, 100))
    gap = exact.multiply(exact.subtract(b, exact.divide(a, n)), n)

    assert gap.by == ()
    assert gap.part == Fraction(1, 100)


def test_equal_nodes_are_made_once_and_operands_first() -> None:
    """Asserts the order in which engines write a plan."""
    make = Integers()
    a, b = (make.column(name, 0, 9, of_person=False) for name in "ab")
    one, other = make.add(a, b), make.add(b, a)
    truth = make.less(make.multiply(one, other), b)

    assert one is other
    numbers = [node.number for node in needed([truth])]
    assert numbers == sorted(numbers)
    assert all(below.number < node.number for node in needed([truth]) for below in node.operands)


def test_bounds_tell_the_width_of_a_machine() -> None:
    """Asserts the bits of the largest and smallest numbers, the sign included."""
    make = Integers()

    widths = {
        (low, high): bits(make.column(f"{low} {high}", low, high, of_person=False))
        for low, high in ((0, 2**63 - 1), (-(2**63), 0), (0, 2**63), (-1, 0), (0, 0))
    }

    assert list(widths.values()) == [64, 64, 65, 1, 1]
