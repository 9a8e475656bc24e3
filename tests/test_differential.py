"""The product against the oracle, on random rulesets and cases."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from agreement import (
    ONE_EDITION,
    Outcomes,
    as_exact_as_it_can_be,
    as_product_has_it,
    facts_of,
    holds,
    ruleset_of,
)
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import outcomes
from oracle_paths import Outcome, TooManyPaths
from strategies_cases import Drawn, cases_of, rulesets_and_cases

from policyrules.backends import hulls
from policyrules.compiler import compile_source
from policyrules.diagnostics import Report
from policyrules.source import Source
from policyrules.syntax.names import outline
from policyrules.syntax.parse import parse, scan

# Named without their folder: names are part of the seed.
NAMED = [pytest.param(name, id=Path(name).stem if "/" in name else name) for name in ONE_EDITION]


def product_outcomes(text: str, case: dict[str, Any], on: date) -> Outcomes:
    """What the product says, in the oracle's words."""
    return as_product_has_it(compile_source(Source("", text)).program, case, on)


def oracle_outcomes(text: str, case: dict[str, Any], on: date) -> Outcomes:
    """What the oracle says."""
    scanned, report = outline(scan(Source("", text))), Report()
    tree = parse(scanned, scanned.names, report)
    report.stop_if_errors()
    return outcomes([tree], case, on)


@given(rulesets_and_cases())
def test_product_agrees_with_the_oracle(drawn: Drawn) -> None:
    """Status, ends, value, basis, needs and flags of every outcome are the same."""
    try:
        expected = oracle_outcomes(drawn.text, drawn.case, drawn.on)
    except TooManyPaths:
        assume(False)
    found = product_outcomes(drawn.text, drawn.case, drawn.on)

    assert as_exact_as_it_can_be(found, expected, drawn.case) == expected


@pytest.mark.parametrize("name", NAMED)
@given(data=st.data())
def test_bundled_rulesets_agree_with_the_oracle(name: str, data: st.DataObject) -> None:
    """The same for every bundled ruleset, on cases with gaps."""
    program, trees = ruleset_of(name)
    case, on = data.draw(cases_of(facts_of(program, trees), program.about))
    try:
        expected = outcomes(trees, case, on)
    except TooManyPaths:
        assume(False)
    found = as_product_has_it(program, case, on)

    assert as_exact_as_it_can_be(found, expected, case) == expected


def test_only_what_holds_the_expected_outcome_passes_for_it() -> None:
    """A bound holds a narrower one, never one beyond its ends or one that asks for more."""
    wide = Outcome("undetermined", Fraction(0), Fraction(10), needs=frozenset({(None, "rent")}))
    inside = Outcome("undetermined", Fraction(1), Fraction(10), needs=wide.needs)

    assert holds(wide, inside)
    assert not holds(inside, wide)
    assert not holds(evolve(wide, needs=frozenset()), inside)
    assert not holds(evolve(wide, status="eligible"), inside)
    assert not holds(wide, evolve(inside, high=None))


GROUP_NOT_IN_FORCE = """\
ruleset test.groups
statuses of person: pupil
parameter standard: yuan per month
    from 2023-01-01: 700
input wage of person: yuan per month, at least 0
group learners of household: members who are (pupil and wage is less than the standard)
define learners counted of household: person per household
    number of learners
define best paid of household: yuan per person per month
    the highest wage over learners
define learning of household: yes or no
    number of learners is at least 1
"""


@pytest.mark.parametrize("name", ["learners counted", "best paid", "learning"])
def test_a_group_that_may_need_what_is_not_in_force_is_not_empty(name: str) -> None:
    """Who is in a group depends on a standard not in force yet, unless nobody is a pupil."""
    case: dict[str, Any] = {"household": {}, "members": None, "parameters": {}}
    on = date(2022, 12, 31)
    found = product_outcomes(GROUP_NOT_IN_FORCE, case, on)[name, None]

    assert found.status == "undetermined"
    assert found == oracle_outcomes(GROUP_NOT_IN_FORCE, case, on)[name, None]


