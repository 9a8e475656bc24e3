"""Wordings that leave out a word or put it elsewhere, brought into the order of the main wording.

按低保标准的2倍给予 is 给予 低保标准的2倍, `under 18` is `age under 18`, A与B之和 is A加上B: the
tokens of a line become those that the grammar knows. Nothing is decided here about meaning.
"""

from __future__ import annotations

import re
from fractions import Fraction

from lark import Token

from policyrules.syntax.cursor import Cursor
from policyrules.syntax.layout import Line
from policyrules.syntax.names_built_in import AGE
from policyrules.syntax.special import OPENERS
from policyrules.syntax.words import words

_PAYING = frozenset({"PAYS", "OTHERWISE", "CASE", "BAND", "AMENDS", "REFINES", "TOPPED_UP"})
_TESTING = frozenset({"WHO", "WHEN", "CASE", "BODY", "STATEMENT", "TOPPED_UP"})
_TEST_BEGINS = frozenset(
    {
        *("WHO", "WHEN", "CASE", "BODY", "STATEMENT", "AS_A_RULE", "TEXT", "NOT", "EXCEPT"),
        *("AND", "OR", "COLON", "SEP", "COMMA", "SEMI", "NUMBERED", "LPAR"),
    }
)
_WHO = frozenset({"QUANTIFIER", "WHO_ARE", "AMONG", "GROUP_QUANTIFIER", "WITHIN_OF"})
_FIGURES = frozenset({"NUMBER", "QUANTITY"})
_OF_AGES = frozenset({"under", "不满", "未满", "满"})
_COMMAS = frozenset({"、", ","})
_LIST_BEGINS = _TEST_BEGINS - {"NOT", "EXCEPT", "SEP", "COMMA"}
_TEST_ENDS = frozenset({"AND", "OR", "COLON", "RPAR", "SEMI", "NUMBERED", "EXCEPT"})
_JOINED = frozenset({"WITH", "SEP"})
_BY = "by"
_BY_LINE = re.compile(r"按照?[ 　]*")
_TOPPED = re.compile(r"(?:增发|加发)(?=[ 　]*(?:[,，][^,，]*)?$)")
_PAID = re.compile(r"(?:给予|发给|发放|计发)(?=[ 　]*(?:[,，]|。?$))")


def opened_by(line: Line, block: str) -> tuple[str, str, int] | None:
    """The token that opens a line with 按: 按…给予, 按…增发, 按“…”理解."""
    text = line.source.text[: line.end]
    begins = _BY_LINE.match(text, line.start)
    if begins is None:
        return None
    if text[begins.end()] in '“"「' and text.rstrip("。").endswith("理解"):
        kind = "READING"
    elif _TOPPED.search(text, begins.end()):
        kind = "TOPPED_UP"
    elif _PAID.search(text, begins.end()):
        kind = "PAYS"
    else:
        return None
    known = any(word.type == kind and block in word.blocks for word in words().order)
    return (kind, _BY, begins.end()) if known else None


def vary(at: Cursor) -> None:
    """Bring the tokens of a line into the order that the grammar knows."""
    tokens = at.tokens
    opening = tokens[0].type if tokens else ""
    _or_over(tokens)
    _join_sums(tokens)
    _count_at(tokens)
    _disregard_first(tokens)
    if opening in _PAYING:
        _plain_payment(tokens)
    if opening in _TESTING:
        _same_standard(tokens)
        _marked_range(tokens)
        _side_is_comparison(tokens)
        _ages(at, _TEST_BEGINS | _WHO)
        _listed_names(tokens)
    else:
        _ages(at, _WHO)


def _as(kind: str, token: Token, value: object = None) -> Token:
    return Token.new_borrow_pos(kind, token.value if value is None else value, token)


# --- amounts -------------------------------------------------------------------------------------


