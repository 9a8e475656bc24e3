"""Awards beside the range that the rules grant: which bound, what instead, whatever is missing."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from agreement import product_case
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import Author
from strategies_cases import Drawn, by, filled, rulesets_and_cases

from policyrules import load
from policyrules.award import AwardCheck
from policyrules.backends.awards import judge
from policyrules.backends.scalar import Evaluator
from policyrules.case import CaseReader
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.diagnostics import InputError
from policyrules.ruleset import Ruleset
from policyrules.source import Source

ON = "2023-08-01"
NONE = {"urgent hardship": False, "disaster hardship": False}
CLEAR = {"household": {"sudden hardship": True, **NONE}}
FLOOD_UNKNOWN = {"household": {"sudden hardship": True, "urgent hardship": False}}

RULES = """\
ruleset test.award
source notice (通知)
parameter base rate (救助基准): yuan per person per month
    from 2023-01-01: 333
    cites notice 1
input rooms (房间数) of household: number, at least 1, at most 4
input fire (火灾) of household: yes or no
input cost (费用) of person: yuan, at least 0
[notice 2]
benefit relief (救助金) of household: yuan, one-off
    pays     rooms × (2 to 10 times the base rate)
    counted  for 1 person, 1 month
    rounded  half up to 50 yuan
benefit gift (慰问金) of household: yuan, one-off
    pays     at least 200 yuan
benefit aid (补助) of person: yuan, one-off
    when     cost is more than 100 yuan
    pays     50% to 80% of cost
benefit grace gift (照顾) of household: yuan, one-off
    decided  by "the township" / "乡镇"
    pays     case by case
benefit hardship aid (困难补助) of household: yuan, one-off
    case     any of: fire, rooms is more than 2 and others: 300 to 2000 yuan
    otherwise 100 to 500 yuan
benefit further aid (追加补助) of household: yuan, one-off
    case     fire: case by case
    case     any of: rooms is more than 3 and others: case by case
    otherwise 100 to 500 yuan
"""


def rules() -> Ruleset:
    """The sample rules."""
    return Ruleset(compile_source(Source("award.rules", RULES)).program)


def relief(amount: object, case: Any = CLEAR) -> AwardCheck:
    """The check of an award of temporary relief in River City."""
    return load("example.river_city").check_award("temporary relief", case, amount, ON)


def said(found: AwardCheck) -> tuple[str, str | None, Fraction | None]:
    """Verdict, position and nearest lawful amount."""
    return found.verdict, found.position, found.nearest


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("1399.99", ("unlawful", "below", 1400)),
        ("1400 yuan", ("lawful", "within", 1400)),
        ("3000元", ("lawful", "within", 3000)),
        (7000, ("lawful", "within", 7000)),
        (Fraction(700001, 100), ("unlawful", "above", 7000)),
        (0, ("unlawful", "below", 1400)),
        (-1, ("unlawful", "below", 1400)),
    ],
)
def test_both_ends_are_lawful(amount: object, expected: object) -> None:
    """The range is closed; a fen outside names the bound and what could be awarded."""
    assert said(relief(amount)) == expected


def test_the_bound_is_told_with_its_clause_standard_and_date() -> None:
    """The sentence has the bound; the lines below say where it comes from and who decides."""
    found = relief("8000 yuan")
    chinese = found.text("zh")

    assert str(found).splitlines()[:3] == [
        "temporary relief, award of 8,000 yuan: not lawful, above the upper bound of 7,000 yuan",
        "├─ nearest lawful amount: 7,000 yuan",
        "├─ under: notice 4",
    ]
    assert "dibao standard: 700 yuan per person per month (from 2023-01-01, notice 2)" in str(found)
    assert "临时救助，拟给予8,000元：不符合规定，高于上限7,000元" in chinese
    assert "裁量：由乡镇（街道）根据困难类型、困难程度等因素确定" in chinese


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (1399, ("unlawful", "below", 2800)),
        (1400, ("depends", None, 2800)),
        (2799, ("depends", None, 2800)),
        (2800, ("lawful", "within", 2800)),
        (7000, ("lawful", "within", 7000)),
        (7001, ("depends", None, 7000)),
        (8401, ("unlawful", "above", 7000)),
    ],
)
def test_an_open_exception(amount: int, expected: object) -> None:
    """2 to 10 or 4 to 12 times: lawful in both, in one, in none."""
    found = relief(amount, FLOOD_UNKNOWN)

    assert said(found) == expected
    assert found.to_dict()["outcome"]["needs"] == ["household.disaster hardship"]  # type: ignore[index]
    if expected[0] == "depends":  # type: ignore[index]
        assert "无论尚缺的信息如何均符合规定的数额：2,800元至7,000元" in found.text("zh")


def test_nothing_is_due() -> None:
    """An award of what is not due is unlawful; so is one that may not be due dependent on that."""
    nothing = {"household": {"sudden hardship": False, **NONE}}
    assert said(relief(3000, nothing)) == ("unlawful", "not due", None)
    assert said(relief(3000, {"household": {**NONE}})) == ("depends", None, None)
    assert said(relief(9999, {"household": {**NONE}})) == ("unlawful", None, None)


def test_a_missing_number_has_amounts_that_are_lawful_anyway() -> None:
    """1 to 4 times 666 to 3,330, rounded inward to 50: at least 2,700 and at most 3,300."""

    def found(amount: int, **facts: object) -> tuple[str, str | None, Fraction | None]:
        return said(rules().check_award("relief", {"household": facts}, amount, ON))

    assert found(2699) == ("depends", None, 2700)
    assert found(2700) == ("lawful", "within", 2700)
    assert found(3300) == ("lawful", "within", 3300)
    assert found(3301) == ("depends", None, 3300)
    assert found(13321) == ("unlawful", "above", 3300)
    assert found(699, rooms=1) == ("unlawful", "below", 700)
    for rooms in (1, 2, 3, 4):
        assert found(2700, rooms=rooms)[0] == found(3300, rooms=rooms)[0] == "lawful"


def test_what_the_rules_leave_open() -> None:
    """Without an upper bound everything from the lower one on; case by case is nobody's bound."""

    def found(benefit: str, amount: int) -> tuple[str, str | None, Fraction | None]:
        return said(rules().check_award(benefit, {"household": {}}, amount, ON))

    assert found("gift", 199) == ("unlawful", "below", 200)
    assert found("慰问金", 10**9) == ("lawful", "within", 10**9)
    assert found("grace gift", 5) == ("open", None, None)


