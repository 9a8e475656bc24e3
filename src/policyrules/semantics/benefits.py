"""Benefits and definitions: conditions, cases, amounts, rounding, in the order written."""

from __future__ import annotations

from attrs import evolve, frozen

from policyrules.forms.parts import remainder
from policyrules.ir.build import NO, YES, ZERO, Typed, all_of, apply, choose, figure
from policyrules.ir.nodes import Definition, Expr
from policyrules.semantics.conditions import condition
from policyrules.semantics.expressions import value
from policyrules.semantics.order import check_clauses, check_whole
from policyrules.semantics.payments import Payment, adjoined
from policyrules.semantics.resolve import walk
from policyrules.semantics.scope import Scope, shown
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.types import NumberType, Type
from policyrules.types.units import Unit

Clauses = tuple[ast.Clause, ...]


@frozen
class Branch:
    """A case of a payment: its condition (None: otherwise), its amount (None: nothing)."""

    when: Expr | None
    payment: Payment | None
    node: ast.Node


def elaborate_benefit(node: ast.Benefit, made: Definition, scope: Scope) -> Definition | None:
    """A benefit: whether it is due, and how much is then paid."""
    clauses = node.clauses
    separate = any(isinstance(clause, ast.LimitsSeparate) for clause in clauses)
    if separate and not any(isinstance(item, ast.InTotal) for item in walk(clauses)):
        scope.mistake("PR507", next(c.span for c in clauses if isinstance(c, ast.LimitsSeparate)))
    counted = [clause for clause in clauses if isinstance(clause, ast.Counted)]
    scope = evolve(scope, benefit=node, separate=separate, counted=counted[0] if counted else None)
    tests = [
        condition(clause.condition, scope, value)
        for clause in clauses
        if isinstance(clause, ast.When)
    ]
    declared = Unit(made.unit)
    branches = _amounts(clauses, declared, scope)
    if not branches:
        scope.mistake("PR503", node.name.span, name=node.name.text)
        return None
    if any(branch.payment and not branch.payment.amount.known for branch in branches):
        return None
    due = all_of(*tests, *_due(branches), origin=scope.origin("conditions", node.name.span))
    amount = _chosen(branches, declared, scope)
    origin = scope.origin("not below zero", node.name.span, spelled=declared)
    paid = figure("maximum", declared, ZERO, amount.expr, origin=origin)
    decided = next((c for c in clauses if isinstance(c, ast.Decided)), None)
    return evolve(
        made,
        holds=due,
        amount=paid.expr,
        value=apply("select", "number", due, paid.expr, ZERO),
        occasion=node.type.occasion,
        readings=_readings(clauses),
        decided=decided.by if decided else None,
        factors=tuple(_factor(name, scope) for name in decided.factors) if decided else (),
        factors_open=decided.open if decided else False,
    )


def elaborate_body(
    node: ast.Definition, made: Definition, declared: Type, scope: Scope
) -> Definition | None:
    """A definition: a figure, a condition or a date, whole or by cases."""
    made = evolve(made, readings=_readings(node.clauses))
    if isinstance(declared, NumberType):
        branches = _amounts(node.clauses, declared.unit, scope)
        if not branches:
            scope.mistake("PR503", node.name.span, name=node.name.text)
            return None
        if branches[-1].when is not None:
            scope.mistake("PR504", node.name.span, name=node.name.text)
            return None
        if any(branch.payment and not branch.payment.amount.known for branch in branches):
            return None
        return evolve(made, value=_chosen(branches, declared.unit, scope).expr)
    check_whole(node.clauses, scope)
    bodies = [clause for clause in node.clauses if isinstance(clause, ast.Pays)]
    if not bodies:
        scope.mistake("PR503", node.name.span, name=node.name.text)
        return None
    body = value(bodies[0].of, scope, None)
    if body.known and body.type != declared:
        body = scope.mistake(
            "PR302", bodies[0].of.span, expected=shown(declared), found=scope.shown(body.type)
        )
    return evolve(made, value=body.expr) if body.known else None


def _amounts(clauses: Clauses, declared: Unit, scope: Scope) -> list[Branch]:
    """The amounts of a payment by case, each rounded where the rounding lines stand."""
    check_clauses(clauses, scope)
    branches: list[Branch] = []
    limited = 0
    for clause in clauses:
        match clause:
            case ast.Base(of):
                base = value(of, scope, None)
                scope = evolve(scope, base=base)
            case ast.Deductible(of):
                scope = _deducted(of, clause, scope)
            case ast.Pays(of) | ast.Otherwise(of) | ast.Case(_, of):
                case = None
                if scope.separate and _limited(of):
                    limited += 1
                    case = limited
                here = evolve(scope, case=case)
                when = None
                if isinstance(clause, ast.Case):
                    when = condition(clause.condition, here, value)
                branches.append(Branch(when, _payment(of, declared, here), clause))
            case ast.RoundedClause(rounding):
                branches = [
                    evolve(branch, payment=branch.payment.rounded(rounding, scope))
                    if branch.payment
                    else branch
                    for branch in branches
                ]
    _check_order(branches, scope)
    return branches


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


def _limited(of: ast.Expr) -> bool:
    return any(isinstance(node, ast.InTotal) for node in walk(of))


def _payment(of: ast.Expr, declared: Unit, scope: Scope) -> Payment | None:
    """One amount in the declared unit; None where the rule pays nothing."""
    if isinstance(of, ast.Nothing):
        return None
    found = adjoined(of, scope, declared, value)
    amount = scope.meet(found.amount, declared, of.span)
    caps = tuple((scope.meet(cap, declared, of.span), origin) for cap, origin in found.caps)
    return Payment(amount, caps)


def _check_order(branches: list[Branch], scope: Scope) -> None:
    """What stands after the line that always holds can never apply."""
    always = [branch for branch in branches if branch.when is None]
    if always and (len(always) > 1 or branches[-1].when is not None):
        later = branches[branches.index(always[0]) + 1]
        scope.mistake("PR510", later.node.span)


def _due(branches: list[Branch]) -> tuple[Expr, ...]:
    """That some case pays: the first that holds decides."""
    if all(branch.when is None for branch in branches) and branches[0].payment:
        return ()
    due: Expr = NO
    for branch in reversed(branches):
        pays = YES if branch.payment else NO
        if branch.when is None:
            due = pays
        elif pays is YES:
            due = branch.when if due is NO else apply("or", "truth", branch.when, due)
        else:
            due = apply("select", "truth", branch.when, NO, due) if due is not NO else NO
    return (due,)


def _chosen(branches: list[Branch], declared: Unit, scope: Scope) -> Typed:
    """The amount of the first case that holds; 0 where none does."""
    chosen = Typed(NumberType(declared), ZERO)
    for branch in reversed(branches):
        amount = branch.payment.amount if branch.payment else Typed(NumberType(declared), ZERO)
        if branch.when is None:
            chosen = amount
        else:
            origin = scope.origin("case", branch.node.span)
            chosen = choose(branch.when, amount, chosen, origin)
    return chosen


def _readings(clauses: Clauses) -> tuple[Text, ...]:
    return tuple(clause.text for clause in clauses if isinstance(clause, ast.Reading))


def _factor(name: str, scope: Scope) -> Text:
    symbol = scope.symbols.table.get(name)
    return symbol.name.text if symbol else Text(name, name)
