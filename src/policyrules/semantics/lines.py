"""Which lines of a rule an exception replaces by its own."""

from __future__ import annotations

from collections.abc import Callable

from policyrules.syntax import ast

Clauses = tuple[ast.Clause, ...]

PAYING = (ast.Pays, ast.Case, ast.Band, ast.Bracket, ast.Otherwise)
_CEILINGS = (ast.AtMost, ast.InTotal, ast.NoLimit, ast.LimitNotStated)


def replaced(clauses: Clauses, stated: Clauses) -> Clauses:
    """The lines of a rule with those that an exception states in their place."""
    kept = list(clauses)
    for group, gives_way in _GROUPS:
        new = [clause for clause in stated if isinstance(clause, group)]
        if not new:
            continue
        gone = [index for index, line in enumerate(kept) if gives_way(line, new)]
        at = gone[0] if gone else _place(group[0], kept)
        kept = [line for index, line in enumerate(kept) if index not in gone]
        kept[at:at] = new
    kept += [clause for clause in stated if isinstance(clause, ast.SoftRule | ast.SoftLimit)]
    return tuple(kept)


def _place(kind: type, kept: list[ast.Clause]) -> int:
    """Where a kind of line goes that a rule lacks: under its base, or at the end."""
    if kind not in {ast.Base, ast.Deductible, ast.Order}:
        return len(kept)
    bases = [index for index, clause in enumerate(kept) if isinstance(clause, ast.Base)]
    return bases[0] + 1 if bases and kind is not ast.Base else 0


def _alike(*group: type) -> Callable[[ast.Clause, list[ast.Clause]], bool]:
    """Every line of the group gives way to one of the group."""
    return lambda line, _: isinstance(line, group)


def _limited(line: ast.Clause, new: list[ast.Clause]) -> bool:
    """A limit gives way to one of its kind; `no limit` stands for every cap and running limit."""
    return isinstance(line, ast.Limited) and any(
        _same_kind(line.by, other.by) for other in new if isinstance(other, ast.Limited)
    )


def _same_kind(one: ast.Limit, other: ast.Limit) -> bool:
    if isinstance(one, ast.InTotal) and isinstance(other, ast.InTotal):
        return one.period == other.period
    if isinstance(one, _CEILINGS) and isinstance(other, _CEILINGS):
        unlimited = isinstance(one, _UNLIMITED) or isinstance(other, _UNLIMITED)
        return unlimited or type(one) is type(other)
    return isinstance(one, _SMALL) if isinstance(other, _SMALL) else type(one) is type(other)


_UNLIMITED = (ast.NoLimit, ast.LimitNotStated)
_SMALL = (ast.NotPaidBelow, ast.PaidAs)
_GROUPS: tuple[tuple[tuple[type, ...], Callable[[ast.Clause, list[ast.Clause]], bool]], ...] = (
    (PAYING, _alike(*PAYING)),
    ((ast.Base,), _alike(ast.Base)),
    ((ast.Deductible,), _alike(ast.Deductible)),
    ((ast.Order,), _alike(ast.Order)),
    ((ast.Counted,), _alike(ast.Counted)),
    ((ast.RoundedClause,), _alike(ast.RoundedClause)),
    ((ast.ToppedUp,), _alike(ast.ToppedUp)),
    ((ast.Limited,), _limited),
    ((ast.TimesLimit,), _alike(ast.TimesLimit)),
    ((ast.MonthsLimit,), _alike(ast.MonthsLimit)),
    ((ast.LimitsSeparate,), _alike(ast.LimitsSeparate)),
    ((ast.LimitsShared,), _alike(ast.LimitsShared)),
    ((ast.Decided,), _alike(ast.Decided)),
    ((ast.DecidedInSteps,), _alike(ast.DecidedInSteps)),
    ((ast.DecidedAbove,), _alike(ast.DecidedAbove)),
)
