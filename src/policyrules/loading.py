"""Rulesets by name: find, compile or recall, make ready."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING

from policyrules.case_json import (
    MOST_PROBLEMS,
    below,
    described,
    entries,
    exact,
    stop_if_problems,
)
from policyrules.case_python import plain
from policyrules.diagnostics import Report
from policyrules.files import Files
from policyrules.library import find, locate
from policyrules.ruleset import Ruleset
from policyrules.source import Text

if TYPE_CHECKING:
    from policyrules.compiler import Compiled
    from policyrules.ir.nodes import Program

_IMPORTED = time_ns()
_PLACE = Text("the name or the path of a ruleset", "规则集的名称或者路径")
NUMBER_OF_READING = Text("the number of a reading", "另解的序号")


def compile_named(
    name: str | Path, readings: Mapping[str, int] | None = None, files: Files | None = None
) -> Compiled:
    """Compile a bundled ruleset, a file or a folder; `CompileError` lists the mistakes."""
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
    the first that the ruleset states (`alternatively`); `InputError` if it states none, and for
    arguments of another kind.

    What was compiled is kept in the user's cache folder, and taken from there while no file in
    play has changed; `cache=False` compiles anew and keeps nothing.

    A folder must hold exactly one ruleset that no other in it uses. Raises `CompileError` with
    the mistakes of the rule files; checks and examples are not run (`policyrules test` does).
    """
    place, numbers = _asked(name, readings)
    if not cache:
        return Ruleset(compile_named(place, numbers).program)
    return Ruleset(_kept(find(place), numbers))


def _asked(name: object, readings: object) -> tuple[str | Path, dict[str, int]]:
    """The name and the readings in plain classes; `InputError` for what cannot be either."""
    report = Report(MOST_PROBLEMS)
    place = name if isinstance(name, Path) else plain(name)
    if not isinstance(place, (str, Path)):
        report.add("PR602", "name", expected=_PLACE, found=described(place))
    numbers: dict[str, int] = {}
    given = plain({} if readings is None else readings)
    for rule, number in entries(given, "readings", report):
        if type(number) is int and exact(number) is not None:
            numbers[rule] = number
        else:
            at = below("readings", rule)
            report.add("PR602", at, expected=NUMBER_OF_READING, found=described(number))
    stop_if_problems(report, "readings")
    assert isinstance(place, (str, Path))
    return place, numbers


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
