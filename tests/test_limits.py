"""Limits, small amounts and top-ups: what is missing, what is implied, and how they are told."""

from fractions import Fraction

import pytest

import policyrules
from policyrules.compiler import compile_source
from policyrules.ir.operators import OPERATORS
from policyrules.ir.ranges import DISCRETION, MISSING, NOT_STATED, Range
from policyrules.ir.ranges_time import EXTENTS
from policyrules.ruleset import Ruleset
from policyrules.source import Source

YIWU = """\
ruleset test.yiwu
input cost (政策范围内医疗费用) of person: yuan, at least 0
input reimbursement (医保报销) of person: yuan, at least 0
statuses of person: tekun (特困人员)
benefit aid (医疗救助) of person: yuan, each settlement
    base     what remains of cost after reimbursement
    pays     80%
    limits   in total up to 100000 yuan per year
    limits   with reimbursement at most 90% of cost
benefit grant (补助) of person: yuan, one-off
    pays     500 yuan
    limits   at most 2 times per year
benefit parts (分类救助) of person: yuan, each settlement
    base     cost
    case     tekun: 90%, in total up to 3000 yuan per year
    otherwise 75%, in total up to 2000 yuan per year
    limits   counted separately
    limits   in total up to 4000 yuan per year
benefit shared (共用救助) of person: yuan, each settlement
    pays     50% of cost
    limits   in total up to 1000 yuan per year
    limits   shared with grant
benefit small (小额补助) of person: yuan, one-off
    pays     50% of cost, less than 10 yuan pays 10 yuan
benefit topped (生活补助) of person: yuan per month
    pays     100 yuan per month
    top-up   tekun: 50 yuan per month, highest only
    top-up   age is at least 70: 20 yuan per month, highest only
"""


def outcome(name: str, **facts: object) -> policyrules.Outcome:
    """The outcome of one benefit for one person."""
    rules = Ruleset(compile_source(Source("yiwu.rules", YIWU)).program)
    named = {key.replace("_", " "): value for key, value in facts.items()}
    return rules.evaluate({"person": named}, on="2023-08-01")[name]


def ends(found: policyrules.Outcome) -> tuple[object, object]:
    """Both ends of an amount."""
    assert found.amount is not None
    return found.amount.low, found.amount.high


def test_the_ratio_decides_and_is_told() -> None:
    """Cost 100,000 and reimbursement 60,000 give 30,000: the explanation names the ratio."""
    found = outcome("aid", cost=100000, reimbursement=60000, aid_paid_this_year=0)
    en, zh = found.explain("en").text(), found.explain("zh").text()

    assert ends(found) == (30000, 30000)
    assert "limit together with others: cost 100,000 yuan × 90% − reimbursement 60,000" in en
    assert "binds: 32,000 yuan → 30,000 yuan" in en
    assert "合计限额：政策范围内医疗费用100,000元 × 90% − 医保报销60,000 = 30,000元，起作用" in zh


def test_what_was_paid_is_missing_until_given() -> None:
    """Without what was paid this year the amount is bounded from 0, and it is asked for."""
    found = outcome("aid", cost=100000, reimbursement=60000)

    assert ends(found) == (0, 30000)
    assert found.needs == ("person.aid paid this year",)


@pytest.mark.parametrize(("times", "status"), [(1, "eligible"), (2, "not eligible")])
def test_times(times: int, status: str) -> None:
    """The second payment of a year is made, the third is not."""
    assert outcome("grant", grant_times_this_year=times).status == status


def test_times_not_given_leave_it_open() -> None:
    """Whether the benefit is due depends on how often it was paid."""
    found = outcome("grant")

    assert (found.status, found.needs) == ("undetermined", ("person.grant times this year",))


def test_times_are_whole() -> None:
    """Half a payment is no fact."""
    with pytest.raises(policyrules.InputError):
        outcome("grant", grant_times_this_year=1.5)


