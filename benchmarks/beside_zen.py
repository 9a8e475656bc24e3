"""One case beside ZEN: a decision graph, a policy document, a compiled expression of its rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import Any, Protocol

from benchmarks.measure import Row, side_by_side
from benchmarks.one_case import BOTH, CASE, HARDSHIPS, ON, Bounds, by_module, by_rules, written
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
# The same as expressions; a policy document reads the facts of a person.
SINGLE = {
    "medical": (
        "{0}tekun or ({0}dibao and {0}cause == 'major illness')"
        " ? min([{0}cost * 0.9, max([30000 - {0}paid, 0])])"
        " : {0}dibao ? min([{0}cost * 0.75, max([20000 - {0}paid, 0])])"
        " : {0}patient ? {0}cost * 0.5 : 0"
    ),
    "least": "{0}hardship ? {0}standard * ({0}disaster ? 4 : 2) : 0",
    "most": "{0}hardship ? {0}standard * ({0}disaster ? 12 : 10) : 0",
}
PERSON = "applicant"
KINDS = {
    **dict.fromkeys((TEKUN, DIBAO, PATIENT, "hardship", "disaster"), "boolean"),
    **dict.fromkeys(("cost", "paid", "standard"), "number"),
    CAUSE: "string",
}

# The amounts of a case of one person, and with a trace what was read and given.
Evaluate = Callable[[dict[str, Any]], Mapping[str, Any]]


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


def document() -> dict[str, Any]:
    """The policy document: what is known of a person, and an expression for each amount."""

    def block(name: str, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        return {"type": kind, "id": name, "props": {"data": data}}

    facts = [{"id": name, "name": name, "type": kind} for name, kind in KINDS.items()]
    model = {"name": PERSON, "scope": "entity", "properties": facts}
    amounts = [
        block(name, "expression", {"key": f"{PERSON}.{name}", "value": text.format(f"{PERSON}.")})
        for name, text in SINGLE.items()
    ]
    return {"blocks": [block("model", "dataModel", model), *amounts]}


def policy(zen: Any) -> Evaluate:  # noqa: ANN401
    """The policy document, run with its trace."""
    loader = {"type": "static", "content": {"policy": document()}}
    engine = zen.ZenEngine({"loader": loader})

    def evaluate(facts: dict[str, Any]) -> Mapping[str, Any]:
        result = engine.evaluate("policy", {PERSON: facts}, {"trace": True})["result"]
        found: Mapping[str, Any] = result[PERSON]
        return found

    return evaluate


def expression(zen: Any) -> Evaluate:  # noqa: ANN401
    """One compiled expression that gives the amounts."""
    parts = ", ".join(f'"{name}": {text.format("")}' for name, text in SINGLE.items())
    evaluate: Evaluate = zen.compile_expression(f"{{{parts}}}").evaluate
    return evaluate


def graph_of(zen: Any) -> Evaluate:  # noqa: ANN401
    """The decision graph, run with its trace."""
    made: Graph = zen.ZenEngine().create_decision(json.dumps(graph()))
    return lambda facts: made.evaluate(facts, {"trace": True})["result"]


def by_zen(evaluate: Evaluate, case: Mapping[str, Any]) -> list[Bounds]:
    """The two amounts of a case by one of these."""
    found = evaluate(context(case["household"]))
    least, most, medical = (Fraction(str(found[key])) for key in ("least", "most", "medical"))
    return [(medical, medical), (least, most)]


def explained(rules: Ruleset, case: Mapping[str, Any]) -> list[object]:
    """Both amounts with their reasons as data, clause by clause."""
    result = rules.evaluate(case, ON, only=BOTH)
    return [result[name].explain().to_dict() for name in BOTH]


def rows() -> Iterator[Row]:
    """Evaluation alone and with the reasons, and a written module; equal results first."""
    if find_spec("zen") is None:
        return
    rules = load("example.river_city")
    module = written(rules)
    checked = module.check(CASE)
    zen = import_module("zen")
    evaluated = ("medical assistance and relief", lambda: rules.evaluate(CASE, ON, only=BOTH))
    reasons = ("the same with the reasons as data", lambda: explained(rules, CASE))
    by_dictionary = (
        "a written module, of a dictionary",
        lambda: module.evaluate(CASE, only=BOTH),
    )
    by_checked = (
        "a written module, of a checked case",
        lambda: module.evaluate(checked, only=BOTH),
    )
    read_out = ("the same, both amounts read", lambda: by_module(module, CASE))
    peers: tuple[tuple[str, Evaluate, tuple[tuple[str, Callable[[], object]], ...]], ...] = (
        ("ZEN decision graph with its trace", graph_of(zen), (evaluated, reasons)),
        ("ZEN policy document with its trace", policy(zen), (evaluated, reasons)),
        ("ZEN compiled expression", expression(zen), (by_checked, by_dictionary, read_out)),
    )
    read = context(CASE["household"])
    for name, evaluate, works in peers:
        for case in cases():
            assert by_zen(evaluate, case) == by_rules(rules, case) == by_module(module, case)
        for what, work in works:
            times = side_by_side(work, partial(evaluate, read), calls=100)
            yield Row(what, times[0], name, times[1], "-")


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
