"""Facts in the months before a date of the case: `wage over the 12 months before loss of work`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from policyrules.diagnostics import Report
from policyrules.source import Span
from policyrules.syntax import ast
from policyrules.syntax.names_built_in import BIRTH_DATE
from policyrules.syntax.names_time import Before, LookingBack, looking_back, looks_back

if TYPE_CHECKING:
    from policyrules.semantics.resolve import Symbol


def looked_back(
    name: str, span: Span, table: Mapping[str, Symbol], report: Report
) -> tuple[ast.Name, Symbol, Before] | None:
    """The name, the figure and the period of a canonical name that looks back from an event."""
    parts = looks_back(name)
    if parts is None:
        return None
    found = {spelling: symbol for symbol, spelling in _meant(parts, table)}
    of, event = found.get(parts.of), found.get(parts.event)
    if of is None or event is None:
        return None
    if not _is_date(event):
        report.add("PR412", span, name=event.name.text)
    made = looking_back(of.name, parts.months, event.name).name
    return made, of, cast("Before", f"{parts.months} months")


def looked_back_on(name: str, table: Mapping[str, Symbol]) -> Iterator[str]:
    """The names of the figure and of the event of a name that looks back."""
    parts = looks_back(name)
    if parts is not None:
        yield from (symbol.key for symbol, _ in _meant(parts, table))


def _meant(parts: LookingBack, table: Mapping[str, Symbol]) -> Iterator[tuple[Symbol, str]]:
    for symbol in table.values():
        for spelling in (symbol.name.en, symbol.name.zh):
            if spelling in (parts.of, parts.event):
                yield symbol, spelling


def _is_date(symbol: Symbol) -> bool:
    match symbol.declaration:
        case ast.Input(type=written) | ast.Definition(type=written):
            return written.kind == "date"
        case declaration:
            return symbol.name == BIRTH_DATE or isinstance(declaration, ast.Deadline)
