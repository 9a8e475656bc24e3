"""Rulesets of single forms, whose examples say what each must give."""

from pathlib import Path

import pytest

from policyrules.checks import examine
from policyrules.compiler import Compiled
from policyrules.loading import compile_named

FILES = sorted((Path(__file__).parent / "rulesets").glob("*.rules"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples_come_out(path: Path) -> None:
    """Every example of the ruleset comes out, and there are some."""
    findings = examine(compile_named(path), examples=True)

    wrong = [found for found in findings.diagnostics if found.severity == "error"]
    assert [found.message() for found in wrong] == []
    assert findings.examples > 0


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem.endswith("_zh")], ids=lambda path: path.stem
)
def test_a_chinese_file_has_an_english_twin(path: Path) -> None:
    """A Chinese ruleset and its English twin are one tree."""

    def declarations(compiled: Compiled) -> object:
        return compiled.symbols.tree.declarations

    twin = path.with_name(path.name.replace("_zh", ""))
    assert declarations(compile_named(path)) == declarations(compile_named(twin))
