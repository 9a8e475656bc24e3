"""Which rules read which: the order of computation, and circles.

A rule reads the names in its lines and in its exceptions. One that is not paid together with others
also reads what those read that may be paid instead of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from attrs import evolve

from policyrules.diagnostics import Label, Report
from policyrules.source import Span, Text
from policyrules.syntax import ast
from policyrules.syntax.walk import walk

if TYPE_CHECKING:
    from policyrules.semantics.resolve import Lagged, Symbol, Treated


def names_read(node: object) -> Iterator[tuple[str, Span]]:
    """The names that a piece of the tree reads, with their places."""
    for found in walk(node):
        match found:
            case ast.Reference(name) | ast.HouseholdFact(name) | ast.Indexed(name):
                yield name, found.span
            case ast.Within():
                yield found.event, found.span
            case ast.Parameter(by=by):
                yield from ((name, found.span) for name in by)


def ordered(
    trees: tuple[ast.Ruleset, ...],
    table: dict[str, Symbol],
    exceptions: dict[str, tuple[ast.ExceptionRule, ...]],
    alike: Treated,
    report: Report,
) -> tuple[Symbol, ...]:
    """The rules, each after those it reads; a rule that needs itself is reported."""
    rules = {key: s for key, s in table.items() if s.kind in {"definition", "benefit", "deadline"}}
    needs = {
        key: tuple(
            name
            for name in dict.fromkeys(
                [
                    *_needed(names_read(_read_by(symbol, exceptions)), table),
                    *(node.status for found in alike.get(key, {}).values() for node in found),
                ]
            )
            if name in rules
        )
        for key, symbol in rules.items()
    }
    circle = _circle(needs)
    if circle:
        _report_circle([rules[key] for key in circle], None, report)
        return ()
    apart = [n for tree in trees for n in tree.declarations if isinstance(n, ast.NotTogether)]
    read = dict(needs)
    for node in apart:
        needs |= _needed_apart(node, needs)
    circle = _circle(needs)
    if circle:
        circle = next(_reading_another(apart, read, needs), circle)
        _report_circle([rules[key] for key in circle], _APART, report)
        return ()
    found: dict[str, Symbol] = {}
    pending = list(reversed(rules))
    while pending:
        waiting = [name for name in needs[pending[-1]] if name not in found]
        if waiting:
            pending += reversed(waiting)
        else:
            key = pending.pop()
            found[key] = rules[key]
    return tuple(found.values())


def _circle(needs: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Rules of which each needs the next, and the last the first; none if there are none."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _needed_apart(
    node: ast.NotTogether, needs: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """What benefits that are not paid together read: each also what those read that may beat it."""
    names = [name for name in node.names if name in needs]
    found: dict[str, tuple[str, ...]] = {}
    for place, name in enumerate(names):
        before = names[:place]
        others = before if node.winner == "first" else [*before, *names[place + 1 :]]
        read = [*needs[name], *(below for other in others for below in needs[other])]
        found[name] = tuple(dict.fromkeys(read))
    return found


def _reading_another(
    apart: Iterable[ast.NotTogether],
    read: Mapping[str, tuple[str, ...]],
    needs: Mapping[str, tuple[str, ...]],
) -> Iterator[list[str]]:
    """The circles of a benefit with one that it reads, though they are not paid together.

    The one that is read then needs itself; the one that reads it is at fault, and stands first.
    """
    for node in apart:
        for name in node.names:
            for other in node.names:
                if other in read.get(name, ()) and other in needs.get(other, ()):
                    yield [name, other, name]


def _needed(read: Iterable[tuple[str, Span]], table: dict[str, Symbol]) -> Iterator[str]:
    """The names that are read, those by which a table is read included."""
    for name, _ in read:
        yield name
        symbol = table.get(name)
        if symbol is not None and isinstance(symbol.declaration, ast.Parameter):
            for by in symbol.declaration.by:
                yield by
                yield from (s.key for s in table.values() if _decides(s.declaration, by))


def _decides(declaration: object, category: str) -> bool:
    """Whether a definition says which value of a category a subject has."""
    return isinstance(declaration, ast.Definition) and declaration.type.category == category


def own_readers(
    rules: tuple[Symbol, ...],
    table: dict[str, Symbol],
    exceptions: dict[str, tuple[ast.ExceptionRule, ...]],
    changed: frozenset[str],
    lagged: Mapping[str, Lagged],
) -> tuple[Symbol, ...]:
    """The rules, those that read what was amended being among the ruleset's own."""
    touched = changed | {name for name, found in lagged.items() if found.of.key in changed}
    for symbol in rules:
        if touched & {name for name, _ in names_read(_read_by(symbol, exceptions))}:
            touched |= {symbol.key}
            table[symbol.key] = evolve(symbol, own=True)
    return tuple(table[symbol.key] for symbol in rules)


def _read_by(
    symbol: Symbol, exceptions: dict[str, tuple[ast.ExceptionRule, ...]]
) -> tuple[object, ...]:
    """What a rule is made of, its exceptions included."""
    return (*_body(symbol.declaration), exceptions.get(symbol.key, ()))


def _body(declaration: object) -> Iterable[object]:
    match declaration:
        case ast.Definition() | ast.Benefit():
            return declaration.clauses
        case ast.Deadline():
            return (declaration.due,)
        case _:
            return ()


_MOST_TOLD = 10
_APART = Text(
    "of benefits that are not paid together none reads another; where one goes before, say so "
    "with `not together A, B; the first named`",
    "不重复享受的待遇不能互相引用；其中一项优先的，请写“不重复享受 甲、乙；取前一项”",
)


def _report_circle(circle: list[Symbol], hint: Text | None, report: Report) -> None:
    first = circle[0] if hint else min(circle, key=lambda symbol: symbol.name.span.start)
    listed = told([symbol.name for symbol in circle])
    label = Text("needed here", "此处需要")
    others = [symbol for symbol in dict.fromkeys(circle) if symbol is not first][:_MOST_TOLD]
    related = [Label(symbol.name.span, label) for symbol in others]
    report.add("PR203", first.name.span, related=related, hint=hint, circle=listed)


def told(circle: list[ast.Name]) -> Text:
    """The names of a circle; of a long one the first, and the last two, which close it."""
    en = [f"`{name.text.of('en')}`" for name in circle]
    zh = [f"“{name.text.of('zh')}”" for name in circle]
    if len(circle) > _MOST_TOLD:
        en, zh = ([*names[: _MOST_TOLD - 3], "…", *names[-2:]] for names in (en, zh))
    return Text(" → ".join(en), " → ".join(zh))