def test_what_is_left_to_people_is_not_called_missing() -> None:
    """Nothing can be asked for: an open list, a case that a person decides; with a gap there is."""

    def found(benefit: str, **facts: object) -> AwardCheck:
        case = {"household": {"rooms": 1, **facts}}
        return rules().check_award(benefit, case, 1000, ON)

    listed = found("hardship aid", fire=False)
    assert (said(listed), listed.needs) == (("depends", None, 500), ())
    assert str(listed).splitlines()[:3] == [
        "hardship aid, award of 1,000 yuan: lawful or not depending on what is left to be decided",
        "├─ lawful whatever is decided: 300 to 500 yuan",
        "├─ nearest lawful amount: 500 yuan",
    ]
    assert listed.text("zh").splitlines()[:2] == [
        "困难补助，拟给予1,000元：是否符合规定，取决于尚待认定的事项",
        "├─ 无论如何认定均符合规定的数额：300元至500元",
    ]
    by_case = found("further aid", fire=False)
    assert (by_case.verdict, by_case.needs) == ("depends", ())
    assert "depending on what is left to be decided" in by_case.verdict_text()
    gap = found("hardship aid")
    assert (gap.verdict, gap.needs) == ("depends", ("household.fire",))
    assert "depending on what is missing" in gap.verdict_text()
    assert "lawful whatever is missing: 300 to 500 yuan" in str(gap)
    assert "取决于尚缺的信息" in gap.verdict_text("zh")


def test_an_exact_payment() -> None:
    """Where nothing is left to discretion, only what is due is lawful."""
    case = {"household": {"income": 1200, "members": [{}, {}, {}]}}
    river = load("example.river_city")
    less = river.check_award("dibao payment", case, "800 yuan per month", ON)

    assert said(less) == ("unlawful", "below", 900)
    assert "低于应给予的900元/月" in less.text("zh")
    assert said(river.check_award("dibao payment", case, 900, ON)) == ("lawful", "within", 900)


def test_of_one_member() -> None:
    """The subject is named as in results; without it the message says which there are."""
    case = {"household": {"members": [{"cost": 1000}, {"cost": 50}]}}
    first, second = (("aid", f"household.members[{n}]") for n in (0, 1))

    assert said(rules().check_award(first, case, 800, ON)) == ("lawful", "within", 800)
    assert said(rules().check_award(second, case, 30, ON)) == ("unlawful", "not due", None)
    with pytest.raises(InputError, match="benefit: PR632"):
        rules().check_award("aid", case, 800, ON)
    with pytest.raises(InputError, match="benefit: PR629"):
        rules().check_award(("aid", "member 1"), case, 800, ON)