CONTRADICTING = """\
ruleset test.contradicting
statuses of household: flood, fire
input rent of household: yuan per month, at least 0
benefit aid of household: yuan per month
    pays 100 yuan per month
exception "flooded" to aid
    when flood
    pays 450 yuan per month
exception "burnt" to aid
    when fire
    pays {amount}
define doubled grant of household: yuan per month
    2 * aid
"""


@pytest.mark.parametrize("known", [{"flood": True}, {"flood": True, "fire": True}])
@pytest.mark.parametrize("amount", ["50 yuan per month", "case by case"])
def test_what_may_be_contradicted_or_decided_by_a_person_has_no_bound(
    amount: str, known: dict[str, Any]
) -> None:
    """A figure made of a payment that may be a conflict, or a person's to decide, is open."""
    text = CONTRADICTING.format(amount=amount)
    case: dict[str, Any] = {"household": known, "members": None, "parameters": {}}
    found = product_outcomes(text, case, date(2024, 1, 1))["doubled grant", None]

    assert (found.status, found.low, found.high) == ("undetermined", None, None)
    assert found == oracle_outcomes(text, case, date(2024, 1, 1))["doubled grant", None]


DOUBTFUL = """\
ruleset test.doubtful
statuses of person: flooded, burnt
statuses of household: poor
define loss of person: yuan
    10
exception "flood" to loss
    when flooded
    20
exception "fire" to loss
    when burnt
    0
benefit repair aid of household: yuan, one-off
    when poor or any member is (not (0 yuan per person is at least loss))
    pays 5 yuan
"""


@pytest.mark.parametrize("known", [{}, {"poor": False}])
def test_members_of_whom_some_may_be_a_contradiction_leave_no_bound(known: dict[str, Any]) -> None:
    """Asserts that a payment is open where its condition may rest on a conflict of exceptions."""
    case: dict[str, Any] = {"household": known, "members": None, "parameters": {}}
    found = product_outcomes(DOUBTFUL, case, date(2024, 1, 1))["repair aid", None]

    assert (found.status, found.low, found.high) == ("undetermined", 0, None)
    assert found == oracle_outcomes(DOUBTFUL, case, date(2024, 1, 1))["repair aid", None]


def test_a_loose_bound_is_open_where_some_may_be_a_contradiction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asserts that too many paths to follow do not hide that a payment may have no bound."""
    monkeypatch.setattr(hulls, "CAP", 1)
    case: dict[str, Any] = {"household": {}, "members": [{}, {}], "parameters": {}}
    found = product_outcomes(DOUBTFUL, case, date(2024, 1, 1))["repair aid", None]

    assert "loose bound" in found.flags
    assert (found.status, found.low, found.high) == ("undetermined", 0, None)


FIGURES = """\
ruleset test.figures
parameter care standard: yuan per month
    not stated, at least 100 yuan per month
parameter flat amount: yuan per month
    350
parameter standard: yuan per month
    from 2022-01-01: 350
"""


@pytest.mark.parametrize(
    "rule",
    [
        # Whatever the care standard is, one of both holds: a figure without dates is that figure.
        (
            "when (care standard is less than flat amount) "
            "or (not (care standard is less than 350))\n"
            "    pays 100 yuan per month"
        ),
        (
            "when (care standard is less than 350) "
            "or (not (care standard is less than (standard on "
            "2023-01-01)))\n    pays 100 yuan per month"
        ),
        # Two figures are equal or not, whichever is named first.
        (
            "when (care standard equals standard) or (not (standard equals care standard))\n"
            "    pays 100 yuan per month"
        ),
        # Below zero in any case, so that nothing is left unstated.
        "pays at least (the lower of 0 yuan per month and (flat amount - care standard))",
    ],
)
def test_what_is_not_stated_leaves_nothing_open_that_it_cannot_change(rule: str) -> None:
    """Asserts that a payment is due, and its low end known, whatever a standard may be."""
    text = f"{FIGURES}benefit aid of household: yuan per month\n    {rule}\n"
    case: dict[str, Any] = {"household": {}, "members": None, "parameters": {}}
    found = product_outcomes(text, case, date(2024, 1, 1))["aid", None]

    assert found.status == "eligible"
    assert found.low is not None
    assert found == oracle_outcomes(text, case, date(2024, 1, 1))["aid", None]


def test_of_members_unknown_one_counts_where_everybody_does() -> None:
    """Asserts that the lowest of a figure is known where it is the same for whoever it is."""
    text = """\
