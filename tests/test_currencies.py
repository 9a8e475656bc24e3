"""Currencies other than the yuan: units, results, words and cases speak of them."""

from fractions import Fraction

import pytest

import policyrules
from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError, InputError
from policyrules.source import Source
from policyrules.types.currencies import read_currency
from policyrules.types.units import factor, show, unit

TEXT = """\
ruleset test.money
    currency {currency}
source act
[act 1]
input wage (工资) of person: {plural} per month, at least 0
benefit aid (补助) of person: {plural} per month
    pays 1/8 of wage
    rounded upward to the {minor}
"""


def rules(currency: str, plural: str, minor: str) -> policyrules.Ruleset:
    """A small ruleset in a currency."""
    text = TEXT.format(currency=currency, plural=plural, minor=minor)
    return policyrules.Ruleset(compile_source(Source("", text)).program)


@pytest.mark.parametrize(
    ("currency", "plural", "minor", "amount", "chinese", "json"),
    [
        (
            "crown, 100 pennies",
            "crowns",
            "penny",
            "12.51 crowns per month",
            "12.51crown/月",
            "crown",
        ),
        ("克朗，100便士", "克朗", "便士", "12.51 克朗 per month", "12.51克朗/月", "克朗"),
        (
            "euro (欧元), 100 cents (分)",
            "euros",
            "cent",
            "12.51 euros per month",
            "12.51欧元/月",
            "euro",
        ),
        (
            "pound, 20 shillings",
            "pounds",
            "shilling",
            "12.55 pounds per month",
            "12.55pound/月",
            "pound",
        ),
        (
            "Swiss franc (瑞士法郎), 100 centimes",
            "Swiss francs",
            "centime",
            "12.51 Swiss francs per month",
            "12.51瑞士法郎/月",
            "swiss_franc",
        ),
        ("yen (日元)", "yen", "yen", "13 yen per month", "13日元/月", "yen"),
    ],
)
def test_results_speak_of_the_currency(
    currency: str, plural: str, minor: str, amount: str, chinese: str, json: str
) -> None:
    """Amounts, their Chinese and their JSON bear the declared words; rounding knows the parts."""
    found = rules(currency, plural, minor).evaluate({"person": {"wage": "100.01"}}, "2024-01-01")
    outcome = found["aid"]

    assert str(outcome.amount) == amount
    assert outcome.amount is not None
    assert outcome.amount.text("zh") == chinese
    # Another currency of the name, declared before in this process, has the plain spelling.
    spelled = read_currency(currency)
    assert spelled in (json, f"{json}_2", f"{json}_3")
    assert outcome.to_dict()["amount"]["unit"] == f"{spelled}/month"


def test_the_sign_of_the_yuan_is_not_that_of_another_currency() -> None:
    """Where rules are in yen, ¥ would mean these: it is not read."""
    with pytest.raises(InputError) as caught:
        rules("yen", "yen", "yen").evaluate({"person": {"wage": "¥100"}}, "2024-01-01")

    assert [found.code for found in caught.value.diagnostics] == ["PR609"]


def test_a_case_may_name_the_currency() -> None:
    """Texts of a case are read in the currency of the ruleset, and in no other."""
    money = rules("crown, 100 pennies", "crowns", "penny")
    person = {"wage": "1200 crowns per year"}
    found = money.evaluate({"person": person}, "2024-01-01")["aid"].amount

    assert found is not None
    assert found.low == Fraction("12.5")
    with pytest.raises(InputError):
        money.evaluate({"person": {"wage": "100 yuan per month"}}, "2024-01-01")


def test_explanations_speak_of_the_currency() -> None:
    """The reasons name the currency and the coin to which a figure is rounded."""
    money = rules("crown (克朗), 100 pennies (便士)", "crowns", "penny")
    outcome = money.evaluate({"person": {"wage": "100.01"}}, "2024-01-01")["aid"]

    assert "upward to the penny" in str(outcome.explain(lang="en"))
    assert "进位到便士" in str(outcome.explain(lang="zh"))
    assert "100.01克朗/月" in str(outcome.explain(lang="zh"))


def test_the_yuan_is_unknown_beside_another_currency() -> None:
    """A file knows its own currency only."""
    with pytest.raises(CompileError) as caught:
        rules("crown, 100 pennies", "yuan", "penny")

    assert {found.code for found in caught.value.diagnostics} == {"PR310"}


def test_the_same_declaration_is_the_same_currency() -> None:
    """Currencies are known by what is declared; another one of the same name is another unit."""
    one, same = read_currency("mark, 100 pfennigs"), read_currency("mark,  100 pfennigs")
    other = read_currency("mark, 10 groschen")
    named = read_currency("mark (马克)")

    assert one == same
    assert one is not None
    assert other not in (None, one)
    assert named is not None
    assert named != one
    assert factor(unit(one), unit("pfennig")) == 100
    assert factor(unit("groschen"), unit("pfennig")) is None
    assert show(unit(named), "zh") == "马克"


@pytest.mark.parametrize("text", ["", "100 pennies", "crown; 100 pennies", "crown, pennies"])
def test_what_is_no_currency(text: str) -> None:
    """A line that does not name a currency and how many parts it has is not read."""
    assert read_currency(text) is None
