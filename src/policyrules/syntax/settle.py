"""Decides the tokens whose kind depends on their neighbours."""

from __future__ import annotations

from lark import Token

from policyrules.syntax.lists import share


def settle(tokens: list[Token]) -> None:
    """Decide the tokens that depend on their neighbours: what parts values, 情形's commas."""
    for index, token in enumerate(tokens):
        if token.type == "BUT":
            tokens[index] = Token.new_borrow_pos("AND", token.value, token)
    share(tokens)
    for index in range(1, len(tokens) - 1):
        if (
            tokens[index].type in {"OR", "SEP", "COMMA", "AND"}
            and tokens[index - 1].type == "VALUE"
            and tokens[index + 1].type == "VALUE"
        ):
            tokens[index] = Token.new_borrow_pos("VALUE_SEP", tokens[index].value, tokens[index])
        if tokens[index].type == "MODE" and tokens[index - 1].type == "STEP":
            tokens[index] = Token.new_borrow_pos("MODE_END", tokens[index].value, tokens[index])
        if _is_growth(tokens, index):
            tokens[index] = Token.new_borrow_pos("GROWN", tokens[index].value, tokens[index])
        if tokens[index + 1].type in {"EXTREME_END", "DAY_EXTREME_END"}:
            _join_with(tokens, index)
    if len(tokens) > 1 and tokens[-1].type == "MODE" and tokens[-2].type == "STEP":
        tokens[-1] = Token.new_borrow_pos("MODE_END", tokens[-1].value, tokens[-1])
    _join_after(tokens)
    _mark_growth(tokens)
    _settle_reaches(tokens)
    _join_band(tokens)
    _join_pair(tokens)
    _end_quotient(tokens)
    if tokens and tokens[0].type in {"BAND", "BRACKET"}:
        _join_ends(tokens)
    kinds = [token.type for token in tokens]
    if kinds[:1] in (["CASE"], ["WHEN"]) or (kinds[:1] == ["TOPPED_UP"] and "COLON" in kinds):
        _join_case(tokens)
    if tokens and tokens[0].type == "LIMITS":
        _join_limits(tokens)


def _join_after(tokens: list[Token]) -> None:
    """In `what remains of X after A, B and C` the words between A, B and C part one list."""
    for start, opening in enumerate(tokens):
        if opening.type == "AFTER":
            for index in _partings(tokens, start + 1):
                tokens[index] = Token.new_borrow_pos(
                    "AFTER_AND", tokens[index].value, tokens[index]
                )


_PAYMENT_FOLLOWS = frozenset({"PAYS", "BODY", "COLON", "OTHERWISE", "TEXT"})


def _settle_reaches(tokens: list[Token]) -> None:
    """达到 is *at least* in a condition; where it opens a payment it says nothing more."""
    for index, token in enumerate(tokens):
        opens = index > 0 and tokens[index - 1].type in _PAYMENT_FOLLOWS
        if token.type == "COMPARE" and token.value == "reaches" and not opens:
            tokens[index] = Token.new_borrow_pos("COMPARE", ">=", token)
    tokens[:] = [token for token in tokens if token.value != "reaches"]


_FIGURES = frozenset({"NUMBER", "QUANTITY", "RATE"})
_ENDED = frozenset({"POST_COMPARE", "MARK_END"})


def _join_band(tokens: list[Token]) -> None:
    """达到1%（含）以上、不满1.6% is one band: 达到 and the mark between its ends say no more."""
    kept: list[Token] = []
    for index, token in enumerate(tokens):
        before = kept[-1].type if kept else ""
        behind = [other.type for other in tokens[index + 1 : index + 3]]
        parts = token.type in {"SEP", "COMMA"} and before in _ENDED and behind[:1] == ["COMPARE"]
        doubled = token.type == "COMPARE" and behind and behind[0] in _FIGURES
        if not parts and not (
            doubled and behind[-1] in _ENDED and _post_follows(tokens, index + 2)
        ):
            kept.append(token)
    tokens[:] = kept


def _join_pair(tokens: list[Token]) -> None:
    """In 达到1%且不满1.6% the second comparison has no figure of its own: both are of the first."""
    for index in range(len(tokens) - 2, 0, -1):
        ended = tokens[index - 1].type in _FIGURES | _ENDED
        if tokens[index].type == "AND" and tokens[index + 1].type == "COMPARE" and ended:
            joint = Token.new_borrow_pos("AND_COMPARE", tokens[index + 1].value, tokens[index + 1])
            tokens[index : index + 2] = [joint]


