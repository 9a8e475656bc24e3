"""A ruleset as a script for web pages: exact, in whole numbers, without anything else.

The rules are written from their plans (`backends/javascript.py`); what reads a case and puts an
answer together is written by hand, in `javascript_reader.js` and `javascript_engine.js`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from fractions import Fraction
from math import ceil, floor

from attrs import define, field

from policyrules import wording
from policyrules.backends.javascript import Script, listed
from policyrules.case import AGE, BIRTH_DATE, separate_cases
from policyrules.case_json import DIGITS
from policyrules.data import package_folder
from policyrules.diagnostics import visible
from policyrules.ir.asking import PLACE, SPAN, ask, supplied
from policyrules.ir.exact import Figure
from policyrules.ir.lower import STATUSES, Lowered, Planned
from policyrules.ir.lowering import DATE, Column
from policyrules.ir.nodes import Definition, Input, Over, Program, Subject
from policyrules.ir.operators import FIRST_DAY, NEVER
from policyrules.ir.pieces import UNTOLD, Among, Mark
from policyrules.ir.walk import facts_read, nodes_read
from policyrules.ir.whole_nodes import Node
from policyrules.javascript_data import data, record, stripped, table
from policyrules.javascript_parameters import Cell, parameters, read_parameters
from policyrules.javascript_words import PARTS, limits, messages, words, written
from policyrules.results_outcome import result_kind
from policyrules.source import Language
from policyrules.types.units import json_text, unit
from policyrules.wording_plans import not_planned

_FAR = 10**DIGITS
_CHOICES = 10**6
_UNTOLD = "untold"  # What a plan leaves open.


def javascript(
    program: Program,
    only: Collection[str] | None,
    on: date | None,
    lang: Language,
    *,
    module: bool,
) -> str:
    """The script of a program's own rules or `only` some, for one day or (None) for any."""
    wanted = [
        rule.name
        for rule in program.definitions
        if rule.own and (only is None or rule.name in only)
    ]
    return _Writer(program, tuple(wanted), on, lang).text(module=module)


