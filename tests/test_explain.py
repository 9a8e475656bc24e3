"""Explanations: which steps are there, how they are worded, and how large they grow."""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import programs as p
import pytest
from agreement import product_case
from hypothesis import given
from hypothesis import strategies as st
from strategies_cases import Drawn, rulesets_and_cases
from wordings import PAIRS, PRELUDE
from wordings_time import TIME_PAIRS

import policyrules
from policyrules import Result, Ruleset
from policyrules.backends.explain import Explainer
from policyrules.backends.path_steps import SHOWN_PATHS
from policyrules.backends.scalar import Evaluator
from policyrules.backends.steps import Step
from policyrules.case import CaseReader
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.explanation import Explanation
from policyrules.explanation_places import cited, numeral
from policyrules.ir.facts import Facts
from policyrules.ir.nodes import Cited, NotInForce, NotStated, Program
from policyrules.ir.ranges import ends
from policyrules.source import Source, Text

FOLDER = Path(__file__).parent / "explanations"
CONDITIONS = {"condition", "all", "any", "any member", "every member"}
AMOUNTS = {"figure", "each member", "counted", "convert", "floor", "cap", "limit"}
AMOUNTS |= {"limit with others", "not paid below", "paid as", "not below zero", "rounding"}
AMOUNTS |= {"top-up"}
NOTES = {"missing", "flag", "reading", "alternative", "decided", "soft"}
ON = date(2023, 8, 1).toordinal()
DEEP = 60

FAMILY: dict[str, Any] = {
    "income": "1200 yuan per month",
    "sudden hardship": True,
    "alert date": "2023-08-01",
    "members": [
        {"tekun": False, "dibao recipient": True, "out-of-pocket cost": 60000}
        | {"medical assistance paid this year": 0},
        {"tekun": True, "out-of-pocket cost": 1000}
        | {"medical assistance paid this year, case 1": 29500},
        {},
    ],
}
REFUSED: dict[str, Any] = {
    "income": "2100 yuan per month",
    "sudden hardship": False,
    "urgent hardship": False,
    "disaster hardship": False,
    "members": [
        {"tekun": False, "dibao recipient": False, "patient impoverished by illness": False},
        {"tekun": False, "dibao recipient": False, "patient impoverished by illness": True}
        | {"out-of-pocket cost": "333.33"},
        {"tekun": False, "dibao recipient": False},
    ],
}
MISSING: dict[str, Any] = {"sudden hardship": False, "members": [{}, {"tekun": False}]}
FORMS: dict[str, Any] = {
    "income": 1800,
    "rent": 1000,
    "allowed rent": "800.35",
    "area": "rural",
    "sudden hardship": True,
    "urgent hardship": False,
    "alert date": "2023-07-30",
    "members": [
        {"age": 71, "wage": 100, "cost": 60000, "tekun": False, "dibao recipient": True}
        | {"tier": "second"},
        {"age": 15, "wage": 0, "cost": 100, "tekun": True, "dibao recipient": False}
        | {"tier": "first"},
        {"age": 40, "wage": 50, "cost": 100, "tekun": False, "dibao recipient": False}
        | {"tier": "first"},
    ],
}
CASES = {
    "river_city_family": ("example.river_city", "2023-08-01", FAMILY),
    "river_city_refused": ("example.river_city", "2022-08-01", REFUSED),
    "river_city_missing": ("example.river_city", "2023-08-01", MISSING),
    "river_city_early": ("example.river_city", "2021-08-01", FAMILY),
    "river_city_nobody": ("example.river_city", "2023-08-01", {"income": 1000}),
    "forms": (str(FOLDER / "forms.rules"), "2023-08-01", FORMS),
}


@cache
def result(name: str) -> Result:
    """The result of one of the cases."""
    ruleset, on, household = CASES[name]
    return policyrules.load(ruleset).evaluate({"household": household}, on=on)


def told(name: str, rule: str, path: str = "household") -> dict[str, Any]:
    """The explanation of an outcome of a case, as data."""
    return result(name)[rule, path].explain().to_dict()


def member(number: int) -> str:
    """The path of a member, counted from 1."""
    return f"household.members[{number - 1}]"


def steps(data: dict[str, Any], role: str | None = None) -> list[dict[str, Any]]:
    """All steps below, of one role or of any."""
    found: list[dict[str, Any]] = []
    for step in data["because"]:
        found += [step] if role in (None, step["role"]) else []
        found += steps(step, role)
    return found


