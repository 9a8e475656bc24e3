"""A ruleset as one Python module that needs nothing but the standard library.

What the module reads and computes with is the text of this package (`module_link.py`); its own are
the facts, the rules (`module_rules.py`) and the types of a case.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from policyrules.data import package_folder
from policyrules.ir.nodes import Definition, Document, Input, Parameter, Program
from policyrules.module_data import both, cited, data, note, table
from policyrules.module_link import Linked, Linker
from policyrules.module_plans import quick
from policyrules.module_rules import RuleWriter
from policyrules.module_supplied import supplied
from policyrules.module_types import case_types
from policyrules.results_outcome import result_kind
from policyrules.types.units import json_text, unit

NAME = "module"

_IMPORTS = """from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypedDict

from policyrules.backends.combinators import aggregate, fact, literal, read, reaching, settled
from policyrules.backends.combinators import Piece, supplied
from policyrules.backends.hulls import Needs
from policyrules.backends.paths import Reach
from policyrules.backends.written import Rule, op, per_day
from policyrules.case import AGE, BIRTH_DATE, CaseReader
from policyrules.ir.nodes import Collection, Counted, Input, NotInForce, NotStated, Parameter
from policyrules.ir.nodes import Program, Unsettled, Version
from policyrules.ir.ranges import Range
from policyrules.module_face import Answers, Checked, InputError, Outcome, Outcomes, Problem
from policyrules.module_face import to_json, unread
from policyrules.module_quick import Cells, Held, Plan, Quick, Rows
from policyrules.source import Text

