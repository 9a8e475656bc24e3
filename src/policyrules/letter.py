"""A decision letter: what was decided and why, in words of everyday, as text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from policyrules.explanation_tree import Line, as_is
from policyrules.source import Language

SCHEMA = 1
_INDENT = "   "


@frozen
class Section:
    """A heading and the points below it; steps that build on one another are numbered."""

    title: str
    items: tuple[Line, ...]
    numbered: bool = False


@frozen
class Letter:
    """A letter to whom a benefit was asked for.

    `blanks` are what the office fills in, such as the name; `decision` are the sentences that say
    what was decided. `str()` and `text` give plain text, `markdown` and `html` the same letter for
    documents and for printing.
    """

    lang: Language
    benefit: str
    of: str
    on: date
    status: str
    title: str
    blanks: tuple[str, ...]
    head: tuple[str, ...]
    decision: tuple[str, ...]
    sections: tuple[Section, ...]

    def __str__(self) -> str:
        return self.text()

    def text(self) -> str:
        """The letter as plain text, without a line break inside a paragraph."""
        blank = "_" * 20 if self.lang == "en" else "＿" * 10
        lines = [self.title, "", *(label + blank for label in self.blanks), *self.head, ""]
        lines += self.decision
        for section in self.sections:
            lines += ["", section.title, *_drawn(section)]
        return "\n".join(lines)

    def markdown(self) -> str:
        """The letter as Markdown; signs of Markdown in names are shown as they are."""
        blank = "\\_" * 20
        parts = [f"# {as_is(self.title)}"]
        parts.append("  \n".join([as_is(label) + blank for label in self.blanks]))
        parts.append("  \n".join(as_is(line) for line in self.head))
        parts += [f"**{as_is(line)}**" for line in self.decision[:1]]
        parts += [as_is(line) for line in self.decision[1:]]
        for section in self.sections:
            parts.append(f"## {as_is(section.title)}")
            parts.append("\n".join(_listed(section)))
        return "\n\n".join(part for part in parts if part) + "\n"

    def html(self, *, page: bool = False) -> str:
        """The letter as an HTML fragment, or as a whole page that prints on A4."""
        from policyrules.letter_html import fragment, whole_page  # noqa: PLC0415 (seldom needed)

        return whole_page(self) if page else fragment(self)

    def to_dict(self) -> dict[str, object]:
        """The letter as JSON-ready data (schema 1): its sentences by what they are for."""
        return {
            "schema": SCHEMA,
            "lang": self.lang,
            "benefit": self.benefit,
            "of": self.of,
            "on": self.on.isoformat(),
            "status": self.status,
            "title": self.title,
            "blanks": list(self.blanks),
            "head": list(self.head),
            "decision": list(self.decision),
            "sections": [
                {
                    "title": section.title,
                    "numbered": section.numbered,
                    "items": [_plain(item) for item in section.items],
                }
                for section in self.sections
            ],
        }


def _drawn(section: Section) -> Iterator[str]:
    for number, item in enumerate(section.items, 1):
        yield from _item(item, f"{number}. " if section.numbered else "- ", "")


def _item(item: Line, mark: str, indent: str) -> Iterator[str]:
    yield f"{indent}{mark}{item.text}"
    for below in item.below:
        yield from _item(below, "- ", indent + _INDENT)


def _listed(section: Section) -> Iterator[str]:
    for number, item in enumerate(section.items, 1):
        marked = f"{number}. " if section.numbered else "- "
        yield from _marked(item, marked, "")


def _marked(item: Line, mark: str, indent: str) -> Iterator[str]:
    yield f"{indent}{mark}{as_is(item.text)}"
    for below in item.below:
        yield from _marked(below, "- ", indent + " " * len(mark))


def _plain(item: Line) -> dict[str, object]:
    return {"text": item.text, "below": [_plain(below) for below in item.below]}
