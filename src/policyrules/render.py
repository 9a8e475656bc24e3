"""Findings as text for people, with carets under the words meant, and as data for editors.

Columns are display columns: a Chinese character takes two, a combining mark none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from policyrules.diagnostics import Diagnostic, Label, place, visible
from policyrules.source import Language, Span, Text

if TYPE_CHECKING:
    from policyrules.catalogue import Severity

TAB = 4
# A line of up to so many characters is shown whole, of a longer one so many on each side.
LONGEST_LINE = 1000
BESIDE = 100
MOST_RELATED = 20
GAP = "  "
SEVERITIES: dict[Severity, Text] = {
    "error": Text("error", "错误"),
    "warning": Text("warning", "警告"),
}
HINT = Text("hint: ", "提示：")
FURTHER = Text("and {} more places", "另有{}处未列出")
COLON = Text(": ", "：")

RESET, BOLD, RED, YELLOW, BLUE = "\x1b[0m", "\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[34m"


def render(diagnostic: Diagnostic, lang: Language = "en", *, colour: bool = False) -> str:
    """One finding as lines of text without a final line break; ANSI colours only if asked."""
    paint = RED if diagnostic.severity == "error" else YELLOW
    name = SEVERITIES[diagnostic.severity].of(lang)
    colon = COLON.of(lang)
    head = _painted(f"{name}[{diagnostic.code}]", BOLD + paint, colour=colour) + colon
    if isinstance(diagnostic.place, str):
        where = visible(diagnostic.place) + colon if diagnostic.place else ""
        lines = [head + where + visible(diagnostic.message(lang))]
        margin = 1
    else:
        lines = [head + visible(diagnostic.message(lang))]
        margin = _margin(diagnostic.place, diagnostic.related)
        lines += _excerpts(diagnostic, diagnostic.place, margin, lang, paint if colour else "")
    remedy = diagnostic.remedy(lang)
    if remedy:
        lines.append(" " * (margin + 1) + "= " + HINT.of(lang) + visible(remedy))
    return "\n".join(lines)


def render_all(
    diagnostics: Iterable[Diagnostic], lang: Language = "en", *, colour: bool = False
) -> str:
    """Several findings; those that show an excerpt stand apart by an empty line."""
    pieces: list[str] = []
    for diagnostic in diagnostics:
        piece = render(diagnostic, lang, colour=colour)
        pieces.append(piece if isinstance(diagnostic.place, str) else piece + "\n")
    return "\n".join(pieces).rstrip("\n")


def to_dict(diagnostic: Diagnostic) -> dict[str, object]:
    """A finding as JSON-ready data for editors and services, worded in both languages.

    Lines and columns count from 1, columns in characters; `end` is the place after the last one.
    """
    data: dict[str, object] = {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": _both(diagnostic.message("en"), diagnostic.message("zh")),
        "label": _both(diagnostic.label("en"), diagnostic.label("zh")),
        "hint": _both(diagnostic.remedy("en"), diagnostic.remedy("zh")),
    }
    if isinstance(diagnostic.place, str):
        return data | {"path": visible(diagnostic.place)}
    related = [
        {"label": _both(label.text.of("en"), label.text.of("zh"))} | _located(label.span)
        for label in diagnostic.related
    ]
    return data | _located(diagnostic.place) | {"related": related}


def width(text: str) -> int:
    """The number of display columns that a text takes."""
    return sum(_columns(character) for character in text)


def pad(text: str, columns: int) -> str:
    """The text filled up with blanks to that many display columns; longer ones stay as they are."""
    return text + " " * (columns - width(text))


def aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows of equally many cells as indented lines, the columns apart by two blanks."""
    sizes = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        (GAP + GAP.join(pad(cell, size) for cell, size in zip(row, sizes, strict=True))).rstrip()
        for row in rows
    ]


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    # "Ambiguous" characters, such as curly quotes, are narrow in today's terminals.
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _both(en: str, zh: str) -> dict[str, str]:
    return {"en": visible(en), "zh": visible(zh)}


def _located(span: Span) -> dict[str, object]:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {
        "file": span.source.name,
        "line": line,
        "column": column,
        "end": {"line": end_line, "column": end_column},
    }


def _margin(primary: Span, related: tuple[Label, ...]) -> int:
    """The width of the widest line number that will be shown."""
    spans = [primary, *(label.span for label in related)]
    return max(len(str(span.source.position(span.start)[0])) for span in spans)


def _excerpts(
    diagnostic: Diagnostic, primary: Span, margin: int, lang: Language, paint: str
) -> list[str]:
    colour = bool(paint)
    arrow = _painted(" " * margin + "--> ", BLUE, colour=colour)
    lines = [arrow + place(diagnostic)]
    lines += _excerpt(primary, diagnostic.label(lang), "^", margin, paint)
    for label in diagnostic.related[:MOST_RELATED]:
        line, column = label.span.source.position(label.span.start)
        arrow = _painted(" " * margin + "::: ", BLUE, colour=colour)
        lines.append(f"{arrow}{label.span.source.name}:{line}:{column}")
        lines += _excerpt(label.span, label.text.of(lang), "-", margin, BLUE if colour else "")
    more = len(diagnostic.related) - MOST_RELATED
    if more > 0:
        lines.append(" " * margin + " = " + FURTHER.of(lang).format(more))
    return lines


def _excerpt(span: Span, text: str, mark: str, margin: int, paint: str) -> list[str]:
    """The line in which a span begins, with marks under the part of the span in that line."""
    number, column = span.source.position(span.start)
    line = span.source.line(number)
    start = column - 1
    stop = max(start, min(len(line), start + span.end - span.start))
    pieces = _cut(line, start, stop)
    before = _laid_out(pieces[0], 0)
    marked = _laid_out(pieces[1], width(before))
    after = _laid_out(pieces[2], width(before) + width(marked))
    marks = mark * max(1, width(marked))
    colour = bool(paint)
    bar = _painted(" " * margin + " |", BLUE, colour=colour)
    numbered = _painted(f"{number:>{margin}} |", BLUE, colour=colour)
    pointer = _painted(f"{marks} {visible(text)}".rstrip(), paint, colour=colour)
    shown = f"{numbered} {before}{marked}{after}".rstrip()
    return [bar, shown, f"{bar} {' ' * width(before)}{pointer}"]


def _cut(line: str, start: int, stop: int) -> tuple[str, str, str]:
    """What stands before, between and behind two places; of a long line only what is near."""
    if len(line) <= LONGEST_LINE:
        return line[:start], line[start:stop], line[stop:]
    before = line[:start] if start <= BESIDE else "…" + line[start - BESIDE : start]
    end = min(stop, start + BESIDE)
    after = line[end : end + BESIDE]
    return before, line[start:end], after + ("…" if end + BESIDE < len(line) else "")


def _laid_out(text: str, column: int) -> str:
    """The text as it is to stand from a display column on, tabs as blanks."""
    out: list[str] = []
    for character in text:
        if character == "\t":
            out.append(" " * (TAB - column % TAB))
        elif character.isprintable() or character == "\u3000":
            out.append(character)
        else:
            out.append("\N{REPLACEMENT CHARACTER}")
        column += width(out[-1])
    return "".join(out)


def _painted(text: str, paint: str, *, colour: bool) -> str:
    return f"{paint}{text}{RESET}" if colour and text else text
