"""Cases as they come in: names, values, units, dates, and what is refused."""

import contextlib
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_program import PERSONS, PROGRAM

from policyrules.case import AGE, BIRTH_DATE, Case, CaseReader
from policyrules.case_values import written_quantity
from policyrules.diagnostics import InputError
from policyrules.ir.facts import Facts
from policyrules.ir.nodes import Program
from policyrules.render import render, render_all
from policyrules.source import Text

ON = "2023-08-01"
NAMES = st.sampled_from(
    [name for item in PROGRAM.inputs for name in (item.name, item.label.zh)]
    + ["age", "birth date", "on", "household", "members", "person", "parameters", "tier amount"]
    + [item.name for item in PROGRAM.parameters]
    + ["medical assistance paid this year", "", "{", "\ud800", "x"]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.fractions(),
    st.text(max_size=8),
    st.dates(),
    st.sampled_from(["2023-01-01", "major illness", "一类", "12元/月", "五成", "1/0", "3万", "-1"]),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
CASES = st.fixed_dictionaries(
    {},
    optional={
        "on": ANYTHING,
        "household": st.dictionaries(NAMES, ANYTHING, max_size=4)
        | st.fixed_dictionaries(
            {"members": st.lists(st.dictionaries(NAMES, SCALARS, max_size=4), max_size=2)}
        ),
        "parameters": st.dictionaries(NAMES, ANYTHING, max_size=3),
    },
)


def read_case(data: Case, program: Program, on: str | date | None = None) -> Facts:
    """The facts of a case for a program."""
    return CaseReader(program).read(data, on)


def person(facts: Mapping[str, object], **more: object) -> Facts:
    """The facts of a household of one person."""
    return read_case({"household": {"members": [facts]}, **more}, PROGRAM, ON)


def household(facts: Mapping[str, object]) -> Facts:
    """The facts of a household whose members are not known."""
    return read_case({"household": facts}, PROGRAM, ON)


def problems(data: object, on: object = ON, program: object = PROGRAM) -> list[tuple[str, str]]:
    """The codes and paths of what is refused; every problem can be worded in both languages."""
    with pytest.raises(InputError) as caught:
        read_case(data, program, on)
    for diagnostic in caught.value.diagnostics:
        for lang in ("en", "zh"):
            assert not re.search(r"\{\w", diagnostic.message(lang) + diagnostic.remedy(lang))
            assert render(diagnostic, lang).encode()
    return [(found.code, found.place) for found in caught.value.diagnostics]


def test_a_whole_case() -> None:
    """JSON text becomes facts under canonical names, exact, with missing ones left out."""
    text = """{"on": "2023-08-01",
      "household": {"income": "1200 yuan per month", "突发性困难": true, "rooms": null,
        "members": [{"age": 71, "wage": 0.29}, {"残疾人": "是", "cause of stay": "重特大疾病"}]},
      "parameters": {"照料护理标准": 80}}"""

    assert read_case(text, PROGRAM) == Facts(
        on=date(2023, 8, 1).toordinal(),
        household={"income": Fraction(1200), "sudden hardship": True},
        members=(
            {"age": Fraction(71), "wage": Fraction(29, 100)},
            {"残疾人": True, "cause of stay": "major illness"},
        ),
        parameters={("care standard", ()): Fraction(80)},
    )


def test_bytes_text_and_data_are_the_same() -> None:
    """UTF-8 bytes (with or without mark), text and Python data give the same facts."""
    data = {"on": ON, "household": {"家庭月收入": 1200, "members": [{}]}}
    text = json.dumps(data, ensure_ascii=False)
    expected = read_case(data, PROGRAM)

    assert read_case(text, PROGRAM) == expected
    assert read_case(text.encode(), PROGRAM) == expected
    assert read_case(text.encode("utf-8-sig"), PROGRAM) == expected


def test_what_is_left_out_is_missing() -> None:
    """Without `members` they are unknown; null and absence are the same at every level."""
    unknown = Facts(date(2023, 8, 1).toordinal())

    for data in ({}, {"household": {}}, {"household": None}, {"household": {"members": None}}):
        assert read_case(data, PROGRAM, ON) == unknown
    assert read_case({"on": ON, "parameters": None}, PROGRAM) == unknown
    assert household({"members": [{}, {}]}).members == ({}, {})


@pytest.mark.parametrize(
    "written",
    [
        1200,
        Decimal("1200.0"),
        Fraction(1200),
        "1200",
        "1,200",
        "１２００",
        "1200 yuan per month",
        "1200 yuan per household per month",
        "1200元/月",
        "1200元/户·月",
        "每月1200元",
        " 0.12万元/月 ",
        "14400 yuan per year",
        "3600元/季度",
        "¥1,200/月",
        "RMB 1200 per month",
        "1200块/月",
        "壹仟贰佰元/月",
    ],
)
def test_an_amount_in_many_writings(written: object) -> None:
    """Bare numbers take the declared unit; what converts exactly is converted."""
    assert household({"income": written}).household == {"income": Fraction(1200)}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("壹仟贰佰元", "1200"),
        ("人民币叁仟伍佰元整", "3500"),
        ("壹萬零伍佰圆", "10500"),
        ("壹佰元零伍分", "100.05"),
        ("1400元5角", "1400.5"),
        ("3块2角1分", "3.21"),
        ("¥1200", "1200"),
        ("￥1,200.50", "1200.5"),
        ("RMB 1200", "1200"),
        ("cny1200", "1200"),
        ("1200 RMB", "1200"),
        ("¥1.2万", "12000"),
        ("五千块钱", "5000"),
        ("-¥5", "-5"),
    ],
)
def test_sums_as_receipts_write_them(written: str, value: str) -> None:
    """Signs, formal numerals, jiao and fen behind the yuan."""
    assert written_quantity(written) == (Fraction(value), "yuan")


