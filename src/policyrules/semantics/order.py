"""Lines of a rule that do nothing where they stand, or that are said twice."""

from __future__ import annotations

from policyrules.diagnostics import said_first
from policyrules.semantics.scope import Scope
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.syntax.walk import walk

_LIMITS = (ast.ToppedUp, ast.Limited, ast.TimesLimit, ast.MonthsLimit)
_DECIDED = (ast.Decided, ast.DecidedInSteps, ast.DecidedAbove)
_SINGLE = (
    ast.Counted,
    ast.Decided,
    ast.DecidedInSteps,
    ast.LimitsSeparate,
    ast.Valid,
    ast.PaidFrom,
    ast.PaidFromAge,
)
_OF_BENEFITS = (
    ast.TimesLimit,
    ast.MonthsLimit,
    ast.LimitsShared,
    ast.LimitsSeparate,
    ast.ToppedUp,
)
_PAYING = (ast.Pays, ast.Case, ast.Band, ast.Bracket, ast.Otherwise)
_OF_AMOUNTS = (
    ast.Base,
    ast.Deductible,
    ast.Case,
    ast.Band,
    ast.Bracket,
    ast.Disregard,
    ast.Otherwise,
    ast.RoundedClause,
    ast.Limited,
    *_OF_BENEFITS,
)


def check_clauses(clauses: tuple[ast.Clause, ...], scope: Scope) -> None:
    """Report lines without effect among those of an amount, and lines said twice."""
    for index, clause in enumerate(clauses):
        above, below = clauses[:index], clauses[index + 1 :]
        if isinstance(clause, _SINGLE):
            earlier = next((c for c in above if type(c) is type(clause)), None)
            if earlier is not None:
                related = [said_first(earlier.span)]
                scope.report.add("PR108", clause.span, related=related)
        elif isinstance(clause, (*_LIMITS, ast.LimitsShared, ast.PaidUntil)) and clause in above:
            related = [said_first(above[above.index(clause)].span)]
            scope.report.add("PR108", clause.span, related=related)
        elif isinstance(clause, (ast.RoundedClause, ast.Disregard, *_LIMITS)) and not _any(
            above, _PAYING
        ):
            _idle(clause, scope, _NOTHING_ABOVE, _BELOW_PAYMENT)
        elif isinstance(clause, ast.Otherwise) and not _any(
            above, (ast.Case, ast.Band, ast.Bracket, ast.Pays)
        ):
            _idle(clause, scope, _NO_CASE, _ADD_CASE)
        elif isinstance(clause, ast.Base | ast.Deductible | ast.Order) and not _used(below):
            _idle(clause, scope, _NOTHING_BELOW, _ABOVE_PAYMENT)


def check_figure(node: ast.Definition, scope: Scope) -> None:
    """Report limits that a figure cannot have, and who decides: only payments are counted so."""
    exceptions = scope.symbols.exceptions.get(node.name.key, ())
    lines = (node.clauses, *(exception.clauses for exception in exceptions))
    for clause in (clause for clauses in lines for clause in clauses):
        running = isinstance(clause, ast.Limited) and isinstance(clause.by, ast.InTotal)
        if running or isinstance(clause, _OF_BENEFITS):
            scope.mistake("PR529", clause.span, name=node.name.text)
        elif isinstance(clause, _DECIDED):
            _idle(clause, scope, _NOT_AWARDED, _IN_BENEFIT)


def check_limits(node: ast.Benefit, scope: Scope) -> None:
    """Report ways of counting without a running limit, and limits that contradict each other."""
    exceptions = scope.symbols.exceptions.get(node.name.key, ())
    everything = (node.clauses, *(exception.clauses for exception in exceptions))
    running = any(isinstance(found, ast.InTotal) for found in walk(everything))
    separate = next((c for c in node.clauses if isinstance(c, ast.LimitsSeparate)), None)
    shared = next((c for c in node.clauses if isinstance(c, ast.LimitsShared)), None)
    if separate and not running:
        scope.mistake("PR507", separate.span)
    if shared and not running:
        scope.mistake("PR542", shared.span)
    if separate and shared:
        related = [said_first(separate.span)]
        scope.report.add("PR543", shared.span, related=related)
    lines = [clause for clause in node.clauses if isinstance(clause, ast.Limited)]
    ceiling = next((c for c in lines if isinstance(c.by, ast.AtMost | ast.InTotal)), None)
    unlimited = next((c for c in lines if isinstance(c.by, ast.NoLimit)), None)
    if ceiling and unlimited:
        related = [said_first(ceiling.span)]
        scope.report.add("PR544", unlimited.span, related=related)


def check_whole(clauses: tuple[ast.Clause, ...], scope: Scope) -> None:
    """Report lines of an amount in the definition of a condition or date, and a second one."""
    for clause in clauses:
        if isinstance(clause, _OF_AMOUNTS):
            _idle(clause, scope, _NO_AMOUNT, _ONE_CONDITION)
    periods = [clause for clause in clauses if isinstance(clause, ast.Valid)]
    for later in periods[1:]:
        related = [said_first(periods[0].span)]
        scope.report.add("PR108", later.span, related=related)
    bodies = [clause for clause in clauses if isinstance(clause, ast.Pays)]
    if len(bodies) > 1:
        scope.mistake("PR510", bodies[1].span, hint=_JOIN)


def _used(below: tuple[ast.Clause, ...]) -> bool:
    """Whether an amount follows before the next base."""
    for clause in below:
        if isinstance(clause, ast.Base):
            return False
        if isinstance(clause, _PAYING):
            return True
    return False


def _any(clauses: tuple[ast.Clause, ...], kinds: tuple[type, ...]) -> bool:
    return any(isinstance(clause, kinds) for clause in clauses)


def _idle(clause: ast.Clause, scope: Scope, reason: Text, remedy: Text) -> None:
    scope.mistake("PR515", clause.span, reason=reason, remedy=remedy)


_NOTHING_ABOVE = Text("no amount stands above it", "上面没有数额")
_BELOW_PAYMENT = Text("put it under the line that pays", "请移到“给予”之后")
_NOTHING_BELOW = Text("no amount under it is taken of this base", "下面没有以此为基数的数额")
_ABOVE_PAYMENT = Text("put it above the line that pays", "请移到“给予”之前")
_NOT_AWARDED = Text("a figure is not awarded", "该数额不是待遇，不由人裁量")
_IN_BENEFIT = Text("put it into the benefit that pays the figure", "请移到发给该数额的待遇中")
_NO_CASE = Text("no `case` stands above it", "上面没有“情形”")
_ADD_CASE = Text(
    "add `case …: …` above it, or write `pays` for what always applies",
    "请在上面写明“情形 …：…”；始终适用的，请写“给予”",
)
_NO_AMOUNT = Text("a condition or a date has no such line", "条件和日期没有此类条目")
_ONE_CONDITION = Text(
    "write the condition in one line, with `and`, `or` or a list",
    "请用“且”“或者”或者分项列举，写成一条",
)
_JOIN = Text(
    "join the two by `and` or `or`, or indent the second more deeply if it continues the first",
    "请用“且”或者“或者”连接两行；如系续写，请将第二行再缩进一层",
)
