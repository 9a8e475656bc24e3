"""Outcomes as objects, as JSON and as text."""

import json
from datetime import date
from fractions import Fraction

import pytest
from sample_program import PERSONS, PROGRAM

import policyrules
from policyrules.compiler import compile_source
from policyrules.diagnostics import InputError
from policyrules.explanation import Explanation
from policyrules.ir.facts import Bench, Facts, Outcome
from policyrules.ir.nodes import Grant
from policyrules.render import width
from policyrules.results import Result
from policyrules.results_names import OutcomeNames
from policyrules.results_outcome import Amount
from policyrules.ruleset import Ruleset
from policyrules.source import Language, Source, Text
from policyrules.wording import decimal_text, interval, number, quantity

ON = date(2023, 8, 1).toordinal()
VISIT = date(2023, 8, 5).toordinal()


class Told:
    """An explanation that repeats what was asked."""

    def __init__(self, *asked: object) -> None:
        self.asked = asked

    def __str__(self) -> str:
        return repr(self.asked)

    def to_dict(self) -> dict[str, object]:
        """What was asked."""
        return {"asked": list(self.asked)}


def explainer(name: str, member: int | None, lang: Language) -> Explanation:
    """An explainer that repeats what it is asked."""
    return Told(name, member, lang)


def benefit(status: str, low: object = None, high: object = None, **more: object) -> Outcome:
    """An outcome of a benefit in yuan."""
    ends = [None if end is None else Fraction(end) for end in (low, high)]
    return Outcome(status=status, what="benefit", kind="number", low=ends[0], high=ends[1], **more)


def known(kind: str, value: object = None, **more: object) -> Outcome:
    """An outcome of a definition."""
    status = "undetermined" if value is None else "known"
    return Outcome(status=status, what="definition", kind=kind, value=value, **more)


OUTCOMES = {
    ("income per head", None): Outcome(
        status="known",
        what="definition",
        kind="number",
        low=Fraction(1000, 3),
        high=Fraction(1000, 3),
    ),
    ("dibao payment", None): benefit("eligible", 900, 900),
    ("temporary relief", None): benefit(
        "eligible",
        1400,
        7000,
        discretion=True,
        flags=("limit not stated",),
        benches=(Bench(Grant(by=Text("the township", "乡镇（街道）"))),),
    ),
    ("medical assistance", 0): benefit("not eligible"),
    ("medical assistance", 1): benefit(
        "undetermined",
        0,
        None,
        missing=True,
        needs=(
            (None, "members"),
            (None, "income"),
            (1, "cause of stay"),
            ("parameters", "care standard"),
        ),
    ),
    ("cause", 0): known("choice", "major illness"),
    ("cause", 1): known("choice"),
    ("in need", None): known("truth", value=True),
    ("home visit", None): Outcome(status="known", what="deadline", kind="date", value=VISIT),
    ("rate", None): Outcome(
        status="undetermined",
        what="definition",
        kind="number",
        low=Fraction("0.1"),
        high=Fraction("0.25"),
        discretion=True,
        missing=True,
    ),
}
FACTS = Facts(ON, {}, ({}, {}))
RESULT = Result(OutcomeNames(PROGRAM), FACTS, OUTCOMES, explainer)
RELIEF = RESULT["temporary relief"]
MEDICAL = RESULT["medical assistance", "household.members[1]"]


