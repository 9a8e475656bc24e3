"""Which input or definition says which value of a category a subject has."""

from __future__ import annotations

from policyrules.ir.nodes import Expr, Reference, Variable
from policyrules.semantics.resolve import Symbol
from policyrules.semantics.scope import Scope, subject_of
from policyrules.syntax import ast


def category_of(symbol: Symbol, scope: Scope, node: ast.Node) -> tuple[Symbol, Expr] | None:
    """The one input or definition that says which value of a category a subject has."""
    found = [symbol] if symbol.entity is not None else []
    for other in scope.symbols.all("definition"):
        declared = other.declaration
        if isinstance(declared, ast.Definition) and declared.type.category == symbol.key:
            found.append(other)
    if len(found) != 1:
        code = "PR344" if found else "PR210"
        scope.mistake(code, node.span, name=symbol.name.text)
        return None
    (own,) = found
    origin = scope.origin("input" if own is symbol else "rule", node.span, own.name.text)
    if own is symbol:
        assert own.entity is not None
        return own, Variable(own.key, subject_of(own.entity), "choice", origin)
    return own, Reference(own.key, "choice", origin)
