"""How far a long command is, on a terminal; elsewhere nothing is shown."""

from __future__ import annotations

from contextlib import ExitStack
from importlib.util import find_spec
from typing import Any, TextIO

from attrs import define, field

from policyrules.source import Language, Text
from policyrules.table import Progress


@define
class Silent:
    """Where nobody looks."""

    def begin(self, what: Text, total: int) -> None:
        """Show nothing."""

    def advance(self, count: int) -> None:
        """Show nothing."""


@define
class Bars:
    """A bar for each thing that is done."""

    bars: Any
    lang: Language
    _task: Any = field(default=None)

    def begin(self, what: Text, total: int) -> None:
        """Begin a bar."""
        self._task = self.bars.add_task(what.of(self.lang), total=total)

    def advance(self, count: int) -> None:
        """Move the last bar on."""
        self.bars.advance(self._task, count)


def shown_on(stream: TextIO, lang: Language, stack: ExitStack) -> Progress:
    """Bars on a terminal, where what draws them is installed."""
    if not stream.isatty() or find_spec("rich") is None:
        return Silent()
    from rich import progress  # noqa: PLC0415 (an extra)
    from rich.console import Console  # noqa: PLC0415 (an extra)

    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
    )
    return Bars(
        stack.enter_context(progress.Progress(*columns, console=Console(file=stream))), lang
    )
