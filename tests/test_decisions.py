"""Steps and levels of approval: which awards of a range are lawful, and who decides on them."""

from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from policyrules import load
from policyrules.award import AwardCheck
from policyrules.compiler import compile_source
from policyrules.ruleset import Ruleset
from policyrules.source import Source

ON = "2023-08-01"
RULES = Path(__file__).parent / "rulesets" / "decided.rules"
TOWN, COUNTY, CITY = "the township", "the county bureau", "the city bureau"


def check(amount: object, benefit: Any = "relief", **facts: object) -> AwardCheck:
    """The check of an award by the rules of `decided.rules`."""
    return load(RULES).check_award(benefit, {"household": facts}, amount, ON)


def said(found: AwardCheck) -> tuple[str, str | None, list[str]]:
    """Verdict, position, and who decides."""
    return found.verdict, found.position, [by.of("en") for by in found.deciders]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (665, ("unlawful", "below", [TOWN])),
        (666, ("lawful", "within", [TOWN])),
        (667, ("unlawful", "between steps", [TOWN])),
        (700, ("lawful", "within", [TOWN])),
        (1600, ("lawful", "within", [TOWN])),
        (1665, ("unlawful", "between steps", [TOWN])),
        (Fraction(166501, 100), ("unlawful", "between steps", [COUNTY])),
        (1700, ("lawful", "within", [COUNTY])),
        (3000, ("lawful", "within", [COUNTY])),
        (3100, ("lawful", "within", [CITY])),
        (3300, ("lawful", "within", [CITY])),
        (3330, ("lawful", "within", [CITY])),
        (3400, ("unlawful", "above", [CITY])),
    ],
)
def test_steps_count_from_zero_and_the_ends_are_lawful(amount: object, expected: object) -> None:
    """2 to 10 times 333 in steps of 100; a threshold itself belongs to the level below it."""
    assert said(check(amount, flood=False)) == expected


@pytest.mark.parametrize(
    ("amount", "below", "above", "nearest"),
    [
        (0, None, 666, 666),
        (680, 666, 700, 666),
        (683, 666, 700, 666),
        (684, 666, 700, 700),
        (1050, 1000, 1100, 1000),
        (3320, 3300, 3330, 3330),
        (9999, 3330, None, 3330),
    ],
)
def test_the_nearest_lawful_amounts_below_and_above(
    amount: int, below: int | None, above: int | None, nearest: int
) -> None:
    """The steps and the ends on either side; of two equally near the lower."""
    found = check(amount, flood=False)
    assert found.lawful is not None
    amounts = found.lawful.below(Fraction(amount)), found.lawful.above(Fraction(amount))

    assert (*amounts, found.nearest) == (below, above, nearest)


def test_an_exception_has_steps_and_levels_of_its_own() -> None:
    """In a flood 4 to 12 times in steps of 500, by the county bureau."""
    assert said(check(1400, flood=True)) == ("unlawful", "between steps", [COUNTY])
    assert said(check(1500, flood=True)) == ("lawful", "within", [COUNTY])
    assert said(check(3500, flood=True)) == ("lawful", "within", [COUNTY])
    assert said(check(3996, flood=True)) == ("lawful", "within", [CITY])


def test_what_is_missing_leaves_both_open() -> None:
    """Flood or not: what is a step of both is lawful, what of one depends, and who decides too."""
    assert said(check(1500)) == ("lawful", "within", [COUNTY, TOWN])
    assert said(check(1400)) == ("depends", None, [COUNTY, TOWN])
    assert said(check(1450)) == ("unlawful", "between steps", [COUNTY, TOWN])
    found = check(1400)
    assert found.lawful is not None
    assert (found.lawful.least, found.lawful.most, found.lawful.step) == (1500, 3000, 500)
    assert found.outcome.needs == ("household.flood",)
    chinese = found.text("zh")
    assert "无论尚缺的信息如何均符合规定的数额：1,500元至3,000元，以500元为一档" in chinese
    assert "该数额的审批部门：县级民政部门或者乡镇" in chinese


def test_what_only_a_level_needs_is_told() -> None:
    """Where a level begins may need more than the range: the check asks for that too."""
    text = (
        "input flood (洪涝) of household: yes or no\n"
        "input rooms (间数) of household: number, at least 1, at most 3\n"
        "benefit relief (救助金) of household: yuan, one-off\n"
        "    pays 100 to 250 yuan\n"
        '    above rooms × 60 yuan decided by "the county" / "县"\n'
        'exception "flood" / "洪涝" to relief\n    when flood\n    decided in steps of 7 yuan\n'
        "    pays 100 to 250 yuan\n"
    )
    rules = written(text)
    found = rules.check_award("relief", {"household": {}}, 150, ON)

    assert said(found) == ("depends", None, ["the county"])
    assert found.outcome.needs == ("household.flood",)
    assert found.needs == ("household.flood", "household.rooms")
    assert "尚需：间数" in found.text("zh")
    assert "also needed: rooms" in str(found)
    with_rooms = rules.check_award("relief", {"household": {"rooms": 1}}, 147, ON)
    assert said(with_rooms) == ("lawful", "within", ["the county"])


