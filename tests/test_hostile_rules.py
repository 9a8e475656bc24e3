"""Rule files that nobody meant to write: always coded findings or success, never anything else."""

import os
import random
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.diagnostics import MOST_LISTED, CompileError
from policyrules.files import read_source
from policyrules.library import locate
from policyrules.loading import compile_named
from policyrules.render import render
from policyrules.ruleset import Ruleset
from policyrules.source import MOST_CHARACTERS, Source, Span
from policyrules.syntax.words import words

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
    try_mutations(f"quick {part}", MUTATIONS // 10)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_ten_thousand_mutations(part: int) -> None:
    """The same ten thousand times; another `SEED` in the environment makes others."""
    try_mutations(f"{os.environ.get('SEED', 'slow')} {part}", 500)


def try_mutations(seed: str, number: int) -> None:
    """Compile mutated rule files; of one that fails otherwise than by findings, tell the seed."""
    dice = random.Random(seed)  # noqa: S311 (repeatable, nothing secret)
    for _ in range(number):
        text = mutated(excerpt(dice.choice(RULES), dice), dice)
        try:
            codes(text)
        except Exception as error:
            raise AssertionError(f"seed {seed!r}: {error!r} on:\n{text}") from error


@pytest.mark.parametrize("part", range(4))
def test_random_words(part: int) -> None:
    """Words of the language in any order, in both languages, get coded findings or compile."""
    dice = random.Random(f"words {part}")  # noqa: S311 (repeatable, nothing secret)
    spellings = [word.spelling for word in words().order]
    for _ in range(60):
        lines = []
        for _ in range(dice.randint(2, 12)):
            line = "".join(
                dice.choice((*spellings, *STRAY, "x", "700", "甲")) + dice.choice(("", " "))
                for _ in range(dice.randint(1, 12))
            )
            lines.append(dice.choice(("", "    ")) + line)
        text = HEADER + "\n".join(lines)
        try:
            codes(text)
        except Exception as error:
            raise AssertionError(f"{error!r} on:\n{text}") from error


@pytest.mark.parametrize("part", range(4))
def test_random_bytes(part: int, tmp_path: Path) -> None:
    """A file of any bytes gets coded findings."""
    dice = random.Random(f"bytes {part}")  # noqa: S311 (repeatable, nothing secret)
    for _ in range(50):
        file = tmp_path / "random.rules"
        start = HEADER.encode() if dice.random() < 0.5 else b""
        file.write_bytes(start + dice.randbytes(dice.randint(20, 400)))
        with pytest.raises(CompileError) as caught:
            compile_named(file)
        assert all(render(found) and render(found, "zh") for found in caught.value.diagnostics)


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
        ("\x00", ["PR115"]),
        ("ruleset test\x00", ["PR115"]),
        (FIGURE + "x\u00a0+ 5 yuan\n", ["PR115"]),
        (FIGURE + "(" * 200 + "x" + ")" * 200, ["PR116"]),
        (FIGURE + "(" * 40 + "x" + ")" * 40, []),
        (FIGURE + "x" + " + x" * 5000, ["PR142"]),
        (FIGURE + "x" + " + x" * 900, ["PR116"]),
        (FIGURE + "(" * 3900, ["PR106"]),
        (FIGURE + "1" * 3900, ["PR117"]),
        (FIGURE + "低" * 3900, ["PR201"]),
        (FIGURE + "一" * 3900, ["PR201"]),
        (FIGURE + "x " * 1900, ["PR101"]),
        (FIGURE + '"' * 3901, ["PR112"]),
        (FIGURE + "90% of " * 500 + "x", ["PR116"]),
        (HEADER + "category c: " + "," * 3900, ["PR101"]),
        (HEADER + "parameter p" + " by a" * 700 + ": yuan\n    5", ["PR201"]),
        (HEADER + "input " + "(" * 150 + " of household: yuan", ["PR216"]),
        (HEADER + "input " + "a" * 201 + " of household: yuan", ["PR245"]),
        (HEADER + "statuses of person: s,\n    " + "t,\n    " * 4000, ["PR142"]),
    ],
    ids=range(30),
)
def test_odd_files(text: str, found: list[str]) -> None:
    """Empty, odd, deep and endless files get the finding that says so, and only that."""
    assert codes(text) == found


