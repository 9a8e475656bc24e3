"""Builds the expressions of the syntax tree, one function for each rule of the grammar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, cast

from lark import Token

from policyrules.source import Span
from policyrules.syntax import ast
from policyrules.syntax.names_built_in import AGE
from policyrules.syntax.parts import Parts, of_nodes
from policyrules.types.dates import NEVER

_INCLUSIVE: dict[str, ast.Comparison] = {"<": "<=", "<=": "<=", ">": ">=", ">=": ">="}
_EXCLUSIVE: dict[str, ast.Comparison] = {"<": "<", "<=": "<", ">": ">", ">=": ">"}
_NOT_APPLYING = ("APPLIES_NOT", "APPLYING_NOT", "ELIGIBLE_NOT", "MEETING_NOT")
_COMPARES = {"COMPARE", "POST_COMPARE", "AND_COMPARE"}


def _number(p: Parts) -> ast.Number:
    return ast.Number(p.first("NUMBER"), span=p.span)


def _quantity(p: Parts) -> ast.Quantity:
    value, unit = p.first("QUANTITY")
    return ast.Quantity(value, unit, span=p.span)


def _rate(p: Parts) -> ast.Rate:
    return ast.Rate(p.first("RATE"), span=p.span)


def _date_literal(p: Parts) -> ast.DateLiteral:
    return dated(p.first("DATE") or (NEVER, "day"), p.span)


def dated(value: tuple[date, Any], span: Span) -> ast.DateLiteral:
    """A date with the precision in which it is written."""
    return ast.DateLiteral(value[0], value[1], span=span)


def _reference(p: Parts) -> ast.Reference:
    return ast.Reference(p.first("NAME"), span=p.span)


def _indexed(p: Parts) -> ast.Indexed:
    return ast.Indexed(p.first("NAME"), p.values("VALUE"), span=p.span)


def _on_date(p: Parts) -> ast.OnDate:
    (on,) = p.of(ast.DateLiteral)
    (of,) = p.of(ast.Reference, ast.Indexed)
    return ast.OnDate(of, on, span=p.span)


def _number_of_members(p: Parts) -> ast.NumberOfMembers:
    return ast.NumberOfMembers(_only(p.nodes), span=p.span)


def _over_members(p: Parts) -> ast.OverMembers:
    of, *who = p.nodes
    return ast.OverMembers(p.first("OVER"), of, _only(who), span=p.span)


def _over_named(p: Parts) -> ast.OverMembers:
    *who, of = p.nodes
    return ast.OverMembers(p.first("OVER_END"), of, _only(who), span=p.span)


def _only(nodes: Iterable[Any]) -> Any:
    return next(iter(nodes), None)


def _binary(p: Parts) -> ast.Binary:
    operators: dict[str, ast.Arithmetic] = {
        "PLUS": "+",
        "MINUS": "-",
        "MULTIPLIED": "*",
        "DIVIDED": "/",
    }
    left, right = p.nodes
    operator = next(operators[c.type] for c in p.children if isinstance(c, Token))
    return ast.Binary(operator, left, right, span=p.span)


def _added(p: Parts) -> ast.Expr:
    """A、B与C之和: the sum from the left."""
    total: ast.Expr = p.nodes[0]
    for item in p.nodes[1:]:
        total = ast.Binary("+", total, item, span=p.span)
    return total


def _multiple(p: Parts) -> ast.Multiple:
    (of,) = p.nodes
    word = p.first("MULTIPLE_WORD")
    low, high = (Fraction(word), Fraction(word)) if word else p.first("MULTIPLE")
    return ast.Multiple(low, high, of, span=p.span)


def _share(p: Parts) -> ast.Share | ast.Multiple:
    (of,) = p.nodes
    rates = p.values("RATE")
    if len(rates) == 2:
        return ast.Multiple(rates[0], rates[1], of, span=p.span)
    rate = Fraction(p.first("FRACTION_OF") or 1) if not rates else rates[0]
    return ast.Share(rate, of, span=p.span)


def _remainder(p: Parts) -> ast.Remainder:
    of, *after = p.nodes
    return ast.Remainder(of, tuple(after), span=p.span)


def _part(p: Parts) -> ast.Part:
    of, threshold = p.nodes
    side: Any = p.first("SIDE")
    if side is None:
        side = "above" if p.first("COMPARE", "POST_COMPARE") in {">", ">="} else "below"
    return ast.Part(of, side, threshold, span=p.span)


def _top_up(p: Parts) -> ast.TopUp:
    first, second = p.nodes
    to, of = (second, first) if p.has("TOPPED_FROM") else (first, second)
    return ast.TopUp(to, of, span=p.span)


def _changed(p: Parts) -> ast.Changed:
    points = p.first("POINTS")
    by = Fraction(1, 2) if p.has("HALVED") else p.first("RATE") if points is None else points
    up = p.first("CHANGED") == "increased"
    return ast.Changed(p.nodes[0], by if up else -by, points is not None, span=p.span)


def _counting(p: Parts) -> ast.Counting:
    number, as_ = p.nodes
    return ast.Counting(number, as_, span=p.span)


def _counts_as(p: Parts) -> ast.CountsAs:
    of, *replaced = p.nodes
    return ast.CountsAs(of, tuple(replaced), span=p.span)


def _growth(p: Parts) -> ast.Growth:
    """Growth by a rate, a fall being a negative one."""
    left, right = p.nodes
    down = p.first("GROWN") in {"<", "reduced"}
    step, _ = p.first("STEP") or (None, "")
    rate: Fraction = p.first("RATE")
    return ast.Growth(left, -rate if down else rate, right, step, span=p.span)


def _bounded(p: Parts) -> ast.Bounded:
    operator: Any = "<=" if p.has("UP_TO") else p.first("COMPARE", "POST_COMPARE")
    return ast.Bounded(operator, p.nodes[0], span=p.span)


def _amount_range(p: Parts) -> ast.AmountRange:
    shares = tuple(ast.Rate(rate, span=p.span) for rate in p.values("RATE"))
    return ast.AmountRange(*(shares or p.nodes), span=p.span)


def _extreme(p: Parts) -> ast.Extreme:
    return ast.Extreme(p.first("EXTREME", "EXTREME_END"), p.nodes, span=p.span)


def rounding(p: Parts) -> ast.Rounding:
    """How to round and to what."""
    whole = p.first("WHOLE_MODE")
    if whole:
        mode, step, unit = whole.split("|")
        return ast.Rounding(mode, Fraction(step), unit, span=p.span)
    step, unit = p.first("STEP")
    mode = p.first("MODE", "MODE_END")
    return ast.Rounding(cast("ast.Mode", mode), step, unit, span=p.span)


def _rounded(p: Parts) -> ast.Rounded:
    return ast.Rounded(p.nodes[0], rounding(p), span=p.span)


def _compare(p: Parts) -> ast.Compare:
    left, right = p.nodes
    (operator,) = operators(p)
    return ast.Compare(operator, left, right, span=p.span)


def _aged(p: Parts) -> ast.Compare | ast.Between:
    """年满60周岁, 年龄年满60周岁不满70周岁: without a figure before it, it is the age."""
    under = p.first("COMPARE")
    figures = list(p.nodes)
    if len(figures) == (2 if under else 1):
        figures.insert(0, ast.Reference(AGE.key, span=p.span))
    if not under:
        return ast.Compare(">=", figures[0], figures[1], span=p.span)
    return ast.Between(figures[0], ">=", figures[1], under, figures[2], span=p.span)


def operators(p: Parts) -> list[ast.Comparison]:
    """The comparison words in order, each changed by the mark (incl.) or (excl.) beside it."""
    found: list[ast.Comparison] = []
    pending: str | None = None
    beside = False
    for child in p.children:
        kind = child.type if isinstance(child, Token) else ""
        if kind in _COMPARES:
            found.append(marked(child.value, pending))
            pending = None
        elif (kind == "MARK_END" and beside) or (
            kind == "MARK_END" and found and not _operator_follows(p, child)
        ):
            found[-1] = marked(found[-1], child.value)
        elif kind == "MARK_END":
            pending = child.value
        beside = kind in _COMPARES
    return found


def _operator_follows(p: Parts, mark: Token) -> bool:
    """Whether 以上 or 以下 stands directly behind a mark: 1600元（含）以下."""
    place = next(index for index, child in enumerate(p.children) if child is mark)
    behind = p.children[place + 1 : place + 2]
    return bool(behind) and isinstance(behind[0], Token) and behind[0].type == "POST_COMPARE"


def marked(operator: ast.Comparison, mark: str | None) -> ast.Comparison:
    """A comparison as the mark (incl.) or (excl.) beside it changes it."""
    if mark is None:
        return operator
    return (_INCLUSIVE if mark == "included" else _EXCLUSIVE).get(operator, operator)


def _between(p: Parts) -> ast.Between:
    of, low, high = p.nodes
    first, second = operators(p)
    return ast.Between(of, first, low, second, high, span=p.span)


def _is_value(p: Parts) -> ast.IsValue:
    return ast.IsValue(p.nodes[0], p.values("VALUE"), p.has("IS_NOT"), span=p.span)


def _is_value_or_others(p: Parts) -> ast.IsValue | ast.Or | ast.Not:
    """为甲、乙等: one of the values, or something else that is to be decided."""
    others = p.of(ast.Others)
    if not others:
        return _is_value(p)
    test = ast.IsValue(p.nodes[0], p.values("VALUE"), False, span=p.span)
    found = ast.Or((test, *others), True, span=p.span)
    return ast.Not(found, span=p.span) if p.has("IS_NOT") else found


def _several(p: Parts) -> ast.Or:
    return ast.Or(p.nodes, bool(p.of(ast.Others)), span=p.span)


def _neither(p: Parts) -> ast.Not:
    (single, *more) = p.nodes
    return ast.Not(ast.Or(p.nodes, span=p.span) if more else single, span=p.span)


def _excepted(p: Parts) -> ast.And:
    """A but not B: what is excepted stands in front of what it is taken from, or behind it."""
    before = isinstance(p.children[0], Token)
    of, excepted = (p.nodes[-1], p.nodes[:-1]) if before else (p.nodes[0], p.nodes[1:])
    single = ast.Or(excepted, span=p.span) if len(excepted) > 1 else excepted[0]
    return ast.And((of, ast.Not(single, span=p.span)), span=p.span)


def _followed(p: Parts) -> ast.And:
    first, *items = p.nodes
    return ast.And((first, ast.Or(tuple(items), True, span=p.span)), span=p.span)


def _applies(p: Parts) -> ast.Applies | ast.Not:
    """An exception, by its title, or a benefit, by its name."""
    found = ast.Applies(p.first("TEXT") or _only(p.nodes), span=p.span)
    return ast.Not(found, span=p.span) if p.has(*_NOT_APPLYING) else found


def _equals(p: Parts) -> ast.Compare | ast.Not:
    compare = ast.Compare("=", *p.nodes, span=p.span)
    return ast.Not(compare, span=p.span) if p.has("IS_NOT") else compare


def _member_test(p: Parts) -> ast.MemberTest:
    return ast.MemberTest(p.first("QUANTIFIER"), p.nodes[0], span=p.span)


def _items(cls: Callable[..., Any], listed: bool) -> Callable[[Parts], Any]:
    return lambda p: cls(p.nodes, listed, span=p.span)


def _atom(p: Parts) -> Any:
    """Brackets never enter the tree."""
    return p.nodes[0]


EXPRESSIONS: Mapping[str, Callable[[Parts], Any]] = {
    "number": _number,
    "quantity": _quantity,
    "rate": _rate,
    "date_literal": _date_literal,
    "value": lambda p: ast.Value(p.first("VALUE"), span=p.span),
    "reference": _reference,
    "indexed": _indexed,
    "on_date": _on_date,
    "household_fact": lambda p: ast.HouseholdFact(p.first("NAME"), span=p.span),
    "applies": _applies,
    "general_amount": lambda p: ast.GeneralAmount(span=p.span),
    "the_date": lambda p: ast.TheDate(span=p.span),
    "number_of_members": _number_of_members,
    "over_members": _over_members,
    "over_named": _over_named,
    "binary": _binary,
    "unclear": _binary,
    "added": _added,
    "multiple": _multiple,
    "multiple_of": _multiple,
    "share": _share,
    "converted": lambda p: ast.Converted(p.nodes[0], p.first("PER_PERIOD"), span=p.span),
    "difference": of_nodes(ast.Difference),
    "remainder": _remainder,
    "part": _part,
    "top_up": _top_up,
    "changed": _changed,
    "set_to": of_nodes(ast.SetTo),
    "in_step": of_nodes(ast.InStep),
    "counting": _counting,
    "counts_as": _counts_as,
    "growth": _growth,
    "amount_not_stated": lambda p: ast.AmountNotStated(span=p.span),
    "bounded": _bounded,
    "amount_range": _amount_range,
    "extreme": _extreme,
    "rounded": _rounded,
    "each_member": of_nodes(ast.EachMember),
    "case_by_case": lambda p: ast.CaseByCase(span=p.span),
    "if_zero": of_nodes(ast.IfZero),
    "nothing": lambda p: ast.Nothing(span=p.span),
    "compare": _compare,
    "aged": _aged,
    "between": _between,
    "is_value": _is_value_or_others,
    "equals": _equals,
    "date_in": lambda p: ast.DateIn(*p.nodes, span=p.span),
    "member_test": _member_test,
    "negation": of_nodes(ast.Not),
    "negation_of": of_nodes(ast.Not),
    "conjunction": _items(ast.And, False),
    "disjunction": _items(ast.Or, False),
    "all_of": _items(ast.And, True),
    "any_of": _items(ast.Or, True),
    "several": _several,
    "others": lambda p: ast.Others(span=p.span),
    "headed": _items(ast.And, False),
    "followed": _followed,
    "neither": _neither,
    "excepted": _excepted,
    "excluding": _excepted,
    "atom": _atom,
}
