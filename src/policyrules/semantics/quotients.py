"""Divisors: proved not to be zero, whatever the case."""

from __future__ import annotations

from policyrules.ir.bounds import bounds
from policyrules.ir.nodes import Expr, Variable
from policyrules.semantics.scope import Scope


def nonzero(expr: Expr, scope: Scope) -> bool:
    """Whether a divisor is proved not to be zero, whatever the case."""
    if isinstance(expr, Variable):
        for fact in scope.inputs:
            if (fact.subject, fact.name) == (expr.subject, expr.name):
                zero_low = fact.low == 0 and fact.low_excluded
                if zero_low or (fact.high == 0 and fact.high_excluded):
                    return True
    low, high = bounds(expr, scope.inputs, scope.done)
    return (low is not None and low > 0) or (high is not None and high < 0)
