"""Builds headers, clauses and the lines of examples, one function for each rule of the grammar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from lark import Token

from policyrules.source import Source, Span, Text
from policyrules.syntax import ast
from policyrules.syntax.alternatives import Due, Winner
from policyrules.syntax.build_expressions import dated, operators, rounding
from policyrules.syntax.build_time import last_day_of
from policyrules.syntax.parts import Parts, Said, cells_between_bars
from policyrules.syntax.places import Place
from policyrules.syntax.tables import CountKey, Row, cell_of, count_key

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
        by=p.values("NAME", "NUMBER_OF_MEMBERS"),
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


def _exception(p: Parts) -> ast.ExceptionRule:
    title, *narrowed = p.values("TEXT")
    to = narrowed[0] if narrowed else p.first("NAME")
    return ast.ExceptionRule(title=title, to=to, clauses=(), span=p.span)


def _not_together(p: Parts) -> ast.NotTogether:
    names = p.values("NAME")
    winner: Any = p.first("WINNER") or "not stated"
    for precedence in p.of(Said):
        first = precedence.value
        settled = set(first) <= set(names) and len(names) - len(set(first)) <= 1
        names = (*first, *(name for name in names if name not in first))
        winner = "first" if settled else "unclear"
    return ast.NotTogether(names=names, winner=winner, span=p.span)


def _deadline(p: Parts) -> ast.Deadline:
    return ast.Deadline(
        name=p.first("DECLARED"),
        entity=p.first("OF_ENTITY"),
        due=p.nodes[0],
        readings=(),
        span=_declared_span(p),
    )


def _as_for(p: Parts) -> ast.AsFor:
    status, as_status, *benefits = p.values("NAME")
    return ast.AsFor(status=status, as_status=as_status, benefits=tuple(benefits), span=p.span)


def _check(p: Parts) -> ast.Check:
    return ast.Check(title=p.first("TEXT"), statements=(), span=p.span)


def _example(p: Parts) -> ast.Example:
    return ast.Example(
        title=p.first("TEXT"),
        on=dated(p.first("DATE"), p.span),
        given=(),
        expect=(),
        because=(),
        span=p.span,
    )


def _written_type(p: Parts) -> ast.WrittenType:
    occasion = "one-off" if p.has("ONE_OFF") else None
    occasion = "each settlement" if p.has("EACH_SETTLEMENT") else occasion
    kind = "yes or no" if p.has("YES_OR_NO") else "date" if p.has("DATE_TYPE") else "amount"
    category = p.first("CATEGORY_TYPE") or ""
    kind = "category" if category else kind
    unit = p.first("UNIT") or ""
    number = p.first("NUMBER_TYPE")
    whole = number == "whole" or p.has("WHOLE")
    return ast.WrittenType(
        cast("Any", kind),
        unit,
        cast("Any", occasion),
        category,
        number == "rate",
        whole,
        span=p.span,
    )


def _bound(p: Parts) -> ast.Bound:
    operator: Any = p.first("COMPARE") or ("<=" if p.has("UP_TO") else ">=")
    return ast.Bound(operator, p.nodes[0], span=p.span)


def _within(p: Parts) -> ast.Within:
    value, unit = p.first("QUANTITY")
    return ast.Within(value, unit, p.first("NAME"), span=p.span)


def _each_period(p: Parts) -> ast.EachPeriod:
    if p.has("DAY_OF_YEAR"):
        month, number, included = p.first("DAY_OF_YEAR")
        return ast.EachPeriod("year", number, included, month, span=p.span)
    day = p.first("DAY_OF_MONTH")
    number, included = day or (None, True)
    return ast.EachPeriod("month" if day else p.first("EVERY"), number, included, span=p.span)


def _due_by(p: Parts) -> ast.By:
    on = dated(p.first("DATE"), p.span)
    excluded = p.first("BEFORE") is False or p.first("MARK_END") == "excluded"
    return ast.By(on, p.has("END_BEFORE") or on.precision != "day", not excluded, span=p.span)


# --- clauses -----------------------------------------------------------------------------------


def _said(name: str, *types: str) -> Callable[[Parts], Said]:
    return lambda p: Said(name, p.first(*types), p.span)


def _issued(p: Parts) -> Said:
    day = p.first("DATE")
    return Said("issued", (dated(day, p.span) if day else None, p.first("TEXT")), p.span)


def cited(place: Place, source: Source) -> ast.Citation:
    """A place in a document as it is cited."""
    span = Span(source, place.start, place.end)
    return ast.Citation(place.source, place.levels, place.words, span=span)


def _cites(p: Parts) -> Said:
    found = tuple(cited(place, p.span.source) for place in p.values("CITATION"))
    return Said("cites", found, p.span)


def _quoted_in(p: Parts) -> Said:
    return Said("quoted_in", cited(p.first("CITATION"), p.span.source), p.span)


def _clause(cls: Callable[..., Any]) -> Callable[[Parts], Any]:
    return lambda p: cls(*p.nodes, label=p.first("TEXT"), span=p.span)


def _who(p: Parts) -> ast.When:
    return ast.When(p.nodes[0], True, label=p.first("TEXT"), span=p.span)


def _pays(p: Parts) -> Any:
    """An amount; behind it, in the same line, what is disregarded."""
    of, *disregards = p.nodes
    pays = ast.Pays(of, label=p.first("TEXT"), span=p.span)
    return (pays, *disregards) if disregards else pays


def _disregarded(p: Parts) -> ast.Disregard:
    of, *cap = p.nodes
    return ast.Disregard(of, cap[0] if cap else None, span=p.span)


def _counted(p: Parts) -> ast.Counted:
    found = {unit: value for value, unit in p.values("QUANTITY")}
    persons, months = found.get("person"), found.get("month")
    return ast.Counted(persons, months, tuple(found), p.nodes, label=p.first("TEXT"), span=p.span)


def _decided(p: Parts) -> ast.Decided:
    names, is_open = p.first("FACTORS") or ((), False)
    return ast.Decided(p.first("TEXT"), names, is_open, span=p.span)


def _decided_in_steps(p: Parts) -> ast.DecidedInSteps:
    step, unit = p.first("STEP")
    return ast.DecidedInSteps(step, unit, span=p.span)


def _decided_above(p: Parts) -> ast.DecidedAbove:
    operator: Any = p.first("ABOVE") or operators(p)[0]
    return ast.DecidedAbove(operator, p.nodes[0], p.first("TEXT"), span=p.span)


def _soft_limit(p: Parts) -> ast.SoftLimit:
    operator: Any = p.first("COMPARE") or ("<=" if p.has("UP_TO", "IN_TOTAL") else ">=")
    of, period = p.nodes[0], p.first("IN_TOTAL")
    if period and "/" not in of.unit:  # 全年不超过2次: the period is in the words
        of = ast.Quantity(of.value, f"{of.unit}/{period}", span=of.span)
    return ast.SoftLimit(operator, of, span=p.span)


def _reading(p: Parts) -> ast.Reading:
    return ast.Reading(p.first("TEXT"), span=p.span)


def _asks(p: Parts) -> ast.Asks:
    return ast.Asks(p.first("TEXT"), span=p.span)


def _version(p: Parts) -> ast.Version:
    days, said = [dated(found, p.span) for found in p.values("DATE")], p.of(Said)
    ends = p.has("UNTIL", "TO", "BEFORE", "END_BEFORE")
    until = last_day_of(days.pop(), included=p.first("BEFORE") is not False) if ends else None
    cites = said[0].value if said else ()
    return ast.Version(days[0] if days else None, p.of(ast.Cell), cites, until, span=p.span)


def _cell(p: Parts) -> ast.Cell:
    value = next(iter(p.of(ast.Node)), ast.NotStated(span=p.span))
    if isinstance(value, ast.Bound):
        value = ast.NotStated((value,), span=value.span)
    keys = [
        child if isinstance(child, CountKey) else CountKey(str(child))
        for child in p.children
        if isinstance(child, CountKey) or child == ast.ANY or _is_value(child)
    ]
    return cell_of(tuple(keys), value, p.span)


def _is_value(child: Any) -> bool:
    return isinstance(child, Token) and child.type == "VALUE"


def _row(p: Parts) -> Row:
    return Row(cells_between_bars(p), p.span)


def _unstated(p: Parts) -> ast.Version:
    cell = ast.Cell((), ast.NotStated(p.of(ast.Bound), span=p.span), span=p.span)
    return ast.Version(None, (cell,), span=p.span)


BLOCKS: Mapping[str, Callable[[Parts], Any]] = {
    "ruleset": _ruleset,
    "source_document": _source_document,
    "category": _category,
    "statuses": _statuses,
    "parameter": _parameter,
    "statistic": _parameter,
    "input": _input,
    "definition": _ruled(ast.Definition),
    "benefit": _ruled(ast.Benefit),
    "exception": _exception,
    "overrides": lambda p: Said("overrides", p.values("TEXT"), p.span),
    "not_together": _not_together,
    "precedence": lambda p: Said("precedence", p.values("NAME"), p.span),
    "cumulative": lambda p: ast.Cumulative(names=p.values("NAME"), span=p.span),
    "deadline": _deadline,
    "as_for": _as_for,
    "due_line": lambda p: Due(p.nodes[0], p.span),
    "winner_line": lambda p: Winner(p.first("WINNER") or "not stated", p.span),
    "check": _check,
    "example": _example,
    "written_type": _written_type,
    "bound": _bound,
    "rough": _bound,
    "within": _within,
    "each_period": _each_period,
    "due_by": _due_by,
    "jurisdiction": _said("jurisdiction", "TEXT"),
    "currency": _said("currency", "MONEY"),
    "uses": lambda p: Said("uses", ast.Use(p.first("ID"), span=p.span), p.span),
    "title": _said("title", "TEXT"),
    "document_number": _said("number", "TEXT"),
    "issued": _issued,
    "quoted_in": _quoted_in,
    "cites": _cites,
    "asks": _asks,
    "who": _who,
    "when": _clause(ast.When),
    "soft_rule": _clause(ast.SoftRule),
    "soft_limit": _soft_limit,
    "base": _clause(ast.Base),
    "order": lambda p: ast.Order(p.nodes, label=p.first("TEXT"), span=p.span),
    "deductible": _clause(ast.Deductible),
    "pays": _pays,
    "disregard": lambda p: p.nodes[0],
    "disregarded": _disregarded,
    "case": _clause(ast.Case),
    "otherwise": _clause(ast.Otherwise),
    "counted": _counted,
    "rounded_clause": lambda p: ast.RoundedClause(rounding(p), label=p.first("TEXT"), span=p.span),
    "decided": _decided,
    "decided_in_steps": _decided_in_steps,
    "decided_above": _decided_above,
    "reading": _reading,
    "version": _version,
    "row": _row,
    "any_value": lambda _: ast.ANY,
    "not_stated_cell": lambda p: ast.NotStated(span=p.span),
    "cell": _cell,
    "count_key": count_key,
    "count_cell": count_key,
    "unstated": _unstated,
    "statement": lambda p: Said("statement", p.nodes[0], p.span),
}
