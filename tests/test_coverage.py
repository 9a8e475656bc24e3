"""Every sentence of the documents that states a rule is carried by a rule, or says why not."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from policyrules.data import rulesets_folder
from policyrules.loading import compile_named
from policyrules.ruleset import Ruleset
from policyrules.syntax import ast

ROWS = {
    "cn.gansu.qingyang": [f"001-{number:02}" for number in range(1, 25)],
    "cn.zhejiang.taizhou": [f"002-{number:02}" for number in range(1, 20) if number != 9],
    "cn.zhejiang.taizhou.wenling": ["002-09"],
    "cn.chongqing": [f"003-{number:02}" for number in range(1, 19)],
    "cn.unnamed_city": [f"000-{number:02}" for number in range(1, 23)],
    "cn.zhejiang.yiwu": [f"004-{number:02}" for number in range(1, 24)],
}
NARRATIVE = {
    "cn.gansu.qingyang": {"001-23", "001-24"},
    "cn.zhejiang.taizhou": {"002-17", "002-18", "002-19"},
    "cn.zhejiang.taizhou.wenling": set(),
    "cn.chongqing": {"003-18"},
    "cn.unnamed_city": {"000-06", "000-22"},
    "cn.zhejiang.yiwu": {"004-04", "004-23"},
}
KINDS = ("parameters", "statistics", "benefits", "definitions", "deadlines")


def coverage(ruleset: str) -> dict[str, Any]:
    """The rows of a ruleset in `coverage.toml`."""
    found: Any = tomllib.loads((rulesets_folder() / "cn/coverage.toml").read_text("utf-8"))
    for part in ruleset.split("."):
        found = found[part]
    rows: dict[str, Any] = {row: entry for row, entry in found.items() if "place" in entry}
    return rows


def known(ruleset: str, *, own: bool) -> set[str]:
    """The names and titles of a ruleset's rules and examples, with or without what it uses."""
    made = compile_named(ruleset)
    description: Any = Ruleset(made.program).describe()
    names = {
        entry["name"] for kind in KINDS for entry in description[kind] if entry["own"] or not own
    }
    names |= {entry["en"] for entry in description["checks"]}
    declared = made.symbols.tree.declarations
    return names | {node.title.en or "" for node in declared if isinstance(node, ast.Example)}


@pytest.mark.parametrize("ruleset", ROWS)
def test_every_row_is_there(ruleset: str) -> None:
    """Asserts that the rows are those of the document, none missing, none invented."""
    assert list(coverage(ruleset)) == ROWS[ruleset]


@pytest.mark.parametrize("ruleset", ROWS)
def test_rows_name_rules_that_exist(ruleset: str) -> None:
    """Asserts that every name a row gives is one that the compiled ruleset knows."""
    names = known(ruleset, own=False)
    for row, entry in coverage(ruleset).items():
        assert [name for name in entry.get("rules", []) if name not in names] == [], row


@pytest.mark.parametrize("ruleset", ROWS)
def test_only_narrative_rows_go_without_rules(ruleset: str) -> None:
    """Asserts that a row has rules, or is narrative and has its reason in both languages."""
    for row, entry in coverage(ruleset).items():
        assert entry["place"], row
        assert ("rules" in entry) != ("reason" in entry), row
        assert ("reason" in entry) == (row in NARRATIVE[ruleset]), row
        if "reason" in entry:
            assert set(entry["reason"]) == {"en", "zh"}, row
            assert all(entry["reason"].values()), row
        else:
            assert entry["rules"], row


@pytest.mark.parametrize("ruleset", ROWS)
def test_every_rule_belongs_to_a_row(ruleset: str) -> None:
    """Asserts that the ruleset has no rule, figure, check or example that no sentence asks for."""
    named = {name for entry in coverage(ruleset).values() for name in entry.get("rules", [])}
    assert known(ruleset, own=True) - named == set()
