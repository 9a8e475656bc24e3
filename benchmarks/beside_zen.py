"""One case with its reasons, beside ZEN: a decision graph of the same rules, run with its trace."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import Any, Protocol

from benchmarks.measure import Row, side_by_side
from benchmarks.one_case import BOTH, CASE, HARDSHIPS, ON, Bounds, by_rules
from policyrules import Ruleset, load

TEKUN, DIBAO, CAUSE, PATIENT = "tekun", "dibao", "cause", "patient"
# What the rules of river_city say of medical assistance, by the first row that fits.
SHARES = (
    ("true", "", "", "", "0.9", "30000"),
    ("", "true", '"major illness"', "", "0.9", "30000"),
    ("", "true", '"other illness"', "", "0.75", "20000"),
    ("", "", "", "true", "0.5", "1000000000000"),
    ("", "", "", "", "0", "0"),
)
# And of temporary relief: the least and the most multiple of the standard.
MULTIPLES = (
    ("true", "true", "4", "12"),
    ("true", "", "2", "10"),
    ("", "", "0", "0"),
)
FORMULAS = {
    "medical": "min([cost * rate, max([limit - paid, 0])])",
    "least": "standard * low",
    "most": "standard * high",
}


class Graph(Protocol):
    """A decision graph that can be evaluated; ZEN itself need not be installed to say so."""

    def evaluate(
        self, context: dict[str, Any], options: dict[str, Any]
    ) -> Mapping[str, Mapping[str, Any]]:
        """The results, and with the option `trace` what was read and given by each node."""


def graph() -> dict[str, Any]:
    """The decision graph: two tables and the formulas behind them."""
    nodes = [
        {"id": "in", "name": "case", "type": "inputNode"},
        _table("shares", (TEKUN, DIBAO, CAUSE, PATIENT), ("rate", "limit"), SHARES),
        _table("multiples", ("hardship", "disaster"), ("low", "high"), MULTIPLES),
        {
            "id": "formulas",
            "name": "amounts",
            "type": "expressionNode",
            "content": {
                "expressions": [
                    {"id": key, "key": key, "value": formula} for key, formula in FORMULAS.items()
                ]
            },
        },
        {"id": "out", "name": "result", "type": "outputNode"},
    ]
    order = ("in", "shares", "multiples", "formulas", "out")
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in pairwise(order)
    ]
    return {"nodes": nodes, "edges": edges}


def _table(
    name: str, read: tuple[str, ...], given: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> dict[str, Any]:
    columns = (*read, *given)
    return {
        "id": name,
        "name": name,
        "type": "decisionTableNode",
        "content": {
            "hitPolicy": "first",
            "passThrough": True,
            "inputs": [{"id": key, "name": key, "field": key} for key in read],
            "outputs": [{"id": key, "name": key, "field": key} for key in given],
            "rules": [
                {"_id": f"{name}{number}", **dict(zip(columns, row, strict=True))}
                for number, row in enumerate(rows)
            ],
        },
    }


def context(household: Mapping[str, Any]) -> dict[str, Any]:
    """A case of one person as the graph reads it."""
    (person,) = household["members"]
    return {
        TEKUN: person["tekun"],
        DIBAO: person["dibao recipient"],
        CAUSE: person["cause of stay"],
        PATIENT: person["patient impoverished by illness"],
        "cost": person["out-of-pocket cost"],
        "paid": person["medical assistance paid this year"],
        "hardship": any(household[name] for name in HARDSHIPS),
        "disaster": household["disaster hardship"],
        "standard": 700,
    }


def by_zen(decision: Graph, case: Mapping[str, Any]) -> list[Bounds]:
    """The two amounts of a case by the graph."""
    found = decision.evaluate(context(case["household"]), {"trace": True})["result"]
    least, most, medical = (Fraction(str(found[key])) for key in ("least", "most", "medical"))
    return [(medical, medical), (least, most)]


def explained(rules: Ruleset, case: Mapping[str, Any]) -> list[object]:
    """Both amounts with their reasons as data, clause by clause."""
    result = rules.evaluate(case, ON, only=BOTH)
    return [result[name].explain().to_dict() for name in BOTH]


def decision() -> Graph | None:
    """The graph ready to be evaluated; None where ZEN is not installed."""
    if find_spec("zen") is None:
        return None
    made: Graph = import_module("zen").ZenEngine().create_decision(json.dumps(graph()))
    return made


def rows() -> Iterator[Row]:
    """Evaluation alone and with the reasons, beside ZEN with its trace; equal results first."""
    zen = decision()
    if zen is None:
        return
    rules = load("example.river_city")
    for case in cases():
        assert by_zen(zen, case) == by_rules(rules, case)
    read = context(CASE["household"])
    works: tuple[tuple[str, Callable[[], object]], ...] = (
        ("medical assistance and relief", lambda: rules.evaluate(CASE, ON, only=BOTH)),
        ("the same with the reasons as data", lambda: explained(rules, CASE)),
    )
    for what, work in works:
        ours, theirs = side_by_side(work, lambda: zen.evaluate(read, {"trace": True}), calls=100)
        yield Row(what, ours, "ZEN decision graph with its trace", theirs, "-")


def cases() -> Iterator[Mapping[str, Any]]:
    """Households of one person on whom both have to agree."""
    household = CASE["household"]
    (person,) = household["members"]
    for changes in (
        {},
        {"cause of stay": "other illness"},
        {"tekun": True, "out-of-pocket cost": 1000},
        {"dibao recipient": False, "patient impoverished by illness": True},
    ):
        yield {"household": {**household, "members": [{**person, **changes}]}}
    yield {"household": {**household, "disaster hardship": True}}
