"""Explanations as people read them: what is said is so, and no more than that is said."""

from __future__ import annotations

from typing import Any

import pytest

from policyrules import Outcome, Ruleset
from policyrules.compiler import compile_source
from policyrules.source import Source

EXCEPTIONS = """ruleset t (甲)
source ordinance (条例)
[ordinance 2]
input refusals (拒绝次数) of person: times, at least 0
statuses of person: registered (登记), serious (情节严重), left by choice (自愿离职)
benefit support (补助) of person: yuan per month
    when    registered
    pays    1000 yuan per month
    limits  for at most 24 months
[ordinance 3]
exception "refused" / "拒绝" to support
    when    refusals is at least 3
    pays    nothing
exception "serious" / "严重" to support
    when    serious
    pays    case by case
    overrides "refused" / "拒绝"
exception "left" / "离职" to support
    when    left by choice
    pays    500 yuan per month
    limits  for at most 6 months
    overrides "refused" / "拒绝"
    overrides "serious" / "严重"
"""
PERSON: dict[str, Any] = {
    "registered": True,
    "refusals": 0,
    "serious": False,
    "left by choice": False,
    "months of support paid": 5,
}


def outcome(text: str, name: str, case: dict[str, Any], on: str = "2023-08-01") -> Outcome:
    """The outcome of a benefit for one person, or for the first of a household's members."""
    rules = Ruleset(compile_source(Source("", text)).program)
    result = rules.evaluate({rules.program.about: case}, on=on)
    return next(found for found in result.values() if found.name == name)


def lines(found: Outcome, lang: Any) -> list[str]:
    """The lines of an explanation below its headline, without the branches before them."""
    return [line.lstrip("├└─│ ") for line in str(found.explain(lang=lang)).splitlines()[1:]]


