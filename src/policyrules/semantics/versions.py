"""The versions of a parameter: one from each day, and what holds when one ends."""

from __future__ import annotations

from datetime import date

from policyrules.diagnostics import Label
from policyrules.semantics.scope import Scope
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.dates import add_days

_EARLIER = Text("the first one", "前一版本")


def first_day(version: ast.Version) -> int:
    """The day on which a version begins; the first of all where it has no beginning."""
    return version.start.value.toordinal() if version.start else 0


def check_versions(node: ast.Parameter, scope: Scope) -> None:
    """Report versions that begin on one day, and an end after which it is not said what holds."""
    seen: dict[int, ast.Version] = {}
    begun = [version.start.value for version in node.versions if version.start]
    for version in node.versions:
        earlier = seen.setdefault(first_day(version), version)
        if earlier is not version:
            related = [Label(earlier.span, _EARLIER)]
            scope.report.add("PR404", version.span, related=related, name=node.name.text)
        elif version.until is not None:
            _check_end(version, version.until.value, begun, node, scope)


def _check_end(
    version: ast.Version, until: date, begun: list[date], node: ast.Parameter, scope: Scope
) -> None:
    """Report an end on the day after which no other value begins, or one before the beginning."""
    start = version.start.value if version.start else None
    following = min((day for day in begun if start is None or day > start), default=None)
    if start is not None and until < start:
        scope.report.add("PR367", version.span)
    elif following != add_days(until, 1):
        scope.report.add("PR414", version.span, name=node.name.text)