@pytest.mark.parametrize(
    "written",
    [
        *("¥", "元", "块", "RMB", "¥-5", "¥12%", "$12", "¥1 200", "12,00块", "¥每月1200"),
        *(
            "三块五",
            "3块5",
            "壹佰贰元",
            "1.5元5角",
            "1200元整整",
            "3000元整/月",
            "1200CNYX",
            "1200元角",
        ),
    ],
)
def test_sums_in_doubt(written: str) -> None:
    """What could be another sum is not guessed."""
    assert written_quantity(written) is None


def test_conversion_is_exact() -> None:
    """A year is twelve months, without rounding."""
    assert household({"income": "1000 yuan per year"}).household["income"] == Fraction(1000, 12)
    assert person({"wage": "3万元/年"}).members == ({"wage": Fraction(2500)},)


@pytest.mark.parametrize(
    "written",
    [
        "1200 yuan",
        "1200 yuan per day",
        "1200 yuan per person per month",
        "1200元/学年",
        "3 persons",
        "12%",
        "百分之十",
    ],
)
def test_other_units_are_refused(written: str) -> None:
    """What cannot be converted exactly is refused, and both units are named."""
    with pytest.raises(InputError) as caught:
        household({"income": written})
    (found,) = caught.value.diagnostics

    assert found.code == "PR610"
    assert "yuan per household per month" in found.message("en")
    assert "元/户·月" in found.message("zh")


@pytest.mark.parametrize(
    "written", ["", "much", "12x", "1200 yuan per moon", "--3", "1 200", "x" * 300, "1e5", "²"]
)
def test_unreadable_numbers(written: str) -> None:
    """A text that is no number with a unit from end to end is refused."""
    assert problems({"household": {"income": written}}) == [("PR609", "household.income")]


@pytest.mark.parametrize("value", [True, [], {}, {1}, b"1", date(2023, 1, 1)])
def test_no_number_at_all(value: object) -> None:
    """A value of another kind is no number; true is not 1."""
    assert problems({"household": {"income": value}}) == [("PR602", "household.income")]


def test_floats_are_refused_with_the_way_out() -> None:
    """A Python float is not exact, and the hint says what to write."""
    with pytest.raises(InputError) as caught:
        household({"income": 0.29})
    (found,) = caught.value.diagnostics

    assert (found.code, found.place) == ("PR607", "household.income")
    assert "0.29" in found.message()
    assert "Decimal" in found.remedy("en")
    assert "Decimal" in found.remedy("zh")


