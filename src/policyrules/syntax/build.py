"""From Lark's parse tree of a line to nodes of the syntax tree.

Each builder is listed under the name of its grammar rule and gets the place and the children:
tokens, and nodes already built.
"""

from __future__ import annotations

from typing import Any

from lark import Token, Tree

from policyrules.source import Source, Span
from policyrules.syntax.build_blocks import BLOCKS
from policyrules.syntax.build_expressions import EXPRESSIONS
from policyrules.syntax.parts import Parts

_BUILDERS = {**EXPRESSIONS, **BLOCKS}


def build(tree: Tree[Any] | Token, source: Source) -> Any:
    """The node of a parse tree."""
    if isinstance(tree, Token):
        return tree
    children = tuple(build(child, source) for child in tree.children)
    meta = tree.meta
    span = Span(source, meta.start_pos, meta.end_pos)
    return _BUILDERS[tree.data](Parts(span, children))
