"""Texts that invite a misreading: each is refused, or read as its author means it."""

from datetime import date, timedelta

import pytest

import policyrules
from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError
from policyrules.source import Source

PRELUDE = """\
ruleset test
category class (对象类别) of person: tekun class (特困类), dibao class (低保类), other (其他)
category tier (档次) of person: first (一类), second (二类)
statuses of person: tekun (特困人员), minor (未成年人), employed (就业)
input income (家庭月收入) of household: yuan per month, at least 0
input rent (房租) of household: yuan per month, at least 0
input wage (工资) of person: yuan per month, at least 0
input wage rise (工资增长额) of person: yuan per month, at least 0
input own cost (自付费用) of person: yuan, at least 0
parameter dibao standard (低保标准): yuan per person per month
    from 2023-01-01: 700
"""
TRUTH = "define test of person: yes or no\n    "
FIGURE = "define test of person: yuan per month\n    "
AMOUNT = "define test of person: yuan\n    "
HOUSEHOLD = "define test of household: yes or no\n    "
BENEFIT = "benefit grant of person: yuan per month\n    pays "


def program(text: str) -> object:
    """What the last declaration computes, without where its words stand."""
    compiled = compile_source(Source("test.rules", PRELUDE + text + "\n"))
    last = compiled.program.definitions[-1]
    return last.value, last.holds


def codes(text: str) -> list[str]:
    """The codes that a text gets."""
    try:
        program(text)
    except CompileError as error:
        return [found.code for found in error.diagnostics]
    return []