"""


def linked(program: Program, on: date | None = None) -> Linked:
    """The module of a program, for one day or (None) for any, with what it is made of."""
    facts = [evolve(item, asks=None, readings=()) for item in program.inputs]
    names: dict[tuple[str, str], str] = {
        (item.subject, item.name): f"_fact_{place}" for place, item in enumerate(facts)
    }
    rules = RuleWriter(program, None if on is None else on.toordinal(), names).written()
    parts = [
        _IMPORTS + _public(program) + case_types(program),
        "".join(_fact(name, item) for name, item in zip(names.values(), facts, strict=True)),
        rules,
        "" if on is None else quick(program, on, names),
        _tables(program, [*names.values()], on),
        _evaluate(program, on),
    ]
    shim = (package_folder() / "module_shim.py").read_text("utf-8")
    made = Linker(supplied(program)).link(NAME, "\n\n".join(parts), shim)
    text = f'"""{_docstring(program, on)}"""\n\nfrom __future__ import annotations\n\n{made.text}'
    return evolve(made, text=text)


def python_source(program: Program, on: date | None = None) -> str:
    """The text of the module."""
    return linked(program, on).text


def _docstring(program: Program, on: date | None) -> str:
    """What the module is: the ruleset in both languages, its day, what it cites."""
    title = ", ".join(both(program.title.en, program.title.zh)) or program.id
    day = "for any day" if on is None else f"for {on.isoformat()}"
    lines = [
        f"{title}: the rules of {program.id}, {day}.",
        "",
        "Written by policyrules, whose answers it gives; only the standard library is needed.",
        "Do not edit: change the ruleset and write the module again.",
    ]
    documents = [*dict.fromkeys(map(_document, program.documents))]
    if documents:
        lines += ["", "Documents:", *(f"- {document}" for document in documents)]
    # No line may end the docstring or begin an escape.
    return "\n".join(note(line) for line in lines) + "\n"


def _document(document: Document) -> str:
    said = [document.label, document.title, document.number]
    return ", ".join(name for text in said if text for name in both(text.en, text.zh))


def _fact(name: str, item: Input) -> str:
    words = " / ".join(both(item.label.en, item.label.zh))
    said = f"{words}, {item.unit}" if item.unit else words
    return f"# {note(said)}, of the {item.subject}\n{name} = {data(item)}\n"


def _public(program: Program) -> str:
    """What callers use."""
    subjects = {"household": ["Household", "Person"], "person": ["Person"], "case": ["Facts"]}
    names = [*subjects[program.about], "Case", "Checked", "InputError", "Outcome", "Outcomes"]
    functions = ["check", "evaluate", "to_json"]
    return f"__all__ = {[*sorted([*names, 'Problem']), *functions]!r}\n\n"


def _tables(program: Program, facts: list[str], on: date | None) -> str:
    """What a case may say, and what its outcomes are measured in."""
    parameters = [data(_plain(item)) for item in program.parameters]
    categories = [data(row) for row in program.categories]
    labels = [data(row) for row in program.labels]
    own = [rule for rule in program.definitions if rule.own]
    return "\n".join(
        [
            table("_INPUTS: tuple[Input, ...] = ", facts),
            table("_PARAMETERS: tuple[Parameter, ...] = ", parameters),
            table("_CATEGORIES: tuple[tuple[str, tuple[str, ...]], ...] = ", categories),
            table("_LABELS: tuple[tuple[str, Text], ...] = ", labels),
            "_PROGRAM = Program(",
            f"    about={data(program.about)},",
            "    inputs=_INPUTS,",
            "    parameters=_PARAMETERS,",
            "    categories=_CATEGORIES,",
            "    labels=_LABELS,",
            ")",
            "_ANSWERS = Answers(",
            f"    ruleset={data(program.id)},",
            "    program=_PROGRAM,",
            "    rules=_RULES,",
            *["    shown={", *(f"        {_shown(rule)}," for rule in own), "    },"],
            "    called={",
            *(
                f"        {data(name)}: {data(rule.name)},"
                for rule in own
                for name in _called(rule)
            ),
            "    },",
            f"    reader=CaseReader(_PROGRAM, {data(on)}),",
            "    needs=Needs(_INPUTS),",
            f"    quick={None if on is None else '_QUICK'},",
            f"    read={'unread' if on is None else '_QUICK.reader()'},",
            "    kept={},",
            ")\n",
        ]
    )


def _plain(item: Parameter) -> Parameter:
    """A parameter as far as a case can supply its values."""
    versions = tuple(evolve(version, cites=()) for version in item.versions)
    return evolve(item, versions=versions, readings=(), alternatives=())


def _shown(rule: Definition) -> str:
    kind = result_kind(rule.kind, rule.unit)
    return f"{data(rule.name)}: ({data(kind)}, {data(json_text(unit(rule.unit)))})"


def _called(rule: Definition) -> list[str]:
    """The names of a rule, those in either language included."""
    return list(dict.fromkeys(each for each in (rule.name, rule.label.en, rule.label.zh) if each))


def _evaluate(program: Program, on: date | None) -> str:
    """The functions that callers use."""
    lines = [
        "def check(",
        "    case: Case | Mapping[str, object] | str | bytes, on: str | date | None = None",
        ") -> Checked:",
        '    """A case that `evaluate` takes as often as one likes, without reading it again.',
        "",
        "    Raises `InputError` with the problems of the case.",
        '    """',
        "    return _ANSWERS.check(case, on)",
        "",
        "",
        "def evaluate(",
        "    case: Case | Checked | Mapping[str, object] | str | bytes,",
        "    on: str | date | None = None,",
        "    *,",
        "    only: Iterable[str] | None = None,",
        ") -> Outcomes:",
        '    """The outcomes of a case, by the name of the rule and the path of the subject.',
        "",
        "    `case` is Python data with exact numbers, or JSON text. Facts left out are missing:",
        "    outcomes are then bounds or undetermined, and name what they need. `only` leaves out",
        "    the outcomes of all rules but these, named in either language.",
        "",
        "    Raises `InputError` with the problems of the case.",
        *["", "    The outcomes:", "", *map(_rule, _own(program))],
        '    """',
        "    return _ANSWERS.to(case, on, only)\n",
    ]
    if on is not None:
        lines.insert(23, f"    The rules are those of {on.isoformat()}, and of no other day.")
    return "\n".join(lines)


def _own(program: Program) -> Iterator[Definition]:
    return (rule for rule in program.definitions if rule.own)


def _rule(rule: Definition) -> str:
    """A line that tells what a rule is called, measured in, and by which clauses it is."""
    words = " / ".join(both(rule.label.en, rule.label.zh))
    cites = "; ".join(map(cited, rule.cites))
    said = [words, rule.unit, f"of the {rule.subject}", cites]
    return f"    - {note(', '.join(part for part in said if part))}"