@pytest.mark.parametrize(
    ("facts", "english", "chinese"),
    [
        (
            {},
            [
                "under: ordinance 2",
                "condition met: registered (yes)",
                (
                    "condition met: months of support paid 5 months is less than 24 months "
                    "(19 months below)"
                ),
                (
                    "exception “refused” does not apply (ordinance 3): "
                    "refusals 0 times is less than 3 times (3 times below)"
                ),
                "exception “serious” does not apply (ordinance 3): serious (no)",
                "exception “left” does not apply (ordinance 3): left by choice (no)",
                "amount: 1,000 yuan per month",
            ],
            [
                "依据：条例 二",
                "条件成立：登记（是）",
                "条件成立：已享受补助月数5个月低于24个月（相差19个月）",
                "不适用例外“拒绝”（条例 三）：拒绝次数0次低于3次（相差3次）",
                "不适用例外“严重”（条例 三）：情节严重（否）",
                "不适用例外“离职”（条例 三）：自愿离职（否）",
                "金额：1,000元/月",
            ],
        ),
        (
            {"refusals": 3},
            [
                "under: ordinance 2",
                (
                    "exception “refused” applies (ordinance 3) (nothing is paid): "
                    "refusals 3 times is at least 3 times"
                ),
            ],
            [
                "依据：条例 二",
                "适用例外“拒绝”（条例 三）（不予救助）：拒绝次数3次不低于3次",
            ],
        ),
        (
            {"refusals": 3, "serious": True},
            [
                "under: ordinance 2",
                "condition met: registered (yes)",
                (
                    "condition met: months of support paid 5 months is less than 24 months "
                    "(19 months below)"
                ),
                (
                    "exception “refused” does not apply (ordinance 3): its conditions are met "
                    "(refusals 3 times is at least 3 times), but exception “serious” goes before it"
                ),
                "exception “serious” applies (ordinance 3): serious (yes)",
                "decided by a person: case by case",
            ],
            [
                "依据：条例 二",
                "条件成立：登记（是）",
                "条件成立：已享受补助月数5个月低于24个月（相差19个月）",
                (
                    "不适用例外“拒绝”（条例 三）：虽符合条件（拒绝次数3次不低于3次），"
                    "但例外“严重”优先适用"
                ),
                "适用例外“严重”（条例 三）：情节严重（是）",
                "人工审定：一事一议",
            ],
        ),
        (
            {"refusals": 3, "serious": True, "left by choice": True},
            [
                "under: ordinance 2",
                "condition met: registered (yes)",
                (
                    "condition met: months of support paid 5 months is less than 6 months "
                    "(1 month below)"
                ),
                (
                    "exception “refused” does not apply (ordinance 3): its conditions are met "
                    "(refusals 3 times is at least 3 times), "
                    "but exception “serious”, exception “left” go before it"
                ),
                (
                    "exception “serious” does not apply (ordinance 3): its conditions are met "
                    "(serious (yes)), but exception “left” goes before it"
                ),
                "exception “left” applies (ordinance 3): left by choice (yes)",
                "amount: 500 yuan per month",
            ],
            [
                "依据：条例 二",
                "条件成立：登记（是）",
                "条件成立：已享受补助月数5个月低于6个月（相差1个月）",
                (
                    "不适用例外“拒绝”（条例 三）：虽符合条件（拒绝次数3次不低于3次），"
                    "但例外“严重”、例外“离职”优先适用"
                ),
                "不适用例外“严重”（条例 三）：虽符合条件（情节严重（是）），但例外“离职”优先适用",
                "适用例外“离职”（条例 三）：自愿离职（是）",
                "金额：500元/月",
            ],
        ),
        (
            {"left by choice": True, "months of support paid": 6},
            [
                "under: ordinance 2",
                (
                    "exception “refused” does not apply (ordinance 3): "
                    "refusals 0 times is less than 3 times (3 times below)"
                ),
                "exception “serious” does not apply (ordinance 3): serious (no)",
                "exception “left” applies (ordinance 3): left by choice (yes)",
                "condition not met: months of support paid 6 months is at least 6 months",
            ],
            [
                "依据：条例 二",
                "不适用例外“拒绝”（条例 三）：拒绝次数0次低于3次（相差3次）",
                "不适用例外“严重”（条例 三）：情节严重（否）",
                "适用例外“离职”（条例 三）：自愿离职（是）",
                "条件不成立：已享受补助月数6个月不低于6个月",
            ],
        ),
        (
            {"refusals": 4, "months of support paid": 30},
            [
                "under: ordinance 2",
                (
                    "condition not met: months of support paid 30 months is at least 24 months "
                    "(6 months above)"
                ),
                (
                    "exception “refused” applies (ordinance 3) (nothing is paid): "
                    "refusals 4 times is at least 3 times (1 time above)"
                ),
            ],
            [
                "依据：条例 二",
                "条件不成立：已享受补助月数30个月不低于24个月（相差6个月）",
                "适用例外“拒绝”（条例 三）（不予救助）：拒绝次数4次不低于3次（相差1次）",
            ],
        ),
        (
            {"registered": False, "left by choice": True},
            ["under: ordinance 2", "condition not met: registered (no)"],
            ["依据：条例 二", "条件不成立：登记（否）"],
        ),
    ],
)
def test_exceptions_and_limits_stand_apart(
    facts: dict[str, Any], english: list[str], chinese: list[str]
) -> None:
    """Own conditions, those of exceptions, and limits are told one by one, each as it stands."""
    found = outcome(EXCEPTIONS, "support", {**PERSON, **facts})

    assert lines(found, "en") == english
    assert lines(found, "zh") == chinese


def test_an_open_exception_is_told_on_each_path() -> None:
    """What is missing decides which exception applies; each path says so, and nothing else."""
    case = {**PERSON, "refusals": None, "left by choice": None}
    told = lines(outcome(EXCEPTIONS, "support", case), "en")

    assert told[1:] == [
        "needs: refusals, left by choice",
        "condition met: registered (yes)",
        "if left by choice is yes, refusals is less than 3 times: 500 yuan per month",
        ("condition met: months of support paid 5 months is less than 6 months (1 month below)"),
        "exception “serious” does not apply (ordinance 3): serious (no)",
        "exception “left” applies (ordinance 3): left by choice (assumed yes)",
        "if left by choice is no, refusals is less than 3 times: 1,000 yuan per month",
        ("condition met: months of support paid 5 months is less than 24 months (19 months below)"),
        "exception “serious” does not apply (ordinance 3): serious (no)",
        "if left by choice is yes, refusals is at least 3 times: 500 yuan per month",
        ("condition met: months of support paid 5 months is less than 6 months (1 month below)"),
        (
            "exception “refused” does not apply (ordinance 3): its conditions are met (refusals "
            "(not given) is at least 3 times (assumed)), but exception “left” goes before it"
        ),
        "exception “serious” does not apply (ordinance 3): serious (no)",
        "exception “left” applies (ordinance 3): left by choice (assumed yes)",
        "if left by choice is no, refusals is at least 3 times: not eligible",
        (
            "exception “refused” applies (ordinance 3) (nothing is paid): refusals (not given) "
            "is at least 3 times (assumed); left by choice (assumed no)"
        ),
    ]


