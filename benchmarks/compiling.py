"""How long rules take to be compiled: in a fresh process, and as they become more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.measure import Row, in_fresh_interpreter, side_by_side
from policyrules.compiler import compile_source
from policyrules.source import Source

LOADED = """import policyrules.compiler
start = perf_counter()
policyrules.load("cn.chongqing", cache=False)"""
HEADER = "ruleset test\ninput x of household: yuan, at least 0\n"
# Four rules, of which each definition reads the one before it.
RULES = (
    "define r{} of household: yuan\n    {} + 1 yuan\n"
    "标准 甲{}：元\n    自2023年起：5\n"
    "input a{} of household: yuan\n"
    "待遇 乙{}，以家庭为单位：元，一次性\n    条件  a{}低于5元\n    给予  甲{}\n"
)


def rules(count: int) -> Source:
    """A ruleset with so many rules in both languages."""
    text = HEADER
    for n in range(count // 4):
        before = f"r{n - 1}" if n else "x"
        text += RULES.format(n, before, n, n, n, n, n)
    return Source("rules", text)


def rows() -> Iterator[Row]:
    """The first load beside building the parser; twice the rules beside twice the time."""
    ours, theirs = side_by_side(
        partial(in_fresh_interpreter, LOADED),
        partial(in_fresh_interpreter, "from policyrules.syntax.grammar import built\nbuilt()"),
        runs=3,
    )
    yield Row("load cn.chongqing in a new process", ours, "building the parser", theirs, "0.5 s")
    for count in (500, 1000, 2000):
        ours, theirs = side_by_side(
            partial(compile_source, rules(count)), partial(compile_source, rules(count // 2)), 3
        )
        each = f"{ours / count * 1000:.2f} ms each"
        yield Row(f"compile {count} rules ({each})", ours, f"{count // 2} rules", theirs, "2.2 ×")
