"""What one ruleset changes in the rules of those it uses."""

from pathlib import Path

import pytest

import policyrules
from policyrules.diagnostics import CompileError

CITY = """\
ruleset city
    currency yuan
source notice
[notice 1]
parameter standard (标准额): yuan per month
    from 2022-01-01: 100
    from 2024-01-01: 130
statuses of household: poor
benefit aid of household: yuan per month
    pays "amount" / "数额" 2 times the standard
"""
COUNTY = """\
ruleset county
    uses city
source decision
[decision 2]
"""


def loaded(folder: Path, **texts: str) -> policyrules.Ruleset:
    """The last of several rulesets, written into a folder."""
    for name, text in texts.items():
        (folder / f"{name}.rules").write_text(text, encoding="utf-8")
    return policyrules.load(folder / f"{list(texts)[-1]}.rules")


def amount(rules: policyrules.Ruleset, on: str) -> str:
    """What the aid comes to on a day."""
    return str(rules.evaluate({"household": {"poor": True}}, on)["aid"].amount)


@pytest.mark.parametrize("label", ['"amount"', '"数额"', '"amount" / "数额"'])
def test_either_half_of_a_label_names_the_line(tmp_path: Path, label: str) -> None:
    """A label in two languages is found by one half or both."""
    county = f"{COUNTY}amends city aid, line {label}: 3 times the standard\n"

    assert amount(loaded(tmp_path, city=CITY, county=county), "2023-01-01") == "300 yuan per month"


def test_an_amended_ruleset_stays_as_it_is_for_itself(tmp_path: Path) -> None:
    """The change holds in the amending ruleset only."""
    county = f'{COUNTY}amends city aid, line "amount": 3 times the standard\n'
    loaded(tmp_path, city=CITY, county=county)

    assert amount(policyrules.load(tmp_path / "city.rules"), "2023-01-01") == "200 yuan per month"


@pytest.mark.parametrize("named", ["city", "county"])
def test_a_change_may_be_changed_further(tmp_path: Path, named: str) -> None:
    """A ruleset below the amending one builds on it, whichever of the two it names."""
    county = f'{COUNTY}amends city aid, line "amount": 3 times the standard\n'
    uses = "ruleset town\n    uses county\n    uses city\n"
    town = f'{uses}amends {named} aid, line "amount": 500 yuan per month\n'
    rules = loaded(tmp_path, city=CITY, county=county, town=town)

    assert amount(rules, "2023-01-01") == "500 yuan per month"


def test_two_rulesets_side_by_side_may_not_change_one_line(tmp_path: Path) -> None:
    """A ruleset that uses two which change the same line is refused."""
    change = 'amends city aid, line "amount": 3 times the standard\n'
    other = COUNTY.replace("county", "other").replace("decision", "ruling") + change
    town = "ruleset town\n    uses county\n    uses other\n"
    with pytest.raises(CompileError) as caught:
        loaded(tmp_path, city=CITY, county=COUNTY + change, other=other, town=town)

    assert [found.code for found in caught.value.diagnostics] == ["PR228"]


def test_amended_values_cite_the_amending_place(tmp_path: Path) -> None:
    """Former values keep their place, new ones have that of the amendment; all are its own."""
    county = f"{COUNTY}amends city standard\n    from 2023-01-01: 120\n"
    rules = loaded(tmp_path, city=CITY, county=county)
    (described,) = rules.describe()["parameters"]  # type: ignore[misc]  # JSON-ready data

    assert described["own"]
    assert [version["cites"][0]["source"] for version in described["versions"]] == [
        "notice",
        "decision",
    ]


def test_a_rule_below_the_change_reads_the_changed_rule(tmp_path: Path) -> None:
    """What is amended is what every other rule reads."""
    city = f"{CITY}define double of household: yuan per month\n    2 * aid\n"
    county = f'{COUNTY}amends city aid, line "amount": 10 yuan per month\n'
    county += "define own of household: yuan per month\n    double\n"
    rules = loaded(tmp_path, city=city, county=county)

    assert str(rules.evaluate({}, "2023-01-01")["own"].amount) == "20 yuan per month"