UNITS = (
    *("1", "a", "低", "一", "x ", "+ ", "(", ")", "| ", '"', "“", ",", "、", ": ", " ", "# "),
    *("90% of ", "not ", "不", "and ", ";", "2023-01-01 ", "(1) x; ", "any of: ", "the sum of "),
    *("-", "/", ".", "万", "元", "每", "前3个月", "\0", "\u200b", "\u2028", "\r", "\n", "\t"),
)
PLACES = (
    *("", "ruleset test\n    uses ", HEADER, HEADER + "[", HEADER + "input ", FIGURE),
    *(HEADER + "statuses of person: ", HEADER + "benefit b of household: yuan\n    when "),
)
# Run apart, so that neither memory nor time is that of the other tests.
BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from time import process_time
from policyrules.checks import examine
from policyrules.diagnostics import CompileError
from policyrules.loading import compile_named
from policyrules.render import render_all
for line in sys.stdin:
    start = process_time()
    try:
        found = examine(compile_named(line.strip()), examples=True).diagnostics
        codes, shown = [], render_all(found) + render_all(found, "zh")
    except CompileError as error:
        codes = sorted({found.code for found in error.diagnostics})
        shown = render_all(error.diagnostics) + render_all(error.diagnostics, "zh")
    seconds = process_time() - start
    assert seconds < 10, (line, seconds)
    assert len(shown) < 2_000_000, (line, len(shown))
    print(*codes)