@define
class _Writer:
    """Writes the script of one ruleset."""

    program: Program
    only: tuple[str, ...]
    on: date | None
    lang: Language
    _inputs: tuple[Input, ...] = field(init=False)
    _read: list[Cell] = field(init=False)
    _plan: Lowered = field(init=False)
    _places: dict[tuple[bool, str], int] = field(factory=dict, init=False)
    _sizes: list[int] = field(factory=lambda: [0, 0], init=False)

    def __attrs_post_init__(self) -> None:
        items = [item for item in self.program.inputs if item.collection is None]
        known = {item.name for item in items}
        if self.program.about != "case":
            items += [item for item in (AGE, BIRTH_DATE) if item.name not in known]
        self._inputs = tuple(items)
        columns: dict[tuple[Subject, str], Column] = {
            (item.subject, item.name): _column(item) for item in items
        }
        self._read = read_parameters(self.program, self.only)
        for cell in self._read:
            columns["parameters", supplied(*cell)] = Column(Fraction(1, PARTS), -_FAR, _FAR)
        self._plan = ask(self.program, columns, self._day, self.only)
        for item in items:
            self._place(item.name, of_person=item.subject == "person")
        for cell in self._read:
            self._place(supplied(*cell), of_person=False)
        self._place(DATE, of_person=False)
        self._place(PLACE, of_person=True)
        for question in self._plan.questions:
            self._place(question.column, of_person=question.of_member)

    @property
    def _day(self) -> int | None:
        return None if self.on is None else self.on.toordinal()

    def _place(self, name: str, *, of_person: bool) -> None:
        self._places[of_person, name] = self._sizes[of_person]
        self._sizes[of_person] += 1

    def text(self, *, module: bool) -> str:
        """The script."""
        rules = [rule for rule in self.program.definitions if rule.name in self.only]
        planned = self._plan.outcomes
        roots = [node for each in planned.values() for node in _roots(each)]
        answers = frozenset(question.column for question in self._plan.questions)
        script = Script(tuple(roots), self._places, answers)
        written = [
            self._rule(rule, planned[rule.name], script) for rule in rules if rule.name in planned
        ]
        refused = [
            data([rule.name, rule.label.of(self.lang), not_planned(why).of(self.lang)])
            for rule in rules
            if (why := self._plan.refused.get(rule.name)) is not None
        ]
        parts = [
            f"const PLAN = {self._plan_text(script)};",
            f"const RULES = {self._rules_text(written, refused)};",
            f"const MESSAGES = {messages(self.lang)};",
            f"const WORDS = {words(self.lang)};",
            *(stripped(_runtime(name)) for name in ("engine", "reader")),
        ]
        return _framed(self.program, "\n".join(parts), module=module)

    def _plan_text(self, script: Script) -> str:
        questions = []
        for question in self._plan.questions:
            place = self._places[question.of_member, question.column]
            answers = [bool(each) if question.is_truth else each for each in question.answers]
            texts = [data(each) if question.is_truth else f"{each}n" for each in answers]
            questions.append(f"[{place},[{','.join(texts)}]]")
        return record(
            {
                "statuses": data((_UNTOLD, *STATUSES[1:])),
                "span": f"{SPAN}n",
                "sizes": data(self._sizes),
                "only": "null" if self._day is None else f"{self._day}n",
                "day": data(self._places[False, DATE]),
                "place": data(self._places[True, PLACE]),
                "questions": listed(questions),
                "nodes": listed(script.nodes()),
            }
        )

    def _rules_text(self, rules: list[str], refused: list[str]) -> str:
        program = self.program
        names = [
            (f"{item.subject} {name}", str(number))
            for number, item in enumerate(self._inputs)
            for name in dict.fromkeys((item.name, item.label.en, item.label.zh))
            if name
        ]
        numbers = {(item.subject, item.name): place for place, item in enumerate(self._inputs)}
        cases = [
            (f"{subject} {name}", data([numbers[item.subject, item.name] for item in items]))
            for (subject, name), items in separate_cases(self._inputs).items()
        ]
        lists = dict.fromkeys(
            f"{found.subject} {name}"
            for item in program.inputs
            if (found := item.collection) is not None
            for name in (found.name, found.label.en, found.label.zh)
            if name
        )
        birth, age = (self._places.get((True, item.name)) for item in (BIRTH_DATE, AGE))
        held = next((item for item in self._inputs if item.name == AGE.name), AGE)
        return record(
            {
                "id": data(program.id),
                "title": data(program.title.of(self.lang)),
                "about": data(program.about),
                "birth": data(birth if age is not None else None),
                "age": data(age),
                "agePer": f"{_per(held)}n",
                "inputs": listed(map(self._input, self._inputs)),
                "names": table(names),
                "cases": table(cases),
                **parameters(program, self._held(), self.lang),
                "lists": f"new Set({data(list(lists))})",
                "rules": listed(rules),
                "refused": listed(refused),
            }
        )

    def _held(self) -> dict[Cell, int]:
        """Where the script holds the values that a case may supply."""
        return {cell: self._places[False, supplied(*cell)] for cell in self._read}

    def _input(self, item: Input) -> str:
        parts = {
            "name": data(item.name),
            "label": data(item.label.of(self.lang)),
            "subject": data(item.subject),
            "kind": data(item.kind),
            "place": data(self._places[item.subject == "person", item.name]),
        }
        if item.kind == "number":
            parts |= written(item.label, item.unit, _per(item), self.lang)
            parts |= limits(item, item.unit, self.lang)
            if item.whole:
                parts["whole"] = "true"
        if item.kind == "choice":
            choices = self._plan.choices
            parts["values"] = table(
                (name, f"{choices[value]}n")
                for value, label in item.values
                for name in dict.fromkeys((value, label.en, label.zh))
                if name
            )
            parts["known"] = data(wording.listed(label for _, label in item.values).of(self.lang))
            parts["choices"] = data([[value, label.of(self.lang)] for value, label in item.values])
        return record(parts)

    def _rule(self, rule: Definition, planned: Planned, script: Script) -> str:
        of = script.function
        parts = {
            "name": data(rule.name),
            "label": data(rule.label.of(self.lang)),
            "subject": data(rule.subject),
            "what": data(rule.what),
            "kind": data(result_kind(rule.kind, rule.unit)),
            "unit": data(json_text(unit(rule.unit))),
            "unitWords": data(wording.unit_words(rule.unit).of(self.lang) if rule.unit else ""),
            "reads": data(self._reads(rule)),
        }
        if rule.kind == "number":
            parts["isNumber"] = "true"
        if any(isinstance(node, Over) for node in nodes_read(self.program, [rule.name])):
            parts["ofMembers"] = "true"
        if rule.kind == "choice":
            values = sorted(self._plan.choices, key=self._plan.choices.__getitem__)
            parts["words"] = data(values)
        parts |= {
            "question": of(planned.question),
            "status": of(planned.status),
            "valued": of(planned.valued),
            "marks": listed(self._marks(planned, script)),
        }
        return record(parts | self._value(planned, script))

    def _reads(self, rule: Definition) -> list[int]:
        """The places of the inputs that a form has to ask for."""
        facts = facts_read(self.program, [rule.name])
        if any(name == AGE.name for _, name in facts):
            facts |= {("person", BIRTH_DATE.name)}  # from which an age follows
        return [
            place for place, item in enumerate(self._inputs) if (item.subject, item.name) in facts
        ]

    def _value(self, planned: Planned, script: Script) -> dict[str, str]:
        """What gives the value of an outcome, or the ends between which it lies."""
        of, extent = script.function, planned.extent
        if extent is None:
            assert planned.value is not None
            return {"value": of(planned.value)}
        return {
            "low": _end(extent.low, script),
            "high": _end(extent.high, script),
            "lowOpen": of(extent.low_open),
            "highOpen": of(extent.high_open),
            "discretion": of(extent.discretion),
            "missing": of(extent.missing),
        }

    def _marks(self, planned: Planned, script: Script) -> Iterator[str]:
        for mark, noted in planned.marks.items():
            found = _mark(mark)
            if found is not None:
                of = [data(part) for part in found] + [script.function(noted)]
                if isinstance(mark, Among):
                    of.append(script.among(mark.noted))
                yield f"[{','.join(of)}]"


