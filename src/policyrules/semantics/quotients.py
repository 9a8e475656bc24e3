"""Divisors: proved not to be zero, whatever the case."""

from __future__ import annotations

from policyrules.ir.bounds import bounds
from policyrules.ir.nodes import Apply, Constant, Expr, Input, NotInForce, NotStated, Variable
from policyrules.semantics.scope import Scope


def nonzero(expr: Expr, scope: Scope) -> bool:
    """Whether a divisor is proved not to be zero, whatever the case."""
    match expr:
        case Variable(name, subject):
            found = [fact for fact in scope.inputs if (fact.subject, fact.name) == (subject, name)]
            if any(_excludes_zero(fact) for fact in found):
                return True
        case Constant(NotStated() as silent) if _excludes_zero(silent):
            return True
        case Constant(NotInForce()):
            return True
        case Apply("select", (_, first, second)):
            return nonzero(first, scope) and nonzero(second, scope)
    low, high = bounds(expr, scope.inputs, scope.done)
    return (low is not None and low > 0) or (high is not None and high < 0)


def _excludes_zero(declared: Input | NotStated) -> bool:
    """Whether a domain ends at zero without zero."""
    above = declared.low == 0 and declared.low_excluded
    return above or (declared.high == 0 and declared.high_excluded)