@pytest.mark.parametrize(
    "number",
    ["1" * 61, "1" * 5000, "1e31", "1E+10000000", "1e-31", "0." + "1" * 61, "NaN", "-Infinity"],
)
def test_json_numbers_out_of_measure(number: str) -> None:
    """Numbers that would take long, and those that are none, are refused at once and in place."""
    text = f'{{"household": {{"income": {number}}}}}'

    assert problems(text) == [("PR608", "household.income")]


@pytest.mark.parametrize(
    "number", [10**60, Decimal("NaN"), Decimal("Infinity"), Decimal("1E31"), Fraction(1, 10**61)]
)
def test_python_numbers_out_of_measure(number: object) -> None:
    """The same bounds hold for numbers of Python."""
    assert problems({"household": {"income": number}}) == [("PR608", "household.income")]


def test_largest_numbers_are_read() -> None:
    """The bounds themselves are inside."""
    assert household({"income": 10**60 - 1}).household["income"] == 10**60 - 1
    data = read_case('{"household": {"income": 1e30}}', PROGRAM, ON)
    assert data.household["income"] == 10**30


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1, column 1"),
        ('{"on": }', "a value is missing"),
        ('{"on" "x"}', "`:` is missing"),
        ('{"household": {} "on": 1}', "`,` is missing"),
        ("{on: 1}", "a key"),
        ("{} {}", "follows the end"),
        ('{"on": "2023', "closing"),
        ('{"on": "\n"}', "line break"),
        ('{"on": "\\q"}', "escape"),
        ("[" * 100_000, "nested too deeply"),
        (b"\xff\xfe{}", "UTF-8"),
        ('{"on": "2023年"}'.encode("gbk"), "UTF-8"),
    ],
)
def test_no_json(text: str | bytes, words: str) -> None:
    """What is not JSON is refused with the place and the reason, never with a traceback."""
    with pytest.raises(InputError) as caught:
        read_case(text, PROGRAM, ON)
    (found,) = caught.value.diagnostics

    assert found.code == "PR601"
    assert words in found.message("en")
    assert not found.message("zh").isascii()


@pytest.mark.parametrize("data", ["[]", "3", '"x"', "null", [], None, 3, {1: 2}])
def test_no_object(data: object) -> None:
    """A case is an object with names as keys."""
    assert problems(data) == [("PR602", "case")]


def test_parts_of_a_case() -> None:
    """Unknown parts are refused with a near one; `person` and `household` exclude each other."""
    assert problems({"houshold": {}}) == [("PR603", "houshold")]
    assert problems({"person": {}}) == [("PR621", "person")]
    assert problems({"household": {}}, program=PERSONS) == [("PR620", "household")]
    cases = attrs.evolve(PROGRAM, about="case")
    assert problems({"household": {}, "person": {}}, program=cases) == [
        ("PR650", "household"),
        ("PR650", "person"),
    ]
    assert read_case({"case": {"income": 5}}, cases, ON).household == {"income": 5}
    assert problems({"case": {"members": [{}]}}, program=cases) == [("PR604", "case.members")]
    with pytest.raises(InputError) as caught:
        read_case({"houshold": {}}, PROGRAM, ON)
    assert "`household`" in caught.value.diagnostics[0].remedy()


def test_ruleset_about_persons() -> None:
    """The one person is the one member, and the household is empty."""
    facts = read_case({"person": {"wage": 10}}, PERSONS, ON)

    assert facts.members == ({"wage": Fraction(10)},)
    assert facts.household == {}
    assert read_case({}, PERSONS, ON).members == ({},)
    assert problems({"person": {"wages": 10}}, program=PERSONS) == [("PR604", "person.wages")]


def test_unknown_names() -> None:
    """An unknown name is refused with a near one, wherever it belongs."""
    with pytest.raises(InputError) as caught:
        household({"incom": 1, "{x}": 1, "members": [{"cause_of_stay": 1, "工姿": 1}]})
    found = caught.value.diagnostics

    assert [(item.code, item.place) for item in found] == [
        ("PR604", "household.incom"),
        ("PR604", "household.{x}"),
        ("PR604", "household.members[0].cause_of_stay"),
        ("PR604", "household.members[0].工姿"),
    ]
    assert "`income`" in found[0].remedy()
    assert "describe" in found[1].remedy()
    assert "`cause of stay`" in found[2].remedy()