def test_json() -> None:
    """The JSON is what other programs rely on, letter by letter."""
    amount = {"low": "900", "high": "900", "unit": "yuan/month", "basis": "exact"}
    third = {"low": "1000/3", "high": "1000/3", "unit": "yuan/month", "basis": "exact"}
    relief = {"low": "1400", "high": "7000", "unit": "yuan", "basis": "discretion"}
    medical = {"low": "0", "high": None, "unit": "yuan", "basis": "missing"}
    rate = {"low": "0.1", "high": "0.25", "unit": "", "basis": "both"}
    nothing = {"flags": [], "needs": []}
    needs = [
        "household.members",
        "household.income",
        "household.members[1].cause of stay",
        "parameters.care standard",
    ]
    first, second = "household.members[0]", "household.members[1]"
    expected = {
        "schema": 1,
        "ruleset": "example.sample",
        "on": "2023-08-01",
        "outcomes": {
            "income per head": {
                "of": {
                    "household": {"status": "known", "kind": "amount", "amount": third} | nothing
                }
            },
            "dibao payment": {
                "of": {
                    "household": {"status": "eligible", "kind": "amount", "amount": amount}
                    | nothing
                }
            },
            "temporary relief": {
                "of": {
                    "household": {
                        "status": "eligible",
                        "kind": "amount",
                        "amount": relief,
                        "flags": ["limit not stated"],
                        "needs": [],
                    }
                }
            },
            "medical assistance": {
                "of": {
                    first: {"status": "not eligible", "kind": "amount", "amount": None} | nothing,
                    second: {
                        "status": "undetermined",
                        "kind": "amount",
                        "amount": medical,
                        "flags": [],
                        "needs": needs,
                    },
                }
            },
            "cause": {
                "of": {
                    first: {"status": "known", "kind": "category", "value": "major illness"}
                    | nothing,
                    second: {"status": "undetermined", "kind": "category", "value": None} | nothing,
                }
            },
            "in need": {
                "of": {
                    "household": {"status": "known", "kind": "yes or no", "value": True} | nothing
                }
            },
            "home visit": {
                "of": {
                    "household": {"status": "known", "kind": "date", "value": "2023-08-05"}
                    | nothing
                }
            },
            "rate": {
                "of": {
                    "household": {"status": "undetermined", "kind": "number", "amount": rate}
                    | nothing
                }
            },
        },
    }

    assert RESULT.to_dict() == expected
    assert json.loads(json.dumps(RESULT.to_dict())) == expected
    assert list(RESULT.to_dict()["outcomes"]) == list(expected["outcomes"])


def test_amounts_are_exact() -> None:
    """An amount has both ends, its unit without for whom, and Pint where it is exact."""
    exact = RESULT["dibao payment"].amount

    assert exact == Amount(Fraction(900), Fraction(900), "yuan/month")
    assert exact.exact == 900
    assert exact.basis == "exact"
    assert exact.quantity.magnitude == Fraction(900)
    assert exact.quantity.to("yuan/year").magnitude == 10800
    assert RELIEF.amount == Amount(Fraction(1400), Fraction(7000), "yuan")
    assert RELIEF.amount.basis == "discretion"
    assert RELIEF.amount.exact is None
    assert RELIEF.amount.quantity is None
    assert str(RELIEF.amount) == "1,400 to 7,000 yuan"
    assert Amount(None, None, "yuan").exact is None


def test_outcome_by_name() -> None:
    """Names work in either language; a path is needed only where there are several subjects."""
    assert RESULT["低保金"] is RESULT["dibao payment", "household"]
    assert RESULT["医疗救助", "household.members[0]"].status == "not eligible"
    assert MEDICAL.needs[2] == "household.members[1].cause of stay"
    assert (MEDICAL.name, MEDICAL.of) == ("medical assistance", "household.members[1]")
    assert RESULT["home visit"].value == date(2023, 8, 5)
    assert RESULT["in need"].value is True


def test_result_is_a_mapping() -> None:
    """It has a length, keys and membership like a dict."""
    assert len(RESULT) == len(OUTCOMES)
    assert list(RESULT)[1] == ("dibao payment", "household")
    assert [RESULT[key] for key in RESULT] == [outcome for _, outcome in RESULT.items()]
    assert "低保金" in RESULT
    assert ("低保金", "household") in RESULT
    assert "medical assistance" not in RESULT
    assert ("低保金", "person") not in RESULT
    assert 3 not in RESULT
    assert dict(RESULT) == dict(zip(RESULT.keys(), RESULT.values(), strict=True))


@pytest.mark.parametrize(
    ("key", "code", "words"),
    [
        ("dibao paymnt", "PR628", "`dibao payment`"),
        ("imported", "PR628", "it has `income per head`, `dibao payment`, "),
        ("medical assistance", "PR632", "`household.members[0]`, `household.members[1]`"),
        (("medical assistance", "household.members[2]"), "PR629", "`household.members[1]`"),
        (("低保金", "person"), "PR629", "`household`"),
    ],
)
def test_unknown_outcome(key: object, code: str, words: str) -> None:
    """An unknown name or path is an input error with a suggestion."""
    with pytest.raises(InputError) as caught:
        RESULT[key]
    (found,) = caught.value.diagnostics

    assert found.code == code
    assert words in found.remedy()


def test_outcome_of_unknown_members() -> None:
    """With unknown members there is no outcome of a person, and the error says why."""
    result = Result(OutcomeNames(PROGRAM), Facts(ON), {}, explainer)
    with pytest.raises(InputError) as caught:
        result["medical assistance"]

    assert caught.value.diagnostics[0].code == "PR631"
    assert result.to_dict()["outcomes"]["medical assistance"] == {
        "of": {},
        "needs": ["household.members"],
    }