ruleset test.everybody
define share of person: yuan per month
    350
benefit aid of household: yuan, one-off
    pays the lowest share over members who are (the date is in 2023)
    counted for 1 person, 1 month
"""
    case: dict[str, Any] = {"household": {}, "members": None, "parameters": {}}
    found = product_outcomes(text, case, date(2023, 8, 1))["aid", None]

    assert (found.status, found.low, found.high) == ("eligible", 350, 350)
    assert found == oracle_outcomes(text, case, date(2023, 8, 1))["aid", None]


CHAINED = """\
ruleset test.chained
statuses of person: aged, ill, poor
benefit age aid of person: yuan, one-off
    when aged
    pays 10 yuan
benefit care aid of person: yuan, one-off
    when ill
    pays 20 yuan
benefit hardship aid of person: yuan, one-off
    when poor
    pays 30 yuan
"""


@pytest.mark.parametrize("second", ["the first named", "not stated"])
@pytest.mark.parametrize("turned", [False, True], ids=["as written", "turned round"])
def test_of_several_lines_of_benefits_not_paid_together_each_looks_at_what_is_due(
    second: str, *, turned: bool
) -> None:
    """Asserts that a benefit gives way to one that gives way itself, in either order."""
    lines = [
        "not together age aid, care aid; the first named\n",
        f"not together care aid, hardship aid; {second}\n",
    ]
    text = CHAINED + "".join(reversed(lines) if turned else lines)
    facts = {"aged": True, "ill": True, "poor": True}
    case: dict[str, Any] = {"household": {}, "members": [facts], "parameters": {}}
    found = product_outcomes(text, case, date(2024, 1, 1))

    assert found["age aid", 0].status == "eligible"
    assert found["care aid", 0].status == "not eligible"
    assert found["hardship aid", 0].status == (
        "not eligible" if second == "the first named" else "not stated"
    )
    assert found == oracle_outcomes(text, case, date(2024, 1, 1))


WHOEVER = """\
ruleset test.whoever
statuses of household: storm
input age group of person: yuan, at least 0, at most 10
category tier of person: first, second
parameter care standard: yuan per person per month
    not stated, at least 100 yuan per person per month
parameter tier amount by tier: yuan per person per month
    from 2022-01-01: first 0, second 2000
parameter tier share by tier: yuan per person per month
    from 2022-01-01: first 0, second 2000
benefit storm aid of person: yuan per month
    when the household's storm
    pays 5 yuan per month
define anybody of household: yes or no
    any member is eligible for storm aid
define everybody of household: yes or no
    every member is (age group is at most 10 yuan per person)
define somebody of household: yes or no
    any member is (age group is at least 5 yuan per person)
benefit capped aid of household: yuan per month
    pays for each member: (care standard * 3) up to (tier amount - tier share)
benefit care aid of household: yuan per month
    pays for each member: care standard
