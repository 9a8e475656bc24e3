"""Examples: what is wrong with the facts they give, apart from the figures that come out."""

from __future__ import annotations

from fractions import Fraction

from policyrules.diagnostics import said_first
from policyrules.ir.facts import MOST_MEMBERS, MOST_RECORDS
from policyrules.semantics.scope import Scope
from policyrules.source import Text
from policyrules.syntax import ast


def check_example(node: ast.Example, scope: Scope) -> None:
    """Report facts given twice, and members that do not agree with their number."""
    seen: dict[object, ast.Given] = {}
    counts: list[ast.MemberCount] = []
    for item in node.given:
        if isinstance(item, ast.Given | ast.RecordCount):
            _check_records(item, scope)
        if isinstance(item, ast.MemberCount) and _is_count(item, scope):
            counts.append(item)
            if item is not counts[0]:
                related = [said_first(counts[0].span)]
                scope.report.add("PR108", item.span, related=related)
        elif isinstance(item, ast.Given):
            said = (item.member, item.name, item.keys, item.record)
            earlier = seen.setdefault(said, item)
            if earlier is not item:
                related = [said_first(earlier.span)]
                scope.report.add("PR108", item.span, related=related)
    most = counts[0].count if counts else MOST_MEMBERS
    told = [item for item in node.given if isinstance(item, ast.Given | ast.RecordCount)]
    for about in (*told, *node.expect, *node.because):
        member = about.member
        if member is not None and not 1 <= member <= most:
            reason = Text(
                f"member {member} is beyond their number", f"成员{member}超出家庭成员人数"
            )
            scope.mistake("PR530", about.span, reason=reason)


def _check_records(item: ast.Given | ast.RecordCount, scope: Scope) -> None:
    """Report a number of a record, or of records, that a list cannot have."""
    fewest, number = (
        (0, item.count)
        if isinstance(item, ast.RecordCount)
        else (1, item.record[1] if item.record else Fraction(1))
    )
    if number.denominator != 1 or not fewest <= number <= MOST_RECORDS:
        scope.mistake("PR577", item.span, most=str(MOST_RECORDS))


def _is_count(item: ast.MemberCount, scope: Scope) -> bool:
    """Whether a figure without a name is a number of persons; reported if not."""
    if item.unit == "person" and item.count.denominator == 1 and 1 <= item.count <= MOST_MEMBERS:
        return True
    written = item.span.source.text[item.span.start : item.span.end]
    reason = Text(
        f"`{written}` is no number of persons from 1 to {MOST_MEMBERS}",
        f"“{written}”不是1至{MOST_MEMBERS}的人数",
    )
    scope.mistake("PR530", item.span, reason=reason)
    return False
