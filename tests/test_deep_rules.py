"""Rules that rest on one another as deep as can be written: an answer or a finding, soon."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError
from policyrules.render import render
from policyrules.semantics.depth import DEEPEST
from policyrules.source import Source

HEADER = """ruleset test
input x of household: yuan, at least 0
input poor of household: yes or no
input wage of person: yuan, at least 0
"""
FIGURE = "define last of household: yuan\n"
TRUTH = "define last of household: yes or no\n    "
GRANT = "benefit last of household: yuan, one-off\n"


def chain(
    first: str, step: str, kind: str = "define {} of household: yuan"
) -> Callable[[int], str]:
    """Rules of which each reads the one before; `{p}` in `step` is its name."""

    def text(number: int) -> str:
        names = [*(f"a{place}" for place in range(number - 1)), "last"]
        lines = [
            f"{kind.format(name)}\n{step.format(p=names[place - 1]) if place else first}\n"
            for place, name in enumerate(names)
        ]
        return HEADER + "".join(lines)

    return text


def many(start: str, line: str, end: str = "") -> Callable[[int], str]:
    """One rule with many lines; `{}` and `{n}` are their numbers from 1 and from 2."""

    def text(number: int) -> str:
        lines = (line.format(place, n=place + 1) for place in range(1, number + 1))
        return HEADER + start + "".join(lines) + end.format(number + 1)

    return text


SHAPES: dict[str, Callable[[int], str]] = {
    "figures": chain("    x", "    {p} + 1 yuan"),
    "twice": chain("    x", "    {p} + {p}"),
    "conditions": chain(
        "    poor", "    {p} or x is 5 yuan", kind="define {} of household: yes or no"
    ),
    "persons": chain(
        "    wage", "    the higher of {p} and 5 yuan", kind="define {} of person: yuan"
    ),
    "benefits": chain(
        "    when poor\n    pays x",
        "    when poor\n    pays {p} + 1 yuan",
        kind="benefit {} of household: yuan, one-off",
    ),
    "nested": chain("    x", f"    {'(' * 20}{{p}}{' + 1 yuan)' * 20}"),
    "bounded": chain("    x", f"    {'(' * 15}{{p}}{', but at least 1 yuan, up to 5 yuan)' * 15}"),
    "members": lambda number: (
        HEADER
        + "define b of household: yuan\n    the sum of last over members\n"
        + chain("    wage", "    {p} + 1 yuan", "define {} of person: yuan")(number)[len(HEADER) :]
    ),
    "brackets": lambda number: HEADER + FIGURE + f"    {'(' * number}x{' + 1 yuan)' * number}\n",
    "and or": lambda number: (
        HEADER
        + TRUTH
        + "(" * number
        + "poor"
        + "".join(f" {('and', 'or')[place % 2]} x is 5 yuan)" for place in range(number))
        + "\n"
    ),
    "sum": lambda number: HEADER + FIGURE + "    x" + " + x" * number + "\n",
    "or": lambda number: HEADER + TRUTH + "poor" + " or x is 5 yuan" * number + "\n",
    "list": many(TRUTH + "any of:\n", "        ({}) x is {n} yuan;\n", "        ({}) poor\n"),
    "cases": many(GRANT, "    case x is less than {} yuan: {n} yuan\n", "    otherwise nothing\n"),
    "figures by case": many(
        FIGURE, "    case x is less than {} yuan: {n} yuan\n", "    otherwise 3 yuan\n"
    ),
    "brackets of an amount": many(
        FIGURE + "    base x\n    the part up to 1 yuan: nothing\n",
        "    the part above {} yuan up to {n} yuan: 50%\n",
        "    the part above {} yuan: 5%\n",
    ),
    "bands": many(
        FIGURE + "    base x\n    band up to 1 yuan: nothing\n",
        "    band above {} yuan up to {n} yuan: 50%\n",
        "    band above {} yuan: 5%\n",
    ),
    "limits": many(GRANT + "    pays x\n", "    limits up to {} yuan\n"),
    "top-ups": many(GRANT + "    pays x\n", "    top-up of {} yuan, cumulative\n"),
    "versions": lambda number: (
        HEADER
        + "parameter p: yuan\n"
        + "".join(f"    from {1500 + place}-01-01: {place}\n" for place in range(number))
        + FIGURE
        + "    p + x\n"
    ),
    "table": lambda number: (
        HEADER
        + f"category c of household: {', '.join(f'v{place}' for place in range(number))}\n"
        + "parameter p by c: yuan\n    from 2023-01-01: "
        + f"{', '.join(f'v{place} {place}' for place in range(number))}\n{FIGURE}    p\n"
    ),
    "bounds of parameters": lambda number: (
        HEADER
        + "parameter p0: yuan\n    from 2023-01-01: 5\n"
        + "".join(
            f"parameter p{place}: yuan\n    not stated, at least 10% of the p{place - 1}\n"
            for place in range(1, number)
        )
        + f"{FIGURE}    p{number - 1}\n"
    ),
    "exceptions": lambda number: (
        HEADER
        + f"statuses of household: {', '.join(f's{place} s' for place in range(number))}\n"
        + GRANT
        + "    pays x\n"
        + "".join(
            f'exception "e{place}" to last\n    when s{place} s\n    pays {place} yuan\n'
            for place in range(number)
        )
    ),
    "not together": lambda number: (
        HEADER
        + "".join(
            f"benefit b{place} of household: yuan, one-off\n"
            f"    when x is more than {place} yuan\n    pays 5 yuan\n"
            for place in range(number)
        )
        + f"not together {', '.join(f'b{place}' for place in range(number))}; the higher\n"
        + f"{FIGURE}    b0\n"
    ),
}
# As high as a step may be, and beyond what any step takes.
NUMBERS = (3, 40, DEEPEST // 2 - 1, DEEPEST // 4 - 1, DEEPEST - 6, 3 * DEEPEST)
# The caller is a few hundred calls deep already, as a program that embeds the rules may be.
WHOLE_PATH = """
import json, os, resource, sys
from pathlib import Path
from time import process_time
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
os.environ["POLICYRULES_CACHE"] = sys.argv[1]
import policyrules
from policyrules.checks import examine
from policyrules.loading import compile_named
CASES = [
    {"household": {"x": 5, "poor": True, "members": [{"wage": 3}]}},
    {"household": {}},
    {"household": {"members": [{}, {}, {}]}},
]

