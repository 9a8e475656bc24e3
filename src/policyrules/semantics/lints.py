"""Warnings: what compiles but is likely not what the author wants."""

from __future__ import annotations

from policyrules.diagnostics import Report
from policyrules.ir.nodes import Program
from policyrules.semantics.resolve import Symbols, names_read
from policyrules.syntax import ast
from policyrules.syntax.walk import walk


def lint(symbols: Symbols, program: Program, report: Report) -> None:
    """Report rules without a citation, and inputs and parameters that nothing reads."""
    rules = any(rule.own for rule in program.definitions)
    read = {name for tree in symbols.trees for name, _ in names_read(tree)}
    decided = (node for node in walk(symbols.trees) if isinstance(node, ast.Decided))
    read |= {factor for node in decided for factor in node.factors}
    for node in symbols.tree.declarations:
        match node:
            case ast.Benefit() | ast.Definition() | ast.Parameter() if not node.places:
                if symbols.sources:
                    report.add("PR901", node.name.span, name=node.name.text)
            case ast.Input() if rules and node.name.key not in read:
                report.add("PR902", node.name.span, name=node.name.text)
            case _:
                pass