def test_a_total_of_nothing_is_nothing_in_each_case() -> None:
    """Where a line limits all cases, the plain total 0 settles the cases counted apart."""
    assert ends(outcome("parts", cost=10000, tekun=True, parts_paid_this_year=0)) == (3000, 3000)
    assert ends(outcome("parts", cost=10000, tekun=True, parts_paid_this_year=10)) == (0, 3000)


def test_a_case_that_is_given_goes_before_the_total() -> None:
    """What is stated of a case is not put in question by a total of 0."""
    facts = {"parts paid this year": 0, "parts paid this year, case 1": 1000}

    assert ends(outcome("parts", cost=10000, tekun=True, **facts)) == (2000, 2000)


def test_a_shared_limit_takes_off_both() -> None:
    """What the other benefit paid counts, though it has no limit of its own."""
    facts = {"shared paid this year": 300, "grant paid this year": 400}

    assert ends(outcome("shared", cost=10000, **facts)) == (300, 300)


@pytest.mark.parametrize(
    ("cost", "amount"), [("0", "0"), ("0.02", "10"), ("19.98", "10"), ("20.02", "10.01")]
)
def test_a_small_amount_is_lifted(cost: str, amount: str) -> None:
    """Any amount above 0 is at least 10 yuan; 0 stays 0."""
    assert ends(outcome("small", cost=cost)) == (Fraction(amount), Fraction(amount))


def test_a_lower_top_up_is_told_as_such() -> None:
    """Of two top-ups that hold only the highest counts, and the other says why not."""
    found = outcome("topped", tekun=True, age=70)
    en, zh = found.explain("en").text(), found.explain("zh").text()

    assert ends(found) == (150, 150)
    assert "top-up: 100 yuan per month + 50 yuan per month = 150 yuan per month" in en
    assert "not the highest: 20 yuan per month; age 70 is at least 70" in en
    assert "符合，但不是最高一项：20元/月" in zh


def test_a_name_may_be_top_up() -> None:
    """The word of the line does not keep a benefit from being called so."""
    text = "ruleset a\nbenefit top-up of person: yuan per month\n    pays 5 yuan per month\n"

    assert compile_source(Source("a.rules", text)).program.definitions[0].name == "top-up"


@pytest.mark.parametrize(
    ("value", "least", "dropped", "lifted"),
    [
        ("9.99", "10", "0", "10"),
        ("10", "10", "10", "10"),
        ("0", "10", "0", "0"),
        ("-1", "10", "0", "-1"),
    ],
)
def test_small_amounts_on_plain_values(value: str, least: str, dropped: str, lifted: str) -> None:
    """Just below, at the end, at zero and below it."""
    assert OPERATORS["drop_below"].plain(Fraction(value), Fraction(least)) == Fraction(dropped)
    assert OPERATORS["lift_to"].plain(Fraction(value), Fraction(least)) == Fraction(lifted)


def test_small_amounts_on_ranges() -> None:
    """A range keeps its reason, and what surely is not small stays as it is."""
    granted, unstated = Range(Fraction(5), Fraction(20), DISCRETION), Range(None, None, NOT_STATED)

    assert EXTENTS["drop_below"](granted, Fraction(10)) == Range(
        Fraction(0), Fraction(20), DISCRETION
    )
    assert EXTENTS["drop_below"](granted, Fraction(5)) == granted
    assert EXTENTS["drop_below"](granted, Fraction(21)) == 0
    assert EXTENTS["lift_to"](granted, Fraction(10)) == Range(
        Fraction(10), Fraction(20), DISCRETION
    )
    assert EXTENTS["lift_to"](granted, Fraction(30)) == 30
    assert EXTENTS["lift_to"](Fraction(0), unstated) == 0
    assert EXTENTS["lift_to"](Range(Fraction(0), None, MISSING), Fraction(10)) == Range(
        Fraction(0), None, MISSING
    )
