"""The interview: in the terminal and from a pipe, with its ways out, back and aside."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import policyrules
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.diagnostics import InputError
from policyrules.interview import Interview
from policyrules.ruleset import Ruleset
from policyrules.source import Source

ON = "2023-08-01"
BUNDLED = (
    *("example.river_city", "cn.unnamed_city", "cn.unnamed_city.zongyang", "cn.gansu.qingyang"),
    *("cn.zhejiang.taizhou", "cn.zhejiang.taizhou.wenling", "cn.chongqing"),
)
WITH_LIST = """\
ruleset listed (样例)
    currency yuan
source notice (通知)
    title "Notice" / "通知"
list claims (报销记录) of person:
    fee (报销费用) in yuan, at least 0
[notice 1]
benefit aid (补助) of person: yuan
    pays for each of claims: 80% of fee
"""


def led(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answers: str,
    *arguments: str,
) -> tuple[int, str, str]:
    """What an interview with these lines prints, and its status."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
    status = main(["ask", *arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def case_in(printed: str) -> dict[str, Any]:
    """The case at the end of what was printed."""
    found: dict[str, Any] = json.loads(printed[printed.index("\n{\n") :])
    return found


def test_what_was_declined_and_then_answered_leaves_nothing_open(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The end of an interview tells of the result, not of the way to it."""
    status, out, _ = led(monkeypatch, capsys, "-\nback\n3\n5000\n", *RIVER, "--lang", "en")
    assert status == 0
    assert "No answer can change the result any more." in out
    assert "leaves the result open" not in out


@pytest.mark.parametrize("command", [["ask"], ["eval", "-"]])
def test_without_a_standard_input(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A standard input that is closed has nothing to say."""
    monkeypatch.setattr(sys, "stdin", None)
    name, *case = command
    status = main([name, "example.river_city", *case, "--on", ON, "--lang", "en"])
    printed = capsys.readouterr()
    assert status == (1 if case else 0)
    assert ("PR601" in printed.err) is bool(case)


RIVER = ("example.river_city", "--on", ON, "--benefit", "低保金")


def test_ends_with_result_reasons_and_a_case(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The case that an interview ends with gives the same result where it is evaluated."""
    status, out, _ = led(monkeypatch, capsys, "3\n1200元/月\n", *RIVER, "--lang", "zh")

    assert status == 0
    assert "1. 家庭共有几口人？  [不低于1人且不超过100人]" in out
    assert "2. 您家每月总收入是多少元？  [不低于0元/月]" in out
    assert "已无须再问" in out
    assert "低保金：900元/月（符合条件）\n├─ 依据：通知 三" in out
    case = case_in(out)
    assert case == {"on": ON, "household": {"members": [{}, {}, {}], "income": "1200元/月"}}
    found = policyrules.load("example.river_city").evaluate(case)
    assert found["dibao payment"].text("zh") == "900元/月"


def test_why_back_unknown_and_wrong_answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every way aside leads back to a question."""
    answers = "back\n?\n\nthree\n0\n2\nback\n3\n12 persons\n-\n"
    status, out, _ = led(monkeypatch, capsys, answers, *RIVER, "--lang", "en")

    assert status == 0
    assert "this is the first question" in out
    assert (
        "it can change: dibao payment; "
        "read by: income per head (notice 2), dibao payment (notice 3)" in out
    )
    assert "answer, or write - if you don't know" in out
    assert "cannot read `three` as a number" in out
    assert out.count("1. How many persons") == 7
    assert "Nothing else can be asked" in out
    assert "needs: income" in out
    assert case_in(out)["household"] == {"members": [{}, {}, {}]}


def test_answers_by_name_and_by_number(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A permitted answer is taken in either language or by its number, in any interview."""
    wanted = ("example.river_city", "--on", ON, "--benefit", "temporary relief", "--lang", "en")
    for yes in ("1", "yes", "YES", "是"):
        status, out, _ = led(monkeypatch, capsys, f"2\n{yes}\n", *wanted)
        assert status == 0
        assert case_in(out)["household"] == {"disaster hardship": False, "sudden hardship": True}


def test_the_end_of_the_input_ends_the_interview(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is known then is evaluated; `end` does the same."""
    for answers in ("", "end\n", "结束\n"):
        status, out, _ = led(monkeypatch, capsys, answers, *RIVER, "--lang", "en")
        assert status == 0
        assert "The interview was ended" in out
        assert case_in(out) == {"on": ON}


def test_starts_from_a_case_and_writes_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the case says is not asked; the new file holds all, and is never overwritten."""
    start, out_file = tmp_path / "start.json", tmp_path / "out.json"
    given = {"on": ON, "household": {"家庭月收入": 800.5, "members": None}}
    start.write_text(json.dumps(given), encoding="utf-8")
    arguments = ("example.river_city", "--benefit", "低保金", "--lang", "en")
    files = ("--case", str(start), "--out", str(out_file))
    status, out, _ = led(monkeypatch, capsys, "2\n", *arguments, *files)

    assert status == 0
    assert f"The case is in {out_file}" in out
    written = json.loads(out_file.read_text(encoding="utf-8"))
    assert written["household"] == {"家庭月收入": "800.5", "members": [{}, {}]}
    assert main(["eval", "example.river_city", str(out_file)]) == 0
    capsys.readouterr()
    before = out_file.read_bytes()
    status, out, err = led(monkeypatch, capsys, "2\n", *arguments, *files)
    assert (status, out) == (1, "")
    assert "error[PR661]" in err
    assert out_file.read_bytes() == before
    status, out, err = led(
        monkeypatch, capsys, "2\n", *arguments, "--case", str(start), "--out", str(tmp_path / "a/b")
    )
    assert (status, out) == (1, "")
    assert "error[PR662]" in err
    assert "there is no such folder" in err


def test_a_case_that_cannot_be_written_in_the_end_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was answered is not lost, though somebody else has taken the name of the file."""
    file = tmp_path / "out.json"

    def answers() -> Iterator[str]:
        file.write_text("mine", encoding="utf-8")
        yield from ("3\n", "1200\n")

    lines = answers()
    typed = io.StringIO()
    monkeypatch.setattr(typed, "readline", lambda _: next(lines, ""))
    monkeypatch.setattr(sys, "stdin", typed)
    status = main(["ask", *RIVER, "--out", str(file), "--lang", "en"])
    printed = capsys.readouterr()

    assert status == 1
    assert "error[PR661]" in printed.err
    assert case_in(printed.out)["household"] == {"members": [{}, {}, {}], "income": "1200"}
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("persons", ["3口", "3口人", "三口人", "3 个人", "3人。", "3 people", "3."])
@pytest.mark.parametrize(
    "income", ["1200元", "¥1200", "1,200 yuan", "14400元/年", "壹仟贰佰元整。"]
)
def test_answers_as_people_give_them(persons: str, income: str) -> None:
    """The question says how many of whom and per which period; the answer need not repeat it."""
    interview = Interview(policyrules.load("example.river_city"), ON, ("dibao payment",))
    interview.answer(persons)
    interview.answer(income)

    assert interview.question is None
    assert interview.result["dibao payment"].text("zh") == "900元/月"


@pytest.mark.parametrize("answer", ["口", "人", "3口之家", "两三口", ".", "3口人口"])
def test_no_number_of_persons(answer: str) -> None:
    """What counts nothing, or leaves open how many, is refused."""
    interview = Interview(policyrules.load("example.river_city"), ON, ("dibao payment",))
    with pytest.raises(InputError):
        interview.answer(answer)


@pytest.mark.parametrize(
    "answer", ["1200 dollars", "1200元/天", "1200元/人·月", "三块五", "1200人"]
)
def test_no_sum_of_the_period_asked_for(answer: str) -> None:
    """A sum for something else than what is asked for is refused."""
    start = '{"household": {"members": [{}]}}'
    rules = policyrules.load("example.river_city")
    interview = Interview(rules, ON, ("dibao payment",), start)
    with pytest.raises(InputError):
        interview.answer(answer)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("true", True),
        ("Y", True),
        ("是的。", True),
        ("False", False),
        ("n", False),
        ("不是", False),
    ],
)
def test_yes_and_no_in_other_words(answer: str, value: object) -> None:
    """An answer to a question of yes or no is spoken, not JSON."""
    interview = Interview(policyrules.load("example.river_city"), ON, ("temporary relief",))
    interview.answer(answer)

    assert interview.case["household"] == {"disaster hardship": value}


@pytest.mark.parametrize("answer", ["don’t know", "Don't know.", "I don’t know", "不清楚。", "－"])
def test_not_knowing_in_other_words(
    answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An apostrophe may look as it likes, and a sentence may end."""
    _, out, _ = led(monkeypatch, capsys, f"3\n{answer}\n", *RIVER, "--lang", "en")

    assert "Nothing else can be asked" in out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--benefit", "低宝金"), "错误[PR628]：--benefit："),
        (("--on", "2023-13-01"), "错误[PR615]：--on："),
        (("--case", "nowhere.json"), "错误[PR630]：nowhere.json："),
    ],
)
def test_problems_are_told_before_anything_is_asked(
    arguments: tuple[str, ...],
    problem: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A name, a date or a case that will not do ends the command with its diagnostic."""
    status, out, err = led(
        monkeypatch, capsys, "", "example.river_city", *arguments, "--lang", "zh"
    )

    assert (status, out) == (1, "")
    assert err.startswith(problem)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_ruleset_can_be_asked(
    name: str, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first answer to each question, or 1, leads to a result; the case can be evaluated."""
    status, out, err = led(
        monkeypatch, capsys, "1\n" * 200, name, "--on", "2024-06-01", "--lang", lang
    )

    assert (status, err) == (0, "")
    assert "Traceback" not in out
    assert ("No answer can change" if lang == "en" else "已无须再问") in out
    policyrules.load(name).evaluate(case_in(out))


def test_records_of_a_list_are_asked_one_by_one() -> None:
    """First how many there are, then what each says."""
    rules = Ruleset(compile_source(Source("listed.rules", WITH_LIST)).program)
    interview = Interview(rules, ON)
    asked = []
    for answer in ("2", "100元", "250"):
        assert interview.question is not None
        asked.append(interview.question.path)
        interview.answer(answer)

    assert asked == ["person.claims", "person.claims[0].fee", "person.claims[1].fee"]
    assert interview.question is None
    (outcome,) = interview.result.values()
    assert outcome.text() == "280 yuan"


def test_a_refused_answer_leaves_the_interview_as_it_was() -> None:
    """The question stands, and nothing of the answer is in the case."""
    interview = Interview(policyrules.load("example.river_city"), ON, ("dibao payment",))
    before, question = interview.case, interview.question
    for wrong in ("0", "101", "1.5", "two", "3 yuan"):
        with pytest.raises(InputError):
            interview.answer(wrong)
    assert (interview.case, interview.question) == (before, question)
    assert not interview.back()


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A shell starts what runs in its background with interrupts ignored; children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="signals of Posix")
@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_with_130() -> None:
    """Ctrl-C leaves no traceback."""
    command = [sys.executable, "-m", "policyrules", "ask", *RIVER, "--lang", "en"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        while not process.stdout.readline().startswith("1. "):
            pass
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert err == "interrupted\n"
