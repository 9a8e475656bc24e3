"""Cases of which everything has a usual form, answered by plans in whole numbers.

Whatever is out of the ordinary, missing where it decides, or wrong, is left to the complete reader
and the rules: these give None for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

from attrs import frozen

from policyrules.case import AGE, BIRTH_DATE
from policyrules.case_values import LONGEST, read_value
from policyrules.diagnostics import Report
from policyrules.ir.facts import MOST_MEMBERS, Outcome, Status, What
from policyrules.ir.nodes import About, Entity, Input, Kind
from policyrules.types.dates import OLDEST, completed_years

MOST = 10**12  # of the declared unit, so that what plans compute with stays short
_TEXTS_KEPT = 1024
_MEMBERS = "members"
# The facts of a subject, each as a whole number or truth in its place; None is missing.
Cells = Sequence[Any]
# The number of a status, what is noted, and the figures or the value.
Row = tuple[Any, ...]
Rows = list[Row]
Work = Callable[[Cells, Sequence[Cells]], "Rows | None"]
Texts = Callable[[str], "int | bool | None"]
# The place of a fact; the least and most whole number it may be, times how much; how text is read.
Field = tuple[int, int, int, int, Texts]
Known = tuple[Cells, Sequence[Cells]]


@frozen
class Held:
    """How plans hold a fact: in which place, a number as so many times `1 / per`.

    A `low` above the `high` says that it is no number; `per` is 0 for a yes or no.
    """

    declared: Input
    place: int
    per: int
    low: int
    high: int


@frozen
class Plan:
    """The plan of a rule: what gives its rows, and the sizes of what these count (low, high)."""

    name: str
    subject: Entity
    what: What
    kind: Kind
    work: Work
    low: Fraction = Fraction(1)
    high: Fraction = Fraction(1)


@frozen
class Quick:
    """What is answered quickly on the day `on`; `none_paid` are places that a plain 0 fills."""

    about: About
    on: date
    held: tuple[Held, ...]
    none_paid: Mapping[tuple[str, str], tuple[int, ...]]
    codes: Mapping[str, int]
    statuses: tuple[Status, ...]
    plans: Mapping[str, Plan]

    def reader(self) -> Callable[[object, object], Known | None]:
        """What reads a case; made once, with all that it looks up at hand."""
        home, person = self._fields("household"), self._fields("person")
        of_home, of_person = self._paid("household"), self._paid("person")
        sizes = [1 + max((h.place for h in self._of(who)), default=-1) for who in _SUBJECTS]
        about, days = self.about, (None, self.on, self.on.isoformat())
        ages = self._ages()

        def known(case: object, on: object) -> Known | None:
            if type(case) is not dict or type(on) not in _DAYS or on not in days:
                return None
            given, top = case.get("on"), case.get(about)
            if type(given) not in _DAYS or given not in days or len(case) > 1 + ("on" in case):
                return None
            if about == "person":
                one = _cells(top, person, of_person, sizes[1])
                return ((), (one,)) if one is not None and ages(one) else None
            cells = _cells(top, home, of_home, sizes[0], _MEMBERS)
            if about == "case" or cells is None:
                return None if cells is None else (cells, ())
            members = top[_MEMBERS]  # type: ignore[index]
            if type(members) is not list or not 0 < len(members) <= MOST_MEMBERS:
                return None
            people: list[Cells] = []
            for each in members:
                one = _cells(each, person, of_person, sizes[1])
                if one is None or not ages(one):
                    return None
                people.append(one)
            return cells, people

        def read(case: object, on: object) -> Known | None:
            try:
                return known(case, on)
            except Exception:  # noqa: BLE001 - a key of a class of the caller's may raise anything
                return None

        return read

    def outcome(self, plan: Plan, row: Row) -> Outcome:
        """What a row says of a subject, as the rules would."""
        status, noted = self.statuses[row[0]], row[1]
        made = partial(Outcome, status=status, what=plan.what, kind=plan.kind, flags=noted)
        if len(row) == _DENIED:
            return made()
        match plan.kind:
            case "number":
                low = Fraction(row[2] * plan.low.numerator, row[3] * plan.low.denominator)
                if len(row) == _SINGLE:
                    return made(low=low, high=low)
                high = Fraction(row[4] * plan.high.numerator, row[5] * plan.high.denominator)
                ends = (None if row[6] else low), (None if row[7] else high)
                several = ends[0] is None or ends[0] != ends[1]
                return made(low=ends[0], high=ends[1], discretion=bool(row[8]) and several)
            case "truth":
                return made(value=bool(row[2]))
            case "choice":
                return made(value=next(word for word in self.codes if self.codes[word] == row[2]))
            case "date":
                return made(value=row[2])

    def _of(self, subject: str) -> list[Held]:
        return [each for each in self.held if each.declared.subject == subject]

    def _fields(self, subject: str) -> dict[str, Field]:
        paid = {name for of, name in self.none_paid if of == subject}
        return {
            name: (each.place, each.low, each.high, each.per, self._texts(each))
            for each in self._of(subject)
            for name in (each.declared.name, each.declared.label.en, each.declared.label.zh)
            if name and name not in paid
        }

    def _paid(self, subject: str) -> dict[str, tuple[int, ...]]:
        return {name: places for (of, name), places in self.none_paid.items() if of == subject}

    def _texts(self, held: Held) -> Texts:
        """How the texts of a fact are read; None for what is wrong or in no whole parts."""

        @lru_cache(maxsize=_TEXTS_KEPT)
        def read(text: str) -> int | bool | None:
            value = read_value(held.declared, text, "", Report())
            if isinstance(value, str):
                return self.codes[value]
            if type(value) is not Fraction:
                return None if value is None else int(value)
            parts = value * held.per
            whole = parts.denominator == 1 and abs(parts) <= MOST * held.per
            return parts.numerator if whole else None

        return read

    def _ages(self) -> Callable[[list[Any]], bool]:
        """What fills in the age by the birth date, and says whether both can be so."""
        places = {each.declared.name: each.place for each in self._of("person")}
        born_in, aged_in = places.get(BIRTH_DATE.name), places.get(AGE.name)
        today, on = self.on.toordinal(), self.on

        def fill(cells: list[Any]) -> bool:
            born = None if born_in is None else cells[born_in]
            if born is None or aged_in is None:
                return True
            if cells[aged_in] is not None or born > today:
                return False
            cells[aged_in] = completed_years(date.fromordinal(born), on)
            return bool(cells[aged_in] <= OLDEST)

        return fill


_SUBJECTS = ("household", "person")
_DAYS = frozenset({type(None), date, str})
_DENIED, _SINGLE = 2, 4  # how long rows are that have no figure, or one


def _cells(
    raw: object,
    fields: Mapping[str, Field],
    paid: Mapping[str, tuple[int, ...]],
    size: int,
    members: str = "",
) -> list[Any] | None:
    """The facts of a subject in their places, without its `members`; None for what is unusual."""
    if type(raw) is not dict:
        return None
    cells: list[Any] = [None] * size
    for key, value in raw.items():
        field = fields.get(key)
        if field is None:
            if key == members:
                continue
            places = paid.get(key, ())
            if not places or type(value) is not int or value:
                return None
            for place in places:
                if cells[place] is not None:
                    return None
                cells[place] = 0
            continue
        place, low, high, per, texts = field
        cell: Any = None
        if value is True or value is False:
            cell = value if not per else None
        elif type(value) is int:
            cell = value * per if low <= value <= high else None
        elif type(value) is str and len(value) <= LONGEST:
            cell = texts(value)
        if cell is None or cells[place] is not None:
            return None
        cells[place] = cell
    return cells
