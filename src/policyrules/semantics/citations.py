"""Whether the documents that are cited are declared."""

from __future__ import annotations

from policyrules.diagnostics import Report, near
from policyrules.syntax import ast
from policyrules.syntax.walk import walk


def check_citations(
    tree: ast.Ruleset, sources: dict[str, ast.SourceDocument], report: Report
) -> None:
    """Report the documents that are cited and declared nowhere."""
    for node in walk(tree):
        if isinstance(node, ast.Citation) and node.source not in sources:
            known = [word for name in sources.values() for word in (name.name.en, name.name.zh)]
            hint = near(node.source, [word for word in known if word])
            report.add("PR205", node.span, hint=hint, name=node.source)
