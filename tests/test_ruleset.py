"""A ruleset described and evaluated."""

import json
from datetime import date
from fractions import Fraction
from itertools import repeat
from typing import Any

import attrs
import pytest
from sample_program import CAUSES, NEW_YEAR, PROGRAM

import policyrules
from policyrules.compiler import compile_source
from policyrules.diagnostics import InputError
from policyrules.ir.nodes import Apply, Cited, Constant, Document, Program, Variable
from policyrules.ruleset import Ruleset
from policyrules.source import Language, Source, Text

CITED = Cited("notice", Text("Notice 12", "通知"), (2,), ("条",))


def sample() -> Program:
    """The sample, with a document, a status and a payment that reads the income."""
    income = Variable("income", "household", "number")
    ceiling = Constant(Fraction(700), "number")
    payment = Apply("subtract", (ceiling, income), "number")
    holds = Apply("less", (income, ceiling), "truth")
    inputs = tuple(
        attrs.evolve(item, source="status") if item.name == "残疾人" else item
        for item in PROGRAM.inputs
    )
    definitions = tuple(
        attrs.evolve(item, holds=holds, amount=payment, cites=(CITED,))
        if item.name == "dibao payment"
        else item
        for item in PROGRAM.definitions
    )
    document = Document(
        name="notice",
        label=Text("notice", "通知"),
        title=Text("Notice 12", "12号通知"),
        issued=NEW_YEAR,
    )
    return attrs.evolve(PROGRAM, inputs=inputs, definitions=definitions, documents=(document,))


RULESET = Ruleset(sample())


def test_evaluation() -> None:
    """A case in any form is evaluated on the date of the call or of the case."""
    result = RULESET.evaluate({"household": {"家庭月收入": "0.05万元/月"}}, "2023-08-01")

    assert result["低保金"].status == "eligible"
    assert result["低保金"].amount.exact == 200
    assert result.on == date(2023, 8, 1)
    again = RULESET.evaluate('{"on": "2023-08-01", "household": {"income": 500}}')
    assert again.to_dict() == result.to_dict()


def test_missing_facts_are_needed() -> None:
    """What is left out is named by its path."""
    result = RULESET.evaluate({"household": {"members": [{}]}}, date(2023, 8, 1))

    assert result["dibao payment"].status == "undetermined"
    assert result["dibao payment"].needs == ("household.income",)
    assert result["dibao payment"].to_dict()["amount"]["basis"] == "missing"
    assert ("medical assistance", "household.members[0]") in result
    assert ("imported", "household") not in result


def test_problems_stop_the_evaluation() -> None:
    """A case with problems is not evaluated."""
    with pytest.raises(InputError):
        RULESET.evaluate({"household": {"income": 0.5}}, "2023-08-01")


def test_description_is_json_ready() -> None:
    """Every kind of declaration has its list, and the whole survives JSON."""
    described = RULESET.describe()

    assert json.loads(json.dumps(described)) == described
    assert [key for key, value in described.items() if isinstance(value, list)] == [
        "inputs",
        "categories",
        "statuses",
        "parameters",
        "statistics",
        "benefits",
        "definitions",
        "deadlines",
        "sources",
        "checks",
    ]
    assert described["ruleset"] == "example.sample"
    assert described["title"] == {"en": "Sample", "zh": "示例"}
    assert [item["name"] for item in described["statuses"]] == ["残疾人"]
    assert [item["name"] for item in described["statistics"]] == ["average gap"]
    assert [item["name"] for item in described["deadlines"]] == ["home visit"]


def test_description_of_inputs_and_categories() -> None:
    """Names, subject, unit, domain and values."""
    described = RULESET.describe()
    inputs = {item["name"]: item for item in described["inputs"]}

    assert inputs["wage"] == {
        "name": "wage",
        "en": "wage",
        "zh": "工资",
        "of": "person",
        "kind": "amount",
        "unit": "yuan/person/month",
        "unit_words": {"en": "yuan per person per month", "zh": "元/人·月"},
        "domain": {
            "low": "0",
            "high": "50000",
            "low_excluded": False,
            "high_excluded": True,
            "whole": False,
        },
        "readings": [],
        "source": "input",
        "asks": None,
        "own": True,
        "read": False,
    }
    values = [{"name": name, "en": label.en, "zh": label.zh} for name, label in CAUSES]
    assert inputs["cause of stay"]["values"] == values
    assert described["categories"][0] == {
        "name": "cause of stay",
        "en": "cause of stay",
        "zh": "住院原因",
        "values": values,
    }


def test_values_are_described_as_they_are_written() -> None:
    """In the order of their declaration, in every process."""
    described = policyrules.load("example.river_city").describe()
    (tier,) = [entry for entry in described["categories"] if entry["name"] == "tier"]
    assert [value["name"] for value in tier["values"]] == ["first", "second", "third", "fourth"]


