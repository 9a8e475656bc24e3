"""The tree of an explanation as lines, and how each form writes them: text, Markdown, HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from attrs import field, frozen

from policyrules.source import Language

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# What Markdown, with GitHub's additions, may read as more than the character that it is.
_MARKS = re.compile(r"[\\`*_\[\]<>|~&#$]")
_BLOCKS = re.compile(r"(?:[-+=](?=\s|$|=|-)|\d+[.)])")
LANGUAGES = {"en": "en", "zh": "zh-CN"}

STYLE = """\
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  margin: 0 auto; max-width: 60rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
ul { list-style: none; margin: 0; padding-left: 1.1rem; border-left: 1px solid GrayText; }
section > ul { padding-left: .6rem; }
li { margin: .25rem 0; } .lost { opacity: .75; }
summary { cursor: pointer; } summary::marker { color: GrayText; }
@media (max-width: 30rem) { body { padding: .6rem; } ul { padding-left: .7rem; } }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } .lost { opacity: 1; }
  details::details-content { content-visibility: visible; }
  li { break-inside: avoid-page; } h2 { break-after: avoid; } }
"""


def one_line(text: str) -> str:
    """A text without line breaks and other control characters, which would break a tree."""
    return _BREAKS.sub(" ", text)


@frozen
class Line:
    """A line of the tree with the lines below it; `lost` is what was weighed and did not decide."""

    text: str = field(converter=one_line)
    below: tuple[Line, ...] = ()
    lost: bool = False


def drawn(lines: tuple[Line, ...], indent: str = "") -> Iterator[str]:
    """Lines with the branches of the tree before them, for a terminal."""
    for line in lines:
        last = line is lines[-1]
        yield f"{indent}{'└─' if last else '├─'} {line.text}"
        yield from drawn(line.below, indent + ("   " if last else "│  "))


def markdown(line: Line) -> str:
    """A heading and nested lists, in which every character stands for itself."""
    return "\n".join([f"### {as_is(line.text)}", "", *_items(line.below)])


def _items(lines: tuple[Line, ...], indent: str = "") -> Iterator[str]:
    for line in lines:
        yield f"{indent}- {as_is(line.text)}"
        yield from _items(line.below, indent + "  ")


def as_is(text: str) -> str:
    """A text that Markdown shows as it stands, at the start of a line too."""
    start = _BLOCKS.match(text)
    marked = _MARKS.sub(r"\\\g<0>", text)
    if start is None:
        return marked
    at = start.end() - 1
    return f"{marked[:at]}\\{marked[at:]}"


def fragment(line: Line, lang: Language) -> str:
    """A section for a page: a heading and nested lists that can be folded."""
    lines = [f'<section class="explanation" lang="{LANGUAGES[lang]}">']
    lines.append(f"<h2>{escape(line.text)}</h2>")
    return "\n".join([*lines, *_list(line.below), "</section>"])


def _list(lines: tuple[Line, ...]) -> Iterator[str]:
    if not lines:
        return
    yield "<ul>"
    for line in lines:
        item = '<li class="lost">' if line.lost else "<li>"
        if line.below:
            yield f"{item}<details open><summary>{escape(line.text)}</summary>"
            yield from _list(line.below)
            yield "</details></li>"
        else:
            yield f"{item}{escape(line.text)}</li>"
    yield "</ul>"


def page(title: str, fragments: Iterable[str], lang: Language) -> str:
    """A whole page of sections, with its style and without scripts."""
    shown = escape(one_line(title))
    head = [
        "<!DOCTYPE html>",
        f'<html lang="{LANGUAGES[lang]}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{shown}</title>",
        f"<style>\n{STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{shown}</h1>",
    ]
    return "\n".join([*head, *fragments, "</body>", "</html>"])