HOUSEHOLD_AND_MEMBERS = """ruleset t (甲)
define share (人均额) of person: yuan
    30 yuan
benefit aid (补助) of household: yuan, one-off
    pays 100 yuan
benefit grant (补贴) of person: yuan, one-off
    pays 20 yuan
benefit allowance (津贴) of person: yuan, one-off
    pays 10 yuan
"""


def test_rules_of_members_are_told_where_the_members_are_unknown() -> None:
    """What cannot be listed is named under its table and in JSON; with members nothing is."""
    rules = Ruleset(compile_source(Source("", HOUSEHOLD_AND_MEMBERS)).program)
    unknown = rules.evaluate({"household": {}}, "2023-08-01")
    known = rules.evaluate({"household": {"members": [{}]}}, "2023-08-01")
    of_members = ("share", "grant", "allowance")

    assert unknown.to_text("en").splitlines()[2:] == [
        "Benefits",
        "  aid  household  eligible  100 yuan",
        "  not listed until the members of the household are given: grant, allowance",
        "",
        "Other results",
        "  not listed until the members of the household are given: share",
    ]
    assert "\n  须先提供家庭成员情况，才能逐人列出：补贴、津贴\n" in unknown.to_text("zh")
    assert unknown.unlisted == of_members
    for name, told in unknown.to_dict()["outcomes"].items():
        assert told.get("needs") == (["household.members"] if name in of_members else None)
        assert bool(told["of"]) == (name not in of_members)
    assert known.unlisted == ()
    assert "not listed" not in known.to_text("en")
    assert all("needs" not in told for told in known.to_dict()["outcomes"].values())


def test_rules_not_asked_for_are_not_said_to_need_the_members() -> None:
    """With `only`, what nobody asked for is not waited for."""
    rules = Ruleset(compile_source(Source("", HOUSEHOLD_AND_MEMBERS)).program)
    found = rules.evaluate({"household": {}}, "2023-08-01", only=["grant"])

    assert found.unlisted == ("grant",)
    assert "allowance" not in found.to_text("en")
    assert found.to_dict()["outcomes"]["allowance"] == {"of": {}}


def test_ruleset_about_persons() -> None:
    """There the one subject is `person`."""
    outcome = benefit("undetermined", 0, 5, missing=True, needs=((0, "cause of stay"),))
    result = Result(OutcomeNames(PERSONS), FACTS, {("medical assistance", 0): outcome}, explainer)

    assert result["medical assistance"].of == "person"
    assert result["medical assistance"].needs == ("person.cause of stay",)
    assert "住院原因" in result.to_text("zh")
    assert "成员" not in result.to_text("zh")


def test_explanation_is_asked_when_wanted() -> None:
    """The explainer is called with name, member and language."""
    assert str(MEDICAL.explain(lang="zh")) == "('medical assistance', 1, 'zh')"
    assert RELIEF.explain().to_dict() == {"asked": ["temporary relief", None, "en"]}


def test_needs_with_commas_inside_are_kept_apart() -> None:
    """Asserts that a list of names can be told from the commas in them."""
    person = {"dibao recipient": True, "tekun": False}
    case = {"household": {"disaster hardship": False, "members": [person]}}
    result = policyrules.load("example.river_city").evaluate(case, "2023-08-01")

    assert "cost; medical assistance paid this year, case 2; medical" in result.to_text("en")
    assert "自付费用；本年度已享受医疗救助金额，情形2；本年度" in result.to_text("zh")


def test_needs_of_another_subject_say_whose() -> None:
    """What a household's outcome needs of a member names the member."""
    outcome = benefit("undetermined", 0, 5, missing=True, needs=((1, "cause of stay"),))
    result = Result(OutcomeNames(PROGRAM), FACTS, {("dibao payment", None): outcome}, explainer)

    assert "needs: cause of stay (member 2)" in result.to_text("en")
    assert "尚需：成员2的住院原因" in result.to_text("zh")


