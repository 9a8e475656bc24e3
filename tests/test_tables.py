"""Tables whose values the document does not state, and those whose rows are by a number."""

from pathlib import Path
from time import process_time
from typing import Any

import pytest

import policyrules
from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError, InputError
from policyrules.ruleset import Ruleset
from policyrules.ruleset_text import describe_text
from policyrules.source import Source

EN = """ruleset test
category area (城乡) of household: urban (城市), rural (农村)
category tier (档次) of person: first (一类), second (二类)
parameter grant (补助) by area, tier: yuan per person per month
    area  | first      | second
    urban | 10         | 20
    any   | not stated | not stated
parameter dated (津贴) by area, tier: yuan per person per month
    area | tier | 2023 | 2024
    any  | any  | 5    | not stated
parameter rent (房租) by area, number of members: yuan per household per month
    from 2023-01-01:
        any | 1 person          | 5
        any | 2 persons         | not stated
        any | 3 or more persons | not stated
    from 2024-01-01:
        any | 1 person          | 6
        any | 2 or more persons | not stated
parameter coal (用煤) by number of members: yuan per household per month
    not stated
benefit aid (补贴) of person: yuan per month
    pays grant
benefit more (津贴补贴) of person: yuan per month
    pays dated
benefit rent aid (房租补贴) of household: yuan per month
    pays rent
benefit coal aid (用煤补贴) of household: yuan per month
    pays coal
"""
ZH = """规则集 test
类别 城乡（area），以家庭为单位：城市（urban）、农村（rural）
类别 档次（tier），以个人为单位：一类（first）、二类（second）
标准 补助（grant）按城乡、档次：元/人·月
    城乡｜一类｜二类
    城市｜10｜20
    不限｜未载明｜未载明
标准 津贴（dated）按城乡、档次：元/人·月
    城乡｜档次｜2023年｜2024年
    不限｜不限｜5｜未载明
标准 房租（rent）按城乡、家庭成员人数：元/户·月
    自2023年1月1日起：
        不限｜1人｜5
        不限｜2人｜未载明
        不限｜3人以上｜未载明
    自2024年1月1日起：
        不限｜1人｜6
        不限｜2人以上｜未载明
标准 用煤（coal）按家庭成员人数：元/户·月
    未载明
待遇 补贴（aid），以个人为单位：元/月
    给予 补助
待遇 津贴补贴（more），以个人为单位：元/月
    给予 津贴
待遇 房租补贴（rent aid），以家庭为单位：元/月
    给予 房租
待遇 用煤补贴（coal aid），以家庭为单位：元/月
    给予 用煤
"""
FAMILY = {"area": "rural", "members": [{"tier": "first"}, {"tier": "second"}]}


@pytest.fixture(params=[EN, ZH], ids=["en", "zh"])
def rules(request: pytest.FixtureRequest) -> Ruleset:
    """The same ruleset in either language."""
    return Ruleset(compile_source(Source("", request.param)).program)


def evaluated(rules: Ruleset, on: str = "2024-06-01", **supplied: Any) -> policyrules.Result:
    """What comes out for a family of two in the country with these values supplied."""
    return rules.evaluate({"household": FAMILY, "parameters": supplied}, on)


def refused(rules: Ruleset, on: str = "2024-06-01", **supplied: Any) -> tuple[str, str]:
    """The code and the remedy, in Chinese, of the one value that is refused."""
    with pytest.raises(InputError) as caught:
        evaluated(rules, on, **supplied)
    (found,) = caught.value.diagnostics
    return found.code, found.remedy("zh")


def test_rows_for_any_value_are_supplied_one_by_one(rules: Ruleset) -> None:
    """Each value of a category in a row that is not stated has its own figure in a case."""
    given = {"rural": {"first": 70, "二类": "80元/月"}}
    result = evaluated(rules, grant=given, dated=given)

    for name in ("aid", "more"):
        assert [result[name, f"household.members[{i}]"].amount.exact for i in (0, 1)] == [70, 80]
    assert (
        evaluated(rules, grant={"rural": {"first": 70}})["aid", "household.members[1]"].status
        == "not stated"
    )


def test_rows_for_any_value_are_stated(rules: Ruleset) -> None:
    """A value that the document states for all is not supplied for one of them."""
    assert refused(rules, "2023-06-01", dated={"农村": {"一类": 1}})[0] == "PR623"
    assert refused(rules, grant={"urban": {"second": 1}})[0] == "PR623"
    assert evaluated(rules, "2023-06-01")["more", "household.members[1]"].amount.exact == 5


@pytest.mark.parametrize("row", ["2 or more persons", "2人以上", "2+"])
def test_rows_by_a_number_are_supplied(rules: Ruleset, row: str) -> None:
    """A row by a number is called as it is written, in either language."""
    result = evaluated(rules, rent={"rural": {row: 7}}, coal={"any": 9})

    assert result["rent aid"].amount.exact == 7
    assert result["coal aid"].amount.exact == 9


