"""What a written module answers quickly: the plans of its rules for one day, as Python text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import ceil, floor

from attrs import evolve

from policyrules.backends.straight import Function
from policyrules.case import AGE, BIRTH_DATE, separate_cases
from policyrules.case_values import whole_bounds
from policyrules.ir.lower import STATUSES, Planned, lower
from policyrules.ir.lowering import Column, Columns
from policyrules.ir.nodes import Definition, Input, Program, Subject
from policyrules.ir.operators import FIRST_DAY, NEVER
from policyrules.ir.whole_nodes import Node, needed
from policyrules.module_data import data
from policyrules.module_quick import MOST, Held

_LONGEST = 60_000  # characters of a plan; a longer one is worth less than the room it takes
_CHOICES = 10**6
Names = Mapping[tuple[str, str], str]
Places = dict[tuple[str, str], int]


def quick(program: Program, on: date, facts: Names) -> str:
    """The plans of a program and what reads cases for them; `facts` are how its inputs are called.

    Rules whose plans are refused, or very long, are left to the complete rules.
    """
    held = _held(program)
    places: Places = {(each.declared.subject, each.declared.name): each.place for each in held}
    lowered, complete = (
        lower(program, _columns(held, full), on.toordinal()) for full in (False, True)
    )
    functions: list[str] = []
    plans: list[str] = []
    for rule in program.definitions:
        planned, full = lowered.outcomes.get(rule.name), complete.outcomes.get(rule.name)
        if planned is None or full is None:
            continue
        name, slower = f"_plan_{len(plans)}", f"_gaps_{len(plans)}"
        of_person = rule.subject == "person"
        read = _places(planned, places)
        of_full = Function(name, _places(full, places) | read, of_person, slower, read)
        texts = of_full.text(full), Function(slower, read, of_person).text(planned)
        if sum(map(len, texts)) <= _LONGEST:
            functions += texts
            plans.append(f"        {data(rule.name)}: {_plan(rule, planned, name)},")
    paid = {
        key: tuple(places[item.subject, item.name] for item in items)
        for key, items in separate_cases(program.inputs).items()
    }
    rows = [
        "_QUICK = Quick(",
        f"    about={data(program.about)},",
        f"    on={data(on)},",
        "    held=(",
        *(f"        {_fact(each, facts)}," for each in held),
        "    ),",
        f"    none_paid={data(paid)},",
        f"    codes={data(dict(lowered.choices))},",
        f"    statuses={data(('undetermined', *STATUSES[1:]))},",
        "    plans={",
        *plans,
        "    },",
        ")",
    ]
    return "\n\n".join(functions) + "\n\n" + "\n".join(rows) + "\n"


def _held(program: Program) -> list[Held]:
    """The facts of cases in their places, those of the household apart from those of persons."""
    items = [item for item in program.inputs if item.collection is None]
    known = {item.name for item in items}
    if program.about != "case":
        items += [item for item in (AGE, BIRTH_DATE) if item.name not in known]
    found: list[Held] = []
    for item in items:
        place = sum(each.declared.subject == item.subject for each in found)
        low, high = 1, 0
        if item.kind == "number":
            low, high = whole_bounds(item)
            low, high = max(low, -MOST), min(high, MOST)
        found.append(Held(item, place, _per(item), low, high))
    return found


def _per(item: Input) -> int:
    if item.kind == "number":
        return 1 if item.whole else 100
    return int(item.kind != "truth")


def _columns(held: list[Held], full: bool) -> Columns:
    """What plans may take each fact to be."""
    found: dict[tuple[Subject, str], Column] = {}
    for each in held:
        item = each.declared
        column = Column()
        match item.kind:
            case "number":
                low = -MOST if item.low is None else max(item.low, Fraction(-MOST))
                high = MOST if item.high is None else min(item.high, Fraction(MOST))
                ends = ceil(low * each.per), floor(high * each.per)
                column = Column(Fraction(1, each.per), *ends)
            case "choice":
                column = Column(high=_CHOICES)
            case "date":
                column = Column(low=FIRST_DAY, high=NEVER)
            case "truth":
                pass
        found[item.subject, item.name] = evolve(column, complete=full)
    return found


def _places(planned: Planned, places: Places) -> dict[Node, int]:
    """The places of the facts that a plan reads."""
    return {
        node: places["person" if node.of_person else "household", node.name]
        for node in needed(planned.nodes())
        if node.operator in ("column", "known")
    }


def _fact(held: Held, facts: Names) -> str:
    item = held.declared
    builtin = {AGE: "AGE", BIRTH_DATE: "BIRTH_DATE"}
    name = facts.get((item.subject, item.name)) or builtin[item]
    return f"Held({name}, {held.place}, {held.per}, {held.low}, {held.high})"


def _plan(rule: Definition, planned: Planned, name: str) -> str:
    said = [data(rule.name), data(rule.subject), data(rule.what), data(rule.kind), name]
    if planned.extent is not None:
        said += [data(planned.extent.low.part), data(planned.extent.high.part)]
    return f"Plan({', '.join(said)})"
