"""Populations as lazy frames: the same answers as those in memory, evaluated in small blocks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.io.plugins import register_io_source

import policyrules
from policyrules import columns_lazy
from policyrules.columns import Populated
from policyrules.columns_run import Run
from policyrules.diagnostics import InputError
from policyrules.ruleset import Ruleset

ON = "2023-08-01"
CITY = policyrules.load("example.river_city")
MEDICAL, DIBAO = "medical assistance", "dibao payment"
COVER = """\
ruleset test.cover
input cost (费用) of person: yuan, at least 0
benefit grant (补助) of person: yuan, one-off
    base cost
    pays 90% up to 30000 yuan
"""
SHOP = COVER.replace(" of person", " of case").replace("test.cover", "test.shop")


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few rows, so that a household is in several batches."""
    monkeypatch.setattr(columns_lazy, "AT_ONCE", 7)
    monkeypatch.setattr(columns_lazy, "BLOCKS", 3)
    monkeypatch.setattr(columns_lazy, "BATCH", 3)


def population(seed: int, *, sort: bool, homes: int = 14) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Persons and households with gaps, columns of other kinds, and rows that are wrong."""
    drawn = random.Random(seed)  # noqa: S311 - no secret
    keys = [f"h{number:02}" for number in range(homes)]
    members = [drawn.choice(keys[:-1]) for _ in range(40)]
    households = drawn.sample(keys, homes)
    if sort:
        members, households = sorted(members), sorted(households)
    else:
        members[5], members[11] = None, "nobody"
        households[3] = households[9]

    def cells(*values: Any) -> list[Any]:
        return [drawn.choice(values) for _ in members]

    persons = {
        "household": members,
        "note": pl.Series(cells("a", "b", None), dtype=pl.Categorical),
        "large": pl.Series(cells(1, 10**25), dtype=pl.Int128),
        "tekun": cells(True, False, None),
        "dibao recipient": cells(True, False, None),
        "patient impoverished by illness": cells(True, False),
        "cause of stay": cells("major illness", "其他疾病", "unknown word", None),
        "out-of-pocket cost": cells(6_000_000, 123, None, -5),
        "medical assistance paid this year": cells(0, None),
    }
    income = [drawn.choice((120_050, 90_000, None)) for _ in households]
    days = [drawn.choice(("2023-08-01", "2022-02-01", "soon")) for _ in households]
    disaster = [drawn.choice((True, False, None)) for _ in households]
    told = {"household": households, "income": income, "day": days, "disaster hardship": disaster}
    return pl.DataFrame(persons), pl.DataFrame(told)


def same(found: Populated, expected: Populated) -> None:
    """Assert that queries have the rows, and tell the bad ones, that frames in memory do."""
    for name in ("persons", "households"):
        query, frame = getattr(found, name), getattr(expected, name)
        assert (query is None) == (frame is None)
        if query is not None:
            assert query.collect_schema() == frame.schema
            assert query.collect().equals(frame), name
            assert list(found.bad) == list(expected.bad)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("sort", [True, False])
@pytest.mark.parametrize("alone", [True, False])
def test_queries_give_what_frames_give(seed: int, sort: bool, alone: bool) -> None:
    """Asserts rows, their order and what is wrong with them, wherever the rows stand."""
    persons, homes = population(seed, sort=sort)
    asked: dict[str, Any] = {"only": [MEDICAL, DIBAO], "errors": "null"}
    asked["on"] = ON if alone or seed else "day"
    given = (persons, None if alone else homes)
    lazy = (persons.lazy(), None if alone else homes.lazy())
    expected = CITY.columns(*given, **asked)

    assert expected.bad
    same(CITY.columns(*lazy, **asked), expected)


def test_numbers_and_words_are_keys_in_any_form() -> None:
    """Asserts that keys of two widths, and categories beside text, find each other in blocks."""
    persons, homes = population(1, sort=False)
    number = pl.col("household").str.extract("h([0-9]+)").cast(pl.Int64)
    forms = (
        (number.cast(pl.Int16), number.cast(pl.UInt64)),
        (pl.col("household").cast(pl.Categorical), pl.col("household")),
    )
    for of_persons, of_homes in forms:
        given = persons.with_columns(household=of_persons), homes.with_columns(household=of_homes)
        expected = CITY.columns(*given, on=ON, only=[MEDICAL], errors="null")
        found = CITY.columns(*(each.lazy() for each in given), on=ON, only=[MEDICAL], errors="null")

        same(found, expected)


@pytest.mark.parametrize("rows", [0, 1, 7, 8, 30])
@pytest.mark.parametrize("text", [COVER, SHOP])
def test_rows_without_households(tmp_path: Path, text: str, rows: int) -> None:
    """Asserts that persons alone, or cases alone, are evaluated as they come."""
    file = tmp_path / "some.rules"
    file.write_text(text, "utf-8")
    rules = policyrules.load(file)
    costs = pl.Series([(-1) ** row * row * 1000 for row in range(rows)], dtype=pl.Int64)
    frame = pl.DataFrame({"cost": costs, "place": range(rows)})
    expected = _alone(rules, frame, text)

    same(_alone(rules, frame.lazy(), text), expected)


def _alone(rules: Ruleset, frame: Any, text: str) -> Populated:
    frames = (frame, None) if text is COVER else (None, frame)
    return rules.columns(*frames, on=ON, errors="null")


def test_nothing_is_read_before_the_result_is_collected() -> None:
    """Asserts that making the query reads no row, and that its columns are checked all the same."""
    persons, homes = population(1, sort=True)
    met: list[int] = []

    def produce(columns: Any, predicate: Any, most: Any, size: Any) -> Iterator[pl.DataFrame]:
        met.append(1)
        yield persons if columns is None else persons.select(columns)

    query = register_io_source(produce, schema=persons.schema)
    found = CITY.columns(query, homes, on=ON, only=[MEDICAL], errors="null").persons
    narrow = found.select("household", f"{MEDICAL}: status").filter(pl.col("household") > "h05")

    assert met == []
    with pytest.raises(InputError) as caught:
        CITY.columns(query.with_columns(tekun=pl.lit(0.5)), on=ON)
    assert [each.code for each in caught.value.diagnostics] == ["PR690"]
    assert met == []
    assert narrow.collect().height == persons.filter(pl.col("household") > "h05").height
    assert met


def test_only_what_a_query_selects_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts which rules are evaluated for some columns, and that a few rows stop the rest."""
    persons, homes = population(2, sort=True)
    wanted: list[Any] = []
    work = Run.work

    def noted(run: Run, names: Any) -> None:
        wanted.append(names)
        work(run, names)

    found = CITY.columns(persons.lazy(), homes.lazy(), on=ON, errors="null")
    monkeypatch.setattr(Run, "work", noted)

    found.households.select("household").collect()
    found.households.select(f"{DIBAO}: low").collect()
    assert set(wanted) == {frozenset(), frozenset({DIBAO})}
    wanted.clear()
    assert found.persons.head(2).select(f"{MEDICAL}: needs").collect().height == 2
    assert wanted == [frozenset({MEDICAL})]


