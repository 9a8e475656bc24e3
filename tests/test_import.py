"""What an import brings: nothing that is not needed yet."""

import subprocess
import sys

COMPILER = {"lark", "pint", "policyrules.compiler", "policyrules.semantics", "policyrules.syntax"}
OF_OTHERS = {"duckdb", "numpy", "polars", "rich", "sqlglot"}
EXPLANATIONS = {"policyrules.backends.explain", "policyrules.explanation"}
DESCRIPTIONS = {"policyrules.ruleset_describe", "policyrules.ruleset_text"}
MISTAKES = {"difflib", "policyrules.catalogue"}
EVALUATOR = {"policyrules.backends", "policyrules.case", "policyrules.ir.nodes"}
SELDOM = EXPLANATIONS | DESCRIPTIONS | MISTAKES


def brought_by(program: str) -> set[str]:
    """The modules that a program has imported at its end, in an interpreter of its own."""
    program += "\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_importing_the_package_brings_no_compiler() -> None:
    """Parser, units, evaluator, explanations and messages wait until one is wanted."""
    found = brought_by("import policyrules")
    assert "policyrules.loading" in found
    assert not found & (COMPILER | OF_OTHERS | EVALUATOR | SELDOM)


def test_the_command_line_brings_no_compiler() -> None:
    """Neither does the module of the command line."""
    assert not brought_by("import policyrules.cli") & (COMPILER | OF_OTHERS | SELDOM)


def test_rules_without_mistakes_bring_no_messages() -> None:
    """Compiling and evaluating are silent where nothing is wrong."""
    program = (
        "import policyrules\n"
        "rules = policyrules.load('example.river_city', cache=False)\n"
        "rules.evaluate({'on': '2023-08-01', 'household': {'members': [{}]}})"
    )
    found = brought_by(program)
    assert "policyrules.compiler" in found
    assert not found & SELDOM
