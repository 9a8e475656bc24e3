"""Qingyang: outcomes worked out by hand from the document, through the public API."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import policyrules
from policyrules.checks import examine
from policyrules.loading import compile_named

EXAMPLES = Path(__file__).parent.parent / "examples"
RULES = policyrules.load("cn.gansu.qingyang")
TIERS = ("first", "second", "third", "fourth")
CLASSES = ("dibao recipient", "tekun", "orphan", "de facto unattended child", "child with HIV")
NO_CLASS: dict[str, Any] = dict.fromkeys(CLASSES, False)


def household(
    *members: dict[str, Any], area: str = "rural", facts: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A case of these members, who are of no class unless they say so."""
    people = [NO_CLASS | member for member in members]
    return {"household": {"area": area, **(facts or {}), "members": people}}


def amount(outcome: policyrules.Outcome) -> tuple[Any, Any, str]:
    """Both ends of an outcome's amount and its unit."""
    assert outcome.amount is not None
    return outcome.amount.low, outcome.amount.high, outcome.amount.unit


def paid(result: policyrules.Result, name: str, member: int) -> Fraction | None:
    """The exact monthly amount that a member receives; None where none is given."""
    outcome = result[name, f"household.members[{member}]"]
    if outcome.amount is None:
        return None
    assert (outcome.status, outcome.amount.basis) == ("eligible", "exact")
    assert outcome.amount.unit == "yuan/month"
    return outcome.amount.low


@pytest.mark.parametrize(
    ("on", "amounts", "total"),
    [
        ("2022-01-01", (439, 417, 84, 58), 998),
        ("2022-12-31", (439, 417, 84, 58), 998),
        ("2023-01-01", (465, 442, 89, 62), 1058),
        ("2023-12-31", (465, 442, 89, 62), 1058),
    ],
)
def test_rural_dibao_is_paid_by_tier(on: str, amounts: tuple[int, ...], total: int) -> None:
    """Asserts the monthly payment of each tier, a twelfth of the yearly figure, and their sum."""
    family = household(*({"dibao recipient": True, "tier": tier} for tier in TIERS))
    result = RULES.evaluate(family, on=on)
    assert tuple(paid(result, "rural dibao payment", member) for member in range(4)) == amounts
    assert amount(result["monthly total"]) == (total, total, "yuan/month")
    assert result["monthly total"].flags == ("year precision",)


def test_nothing_is_in_force_before_2022() -> None:
    """Asserts that the day before the first standard has no payment and no total."""
    family = household({"dibao recipient": True, "tier": "first"}, {"tekun": True})
    result = RULES.evaluate(family, on="2021-12-31")
    assert result["rural dibao payment", "household.members[0]"].status == "not in force"
    assert result["tekun living allowance", "household.members[1]"].status == "not in force"
    assert result["monthly total"].status == "not in force"


@pytest.mark.parametrize(
    ("area", "member"),
    [("urban", {"dibao recipient": True, "tier": "first"}), ("rural", {"tier": "first"})],
)
def test_rural_dibao_needs_status_and_area(area: str, member: dict[str, Any]) -> None:
    """Asserts that an urban recipient and a rural non-recipient get no rural payment."""
    result = RULES.evaluate(household(member, area=area), on="2023-08-01")
    assert result["rural dibao payment", "household.members[0]"].status == "not eligible"


def test_a_missing_tier_is_a_range() -> None:
    """Asserts that without its tier a payment lies between the fourth and the first."""
    result = RULES.evaluate(household({"dibao recipient": True}), on="2023-08-01")
    outcome = result["rural dibao payment", "household.members[0]"]
    assert outcome.status == "eligible"
    assert amount(outcome) == (62, 465, "yuan/month")
    assert outcome.needs == ("household.members[0].tier",)


@pytest.mark.parametrize(
    ("on", "area", "form", "expected"),
    [
        ("2022-12-31", "urban", None, 884),
        ("2023-01-01", "urban", None, 910),
        ("2022-12-31", "rural", "home-based", 571),
        ("2023-01-01", "rural", "home-based", 605),
        ("2023-01-01", "rural", "institutional", 700),
    ],
)
def test_tekun_allowance(on: str, area: str, form: str | None, expected: int) -> None:
    """Asserts the standard of each year and area; in the countryside of each form of support."""
    member = {"tekun": True} | ({"form of support": form} if form else {})
    result = RULES.evaluate(household(member, area=area), on=on)
    assert paid(result, "tekun living allowance", 0) == expected


def test_the_institutional_standard_of_2022_is_not_stated() -> None:
    """Asserts that a figure which the document leaves out is neither an amount nor a refusal."""
    family = household({"tekun": True, "form of support": "institutional"})
    outcome = RULES.evaluate(family, on="2022-12-31")["tekun living allowance"]
    assert (outcome.status, outcome.amount) == ("not stated", None)