def _plain_payment(tokens: list[Token]) -> None:
    """Leave out 按 and 在 where an amount begins, and 给予 or 发放 behind it."""
    for place in range(len(tokens) - 1, -1, -1):
        if not _payment_begins(tokens, place):
            continue
        kinds = [token.type for token in tokens[place : place + 2]]
        if kinds[0] == "IN_FULL":
            tokens[place] = _as("RATE", tokens[place], Fraction(1))
        if kinds[0] == "AT" or (kinds[0] == "BY" and not _of_each(tokens, place)):
            del tokens[place]
            _end_payment(tokens, place)
            if tokens[place : place + 1] and tokens[place].type == "IN_FULL":
                tokens[place] = _as("RATE", tokens[place], Fraction(1))
        elif tokens[0].value == _BY:
            _end_payment(tokens, place)
        _two_ends(tokens, place)


def _payment_begins(tokens: list[Token], place: int) -> bool:
    """Whether the amount of a line begins at a place."""
    before = [token.type for token in tokens[max(place - 2, 0) : place]]
    if before[-1:] == ["TEXT"]:
        before = before[:-1]
    if before[-1:] in (["PAYS"], ["OTHERWISE"], ["TOPPED_UP"]):
        return True
    if before[-1:] != ["COLON"]:
        return False
    return not sum((t.type == "LPAR") - (t.type == "RPAR") for t in tokens[:place])


def _of_each(tokens: list[Token], place: int) -> bool:
    """Whether 按 begins 按子女逐人计算, 按报销记录逐笔计算."""
    kinds = [token.type for token in tokens[place:]]
    return "EACH_MEMBER" in kinds or "EACH_RECORD" in kinds


def _end_payment(tokens: list[Token], start: int) -> None:
    """Leave out the 给予 or 发放 that ends the phrase which 按 began."""
    for place in range(start, len(tokens)):
        if tokens[place].type in {"SMALL", "COLON"}:
            return
        if tokens[place].type in {"PAID_END", "TOPPED_END"}:
            del tokens[place]
            return


def _two_ends(tokens: list[Token], start: int) -> None:
    """500元以上2000元以下 and `at least 500, up to 2000` are amounts from the one to the other."""
    kinds = [token.type for token in tokens[start : start + 4]]
    values = [token.value for token in tokens[start : start + 4]]
    figures = {"NUMBER", "QUANTITY"}
    if kinds[1::2] == ["POST_COMPARE"] * 2 and {kinds[0], kinds[2]} <= figures:
        if values[1::2] == [">=", "<="]:
            tokens[start + 1] = _as("TO", tokens[start + 1])
            del tokens[start + 3]
    elif kinds[:1] == ["COMPARE"] and kinds[1::2] and {*kinds[1::2]} <= figures:
        upper = kinds[2:3] == ["UP_TO"] or (
            kinds[2:3] in (["COMPARE"], ["AND_COMPARE"]) and values[2] == "<="
        )
        if len(kinds) == 4 and upper and values[0] == ">=":
            tokens[start + 2] = _as("TO", tokens[start + 2])
            del tokens[start]


def _join_sums(tokens: list[Token]) -> None:
    """In A、B与C之和 one word ends a list of amounts; 家庭成员工资之和 is a sum over members."""
    for place, token in enumerate(tokens):
        behind = tokens[place + 1].type if place + 1 < len(tokens) else ""
        if token.type != "OVER_END" or token.value != "sum" or behind == "SHARE_OF":
            continue
        joints = []
        index = place - 1
        while index > 0 and tokens[index].type in {"NAME", "QUANTITY", "DE", *_JOINED, "VALUE"}:
            if tokens[index].type in _JOINED:
                joints.append(index)
            index -= 1
        if joints and tokens[joints[0]].type == "WITH":
            tokens[place] = _as("ADDED_END", token)
            for joint in joints:
                tokens[joint] = _as("WITH", tokens[joint])


def _count_at(tokens: list[Token]) -> None:
    """工资按70%计入, 工资按70%计算: as 减按70%计算."""
    kinds = [token.type for token in tokens]
    for place in range(1, len(tokens) - 2):
        if kinds[place : place + 3] == ["BY", "RATE", "COUNTED_AT_END"]:
            tokens[place] = _as("COUNTED_AT", tokens[place])


