"""What a ruleset declares, by kind of declaration, as JSON-ready data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from policyrules import wording
from policyrules.explanation_places import cited
from policyrules.ir.nodes import (
    Alternative,
    Cited,
    Definition,
    Document,
    Grant,
    Input,
    NotStated,
    Parameter,
    Program,
    Version,
)
from policyrules.ir.walk import inputs_read
from policyrules.results_outcome import result_kind
from policyrules.source import Text
from policyrules.types.units import unit

Entry = dict[str, object]
SCHEMA = 1
ALWAYS = 1


def describe(program: Program) -> dict[str, object]:
    """Lists by kind of declaration, JSON-ready; numbers are exact decimal texts."""
    facts = [item for item in program.inputs if item.source != "status"]
    statuses = [item for item in program.inputs if item.source == "status"]
    read = frozenset((item.subject, item.name) for item in inputs_read(program))
    parameters = [item for item in program.parameters if not item.statistic]
    statistics = [item for item in program.parameters if item.statistic]

    def rules(what: str) -> list[Entry]:
        return [_rule(item, program) for item in program.definitions if item.what == what]

    return {
        "schema": SCHEMA,
        "ruleset": program.id,
        "title": _text(program.title),
        "currency": program.currency,
        "about": program.about,
        "inputs": [_input(item, read, program) for item in facts],
        "categories": _categories(program),
        "statuses": [_input(item, read, program) for item in statuses],
        "parameters": [_parameter(item) for item in parameters],
        "statistics": [_parameter(item) for item in statistics],
        "benefits": rules("benefit"),
        "definitions": rules("definition"),
        "deadlines": rules("deadline"),
        "sources": [_document(item) for item in program.documents],
        "checks": [
            {**_text(check.title), "days": [_day(day) for day in check.days if day != ALWAYS]}
            for check in program.checks
        ],
    }


def _text(text: Text) -> Entry:
    return {"en": text.en, "zh": text.zh}


def _named(name: str, label: Text) -> Entry:
    return {"name": name, **_text(label)}


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


def _number(value: Fraction | None) -> str | None:
    return None if value is None else wording.decimal_text(value)


def _unit(text: str) -> Entry:
    canonical = unit(text).text
    words = wording.unit_words(canonical)
    return {"unit": canonical, "unit_words": _text(words) if canonical else None}


def _cites(cites: Iterable[Cited]) -> list[Entry]:
    return [
        {"source": place.source, **_text(Text(cited(place, "en"), cited(place, "zh")))}
        for place in cites
    ]


def _input(item: Input, read: frozenset[tuple[str, str]], program: Program) -> Entry:
    """An input; `read` tells whether one of the ruleset's own rules reads it."""
    entry = _named(item.name, item.label)
    entry |= {"of": program.whose(item.subject), "kind": result_kind(item.kind, item.unit)}
    if item.kind == "number":
        entry |= _unit(item.unit)
        entry["domain"] = {
            "low": _number(item.low),
            "high": _number(item.high),
            "low_excluded": item.low_excluded,
            "high_excluded": item.high_excluded,
            "whole": item.whole,
        }
    if item.kind == "choice":
        entry["values"] = [_named(name, label) for name, label in item.values]
    if item.collection is not None:
        entry["list"] = _named(item.collection.name, item.collection.label)
    asks = None if item.asks is None else _text(item.asks)
    is_read = (item.subject, item.name) in read
    entry["readings"] = [_text(reading) for reading in item.readings]
    return entry | {"source": item.source, "asks": asks, "own": item.own, "read": is_read}


def _categories(program: Program) -> list[Entry]:
    inputs = {item.name: item for item in program.inputs if item.kind == "choice"}
    entries: list[Entry] = []
    for name, values in program.categories:
        found = inputs.get(name)
        labels = dict(program.labels) if found is None else dict(found.values)
        label = labels.get(name, Text(name, None)) if found is None else found.label
        named = [_named(value, labels.get(value, Text(value, None))) for value in values]
        entries.append(_named(name, label) | {"values": named})
    return entries


def _parameter(item: Parameter) -> Entry:
    return {
        **_named(item.name, item.label),
        **_unit(item.unit),
        "by": list(item.by),
        "versions": [_version(version) for version in item.versions],
        "readings": [_text(reading) for reading in item.readings],
        "alternatives": _alternatives(item.alternatives),
        "own": item.own,
    }


def _version(version: Version) -> Entry:
    return {
        "from": _day(version.start),
        "year_only": version.year_only,
        "values": [_cell(keys, value) for keys, value in version.cells],
        "cites": _cites(version.cites),
    }


def _cell(keys: tuple[str, ...], value: Fraction | NotStated) -> Entry:
    match value:
        case NotStated() as silent:
            bounds = {
                "low": _number(silent.low),
                "low_excluded": silent.low_excluded,
                "high": _number(silent.high),
                "high_excluded": silent.high_excluded,
            }
            return {"keys": list(keys), "value": None, "bounds": bounds}
        case Fraction():
            return {"keys": list(keys), "value": _number(value)}


def _rule(item: Definition, program: Program) -> Entry:
    entry = _named(item.name, item.label)
    entry |= {"of": program.whose(item.subject), "kind": result_kind(item.kind, item.unit)}
    if item.kind == "number":
        entry |= _unit(item.unit)
    if item.what == "benefit":
        entry["occasion"] = item.occasion
        granted = [_grant(grant) for grant in item.grants]
        entry["decided"] = granted[-1] if granted else None
        entry["decided_in_exceptions"] = granted[:-1]
    return entry | {
        "valid": {"from": _day(item.valid_from), "to": _day(item.valid_to)},
        "cites": _cites(item.cites),
        "readings": [_text(reading) for reading in item.readings],
        "alternatives": _alternatives(item.alternatives),
        "own": item.own,
    }


def _grant(grant: Grant) -> Entry:
    """Who decides within the range, in which steps, and above which amounts who else."""
    return {
        "by": None if grant.by is None else _text(grant.by),
        "factors": [_text(factor) for factor in grant.factors],
        "factors_open": grant.factors_open,
        "step": _number(grant.step),
        "levels": [
            {"above": level.written, "included": level.included, "by": _text(level.by)}
            for level in grant.levels
        ],
    }


def _alternatives(others: Iterable[Alternative]) -> list[Entry]:
    """The other readings, by the numbers under which they are asked for."""
    return [
        {"number": number, **_text(other.text), "chosen": other.chosen}
        for number, other in enumerate(others, 1)
    ]


def _document(item: Document) -> Entry:
    def text(value: Text | None) -> Entry | None:
        return None if value is None else _text(value)

    return {
        **_named(item.name, item.label),
        "title": text(item.title),
        "number": text(item.number),
        "issued": _day(item.issued),
        "issuer": text(item.issuer),
        "quoted_in": None if item.quoted_in is None else _cites([item.quoted_in])[0],
        "valid": {"from": _day(item.valid_from), "to": _day(item.valid_to)},
    }
