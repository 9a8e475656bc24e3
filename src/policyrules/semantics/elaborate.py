"""Pass 3, elaborate: check types and units, and build the program.

Each rule becomes a definition of the IR. Names, units and forms end here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from attrs import evolve

from policyrules.diagnostics import Report
from policyrules.ir.build import ZERO, kind_of
from policyrules.ir.facts import What
from policyrules.ir.nodes import Definition, Document, Program
from policyrules.semantics.about import about, of_somebody
from policyrules.semantics.apart import apart
from policyrules.semantics.as_for import check_treated
from policyrules.semantics.benefits import elaborate_benefit, elaborate_body
from policyrules.semantics.checks import elaborate_check
from policyrules.semantics.containment import check_refinements
from policyrules.semantics.deadlines import elaborate_deadline
from policyrules.semantics.depth import check_depth
from policyrules.semantics.document_validity import days
from policyrules.semantics.example_tables import check_table
from policyrules.semantics.examples import check_example
from policyrules.semantics.expressions import value
from policyrules.semantics.growth import Growth
from policyrules.semantics.inputs import inputs
from policyrules.semantics.parameters import Parameters, cited
from policyrules.semantics.permissions import check_permissions
from policyrules.semantics.reading import type_of
from policyrules.semantics.readings import alternatives, check_readings, doubtful
from policyrules.semantics.resolve import Symbol, Symbols
from policyrules.semantics.scope import Scope, subject_of
from policyrules.semantics.validity import in_force
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.types import NumberType


def elaborate(symbols: Symbols, report: Report) -> Program:
    """The program of a ruleset whose names are resolved; mistakes go into `report`."""
    scope = Scope(symbols=symbols, report=report, subject=None)
    _check_whole(scope)
    parameters = Parameters(scope, value)
    facts = inputs(scope, parameters)
    scope = evolve(scope, parameters=parameters, inputs=facts)
    done: dict[str, Definition] = {}
    growth = Growth()
    for symbol in symbols.rules:
        found = _rule(symbol, evolve(scope, done=done))
        if found is not None and growth.check(found, scope):
            done[symbol.key] = _read_so(found, symbols)
    apart(symbols, done, scope)
    check_treated(scope)
    check_refinements(evolve(scope, done=done))
    check_permissions(evolve(scope, done=done))
    rules = [in_force(rule, symbols.table[rule.name].declaration, scope) for rule in done.values()]
    check_depth(rules, scope)
    whose = about(symbols, facts, rules)
    checks = tuple(
        check
        for node in symbols.tree.declarations
        if isinstance(node, ast.Check)
        for check in elaborate_check(node, scope)
    )
    for node in symbols.tree.declarations:
        if isinstance(node, ast.Example):
            check_example(node, scope)
            check_table(node, scope)
            check_readings(node, symbols.trees, report)
    tree = symbols.tree
    return Program(
        id=tree.id,
        title=tree.title.text if tree.title else Text(tree.id, None),
        currency=tree.currency,
        inputs=facts,
        parameters=tuple(parameters.described.values()),
        definitions=tuple(of_somebody(rule, symbols, whose) for rule in rules),
        checks=checks,
        about=whose,
        documents=tuple(_document(node, scope) for node in symbols.sources.values()),
        categories=tuple(symbols.values.items()),
        labels=tuple(_labels(symbols)),
    )


def _check_whole(scope: Scope) -> None:
    """Report whole numbers among what is computed or set: a rounding says which way."""
    for symbol in scope.symbols.all("parameter", "definition", "benefit"):
        node = symbol.declaration
        assert isinstance(node, ast.Parameter | ast.Definition | ast.Benefit)
        if node.type.whole:
            scope.mistake("PR353", node.type.span, name=node.name.text)


def _labels(symbols: Symbols) -> Iterator[tuple[str, Text]]:
    """The names of categories and of their values."""
    for symbol in symbols.all("category"):
        assert isinstance(symbol.declaration, ast.Category)
        yield symbol.key, symbol.name.text
        yield from ((value.key, value.text) for value in symbol.declaration.values)


def _read_so(rule: Definition, symbols: Symbols) -> Definition:
    """A rule with its other readings; one that has any says so wherever it is read."""
    others = symbols.others.get(rule.name, ())
    own = any(not isinstance(other.declaration, ast.NotTogether) for other in others)
    rule = evolve(rule, alternatives=alternatives(rule.name, symbols.others))
    return doubtful(rule) if own else rule


def _rule(symbol: Symbol, scope: Scope) -> Definition | None:
    node = symbol.declaration
    assert isinstance(node, ast.Definition | ast.Benefit | ast.Deadline)
    of_authority = isinstance(node, ast.Deadline) and not isinstance(node.due, ast.Within)
    if symbol.entity is None and not of_authority:
        scope.mistake("PR211", node.name.span, name=node.name.text)
        return None
    subject = subject_of(symbol.entity)
    scope = evolve(scope, subject=symbol.entity or subject, cites=cited(scope, node.places))
    found = type_of(symbol)
    made = Definition(
        name=symbol.key,
        label=node.name.text,
        subject=subject,
        what=_WHAT[type(node)],
        kind=kind_of(found),
        value=ZERO,
        unit=found.spelled if isinstance(found, NumberType) else "",
        cites=scope.cites,
        own=symbol.own,
        span=node.name.span,
    )
    match node:
        case ast.Group(of="person"):
            scope.mistake("PR220", node.span, name=node.name.text)
            return None
        case ast.Benefit():
            alike = scope.symbols.treated.get(symbol.key, {})
            return elaborate_benefit(node, made, evolve(scope, treated=alike))
        case ast.Definition():
            return elaborate_body(node, made, found, scope)
        case ast.Deadline():
            return elaborate_deadline(node, made, scope)
        case _:
            assert_never(node)


_WHAT: dict[type, What] = {
    ast.Benefit: "benefit",
    ast.Definition: "definition",
    ast.Group: "definition",
    ast.Deadline: "deadline",
}


def _document(node: ast.SourceDocument, scope: Scope) -> Document:
    quoted = cited(scope, (node.quoted_in,)) if node.quoted_in else ()
    first, last = days(node.valid) if node.valid else (None, None)
    return Document(
        name=node.name.key,
        label=node.name.text,
        title=node.title,
        number=node.number,
        issued=node.issued.value.toordinal() if node.issued else None,
        issuer=node.issuer,
        quoted_in=quoted[0] if quoted else None,
        valid_from=first,
        valid_to=last,
    )
