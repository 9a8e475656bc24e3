"""What an import brings: nothing that is not needed yet."""

import subprocess
import sys

COMPILER = {"lark", "pint", "policyrules.compiler", "policyrules.semantics", "policyrules.syntax"}
OF_OTHERS = {"numpy", "polars", "rich"}
EXPLANATIONS = {"policyrules.backends.explain", "policyrules.explanation"}


def brought_by(program: str) -> set[str]:
    """The modules that a program has imported at its end, in an interpreter of its own."""
    program += "\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_importing_the_package_brings_no_compiler() -> None:
    """Parser, units and explanations wait until a ruleset is compiled, a figure explained."""
    found = brought_by("import policyrules")
    assert "policyrules.loading" in found
    assert not found & (COMPILER | OF_OTHERS | EXPLANATIONS)


def test_the_command_line_brings_no_compiler() -> None:
    """Neither does the module of the command line."""
    assert not brought_by("import policyrules.cli") & (COMPILER | OF_OTHERS | EXPLANATIONS)
