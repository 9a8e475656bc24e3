"""The bundled rulesets: both editions make one tree, checks hold, examples come out, rules cite."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import policyrules
from policyrules.checks import examine
from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError, Diagnostic
from policyrules.library import Library, bundled_ids, locate
from policyrules.loading import compile_named
from policyrules.source import Source
from policyrules.syntax import ast
from policyrules.syntax.parse import parse

EDITIONS = Path(__file__).parent / "editions"
TWINS = {
    "example.river_city": "river_city_zh.rules",
    "cn.common": "common_en.rules",
    "cn.chongqing": "chongqing_zh.rules",
    "cn.gansu.qingyang": "qingyang_en.rules",
    "cn.zhejiang.taizhou": "taizhou_en.rules",
    "cn.zhejiang.taizhou.wenling": "wenling_en.rules",
    "cn.unnamed_city": "unnamed_city_zh.rules",
    "cn.unnamed_city.zongyang": "zongyang_zh.rules",
    "cn.zhejiang.yiwu": "yiwu_en.rules",
}
GROWTH = "standard on 2023-01-01 / standard on 2022-01-01 - 1, rounded half up to 1%, is 3%"
CITY = """\
ruleset test.city
source notice
[notice 2]
parameter standard (低保标准): yuan per person per month
    from 2022-01-01: 680
    from 2023-01-01: 700
input wage (工资) of person: yuan per month, at least 0
benefit top-up (补差) of person: yuan per month
    pays the difference between standard and wage
check "growth"
    {check}
example "a wage of 300" on 2023-05-01
    given {given}
    expect top-up {expected}
"""


def tree_of(path: Path) -> ast.Ruleset:
    """The syntax tree of a rule file, read with the names of what it uses."""
    report = policyrules.diagnostics.Report()
    source = Source(str(path), path.read_text(encoding="utf-8"))
    trees = [parse(found, names, report) for found, names in Library(None, report).gather(source)]
    assert report.diagnostics == []
    return trees[-1]


def findings(
    check: str = GROWTH,
    given: str = "wage 300",
    expected: str = "400 yuan per month",
) -> tuple[Diagnostic, ...]:
    """What examining the sample city finds."""
    text = CITY.format(check=check, given=given, expected=expected)
    return examine(compile_source(Source("city.rules", text)), examples=True).diagnostics


@pytest.mark.parametrize("name", bundled_ids())
def test_every_bundled_ruleset_has_a_twin(name: str) -> None:
    """Each bundled ruleset has its edition in the other language, and both are one tree."""
    assert tree_of(locate(name)) == tree_of(EDITIONS / TWINS[name])


@pytest.mark.parametrize("name", bundled_ids())
def test_checks_hold_and_examples_come_out(name: str) -> None:
    """Nothing is found in a bundled ruleset, warnings included."""
    assert [
        found.message() for found in examine(compile_named(name), examples=True).diagnostics
    ] == []


@pytest.mark.parametrize("name", bundled_ids())
def test_every_rule_cites(name: str) -> None:
    """Every benefit, definition, parameter and deadline names the place of its document."""
    described = policyrules.load(name).describe()
    for kind in ("benefits", "definitions", "parameters", "statistics", "deadlines"):
        for entry in described[kind]:  # type: ignore[attr-defined]  # JSON-ready data
            assert not entry["own"] or entry.get("cites") or entry.get("versions"), entry["name"]


def test_a_sample_without_mistakes_has_no_findings() -> None:
    """A check that holds and an example that comes out are silent."""
    assert findings() == ()


def test_a_check_that_does_not_hold_shows_both_figures() -> None:
    """A wrong check names itself and the figures that it compares."""
    (found,) = findings(check="standard on 2023-01-01 is 701 yuan per person per month")

    assert found.code == "PR512"
    assert found.label() == "700 yuan per person per month, 701 yuan per person per month"


def test_an_undated_check_is_tried_in_every_period() -> None:
    """A check that fails in one of two periods names that period."""
    (found,) = findings(check="standard is at least 690 yuan per person per month")

    assert found.message() == "`growth` does not hold on 2022-01-01"


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("401 yuan per month", "expected to be 401 yuan per month, comes out as eligible 400 yuan"),
        ("not eligible", "expected to be not eligible, comes out as eligible 400 yuan"),
        ("400 to 401 yuan per month", "expected to be 400 yuan per month to 401 yuan per month"),
    ],
)
def test_an_example_that_comes_out_differently(expected: str, said: str) -> None:
    """A wrong expectation is shown beside what comes out."""
    (found,) = findings(expected=expected)

    assert found.code == "PR513"
    assert said in found.message()


def test_an_example_in_other_units_is_converted() -> None:
    """An expected figure per year is the same as the figure per month."""
    assert findings(expected="4800 yuan per year") == ()


def test_an_example_that_cannot_be_evaluated_says_why() -> None:
    """An example outside a declared domain is reported with the problem of its case."""
    (found,) = findings(given="wage -300")

    assert found.code == "PR514"
    assert "must be at least 0" in found.message()


def test_load_does_not_run_examples() -> None:
    """Loading compiles only: a wrong example does not stop a program that evaluates."""
    text = CITY.format(
        check="standard is 1 yuan per person per month", given="wage 0", expected="1"
    )
    compiled = compile_source(Source("city.rules", text))

    result = policyrules.Ruleset(compiled.program).evaluate({"person": {"wage": 0}}, "2023-05-01")
    assert result["top-up"].amount.low == Fraction(700)  # type: ignore[union-attr]  # it is known


def test_an_unknown_ruleset_lists_the_bundled_ones() -> None:
    """Loading what is not there says what there is."""
    with pytest.raises(CompileError) as caught:
        policyrules.load("cn.nowhere")

    assert caught.value.diagnostics[0].code == "PR212"
    assert "example.river_city" in caught.value.diagnostics[0].remedy()


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b", "a\u202eb", "\ud800", "a\nb", ""])
def test_an_odd_name_is_told_safely(name: str) -> None:
    """What names no ruleset is shown shortened, without what would steer a terminal."""
    with pytest.raises(CompileError) as caught:
        policyrules.load(name)

    (found,) = caught.value.diagnostics
    assert found.code == "PR212"
    assert len(found.place) + len(found.message()) < 600
    assert all(line.isprintable() for line in str(caught.value).splitlines())
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("name", "readings", "problems"),
    [
        (5, None, ["name PR602"]),
        (None, None, ["name PR602"]),
        (b"example.river_city", None, ["name PR602"]),
        (object(), [], ["name PR602", "readings PR602"]),
        ("example.river_city", ["temporary relief"], ["readings PR602"]),
        ("example.river_city", "temporary relief", ["readings PR602"]),
        ("example.river_city", {"temporary relief": "1"}, ["readings.temporary relief PR602"]),
        ("example.river_city", {"temporary relief": True}, ["readings.temporary relief PR602"]),
        ("example.river_city", {"temporary relief": 10**5000}, ["readings.temporary relief PR602"]),
        ("example.river_city", {5: 1}, ["readings PR602"]),
        ("example.river_city", {"x" * 5000: 0}, ["readings PR564"]),
    ],
)
@pytest.mark.parametrize("cache", [True, False])
def test_what_cannot_be_loaded_is_told(
    name: Any, readings: Any, problems: list[str], *, cache: bool
) -> None:
    """Arguments of the wrong kind are problems like those of a case."""
    with pytest.raises(policyrules.InputError) as caught:
        policyrules.load(name, readings, cache=cache)

    assert [f"{found.place} {found.code}" for found in caught.value.diagnostics] == problems
    assert len(str(caught.value)) < 1000
