"""A case as it comes in (JSON text or Python data) becomes facts that an evaluator can use.

Names in either language become canonical, values become exact numbers in declared units. Every
problem is noted with its path; they are raised together, and then nothing is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

from policyrules import wording
from policyrules.case_json import (
    MOST_PROBLEMS,
    below,
    elements,
    entries,
    load,
    stop_if_problems,
)
from policyrules.case_lists import lists_of
from policyrules.case_names import CASE, HOUSEHOLD, MEMBERS, PERSON
from policyrules.case_parameters import read_parameters
from policyrules.case_python import plain
from policyrules.case_values import LONGEST, read_date, read_number, read_value, usual_value
from policyrules.diagnostics import Report, near, shown
from policyrules.ir.facts import MOST_MEMBERS, Facts, Value
from policyrules.ir.nodes import Input, Program
from policyrules.source import Text
from policyrules.types.dates import OLDEST, completed_years
from policyrules.wording import listed

Subject = Literal["household", "person"]
Usual = tuple[str, Callable[[object], Value | None]]
Case = str | bytes | Mapping[str, object]

AGE = Input(
    name="age",
    label=Text("age", "年龄"),
    subject="person",
    kind="number",
    unit="year_of_age",
    low=Fraction(0),
    high=Fraction(OLDEST),
    whole=True,
)
BIRTH_DATE = Input(
    name="birth date", label=Text("birth date", "出生日期"), subject="person", kind="date"
)

_MISTAKEN = {PERSON: "PR620", HOUSEHOLD: "PR621", CASE: "PR650"}
_ZERO = Fraction(0)
_BY_CASE = re.compile(r"(.+)(?:, case |，情形)\d+")


class CaseReader:
    """Reads cases for one program; holds the names of its inputs and no state of a case.

    Where the rules of one day `only` are known, no other day can be asked for.
    """

    def __init__(self, program: Program, only: date | None = None) -> None:
        self._program = program
        self._only = only
        declared = {item.name for item in program.inputs}
        built_in = tuple(item for item in (AGE, BIRTH_DATE) if item.name not in declared)
        self._lists = lists_of(program.inputs)
        inputs = tuple(item for item in program.inputs if item.collection is None) + built_in
        self._names: dict[Subject, dict[str, Input]] = {
            "household": _by_name(item for item in inputs if item.subject == "household"),
            "person": _by_name(item for item in inputs if item.subject == "person"),
        }
        self._paid = separate_cases(inputs)
        # Most facts have one of the usual forms, and are read without a look at anything else.
        self._usual: dict[Subject, dict[str, Usual]] = {
            subject: {
                name: (item.name, usual_value(item))
                for name, item in names.items()
                if (subject, name) not in self._paid
            }
            for subject, names in self._names.items()
        }

    def read(self, data: Case, on: str | date | None = None) -> Facts:
        """The facts of a case; raises `InputError` with its problems, `MOST_PROBLEMS` at most."""
        report = Report(MOST_PROBLEMS)
        node = load(data, report)
        stop_if_problems(report)
        top = self._top(node, report)
        day = _day(top.get("on"), on, self._only, report)
        household: dict[str, Value] = {}
        members: tuple[dict[str, Value], ...] | None
        if self._program.about == "case":
            items = entries(top.get(CASE, {}), CASE, report)
            household, members = self._facts(items, "household", CASE, report), ()
        elif self._program.persons_only:
            members = (self._person(top.get("person", {}), PERSON, day, report),)
        else:
            household, members = self._household(top.get("household", {}), day, report)
        given = top.get("parameters")
        parameters = {} if given is None else read_parameters(given, self._program, day, report)
        stop_if_problems(report)
        assert day is not None
        return Facts(day.toordinal(), household, members, parameters)

    def _top(self, node: object, report: Report) -> dict[str, object]:
        """The parts of a case; a part that is null counts as left out."""
        wanted = self._program.about
        known = ("on", wanted, "parameters")
        top: dict[str, object] = {}
        for key, value in entries(node, "", report):
            if key in _MISTAKEN and key != wanted:
                report.add(_MISTAKEN[wanted], key)
            elif key not in known:
                hint = None if report.full else near(key, known)
                report.add("PR603", below("", key), hint=hint, name=shown(key))
            elif key in top:
                report.add("PR606", key, name=key)
            else:
                top[key] = value
        return {key: value for key, value in top.items() if value is not None}

    def _household(
        self, node: object, day: date | None, report: Report
    ) -> tuple[dict[str, Value], tuple[dict[str, Value], ...] | None]:
        items = entries(node, HOUSEHOLD, report)
        facts = self._facts(items, "household", HOUSEHOLD, report)
        given = [value for key, value in items if key == "members"]
        if len(given) > 1:
            report.add("PR606", MEMBERS, name="members")
        if not given or given[0] is None:
            return facts, None
        people = elements(given[0], MOST_MEMBERS, MEMBERS, report)
        if people is None:
            return facts, None
        if not people:
            report.add("PR619", MEMBERS)
        return facts, tuple(
            self._person(person, f"{MEMBERS}[{index}]", day, report)
            for index, person in enumerate(people)
        )

    def _person(
        self, node: object, path: str, day: date | None, report: Report
    ) -> dict[str, Value]:
        facts = self._facts(entries(node, path, report), "person", path, report)
        birth = facts.get(BIRTH_DATE.name)
        if day is None or not isinstance(birth, int):
            return facts
        born = date.fromordinal(birth)
        if born > day:
            report.add("PR618", below(path, BIRTH_DATE.name), on=wording.day(day))
            return facts
        age = Fraction(completed_years(born, day))
        if age > OLDEST:
            found = wording.quantity(age, AGE.unit)
            report.add("PR635", below(path, BIRTH_DATE.name), on=wording.day(day), found=found)
            return facts
        if facts.setdefault(AGE.name, age) != age:
            given, computed = str(facts[AGE.name]), str(age)
            report.add("PR617", below(path, AGE.name), given=given, computed=computed)
        return facts

    def _facts(
        self,
        items: Iterable[tuple[str, object]],
        subject: Subject,
        path: str,
        report: Report,
    ) -> dict[str, Value]:
        facts: dict[str, Value] = {}
        implied: dict[str, Value] = {}
        gaps: dict[str, str] = {}  # under their names, as which key they were left open
        usual = self._usual[subject]
        for key, raw in items:
            if key in usual:
                name, read = usual[key]
                value = read(raw)
                if value is not None and name not in facts:
                    facts[name] = value
                    continue
            elif key == "members" and path == HOUSEHOLD:
                continue  # of persons, not of the household itself
            place = below(path, key)
            declared = self._names[subject].get(key)
            paid = self._paid.get((subject, key))
            listed = self._lists.get((subject, key))
            if listed is not None:
                new: dict[str, Value | None] = {**listed.read(raw, place, report)}
                new.setdefault(listed.collection.name, None)
            elif declared is not None:
                new = {declared.name: read_value(declared, raw, place, report)}
                if new[declared.name] == 0:  # A total of nothing is nothing in each case.
                    implied |= {item.name: _ZERO for item in paid or ()}
            elif paid is not None:
                new = _paid_in_no_case(paid, raw, place, report)
            else:
                self._unknown(key, subject, place, report)
                continue
            for name, value in new.items():
                if name in facts or name in gaps:
                    report.add("PR606", place, name=shown(key))
                elif value is None:
                    gaps[name] = key
                else:
                    facts[name] = value
        if gaps:
            for name in gaps.keys() & facts.keys():
                report.add("PR606", below(path, gaps[name]), name=shown(gaps[name]))
        return implied | facts if implied else facts

    def _unknown(self, key: str, subject: Subject, path: str, report: Report) -> None:
        other: Subject = "household" if subject == "person" else "person"
        if key in self._names[other] or {(other, key)} & {*self._paid, *self._lists}:
            report.add("PR605" if other == "person" else "PR625", path, name=shown(key))
            return
        hint = None
        if not report.full:
            # The words of the language are many, and only a mistake needs them.
            from policyrules.syntax.names import number_of_members  # noqa: PLC0415 (see above)

            lists = {name for of, name in self._lists if of == subject}
            word = key[:LONGEST]
            hint = near(word, {*self._names[subject], *lists}) or near(word, self._names[other])
            if subject == "household" and key in number_of_members():
                hint = _AS_MEMBERS
        report.add("PR604", path, hint=hint, name=shown(key))


_AS_MEMBERS = Text(
    'the members are counted: write one object for each, `"members": [{{}}, {{}}]` for two',
    '家庭成员人数按 members 所列成员计算，每名成员写一个对象，例如两人写成 "members": [{{}}, {{}}]',
)


def _by_name(inputs: Iterable[Input]) -> dict[str, Input]:
    return {
        name: item for item in inputs for name in (item.name, item.label.en, item.label.zh) if name
    }


def separate_cases(inputs: Iterable[Input]) -> dict[tuple[Subject, str], tuple[Input, ...]]:
    """Under its plain name, what a benefit has paid for each case that has a limit of its own."""
    groups: dict[tuple[Subject, str], tuple[Input, ...]] = {}
    for item in inputs:
        if item.source != "form":
            continue
        for name in dict.fromkeys((item.name, item.label.en, item.label.zh)):
            by_case = _BY_CASE.fullmatch(name or "")
            if by_case:
                key = item.subject, by_case[1]
                groups[key] = (*groups.get(key, ()), item)
    return groups


def _paid_in_no_case(
    cases: tuple[Input, ...], raw: object, path: str, report: Report
) -> dict[str, Value | None]:
    """The plain name of what was paid: 0 says so for every case, more cannot be told apart."""
    number = None
    if type(raw) is int and raw == 0:
        number = _ZERO
    elif raw is not None:
        number = read_number(raw, cases[0].label, cases[0].unit, path, report)
    if number:
        report.add("PR626", path, cases=listed(item.label for item in cases))
    return {item.name: number for item in cases}


def _day(in_case: object, on: str | date | None, only: date | None, report: Report) -> date | None:
    """The date for which the case is evaluated: from the call, else from the case."""
    day = None if in_case is None else read_date(in_case, "on", report)
    if on is not None:
        day = read_date(plain(on), "on", report)
    elif in_case is None and only is None:
        report.add("PR627", "on")
    elif in_case is None:
        day = only
    if only is not None and day not in (None, only):
        report.add("PR682", "on", known=wording.day(only))
    return day
