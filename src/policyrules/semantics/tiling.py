"""Whether bands lie side by side, without a gap and without an overlap."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from policyrules import wording
from policyrules.diagnostics import Label
from policyrules.ir.nodes import Constant, Expr
from policyrules.ir.simplify import specialise_expression
from policyrules.semantics.scope import Scope
from policyrules.source import Span, Text
from policyrules.types.units import Unit, without_whom

_OTHER = Text("the other one", "另一项")


@frozen
class Edge:
    """One end of a band: its figure, as a number where it is one, and whether it is included."""

    expr: Expr
    included: bool

    @property
    def value(self) -> Fraction | None:
        """The number; None for a figure that depends on anything."""
        match specialise_expression(self.expr, 1):
            case Constant(Fraction() as figure):
                return figure
        return None


@frozen
class Rung:
    """A band with its ends, None for an open one."""

    span: Span
    low: Edge | None
    high: Edge | None


def check_tiling(rungs: list[Rung], base: Unit, scope: Scope, *, whole: bool) -> bool:
    """Report what lies between two bands or in both; whether the bands tile."""
    if any(_is_empty(rung, scope) for rung in rungs):
        return False
    ordered = _ordered(rungs)
    return False not in [_meet(a, b, base, scope, whole=whole) for a, b in pairwise(ordered)]


def _is_empty(rung: Rung, scope: Scope) -> bool:
    low, high = rung.low, rung.high
    if low is None or high is None or low.value is None or high.value is None:
        return False
    if low.value < high.value or (low.value == high.value and low.included and high.included):
        return False
    scope.report.add("PR337", rung.span, band=_text(rung))
    return True


def _ordered(rungs: list[Rung]) -> list[Rung]:
    """The bands from the lowest up; as written, or the other way round, where figures vary."""
    lows = [rung.low.value if rung.low else None for rung in rungs]
    if all(value is not None or rung.low is None for value, rung in zip(lows, rungs, strict=True)):
        return sorted(
            rungs,
            key=lambda rung: (
                rung.low is not None,
                (rung.low.value or 0) if rung.low else 0,
                not (rung.low and rung.low.included),
            ),
        )
    first, last = rungs[0], rungs[-1]
    return rungs[::-1] if first.high is None or last.low is None else rungs


def _meet(below: Rung, above: Rung, base: Unit, scope: Scope, *, whole: bool) -> bool:
    """Whether one band begins where the other one ends; reported if not."""
    related = [Label(below.span, _OTHER)]
    facts = {"first": _text(below), "second": _text(above)}
    high, low = below.high, above.low
    if high is None or low is None:
        edge = low or high
        figure = _figure(edge.value if edge else None, base)
        scope.report.add("PR336", above.span, related=related, facts={**facts, "figure": figure})
        return False
    if high.value is None or low.value is None:
        if high.expr == low.expr and high.included is not low.included:
            return True
        scope.report.add("PR338", above.span, related=related, facts=facts)
        return False
    stop, start = high.value, low.value
    if whole:
        # Of whole numbers, the first one above the lower band and the first one of the upper.
        stop = Fraction(stop // 1 + 1) if high.included or stop % 1 else stop
        start = start if not start % 1 and low.included else Fraction(start // 1 + 1)
    elif stop == start and high.included is low.included:
        code = "PR336" if high.included else "PR335"
        facts["figure"] = _figure(stop, base)
        scope.report.add(code, above.span, related=related, facts=facts)
        return False
    if stop == start:
        return True
    figures = (start, stop - 1 if whole else stop) if stop > start else (stop, start - whole)
    facts["figure"] = wording.interval(*figures, without_whom(base).text)
    scope.report.add("PR336" if stop > start else "PR335", above.span, related=related, facts=facts)
    return False


def _text(rung: Rung) -> Text:
    words = rung.span.source.text[rung.span.start : rung.span.end]
    return Text(f"`{words}`", f"“{words}”")


def _figure(value: Fraction | None, base: Unit) -> Text:
    if value is None:
        return Text("a figure", "有的数额")
    return wording.quantity(value, without_whom(base).text)
