"""From Lark's parse tree of a line to nodes of the syntax tree.

Each builder is listed under the name of its grammar rule and gets the place and the children:
tokens, and nodes already built.
"""

from __future__ import annotations

from typing import Any

from lark import Token, Tree

from policyrules.source import Source, Span
from policyrules.syntax.build_amendments import AMENDMENTS
from policyrules.syntax.build_bands import BANDS
from policyrules.syntax.build_blocks import BLOCKS
from policyrules.syntax.build_examples import EXAMPLES
from policyrules.syntax.build_expressions import EXPRESSIONS
from policyrules.syntax.build_groups import GROUPS
from policyrules.syntax.build_limits import LIMITS
from policyrules.syntax.build_lists import LISTS
from policyrules.syntax.build_time import TIME
from policyrules.syntax.parts import Parts

_BUILDERS = {
    **EXPRESSIONS,
    **BLOCKS,
    **EXAMPLES,
    **AMENDMENTS,
    **GROUPS,
    **LISTS,
    **TIME,
    **BANDS,
    **LIMITS,
}
# Every pass goes down the tree by itself, within what Python allows.
DEEPEST = 100


def deeper_than(tree: Tree[Any], most: int) -> bool:
    """Whether parts of a parse tree stand inside each other more than so many times."""
    level: list[Tree[Any]] = [tree]
    for _ in range(most):
        level = [child for node in level for child in node.children if isinstance(child, Tree)]
        if not level:
            return False
    return True


def build(tree: Tree[Any] | Token, source: Source) -> Any:
    """The node of a parse tree."""
    if isinstance(tree, Token):
        return tree
    children = tuple(build(child, source) for child in tree.children)
    return _BUILDERS[tree.data](Parts(place(tree, source), children))


def place(tree: Tree[Any], source: Source) -> Span:
    """Where a parse tree stands: from its first token to its last; every rule has some."""
    first: Tree[Any] | Token = tree
    last: Tree[Any] | Token = tree
    while isinstance(first, Tree):
        first = first.children[0]
    while isinstance(last, Tree):
        last = last.children[-1]
    return Span(source, first.start_pos or 0, last.end_pos or 0)
