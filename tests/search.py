"""A long search for a difference between the product and the oracle, without Hypothesis.

A number gives a program and its cases, always the same ones; so what is found can be looked at
again, and many processes can search at once.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from agreement import Outcomes, as_exact_as_it_can_be, as_product_has_it, facts_of, ruleset_of
from attrs import field, frozen
from oracle import outcomes
from oracle_paths import TooManyPaths
from strategies import Author, ruleset
from strategies_cases import (
    Case,
    Drawn,
    case_of,
    declared_in,
    domains,
    filled,
    some_author,
    some_case,
)

from policyrules.compiler import Compiled, compile_source
from policyrules.ir.nodes import Apply, Program
from policyrules.ir.walk import nodes
from policyrules.source import Source
from policyrules.syntax import ast
from policyrules.syntax.walk import walk

CASES = 3


@frozen
class Difference:
    """A case of which the product says something else than the oracle, or one of them fails.

    A failure is told in words, since not every exception reaches another process.
    """

    where: str
    case: Case
    expected: Outcomes | str
    found: Outcomes | str

    def __str__(self) -> str:
        """The rules, the case, and both sides of every outcome that differs."""
        case, on = self.case
        lines = [self.where, f"case on {on}: {case}"]
        if isinstance(self.expected, str):
            return "\n".join([*lines, f"the oracle fails: {self.expected}"])
        if isinstance(self.found, str):
            return "\n".join([*lines, f"the product fails: {self.found}"])
        for key in dict.fromkeys([*self.expected, *self.found]):
            expected, found = self.expected.get(key), self.found.get(key)
            if expected != found:
                lines += [f"{key}", f"  oracle:  {expected}", f"  product: {found}"]
        return "\n".join(lines)


@frozen
class Tally:
    """What a search has met: how many of what, and the differences."""

    counts: Counter[str] = field(factory=Counter)
    differences: list[Difference] = field(factory=list)

    def add(self, other: Tally) -> None:
        """Take over what another search has met."""
        self.counts.update(other.counts)
        self.differences.extend(other.differences)

    def note_program(self, program: Program, trees: tuple[ast.Ruleset, ...]) -> None:
        """Count a program, and the forms and operators that it is made of."""
        self.counts["programs"] += 1
        rules = [rule for rule in program.definitions if rule.own]
        exprs = [e for rule in rules for e in (rule.value, rule.holds, rule.amount) if e]
        operators = {n.operator for e in exprs for n in nodes(e) if isinstance(n, Apply)}
        forms = {type(node).__name__ for node in walk(trees)}
        self.counts.update(f"operator {name}" for name in operators)
        self.counts.update(f"form {name}" for name in forms)

    def note_case(self, expected: Outcomes) -> None:
        """Count a case and what the oracle says of it."""
        self.counts["cases"] += 1
        self.counts["cases with gaps that matter"] += any(o.needs for o in expected.values())
        self.counts["outcomes"] += len(expected)
        for outcome in expected.values():
            self.counts[f"status {outcome.status}"] += 1
            self.counts[f"basis {outcome.basis or 'none'}"] += 1


def drawn(seed: str) -> tuple[str, list[Case]]:
    """The program and the cases of a seed: some with gaps, the last one without."""
    author = some_author(random.Random(seed).choice)  # noqa: S311 - nothing secret
    text = ruleset(author)
    cases = [some_case(author, text) for _ in range(CASES - 1)]
    case, on = some_case(author, text)
    return text, [*cases, (filled(author, Drawn(text, case, on), frozenset()), on)]


def compiled(text: str) -> Compiled:
    """A program in memory."""
    return compile_source(Source("drawn.rules", text))


def difference(program: Program, where: str, case: Case, expected: Outcomes) -> Difference | None:
    """What the product says of a case that the oracle does not; None if they agree."""
    found: Outcomes | str
    try:
        found = as_exact_as_it_can_be(as_product_has_it(program, *case), expected, case[0])
    except Exception as error:  # noqa: BLE001 - evaluation never fails; if it does, that is found
        found = repr(error)
    return None if found == expected else Difference(where, case, expected, found)


def searched(
    where: str, program: Program, trees: tuple[ast.Ruleset, ...], cases: Iterator[Case]
) -> Tally:
    """What comes of the cases of one program."""
    tally = Tally()
    tally.note_program(program, trees)
    for case in cases:
        try:
            expected = outcomes(list(trees), *case)
        except TooManyPaths:
            tally.counts["cases of too many paths for the oracle"] += 1
            continue
        except Exception as error:  # noqa: BLE001 - the definition does not fail either
            tally.differences.append(Difference(where, case, repr(error), {}))
            continue
        tally.note_case(expected)
        found = difference(program, where, case, expected)
        if found is not None:
            tally.differences.append(found)
    return tally


def search_drawn(seed: str) -> Tally:
    """What comes of the program of a seed."""
    text, cases = drawn(seed)
    where = f"--- program {seed}\n{text}"
    try:
        found = compiled(text)
    except Exception as error:  # noqa: BLE001 - the rules are drawn so that they compile
        return Tally(differences=[Difference(where, cases[0], {}, repr(error))])
    tally = searched(where, found.program, found.trees, iter(cases))
    if tally.differences:
        tally.differences[0] = smaller(where, text, tally.differences[0])
    return tally


def drawn_cases(name: str, seed: str, count: int) -> list[Case]:
    """So many cases of a written ruleset."""
    program, trees = ruleset_of(name)
    facts = facts_of(program, trees)
    choose = random.Random(f"{seed}/{Path(name).name}").choice  # noqa: S311 - nothing secret
    author = Author(choose, persons_only=program.about == "person")
    return [case_of(author, facts, program.about) for _ in range(count)]


def search_written(name: str, seed: str, count: int) -> Tally:
    """What comes of so many cases of a written ruleset."""
    program, trees = ruleset_of(name)
    where = f"--- ruleset {name}, seed {seed}"
    return searched(where, program, tuple(trees), iter(drawn_cases(name, seed, count)))


def smaller(where: str, text: str, found: Difference) -> Difference:
    """A difference beside the fewest lines of the rules that still show one of its kind.

    Facts that no line declares any more are dropped with their line.
    """
    lines = text.splitlines(keepends=True)
    fails = isinstance(found.found, str)
    for place in range(len(lines) - 1, 0, -1):
        below = lines[place + 1 :]
        own = 0 if _is_below(lines[place]) else len(list(takewhile(_is_below, below)))
        fewer = [*lines[:place], *below[own:]]
        shown = _shown(where, "".join(fewer), found.case)
        if shown is not None and isinstance(shown.found, str) == fails:
            lines, found = fewer, shown
    return found


def _is_below(line: str) -> bool:
    return line.startswith(" ")


def _shown(where: str, text: str, case: Case) -> Difference | None:
    """The difference that a text shows of a case; None where it is no ruleset, or shows none."""
    case = _declared(text, case[0]), case[1]
    try:
        made = compiled(text)
        expected = outcomes(list(made.trees), *case)
    except Exception:  # noqa: BLE001 - whatever a text without one of its lines lacks
        return None
    return difference(made.program, f"{where}\n--- of it\n{text}", case, expected)


def _declared(text: str, case: dict[str, Any]) -> dict[str, Any]:
    """A case without the facts and figures that a text does not declare."""
    of_person, of_household = domains(text)
    known = declared_in(text)
    people = {*of_person, "birth date"}
    return {
        "household": {n: v for n, v in case["household"].items() if n in of_household},
        "members": case["members"]
        and [{n: v for n, v in each.items() if n in people} for each in case["members"]],
        "parameters": {
            key: value
            for key, value in case["parameters"].items()
            if (key if isinstance(key, str) else key[0]) in known
        },
    }
