"""From a logical line to the tokens of the grammar.

At each place the longest of the declared names and the words of the language wins. Numbers, shares,
multiples, quantities with their unit, dates, quoted texts and citations are single tokens, so that
the grammar is the same for both languages wherever the order of words is. Values are normalised,
offsets never.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from attrs import define

from policyrules.syntax.cursor import BLANKS, Context, Cursor
from policyrules.syntax.layout import Line
from policyrules.syntax.lists import nest
from policyrules.syntax.names import Declared
from policyrules.syntax.names_written import HAN
from policyrules.syntax.numbers import (
    Precision,
    Read,
    may_begin,
    read_date,
    read_multiple,
    read_period,
    read_points,
    read_quantity,
    read_rough,
    read_share,
)
from policyrules.syntax.refusals import refused_figure, refused_sign
from policyrules.syntax.settle import settle
from policyrules.syntax.short_forms import complete
from policyrules.syntax.special import special, texts
from policyrules.syntax.variants import vary

_ARTICLE = re.compile(r"(?:the|a|an)(?=[ \t])")
_NAMED = {
    "value": "VALUE",
    "group": "GROUP_NAME",
    "headcount": "GROUP_COUNT",
    "list": "LIST_NAME",
    "recordcount": "RECORD_COUNT",
}
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
    "｜": "BAR",
    "|": "BAR",
}
_QUOTE = r"\"([^\"\n]*)\"|“([^”\n]*)”|「([^」\n]*)」"
_TEXT = re.compile(rf"(?:{_QUOTE})(?:[ 　]*[/／][ 　]*(?:{_QUOTE}))?")
_PAID_CASE = re.compile(r"[,，][ 　]*(?:case|情形)[ 　]*(\d+)")
_YEAR = re.compile(r"((?:1[89]|20|21)\d\d)(?![\d.%]|,\d|-\d)")
_NEGATIVE = re.compile(r"(?<=[\s　:：(（])[-－−](?=[0-9０-９])|负(?=[0-9０-９])")
_DASH = re.compile(r"(?<=[^\s　])[-－–—~～]+(?=[0-9０-９])")
_CLOSED = re.compile(r"[,;:)，；：）、]|(?:and|or|but)\b|[（(](?:incl|excl)")
_STOP = re.compile(r"[ \t\r\n　:：,，、;；()（）\"“”0-9０-９+*/÷×|｜]")
_LETTER = r"[^\W\d\u3400-\u9fff]"  # of any script that puts blanks between words
_WORD = rf"(?:{_LETTER}|['’-])+"
_PHRASE = re.compile(rf"{_WORD}(?: +{_WORD})*")
_FIGURES_OF_NAME = re.compile(rf"(?<={_LETTER})[0-9]+(?![0-9.,%％])")
_AFTER_YEAR = frozenset({"FROM", "IN", "ON", "IS_IN", "ISSUED", "DAY_COMPARE"})
_ENDS = frozenset({"TO", "UNTIL"})
_SENTENCE_END = re.compile(r"(?:。|(?<![0-9０-９])\.)\s*$")


@define
class Reader(Cursor):
    """Reads one logical line, token by token."""

    def read(self, start: int) -> None:
        """Read the line from an offset on."""
        for first, stop in self.line.pieces:
            end = _SENTENCE_END.search(self.text[first:stop])
            self.limit = first + end.start() if end else stop
            offset = max(first, start)
            while offset < self.limit:
                blank = BLANKS.match(self.text, offset, self.limit)
                offset = blank.end() if blank else self.one(offset)

    def one(self, offset: int) -> int:
        """Read one token at an offset and give the offset behind it."""
        end = special(self, offset)
        if end is not None:
            return end
        for read in (self.named, self.literal, self.worded, self.mark):
            end = read(offset)
            if end is not None:
                return end
        refused = refused_sign(self, offset)
        return self.stranger(offset) if refused is None else refused

    # --- readers, each giving the offset behind its token or None -------------------------------

    def named(self, offset: int) -> int | None:
        """A declared name, unless a word of the language is longer or a type stands here."""
        if self.at_type():
            return None
        names = self.context.names.table.match(self.text, offset, self.limit)
        if self.whole:
            names = [n for n in names if (offset, n[0]) != (self.whole.start, self.whole.end)]
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
        return self.add(_NAMED.get(entry.kind, "NAME"), entry.key, offset, end)

    def literal(self, offset: int) -> int | None:
        """A quoted text, date, multiple, share, quantity or number."""
        text = self.text
        quoted = _TEXT.match(text, offset, self.limit)
        if quoted:
            halves = [half for half in quoted.groups() if half is not None]
            return self.add("TEXT", texts(halves), offset, quoted.end())
        refused = refused_figure(self, offset)
        if refused is not None or not may_begin(text, offset):
            return refused
        validity = self.last in _ENDS and self.tokens[0].type in {"VALID", "FROM", "CELLS"}
        until = [token.type for token in self.tokens[-3:]] == ["IS_IN", "DATE", "TO"]
        if self.last in _AFTER_YEAR or validity or until:
            year = _YEAR.match(text, offset, self.limit)
            if year and not text.startswith("年", year.end()):
                found = read_date(f"{year.group(1)}年")
                assert found is not None
                return self.add("DATE", found.value, offset, year.end())
        period = read_period(text, offset)
        if period and period[1].end <= self.limit:
            self.add("DATE", period[0].value, offset, period[0].end)
            self.add("TO", "", period[0].end, period[0].end)
            return self.add("DATE", period[1].value, period[0].end, period[1].end)
        day = read_date(text, offset)
        if day and day.end <= self.limit and not self.is_span(day):
            return self.add("DATE", day.value, offset, day.end)
        multiple = read_multiple(text, offset)
        if multiple and not self.ends_figure(multiple.end):
            return self.add("MULTIPLE", multiple.value, offset, multiple.end)
        return self.figure(offset)

    def is_span(self, year: Read[tuple[date, Precision]]) -> bool:
        """Whether a year is a number of years: in 满2000年, but not in 低于2000年的标准."""
        if (self.last, year.value[1]) != ("COMPARE", "year"):
            return False
        behind = year.end + self.text.startswith("的", year.end)
        return not self.context.names.table.match(self.text, behind, self.limit)

    def figure(self, offset: int) -> int | None:
        """A share, a quantity or a bare number; Chinese numerals only before a unit."""
        text = self.text
        negative = _NEGATIVE.match(text, offset, self.limit)
        start = negative.end() if negative else offset
        sign = -1 if negative else 1
        points = read_points(text, start)
        if points:
            return self.add("POINTS", sign * points.value, offset, points.end)
        if self.context.block == "STATISTIC":
            rough = read_rough(text, offset, self.context.names.units)
            if rough:
                operator, figure, unit = rough.value
                self.add("COMPARE", operator, offset, offset)
                kind, value = ("QUANTITY", (figure, unit)) if unit else ("NUMBER", figure)
                return self.add(kind, value, offset, rough.end)
        # In cost/2/5 both strokes divide.
        share = read_share(text, start, slash=self.last != "DIVIDED")
        if share:
            return self.add("RATE", sign * share.value, offset, share.end)
        quantity = read_quantity(text, start, self.context.names.units)
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

    def ends_figure(self, end: int) -> bool:
        """Whether nothing stands behind `2 times` of which it could be a multiple: it counts."""
        rest = self.text[end : self.limit].strip()
        closed = _CLOSED.match(rest) if rest else self.limit == self.line.pieces[-1][1]
        return bool(closed) and self.text.startswith("times", end - len("times"))

    def worded(self, offset: int) -> int | None:
        """A word of the language; an article is passed over."""
        found = self.word_at(offset)
        if found is None:
            article = _ARTICLE.match(self.text, offset, self.limit)
            return article.end() if article else None
        end, word = found
        return self.add(word.type, word.payload, offset, end)

    def mark(self, offset: int) -> int | None:
        """A punctuation mark, or the dash between the ends of a range."""
        dash = _DASH.match(self.text, offset, self.limit)
        if dash and self.last in {"RATE", "QUANTITY", "NUMBER"}:
            return self.add("TO", dash.group(), offset, dash.end())
        kind = _PUNCTUATION.get(self.text[offset])
        return self.add(kind, self.text[offset], offset, offset + 1) if kind else None

    def stranger(self, offset: int) -> int:
        """Characters that are no name, word or number: read as a name that nobody declared."""
        end = offset + 1
        while end < self.limit and not self.known(end):
            end += 1
        if not HAN.match(self.text, offset):
            phrase = _PHRASE.match(self.text, offset, end)
            end = phrase.end() if phrase else end
            figures = _FIGURES_OF_NAME.match(self.text, end, self.limit)
            end = figures.end() if figures else end
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
        if not self.text[offset].isprintable():
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
    for begin in range(start, line.end):
        if begin >= start and begin in declared:
            _read_until(reader, start, begin)
            item = declared[begin]
            reader.add("DECLARED", item.name, begin, item.name.span.end)
            start = item.end
    reader.read(start)
    vary(reader)
    complete(reader)
    settle(reader.tokens)
    reader.tokens = nest(reader)
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