@pytest.mark.parametrize(
    ("written", "meant"),
    [("NCM", "NCMS"), ("ncms", "NCMS"), ("INCOM", "income"), ("ｉｎｃｏｍ", "income")],
)
def test_capitals_hide_no_near_name(written: str, meant: str) -> None:
    """Names are compared without regard to capitals, and told as they are declared."""
    insured = attrs.evolve(PROGRAM.inputs[1], name="NCMS", label=Text("NCMS", "新型农村合作医疗"))
    program = attrs.evolve(PROGRAM, inputs=(*PROGRAM.inputs, insured))
    with pytest.raises(InputError) as caught:
        read_case({"household": {written: True}}, program, ON)

    assert f"`{meant}`" in caught.value.diagnostics[0].remedy()


def test_facts_at_the_wrong_subject() -> None:
    """A fact of a person given to the household, and the reverse, says where it belongs."""
    data = {
        "wage": 1,
        "age": 3,
        "medical assistance paid this year": 0,
        "members": [{"income": 3}],
    }

    assert problems({"household": data}) == [
        ("PR605", "household.wage"),
        ("PR605", "household.age"),
        ("PR605", "household.medical assistance paid this year"),
        ("PR625", "household.members[0].income"),
    ]


def test_given_twice() -> None:
    """The same fact under both names, or a repeated key of JSON, is refused."""
    assert problems({"household": {"income": 1, "家庭月收入": 1}}) == [
        ("PR606", "household.家庭月收入")
    ]
    assert problems('{"household": {"income": 1, "income": 1}}') == [("PR606", "household.income")]
    for text in ('{"income": null, "income": 1}', '{"income": 1, "income": null}'):
        assert problems(f'{{"household": {text}}}') == [("PR606", "household.income")]
    nulls = '{"income": null, "家庭月收入": null}'
    assert problems(f'{{"household": {nulls}}}') == [("PR606", "household.家庭月收入")]
    assert problems('{"on": "2023-08-01", "on": "2023-08-01"}') == [("PR606", "on")]
    assert problems('{"household": {"members": [{}], "members": [{}]}}') == [
        ("PR606", "household.members")
    ]


@pytest.mark.parametrize(("written", "value"), [("yes", True), ("No", False), ("否", False)])
def test_yes_or_no(written: str, value: bool) -> None:
    """Yes and no are read as words of either language."""
    assert household({"sudden hardship": written}).household == {"sudden hardship": value}


@pytest.mark.parametrize("value", [1, 0, "true?", [], Decimal(1)])
def test_no_yes_or_no(value: object) -> None:
    """Numbers are no truth."""
    assert problems({"household": {"sudden hardship": value}}) == [
        ("PR602", "household.sudden hardship")
    ]


def test_values_of_a_category() -> None:
    """A value is known by either name; another one is refused with a near one or with all."""
    assert person({"cause of stay": "other illness"}).members == (
        {"cause of stay": "other illness"},
    )
    assert person({"住院原因": "其他疾病"}).members == ({"cause of stay": "other illness"},)
    with pytest.raises(InputError) as caught:
        person({"cause of stay": "mayor illness", "tier": "third"})
    near, far = caught.value.diagnostics

    assert (near.code, near.place) == ("PR613", "household.members[0].cause of stay")
    assert "`major illness`" in near.remedy()
    assert "`first`, `second`" in far.remedy()
    assert "“一类”、“二类”" in far.remedy("zh")
    assert problems({"household": {"members": [{"tier": 1}]}}) == [
        ("PR602", "household.members[0].tier")
    ]


@pytest.mark.parametrize(
    "written", ["2023-08-01", "2023年8月1日", "２０２３年８月１日", date(2023, 8, 1), " 2023-8-1 "]
)
def test_dates(written: object) -> None:
    """A day is written in either language, or is a Python date."""
    assert household({"alert date": written}).household == {
        "alert date": date(2023, 8, 1).toordinal()
    }


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2023", "PR614"),
        ("1 August 2023", "PR614"),
        ("2023-08-01T00:00", "PR614"),
        ("2023-02-29", "PR615"),
        ("2023年13月1日", "PR615"),
        ("0000-01-01", "PR615"),
        ("1899-12-31", "PR616"),
        ("2201-01-01", "PR616"),
        (datetime(2023, 8, 1), "PR602"),  # noqa: DTZ001 - a time of day is refused in any zone
        (20230801, "PR602"),
    ],
)
def test_no_date(written: object, code: str) -> None:
    """What is no day of the calendar, or far away, is refused."""
    assert problems({"household": {"alert date": written}}) == [(code, "household.alert date")]
    assert problems({"on": written}, None) == [(code, "on")]


