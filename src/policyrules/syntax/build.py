"""From Lark's parse tree of a line to nodes of the syntax tree.

Each function bears the name of a grammar rule and gets the place and the children: tokens, and
nodes already built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Any, cast

from attrs import evolve, frozen
from lark import Token, Tree

from policyrules.source import Source, Span, Text
from policyrules.syntax import ast

_INCLUSIVE: dict[str, ast.Comparison] = {"<": "<=", "<=": "<=", ">": ">=", ">=": ">="}
_EXCLUSIVE: dict[str, ast.Comparison] = {"<": "<", "<=": "<", ">": ">", ">=": ">"}
_COMPARES = {"COMPARE", "POST_COMPARE", "AND_COMPARE"}


@frozen
class Parts:
    """The place and the children of a parse tree, with the ways to pick from them."""

    span: Span
    children: tuple[Any, ...]

    @property
    def nodes(self) -> tuple[Any, ...]:
        """The children that are nodes."""
        return tuple(child for child in self.children if not isinstance(child, Token))

    def values(self, *types: str) -> tuple[Any, ...]:
        """The values of the tokens of these types, in order."""
        return tuple(
            child.value
            for child in self.children
            if isinstance(child, Token) and child.type in types
        )

    def has(self, *types: str) -> bool:
        """Whether a token of one of these types is there."""
        return bool(self.values(*types))

    def first(self, *types: str) -> Any:
        """The value of the first token of these types, or None."""
        return next(iter(self.values(*types)), None)

    def of(self, *classes: type) -> tuple[Any, ...]:
        """The children of these classes."""
        return tuple(child for child in self.children if isinstance(child, classes))


def build(tree: Tree[Any] | Token, source: Source) -> Any:
    """The node of a parse tree."""
    if isinstance(tree, Token):
        return tree
    children = tuple(build(child, source) for child in tree.children)
    meta = tree.meta
    span = Span(source, meta.start_pos, meta.end_pos)
    return _BUILDERS[tree.data](Parts(span, children))


# --- expressions -------------------------------------------------------------------------------


def _number(p: Parts) -> ast.Number:
    return ast.Number(p.first("NUMBER"), span=p.span)


def _quantity(p: Parts) -> ast.Quantity:
    value, unit = p.first("QUANTITY")
    return ast.Quantity(value, unit, span=p.span)


def _rate(p: Parts) -> ast.Rate:
    return ast.Rate(p.first("RATE"), span=p.span)


def _date_literal(p: Parts) -> ast.DateLiteral:
    return _date(p.first("DATE"), p.span)


def _date(value: tuple[date, Any], span: Span) -> ast.DateLiteral:
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


def _extreme(p: Parts) -> ast.Extreme:
    return ast.Extreme(p.first("EXTREME", "EXTREME_END"), p.nodes, span=p.span)


def _pair(cls: Callable[..., Any]) -> Callable[[Parts], Any]:
    return lambda p: cls(*p.nodes, span=p.span)


def _in_total(p: Parts) -> ast.InTotal:
    value, unit = p.first("QUANTITY")
    base, *per = unit.split("/")
    named = p.first("IN_TOTAL")
    period = named or next((word for word in per if word in {"month", "quarter", "year"}), "")
    rest = [word for word in per if word != period] if not named else per
    limit = ast.Quantity(value, "/".join([base, *rest]), span=p.span)
    return ast.InTotal(p.nodes[0], limit, cast("ast.Period", period), span=p.span)


def _rounding(p: Parts) -> ast.Rounding:
    whole = p.first("WHOLE_MODE")
    if whole:
        mode, step, unit = whole.split("|")
        return ast.Rounding(mode, Fraction(step), unit, span=p.span)
    step, unit = p.first("STEP")
    mode = p.first("MODE", "MODE_END") or "upward"
    return ast.Rounding(cast("ast.Mode", mode), step, unit, span=p.span)


def _rounded(p: Parts) -> ast.Rounded:
    return ast.Rounded(p.nodes[0], _rounding(p), span=p.span)


def _compare(p: Parts) -> ast.Compare:
    left, right = p.nodes
    (operator,) = _operators(p)
    return ast.Compare(operator, left, right, span=p.span)


def _operators(p: Parts) -> list[ast.Comparison]:
    """The comparison words in order, each changed by the mark (incl.) or (excl.) beside it."""
    found: list[ast.Comparison] = []
    pending: str | None = None
    for child in p.children:
        if not isinstance(child, Token):
            continue
        if child.type in _COMPARES:
            found.append(_marked(child.value, pending))
            pending = None
        elif child.type == "MARK_END":
            if found:
                found[-1] = _marked(found[-1], child.value)
            else:
                pending = child.value
    return found


def _marked(operator: ast.Comparison, mark: str | None) -> ast.Comparison:
    if mark is None:
        return operator
    return (_INCLUSIVE if mark == "included" else _EXCLUSIVE).get(operator, operator)


def _between(p: Parts) -> ast.Between:
    of, low, high = p.nodes
    first, second = _operators(p)
    return ast.Between(of, first, low, second, high, span=p.span)


def _is_value(p: Parts) -> ast.IsValue:
    return ast.IsValue(p.nodes[0], p.values("VALUE"), p.has("IS_NOT"), span=p.span)


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


# --- headers -----------------------------------------------------------------------------------


def _ruleset(p: Parts) -> ast.Ruleset:
    title: Text | None = p.first("TEXT")
    name = ast.Name(en=title.en, zh=title.zh, span=p.span) if title else None
    return ast.Ruleset(p.first("ID"), name, None, "yuan", (), (), span=p.span)


def _declared_span(p: Parts) -> Span:
    name: ast.Name = p.first("DECLARED")
    return name.span


def _source_document(p: Parts) -> ast.SourceDocument:
    return ast.SourceDocument(
        name=p.first("DECLARED"),
        title=None,
        number=None,
        issued=None,
        issuer=None,
        quoted_in=None,
        span=_declared_span(p),
    )


def _category(p: Parts) -> ast.Category:
    name, *values = p.values("DECLARED")
    return ast.Category(
        name=name, entity=p.first("OF_ENTITY"), values=tuple(values), span=name.span
    )


def _statuses(p: Parts) -> ast.Statuses:
    return ast.Statuses(entity=p.first("OF_ENTITY"), names=p.values("DECLARED"), span=p.span)


def _parameter(p: Parts) -> ast.Parameter:
    return ast.Parameter(
        name=p.first("DECLARED"),
        by=p.values("NAME"),
        type=p.of(ast.WrittenType)[0],
        versions=(),
        readings=(),
        statistic=p.has("STATISTIC"),
        span=_declared_span(p),
    )


def _input(p: Parts) -> ast.Input:
    return ast.Input(
        name=p.first("DECLARED"),
        entity=p.first("OF_ENTITY"),
        type=p.of(ast.WrittenType)[0],
        domain=p.of(ast.Bound),
        origin=p.first("INPUT"),
        asks=None,
        span=_declared_span(p),
    )


def _ruled(cls: Callable[..., Any]) -> Callable[[Parts], Any]:
    return lambda p: cls(
        name=p.first("DECLARED"),
        entity=p.first("OF_ENTITY"),
        type=p.of(ast.WrittenType)[0],
        clauses=(),
        span=_declared_span(p),
    )


def _deadline(p: Parts) -> ast.Deadline:
    return ast.Deadline(
        name=p.first("DECLARED"),
        entity=p.first("OF_ENTITY"),
        due=p.nodes[0],
        readings=(),
        span=_declared_span(p),
    )


def _check(p: Parts) -> ast.Check:
    return ast.Check(title=p.first("TEXT"), statements=(), span=p.span)


def _example(p: Parts) -> ast.Example:
    return ast.Example(
        title=p.first("TEXT"),
        on=_date(p.first("DATE"), p.span),
        given=(),
        expect=(),
        because=(),
        span=p.span,
    )


def _written_type(p: Parts) -> ast.WrittenType:
    occasion = "one-off" if p.has("ONE_OFF") else None
    occasion = "each settlement" if p.has("EACH_SETTLEMENT") else occasion
    kind = "yes or no" if p.has("YES_OR_NO") else "date" if p.has("DATE_TYPE") else "amount"
    return ast.WrittenType(
        cast("Any", kind), p.first("UNIT") or "", cast("Any", occasion), span=p.span
    )


def _bound(p: Parts) -> ast.Bound:
    operator = p.first("COMPARE") or ("<=" if p.has("UP_TO") else ">=")
    return ast.Bound(operator, p.nodes[0], span=p.span)


def _within(p: Parts) -> ast.Within:
    value, unit = p.first("QUANTITY")
    return ast.Within(value, unit, p.first("NAME"), span=p.span)


def _each_period(p: Parts) -> ast.EachPeriod:
    day = p.first("DAY_OF_MONTH")
    return ast.EachPeriod("month" if day else p.first("EVERY"), day, span=p.span)


def _due_by(p: Parts) -> ast.By:
    on = _date(p.first("DATE"), p.span)
    excluded = p.first("BEFORE") is False or p.first("MARK_END") == "excluded"
    return ast.By(on, p.has("END_BEFORE") or on.precision != "day", not excluded, span=p.span)


# --- clauses -----------------------------------------------------------------------------------


@frozen
class Said:
    """A clause that only fills one field of its declaration."""

    field: str
    value: Any
    span: Span


def _said(name: str, *types: str) -> Callable[[Parts], Said]:
    return lambda p: Said(name, p.first(*types), p.span)


def _issued(p: Parts) -> Said:
    return Said("issued", (_date(p.first("DATE"), p.span), p.first("TEXT")), p.span)


def _citation(value: tuple[str, tuple[int | str, ...]], span: Span) -> ast.Citation:
    return ast.Citation(value[0], value[1], span=span)


def _cites(p: Parts) -> Said:
    tokens = [c for c in p.children if isinstance(c, Token) and c.type == "CITATION"]
    found = tuple(
        _citation(t.value, Span(p.span.source, t.start_pos or 0, t.end_pos or 0)) for t in tokens
    )
    return Said("cites", found, p.span)


def _quoted_in(p: Parts) -> Said:
    return Said("quoted_in", _citation(p.first("CITATION"), p.span), p.span)


def _clause(cls: Callable[..., Any]) -> Callable[[Parts], Any]:
    return lambda p: cls(*p.nodes, span=p.span)


def _who(p: Parts) -> ast.When:
    return ast.When(p.nodes[0], True, span=p.span)


def _counted(p: Parts) -> ast.Counted:
    found = {unit: value for value, unit in p.values("QUANTITY")}
    return ast.Counted(found.get("person"), found.get("month"), tuple(found), span=p.span)


def _decided(p: Parts) -> ast.Decided:
    names, is_open = p.first("FACTORS") or ((), False)
    return ast.Decided(p.first("TEXT"), names, is_open, span=p.span)


def _reading(p: Parts) -> ast.Reading:
    return ast.Reading(p.first("TEXT"), span=p.span)


def _asks(p: Parts) -> ast.Asks:
    return ast.Asks(p.first("TEXT"), span=p.span)


def _version(p: Parts) -> ast.Version:
    start = p.first("DATE")
    said = p.of(Said)
    return ast.Version(
        _date(start, p.span) if start else None,
        p.of(ast.Cell),
        said[0].value if said else (),
        span=p.span,
    )


def _cell(p: Parts) -> ast.Cell:
    value = p.nodes[0] if p.nodes else ast.NotStated(span=p.span)
    return ast.Cell(p.values("VALUE"), value, span=p.span)


def _unstated(p: Parts) -> ast.Version:
    cell = ast.Cell((), ast.NotStated(p.of(ast.Bound), span=p.span), span=p.span)
    return ast.Version(None, (cell,), span=p.span)


# --- examples ----------------------------------------------------------------------------------


def _given(p: Parts) -> Said:
    member: int | None = None
    found: list[Any] = []
    for child in p.children:
        if isinstance(child, Token):
            member = None if child.type == "SEMI" else member
        elif isinstance(child, Said):
            member, fact = child.value
            found.append(evolve(fact, member=member))
        elif isinstance(child, ast.Given):
            found.append(evolve(child, member=member))
        else:
            found.append(child)
    return Said("given", tuple(found), p.span)


def _member_mark(p: Parts) -> Said:
    return Said("member", (int(p.first("NUMBER")), p.nodes[0]), p.span)


def _member_count(p: Parts) -> ast.MemberCount:
    value, unit = p.first("QUANTITY")
    return ast.MemberCount(value, unit, span=p.span)


def _fact(p: Parts) -> ast.Given:
    value: Any = p.nodes[0] if p.nodes else not (p.has("NOT") or p.has("NO"))
    return ast.Given(None, p.first("NAME"), value, span=p.span)


def _expectation(p: Parts) -> ast.Expectation:
    member = int(p.first("NUMBER")) if p.has("MEMBER") else None
    figures = p.of(ast.Number, ast.Quantity, ast.Rate)
    low, high = (figures[0], figures[-1]) if figures else (None, None)
    if isinstance(low, ast.Number) and isinstance(high, ast.Quantity):
        low = ast.Quantity(low.value, high.unit, span=low.span)
    status = "not stated" if p.has("NOT_STATED") else p.first("STATUS")
    value: Any = next(iter(p.of(ast.Value, ast.DateLiteral)), None)
    if p.has("YES", "NO"):
        value = p.has("YES")
    return ast.Expectation(p.first("NAME"), member, low, high, status, value, span=p.span)


def _several(field: str) -> Callable[[Parts], Said]:
    return lambda p: Said(field, p.nodes, p.span)


_BUILDERS: dict[str, Callable[[Parts], Any]] = {
    "number": _number,
    "quantity": _quantity,
    "rate": _rate,
    "date_literal": _date_literal,
    "value": lambda p: ast.Value(p.first("VALUE"), span=p.span),
    "reference": _reference,
    "indexed": _indexed,
    "on_date": _on_date,
    "household_fact": lambda p: ast.HouseholdFact(p.first("NAME"), span=p.span),
    "the_date": lambda p: ast.TheDate(span=p.span),
    "number_of_members": _number_of_members,
    "over_members": _over_members,
    "over_named": _over_named,
    "binary": _binary,
    "multiple": _multiple,
    "multiple_of": _multiple,
    "share": _share,
    "converted": lambda p: ast.Converted(p.nodes[0], p.first("PER_PERIOD"), span=p.span),
    "difference": _pair(ast.Difference),
    "extreme": _extreme,
    "at_most": _pair(ast.AtMost),
    "at_least": _pair(ast.AtLeast),
    "in_total": _in_total,
    "limit_not_stated": _pair(ast.LimitNotStated),
    "rounded": _rounded,
    "each_member": _pair(ast.EachMember),
    "nothing": lambda p: ast.Nothing(span=p.span),
    "compare": _compare,
    "between": _between,
    "is_value": _is_value,
    "equals": _equals,
    "date_in": lambda p: ast.DateIn(*p.nodes, span=p.span),
    "member_test": _member_test,
    "negation": _pair(ast.Not),
    "negation_of": _pair(ast.Not),
    "conjunction": _items(ast.And, False),
    "disjunction": _items(ast.Or, False),
    "all_of": _items(ast.And, True),
    "any_of": _items(ast.Or, True),
    "atom": _atom,
    "ruleset": _ruleset,
    "source_document": _source_document,
    "category": _category,
    "statuses": _statuses,
    "parameter": _parameter,
    "statistic": _parameter,
    "input": _input,
    "definition": _ruled(ast.Definition),
    "benefit": _ruled(ast.Benefit),
    "deadline": _deadline,
    "check": _check,
    "example": _example,
    "written_type": _written_type,
    "bound": _bound,
    "within": _within,
    "each_period": _each_period,
    "due_by": _due_by,
    "jurisdiction": _said("jurisdiction", "TEXT"),
    "currency": _said("currency", "UNIT"),
    "uses": lambda p: Said("uses", ast.Use(p.first("ID"), span=p.span), p.span),
    "title": _said("title", "TEXT"),
    "document_number": _said("number", "TEXT"),
    "issued": _issued,
    "quoted_in": _quoted_in,
    "cites": _cites,
    "asks": _asks,
    "who": _who,
    "when": _clause(ast.When),
    "base": _clause(ast.Base),
    "pays": _clause(ast.Pays),
    "case": _clause(ast.Case),
    "otherwise": _clause(ast.Otherwise),
    "counted": _counted,
    "rounded_clause": lambda p: ast.RoundedClause(_rounding(p), span=p.span),
    "limits_separate": lambda p: ast.LimitsSeparate(span=p.span),
    "decided": _decided,
    "reading": _reading,
    "version": _version,
    "cell": _cell,
    "unstated": _unstated,
    "statement": lambda p: Said("statement", p.nodes[0], p.span),
    "given": _given,
    "member_mark": _member_mark,
    "member_count": _member_count,
    "otherwise_no": lambda p: ast.OtherwiseNo(span=p.span),
    "fact": _fact,
    "expect": _several("expect"),
    "because": _several("because"),
    "expectation": _expectation,
}