def _disregard_first(tokens: list[Token]) -> None:
    """核减房租 is 房租核减: the word goes behind what it is said of."""
    for place in range(len(tokens) - 2, 0, -1):
        if tokens[place].type == "DISREGARDED" and tokens[place - 1].type in {"BODY", "SEMI"}:
            stop = place + 1
            while stop < len(tokens) and tokens[stop].type not in {"SEMI", "UP_TO"}:
                stop += 1
            tokens.insert(stop - 1, tokens.pop(place))


# --- conditions ---------------------------------------------------------------------------------


def _same_standard(tokens: list[Token]) -> None:
    """在低保标准1倍以上1.5倍以下: both ends are multiples of the one standard."""
    for place in range(len(tokens) - 1, 0, -1):
        token = tokens[place]
        start = place - 2 if tokens[place - 1].type == "DE" else place - 1
        if token.type != "MULTIPLE" or tokens[start].type != "NAME" or start < 1:
            continue
        if tokens[start - 1].type != "AT":
            continue
        name, (low, high) = tokens[start], token.value
        if low != high:
            ends = [(low, ">="), (high, "<=")]
            tokens[start : place + 1] = [
                made
                for end, operator in ends
                for made in (
                    name,
                    _as("MULTIPLE", token, (end, end)),
                    _as("POST_COMPARE", token, operator),
                )
            ]
            continue
        after = place + 1
        while after < len(tokens) and tokens[after].type in {"POST_COMPARE", "MARK_END", "TO"}:
            after += 1
        if after > place + 1 and after < len(tokens) and tokens[after].type == "MULTIPLE":
            tokens.insert(after, name)


def _marked_range(tokens: list[Token]) -> None:
    """900元（含）至1200元（不含）: each end by its mark."""
    for place in range(len(tokens) - 2, 1, -1):
        kinds = [token.type for token in tokens[place - 1 : place + 4]]
        if kinds[:2] != ["MARK_END", "TO"] or "MARK_END" not in kinds[2:]:
            continue
        stop = next(i for i in range(place + 1, len(tokens)) if tokens[i].type == "MARK_END")
        tokens.insert(stop + 1, _as("POST_COMPARE", tokens[stop], "<="))
        tokens[place] = _as("POST_COMPARE", tokens[place], ">=")


def _or_over(tokens: list[Token]) -> None:
    """`age is 60 or over`: the comparison stands before the figure."""
    for place in range(len(tokens) - 1, 1, -1):
        if tokens[place].type == "OR_OVER" and tokens[place - 2].type == "IS":
            tokens[place - 2] = _as("COMPARE", tokens[place - 2], ">=")
            del tokens[place]


def _side_is_comparison(tokens: list[Token]) -> None:
    """`income below 900` compares; in `the part of income below 900` the word cuts."""
    for place, token in enumerate(tokens):
        if token.type == "PART_OF":
            return
        if token.type == "SIDE":
            tokens[place] = _as("COMPARE", token, ">" if token.value == "above" else "<")


def _ages(at: Cursor, begins: frozenset[str]) -> None:
    """`under 18`, 满18周岁不满60周岁, 60周岁以上: standing alone they are said of the age."""
    tokens = at.tokens
    for place in range(len(tokens) - 1, 0, -1):
        _part_under(at, place)
    for place in range(len(tokens) - 1, 0, -1):
        before = tokens[place - 1].type
        if before not in begins or _paired(tokens, place):
            continue
        stop = _age_phrase(at, place)
        if stop is None:
            continue
        if before in _WHO:
            end = tokens[stop - 1].end_pos
            tokens.insert(stop, Token("RPAR", ")", start_pos=end, end_pos=end))
        if tokens[place].type != "AGED":
            tokens.insert(place, _as("NAME", tokens[place], AGE.key))
        if before in _WHO:
            tokens.insert(place, _as("LPAR", tokens[place], "("))


