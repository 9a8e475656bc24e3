"""Payments: an amount with the limits that hold after rounding as well, and how it is counted."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import evolve, frozen

from policyrules.forms.rounding import rounded
from policyrules.ir.build import MISTAKE, Typed, figure, scaled
from policyrules.ir.nodes import Constant, Origin
from policyrules.semantics.honesty import is_manual
from policyrules.semantics.scope import Scope, shown, unit_text
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.types import NumberType
from policyrules.types.units import (
    Unit,
    factor,
    is_money,
    period,
    times,
    unit,
    whom,
    with_whom,
)

_AMOUNT_ALREADY = Text(
    "an amount paid at once is not counted: leave this line out, or write amounts and rates in "
    "exceptions or benefits of their own",
    "一次性的数额不再按口径计算：请删去本条，或者将数额与标准分别写在例外或者各自的待遇中",
)
Bound = Callable[[Typed, Typed, Origin], Typed]


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
        step = step_in(node, self.amount.unit, scope, "PR309")
        if step is None:
            return Payment(MISTAKE)
        origin = scope.origin(f"round {node.mode}", node.span, spelled=self.amount.unit)
        amount = rounded(self.amount, node.mode, step, origin)
        for bound, end, bound_origin in self.bounds:
            amount = bound(amount, end, bound_origin)
        return Payment(amount, self.bounds)


def step_in(
    node: ast.Rounding | ast.DecidedInSteps, spelled: Unit, scope: Scope, code: str
) -> Fraction | None:
    """The step of a rounding, or of a decision, in the unit of the amount; else the mistake."""
    step = unit(node.unit)
    target = unit(spelled.text.partition("/")[0])
    scale = factor(step, target) or factor(step, spelled)
    if scale is None or node.step <= 0:
        scope.mistake(code, node.span, step=unit_text(step), found=unit_text(spelled))
        return None
    return node.step * scale


def counted(found: Typed, scope: Scope) -> Typed:
    """A rate times the persons and months for which it is counted."""
    if scope.counted is None or not isinstance(found.type, NumberType) or is_manual(found):
        return found
    is_amount = is_money(found.unit) and not period(found.unit)
    is_amount = is_amount and whom(found.unit) in (None, scope.subject)
    if is_amount and scope.counted_above:
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
        hint = _AMOUNT_ALREADY if is_amount else None
        return scope.mistake("PR317", scope.counted.span, hint=hint, found=unit_text(found.unit))
    settled = with_whom(spelled, scope.subject) if scope.subject else spelled
    return evolve(amount, type=NumberType(settled))
