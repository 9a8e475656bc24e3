"""Queries answer whole tables as the evaluator answers their cases, in engines that run."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sqlglot
from agreement import ONE_EDITION, ruleset_of
from proof_amounts import RATES, in_duckdb, in_sqlite, rounded_share, wrong
from search import compiled, drawn, drawn_cases
from sql_answers import Met, compared, population
from sql_tables import DuckDB, Engine, Postgres, Spark, SQLite, Table
from sqlglot import exp
from whole_numbers import PLAIN

import policyrules
from policyrules.backends.sql_engines import ENGINES
from policyrules.backends.sql_nodes import Nodes
from policyrules.cli import main
from policyrules.diagnostics import InputError
from policyrules.ir.facts import Outcome
from policyrules.ir.integers import Integers
from policyrules.ir.whole_nodes import Node, needed
from policyrules.ruleset import Ruleset

PROGRAMS, SLOW_PROGRAMS, CASES = 8, 40, 4
DAY = "2023-08-01"
LISTS = str(Path(__file__).parent / "rulesets" / "lists.rules")
FLOATS = {exp.DataType.Type.FLOAT, exp.DataType.Type.DOUBLE, exp.DataType.Type.BIGDECIMAL}
HEADER = """ruleset sample
    currency yuan
source notice (通知)
    title "Notice" / "通知"
[notice 2]
"""


# Those that need a server or a Java machine: `make test-all` has them.
SERVERS = [
    pytest.param(each, marks=[pytest.mark.slow, pytest.mark.engines]) for each in (Postgres, Spark)
]


@pytest.fixture(params=[SQLite, DuckDB, *SERVERS])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each of the engines."""
    found: Engine = request.param()
    return found


@pytest.fixture(params=[DuckDB, *SERVERS])
def wide_engine(request: pytest.FixtureRequest) -> Engine:
    """Each of the engines that have more than 64 bits, and decimals."""
    found: Engine = request.param()
    return found


def answered(seeds: range, engines: list[Engine]) -> tuple[list[Any], Counter[str]]:
    """What comes of random programs: differences, and how many of what."""
    wrong: list[Any] = []
    counts: Counter[str] = Counter()
    for seed in seeds:
        text, cases = drawn(f"sql {seed}")
        people = population(compiled(text).program, cases)
        met = compared(engines, people, by_column=bool(seed % 2))
        wrong += [(text, found) for found in met.wrong]
        counts += met.counts
    return wrong, counts


