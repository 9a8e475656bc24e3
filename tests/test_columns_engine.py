"""Plans on Polars frames give for every row what each node is defined to give."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from agreement import ONE_EDITION, product_case, ruleset_of
from lowered import FAR, columns_for, nodes_of, row_of
from proof_amounts import RATES, in_columns, wrong
from search import compiled, drawn, drawn_cases
from whole_numbers import Row, values

from policyrules.backends.columns import HOUSEHOLD, name_of, work_out
from policyrules.case import CaseReader
from policyrules.ir.exact import Exact, Figure, NotPlanned
from policyrules.ir.integers import Integers
from policyrules.ir.lower import Lowered, follow, lower
from policyrules.ir.nodes import Program
from policyrules.ir.whole_nodes import Node, Truth, Whole, bits, needed

Case = tuple[Row, list[Row]]
DAY = 738733
WIDE = 127


def frames(roots: list[Node], cases: list[Case]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The persons and households of cases, persons of all households mixed."""
    leaves: dict[tuple[str, bool], Any] = {}
    for node in needed(roots):
        if node.operator == "column":
            leaves[node.name, node.of_person] = pl.Boolean if isinstance(node, Truth) else pl.Int128
        elif node.operator == "known":
            leaves.setdefault((node.name, node.of_person), pl.Int128)
    persons = [
        {HOUSEHOLD: place, **each} for place, (_, members) in enumerate(cases) for each in members
    ]
    random.Random(1).shuffle(persons)  # noqa: S311 - nothing secret
    of_person = {name: kind for (name, person), kind in leaves.items() if person}
    of_household = {name: kind for (name, person), kind in leaves.items() if not person}
    return (
        _frame(persons, {HOUSEHOLD: pl.UInt32, **of_person}),
        _frame([household for household, _ in cases], of_household),
    )


def _frame(rows: list[Any], schema: dict[str, Any]) -> pl.DataFrame:
    columns = {
        name: pl.Series(name, [row.get(name) for row in rows], dtype=kind)
        for name, kind in schema.items()
    }
    frame = pl.DataFrame(columns) if columns else pl.DataFrame({"": [None] * len(rows)})
    wide = [name for name, kind in schema.items() if kind == pl.Int128 and _is_narrow(frame[name])]
    return frame.with_columns(pl.col(name).cast(pl.Int64) for name in wide)


def _is_narrow(column: pl.Series) -> bool:
    return all(value is None or abs(value) < 2**62 for value in column)


def differences(roots: list[Node], cases: list[Case]) -> list[Any]:
    """The nodes of which a row has another value than they are defined to have."""
    persons, households = frames(roots, cases)
    order = persons.with_row_index("row").sort(HOUSEHOLD, maintain_order=True)["row"].to_list()
    of_persons, of_households = work_out(roots, persons, households)
    wrong: list[Any] = []
    people = persons.to_dicts()
    for place, (household, _) in enumerate(cases):
        rows = [row for row in order if people[row][HOUSEHOLD] == place]
        expected = values(roots, household, [people[row] for row in rows])
        for node in dict.fromkeys(roots):
            frame, places = (of_persons, rows) if node.of_person else (of_households, [place])
            column = frame[name_of(node)]
            found = [column[row] for row in places]
            if found != expected[node][: len(places)]:
                wrong.append((node, found, expected[node], household))
    return wrong


def planned(program: Program, cases: list[Any], plan: Lowered) -> tuple[list[Node], list[Case]]:
    """All nodes of the outcomes of a plan, and cases as rows of them."""
    of_each = [list(nodes_of(outcome)) for outcome in plan.outcomes.values()]
    narrow = [nodes for nodes in of_each if all(bits(node) <= WIDE for node in needed(nodes))]
    assert len(narrow) >= len(of_each) // 2
    roots = [node for nodes in narrow for node in nodes]
    reader = CaseReader(program)
    rows: list[Case] = []
    for case, on in cases:
        facts = reader.read(product_case(case, program.about), on)
        if facts.members is not None or program.about == "case":
            members = [row_of(each, plan) for each in facts.members or ({},)]
            rows.append((row_of(facts.household, plan), members))
    return list(dict.fromkeys(roots)), rows


@pytest.mark.parametrize("seed", range(12))
def test_random_rulesets(seed: int) -> None:
    """Asserts every node of plans of random rules, with and without following what is missing."""
    text, cases = drawn(f"frames {seed}")
    program = compiled(text).program
    columns = columns_for(program, far=10**15)
    for made in (lower(program, columns, DAY), follow(program, columns, DAY)):
        roots, rows = planned(program, cases, made)
        assert differences(roots, rows) == []


@pytest.mark.parametrize("name", ONE_EDITION)
def test_written_rulesets(name: str) -> None:
    """Asserts the same of every written ruleset, for many households at once."""
    program = ruleset_of(name)[0]
    plan = lower(program, columns_for(program, far=10**15), DAY)
    roots, rows = planned(program, drawn_cases(name, "frames", 6), plan)

    assert differences(roots, rows) == []


def test_days_are_reckoned_in_columns() -> None:
    """Asserts plans that read the date from a column."""
    program = ruleset_of("cn.chongqing")[0]
    plan = lower(program, columns_for(program, far=10**15), None)
    roots, rows = planned(program, drawn_cases("cn.chongqing", "days", 12), plan)
    dated = [
        ({**household, "date": DAY + 40 * place}, them)
        for place, (household, them) in enumerate(rows)
    ]

    assert any(node.name == "date" for node in needed(roots))
    assert differences(roots, dated) == []