@pytest.mark.parametrize("written", ["none", "无", "尚未发生", " none "])
def test_a_date_that_has_not_happened(written: str) -> None:
    """A date may not have happened yet, which is not the same as missing; a birth has."""
    assert household({"alert date": written}).household == {"alert date": date.max.toordinal()}
    assert household({"alert date": None}).household == {}
    assert problems({"household": {"members": [{"birth date": written}]}}) == [
        ("PR634", "household.members[0].birth date")
    ]
    assert problems({"on": written}, None) == [("PR614", "on")]


def test_date_of_the_case() -> None:
    """The date comes from the call, else from the case; without one nothing is evaluated."""
    assert read_case({"on": "2022-01-01"}, PROGRAM, ON).on == date(2023, 8, 1).toordinal()
    assert read_case({"on": "2022-01-01"}, PROGRAM).on == date(2022, 1, 1).toordinal()
    assert read_case({}, PROGRAM, date(2022, 1, 1)).on == date(2022, 1, 1).toordinal()
    assert problems({}, None) == [("PR627", "on")]
    assert problems({"on": None}, None) == [("PR627", "on")]
    assert problems({"on": "soon"}) == [("PR614", "on")]


def test_domains() -> None:
    """A number outside its declared domain is refused; an excluded end is outside."""
    assert problems({"household": {"income": -1}}) == [("PR611", "household.income")]
    assert problems({"household": {"income": "-1 yuan per month"}}) == [
        ("PR611", "household.income")
    ]
    assert person({"wage": "49999.99"}).members == ({"wage": Fraction(4999999, 100)},)
    with pytest.raises(InputError) as caught:
        person({"wage": 50000})
    message = caught.value.diagnostics[0].message

    assert message("en") == (
        "`wage` must be at least 0 yuan per person per month and less than 50,000 yuan per person"
        " per month; found 50,000 yuan per person per month"
    )
    assert message("zh") == "“工资”应不低于0元/人·月且低于50,000元/人·月，实为50,000元/人·月"


@pytest.mark.parametrize("value", [-1, "1.5", Fraction(1, 3)])
def test_counts_are_whole(value: object) -> None:
    """A count is whole and not below zero."""
    assert problems({"household": {"rooms": value}}) == [("PR612", "household.rooms")]
    assert household({"rooms": "3"}).household == {"rooms": Fraction(3)}


@pytest.mark.parametrize(
    ("born", "age"),
    [("2000-08-01", 23), ("2000-08-02", 22), ("2023-08-01", 0), ("1904-02-29", 119)],
)
def test_age_from_birth_date(born: str, age: int) -> None:
    """Age is the completed years on the date."""
    (facts,) = person({"出生日期": born}).members or ()

    assert facts["age"] == age
    assert person({"birth date": born, "age": age}).members == (facts,)


def test_age_and_birth_date() -> None:
    """An age that disagrees, and a birth after the date, are refused; ages are whole years."""
    member = "household.members[0]"
    cases = {
        ("PR617", f"{member}.age"): {"birth date": "2000-08-01", "age": 22},
        ("PR618", f"{member}.birth date"): {"birth date": "2023-08-02"},
        ("PR612", f"{member}.age"): {"age": "3.5"},
        ("PR611", f"{member}.age"): {"age": 151},
    }
    for problem, facts in cases.items():
        assert problems({"household": {"members": [facts]}}) == [problem]
    born = {"household": {"members": [{"birth date": "1949-12-31"}]}}
    assert problems(born, "2100-12-31") == [("PR635", f"{member}.birth date")]
    for written in (71, "71岁", "71周岁", "71 years"):
        assert person({"年龄": written}).members == ({"age": Fraction(71)},)


