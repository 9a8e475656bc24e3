"""Earlier periods: the value of a parameter on the last day of the year or month before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from attrs import evolve, frozen

from policyrules.ir.build import Typed, apply
from policyrules.ir.fold import fold
from policyrules.ir.nodes import Apply, Constant, Expr, Origin, Over, Parameter, Reference, Variable
from policyrules.semantics.dependencies import names_read, told
from policyrules.semantics.resolve import Lagged, Symbol
from policyrules.semantics.scope import Scope
from policyrules.syntax import ast
from policyrules.types.dates import add_days, period_end

_MONTHS: dict[str, Literal[1, 12]] = {"year": 12, "month": 1}


def read_earlier(
    lagged: Lagged, chosen: tuple[str, ...] | None, scope: Scope, node: ast.Node
) -> Typed:
    """The value of a parameter in force on the last day of the year or month before."""
    assert scope.parameters is not None
    found = scope.parameters.read(lagged.of, chosen, scope, node)
    return evolve(found, expr=fold(found.expr, _Earlier(lagged)))


def starts(
    name: str, described: Mapping[str, Parameter], lags: Mapping[str, Lagged]
) -> list[int | None]:
    """The days from which the value of a name changes; none for what is no parameter."""
    lagged = lags.get(name)
    parameter = described.get(lagged.of.key if lagged else name)
    if parameter is None:
        return []
    days = [version.start for version in parameter.versions]
    if lagged is None:
        return days
    return [None if day is None else _first_read(day, lagged) for day in days]


def _first_read(start: int, lagged: Lagged) -> int:
    """The first day on which a version that starts on a day is that of the period before."""
    end = period_end(date.fromordinal(start), _MONTHS[lagged.before])
    return add_days(end, 1).toordinal()


def in_order(symbols: dict[str, Symbol], scope: Scope) -> list[Symbol]:
    """Parameters, each after those by which the document bounds it; one that needs itself last."""
    needs = {
        key: [
            name
            for found, _ in names_read(symbol.declaration)
            for name in (_base(found, scope),)
            if name in symbols
        ]
        for key, symbol in symbols.items()
    }
    try:
        return [symbols[key] for key in TopologicalSorter(needs).static_order()]
    except CycleError as error:
        circle = [symbols[key].name for key in error.args[1]]
        scope.mistake("PR203", circle[0].span, circle=told(circle))
        return list(symbols.values())


def _base(name: str, scope: Scope) -> str:
    lagged = scope.symbols.lagged.get(name)
    return lagged.of.key if lagged else name


@frozen
class _Earlier:
    """Rebuilds a look-up for the period before; what is read is called by that name."""

    lagged: Lagged

    def constant(self, node: Constant) -> Expr:
        return evolve(node, origin=self._named(node.origin))

    def variable(self, node: Variable) -> Expr:
        if node.subject != "date":
            return node
        months = Constant(Fraction(_MONTHS[self.lagged.before]), "number")
        return apply("previous_end", "date", node, months)

    def reference(self, node: Reference) -> Expr:
        return node

    def apply(self, node: Apply, operands: tuple[Expr, ...]) -> Expr:
        return evolve(node, operands=operands)

    def over(self, node: Over, body: Expr | None, condition: Expr | None) -> Expr:
        return evolve(node, body=body, condition=condition)

    def _named(self, origin: Origin | None) -> Origin | None:
        if origin is None or origin.role != "parameter":
            return origin
        return evolve(origin, name=self.lagged.name.text)
