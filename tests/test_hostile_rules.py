"""Rule files that nobody meant to write: always coded findings or success, never anything else."""

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest

from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError
from policyrules.render import render
from policyrules.source import Source

ROOT = Path(__file__).parents[1]
RULES = sorted([*(ROOT / "rulesets").rglob("*.rules"), *(ROOT / "tests").rglob("*.rules")])
MUTATIONS = 2000
# Mutations of the longest files would take most of the time and find nothing else.
LONGEST = 4000
TOKEN = re.compile(r"\w+|[^\w\s]|[ \t]+|\n")
STRAY = (*'（）"“：:、，的不1 \n\t#/', "90%")
HEADER = "ruleset test\ninput x of household: yuan, at least 0\n"
FIGURE = HEADER + "define y of household: yuan\n    "


def codes(text: str) -> list[str]:
    """The codes that a text gets; each finding can be shown in both languages."""
    try:
        compile_source(Source("test.rules", text))
    except CompileError as error:
        # Showing a finding must not fail either.
        return [found.code for found in error.diagnostics if render(found) and render(found, "zh")]
    return []


def mutated(text: str, dice: random.Random) -> str:
    """The text with one to three characters or words left out, doubled, swapped or put in."""
    for _ in range(dice.randint(1, 3)):
        parts = list(text) if dice.random() < 0.4 else TOKEN.findall(text)
        place = dice.randrange(len(parts) - 1)
        match dice.randrange(5):
            case 0:
                del parts[place]
            case 1:
                parts.insert(place, parts[place])
            case 2:
                parts[place], parts[place + 1] = parts[place + 1], parts[place]
            case 3:
                parts.insert(place, dice.choice(STRAY))
            case _:
                parts[place] = dice.choice(parts)
        text = "".join(parts)
    return text


def excerpt(file: Path, dice: random.Random) -> str:
    """A whole rule file, or the beginning and some blocks of a long one."""
    text = file.read_text(encoding="utf-8")
    if len(text) <= LONGEST:
        return text
    blocks = re.split(r"\n(?=\S)", text)
    start = dice.randrange(1, len(blocks))
    return "\n".join([*blocks[:1], *blocks[start : start + 12]])


@pytest.mark.parametrize("part", range(10))
def test_mutations(part: int) -> None:
    """A mutated rule file compiles or gets coded findings, whatever is wrong with it."""
    dice = random.Random(part)  # noqa: S311 (repeatable, nothing secret)
    for _ in range(MUTATIONS // 10):
        text = mutated(excerpt(dice.choice(RULES), dice), dice)
        try:
            codes(text)
        except Exception as error:
            raise AssertionError(f"{error!r} on:\n{text}") from error


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["PR103"]),
        ("\ufeff", ["PR103"]),
        ("# a comment only", ["PR103"]),
        ("\n\n   \n", ["PR103"]),
        ("ruleset test", []),
        ("\ufeffruleset test\r\n", []),
        ('ruleset test\r\ninput x of household: yuan\r\n    asks "x?" # why\r\n', []),
        ("ruleset\ttest\ninput\tx\tof household:\tyuan\n", []),
        ("规则集　test（标题）\n信息项　收入，以家庭为单位：元／月，不低于０\n", []),
        ("ruleset test\nruleset other\n", ["PR104"]),
        ("x", ["PR102", "PR103"]),
        ("\x00", ["PR102", "PR103"]),
        ("ruleset test\x00", ["PR115"]),
        (FIGURE + "x\u00a0+ 5 yuan\n", ["PR115"]),
        (FIGURE + "(" * 200 + "x" + ")" * 200, ["PR116"]),
        (FIGURE + "(" * 40 + "x" + ")" * 40, []),
        (FIGURE + "x" + " + x" * 5000, ["PR116"]),
        (FIGURE + "(" * 20000, ["PR106"]),
        (FIGURE + "1" * 100_000, ["PR117"]),
        (FIGURE + "低" * 100_000, ["PR201"]),
        (FIGURE + "一" * 100_000, ["PR201"]),
        (FIGURE + "x " * 50_000, ["PR101"]),
        (FIGURE + '"' * 100_001, ["PR112"]),
        (FIGURE + "90% of " * 3000 + "x", ["PR116"]),
        (HEADER + "category c: " + "," * 20_000, ["PR101"]),
        (HEADER + "parameter p" + " by a" * 10_000 + ": yuan\n    5", ["PR201"]),
        (HEADER + "input " + "(" * 50_000 + " of household: yuan", ["PR216"]),
    ],
    ids=range(27),
)
def test_odd_files(text: str, found: list[str]) -> None:
    """Empty, odd, deep and endless files get the finding that says so, and only that."""
    assert codes(text) == found


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
def test_cut_off_files(file: Path) -> None:
    """A rule file that ends too early, at any line, gets coded findings or compiles."""
    lines = file.read_text(encoding="utf-8").split("\n")
    for stop in {*range(0, min(len(lines), 40), 7)}:
        codes("\n".join(lines[:stop]) + "\n" + "\n".join(lines[stop : stop + 1])[:9])


def test_two_thousand_rules() -> None:
    """A long ruleset compiles, each of its rules read from the one before it."""
    rules = "".join(
        f"define rule {after} of household: yuan\n    rule {before} + 1 yuan\n"
        for before, after in pairwise(range(2001))
    )
    first = "define rule 0 of household: yuan\n    x\n"

    program = compile_source(Source("test.rules", HEADER + first + rules)).program

    assert len(program.definitions) == 2001


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "PR103"),
        (b"\xff\xfe", "PR213"),
        ("规则集 test\n标住 甲：元\n".encode(), "PR102"),
        (FIGURE.encode() + b"(" * 300, "PR106"),
        ("规则集 test\n定义 甲，以家庭为单位：元\n    甲加上甲\n".encode(), "PR203"),
    ],
    ids=["empty", "not text", "misspelt", "brackets", "circle"],
)
@pytest.mark.parametrize("command", ["check", "test", "describe"])
def test_command_line(
    command: str, content: bytes, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command line shows the finding and exits with 1, without a traceback."""
    file = tmp_path / "test.rules"
    file.write_bytes(content)

    assert main([command, str(file), "--lang", "zh"]) == 1

    shown = capsys.readouterr()
    assert f"错误[{code}]" in shown.out + shown.err
    assert "Traceback" not in shown.out + shown.err