def step(data: dict[str, Any], role: str) -> dict[str, Any]:
    """The only step of a role."""
    (found,) = steps(data, role)
    return found


def own(text: str) -> Ruleset:
    """A ruleset of a few lines after the declarations of the wordings."""
    return Ruleset(compile_source(Source("", PRELUDE + text)).program)


# --- golden texts -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str, update_golden: bool) -> None:
    """All explanations of a case read as they did when somebody looked at them."""
    file = FOLDER / f"{name}.txt"
    outcomes = result(name).values()
    text = "\n".join(f"{outcome.explain(lang)}\n" for lang in ("zh", "en") for outcome in outcomes)
    if update_golden:
        file.write_text(text, "utf-8")
    assert file.read_text("utf-8") == text


# --- what is there ----------------------------------------------------------------------------


def test_clause_version_and_validity() -> None:
    """The rule's clause, and of a parameter the value, the version, its end and its clause."""
    data = told("river_city_refused", "dibao payment")
    standard = step(data, "parameter")

    assert data["cites"] == [{"source": "notice", "place": [3], "text": "notice 3"}]
    assert standard["value"] == "680"
    assert standard["unit"] == "yuan/person/month"
    assert (standard["from"], standard["until"]) == ("2022-01-01", "2022-12-31")
    assert [place["place"] for place in standard["cites"]] == [[2]]


def test_conditions_with_what_makes_them_so() -> None:
    """A condition tells whether it holds, the rules read and, below them, the inputs."""
    condition = step(told("river_city_family", "dibao payment"), "condition")
    (rule,) = steps(condition, "rule")

    assert condition["value"] is True
    assert rule["name"] == "income per head"
    assert rule["value"] == "400"
    assert [found["value"] for found in steps(rule, "input")] == ["1200"]


def test_readings_and_who_decides() -> None:
    """The reading chosen, and who decides within a range from which factors."""
    assert step(told("river_city_family", "dibao payment"), "reading")["text"] == (
        "reading: the 40% floor is per person"
    )
    assert step(told("river_city_family", "temporary relief"), "decided")["text"] == (
        "decided by: the township or subdistrict, by kind of hardship, degree of hardship"
        " and others"
    )


def test_amount_steps_in_their_order() -> None:
    """Each member's figure with its floor, then the rounding of the sum."""
    data = told("river_city_family", "dibao payment")
    roles = [found["role"] for found in data["because"]]
    each = step(data, "each member")
    group = step(each, "members")

    assert roles == ["reading", "condition", "each member", "rounding"]
    assert group["of"] == [member(1), member(2), member(3)]
    assert (group["value"], each["value"]) == ("300", "900")
    assert step(data, "rounding")["value"] == "900"


def test_a_rounding_tells_before_and_after() -> None:
    """The figure before, the mode with its unit, and the figure after."""
    rules = own(
        "benefit b of household: yuan per month\n    pays rent\n    rounded upward to the jiao"
    )
    case = {"household": {"rent": "800.31", "members": [{}]}}
    outcome = rules.evaluate(case, on="2023-08-01")["b"]

    text = step(outcome.explain().to_dict(), "rounding")["text"]
    assert text == "rounded: upward to the jiao, 800.31 yuan per month → 800.4 yuan per month"
    assert "尾数：进位到角，800.31元/月 → 800.4元/月" in outcome.explain("zh").text()


def test_floors_caps_and_limits_that_lost() -> None:
    """What did not change the amount is told as lost, what did is not."""
    floor = step(told("river_city_family", "dibao payment"), "floor")
    forms = told("forms", "rent allowance")
    limit = step(told("river_city_family", "medical assistance", member(2)), "limit")

    assert floor["lost"]
    assert "280 yuan" in floor["text"]
    assert step(forms, "floor")["lost"]
    assert not step(forms, "cap")["lost"]
    assert step(forms, "cap")["value"] == "500"
    assert not limit["lost"]
    assert "900 yuan → 500 yuan" in limit["text"]


def test_a_cap_that_holds_after_rounding_is_told_once() -> None:
    """The second application of the same cap says nothing new."""
    assert len(steps(told("forms", "rent allowance"), "cap")) == 1


def test_cases_that_lost_come_with_why() -> None:
    """The cases before the one that applies, each with the condition that failed."""
    cases = steps(told("forms", "hospital aid", member(1)), "case")

    assert [(case["lost"], case["value"]) for case in cases] == [(True, False), (False, True)]
    assert cases[0]["text"] == "case 1 does not apply: tekun (no)"


