"""Numbered lists, lists inside them, and what several names share: marked before a line is parsed.

The style of its number tells the level of an item: a new style opens a list, an earlier one goes
back to it. The grammar then meets tokens for the beginning and end of each numbered list.
"""

from __future__ import annotations

import re
from typing import Literal

from attrs import define
from lark import Token

from policyrules.source import Span
from policyrules.syntax.cursor import Cursor
from policyrules.syntax.numbers import han_numeral
from policyrules.syntax.special import OPENERS

Style = Literal["", "han", "brackets", "dot", "circle", "letter", "roman"]
_SEPARATORS = frozenset({"SEMI", "COMMA", "SEP", "DE"})
_JOINTS = {"ANY_OF": "OR", "FOLLOWING": "OR", "ALL_OF": "AND"}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_INNER = re.compile(r"[^（()）.．、\s]+")


@define
class _Level:
    """A list that is being read: plain, or numbered in a style; `depth` counts brackets."""

    opener: str
    style: Style
    last: int
    depth: int
    fresh: bool


class _Lists:
    """Copies the tokens of a line, with the beginnings and ends of numbered lists added."""

    def __init__(self, at: Cursor) -> None:
        self.at = at
        self.made: list[Token] = []
        self.levels: list[_Level] = []
        self.depth = 0
        self.strayed = False

    def read(self) -> list[Token]:
        """The tokens of the line, marked."""
        for place, token in enumerate(self.at.tokens):
            following = self.at.tokens[place + 1 : place + 3]
            match token.type:
                case "LPAR":
                    self.depth += 1
                case "RPAR":
                    self.depth -= 1
                    self.close(len([one for one in self.levels if one.depth <= self.depth]), token)
                case "COLON":
                    self.colon(token, following)
                    continue
                case "NUMBERED":
                    self.number(token)
                case "OTHERS":
                    self.made.append(self.others(token, following))
                    continue
            self.made.append(token)
        if self.made:
            self.close(0, self.made[-1])
        return self.made

    def colon(self, token: Token, following: list[Token]) -> None:
        """The colon of a list opens it; any other one ends the lists before it."""
        opener = self.made[-1].type if self.made else ""
        if opener not in OPENERS:
            self.close(len([one for one in self.levels if one.depth < self.depth]), token)
            self.made.append(token)
            return
        self.made.append(token)
        numbered = bool(following) and following[0].type == "NUMBERED"
        style = self.style(str(following[0].value), fresh=True)[0] if numbered else ""
        self.levels.append(_Level(opener, style, 0, self.depth, numbered))
        if numbered:
            self.made.append(Token.new_borrow_pos("LIST_OPEN", "", following[0]))

    def number(self, token: Token) -> None:
        """The number of an item: the first of a list, or a further one of an open list."""
        written = str(token.value)
        if self.levels and self.levels[-1].fresh:
            self.levels[-1].fresh = False
            self.levels[-1].last = 0
            self.follows(self.levels[-1], self.style(written, fresh=True)[1], token)
            return
        style, value = self.style(written, fresh=False)
        here = [
            place
            for place, level in enumerate(self.levels)
            if level.style == style and level.depth == self.depth
        ]
        if not here:
            start, end = token.start_pos or 0, token.end_pos or 0
            if not self.strayed:
                self.at.context.report.add("PR345", Span(self.at.line.source, start, end))
            self.strayed = True
            return
        place = next((p for p in reversed(here) if self.levels[p].last + 1 == value), here[-1])
        self.strip(_JOINTS[self.levels[place].opener])
        self.close(place + 1, token)
        self.follows(self.levels[place], value, token)

    def follows(self, level: _Level, value: int, token: Token) -> None:
        """Report the number of an item that does not follow the one before it."""
        if value != level.last + 1:
            span = Span(self.at.line.source, token.start_pos or 0, token.end_pos or 0)
            facts = {"found": str(value), "wanted": str(level.last + 1)}
            self.at.context.report.add("PR127", span, facts=facts)
        level.last = value

    def others(self, token: Token, following: list[Token]) -> Token:
        """Whether `and others` ends a numbered list, or belongs to an item or a row of values."""
        level = self.levels[-1] if self.levels else None
        values = [one.type for one in self.made[-2:]]
        if values == ["VALUE_SEP", "VALUE"] or (values[-1:] == ["VALUE"] and level is None):
            return Token.new_borrow_pos("VALUE_OTHERS", token.value, token)
        if level is None or not level.style or level.depth != self.depth:
            return token
        since = next(i for i in range(len(self.made), 0, -1) if self.made[i - 1].type == "NUMBERED")
        listed = any(one.type == "SEP" for one in self.made[since:])
        goes_on = any(one.type == "NUMBERED" for one in following)
        if listed or goes_on:
            return token
        return Token.new_borrow_pos("LIST_OTHERS", token.value, token)

    def strip(self, joint: str) -> None:
        """Leave out what parts two numbered items."""
        while self.made[-1].type in {*_SEPARATORS, joint}:
            self.made.pop()

    def close(self, kept: int, token: Token) -> None:
        """End the lists inside the first `kept` ones."""
        for level in reversed(self.levels[kept:]):
            if level.style:
                self.strip("")
                self.made.append(Token.new_borrow_pos("LIST_CLOSE", "", token))
        del self.levels[kept:]

    def style(self, written: str, *, fresh: bool) -> tuple[Style, int]:
        """The style and value of a number; (i) goes on after (h), else it is a Roman one."""
        if "①" <= written[0] <= "⑳":
            return "circle", ord(written[0]) - ord("①") + 1
        found = _INNER.search(written)
        inner = found.group() if found else ""
        bracketed = written[0] in "（("
        if inner.isdigit():
            return ("brackets" if bracketed else "dot"), int(inner)
        if not inner.isascii():
            return "han", int(han_numeral(inner) or 0)
        letters = [one.last for one in self.levels if one.style == "letter"]
        value = ord(inner[0]) - ord("a") + 1
        follows = not fresh and bool(letters) and value == letters[-1] + 1
        if len(inner) == 1 and (follows or inner not in _ROMAN or (inner != "i" and fresh)):
            return "letter", value
        return "roman", _ROMAN.index(inner) + 1 if inner in _ROMAN else 0