def test_description_of_parameters_rules_and_sources() -> None:
    """Versions with what is not stated, benefits with their clauses, documents."""
    described = RULESET.describe()
    care = described["parameters"][1]
    (dibao,) = [item for item in described["benefits"] if item["name"] == "dibao payment"]

    assert care["versions"] == [
        {
            "from": "2023-01-01",
            "year_only": False,
            "values": [
                {
                    "keys": [],
                    "value": None,
                    "bounds": {
                        "low": "70",
                        "low_excluded": False,
                        "high": None,
                        "high_excluded": False,
                    },
                }
            ],
            "cites": [],
        }
    ]
    assert described["parameters"][2]["by"] == ["tier"]
    assert dibao["cites"] == [{"source": "notice", "en": "Notice 12 2", "zh": "通知 第二条"}]
    assert dibao["unit"] == "yuan/household/month"
    assert described["sources"][0]["title"] == {"en": "Notice 12", "zh": "12号通知"}
    assert described["sources"][0]["issued"] == "2023-01-01"


def test_description_as_text() -> None:
    """The lists for people are in one language throughout."""
    english, chinese = RULESET.describe_text("en"), RULESET.describe_text("zh")

    assert english.startswith("Sample (example.sample)\n\nInputs\n")
    assert "  wage" in english
    assert "at least 0 yuan per month and less than 50,000 yuan per month" in english
    assert "from 2023-01-01" in english
    assert "\nStatistics\n  average gap" in english
    assert "imported" not in english
    assert chinese.startswith("示例（example.sample）\n\n信息项\n")
    assert "不低于0元/月且低于50,000元/月" in chinese
    assert "自2023年1月1日起" in chinese
    assert "一类5,580、二类未载明" in chinese
    assert "通知 第二条" in chinese
    assert not [word for word in chinese.split() if word.isascii() and word.isalpha()]


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            [
                "living standard  yuan per person per month  from 2020-01-01  640",
                "from 2040-01-01  900",
            ],
        ),
        ("zh", ["生活标准  元/人·月  自2020年1月1日起  640", "自2040年1月1日起  900"]),
    ],
)
def test_every_version_is_described(lang: Language, lines: list[str]) -> None:
    """A standard has a line for each version; one that is not yet in force hides none."""
    text = (
        "ruleset test\nparameter living standard (生活标准): yuan per person per month\n"
        "    from 2020-01-01: 640\n    from 2040-01-01: 900\n"
    )
    program = compile_source(Source("test.rules", text)).program
    described = Ruleset(program).describe_text(lang).split("\n")
    assert [line.strip() for line in described[-2:]] == lines


def test_only_some_outcomes() -> None:
    """Asserts that the outcomes of the named rules come out as among all, and no others."""
    rules = policyrules.load("example.river_city")
    case = {"household": {"income": 1200, "members": [{}, {}, {}]}}
    every, some = (
        rules.evaluate(case, on="2023-08-01", only=names) for names in (None, {"dibao payment"})
    )
    assert [outcome.name for outcome in some.values()] == ["dibao payment"]
    assert some["dibao payment"].amount == every["dibao payment"].amount
    assert len(every) > 1


@pytest.mark.parametrize(
    ("only", "problems", "words"),
    [
        (["dibao paymnt"], ["only PR628"], "hint: did you mean `dibao payment`?"),
        (("低保金", "x", "y"), ["only PR628"] * 2, "no outcome `y`"),
        ("dibao payment", ["only PR602"], "a list […], found `dibao payment`"),
        (5, ["only PR602"], "a list […], found `5`"),
        (b"income", ["only PR602"], "a list […], found a Python `bytes`"),
        (object(), ["only PR602"], "a list […], found a Python `object`"),
        ((1 // zero for zero in [0]), ["only PR602"], "a list […], found a Python `generator`"),
        ([5], ["only[0] PR602"], "the name of an outcome, found `5`"),
        (["低保金", ["x"], None], ["only[1] PR602", "only[2] PR602"], "found nothing (null)"),
        (repeat("x"), ["only PR651"], "10,000"),
        (map(str, range(10_000)), [*["only PR628"] * 100, "only PR652"], "9,900 more"),
    ],
)
def test_only_of_what_is_not_there(only: Any, problems: list[str], words: str) -> None:
    """Asserts that unknown names are refused, and so is what is no list or no name in it."""
    rules = policyrules.load("example.river_city")
    with pytest.raises(policyrules.InputError) as caught:
        rules.evaluate({"household": {}}, on="2023-08-01", only=only)
    assert [f"{item.place} {item.code}" for item in caught.value.diagnostics] == problems
    assert words in str(caught.value)


def test_only_in_either_language() -> None:
    """Asserts that the outcomes may be named in Chinese, in whatever holds them, once or more."""
    rules = policyrules.load("example.river_city")
    named = ["低保金", "dibao payment"]
    for only in (named, iter(named), set(named), dict.fromkeys(named), map(Name, named)):
        result = rules.evaluate({"household": {}}, on="2023-08-01", only=only)
        assert result.keys() == (("dibao payment", "household"),)
    assert len(rules.evaluate({"household": {}}, on="2023-08-01", only=[])) == 0


class Name(str):
    """A text of a class of the caller's."""

    __slots__ = ()
