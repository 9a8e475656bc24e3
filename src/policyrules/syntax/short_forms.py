"""What documents leave out, put back before a line is parsed.

The category of a value that only one category has (农村 for 城乡为农村), the `or` between the
classes of a list (低保对象、特困人员), and the place of a condition behind the ends of a band.
"""

from __future__ import annotations

from lark import Token

from policyrules.source import Span, Text
from policyrules.syntax.cursor import Cursor

_CONDITIONED = frozenset({"WHO", "WHEN", "CASE", "BAND", "TOPPED_UP", "BODY"})
_CLASSED = frozenset({"WHO", "WHEN", "CASE", "TOPPED_UP"})
_LOOSE = frozenset({"和", "及", "以及"})
_JOINTS = frozenset({"AND", "OR", "SEP", "COMMA"})
_ENDS = frozenset({*_JOINTS, "COLON", "SEMI", "RPAR", "NUMBERED", "EXCEPT", "OTHERS"})
_LISTED = frozenset({"ANY_OF", "ALL_OF", "FOLLOWING"})
_PARTS = frozenset({"NAME", "VALUE", "IS", "IS_NOT", "NOT", "AND", "OR", "SEP"})
_GIVEN = frozenset({"GIVEN", "SEMI", "COMMA", "SEP", "COLON"})


def complete(at: Cursor) -> None:
    """Put back what an author left out of a line."""
    opening = at.tokens[0].type if at.tokens else ""
    if opening == "BAND":
        _class_first(at.tokens)
    if opening in _CONDITIONED:
        _name_categories(at, _head(at.tokens))
    if opening in _CLASSED:
        _join_classes(at, _head(at.tokens))
    if opening == "GIVEN":
        _name_given(at)


def _head(tokens: list[Token]) -> int:
    """Where the condition of a line ends: at the colon before what is paid."""
    for place in range(1, len(tokens)):
        if tokens[place].type == "COLON" and tokens[place - 1].type not in _LISTED:
            return place
    return len(tokens)


def _class_first(tokens: list[Token]) -> None:
    """`band A to B, CLASS: …` is `band CLASS, A to B: …`."""
    stop = _head(tokens)
    commas = [place for place in range(1, stop) if tokens[place].type == "COMMA"]
    if not commas or stop == len(tokens):
        return
    comma = commas[-1]
    start = 2 if tokens[1].type == "TEXT" else 1
    behind, ends = tokens[comma + 1 : stop], tokens[start:comma]
    if not behind or not all(token.type in _PARTS for token in behind):
        return
    if not all(token.type in _PARTS for token in ends):
        tokens[start:stop] = [*behind, tokens[comma], *ends]


def _name_categories(at: Cursor, stop: int) -> None:
    """Put the category before each value that stands for itself, as a status does."""
    for place in reversed(range(1, stop)):
        token, before = at.tokens[place], at.tokens[place - 1]
        following = at.tokens[place + 1].type if place + 1 < len(at.tokens) else ""
        if token.type != "VALUE" or (following and following not in _ENDS):
            continue
        if before.type == "BODY" and not following:
            continue  # what a definition gives
        if before.type in _JOINTS and at.tokens[place - 2].type == "VALUE":
            if set(at.context.names.having(token.value)) & set(
                at.context.names.having(at.tokens[place - 2].value)
            ) or _at_values(at.tokens, place):
                continue  # one more value of the same category, or of the same table
        elif before.type == "LPAR" and at.tokens[place - 2].type == "NAME":
            continue  # a table at a value
        elif before.type not in {*_CONDITIONED, *_JOINTS, "TEXT", "NOT", "LPAR", "COLON", "SEMI"}:
            continue
        _put_category(at, place, token, is_=True)


def _at_values(tokens: list[Token], place: int) -> bool:
    """Whether a value is one of those at which a table is read: `TABLE of A, B`, 表（A、B）."""
    while tokens[place - 1].type in {"COMMA", "SEP"} and tokens[place - 2].type == "VALUE":
        place -= 2
    return tokens[place - 1].type in {"OF", "LPAR"} and tokens[place - 2].type == "NAME"


def _name_given(at: Cursor) -> None:
    """In an example, a value stands for the category that has it."""
    for place in reversed(range(1, len(at.tokens))):
        token, before = at.tokens[place], at.tokens[place - 1]
        following = at.tokens[place + 1].type if place + 1 < len(at.tokens) else ""
        if token.type == "VALUE" and before.type in _GIVEN and following in {"", *_GIVEN}:
            _put_category(at, place, token, is_=False)


def _put_category(at: Cursor, place: int, value: Token, *, is_: bool) -> None:
    """The one category of a value before it; of several, the author has to say which."""
    categories = at.context.names.having(value.value)
    if len(categories) > 1:
        span = Span(at.line.source, value.start_pos or 0, value.end_pos or 0)
        shown = [at.context.names.shown(category) for category in categories]
        listed = Text(
            ", ".join(f"`{name.of('en')}`" for name in shown),
            "、".join(f"“{name.of('zh')}”" for name in shown),
        )
        name = at.text[span.start : span.end]
        at.context.report.add("PR230", span, facts={"name": name, "categories": listed})
    start = value.start_pos or 0
    made = [Token("NAME", category, start_pos=start, end_pos=start) for category in categories[:1]]
    if made and is_:
        made.append(Token("IS", "", start_pos=start, end_pos=start))
    at.tokens[place:place] = made


def _join_classes(at: Cursor, stop: int) -> None:
    """In 对象 A、B and `who A, B or C` the classes are plain names: any of them."""
    tokens = at.tokens
    start = 2 if len(tokens) > 1 and tokens[1].type == "TEXT" else 1
    names, joints = tokens[start:stop:2], tokens[start + 1 : stop : 2]
    if (stop - start) % 2 == 0 or not joints or any(token.type != "NAME" for token in names):
        return
    kinds = [_joint(token) for token in joints]
    if "loose" in kinds and {"loose", "SEP", "OR"}.issuperset(kinds):
        _report_loose(at, names, joints[kinds.index("loose")])
    elif tokens[0].type == "WHEN" or not (
        {"SEP", "OR"}.issuperset(kinds) or ({","}.issuperset(kinds[:-1]) and kinds[-1] == "OR")
    ):
        return
    for place in range(start + 1, stop, 2):
        tokens[place] = Token.new_borrow_pos("OR", tokens[place].value, tokens[place])


def _joint(token: Token) -> str:
    """What stands between two names: `loose` where it can mean any of them or all."""
    if token.type == "WITH" or token.value in _LOOSE:
        return "loose"
    return str(token.value) if token.type == "COMMA" else token.type


def _report_loose(at: Cursor, names: list[Token], joint: Token) -> None:
    listed = [at.text[name.start_pos or 0 : name.end_pos or 0] for name in names]
    en, zh = ", ".join(listed), "、".join(listed)
    hint = Text(
        f"write `any of: {en}` where one is enough, `all of: {en}` where all must hold",
        f"符合其一即可的，请写“下列情形之一：{zh}”；须同时符合的，请写“同时符合下列条件：{zh}”",
    )
    span = Span(at.line.source, joint.start_pos or 0, joint.end_pos or 0)
    name = at.text[span.start : span.end].strip()
    at.context.report.add("PR123", span, hint=hint, name=name)
