"""The lists of a case: so many records of a person or of the household, and what each says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from policyrules.case_json import below, elements, entries, is_object
from policyrules.case_values import read_value
from policyrules.diagnostics import Report, near, shown
from policyrules.ir.facts import MOST_RECORDS, Record, Value
from policyrules.ir.nodes import Collection, Input


@frozen
class List:
    """A list as a case may state it: its fields under their names in either language."""

    collection: Collection
    fields: Mapping[str, Input]

    def read(self, raw: object, place: str, report: Report) -> dict[str, Value]:
        """The facts that the records make, under the names in which the facts of a case hold them.

        A record of a list with one field may be that value itself.
        """
        if raw is None:
            return {}
        found = elements(raw, MOST_RECORDS, place, report)
        if found is None:
            return {}
        facts: dict[str, Value] = {self.collection.name: Fraction(len(found))}
        only = len(set(self.fields.values())) == 1
        for index, node in enumerate(found):
            path = f"{place}[{index}]"
            if only and node is not None and not is_object(node):
                items: Iterable[tuple[str, object]] = ((next(iter(self.fields)), node),)
            else:
                items = entries(node, path, report) if node is not None else ()
            for name, value in self._record(items, path, report).items():
                facts[Record(None, self.collection.name, index).fact(name)] = value
        return facts

    def _record(
        self, items: Iterable[tuple[str, object]], path: str, report: Report
    ) -> dict[str, Value]:
        facts: dict[str, Value] = {}
        seen: set[str] = set()
        for key, raw in items:
            place, declared = below(path, key), self.fields.get(key)
            if declared is None:
                hint = None if report.full else near(key, self.fields)
                report.add("PR640", place, hint=hint, name=shown(key), list=self.collection.label)
                continue
            if declared.name in seen:
                report.add("PR606", place, name=shown(key))
            seen.add(declared.name)
            value = read_value(declared, raw, place, report)
            if value is not None:
                facts[declared.name] = value
        return facts


def lists_of(inputs: Iterable[Input]) -> dict[tuple[str, str], List]:
    """The lists that a case may state, by whose they are and their names in either language."""
    fields: dict[Collection, dict[str, Input]] = {}
    for item in inputs:
        if item.collection is not None:
            names = {name: item for name in (item.name, item.label.en, item.label.zh) if name}
            fields.setdefault(item.collection, {}).update(names)
    return {
        (of.subject, name): List(of, found)
        for of, found in fields.items()
        for name in (of.name, of.label.en, of.label.zh)
        if name
    }
