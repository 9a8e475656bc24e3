"""The values that a case supplies because the document does not state them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from policyrules.case_json import below, described, entries
from policyrules.case_values import read_number
from policyrules.diagnostics import Report, near, shown
from policyrules.ir.nodes import NotStated, Parameter, Program, Version
from policyrules.source import Text
from policyrules.wording import day as day_words
from policyrules.wording import domain, listed, quantity

Keys = tuple[str, ...]
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
        for keys, (place, value) in _cells(parameter.by, raw, path, program, report).items():
            number = _supplied(parameter, keys, value, place, day, report)
            if number is not None:
                supplied[parameter.name, keys] = number
    return supplied


def version_on(parameter: Parameter, day: int) -> Version | None:
    """The version of a parameter in force on a day, if there is one yet."""
    begun = [
        version for version in parameter.versions if version.start is None or version.start <= day
    ]
    return max(begun, key=lambda version: version.start or 0, default=None)


def _cells(
    by: Keys, raw: object, path: str, program: Program, report: Report
) -> dict[Keys, tuple[str, object]]:
    """Every cell given for a table, by canonical values, with its path."""
    if raw is None:
        return {}
    if not by:
        return {(): (path, raw)}
    labels = _values(by[0], program)
    names = {
        name: value
        for value, label in labels.items()
        for name in (value, label.en, label.zh)
        if name
    }
    cells: dict[Keys, tuple[str, object]] = {}
    seen: set[str] = set()
    for key, inner in entries(raw, path, report):
        place = below(path, key)
        value = names.get(key)
        if value is None:
            found, values = described(key), listed(labels.values())
            hint = None if report.full else near(key, names)
            report.add("PR613", place, hint=hint, name=by[0], found=found, values=values)
            continue
        if value in seen:
            report.add("PR606", place, name=shown(key))
        seen.add(value)
        for keys, cell in _cells(by[1:], inner, place, program, report).items():
            cells[value, *keys] = cell
    return cells


def _values(category: str, program: Program) -> Mapping[str, Text]:
    """The values of a category with their names; the input of the same name knows both."""
    for declared in program.inputs:
        if declared.name == category:
            return dict(declared.values)
    canonical = dict(program.categories).get(category, ())
    labels = dict(program.labels)
    return {value: labels.get(value, Text(value, value)) for value in canonical}


def _supplied(
    parameter: Parameter, keys: Keys, raw: object, path: str, day: date | None, report: Report
) -> Fraction | None:
    if raw is None:
        return None
    number = read_number(raw, parameter.label, parameter.unit, path, report)
    if number is None or day is None:
        return None
    version = version_on(parameter, day.toordinal())
    if version is None:
        report.add("PR624", path, name=parameter.label, on=day_words(day))
        return None
    cell = dict(version.cells).get(keys, NotStated())
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
