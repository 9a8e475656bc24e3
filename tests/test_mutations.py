"""A misprint in a bundled ruleset is noticed: some example or check of it fails."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from mutations import Mutation, mutations

from policyrules.checks import examine
from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError
from policyrules.files import read_source
from policyrules.library import locate
from policyrules.source import Source

SAMPLE = 8
RULESETS = [
    "example.river_city",
    "cn.gansu.qingyang",
    "cn.unnamed_city",
    "cn.zhejiang.yiwu",
    "cn.chongqing",
    "cn.zhejiang.taizhou",
    "cn.zhejiang.taizhou.wenling",
    "cn.unnamed_city.zongyang",
]


def noticed(source: Source, mutation: Mutation) -> bool:
    """Whether the changed ruleset is refused, or one of its examples or checks fails."""
    folder = Path(source.name).parent
    try:
        compiled = compile_source(mutation.of(source), folder)
    except CompileError:
        return True
    found = examine(compiled, examples=True).diagnostics
    return any(diagnostic not in compiled.warnings for diagnostic in found)


def unnoticed(name: str, sample: int | None) -> list[str]:
    """The misprints of a ruleset that nothing in it notices, all of them or a random sample."""
    source = read_source(locate(name))
    possible = mutations(source)
    assert possible
    if sample is not None and sample < len(possible):
        possible = random.sample(possible, sample)
    return [change.shown(source) for change in possible if not noticed(source, change)]


@pytest.mark.parametrize("name", RULESETS)
def test_some_misprints_are_noticed(name: str) -> None:
    """Asserts that a few random misprints, others in each run, all make something fail."""
    assert unnoticed(name, SAMPLE) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", RULESETS)
def test_every_misprint_is_noticed(name: str) -> None:
    """Asserts that no figure, rate, multiple or boundary word can be changed unnoticed."""
    assert unnoticed(name, None) == []
