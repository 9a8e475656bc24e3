"""What would change a decision: the smallest change of each fact, beside trying every value."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from agreement import product_case
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies_cases import Drawn, rulesets_and_cases

from policyrules.backends import nearest
from policyrules.backends.nearest import Grid, Place, Question, changed
from policyrules.backends.scalar import Evaluator
from policyrules.case import CaseReader
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.counterfactual import WhatIf
from policyrules.counterfactual_search import _stated
from policyrules.counterfactual_steps import grid_of
from policyrules.diagnostics import InputError
from policyrules.ir.facts import Facts, Value
from policyrules.ir.nodes import Input
from policyrules.ruleset import Ruleset
from policyrules.source import Source

ON = "2023-08-01"
HEAD = """\
ruleset test.what_if
source notice (通知)
[notice 1]
"""


def asked(text: str, case: Any, benefit: Any = "aid", on: str = ON) -> WhatIf:
    """What would change a benefit of a ruleset."""
    program = compile_source(Source("what_if.rules", HEAD + text)).program
    return Ruleset(program).what_if(case, benefit, on)


def told(found: WhatIf) -> list[tuple[str, str, object, object]]:
    """Path, effect, the new value and the difference of each change."""
    return [(each.path, each.effect, each.after, each.difference) for each in found]


STRICT = """\
input income (收入) of household: yuan per month, at least 0
define income per head (人均收入) of household: yuan per person per month
    income / number of members
benefit aid (补助) of household: yuan per month
    when     income per head is {word} 455 yuan per person per month
    pays     for each member: 500 yuan per month - income per head
"""


@pytest.mark.parametrize(
    ("word", "after", "less"),
    [("less than", Fraction("1364.99"), "135.01"), ("at most", Fraction(1365), "135")],
)
def test_the_right_side_of_a_threshold(word: str, after: Fraction, less: str) -> None:
    """Three persons, 45 yuan a head above: a fen beyond a strict threshold, on an inclusive one."""
    case = {"household": {"income": 1500, "members": [{}, {}, {}]}}
    found = asked(STRICT.format(word=word), case)
    (change,) = found

    assert told(found) == [("household.income", "eligibility", after, after - 1500)]
    assert (change.outcome_before.status, change.outcome.status) == ("not eligible", "eligible")
    assert str(change).startswith(f"income {less} yuan less (")
    assert change.text("zh").startswith(f"收入减少{less}元（")


# --- beside trying every value ------------------------------------------------------------------

NEAR = 40


def small_grid(grid: Grid, now: Value, step: Fraction) -> Grid:
    """A few hundred of the values around that of a fact."""
    assert isinstance(now, Fraction | int)
    size = Fraction(1) if grid.days else step
    middle = now // size
    first = max(-(-grid.first * grid.step // size), middle - NEAR)
    last = min(grid.last * grid.step // size, middle + NEAR)
    return Grid(size, int(first), int(last), days=grid.days)


def by_trying(
    question: Question, place: Place, grid: Grid, *, up: bool
) -> tuple[Value | None, Value | None]:
    """The nearest value that changes whether the benefit is due, and that changes the band."""
    facts, base = question.facts, question.reading(question.facts)
    now = nearest.fact_at(facts, place)
    numbers = range(grid.first, grid.last + 1)
    values: list[Value] = [number if grid.days else number * grid.step for number in numbers]
    turned: Value | None = None
    other: Value | None = None
    for value in values if up else reversed(values):
        if (value <= now) if up else (value >= now):  # type: ignore[operator]
            continue
        reading = question.reading(changed(facts, place, value))
        assert base is not None
        assert reading is not None
        if turned is None and is_turned(base.due, due_of(question, changed(facts, place, value))):
            turned = value
        if other is None and reading.ways != base.ways:
            other = value
    return turned, other


def due_of(question: Question, facts: Facts) -> str:
    """Whether a benefit is due, from its outcome: what is open may be not due in any case."""
    paths = Evaluator(question.program).paths(facts, question.name, question.member)
    found = {path.status for path in paths}
    if found <= {"eligible", "not stated"}:
        return "due"
    return "not due" if found <= {"not eligible", "not in force"} else "open"


def is_turned(before: str, after: str) -> bool:
    """Whether a benefit is due that was not, or the other way round."""
    return after not in (before, "open")


def agrees(question: Question, places: list[tuple[Place, Input]], step: Fraction) -> None:
    """Some stated facts of a case, each searched among some values and tried one by one."""
    facts = question.facts
    base = question.reading(facts)
    assert base is not None
    assert base.due == due_of(question, facts)
    for place, declared in places:
        grid = grid_of(declared, facts.on)
        now = nearest.fact_at(facts, place)
        if grid is None or now == nearest.operators.NEVER:
            continue
        few = small_grid(grid, now, step)
        for up in (False, True):
            found = question.search(
                place,
                few,
                (
                    lambda reading: not is_turned(base.due, reading.due),
                    lambda reading: reading.ways == base.ways,
                ),
                up=up,
            )
            values = tuple(
                each.turned and nearest.value_at(now, few, each.turned, facts.on, up=up)
                for each in found
            )
            assert values == by_trying(question, place, few, up=up), (place, up)


@settings(max_examples=10)
@given(rulesets_and_cases(), st.data())
def test_random_rulesets(drawn: Drawn, data: st.DataObject) -> None:
    """What is found is the first of all values, in coarse steps and in fine ones, with gaps."""
    program = compile_source(Source("drawn.rules", drawn.text)).program
    facts = CaseReader(program).read(product_case(drawn.case, program.about), drawn.on)
    benefits = [item for item in program.definitions if item.what == "benefit"]
    everyone: tuple[int | None, ...] = tuple(range(len(facts.members or ())))
    subjects = [
        (item.name, member)
        for item in benefits
        for member in (everyone if item.subject == "person" else (None,))
    ]
    assume(subjects)
    name, member = data.draw(st.sampled_from(subjects))
    step = data.draw(st.sampled_from([Fraction(1, 100), Fraction(1), Fraction(7), Fraction(100)]))
    places = list(_stated(program, facts, name))
    assume(places)

    agrees(Question(program, facts, name, member), [data.draw(st.sampled_from(places))], step)


# --- through the interface ------------------------------------------------------------------------


def test_only_benefits() -> None:
    """A figure is never due; the message names the benefits."""
    with pytest.raises(InputError) as error:
        asked(STRICT.format(word="at most"), {"household": {}}, "income per head")
    (found,) = error.value.diagnostics

    assert found.code == "PR680"
    assert "`aid`" in str(found)
    with pytest.raises(InputError, match="PR628"):
        asked(STRICT.format(word="at most"), {"household": {}}, "aids")


def test_a_band_with_the_same_outcome_is_told_as_such() -> None:
    """Where a figure only comes about in another way, the sentence promises no change."""
    text = """ruleset bands (B / 段)