def test_not_eligible_tells_what_fails_alone() -> None:
    """Conditions that hold are left out; where no case holds, every case is told."""
    condition = step(told("river_city_refused", "dibao payment"), "condition")
    assert condition["value"] is False
    assert "is at least dibao standard 680" in condition["text"]

    medical = told("river_city_refused", "medical assistance", member(1))
    assert [case["lost"] for case in steps(medical, "case")] == [True] * 4
    assert step(medical, "otherwise")["text"] == "no case applies, nothing is paid"


def test_a_condition_that_reads_like_a_case() -> None:
    """A condition is told as one even where a case has the very same words."""
    rules = own(
        "benefit b of person: yuan per month\n"
        "    when tekun\n    case tekun: wage\n    case dibao recipient: wage"
    )
    case = {"household": {"members": [{"tekun": False, "dibao recipient": True}]}}
    data = rules.evaluate(case, on="2023-08-01")["b"].explain().to_dict()

    assert step(data, "condition")["text"] == "condition not met: tekun (no)"


EXCEPTIONS = """\
benefit flood aid (洪灾救助) of household: yuan per month
    when     sudden hardship
    pays     rent
exception "flood year" / "洪涝灾害年份" to flood aid
    when     urgent hardship
    pays     2 times rent
exception "low income" / "低收入" to flood aid
    when     income is less than 900 yuan per month
    pays     3 times rent
"""


def exceptional(*, urgent: bool, income: int) -> Explanation:
    """The explanation of a benefit with two exceptions."""
    facts = {"sudden hardship": True, "urgent hardship": urgent, "income": income, "rent": 100}
    case = {"household": {**facts, "members": [{}]}}
    return own(EXCEPTIONS).evaluate(case, on="2023-08-01")["flood aid"].explain()


def test_exceptions_by_their_titles() -> None:
    """The exception that applies, and those that were weighed before and lost."""
    found = steps(exceptional(urgent=False, income=100).to_dict(), "exception")
    assert [(each["name"], each["lost"]) for each in found] == [
        ("flood year", True),
        ("low income", False),
    ]
    general = exceptional(urgent=False, income=1000)
    assert [each["lost"] for each in steps(general.to_dict(), "exception")] == [True, True]
    assert not steps(general.to_dict(), "otherwise")
    assert "不适用例外“洪涝灾害年份”：紧迫性困难（否）" in general.text("zh")


def test_a_conflict_names_both() -> None:
    """Two exceptions at once, of which neither goes before the other."""
    explanation = exceptional(urgent=True, income=100)
    assert explanation.to_dict()["status"] == "conflict"
    both = step(explanation.to_dict(), "unsettled")
    assert "flood year / low income" in both["text"]
    assert [each["value"] for each in both["because"]] == [True]
    assert "洪涝灾害年份、低收入" in explanation.text("zh")


REFUSED_ANYWAY = """ruleset t (甲)
statuses of person: first (甲类), second (乙类)
benefit grant (补贴) of person: yuan, one-off
    when first
    case second: 20 yuan
    otherwise 10 yuan
benefit relief (救济) of person: yuan, one-off
    when first
    pays 100 yuan
not together grant, relief; the higher
"""


def test_a_refusal_whatever_is_answered_gives_each_reason() -> None:
    """Each set of answers with a reason of its own is told, the shortest first."""
    rules = Ruleset(compile_source(Source("", REFUSED_ANYWAY)).program)
    outcome = rules.evaluate({"person": {}}, on="2023-08-01")["grant"]
    told = steps(outcome.explain().to_dict(), "path")

    assert outcome.status == "not eligible"
    assert [each["text"] for each in told] == [
        "if first is no: not eligible",
        "if first is yes, second is yes: not eligible",
        "if first is yes, second is no: not eligible",
    ]
    assert [len(steps(each, "rival")) for each in told] == [0, 1, 1]


def test_benefits_not_paid_together() -> None:
    """Both amounts, which of the two is paid, and how the one that lost would have come about."""
    members = [{"tekun": True, "out-of-pocket cost": cost} for cost in (60000, 100)]
    for each in members:
        each["medical assistance paid this year, case 1"] = 0
    case = {"household": {"disaster hardship": True, "members": members}}
    found = policyrules.load("example.river_city").evaluate(case, on="2023-08-01")
    won = found["medical assistance", member(1)].explain().to_dict()
    lost = found["medical assistance", member(2)].explain().to_dict()

    assert step(won, "rival")["lost"]
    assert "30,000 yuan is at least flood medical grant 500 yuan" in step(won, "rival")["text"]
    assert step(lost, "rival")["value"] is False
    assert step(lost, "rival")["text"].endswith("flood medical grant is paid instead")
    assert [each["value"] for each in steps(lost, "limit")] == ["90"]
    assert [each["value"] for each in steps(step(lost, "rival"), "figure")] == ["500"]


