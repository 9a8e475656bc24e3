"""The values that a case supplies because the document does not state them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from attrs import frozen

from policyrules.case_json import below, described, entries
from policyrules.case_values import read_number
from policyrules.diagnostics import Report, near, shown
from policyrules.ir.nodes import NotStated, Parameter, Program, Version
from policyrules.source import Text
from policyrules.types.types import ANY
from policyrules.wording import day as day_words
from policyrules.wording import domain, listed, quantity

Keys = tuple[str, ...]
Rows = Mapping[Keys, Fraction | NotStated]
PATH = "parameters"


def read_parameters(
    node: object, program: Program, day: date | None, report: Report
) -> dict[tuple[str, Keys], Fraction]:
    """The supplied values by parameter and table cell; stated or unknown ones are refused."""
    names = {
        name: parameter
        for parameter in program.parameters
        if not parameter.statistic
        for name in (parameter.name, parameter.label.en, parameter.label.zh)
        if name
    }
    supplied: dict[tuple[str, Keys], Fraction] = {}
    seen: set[str] = set()
    for key, raw in entries(node, PATH, report):
        path = below(PATH, key)
        parameter = names.get(key)
        if parameter is None:
            hint = None if report.full else near(key, names)
            report.add("PR622", path, hint=hint, name=shown(key))
            continue
        if parameter.name in seen:
            report.add("PR606", path, name=shown(key))
        seen.add(parameter.name)
        axes = tuple(axis_of(name, parameter, program) for name in parameter.by)
        version = version_on(parameter, day.toordinal()) if day else None
        stated = dict(version.cells) if version else {}
        for keys, (place, value) in _cells(axes, raw, path, report).items():
            number = _supplied(parameter, stated, keys, value, place, day, report)
            if number is not None:
                supplied[parameter.name, keys] = number
    return supplied


def version_on(parameter: Parameter, day: int) -> Version | None:
    """The version of a parameter in force on a day, if there is one yet."""
    begun = [
        version for version in parameter.versions if version.start is None or version.start <= day
    ]
    return max(begun, key=lambda version: version.start or 0, default=None)


@frozen
class Axis:
    """What a table is by: its name, and the names of its values, or of its rows by a number."""

    label: Text
    values: Mapping[str, Text]


def axis_of(name: str, parameter: Parameter, program: Program) -> Axis:
    """A category of a table, of which the input of the same name knows the values, or a number."""
    for counted in parameter.counted:
        if counted.name == name:
            return Axis(counted.label, dict(counted.rows))
    for declared in program.inputs:
        if declared.name == name:
            return Axis(declared.label, dict(declared.values))
    canonical = dict(program.categories).get(name, ())
    labels = dict(program.labels)
    values = {value: labels.get(value, Text(value, value)) for value in canonical}
    return Axis(labels.get(name, Text(name, name)), values)


def _cells(
    axes: tuple[Axis, ...], raw: object, path: str, report: Report
) -> dict[Keys, tuple[str, object]]:
    """Every cell given for a table, by canonical values, with its path."""
    if raw is None:
        return {}
    if not axes:
        return {(): (path, raw)}
    axis = axes[0]
    names = {
        name: value
        for value, label in axis.values.items()
        for name in (value, label.en, label.zh)
        if name
    }
    cells: dict[Keys, tuple[str, object]] = {}
    seen: set[str] = set()
    for key, inner in entries(raw, path, report):
        place = below(path, key)
        value = names.get(key)
        if value is None:
            found, values = described(key), listed(axis.values.values())
            hint = None if report.full else near(key, names)
            report.add("PR613", place, hint=hint, name=axis.label, found=found, values=values)
            continue
        if value in seen:
            report.add("PR606", place, name=shown(key))
        seen.add(value)
        for keys, cell in _cells(axes[1:], inner, place, report).items():
            cells[value, *keys] = cell
    return cells


def _supplied(
    parameter: Parameter,
    rows: Rows,
    keys: Keys,
    raw: object,
    path: str,
    day: date | None,
    report: Report,
) -> Fraction | None:
    """The value of one cell, which `rows` must say is not stated; there are none before it is."""
    if raw is None:
        return None
    number = read_number(raw, parameter.label, parameter.unit, path, report)
    if number is None or day is None:
        return None
    if not rows:
        report.add("PR624", path, name=parameter.label, on=day_words(day))
        return None
    cell = _figure(parameter, rows, keys)
    if cell is None:
        _report_row(parameter, rows, keys, path, report)
        return None
    if not isinstance(cell, NotStated):
        stated = quantity(cell, parameter.unit)
        report.add("PR623", path, name=parameter.label, stated=stated, on=day_words(day))
        return None
    low, high = cell.low, cell.high
    below = low is not None and (number < low or (cell.low_excluded and number == low))
    above = high is not None and (number > high or (cell.high_excluded and number == high))
    if below or above:
        allowed = domain(
            low,
            high,
            parameter.unit,
            low_excluded=cell.low_excluded,
            high_excluded=cell.high_excluded,
        )
        found = quantity(number, parameter.unit)
        report.add("PR611", path, name=parameter.label, domain=allowed, found=found)
        return None
    return number


def _figure(parameter: Parameter, rows: Rows, keys: Keys) -> Fraction | NotStated | None:
    """What is said for values of the categories and a row by a number; None: no such row.

    `any` stands for each value of a category; by a number it is a row like the others.
    """
    if keys in rows:
        return rows[keys]
    numbers = {counted.name for counted in parameter.counted}
    for row, figure in rows.items():
        if ANY in row and all(
            own == key or (own == ANY and name not in numbers)
            for name, own, key in zip(parameter.by, row, keys, strict=True)
        ):
            return figure
    return None


def _report_row(parameter: Parameter, rows: Rows, keys: Keys, path: str, report: Report) -> None:
    """Report a row by a number that only another version has, or only other categories."""
    counted = parameter.counted[-1]
    place, words = parameter.by.index(counted.name), dict(counted.rows)
    values = listed(words[key] for key in dict.fromkeys(row[place] for row in rows))
    found = listed([words[keys[place]]])
    report.add("PR613", path, name=counted.label, found=found, values=values)
