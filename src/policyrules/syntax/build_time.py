"""Builds spans of time and amounts for each completed span."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from policyrules.syntax import ast
from policyrules.syntax.parts import Parts

_COMPLETED = ("COMPLETED_SINCE", "COMPLETED_FROM", "COMPLETED_END", "COMPLETED_SPAN")


def _elapsed(p: Parts) -> ast.Elapsed:
    since, *until = p.nodes
    return ast.Elapsed(p.first(*_COMPLETED), since, until[0] if until else None, span=p.span)


def _for_each(p: Parts) -> ast.EachCompleted:
    of, amount = p.nodes
    step, unit = p.first("QUANTITY")
    if p.has("SINCE", "STARTING"):
        of = ast.Elapsed("day" if unit == "day" else "month", of, span=of.span)
    return ast.EachCompleted(step, unit, of, amount, span=p.span)


TIME: Mapping[str, Callable[[Parts], Any]] = {"elapsed": _elapsed, "for_each": _for_each}
