"""What a script knows of parameters: which values a case may supply, and where they are held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from policyrules import wording
from policyrules.backends.javascript import listed
from policyrules.case_parameters import Axis, axis_of
from policyrules.ir.nodes import Constant, NotStated, Parameter, Program, Variable
from policyrules.ir.walk import nodes_read
from policyrules.javascript_data import data, record, table
from policyrules.javascript_words import PARTS, limits, written
from policyrules.source import Language

# The name of a parameter, and of a table the keys of the cell.
Cell = tuple[str, tuple[str, ...]]


def read_parameters(program: Program, rules: Iterable[str]) -> list[Cell]:
    """The cells of parameters that rules read and no document states."""
    found: set[Cell] = set()
    for node in nodes_read(program, rules):
        match node:
            case Constant(value=NotStated() as silent) if silent.name and node.kind == "number":
                found.add((silent.name, silent.keys))
            case Variable(subject="parameters", kind="number"):
                found.add((node.name, ()))
            case _:
                pass
    return sorted(found)


def parameters(program: Program, held: Mapping[Cell, int], lang: Language) -> dict[str, str]:
    """The parameters that a case may name, and under which names; `held` is where cells stand."""
    items = [item for item in program.parameters if not item.statistic]
    names = (
        (name, str(number))
        for number, item in enumerate(items)
        for name in dict.fromkeys((item.name, item.label.en, item.label.zh))
        if name
    )
    return {
        "parameters": listed(_parameter(program, item, held, lang) for item in items),
        "supplied": table(names),
    }


def _parameter(program: Program, item: Parameter, held: Mapping[Cell, int], lang: Language) -> str:
    counted = {found.name for found in item.counted}
    versions = sorted(item.versions, key=lambda version: version.start or 0)
    return record(
        {
            "name": data(item.name),
            "label": data(item.label.of(lang)),
            **written(item.label, item.unit, PARTS, lang),
            "axes": listed(_axis(axis_of(name, item, program), lang) for name in item.by),
            "counted": data([name in counted for name in item.by]),
            "versions": listed(
                f"[{'null' if version.start is None else f'{version.start}n'},"
                f"{listed(_cell(item, keys, cell, lang) for keys, cell in version.cells)}]"
                for version in versions
            ),
            "held": data([[keys, held[name, keys]] for name, keys in held if name == item.name]),
        }
    )


def _axis(axis: Axis, lang: Language) -> str:
    names = (
        (name, data(value))
        for value, label in axis.values.items()
        for name in dict.fromkeys((value, label.en, label.zh))
        if name
    )
    known = wording.listed(axis.values.values()).of(lang)
    return record(
        {"label": data(axis.label.of(lang)), "values": table(names), "known": data(known)}
    )


def _cell(
    item: Parameter, keys: tuple[str, ...], cell: Fraction | NotStated, lang: Language
) -> str:
    """The keys of a cell, then what is stated or within which limits it may lie."""
    if isinstance(cell, NotStated):
        return record({"keys": data(keys), **limits(cell, item.unit, lang)})
    stated = wording.quantity(cell, item.unit).of(lang)
    return record({"keys": data(keys), "stated": data(stated)})
