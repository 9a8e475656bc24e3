"""A figure of the document in whatever unit it is written: the declared one is what counts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest

from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError, InputError
from policyrules.ir.nodes import NotStated, Program
from policyrules.ruleset import Ruleset
from policyrules.source import Source

PER_YEAR = {"month": 12, "quarter": 4, "year": 1}
ZH = {"": "", "person": "人", "household": "户", "month": "月", "quarter": "季度", "year": "年"}
WHOM = ("", "person", "household")

# Every place where a value of a standard may stand.
EN = """\
ruleset test
category area (城乡) of household: urban (城市), rural (农村)
category tier (档次) of household: first (一类), second (二类)
parameter plain (甲): {declared}
    from 2023-01-01: {nine}
parameter listed (乙) by area: {declared}
    from 2023-01-01: urban {nine}, rural {six}
parameter rows (丙) by area: {declared}
    from 2023-01-01:
        urban | {nine}
        rural | {six}
parameter grid (丁) by area, tier: {declared}
    area  | first  | second
    urban | {nine} | {six}
    rural | {six}  | {nine}
parameter series (戊) by area: {declared}
    area  | 2023   | 2024
    urban | {nine} | {six}
    rural | {six}  | {nine}
parameter heads (己) by number of members: {declared}
    from 2023-01-01:
        1 person            | {nine}
        each further person | +{six}
parameter unstated (庚): {declared}
    not stated, at least {six}
statistic figure seen (辛): {declared}
    in 2023: {nine}
input income (收入) of household: {asked}, at least {six}, at most {nine}
"""
ZH_TEXT = """\
规则集 test
类别 城乡（area），以家庭为单位：城市（urban）、农村（rural）
类别 档次（tier），以家庭为单位：一类（first）、二类（second）
标准 甲（plain）：{declared}
    自2023年1月1日起：{nine}
标准 乙（listed）按城乡：{declared}
    自2023年1月1日起：城市{nine}、农村{six}
标准 丙（rows）按城乡：{declared}
    自2023年1月1日起：
        城市｜{nine}
        农村｜{six}
标准 丁（grid）按城乡、档次：{declared}
    城乡｜一类｜二类
    城市｜{nine}｜{six}
    农村｜{six}｜{nine}
标准 戊（series）按城乡：{declared}
    城乡｜2023年｜2024年
    城市｜{nine}｜{six}
    农村｜{six}｜{nine}
标准 己（heads）按家庭成员人数：{declared}
    自2023年1月1日起：
        1人｜{nine}
        每增加1人｜+{six}
标准 庚（unstated）：{declared}
    未载明，不低于{six}
统计 辛（figure seen）：{declared}
    2023年：{nine}
申报 收入（income），以家庭为单位：{asked}，不低于{six}，不超过{nine}
"""


def english(number: str, whom: str, period: str) -> str:
    """A unit in English, behind a number if there is one."""
    words = (number, "yuan", f"per {whom}" if whom else "", f"per {period}" if period else "")
    return " ".join(filter(None, words))


def chinese(number: str, whom: str, period: str) -> str:
    """A unit in Chinese, behind a number if there is one."""
    below = "·".join(filter(None, (ZH[whom], ZH[period])))
    return f"{number}元/{below}" if below else f"{number}元"


def before(number: str, whom: str, period: str) -> str:
    """In Chinese the period may stand before the number: 每月9元."""
    return f"每{ZH[whom]}每{ZH[period]}{number}元" if whom else f"每{ZH[period]}{number}元"


TEXTS = {
    "en": (EN, english, english),
    "zh": (ZH_TEXT, chinese, chinese),
    "每": (ZH_TEXT, chinese, before),
}


def _combinations() -> Iterator[tuple[str, str, str, str]]:
    """Declared for whom and per which period, then the same of what is written."""
    for declared, (period, written) in product(WHOM, product(PER_YEAR, repeat=2)):
        for whom in dict.fromkeys(("", declared)):
            yield declared, period, whom, written


COMBINATIONS = tuple(_combinations())


def compiled(lang: str, declared: str, period: str, whom: str, written: str) -> Program:
    """The program of a text in which everything stands in the written unit."""
    text, unit, figure = TEXTS[lang]
    asked = "" if declared == "person" else declared
    bound = unit("", asked, period)
    filled = text.format(
        declared=unit("", declared, period),
        asked=bound,
        nine=figure("9", whom, written),
        six=figure("6", whom, written),
    )
    if declared == "person":  # for a household nothing is asked by person
        filled = filled.replace("of household: yuan per", "of person: yuan per")
        filled = filled.replace("以家庭为单位：元/", "以个人为单位：元/")
    return compile_source(Source("test", filled)).program


@pytest.mark.parametrize("lang", TEXTS)
@pytest.mark.parametrize(("declared", "period", "whom", "written"), COMBINATIONS)
def test_a_figure_counts_in_the_declared_unit(
    lang: str, declared: str, period: str, whom: str, written: str
) -> None:
    """Wherever it stands, and whether or not it says per whom, it is converted exactly once."""
    found = compiled(lang, declared, period, whom, written)
    ratio = Fraction(PER_YEAR[written], PER_YEAR[period])
    expected = {9 * ratio, 6 * ratio}
    values = {parameter.name: parameter.versions for parameter in found.parameters}

    for name in ("plain", "figure seen"):
        assert [value for _, value in values[name][-1].cells] == [9 * ratio]
    for name in ("listed", "rows", "grid", "series", "heads"):
        for version in values[name]:
            assert {value for _, value in version.cells} == expected, name
    (unstated,) = [value for _, value in values["unstated"][-1].cells]
    assert isinstance(unstated, NotStated)
    assert unstated.low == 6 * ratio
    (income,) = [entry for entry in found.inputs if entry.name == "income"]
    assert (income.low, income.high) == (6 * ratio, 9 * ratio)


AID = """\
ruleset test
parameter standard (标准额): {declared}
    not stated
