"""Going through a syntax tree."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from policyrules.syntax import ast

# To ask attrs each time would take longer than the walk.
_PARTS: dict[type[ast.Node], tuple[str, ...]] = {}


def walk(node: object) -> Iterator[ast.Node]:
    """A node and all below it, as they are written."""
    pending = [node]
    while pending:
        found = pending.pop()
        if isinstance(found, ast.Node):
            yield found
            kind = type(found)
            parts = _PARTS.get(kind) or _PARTS.setdefault(kind, _parts(kind))
            pending += [getattr(found, name) for name in parts]
        elif isinstance(found, tuple):
            pending += reversed(found)


def _parts(kind: type[ast.Node]) -> tuple[str, ...]:
    """The attributes of a node that can hold others, the last one first."""
    return tuple(field.name for field in reversed(attrs.fields(kind)) if field.name != "span")