def test_the_first_of_two_is_paid() -> None:
    """Where order decides, no amounts are compared."""
    rules = own(
        "benefit old aid of person: yuan per month\n    when tekun\n    pays wage\n"
        "benefit new aid of person: yuan per month\n    when tekun\n    pays wage\n"
        "not together old aid, new aid; the first named"
    )
    case = {"household": {"members": [{"tekun": True, "wage": 5}]}}
    found = rules.evaluate(case, on="2023-08-01")

    assert not steps(found["old aid"].explain().to_dict(), "rival")
    assert step(found["new aid"].explain().to_dict(), "rival")["text"] == (
        "not paid together with old aid: old aid is paid instead"
    )


THREE = (
    "statuses of person: old, ill\n"
    "benefit age aid of person: yuan per month\n    when old\n    pays 100 yuan per month\n"
    "benefit first aid of person: yuan per month\n    when old\n    pays wage\n"
    "benefit second aid of person: yuan per month\n    when old\n    pays wage\n"
    "benefit care aid of person: yuan per month\n    when ill\n    pays 300 yuan per month\n"
)


def of_three(lines: str, **facts: Any) -> Any:
    """The outcomes of one person of three benefits and these lines."""
    case = {"household": {"members": [{"wage": 200, **facts}]}}
    return own(THREE + lines).evaluate(case, on="2023-08-01")


@pytest.mark.parametrize("how", ["the higher", "the first named"])
def test_the_rival_is_the_one_that_the_line_names(how: str) -> None:
    """Asserts that another benefit with the same conditions and amount is not taken for it."""
    found = of_three(f"not together second aid, age aid; {how}", old=True)

    told = step(found["age aid"].explain().to_dict(), "rival")
    assert told["text"].startswith("not paid together with second aid: ")
    assert told["text"].endswith("second aid is paid instead")
    assert [each["value"] for each in steps(told, "figure")] == ["200"]
    assert not steps(found["first aid"].explain().to_dict(), "rival")


def test_each_rival_is_named_of_several_lines() -> None:
    """Asserts that two lines with the same benefit name both that go before it."""
    lines = "".join(
        f"not together {name} aid, age aid; the first named\n" for name in ("first", "second")
    )
    told = steps(of_three(lines, old=True)["age aid"].explain().to_dict(), "rival")

    assert [each["name"] for each in told] == ["first aid", "second aid"]


@pytest.mark.parametrize("ill", [False, True])
def test_a_rival_that_may_not_be_stated_itself_is_told(*, ill: bool) -> None:
    """Asserts that the loser has its reason, and that one benefit alone is not told as several."""
    lines = (
        "not together age aid, first aid; the higher\nnot together first aid, care aid; not stated"
    )
    found = of_three(lines, old=True, ill=ill)
    lost = step(found["age aid"].explain().to_dict(), "rival")
    winner = found["first aid"]

    assert lost["text"].endswith("first aid is paid instead")
    assert [each["value"] for each in steps(lost, "figure")] == ["200"]
    assert winner.status == ("not stated" if ill else "eligible")
    assert ("several benefits are due" in str(winner.explain())) is ill


def test_any_tells_what_decides() -> None:
    """Of a list of which one is enough, what holds, and how long the list is."""
    data = told("forms", "relief")
    assert (
        step(data, "any")["text"] == "condition met: sudden hardship (yes), one of 2 that suffice"
    )
    assert len(steps(data, "condition")) == 1


def test_not_in_force_and_not_stated() -> None:
    """Which parameter has no value, and from when it has one."""
    early = step(told("river_city_early", "dibao payment"), "parameter")
    silent = step(told("forms", "care allowance", member(1)), "parameter")

    assert (early["status"], early["from"]) == ("not in force", "2022-01-01")
    assert "not yet in force on 2021-08-01" in early["text"]
    assert silent["value"] == {"low": "70", "high": None}
    assert "not stated" in silent["text"]


