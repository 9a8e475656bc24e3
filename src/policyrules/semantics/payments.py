"""Payments: an amount with what is adjoined to it, in the order in which it is written.

Caps and running limits are kept beside the amount, because they hold after rounding as well.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import evolve, frozen

from policyrules.forms.limits import at_least, at_most, limit_not_stated, remaining
from policyrules.forms.rounding import rounded
from policyrules.ir.build import MISTAKE, Typed, figure, scaled
from policyrules.ir.nodes import Constant, Origin, Variable
from policyrules.semantics.conditions import Elaborate
from policyrules.semantics.honesty import is_manual
from policyrules.semantics.scope import Scope, shown, subject_of, unit_text
from policyrules.syntax import ast
from policyrules.syntax.names import paid_name
from policyrules.types.types import NumberType
from policyrules.types.units import (
    Unit,
    factor,
    is_money,
    main_money,
    times,
    unit,
    with_period,
    with_whom,
)

Bound = Callable[[Typed, Typed, Origin], Typed]
Adjoined = ast.AtMost | ast.AtLeast | ast.InTotal | ast.LimitNotStated | ast.Rounded


@frozen
class Payment:
    """An amount with the caps and floors that hold after rounding as well, in written order."""

    amount: Typed
    bounds: tuple[tuple[Bound, Typed, Origin], ...] = ()

    def bounded(self, bound: Bound, end: Typed, origin: Origin) -> Payment:
        """The amount within one more cap or floor."""
        return Payment(bound(self.amount, end, origin), (*self.bounds, (bound, end, origin)))

    def rounded(self, node: ast.Rounding, scope: Scope) -> Payment:
        """The amount rounded, its caps and floors still holding."""
        if not self.amount.known or is_manual(self.amount):
            return self
        step = _step(node, self.amount.unit, scope)
        if step is None:
            return Payment(MISTAKE)
        origin = scope.origin(f"round {node.mode}", node.span, spelled=self.amount.unit)
        amount = rounded(self.amount, node.mode, step, origin)
        for bound, end, bound_origin in self.bounds:
            amount = bound(amount, end, bound_origin)
        return Payment(amount, self.bounds)


def _step(node: ast.Rounding, spelled: Unit, scope: Scope) -> Fraction | None:
    """The step of a rounding in the unit of what is rounded."""
    step = unit(node.unit)
    target = unit(spelled.text.partition("/")[0])
    scale = factor(step, target) or factor(step, spelled)
    if scale is None or node.step <= 0:
        scope.mistake("PR309", node.span, step=unit_text(step), found=unit_text(spelled))
        return None
    return node.step * scale


def adjoined(node: ast.Expr, scope: Scope, expected: Unit | None, value: Elaborate) -> Payment:
    """An amount with its adjuncts, the innermost first; `counted` applies to the rate itself."""
    match node:
        case ast.AtMost(of, cap):
            inner = adjoined(of, scope, expected, value)
            limit = _beside(cap, inner, scope, value)
            origin = scope.origin("cap", cap.span, spelled=inner.amount.unit)
            return inner.bounded(at_most, limit, origin) if limit.known else Payment(MISTAKE)
        case ast.AtLeast(of, floor):
            inner = adjoined(of, scope, expected, value)
            least = _beside(floor, inner, scope, value)
            origin = scope.origin("floor", floor.span, spelled=inner.amount.unit)
            return inner.bounded(at_least, least, origin) if least.known else Payment(MISTAKE)
        case ast.InTotal():
            return _in_total(node, adjoined(node.of, scope, expected, value), scope)
        case ast.LimitNotStated(of):
            inner = adjoined(of, scope, expected, value)
            return (
                evolve(inner, amount=limit_not_stated(inner.amount))
                if inner.amount.known
                else inner
            )
        case ast.Rounded(of, rounding):
            return adjoined(of, scope, expected, value).rounded(rounding, scope)
        case _:
            return Payment(counted(value(node, scope, expected), scope))


def _beside(node: ast.Expr, inner: Payment, scope: Scope, value: Elaborate) -> Typed:
    """A cap or floor in the unit of the amount; a rate is counted as the amount was."""
    if not inner.amount.known:
        return MISTAKE
    wanted = inner.amount.unit
    found = value(node, scope, wanted)
    if not found.known:
        return found
    if scope.counted and found.unit != wanted:
        found = counted(found, scope)
    if not isinstance(found.type, NumberType):
        return scope.meet(found, wanted, node.span)
    return found if scope.same(inner.amount, found, node.span) else MISTAKE


def counted(found: Typed, scope: Scope) -> Typed:
    """A rate times the persons and months for which it is counted."""
    if scope.counted is None or not isinstance(found.type, NumberType) or is_manual(found):
        return found
    amount, spelled = found, found.unit
    for by in scope.counted_by:
        if not by.known:
            return MISTAKE
        if not isinstance(by.type, NumberType):
            return scope.mistake("PR317", scope.counted.span, found=shown(by.type))
        spelled, scale = times(spelled, by.unit)
        origin = scope.origin("multiply", scope.counted.span, spelled=spelled)
        factor_ = scaled(by, scale, by.unit).expr
        amount = figure("multiply", spelled, amount.expr, factor_, origin=origin)
    for count, name in ((scope.counted.persons, "person"), (scope.counted.months, "month")):
        if count is None:
            continue
        spelled, scale = times(spelled, Unit(name))
        origin = scope.origin("counted", scope.counted.span, spelled=spelled)
        times_ = Constant(count * scale, "number")
        amount = figure("multiply", spelled, amount.expr, times_, origin=origin)
    if not is_money(spelled):
        return scope.mistake("PR317", scope.counted.span, found=unit_text(found.unit))
    settled = with_whom(spelled, scope.subject) if scope.subject else spelled
    return evolve(amount, type=NumberType(settled))


def _in_total(node: ast.InTotal, inner: Payment, scope: Scope) -> Payment:
    """The amount within what a running limit leaves."""
    if not inner.amount.known:
        return inner
    if not node.period:
        return Payment(scope.mistake("PR506", node.limit.span))
    if scope.benefit is None:
        return Payment(scope.mistake("PR509", node.limit.span))
    spelled = inner.amount.unit
    bare = with_period(spelled, None)
    written = with_whom(unit(node.limit.unit), scope.subject) if scope.subject else Unit("")
    scale = factor(written, bare)
    if scale is None:
        facts = {"left": unit_text(spelled), "right": unit_text(written)}
        return Payment(scope.mistake("PR313", node.limit.span, **facts))
    limit = Typed(NumberType(spelled), Constant(node.limit.value * scale, "number"))
    name = paid_name(scope.benefit.name, node.period, scope.case)
    declared = with_whom(main_money(unit(scope.benefit.type.unit)), subject_of(scope.subject))
    origin = scope.origin("input", node.limit.span, name.text, declared)
    fact = Variable(name.key, subject_of(scope.subject), "number", origin)
    paid = scaled(Typed(NumberType(declared), fact), factor(declared, bare) or Fraction(1), bare)
    origin = scope.origin("limit", node.limit.span, spelled=spelled)
    return inner.bounded(at_most, remaining(limit, paid, origin), origin)
