"""What reasons cost beside the plain evaluation, and a missing answer beside the whole case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from benchmarks.measure import Row, side_by_side
from benchmarks.one_case import CASE, CHONGQING, ON
from policyrules import Outcome, Ruleset, load
from policyrules.explanation import Explanation

RIVER, CHONGQING_CITY = "example.river_city", "cn.chongqing"
EXPLAINED: tuple[tuple[str, Mapping[str, Any], str], ...] = (
    (RIVER, CASE, "medical assistance"),
    (RIVER, CASE, "temporary relief"),
    (RIVER, CASE, "dibao payment"),
    (CHONGQING_CITY, CHONGQING, "key-person supplement"),
    (CHONGQING_CITY, CHONGQING, "tekun support"),
)
# Of the household or of its only member, the fact that is left out.
MISSING = (
    ("medical assistance", "cause of stay"),
    ("medical assistance", "dibao recipient"),
    ("temporary relief", "sudden hardship"),
    ("dibao payment", "income"),
)


def without(case: Mapping[str, Any], fact: str) -> dict[str, Any]:
    """The case without one fact."""
    household = dict(case["household"])
    members = [dict(member) for member in household["members"]]
    for facts in (household, *members):
        facts.pop(fact, None)
    return {**case, "household": {**household, "members": members}}


def outcome(rules: Ruleset, case: Mapping[str, Any], name: str) -> Outcome:
    """One outcome of a case."""
    return rules.evaluate(case, ON, only=(name,))[name]


def explained(rules: Ruleset, case: Mapping[str, Any], name: str) -> Explanation:
    """One outcome of a case with its reasons."""
    return outcome(rules, case, name).explain()


def written(rules: Ruleset, case: Mapping[str, Any], name: str) -> str:
    """The reasons of one outcome as text."""
    return str(explained(rules, case, name))


def rows() -> Iterator[Row]:
    """The tree of reasons and its text with the evaluation; then an evaluation with a gap."""
    rulesets = {name: load(name) for name in (RIVER, CHONGQING_CITY)}
    for ruleset, case, name in EXPLAINED:
        of = rulesets[ruleset], case, name
        for what, function, goal in (
            ("with its reasons", explained, "5 ×"),
            ("with its reasons as text", written, "-"),
        ):
            ours, theirs = side_by_side(partial(function, *of), partial(outcome, *of), calls=100)
            yield Row(f"{name}, {what}", ours, "evaluation alone", theirs, goal)
    rules = rulesets[RIVER]
    for name, fact in MISSING:
        ours, theirs = side_by_side(
            partial(outcome, rules, without(CASE, fact), name),
            partial(outcome, rules, CASE, name),
            calls=100,
        )
        yield Row(f"{name} without {fact}", ours, "the whole case", theirs, "4 ×")