def test_a_supplied_parameter_says_so() -> None:
    """A value that the case supplies is told apart from one of the document."""
    case = {"household": FORMS, "parameters": {"care standard": 90}}
    rules = policyrules.load(str(FOLDER / "forms.rules"))
    outcome = rules.evaluate(case, on="2023-08-01")["care allowance", member(1)]

    assert "care standard 90 yuan per person per month (supplied by the case)" in str(
        outcome.explain()
    )
    assert "（由个案提供）" in str(outcome.explain("zh"))


def test_a_table_tells_its_row() -> None:
    """The row that was read, by the value of the subject."""
    data = told("forms", "tier payment", member(1))
    assert "tier amount (second)" in step(data, "parameter")["text"]
    assert (
        step(data, "convert")["text"] == "converted: 5,304 yuan per year ÷ 12 = 442 yuan per month"
    )


def test_members_who_count() -> None:
    """A count of some members tells who counts and why."""
    picked = steps(told("forms", "rent allowance"), "picked")
    assert [(found["of"], found["value"]) for found in picked] == [
        ([member(1)], True),
        ([member(2)], False),
        ([member(3)], False),
    ]


def test_a_benefit_that_another_rule_reads() -> None:
    """It counts as 0 where it is not due, and says why it is not."""
    rules = steps(told("forms", "total"), "rule")
    payments = [found for found in rules if found["name"] == "tier payment"]

    assert [found["of"] for found in payments] == [[member(1)], [member(2)], [member(3)]]
    assert (payments[2]["status"], payments[2]["value"]) == ("not eligible", "0")
    assert step(payments[2], "any")["value"] is False


# --- missing facts ----------------------------------------------------------------------------


def test_paths_tell_what_they_assume_and_give() -> None:
    """What is missing, what is lost anyway, then each alternative with its result."""
    data = told("river_city_family", "medical assistance", member(1))
    paths = steps(data, "path")

    assert [found["role"] for found in data["because"]] == ["missing", "case", "path", "path"]
    assert step(data, "missing")["text"] == "needs: cause of stay"
    assert [found["text"] for found in paths] == [
        "if cause of stay is major illness: 30,000 yuan",
        "if cause of stay is other illness: 20,000 yuan",
    ]
    assert [found["value"] for found in paths] == ["30000", "20000"]


def test_an_open_comparison_is_an_assumption() -> None:
    """A comparison that missing numbers leave open is told as what a path assumes."""
    paths = steps(told("river_city_missing", "dibao payment"), "path")
    assert [(found["text"].split(":")[0], found["status"]) for found in paths] == [
        (
            "if income per head is less than dibao standard 700 yuan per person per month",
            "eligible",
        ),
        (
            "if income per head is at least dibao standard 700 yuan per person per month",
            "not eligible",
        ),
    ]


def test_a_missing_number_is_one_path() -> None:
    """A missing number leaves a range along one path, without alternatives."""
    rules = own("benefit b of person: yuan, each settlement\n    pays 90% of cost up to 300 yuan")
    data = (
        rules.evaluate({"household": {"members": [{}]}}, on="2023-08-01")["b"].explain().to_dict()
    )

    assert not steps(data, "path")
    assert step(data, "missing")["text"] == "needs: cost"
    assert "cost (not given)" in step(data, "figure")["text"]
    assert "may bind" in step(data, "cap")["text"]


def test_at_most_a_handful_of_paths() -> None:
    """More alternatives than are shown are counted; lowest, highest and each status are shown."""
    rules = own(
        "benefit b of household: yuan per month\n"
        "    when number of members who are tekun is more than 1\n"
        "    pays for each member: tier amount"
    )
    outcome = rules.evaluate({"household": {"members": [{}] * 3}}, on="2023-08-01")["b"]
    data = outcome.explain().to_dict()
    paths = steps(data, "path")

    assert len(paths) == SHOWN_PATHS
    assert {"1395", "1326"} <= {found["value"] for found in paths}
    assert "not eligible" in {found["status"] for found in paths}
    assert step(data, "more")["text"] == "12 more combinations not shown"
    assert "members 1 to 3 is yes" in paths[0]["text"]


def test_too_many_paths() -> None:
    """A loose bound is explained by what is settled, and says that it is loose."""
    rules = own(
        "benefit b of household: yuan per month\n"
        "    when number of members who are tekun is more than 1\n"
        "    when income is less than 900 yuan per month\n"
        "    pays 500 yuan per month"
    )
    case = {"household": {"income": 5, "members": [{}] * 13}}
    data = rules.evaluate(case, on="2023-08-01")["b"].explain().to_dict()

    assert [found["role"] for found in data["because"]] == ["missing", "condition", "flag"]
    assert step(data, "missing")["text"] == "needs: tekun of members 1 to 13"


