"""Who decides within the range that a rule grants: in which steps, and above which amounts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from attrs import evolve

from policyrules.diagnostics import Fact
from policyrules.ir.build import Typed
from policyrules.ir.grants import granted
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Expr,
    Grant,
    Level,
    Reference,
    Unsettled,
)
from policyrules.ir.walk import nodes
from policyrules.semantics.expressions import value
from policyrules.semantics.limits import adjoined
from policyrules.semantics.lines import Clauses
from policyrules.semantics.payments import step_in
from policyrules.semantics.scope import Scope
from policyrules.semantics.within import related
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.units import Unit

_NO_RANGE = Text("the amount leaves nothing to be decided", "数额没有裁量的余地")
_NAME_RANGE = Text(
    "write the range in the line that pays (`2 to 10 times …`), or leave this line out",
    "请在“给予”中写明幅度（例如“…的2至10倍”），或者删去本条",
)
_BELOW = Text("below the range", "低于幅度的下限")
_ABOVE = Text("not below its upper end", "不低于幅度的上限")


def grant(clauses: Clauses, amount: Typed, declared: Unit, scope: Scope) -> Grant:
    """What a set of lines says of who decides; `amount` is what it pays."""
    decided = next((c for c in clauses if isinstance(c, ast.Decided)), None)
    steps = next((c for c in clauses if isinstance(c, ast.DecidedInSteps)), None)
    lines = [clause for clause in clauses if isinstance(clause, ast.DecidedAbove)]
    found = [_level(line, declared, scope) for line in lines]
    levels = tuple(level for level in found if level is not None)
    if len(levels) == len(lines) and amount.known:
        _check_levels(lines, levels, amount.expr, scope)
    return Grant(
        by=decided.by if decided else None,
        factors=tuple(_factor(name, scope) for name in decided.factors) if decided else (),
        factors_open=decided.open if decided else False,
        step=step_in(steps, declared, scope, "PR551") if steps else None,
        levels=levels,
    )


def says_something(grant: Grant) -> bool:
    """Whether a rule says anything of who decides, or how."""
    return grant.by is not None or grant.step is not None or bool(grant.levels)


def check_ranged(clauses: Clauses, amount: Expr, scope: Scope) -> None:
    """Report steps and levels of a rule that leaves no amount to be decided."""
    if not any(_leaves_open(node, scope.done) for node in nodes(amount)):
        for clause in clauses:
            if isinstance(clause, ast.DecidedInSteps | ast.DecidedAbove):
                scope.mistake("PR515", clause.span, reason=_NO_RANGE, remedy=_NAME_RANGE)


def _level(line: ast.DecidedAbove, declared: Unit, scope: Scope) -> Level | None:
    if line.operator != ">":
        scope.mistake("PR552", line.span)
        return None
    # An amount that is written out is counted already, beside rates that are not.
    scope = evolve(scope, counted_above=True)
    paid = adjoined(line.above, scope, declared, value).amount
    found = scope.meet(paid, declared, line.above.span)
    if not found.known:
        return None
    if any(_is_range(node, scope.done) for node in nodes(found.expr)):
        scope.mistake("PR553", line.above.span)
        return None
    return Level(found.expr, line.by, line.above.span.written)


def _check_levels(
    lines: list[ast.DecidedAbove], levels: tuple[Level, ...], amount: Expr, scope: Scope
) -> None:
    """Report a level that begins below the one before it, and one outside the range."""
    for line, level in zip(lines, levels, strict=True):
        facts: dict[str, Fact] = {"level": level.written}
        if related("raised", level.above, granted(amount, "most"), scope).verdict == "yes":
            scope.report.add("PR555", line.above.span, facts={**facts, "where": _ABOVE})
        elif related("raised", level.above, granted(amount, "least"), scope).verdict == "no":
            scope.report.add("PR555", line.above.span, facts={**facts, "where": _BELOW})
    for index, (before, level) in enumerate(pairwise(levels), 1):
        falls = related("raised", level.above, before.above, scope).verdict == "no"
        if falls or related("equal", level.above, before.above, scope).verdict == "yes":
            facts = {"level": level.written, "before": before.written}
            scope.report.add("PR554", lines[index].above.span, facts=facts)


def _is_range(node: Expr, done: Mapping[str, Definition]) -> bool:
    """Whether an expression leaves an amount to discretion, or reads a rule that does."""
    if isinstance(node, Reference) and node.kind == "number" and node.name in done:
        return any(_is_range(below, done) for below in nodes(done[node.name].value))
    return isinstance(node, Apply) and node.operator == "range"


def _leaves_open(node: Expr, done: Mapping[str, Definition]) -> bool:
    """Whether an amount is left to a person, within a range or altogether."""
    by_a_person = isinstance(node, Constant) and isinstance(node.value, Unsettled)
    return by_a_person or _is_range(node, done)


def _factor(name: str, scope: Scope) -> Text:
    symbol = scope.symbols.table.get(name)
    return symbol.name.text if symbol else Text(name, name)