def _part_under(at: Cursor, place: int) -> None:
    """In `tekun and under 18` the word *and* joins two conditions, not the ends of one."""
    token = at.tokens[place]
    if token.type != "AND_COMPARE" or not _spelled(at, token).endswith("under"):
        return
    for before in reversed(at.tokens[:place]):
        if before.type in {"COMPARE", "AGED", "POST_COMPARE"}:
            return
        if before.type in _TEST_BEGINS:
            break
    joint = _as("AND", token)
    end = token.end_pos or 0
    under = Token("COMPARE", token.value, start_pos=end - len("under"), end_pos=end)
    at.tokens[place : place + 1] = [joint, under]


def _paired(tokens: list[Token], place: int) -> bool:
    """Whether a comparison is the second end of 年龄满7周岁且不满18周岁."""
    if tokens[place].type != "COMPARE" or tokens[place - 1].type != "AND":
        return False
    ended = [t for t in tokens[max(place - 4, 0) : place - 1] if t.type in _FIGURES]
    bare = "NUMBER" in {token.type for token in (*ended[-1:], *tokens[place + 1 : place + 2])}
    return bool(ended) and (bare or _in_years_of_age(ended[-1]))


def _age_phrase(at: Cursor, start: int) -> int | None:
    """The place behind a comparison that can only be one of an age, or none."""
    tokens = at.tokens
    place = start
    first = tokens[start]
    if first.type in {"AGED", "COMPARE"}:
        place += 1
    figure = tokens[place] if place < len(tokens) else first
    named = first.type == "AGED" or (figure.type == "NUMBER" and _spelled(at, first) in _OF_AGES)
    if figure.type not in _FIGURES or not (named or _in_years_of_age(figure)):
        return None
    behind = place + 1 if place > start else _behind_post(tokens, place + 1)
    if behind is None:
        return None
    place = behind
    kinds = [token.type for token in tokens[place : place + 2]]
    second = kinds[:1] in (["COMPARE"], ["AND_COMPARE"]) and kinds[1:] and kinds[1] in _FIGURES
    if second and not _spelled(at, tokens[place]).startswith(("is ", "are ")):
        if first.type == "AGED":
            tokens[place] = _as("COMPARE", tokens[place])
        return place + 2
    if kinds[:1] and kinds[0] in _FIGURES:
        return _behind_post(tokens, place + 1)
    return place


def _behind_post(tokens: list[Token], place: int) -> int | None:
    """The place behind 以上 or 以下 with the mark beside it, or none."""
    kinds = [token.type for token in tokens[place : place + 2]]
    if kinds[:1] == ["POST_COMPARE"]:
        return place + 1 + (kinds[1:] == ["MARK_END"])
    return place + 2 if kinds == ["MARK_END", "POST_COMPARE"] else None


def _in_years_of_age(token: Token) -> bool:
    return token.type == "QUANTITY" and token.value[1] == "year_of_age"


def _spelled(at: Cursor, token: Token) -> str:
    return at.text[token.start_pos or 0 : token.end_pos or 0].strip()


def _listed_names(tokens: list[Token]) -> None:
    """特困人员、低保对象或者未成年人: before the last `or` the commas mean the same."""
    for place in range(len(tokens) - 2, 1, -1):
        if tokens[place].type != "OR" or tokens[place + 1].type != "NAME":
            continue
        ends = place + 2 >= len(tokens) or tokens[place + 2].type in _TEST_ENDS
        joints = []
        start = place - 1
        while start > 1 and _is_listed(tokens, start):
            joints.append(start - 1)
            start -= 2
        before = ["", *(token.type for token in tokens[max(start - 2, 0) : start])]
        listed = before[-1] == "COLON" and before[-2] in OPENERS
        if tokens[start].type == "NAME" and ends and before[-1] in _LIST_BEGINS and not listed:
            for joint in joints:
                tokens[joint] = _as("OR", tokens[joint])


def _is_listed(tokens: list[Token], place: int) -> bool:
    """Whether another name and a comma stand before a place."""
    return tokens[place - 1].value in _COMMAS and tokens[place - 2].type == "NAME"
