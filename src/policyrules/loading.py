"""Rulesets by name: find, compile, make ready."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from policyrules.library import locate, read_source
from policyrules.ruleset import Ruleset

if TYPE_CHECKING:
    from policyrules.compiler import Compiled


def compile_named(name: str | Path, readings: Mapping[str, int] | None = None) -> Compiled:
    """Compile a bundled ruleset, a file or a folder; `CompileError` lists every mistake."""
    # The compiler is most of what there is to import; many a program has nothing to compile.
    from policyrules.compiler import compile_source  # noqa: PLC0415 (see above)

    path = locate(name)
    return compile_source(read_source(path), path.parent, readings)


def load(name: str | Path, readings: Mapping[str, int] | None = None) -> Ruleset:
    """Load a ruleset: a bundled one (`cn.gansu.qingyang`), a file, or a folder.

    `readings` says by which of its other readings a rule is computed: `{"temporary relief": 1}` for
    the first that the ruleset states (`alternatively`); `InputError` if it states none.

    A folder must hold exactly one ruleset that no other in it uses. Raises `CompileError` with
    every mistake of the rule files; checks and examples are not run (`policyrules test` does).
    """
    return Ruleset(compile_named(name, readings).program)
