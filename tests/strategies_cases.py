"""Random cases with gaps, for the rulesets of `strategies` and for others.

Whoever chooses is Hypothesis in the tests, and a plain random generator in the long search.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from operator import ge, gt, le, lt
from typing import Any

from attrs import frozen
from hypothesis import strategies as st
from oracle_lists import Listed
from strategies import AMOUNTS, AREAS, DATES, TIERS, Author, ruleset
from strategies_prelude import declarations, names_of

from policyrules.syntax import ast


@frozen
class Drawn:
    """A ruleset, a case for it in declared units, and a date."""

    text: str
    case: dict[str, Any]
    on: date


BOUNDED = tuple(Fraction(amount) for amount in AMOUNTS)
FREE = (*BOUNDED, Fraction(10**6), Fraction(10**12))
ANSWERS = (True, False)
OF_PERSON: Mapping[str, tuple[Any, ...]] = {
    "wage": BOUNDED,
    "cost": FREE,
    "tekun": ANSWERS,
    "dibao recipient": ANSWERS,
    "joined": ANSWERS,
    "tier": TIERS,
    "age": tuple(Fraction(age) for age in (17, 18, 59, 60)),
    "start": (
        *(date(2022, 12, 31), date(2023, 1, 1), date(2024, 1, 1)),
        *(date(2020, 2, 29), date(2022, 8, 1), date(2022, 8, 31)),
    ),
}
OF_HOUSEHOLD: Mapping[str, tuple[Any, ...]] = {
    "income": FREE,
    "rent": BOUNDED,
    "damage": BOUNDED,
    "sudden hardship": ANSWERS,
    "urgent hardship": ANSWERS,
    "area": AREAS,
}
FAILING = (
    *(date(2022, 6, 1), date(2022, 7, 31), date(2022, 12, 31), date(2023, 1, 1)),
    *(date(2023, 2, 1), date(2023, 7, 1), date(2023, 7, 2), date(2024, 2, 29)),
)
_RUNNING = re.compile(r"^    (.*)in total up to \d+ yuan per (year|month)", re.MULTILINE)


def _paid(text: str, where: str) -> dict[str, tuple[Any, ...]]:
    """The inputs that say what the benefits of a subject have already paid, with their values."""
    paid: dict[str, tuple[Any, ...]] = {}
    for block in text.split("benefit ")[1:]:
        name, entity = block.split(":")[0].split(" of ")
        if entity != where:
            continue
        if "times per year" in block:
            paid[f"{name} times this year"] = (Fraction(0), Fraction(1), Fraction(2))
        if "for at most 12 months" in block:
            paid[f"months of {name} paid"] = (Fraction(0), Fraction(11), Fraction(12))
        if "    grace " in block:
            paid[f"previous payment of {name}"] = FREE
            paid[f"date from which {name}'s conditions fail"] = FAILING
        found = _RUNNING.findall(block)
        lines = [period for line, period in found if not line.startswith("limits")]
        separate = "counted separately" in block
        totals = [period for line, period in found if line.startswith("limits") or not separate]
        paid.update({f"{name} paid this {period}": FREE for period in totals})
        if separate:
            cases = (f"{name} paid this {p}, case {n + 1}" for n, p in enumerate(lines))
            paid.update(dict.fromkeys(cases, FREE))
    return paid


def _facts(author: Author, domains: Mapping[str, tuple[Any, ...]]) -> dict[str, Any]:
    """The facts of one subject, with gaps."""
    facts = {
        n: _records(author, values) if isinstance(values, dict) else author.pick(*values)
        for n, values in domains.items()
        if not author.maybe(4)
    }
    if "age" in domains and "age" not in facts and author.maybe():
        facts["birth date"] = author.pick(date(1963, 8, 1), date(1963, 8, 2), date(2004, 2, 29))
    for name in [name for name in facts if name.endswith("case 1")]:
        plain = name.removesuffix(", case 1")
        if author.maybe(3):
            facts = {n: value for n, value in facts.items() if not n.startswith(plain)}
            facts[plain] = Fraction(0)
    return facts


def _records(author: Author, fields: Mapping[str, tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The records of a list, with gaps."""
    return [_facts(author, fields) for _ in range(author.pick(0, 1, 2))]


Draw = Callable[[st.SearchStrategy[Any]], Any]
Case = tuple[dict[str, Any], date]


def by(draw: Draw) -> Callable[[Sequence[Any]], Any]:
    """Hypothesis as the one who chooses."""
    return lambda options: draw(st.sampled_from(options))


def some_author(choose: Callable[[Sequence[Any]], Any]) -> Author:
    """Someone who writes rules of households, or one time in five of persons alone."""
    return Author(choose, persons_only=choose(range(5)) == 0)


@st.composite
def rulesets_and_cases(draw: Draw) -> Drawn:
    """A ruleset, a case and a date."""
    author = some_author(by(draw))
    text = ruleset(author)
    return Drawn(text, *some_case(author, text))


