"""The command line: what it prints, where, and its exit status."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from sample_program import PROGRAM

from policyrules.cli import Tools, language, run
from policyrules.cli_text import in_chinese
from policyrules.diagnostics import CompileError, Diagnostic
from policyrules.render import to_dict
from policyrules.ruleset import Ruleset
from policyrules.source import Source, Span

BAD = Diagnostic(
    "PR101",
    Span(Source("bad.rules", "benfit x"), 0, 6),
    {"found": "`benfit`", "expected": "`benefit`"},
)


def load(target: str) -> Ruleset:
    """The sample, whatever is asked for but `bad`."""
    if target == "bad":
        raise CompileError([BAD])
    return Ruleset(PROGRAM)


def check(target: str, examples: bool) -> tuple[Diagnostic, ...]:
    """No findings, but an error for `bad`, and a failing example in `late`."""
    load(target)
    return (BAD,) if target == "late" and examples else ()


TOOLS = Tools(load, check)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The locale of the tests is English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def case(tmp_path: Path) -> str:
    """A file with a case."""
    path = tmp_path / "case.json"
    path.write_text('{"on": "2023-08-01", "household": {"income": 5}}', encoding="utf-8")
    return str(path)


def test_eval_prints_a_table(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Text for people on standard output, in the language asked for."""
    assert run(["eval", "sample", case], TOOLS) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Sample, 2023-08-01\n")
    assert err == ""

    assert run(["eval", "sample", case, "--lang", "zh", "--on", "2023年9月1日"], TOOLS) == 0
    assert capsys.readouterr().out.startswith("示例，2023年9月1日\n")


def test_eval_prints_json(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON of the result, and nothing else."""
    assert run(["eval", "sample", case, "--json"], TOOLS) == 0
    expected = load("sample").evaluate(Path(case).read_bytes()).to_dict()

    assert json.loads(capsys.readouterr().out) == expected


def test_case_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`-` reads the case from standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"on": "2023-08-01"}')))

    assert run(["eval", "sample", "-"], TOOLS) == 0
    assert "2023-08-01" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"on": "2023-08-01", "household": {"incme": 5}}', "household.incme: no input"),
        (b"{", "case: not readable as JSON: line 1"),
        ("收入".encode("gbk"), "not UTF-8"),
        (b"{}", "on: there is no date"),
    ],
)
def test_problems_of_a_case(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Problems go to standard error, with status 1."""
    path = tmp_path / "case.json"
    path.write_bytes(content)

    assert run(["eval", "sample", str(path)], TOOLS) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error[PR6")
    assert words in err
    assert "\x1b" not in err


def test_unreadable_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file and a folder are named with the reason."""
    missing = str(tmp_path / "no.json")

    assert run(["eval", "sample", missing, "--lang=zh"], TOOLS) == 1
    assert "文件不存在" in capsys.readouterr().err
    assert run(["eval", "sample", str(tmp_path)], TOOLS) == 1
    assert f"{tmp_path}: cannot read the file: it is a folder" in capsys.readouterr().err


def test_problems_as_json(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--json`, problems of rules and of cases are data on standard output."""
    assert run(["eval", "bad", case, "--json"], TOOLS) == 1
    out, err = capsys.readouterr()
    assert json.loads(out) == {"schema": 1, "problems": [to_dict(BAD)]}
    assert err == ""

    (tmp_path / "empty.json").write_text("{}")
    assert run(["eval", "sample", str(tmp_path / "empty.json"), "--json"], TOOLS) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["code"], problem["path"]) == ("PR627", "on")


def test_describe(capsys: pytest.CaptureFixture[str]) -> None:
    """Lists for people, or the same as data."""
    assert run(["describe", "sample", "--lang", "zh"], TOOLS) == 0
    assert "信息项" in capsys.readouterr().out
    assert run(["describe", "sample", "--json"], TOOLS) == 0
    assert json.loads(capsys.readouterr().out) == load("sample").describe()


def test_check(capsys: pytest.CaptureFixture[str]) -> None:
    """Findings with their place on standard output, then a summary; 1 if there are errors."""
    assert run(["check", "a", "late"], TOOLS) == 0
    assert capsys.readouterr().out == "2 rulesets: no errors\n"
    assert run(["check", "a", "bad"], TOOLS) == 1
    out = capsys.readouterr().out
    assert out.startswith("error[PR101]")
    assert " --> bad.rules:1:1\n" in out
    assert out.endswith("\n\n2 rulesets: 1 error\n")
    assert run(["check", "bad", "--lang", "zh"], TOOLS) == 1
    assert capsys.readouterr().out.endswith("\n\n1个规则集：1处错误\n")


def test_test_runs_the_examples_too(capsys: pytest.CaptureFixture[str]) -> None:
    """`test` finds what only the examples show; the same finding is shown once."""
    assert run(["test", "a", "late", "late"], TOOLS) == 1
    assert capsys.readouterr().out.count("error[PR101]") == 1
    assert run(["test", "a", "--json"], TOOLS) == 0
    assert json.loads(capsys.readouterr().out) == {"schema": 1, "problems": []}


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
            run(argv, TOOLS)
        err = capsys.readouterr().err
        assert caught.value.code == 2
        assert err.startswith(begin + "policyrules")
        assert words in err


@pytest.mark.parametrize("command", [[], ["check"], ["test"], ["eval"], ["describe"]])
def test_help_in_chinese(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The help of every command is Chinese throughout."""
    with pytest.raises(SystemExit) as caught:
        run([*command, "--help", "--lang=zh"], TOOLS)
    out = capsys.readouterr().out

    assert caught.value.code == 0
    assert out.startswith("用法：policyrules")
    assert "选项" in out
    assert not {"usage", "options", "positional", "arguments", "show", "the"} & set(out.split())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` names the product and its version."""
    with pytest.raises(SystemExit) as caught:
        run(["--version"], TOOLS)

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
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A terminal gets colour, unless NO_COLOR is set."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    run(["check", "bad"], TOOLS)
    assert "\x1b[31m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    run(["check", "bad"], TOOLS)
    assert "\x1b" not in capsys.readouterr().out


def test_interrupt(capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends the command without a traceback."""

    def interrupted(_: str) -> Ruleset:
        raise KeyboardInterrupt

    assert run(["describe", "a", "--lang", "zh"], Tools(interrupted, check)) == 130
    assert capsys.readouterr().err == "已中断\n"


SCRIPT = """
import sys
sys.path.insert(0, {tests!r})
from test_cli import TOOLS
from policyrules.cli import run
sys.exit(run(sys.argv[1:], TOOLS))
"""


def started(*argv: str, encoding: str = "utf-8") -> subprocess.Popen[bytes]:
    """The command line as a process of its own."""
    script = SCRIPT.format(tests=str(Path(__file__).parent))
    environment = {"PYTHONIOENCODING": encoding, "PYTHONPATH": ":".join(sys.path)}
    return subprocess.Popen(
        [sys.executable, "-c", script, *argv],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_closed_pipe() -> None:
    """A reader that goes away ends the command without a traceback."""
    with started("describe", "sample") as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_output_that_cannot_be_encoded() -> None:
    """Chinese on a terminal without Chinese is written out, and JSON stays readable."""
    with started("describe", "sample", "--json", "--lang", "zh", encoding="ascii") as process:
        out, err = process.communicate()

    assert err == b""
    assert json.loads(out) == load("sample").describe()