"""


def bounded(texts: list[str | bytes], folder: Path) -> list[list[str]]:
    """The mistakes in each text, compiled and examined with 1 GiB, none for over ten seconds."""
    files = [folder / f"test{number}.rules" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_bytes(text.encode(errors="surrogatepass") if isinstance(text, str) else text)
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED],
        input="\n".join(map(str, files)),
        capture_output=True,
        text=True,
        check=False,
    )
    for file in files:
        file.unlink()
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()]


def test_a_million_characters_of_anything(tmp_path: Path) -> None:
    """Whatever stands a million times in a line is refused at once."""
    found = bounded([FIGURE + unit * (1_000_000 // len(unit)) for unit in UNITS], tmp_path)

    assert found == [["PR141"]] * len(UNITS)


@pytest.mark.parametrize("place", PLACES, ids=range(len(PLACES)))
def test_a_thousand_characters_of_anything(place: str, tmp_path: Path) -> None:
    """Whatever stands a thousand times in a line is read, or gets findings."""
    found = bounded([place + unit * (1_000 // len(unit)) for unit in UNITS], tmp_path)

    assert len(found) == len(UNITS)


def test_fifty_thousand_rules(tmp_path: Path) -> None:
    """More rules than are meant for one file are refused at once."""
    rules = "".join(f"input a{number} of case: yuan\n" for number in range(50_000))

    assert bounded([HEADER + rules], tmp_path) == [["PR141"]]


@pytest.mark.slow
def test_the_longest_files(tmp_path: Path) -> None:
    """Files just short of the limit, of rules or of mistakes, take less than ten seconds."""
    texts = []
    for line in (
        "input a{} of case: yuan\n",
        "define 甲{}，以家庭为单位：元\n    x加上1元\n",
        "benefit b{} of household: yuan, one-off\n    when x < 5\n    pays 5 yuan\n",
        "defin a{} of case\n",
        "define a{} of household: yuan\n    q{} + 1\n",
        "statuses of person: s{}, t{}, u{}, v{}, w{}, x{}, y{}, z{}\n",
        "\n",
    ):
        pieces = [line.replace("{}", str(number)) for number in range(120_000 // len(line))]
        texts.append((HEADER + "".join(pieces))[:MOST_CHARACTERS].rpartition("\n")[0] + "\n")

    found = bounded(texts, tmp_path)

    assert found[:3] == [[], [], ["PR119", "PR144"]]
    assert found[3:] == [["PR102", "PR144"], ["PR144", "PR201"], [], []]


def test_random_bytes_and_words(tmp_path: Path) -> None:
    """Bytes and words of the language in any order get findings, within the bounds."""
    dice = random.Random(1)  # noqa: S311 (repeatable, nothing secret)
    spellings = sorted({word.spelling for word in words().order})
    texts: list[str | bytes] = [dice.randbytes(2000) for _ in range(20)]
    for blank in (" ", "", "\n", "\n    "):
        for _ in range(10):
            chosen = (dice.choice([*spellings, "x", "5", "5 yuan"]) for _ in range(200))
            texts.append(HEADER + blank.join(chosen))

    found = bounded(texts, tmp_path)

    assert all(found[:60])
    assert all(codes == ["PR213"] for codes in found[:20])


# The empty pattern of Braille, vowels of Khmer, what is no character, not one yet, or one's own.
UNSEEN = (0x2800, 0x17B4, 0x17B5, 0xFFFE, 0x0378, 0xE000, 0x3FFFE)


@pytest.mark.parametrize(
    "code", [0, 0x7F, 0xAD, 0x200B, 0x200F, 0x202E, 0x2028, 0x2066, 0xFEFF, *UNSEEN]
)
@pytest.mark.parametrize(
    "place", ["input {} of household: yuan", '    asks "{}"', "# {}", "\n{}\n", "{}", "ruleset {}"]
)
def test_unseen_characters(code: int, place: str) -> None:
    """A character that is not seen, or steers others, is refused wherever it stands."""
    text = HEADER + place.format("a" + chr(code) + "b")
    with pytest.raises(CompileError) as caught:
        compile_source(Source("test.rules", text))

    (found,) = caught.value.diagnostics
    assert (found.code, found.facts["found"]) == ("PR115", f"U+{code:04X}")


def test_rare_chinese_characters() -> None:
    """Characters that Unicode gave a place lately, or may give, are those of names."""
    assert codes("规则集 test\n信息项 \U00031350\U0002ebf0费，以家庭为单位：元\n") == []


@pytest.mark.parametrize(
    "used",
    [
        *("../../etc/passwd", "/etc/passwd", "a" * 5000, "..", "b/../c"),
        *("linked", "folder", "loop", "nowhere"),
    ],
)
def test_only_rulesets_of_the_folder_are_used(used: str, tmp_path: Path) -> None:
    """No other file is read: not by a path, not through a link, no folder, none that is missing."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "outside.rules").write_text("ruleset linked\n", "utf-8")
    (inside / "linked.rules").symlink_to(tmp_path / "outside.rules")
    (inside / "folder.rules").mkdir()
    (inside / "loop.rules").symlink_to(inside / "loop.rules")
    text = f"ruleset test\n    uses {used}\n"
    with pytest.raises(CompileError) as caught:
        compile_source(Source(str(inside / "test.rules"), text), inside)

    codes = {found.code for found in caught.value.diagnostics}
    assert codes & ({"PR248"} if used == "linked" else {"PR206", "PR142"})


def test_files_that_are_no_files(tmp_path: Path) -> None:
    """A pipe, a device and a folder are not opened, and a name may be longer than any file's."""
    os.mkfifo(tmp_path / "pipe.rules")
    (tmp_path / "folder.rules").mkdir()
    for path in (tmp_path / "pipe.rules", Path("/dev/zero"), tmp_path / "folder.rules"):
        with pytest.raises(CompileError) as caught:
            read_source(path)
        assert [found.code for found in caught.value.diagnostics] == ["PR213"]
    with pytest.raises(CompileError) as caught:
        locate("a" * 5000)
    assert [found.code for found in caught.value.diagnostics] == ["PR212"]


