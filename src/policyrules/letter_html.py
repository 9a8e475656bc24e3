"""A decision letter as HTML: a fragment, or a page that prints on A4."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from policyrules.explanation_tree import LANGUAGES, Line
from policyrules.letter import Letter, Section

_STYLE = """
@page { size: A4; margin: 22mm 20mm; }
:root { color-scheme: light dark; }
body { margin: 0; font: 1rem/1.65 Georgia, "Times New Roman", "Songti SC", SimSun, serif; }
:lang(zh) { font-family: "Songti SC", SimSun, "Noto Serif CJK SC", serif; }
.letter { max-width: 42rem; margin: 0 auto; padding: 2rem 1.25rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.3; text-align: center; margin: 0 0 1.75rem; }
h2 { font-size: 1.0625rem; margin: 1.5rem 0 .4rem; break-after: avoid; }
.head p { margin: .15rem 0; }
.blank { display: inline-block; min-width: 13rem; border-bottom: 1px solid; }
.decision { margin-top: 1.25rem; }
.decision p:first-child { font-weight: bold; }
ol, ul { margin: .25rem 0; padding-inline-start: 1.6rem; }
li { margin: .2rem 0; break-inside: avoid; }
li li { font-size: .9375rem; }
@media print { .letter { max-width: none; padding: 0; } body { font-size: 11.5pt; }
  .letter + .letter { break-before: page; } }
"""


def fragment(letter: Letter) -> str:
    """The letter as one article, for a page of somebody else."""
    blanks = "".join(
        f'<p>{escape(label)}<span class="blank">&nbsp;</span></p>' for label in letter.blanks
    )
    head = "".join(f"<p>{escape(line)}</p>" for line in letter.head)
    decision = "".join(f"<p>{escape(line)}</p>" for line in letter.decision)
    sections = "".join(map(_section, letter.sections))
    return (
        f'<article class="letter" lang="{LANGUAGES[letter.lang]}">'
        f'<h1>{escape(letter.title)}</h1><div class="head">{blanks}{head}</div>'
        f'<div class="decision">{decision}</div>{sections}</article>\n'
    )


def whole_page(*letters: Letter) -> str:
    """Letters as a page of their own, without script or anything from elsewhere.

    On paper each begins a new sheet.
    """
    letter = letters[0]
    return (
        f'<!doctype html>\n<html lang="{LANGUAGES[letter.lang]}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(letter.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{''.join(map(fragment, letters))}</body>\n</html>\n"
    )


def _section(section: Section) -> str:
    tag = "ol" if section.numbered else "ul"
    listed = _items(section.items, tag)
    return f"<section><h2>{escape(section.title)}</h2>{listed}</section>"


def _items(items: Iterable[Line], tag: str) -> str:
    return f"<{tag}>{''.join(map(_item, items))}</{tag}>"


def _item(item: Line) -> str:
    below = _items(item.below, "ul") if item.below else ""
    return f"<li>{escape(item.text)}{below}</li>"