@pytest.mark.parametrize("part", range(4))
def test_random_rulesets(part: int) -> None:
    """Asserts what queries of random rules say, for a day and for a column of days."""
    seeds = range(part * PROGRAMS // 4, (part + 1) * PROGRAMS // 4)
    wrong, counts = answered(seeds, [SQLite(), DuckDB()])

    assert wrong == []
    assert counts.total() > counts["open"]


@pytest.mark.slow
@pytest.mark.parametrize("part", range(1, 5))
def test_many_random_rulesets(part: int) -> None:
    """Asserts the same of more rules, and that most rows are answered."""
    seeds = range(part * SLOW_PROGRAMS // 4, (part + 1) * SLOW_PROGRAMS // 4)
    wrong, counts = answered(seeds, [SQLite(), DuckDB()])

    assert wrong == []
    assert {"not eligible", "open"} <= counts.keys()
    assert counts.total() > 2 * counts["open"]


@pytest.mark.parametrize("name", ONE_EDITION)
def test_written_rulesets(name: str) -> None:
    """Asserts the same of every written ruleset, its tables in Chinese."""
    people = population(ruleset_of(name)[0], drawn_cases(name, "sql", CASES))

    assert compared([SQLite(), DuckDB()], people, "zh").wrong == []


@pytest.mark.parametrize("server", SERVERS)
def test_random_rulesets_on_servers(server: type[Engine]) -> None:
    """Asserts the same of the engines that need more than a package."""
    wrong, counts = answered(range(PROGRAMS // 2), [server()])

    assert wrong == []
    assert counts.total() > counts["open"]


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("name", ["example.river_city", *ONE_EDITION[::8]])
def test_written_rulesets_on_servers(name: str, server: type[Engine]) -> None:
    """Asserts the same of some written rulesets: Spark takes seconds for each query."""
    people = population(ruleset_of(name)[0], drawn_cases(name, "servers", CASES))

    assert compared([server()], people).wrong == []


@pytest.mark.slow
@pytest.mark.engines
def test_spark_without_the_rules_of_ansi() -> None:
    """Asserts that nothing rests on what Spark does where numbers overflow or divide by zero."""
    spark = Spark()
    people = population(
        ruleset_of("example.river_city")[0], drawn_cases("example.river_city", "ansi", CASES)
    )
    spark.execute("SET spark.sql.ansi.enabled=false")
    try:
        assert compared([spark], people).wrong == []
    finally:
        spark.execute("SET spark.sql.ansi.enabled=true")


@pytest.mark.parametrize("dialect", list(ENGINES))
@pytest.mark.parametrize("benefit", ["dibao payment", "medical assistance"])
def test_no_query_holds_a_float(dialect: str, benefit: str) -> None:
    """Asserts that no type and no figure in a query is a binary fraction."""
    query = policyrules.load("example.river_city").sql(benefit, dialect, DAY)
    tree = sqlglot.parse_one(query, dialect=dialect)

    assert {kind.this for kind in tree.find_all(exp.DataType)}.isdisjoint(FLOATS)
    figures = [each.this for each in tree.find_all(exp.Literal) if not each.is_string]
    assert figures
    assert all(figure.isdecimal() for figure in figures)
    if dialect == "sqlite":
        assert "REAL" not in query


EDGES = (0, 1, -1, 2, -2, 3, -3, 7, 100, -100, 2**31 - 1, 2**31, -(2**31), 2**62 - 1, -(2**62))
OPERATIONS = (
    ("add", -(2**61), 2**61, -(2**61), 2**61),
    ("subtract", -(2**61), 2**61, -(2**61), 2**61),
    ("multiply", -(2**31), 2**31, -(2**31), 2**31),
    ("floor_divide", -(2**62), 2**62, 1, 2**62),
    ("modulo", -(2**62), 2**62, 1, 2**62),
    ("floor_divide", 0, 2**62, 1, 2**62),
    ("modulo", 0, 2**62, 1, 2**62),
    ("least", -(2**62), 2**62, -(2**62), 2**62),
    ("greatest", -(2**62), 2**62, -(2**62), 2**62),
    ("less", -(2**62), 2**62, -(2**62), 2**62),
    ("equal", -(2**62), 2**62, -(2**62), 2**62),
)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: f"{each[0]} {each[1]}")
def test_operators_on_their_edges(engine: Engine, operation: tuple[Any, ...]) -> None:
    """Asserts that each operator is what its definition says, wherever it is allowed."""
    name, *bounds = operation
    rows = _pairs(*bounds)
    _filled(engine, rows, "BIGINT")
    node = _operation(name, bounds)
    found = _computed(engine, node)

    assert found == [int(PLAIN[name](left, right)) for left, right in rows]


@pytest.mark.parametrize("percent", RATES)
def test_every_remainder_is_rounded_to_its_fen(engine: Engine, percent: int) -> None:
    """Asserts shares half up to the fen of amounts with every remainder there can be."""
    amounts = range(1, 401)
    table = Table("pairs", {"n": "BIGINT", "cost": "BIGINT"})
    table.rows.extend({"n": n, "cost": n} for n in amounts)
    table.into(engine)

    found = _computed(engine, rounded_share(percent))
    assert found == [(amount * percent + 50) // 100 for amount in amounts]


def test_amounts_are_rounded_in_bulk() -> None:
    """Asserts the same of many amounts at once, as `make proof` does of all."""
    assert wrong(in_duckdb, 85, 1_000_000) == 0
    assert wrong(in_sqlite, 85, 20_000) == 0


@pytest.mark.parametrize(
    ("name", "low"), [(name, low) for name in ("floor_divide", "modulo") for low in (0, -(10**30))]
)
def test_wide_operators_on_their_edges(wide_engine: Engine, name: str, low: int) -> None:
    """Asserts the same of numbers that 64 bits do not hold."""
    bounds = [low, 10**30, 1, 10**30]
    more = (10**30, 10**30 - 1, -(10**30), 10**18 + 1, 3 * 10**19)
    rows = [
        (left, right)
        for left in (*EDGES, *more)
        for right in (*EDGES, *more)
        if low <= left and right > 0
    ]
    _filled(wide_engine, rows, "HUGEINT")

    assert _computed(wide_engine, _operation(name, bounds)) == [PLAIN[name](*row) for row in rows]


WHOLE = "'integer', 'bigint', 'hugeint', 'numeric', 'decimal(38,0)', 'boolean'"


def _pairs(low: int, high: int, least: int, most: int) -> list[tuple[int, int]]:
    left = [edge for edge in (*EDGES, low, high) if low <= edge <= high]
    right = [edge for edge in (*EDGES, least, most) if least <= edge <= most]
    return [(one, other) for one in left for other in right]


def _filled(engine: Engine, rows: list[tuple[int, int]], kind: str) -> None:
    table = Table("pairs", {"n": "BIGINT", "x": kind, "y": kind})
    table.rows.extend({"n": n, "x": x, "y": y} for n, (x, y) in enumerate(rows))
    table.into(engine)


def _operation(name: str, bounds: list[int]) -> Node:
    make = Integers()
    left = make.column("x", bounds[0], bounds[1], of_person=False)
    right = make.column("y", bounds[2], bounds[3], of_person=False)
    node: Node = getattr(make, name)(left, right)
    return node


def _computed(engine: Engine, node: Node) -> list[int]:
    staged = {each: each.name for each in needed([node]) if each.operator == "column"}
    text = Nodes(ENGINES[engine.name], staged, "pairs").written(node).sql(dialect=engine.name)
    kind = f"pg_typeof({text})::text" if engine.name == "postgres" else f"typeof({text})"
    query = f"SELECT {text} AS v, LOWER({kind}) IN ({WHOLE}) AS t FROM pairs ORDER BY n"  # noqa: S608
    rows = engine.rows(query)
    assert all(row["t"] for row in rows)
    return [int(row["v"]) for row in rows]


def rows_of(
    engine: Engine,
    text: str,
    benefit: str,
    households: list[dict[str, Any]],
    persons: list[dict[str, Any]] | None = None,
    kinds: dict[str, str] | None = None,
    **options: Any,
) -> list[dict[str, Any]]:
    """What a query of a benefit says of some rows, by their keys; types are told by values."""
    for name, rows in (("households", households), ("persons", persons)):
        if rows:
            columns = {key: _kind(key, rows) for row in rows for key in row} | (kinds or {})
            used = {key: columns[key] for row in rows for key in row}
            Table(name, used, list(rows)).into(engine)
    options.setdefault("on", DAY)
    query = Ruleset(compiled(HEADER + text).program).sql(benefit, engine.name, **options)
    return engine.rows(f"{query} ORDER BY 1, 2")


def _kind(key: str, rows: list[dict[str, Any]]) -> str:
    values = [row[key] for row in rows if row.get(key) is not None]
    match values[0] if values else 0:
        case bool():
            return "BOOLEAN"
        case date():
            return "DATE"
        case str():
            return "VARCHAR(200)"
        case Decimal():
            return "DECIMAL(38, 6)"
        case _:
            return "BIGINT"


AID = """
category tier (档次) of household: first (一类), second (二类)
input income (收入) of household: yuan per month, at least 0
statuses of household: hardship (困难)
input alert (预警日期) of household: date

benefit aid (补助) of household: yuan per month
    when     alert is before 2024-01-01
    case     hardship and tier is first: income
    otherwise nothing
"""
GOOD = {"income": 100, "hardship": True, "tier": "first", "alert": date(2023, 5, 1)}


def test_a_bad_cell_costs_only_its_own_row(engine: Engine) -> None:
    """Asserts that what cannot be is told with the column, beside rows that are answered."""
    bad: list[dict[str, Any]] = [
        {"income": -1},
        {"income": 2**63 - 1},
        {"income": 10**14 + 1},
        {"tier": "third"},
        {"alert": date(1899, 12, 31)},
        {"alert": date(2201, 1, 1)},
    ]
    rows = [{"household": n, **GOOD, **more} for n, more in enumerate([{}, *bad, {}])]
    found = rows_of(engine, AID, "aid", rows)

    assert [row["status"] for row in found] == ["eligible", *["error"] * len(bad), "eligible"]
    assert [row["problem"] for row in found[1:-1]] == [name for each in bad for name in each]
    assert [(row["low"], row["high"]) for row in found] == [
        (100, 100),
        *[(None, None)] * len(bad),
        (100, 100),
    ]


def test_cells_that_only_sqlite_can_hold() -> None:
    """Asserts that values of another type, and days that the calendar lacks, are told."""
    bad: list[tuple[str, Any]] = [
        ("hardship", 2),
        ("hardship", "yes"),
        ("income", Decimal("0.5")),
        ("income", "100 yuan"),
        ("alert", "2023-02-29"),
        ("alert", "now"),
        ("alert", "2023-1-1"),
        ("alert", 19000),
        ("tier", 1),
    ]
    good = GOOD | {"hardship": 1, "alert": "2023-05-01"}
    rows = [{"household": n, **good, name: value} for n, (name, value) in enumerate(bad)]
    kinds = dict.fromkeys((*GOOD, "household"), "")
    found = rows_of(SQLite(), AID, "aid", [*rows, {"household": 99, **good}], kinds=kinds)

    assert [row["problem"] for row in found] == [*(name for name, _ in bad), None]
    assert found[-1]["low"] == 100


def test_a_fraction_of_a_fen_is_told(wide_engine: Engine) -> None:
    """Asserts that decimals are read exactly, and refused where they are finer than a fen."""
    values = ["1200.50", "0.01", "0.005", "1000000000000", "1000000000000.01", "-0.01"]
    rows = [{"household": n, **GOOD, "income": Decimal(v)} for n, v in enumerate(values)]
    found = rows_of(wide_engine, AID, "aid", rows, money="decimal")

    assert [row["low"] for row in found] == [120050, 1, None, 10**14, None, None]
    assert [row["problem"] for row in found] == [None, None, "income", None, "income", "income"]
    found = rows_of(wide_engine, AID, "aid", rows)
    assert [row["problem"] for row in found] == ["income"] * 3 + [None] + ["income"] * 2


def test_what_is_missing_is_bounded_and_named(engine: Engine) -> None:
    """Asserts the bounds of rows in which something is missing that decides; a date leaves open."""
    rows = [{"household": n, **GOOD, name: None} for n, name in enumerate(GOOD)]
    rows.append({"household": 8, **GOOD, "hardship": None, "tier": None})
    rows.append({"household": 9, **GOOD, "hardship": False, "income": None})
    found = rows_of(engine, AID, "aid", rows)

    assert [(row["status"], row["low"], row["high"], row["needs"]) for row in found] == [
        ("eligible", 0, None, "income"),
        ("undetermined", 0, 100, "hardship"),
        ("undetermined", 0, 100, "tier"),
        ("open", None, None, "alert"),
        ("undetermined", 0, 100, "tier; hardship"),
        ("not eligible", None, None, None),
    ]


def test_rows_with_one_key_are_answered_each(engine: Engine) -> None:
    """Asserts that rows which ask something are not taken together where a key is there twice."""
    rows = [{"household": 1, **GOOD, "hardship": None, "income": income} for income in (100, 300)]
    found = rows_of(engine, AID, "aid", rows, kinds={"hardship": "BOOLEAN"})

    assert sorted((row["low"], row["high"]) for row in found) == [(0, 100), (0, 300)]


def test_one_key_has_no_row_more(engine: Engine) -> None:
    """Asserts that every row of the table comes out once, in whatever order it stands."""
    rows = [{"household": n, **GOOD} for n in (3, 1, 2)]

    assert [row["household"] for row in rows_of(engine, AID, "aid", rows)] == [1, 2, 3]


ROUNDED = """
input income (收入) of household: yuan
benefit aid (补助) of household: yuan
    when  income is at least -1000000000000 yuan
    pays  1000000000000 yuan + (income * 50%, rounded {how} to the fen)
"""
BASE = 10**14
HALF_UP = {1: 1, 3: 2, -1: -1, -3: -2, 2: 1, -2: -1, 0: 0, BASE: BASE // 2, -BASE: -BASE // 2}


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("half up", HALF_UP),
        ("upward", {1: 1, -1: 0, -3: -1, 3: 2, -2: -1}),
        ("downward", {1: 0, -1: -1, -3: -2, 3: 1, -2: -1}),
    ],
)
def test_ties_and_negative_amounts(engine: Engine, how: str, expected: dict[int, int]) -> None:
    """Asserts how half a fen is rounded on either side of zero, up to a million millions."""
    rows = [{"household": n, "income": income} for n, income in enumerate(expected)]
    found = rows_of(engine, ROUNDED.format(how=how), "aid", rows)

    assert [row["low"] - BASE for row in found] == list(expected.values())


MEMBERS = """
input income (收入) of household: yuan per month, at least 0
input pension (养老金) of person: yuan per month, at least 0
statuses of person: disabled (残疾)

benefit aid (补助) of household: yuan per month
    when any member is disabled
    pays  the sum of pension over the members + income
benefit own aid (个人补助) of person: yuan per month
    when disabled
    pays  (the household's income) / number of members
    rounded half up to the fen
"""


def persons(household: int, pensions: list[int], **more: Any) -> list[dict[str, Any]]:
    """The members of a household."""
    return [
        {"household": household, "person": n, "pension": pension, "disabled": True, **more}
        for n, pension in enumerate(pensions)
    ]


def test_members_are_added_up_and_households_handed_down(engine: Engine) -> None:
    """Asserts aggregates over members and facts of the household, with odd ones beside."""
    households = [{"household": n, "income": 1000} for n in range(6)]
    people = [
        *persons(0, [1, 2, 3]),
        *persons(1, [5] * 100),
        *persons(2, [10**14] * 101),
        *persons(3, [7, -1]),
        *persons(4, [7], disabled=None),
        *persons(77, [7]),
    ]
    found = rows_of(engine, MEMBERS, "aid", households, people)

    assert [(row["status"], row["low"]) for row in found] == [
        ("eligible", 1006),
        ("eligible", 1500),
        ("error", None),
        ("error", None),
        ("open", None),
        ("open", None),
    ]
    assert [row["problem"] for row in found] == [None, None, "members", "pension", None, None]
    assert [row["needs"] for row in found[4:]] == ["disabled", "members"]
    found = rows_of(engine, MEMBERS, "own aid", households, people)
    of_household = {row["household"]: row for row in found}
    assert (of_household[0]["low"], of_household[1]["low"]) == (333, 10)
    assert of_household[2]["problem"] == "members"
    assert of_household[77]["problem"] == "household"
    assert len(found) == len(people)


def test_a_household_that_stands_twice_is_an_error(engine: Engine) -> None:
    """Asserts that nothing is counted twice for it, neither for itself nor for its members."""
    households = [{"household": n, "income": income} for n, income in ((0, 3), (1, 1), (1, 2))]
    people = [*persons(0, [1]), *persons(1, [5])]
    aid = rows_of(engine, MEMBERS, "aid", households, people)
    own = rows_of(engine, MEMBERS, "own aid", households, people)

    assert [(row["low"], row["problem"]) for row in aid] == [
        (4, None),
        (None, "household"),
        (None, "household"),
    ]
    assert {(row["household"], row["low"], row["problem"]) for row in own} == {
        (0, 3, None),
        (1, None, "household"),
    }


def test_a_sum_that_would_overflow_is_no_failure(engine: Engine) -> None:
    """Asserts that too many members, whatever they have, cost their own household only."""
    people = persons(0, [10**14] * 1100) + persons(1, [1])
    households = [{"household": n, "income": 0} for n in range(2)]
    found = rows_of(engine, MEMBERS, "aid", households, people)

    assert [(row["problem"], row["low"]) for row in found] == [("members", None), (None, 1)]


def test_whole_numbers_stay_whole_in_sqlite() -> None:
    """Asserts that nothing that a query gives in SQLite is a binary fraction."""
    rules, engine = policyrules.load("example.river_city"), SQLite()
    people = population(rules.program, drawn_cases("example.river_city", "typeof", 30))
    for table in people.tables():
        table.into(engine)
    for benefit in ("dibao payment", "medical assistance", "temporary relief"):
        query = rules.sql(benefit, "sqlite", DAY)
        names = [name for name in engine.rows(query)[0] if name.startswith(("low", "high"))]
        kinds = ", ".join(f"typeof({name}) AS {name}" for name in names)
        rows = engine.rows(f"SELECT {kinds} FROM ({query})")  # noqa: S608 - a query of its own
        assert {kind for row in rows for kind in row.values()} == {"integer", "null"}


def test_forty_cases_and_deep_sums_are_read(engine: Engine) -> None:
    """Asserts that neither many cases nor long chains of rules are too deep for a parser."""
    cases = "\n".join(f"    case income is {n} yuan: {n + 1} yuan" for n in range(40))
    chain = "\n".join(
        f"define d{n} (丁{n}) of household: yuan\n"
        f"    the higher of (d{n - 1} + {n} yuan) and {n} yuan"
        for n in range(1, 40)
    )
    text = (
        "input income (收入) of household: yuan, at least 0\n"
        f"benefit aid (补助) of household: yuan\n{cases}\n    otherwise nothing\n"
        "define d0 (丁0) of household: yuan\n    income\n"
        f"{chain}\nbenefit sum (合计) of household: yuan\n    pays d39\n"
    )
    rows = [{"household": n, "income": n * 100} for n in range(41)]
    found = rows_of(engine, text, "aid", rows)
    assert [row["low"] for row in found] == [*((n + 1) * 100 for n in range(40)), None]
    found = rows_of(engine, text, "sum", rows)
    assert [row["low"] for row in found] == [n * 100 + 100 * sum(range(40)) for n in range(41)]


AGED = """
input birth date (出生日期) of person: date
input age (年龄) of person: years, from 0 to 150
benefit aid (补助) of person: yuan
    when completed years since birth date is at least 60
    pays 100 yuan
"""


def test_days_are_reckoned_alike(engine: Engine) -> None:
    """Asserts leap days, days yet to come, and a day of each row."""
    born = ["1964-02-29", "1964-03-01", "1940-02-29", "2024-02-29", "1900-01-01"]
    people = [
        {"person": n, "birth date": date.fromisoformat(day), "asked": date(2024, 2, 29)}
        for n, day in enumerate(born)
    ]
    people.append({"person": 9, "birth date": date(2024, 3, 1), "asked": date(2024, 2, 29)})
    people.append({"person": 10, "birth date": date(1950, 3, 1), "asked": None})
    text = AGED.replace("input age (年龄) of person: years, from 0 to 150\n", "")
    for on in ("2024-02-29", "asked"):
        found = rows_of(engine, text, "aid", [], people, on=on)
        status = {row["person"]: (row["status"], row["problem"]) for row in found}
        assert [status[n][0] for n in range(5)] == [
            "eligible",
            "not eligible",
            "eligible",
            "not eligible",
            "eligible",
        ]
        assert status[9] == ("error", "birth date")
    assert status[10] == ("error", "asked")


SQUARED = """
input area (面积) of household: yuan, at least 0
input factor (系数) of household: yuan, at least 0
benefit aid (补助) of household: yuan
    when area * factor is more than 500000 yuan * 1000000 yuan
    pays area
"""


def test_numbers_beyond_64_bits(wide_engine: Engine) -> None:
    """Asserts that others compute what SQLite refuses, naming what has no bounds."""
    text = SQUARED.replace("factor (系数) of household: yuan", "factor (系数) of household: number")
    text = text.replace("500000 yuan * 1000000 yuan", "10000000000000000 yuan")
    rows = [
        {"household": 1, "area": 10**14, "factor": 10**12},
        {"household": 2, "area": 10**6, "factor": 10**12},
    ]
    found = rows_of(wide_engine, text, "aid", rows)
    assert [row["low"] for row in found] == [10**14, None]
    with pytest.raises(InputError) as caught:
        rows_of(SQLite(), text, "aid", rows)
    (found_problem,) = caught.value.diagnostics
    assert found_problem.code == "PR644"
    assert "`area`" in found_problem.message()
    assert rows_of(SQLite(), text, "aid", rows, largest=10**6)[0]["problem"] == "area"


def test_numbers_too_large_that_rest_on_the_day_of_a_row() -> None:
    """Asserts that the day is named beside the inputs without bounds, as it has no name there."""
    text = SQUARED.replace("area * factor is", "area * (completed days since start) is")
    text = text.replace("factor (系数) of household: yuan, at least 0", "start of household: date")
    text = text.replace("500000 yuan * 1000000 yuan", "500000 yuan * 1000 days")
    with pytest.raises(InputError) as caught:
        rows_of(SQLite(), text, "aid", [{"household": 1, "area": 1, "day": DAY}], on="day")

    (found,) = caught.value.diagnostics
    assert found.code == "PR644"
    assert "`area`" in found.message()
    assert "the day (on)" in found.message()
    assert "日期（on）" in found.message("zh")


def test_members_that_cannot_change_the_answer_are_asked_for(engine: Engine) -> None:
    """Asserts that a household without persons is open where the rule speaks of its members."""
    text = """
input rent of household: yuan per month, at least 0
define less of household: yuan per month
    the sum of (0 - 20) yuan per month over members
benefit aid (补助) of household: yuan per month
    when less is at most rent
    pays 5 yuan per month
"""
    text = text.replace("(0 - 20) yuan per month", "(0 yuan per month - 20 yuan per month)")
    homes = [{"household": 1, "rent": 0}, {"household": 2, "rent": 0}]
    rows = rows_of(engine, text, "aid", homes, [{"household": 1, "person": 1}])

    assert [row["status"] for row in rows] == ["eligible", "open"]
    assert rows[1]["needs"] == "members"


def test_names_are_those_of_the_tables(engine: Engine) -> None:
    """Asserts tables, keys and columns with blanks, quotation marks and Chinese names."""
    row = {"户 号": 1, "收入": 100, "困难": True, "档次": "一类", "预警日期": date(2023, 5, 1)}
    homes = "homes" if engine.name == "spark" else "main.homes"  # of views, none has a schema
    Table(homes, {key: _kind(key, [row]) for key in row}, [row]).into(engine)
    query = Ruleset(compiled(HEADER + AID).program).sql(
        "补助", engine.name, DAY, households=homes, key="户 号", lang="zh"
    )

    (found,) = engine.rows(query)
    assert (found["户 号"], found["status"], found["low"]) == (1, "eligible", 100)
    odd = Ruleset(compiled(HEADER + AID).program).sql(
        "aid", engine.name, DAY, households='a"b', key='k"; DROP TABLE x --'
    )
    assert ('`a"b`' if engine.name == "spark" else '"a""b"') in odd
    assert len(sqlglot.parse(odd, dialect=engine.name)) == 1


def test_absent_columns_are_not_read_and_are_asked_for(engine: Engine) -> None:
    """Asserts that an input without a column is missing everywhere, named where it decides."""
    row = {key: value for key, value in GOOD.items() if key != "income"}
    rows = [{"household": 1, **row}, {"household": 2, **row, "tier": "second"}]
    found = rows_of(engine, AID, "aid", rows, absent=["收入"])

    assert [(each["status"], each["needs"]) for each in found] == [
        ("eligible", "income"),
        ("not eligible", None),
    ]


WRONG: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"dialect": "oracle"}, [("PR641", "dialect")]),
    ({"benefit": "home visit"}, [("PR642", "benefit")]),
    ({"dialect": "sqlite", "money": "decimal"}, [("PR645", "money")]),
    ({"money": "cents"}, [("PR602", "money")]),
    ({"lang": "fr"}, [("PR633", "lang")]),
    ({"largest": 0}, [("PR602", "largest")]),
    ({"persons": "", "key": 3}, [("PR602", "persons"), ("PR602", "key")]),
    ({"scales": {"income": 7}, "absent": ["incme"]}, [("PR604", "absent"), ("PR602", "scales")]),
    ({"absent": [1]}, [("PR602", "absent")]),
    ({"on": None}, [("PR627", "on")]),
    ({"on": "2023-02-29"}, [("PR615", "on")]),
    ({"on": 5}, [("PR602", "on")]),
]