def _mark(mark: Mark) -> tuple[str, str] | None:
    """What a mark says: a flag, or whose fact of what name is missing; None for nothing."""
    match mark:
        case Among(name):
            return "among", name
        case ("silent", _):
            return None
        case (whose, name):
            return whose, name
        case str(flag):
            assert flag != UNTOLD
            return "flag", flag


def _roots(planned: Planned) -> Iterator[Node]:
    """All that must be known of an outcome."""
    yield from (planned.question, planned.status, planned.valued)
    for mark, noted in planned.marks.items():
        yield noted
        if isinstance(mark, Among):
            yield mark.noted
    extent = planned.extent
    if extent is None:
        assert planned.value is not None
        yield planned.value
        return
    for end in (extent.low, extent.high):
        yield from (end.whole, *end.by)
    yield from (extent.low_open, extent.high_open, extent.discretion, extent.missing)


def _end(figure: Figure, script: Script) -> str:
    """An end of a number: the whole number, by what it is divided, and its part."""
    by = ",".join(script.function(each) for each in figure.by)
    part = figure.part
    return f"[{script.function(figure.whole)},[{by}],{part.numerator}n,{part.denominator}n]"


def _per(item: Input) -> int:
    return 1 if item.whole else PARTS


def _column(item: Input) -> Column:
    """How a script holds an input."""
    match item.kind:
        case "number":
            per = _per(item)
            low = -_FAR * per if item.low is None else ceil(item.low * per)
            high = _FAR * per if item.high is None else floor(item.high * per)
            return Column(Fraction(1, per), low, high)
        case "choice":
            return Column(high=_CHOICES)
        case "date":
            return Column(low=FIRST_DAY, high=NEVER)
        case "truth":
            return Column()


def _runtime(name: str) -> str:
    return (package_folder() / f"javascript_{name}.js").read_text("utf-8")


def _framed(program: Program, body: str, *, module: bool) -> str:
    """The script with its head, and what it offers: a module its names, a script one object."""
    title = visible(program.title.of("en")).replace("*/", "* /").replace("<", "‹")
    head = (
        f"/* {title} ({program.id}): written by policyrules.\n"
        "   Do not edit: change the ruleset and write the script again. */\n"
    )
    if module:
        return f"{head}{body}export {{ evaluate, InputError, RULES as ruleset }};\n"
    return (
        f"{head}var policyrules = globalThis.policyrules ?? {{}};\n"
        f'policyrules[{data(program.id)}] = (() => {{\n"use strict";\n'
        f"{body}return {{ evaluate, InputError, ruleset: RULES }};\n}})();\n"
    )