def test_text_in_english() -> None:
    """An aligned table, benefits first, with what is needed and noted below each."""
    assert RESULT.to_text("en") == (
        "Sample, 2023-08-01\n"
        "\n"
        "Benefits\n"
        "  dibao payment       household  eligible      900 yuan per month\n"
        "  temporary relief    household  eligible      1,400 to 7,000 yuan\n"
        "      decided by: the township\n"
        "      note: the document does not state the limit; computed without one\n"
        "  medical assistance  member 1   not eligible\n"
        "  medical assistance  member 2   undetermined  not bounded above\n"
        "      needs: the members of the household, income, cause of stay, care standard\n"
        "\n"
        "Other results\n"
        "  income per head  household  known"
        "         1,000/3 (about 333.33) yuan per person per month\n"
        "  cause            member 1   known         major illness\n"
        "  cause            member 2   undetermined\n"
        "  in need          household  known         yes\n"
        "  home visit       household  known         2023-08-05\n"
        "  rate             household  undetermined  0.1 to 0.25"
    )


def test_text_tells_who_decides_case_by_case() -> None:
    """Where the rule says it; nothing is said where it does not, or where nothing is due."""
    by = Bench(Grant(by=Text("the township", "乡镇（街道）")))

    def table(outcome: Outcome, lang: Language) -> list[str]:
        found = {("temporary relief", None): outcome}
        return Result(OutcomeNames(PROGRAM), FACTS, found, explainer).to_text(lang).splitlines()[3:]

    manual = benefit("manual", benches=(by,))
    assert table(manual, "en") == [
        "  temporary relief  household  decided by a person",
        "      decided by: the township",
    ]
    assert table(manual, "zh") == ["  临时救助  家庭  人工审定", "      裁量：乡镇（街道）"]
    assert len(table(benefit("manual"), "en")) == 1
    assert len(table(benefit("not eligible", benches=(by,)), "en")) == 1


def test_text_in_chinese() -> None:
    """The Chinese table is Chinese throughout and aligned by display columns."""
    text = RESULT.to_text("zh")
    lines = text.splitlines()

    assert lines[0] == "示例，2023年8月1日"
    assert "  低保金    家庭   符合条件    900元/月" in lines
    assert "  临时救助  家庭   符合条件    1,400元至7,000元" in lines
    assert "      尚需：家庭成员情况、家庭月收入、住院原因、照料护理标准" in lines
    assert "      裁量：乡镇（街道）" in lines
    assert "1,000/3（约333.33）元/人·月" in text
    assert "重特大疾病" in text
    assert not [word for word in text.split() if word.isalpha() and word.isascii()]
    starts = {width(line[: line.index("家庭  ")]) for line in lines[3:7] if "家庭  " in line}
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("900", "900"),
        ("900.50", "900.5"),
        ("-0.05", "-0.05"),
        ("1/8", "0.125"),
        ("1000/3", "1000/3"),
        ("-1/7", "-1/7"),
        ("0", "0"),
        (f"1/{10**12}", "0.000000000001"),
        ("123456789012345678901234567890.1", "123456789012345678901234567890.1"),
    ],
)
def test_decimal_text(value: str, text: str) -> None:
    """A decimal where it ends, else a fraction; reading it back gives the same number."""
    assert decimal_text(Fraction(value)) == text
    assert Fraction(text) == Fraction(value)


def test_numbers_of_any_length_are_written() -> None:
    """Thousands of digits are written as few are, those behind the point and below a line too."""
    long = 7**6000  # 5,071 digits
    nines = 10**9000 - 1

    assert decimal_text(Fraction(nines)) == "9" * 9000
    assert decimal_text(Fraction(-nines, 10**4500)) == f"-{'9' * 4500}.{'9' * 4500}"
    assert number(Fraction(10**9000)).en == "1" + ",000" * 3000
    text = decimal_text(Fraction(1, long))
    assert len(text) == 2 + 5071
    assert text.endswith(str(long % 10**50))
    assert number(Fraction(1, long)).zh.endswith("（约0.00）")


def test_wording_of_numbers() -> None:
    """Thousands are apart, endless decimals show their size, singular and plural agree."""
    assert number(Fraction("-1234567.5")).en == "-1,234,567.5"
    assert number(Fraction("-0.5")).en == "-0.5"
    assert number(Fraction(2, 3)).zh == "2/3（约0.67）"
    assert quantity(Fraction(1), "person").en == "1 person"
    assert quantity(Fraction(2), "person").en == "2 persons"
    assert quantity(Fraction(3), "month").zh == "3个月"
    assert quantity(Fraction(1, 2), "").zh == "0.5"
    assert interval(None, Fraction(3), "yuan").zh == "不超过3元"
    assert interval(None, None, "yuan").en == "not bounded"
