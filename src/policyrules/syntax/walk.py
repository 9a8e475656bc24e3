"""Going through a syntax tree."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from policyrules.syntax import ast


def walk(node: object) -> Iterator[ast.Node]:
    """A node and all below it."""
    if isinstance(node, ast.Node):
        yield node
        for attribute in attrs.fields(type(node)):
            if attribute.name != "span":
                yield from walk(getattr(node, attribute.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from walk(item)
