"""Top-ups of a payment: for its subject, and for the members of a household."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from policyrules.diagnostics import said_first
from policyrules.forms.members import over
from policyrules.forms.top_ups import conditional, together, topped_up
from policyrules.ir.build import MISTAKE, Typed
from policyrules.semantics.conditions import condition
from policyrules.semantics.expressions import value
from policyrules.semantics.lines import Clauses
from policyrules.semantics.payments import Payment, counted
from policyrules.semantics.scope import Scope
from policyrules.syntax import ast
from policyrules.types.units import Unit, factor


def top_up(
    clauses: Clauses, index: int, declared: Unit, scope: Scope
) -> Callable[[Payment], Payment]:
    """What the top-ups that begin here make of a payment.

    Its caps and floors were for the amount without them, so they do not hold for the sum.
    """
    earlier = next((c for c in clauses[:index] if isinstance(c, ast.ToppedUp)), None)
    if earlier is not None:
        related = [said_first(earlier.span)]
        scope.report.add("PR545", clauses[index].span, related=related)
    run = takewhile(lambda clause: isinstance(clause, ast.ToppedUp), clauses[index:])
    lines = [clause for clause in run if isinstance(clause, ast.ToppedUp)]
    own = [line for line in lines if not line.members]
    of_members = [line for line in lines if line.members]
    added: list[Typed] = []
    if own:
        added.append(_together(own, declared, scope))
    if of_members:
        added.append(_over_members(of_members, declared, scope))
    origin = scope.origin("top-up", lines[0].span, spelled=declared)

    def change(payment: Payment) -> Payment:
        amount = payment.amount
        for extra in added:
            if not amount.known or not extra.known:
                return Payment(MISTAKE)
            amount = topped_up(amount, extra, origin)
        return Payment(amount)

    return change


def _over_members(lines: list[ast.ToppedUp], declared: Unit, scope: Scope) -> Typed:
    """The top-ups of each member, added over the members."""
    if scope.subject != "household":
        return scope.mistake("PR547", lines[0].span)
    of_person = Unit(declared.text.replace("household", "person"))
    body = _together(lines, of_person, scope.of_person())
    if not body.known:
        return body
    return over("sum", body, None, scope.origin("each member", lines[0].span, spelled=of_person))


def _together(lines: list[ast.ToppedUp], declared: Unit, scope: Scope) -> Typed:
    """The top-ups of one subject: the highest, or all."""
    first = lines[0]
    other = next((line for line in lines if line.mark != first.mark), None)
    if other is not None or (len(lines) > 1 and not first.mark):
        related = [said_first(first.span)] if other else []
        scope.report.add("PR546", (other or lines[1]).span, related=related)
        return MISTAKE
    amounts = [_line(line, declared, scope) for line in lines]
    if not all(amount.known for amount in amounts):
        return MISTAKE
    origin = scope.origin(f"top-ups {first.mark}", first.span, spelled=declared)
    return together(amounts, first.mark or "highest", origin)


def _line(line: ast.ToppedUp, declared: Unit, scope: Scope) -> Typed:
    """One top-up in the declared unit, where its condition holds; a rate is counted."""
    when = condition(line.when, scope, value) if line.when else None
    found = value(line.of, scope, declared)
    if factor(found.unit, declared) is None:
        found = counted(found, scope)
    amount = scope.meet(found, declared, line.of.span)
    return conditional(amount, when, scope.origin("top-up when", line.span, spelled=declared))
