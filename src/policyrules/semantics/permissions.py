"""What a higher authority lets a lower one do to its values and lines: raise, lower, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from attrs import evolve

from policyrules import wording
from policyrules.diagnostics import Fact, Label, near
from policyrules.ir.nodes import Parameter as Described
from policyrules.ir.nodes import Version
from policyrules.semantics import counts
from policyrules.semantics.amendments import Change, same_label
from policyrules.semantics.containment import line_amounts, on_day, written
from policyrules.semantics.scope import Scope
from policyrules.semantics.table_rows import TableRows
from policyrules.semantics.within import related
from policyrules.source import Text
from policyrules.syntax import ast

_ALLOWED = {
    "raised": Text("may only be raised", "只可提高"),
    "lowered": Text("may only be lowered", "只可降低"),
    "equal": Text("is fixed", "不得调整"),
}
_NO_ROW = Text("", "")
_FAR = "10000"
_SAID = Text("said here", "规定于此")
_RULE = Text("a parameter, or a line of a benefit or definition", "标准，或者待遇、定义中的一行")


def check_permissions(scope: Scope) -> None:
    """Report changes that the ruleset above does not allow."""
    for place, tree in enumerate(scope.symbols.trees):
        below = [d for each in scope.symbols.trees[place + 1 :] for d in each.declarations]
        for node in tree.declarations:
            if isinstance(node, ast.Permission) and _adjustable(node, scope):
                for change in scope.symbols.changes:
                    if any(change.node is each for each in below) and _concerns(node, change):
                        _check(node, change, scope)


def _adjustable(node: ast.Permission, scope: Scope) -> bool:
    """Whether what is spoken of is there and has an amount; reported if not."""
    symbol = scope.symbols.table.get(node.rule.name)
    rule = symbol.declaration if symbol else None
    if isinstance(rule, ast.Parameter) and node.line is None:
        return True
    if not isinstance(rule, ast.Benefit | ast.Definition) or node.line is None:
        name = symbol.name.text if symbol else node.rule.name
        scope.mistake("PR208", node.rule.span, name=name, wanted=_RULE)
        return False
    labels = {c: c.label for c in rule.clauses if isinstance(c, ast.Line) and c.label}
    found = next((c for c, label in labels.items() if same_label(label, node.line.text)), None)
    if found is None:
        halves = [half for label in labels.values() for half in (label.en, label.zh) if half]
        hint = near(node.line.text.en or node.line.text.zh or "", halves)
        facts: dict[str, Fact] = {"name": rule.name.text, "label": node.line.text}
        scope.report.add("PR227", node.line.span, hint=hint, facts=facts)
    elif node.allowed != "equal" and not isinstance(found, ast.Pays | ast.Case | ast.Otherwise):
        scope.mistake("PR585", node.line.span, label=node.line.text)
        return False
    return found is not None


def _concerns(node: ast.Permission, change: Change) -> bool:
    if change.node.rule.name != node.rule.name or change.node.refines:
        return False
    return node.line is None or (
        change.line is not None and same_label(change.line.label, node.line.text)
    )


def _check(node: ast.Permission, change: Change, scope: Scope) -> None:
    if isinstance(change.before, ast.Parameter):
        _check_values(node, change, scope)
    elif not isinstance(change.after, ast.Parameter):
        assert change.line is not None
        before = line_amounts(change.before, (change.line,), scope)
        for clause, amount in line_amounts(change.after, change.lines, scope):
            for _, former in before:
                found = related(node.allowed, amount, former, scope)
                if found.verdict != "yes":
                    code = "PR583" if found.verdict == "no" else "PR584"
                    told = {"new": written(clause), "old": written(change.line)}
                    _report(code, node, change, scope, {"when": on_day(found.day), **told})
        if not before and change.lines != (change.line,):
            told = {"new": written(change.lines[0]), "old": written(change.line)}
            _report("PR583", node, change, scope, {"when": on_day(None), **told})


def _report(
    code: str,
    node: ast.Permission,
    change: Change,
    scope: Scope,
    facts: Mapping[str, Fact],
    row: Text = _NO_ROW,
) -> None:
    line = change.node.line
    span = line.span if line else change.node.rule.span
    name = change.before.name.text
    if change.line is not None and change.line.label is not None:
        label = change.line.label
        name = Text(
            f"the line `{label.of('en')}` of `{name.of('en')}`",
            f"“{name.of('zh')}”的“{label.of('zh')}”行",
        )
    else:
        name = Text(f"`{name.of('en')}`{row.of('en')}", f"“{name.of('zh')}”{row.of('zh')}")
    told = {"name": name, "allowed": _ALLOWED[node.allowed], **facts}
    scope.report.add(code, span, related=[Label(node.span, _SAID)], facts=told)


# --- parameters -----------------------------------------------------------------------------------


def _check_values(node: ast.Permission, change: Change, scope: Scope) -> None:
    """Compare the values of a parameter in every period, from the first day that is changed."""
    assert scope.parameters is not None
    symbol = scope.symbols.table[change.before.name.key]
    former = scope.parameters.describe(evolve(symbol, declaration=change.before))
    changed = scope.parameters.describe(evolve(symbol, declaration=change.after))
    days = sorted({v.start or 1 for v in (*former.versions, *changed.versions)})
    if not days:
        return  # The table is refused, as one of too many combinations may be.
    for row in product(*_values(former, changed, scope)):
        for day in days:
            old, new = _value(former, row, day), _value(changed, row, day)
            if isinstance(old, Fraction) and not _allowed(node, old, new):
                when = on_day(day if day > 1 else None)
                facts = {"old": _shown(old), "new": _shown(new), "when": when}
                _report("PR583", node, change, scope, facts, _row(change, row, scope))
                return


def _row(change: Change, row: tuple[str, ...], scope: Scope) -> Text:
    """For which values a figure stands, in brackets; nothing of a parameter without a table."""
    if not row:
        return _NO_ROW
    assert isinstance(change.before, ast.Parameter)
    values = TableRows(change.before, scope).text(row)
    return Text(f" ({values.of('en')})", f"（{values.of('zh')}）")


def _values(former: Described, changed: Described, scope: Scope) -> list[list[str]]:
    """The values of each category, and each number for which either table may have another one.

    A number far behind all rows tells how `each further` goes on.
    """
    orders = [sorted(scope.symbols.values.get(name, ())) for name in former.by]
    cells = [cell for table in (former, changed) for v in table.versions for cell in v.cells]
    for counted in former.counted:
        place = former.by.index(counted.name)
        column = [keys[place] for keys, _ in cells]
        orders[place] = [*counts.numbers(column), *counts.outside(column), _FAR]
    return orders


def _value(table: Described, row: tuple[str, ...], day: int) -> object:
    """The value of a row that is in force on a day."""
    found: Version | None = None
    for version in table.versions:
        if version.start is None or version.start <= day:
            found = version
    if found is None:
        return None
    return counts.figure_at(row, found.cells, [table.by.index(c.name) for c in table.counted])


def _allowed(node: ast.Permission, old: Fraction, new: object) -> bool:
    if not isinstance(new, Fraction):
        return False
    match node.allowed:
        case "raised":
            return new >= old
        case "lowered":
            return new <= old
        case "equal":
            return new == old


def _shown(value: object) -> Text:
    if not isinstance(value, Fraction):
        return Text("not stated", "未载明")
    return wording.number(value)