@pytest.mark.parametrize("far", [2**31, 2**62, 2**100])
def test_edges_of_machine_integers(far: int) -> None:
    """Asserts arithmetic at both ends of what cells may be, in the width that it takes."""
    exact, drawn_by = Exact(), random.Random(far)  # noqa: S311 - nothing secret
    make = exact.integers
    a, b = (make.column(name, -far, far, of_person=True) for name in "ab")
    n = make.column("n", 1, 100, of_person=True)
    quotient = exact.divide(Figure(a, Fraction(1, 100)), Figure(n, Fraction(1)))
    roots: list[Node] = [
        exact.round_half_up(quotient, Fraction(1, 100)).whole,
        exact.round_up(quotient, Fraction(5)).whole,
        exact.round_half_even(quotient, Fraction(1)).whole,
        make.add(a, b),
        make.least(a, b),
        make.greatest(make.subtract(a, b), n),
        make.less(a, b),
        make.equal(a, b),
        make.modulo(a, n),
        make.total(a),
        make.highest(a),
        make.lowest(b),
        make.any_member(make.less(a, b)),
    ]
    edges = [-far, far, 0, 1, -1, 50, -50, 150, -150, far - 1, 1 - far]
    cases: list[Case] = [
        (
            {},
            [
                {
                    "a": drawn_by.choice(edges),
                    "b": drawn_by.choice(edges),
                    "n": drawn_by.choice([1, 3, 100]),
                }
                for _ in range(drawn_by.choice([1, 2, 100]))
            ],
        )
        for _ in range(30)
    ]

    assert differences(list(needed(roots)), cases) == []


def test_missing_cells_are_harmless() -> None:
    """Asserts that a null takes part in no sum, comparison or choice but by `known`."""
    make = Integers()
    a, b = (make.column(name, 5, 9, of_person=True) for name in "ab")
    truth = make.fact("t", of_person=True)
    roots: list[Node] = [
        make.add(a, b),
        make.less(a, b),
        make.choose(truth, a, b),
        make.known("a", of_person=True),
        make.negation(truth),
        make.total(a),
    ]
    cells = [{"a": a, "b": b, "t": t} for a in (None, 9) for b in (None, 5) for t in (None, True)]

    assert differences(roots, [({}, [*cells]), ({}, cells[:1])]) == []


def test_branches_of_one_shape_are_one_formula() -> None:
    """Asserts that cases which differ in an operand choose it, and work out the rest once."""
    make = Integers()
    cost, first, second, third = (
        make.column(name, 0, 10**6, of_person=True) for name in ("cost", "a", "b", "c")
    )
    one, two, three = (make.fact(name, of_person=True) for name in ("t", "u", "v"))

    def capped(paid: Whole) -> Whole:
        left = make.greatest(make.constant(0), make.subtract(make.constant(500), paid))
        return make.least(make.multiply(make.constant(9), cost), left)

    other = make.floor_divide(cost, make.constant(2))
    last = make.choose(three, other, capped(third))
    chosen = make.choose(one, capped(first), make.choose(two, capped(second), last))
    operators = [node.operator for node in needed([chosen])]
    numbers = [
        {"cost": cost, "a": paid, "b": 480, "c": 200, "t": t, "u": u, "v": v}
        for cost in (0, 7, 900)
        for paid in (0, 499, 501)
        for t in (True, False)
        for u in (True, False)
        for v in (True, False)
    ]

    assert operators.count("least") == 1
    assert operators.count("multiply") == 1
    assert differences([chosen], [({}, numbers)]) == []


def test_codes_take_a_byte_and_sums_of_them_do_not() -> None:
    """Asserts that small numbers are held in small integers, and that nothing wraps for that."""
    make = Integers()
    truth = make.fact("t", of_person=True)
    code = make.choose(truth, make.constant(100), make.constant(-99))
    more = make.multiply(code, make.constant(2))
    roots = [code, more, make.add(more, code), make.total(code), make.highest(code)]
    members = [{"t": True}] * 90 + [{"t": False}] * 9
    of_persons, of_homes = work_out(roots, *frames(roots, [({}, members)]))

    assert of_persons.schema[name_of(code)] == pl.Int8
    assert of_persons.schema[name_of(more)] == pl.Int16
    assert of_homes.schema[name_of(roots[3])] == pl.Int64
    assert differences(roots, [({}, members), ({}, members[:1])]) == []


def test_a_plan_that_no_machine_is_wide_enough_for_names_what_has_no_bound() -> None:
    """Asserts that the product of two unbounded amounts is refused with their names."""
    make = Integers()
    income, cost = (make.column(name, 0, FAR, of_person=False) for name in ("income", "cost"))

    with pytest.raises(NotPlanned, match="without bounds: cost, income"):
        work_out([make.multiply(income, cost)], pl.DataFrame(), pl.DataFrame())


def test_a_long_chain_is_no_slower_than_its_length() -> None:
    """Asserts that what each step reads twice is worked out once, at every depth."""
    make = Integers()
    value = make.column("a", 0, 9, of_person=False)
    for step in range(40):
        half = make.floor_divide(value, make.constant(2))
        value = make.greatest(make.subtract(value, half), make.constant(step % 3))

    assert differences([value], [({"a": cell}, [{}]) for cell in range(10)]) == []


@pytest.mark.parametrize("percent", RATES)
def test_shares_are_rounded_to_the_fen(percent: int) -> None:
    """Asserts the amounts up to 3,000 yuan; `make proof` has all up to 80,000."""
    assert wrong(in_columns, percent, 300_000) == 0