@pytest.mark.parametrize(
    ("trap", "meaning"),
    [
        # `or` between values is part of one test, and `is not` denies them all.
        (
            TRUTH + "class is tekun class or dibao class",
            TRUTH + "(class is tekun class) or (class is dibao class)",
        ),
        (
            TRUTH + "class is not tekun class or dibao class",
            TRUTH + "not (class is tekun class or dibao class)",
        ),
        (
            TRUTH + "对象类别不为特困类或者低保类",
            TRUTH + "not (class is tekun class or dibao class)",
        ),
        (TRUTH + "对象类别为特困类、低保类", TRUTH + "class is tekun class or dibao class"),
        (TRUTH + "class is tekun class or tekun", TRUTH + "(class is tekun class) or tekun"),
        # A longer name wins over a shorter one and over a word inside it.
        (TRUTH + "未成年人", TRUTH + "minor"),
        (TRUTH + "未就业", TRUTH + "not employed"),
        (FIGURE + "wage rise + wage", FIGURE + "(wage rise) + (wage)"),
        (FIGURE + "工资增长额加上工资", FIGURE + "wage rise + wage"),
        (AMOUNT + "自付费用", AMOUNT + "own cost"),
        # A year behind a comparison is a number of years.
        (TRUTH + "年龄满20年", TRUTH + "age is at least 20"),
        # An unspaced hyphen between figures is a range; 1,200 is one number.
        (BENEFIT + "50%-80% of wage", BENEFIT + "50% to 80% of wage"),
        (BENEFIT + "低保标准的2-10倍", BENEFIT + "2 to 10 times the dibao standard"),
        (
            TRUTH + "wage is less than 1,200 yuan per month",
            TRUTH + "wage is less than 1200 yuan per month",
        ),
        (TRUTH + "工资低于１２００元／月", TRUTH + "wage is less than 1200 yuan per month"),
        # 以上 and 以下 take their mark on either side.
        (TRUTH + "工资在900元/月（含）以下", TRUTH + "wage is at most 900 yuan per month"),
        (TRUTH + "工资在900元/月以下（不含）", TRUTH + "wage is less than 900 yuan per month"),
        (TRUTH + "年龄在18岁以下", TRUTH + "age is at most 18"),
        (TRUTH + "年龄不满18岁", TRUTH + "age is under 18"),
        # A share with Arabic digits, and a numeral with 亿 and 万.
        (BENEFIT + "工资的3分之1", BENEFIT + "1/3 of wage"),
        (TRUTH + "工资低于一亿三千万元/月", TRUTH + "wage is less than 130000000 yuan per month"),
        # `up to the higher of` is a cap, not a rounding.
        (
            BENEFIT + "wage up to the higher of wage rise and wage",
            BENEFIT + "wage, but at most the higher of wage rise and wage",
        ),
        # The value 其他 is not the clause 其他情形.
        (TRUTH + "对象类别为其他", TRUTH + "class is other"),
    ],
)
def test_read_as_meant(trap: str, meaning: str) -> None:
    """The text means what the longer, plainer text means."""
    assert program(trap) == program(meaning)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A condition has no floor; `and` and `or` need brackets; so has the end of a list.
        (HOUSEHOLD + "income is less than 100 yuan, but at least 5 yuan", ["PR111"]),
        (HOUSEHOLD + "家庭月收入低于100元/月，但不低于5元/月", ["PR111"]),
        (TRUTH + "tekun and minor or employed", ["PR110"]),
        (TRUTH + "特困人员或者未成年人且就业", ["PR110"]),
        (TRUTH + "any of: tekun, minor and employed", ["PR118"]),
        (TRUTH + "any of: tekun, minor, and employed", ["PR118"]),
        (TRUTH + "下列情形之一：特困人员、未成年人或者就业", ["PR118"]),
        # What is compared stands first in a band.
        (TRUTH + "5 yuan per month is less than wage is less than 9 yuan per month", ["PR323"]),
        # Units are read only behind figures: names that hold unit characters stay whole.
        (TRUTH + "特困人元", ["PR201"]),
        (TRUTH + "2年收入低于5元", ["PR201"]),
        (TRUTH + "每月工资低于5元/月", ["PR201"]),
        (TRUTH + "年龄60岁以上老人补贴", ["PR201"]),
        # Half a name is no name, and neither is a name cut by a blank.
        (FIGURE + "wag + wage", ["PR201"]),
        (FIGURE + "wages", ["PR201"]),
        (FIGURE + "家庭 月收入", ["PR201"]),
        # A minus needs blanks; a rate has no minus; 1 - 90% says not of what.
        (FIGURE + "工资-100元/月", ["PR113"]),
        (BENEFIT + "1 - 90%", ["PR304"]),
        # Figures that are not single numbers.
        (BENEFIT + "二三百元/月", ["PR201"]),
        (BENEFIT + "万元/月", ["PR201"]),
        (BENEFIT + "两万五元/月", ["PR201"]),
        (BENEFIT + "3万5千元/月", ["PR101"]),
        (BENEFIT + "１，２００元/月", ["PR101"]),
        (BENEFIT + "1 200 yuan per month", ["PR101"]),
        # Lines that would be passed over.
        (BENEFIT + '5 yuan per month\n    decided by "the town" as it likes', ["PR101"]),
        ("[test 2] parameter grant: yuan\n    5", ["PR107"]),
        ('source law\n    title "x"\n[law 2 and so on]\n' + TRUTH + "tekun", ["PR107"]),
    ],
)
def test_refused(text: str, found: list[str]) -> None:
    """The text is refused, with one finding that names the reason."""
    assert codes(text) == found


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("the", "PR204"),
        ("a", "PR204"),
        ("and", "PR204"),
        ("12", "PR204"),
        ("的", "PR204"),
        ("家庭成员人数", "PR204"),
        ("the savings", "PR215"),
        ("2 times", "PR215"),
        ("5 yuan", "PR215"),
        ("sum of wage over members", "PR215"),
        ("wage and rent", "PR215"),
        ("savings of", "PR215"),
        ("or savings", "PR215"),
        ("not tekun", "PR215"),
        ("not insured", "PR215"),
        ("neither wage", "PR215"),
        ("非特困人员", "PR215"),
        ("不是工资", "PR215"),
        ("家庭月收入与", "PR215"),
        ("房租的", "PR215"),
        ("家庭月收入加上房租", "PR215"),
        ("savings (存款) (b)", "PR101"),
        ("savings (存 (款))", "PR216"),
        ("savings + debts", "PR216"),
        ("savings/debts", "PR216"),
        ("存款【合计】", "PR216"),
        ("“存款”", "PR216"),
        ("savings, debts", "PR216"),
        ("savings|debts", "PR216"),
        ("存款｜债务", "PR216"),
        ("savings ≥ debts", "PR216"),
        ("债务→存款", "PR216"),
        ("age", "PR204"),
        ("years served (年龄)", "PR204"),
        ("出生日期", "PR204"),
        ("savings (基数)", "PR204"),
        ("wage", "PR202"),
        ("first", "PR202"),
    ],
)
def test_names_refused(name: str, code: str) -> None:
    """A name that a sentence could swallow, or that could swallow one, is refused."""
    assert codes(f"input {name} of household: yuan") == [code]


