"""Warnings: what compiles but is likely not what the author wants."""

from __future__ import annotations

from policyrules.diagnostics import Report
from policyrules.ir.nodes import Program
from policyrules.semantics.dependencies import names_read
from policyrules.semantics.looking_back import looked_back_on
from policyrules.semantics.resolve import Symbols
from policyrules.semantics.rounded_early import check_rounding
from policyrules.syntax import ast
from policyrules.syntax.names_built_in import AGE, BIRTH_DATE
from policyrules.syntax.names_time import all_earlier
from policyrules.syntax.walk import walk


def lint(symbols: Symbols, program: Program, report: Report) -> None:
    """Report rules without a citation, inputs that nothing reads, and what is rounded too early.

    Standards, categories and statuses may be there for the rulesets that use this one.
    """
    check_rounding(program.definitions, report)
    rules = any(rule.own for rule in program.definitions)
    read = {name for tree in symbols.trees for name, _ in names_read(tree)}
    read |= {key for name in read for key in looked_back_on(name, symbols.table)}
    decided = (node for node in walk(symbols.trees) if isinstance(node, ast.Decided))
    if AGE.key in read or any(isinstance(node, ast.AgeDay) for node in walk(symbols.trees)):
        read.add(BIRTH_DATE.key)
    read |= {factor for node in decided for factor in node.factors}
    for node in symbols.tree.declarations:
        match node:
            case ast.Benefit() | ast.Definition() | ast.Parameter() if not node.places:
                if symbols.sources:
                    report.add("PR901", node.name.span, name=node.name.text)
            case ast.Input() if rules and not _is_read(node.name, read):
                report.add("PR902", node.name.span, name=node.name.text)
            case _:
                pass


def _is_read(name: ast.Name, read: set[str]) -> bool:
    """Whether a rule reads an input, or the input for an earlier period."""
    return name.key in read or any(found.name.key in read for _, found in all_earlier(name))