OPEN = """ruleset t (甲)
input gone (已离开) of person: yes or no
input here (在册) of person: yes or no
category cause (原因) of person: illness (疾病), accident (事故), others (其他)
input start (开始日) of person: date
define staying (在住) of person: yes or no
    not gone
benefit aid (补助) of person: yuan, one-off
    when    as a rule, not gone
    when    as a rule, not staying
    when    as a rule, cause is not illness or accident
    when    as a rule, not (start is in 2023)
    when    as a rule, gone or (here and cause is illness)
    pays    100 yuan
"""


def test_open_conditions_keep_their_words() -> None:
    """What is open is told as it is required: with its *not*, its *and* and its *or*."""
    found = outcome(OPEN, "aid", {})

    rules = [line for line in lines(found, "en") if line.startswith("as a rule")]
    assert rules == [
        "as a rule (open): not gone (not given)",
        "as a rule (open): not staying (open)",
        "as a rule (open): cause is not illness or accident",
        "as a rule (open): start (not given) is not within 2023-01-01 to 2023-12-31",
        "as a rule (open): gone (not given) or (here (not given) and cause is illness)",
    ]
    assert [line for line in lines(found, "zh") if line.startswith("原则上")] == [
        "原则上（待定）：非已离开（未提供）",
        "原则上（待定）：非在住（待定）",
        "原则上（待定）：原因不为疾病或者事故",
        "原则上（待定）：开始日（未提供）不在2023年1月1日至2023年12月31日期间",
        "原则上（待定）：已离开（未提供），或者（在册（未提供），并且原因为疾病）",
    ]


def test_an_assumed_period_is_told() -> None:
    """A path that assumes where a missing day lies says so in its first words."""
    text = "ruleset t (甲)\ninput start (开始日) of person: date\n"
    text += "benefit aid (补助) of person: yuan, one-off\n"
    text += "    when start is in 2023\n    pays 100 yuan\n"
    told = outcome(text, "aid", {})

    assert "if start is within 2023-01-01 to 2023-12-31: 100 yuan" in lines(told, "en")
    assert "如果开始日在2023年1月1日至2023年12月31日期间：100元" in lines(told, "zh")


RATES = """ruleset t (甲)
input cost (费用) of person: yuan, at least 0
input wage (工资) of person: yuan per month, at least 0
input outside (目录外比例) of person: rate, at least 0
category level (等级) of person: low (低), high (高)
parameter rate (救助比例): rate
    from 2022-01-01: 75%
parameter rates (分档比例) by level: rate
    from 2022-01-01: low 1/3, high 250%
parameter factor (系数): number
    from 2022-01-01: 2.5
parameter care (护理标准): yuan per person per month
    from 2022-01-01: 250
parameter standard (低保标准): yuan per person per month
    from 2022-01-01: 700
    from 2023-01-01: 710
define raised (提高后比例) of person: rate
    the rate increased by 10 percentage points
define share (占比) of person: rate
    wage / 4000 yuan per month, rounded half up to 1%
define stepped (同步标准) of person: yuan per month
    the care in step with the standard
benefit aid (救助) of person: yuan, one-off
    when    outside is less than 15%
    when    share is more than raised - 50%
    pays    cost * raised
benefit second (救助二) of person: yuan, one-off
    pays    cost * the rates * the factor
"""
COSTS: dict[str, Any] = {"cost": 1000, "wage": 3030, "outside": "5%", "level": "low"}