def test_all_problems_at_once() -> None:
    """The amount, the name and the case are refused together, with their places."""
    with pytest.raises(InputError) as error:
        relief(0.5, {"household": {"sudden hardship": 3}})
    places = [(found.code, found.place) for found in error.value.diagnostics]

    assert places == [("PR607", "amount"), ("PR602", "household.sudden hardship")]
    for benefit, code in (
        ("income per head", "PR636"),
        ("relieve", "PR628"),
        (5, "PR602"),
        (["x"], "PR602"),
    ):
        with pytest.raises(InputError) as error:
            load("example.river_city").check_award(benefit, CLEAR, 5, ON)  # type: ignore[arg-type]
        (found,) = error.value.diagnostics
        assert (found.code, str(found.place)[:7]) == (code, "benefit")
    for amount in (None, "many", "5 yuan per month", float("nan"), True, "9" * 70):
        with pytest.raises(InputError):
            relief(amount)


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 1 for what is unlawful, 0 for what is lawful or depends; JSON as data."""
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CLEAR), encoding="utf-8")
    asked = ["award", "example.river_city", str(file), "temporary relief"]

    assert main([*asked, "8000", "--on", ON, "--lang", "zh"]) == 1
    assert capsys.readouterr().out.startswith("临时救助，拟给予8,000元：不符合规定")
    assert main([*asked, "3000元", "--on", ON, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["verdict"], data["award"], data["unit"]) == ("lawful", "3000", "yuan")
    assert data["lawful"] == {"low": "1400", "high": "7000"}
    assert main([*asked, "much", "--on", ON, "--lang", "en"]) == 1
    assert "amount" in capsys.readouterr().err
    assert main([*asked, "许多", "--on", ON, "--lang", "zh"]) == 1
    assert "拟给予的数额" in capsys.readouterr().err


def decided(text: str) -> str:
    """A random ruleset whose ranges are decided in steps, and from some amount on by others."""
    found = []
    for block in re.split(r"^(?=\S)", text, flags=re.MULTILINE):
        header, lines = re.match(r"benefit .*: yuan( per \w+)?.*\n", block), ""
        if header and " to 10 times" in block:
            of = header[1] or ""
            lines = (
                "    decided in steps of 70 yuan\n"
                f'    above 350 yuan{of} decided by "the county"\n'
                f'    at least 1400 yuan{of} decided by "the city"\n'
            )
        place = header.end() if header else 0
        found.append(block[:place] + lines + block[place:])
    return "".join(found)


@given(rulesets_and_cases(), st.data())
def test_a_verdict_holds_however_the_gaps_are_filled(drawn: Drawn, data: st.DataObject) -> None:
    """Lawful stays lawful and unlawful unlawful, at both ends of what may be granted and beyond.

    Who decides in the end was named before, and what is lawful anyway is lawful in the end.
    """
    author = Author(by(data.draw), persons_only=False)
    program = compile_source(Source("drawn.rules", decided(drawn.text))).program
    reader, evaluator = CaseReader(program), Evaluator(program)
    partly, complete = (
        reader.read(product_case(case, program.about), drawn.on)
        for case in (drawn.case, filled(author, drawn, frozenset()))
    )
    benefits = {item.name for item in program.definitions if item.what == "benefit"}
    found = {key: out for key, out in evaluator.outcomes(partly).items() if key[0] in benefits}
    assume(found)
    name, member = data.draw(st.sampled_from(sorted(found, key=str)))
    least = judge(program, partly, name, member, Fraction(0))
    outcome = found[name, member]
    lawful = (least.lawful.least, least.lawful.most) if least.lawful else ()
    ends = {outcome.low, outcome.high, *lawful} - {None}

    for end in sorted(ends):
        for amount in (end - Fraction(1, 100), end, end + Fraction(1, 100), end // 70 * 70):
            before = judge(program, partly, name, member, amount)
            after = judge(program, complete, name, member, amount)
            if before.verdict in ("lawful", "unlawful"):
                assert after.verdict == before.verdict, (name, member, amount)
            if after.verdict in ("lawful", "open"):
                assert set(after.deciders) <= set(before.deciders), (name, member, amount)
