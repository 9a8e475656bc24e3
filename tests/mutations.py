"""Small misprints of a rule file: one figure, rate, multiple or boundary word changed at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen
from lark import Token

from policyrules.diagnostics import Report
from policyrules.library import Library
from policyrules.source import Source
from policyrules.syntax.cursor import Context
from policyrules.syntax.layout import Block, Line
from policyrules.syntax.lexer import tokenize
from policyrules.syntax.names import Outline
from policyrules.syntax.parse import _Reading

# Examples and checks are what is to notice a misprint; what they say is no rule.
UNTOUCHED = {"EXAMPLE", "CHECK", "SOURCE", "RULESET", "INPUT", "CATEGORY", "STATUSES"}
FIGURES = {"NUMBER", "QUANTITY", "RATE", "MULTIPLE", "POINTS"}
WORDS = {"COMPARE", "POST_COMPARE", "AND_COMPARE", "MARK_END"}
NEXT = dict(
    zip("0123456789一二三四五六七八九两半", "1234567898二三四五六七八九八三一", strict=True)
)
CHANGED = {
    "低于": "不超过",
    "不满": "不超过",
    "不足": "不超过",
    "少于": "不超过",
    "超过": "不低于",
    "高于": "不低于",
    "多于": "不低于",
    "不低于": "超过",
    "不少于": "超过",
    "不超过": "低于",
    "不高于": "低于",
    "满": "超过",
    "以上": "以上（不含）",
    "以下": "以下（不含）",
    "以内": "以内（不含）",
    "（含）": "（不含）",
    "（不含）": "（含）",
    "（含当日）": "（不含当日）",
    "（不含当日）": "（含当日）",
    "less than": "at most",
    "under": "at most",
    "at most": "less than",
    "at least": "more than",
    "more than": "at least",
    "(incl.)": "(excl.)",
    "(excl.)": "(incl.)",
}
FIGURE = re.compile(r"\d(?:[\d.,]*\d)?|[一二三四五六七八九两半]+")
DAY_MARK = re.compile(r"（不?含当日）|\((?:in|ex)cl\.\)")
MARKED = re.compile(r"\s*[（(](?:不?含|incl|excl)")


@frozen
class Mutation:
    """One change: what stands between two offsets becomes something else."""

    start: int
    end: int
    replacement: str

    def of(self, source: Source) -> Source:
        """The file with the misprint in it."""
        text = source.text
        return Source(source.name, text[: self.start] + self.replacement + text[self.end :])

    def shown(self, source: Source) -> str:
        """The place, and what became of it, for a message."""
        line = source.text.count("\n", 0, self.start) + 1
        whole = source.text.splitlines()[line - 1].strip()
        return f"{line}: {source.text[self.start : self.end]} → {self.replacement} in {whole}"


def mutations(source: Source) -> list[Mutation]:
    """Every misprint of one figure or boundary word in the rules of a file."""
    *_, (outline, visible) = Library(None, Report()).gather(source)
    found: list[Mutation] = []
    for block in outline.layout.blocks:
        if block.opener.type in UNTOUCHED or _is_unread(block, outline):
            continue
        context = Context(visible, block.opener.type, Report())
        reading = _Reading(outline.declared, context)
        opened = (block.opener.type, block.opener.payload, block.opened)
        for line, opener in [
            (block.header, opened),
            *((line, reading.opener(line)) for line in block.clauses),
        ]:
            tokens = tokenize(line, context, opener, outline.declared).tokens
            published = block.opener.type == "STATISTIC"
            if tokens[0].type == "NOT_STATED":
                continue  # what is said of an unstated value binds the case
            if tokens[0].type == "ALTERNATIVELY":
                continue  # examples compute the chosen reading; a test computes the other one
            if published and any(token.type == "COMPARE" for token in tokens):
                continue  # of a figure with one end, a check meets that end from one side only
            found += _of_line(line, tokens, 0 if published else -1)
    return found


def _is_unread(block: Block, outline: Outline) -> bool:
    """Whether a block publishes a figure that nothing compares with another one."""
    names = [
        item.name
        for start, item in outline.declared.items()
        if block.header.start <= start < block.header.end
    ]
    text = outline.layout.source.text
    spellings = [half for name in names for half in (name.en, name.zh) if half]
    return block.opener.type == "STATISTIC" and all(text.count(s) == 1 for s in spellings)


def _of_line(line: Line, tokens: list[Token], digit: int) -> Iterator[Mutation]:
    """The misprints of a line; of a statistic, which checks meet rounded, in the first digit."""
    text = line.source.text
    for before, token in zip([None, *tokens], tokens, strict=False):
        start, end = token.start_pos or 0, token.end_pos or 0
        written = text[start:end]
        if token.type in FIGURES:
            for figure in FIGURE.finditer(written):
                places = [i for i in range(*figure.span()) if written[i] in NEXT]
                at = start + places[digit]
                yield Mutation(at, at + 1, NEXT[text[at]])
        elif token.type in {"BEFORE", "END_BEFORE"}:
            for mark in DAY_MARK.finditer(written):
                yield Mutation(start + mark.start(), start + mark.end(), CHANGED[mark.group()])
        elif token.type in WORDS and (before is None or before.type != "WITHIN_OF"):
            # In A中低于X的部分 the word decides nothing at X itself.
            bare = written.removeprefix("is ").removeprefix("are ").removeprefix("and ")
            changed = CHANGED.get(bare)
            if changed and not (changed.startswith(bare) and MARKED.match(text, end)):
                yield Mutation(end - len(bare), end, changed)