def test_what_is_said_of_it_in_both_languages() -> None:
    """The step that is broken, the amounts beside it, who decides by which factors."""
    found = check(1750, flood=False)

    assert str(found).splitlines()[:2] == [
        "relief, award of 1,750 yuan: not lawful, not in steps of 100 yuan",
        "├─ nearest lawful amounts: 1,700 yuan and 1,800 yuan",
    ]
    assert (
        "decided by: the township, by need and others; in steps of 100 yuan; above 1,665 yuan: "
        "the county bureau; above 3,000 yuan: the city bureau"
    ) in str(found)
    assert found.text("zh").splitlines()[:2] == [
        "救助金，拟给予1,750元：不符合规定，未按100元一档确定",
        "├─ 最接近的合规数额：1,700元、1,800元",
    ]
    assert (
        "裁量：由乡镇根据困难程度等因素确定；以100元为一档；超过1,665元的，由县级民政部门审批；"
        "超过3,000元的，由市级民政部门审批"
    ) in found.text("zh")
    assert "审批部门：县级民政部门" in check(1700, flood=False).text("zh")


def test_the_data_of_a_check() -> None:
    """JSON has the step, the amounts on either side, who decides, by what, and on what it hangs."""
    data = check(1750, flood=False).to_dict()

    assert data["position"] == "between steps"
    assert data["lawful"] == {"low": "666", "high": "3330"}
    assert (data["step"], data["nearest"]) == ("100", "1700")
    assert (data["nearest_below"], data["nearest_above"]) == ("1700", "1800")
    assert (data["deciders"], data["factors"]) == ([COUNTY], ["need"])
    assert data["needs"] == []
    decided = data["explanation"]["because"][-1]  # type: ignore[index]
    assert decided["value"] == "100"
    assert decided["levels"] == [
        {"by": COUNTY, "above": "1665", "included": False},
        {"by": CITY, "above": "3000", "included": False},
    ]


def test_a_rate_of_each_person() -> None:
    """Steps and levels are in the unit of the benefit; below the first level nobody is named."""
    who = "monthly aid", "household.members[0]"
    assert said(check("250.05 yuan per month", who, members=[{}]))[:2] == (
        "unlawful",
        "between steps",
    )
    assert said(check("250.1元/月", who, members=[{}])) == ("lawful", "within", [])
    assert said(check("300.1元/月", who, members=[{}])) == ("lawful", "within", [COUNTY])
    assert "this amount is decided by: somebody whom the rules do not name" in str(
        check(250, who, members=[{}])
    )


def test_a_level_may_include_the_amount_at_which_it_begins() -> None:
    """From 400 yuan on the city decides, 以上; up to that the county."""
    who = "monthly aid", "household.members[0]"
    assert said(check("399.9", who, members=[{}])) == ("lawful", "within", [COUNTY])
    found = check(400, who, members=[{}])
    assert said(found) == ("lawful", "within", [CITY])
    assert "from 400 yuan per month on: the city bureau" in str(found)
    assert "达到或者超过400元/月的，由市级民政部门审批" in found.text("zh")


def test_who_decides_where_the_rules_give_no_range() -> None:
    """What is decided case by case has no bounds, but its levels."""
    assert said(check(5000, "grant")) == ("open", None, [COUNTY])
    assert said(check(5001, "grant")) == ("open", None, [CITY])


def test_results_and_descriptions_tell_who_decides() -> None:
    """The result says it with amounts, the description as it is written."""
    rules = load(RULES)
    result = rules.evaluate({"household": {"flood": True}}, ON)
    benefits = rules.describe()["benefits"]
    assert isinstance(benefits, list)

    assert result["relief"].words.decided is not None
    assert result["relief"].words.decided.of("zh") == (
        "县级民政部门；以500元为一档；超过3,500元的，由市级民政部门审批"
    )
    assert benefits[0]["decided"]["step"] == "100"
    assert benefits[0]["decided"]["levels"][0] == {
        "above": "5 times the standard",
        "included": False,
        "by": {"en": COUNTY, "zh": "县级民政部门"},
    }
    assert [each["step"] for each in benefits[0]["decided_in_exceptions"]] == ["500"]


def written(text: str) -> Ruleset:
    """Rules for one test."""
    return Ruleset(compile_source(Source("steps.rules", f"ruleset test.steps\n{text}")).program)


def test_a_level_whose_beginning_is_not_stated() -> None:
    """Where the document does not state it, either may decide, and the case may supply it."""
    rules = written(
        "parameter own limit (权限): yuan per household\n    not stated\n"
        "benefit relief of household: yuan, one-off\n    pays 100 to 900 yuan\n"
        '    decided by "low"\n    above own limit decided by "high"\n'
    )
    found = rules.check_award("relief", {"household": {}}, 500, ON)
    supplied = {"household": {}, "parameters": {"own limit": 600}}

    assert said(found) == ("lawful", "within", ["high", "low"])
    assert found.needs == ("parameters.own limit",)
    assert "also needed: own limit" in str(found)
    assert said(rules.check_award("relief", supplied, 500, ON)) == ("lawful", "within", ["low"])


