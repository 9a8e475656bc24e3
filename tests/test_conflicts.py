"""Exceptions that contradict each other are found before a case meets them, and shown by a case."""

import pytest

from policyrules.checks import examine
from policyrules.compiler import compile_source
from policyrules.diagnostics import Diagnostic
from policyrules.source import Source

TEXT = """\
ruleset test.conflicts
statuses of person: poor, ill
parameter standard: yuan per month
    from 2022-01-01: 700
    from 2024-01-01: 750
input wage of person: yuan per month, at least 0
input stays of person: number, at least 0, at most 12
benefit aid of person: yuan per month
    when wage is less than 3 times the standard
    pays 100 yuan per month
exception "one" to aid
    when {one}
    pays 200 yuan per month
exception "two" to aid
    when {two}
    pays 300 yuan per month
{more}
"""


def warnings(one: str, two: str, more: str = "") -> list[Diagnostic]:
    """The conflicts that are found beforehand."""
    text = TEXT.format(one=one, two=two, more=more)
    findings = examine(compile_source(Source("", text)), examples=False)
    return [found for found in findings.diagnostics if found.code == "PR586"]


def test_the_case_is_told() -> None:
    """The warning names both exceptions and a case on either side of every threshold."""
    (found,) = warnings("poor and wage is at least 500", "stays is more than 2")

    assert found.code == "PR586"
    assert found.message().startswith("`one` and `two` to `aid` can hold at once")
    assert "poor yes" in found.label()
    assert "stays 3" in found.label()
    assert "on 2024-01-01" in found.label()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("poor", "not poor"),
        ("wage is less than 500", "wage is at least 500"),
        ("wage is at least 5000", "poor"),
        ("stays is more than 12", "ill"),
        ("the date is in 2022", "the date is in 2023"),
    ],
)
def test_nothing_is_said_where_no_case_contradicts(one: str, two: str) -> None:
    """Exceptions that exclude each other, or the general condition, are not warned of."""
    assert warnings(one, two) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("poor", "ill"),
        ("wage is at least 749", "wage is less than the standard"),
        ("stays equals 7", "wage is at least 2 times the standard"),
        ("the date is in 2022", "poor"),
        ("age is at least 60", "age is less than 61"),
    ],
)
def test_narrow_overlaps_are_found(one: str, two: str) -> None:
    """A single figure, or a single year, in which both hold is found."""
    assert [found.code for found in warnings(one, two)] == ["PR586"]


def test_priority_settles_it() -> None:
    """One that overrides the other is no conflict."""
    assert warnings("poor", "ill", '    overrides "one"') == []


def test_a_benefit_beside_others_is_searched_too() -> None:
    """Which of two benefits is paid turns on the contradiction itself; it is found all the same."""
    other = """
benefit grant of person: yuan per month
    when ill
    pays 250 yuan per month
not together grant, aid; the higher"""
    assert [found.code for found in warnings("poor", "ill", other)] == ["PR586"]