@pytest.mark.parametrize(("length", "code"), [(1, "PR217"), (2, "PR217"), (50, "PR217")])
def test_circles_of_rulesets(length: int, code: str, tmp_path: Path) -> None:
    """A ruleset that uses itself, directly or through others, is told the circle."""
    for number in range(length):
        text = f"ruleset r{number}\n    uses r{(number + 1) % length}\n"
        (tmp_path / f"r{number}.rules").write_text(text, "utf-8")
    with pytest.raises(CompileError) as caught:
        compile_source(read_source(tmp_path / "r0.rules"), tmp_path)

    assert {found.code for found in caught.value.diagnostics} == {code}


def test_a_long_chain_of_rulesets(tmp_path: Path) -> None:
    """More rulesets than are meant to be used together are refused."""
    for number in range(300):
        text = f"ruleset r{number}\n    uses r{number + 1}\n"
        (tmp_path / f"r{number}.rules").write_text(text, "utf-8")
    with pytest.raises(CompileError) as caught:
        compile_source(read_source(tmp_path / "r0.rules"), tmp_path)

    assert [found.code for found in caught.value.diagnostics] == ["PR249"]


@pytest.mark.parametrize(("values", "found"), [(40, ["PR145"]), (6, [])])
def test_tables_of_many_categories(values: int, found: list[str], tmp_path: Path) -> None:
    """What a table needs is not looked at one by one where that would be too much."""
    categories = "".join(
        f"category k{place}: {', '.join(f'v{place}x{number}' for number in range(values))}\n"
        for place in range(5)
    )
    table = "parameter levy by k0, k1, k2, k3, k4: yuan\n    any | any | any | any | any | 5\n"

    assert bounded([f"ruleset test\n{categories}{table}"], tmp_path) == [found]


def test_names_of_two_used_rulesets_that_look_alike(tmp_path: Path) -> None:
    """Names that nobody tells apart are refused where the second ruleset is used, once."""
    texts = {
        "a": "规则集 a\n    采用 b\n    采用 c\n",
        "b": "规则集 b\n信息项 收入A，以家庭为单位：元/月\n",
        "c": "规则集 c\n信息项 收入Ａ，以家庭为单位：元/月\n",
        "d": "规则集 d\n    采用 b\n    采用 e\n",
        "e": "规则集 e\n    采用 b\n信息项 支出，以家庭为单位：元/月\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.rules").write_text(text, encoding="utf-8")
    with pytest.raises(CompileError) as caught:
        compile_named(tmp_path / "a.rules")

    (found,) = caught.value.diagnostics
    assert found.code == "PR247"
    assert isinstance(found.place, Span)
    assert found.place.source.position(found.place.start) == (3, 8)
    compile_named(tmp_path / "d.rules")


def test_a_ruleset_that_is_not_found_is_the_only_mistake() -> None:
    """What its names would have meant is not asked."""
    text = "ruleset test\n    uses nowhere\ndefine y of household: yuan\n    q + r\n"

    assert codes(text) == ["PR206"]


def test_clauses_of_a_category_are_lines_of_their_own() -> None:
    """Only what goes on with the list of a category counts as one line with it."""
    said = f'    asks "{"x" * 2400}"\n    reading "{"y" * 2200}"\n'
    values = "".join(f"    value {number} of the many\n" for number in range(200))

    assert codes(f"ruleset test\ncategory k of person: one, two\n{said}") == []
    assert codes(f"ruleset test\ncategory k of person: one, two\n{values}{said}") == ["PR142"]