def test_members() -> None:
    """No members at all, or what is no list of objects, is refused."""
    assert problems({"household": {"members": []}}) == [("PR619", "household.members")]
    assert problems({"household": {"members": {}}}) == [("PR602", "household.members")]
    assert problems({"household": {"members": "ab"}}) == [("PR602", "household.members")]
    assert problems({"household": {"members": [{}, None]}}) == [("PR602", "household.members[1]")]


def test_paid_by_case() -> None:
    """Nothing paid says so for every case; an amount must be told apart by case."""
    plain, first = "medical assistance paid this year", "medical assistance paid this year, case 1"
    nothing = ({first: Fraction(0), first[:-1] + "2": Fraction(0)},)

    assert person({plain: 0}).members == nothing
    assert person({"本年度已享受医疗救助金额": "0元"}).members == nothing
    assert person({"本月已享受护理补贴金额": 0}).members == (
        {f"本月已享受护理补贴金额，情形{number}": Fraction(0) for number in (1, 2)},
    )
    assert person({plain: None}).members == ({},)
    assert person({first: 5}).members == ({first: Fraction(5)},)
    with pytest.raises(InputError) as caught:
        person({plain: 5000})
    (found,) = caught.value.diagnostics
    assert (found.code, found.place) == ("PR626", f"household.members[0].{plain}")
    assert f"`{first}`" in found.remedy()
    member = "household.members[0]"
    assert problems({"household": {"members": [{plain: 0, first: 1}]}}) == [
        ("PR606", f"{member}.{first}")
    ]


def test_supplied_parameters() -> None:
    """Only what is not stated on the date can be supplied, within what the document says of it."""
    given = {"care standard": "80 yuan per person per month", "分档补助": {"二类": "3000元/年"}}
    assert person({}, parameters=given).parameters == {
        ("care standard", ()): Fraction(80),
        ("tier amount", ("second",)): Fraction(250),
    }
    refused = {
        "dibao standard": 1,
        "average gap": 1,
        "care standrad": 1,
        "照料护理标准": 69,
        "care standard": 80,
        "tier amount": {"first": 1, "ninth": 1, "second": None},
    }

    assert problems({"parameters": refused}) == [
        ("PR623", "parameters.dibao standard"),
        ("PR622", "parameters.average gap"),
        ("PR622", "parameters.care standrad"),
        ("PR611", "parameters.照料护理标准"),
        ("PR606", "parameters.care standard"),
        ("PR613", "parameters.tier amount.ninth"),
        ("PR623", "parameters.tier amount.first"),
    ]
    assert problems({"parameters": {"care standard": 80}}, "2022-12-31") == [
        ("PR624", "parameters.care standard")
    ]
    assert problems({"parameters": {"tier amount": 1}}) == [("PR602", "parameters.tier amount")]


def test_strange_text_is_shown_safely() -> None:
    """Lone surrogates, control characters and endless names are refused and written out."""
    text = '{"household": {"\\ud800": 1, "income": "\\u001b[2J", "%s": 1}}' % ("x" * 5000)
    found = problems(text)

    assert [code for code, _ in found] == ["PR604", "PR609", "PR604"]
    assert found[0][1] == "household.\\ud800"
    assert len(found[2][1]) < 100


def test_all_problems_are_raised_together() -> None:
    """One error carries every problem, in the order of the case."""
    data = {"on": "x", "household": {"income": -1, "members": [{"wage": "y"}]}, "parameters": 3}

    assert [code for code, _ in problems(data, None)] == ["PR614", "PR611", "PR609", "PR602"]


@given(CASES | ANYTHING)
def test_any_data_is_read_or_refused(data: object) -> None:
    """Whatever comes in, the answer is facts of the declared kinds or an input error."""
    facts, refused = None, ()
    try:
        facts = read_case(data, PROGRAM, ON)
    except InputError as error:
        refused = error.diagnostics
    assert (facts is None) == bool(render_all(refused, "zh").encode())
    if facts is None:
        return
    kinds = {"number": Fraction, "truth": bool, "choice": str, "date": int}
    inputs = {item.name: item for item in (*PROGRAM.inputs, AGE, BIRTH_DATE)}
    for part in (facts.household, *(facts.members or ())):
        for name, value in part.items():
            assert type(value) is kinds[inputs[name].kind]


