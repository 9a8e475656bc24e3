"""Fifty wordings of documents, in Chinese and English: one tree, and the figure that is meant."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from policyrules.checks import examine
from policyrules.compiler import compile_source
from policyrules.diagnostics import Report
from policyrules.source import Source
from policyrules.syntax import ast
from policyrules.syntax.names import outline
from policyrules.syntax.parse import parse, scan

TOP = ("not together", "cumulative", "不重复享受", "可叠加", "orphan as for", "比照")
TABLE: Any = tomllib.loads((Path(__file__).parent / "fifty.toml").read_text(encoding="utf-8"))
ROWS: list[dict[str, Any]] = TABLE["wording"]
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['number']} {row['en'][:40]}")


def source_of(row: dict[str, Any], language: str) -> Source:
    """A wording under the prelude, with the case that tells what it means."""
    clauses = row[language].split("\n")
    lines = [line if line.startswith(TOP) else f"    {line}" for line in clauses]
    example = 'example "a" on 2023-08-01\n    given {given}\n    expect {expect}\n'.format(**row)
    return Source("test.rules", "\n".join([TABLE["prelude"] + row["header"], *lines, example]))


def declarations(source: Source) -> tuple[ast.AnyDeclaration, ...]:
    """All that a wording's ruleset declares."""
    report = Report()
    scanned = outline(scan(source))
    tree = parse(scanned, scanned.names, report)
    assert [found.message() for found in report.diagnostics] == []
    return tree.declarations


def test_all_fifty_are_there() -> None:
    """Every number of the list has a row; the 33rd and others have several."""
    assert {row["number"] for row in ROWS} == set(range(1, 51))


@each_row
def test_both_languages_make_one_tree(row: dict[str, Any]) -> None:
    """The English and the Chinese wording are the same declarations."""
    assert declarations(source_of(row, "en")) == declarations(source_of(row, "zh"))


@each_row
def test_each_wording_has_its_value(row: dict[str, Any]) -> None:
    """The case comes out as stated, in either language."""
    for language in ("en", "zh"):
        compiled = compile_source(source_of(row, language))
        found = examine(compiled, examples=True)
        assert [d.message() for d in found.diagnostics if d not in compiled.warnings] == []
        assert found.examples == 1
