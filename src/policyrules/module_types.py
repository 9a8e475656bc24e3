"""The types of a case in a written module: what may be said of whom, in either language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policyrules.case import AGE, BIRTH_DATE, separate_cases
from policyrules.ir.nodes import Collection, Entity, Input, Program
from policyrules.module_data import data, note

_NUMBER = "Number = int | str | Decimal | Fraction\n"
_YES_NO = 'YesNo = bool | Literal["yes", "no", "是", "否"]\n'


def case_types(program: Program) -> str:
    """The types of a case and of its parts."""
    fields: dict[Collection, list[Input]] = {}
    for item in program.inputs:
        if item.collection is not None:
            fields.setdefault(item.collection, []).append(item)
    made, records = [_NUMBER, _YES_NO], {}
    for number, (of, items) in enumerate(fields.items(), 1):
        made.append(_dict(f"Record{number}", (row for item in items for row in _rows(item))))
        # A record with one field may be that value itself.
        alone = f" | {_type(items[0])}" if len(items) == 1 else ""
        records[of] = f"Record{number}{alone} | None"
    person = _dict("Person", _facts(program, "person", records))
    others = [*_facts(program, "household", records)]
    top = {"household": "Household", "person": "Person", "case": "Facts"}[program.about]
    if program.about != "case":
        made.append(person)
    if program.about == "household":
        others.append('"members": list[Person] | None')
    if program.about != "person":
        made.append(_dict(top, others))
    case = ['"on": str | date', f"{data(program.about)}: {top}"]
    made.append(_dict("Case", [*case, '"parameters": Mapping[str, object]']))
    return "\n".join(made)


def _dict(name: str, rows: Iterable[str]) -> str:
    """A type of dictionaries, of which every key may be left out."""
    inside = "".join(f"        {row}\n" for row in _ended(rows))
    return f"{name} = TypedDict(\n    {data(name)},\n    {{\n{inside}    }},\n    total=False,\n)\n"


def _ended(rows: Iterable[str]) -> Iterator[str]:
    return (row if row.startswith("#") else f"{row}," for row in rows)


def _facts(program: Program, subject: Entity, records: dict[Collection, str]) -> Iterator[str]:
    """The rows of what may be said of a subject."""
    items = [item for item in program.inputs if item.subject == subject]
    declared = {item.name for item in program.inputs}
    if subject == "person":
        items += [item for item in (AGE, BIRTH_DATE) if item.name not in declared]
    for item in items:
        if item.collection is None:
            yield from _rows(item)
    for _, plain in separate_cases(items):
        yield f"# {note(plain)}: 0 where nothing was paid in any case"
        yield f"{data(plain)}: Number | None"
    for of, record in records.items():
        if of.subject == subject:
            for name in dict.fromkeys((of.name, of.label.en, of.label.zh)):
                if name:
                    yield f"{data(name)}: list[{record}] | None"


def _rows(item: Input) -> Iterator[str]:
    """A fact under its names in both languages, with what it is."""
    names = [*dict.fromkeys(name for name in (item.name, item.label.en, item.label.zh) if name)]
    said = " / ".join(names)
    yield f"# {note(f'{said}: {item.unit}' if item.unit else said)}"
    for name in names:
        yield f"{data(name)}: {_type(item)} | None"


def _type(item: Input) -> str:
    match item.kind:
        case "number":
            return "Number"
        case "truth":
            return "YesNo"
        case "date":
            return "str | date"
        case "choice":
            words = dict.fromkeys(
                name for value, label in item.values for name in (value, label.en, label.zh) if name
            )
            return f"Literal[{', '.join(map(data, words))}]"