def test_what_all_paths_read_is_told_once() -> None:
    """Rules and parameters that no path changes stand before the paths."""
    data = told("river_city_missing", "temporary relief")
    rules = own(
        "benefit aid of person: yuan per month\n    when wage is less than 10\n    pays wage\n"
        "define both of household: yuan per month\n"
        "    the sum of aid over members + the sum of wage over members"
    )
    members = [{"wage": 5}, {"wage": 5}, {}]
    total = rules.evaluate({"household": {"members": members}}, on="2023-08-01")["both"]
    shared = [found for found in total.explain().to_dict()["because"] if found["role"] == "rule"]

    assert len([found for found in steps(data, "parameter") if not found["again"]]) == 1
    assert [found["of"] for found in shared] == [[member(1), member(2)]]


# --- size -------------------------------------------------------------------------------------


def test_alike_members_share_one_line() -> None:
    """An explanation does not grow with members who are alike."""
    rules = policyrules.load("example.river_city")

    def lines(count: int) -> int:
        case = {"household": {"income": 100, "members": [{}] * count}}
        return str(rules.evaluate(case, on="2023-08-01")["dibao payment"].explain()).count("\n")

    assert lines(12) == lines(2)


@pytest.mark.parametrize("name", CASES)
def test_no_explanation_is_long(name: str) -> None:
    """Only what decided is told: a screen of lines and a few dozen steps."""
    for outcome in result(name).values():
        explanation = outcome.explain()
        assert str(explanation).count("\n") < 40
        assert len(steps(explanation.to_dict())) < 80


@pytest.mark.parametrize("name", CASES)
def test_nothing_trivial_is_told(name: str) -> None:
    """No floor of zero that changed nothing, no factor one, no conversion by one."""
    for outcome in result(name).values():
        data = outcome.explain().to_dict()
        assert not steps(data, "not below zero")
        assert not re.search(r"× 1(?![\d,.])", json.dumps(data, ensure_ascii=False))


def test_a_rule_is_explained_once() -> None:
    """The second mention of a rule or parameter has nothing below it."""
    data = told("river_city_family", "dibao payment")
    for role, name in (("rule", "income per head"), ("parameter", "dibao standard")):
        found = [mention for mention in steps(data, role) if mention["name"] == name]
        assert [mention["again"] for mention in found] == [False] + [True] * (len(found) - 1)
        assert not any(mention["because"] for mention in found[1:])
        assert len(found) > 1


def test_deep_chains_are_cut() -> None:
    """A long chain of rules ends in a mention instead of a tree that nobody can read."""
    income = p.fact("income")
    first = p.defined("r0", p.apply("add", income, p.amount(1)))
    later = [
        p.defined(f"r{number}", p.apply("add", p.refer(f"r{number - 1}"), p.amount(1)))
        for number in range(1, DEEP)
    ]
    program = p.program((p.given("income"),), first, *later)
    explanation = by_hand(program, f"r{DEEP - 1}", income=Fraction(1))

    assert len(str(explanation).splitlines()) < 20


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_each_language_keeps_to_itself(name: str) -> None:
    """No Latin letter in the Chinese text, nothing Chinese in the English one."""
    for outcome in result(name).values():
        zh, en = outcome.explain("zh"), outcome.explain("en")
        assert not re.search("[A-Za-z]", str(zh)), str(zh)
        assert not re.search("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", str(en)), str(en)
        assert zh.text("en") == str(en)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", CASES)
def test_numbers_of_the_text_are_in_the_data(name: str, lang: Any) -> None:
    """Every number that a reader sees is also there for a program."""
    for outcome in result(name).values():
        explanation = outcome.explain(lang)
        told_numbers = set(re.findall(r"\d[\d,.]*", str(explanation)))
        texts = " ".join(found["text"] for found in steps(explanation.to_dict()))
        texts += explanation.to_dict()["text"] + json.dumps(explanation.to_dict()["cites"])
        assert told_numbers <= set(re.findall(r"\d[\d,.]*", texts)), outcome


def test_lines_fit_their_branches() -> None:
    """Each line begins with the branches of the tree, the last of its siblings with a corner."""
    head, *lines = str(result("forms")["total"].explain("zh")).splitlines()
    assert head == "合计：1,407元/月"
    assert all(re.match("(?:[│ ]  )*[├└]─ ", line) for line in lines)
    assert lines[-1].startswith("      └─ ")


