"""What is adjoined to an amount, in the order in which it is written: inline, or by `limits` lines.

Each limit is one function of `forms`, kept with its end beside the amount, because it holds after
rounding as well.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import evolve

from policyrules.forms.limits import at_least, at_most, limit_not_stated, remaining
from policyrules.forms.rounding import rounded
from policyrules.forms.small import not_paid_below, paid_as
from policyrules.ir.build import MISTAKE, NO, Typed, comparison, scaled
from policyrules.ir.nodes import Constant, Expr, Variable
from policyrules.ir.whole import is_whole
from policyrules.semantics.conditions import Elaborate
from policyrules.semantics.lines import Clauses
from policyrules.semantics.payments import Payment, counted
from policyrules.semantics.reading import paid_unit
from policyrules.semantics.running import MONTHS, TIMES
from policyrules.semantics.scope import Scope, subject_of, unit_text
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.syntax.names import months_name, paid_name, times_name
from policyrules.types.types import NumberType
from policyrules.types.units import Unit, factor, unit, with_period, with_whom

_REMEDY = {
    Unit(MONTHS): Text(
        "how often is said per period: `limits in total up to NAME per year`; a running limit in "
        "money is a written figure: `limits in total up to 30000 yuan per year`",
        "次数须写明周期（限额 全年不超过某次数）；金额的累计限额须写明数字（限额 年度限额3万元）",
    ),
    Unit(TIMES): Text(
        "for how many months is said without a period: `limits for at most NAME`; a running limit "
        "in money is a written figure: `limits in total up to 30000 yuan per year`",
        "月数不写周期（限额 累计不超过某月数）；金额的累计限额须写明数字（限额 年度限额3万元）",
    ),
}
_BENEFIT = Text("a benefit of the same subject", "同一对象的待遇")


def adjoined(node: ast.Expr, scope: Scope, expected: Unit | None, value: Elaborate) -> Payment:
    """An amount with its adjuncts, the innermost first; `counted` applies to the rate itself."""
    if isinstance(node, ast.Rounded):
        return adjoined(node.of, scope, expected, value).rounded(node.rounding, scope)
    if isinstance(node, ast.Limit):
        return limited(node, adjoined(node.of, scope, expected, value), scope, value)
    return Payment(counted(value(node, scope, expected), scope))


def limited(limit: ast.Limit, inner: Payment, scope: Scope, value: Elaborate) -> Payment:
    """An amount within one limit."""
    if not inner.amount.known:
        return inner
    match limit:
        case ast.AtMost(_, cap):
            return _bounded("cap", cap, inner, scope, value)
        case ast.AtLeast(_, floor):
            return _bounded("floor", floor, inner, scope, value)
        case ast.InTotal():
            return _in_total(limit, inner, scope)
        case ast.AtMostWith():
            return _at_most_with(limit, inner, scope, value)
        case ast.LimitNotStated():
            return evolve(inner, amount=limit_not_stated(inner.amount))
        case ast.NoLimit():
            return inner
        case ast.NotPaidBelow(_, least):
            return _bounded("not paid below", least, inner, scope, value)
        case ast.PaidAs(_, below, least):
            if below != least:
                return Payment(scope.mistake("PR330", least.span))
            return _bounded("paid as", least, inner, scope, value)
        case _:
            assert_never(limit)


_RUNNING = Text(
    "a limit of all that is paid in a year is `in total up to …`",
    "全年合计的限额请写“每年累计不超过…”",
)
_BOUNDS = {
    "cap": at_most,
    "floor": at_least,
    "not paid below": not_paid_below,
    "paid as": paid_as,
}


def _bounded(role: str, node: ast.Expr, inner: Payment, scope: Scope, value: Elaborate) -> Payment:
    """The amount within an end that is written beside it."""
    if isinstance(node, ast.Converted) and value(node.of, scope, None).unit == Unit(TIMES):
        found, wanted = scope.shown(NumberType(Unit(TIMES))), scope.shown(inner.amount.type)
        remedy = _REMEDY[Unit(MONTHS)]
        return Payment(scope.mistake("PR528", node.span, hint=remedy, found=found, wanted=wanted))
    end = _beside(node, inner, scope, value)
    if not end.known:
        return Payment(MISTAKE)
    origin = scope.origin(role, node.span, spelled=inner.amount.unit)
    if _crosses(role, end, inner):
        return Payment(scope.mistake("PR549", node.span))
    return inner.bounded(_BOUNDS[role], end, origin)


def _crosses(role: str, end: Typed, inner: Payment) -> bool:
    """Whether a floor lies above a cap beside it, so that the amount is always the later one.

    Figures that are written out are meant to be compared; a standard may well pass a fixed end.
    """
    against = {"cap": at_least, "floor": at_most}.get(role)
    for other in (found for bound, found, _ in inner.bounds if bound is against):
        low, high = (end, other) if role == "floor" else (other, end)
        match low.expr, high.expr:
            case (
                Constant(Fraction() as least, origin=first),
                Constant(Fraction() as most, origin=second),
            ) if least > most:
                return not any(found and found.role == "parameter" for found in (first, second))
    return False


def _beside(node: ast.Expr, inner: Payment, scope: Scope, value: Elaborate) -> Typed:
    """A figure in the unit of the amount; a rate is counted as the amount was."""
    wanted = inner.amount.unit
    found = value(node, scope, wanted)
    if not found.known:
        return found
    if scope.counted and found.unit != wanted:
        found = counted(found, scope)
    if not isinstance(found.type, NumberType):
        return scope.meet(found, wanted, node.span)
    return found if scope.same(inner.amount, found, node.span, _RUNNING) else MISTAKE


def _in_total(node: ast.InTotal, inner: Payment, scope: Scope) -> Payment:
    """The amount within what a running limit leaves."""
    if not node.period:
        return Payment(scope.mistake("PR506", node.limit.span))
    if scope.benefit is None:
        return Payment(scope.mistake("PR509", node.limit.span))
    if subject_of(scope.subject) != subject_of(scope.benefit.entity):
        # What was already paid is known of whom the benefit is for, not of each member.
        return Payment(scope.mistake("PR595", node.limit.span))
    spelled = inner.amount.unit
    bare = with_period(spelled, None)
    written = with_whom(unit(node.limit.unit), scope.subject) if scope.subject else Unit("")
    scale = factor(written, bare)
    if scale is None:
        facts = {"left": unit_text(spelled), "right": unit_text(written)}
        return Payment(scope.mistake("PR313", node.limit.span, **facts))
    limit = Typed(NumberType(spelled), Constant(node.limit.value * scale, "number"))
    paid = [_paid(scope.benefit, scope.case, node, bare, scope)]
    for name in scope.shared:
        other = scope.symbols.table[name].declaration
        assert isinstance(other, ast.Benefit)
        paid.append(_paid(other, None, node, bare, scope))
    origin = scope.origin("limit", node.limit.span, spelled=spelled)
    return inner.bounded(at_most, remaining(limit, paid, origin), origin)


def _paid(
    benefit: ast.Benefit, case: int | None, node: ast.InTotal, spelled: Unit, scope: Scope
) -> Typed:
    """What was already paid of a benefit, in the unit of the limit."""
    assert scope.subject is not None
    declared = with_whom(paid_unit(benefit), scope.subject)
    fact = _asked(paid_name(benefit.name, node.period, case), node, declared, scope)
    return scope.meet(Typed(NumberType(declared), fact), spelled, node.limit.span)


def _asked(name: ast.Name, node: ast.Node, spelled: Unit, scope: Scope) -> Variable:
    """An input that a limit declares."""
    origin = scope.origin("input", node.span, name.text, spelled)
    return Variable(name.key, subject_of(scope.subject), "number", origin)


def _at_most_with(node: ast.AtMostWith, inner: Payment, scope: Scope, value: Elaborate) -> Payment:
    """The amount within what a cap on several payments together leaves."""
    cap = _beside(node.cap, inner, scope, value)
    others = [_beside(other, inner, scope, value) for other in node.others]
    if not all(found.known for found in (cap, *others)):
        return Payment(MISTAKE)
    origin = scope.origin("limit with others", node.cap.span, spelled=inner.amount.unit)
    return inner.bounded(at_most, remaining(cap, others, origin), origin)


def not_used_up(clauses: Clauses, scope: Scope, value: Elaborate) -> tuple[Expr, ...]:
    """That the number of payments or months allowed is not used up."""
    return tuple(
        _fewer(clause, scope, value)
        for clause in clauses
        if isinstance(clause, ast.MonthsLimit)
        or (isinstance(clause, ast.TimesLimit) and _has_period(clause, scope))
    )


def _has_period(clause: ast.TimesLimit, scope: Scope) -> bool:
    if not clause.period:
        scope.mistake("PR540", clause.span)
    return bool(clause.period)


def _fewer(clause: ast.TimesLimit | ast.MonthsLimit, scope: Scope, value: Elaborate) -> Expr:
    assert scope.benefit is not None
    name, spelled = months_name(scope.benefit.name), Unit(MONTHS)
    if isinstance(clause, ast.TimesLimit):
        name, spelled = times_name(scope.benefit.name, clause.period), Unit(TIMES)
    most = value(clause.count, scope, spelled)
    scale = factor(most.unit, spelled)
    if not most.known:
        return NO
    if not isinstance(most.type, NumberType) or scale is None:
        found, wanted = scope.shown(most.type), scope.shown(NumberType(spelled))
        scope.mistake("PR528", clause.count.span, hint=_REMEDY[spelled], found=found, wanted=wanted)
        return NO
    most = scaled(most, scale, spelled)
    written = most.expr.value if isinstance(most.expr, Constant) else None
    if isinstance(written, Fraction) and written <= 0:
        scope.mistake("PR548", clause.count.span)
        return NO
    if isinstance(clause.count, ast.Quantity) and written != int(clause.count.value * scale):
        scope.mistake("PR238", clause.count.span)
        return NO
    if not is_whole(most.expr, scope.inputs, scope.done):
        origin = scope.origin("round downward", clause.count.span, spelled=spelled)
        most = rounded(most, "downward", Fraction(1), origin)
    origin = scope.origin("compare <", clause.span, spelled=spelled)
    return comparison("<", _asked(name, clause, spelled, scope), most.expr, origin)


def check_shared(clauses: Clauses, scope: Scope) -> tuple[str, ...]:
    """The benefits that share the running limits; a name of anything else is reported."""
    found: list[str] = []
    for clause in clauses:
        if not isinstance(clause, ast.LimitsShared):
            continue
        for name in clause.names:
            symbol = scope.symbols.table.get(name)
            assert scope.benefit is not None
            if symbol is None or symbol.kind != "benefit" or symbol.entity != scope.benefit.entity:
                known = symbol.name.text if symbol else name
                scope.mistake("PR208", clause.span, name=known, wanted=_BENEFIT)
            elif name == scope.benefit.name.key:
                scope.mistake("PR541", clause.span)
            else:
                found.append(name)
    return tuple(dict.fromkeys(found))
