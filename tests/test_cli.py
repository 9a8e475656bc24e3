"""The command line: what it prints, where, and its exit status."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import policyrules
from policyrules.cli import language, main
from policyrules.cli_text import in_chinese, summary
from policyrules.diagnostics import CompileError
from policyrules.render import to_dict

EXAMPLES = Path(__file__).parents[1] / "examples"

RULES = """\
ruleset {name} (样例)
    currency yuan

source notice (通知)
    title "Notice 12" / "12号通知"

[notice 2]
parameter dibao standard (低保标准): yuan per person per month
    from 2023-01-01: 700
input income (家庭月收入) of household: yuan per month, at least 0

benefit dibao payment (低保金) of household: yuan per month
    when income is less than 700 yuan per month
    pays (the dibao standard * number of members) - income

check "standard" / "标准"
    dibao standard on 2023-01-01 is at least 600

example "one" / "一人" on 2023-08-01
    given income 500 yuan per month; 1 member
    expect dibao payment {expected} yuan per month
"""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The locale of the tests is English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def good(tmp_path: Path) -> str:
    """A file with rules."""
    return written(tmp_path / "good.rules", RULES.format(name="good", expected=200))


@pytest.fixture
def late(tmp_path: Path) -> str:
    """A file with rules whose example fails."""
    return written(tmp_path / "late.rules", RULES.format(name="late", expected=201))


@pytest.fixture
def bad(tmp_path: Path) -> str:
    """A file with a mistake."""
    text = RULES.format(name="bad", expected=200).replace("benefit", "benfit")
    return written(tmp_path / "bad.rules", text)


def written(path: Path, text: str) -> str:
    """The path of a new file with this text."""
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def case(tmp_path: Path) -> str:
    """A file with a case."""
    path = tmp_path / "case.json"
    path.write_text(
        '{"on": "2023-08-01", "household": {"income": 5, "members": [{}]}}', encoding="utf-8"
    )
    return str(path)


def test_eval_prints_a_table(good: str, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Text for people on standard output, in the language asked for."""
    assert main(["eval", good, case]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("样例, 2023-08-01\n")
    assert "dibao payment  household  eligible  695 yuan per month" in out
    assert err == ""

    assert main(["eval", good, case, "--lang", "zh", "--on", "2022年9月1日"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("样例，2022年9月1日\n")
    assert "低保金  家庭  未生效" in out


def test_eval_prints_json(good: str, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON of the result, and nothing else."""
    assert main(["eval", good, case, "--json"]) == 0
    expected = policyrules.load(good).evaluate(Path(case).read_bytes()).to_dict()

    assert json.loads(capsys.readouterr().out) == expected


def test_bundled_ruleset(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An id names a bundled ruleset."""
    assert main(["eval", "example.river_city", case, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert found["ruleset"] == "example.river_city"
    assert found["outcomes"]["dibao payment"]["of"]["household"]["status"] == "eligible"


def test_case_from_standard_input(
    good: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`-` reads the case from standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"on": "2023-08-01"}')))

    assert main(["eval", good, "-"]) == 0
    assert "needs: income" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"on": "2023-08-01", "household": {"incme": 5}}', "household.incme: no input"),
        (b"{", "case: not readable as JSON: line 1"),
        (b'{"on": "2023-08-01",}', "line 1, column 21: a comma before the closing bracket"),
        (b'{"household": {"members": [{}, ]}}', "column 32: a comma before the closing bracket"),
        ("收入".encode("gbk"), "not UTF-8"),
        (b"{}", "on: there is no date"),
    ],
)
def test_problems_of_a_case(
    content: bytes, words: str, good: str, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Problems go to standard error, with status 1."""
    Path(case).write_bytes(content)

    assert main(["eval", good, case]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error[PR6")
    assert words in err
    assert "\x1b" not in err


def test_unreadable_files(good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file and a folder are named with the reason."""
    missing = str(tmp_path / "no.json")

    assert main(["eval", good, missing, "--lang=zh"]) == 1
    assert "文件不存在" in capsys.readouterr().err
    assert main(["eval", good, str(tmp_path)]) == 1
    assert f"{tmp_path}: cannot read the file: it is a folder" in capsys.readouterr().err
    assert main(["eval", missing, missing]) == 1
    assert capsys.readouterr().err.startswith("error[PR2")


def test_problems_as_json(
    good: str, bad: str, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With `--json`, problems of rules and of cases are data on standard output."""
    with pytest.raises(CompileError) as caught:
        policyrules.load(bad)
    assert main(["eval", bad, case, "--json"]) == 1
    out, err = capsys.readouterr()
    problems = [to_dict(found) for found in caught.value.diagnostics]
    assert json.loads(out) == {"schema": 1, "problems": problems}
    assert err == ""

    Path(case).write_text("{}")
    assert main(["eval", good, case, "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["code"], problem["path"]) == ("PR627", "on")


def test_describe(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Lists for people, or the same as data."""
    assert main(["describe", good, "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("样例（good）\n\n信息项\n")
    assert "家庭月收入" in out
    assert main(["describe", good, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == policyrules.load(good).describe()


def test_check(good: str, late: str, bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Findings with their place on standard output, then a summary; 1 if there are errors."""
    assert main(["check", good, late]) == 0
    assert capsys.readouterr().out == "2 rulesets, 2 checks: no errors\n"
    assert main(["check", good, bad]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("error[PR1")
    assert f" --> {bad}:12:1\n" in out
    assert out.splitlines()[-2] == ""
    assert out.splitlines()[-1].startswith("2 rulesets, 1 check: ")
    assert main(["check", bad, "--lang", "zh"]) == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith("1个规则集：")


def test_test_runs_the_examples_too(
    good: str, late: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`test` finds what only the examples show; the same finding is shown once."""
    assert main(["test", good]) == 0
    assert capsys.readouterr().out == "1 ruleset, 1 check, 1 example: no errors\n"
    assert main(["test", late, late]) == 1
    assert capsys.readouterr().out.count("error[PR513]") == 1
    assert main(["test", good, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {"schema": 1, "problems": [], "checks": 1, "examples": 1}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["eval", "CASE", "--on", "2023-13-01"], "error[PR615]: --on: "),
        (["diff", "CASE", "--from", "2023-13-01", "--to", "2023-08-01"], "error[PR615]: --from: "),
        (["diff", "CASE", "--from", "2023-08-01", "--to", "1850-01-01"], "error[PR616]: --to: "),
        (["build", "--on", "soon"], "error[PR614]: --on: "),
        (["sql", "dibao payment", "--on", "2023-13-01"], "error[PR615]: --on: "),
        (["build", "--out", "no/such/folder/x.py"], "error[PR662]: no/such/folder/x.py: "),
    ],
)
def test_problems_stand_at_the_argument_that_was_typed(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A day that will not do, or a file, is told by the option that it was given with."""
    case = tmp_path / "case.json"
    case.write_text("{}", encoding="utf-8")
    command, *rest = (str(case) if word == "CASE" else word for word in arguments)
    status = main([command, "example.river_city", *rest, "--lang", "en"])

    assert status == 1
    assert capsys.readouterr().err.startswith(said)


def test_a_day_in_the_case_is_told_as_that_of_the_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was typed is in order; the case is not."""
    case = tmp_path / "case.json"
    case.write_text('{"on": "soon"}', encoding="utf-8")
    status = main(["eval", "example.river_city", str(case), "--on", "2023-08-01", "--lang", "en"])

    assert status == 1
    assert capsys.readouterr().err.startswith("error[PR614]: on: ")


def test_what_is_not_there_is_not_counted_as_a_ruleset(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that nothing has is an error, and no ruleset."""
    status = main(["check", "nofile.rules", "example.river_city", "--lang", "en"])

    assert status == 1
    assert capsys.readouterr().out.endswith("\n1 ruleset, 4 checks: 1 error\n")


def test_summary_counts_in_both_languages() -> None:
    """One, many and none, and warnings only where there are some."""
    assert summary(1, 0, 0, 1, 0).en == "1 ruleset: 1 error"
    assert summary(2, 1, 3, 0, 2).en == "2 rulesets, 1 check, 3 examples: no errors, 2 warnings"
    assert summary(2, 1, 3, 0, 2).zh == "2个规则集、1项核对、3个实例：没有错误，2处警告"


@pytest.mark.parametrize(
    ("argv", "english", "chinese"),
    [
        ([], "required: command", "缺少必需的参数：命令"),
        (["eval", "a"], "required: CASE", "缺少必需的参数：CASE"),
        (["evl"], "invalid choice: 'evl'", "的值“evl”无效"),
        (["eval", "a", "b", "--on"], "expected one argument", "--on 之后应有一个值"),
        (["check", "a", "--nope"], "unrecognized arguments: --nope", "无法识别的参数：--nope"),
        (["check", "a", "--json=1"], "--json: ignored explicit", "--json 不带值"),
    ],
)
def test_wrong_usage(
    argv: list[str],
    english: str,
    chinese: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Wrong usage exits with 2 and is worded in the language of the locale."""
    for locale, begin, words in (("C", "usage: ", english), ("zh_CN.UTF-8", "用法：", chinese)):
        monkeypatch.setenv("LC_ALL", locale)
        with pytest.raises(SystemExit) as caught:
            main(argv)
        err = capsys.readouterr().err
        assert caught.value.code == 2
        assert err.startswith(begin + "policyrules")
        assert words in err


def test_the_language_may_stand_before_the_command(
    good: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is that of the whole command, and of what is wrong with it."""
    assert main(["--lang", "zh", "check", good]) == 0
    assert capsys.readouterr().out == "1个规则集、1项核对：没有错误\n"
    with pytest.raises(SystemExit):
        main(["--lang", "zh"])
    assert "缺少必需的参数：命令" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["check"], ["test"], ["eval"], ["explain"], ["describe"]])
def test_help_in_chinese(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The help of every command is Chinese throughout."""
    with pytest.raises(SystemExit) as caught:
        main([*command, "--help", "--lang=zh"])
    out = capsys.readouterr().out

    assert caught.value.code == 0
    assert out.startswith("用法：policyrules")
    assert "选项" in out
    assert not {"usage", "options", "positional", "arguments", "show", "the"} & set(out.split())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` names the product and its version."""
    with pytest.raises(SystemExit) as caught:
        main(["--version"])

    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("policyrules 0.")


@pytest.mark.parametrize(
    ("argv", "environment", "expected"),
    [
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "C"}, "zh"),
        (["eval", "--lang", "en"], {"LANG": "zh_CN"}, "en"),
        (["eval", "--lang=zh"], {"LANG": "C"}, "zh"),
        (["eval", "--lang", "fr"], {"LANG": "zh_CN"}, "zh"),
        (["eval", "--language=zh"], {"LANG": "C"}, "en"),
        (["--lang"], {"LANG": "C"}, "en"),
    ],
)
def test_language(argv: list[str], environment: dict[str, str], expected: str) -> None:
    """`--lang` wins over the locale, and the locale's variables in their order."""
    assert language(argv, environment) == expected


def test_unknown_message_of_argparse_stays() -> None:
    """A message without translation is shown as it is."""
    assert in_chinese("something new") == "something new"


def test_colour_only_on_a_terminal(
    bad: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A terminal gets colour, unless NO_COLOR is set."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    main(["check", bad])
    assert "\x1b[31m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    main(["check", bad])
    assert "\x1b" not in capsys.readouterr().out


def test_interrupt(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends the command without a traceback."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("policyrules.cli.load", interrupted)

    assert main(["describe", "a", "--lang", "zh"]) == 130
    assert capsys.readouterr().err == "已中断\n"


def environment(encoding: str = "utf-8") -> dict[str, str]:
    """What a process of its own needs to find the same program."""
    found = {"PYTHONIOENCODING": encoding, "PYTHONPATH": ":".join(sys.path)}
    return found | {"POLICYRULES_CACHE": os.environ["POLICYRULES_CACHE"]}


def started(*argv: str, encoding: str = "utf-8") -> subprocess.Popen[bytes]:
    """The command line as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "policyrules", *argv],
        env=environment(encoding),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_closed_pipe(good: str) -> None:
    """A reader that goes away ends the command without a traceback."""
    with started("describe", good) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no such device")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("asked", [("--help",), ("eval", "--help"), ("--version",)])
def test_help_without_room(asked: tuple[str, ...], unbuffered: str) -> None:
    """Help that cannot be written is missed, whether Python writes at once or at the end."""
    argv = [sys.executable, "-m", "policyrules", *asked]
    with FULL.open("w") as full:
        done = subprocess.run(
            argv,
            stdout=full,
            stderr=subprocess.PIPE,
            env={**environment(), "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.decode() == "the output cannot be written: no space is left\n"


@pytest.mark.parametrize("number", ["x", "", "-1", "1.5", "2" * 99])
def test_a_reading_that_is_no_number(
    number: str, good: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands behind `=` is the number of a reading."""
    assert main(["describe", good, "--reading", f"grant={number}"]) == 1
    said = capsys.readouterr().err
    assert "--reading grant: expected the number of a reading, found `" in said


@pytest.mark.parametrize("mistakes", [3, 199, 200, 201, 350])
def test_every_mistake_is_counted(
    mistakes: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those beyond the ones that are listed are among the sum at the end."""
    benefits = "".join(
        f"benefit b{number} of household: yuan per month\n    pays unheard of{number}\n"
        for number in range(mistakes)
    )
    path = written(tmp_path / "many.rules", f"ruleset many\n{benefits}")

    assert main(["check", path]) == 1
    out = capsys.readouterr().out
    assert out.endswith(f"1 ruleset: {mistakes} errors\n")
    assert ("further mistakes are not listed" in out) == (mistakes > 200)


@pytest.mark.skipif(not FULL.exists(), reason="no such device")
@pytest.mark.parametrize("json_too", [(), ("--json",)])
@pytest.mark.parametrize("command", ["check", "describe", "test"])
def test_output_without_room(command: str, json_too: tuple[str, ...], good: str) -> None:
    """A full disk ends the command with one line that says so."""
    argv = [sys.executable, "-m", "policyrules", command, good, "--lang", "zh", *json_too]
    with FULL.open("w") as full:
        done = subprocess.run(
            argv, stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
        )

    assert done.stderr.decode() == "无法输出结果：存储空间已满\n"
    assert done.returncode == 1


def test_no_output_at_all(good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard output is closed, that is said; nothing is read first."""
    told = io.StringIO()
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", told)

    assert main(["check", good, "--lang", "en"]) == 1
    assert told.getvalue() == "the output cannot be written: standard output is closed\n"


def test_nowhere_to_complain(good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be told, the exit status still is."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    assert main(["check", good, "--lang", "en"]) == 1
    sys.stderr.close()


def test_output_that_cannot_be_encoded(good: str) -> None:
    """Chinese on a terminal without Chinese is written out, and JSON stays readable."""
    with started("describe", good, "--json", "--lang", "zh", encoding="ascii") as process:
        out, err = process.communicate()

    assert err == b""
    assert json.loads(out) == policyrules.load(good).describe()


# --- explain ----------------------------------------------------------------------------------


def explained(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """What `explain` prints for the family of the examples."""
    case = str(EXAMPLES / "river_city_family.json")
    assert main(["explain", "example.river_city", case, "--lang", "en", *more]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("arguments", "code", "place"),
    [
        (("explain", "--of", "household.members[9]"), "PR629", ("--of", "--of")),
        (("explain", "dibao payment", "--of", "person"), "PR629", ("--of", "--of")),
        (("award", "dibao payment", "1", "--of", "person"), "PR629", ("--of", "--of")),
        (("what-if", "dibao payment", "--of", "person"), "PR629", ("--of", "--of")),
        (("explain", "dibao paymen"), "PR628", ("benefit", "待遇")),
        (("what-if", "dibao paymen"), "PR628", ("benefit", "待遇")),
        (("what-if", "medical assistance"), "PR632", ("benefit", "待遇")),
    ],
)
def test_a_wrong_argument_is_told_as_it_was_typed(
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: str,
    place: tuple[str, str],
    lang: str,
) -> None:
    """The option, or the argument by its name; as data in either language alike."""
    command, *more = arguments
    call = [command, "example.river_city", str(EXAMPLES / "river_city_family.json"), *more]

    assert main([*call, "--lang", lang]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith(
        f"error[{code}]: {place[0]}: " if lang == "en" else f"错误[{code}]：{place[1]}："
    )
    assert main([*call, "--lang", lang, "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["code"], problem["path"]) == (code, place[0])


def test_of_whom_is_told_by_its_option(capsys: pytest.CaptureFixture[str]) -> None:
    """Where each member has an outcome, the remedy is what can be typed."""
    case = str(EXAMPLES / "river_city_family.json")
    arguments = ["what-if", "example.river_city", case, "医疗救助", "--lang", "zh"]

    assert main(arguments) == 1
    assert "提示：请加上 --of 和其中一个路径：“household.members[0]”" in capsys.readouterr().err


def test_explain_tells_every_benefit_or_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name all benefits and nothing else; a name in either language; one subject."""
    everything = explained(capsys)
    one = explained(capsys, "低保金")
    medical = explained(capsys, "--of", "household.members[1]", "medical assistance")

    heads = [line for line in everything.splitlines() if line and line[0] not in "├└│ "]
    assert [head.partition(":")[0].partition(" (")[0] for head in heads][:2] == [
        "dibao payment",
        "temporary relief",
    ]
    assert not any(head.startswith("income per head") for head in heads)
    assert one in everything
    assert one.startswith("dibao payment: 900 yuan per month (eligible)\n")
    assert medical.startswith("medical assistance (member 2): ")
    assert explained(capsys, "income per head").startswith("income per head: 400 yuan")


def test_explain_writes_each_form(capsys: pytest.CaptureFixture[str]) -> None:
    """Markdown with a heading for each, a whole page of HTML, JSON by `--format` or `--json`."""
    page = explained(capsys, "--format", "html")
    data = json.loads(explained(capsys, "dibao payment", "--json"))

    assert explained(capsys, "--format", "markdown").count("\n### ") == page.count("<section") - 1
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert page.endswith("</html>\n")
    assert (data["schema"], data["ruleset"], data["on"]) == (1, "example.river_city", "2023-08-01")
    assert [found["rule"] for found in data["explanations"]] == ["dibao payment"]
    assert json.loads(explained(capsys, "--format", "json", "dibao payment")) == data


def test_explain_tells_what_waits_for_the_members(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Benefits of members are named last in every form where the members are unknown."""
    case = tmp_path / "case.json"
    case.write_text('{"on": "2023-08-01", "household": {}}', "utf-8")
    call = ["explain", "example.river_city", str(case), "--lang", "zh"]
    told = "须先提供家庭成员情况，才能逐人列出：医疗救助、洪灾医疗补助"
    for form in ("text", "markdown", "html"):
        assert main([*call, "--format", form]) == 0
        assert told in capsys.readouterr().out
    assert main([*call, "低保金"]) == 0
    assert told not in capsys.readouterr().out


def test_explain_refuses_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a benefit nor a member that is not there is passed over; the usage stays whole."""
    call = ["explain", "example.river_city", str(EXAMPLES / "river_city_family.json")]

    assert main([*call, "dibao"]) == 1
    assert "PR628" in capsys.readouterr().err
    assert main([*call, "--of", "household.members[7]"]) == 1
    assert "household.members[2]" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([*call, "--format", "x", "--lang", "zh"])
    assert capsys.readouterr().err.startswith("用法：policyrules explain ")