def _post_follows(tokens: list[Token], index: int) -> bool:
    """Whether 以上 or 以下 stands at a place, or behind the mark that stands there."""
    types = [token.type for token in tokens[index : index + 2]]
    return types[:1] == ["POST_COMPARE"] or types == ["MARK_END", "POST_COMPARE"]


def _is_growth(tokens: list[Token], index: int) -> bool:
    """Whether `more than` or `less than` stands behind a share: `is 3% more than`."""
    if tokens[index].type != "COMPARE" or tokens[index].value not in {"<", ">"}:
        return False
    return [token.type for token in tokens[max(index - 2, 0) : index]] == ["IS", "RATE"]


def _mark_growth(tokens: list[Token]) -> None:
    """In A比B提高3% the change is the growth from B to A, not a change of B."""
    compared = False
    for index, token in enumerate(tokens):
        compared = compared or token.type == "COMPARED_WITH"
        if compared and token.type == "CHANGED":
            tokens[index] = Token.new_borrow_pos("GROWN", token.value, token)
            compared = False


def _partings(tokens: list[Token], start: int) -> list[int]:
    """Where the commas and the one `and` of a list stand, outside brackets; none without `and`."""
    found: list[int] = []
    depth = 0
    for index in range(start, len(tokens)):
        kind = tokens[index].type
        depth += (kind == "LPAR") - (kind == "RPAR")
        if depth < 0 or (not depth and kind in {"SEMI", "COLON", "COMPARE", "UP_TO"}):
            return []
        if not depth and kind in {"COMMA", "AND"}:
            found.append(index)
            if kind == "AND":
                return found
    return []


def _end_quotient(tokens: list[Token]) -> None:
    """In 除数为零的按0元计算 the last word ends the phrase, as 计 does."""
    kinds = [token.type for token in tokens]
    if kinds[-1:] != ["COUNTED_AT_END"] or "IF_ZERO" not in kinds:
        return
    if "COUNTED_AT" not in kinds[kinds.index("IF_ZERO") :]:
        tokens[-1] = Token.new_borrow_pos("COUNT_END", tokens[-1].value, tokens[-1])


def _join_ends(tokens: list[Token]) -> None:
    """In front of the colon of a band or bracket, `to` (至) parts its two ends."""
    for index, token in enumerate(tokens):
        if token.type == "COLON":
            return
        if token.type == "TO":
            tokens[index] = Token.new_borrow_pos("BAND_TO", token.value, token)


def _join_limits(tokens: list[Token]) -> None:
    """限额 与A共用限额 names other benefits, 限额 与A之和占… the payments of others."""
    for index, token in enumerate(tokens):
        if token.type == "WITH" and tokens[-1].type == "SHARED_END":
            tokens[index] = Token.new_borrow_pos("SHARED_WITH", token.value, token)
        following = tokens[index + 1].type if index + 1 < len(tokens) else ""
        if token.type == "OVER_END" and token.value == "sum" and following == "SHARE_OF":
            tokens[index] = Token.new_borrow_pos("TOGETHER", token.value, token)


# What cannot begin a condition: it goes on with the figure before the comma.
_GOES_ON = frozenset({"COMPARE", "IS", "IS_NOT", "AT", "DAY_COMPARE", "GROWN"})


def _join_case(tokens: list[Token]) -> None:
    """In 情形 A，B：… and 条件 A，B a wide comma before the colon, in no brackets, means *and*."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.type == "LPAR") - (token.type == "RPAR")
        if token.type == "COLON":
            return
        following = tokens[index + 1].type if index + 1 < len(tokens) else ""
        joins = tokens[index - 1].type != "AS_A_RULE" and following not in _GOES_ON
        if token.value == "，" and not depth and joins:
            tokens[index] = Token.new_borrow_pos("AND", token.value, token)


def _join_with(tokens: list[Token], index: int) -> None:
    """In A、B与C中较高者 the 、 before 与 part the same list."""
    joined = False
    while index > 0 and tokens[index].type not in {"COLON", "COMMA", "SEMI", "COMPARE"}:
        if tokens[index].type == "SEP" and joined:
            tokens[index] = Token.new_borrow_pos("WITH", tokens[index].value, tokens[index])
        joined = joined or tokens[index].type == "WITH"
        index -= 1