@pytest.mark.parametrize("sort", [True, False])
def test_rows_that_are_wrong_are_refused_when_they_are_met(tmp_path: Path, sort: bool) -> None:
    """Asserts the error of a query, with the row of the whole table and nothing of Polars."""
    persons, homes = population(1, sort=sort)
    found = CITY.columns(persons.lazy(), homes.lazy(), on=ON, only=[MEDICAL]).persons
    with pytest.raises(InputError) as expected:
        CITY.columns(persons, homes, on=ON, only=[MEDICAL])

    with pytest.raises(InputError) as caught:
        found.sink_parquet(tmp_path / "found.parquet")

    told = [str(each) for each in caught.value.diagnostics]
    assert told == [str(each) for each in expected.value.diagnostics][: len(told)]
    assert told


def test_a_query_goes_into_files() -> None:
    """Asserts that what is collected in streams is what is in memory."""
    persons, homes = population(2, sort=True)
    asked: dict[str, Any] = {"on": ON, "only": [DIBAO], "errors": "null"}
    found = CITY.columns(persons.lazy(), homes.lazy(), **asked).households
    total = found.select(pl.col(f"{DIBAO}: low").sum())
    expected = CITY.columns(persons, homes, **asked).households[f"{DIBAO}: low"].sum()

    assert total.collect(engine="streaming").item() == expected
    assert total.collect(engine="in-memory").item() == expected
