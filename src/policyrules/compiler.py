"""From rule files to a program. Read this first: it is the architecture.

    text ── parse ──▶ syntax tree ── resolve ──▶ symbols ── elaborate ──▶ program

Three passes, each a function that keeps no state and prints nothing. A pass reports every mistake
it finds and stops the work at its end. The syntax tree (`syntax/ast.py`) is what was written, the
same for both languages; the program (`ir/nodes.py`) is what to compute: names, units and benefit
forms are gone. The evaluators in `backends/` work on the program alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from policyrules.diagnostics import Diagnostic, Report
from policyrules.files import Files
from policyrules.ir.nodes import Program
from policyrules.library import Library
from policyrules.semantics.currencies import check_currencies
from policyrules.semantics.elaborate import elaborate
from policyrules.semantics.lints import lint
from policyrules.semantics.readings import every_reading, reread
from policyrules.semantics.resolve import Symbols, resolve
from policyrules.source import Source
from policyrules.syntax import ast
from policyrules.syntax.parse import parse


@frozen
class Compiled:
    """A ruleset ready to be evaluated, with the names it was made from and what was noticed.

    `trees` are as written: without the changes that one ruleset makes in another.
    """

    program: Program
    symbols: Symbols
    warnings: tuple[Diagnostic, ...]
    trees: tuple[ast.Ruleset, ...]


def compile_source(
    source: Source,
    folder: Path | None = None,
    readings: Mapping[str, int] | None = None,
    files: Files | None = None,
) -> Compiled:
    """Compile a rule text; the rulesets it uses are looked for in `folder`, then in the bundle.

    `readings` says by which other reading a rule is computed; every reading is checked in any case.
    `files` keeps what was looked for and what was there.
    Raises `CompileError` with the mistakes that the first failing pass found, of more than
    `MOST_LISTED` the number of the rest.
    """
    report = Report()
    library = Library(folder, report, files)
    gathered = tuple(library.gather(source))
    report.stop_if_errors()  # The names of a ruleset that was not found would all be unknown.
    trees = tuple(parse(found, visible, report) for found, visible in gathered)
    report.stop_if_errors()
    check_currencies(trees, report)
    for other in every_reading(trees):
        trial = Report()
        _compiled(other, trial)
        report.add_all(trial)
    trees = reread(trees, readings or {})
    found = _compiled(trees, report)
    report.stop_if_errors()
    assert found is not None
    symbols, program = found
    lint(symbols, program, report)
    return Compiled(program, symbols, report.warnings(), trees)


def read_otherwise(compiled: Compiled, readings: Mapping[str, int]) -> Compiled:
    """The same ruleset by other readings that it states; they were checked with it.

    Its warnings are those told with the ruleset, which has been compiled by every reading.
    """
    trees = reread(compiled.trees, readings)
    found = _compiled(trees, Report())
    assert found is not None
    symbols, program = found
    return Compiled(program, symbols, compiled.warnings, trees)


def _compiled(trees: tuple[ast.Ruleset, ...], report: Report) -> tuple[Symbols, Program] | None:
    """What the trees mean; None where a pass found mistakes, which are in the report."""
    symbols = resolve(trees, report)
    if report.errors():
        return None
    program = elaborate(symbols, report)
    return None if report.errors() else (symbols, program)
