"""Lists in a case: how records are written, what is refused, what is asked for."""

from typing import Any

import pytest

from policyrules.checks import examine
from policyrules.compiler import compile_source
from policyrules.diagnostics import InputError
from policyrules.results import Result
from policyrules.ruleset import Ruleset
from policyrules.source import Source

RULES = """\
ruleset test.lists
source notice (通知)
[notice 1]
list claims (报销记录) of person: cost (费用) in yuan, at least 0; visited (就诊日期) in date
list bills (账单) of household: bill (账单金额) in yuan, at least 0
define spent (支出) of person: yuan
    the sum of cost over claims
define owed (应付) of household: yuan
    the sum of bill over bills
"""


def ruleset() -> Ruleset:
    """The sample rules."""
    return Ruleset(compile_source(Source("lists.rules", RULES)).program)


def evaluate(household: dict[str, Any]) -> Result:
    """The outcomes for a household on some day."""
    return ruleset().evaluate({"household": household}, "2023-08-15")


def refused(household: dict[str, Any]) -> list[tuple[str, str]]:
    """The paths and codes of what is wrong with a case."""
    with pytest.raises(InputError) as error:
        evaluate(household)
    return [(str(found.place), found.code) for found in error.value.diagnostics]


def test_records_are_read_in_either_language() -> None:
    """Names of the list and of its fields work in both languages, with and without units."""
    members = [{"claims": [{"cost": "100 yuan"}]}, {"报销记录": [{"费用": 5}, {"费用": "2元"}]}]
    result = evaluate({"members": members})

    assert result["spent", "household.members[0]"].amount.exact == 100
    assert result["spent", "household.members[1]"].amount.exact == 7


def test_a_record_of_one_field_may_be_its_value() -> None:
    """A list with a single field takes plain values."""
    assert evaluate({"bills": [5, "6 yuan"]})["owed"].amount.exact == 11


def test_an_empty_list_is_no_unknown_list() -> None:
    """`[]` adds up to 0; a list left out, or null, is asked for."""
    assert evaluate({"bills": []})["owed"].amount.exact == 0
    for household in ({}, {"bills": None}):
        owed = evaluate(household)["owed"]
        assert (owed.status, owed.amount.high, owed.needs) == (
            "undetermined",
            None,
            ("household.bills",),
        )


def test_what_a_record_leaves_out_is_asked_for() -> None:
    """A missing field is named with its place in the case, records in their order."""
    claims = [{"cost": 1}, {}, {"cost": None}, None]
    spent = evaluate({"members": [{"claims": claims}]})["spent"]

    assert spent.amount.low == 1
    assert spent.needs == tuple(f"household.members[0].claims[{i}].cost" for i in (1, 2, 3))


def test_wrong_records_are_refused_with_their_place() -> None:
    """No list, an unknown or repeated field, a figure outside its domain, a list of another."""
    assert refused({"bills": 5}) == [("household.bills", "PR602")]
    assert refused({"bills": [{"sum": 5}]}) == [("household.bills[0].sum", "PR640")]
    assert refused({"bills": [{"bill": 5, "账单金额": 5}]}) == [
        ("household.bills[0].账单金额", "PR606")
    ]
    assert refused({"bills": [1, -1]}) == [("household.bills[1].bill", "PR611")]
    assert refused({"bill": 5}) == [("household.bill", "PR604")]
    assert refused({"claims": []}) == [("household.claims", "PR605")]
    assert refused({"bills": [1], "账单": [2]}) == [("household.账单", "PR606")]


def test_a_list_is_described_with_its_fields() -> None:
    """`describe` tells of which list an input is a field."""
    inputs = ruleset().describe()["inputs"]
    assert isinstance(inputs, list)
    fields = {entry["name"]: entry["list"]["name"] for entry in inputs if "list" in entry}

    assert fields == {"cost": "claims", "visited": "claims", "bill": "bills"}


def test_reasons_name_the_records() -> None:
    """An explanation says what each record adds, in both languages."""
    result = evaluate({"bills": [5, 6, None]})

    assert "bill of the bills (5 + 6 + not bounded above)" in str(result["owed"].explain("en"))
    assert "各条账单的账单金额（5 + 6 + 上限不明）" in str(result["owed"].explain("zh"))
    assert "the bills" in str(evaluate({})["owed"].explain("en"))


def test_exceptions_about_records_are_not_searched_for_conflicts() -> None:
    """`check` makes up no records, so exceptions that read a list pass without a warning."""
    rules = RULES + "".join(
        f'exception "{title}" to spent\n    when number of claims is at least {least}\n    5 yuan\n'
        for title, least in (("few", 1), ("many", 2))
    )
    compiled = compile_source(Source("lists.rules", rules))

    assert examine(compiled, examples=False).diagnostics == compiled.warnings