def test_places() -> None:
    """A place as each language writes it."""
    label = Text("notice", "通知")
    place = Cited("notice", label, (2, 3, 1, 4))
    annex = Cited("notice", label, ("annex", 2, 12))

    assert cited(place, "en") == "notice 2(3)1(4)"
    assert cited(place, "zh") == "通知 二（三）1（4）"
    assert cited(annex, "en") == "notice annex 2 12"
    assert cited(annex, "zh") == "通知 附件2 十二"
    assert cited(Cited("notice", label, ()), "zh") == "通知"
    assert [numeral(number) for number in (1, 10, 11, 20, 23, 101, 110, 215, 1000)] == (
        ["一", "十", "十一", "二十", "二十三", "一百零一", "一百一十", "二百一十五", "1000"]
    )


WORDINGS = tuple(dict.fromkeys((header, en) for header, en, _ in [*PAIRS, *TIME_PAIRS]))


@pytest.mark.parametrize(("header", "clauses"), WORDINGS)
def test_every_wording_is_explained(header: str, clauses: str) -> None:
    """Every form of the language has an explanation in both languages, with and without facts."""
    rules = own(header + "\n" + "\n".join(f"    {line}" for line in clauses.split("\n")) + "\n")
    facts = {"age": 71, "wage": 100, "yearly wage": 1200, "cost": 60000, "tekun": True}
    household = {"income": 1200, "rent": 1000, "allowed rent": 800, "area": "rural"}
    for case in ({**household, "members": [facts, {}]}, {"members": [{}]}, {}):
        for outcome in rules.evaluate({"household": case}, on="2023-08-01").values():
            explanation = outcome.explain()
            assert explanation.text("zh")
            assert explanation.text("en")
            json.dumps(explanation.to_dict())


# --- programs made by hand, and random ones ---------------------------------------------------


def by_hand(program: Program, name: str, **household: Any) -> Explanation:
    """The explanation of a rule of a program without origins."""
    facts, evaluator = Facts(ON, household, ({},)), Evaluator(program)
    told = evaluator.told(facts)[name, None]
    return Explanation(program, Explainer(evaluator).explain(facts, name, None, told))


def test_programs_without_origins() -> None:
    """Expressions that tell nothing of where they come from are explained by what they do."""
    income, ill = p.fact("income"), p.fact("ill", "truth")
    inputs = (p.given("income", low=0), p.given("ill", "truth"))
    program = p.program(
        inputs,
        p.defined("chosen", p.choose(ill, income, p.amount(3))),
        p.defined("late", p.apply("add", p.IN_FORCE_LATER, income)),
        p.defined("silent", p.apply("multiply", p.unstated("care", low=10), income)),
        p.benefit(
            "b", p.apply("less", income, p.amount(10)), p.apply("minimum", income, p.amount(2))
        ),
    )

    chosen = by_hand(program, "chosen", income=Fraction(4), ill=False).to_dict()
    assert step(chosen, "case")["text"] == "case 1 does not apply: ill (no)"
    assert step(chosen, "figure")["value"] == "3"
    assert "standard: not yet in force" in str(by_hand(program, "late", income=Fraction(4)))
    assert "not stated, at least 10 × income 4" in str(
        by_hand(program, "silent", income=Fraction(4))
    )
    assert "the lower of income 4 and 2 = 2" in str(by_hand(program, "b", income=Fraction(4)))


def last_amount(root: Step) -> Any:
    """What the last figure of an explanation comes to."""
    return [found for found in root.because if found.role in AMOUNTS][-1].value


def reasons_of(root: Step) -> list[Step]:
    """The steps directly below the headline that are no notes."""
    return [found for found in root.because if found.role not in NOTES]


def numbers(text: str) -> set[str]:
    """The numbers in a text."""
    return set(re.findall(r"\d[\d,.]*", text))