@pytest.mark.parametrize(("wishes", "expected"), WRONG)
def test_wrong_wishes_are_refused(wishes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """Asserts the code and place of each problem, in both languages."""
    rules = policyrules.load("example.river_city")
    with pytest.raises(InputError) as caught:
        rules.sql(**({"benefit": "dibao payment", "dialect": "duckdb", "on": DAY} | wishes))

    assert [(found.code, found.place) for found in caught.value.diagnostics] == expected
    for found in caught.value.diagnostics:
        assert found.message("en")
        assert found.message("zh")


def test_a_rule_without_a_plan_is_refused() -> None:
    """Asserts that the reason is told, in both languages."""
    with pytest.raises(InputError) as caught:
        policyrules.load(LISTS).sql("refund", on=DAY)

    (found,) = caught.value.diagnostics
    assert found.code == "PR643"
    assert found.message("en").endswith("a list of records")
    assert found.message("zh").endswith("逐条记录的清单")


def test_without_sqlglot_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts the message where the package is not installed."""
    monkeypatch.setattr("policyrules.sql.find_spec", lambda _: None)
    with pytest.raises(InputError) as caught:
        policyrules.load("example.river_city").sql("dibao payment", on=DAY)

    (found,) = caught.value.diagnostics
    assert (found.code, "policyrules[sql]" in found.remedy()) == ("PR646", True)


def test_the_same_rules_give_the_same_query() -> None:
    """Asserts that a query depends on nothing but what it is asked for."""
    first, second = (
        Ruleset(policyrules.load("example.river_city", cache=False).program) for _ in range(2)
    )

    for dialect in ENGINES:
        asked = "medical assistance", dialect, DAY
        assert first.sql(*asked) == second.sql(*asked)


def test_the_command_prints_the_query(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts that the command gives what Python gives, and tells what is wrong with its words."""
    rules = policyrules.load("example.river_city")
    asked = ["sql", "example.river_city", "低保金", "--dialect", "sqlite", "--on", DAY]
    more = ["--households", "homes", "--key", "id", "--lang", "zh", "--largest", "1000"]
    assert main([*asked, *more, "--absent", "income"]) == 0
    expected = rules.sql(
        "低保金",
        "sqlite",
        DAY,
        households="homes",
        key="id",
        lang="zh",
        largest=1000,
        absent=["income"],
    )
    assert capsys.readouterr().out == f"{expected}\n"
    assert main([*asked, "--scale", "income=two", "--largest", "many"]) == 1
    assert capsys.readouterr().err.count("PR602") == 2
    assert main([*asked, "--json"]) == 0
    assert capsys.readouterr().out.startswith('{\n  "schema": 1,\n  "sql": "WITH')


def test_no_difference_goes_unseen() -> None:
    """Asserts that a row is compared in its status, both ends, what it needs and its problem."""
    right = Outcome(
        status="eligible", what="benefit", kind="number", low=Fraction(1), high=Fraction(2)
    )
    row = {"status": "eligible", "low": 100, "high": 200, "needs": None, "problem": None}
    for change in ({}, {"low": 101}, {"high": None}, {"status": "not eligible"}, {"needs": "x"}):
        met = Met([], Counter())
        met.note(row | change, right, {})
        assert bool(met.wrong) == bool(change)
