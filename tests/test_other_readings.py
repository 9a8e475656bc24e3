"""The readings not chosen of the bundled rulesets: what comes out if the sentence is read so."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import policyrules

CITY, CITY_DAY = "cn.unnamed_city", "2025-07-09"
YIWU, YIWU_DAY = "cn.zhejiang.yiwu", "2013-06-01"
FAMILY = {
    "sudden hardship": True,
    "basic living in distress": True,
    "beyond own means": True,
    "out of reach of other assistance": True,
    "assisted persons": 3,
}


def ends(name: str, rule: str, case: dict[str, Any], on: str, reading: int | None) -> Any:
    """Both ends of what a rule gives the household or its only member, else the status."""
    ruleset = policyrules.load(name, readings={rule: reading} if reading else None)
    found = ruleset.evaluate(case, on=on)[rule]
    assert "reading" in found.flags
    if found.amount:
        return found.amount.low, found.amount.high
    return found.status if found.value is None else found.value


def relief(reading: int | None) -> Any:
    """Temporary relief of a family of which three persons are assisted, for a standard of 700."""
    parameters = {"dibao standard": "700 yuan per person per month"}
    case = {"parameters": parameters, "household": FAMILY | {"members": [{}, {}, {}]}}
    return ends(CITY, "temporary relief", case, CITY_DAY, reading)


def assistance(reading: int | None, **facts: Any) -> Any:
    """Medical assistance for a cost of 20,000 that no insurance pays."""
    paid = {"medical assistance paid this year": 0}
    known = {
        "tekun": False,
        "dibao recipient": True,
        "kind of cost": "hospital stay",
        "cause of stay": "other illness",
        "cost in scope": 20000,
        "basic medical insurance": 0,
        "major illness insurance": 0,
    }
    household = {"dibao-marginal household": False, "grave difficulty from medical costs": True}
    person = {name.replace("_", " "): value for name, value in facts.items()}
    if not any(name.startswith("medical assistance paid") for name in person):
        person |= paid
    case = {"household": household | {"members": [known | person]}}
    return ends(CITY, "medical assistance", case, CITY_DAY, reading)


def test_relief_is_for_the_case_or_for_each_person_assisted() -> None:
    """Asserts 2 to 10 times 700 yuan, and three times as much for three persons."""
    assert relief(None) == (1400, 7000)
    assert relief(1) == (4200, 21000)


def test_outpatient_care_of_dibao_recipients() -> None:
    """Asserts 75%, and nothing where 75% is read as said of stays in hospital only."""
    chronic = {"kind_of_cost": "outpatient care of a common chronic disease"}
    assert assistance(None, **chronic) == (15000, 15000)
    impoverished = {"major_illness_patient": False, "patient_with_high_medical_costs": False}
    assert assistance(1, **chronic, **impoverished) == "not eligible"


def test_reaching_50_percent_is_exactly_or_at_least_50_percent() -> None:
    """Asserts half of the cost, and from half of the cost to an end that is not stated."""
    facts = {
        "dibao_recipient": False,
        "major_illness_patient": True,
        "patient_with_high_medical_costs": True,
    }
    assert assistance(None, **facts) == (10000, 10000)
    assert assistance(2, **facts) == (10000, None)


def test_the_limits_are_two_totals_or_one() -> None:
    """Asserts that 15,000 paid for a major illness count against 20,000 only in one total."""
    apart = {
        "medical_assistance_paid_this_year,_case_1": 15000,
        "medical_assistance_paid_this_year,_case_2": 0,
    }
    assert assistance(None, **apart) == (15000, 15000)
    assert assistance(3, medical_assistance_paid_this_year=15000) == (5000, 5000)


def yiwu(rule: str, reading: int | None, income: int = 0, **facts: Any) -> Any:
    """What a rule of Yiwu gives a person alone, for a standard of 525 in city and country."""
    standard = "525 yuan per person per month"
    parameters = {"urban dibao standard": standard, "rural dibao standard": standard}
    person = {name.replace("_", " "): value for name, value in facts.items()}
    household = {"area": "urban", "income": income, "medical spending": 0, "members": [person]}
    case = {"parameters": parameters, "household": household}
    return ends(YIWU, rule, case, YIWU_DAY, reading)


def test_the_floor_of_dibao_is_for_each_person_or_for_the_household() -> None:
    """Asserts three times 210 yuan, and 210 yuan once, for three persons with 500 yuan each."""
    parameters = {"urban dibao standard": "525 yuan per person per month"}
    household = {"area": "urban", "income": 1500, "members": [{}, {}, {}]}
    case = {"parameters": parameters, "household": household}
    assert ends(YIWU, "dibao payment", case, YIWU_DAY, None) == (630, 630)
    assert ends(YIWU, "dibao payment", case, YIWU_DAY, 1) == (210, 210)


def test_the_allowance_is_also_or_not_for_dibao_recipients() -> None:
    """Asserts a quarter of the rural standard of a year, and nothing for a dibao recipient."""
    floor = Fraction(525 * 12, 4)
    assert yiwu("low-income allowance", None, dibao_recipient=True) == (floor, None)
    assert yiwu("low-income allowance", 1, dibao_recipient=True) == "not eligible"
    assert yiwu("low-income allowance", 1, dibao_recipient=False) == (floor, None)


def test_insurance_excludes_all_families_of_servicemen_or_only_disabled_servicemen() -> None:
    """Asserts that a martyr's insured family is excluded only where the phrase is said of all."""
    nobody = dict.fromkeys(
        (
            "dibao_recipient",
            "disabled_serviceman",
            "family_of_a_serviceman_killed_on_duty",
            "family_of_a_serviceman_who_died_of_illness",
            "demobilised_serviceman",
            "veteran_who_returned_home_ill",
            "veteran_of_combat",
            "worker_in_hardship",
            "old_revolutionary",
        ),
        False,
    )
    insured = nobody | {"covered_by_employee_medical_insurance": True}
    martyrs = insured | {"family_of_a_martyr": True}
    assert yiwu("medical aid class", None, 9000, **martyrs) is False
    assert yiwu("medical aid class", 1, 9000, **martyrs) is True
    others = insured | {"family_of_a_martyr": False, "disabled_serviceman": True}
    assert yiwu("medical aid class", 1, 9000, **others, grade_of_disability=7) is False


def test_of_two_grants_the_higher_or_one_not_stated() -> None:
    """Asserts 4,000 yuan beside 3,000, and no amount where it is open which of them is paid."""
    facts = {
        "child_of_a_dibao_household": True,
        "admitted_to_college_or_vocational_school": True,
        "level_of_study": "junior college",
        "sponsored_student": True,
        "amount_of_sponsored_aid": 3000,
    }
    assert yiwu("study aid", None, **facts) == (4000, 4000)
    assert yiwu("study aid", 1, **facts) == "not stated"
