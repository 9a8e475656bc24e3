"""Where a statement reads names from outside itself: what a function binds is its own."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from attrs import frozen

PACKAGE = "policyrules"
_Function = ast.FunctionDef | ast.Lambda
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@frozen
class Reading:
    """A name that is read or made: its line in the statement, its bytes there, `alias.attribute`.

    `line` is counted from 0; `end` is behind the name, `stop` behind the attribute.
    """

    name: str
    line: int
    start: int
    end: int
    attribute: str = ""
    stop: int = 0


def readings(statement: ast.stmt, first: int) -> Iterator[Reading]:
    """Every place where a statement, which begins on line `first`, names what is not its own."""
    yield from _inside(statement, frozenset(), first)


def _inside(node: ast.AST, own: frozenset[str], first: int) -> Iterator[Reading]:
    match node:
        case ast.Attribute(ast.Name(name) as alias, attribute) if name not in own:
            yield _reading(alias, name, first, attribute, node.end_col_offset or 0)
        case ast.Name(name):
            if name not in own:
                yield _reading(node, name, first)
        case ast.Call(ast.Name("cast"), [ast.Constant(str(text)) as quoted, *_]):
            for read in _inside(ast.parse(text, mode="eval").body, own, 1):
                # Behind the quotation mark; the text itself is in one line.
                shift, line = quoted.col_offset + 1, quoted.lineno - 1 - first
                stop = read.stop and read.stop + shift
                start, end = read.start + shift, read.end + shift
                yield Reading(read.name, line, start, end, read.attribute, stop)
            yield from _all([node.func, *node.args[1:], *node.keywords], own, first)
        case ast.FunctionDef() | ast.Lambda():
            yield from _function(node, own, first)
        case ast.ClassDef(name):
            if name not in own:
                yield _named(node, name, len("class "), first)
            yield from _all([*node.bases, *node.keywords, *node.decorator_list], own, first)
            fields = own | frozenset(_bound(node.body))
            for part in node.body:
                yield from _inside(
                    part, own if isinstance(part, ast.FunctionDef) else fields, first
                )
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            targets = frozenset(_bound(generator.target for generator in node.generators))
            yield from _all(ast.iter_child_nodes(node), own | targets, first)
        case ast.Import() | ast.ImportFrom():
            return
        case _:
            yield from _all(ast.iter_child_nodes(node), own, first)


def _function(node: _Function, own: frozenset[str], first: int) -> Iterator[Reading]:
    """A function, whose parameters and variables are its own."""
    outside: list[ast.AST] = [*node.args.defaults, *(d for d in node.args.kw_defaults if d)]
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    arguments += [each for each in (node.args.vararg, node.args.kwarg) if each is not None]
    outside += [each.annotation for each in arguments if each.annotation is not None]
    body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else [*node.body]
    if isinstance(node, ast.FunctionDef):
        outside += [*node.decorator_list, *([node.returns] if node.returns else [])]
        if node.name not in own and node.col_offset == 0:
            yield _named(node, node.name, len("def "), first)
    yield from _all(outside, own, first)
    inside = own | {each.arg for each in arguments} | frozenset(_bound(body))
    yield from _all(body, inside, first)


def _bound(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The names that statements bind, but not in functions and classes inside them."""
    for node in nodes:
        match node:
            case ast.FunctionDef(name) | ast.ClassDef(name):
                yield name
                continue
            case ast.Lambda():
                continue
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                continue
            case ast.Name(name, ast.Store()):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(str(name)):
                yield name
            case ast.ExceptHandler(name=str(name)):
                yield name
            case ast.Import(names) | ast.ImportFrom(names=names):
                module = getattr(node, "module", None) or ""
                if module.partition(".")[0] != PACKAGE:
                    yield from (each.asname or each.name for each in names)
        yield from _bound(ast.iter_child_nodes(node))


def _all(nodes: Iterable[ast.AST], own: frozenset[str], first: int) -> Iterator[Reading]:
    for node in nodes:
        yield from _inside(node, own, first)


def _reading(node: ast.expr, name: str, first: int, attribute: str = "", stop: int = 0) -> Reading:
    start = node.col_offset
    return Reading(
        name, node.lineno - 1 - first, start, start + len(name.encode()), attribute, stop
    )


def _named(node: ast.stmt, name: str, word: int, first: int) -> Reading:
    start = node.col_offset + word
    return Reading(name, node.lineno - 1 - first, start, start + len(name.encode()))
