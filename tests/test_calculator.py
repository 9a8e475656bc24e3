"""Calculators for web pages: their text, and that nothing in it reaches beyond the page."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import policyrules
from policyrules.calculator import assets, page
from policyrules.cli import main
from policyrules.diagnostics import InputError
from policyrules.source import Text

RIVER = "example.river_city"
ON = "2023-08-01"
LARGEST, WHOLE = 30_000, 42_000  # bytes, compressed
_VOID = {"meta", "link"}


class Tags(HTMLParser):
    """Reads a page, and holds that every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        self.attributes += attrs
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Hold that it is what began last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)


def read(text: str) -> Tags:
    """The elements of a page."""
    tags = Tags()
    tags.feed(text)
    tags.close()
    assert tags.open == []
    return tags


@pytest.fixture(scope="module")
def rules() -> policyrules.Ruleset:
    """The rules of River City."""
    return policyrules.load(RIVER)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_is_whole_and_reaches_nothing(rules: policyrules.Ruleset, lang: Any) -> None:
    """Well-formed, in its language, with no address but that of the drawing's form."""
    text = rules.calculator(lang=lang)
    tags = read(text)

    assert ("lang", {"en": "en", "zh": "zh-CN"}[lang]) in tags.attributes
    assert not any(name == "src" for name, _ in tags.attributes)
    assert set(re.findall(r"\w+://[^\"']*", text)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\bfetch\(|XMLHttp|import\(|\beval\(|innerHTML|@import|url\(", text)
    assert rules.program.title.of(lang) in tags.texts


def test_a_benefit_of_a_day_is_less(rules: policyrules.Ruleset) -> None:
    """One benefit, named in either language, the same each time; a part has no shared files."""
    alone = rules.calculator("低保金", ON)

    assert alone == rules.calculator(["dibao payment"], ON)
    assert len(alone) < len(rules.calculator("dibao payment")) < len(rules.calculator())
    assert len(gzip.compress(alone.encode())) < LARGEST
    part = rules.calculator("dibao payment", page=False)
    assert part.startswith('<div class="policyrules-calculator" lang="en">')
    assert assets()["calculator.js"] not in part
    assert part in rules.calculator("dibao payment")


def test_pages_are_small() -> None:
    """That of the largest bundled ruleset, with all of its benefits."""
    whole = policyrules.load("cn.zhejiang.yiwu").calculator(lang="zh")  # the longer one
    assert len(gzip.compress(whole.encode())) < WHOLE


def test_what_is_asked_for_must_be_there(rules: policyrules.Ruleset) -> None:
    """A rule, a day and a language."""
    asked: tuple[tuple[dict[str, Any], str], ...] = (
        ({"only": "pension"}, "PR628"),
        ({"on": "2023-02-30"}, "PR615"),
        ({"lang": "fr"}, "PR633"),
    )
    for wishes, code in asked:
        with pytest.raises(InputError) as error:
            rules.calculator(**wishes)
        assert [each.code for each in error.value.diagnostics] == [code]


def test_the_command_writes_a_page(
    rules: policyrules.Ruleset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`build` writes one where the file is to be a page; some rules only, or those of a day."""
    file = tmp_path / "river.html"
    assert main(["build", RIVER, "-o", str(file), "--lang", "zh"]) == 0
    assert file.read_text("utf-8") == rules.calculator(lang="zh")
    some = ["--only", "低保金", "--on", ON, "--lang", "en"]
    assert main(["build", RIVER, "-o", str(file), *some]) == 0
    assert file.read_text("utf-8") == rules.calculator("dibao payment", ON)
    script = tmp_path / "river.js"
    assert main(["build", RIVER, "-o", str(script), *some]) == 0
    assert script.read_text("utf-8") == rules.javascript("dibao payment", ON)
    assert main(["build", RIVER, "-o", str(tmp_path / "river.py"), *some]) == 1
    assert capsys.readouterr().err.startswith("error[PR657]: --only: ")
    assert main(["build", RIVER, "-o", str(file), "--only", "pension", "--lang", "en"]) == 1
    assert capsys.readouterr().err.startswith("error[PR628]: --only: ")


def test_names_run_nothing(rules: policyrules.Ruleset) -> None:
    """Names, titles and questions stay texts of the page, whatever is in them."""
    odd = Text('</script><b>"; boom() //', "</script><!-- ${boom()} `")
    program = rules.program
    inputs = tuple(evolve(item, label=odd, asks=odd) for item in program.inputs)
    definitions = tuple(evolve(rule, label=odd, readings=(odd,)) for rule in program.definitions)
    text = page(
        evolve(program, title=odd, inputs=inputs, definitions=definitions), None, None, "en"
    )

    read(text)
    scripts = "".join(re.findall(r"<script>(.*?)</script>", text, re.DOTALL))
    texts = r'"(?:[^"\\]|\\.)*"|/\*.*?\*/'
    assert "boom" not in re.sub(texts, '""', scripts, flags=re.DOTALL)
    assert "<b>" not in re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