@given(rulesets_and_cases(), st.sampled_from(["zh", "en"]))
def test_random_rulesets(drawn: Drawn, lang: Any) -> None:
    """Each outcome has a reason; the last step gives the amount; what fails is told as failing."""
    program = compile_source(Source("", drawn.text)).program
    case = product_case(drawn.case, program.about)
    facts = CaseReader(program).read(case, drawn.on)
    evaluator = Evaluator(program)
    explainer = Explainer(evaluator)
    for (name, subject), told in evaluator.told(facts).items():
        outcome, root = told[0], explainer.explain(facts, name, subject, told)
        explanation = Explanation(program, root, lang)
        data = json.dumps(explanation.to_dict(), ensure_ascii=False)
        assert numbers(str(explanation)) <= numbers(data)
        if any(found.role == "path" for found in root.because) or "loose bound" in outcome.flags:
            continue
        reasons = reasons_of(root)
        assert reasons
        if outcome.status == "not eligible":
            assert any(found.value is False or found.mode for found in reasons)
        elif outcome.status in ("eligible", "known") and outcome.kind == "number":
            nothing = any(found.mode == "nothing" for found in reasons)
            low, high = (0, 0) if nothing else ends(last_amount(root))
            assert (outcome.low, outcome.high) == (low, high)
            assert all(found.value for found in reasons if found.role in CONDITIONS)


# --- where it is asked for --------------------------------------------------------------------


def test_an_outcome_explains_itself() -> None:
    """`explain` is in English unless asked for Chinese; `to_dict` has the head of the outcome."""
    outcome = result("river_city_family")["dibao payment"]
    data = outcome.explain().to_dict()

    assert str(outcome.explain()).startswith("dibao payment: 900 yuan per month (eligible)\n")
    assert str(outcome.explain(lang="zh")).startswith("低保金：900元/月（符合条件）\n")
    assert {key: data[key] for key in ("schema", "rule", "of", "status", "amount", "unit")} == {
        "schema": 1,
        "rule": "dibao payment",
        "of": "household",
        "status": "eligible",
        "amount": "900",
        "unit": "yuan/month",
    }


def test_the_command_line_explains(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`eval --explain` prints the benefits' trees, with `--json` the data of every outcome."""
    file = tmp_path / "case.json"
    file.write_text(json.dumps({"on": "2023-08-01", "household": FAMILY}), "utf-8")
    call = ["eval", "example.river_city", str(file), "--explain", "--lang", "zh"]

    assert main(call) == 0
    assert (
        str(result("river_city_family")["dibao payment"].explain("zh")) in capsys.readouterr().out
    )
    assert main([*call, "--json"]) == 0
    explanations = json.loads(capsys.readouterr().out)["explanations"]
    assert [found["rule"] for found in explanations[:2]] == ["income per head", "dibao payment"]
    assert explanations[1]["text"] == "低保金：900元/月（符合条件）"


def test_values_of_the_data_are_exact() -> None:
    """Decimal texts, fractions, ranges with open ends, days and choices."""
    rules = own(
        "define third of household: yuan per month\n    income / 3\n"
        "define alarm of household: date\n    alert date\n"
    )
    case = {"household": {"income": 1000, "members": [{}], "alert date": "2023-07-30"}}
    result_ = rules.evaluate(case, on="2023-08-01")

    assert result_["third"].explain().to_dict()["amount"] == "1000/3"
    assert result_["alarm"].explain().to_dict()["amount"] == "2023-07-30"
    assert told("river_city_missing", "income per head")["amount"] == {"low": "0", "high": None}


def test_constants_have_no_value_beside_them() -> None:
    """What is not stated and what is not in force are told apart."""
    silent = p.program((), p.defined("s", p.unstated("care")))
    late = p.program((), p.defined("l", p.IN_FORCE_LATER))

    assert isinstance(silent.definitions[0].value.value, NotStated)
    assert isinstance(late.definitions[0].value.value, NotInForce)
    assert by_hand(silent, "s").to_dict()["status"] == "not stated"
    assert by_hand(late, "l").to_dict()["status"] == "not in force"


def test_a_day_of_reaching_an_age_that_is_not_known() -> None:
    """The age is then told by its name, and that the document does not state it."""
    rules = policyrules.load(FOLDER.parent / "rulesets" / "old_age.rules")
    outcome = rules.evaluate({"person": {}}, "2024-08-01")["retirement"]

    assert "the day of reaching pension age (not stated), open" in str(outcome.explain("en"))
    assert "年满领取年龄（未载明）之日，待定" in str(outcome.explain("zh"))


def test_a_language_that_is_not_there_is_refused() -> None:
    """Only English and Chinese are spoken; anything else is an error, not a mixture."""
    result = policyrules.load("example.river_city").evaluate({"household": {}}, "2023-08-01")

    with pytest.raises(policyrules.InputError, match="PR633"):
        result["dibao payment"].explain(lang="fr")  # type: ignore[arg-type]  # what is refused
