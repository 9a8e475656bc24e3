"""The command that evaluates files of persons and households."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from policyrules.cli_print import SCHEMA, print_json, show_problems
from policyrules.diagnostics import Diagnostic, InputError
from policyrules.results_outcome import ONLY
from policyrules.ruleset import Ruleset
from policyrules.source import Language, Text

if TYPE_CHECKING:
    from policyrules.table import Found

_NEEDED = ("polars", "pyarrow")
_PATHS = ("households", "out_households")
_NAMES = ("key", "amounts", "encoding", "fresh")
_WRITTEN = Text("written: {}", "已写入：{}")
_WRONG = Text("errors by row: {}", "各行的错误：{}")
_HOUSEHOLDS = Text(
    "outcomes of households are not written; --out-households FILE writes them",
    "未写出家庭的结果；如需写出，请加 --out-households 文件名",
)


@frozen
class Files:
    """What is asked for, as `table.Request` takes it; what was not typed is not among it."""

    on: str | None
    wishes: dict[str, Any] = field(factory=dict)

    @classmethod
    def of(cls, values: dict[str, Any]) -> Files:
        """Take it out of the values that were typed."""
        wishes: dict[str, Any] = {name: values.pop(name) for name in _NAMES}
        wishes |= {"table": Path(values.pop("table")), "out": Path(values.pop("out"))}
        for name in _PATHS:
            typed = values.pop(name)
            wishes[name] = None if typed is None else Path(typed)
        only, block = values.pop("only"), values.pop("block")
        wishes["only"] = None if only is None else tuple(only)
        if block is not None:
            wishes["block"] = block
        return cls(values.pop("on"), wishes)

    def run(self, rules: Ruleset, lang: Language, *, as_json: bool) -> int:
        """Evaluate the files and say what they come to; 1 if there are rows in error."""
        if not all(map(find_spec, _NEEDED)):
            raise InputError([Diagnostic("PR692", "table")])
        # What is an extra is there, and takes a moment to import.
        from policyrules.cli_progress import shown_on  # noqa: PLC0415 (see above)
        from policyrules.table import run  # noqa: PLC0415 (see above)
        from policyrules.table_request import Request, prepare  # noqa: PLC0415 (see above)

        try:
            prepared = prepare(rules, Request(on=self.on, lang=lang, **self.wishes))
            if prepared.notes and not as_json:
                show_problems(prepared.notes, lang, sys.stderr)
            with ExitStack() as stack:
                found = run(prepared, shown_on(sys.stderr, lang, stack))
        except InputError as error:
            raise InputError([_typed(problem) for problem in error.diagnostics]) from error
        if as_json:
            print_json({"schema": SCHEMA, "ruleset": rules.id, **found.data()})
        else:
            print(_said(found, lang))
        return 1 if found.tally.wrong else 0


def _typed(found: Diagnostic) -> Diagnostic:
    """A problem, at the argument that was typed."""
    place = str(found.place)
    return evolve(found, place=f"--{ONLY}") if place.startswith(ONLY) else found


def _said(found: Found, lang: Language) -> str:
    lines = [found.text(lang), ""]
    lines += [_WRITTEN.of(lang).format(path) for path in found.written.values()]
    if found.tally.wrong:
        lines.append(_WRONG.of(lang).format(found.wrong))
    if found.unwritten:
        lines.append(_HOUSEHOLDS.of(lang))
    return "\n".join(lines)
