"""Who is treated as having another status, and in which benefits."""

from __future__ import annotations

from collections.abc import Iterator

from policyrules.semantics.dependencies import names_read
from policyrules.semantics.reading import type_of
from policyrules.semantics.resolve import Symbol
from policyrules.semantics.scope import Scope
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.types import TRUTH

_STATUS = Text("a status or another yes or no", "身份或者其他是否信息")
_BENEFIT = Text("a benefit", "待遇")
_WHOSE = {
    "household": Text("a household", "家庭"),
    "person": Text("a person", "个人"),
    "case": Text("a case", "案件"),
}


def check_treated(scope: Scope) -> None:
    """Report who cannot be treated as whom: strangers, other subjects, benefits that do not ask."""
    for tree in scope.symbols.trees:
        for node in tree.declarations:
            if isinstance(node, ast.AsFor):
                _check(node, scope)


def _check(node: ast.AsFor, scope: Scope) -> None:
    table = scope.symbols.table
    found: list[Symbol] = []
    for name in (node.status, node.as_status):
        symbol = table.get(name)
        if symbol is None or symbol.kind == "parameter" or type_of(symbol) != TRUTH:
            known = symbol.name.text if symbol else name
            scope.mistake("PR208", node.span, name=known, wanted=_STATUS)
            return
        found.append(symbol)
    status, as_status = found
    if status.entity != as_status.entity and status.entity and as_status.entity:
        scope.mistake(
            "PR560",
            node.span,
            status=status.name.text,
            whose=_WHOSE[status.entity],
            other=as_status.name.text,
            others=_WHOSE[as_status.entity],
        )
        return
    if status.key == as_status.key or _said_before(node, scope):
        scope.mistake("PR562", node.span)
    for name in node.benefits:
        symbol = table.get(name)
        if symbol is None or symbol.kind != "benefit":
            known = symbol.name.text if symbol else name
            scope.mistake("PR208", node.span, name=known, wanted=_BENEFIT)
        elif as_status.key not in _asked(symbol, scope):
            facts = {"benefit": symbol.name.text, "status": as_status.name.text}
            scope.mistake("PR561", node.span, hint=_through(symbol, as_status, scope), **facts)


def _said_before(node: ast.AsFor, scope: Scope) -> bool:
    """Whether one of the benefits treats this status so already."""
    for name in node.benefits:
        for other in scope.symbols.treated.get(name, {}).get(node.as_status, ()):
            if other is node:
                break
            if other.status == node.status:
                return True
    return False


def _asked(symbol: Symbol, scope: Scope) -> set[str]:
    """The names that a rule reads itself, its exceptions included."""
    node = symbol.declaration
    assert isinstance(node, ast.Benefit | ast.Definition | ast.Deadline)
    lines = () if isinstance(node, ast.Deadline) else node.clauses
    exceptions = scope.symbols.exceptions.get(symbol.key, ())
    return {name for name, _ in names_read((lines, exceptions))}


def _through(symbol: Symbol, status: Symbol, scope: Scope) -> Text | None:
    """The hint that a benefit asks for a status by way of a definition only."""
    for name in _below(symbol, scope, set()):
        rule = scope.symbols.table[name]
        if status.key in _asked(rule, scope):
            return Text(
                f"only `{rule.name.text.of('en')}` asks for it, and that is the same for all "
                "benefits: name the status in the benefit",
                f"只有“{rule.name.text.of('zh')}”用到该身份，而它适用于各项待遇："
                "请在待遇中直接写明该身份",
            )
    return None


def _below(symbol: Symbol, scope: Scope, seen: set[str]) -> Iterator[str]:
    """The rules that a rule reads, directly or by way of others."""
    for name in sorted(_asked(symbol, scope) - seen):
        rule = scope.symbols.table.get(name)
        if rule is not None and rule.kind in {"definition", "benefit"}:
            seen.add(name)
            yield name
            yield from _below(rule, scope, seen)
