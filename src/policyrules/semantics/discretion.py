"""Who decides within the range that a rule grants: in which steps, and above which amounts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from attrs import evolve

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
_UNDER = Text("below the range", "低于幅度的下限")
_NOT_OVER = Text("not above the lower end of the range", "不高于幅度的下限")
_NOT_UNDER = Text("not below the upper end of the range", "不低于幅度的上限")
_OVER = Text("above the range", "高于幅度的上限")


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
    if not _grants_range(amount, scope.done, manual=True):
        for clause in clauses:
            if isinstance(clause, ast.DecidedInSteps | ast.DecidedAbove):
                scope.mistake("PR515", clause.span, reason=_NO_RANGE, remedy=_NAME_RANGE)


def _level(line: ast.DecidedAbove, declared: Unit, scope: Scope) -> Level | None:
    if line.operator not in {">", ">="}:
        scope.mistake("PR552", line.span)
        return None
    # An amount that is written out is counted already, beside rates that are not.
    scope = evolve(scope, counted_above=True)
    paid = adjoined(line.above, scope, declared, value).amount
    found = scope.meet(paid, declared, line.above.span)
    if not found.known:
        return None
    if _grants_range(found.expr, scope.done):
        scope.mistake("PR553", line.above.span)
        return None
    return Level(found.expr, line.by, line.above.span.written, line.operator == ">=")


def _check_levels(
    lines: list[ast.DecidedAbove], levels: tuple[Level, ...], amount: Expr, scope: Scope
) -> None:
    """Report a level that begins below the one before it, and one outside the range."""
    for line, level in zip(lines, levels, strict=True):
        where = _outside(level, amount, scope) if _grants_range(amount, scope.done) else None
        if where is not None:
            scope.report.add("PR555", line.above.span, level=level.written, where=where)
    for line, (before, level) in zip(lines[1:], pairwise(levels), strict=True):
        falls = related("raised", level.above, before.above, scope).verdict == "no"
        equal = related("equal", level.above, before.above, scope).verdict == "yes"
        # What begins at an amount may go before what begins above it.
        if falls or (equal and not (before.included and not level.included)):
            facts = {"level": level.written, "before": before.written}
            scope.report.add("PR554", line.above.span, facts=facts)


def _outside(level: Level, amount: Expr, scope: Scope) -> Text | None:
    """On which side of the range a level begins; None if it may begin inside."""
    least, most = granted(amount, "least"), granted(amount, "most")
    if level.included:
        over = related("lowered", level.above, most, scope).verdict == "no"
        under = related("lowered", level.above, least, scope).verdict == "yes"
        return _OVER if over else _NOT_OVER if under else None
    over = related("raised", level.above, most, scope).verdict == "yes"
    under = related("raised", level.above, least, scope).verdict == "no"
    return _NOT_UNDER if over else _UNDER if under else None


def _grants_range(amount: Expr, done: Mapping[str, Definition], *, manual: bool = False) -> bool:
    """Whether an amount is left to discretion, also in a rule that it reads.

    `manual` counts what a person decides altogether as well.
    """
    seen: set[str] = set()
    pending = [amount]
    while pending:
        for node in nodes(pending.pop()):
            if isinstance(node, Apply) and node.operator == "range":
                return True
            if manual and isinstance(node, Constant) and isinstance(node.value, Unsettled):
                return True
            if isinstance(node, Reference) and node.kind == "number" and node.name not in seen:
                seen.add(node.name)
                pending += [done[node.name].value] if node.name in done else []
    return False


def _factor(name: str, scope: Scope) -> Text:
    symbol = scope.symbols.table.get(name)
    return symbol.name.text if symbol else Text(name, name)
