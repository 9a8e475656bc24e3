"""The other readings that a ruleset states: computed on request, flagged, listed, checked."""

from pathlib import Path
from typing import Any

import pytest

import policyrules
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError, InputError
from policyrules.source import Source

FILE = Path(__file__).parent / "rulesets/readings.rules"
CASE: dict[str, Any] = {
    "household": {
        "sudden hardship": True,
        "income": 500,
        "area": "rural",
        "alert date": "2023-08-01",
        "members": 1,
    }
}


def outcome(name: str, income: int = 500, **readings: int) -> Any:
    """One outcome of the sample under readings, named with _ for a blank."""
    asked = {key.replace("_", " "): number for key, number in readings.items()}
    case = {"household": {**CASE["household"], "income": income, "members": [{}]}}
    return policyrules.load(FILE, readings=asked).evaluate(case, "2023-08-01")[name]


def amount(name: str, income: int = 500, **readings: int) -> str:
    """The amount of an outcome as text, else its status."""
    found = outcome(name, income, **readings)
    return str(found.amount) if found.amount else found.status


def test_each_line_is_replaced_by_its_other_reading() -> None:
    """A line of a benefit, exception, parameter, table, definition, deadline, group each counts."""
    assert amount("relief") == "1,400 to 7,000 yuan"
    assert amount("relief", relief=1) == "2,800 to 14,000 yuan"
    assert amount("relief", relief=2) == "1,400 to 5,600 yuan"
    assert amount("relief", 100) == "1,400 to 7,000 yuan"
    assert amount("relief", 100, relief=3) == "3,500 yuan"
    assert amount("relief", standard=1) == "not in force"
    assert amount("local") == "400 yuan per month"
    assert amount("local", area_amount=1) == "450 yuan per month"
    assert outcome("poor").value is False
    assert outcome("poor", poor=1).value is True
    assert str(outcome("visit").value) == "2023-08-06"
    assert str(outcome("visit", visit=1).value) == "2023-08-04"
    assert amount("winter aid") == "not eligible"
    assert amount("winter aid", winter_aid=1) == "500 yuan"
    assert amount("heating aid", winter_aid=1) == "not eligible"


def test_readings_of_several_rules_go_together_and_names_are_those_of_either_language() -> None:
    """Two rules are read in another way at once; the Chinese name asks as well."""
    assert amount("local", 城乡标准=1, standard=1) == "450 yuan per month"
    assert amount("relief", 城乡标准=1, standard=1) == "not in force"


@pytest.mark.parametrize("readings", [{}, {"relief": 1}, {"relief": 2}])
def test_what_has_other_readings_says_so(readings: dict[str, int]) -> None:
    """The flag stands on the rule, whichever way it is read, and on what reads it."""
    for name in ("relief", "total", "winter aid", "heating aid", "poor", "visit", "local"):
        assert "reading" in outcome(name, **readings).flags


def test_a_reading_alone_leaves_no_flag() -> None:
    """A rule that only says how it was read is not flagged."""
    rules = compile_source(
        Source("", 'ruleset a\nbenefit b of person: yuan\n    pays 5\n    reading "once"\n')
    )
    result = policyrules.Ruleset(rules.program).evaluate({"person": {}}, "2023-08-01")
    assert result["b"].flags == ()


def test_describe_lists_readings_with_their_numbers() -> None:
    """The other readings of a benefit and of a parameter are listed, the chosen one marked."""
    found: Any = policyrules.load(FILE, readings={"relief": 1}).describe()
    relief = next(entry for entry in found["benefits"] if entry["name"] == "relief")
    assert relief["readings"] == [{"en": "for two persons", "zh": "按二人计"}]
    assert relief["alternatives"] == [
        {"number": 1, "en": "for two persons", "zh": "按二人计", "chosen": True},
        {"number": 2, "en": "pays 2 to 8 times the standard", "zh": None, "chosen": False},
        {"number": 3, "en": "when income is at most 100", "zh": None, "chosen": False},
    ]
    standard = next(entry for entry in found["parameters"] if entry["name"] == "standard")
    assert [entry["chosen"] for entry in standard["alternatives"]] == [False]


def test_explanations_name_the_readings() -> None:
    """The explanation says which reading was computed and which others there are."""
    told = str(outcome("relief", relief=1).explain("en"))
    assert "read by reading 1: for two persons" in told
    assert "for the case" not in told
    assert "other reading 2: pays 2 to 8 times the standard" in told
    assert "另解1：按二人计" in str(outcome("relief").explain("zh"))


@pytest.mark.parametrize("readings", [{"relief": 4}, {"relief": 0}, {"nothing": 1}, {"local": 1}])
def test_an_unknown_reading_is_one_message(readings: dict[str, int]) -> None:
    """A name or number without other reading is refused, with those that there are."""
    with pytest.raises(InputError) as found:
        policyrules.load(FILE, readings=readings)
    (problem,) = found.value.diagnostics
    assert problem.code == "PR564"
    assert "`relief` (1 to 3)" in problem.remedy("en")
    assert "“临时救助金”（1至3）" in problem.remedy("zh")


def test_a_ruleset_without_other_readings_says_so() -> None:
    """Asking for one where there are none names that."""
    with pytest.raises(InputError) as found:
        policyrules.load("example.river_city", readings={"dibao payment": 1})
    assert "states no other readings" in found.value.diagnostics[0].remedy()


def test_a_mistake_in_another_reading_is_reported() -> None:
    """What is not chosen is checked as well."""
    text = "ruleset a\nbenefit b of person: yuan\n    pays 5\n    alternatively pays 5 persons\n"
    with pytest.raises(CompileError) as found:
        compile_source(Source("", text))
    assert [problem.code for problem in found.value.diagnostics] == ["PR301"]


def test_the_command_line_asks_for_readings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--reading` may stand several times, with the number of a reading behind `=`."""
    case = tmp_path / "case.json"
    case.write_text('{"household": {"income": 500, "sudden hardship": true, "members": [{}]}}')
    asked = ["--reading", "relief=2", "--reading", "poor"]
    assert main(["eval", str(FILE), str(case), "--on", "2023-08-01", "--lang", "en", *asked]) == 0
    told = capsys.readouterr().out
    assert "1,400 to 5,600 yuan" in told
    assert main(["describe", str(FILE), "--reading", "relief=9", "--lang", "en"]) == 1
    assert "PR564" in capsys.readouterr().err
