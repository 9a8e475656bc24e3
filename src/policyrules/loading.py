"""Rulesets by name: find, compile or recall, make ready."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING

from policyrules.files import Files
from policyrules.library import find, locate
from policyrules.ruleset import Ruleset

if TYPE_CHECKING:
    from policyrules.compiler import Compiled
    from policyrules.ir.nodes import Program

_IMPORTED = time_ns()


def compile_named(
    name: str | Path, readings: Mapping[str, int] | None = None, files: Files | None = None
) -> Compiled:
    """Compile a bundled ruleset, a file or a folder; `CompileError` lists every mistake."""
    # The compiler is most of what there is to import; many a program has nothing to compile.
    from policyrules.compiler import compile_source  # noqa: PLC0415 (see above)

    files = files or Files()
    path = locate(name, files)
    return compile_source(files.read(path), path.parent, readings, files)


def load(
    name: str | Path, readings: Mapping[str, int] | None = None, *, cache: bool = True
) -> Ruleset:
    """Load a ruleset: a bundled one (`cn.gansu.qingyang`), a file, or a folder.

    `readings` says by which of its other readings a rule is computed: `{"temporary relief": 1}` for
    the first that the ruleset states (`alternatively`); `InputError` if it states none.

    What was compiled is kept in the user's cache folder, and taken from there while no file in
    play has changed; `cache=False` compiles anew and keeps nothing.

    A folder must hold exactly one ruleset that no other in it uses. Raises `CompileError` with
    every mistake of the rule files; checks and examples are not run (`policyrules test` does).
    """
    if not cache:
        return Ruleset(compile_named(name, readings).program)
    return Ruleset(_kept(find(name), readings or {}))


def _kept(path: Path, readings: Mapping[str, int]) -> Program:
    """The program of a file or folder from the cache, else compiled and kept there."""
    from policyrules.cache import entry_of, recall, remember  # noqa: PLC0415 (only this needs it)

    entry = entry_of(path, readings, _IMPORTED)
    program = None if entry is None else recall(entry)
    if program is None:
        files = Files()
        program = compile_named(path, readings, files).program
        if entry is not None:
            remember(entry, program, files)
    return program
