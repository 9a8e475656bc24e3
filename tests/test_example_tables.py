"""Tables of examples: what a row is called, how its cells are read, what counts."""

import pytest

from policyrules.checks import Findings, examine
from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError
from policyrules.source import Source

CITY = """\
ruleset test.city
source notice (通知)
[notice 2]
parameter standard (低保标准): yuan per person per month
    from 2023-01-01: 700
input income (家庭月收入) of household: yuan per month, at least 0
input wage (工资) of person: yuan per month, at least 0
define total (合计) of household: yuan per month
    income × 2
benefit top-up (补差) of person: yuan per month
    pays the difference between standard and wage
example "rows" / "各行" on 2023-05-01
"""


def findings(*lines: str) -> Findings:
    """What examining the sample city with these lines of an example finds."""
    text = CITY + "".join(f"    {line}\n" for line in lines)
    return examine(compile_source(Source("city.rules", text)), examples=True)


def said(*lines: str) -> list[str]:
    """The messages in English, with what they name below."""
    return [found.message() for found in findings(*lines).diagnostics]


def test_a_head_that_cannot_be_read_is_told_once() -> None:
    """Its rows are not blamed cell by cell for standing first then."""
    with pytest.raises(CompileError) as caught:
        findings("wage | members | top-up", "699 | 1 | 1", "700 | 1 | 0")

    assert [found.code for found in caught.value.diagnostics] == ["PR101", "PR575"]


def test_each_row_is_a_case() -> None:
    """The rows are counted as examples, and all are run."""
    found = findings("wage | top-up", "699 | 1", "700 | 0", "701 | 0")

    assert (found.examples, found.diagnostics) == (3, ())


def test_a_wrong_row_is_named_with_both_figures() -> None:
    """The message has the row's number and title, what was expected and what came out."""
    (found,) = findings('"name" / "姓名" | wage | top-up', '"A" / "甲" | 699 | 2').diagnostics

    assert found.code == "PR513"
    assert found.message() == (
        "`rows, row 1 (A)`: top-up is expected to be 2, comes out as eligible 1 yuan per month"
    )
    assert found.message("zh") == "“各行，第1行（甲）”：补差应为2，实际为符合条件1元/月"


def test_a_row_that_cannot_be_evaluated_is_named() -> None:
    """A fact outside its domain is reported at its row; the total is then not tried."""
    (found,) = findings("wage | top-up", "-1 | 2", "total | 5").diagnostics

    assert found.code == "PR514"
    assert found.message().startswith("`rows, row 1`: wage of member 1: ")


def test_lines_of_the_example_hold_for_every_row() -> None:
    """What `given` and `expect` say is given to and expected of each row."""
    assert said("given income 5", "wage | top-up", "700 | 0", "expect total 10") == []
    assert said("given income 5", "wage | top-up", "700 | 0", "701 | 0", "expect total 11") == [
        f"`rows, row {row}`: total is expected to be 11, comes out as 10 yuan per month"
        for row in (1, 2)
    ]


def test_a_name_may_be_spelt_like_the_row_of_totals() -> None:
    """`total` opens the last row only in its first cell, and is a name elsewhere."""
    assert said("income | total", "5 | 10", "6 | 12", "total | 22") == []
    assert said("家庭月收入｜合计", "5｜10", "合计｜10元/月") == []


def test_rows_stand_however_far_they_are_indented() -> None:
    """Figures to the right of their heads are rows of their own."""
    assert said("wage | top-up", "      699 | 1", "  1 | 699 yuan per month") == []


def test_a_person_of_several_needs_a_number() -> None:
    """With two members, a fact of a person without a member is refused as it is in `given`."""
    (found,) = findings("given 2 members", "wage | top-up of member 1", "699 | 1").diagnostics

    assert found.message().endswith("`wage` is a fact of a person, not of the household")


def test_an_empty_cell_leaves_the_fact_out() -> None:
    """The person is there, the fact is missing: the result is bounded, and the total open."""
    lines = ("given 1 member", "wage | top-up", "0 | 700", "  | 0 to 700")

    assert said(*lines, "total | 700 to 1400") == []
    assert said(*lines[1:]) == []
    assert "undetermined" not in said(*lines, "total | 700")[0]


def test_rows_without_a_figure_have_no_total() -> None:
    """A result that is open above cannot be added up."""
    (message,) = said("income | total", "5 | 10", "  | eligible", "total | 10")[1:]

    assert message.endswith("the rows come to no figure, as not every row has one")


def test_a_row_that_is_not_checked_counts_in_the_total() -> None:
    """An empty cell expects nothing; what comes out in its row is still added."""
    assert said("wage | top-up", "699 | 1", "698 | ", "total | 3") == []
