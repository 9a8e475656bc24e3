"""Builds lists of records and the phrases that speak of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from policyrules.syntax import ast
from policyrules.syntax.parts import Parts, Said


def _record_list(p: Parts) -> ast.RecordList:
    name: ast.Name = p.first("DECLARED")
    return ast.RecordList(
        name=name, entity=p.first("OF_ENTITY"), fields=p.of(ast.Field), span=name.span
    )


def _record_field(p: Parts) -> ast.Field:
    name: ast.Name = p.first("DECLARED")
    return ast.Field(name, p.of(ast.WrittenType)[0], p.of(ast.Bound), span=name.span)


def _records(p: Parts) -> ast.Records:
    name = p.first("LIST_NAME", "RECORD_COUNT")
    if p.has("OF_THIS_YEAR", "THIS_YEARS"):
        return ast.Records(name, "this year", span=p.span)
    months = p.first("QUANTITY")
    if months is None:
        return ast.Records(name, span=p.span)
    value, unit = months
    length = value * 12 if unit == "year" else value
    return ast.Records(name, "months before", length, span=p.span)


def _number_of_records(p: Parts) -> ast.NumberOfRecords:
    return ast.NumberOfRecords(*p.nodes, span=p.span)


def _over_records(p: Parts) -> ast.OverRecords:
    of, records, *which = p.nodes
    return ast.OverRecords(p.first("OVER"), records, of, *which, span=p.span)


def _over_records_named(p: Parts) -> ast.OverRecords:
    records, *which, of = p.nodes
    return ast.OverRecords(p.first("OVER_END"), records, of, *which, span=p.span)


def _record_test(p: Parts) -> ast.RecordTest:
    quantifier: Any = p.first("GROUP_QUANTIFIER") or ("any" if p.has("ANY_OF") else "every")
    records, test = p.nodes
    test = ast.Not(test, span=test.span) if p.has("IS_NOT") else test
    return ast.RecordTest(quantifier, records, test, span=p.span)


def _each_record(p: Parts) -> ast.EachRecord:
    records, of = p.nodes
    return ast.EachRecord(records, of, span=p.span)


def _record_mark(p: Parts) -> Said:
    number: Fraction = p.first("NUMBER")
    return Said("record", ((p.first("LIST_NAME"), number), p.nodes[0]), p.span)


def _record_count_given(p: Parts) -> ast.RecordCount:
    return ast.RecordCount(None, p.first("RECORD_COUNT"), p.first("NUMBER"), span=p.span)


LISTS: Mapping[str, Callable[[Parts], Any]] = {
    "record_list": _record_list,
    "record_field": _record_field,
    "records": _records,
    "record_count": _records,
    "number_of_records": _number_of_records,
    "over_records": _over_records,
    "over_records_named": _over_records_named,
    "record_test": _record_test,
    "each_record": _each_record,
    "record_mark": _record_mark,
    "record_count_given": _record_count_given,
}
