"""Every rule block of README and documentation is compiled and its examples are run.

A block tagged `rules` is a whole ruleset, or declarations that stand under the names of
`docs/reference/prelude.rules`. A block tagged `rules zh` directly after one tagged `rules en` is
its Chinese edition: both are one tree.
"""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

import policyrules
from policyrules.checks import examine
from policyrules.compiler import compile_source
from policyrules.diagnostics import Report
from policyrules.library import Library
from policyrules.source import Source
from policyrules.syntax import ast
from policyrules.syntax.parse import parse

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
PRELUDE = (ROOT / "docs/reference/prelude.rules").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(rules(?: en| zh)?|json|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


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


def test_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python blocks of README run as they stand, from the root of the checkout."""
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for place, text in blocks("python"):
        if place.startswith("README"):
            exec(compile(text, place, "exec"), names)  # noqa: S102 (the repository's own page)

    result = names["result"]
    assert isinstance(result, policyrules.Result)
    assert str(result["dibao payment"].amount) == "900 yuan per month"


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
