"""Rulesets of single forms, whose examples say what each must give."""

from pathlib import Path

import pytest

from policyrules.checks import examine
from policyrules.loading import compile_named

FILES = sorted((Path(__file__).parent / "rulesets").glob("*.rules"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples_come_out(path: Path) -> None:
    """Every example of the ruleset comes out, and there are some."""
    findings = examine(compile_named(path), examples=True)

    assert [found.message() for found in findings.diagnostics] == []
    assert findings.examples > 0
