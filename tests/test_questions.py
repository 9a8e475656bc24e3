"""What is asked next: nothing that cannot matter, and all that can; in which order and words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

import policyrules
from policyrules.compiler import compile_source
from policyrules.diagnostics import InputError
from policyrules.questions import Question
from policyrules.ruleset import Ruleset
from policyrules.source import Source

ON = "2023-08-01"
BUNDLED = (
    *("example.river_city", "cn.unnamed_city", "cn.unnamed_city.zongyang", "cn.gansu.qingyang"),
    *("cn.zhejiang.taizhou", "cn.zhejiang.taizhou.wenling", "cn.zhejiang.yiwu", "cn.chongqing"),
)

# Few enough values that every completion can be tried.
FACTS: dict[str, tuple[Any, ...]] = {
    "sick": (True, False),
    "poor": (True, False),
    "area": ("urban", "rural"),
    "rooms": (0, 1, 2, 3),
    "visits": (0, 1, 2, 3),
}
HEAD = """\
ruleset drawn (样例)
    currency yuan
source notice (通知)
    title "Notice" / "通知"
category area (所在地区) of household: urban (城市), rural (农村)
statuses of household: sick (患病), poor (困难)
input rooms (房间数) of household: whole number, at least 0, at most 3
input visits (次数) of household: whole number, at least 0, at most 3
[notice 1]
"""
TESTS = (
    *("sick", "poor", "not sick", "area is urban", "rooms is less than 2", "visits is at least 2"),
    *("rooms is less than visits", "rooms is 2", "rooms + visits is more than 4"),
    *("rooms is less than 0", "visits - visits is 0"),
)
AMOUNTS = (
    "100 yuan",
    "200 yuan",
    "rooms * 50 yuan",
    "visits * rooms * 10 yuan",
    "2 to 4 times 50 yuan",
)


def loaded(text: str) -> Ruleset:
    """A ruleset in memory."""
    return Ruleset(compile_source(Source("drawn.rules", text)).program)


def drawn(seed: int) -> str:
    """Rules with conditions that may say the same, or exclude each other."""
    choose = random.Random(seed).choice  # noqa: S311 - nothing secret

    def condition(depth: int) -> str:
        if depth == 0 or choose((True, False)):
            return choose(TESTS)
        one, two = condition(depth - 1), condition(depth - 1)
        return f"({one}) {choose(('and', 'or'))} ({two})"

    return HEAD + "".join(
        f"benefit aid {number} (补助{number}) of household: yuan, one-off\n"
        f"    when {condition(2)}\n"
        f"    case {condition(1)}: {choose(AMOUNTS)}\n"
        f"    {choose(('otherwise nothing', 'otherwise 100 yuan'))}\n"
        for number in (1, 2)
    )


def completions(given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every case that a case with gaps may turn out to be."""
    open_ = [name for name in FACTS if name not in given]
    for values in product(*(FACTS[name] for name in open_)):
        yield given | dict(zip(open_, values, strict=True))


def results(rules: Ruleset, given: dict[str, Any]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """What comes out of every completion."""
    found = {}
    for facts in completions(given):
        result = rules.evaluate({"household": facts}, on=ON)
        said = tuple((outcome.status, outcome.amount) for outcome in result.values())
        found[tuple(facts[name] for name in FACTS)] = said
    return found


def mattering(found: dict[tuple[Any, ...], tuple[Any, ...]], given: dict[str, Any]) -> set[str]:
    """The facts of which some two answers, all else being equal, make a difference."""
    return {
        name
        for place, name in enumerate(FACTS)
        if name not in given
        for case, said in found.items()
        for value in FACTS[name]
        if found[(*case[:place], value, *case[place + 1 :])] != said
    }


@pytest.mark.parametrize("seed", range(40))
def test_asks_exactly_what_can_matter(seed: int) -> None:
    """What is asked is what makes a difference in some two completions, at every step.

    In the end there is nothing to ask, and every completion gives the same.
    """
    rules = loaded(drawn(seed))
    choose = random.Random(f"answers {seed}").choice  # noqa: S311 - nothing secret
    given: dict[str, Any] = {}
    while True:
        found = results(rules, given)
        asked = rules.questions({"household": given}, on=ON)
        assert {question.name for question in asked} == mattering(found, given), given
        if not asked:
            break
        name = choose([question.name for question in asked])
        given[name] = choose(FACTS[name])
    assert len(set(found.values())) == 1


def given_after(case: dict[str, Any], question: Question, answer: Any) -> None:
    """Put an answer into a case, at the path of the question."""
    if question.of == "parameters":
        where, keys = case.setdefault("parameters", {}), question.path.split(".")[1:]
        for key in keys[:-1]:
            where = where.setdefault(key, {})
        where[keys[-1]] = answer
        return
    if question.name == "members":
        case.setdefault("household", {})["members"] = [{} for _ in range(answer)]
    elif question.of.startswith("household.members["):
        case["household"]["members"][int(question.of[18:-1])][question.name] = answer
    else:
        case.setdefault(question.of, {})[question.name] = answer


def some_answer(question: Question, choose: Any) -> Any:
    """One of the permitted answers."""
    if question.answers:
        return choose([value for value, _ in question.answers])
    if question.kind == "date":
        return choose(["1990-05-01", "2001-12-31", "2021-02-28"])
    if question.kind == "how many":
        return choose([1, 2])
    low = Fraction(0) if question.low is None else question.low
    high = low + 5000 if question.high is None else question.high
    step = Fraction(0) if not question.low_excluded else Fraction(1)
    found = choose([low + step, low + 1, low + (high - low) / 3, low + (high - low) / 2])
    return Fraction(round(found)) if question.whole else found


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.slow) if "yiwu" in name else name for name in BUNDLED],
)
def test_an_interview_settles_every_benefit(name: str) -> None:
    """Answers to one question after the other leave nothing open that an answer could settle.

    Each question has words in both languages, a rule that reads it, and outcomes that it concerns.
    """
    rules = policyrules.load(name)
    choose = random.Random(name).choice  # noqa: S311 - nothing secret
    case: dict[str, Any] = {}
    asked: set[str] = set()
    while questions := rules.questions(case, on="2024-06-01"):
        first = questions[0]
        assert first.path not in asked
        asked.add(first.path)
        for question in questions:
            assert all((question.asks.en, question.asks.zh, question.to_dict()))
            assert all((question.concerns, question.read_by)), question.path
            assert question.why("en") != question.why("zh")
        given_after(case, first, some_answer(first, choose))
    for outcome in rules.evaluate(case, on="2024-06-01").values():
        if outcome.what == "benefit":
            assert outcome.status not in ("undetermined", "not stated"), outcome
            assert outcome.amount is None or outcome.amount.basis in ("exact", "discretion")