def some_case(author: Author, text: str) -> Case:
    """A case with gaps for a ruleset, and a date."""
    # Of somebody unknown, whether they are an elder and what an elder is are bounded one by one.
    fewest = 1 if "group elders" in text else 0
    count = 1 if author.persons_only else author.pick(*range(fewest, 4))
    of_person, of_household = domains(text)
    members = [_facts(author, of_person) for _ in range(count)]
    household = {} if author.persons_only else _facts(author, of_household)
    on = author.pick(*DATES)
    unstated: list[Any] = ["care standard"]
    if on.year > 2021:  # a table that is not in force yet takes no values
        unstated += [("partial amount", "second"), ("grid", "second", "rural")]
    declared = declared_in(text)
    parameters = {
        key: Fraction(350)
        for key in unstated
        if (key if isinstance(key, str) else key[0]) in declared and author.maybe(3)
    }
    return {"household": household, "members": members or None, "parameters": parameters}, on


def domains(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts of a person and of a household with their values."""
    declared = {"age", *declared_in(text)}
    of_person = {name: values for name, values in OF_PERSON.items() if name in declared}
    of_household = {name: values for name, values in OF_HOUSEHOLD.items() if name in declared}
    return {**of_person, **_paid(text, "person")}, {**of_household, **_paid(text, "household")}


def declared_in(text: str) -> set[str]:
    """The names of what a text declares."""
    return {name for declaration in declarations(text) for name in names_of(declaration)}


def filled(author: Author, drawn: Drawn, keep: frozenset[tuple[Any, str]]) -> dict[str, Any]:
    """The case with every gap filled at random within its domain, except the needs to keep."""
    case = drawn.case

    def complete(member: int | None, facts: Mapping[str, Any], declared: Mapping[str, Any]) -> Any:
        missing = {
            name: values
            for name, values in declared.items()
            if not {name, name.split(", case")[0]} & set(facts) and (member, name) not in keep
        }
        if "birth date" in facts:
            missing.pop("age")
        return {**facts, **{name: author.pick(*values) for name, values in missing.items()}}

    of_person, of_household = domains(drawn.text)
    members = case["members"]
    if members is None and (None, "members") not in keep:
        members = [{} for _ in range(author.pick(1, 2))]
    if members is not None:
        members = [complete(i, facts, of_person) for i, facts in enumerate(members)]
    household = case["household"]
    if "of household" in drawn.text:
        household = complete(None, household, of_household)
    return {**case, "household": household, "members": members}


FIGURES = tuple(Fraction(figure) for figure in (0, 1, 2, 400, 700, 1200, 60000))
RECENT = (date(2022, 7, 31), date(2022, 8, 1), date(2023, 7, 31), date(2023, 8, 1))
DAYS = (date(1963, 8, 1), date(2004, 2, 29))


@st.composite
def cases_of(draw: Draw, names: Mapping[str, Any], about: str) -> Case:
    """A case with gaps for the facts that a ruleset declares, and a date."""
    return case_of(Author(by(draw), persons_only=about == "person"), names, about)


def case_of(author: Author, names: Mapping[str, Any], about: str) -> Case:
    """A case with gaps for the facts that a ruleset declares, and a date."""
    found: dict[str, dict[str, Any]] = {"household": {}, "person": {}}
    for name, declared in names.items():
        entity = None if name == "birth date" else getattr(declared, "entity", None)
        entity = "household" if entity == "case" else entity
        if isinstance(declared, Listed):
            fields = found[entity].setdefault(declared.of.name.key, {})
            fields[name] = _values(declared.field)
        elif entity in found and not isinstance(
            declared, ast.Definition | ast.Benefit | ast.Deadline
        ):
            found[entity][name] = _values(declared)
    count = 1 if about == "person" else 0 if about == "case" else author.pick(*range(3))
    members = [_facts(author, found["person"]) for _ in range(count)]
    household = {} if about == "person" else _facts(author, found["household"])
    case = {"household": household, "members": members or None, "parameters": {}}
    return case, author.pick(*(date(year, 8, 1) for year in (2020, 2022, 2023, 2024)))


def _values(declared: Any) -> tuple[Any, ...]:
    """Some values that a fact may have."""
    match declared:
        case ast.Category(values=values):
            return tuple(value.key for value in values)
        case ast.Field(type=ast.WrittenType(kind="date")):
            return RECENT
        case ast.Input(type=ast.WrittenType(kind="date")):
            return DAYS
        case (
            ast.Input(type=ast.WrittenType(kind="amount"), domain=domain)
            | ast.Field(type=ast.WrittenType(kind="amount"), domain=domain)
        ):
            ends = [(bound.operator, bound.of.value) for bound in domain]
            return tuple(f for f in FIGURES if all(_meets(f, *end) for end in ends))
        case ast.Input() | ast.Field() | ast.Statuses():
            return ANSWERS
        case _:
            return FIGURES


def _meets(figure: Fraction, operator: str, end: Fraction) -> bool:
    compare = {"<": lt, "<=": le, ">": gt, ">=": ge}[operator]
    return bool(compare(figure, end))
