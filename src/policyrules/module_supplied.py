"""What a written module has instead of files and packages: their data, as far as it is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from policyrules.catalogue import CATALOGUE
from policyrules.data import package_folder
from policyrules.ir.nodes import Program
from policyrules.ir.walk import nodes
from policyrules.module_data import data, table
from policyrules.module_link import Place
from policyrules.syntax.names import number_of_members
from policyrules.syntax.words import Table, unit_table
from policyrules.types import workdays
from policyrules.types.units import YUAN, declared_money, definitions

_CODE = re.compile(r'"(PR6\d\d)"')
_ROW = 12
_ONE = timedelta(1)

_PROGRAM = '''
@frozen(kw_only=True)
class Program:
    """What a case of the ruleset may say."""

    about: About
    inputs: tuple[Input, ...]
    parameters: tuple[Parameter, ...]
    categories: tuple[tuple[str, tuple[str, ...]], ...] = ()
    labels: tuple[tuple[str, Text], ...] = ()

    @property
    def persons_only(self) -> bool:
        """Whether a case is one person and nothing else."""
        return self.about == "person"
'''

_BENCH = '''
class Bench:
    """Who decides within a range; this module does not tell."""
'''

_WORDS = '''
class Words:
    """Of the words of the language, those of units."""

    units: Table[str]


def words() -> Words:
    """What is known without a currency."""
    found = Words()
    found.units = unit_table("yuan")
    return found
'''

_UNIT_TABLE = '''
@lru_cache(maxsize=256)
def unit_table(currency: str) -> Table[str]:
    """The units that are known in a currency; of money, only those of the currency."""
    return table(_SPELLINGS[currency])
'''

_CALENDAR = '''
from attrs import frozen

@frozen
class Calendar:
    """The days off in the week, and the days worked at its end, of the years announced."""

    holidays: tuple[date, ...]
    changed: frozenset[int]

    def is_workday(self, day: date) -> bool:
        """Whether a day is worked."""
        return (day.weekday() < 5) is not (day.toordinal() in self.changed)


def calendar() -> Calendar | None:
    """The calendar, None where it was not known when this module was written."""
    return _CALENDAR


'''


def supplied(program: Program) -> Mapping[Place, str]:
    """The texts that stand for names of the package, in a module of this program."""
    currencies = dict.fromkeys((YUAN, program.currency))
    codes = {name: CATALOGUE[name] for name in sorted(_codes())}
    return {
        ("policyrules.ir.nodes", "Program"): _PROGRAM,
        ("policyrules.ir.facts", "Bench"): _BENCH,
        ("policyrules.syntax.words", "words"): _WORDS,
        ("policyrules.syntax.words", "unit_table"): _spellings([*currencies]) + _UNIT_TABLE,
        ("policyrules.syntax.names", "number_of_members"): (
            "def number_of_members() -> tuple[str, ...]:\n"
            '    """How the number of members may be called."""\n'
            f"    return {data(number_of_members())}\n"
        ),
        ("policyrules.types.units", "_declared"): _money(program.currency),
        ("policyrules.types.units", "definitions"): (
            "def definitions() -> Mapping[str, str]:\n"
            '    """The definitions of the base units."""\n'
            "    return _DEFINITIONS\n\n\n"
            + table(
                "_DEFINITIONS = ",
                [f"{data(word)}: {data(text)}" for word, text in definitions().items()],
                "{}",
            )
        ),
        ("policyrules.types.workdays", "calendar"): _CALENDAR + _days(program),
        ("policyrules.catalogue", "CATALOGUE"): "from policyrules.source import Text\n"
        + table(
            "CATALOGUE: dict[str, Entry] = ",
            [f"{data(code)}: {data(entry)}" for code, entry in codes.items()],
            "{}",
        ),
    }


def _codes() -> Iterator[str]:
    """The codes that the reader of a case, or of the names of rules, may report."""
    for file in (*package_folder().glob("case*.py"), package_folder() / "module_face.py"):
        yield from _CODE.findall(file.read_text("utf-8"))


def _spellings(currencies: list[str]) -> str:
    """The spellings of units by currency."""
    rows = [f"{data(name)}: {data(tuple(_listed(unit_table(name))))}" for name in currencies]
    return table("_SPELLINGS: dict[str, tuple[tuple[str, str], ...]] = ", rows, "{}")


def _listed(units: Table[str]) -> Iterator[tuple[str, str]]:
    for _, spellings in units.buckets.values():
        for spelling, payloads in spellings.items():
            yield from ((spelling, payload) for payload in payloads)


def _money(currency: str) -> str:
    """The units of money that the program has declared."""
    found = {
        word: made for word, made in declared_money().items() if currency in (word, made.whole)
    }
    return f"_declared: dict[str, Declared] = {data(found)}\n"


def _days(program: Program) -> str:
    """The calendar of working days, if a rule counts them."""
    counts = any(
        getattr(node, "operator", "") == "add_working_days"
        for rule in program.definitions
        for expr in rule.parts()
        for node in nodes(expr)
    )
    known = workdays.calendar() if counts else None
    if known is None:
        return "_CALENDAR: Calendar | None = None\n"
    first, last = workdays.covered()
    day, changed = date(first, 1, 1), []
    while day.year <= last:
        if known.is_workday(day) is not (day.weekday() < 5):
            changed.append(str(day.toordinal()))
        day += _ONE
    rows = [", ".join(changed[at : at + _ROW]) for at in range(0, len(changed), _ROW)]
    years = data((date(first, 1, 1), date(last, 1, 1)))
    return (
        table("_CHANGED = ", rows)
        + f"_CALENDAR: Calendar | None = Calendar({years}, frozenset(_CHANGED))\n"
    )