def test_an_end_that_nobody_knows_may_be_the_award() -> None:
    """Whether it is due hangs on a range and a gap: 8 is no step, but may be the lower end."""
    rules = written(
        "input rooms of household: whole number, at least 1, at most 4\n"
        "benefit relief of household: yuan, one-off\n"
        "    when rooms × (10 to 20 yuan) is more than 15 yuan\n"
        "    pays rooms × (2 to 5 yuan)\n    decided in steps of 7 yuan\n"
    )

    assert said(rules.check_award("relief", {"household": {"rooms": 4}}, 8, ON))[0] == "lawful"
    assert said(rules.check_award("relief", {"household": {}}, 8, ON))[0] == "depends"


@frozen
class Lines:
    """What a rule says: ends per room or in all, its step, and above how much who decides."""

    low: int
    high: int
    each_room: bool
    step: int | None
    level: int
    per_room: bool
    included: bool

    def text(self) -> str:
        """The lines of a benefit or exception."""
        rooms = "rooms × " if self.each_room else ""
        step = "" if self.step is None else f"    decided in steps of {self.step} yuan\n"
        word = "at least" if self.included else "above"
        above = f"rooms × {self.level} yuan" if self.per_room else f"{self.level} yuan"
        return (
            f"    pays {rooms}({self.low} to {self.high} yuan)\n"
            f'    decided by "low"\n{step}    {word} {above} decided by "high"\n'
        )

    def lawful(self, amount: Fraction, rooms: int) -> bool:
        """Whether an amount may be awarded for so many rooms."""
        scale = rooms if self.each_room else 1
        low, high = self.low * scale, self.high * scale
        stepped = self.step is None or amount % self.step == 0
        return low <= amount <= high and (stepped or amount in (low, high))

    def decider(self, amount: Fraction, rooms: int) -> str:
        """Who decides on it."""
        begins = self.level * (rooms if self.per_room else 1)
        return "high" if amount > begins or (self.included and amount == begins) else "low"


ends = st.sampled_from([(100, 250), (100, 1000), (150, 160), (30, 90), (333, 667)])
lines = st.builds(
    lambda ends, *more: Lines(*ends, *more),
    ends,
    st.booleans(),
    st.sampled_from([None, 7, 50, 60, 100]),
    st.sampled_from([120, 200, 350]),
    st.booleans(),
    st.booleans(),
)
AMOUNTS = sorted({30, 60, 90, 100, 120, 121, 150, 154, 160, 200, 250, 300, 333, 350, 400, 480, 500})


@given(lines, lines, st.booleans(), st.booleans(), st.sampled_from(AMOUNTS), st.integers(-1, 1))
def test_a_check_holds_for_every_completion(
    general: Lines, special: Lines, rooms_known: bool, flood_known: bool, near: int, off: int
) -> None:
    """Lawful is lawful in every completion, unlawful in none; whoever may decide is named.

    Where only the yes or no is missing nothing is left open that is settled.
    """
    text = (
        "input rooms of household: whole number, at least 1, at most 3\n"
        "input flood of household: yes or no\n"
        f"benefit relief of household: yuan, one-off\n{general.text()}"
        f'exception "flood" to relief\n    when flood\n{special.text()}'
    )
    if special.step is None:
        special = evolve(special, step=general.step)  # it keeps what it does not state
    rules = written(text)
    amount = Fraction(near) + Fraction(off, 100)
    given_ = ({"rooms": 2} if rooms_known else {}) | ({"flood": True} if flood_known else {})
    floods = (True,) if flood_known else (True, False)
    completions = [*product((2,) if rooms_known else (1, 2, 3), floods)]
    found = rules.check_award("relief", {"household": given_}, amount, ON)
    applying = [(special if flood else general, rooms) for rooms, flood in completions]
    truth = [rule.lawful(amount, rooms) for rule, rooms in applying]
    deciders = {rule.decider(amount, rooms) for rule, rooms in applying}

    if found.verdict == "lawful":
        assert all(truth)
    if found.verdict == "unlawful":
        assert not any(truth)
    assert deciders <= {by.of("en") for by in found.deciders}
    for other in (found.nearest, *map(Fraction, AMOUNTS)):
        if other is not None and found.lawful and found.lawful.below(other) == other:
            assert all(rule.lawful(other, rooms) for rule, rooms in applying)
    if rooms_known:
        settled = "lawful" if all(truth) else "depends" if any(truth) else "unlawful"
        assert found.verdict == settled
        assert deciders == {by.of("en") for by in found.deciders}
        if found.lawful is None:
            assert not any(
                all(rule.lawful(Fraction(each), rooms) for rule, rooms in applying)
                for each in range(1, 3001)
            )