source n (文)
    title "N" / "通"
input cost (费用) of household: yuan, at least 0
[n 1]
benefit aid (救助) of household: yuan, one-off
    pays the lower of cost and 150 yuan
    limits up to 100 yuan
"""
    rules = Ruleset(compile_source(Source("", text)).program)
    said = rules.what_if({"on": ON, "household": {"cost": 300, "members": [{}]}}, "aid")
    assert said.text("en").endswith(
        "- cost 150 yuan less (150 instead of 300 yuan): "
        "still eligible, 100 yuan, but worked out differently from there on"
    )
    assert "仍为符合条件，100元，但此后计算方式不同" in said.text("zh")


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In sentences and as data; of one member by their path."""
    file = tmp_path / "case.json"
    case = {"household": {"income": 2235, "members": [{}, {}, {}]}}
    file.write_text(json.dumps(case), encoding="utf-8")
    command = ["what-if", "example.river_city", str(file), "dibao payment", "--on", ON]

    assert main([*command, "--lang", "zh"]) == 0
    heading, line = capsys.readouterr().out.splitlines()
    assert heading == "低保金（家庭）：不符合条件"
    assert line.startswith("- 家庭月收入减少135.01元（2,099.99元/月，原为2,235元/月）：不符合条件")
    assert main([*command, "--json"]) == 0
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert (change["after"], change["difference"], change["unit"]) == (
        "2099.99",
        "-135.01",
        "yuan/month",
    )
    assert main([*command, "--of", "household.members[3]", "--lang", "en"]) == 1
    assert "error[PR629]: --of: " in capsys.readouterr().err