def test_members_are_asked_for_before_their_facts() -> None:
    """Nobody is asked about a member of whom it is not known that there is one."""
    rules = policyrules.load("example.river_city")
    paths = [question.path for question in rules.questions({}, on=ON)]

    assert paths[0] == "household.members"
    assert not any(path.startswith("household.members[") for path in paths)


@pytest.mark.parametrize("income", [600, 2050, 2200, 2900, 9000, 60000])
def test_however_many_members_it_takes(income: int) -> None:
    """The members are asked for where only a household of many would be entitled."""
    rules = policyrules.load("example.river_city")
    case = {"household": {"income": income}}
    asked = rules.questions(case, on=ON, benefits=["dibao payment"])
    assert [question.path for question in asked] == ["household.members"]


def test_however_many_records_it_takes() -> None:
    """A list is asked for where only many records would make a difference."""
    text = """ruleset many (M / 多)
source n (文)
    title "N" / "通"
list claims (报销记录) of household: cost (费用) in yuan
[n 1]
benefit aid (救助) of household: yuan, one-off
    when number of claims is at least 20
    pays 10 yuan
"""
    rules = Ruleset(compile_source(Source("", text)).program)
    assert [question.path for question in rules.questions({}, on=ON)] == ["household.claims"]


def test_the_order_is_that_of_what_answers_settle() -> None:
    """What settles more outcomes comes first; what settles alike, in the order of the inputs."""
    rules = policyrules.load("example.river_city")
    questions = rules.questions({"household": {"members": [{}]}}, on=ON)
    settles = [question.settles for question in questions]

    assert settles == sorted(settles, reverse=True)
    assert questions[0].name == "disaster hardship"
    assert len(questions[0].concerns) == 3


def test_what_is_not_of_interest_is_not_asked() -> None:
    """Only facts that the benefits asked for turn on."""
    rules = policyrules.load("example.river_city")
    case = {"household": {"members": [{}, {}]}}
    asked = rules.questions(case, on=ON, benefits=["低保金"])

    assert [question.path for question in asked] == ["household.income"]
    assert asked[0].concerns == (("dibao payment", "household"),)
    assert asked[0].text("zh") == "您家每月总收入是多少元？"


def test_what_nobody_knows_is_left_out() -> None:
    """A question that was declined does not come back, those that still matter do."""
    rules = policyrules.load("example.river_city")
    case = {"household": {"members": [{}]}}
    before = {question.path for question in rules.questions(case, on=ON)}
    unknown = "household.members[0].cause of stay"
    after = {question.path for question in rules.questions(case, on=ON, unknown=[unknown])}

    assert before - after == {unknown}


def test_refuses_what_is_no_name_or_path() -> None:
    """An unknown benefit and an unknown path are problems of input."""
    rules = policyrules.load("example.river_city")
    with pytest.raises(InputError) as no_benefit:
        rules.questions({}, on=ON, benefits=["dibo payment"])
    assert [found.code for found in no_benefit.value.diagnostics] == ["PR628"]
    for path in ("household.nothing", "income", "household.members[0].income", "parameters.x"):
        with pytest.raises(InputError) as no_path:
            rules.questions({}, on=ON, unknown=[path])
        assert [found.code for found in no_path.value.diagnostics] == ["PR660"]


@pytest.mark.parametrize("unknown", ["household.income", [5], 7])
def test_what_is_unknown_is_a_list_of_paths(unknown: Any) -> None:
    """A path alone is not taken letter by letter, and a number is no path."""
    with pytest.raises(InputError) as caught:
        policyrules.load("example.river_city").questions({}, on=ON, unknown=unknown)
    assert [problem.code for problem in caught.value.diagnostics] == ["PR602"]


def test_members_of_whom_the_same_is_known_are_asked_alike() -> None:
    """Of fifty members each gets the questions of the first."""
    rules = policyrules.load("cn.gansu.qingyang")
    one, fifty = (
        rules.questions({"household": {"members": [{} for _ in range(count)]}}, on=ON)
        for count in (1, 50)
    )
    of_last = [q.name for q in fifty if q.of == "household.members[49]"]

    assert sorted(of_last) == sorted(q.name for q in one if q.of == "household.members[0]")


def test_a_figure_that_is_not_stated_is_asked_for_last() -> None:
    """Officials know it; it is asked under its name, after the facts of the case."""
    rules = policyrules.load("cn.zhejiang.taizhou")
    case = {"household": {"income": 500, "members": [{"tekun": False}]}}
    (question,) = rules.questions(case, on="2024-06-01")

    assert (question.path, question.kind) == ("parameters.dibao standard", "amount")
    assert question.text("zh") == "低保标准是多少（单位：元/人·月）？"