"""


def test_what_holds_of_anyone_is_settled_for_members_unknown() -> None:
    """Asserts that any and every are open only where members may differ in what is asked."""
    on = date(2024, 1, 1)
    case: dict[str, Any] = {"household": {"storm": False}, "members": None, "parameters": {}}
    found, expected = product_outcomes(WHOEVER, case, on), oracle_outcomes(WHOEVER, case, on)

    assert (found["anybody", None].status, found["anybody", None].value) == ("known", False)
    assert (found["everybody", None].status, found["everybody", None].value) == ("known", True)
    assert found["somebody", None].status == "undetermined"
    assert as_exact_as_it_can_be(found, expected, case) == expected
    case["household"]["storm"] = True
    found = product_outcomes(WHOEVER, case, on)
    assert (found["anybody", None].status, found["anybody", None].value) == ("known", True)


def test_what_only_some_members_leave_unstated_is_not_said_to_be_unstated() -> None:
    """Asserts that a figure of unknown members is open where who they are decides whether it is."""
    case: dict[str, Any] = {"household": {}, "members": None, "parameters": {}}
    on = date(2024, 1, 1)
    found, expected = product_outcomes(WHOEVER, case, on), oracle_outcomes(WHOEVER, case, on)

    assert found["capped aid", None].status == "undetermined"
    assert found["care aid", None].status == "not stated"
    assert as_exact_as_it_can_be(found, expected, case) == expected


FLAGGED = """\
ruleset test.flagged
statuses of person: aged, ill
benefit age aid of person: yuan per month
    pays 40 yuan per month
benefit care aid of person: yuan per month
    valid until 2022
    pays 50 yuan per month
benefit hardship aid of person: yuan per month
    when all of: ill, aged and others
    pays 30 yuan per month
"""


@pytest.mark.parametrize("turned", [False, True], ids=["as written", "turned round"])
def test_what_is_read_of_rivals_does_not_depend_on_their_lines(*, turned: bool) -> None:
    """Asserts that a rival out of its years leaves its flag, whichever line decides."""
    lines = [
        "not together hardship aid, care aid; the higher\n",
        "not together age aid, hardship aid; the first named\n",
    ]
    text = FLAGGED + "".join(reversed(lines) if turned else lines)
    case: dict[str, Any] = {"household": {}, "members": [{"aged": True}], "parameters": {}}
    found = product_outcomes(text, case, date(2024, 1, 1))

    assert found["hardship aid", 0].status == "not eligible"
    assert (
        "year precision"
        in oracle_outcomes(FLAGGED + "".join(lines), case, date(2024, 1, 1))[
            "hardship aid", 0
        ].flags
    )
    assert found == oracle_outcomes(text, case, date(2024, 1, 1))


def test_what_is_not_stated_between_two_is_compared_with_a_third_by_its_amount() -> None:
    """Asserts that a line about amounts takes those that would be paid by themselves."""
    lines = [
        "not together age aid, care aid; not stated\n",
        "not together age aid, hardship aid; the higher\n",
    ]
    facts = {"aged": True, "ill": True, "poor": True}
    case: dict[str, Any] = {"household": {}, "members": [facts], "parameters": {}}
    for order in (lines, lines[::-1]):
        text = CHAINED + "".join(order)
        found = product_outcomes(text, case, date(2024, 1, 1))

        assert [found[f"{name} aid", 0].status for name in ("age", "care", "hardship")] == [
            "not eligible",
            "not stated",
            "eligible",
        ]
        assert found == oracle_outcomes(text, case, date(2024, 1, 1))


@pytest.mark.parametrize(
    "lines",
    [
        "    pays not stated\n",
        (
            "    pays 10 yuan per month\n"
            "benefit other aid of person: yuan per month\n"
            "    pays 20 yuan per month\n"
            "not together aid, other aid; not stated\n"
        ),
    ],
    ids=["said so", "of two"],
)
def test_a_payment_that_is_not_stated_is_no_parameter_to_be_supplied(lines: str) -> None:
    """Asserts that a comparison with such a payment asks only for what a case can say."""
    text = (
        "ruleset test.silent\n"
        "input wage of person: yuan per month, at least 0\n"
        f"benefit aid of person: yuan per month\n{lines}"
        "benefit second aid of person: yuan per month\n"
        "    when aid is at least wage\n"
        "    pays 10 yuan per month\n"
    )
    case: dict[str, Any] = {"household": {}, "members": [{}], "parameters": {}}
    found = product_outcomes(text, case, date(2024, 1, 1))

    assert found["aid", 0].status == "not stated"
    assert found["second aid", 0].needs == {(0, "wage")}
    assert found == oracle_outcomes(text, case, date(2024, 1, 1))


def test_of_two_benefits_of_unknown_amount_one_is_paid() -> None:
    """Asserts that the sum of two, of which the higher is paid, is never both of them."""
    text = """\
