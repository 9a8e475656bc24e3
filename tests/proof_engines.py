"""The part of `make proof` that runs random programs by every engine, against the evaluator.

The evaluator itself is compared with the oracle in the other part.
"""

from __future__ import annotations

from collections import Counter

import scripts
from attrs import field, frozen
from search import compiled, drawn
from sql_answers import compared, population
from sql_tables import DuckDB, SQLite
from test_columns import differences
from test_straight import examined

ENGINES = ("columns", "SQLite and DuckDB", "written modules", "scripts")


@frozen
class Engines:
    """What the engines have met: how many of what, and in which programs they differ."""

    counts: Counter[str] = field(factory=Counter)
    differences: list[str] = field(factory=list)

    def add(self, other: Engines) -> None:
        """Take over what another part has met."""
        self.counts.update(other.counts)
        self.differences.extend(other.differences)


def by_engines(seed: str, start: int, end: int) -> Engines:
    """What comes of the programs of some numbers."""
    met = Engines()
    with scripts.Node() as node:
        for number in range(start, end):
            text, cases = drawn(f"{seed}/engines/{number}")
            program = compiled(text).program
            met.counts["programs"] += 1
            met.counts["cases"] += len(cases)
            of_queries = compared([SQLite(), DuckDB()], population(program, cases))
            of_plans, counted = examined(program, cases)
            of_scripts, said = scripts.examined(node, program, cases)
            wrong = (differences(program, cases), of_queries.wrong, of_plans, of_scripts)
            met.counts["rows of queries"] += of_queries.counts.total()
            met.counts["rows of queries left open"] += of_queries.counts["open"]
            met.counts["answers of written modules by plans"] += counted["told"]
            met.counts["answers of scripts"] += said["told"]
            met.counts["outcomes that scripts leave untold"] += said["untold"]
            for engine, found in zip(ENGINES, wrong, strict=True):
                if found:
                    where = f"{engine}, program {number} of {seed}"
                    met.differences.append(f"{where}:\n{text}\n{found[0]}")
    return met


def report(met: Engines) -> list[str]:
    """The figures, a line each."""
    lines = [f"{count:>9,}  {name}, by every engine" for name, count in met.counts.items()]
    return [*lines, f"{len(met.differences):>9,}  differences between engines"]