input income (收入) of {subject}: {asked}
define own (自有) of {subject}: {asked}
    income
define due (应得) of {subject}: {declared_here}
    standard
"""


@pytest.mark.parametrize(("declared", "period", "whom", "written"), COMBINATIONS)
def test_a_figure_of_a_case_counts_in_the_declared_unit(
    declared: str, period: str, whom: str, written: str
) -> None:
    """What a case supplies for a standard not stated, and for a fact."""
    subject = declared or "household"
    asked = english("", "", period)
    text = AID.format(
        declared=english("", declared, period), subject=subject, asked=asked, declared_here=asked
    )
    ruleset = Ruleset(compile_source(Source("test", text)).program)
    facts = {"income": english("9", whom, written)}
    case = {subject: facts, "parameters": {"标准额": chinese("9", whom, written)}}
    result = ruleset.evaluate(case, "2023-08-01")
    expected = 9 * Fraction(PER_YEAR[written], PER_YEAR[period])

    for name in ("own", "due"):
        amount = result[name].amount
        assert amount is not None
        assert (amount.low, amount.high) == (expected, expected)


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("yuan per person per month", "9 yuan"),
        ("yuan per person per month", "9 yuan per household per month"),
        ("yuan per household per month", "9 yuan per person per year"),
        ("yuan per person", "9 yuan per month"),
        ("yuan per month", "9 yuan per day"),
        ("yuan per person per year", "9 yuan per school year"),
    ],
)
def test_what_does_not_convert_is_refused(declared: str, written: str) -> None:
    """No number is taken over from a unit that is not one of the declared kind."""
    text = f"ruleset test\nparameter standard: {declared}\n    from 2023-01-01: {written}\n"

    with pytest.raises(CompileError) as caught:
        compile_source(Source("test", text))

    assert {found.code for found in caught.value.diagnostics} <= {"PR301", "PR311"}


LIMITED = """\
ruleset test
input cost of {subject}: {money}
benefit aid of {subject}: {money}
    base cost
    pays 50%, in total up to {limit} per year
"""


@pytest.mark.parametrize("subject", ["household", "person", "case"])
@pytest.mark.parametrize(
    ("money", "limit", "paid", "left"),
    [
        ("fen", "10 yuan", "900 fen", 100),
        ("fen", "1000 fen", "9 yuan", 100),
        ("jiao", "10 yuan", "9", 10),
        ("yuan", "100 jiao", "9 yuan", 1),
        ("square metres", "10 square metres", "9 square metres", 1),
    ],
)
def test_what_was_paid_counts_in_the_unit_of_the_limit(
    subject: str, money: str, limit: str, paid: str, left: int
) -> None:
    """Also of a case that is neither a household nor a person, and of what is no money."""
    text = LIMITED.format(subject=subject, money=money, limit=limit)
    ruleset = Ruleset(compile_source(Source("test", text)).program)
    facts = {"cost": 100_000, "aid paid this year": paid}
    amount = ruleset.evaluate({subject: facts}, "2023-08-01")["aid"].amount

    assert amount is not None
    assert (amount.low, amount.high) == (left, left)


HINTED = """\
ruleset test
input size (面积) of household: square metres
input claims (次数) of household: whole number
input income (收入) of household: yuan per month
input share (比例) of household: rate
"""


@pytest.mark.parametrize("written", ["five", "3 working days"])
@pytest.mark.parametrize(
    ("name", "en", "zh"),
    [
        ("size", "3 square metres", "3平方米"),
        ("claims", "3", "3"),
        ("income", "300 yuan per month", "300元/月"),
        ("share", "50%", "50%"),
    ],
)
def test_the_example_of_a_hint_can_be_written(name: str, en: str, zh: str, written: str) -> None:
    """What cannot be read or converted comes with a figure of the input's own unit."""
    ruleset = Ruleset(compile_source(Source("test", HINTED)).program)
    with pytest.raises(InputError) as caught:
        ruleset.evaluate({"household": {name: written}}, "2023-08-01")
    (found,) = caught.value.diagnostics
    assert found.code in {"PR609", "PR610"}
    assert found.hint is not None

    for example, lang in ((en, "en"), (zh, "zh")):
        assert example in found.hint.of(lang)
        ruleset.evaluate({"household": {name: example}}, "2023-08-01")