@pytest.mark.parametrize(
    "name",
    [
        "60 grant",
        "2023 supplement",
        "out-of-pocket cost",
        "food and lodging",
        "70岁以上老人补贴",
        "未成年人数",
        "自有住房",
        "满意度",
        "人元",
        "不动产",
        "未参保",
        "nothing saved",
        "notice fee",
        "food & lodging",
    ],
)
def test_names_allowed(name: str) -> None:
    """Names may begin with digits, or hold words of the language, where no sentence can."""
    rule = f"define test of household: yuan\n    {name} + 5 yuan"

    assert codes(f"input {name} of household: yuan\n{rule}") == []


def test_name_ends_at_word_boundary() -> None:
    """A document `notice 12` is not found in `notice 121`."""
    sources = 'source notice 12\n    title "x"\n'

    assert codes(f"{sources}[notice 121]\n{TRUTH}tekun") == ["PR205"]
    assert codes(f"{sources}[notice 12 1]\n{TRUTH}tekun") == []


def test_imported_categories_end_names() -> None:
    """`by CATEGORY` is seen where the category is declared in a ruleset that is used."""
    text = (
        "ruleset test\n    uses cn.common\ncategory tier of person: first, second\n"
        "parameter grant by area: yuan\n    from 2023-01-01: urban 5, rural 6\n"
        "标准 补助按城乡：元\n    自2023年1月1日起：城市5、农村6\n"
    )

    program = compile_source(Source("test.rules", text)).program

    assert [parameter.by for parameter in program.parameters] == [("area",), ("area",)]


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2018—2020年", "2018-01-01", "2020-12-31"),
        ("2018年至2020年", "2018-01-01", "2020-12-31"),
        ("2022年9-10月份", "2022-09-01", "2022-10-31"),
        ("2023年2月", "2023-02-01", "2023-02-28"),
    ],
)
def test_periods_hold_from_their_first_to_their_last_day(
    written: str, first: str, last: str
) -> None:
    """A period of years or months includes both its ends and nothing beside them."""
    text = f"规则集 test\n定义 甲，以家庭为单位：是或否\n    日期在{written}\n"
    rules = policyrules.Ruleset(compile_source(Source("test.rules", text)).program)
    days = [date.fromisoformat(first), date.fromisoformat(last)]
    beside = [days[0] - timedelta(days=1), days[1] + timedelta(days=1)]
    assert [rules.evaluate({}, on=day)["甲"].value for day in days] == [True, True]
    assert [rules.evaluate({}, on=day)["甲"].value for day in beside] == [False, False]


@pytest.mark.parametrize(
    "text", ["input birth date of person: date", "信息项 出生日期，以个人为单位：日期"]
)
def test_a_built_in_fact_may_be_declared_as_what_it_is(text: str) -> None:
    """It is the same fact in both languages, and is read where the age is."""
    rule = (
        "benefit aid of person: yuan\n    when age is at least 60 years of age\n    pays 5 yuan\n"
    )
    compiled = compile_source(Source("test.rules", f"ruleset test\n{text}\n{rule}"))
    assert compiled.warnings == ()
    person = {"出生日期": "1950-01-01"}
    result = policyrules.Ruleset(compiled.program).evaluate({"person": person}, on="2023-08-01")
    assert result["aid"].status == "eligible"
