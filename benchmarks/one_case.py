"""How long one case takes, beside exact arithmetic written by hand for that case alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import ModuleType
from typing import Any

from benchmarks.measure import Row, side_by_side
from policyrules import Ruleset, load

ON = "2023-08-01"
BOTH = ("medical assistance", "temporary relief")
PERSON = {
    "tekun": False,
    "dibao recipient": True,
    "patient impoverished by illness": False,
    "cause of stay": "major illness",
    "out-of-pocket cost": 60000,
    "medical assistance paid this year": 0,
}
HARDSHIPS = {"sudden hardship": True, "urgent hardship": False, "disaster hardship": False}
CASE: dict[str, Any] = {"household": {**HARDSHIPS, "income": 1200, "members": [PERSON]}}
UNCLEAR: dict[str, Any] = {
    "household": {
        **HARDSHIPS,
        "sudden hardship": None,
        "members": [{**PERSON, "cause of stay": None}],
    }
}
CHONGQING: dict[str, Any] = {
    "household": {
        "area": "urban",
        "members": [{"dibao recipient": True, "tekun": False, "disabled person": True, "age": 40}],
    },
    "parameters": {"key-person supplement rate": 60},
}

Bounds = tuple[Fraction | None, Fraction | None]


def by_hand(household: Mapping[str, Any]) -> list[Bounds]:
    """Medical assistance of each member, then temporary relief, as an exact program would."""
    standard, found = Fraction(700), []
    for member in household["members"]:
        major = member["cause of stay"] == "major illness"
        share, limit = Fraction(0), Fraction(0)
        if member["tekun"] or (member["dibao recipient"] and major):
            share, limit = Fraction(9, 10), Fraction(30000)
        elif member["dibao recipient"]:
            share, limit = Fraction(3, 4), Fraction(20000)
        left = max(limit - Fraction(member["medical assistance paid this year"]), Fraction(0))
        paid = min(Fraction(member["out-of-pocket cost"]) * share, left)
        found.append((paid, paid))
    low, high = (4, 12) if household["disaster hardship"] else (2, 10)
    hardship = any(household[name] for name in HARDSHIPS)
    found.append((low * standard, high * standard) if hardship else (Fraction(0), Fraction(0)))
    return found


def by_rules(rules: Ruleset, case: Mapping[str, Any] | str) -> list[Bounds]:
    """The same through the public API, with the amounts read from the result."""
    result = rules.evaluate(case, ON, only=BOTH)
    amounts = [result[name].amount for name in BOTH]
    return [(amount.low, amount.high) for amount in amounts if amount is not None]


def written(rules: Ruleset) -> ModuleType:
    """The rules of the day as a module of their own."""
    made = ModuleType("river_city_rules")
    sys.modules[made.__name__] = made
    exec(compile(rules.python_source(on=ON), made.__name__, "exec"), made.__dict__)  # noqa: S102
    return made


def by_module(module: ModuleType, case: object) -> list[Bounds]:
    """The same by a written module, with the amounts read from its outcomes."""
    amounts = module.evaluate(case, only=BOTH)
    ends = {name: (each.low or 0, each.high or 0) for (name, _), each in amounts.items()}
    return [ends[name] for name in BOTH]


def rows() -> Iterator[Row]:
    """One household: two benefits, all, unclear, as JSON, and another ruleset; a written module."""
    river, chongqing = load("example.river_city"), load("cn.chongqing")
    text = json.dumps(CASE)
    module = written(river)
    checked = module.check(CASE)
    assert by_hand(CASE["household"]) == by_rules(river, CASE) == by_rules(river, text)
    assert by_hand(CASE["household"]) == by_module(module, CASE) == by_module(module, checked)
    cases: list[tuple[str, Callable[[], object], str]] = [
        ("medical assistance and relief", lambda: river.evaluate(CASE, ON, only=BOTH), "50 µs"),
        ("the same, both amounts read from the result", lambda: by_rules(river, CASE), "-"),
        ("the same as JSON text", lambda: by_rules(river, text), "-"),
        ("the same, two facts missing", lambda: by_rules(river, UNCLEAR), "-"),
        ("all outcomes of river_city", lambda: river.evaluate(CASE, ON).values(), "-"),
        (
            "a written module, of a checked case",
            lambda: module.evaluate(checked, only=BOTH),
            "3 µs",
        ),
        ("a written module, of a dictionary", lambda: module.evaluate(CASE, only=BOTH), "8 µs"),
        ("the same, both amounts read from the result", lambda: by_module(module, CASE), "-"),
        ("all outcomes of cn.chongqing", lambda: chongqing.evaluate(CHONGQING, ON).values(), "-"),
    ]
    for what, function, goal in cases:
        ours, theirs = side_by_side(function, lambda: by_hand(CASE["household"]), calls=200)
        yield Row(what, ours, "two benefits by hand, Fractions", theirs, goal)