def nest(at: Cursor) -> list[Token]:
    """The tokens of a line, with the beginnings and ends of its numbered lists."""
    return _Lists(at).read()


# --- what several names share -------------------------------------------------------------------

_STARTS = frozenset(
    {
        *("WHO", "WHEN", "CASE", "BODY", "STATEMENT", "QUANTIFIER", "AS_A_RULE", "EXCEPT"),
        *("AND", "OR", "COLON", "SEP", "COMMA", "SEMI", "NUMBERED", "LPAR"),
    }
)
_ENDS = frozenset(
    {
        *("AND", "OR", "COLON", "SEP", "COMMA", "SEMI", "NUMBERED", "RPAR", "NOR", "NOT_END"),
        *("OTHERS", "EXCEPT", "EXCEPT_END", "FOLLOWING", "DE", "OFF"),
    }
)


def share(tokens: list[Token]) -> None:
    """Join the names that one *not* or *except* is said of; the facts of examples stay apart."""
    if tokens and tokens[0].type in {"GIVEN", "EXPECT", "BECAUSE"}:
        return
    for place, token in enumerate(tokens):
        following = tokens[place + 1].type if place + 1 < len(tokens) else ""
        before = tokens[place - 1].type if place else ""
        if token.type == "IS_NOT" and following == "NAME" and before in _STARTS:
            tokens[place] = Token.new_borrow_pos("NOT", token.value, token)
        if tokens[place].type == "NOT":
            _join_not(tokens, place)
        if token.type == "EXCEPT":
            _join_except(tokens, place)


def _join_not(tokens: list[Token], start: int) -> None:
    """In `not A or B`, 不符合甲、乙 and `neither A, B nor C` one *not* is said of all names."""
    joints: list[int] = []
    place = start + 1
    while place < len(tokens) and tokens[place].type == "NAME" and _plain(tokens, place):
        place += 1
        if place >= len(tokens) or tokens[place].type not in {"OR", "NOR", "SEP", "COMMA"}:
            break
        joints.append(place)
        place += 1
    else:
        joints = joints[:-1]  # what follows the last one is no plain name
    kinds = [tokens[joint].type for joint in joints]
    if "NOR" not in kinds:
        ends = {"COMMA", "SEP"} if _in_plain_list(tokens, start) else {"COMMA"}
        stop = next((number for number, kind in enumerate(kinds) if kind in ends), None)
        joints = joints[:stop]
    for joint in joints:
        tokens[joint] = Token.new_borrow_pos("NOT_OR", tokens[joint].value, tokens[joint])


def _plain(tokens: list[Token], place: int) -> bool:
    """Whether a name stands by itself, and is no side of a comparison."""
    return place + 1 >= len(tokens) or tokens[place + 1].type in _ENDS


def _in_plain_list(tokens: list[Token], start: int) -> bool:
    """Whether the innermost list at a place is one without numbers, where 、 parts its items."""
    depth = 0
    for token in reversed(tokens[:start]):
        depth += (token.type == "RPAR") - (token.type == "LPAR")
        if depth < 0 or token.type == "NUMBERED":
            return False
        if not depth and token.type in OPENERS:
            return True
    return False


def _join_except(tokens: list[Token], start: int) -> None:
    """The words between what is excepted: all up to 外, else those up to the last `or`."""
    depth = 0
    found: list[int] = []
    for place in range(start + 1, len(tokens)):
        kind = tokens[place].type
        depth += (kind == "LPAR") - (kind == "RPAR")
        if kind == "EXCEPT_END" and not depth:
            break
        if depth < 0 or (not depth and kind in {"AND", "COLON", "SEMI", "NUMBERED", "EXCEPT"}):
            last = max((n for n in found if tokens[n].type == "OR"), default=start)
            found = [joint for joint in found if joint <= last]
            break
        if not depth and kind in {"SEP", "OR", "COMMA"}:
            found.append(place)
    else:
        last = max((n for n in found if tokens[n].type == "OR"), default=start)
        found = [joint for joint in found if joint <= last]
    for joint in found:
        tokens[joint] = Token.new_borrow_pos("EXCEPT_OR", tokens[joint].value, tokens[joint])