@pytest.mark.parametrize("status", CLASSES)
def test_price_subsidy_classes(status: str) -> None:
    """Asserts that each of the five classes is eligible and that the amount is not stated."""
    family = household({status: True}, {}, facts={"price linkage in operation": True})
    result = RULES.evaluate(family, on="2022-09-15")
    assert result["price subsidy", "household.members[0]"].status == "not stated"
    assert result["price subsidy", "household.members[1]"].status == "not eligible"


def test_price_subsidy_waits_for_the_linkage() -> None:
    """Asserts no subsidy while the linkage to prices is not in operation."""
    family = household({"orphan": True}, facts={"price linkage in operation": False})
    assert RULES.evaluate(family, on="2022-09-15")["price subsidy"].status == "not eligible"


def test_a_supplied_rate_is_paid() -> None:
    """Asserts that a rate which the document does not state is used once the case supplies it."""
    family = household({"orphan": True}, facts={"price linkage in operation": True})
    family["parameters"] = {"price subsidy rate": "21 yuan per person per month"}
    result = RULES.evaluate(family, on="2022-09-15")
    assert paid(result, "price subsidy", 0) == 21


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2022-06-30", "not eligible"),
        ("2022-07-01", "not stated"),
        ("2022-07-31", "not stated"),
        ("2022-08-01", "not eligible"),
    ],
)
@pytest.mark.parametrize("kind", ["dibao recipient", "tekun"])
def test_the_living_subsidy_of_july_2022(kind: str, on: str, status: str) -> None:
    """Asserts that the one-off subsidy belongs to the days of July 2022 alone."""
    assert RULES.evaluate(household({kind: True}), on=on)["one-off living subsidy"].status == status


@pytest.mark.parametrize(
    ("ability", "unstable", "expected"),
    [
        ("wholly lost", True, True),
        ("partly lost", True, True),
        ("intact", True, False),
        ("partly lost", False, False),
    ],
)
def test_safety_net_candidates(ability: str, unstable: bool, expected: bool) -> None:
    """Asserts that both a loss of ability to work and the lack of a stable income are needed."""
    facts = {"ability to work": ability, "no stable income from work": unstable}
    assert (
        RULES.evaluate(household(facts), on="2023-08-01")["safety-net candidate"].value is expected
    )


CAUSES = (
    "affected by a public health event",
    "unable to go out to work",
    "hardship from illness",
    "hardship from schooling",
    "hardship from disability",
    "hardship from an accident",
)
SCREENED = dict.fromkeys(CAUSES, False) | {
    "dibao-marginal household": True,
    "fall in income": True,
    "surge in spending": False,
    "difficulty in basic living": True,
}


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_leads_to_screening(cause: str) -> None:
    """Asserts that any one cause is enough for a marginal household in difficulty."""
    facts = SCREENED | {cause: True}
    assert RULES.evaluate(household({}, facts=facts), on="2023-08-01")["应摸排家庭"].value is True


@pytest.mark.parametrize(
    ("facts", "member"),
    [
        ({"hardship from illness": False}, {}),
        ({"dibao-marginal household": False}, {}),
        ({"fall in income": False}, {}),
        ({"difficulty in basic living": False}, {}),
        ({}, {"dibao recipient": True}),
        ({}, {"tekun": True}),
    ],
)
def test_each_condition_of_screening_is_needed(
    facts: dict[str, bool], member: dict[str, bool]
) -> None:
    """Asserts that a household which fails one condition is not on the list."""
    known = SCREENED | {"hardship from illness": True} | facts
    result = RULES.evaluate(household({}, member, facts=known), on="2023-08-01")
    assert result["household to be screened"].value is False


def test_deadlines() -> None:
    """Asserts the last day of every duty, counted by hand from 1 August 2023."""
    result = RULES.evaluate(household({}, facts={"alert date": "2023-08-01"}), on="2023-08-01")
    assert {name: result[name].value for name, _ in result if result[name].kind == "date"} == {
        "monthly progress report": date(2023, 8, 31),
        "quarterly consolidation": date(2023, 9, 30),
        "home visit within three days": date(2023, 8, 4),
        "home visit within five days": date(2023, 8, 6),
        "monthly payment report": date(2023, 8, 15),
        "winter supplies": date(2022, 10, 31),
    }


def test_the_demonstration_family() -> None:
    """Asserts the figures that `make demo` shows: 605 and 442 yuan, and a tier not yet known."""
    case = json.loads((EXAMPLES / "qingyang_family.json").read_text("utf-8"))
    result = RULES.evaluate(case)
    assert paid(result, "tekun living allowance", 0) == 605
    assert paid(result, "rural dibao payment", 1) == 442
    assert amount(result["monthly total"]) == (605 + 442 + 62, 605 + 442 + 465, "yuan/month")
    assert result["monthly total"].needs == ("household.members[2].tier",)
    assert result["price subsidy", "household.members[3]"].status == "not stated"


def test_checks_and_examples_hold() -> None:
    """Asserts that the ruleset's own checks and examples find nothing, not even a warning."""
    found = examine(compile_named("cn.gansu.qingyang"), examples=True)
    assert found.checks > 0
    assert found.examples > 0
    assert found.diagnostics == ()
