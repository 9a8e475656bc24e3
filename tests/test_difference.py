"""What changed for a case between two dates or two rulesets: every change has true causes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from agreement import WRITTEN, facts_of, product_case, ruleset_of
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Author
from strategies_cases import Drawn, by, case_of, rulesets_and_cases

from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.diagnostics import InputError
from policyrules.difference import Cause, Difference
from policyrules.ruleset import Ruleset
from policyrules.source import Source

RULES = """\
ruleset test.difference
source notice (通知)
parameter base standard (基本标准): yuan per month
    from 2022-01-01: 100
    from 2023-01-01: {standard}
    cites notice 1
parameter other standard (其他标准): yuan per month
    from 2022-01-01: 5
    from 2023-01-01: 6
    cites notice 1
input rent (房租) of household: yuan per month, at least 0
[notice 2]
benefit aid (补助) of household: yuan per month
    pays     {times}the base standard
benefit rent aid (另一补助) of household: yuan per month
    pays     rent
benefit pension (老年补贴) of person: yuan per month
    when     age is at least 60
    pays     10 yuan per month
benefit new aid (新补贴) of household: yuan per month
    valid    from 2023-03-01
    pays     the base standard
"""

OLD, NEW = "from 2022-01-01 to 2022-12-31, notice 1", "from 2023-01-01, notice 1"


def ruleset(standard: int = 110, times: str = "") -> Ruleset:
    """The sample rules."""
    text = RULES.format(standard=standard, times=times)
    return Ruleset(compile_source(Source("difference.rules", text)).program)


CASE: dict[str, Any] = {
    "household": {
        "rent": 50,
        "members": [{"birth date": "1963-01-01"}, {"birth date": "1990-01-01"}],
    }
}


def told(found: Difference) -> dict[tuple[str, str], list[str]]:
    """The causes of each change, in English."""
    return {(each.name, each.of): [said(cause) for cause in each.causes] for each in found}


def said(cause: Cause) -> str:
    """A cause in English; of a condition, that it turned."""
    return f"{cause.kind}: {cause.name.of('en') if cause.kind == 'condition' else cause}"


def test_two_dates() -> None:
    """The standard, the age and the rule that came into force; nothing that was not read."""
    assert told(ruleset().difference(CASE, "2022-06-01", "2023-06-01")) == {
        ("aid", "household"): [
            f"parameter: base standard: 100 yuan per month ({OLD}) → 110 yuan per month ({NEW})"
        ],
        ("pension", "household.members[0]"): [
            "age: age: 59 years of age → 60 years of age",
            "condition: condition now met",
        ],
        ("new aid", "household"): [
            "rule: new aid: not in force → in force",
            f"parameter: base standard: 100 yuan per month ({OLD}) → 110 yuan per month ({NEW})",
        ],
    }


def test_two_rulesets() -> None:
    """A standard that differs, a rule that reads otherwise, one that only one of them has."""
    assert told(ruleset().difference(CASE, "2023-02-01", other=ruleset(120))) == {
        ("aid", "household"): [
            f"parameter: base standard: 110 yuan per month ({NEW}) → 120 yuan per month ({NEW})"
        ],
    }
    assert told(ruleset().difference(CASE, "2023-02-01", other=ruleset(times="2 times "))) == {
        ("aid", "household"): ["rule: aid: as it was → otherwise"],
    }


def holds(found: Difference) -> None:
    """Each change has a cause, what is the same has none; both languages can be told."""
    for each in found.outcomes:
        assert bool(each.causes) is not each.same, (each.name, each.of)
        for cause in each.causes:
            assert cause.before != cause.after, cause
    for lang in ("en", "zh"):
        assert found.text(lang)  # type: ignore[arg-type]
        json.dumps(found.to_dict(lang))  # type: ignore[arg-type]


@settings(max_examples=25)
@given(rulesets_and_cases(), st.data())
def test_each_change_has_a_cause(drawn: Drawn, data: st.DataObject) -> None:
    """In random rulesets, on two dates."""
    rules = Ruleset(compile_source(Source("drawn.rules", drawn.text)).program)
    case = product_case(drawn.case, rules.program.about)
    days = st.sampled_from([date(2021, 6, 1), date(2022, 6, 1), date(2023, 8, 1), date(2024, 8, 1)])
    try:
        found = rules.difference(case, data.draw(days), data.draw(days))
    except InputError:
        return  # a value supplied on one day that the document states on the other
    holds(found)


@pytest.mark.parametrize("name", WRITTEN, ids=lambda name: name.rpartition("/")[2])
@settings(max_examples=5)
@given(data=st.data())
def test_written_rulesets(name: str, data: st.DataObject) -> None:
    """In written rulesets, between two years and between the readings of one day."""
    program, trees = ruleset_of(name)
    author = Author(by(data.draw), persons_only=program.about == "person")
    case, on = case_of(author, facts_of(program, trees), program.about)
    written = product_case(case, program.about)
    rules = Ruleset(program)
    holds(rules.difference(written, date(2022, 8, 1), on))
    assert len(rules.difference(written, on, other=rules)) == 0


def test_refuses_what_cannot_be_compared() -> None:
    """One day alone, a text that is no day, what is no ruleset."""
    rules = ruleset()
    refused: list[tuple[tuple[Any, ...], Any, str]] = [
        ((), None, "PR681"),
        (("2023-02-01",), None, "PR681"),
        (("", "2023-02-01"), None, "PR614"),
        (("2023-02-01",), 5, "PR602"),
        (("2023-02-01",), "example.river_city", "PR602"),
    ]
    for days, other, code in refused:
        with pytest.raises(InputError) as caught:
            rules.difference(CASE, *days, other=other)
        assert [problem.code for problem in caught.value.diagnostics] == [code]


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two dates or two rulesets, in sentences and as data; neither is refused."""
    file = tmp_path / "case.json"
    case = {"household": {"income": 2060, "members": [{}, {}, {}]}}
    file.write_text(json.dumps(case), encoding="utf-8")
    command = ["diff", "example.river_city", str(file)]
    dates = ["--from", "2022-08-01", "--to", "2023-08-01"]

    assert main([*command, *dates, "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "低保金（家庭）：不符合条件 → 符合条件，840元/月\n├─ 低保标准：680元/人·月" in out
    assert main([*command, *dates, "--json"]) == 0
    (change, *_) = json.loads(capsys.readouterr().out)["changed"]
    assert (change["name"], change["before"]["status"]) == ("dibao payment", "not eligible")
    assert [cause["kind"] for cause in change["causes"]] == ["parameter", "condition"]
    assert main([*command, "--with", "example.river_city", "--on", "2023-08-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changed"] == []
    assert main([*command, "--from", "2022-08-01", "--lang", "en"]) == 1
    assert "PR681" in capsys.readouterr().err
