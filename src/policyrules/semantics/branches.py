"""The amounts of a rule by case, and that some case pays."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen

from policyrules.forms.limits import at_most
from policyrules.forms.parts import cascade, remainder
from policyrules.ir.build import MISTAKE, NO, YES, ZERO, Typed, any_of, apply, choose
from policyrules.ir.nodes import Expr, Grant
from policyrules.semantics.bands import Ladder, bracketed, ladder
from policyrules.semantics.conditions import condition
from policyrules.semantics.discretion import grant
from policyrules.semantics.expressions import value
from policyrules.semantics.honesty import softened
from policyrules.semantics.limits import adjoined, check_shared, limited, not_used_up
from policyrules.semantics.lines import Clauses
from policyrules.semantics.order import check_clauses
from policyrules.semantics.payments import Payment, counted
from policyrules.semantics.running import is_limited, is_separate
from policyrules.semantics.scope import Scope, is_below_zero
from policyrules.semantics.top_ups import top_up
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.syntax.walk import walk
from policyrules.types.types import NumberType
from policyrules.types.units import Unit

_BASE_ABOVE = Text("add a line `base …` before it", "请在前面加一行“基数 …”")


@frozen
class Branch:
    """A case of a payment: its condition (None: otherwise), its amount (None: nothing).

    It `covers` as one of the bands that leave nothing out.
    """

    when: Expr | None
    payment: Payment | None
    node: ast.Node
    covers: bool = False


@frozen
class Result:
    """What a set of lines gives: that it is due, how much, and whether some line always holds.

    Of the `grants` the first that holds says who decides; a figure has none.
    """

    due: tuple[Expr, ...]
    amount: Typed
    whole: bool
    grants: tuple[Grant, ...] = ()


def conditions(clauses: Clauses, scope: Scope) -> list[Expr]:
    """The conditions of a rule; all of them must hold."""
    return [
        condition(clause.condition, scope, value)
        for clause in clauses
        if isinstance(clause, ast.When)
    ]


def counting(clauses: Clauses, scope: Scope) -> Scope:
    """The scope with what the rates of these lines are counted for."""
    line = next((clause for clause in clauses if isinstance(clause, ast.Counted)), None)
    figures = tuple(value(of, scope, None) for of in line.by) if line else ()
    return evolve(scope, counted=line, counted_by=figures)


def outcome(clauses: Clauses, declared: Unit, name: ast.Node, scope: Scope) -> Result | None:
    """The amount that the lines of a rule give; None where a mistake was found."""
    counts = counting(clauses, scope)
    branches = amounts(clauses, declared, counts)
    if not branches:
        spoken = name.text if isinstance(name, ast.Name) else Text("exception", "例外")
        scope.mistake("PR503", name.span, name=spoken)
        return None
    if any(branch.payment and not branch.payment.amount.known for branch in branches):
        return None
    whole = branches[-1].when is None or any(branch.covers for branch in branches)
    amount = softened(chosen(branches, declared, scope), clauses)
    is_due = (*not_used_up(clauses, scope, value), *due(branches))
    if scope.benefit is None:
        return Result(is_due, amount, whole)
    return Result(is_due, amount, whole, (grant(clauses, amount, declared, counts),))


def amounts(clauses: Clauses, declared: Unit, scope: Scope) -> list[Branch]:
    """The amounts of a payment by case, each rounded where the rounding lines stand."""
    check_clauses(clauses, scope)
    scope = evolve(scope, separate=is_separate(clauses), shared=check_shared(clauses, scope))
    branches: list[Branch] = []
    number = 0
    bands: Ladder | None = None
    for index, clause in enumerate(clauses):
        match clause:
            case ast.Base(of):
                base = value(of, scope, None)
                scope, bands = evolve(scope, base=base), None
            case ast.Deductible(of):
                scope, bands = _deducted(of, clause, scope), None
            case ast.Order(after):
                scope, bands = _ordered(after, clause, scope), None
            case ast.Bracket():
                if not (index and isinstance(clauses[index - 1], ast.Bracket)):
                    payment = _of_brackets(clauses[index:], declared, scope)
                    branches.append(Branch(None, payment, clause))
            case ast.Pays(of) | ast.Otherwise(of) | ast.Case(_, of) | ast.Band(of=of):
                case = None
                if scope.separate and is_limited(of):
                    number += 1
                    case = number
                here = evolve(scope, case=case)
                if scope.benefit is not None and is_below_zero(of):
                    scope.mistake("PR597", of.span)
                when = None
                if isinstance(clause, ast.Case):
                    when = condition(clause.condition, here, value)
                if isinstance(clause, ast.Band):
                    bands = bands or ladder(under_base(clauses[index:]), here)
                    when = bands.test(clause)
                covers = isinstance(clause, ast.Band) and bool(bands and bands.covering)
                branches.append(Branch(when, _payment(of, declared, here), clause, covers))
            case ast.Disregard():
                change = _disregarding(clause, scope)
                branches = _each(branches, change, beside=_is_kept(clause, scope))
            case ast.RoundedClause(rounding):
                branches = _each(branches, _rounding(rounding, scope))
            case ast.ToppedUp() if not (index and isinstance(clauses[index - 1], ast.ToppedUp)):
                change = top_up(clauses, index, declared, scope)
                branches = _each(branches, change, beside=_is_kept(clause, scope))
            case ast.Limited(by):
                branches = _each(branches, _limit(by, scope))
    _check_order(branches, scope)
    return branches


def under_base(clauses: Clauses) -> Clauses:
    """The lines before the base changes."""
    changes = (
        index
        for index, c in enumerate(clauses)
        if isinstance(c, ast.Base | ast.Deductible | ast.Order)
    )
    return clauses[: next(changes, len(clauses))]


def _of_brackets(clauses: Clauses, declared: Unit, scope: Scope) -> Payment:
    """The sum of the brackets that begin here."""
    others = (index for index, c in enumerate(clauses) if not isinstance(c, ast.Bracket))
    own = clauses[: next(others, len(clauses))]
    found = counted(bracketed(own, scope), scope)
    return Payment(scope.meet(found, declared, own[0].span))


def _deducted(of: ast.Expr, clause: ast.Node, scope: Scope) -> Scope:
    """The base less what the claimant bears."""
    if scope.base is None:
        scope.mistake("PR505", clause.span)
        return scope
    amount = value(of, scope, scope.base.unit)
    if not amount.known or not scope.same(scope.base, amount, of.span):
        return scope
    origin = scope.origin("deductible", clause.span, spelled=scope.base.unit)
    return evolve(scope, base=remainder(scope.base, [amount], origin))


def _disregarding(clause: ast.Disregard, scope: Scope) -> Callable[[Payment], Payment]:
    return lambda found: _disregarded(found, clause, scope)


def _disregarded(payment: Payment, clause: ast.Disregard, scope: Scope) -> Payment:
    """A figure less what is disregarded of it, never below zero."""
    if not payment.amount.known:
        return payment
    declared = payment.amount.unit
    item = scope.meet(value(clause.of, scope, declared), declared, clause.of.span)
    if clause.cap is not None:
        cap = scope.meet(value(clause.cap, scope, declared), declared, clause.cap.span)
        origin = scope.origin("cap", clause.cap.span, spelled=declared)
        item = at_most(item, cap, origin) if item.known and cap.known else MISTAKE
    if not item.known:
        return Payment(MISTAKE)
    origin = scope.origin("remainder", clause.span, spelled=declared)
    return Payment(remainder(payment.amount, [item], origin))


def _ordered(after: tuple[ast.Expr, ...], clause: ast.Node, scope: Scope) -> Scope:
    """The base less what others pay first, one after the other."""
    if scope.base is None:
        scope.mistake("PR505", clause.span, hint=_BASE_ABOVE)
        return scope
    if not scope.base.known:
        return scope
    paid = []
    for item in after:
        amount = value(item, scope, scope.base.unit)
        if not amount.known or not scope.same(scope.base, amount, item.span):
            return scope
        paid.append((amount, scope.origin("order", item.span, spelled=scope.base.unit)))
    return evolve(scope, base=cascade(scope.base, paid))


def _rounding(rounding: ast.Rounding, scope: Scope) -> Callable[[Payment], Payment]:
    return lambda found: found.rounded(rounding, scope)


def _limit(limit: ast.Limit, scope: Scope) -> Callable[[Payment], Payment]:
    return lambda found: limited(limit, found, scope, value)


def _is_kept(line: ast.Clause, scope: Scope) -> bool:
    """Whether an exception has a line from its rule."""
    return any(line is kept for kept in scope.kept)


def _each(
    branches: list[Branch], change: Callable[[Payment], Payment], *, beside: bool = False
) -> list[Branch]:
    """The branches, each amount changed by a line below it.

    What the rule itself adds or takes off (`beside`) is in the general amount already.
    """
    return [
        branch
        if branch.payment is None or (beside and _of_general(branch))
        else evolve(branch, payment=change(branch.payment))
        for branch in branches
    ]


def _of_general(branch: Branch) -> bool:
    return any(isinstance(node, ast.GeneralAmount) for node in walk(branch.node))


def _payment(of: ast.Expr, declared: Unit, scope: Scope) -> Payment | None:
    """One amount in the declared unit; None where the rule pays nothing."""
    if isinstance(of, ast.Nothing):
        return None
    found = adjoined(of, scope, declared, value)
    amount = scope.meet(found.amount, declared, of.span)
    bounds = tuple(
        (bound, scope.meet(end, declared, of.span), origin) for bound, end, origin in found.bounds
    )
    return Payment(amount, bounds)


def _check_order(branches: list[Branch], scope: Scope) -> None:
    """What stands after the line that always holds can never apply."""
    always = [branch for branch in branches if branch.when is None]
    if always and (len(always) > 1 or branches[-1].when is not None):
        later = branches[branches.index(always[0]) + 1]
        scope.mistake("PR510", later.node.span)


def due(branches: list[Branch]) -> tuple[Expr, ...]:
    """That some case pays: the first that holds decides."""
    if all(branch.when is None for branch in branches) and branches[0].payment:
        return ()
    paying: tuple[Expr, ...] = ()  # any of these
    for branch in reversed(branches):
        if branch.when is None:
            paying = (YES,) if branch.payment else ()
        elif branch.payment:
            paying = (branch.when, *paying)
        elif paying:
            paying = (apply("select", "truth", branch.when, NO, any_of(*paying)),)
    return (any_of(*paying),)


def chosen(branches: list[Branch], declared: Unit, scope: Scope) -> Typed:
    """The amount of the first case that holds; 0 where none does."""
    nothing = Typed(NumberType(declared), ZERO)
    # Where bands leave nothing out, the last of them stands for what no path can reach.
    last = next((branch.payment for branch in reversed(branches) if branch.covers), None)
    amount = last.amount if last else nothing
    for branch in reversed(branches):
        own = branch.payment.amount if branch.payment else nothing
        if branch.when is None:
            amount = own
        else:
            origin = scope.origin("case", branch.node.span)
            amount = choose(branch.when, own, amount, origin)
    return amount
