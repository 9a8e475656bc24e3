"""At which of its categories a table is read: at the values written, else at the subject's own."""

from __future__ import annotations

from fractions import Fraction

from policyrules.ir.nodes import NotStated
from policyrules.semantics.scope import Scope
from policyrules.source import Text
from policyrules.syntax import ast

Keys = tuple[str, ...]
# The values by the places of the categories; None where the subject's own value is meant.
Chosen = tuple[str | None, ...]
Rows = tuple[tuple[Keys, Fraction | NotStated], ...]


def places(values: Keys, by: Keys, scope: Scope) -> Chosen | None:
    """Each value at the place of its category; None where that is not clear.

    As many values as categories stand in their order, fewer ones each for the only category that
    has it.
    """
    if len(values) == len(by):
        return values
    found: dict[int, str] = {}
    for value in values:
        at = [place for place, name in enumerate(by) if value in scope.symbols.values.get(name, ())]
        if len(at) != 1 or at[0] in found:
            return None
        found[at[0]] = value
    return tuple(found.get(place) for place in range(len(by)))


def rows_at(chosen: Chosen, rows: Rows) -> Rows:
    """The rows for the values written, which then ask for the other categories only."""
    return tuple(
        (tuple(ast.ANY if value else key for key, value in zip(keys, chosen, strict=True)), figure)
        for keys, figure in rows
        if all(
            value in {None, key} or key == ast.ANY for key, value in zip(keys, chosen, strict=True)
        )
    )


def each_category(table: Text, by: Keys, scope: Scope) -> Text | None:
    """The hint that says by which categories a table is, and how it is read."""
    known = [scope.symbols.table[name].declaration for name in by if name in scope.symbols.values]
    categories = [node for node in known if isinstance(node, ast.Category)]
    if not categories or len(categories) != len(by):
        return None
    names = [node.name.text for node in categories]
    some = [node.values[0].text for node in categories]
    by_en = " and ".join(f"`{name.of('en')}`" for name in names)
    by_zh = "、".join(f"“{name.of('zh')}”" for name in names)
    en, zh = ", ".join(v.of("en") for v in some), "、".join(v.of("zh") for v in some)
    return Text(
        f"it is by {by_en}: write one value of each, `{table.of('en')} of {en}`, or leave out "
        "those that are to be the subject's own",
        f"该表按{by_zh}分列，请各写一个取值：“{table.of('zh')}（{zh}）”，取本人或者本户所属的可以省略",
    )
