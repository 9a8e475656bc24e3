"""The place and the children of one node of Lark's parse tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen
from lark import Token

from policyrules.source import Span


@frozen
class Parts:
    """The place and the children of a parse tree, with the ways to pick from them."""

    span: Span
    children: tuple[Any, ...]

    @property
    def nodes(self) -> tuple[Any, ...]:
        """The children that are nodes."""
        return tuple(child for child in self.children if not isinstance(child, Token))

    def values(self, *types: str) -> tuple[Any, ...]:
        """The values of the tokens of these types, in order."""
        return tuple(
            child.value
            for child in self.children
            if isinstance(child, Token) and child.type in types
        )

    def has(self, *types: str) -> bool:
        """Whether a token of one of these types is there."""
        return bool(self.values(*types))

    def first(self, *types: str) -> Any:
        """The value of the first token of these types, or None."""
        return next(iter(self.values(*types)), None)

    def place(self, kind: str) -> Span:
        """Where the first token of this type stands."""
        token = next(c for c in self.children if isinstance(c, Token) and c.type == kind)
        return Span(self.span.source, token.start_pos or 0, token.end_pos or 0)

    def of(self, *classes: type) -> tuple[Any, ...]:
        """The children of these classes."""
        return tuple(child for child in self.children if isinstance(child, classes))


def of_nodes(cls: Callable[..., Any]) -> Callable[[Parts], Any]:
    """A builder of a node that has the nodes of its parts as its fields."""
    return lambda p: cls(*p.nodes, span=p.span)


def cells_between_bars(p: Parts) -> tuple[Any, ...]:
    """The cells of a row behind its opening token; what is not there is an empty cell."""
    cells: list[Any] = [None]
    for child in p.children[1:]:
        if isinstance(child, Token) and child.type == "BAR":
            cells.append(None)
        else:
            cells[-1] = child
    return tuple(cells)


@frozen
class Said:
    """A clause that only fills one field of its declaration."""

    field: str
    value: Any
    span: Span
