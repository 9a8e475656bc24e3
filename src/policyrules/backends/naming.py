"""What a program declares, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from policyrules.ir.nodes import Definition, Expr, Input, Parameter, Program
from policyrules.source import Text

if TYPE_CHECKING:
    from policyrules.backends.parts import Item


@frozen
class Names:
    """What a program declares, by name."""

    inputs: Mapping[tuple[str, str], Input]
    definitions: Mapping[str, Definition]
    parameters: Mapping[str, Parameter]
    values: Mapping[str, Text]
    # What each condition of a table asks for, worked out when it is first told.
    asked: dict[int, tuple[tuple[Expr, ...], Expr]] = field(factory=dict, eq=False, repr=False)
    # The parts of each benefit that are explained by themselves, worked out when first explained.
    items: dict[tuple[str, int], tuple[Item, ...]] = field(factory=dict, eq=False, repr=False)


def names(program: Program) -> Names:
    """The declarations of a program by name."""
    return Names(
        {(entry.subject, entry.name): entry for entry in program.inputs},
        {entry.name: entry for entry in program.definitions},
        {entry.name: entry for entry in program.parameters},
        dict(program.labels),
    )
