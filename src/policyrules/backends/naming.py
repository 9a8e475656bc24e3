"""What a program declares, by name."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from policyrules.ir.nodes import Definition, Input, Parameter, Program
from policyrules.source import Text


@frozen
class Names:
    """What a program declares, by name."""

    inputs: Mapping[tuple[str, str], Input]
    definitions: Mapping[str, Definition]
    parameters: Mapping[str, Parameter]
    values: Mapping[str, Text]


def names(program: Program) -> Names:
    """The declarations of a program by name."""
    return Names(
        {(entry.subject, entry.name): entry for entry in program.inputs},
        {entry.name: entry for entry in program.definitions},
        {entry.name: entry for entry in program.parameters},
        dict(program.labels),
    )
