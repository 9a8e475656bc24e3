"""The period of validity of a document or a ruleset, which holds for the rules that state none."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from policyrules.diagnostics import Report
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.dates import last_day

Trees = tuple[ast.Ruleset, ...]


def days(valid: ast.Valid) -> tuple[int | None, int | None]:
    """The first and the last day of a period; a year or month alone is taken whole."""
    first = valid.start.value.toordinal() if valid.start else None
    if valid.end is None:
        return first, None
    last = valid.end.value
    if valid.end.precision != "day":
        last = last_day(last.year, None if valid.end.precision == "year" else last.month)
    return first, last.toordinal()


def ends_first(valid: ast.Valid) -> bool:
    """Whether a period ends before it begins."""
    first, last = days(valid)
    return first is not None and last is not None and last < first


def with_validity(trees: Trees, report: Report) -> Trees:
    """The trees in which each rule states the period of the document that it cites.

    A line of its own goes before that of the document, which goes before that of the ruleset.
    """
    documents = {
        node.name.key: _checked(node.valid, report)
        for tree in trees
        for node in tree.declarations
        if isinstance(node, ast.SourceDocument) and node.valid
    }
    declared = {
        node.name.key: node
        for tree in trees
        for node in tree.declarations
        if isinstance(node, ast.Benefit | ast.Definition)
    }
    made: list[ast.Ruleset] = []
    titles: dict[Text, ast.Benefit | ast.Definition | None] = {}
    for tree in trees:
        whole = _checked(tree.valid, report) if tree.valid else None
        found: list[ast.AnyDeclaration] = []
        for node in tree.declarations:
            period = _of_documents(node.places, documents) or whole
            if isinstance(node, ast.ExceptionRule):
                rule = titles.get(node.to) if isinstance(node.to, Text) else declared.get(node.to)
                titles[node.title] = rule
                # What holds of the rule in any case need not be said of its exception.
                if rule and not _stated(rule):
                    general = _of_documents(rule.places, documents) or whole
                    period = None if period is general else period
            found.append(_within(node, period))
        made.append(evolve(tree, declarations=tuple(found)))
    return tuple(made)


def _checked(valid: ast.Valid, report: Report) -> ast.Valid | None:
    if not ends_first(valid):
        return valid
    report.add("PR411", valid.span)
    return None


def _of_documents(
    places: Iterable[ast.Citation], documents: dict[str, ast.Valid | None]
) -> ast.Valid | None:
    """The period of the first document cited that has one."""
    return next((found for place in places if (found := documents.get(place.source))), None)


def _stated(node: ast.Benefit | ast.Definition | ast.ExceptionRule) -> bool:
    """Whether a rule has a line of its own."""
    return any(isinstance(line, ast.Valid) for line in node.clauses)


def _within(node: ast.AnyDeclaration, period: ast.Valid | None) -> ast.AnyDeclaration:
    """A rule with a period, unless it states its own; a group is no rule."""
    match node:
        case ast.Group():
            return node
        case ast.Benefit() | ast.Definition() | ast.ExceptionRule():
            if period and not _stated(node):
                return evolve(node, clauses=(*node.clauses, period))
        case ast.Deadline() if period and node.valid is None:
            return evolve(node, valid=period)
    return node
