"""Text, Markdown and HTML of an explanation say the same, whatever characters names are made of."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_explain import CASES, result

from policyrules.explanation_tree import Line, drawn, fragment, markdown, page

Nested = tuple[str, tuple[Any, ...]]
VOID = {"meta"}
# Backslashes, marks of Markdown and HTML, entities, block starts, breaks, and plain words.
PIECES = ["*a*", "**a**", "_a_ ", "~~a~~", "`a`", "[a](b)", "![a](b)", "| a |", "<!-- ", "&copy;"]
PIECES += [
    *"\\`*_{}[]()#+-.!|<>&\"'~$=:@ ",
    "1. ",
    "&lt;",
    "<b>",
    "](x)",
    "\n",
    "\u2028",
    "甲",
    "a",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map(lambda parts: "x" + "".join(parts) + "x")
STARTS = st.lists(st.sampled_from(PIECES), max_size=4).map(lambda parts: "".join(parts) + "x")
LINES = st.recursive(
    st.builds(Line, TEXTS | STARTS, st.just(()), st.booleans()),
    lambda below: st.builds(Line, TEXTS | STARTS, st.lists(below, max_size=3).map(tuple)),
    max_leaves=6,
)


def shape(line: Line) -> Nested:
    """A tree as its words, each run of blanks one."""
    return " ".join(line.text.split()), tuple(shape(below) for below in line.below)


class Reader(HTMLParser):
    """Reads the nested lists of a section back; every element must be closed by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.head = ""
        self.found: list[list[Any]] = [[]]
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A list begins after the text of its item."""
        self.names |= {tag, *(name for name, _ in attrs)}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "ul":
            self._item()
            self.found.append([])

    def handle_endtag(self, tag: str) -> None:
        """An item ends with what stands below it."""
        assert self.open.pop() == tag
        if tag in ("h1", "h2", "h3"):
            self.head, self.text = " ".join(self.text.split()), ""
        if tag == "li":
            self._item()
        if tag == "ul":
            below = tuple(self.found.pop())
            if self.found[-1]:
                text, _ = self.found[-1].pop()
                self.found[-1].append((text, below))
            else:
                self.found[-1].append((self.head, below))

    def handle_data(self, data: str) -> None:
        """Text is gathered until its item ends."""
        if "style" not in self.open:
            self.text += data

    def _item(self) -> None:
        if self.text.strip():
            self.found[-1].append((" ".join(self.text.split()), ()))
        self.text = ""


def read(text: str) -> Nested:
    """A page or section as a tree."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open
    return reader.found[0][0] if reader.found[0] else (reader.head, ())


@given(LINES)
def test_html_shows_every_character(line: Line) -> None:
    """What a browser reads is the tree, in a section and in a page."""
    section = fragment(line, "zh")
    assert read(section) == shape(line)
    assert read(page(line.text, [section], "zh")) == shape(line)


@given(LINES)
def test_markdown_shows_every_character(line: Line) -> None:
    """What readers of CommonMark and of GitHub's tables make of it is the tree."""
    for flavour in ("commonmark", "gfm-like"):
        options = {"linkify": False}
        shown = MarkdownIt(flavour, options).disable("linkify", ignoreInvalid=True)
        assert read(shown.render(markdown(line))) == shape(line)


@given(LINES)
def test_text_has_a_line_for_each(line: Line) -> None:
    """No name breaks the tree of the terminal."""

    def count(found: Line) -> int:
        return 1 + sum(map(count, found.below))

    assert len("\n".join(drawn((line,))).splitlines()) == count(line)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", CASES)
def test_all_forms_are_one_tree(name: str, lang: Any) -> None:
    """Markdown, section and page of an explanation have the lines of its text."""
    for outcome in result(name).values():
        explanation = outcome.explain(lang)
        tree = shape(explanation.tree())
        assert read(explanation.html()) == tree
        assert read(explanation.html(page=True)) == tree
        assert read(MarkdownIt().render(explanation.markdown())) == tree
        assert explanation.html("en") == outcome.explain("en").html()


def test_a_page_stands_alone() -> None:
    """Its language, title and style are in it; no script, no address, nothing to be fetched."""
    shown = result("river_city_family")["dibao payment"].explain("zh").html(page=True)

    assert shown.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert "<title>河城社会救助</title>" in shown
    assert "@media print" in shown
    assert not [word for word in ("<script", "http", "url(", "@import", "src=") if word in shown]


def test_what_lost_is_marked() -> None:
    """Lines of what was weighed and did not decide have a class of their own."""
    shown = result("river_city_family")["dibao payment"].explain("en").html()

    assert '<li class="lost">floor: ' in shown
    assert shown.count('class="lost"') == 1