ruleset test.one_of_two
input wage of person: yuan per month, at least 0, at most 300
input rent of person: yuan per month, at least 0, at most 500
benefit aid of person: yuan per month
    pays wage
benefit other aid of person: yuan per month
    pays rent
not together aid, other aid; the higher
define total of person: yuan per month
    aid + other aid
"""
    case: dict[str, Any] = {"household": {}, "members": [{}], "parameters": {}}
    found = product_outcomes(text, case, date(2024, 1, 1))["total", 0]

    assert (found.low, found.high) == (0, 500)
    assert found == oracle_outcomes(text, case, date(2024, 1, 1))["total", 0]


def test_nothing_is_counted_as_nothing() -> None:
    """Asserts that the general amount of an exception that pays nothing is 0, in any unit."""
    text = """\
ruleset test.counted_nothing
statuses of person: flooded, poor
parameter standard: yuan per person per month
    350
benefit aid of person: yuan, one-off
    pays 2 times standard
    counted for 3 months
exception "flood" to aid
    when flooded
    pays nothing
exception "poverty" to "flood"
    when poor
    pays the general amount increased by 40%
"""
    facts = {"flooded": True, "poor": True}
    case: dict[str, Any] = {"household": {}, "members": [facts], "parameters": {}}
    found = product_outcomes(text, case, date(2024, 1, 1))["aid", 0]

    assert (found.status, found.low, found.high) == ("eligible", 0, 0)
    assert found == oracle_outcomes(text, case, date(2024, 1, 1))["aid", 0]


def test_what_pays_nothing_is_topped_up_by_nothing() -> None:
    """Asserts that the general amount is what would be paid: neither a top-up nor a band alone."""
    text = """\
ruleset test.topped_nothing
statuses of person: flooded, poor
input wage of person: yuan per month, at least 0
benefit aid of person: yuan per month
    case poor: 10 yuan per month
    otherwise nothing
    top-up 100 yuan per month
exception "flood" to aid
    when flooded
    pays the general amount increased by 40%
benefit wage aid of person: yuan per month
    base wage
    band at least 350 yuan per month and less than 700 yuan per month: 20 yuan per month
exception "flood again" to wage aid
    when flooded
    pays the general amount increased by 40%
"""
    facts = {"flooded": True, "poor": False, "wage": Fraction(100)}
    case: dict[str, Any] = {"household": {}, "members": [facts], "parameters": {}}
    found = product_outcomes(text, case, date(2024, 1, 1))

    assert [found[name, 0].high for name in ("aid", "wage aid")] == [0, 0]
    assert found == oracle_outcomes(text, case, date(2024, 1, 1))


PAID_TO_NOBODY = """\
ruleset test.nobody
statuses of person: pupil
statuses of household: flood
input cost of person: yuan per month, at least 0
group learners of household: members who are pupil
benefit aid of person: yuan per month
    when cost is at least 10 yuan per month
    pays {amount}
exception "flooded" to aid
    when flood
    pays case by case
define help of household: yuan per household per month
    the sum of aid over learners
"""


@pytest.mark.parametrize("amount", ["450 yuan per month", "case by case"])
def test_the_sum_over_nobody_is_0_whoever_decides(amount: str) -> None:
    """What a person decides for a member is nothing where there is no such member."""
    text = PAID_TO_NOBODY.format(amount=amount)
    members: list[Any] = [{"pupil": False}]
    case: dict[str, Any] = {"household": {}, "members": members, "parameters": {}}
    on = date(2026, 1, 1)
    found = product_outcomes(text, case, on)["help", None]

    assert (found.status, found.low, found.high) == ("known", 0, 0)
    assert found == oracle_outcomes(text, case, on)["help", None]
