"""Exceptions that contradict each other are found before a case meets them, and shown by a case."""

import pytest

from policyrules import conflicts
from policyrules.checks import examine
from policyrules.compiler import compile_source
from policyrules.diagnostics import MOST_LISTED, CompileError, Diagnostic
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


def many(number: int, more: str) -> str:
    """A ruleset of a benefit with so many exceptions, `more` below each but the first."""
    held = ", ".join(f"s{place}" for place in range(number))
    exceptions = "".join(
        f'exception "e{place}" to aid\n    when s{place}\n    pays {place} yuan\n'
        + (more.format(place - 1) if place else "")
        for place in range(number)
    )
    return f"""\
ruleset test
statuses of household: poor, {held}
benefit aid of household: yuan, one-off
    when poor
    pays 5 yuan
{exceptions}"""


def test_exceptions_that_go_before_each_other_in_a_chain() -> None:
    """Each goes before all that the one before it goes before."""
    found = examine(compile_source(Source("", many(9, '    overrides "e{}"\n'))), examples=False)

    assert found.diagnostics == ()


def test_every_pair_of_some_exceptions_is_told() -> None:
    """Each pair of ten exceptions is shown by a case of its own."""
    found = examine(compile_source(Source("", many(10, ""))), examples=False)

    assert [item.code for item in found.diagnostics] == ["PR586"] * 45
    assert all(item.label().count(" yes") == 3 for item in found.diagnostics)


@pytest.mark.parametrize("more", ["", '    overrides "e0"\n'])
def test_pairs_that_were_not_searched_are_told(more: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many pairs the search tells how many it left out."""
    monkeypatch.setattr(conflicts, "_STEPS", 40_000)
    found = examine(compile_source(Source("", many(40, more))), examples=False)

    codes = [item.code for item in found.diagnostics]
    assert set(codes) == {"PR586", "PR588"}
    assert codes.count("PR588") == 1


def test_too_many_exceptions() -> None:
    """More exceptions than can be compared with each other are refused at the first too many."""
    with pytest.raises(CompileError) as caught:
        compile_source(Source("", many(41, "")))

    (found,) = caught.value.diagnostics
    assert (found.code, found.facts["most"]) == ("PR594", "40")


def test_of_many_conflicts_the_first_are_listed() -> None:
    """Of many pairs that contradict, the first are listed, and how many follow."""
    found = examine(compile_source(Source("", many(30, ""))), examples=False)

    codes = [item.code for item in found.diagnostics]
    assert codes == ["PR586"] * MOST_LISTED + ["PR903"]
    assert found.diagnostics[-1].facts["count"] == str(30 * 29 // 2 - MOST_LISTED)