def test_rates_are_read_in_percent() -> None:
    """What is declared a rate is in percent for people; other plain numbers are not."""
    found = outcome(RATES, "aid", COSTS)

    assert lines(found, "en") == [
        "condition met: outside 5% is less than 15% (10 percentage points below)",
        "condition met: share 76% is more than raised 85% − 50% = 35% (41 percentage points above)",
        "share: 76%",
        "computed: wage 3,030 yuan per month ÷ 4,000 yuan per month = 75.75%",
        "rounded: half up to 1%, 75.75% → 76%",
        "raised: rate 75% increased by 10 percentage points = 85%",
        "rate: 75% (from 2022-01-01)",
        "computed: cost 1,000 yuan × raised 85% = 850 yuan",
    ]
    assert lines(outcome(RATES, "second", COSTS), "zh") == [
        "计算：费用1,000元 × 分档比例（低）1/3（约33.33%） × 系数2.5 = 2,500/3（约833.33）元",
        "分档比例（低）：1/3（约33.33%）（自2022年1月1日起）",
        "系数：2.5（自2022年1月1日起）",
    ]
    assert outcome(RATES, "raised", COSTS).text("zh") == "85%"


SHARED = """ruleset t (甲)
input income (家庭月收入) of household: yuan per month, at least 0
input wage (工资) of person: yuan per month, at least 0
parameter standard (低保标准): yuan per person per month
    not stated
define rest (余额) of household: yuan per month
    income - (the sum of wage over members)
category stage (年龄段) of person: small (小段), middle (中段), big (大段)
define own stage (所属年龄段) of person: stage
    case age is at most 6: small
    case age is at most 10: middle
    otherwise big
define income per head (人均收入) of household: yuan per person per month
    income / number of members
benefit aid (低保金) of household: yuan per month
    pays for each member: the standard - income per head, but at least 40% of the standard
"""


def test_what_is_not_known_is_not_said_to_bind_or_not() -> None:
    """A floor that nobody knows may bind; of members alike nothing is told twice."""
    told = lines(outcome(SHARED, "aid", {"income": 100, "members": [{}, {}]}), "zh")

    assert "逐人计算：2人相同，未载明" in told
    assert "下限：低保标准（未载明） × 40%，未载明，是否起作用待定" in told


def test_what_is_assumed_is_told_without_what_follows_from_it() -> None:
    """Of several comparisons of one figure, a path names those that the others do not imply."""
    told = lines(outcome(SHARED, "own stage", {"members": [{}]}), "en")

    assert "if age is more than 10: big" in told
    assert "if age is more than 6, age is at most 10: middle" in told


def test_a_named_sum_stands_without_more_brackets() -> None:
    """The figure of all members is one phrase inside a difference."""
    case = {"income": 900, "members": [{"wage": 100}, {"wage": 200}]}
    told = str(outcome(SHARED, "rest", case).explain())

    assert "income 900 − wage of the members (100 + 200) = 600 yuan per month" in told


GENERAL = """ruleset t (甲)
input wage (工资) of person: yuan, at least 0
benefit grant (补助) of person: yuan, one-off
    pays     1.5% of wage
    top-up   of 10 yuan, highest only
    rounded  to the nearest yuan, half up
exception "late" / "逾期" to grant
    when     wage is at least 1
    pays     50% of the general amount
"""


def test_the_general_amount_is_told_by_its_name() -> None:
    """An exception takes the amount as the rule would pay it, and adds no top-up a second time."""
    assert lines(outcome(GENERAL, "grant", {"wage": 1003}), "en")[1:] == [
        "computed: the general amount 25 yuan × 50% = 12.5 yuan",
        "the general amount: 25 yuan",
        "computed: wage 1,003 yuan × 1.5% = 15.045 yuan",
        "top-up: 15.045 yuan + 10 yuan = 25.045 yuan",
        "amount: 10 yuan",
        "rounded: half up to the yuan, 25.045 yuan → 25 yuan",
        "rounded: half up to the yuan, 12.5 yuan → 13 yuan",
    ]


def test_rates_stay_plain_numbers_in_data() -> None:
    """For programs a rate is the number that it is, without a unit."""
    found = outcome(RATES, "raised", COSTS)

    assert found.to_dict()["amount"] == {
        "low": "0.85",
        "high": "0.85",
        "unit": "",
        "basis": "exact",
    }
    data = found.explain().to_dict()
    assert (data["amount"], data["unit"], data["text"]) == ("0.85", "", "raised (person): 85%")


def test_what_keeps_step_has_its_unit() -> None:
    """A figure in step with another one is told with its unit."""
    told = str(outcome(RATES, "stepped", COSTS).explain())

    assert "÷ standard 700 yuan per person per month) = 1,775/7 (about 253.57) yuan per" in told
