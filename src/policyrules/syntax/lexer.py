"""From a logical line to the tokens of the grammar.

At each place the longest of the declared names and the words of the language wins. Numbers, shares,
multiples, quantities with their unit, dates, quoted texts and citations are single tokens, so that
the grammar is the same for both languages wherever the order of words is. Values are normalised,
offsets never.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import define, field, frozen
from lark import Token

from policyrules.diagnostics import Report
from policyrules.source import Span, Text
from policyrules.syntax import places
from policyrules.syntax.layout import LIST_NUMBER, Line
from policyrules.syntax.names import HAN, Declared, Names
from policyrules.syntax.numbers import (
    read_date,
    read_multiple,
    read_number,
    read_quantity,
    read_share,
    read_unit,
)
from policyrules.syntax.settle import settle
from policyrules.syntax.words import Word, words

_BLANK = re.compile(r"[ \t\r\n　]+")
_ARTICLE = re.compile(r"(?:the|a|an)(?=[ \t])")
_PUNCTUATION = {
    ":": "COLON",
    "：": "COLON",
    ",": "COMMA",
    "，": "COMMA",
    "、": "SEP",
    ";": "SEMI",
    "；": "SEMI",
    "(": "LPAR",
    "（": "LPAR",
    ")": "RPAR",
    "）": "RPAR",
}
_QUOTE = r"\"([^\"\n]*)\"|“([^”\n]*)”|「([^」\n]*)」"
_TEXT = re.compile(rf"(?:{_QUOTE})(?:[ 　]*[/／][ 　]*(?:{_QUOTE}))?")
_TITLE = re.compile(r"[(（]([^)）]*)[)）]")
_FACTORS = re.compile(
    r"[,，]?[ 　]*(?:by[ ]+|根据|按照?)(.*?)(?:[ ]*(and others|等因素|等))?(?:因素)?(?:确定)?$"
)
_FACTOR_END = re.compile(r"[,，、]|\band\b")
_ID = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*")
_PAID_CASE = re.compile(r"[,，][ 　]*(?:case|情形)[ 　]*(\d+)")
_STEP_NUMBER = re.compile(r"(?:the[ ]+)?(?:nearest[ ]+)?")
_MONTHLY = re.compile(
    r"by the (\d{1,2})(?:st|nd|rd|th) of (?:each|every) month"
    r"(?:[ ]*[（(](incl|excl)\.[）)])?|每月(\d{1,2})日前(?:[（(](不?)含.*?[）)])?"
)
_BY_DATE = re.compile(r"底前|前(?:[（(](不?)含.*?[）)])?")
_YEAR = re.compile(r"((?:1[89]|20|21)\d\d)(?![\d.%]|,\d|-\d)")
_NEGATIVE = re.compile(r"(?<=[\s　:：(（])[-－−](?=[0-9０-９])|负(?=[0-9０-９])")
_STOP = re.compile(r"[ \t\r\n　:：,，、;；()（）\"“”0-9０-９+*/÷×]")
_TYPED = frozenset({"PARAMETER", "STATISTIC", "INPUT", "DEFINE", "BENEFIT"})
_AFTER_YEAR = frozenset({"FROM", "IN", "ON", "IS_IN"})
_STEPPED = frozenset({"MODE", "NEAREST"})
_SENTENCE_END = re.compile(r"[。.]\s*$")


@frozen
class Context:
    """What a line is read with: the names, and the block and clause in which it stands."""

    names: Names
    block: str
    report: Report = field(repr=False)


@define
class Reader:
    """Reads one logical line; lives for that line only."""

    line: Line
    context: Context
    tokens: list[Token] = field(factory=list)
    unknown: set[str] = field(factory=set)
    limit: int = 0
    typed: bool = False

    def add(self, kind: str, value: Any, start: int, end: int) -> int:
        """Append a token and give the offset behind it."""
        self.tokens.append(Token(kind, value, start_pos=start, end_pos=end))
        return end

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.line.source.text

    @property
    def last(self) -> str:
        """The type of the latest token."""
        return self.tokens[-1].type if self.tokens else ""

    def read(self, start: int) -> None:
        """Read the line from an offset on."""
        for first, stop in self.line.pieces:
            end = _SENTENCE_END.search(self.text[first:stop])
            self.limit = first + end.start() if end else stop
            offset = max(first, start)
            while offset < self.limit:
                blank = _BLANK.match(self.text, offset, self.limit)
                offset = blank.end() if blank else self.one(offset)

    def one(self, offset: int) -> int:
        """Read one token at an offset and give the offset behind it."""
        for read in (self.special, self.named, self.literal, self.worded, self.mark):
            end = read(offset)
            if end is not None:
                return end
        return self.stranger(offset)

    # --- readers, each giving the offset behind its token or None -------------------------------

    def special(self, offset: int) -> int | None:
        """What only stands after a certain token: citations, ids, types, rounding steps."""
        text = self.text
        cited = self.last == "SEMI" and self.tokens[-2].type == "CITATION"
        if cited or self.last in {"CITES", "QUOTED_IN", "CITATION"}:
            return self.citation(offset)
        if self.tokens and self.tokens[0].type == "DECIDED" and self.last == "TEXT":
            return self.factors(offset)
        title = _TITLE.match(text, offset, self.limit)
        if title and self.last == "ID":
            return self.add("TEXT", self.texts(title.group(1).split("/")), offset, title.end())
        if self.last in {"USES", "RULESET"}:
            match = _ID.match(text, offset, self.limit)
            return self.add("ID", match.group(), offset, match.end()) if match else None
        if self.last in _STEPPED or (
            self.last == "UP_TO" and len(self.tokens) > 1 and "ROUNDED" in self.tokens[-2].type
        ):
            return self.step(offset)
        if self.last == "CURRENCY" or self.at_type():
            return self.type(offset)
        number = LIST_NUMBER.match(text, offset, self.limit)
        if number and self.last in {"COLON", "SEMI", "ITEM_END", ""} | self.numbered(number):
            return self.add("NUMBERED", number.group(), offset, number.end())
        match = _MONTHLY.match(text, offset, self.limit)
        if match:
            return self.monthly(match)
        if self.last == "DATE":
            before = _BY_DATE.match(text, offset, self.limit)
            if before and HAN.match(text, offset):
                return self.before(before)
        return None

    def factors(self, offset: int) -> int:
        """From which factors a decision is made: declared names, else as written."""
        match = _FACTORS.match(self.rest(offset))
        listed = match.group(1) if match else ""
        items = [item.strip(" 　") for item in _FACTOR_END.split(listed)]
        entries = self.context.names.entries
        names = tuple(entries[item].key if item in entries else item for item in items if item)
        is_open = bool(match and match.group(2))
        return self.add("FACTORS", (names, is_open), offset, self.limit) if names else self.limit

    @staticmethod
    def texts(halves: list[str]) -> Text:
        """A text from its halves, each put into its language."""
        stripped = [half.strip(" 　") for half in halves]
        en = next((half for half in stripped if not HAN.search(half)), None)
        return Text(en, next((half for half in stripped if half != en), None))

    def numbered(self, match: re.Match[str]) -> frozenset[str]:
        """Where a bracketed number can stand besides after a colon: anywhere but behind a table."""
        bracketed = match.group()[0] in "（(①②③④⑤⑥⑦⑧⑨⑩"
        return frozenset({self.last}) if bracketed else frozenset()

    def at_type(self) -> bool:
        """Whether the type of a header stands here."""
        return (
            self.context.block in _TYPED
            and self.typed is False
            and self.last == "COLON"
            and sum(token.type == "COLON" for token in self.tokens) == 1
            and self.tokens[0].type in _TYPED
        )

    def type(self, offset: int) -> int | None:
        """The unit of a header, unless a longer word names a type (日期 begins like 日)."""
        unit = read_unit(self.text, offset, self.limit)
        word = self.word_at(offset)
        if unit is None or (word and word[0] > unit.end):
            return None
        return self.add("UNIT", unit.value, offset, unit.end)

    def citation(self, offset: int) -> int | None:
        if self.last == "CITATION" and self.text[offset] in ",，、;；":
            return self.add("SEMI", self.text[offset], offset, offset + 1)
        read = places.read_citation(self.text, offset, self.limit, self.context.names.sources)
        if read is None:
            return None
        source, levels, end = read
        return self.add("CITATION", (source, levels), offset, end)

    def step(self, offset: int) -> int | None:
        """The step of a rounding: `yuan`, 十元, 1%."""
        text = self.text
        prefix = _STEP_NUMBER.match(text, offset, self.limit)
        start = prefix.end() if prefix else offset
        share = read_share(text, start)
        if share and share.end <= self.limit:
            return self.add("STEP", (share.value, ""), offset, share.end)
        number = read_number(text, start)
        behind = number.end if number else start
        blank = _BLANK.match(text, behind, self.limit)
        unit = read_unit(text, blank.end() if blank else behind, self.limit)
        value = number.value if number else Fraction(1)
        if unit:
            return self.add("STEP", (value, unit.value), offset, unit.end)
        return self.add("STEP", (value, ""), offset, behind) if number else None

    def monthly(self, match: re.Match[str]) -> int:
        day = int(match.group(1) or match.group(3))
        marked = match.group(2) == "incl" or match.group(4) == ""
        excluded = match.group(2) == "excl" or match.group(4) == "不"
        if not marked and not excluded:
            span = Span(self.line.source, match.start(), match.end())
            self.context.report.add("PR402", span)
        return self.add("DAY_OF_MONTH", day - excluded, match.start(), match.end())

    def before(self, match: re.Match[str]) -> int:
        """底前, 前（含当日）, 前（不含当日） behind a date."""
        if match.group() == "前":
            span = Span(self.line.source, match.start(), match.end())
            self.context.report.add("PR402", span)
        kind = "END_BEFORE" if match.group() == "底前" else "BEFORE"
        return self.add(kind, match.group(1) != "不", match.start(), match.end())

    def named(self, offset: int) -> int | None:
        """A declared name, unless a word of the language is longer."""
        names = self.context.names.table.match(self.text, offset, self.limit)
        if not names:
            return None
        end, entry = names[0]
        word = self.word_at(offset)
        if word and word[0] > end:
            return None
        case = _PAID_CASE.match(self.text, end, self.limit)
        if (case and " paid this " in entry.key) or (case and "已享受" in entry.key):
            form = ", case {}" if not HAN.search(entry.key) else "，情形{}"
            key = entry.key + form.format(int(case.group(1)))
            return self.add("NAME", key, offset, case.end())
        return self.add("VALUE" if entry.kind == "value" else "NAME", entry.key, offset, end)

    def literal(self, offset: int) -> int | None:
        """A quoted text, date, multiple, share, quantity or number."""
        text = self.text
        quoted = _TEXT.match(text, offset, self.limit)
        if quoted:
            halves = [half for half in quoted.groups() if half is not None]
            return self.add("TEXT", self.texts(halves), offset, quoted.end())
        if self.last in _AFTER_YEAR:
            year = _YEAR.match(text, offset, self.limit)
            if year and not text.startswith("年", year.end()):
                found = read_date(f"{year.group(1)}年")
                assert found is not None
                return self.add("DATE", found.value, offset, year.end())
        date = read_date(text, offset)
        # 满2000年 is a number of years, not the year 2000.
        if date and date.end <= self.limit and (self.last, date.value[1]) != ("COMPARE", "year"):
            return self.add("DATE", date.value, offset, date.end)
        multiple = read_multiple(text, offset)
        if multiple:
            return self.add("MULTIPLE", multiple.value, offset, multiple.end)
        return self.figure(offset)

    def figure(self, offset: int) -> int | None:
        """A share, a quantity or a bare number; Chinese numerals only before a unit."""
        text = self.text
        negative = _NEGATIVE.match(text, offset, self.limit)
        start = negative.end() if negative else offset
        sign = -1 if negative else 1
        share = read_share(text, start)
        if share:
            return self.add("RATE", sign * share.value, offset, share.end)
        quantity = read_quantity(text, start)
        if quantity is None:
            return None
        value, unit = sign * quantity.value[0], quantity.value[1]
        word = self.word_at(offset)
        if word and word[0] >= quantity.end:
            return None
        if unit:
            return self.add("QUANTITY", (value, unit), offset, quantity.end)
        if HAN.match(text, offset):
            return None
        return self.add("NUMBER", value, offset, quantity.end)

    def word_at(self, offset: int) -> tuple[int, Word] | None:
        """The longest word of the language that fits here."""
        found = [
            (end, word)
            for end, word in words().inside.match(self.text, offset, self.limit)
            if self.fits(word, offset, end)
        ]
        # Of two words with one spelling (是), that of this kind of block wins where it fits.
        return max(found, key=lambda item: (item[0], bool(item[1].blocks)), default=None)

    def fits(self, word: Word, offset: int, end: int) -> bool:
        if word.blocks and self.context.block not in word.blocks:
            return False
        if word.at == "type" and not self.at_type():
            return False
        if word.at == "name" and not self.name_follows(end):
            return False
        if word.type in {"YES", "NO"} and not re.match(r"[ 　]*(?:[;；,，、]|$)", self.rest(end)):
            return False
        if word.spelling == "-":
            return bool(_BLANK.match(self.text, offset - 1) and _BLANK.match(self.text, end))
        return True

    def rest(self, offset: int) -> str:
        return self.text[offset : self.limit]

    def name_follows(self, offset: int) -> bool:
        blank = _BLANK.match(self.text, offset, self.limit)
        start = blank.end() if blank else offset
        if self.text[start : start + 1] in {"(", "（"}:
            return True
        return bool(self.context.names.table.match(self.text, start, self.limit)) or (
            blank is not None
        )

    def worded(self, offset: int) -> int | None:
        found = self.word_at(offset)
        if found is None:
            article = _ARTICLE.match(self.text, offset, self.limit)
            return article.end() if article else None
        end, word = found
        return self.add(word.type, word.payload, offset, end)

    def mark(self, offset: int) -> int | None:
        kind = _PUNCTUATION.get(self.text[offset])
        return self.add(kind, self.text[offset], offset, offset + 1) if kind else None

    def stranger(self, offset: int) -> int:
        """Characters that are no name, word or number: read as a name that nobody declared."""
        end = offset + 1
        while end < self.limit and not self.known(end):
            end += 1
        if not HAN.match(self.text, offset):
            phrase = re.compile(r"[A-Za-z_'’-]+(?: +[A-Za-z_'’-]+)*").match(self.text, offset, end)
            end = phrase.end() if phrase else end
        name = self.text[offset:end].rstrip()
        self.unknown.add(name)
        return self.add("NAME", name, offset, end)

    def known(self, offset: int) -> bool:
        """Whether something readable starts here, so that an unknown name ends before it."""
        if _STOP.match(self.text, offset) and self.text[offset] != " ":
            return True
        if self.text[offset] == " ":
            return False
        if self.context.names.table.match(self.text, offset, self.limit):
            return True
        found = self.word_at(offset)
        return found is not None and (found[0] - offset > 1 or self.text[offset] in "的且为与或")


def tokenize(
    line: Line,
    context: Context,
    opener: tuple[str, str, int] | None,
    declared: Mapping[int, Declared],
) -> Reader:
    """The tokens of a line after its opening token (type, value, offset behind it).

    `declared` are the names declared in this line: each becomes one token with its alias.
    """
    reader = Reader(line, context)
    start = line.start
    if opener:
        start = reader.add(opener[0], opener[1], line.start, opener[2])
    for begin in sorted(declared):
        if start <= begin < line.end:
            _read_until(reader, start, begin)
            item = declared[begin]
            reader.add("DECLARED", item.name, begin, item.name.span.end)
            start = item.end
    reader.read(start)
    settle(reader.tokens)
    return reader


def _read_until(reader: Reader, start: int, stop: int) -> None:
    """Read what stands between two declared names (their separators)."""
    pieces = tuple(
        (max(first, start), min(last, stop))
        for first, last in reader.line.pieces
        if max(first, start) < min(last, stop)
    )
    if pieces:
        whole = reader.line
        reader.line = Line(whole.source, pieces)
        reader.read(start)
        reader.line = whole
