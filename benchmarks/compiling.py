"""How long rules take to be compiled as they become more; `starting` has a load of real ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.measure import Row, side_by_side
from policyrules.compiler import compile_source
from policyrules.source import Source

HEADER = "ruleset test\ninput x of household: yuan, at least 0\n"
# Four rules, of which the definition reads that of the four before; now and then one begins anew.
CHAIN = 50
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
        before = f"r{n - 1}" if n % CHAIN else "x"
        text += RULES.format(n, before, n, n, n, n, n)
    return Source("rules", text)


def rows() -> Iterator[Row]:
    """Twice the rules beside twice the time."""
    for count in (500, 1000, 2000):
        ours, theirs = side_by_side(
            partial(compile_source, rules(count)), partial(compile_source, rules(count // 2)), 3
        )
        each = f"{ours / count * 1000:.2f} ms each"
        yield Row(f"compile {count} rules ({each})", ours, f"{count // 2} rules", theirs, "2.2 ×")
