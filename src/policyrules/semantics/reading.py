"""Reading a declared name inside a rule: whose fact it is, and what it is."""

from __future__ import annotations

from typing import Literal

from attrs import evolve

from policyrules.ir.build import Typed, any_of, kind_of
from policyrules.ir.nodes import Expr, Reference, Variable
from policyrules.semantics.ages import at_month_end, from_age
from policyrules.semantics.earlier import read_earlier
from policyrules.semantics.resolve import Symbol
from policyrules.semantics.running import DAY, PAID, PREVIOUS, counters
from policyrules.semantics.scope import Scope, subject_of
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.syntax.names_built_in import BIRTH_DATE
from policyrules.types.types import DATE, TRUTH, UNKNOWN, ChoiceType, NumberType, Type
from policyrules.types.units import Unit, main_money, mentions_money, unit, with_period, with_whom

_LIMITED = Text("a benefit with such a running limit", "有相应累计限额的待遇")
_OVER_MEMBERS = Text(
    "say `for each member: …`, or `the sum of {name} over members` (or `highest`, `lowest`)",
    "请写“逐人计算：…”，或者“家庭成员{name}的合计”（最高值、最低值）",
)
PERSONS = Unit("person/household")
YEARS_OF_AGE = Unit("year_of_age")


def written_type(written: ast.WrittenType, entity: ast.Entity | None) -> Type:
    """The type of a header; an amount of money is for the subject of the header."""
    if written.kind == "yes or no":
        return TRUTH
    if written.kind == "date":
        return DATE
    if written.kind == "category":
        return ChoiceType(written.category)
    spelled = unit(written.unit)
    return NumberType(with_whom(spelled, entity) if entity else spelled, written.rate)


def type_of(symbol: Symbol) -> Type:
    """The type of a declared name."""
    node = symbol.declaration
    match node:
        case ast.Parameter():
            return written_type(node.type, None)
        case ast.Benefit() if symbol.kind == "input":
            if symbol.counts == PREVIOUS:
                return written_type(node.type, symbol.entity)
            if symbol.counts == DAY:
                return DATE
            if symbol.counts != PAID:
                return NumberType(Unit(symbol.counts))
            return NumberType(with_whom(paid_unit(node), node.entity))
        case ast.Input() | ast.Definition() | ast.Benefit():
            return written_type(node.type, symbol.entity)
        case ast.RecordList(fields=fields) if symbol.kind == "field":
            field = next(field for field in fields if field.name.key == symbol.key)
            return written_type(field.type, symbol.entity)
        case ast.Category():
            return ChoiceType(symbol.key)
        case ast.Statuses():
            return TRUTH
        case ast.Deadline():
            return DATE
        case None:
            return NumberType(YEARS_OF_AGE) if symbol.key == "age" else DATE
        case _:
            return UNKNOWN


def paid_unit(benefit: ast.Benefit) -> Unit:
    """In what the amount already paid is asked: money in the currency, an area as it is paid."""
    paid = unit(benefit.type.unit)
    return main_money(paid) if mentions_money(paid) else with_period(paid, None)


def read_fact(name: str, node: ast.Node, scope: Scope, *, of_household: bool = False) -> Typed:
    """The value of a declared name for the subject at hand, or for its household."""
    if name in scope.symbols.lagged:
        return read_earlier(scope.symbols.lagged[name], None, scope, node)
    symbol = scope.symbols.table.get(name)
    if symbol is None:
        return _not_counted(name, node, scope)
    if symbol.kind == "parameter":
        assert scope.parameters is not None
        return scope.parameters.read(symbol, None, scope, node)
    if scope.subject is None:
        return scope.mistake("PR308", node.span, name=symbol.name.text)
    if symbol.kind == "field" and not _at_hand(symbol, scope):
        return scope.mistake("PR221", node.span, name=symbol.name.text, list=_list_of(symbol))
    entity = symbol.entity
    if entity is None:
        return scope.mistake("PR210", node.span, name=symbol.name.text)
    if entity == "person" and (scope.subject != "person" or of_household):
        hint = _OVER_MEMBERS if isinstance(type_of(symbol), NumberType) else None
        return scope.mistake("PR305", node.span, hint=hint, name=symbol.name.text)
    subject = subject_of(entity)
    line = from_age(name, scope) if symbol.declaration is None else None
    if line is not None:
        return at_month_end(read_fact(BIRTH_DATE.key, node, scope), line, node, scope)
    found = _read(symbol, subject, node, scope)
    alike = scope.treated.get(name, ())
    return _treated(found, alike, subject, node, scope) if alike else found


def _not_counted(name: str, node: ast.Node, scope: Scope) -> Typed:
    """Report that nothing declares the counter of a benefit, with the line that does."""
    for benefit in scope.symbols.all("benefit"):
        for counter, line in counters(benefit.name):
            if counter.key == name:
                hint = Text(
                    f"add the line `{line.of('en')}` to `{benefit.name.text.of('en')}`: "
                    "it declares this fact",
                    f"请在“{benefit.name.text.of('zh')}”中加一行“{line.of('zh')}”，该行即声明此项信息",
                )
                facts = {"name": counter.text, "wanted": _LIMITED}
                return scope.mistake("PR208", node.span, hint=hint, **facts)
    return scope.mistake("PR208", node.span, name=name, wanted=_LIMITED)


def _treated(
    found: Typed,
    alike: tuple[ast.AsFor, ...],
    subject: Literal["household", "person"],
    node: ast.Node,
    scope: Scope,
) -> Typed:
    """A status that others are treated as having in this benefit."""
    tests = [found.expr]
    places: list[ast.Citation] = []
    for declaration in alike:
        symbol = scope.symbols.table.get(declaration.status)
        if symbol is not None and type_of(symbol) == TRUTH:
            tests.append(_read(symbol, subject, node, scope).expr)
            places += declaration.places
    origin = evolve(scope.origin("as for", node.span), cites=scope.cited(tuple(places)))
    return Typed(found.type, any_of(*tests, origin=origin))


def _at_hand(symbol: Symbol, scope: Scope) -> bool:
    """Whether a record of the list of a field is at hand."""
    node = symbol.declaration
    return isinstance(node, ast.RecordList) and node.name.key == scope.record


def _list_of(symbol: Symbol) -> Text:
    node = symbol.declaration
    assert isinstance(node, ast.RecordList)
    return node.name.text


def _read(
    symbol: Symbol, subject: Literal["household", "person"], node: ast.Node, scope: Scope
) -> Typed:
    found = type_of(symbol)
    spelled = found.unit if isinstance(found, NumberType) else None
    if symbol.kind in {"definition", "benefit", "deadline"}:
        origin = scope.origin("rule", node.span, symbol.name.text, spelled)
        expr: Expr = Reference(symbol.key, kind_of(found), origin)
    else:
        origin = scope.origin("input", node.span, symbol.name.text, spelled)
        expr = Variable(symbol.key, subject, kind_of(found), origin)
    return Typed(found, expr)