@pytest.mark.parametrize(
    ("name", "found"),
    [("n" * 200, []), ("n" * 201, ["PR245"]), ("notic\u0435", ["PR246"]), ("B-1 + 2", [])],
)
def test_names_of_documents(name: str, found: list[str]) -> None:
    """A document is called what it likes, in letters of one alphabet and not without end."""
    assert codes(f'ruleset test\nsource {name}\n    title "x"\n') == found


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("100 members; member 100: wage 5", ""),
        ("101 members", "PR530"),
        ("member 101: wage 5", "PR530"),
        ("number of claims 500", ""),
        ("number of claims 501", "PR577"),
    ],
)
def test_an_example_holds_what_a_case_holds(given: str, code: str) -> None:
    """An example is refused for what no case may have, and says how much that is."""
    text = (
        "ruleset test\ninput wage of person: yuan per month, at least 0\n"
        "list claims of household: cost in yuan, at least 0\n"
        "define pay of household: yuan per month\n    the sum of wage over members\n"
        f'example "x" on 2024-01-01\n    given {given}\n    expect pay 5 yuan per month\n'
    )

    assert codes(text) == ([code] if code else [])


def test_further_warnings_are_counted() -> None:
    """Of many warnings the first are listed, and how many follow."""
    rules = "".join(f"input a{number} of case: yuan\n" for number in range(300))
    rules += "define b of case: yuan\n    a0\n"
    compiled = compile_source(Source("test.rules", f"ruleset test\n{rules}"))

    assert len(compiled.warnings) == MOST_LISTED + 1
    assert compiled.warnings[-1].code == "PR903"


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
def test_cut_off_files(file: Path) -> None:
    """A rule file that ends too early, at any line, gets coded findings or compiles."""
    lines = file.read_text(encoding="utf-8").split("\n")
    for stop in {*range(0, min(len(lines), 40), 7)}:
        codes("\n".join(lines[:stop]) + "\n" + "\n".join(lines[stop : stop + 1])[:9])


def test_two_thousand_rules() -> None:
    """A long ruleset compiles and is evaluated; a rule reads the one before it, or begins anew."""
    rules = "".join(
        f"define rule {after} of household: yuan\n"
        f"    {f'rule {before}' if after % 90 else 'x'} + 1 yuan\n"
        for before, after in pairwise(range(2001))
    )
    first = "define rule 0 of household: yuan\n    x\n"

    program = compile_source(Source("test.rules", HEADER + first + rules)).program

    assert len(program.definitions) == 2001
    found = Ruleset(program).evaluate({"household": {"x": "5 yuan"}}, "2024-01-01")
    assert str(found["rule 2000"].amount) == f"{5 + 1 + 2000 % 90} yuan"


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


def apart(number: int, *, pairs: bool) -> str:
    """So many benefits that are not paid together with one other, pair by pair or in one line."""
    names = [f"grant{index}" for index in range(number)]
    text = "ruleset test\nbenefit aid of household: yuan\n    pays 5\n"
    for name in names:
        text += f"benefit {name} of household: yuan\n    pays 6\n"
        text += f"不重复享受 {name}、aid；就高\n" if pairs else ""
    return text if pairs else f"{text}not together {', '.join(names)}, aid; the higher\n"


@pytest.mark.parametrize("pairs", [True, False])
def test_benefits_not_paid_together_are_so_many(pairs: bool) -> None:
    """With fifty others a benefit is compared and explained; with more it is refused."""
    assert codes(apart(51, pairs=pairs)) == ["PR592"]
    rules = Ruleset(compile_source(Source("test.rules", apart(50, pairs=pairs))).program)
    aid = rules.evaluate({}, on="2023-08-01")["aid"]
    assert aid.status == "not eligible"
    assert "grant49" in str(aid.explain("en"))


def test_a_long_circle_is_shortened() -> None:
    """The first names of it and those that close it are told, in ten places at most."""
    text = "ruleset test\n"
    for number in range(200):
        text += f"define y{number} of household: yuan\n    y{(number + 1) % 200} + 1 yuan\n"
    with pytest.raises(CompileError) as caught:
        compile_source(Source("test.rules", text))
    (found,) = caught.value.diagnostics
    for lang in ("en", "zh"):
        assert found.message(lang).count(" → ") == 9
        assert " → … → " in found.message(lang)
    assert len(found.related) <= 10