@given(st.text() | st.binary() | ANYTHING.map(lambda data: json.dumps(data, default=str)))
def test_any_text_is_read_or_refused(data: str | bytes) -> None:
    """No text makes the reader fail in another way than with an input error."""
    with contextlib.suppress(InputError):
        read_case(data, PROGRAM, ON)


def told(data: object, lang: str) -> str:
    """The one problem of a case with its remedy."""
    with pytest.raises(InputError) as caught:
        read_case(data, PROGRAM, ON)
    (found,) = caught.value.diagnostics
    return f"{found.message(lang)} | {found.remedy(lang)}"


def test_true_as_a_text_is_told_as_a_text() -> None:
    """`"true"` is not `true`, which the message shows."""
    case = {"household": {"sudden hardship": "True"}}
    assert told(case, "en") == (
        "expected yes or no (in JSON true or false), found the text `true` | "
        "write it without quotation marks"
    )
    assert told(case, "zh").endswith("实为文本“true” | 请去掉引号")


@pytest.mark.parametrize(
    "number", ["9" * 61, "9" * 300, f"{'9' * 61} yuan per month", "1," + "9" * 60, int("9" * 61)]
)
def test_a_number_of_too_many_digits_is_told_the_limit(number: str | int) -> None:
    """A text may have as many digits as a bare number; the message says how many, and of what."""
    case = {"household": {"income": number}}
    assert problems(case) == [("PR608", "household.income")]
    assert "60 digits" in told(case, "en")
    assert "60位" in told(case, "zh")
    assert "9" * 30 in told(case, "en") or "," in str(number)


def test_a_text_has_as_many_digits_as_a_number() -> None:
    """Sixty digits are read, written with quotation marks or without."""
    for number in (int("9" * 60), "9" * 60, f"{'9' * 60} yuan per month"):
        facts = read_case({"household": {"income": number}}, PROGRAM, ON)
        assert facts.household["income"] == int("9" * 60)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_named(word: str) -> None:
    """NaN and the infinities are no numbers, in JSON as in Python; the message shows them."""
    for case in (
        {"household": {"income": Decimal(word)}},
        f'{{"household": {{"income": {word}}}}}',
    ):
        assert problems(case) == [("PR608", "household.income")]
        assert told(case, "en").startswith(f"`{word}` is not a number")
        assert told(case, "en").endswith("leave the fact out if it is not known")


@pytest.mark.parametrize("key", ["number of members", "家庭成员人数"])
def test_the_number_of_members_is_counted(key: str) -> None:
    """Whoever gives the number of members is told to list the members."""
    case = {"household": {key: 5}}
    assert problems(case) == [("PR604", f"household.{key}")]
    assert '`"members": [{}, {}]` for two' in told(case, "en")
    assert '写成 "members": [{}, {}]' in told(case, "zh")


def test_what_is_too_much_gets_the_remedy_that_fits() -> None:
    """Members are several cases; names are left out."""
    members = {"household": {"members": [{}] * 101}}
    assert "one by one" in told(members, "en")
    names = {"household": {f"n{number}": 1 for number in range(10_001)}}
    assert "leave out the names" in told(names, "en")
    assert "删去" in told(names, "zh")


def test_a_case_of_neither_is_told_among_the_parts() -> None:
    """The parts that a case may have are told, `case` among them."""
    assert "`case`" in told({"x y z": {}}, "en")
    assert "case" in told({"x y z": {}}, "zh")


def test_too_many_names_and_members() -> None:
    """Asserts that lists and objects of endless length are refused, the last that is not read."""
    assert len(read_case({"household": {"members": [{}] * 100}}, PROGRAM, ON).members or ()) == 100
    assert problems({"household": {"members": [{}] * 101}}) == [("PR651", "household.members")]
    names = {f"n{number}": 1 for number in range(10_001)}
    assert problems({"household": names}) == [("PR651", "household")]


def test_problems_beyond_the_first_hundred_are_counted() -> None:
    """Asserts that a case with endless problems shows the first and how many more there are."""
    with pytest.raises(InputError) as caught:
        read_case({"household": {f"n{number}": 1 for number in range(9_999)}}, PROGRAM, ON)
    found = caught.value.diagnostics
    assert [item.code for item in found] == ["PR604"] * 100 + ["PR652"]
    assert "9,899" in found[-1].message("en")
    assert "9,899" in found[-1].message("zh")