def test_rows_by_a_number_that_are_not_there(rules: Ruleset) -> None:
    """A number without a row of its own on that date is refused with the rows that there are."""
    rows = "可用的值有：“1人”、“2人以上”"

    assert refused(rules, rent={"rural": {"1 person": 7}})[0] == "PR623"
    assert refused(rules, rent={"rural": {"2 persons": 7}}) == ("PR613", rows)
    assert refused(rules, rent={"rural": {"nobody": 7}})[0] == "PR613"
    assert evaluated(rules, "2023-06-01", rent={"rural": {"2人": 8}})["rent aid"].amount.exact == 8


def test_rows_are_described_in_words(rules: Ruleset) -> None:
    """A description calls `any` and the rows by a number as they are written."""
    english, chinese = describe_text(rules.program), describe_text(rules.program, "zh")

    assert "from 2024-01-01  any 1 person 6, urban 2 or more persons not stated" in english
    assert "自2024年1月1日起  不限1人6、城市2人以上未载明" in chinese
    assert "any not stated" in english
    assert "不限未载明" in chinese


def long_table(rows: int, years: int) -> Source:
    """A table by a category of so many values, with a column for each of so many years."""
    values = [f"v{number}" for number in range(rows)]
    lines = [f"    {value} | {' | '.join(['7'] * years)}" for value in values]
    return Source(
        "",
        f"ruleset test\ncategory kind of household: {', '.join(values)}\n"
        "parameter levy by kind: yuan per month\n"
        f"    kind | {' | '.join(str(2000 + year) for year in range(years))}\n"
        + "\n".join(lines)
        + "\nbenefit aid of household: yuan per month\n    pays levy\n",
    )


def test_a_long_table_takes_time_in_proportion() -> None:
    """Four times the rows take no sixteen times the work; what is written is never too much."""
    took = []
    for rows in (100, 400):
        source = long_table(rows, 26)
        begun = process_time()
        compile_source(source)
        took.append(process_time() - begun)

    assert took[1] < 9 * took[0]


# The same table thrice: in one line, in rows, and with every value written out.
ONE_LINE = [
    (
        "by number of members",
        "1 person 400, 2 persons 520, otherwise 3",
        "1人400、2人520、其余3",
        "1 person | 400\n    2 persons | 520\n    otherwise | 3",
    ),
    ("by area", "urban 400, otherwise 3", "城市400、其余3", "urban | 400\n    rural | 3"),
    (
        "by area",
        "otherwise at least 3",
        "其余不低于3",
        "urban | not stated\n    rural | not stated",
    ),
    (
        "by area, number of members",
        "urban 1 person 400, urban otherwise 5, otherwise any 3",
        "城市1人400、城市其余5、其余不限3",
        "urban | 1 person | 400\n    urban | any | 5\n    rural | any | 3",
    ),
    (
        "by number of members",
        "1 person 108 yuan per year, 2 or more persons 10 yuan per month",
        "1人每年108元、2人以上每月10元",
        "1 person | 9\n    2 or more persons | 10",
    ),
    (
        "by number of members",
        "1 person 30 yuan per quarter, otherwise 120 yuan per year",
        "1人每户每季度30元、其余120元/年",
        "any | 10",
    ),
]


@pytest.mark.parametrize("dated", [False, True])
@pytest.mark.parametrize(("by", "english", "chinese", "rows"), ONE_LINE)
def test_a_line_says_what_rows_say(
    by: str, english: str, chinese: str, rows: str, *, dated: bool
) -> None:
    """`otherwise`, 其余 and amounts for a period stand in one line as they do in rows."""

    def amounts(figures: str) -> list[object]:
        text = (
            "ruleset test\n"
            "category area (城乡) of household: urban (城市), rural (农村)\n"
            f"parameter rent (房租) {by}: yuan per household per month\n    {figures}\n"
            "benefit aid (补贴) of household: yuan per month\n    pays rent\n"
        )
        ruleset = Ruleset(compile_source(Source("", text)).program)
        found = [
            ruleset.evaluate({"household": {"area": area, "members": [{}] * people}}, "2024-06-01")
            for area in ("urban", "rural")
            for people in (1, 2, 3)
        ]
        return [(each["aid"].status, each["aid"].amount) for each in found]

    wanted = [(status, amount and amount.exact) for status, amount in amounts(rows)]
    for line, start in ((english, "from 2023-01-01: "), (chinese, "自2023年1月1日起：")):
        found = amounts(f"{start if dated else ''}{line}")
        if "not stated" in rows:
            assert {status for status, _ in found} == {"not stated"}
        else:
            assert [(status, amount and amount.exact) for status, amount in found] == wanted


