"""Every rule block of README and documentation is compiled and its examples are run.

A block tagged `rules` is a whole ruleset, or declarations that stand under the names of
`docs/reference/prelude.rules`. A block tagged `rules zh` directly after one tagged `rules en` is
its Chinese edition: both are one tree.
"""

import ast as python
import json
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest

from policyrules.checks import examine
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.diagnostics import Report
from policyrules.library import Library
from policyrules.source import Source
from policyrules.syntax import ast
from policyrules.syntax.parse import parse

ROOT = Path(__file__).parent.parent
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [
    *sorted(ROOT.glob("README*.md")),
    *(page for page in DOCS if "generated" not in page.parts),
]
PRELUDE = (ROOT / "docs/reference/prelude.rules").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(tag: str) -> list[tuple[str, str]]:
    """The blocks with a tag on all pages, with a name for each."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in BLOCK.finditer(text):
            if match.group(1).startswith(tag):
                line = text[: match.start()].count("\n") + 2
                found.append((f"{page.relative_to(ROOT)}:{line}", match.group(2)))
    return found


def whole(text: str) -> str:
    """A block as a ruleset: itself, or under the prelude."""
    if re.match(r"(#.*\n|\s)*(ruleset|规则集) ", text):
        return text
    return f"{PRELUDE}\n{text}"


def pairs() -> list[tuple[str, str, str]]:
    """The English blocks with the Chinese ones that follow them."""
    found = []
    for page in PAGES:
        tagged = [(m.group(1), m.group(2)) for m in BLOCK.finditer(page.read_text("utf-8"))]
        for number, ((first, english), (second, chinese)) in enumerate(pairwise(tagged)):
            if (first, second) == ("rules en", "rules zh"):
                found.append((f"{page.relative_to(ROOT)}#{number}", english, chinese))
    return found


def declarations(text: str) -> tuple[ast.AnyDeclaration, ...]:
    """The declarations of a block."""
    report = Report()
    source = Source("page.md", whole(text))
    trees = [parse(found, names, report) for found, names in Library(None, report).gather(source)]
    assert report.diagnostics == []
    return trees[-1].declarations


@pytest.mark.parametrize(("place", "text"), blocks("rules"))
def test_rules_compile_and_their_examples_come_out(place: str, text: str) -> None:
    """A rule block has no error, its checks hold and its examples come out."""
    findings = examine(compile_source(Source(place, whole(text))), examples=True)

    assert [found.message() for found in findings.diagnostics if found.severity == "error"] == []


@pytest.mark.parametrize(("place", "english", "chinese"), pairs())
def test_both_editions_are_one_tree(place: str, english: str, chinese: str) -> None:
    """The Chinese block says what the English one before it says."""
    assert declarations(english) == declarations(chinese), place


@pytest.mark.parametrize(("place", "text"), blocks("json"))
def test_json_is_readable(place: str, text: str) -> None:
    """A JSON block is JSON."""
    assert json.loads(text) is not None, place


def printed(place: str, text: str) -> Iterator[tuple[str, str]]:
    """What each `print` of a block prints, with the comment behind it."""
    names: dict[str, object] = {}
    lines = text.splitlines()
    for statement in python.parse(text).body:
        said = StringIO()
        with redirect_stdout(said):
            code = compile(python.Module([statement], []), place, "exec")
            exec(code, names)  # noqa: S102 (the repository's own page)
        if said.getvalue():
            yield (
                said.getvalue().strip(),
                lines[(statement.end_lineno or 0) - 1].partition("  # ")[2],
            )


@pytest.mark.parametrize(
    ("place", "text"), [each for each in blocks("python") if "  # " in each[1]]
)
def test_python_runs_and_prints_what_its_comments_say(
    place: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Python block stands for itself, and prints the comments; … in them is anything."""
    monkeypatch.chdir(tmp_path)
    if "first-ruleset" in place:
        tutorial(ROOT / place.partition(":")[0], tmp_path)
    compared = 0
    for found, comment in printed(place, text):
        if comment:
            assert re.fullmatch(re.escape(comment).replace("…", ".+"), found), comment
            compared += 1

    assert compared


def outputs() -> list[tuple[str, str, str]]:
    """The Python blocks with what they print, where that stands in a block of its own."""
    found = []
    for page in PAGES:
        tagged = [(m.group(1), m.group(2)) for m in BLOCK.finditer(page.read_text("utf-8"))]
        for number, ((first, code), (second, printed)) in enumerate(pairwise(tagged)):
            if (first, second) == ("python", "output"):
                found.append((f"{page.relative_to(ROOT)}#{number}", code, printed))
    return found


@pytest.mark.parametrize(("place", "code", "expected"), outputs())
def test_python_prints_its_output(place: str, code: str, expected: str) -> None:
    """A block of output is all that the Python block before it prints."""
    said = StringIO()
    with redirect_stdout(said):
        exec(compile(code, place, "exec"), {})  # noqa: S102 (the repository's own page)

    assert said.getvalue() == expected


def test_every_python_block_is_compared() -> None:
    """No block of Python stands there without what it prints."""
    shown = {code for _, code, _ in outputs()}

    assert [
        place for place, text in blocks("python") if "  # " not in text + "\n" and text not in shown
    ] == []


def tutorial(page: Path, folder: Path) -> None:
    """Write the files of a tutorial: its blocks without a tag are one rule file, or commands."""
    found = [match.groups() for match in BLOCK.finditer(page.read_text("utf-8"))]
    rules = [text for tag, text in found if not tag and not text.startswith("policyrules ")]
    (case,) = [text for tag, text in found if tag == "json"]
    (folder / "my_city.rules").write_text("\n".join(rules), "utf-8")
    (folder / "case.json").write_text(case, "utf-8")


@pytest.mark.parametrize(
    ("page", "lang", "before"),
    [("first-ruleset.md", "en", "not in force"), ("first-ruleset.zh.md", "zh", "未生效")],
)
def test_commands_of_the_tutorials(
    page: str,
    lang: str,
    before: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The rules of a tutorial are tested and evaluated as it says, before the first version too."""
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs/tutorial" / page).read_text("utf-8")
    tutorial(ROOT / "docs/tutorial" / page, tmp_path)
    assert main(["test", "my_city.rules", "--lang", "en"]) == 0
    said = capsys.readouterr().out.strip()
    assert said == "1 ruleset, 1 example: no errors"
    assert lang == "zh" or said in text

    for day, amount in (("2023-08-01", "1,100"), ("2021-12-31", before)):
        assert main(["eval", "my_city.rules", "case.json", "--on", day, "--lang", lang]) == 0
        assert amount in capsys.readouterr().out
        assert amount in text


def test_every_page_of_the_language_has_an_example_in_both_languages() -> None:
    """Each page of the reference holds rules in English and the same in Chinese."""
    pages = {str(p.relative_to(ROOT)) for p in (ROOT / "docs/reference/language").glob("*.md")}
    with_pairs = {place.partition("#")[0] for place, _, _ in pairs()}

    assert pages
    assert pages - with_pairs == set()


def test_every_page_of_the_language_is_listed() -> None:
    """The list of the reference names every page."""
    listed = (ROOT / "docs/reference/language.md").read_text(encoding="utf-8")
    pages = {p.name for p in (ROOT / "docs/reference/language").glob("*.md")}

    assert {name for name in pages if f"(language/{name})" not in listed} == set()
