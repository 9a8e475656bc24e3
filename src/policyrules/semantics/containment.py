"""What a ruleset below another one may do to its rules: make a line finer, within its range."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from policyrules.diagnostics import Fact
from policyrules.ir.build import ZERO
from policyrules.ir.nodes import Expr
from policyrules.semantics.amendments import Change
from policyrules.semantics.branches import amounts, counting
from policyrules.semantics.reading import written_type
from policyrules.semantics.scope import Scope
from policyrules.semantics.within import related, scaled
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.types import NumberType

_WHOLE_RANGE = Text(
    "an amount with an upper end only starts from 0: write both ends, such as `2 to 8 times …`",
    "只写上限的数额从零起算，请同时写明下限，例如“…的2至8倍”",
)
Amounts = list[tuple[ast.Node, Expr]]


def check_refinements(scope: Scope) -> None:
    """Report what a refined line pays outside the range of the line that it refines."""
    for change in scope.symbols.changes:
        old, new = change.before, change.after
        if not change.node.refines or isinstance(old, ast.Parameter):
            continue
        if isinstance(new, ast.Parameter) or old.name.key not in scope.done:
            continue  # it has a mistake of its own
        before = line_amounts(old, (change.line,), scope)
        for clause, refined in line_amounts(new, change.lines, scope):
            for _, general in before:
                _check(clause, refined, general, change, scope)


def line_amounts(
    rule: ast.Benefit | ast.Definition, lines: tuple[object, ...], scope: Scope
) -> Amounts:
    """What lines of a rule pay, before rounding."""
    declared = written_type(rule.type, rule.entity)
    if not isinstance(declared, NumberType):
        return []
    clauses = tuple(c for c in rule.clauses if not isinstance(c, ast.RoundedClause))
    scope = evolve(
        scope,
        subject=rule.entity,
        benefit=rule if isinstance(rule, ast.Benefit) else None,
    )
    return [
        (branch.node, branch.payment.amount.expr if branch.payment else ZERO)
        for branch in amounts(clauses, declared.unit, counting(clauses, scope))
        if any(branch.node is line for line in lines)
    ]


def _check(clause: ast.Node, refined: Expr, general: Expr, change: Change, scope: Scope) -> None:
    """One refined amount against the line that it refines."""
    found = related("within", refined, general, scope)
    assert isinstance(change.line, ast.Line)
    assert not isinstance(change.before, ast.Parameter)
    facts: dict[str, Fact] = {
        "refined": written(clause),
        "general": written(change.line),
        "line": change.line.label or "",
        "name": change.before.name.text,
    }
    place = amount_of(clause).span
    if found.verdict == "no":
        only_upper = scaled(refined).low == 0 != scaled(refined).high
        facts["when"] = on_day(found.day)
        scope.report.add("PR580", place, hint=_WHOLE_RANGE if only_upper else None, facts=facts)
    elif found.verdict == "open":
        scope.report.add("PR581", place, facts=facts)


def amount_of(clause: ast.Node) -> ast.Node:
    """The part of a line that says how much, or when."""
    of: ast.Node | None = getattr(clause, "of", getattr(clause, "condition", None))
    return of or clause


def written(clause: ast.Node) -> str:
    """What a line pays, as its author wrote it."""
    return amount_of(clause).span.written


def on_day(day: int | None) -> Text:
    """From which day something is so; nothing where it always is."""
    if day is None:
        return Text("", "")
    found = date.fromordinal(day)
    return Text(f" on {found}", f"（{found.year}年{found.month}月{found.day}日）")
