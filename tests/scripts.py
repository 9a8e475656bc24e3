"""Scripts of rulesets in Node, and what they say of cases beside the evaluator."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, Self

from agreement import product_case

from policyrules.diagnostics import InputError
from policyrules.ir.nodes import Program
from policyrules.javascript import javascript
from policyrules.ruleset import Ruleset

NODE = shutil.which("node") or "Debian's nodejs"
# Reads a line of JSON, answers with one: a script to run, or a case of the last one.
_LOOP = """
const vm = require("vm");
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const asked = JSON.parse(line);
  let said = null;
  try {
    if (asked.script) vm.runInThisContext(asked.script);
    else if (asked.ruleset) said = Object.values(policyrules).at(-1).ruleset;
    else said = Object.values(policyrules).at(-1).evaluate(asked.case, asked.on);
  } catch (error) {
    said = error.problems ? error.problems.map((each) => [each.code, each.path]) : error.stack;
  }
  const plain = (_, value) => (typeof value === "bigint" ? String(value) : value);
  process.stdout.write(JSON.stringify(said, plain) + "\\n");
});
"""


class Node:
    """A process that runs scripts."""

    def __init__(self) -> None:
        self._program: Program | None = None
        self._process = subprocess.Popen(
            [NODE, "-e", _LOOP], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, script: str) -> None:
        """Run a script; its ruleset answers from then on."""
        self._program = None
        said = self._ask({"script": f"var policyrules = {{}};\n{script}"})
        assert said is None, said

    def load(self, program: Program) -> None:
        """Run the script of a program, unless it is the last one."""
        if program is not self._program:
            self.run(script_of(program))
            self._program = program

    def evaluate(self, case: Any, on: str | None) -> Any:
        """What the ruleset says of a case: its data, the problems, or how it failed."""
        return self._ask({"case": case, "on": on})

    def ruleset(self) -> Any:
        """What the last script says of its rules and inputs, as far as JSON can."""
        return self._ask({"ruleset": True})

    def _ask(self, asked: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def script_of(program: Program, *, module: bool = False) -> str:
    """The script of all rules of a program."""
    return javascript(program, None, None, "en", module=module)


def examined(
    node: Node, program: Program, cases: Iterable[tuple[dict[str, Any], date]]
) -> tuple[list[Any], Counter[str]]:
    """The outcomes that a script tells otherwise than the evaluator, and how many of what."""
    rules = Ruleset(program)
    node.load(program)
    wrong: list[Any] = []
    met: Counter[str] = Counter()
    for drawn, on in cases:
        given = product_case(drawn, program.about)
        met["cases with supplied parameters"] += "parameters" in given
        try:
            expected = rules.evaluate(given, on).to_dict()
        except InputError as error:
            problems = [[each.code, str(each.place)] for each in error.diagnostics]
            said = node.evaluate(plainly(given), on.isoformat())
            if said != problems:
                wrong.append((given, on, said, problems))
            continue
        said = node.evaluate(plainly(given), on.isoformat())
        wrong += [(given, on, *each) for each in differences(said, expected, met)]
    return wrong, met


def differences(said: Any, expected: Any, met: Counter[str]) -> Iterable[tuple[Any, Any, Any]]:
    """What is told otherwise: of which outcome, what the script says, what the evaluator does."""
    if not isinstance(said, dict):
        yield None, said, None
        return
    for name, rule in expected["outcomes"].items():
        told = said["outcomes"].get(name)
        if told is None:
            met["left out"] += 1
            continue
        for path, outcome in rule["of"].items():
            found = told["of"].get(path)
            if found is not None and found["status"] == "untold":
                met["untold"] += 1
                continue
            met["told"] += 1
            met[outcome["status"]] += 1
            met["needs"] += bool(outcome["needs"])
            if in_any_order(found) != in_any_order(outcome):
                yield (name, path), found, outcome
        if rule.get("needs") != told.get("needs"):
            yield name, told, rule


def in_any_order(outcome: dict[str, Any]) -> dict[str, Any]:
    """An outcome whose flags are in no order: that of a plan is another than that of a path."""
    return {**outcome, "flags": sorted(outcome["flags"])}


def plainly(data: Any) -> Any:
    """The same case as JSON has it, with exact numbers as texts."""
    match data:
        case dict():
            return {name: plainly(value) for name, value in data.items()}
        case list() | tuple():
            return [plainly(value) for value in data]
        case Fraction() if data.denominator == 1 and abs(data) < 2**53:
            return data.numerator
        case Fraction():
            return decimal(data)
        case date():
            return data.isoformat()
        case _:
            return data


def decimal(number: Fraction) -> str:
    """A number as a text with at most six decimals."""
    parts = number * 10**6
    assert parts.denominator == 1, number
    whole, rest = divmod(abs(int(parts)), 10**6)
    return f"{'-' if number < 0 else ''}{whole}.{rest:06}"