@pytest.mark.parametrize("last", ["2 or more | 3", "2以上｜3", "2及以上｜3"])
def test_a_table_by_a_plain_number_ends_with_or_more(last: str) -> None:
    """A number without a unit has a last row as one of persons has."""
    text = (
        "ruleset test\ninput visits (次数) of household: whole number\n"
        f"parameter rent (房租) by visits: yuan per month\n    0 | 1\n    1 | 2\n    {last}\n"
        "benefit aid (补贴) of household: yuan per month\n    pays rent\n"
    )
    ruleset = Ruleset(compile_source(Source("", text)).program)

    for visits, amount in ((0, 1), (1, 2), (2, 3), (70, 3)):
        result = ruleset.evaluate({"household": {"visits": visits}}, "2024-06-01")
        assert result["aid"].amount.exact == amount


BASE = """规则集 base
类别 城乡（area），以家庭为单位：城市（urban）、农村（rural）
标准 房租（rent）{by}：元/户·月
    {rows}
待遇 补贴（aid），以家庭为单位：元/月
    给予 房租
"""


@pytest.mark.parametrize(
    ("by", "before", "after"),
    [
        ("按家庭成员人数", "其余｜1", "家庭成员人数｜2024年\n    1人｜7\n    其余｜8"),
        ("按家庭成员人数", "其余｜1", "1人｜7\n    2人以上｜8"),
        ("按家庭成员人数", "其余｜1", "1人7、其余8"),
        ("按家庭成员人数", "其余｜1", "自2024年1月1日起：\n        1人｜7\n        其余｜8"),
        (
            "按家庭成员人数、城乡",
            "其余｜不限｜1",
            "家庭成员人数｜城市｜农村\n    1人｜7｜7\n    其余｜8｜8",
        ),
        (
            "按城乡、家庭成员人数",
            "不限｜其余｜1",
            "城乡｜1人｜2人以上\n    城市｜7｜8\n    其余｜7｜8",
        ),
        (
            "按城乡、家庭成员人数",
            "不限｜其余｜1",
            "城乡｜家庭成员人数｜2024年\n    不限｜1人｜7\n    不限｜其余｜8",
        ),
    ],
)
def test_a_table_of_another_ruleset_is_changed(
    by: str, before: str, after: str, tmp_path: Path
) -> None:
    """The rows of a change are read as those of the table that is changed."""
    (tmp_path / "base.rules").write_text(BASE.format(by=by, rows=before), encoding="utf-8")
    text = f"规则集 upper\n    采用 base\n修改 base 房租\n    {after}\n"
    ruleset = Ruleset(compile_source(Source("", text), tmp_path).program)

    for people, amount in ((1, 7), (2, 8), (5, 8)):
        case = {"household": {"area": "rural", "members": [{}] * people}}
        assert ruleset.evaluate(case, "2024-06-01")["aid"].amount.exact == amount


@pytest.mark.parametrize(
    ("read", "amount"),
    [
        ("grant of urban, first", 1),
        ("grant of urban, second", 2),
        ("补助（农村、一类）", 3),
        ("grant of rural, second plus 4 yuan per month", 8),
    ],
)
def test_a_definition_is_the_table_at_its_values(read: str, amount: int) -> None:
    """A figure at several values stands alone in a definition as it does in a payment."""
    text = (
        "ruleset test\n"
        "category area (城乡) of household: urban (城市), rural (农村)\n"
        "category tier (档次) of household: first (一类), second (二类)\n"
        "parameter grant (补助) by area, tier: yuan per household per month\n"
        "    area | first | second\n    urban | 1 | 2\n    rural | 3 | 4\n"
        f"define sum (合计) of household: yuan per month\n    {read}\n"
        "benefit aid (补贴) of household: yuan per month\n    pays sum\n"
    )
    ruleset = Ruleset(compile_source(Source("", text)).program)

    assert ruleset.evaluate({"household": {}}, "2024-06-01")["aid"].amount.exact == amount


@pytest.mark.parametrize(
    ("heads", "wrong"),
    [
        ("area ｜ number of members", 0),
        ("城乡 ｜ 家庭成员人数", 0),
        ("area ｜", 0),
        ("｜ 家庭成员人数", 0),
        ("number of members ｜ area", 2),
        ("area ｜ area", 1),
        ("｜ tier", 1),
    ],
)
def test_heads_in_a_change_are_those_of_the_table(heads: str, wrong: int, tmp_path: Path) -> None:
    """What stands above the values of a category names it, also where another ruleset has it."""
    rows = "不限｜其余｜1"
    base = BASE.format(by="按城乡、家庭成员人数", rows=rows)
    base += "类别 档次（tier），以家庭为单位：一类（first）、二类（second）\n"
    (tmp_path / "base.rules").write_text(base, encoding="utf-8")
    text = (
        "ruleset upper\n    uses base\namends base rent\n"
        f"    {heads} ｜ 2024\n    any ｜ 1 person ｜ 7\n    any ｜ otherwise ｜ 8\n"
    )
    if not wrong:
        compile_source(Source("", text), tmp_path)
        return
    with pytest.raises(CompileError) as caught:
        compile_source(Source("", text), tmp_path)
    assert [found.code for found in caught.value.diagnostics] == ["PR121"] * len(
        {found.place for found in caught.value.diagnostics}
    )
    assert len(caught.value.diagnostics) == wrong