def soon(work, *given, **named):
    start = process_time()
    try:
        return work(*given, **named)
    finally:
        assert process_time() - start < 10, work

def whole(path):
    try:
        rules = soon(policyrules.load, path)
    except policyrules.CompileError as error:
        return [found.code for found in error.diagnostics]
    soon(policyrules.load, path)
    soon(rules.describe)
    soon(rules.describe_text, "zh")
    soon(examine, compile_named(Path(path)), examples=True)
    for case in CASES:
        result = soon(rules.evaluate, case, on="2024-01-01")
        result = soon(rules.evaluate, case, on="2024-01-01", only=["last"])
        json.dumps(result.to_dict())
        result.to_text("zh")
        for outcome in result.values()[:1]:
            explanation = soon(outcome.explain, "zh")
            json.dumps(soon(explanation.to_dict))
            soon(str, explanation)
    return ["answered"]

def deep(calls, path):
    return deep(calls - 1, path) if calls else whole(path)

for line in sys.stdin:
    print(*deep(300, line.strip()))
"""


LONG = {
    "limits",
    "exceptions",
    "bands",
    "cases",
    "brackets of an amount",
    "not together",
    "figures by case",
    "benefits",
    "bounded",
    "bounds of parameters",
    "nested",
    "list",
}


@pytest.mark.parametrize(
    "shape",
    [pytest.param(shape, marks=pytest.mark.slow) if shape in LONG else shape for shape in SHAPES],
)
def test_the_whole_path(shape: str, tmp_path: Path) -> None:
    """Loading, keeping, describing, evaluating and explaining end soon, however deep the rules."""
    numbers = NUMBERS[::2] if shape in LONG else NUMBERS
    files = [tmp_path / f"test{number}.rules" for number in numbers]
    for file, number in zip(files, numbers, strict=True):
        file.write_text(SHAPES[shape](number), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WHOLE_PATH, str(tmp_path / "cache")],
        input="\n".join(map(str, files)),
        capture_output=True,
        text=True,
        check=False,
    )
    found = done.stdout.splitlines()

    assert done.returncode == 0, (len(found), done.stderr[-2000:])
    assert found[0] == "answered"
    assert set(found) <= {"answered", "PR250", "PR116", "PR592", "PR594", "PR142", "PR141"}


@pytest.mark.parametrize("line", ["when {} is 5 yuan", "when as a rule, {} is 5 yuan"])
def test_a_condition_that_rests_on_too_many_steps(line: str) -> None:
    """A condition counts, whether it decides or holds as a rule only."""
    rules = SHAPES["figures"](DEEPEST // 2 - 1)
    rules += f"{GRANT.replace('last', 'b')}    pays 5 yuan\n    "
    compile_source(Source("test.rules", rules + line.format("x")))
    with pytest.raises(CompileError) as caught:
        compile_source(Source("test.rules", rules + line.format("last + x + x + x + x")))

    (found,) = caught.value.diagnostics
    assert found.code == "PR250"
    assert "`b`" in render(found)


def test_too_many_steps() -> None:
    """The first rule that rests on too many steps is named, once, with what to do."""
    with pytest.raises(CompileError) as caught:
        compile_source(Source("test.rules", SHAPES["figures"](1000)))

    (found,) = caught.value.diagnostics
    assert found.code == "PR250"
    assert "`a100`" in render(found)
    assert "hint: write several of the steps as one" in render(found)
    assert "提示：请将其中几步合并为一步" in render(found, "zh")


def test_many_cases_are_no_depth() -> None:
    """Hundreds of cases, versions or values of a table stand under one another, not inside."""
    for shape in ("cases", "figures by case", "bands", "versions", "table", "list"):
        number = 60 if shape == "list" else 350
        compile_source(Source("test.rules", SHAPES[shape](number)))
