"""Populations in data frames: every row has what a single case has, whatever its cells are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from agreement import ONE_EDITION, product_case, ruleset_of
from search import compiled, drawn, drawn_cases

import policyrules
from policyrules import columns_gaps, columns_paths, columns_plans
from policyrules.columns import Asked, populate
from policyrules.columns_plans import Plans
from policyrules.columns_reading import day_of, declared, read_frame
from policyrules.compiler import compile_source
from policyrules.diagnostics import InputError, Report
from policyrules.ir.lower import lower
from policyrules.ir.nodes import Program
from policyrules.ruleset import Ruleset
from policyrules.source import Source
from policyrules.types.dates import completed_years
from policyrules.wording import decimal_text

ON = "2023-08-01"
CITY = policyrules.load("example.river_city")
MEDICAL = "medical assistance"
STAY: dict[str, Any] = {
    "tekun": False,
    "dibao recipient": True,
    "patient impoverished by illness": False,
    "cause of stay": "major illness",
    "out-of-pocket cost": Decimal(60000),
    **{f"medical assistance paid this year, case {number}": 0 for number in (1, 2, 3)},
}
HOME: dict[str, Any] = {
    "income": Decimal("1200.50"),
    "sudden hardship": True,
    "urgent hardship": False,
    "disaster hardship": False,
}


def people(*rows: Mapping[str, Any], **columns: Any) -> pl.DataFrame:
    """Persons, one in each household, who are as the example unless something else is said."""
    frame = pl.DataFrame([{"household": place, **STAY, **row} for place, row in enumerate(rows)])
    return frame.with_columns(**{name: pl.Series(cells) for name, cells in columns.items()})


def medical(persons: Any, **asked: Any) -> list[tuple[Any, ...]]:
    """The status and ends of the medical assistance of persons."""
    homes = pl.DataFrame([{"household": place, **HOME} for place in range(len(persons))])
    found = CITY.columns(persons, homes, on=ON, only=[MEDICAL], **asked).persons
    names = [name for name in found.columns if name.startswith(f"{MEDICAL}: ")]
    return list(found.select(names).drop(f"{MEDICAL}: needs").iter_rows())


def frames_of(program: Program, cases: list[Any]) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """Cases as text, but truths: persons and households."""
    written = [product_case(case, program.about) for case in cases]
    if program.about == "household":
        homes = [{"household": place, **case["household"]} for place, case in enumerate(written)]
        persons = [
            {"household": home["household"], **member}
            for home in homes
            for member in home.pop("members")
        ]
        return _frame(persons), _frame(homes)
    return _frame([case[program.about] for case in written]), None


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [_cell(row.get(name)) for row in rows] for name in names}
    return (
        pl.DataFrame(columns, strict=False) if columns else pl.DataFrame({"": [None] * len(rows)})
    )


def _cell(value: Any) -> Any:
    match value:
        case None | bool() | str():
            return value
        case date():
            return value.isoformat()
        case int() | Fraction():
            return value if isinstance(value, int) else decimal_text(Fraction(value))
        case _:
            return str(value)


def differences(program: Program, cases: list[Any]) -> list[Any]:
    """The outcomes of which a column says something else than a single case does."""
    rules = Ruleset(program)
    usable = [(case, on) for case, on in cases if _usable(program, case)]
    wrong: list[Any] = []
    for day in {on for _, on in usable}:
        same = [case for case, on in usable if on == day]
        persons, homes = frames_of(program, same)
        given = (None, persons) if program.about == "case" else (persons, homes)
        found = rules.columns(*given, on=day, amounts="text")
        for place, case in enumerate(same):
            result = rules.evaluate(product_case(case, program.about), day)
            for (name, path), outcome in result.items():
                row = _row(found, program, path, place)
                if not said(row, name, outcome):
                    wrong.append((name, path, row, outcome))
    return wrong


def _usable(program: Program, case: Any) -> bool:
    lists = any(entry.collection for entry in program.inputs)
    return (
        not lists and not case["parameters"] and (program.about != "household" or case["members"])
    )


def _row(found: Any, program: Program, path: str, place: int) -> dict[str, Any]:
    if program.about == "person":
        return found.persons.row(place, named=True)
    if path in ("household", "case"):
        return found.households.row(place, named=True)
    member = int(path.rpartition("[")[2].rstrip("]"))
    mine = found.persons.filter(pl.col("household") == place)
    return mine.row(member, named=True)


def said(row: Mapping[str, Any], name: str, outcome: Any) -> bool:
    """Whether a row says what an outcome does."""
    if row[f"{name}: status"] != outcome.status or row[f"{name}: needs"] != list(outcome.needs):
        return False
    if outcome.kind in ("amount", "number"):
        amount = outcome.to_dict()["amount"] or {"low": None, "high": None}
        return [row[f"{name}: {end}"] for end in ("low", "high")] == [amount["low"], amount["high"]]
    expected = None if outcome.value == "none" else outcome.value
    return row[name] == expected


@pytest.mark.parametrize("seed", range(16))
def test_random_rulesets(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts every outcome of random rules for random households with gaps, followed or not."""
    monkeypatch.setattr(columns_gaps, "FEW", 0 if seed % 4 else columns_gaps.FEW)
    text, cases = drawn(f"columns {seed}")

    assert differences(compiled(text).program, cases) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_many_random_rulesets(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts the same of many more."""
    monkeypatch.setattr(columns_gaps, "FEW", 0)
    for number in range(10):
        text, cases = drawn(f"columns {seed} {number}")
        assert differences(compiled(text).program, cases) == [], text


@pytest.mark.parametrize("name", ONE_EDITION)
def test_written_rulesets(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts every outcome of the written rulesets, gaps followed in columns."""
    monkeypatch.setattr(columns_gaps, "FEW", 0)
    assert differences(ruleset_of(name)[0], drawn_cases(name, "columns", 4)) == []


@pytest.mark.parametrize("at_once", [3, 1 << 17])
def test_many_rows_with_gaps(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts rows of which many are alike, in batches of any size."""
    monkeypatch.setattr(columns_paths, "AT_ONCE", at_once)
    monkeypatch.setattr(columns_gaps, "FEW", 0)
    assert differences(CITY.program, drawn_cases("example.river_city", "gaps", 40)) == []


def test_a_row_with_too_many_paths_is_left_to_the_evaluator(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asserts that nothing is told of a row of which not all paths were followed."""
    monkeypatch.setattr(columns_paths, "MOST", 2)
    monkeypatch.setattr(columns_gaps, "FEW", 0)
    assert differences(CITY.program, drawn_cases("example.river_city", "paths", 12)) == []


AGED = """\
ruleset test.aged
define lived of person: year of age
    age
"""
TORN = """\
ruleset test.torn
    currency yuan
input cost of person: yuan, at least 0
statuses of person: ill
define aid of person: yuan
    cost
exception "in illness" to aid
    when ill
    the general amount + 1 yuan
exception "of old age" to aid
    when age is at least 60
    the general amount + 2 yuan
"""
SILENT = """\
ruleset test.silent
    currency yuan
parameter care standard: yuan per month
    not stated, at least 100 yuan per month
parameter old standard: yuan per month
    from 2022-01-01: 680 yuan per month
input ill of person: yes or no
benefit aid of person: yuan per month
    when (care standard equals old standard) or ill
    pays 100 yuan per month
"""


@pytest.mark.parametrize("ill", [True, False])
def test_a_figure_that_rules_contradict_has_no_bounds(ill: bool) -> None:
    """Asserts that nothing is told of it but that it is undetermined."""
    rules = Ruleset(compiled(TORN).program)
    facts: dict[str, Any] = {"ill": ill, "age": 70, "cost": 952}
    outcome = rules.evaluate({"person": facts}, ON)["aid"]
    frame = pl.DataFrame([facts | {"cost": Decimal(952)}])
    row = rules.columns(frame, on=ON, amounts="text").persons.row(0, named=True)

    assert outcome.status == ("undetermined" if ill else "known")
    assert row["aid: low"] == (None if ill else "954")
    assert said(row, "aid", outcome)


@pytest.mark.parametrize(("on", "asked"), [("2022-01-01", ["care standard"]), ("2021-12-31", [])])
def test_what_is_not_stated_is_asked_for_where_it_is_compared(
    on: str, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asserts that a figure compared with one that is not in force is not asked for."""
    monkeypatch.setattr(columns_gaps, "FEW", 0)
    rules = Ruleset(compiled(SILENT).program)
    frame = pl.DataFrame({"ill": [None]}, schema={"ill": pl.Boolean})
    expected = ["person.ill", *(f"parameters.{name}" for name in asked)]

    assert rules.columns(frame, on=on).persons["aid: needs"].to_list() == [expected]
    assert list(rules.evaluate({"person": {}}, on)["aid"].needs) == expected


@pytest.mark.parametrize("amounts", ["decimal", "fen", "text"])
def test_bounds_in_each_form(amounts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts that followed rows have the bounds and needs that single cases have."""
    stays = [{"cause of stay": None}, {"out-of-pocket cost": None}, {"tekun": None}, {}]
    homes = pl.DataFrame([{"household": place, **HOME} for place in range(len(stays))])
    found: list[pl.DataFrame] = []
    for few in (0, 100):
        monkeypatch.setattr(columns_gaps, "FEW", few)
        asked: dict[str, Any] = {"on": ON, "only": [MEDICAL], "amounts": amounts}
        found.append(CITY.columns(people(*stays), homes, **asked).persons)

    assert found[0].equals(found[1])
    assert found[0][f"{MEDICAL}: needs"].list.len().to_list() == [1, 1, 1, 0]


def test_bounds_too_exact_for_the_form_are_bad_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts that either end of a bound is looked at, whichever path it comes from."""
    text = (
        "ruleset test.thirds\n    currency yuan\n"
        "input cost of person: yuan, at least 0\ninput ill of person: yes or no\n"
        "benefit third of person: yuan, one-off\n"
        "    case ill: cost / 3\n    otherwise cost\n"
    )
    rules = Ruleset(compiled(text).program)
    frame = pl.DataFrame(
        {"cost": [10000, 30000, 10000], "ill": [None, None, False]},
        schema_overrides={"ill": pl.Boolean},
    )
    for few in (0, 100):
        monkeypatch.setattr(columns_gaps, "FEW", few)
        found = rules.columns(frame, on=ON, errors="null")

        assert [(each.row, each.problem.code) for each in found.bad] == [(0, "PR699")]
        assert found.persons["third: low"].to_list() == [None, Decimal(100), Decimal(100)]
        assert found.persons["third: high"].to_list() == [None, Decimal(300), Decimal(100)]
        assert found.persons["third: status"].to_list() == [None, "eligible", "eligible"]


@pytest.mark.parametrize(
    "cost",
    [
        pl.Series([6000000, 12345], dtype=pl.Int64),
        pl.Series([6000000, 12345], dtype=pl.Int32),
        pl.Series([6000000, 12345], dtype=pl.UInt32),
        pl.Series([6000000, 12345], dtype=pl.UInt64),
        pl.Series([Decimal("60000.00"), Decimal("123.45")]),
        pl.Series([Decimal("60000.0000"), Decimal("123.4500")]),
        pl.Series(["60000", "123.45"]),
        pl.Series(["60000.00", " 123.45 "]),
        pl.Series(["6万元", "123.45 yuan"]),
    ],
)
def test_money_in_every_exact_form(cost: pl.Series) -> None:
    """Asserts that whole numbers are fen, and Decimal and text are yuan."""
    found = medical(people({}, {}, **{"out-of-pocket cost": cost}))

    assert found == [
        ("eligible", Decimal(30000), Decimal(30000)),
        ("eligible", Decimal("111.105"), Decimal("111.105")),
    ]


def test_truths_and_days_written_as_in_a_case_are_planned() -> None:
    """Asserts that text for yes, no and days is read by columns, not row by row."""
    known = declared(CITY.program, "person").names
    told = pl.Series("tekun", ["是", " YES ", "否", "no", "true", None])
    days = pl.Series("birth date", ["1960-02-29", "1960年2月29日", "1960年12月1日", "later", None])

    frame = pl.DataFrame({"tekun": told})
    read = read_frame(
        frame, declared(CITY.program, "person"), {}, place="", report=Report(), notes=Report()
    )

    assert known["tekun"].kind == "truth"
    assert read.cells["tekun"].to_list() == [True, True, False, False, None, None]
    assert read.odd.to_list() == [False, False, False, False, True, False]
    ordinals = [date(1960, 2, 29).toordinal()] * 2 + [date(1960, 12, 1).toordinal(), None, None]
    assert day_of(days).to_list() == ordinals


def test_floats_are_refused_by_name_and_with_the_remedy() -> None:
    """Asserts one message for all columns of floats."""
    persons = people({}, **{"out-of-pocket cost": [0.1], "tekun": [1.0]})

    with pytest.raises(InputError) as caught:
        medical(persons)

    assert [each.code for each in caught.value.diagnostics] == ["PR690", "PR690"]
    assert "Decimal" in caught.value.diagnostics[0].remedy("en")
    assert "十进制数" in caught.value.diagnostics[0].remedy("zh")


def test_names_and_values_work_in_either_language() -> None:
    """Asserts Chinese columns and categories, in text and as categories."""
    persons = people({"cause of stay": "重特大疾病"}, {"cause of stay": "其他疾病"}).rename(
        {"out-of-pocket cost": "政策范围内个人自付费用", "dibao recipient": "低保对象"}
    )
    expected = [("eligible", Decimal(end), Decimal(end)) for end in (30000, 20000)]

    assert medical(persons) == expected
    assert medical(persons.with_columns(pl.col("cause of stay").cast(pl.Categorical))) == expected


@pytest.mark.parametrize(
    "kind", [pl.String, pl.Categorical, pl.Enum(["other illness", "重特大疾病", "flu"])]
)
def test_categories_are_held_in_any_form(kind: Any) -> None:
    """Asserts words in both languages, one that is missing, and one that is none of the rules'."""
    words = ["重特大疾病", None, "flu", "other illness"]
    persons = people(*({"cause of stay": word} for word in words))
    persons = persons.with_columns(pl.col("cause of stay").cast(kind))
    low, high = Decimal(20000), Decimal(30000)

    assert medical(persons, errors="null") == [
        ("eligible", high, high),
        ("eligible", low, high),
        (None, None, None),
        ("eligible", low, low),
    ]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ("decimal", (Decimal("111.105"), Decimal("111.105"))),
        ("text", ("111.105", "111.105")),
    ],
)
def test_forms_of_numbers(amounts: Any, expected: tuple[Any, ...]) -> None:
    """Asserts exact numbers in six places and as text."""
    persons = people({"out-of-pocket cost": Decimal("123.45")})

    assert medical(persons, amounts=amounts) == [("eligible", *expected)]


def test_parts_are_numerator_and_denominator() -> None:
    """Asserts that what no decimal can say comes as a fraction, planned or as a single case."""
    rules = _thirds()
    frame = pl.DataFrame({"cost": [10000, 10000, None], "on": [ON, ON, ON]})

    found = rules.columns(frame, on="on", amounts="parts").persons

    tops, bottoms = (found[f"third: low {part}"] for part in ("numerator", "denominator"))
    assert [Fraction(top, bottom) for top, bottom in zip(tops, bottoms, strict=True)] == [
        Fraction(100, 3),
        Fraction(100, 3),
        0,
    ]
    assert found["third: high numerator"].to_list()[2] is None


def test_a_number_too_exact_for_the_form_is_a_bad_row() -> None:
    """Asserts that no digit is lost silently: the row is named, with the remedy."""
    rules = _thirds()
    frame = pl.DataFrame({"cost": [10000, 30000]})

    with pytest.raises(InputError, match="does not round") as caught:
        rules.columns(frame, on=ON)
    assert [each.code for each in caught.value.diagnostics] == ["PR699"]
    found = rules.columns(frame, on=ON, errors="null")
    assert found.persons["third: low"].to_list() == [None, Decimal(100)]
    assert [(each.table, each.row) for each in found.bad] == [("persons", 0)]
    assert (
        rules.columns(frame, on=ON, amounts="fen", errors="null").persons["third: low"][1] == 10000
    )


def test_rows_too_exact_for_the_form_are_told_by_the_plan() -> None:
    """Asserts that such rows are not evaluated again, and that the others keep their numbers."""
    rules = _thirds()

    def evaluate(case: object, on: object, names: object) -> Any:
        raise AssertionError((case, on, names))

    frames = pl.DataFrame({"cost": [10000, 30000, 10000]}), None
    asked = Asked(on=ON, keep=True)
    found = populate(Plans(rules.program), evaluate, str, frames, asked)

    assert [(each.row, each.problem.code) for each in found.bad] == [(0, "PR699"), (2, "PR699")]
    assert found.persons["third: low"].to_list() == [None, Decimal(100), None]
    assert found.persons["third: status"].to_list() == [None, "eligible", None]


@pytest.mark.parametrize("height", [1, 0])
def test_an_outcome_that_rests_on_nothing(height: int) -> None:
    """Asserts that an amount that is the same for everybody is there in every row."""
    text = "ruleset test\n    currency yuan\ninput cost of person: yuan, at least 0\n"
    text += "define flat of household: yuan\n    5\n"
    rules = Ruleset(compiled(text).program)
    frame = pl.DataFrame({"household": ["a"] * height}, schema={"household": pl.String})

    found = rules.columns(frame, on=ON, amounts="fen").households

    assert found["flat: low"].to_list() == [500] * height


def _thirds() -> Ruleset:
    text = (
        "ruleset test.thirds\n    currency yuan\n"
        "input cost of person: yuan, at least 0\n"
        "benefit third of person: yuan, one-off\n    pays cost / 3\n"
    )
    return Ruleset(compiled(text).program)


def test_one_bad_row_beside_good_ones() -> None:
    """Asserts that errors are listed with table and row, and that the other rows lose nothing."""
    good = people({}, {}, {})
    bad = good.with_columns(
        pl.Series("out-of-pocket cost", ["60000", "-5", "a lot"]),
        pl.Series("cause of stay", ["major illness", "other illness", "influenza"]),
    )

    with pytest.raises(InputError) as caught:
        medical(bad)
    assert {(each.code, each.place) for each in caught.value.diagnostics} == {
        ("PR611", "persons[1].out-of-pocket cost"),
        ("PR609", "persons[2].out-of-pocket cost"),
        ("PR613", "persons[2].cause of stay"),
    }
    assert medical(bad, errors="null") == [
        ("eligible", Decimal(30000), Decimal(30000)),
        (None, None, None),
        (None, None, None),
    ]


def test_persons_and_households_find_each_other_by_key() -> None:
    """Asserts shuffled keys of text, households without persons and persons without households."""
    persons = people({}, {}, {}, household=["b", "a", "b"])
    homes = pl.DataFrame([{"household": key, **HOME} for key in ("a", "b", "c")])

    found = CITY.columns(persons, homes, on=ON, only=["dibao payment"])

    assert found.households["household"].to_list() == ["a", "b", "c"]
    assert found.households["dibao payment: low"].to_list() == [None, Decimal(280 * 2), Decimal(0)]
    assert found.households["dibao payment: status"].to_list() == [
        "not eligible",
        "eligible",
        "undetermined",
    ]
    assert found.households["dibao payment: needs"][2].to_list() == ["household.members"]


def test_keys_that_are_wrong_are_bad_rows() -> None:
    """Asserts a missing key, one that no household has, and a household that stands twice."""
    persons = people({}, {}, {}, household=["a", None, "z"])
    homes = pl.DataFrame([{"household": key, **HOME} for key in ("a", "b", "b")])

    found = CITY.columns(persons, homes, on=ON, only=[MEDICAL], errors="null")

    told = [(each.problem.code, each.problem.place) for each in found.bad]
    assert told == [
        ("PR696", "households[2].household"),
        ("PR695", "persons[1].household"),
        ("PR697", "persons[2].household"),
    ]
    assert found.persons[f"{MEDICAL}: status"].to_list() == ["eligible", None, None]


def test_households_may_be_left_out() -> None:
    """Asserts a row for each key, in the order in which they appear; their facts are missing."""
    found = CITY.columns(people({}, {}, household=[7, 3]), on=ON, only=["dibao payment"])

    assert found.households["household"].to_list() == [7, 3]
    assert found.households["dibao payment: status"].unique().to_list() == ["undetermined"]


@pytest.mark.parametrize("kind", [pl.String, pl.Date])
def test_the_day_may_be_a_column(kind: Any) -> None:
    """Asserts that each household has the standard of its own day."""
    persons = people({}, {})
    homes = pl.DataFrame([{"household": place, **HOME} for place in range(2)]).with_columns(
        pl.Series("day", ["2022-06-30", ON]).cast(kind, strict=False)
        if kind == pl.String
        else pl.Series("day", [date(2022, 6, 30), date(2023, 8, 1)])
    )

    found = CITY.columns(persons, homes, on="day", only=["temporary relief"], amounts="fen")

    assert found.households["temporary relief: low"].to_list() == [136000, 140000]


def test_ages_follow_from_birth_dates_as_in_single_cases() -> None:
    """Asserts ages around birthdays and leap days, also where an age is told beside the date."""
    text = (
        "ruleset test.ages\n    currency yuan\n"
        "benefit pension of person: yuan per month\n    when age is at least 60\n    pays age\n"
    )
    text = text.replace("pays age", "pays 100 yuan per month")
    rules = Ruleset(compiled(text).program)
    rows = [
        {"birth date": date(1963, 8, 1), "age": None},
        {"birth date": date(1963, 8, 2), "age": None},
        {"birth date": date(1960, 2, 29), "age": 63},
        {"birth date": date(1960, 2, 29), "age": 64},
        {"birth date": date(2024, 1, 1), "age": None},
        {"birth date": date(1800, 1, 1), "age": None},
        {"birth date": None, "age": 60},
        {"birth date": None, "age": None},
    ]

    for age in (pl.Int64, pl.String):
        frame = pl.DataFrame(rows).with_columns(pl.col("age").cast(age))
        found = rules.columns(frame, on=ON, errors="null")
        for place, row in enumerate(rows):
            case = {name: str(cell) for name, cell in row.items() if cell is not None}
            status = found.persons["pension: status"][place]
            try:
                assert status == rules.evaluate({"person": case}, ON)["pension"].status
            except InputError:
                assert status is None


@pytest.mark.parametrize("on", [date(2023, 2, 28), date(2023, 8, 1), date(2024, 2, 29)])
def test_everybody_has_the_completed_years(on: date) -> None:
    """Asserts the age on a day of whoever was born since the first year that cases may have."""
    rules = Ruleset(compiled(AGED).program)
    births = [on - timedelta(days) for days in range(0, 123 * 365, 7)]
    births += [date(year, 2, 28) for year in range(1900, 2021)]
    births += [date(year, 2, 29) for year in range(1904, 2021, 4)]
    found = rules.columns(pl.DataFrame({"birth date": births}), on=on, amounts="parts").persons

    years = [completed_years(born, on) for born in births]
    assert found["lived: low numerator"].to_list() == years


def test_a_column_that_holds_no_days_is_refused() -> None:
    """Asserts the message for a day that is read from a column of something else."""
    homes = pl.DataFrame([{"household": 0, **HOME, "day": 5}])

    with pytest.raises(InputError) as caught:
        CITY.columns(people({}), homes, on="day")

    assert [each.code for each in caught.value.diagnostics] == ["PR688"]


def test_pandas_arrow_and_lazy_frames_come_back_as_they_are() -> None:
    """Asserts the same figures in frames of the kind that was given."""
    persons = people({}, {"out-of-pocket cost": Decimal("123.45")})
    homes = pl.DataFrame([{"household": place, **HOME} for place in range(2)])
    expected = [Decimal(30000), Decimal("111.105")]
    asked: dict[str, Any] = {"on": ON, "only": [MEDICAL]}

    table = CITY.columns(persons.to_arrow(), homes.to_arrow(), **asked).persons
    lazy = CITY.columns(persons.lazy(), homes.lazy(), **asked).persons
    panda = CITY.columns(persons.to_pandas(), homes.to_pandas(), **asked).persons

    assert isinstance(table, pa.Table)
    assert table.column(f"{MEDICAL}: low").to_pylist() == expected
    assert isinstance(lazy, pl.LazyFrame)
    assert lazy.collect()[f"{MEDICAL}: low"].to_list() == expected
    assert type(panda).__module__.startswith("pandas")
    assert list(panda[f"{MEDICAL}: low"]) == expected


@pytest.mark.parametrize(
    ("persons", "homes", "asked", "code"),
    [
        ([1, 2], None, {}, "PR693"),
        (people({}).drop("household"), None, {}, "PR694"),
        (None, None, {}, "PR698"),
        (people({}), None, {"amounts": "float"}, "PR689"),
        (people({}), None, {"only": ["dibao paymnt"]}, "PR628"),
        (people({}).with_columns(低保对象=pl.lit(value=True)), None, {}, "PR606"),
        (people({}).with_columns(household=pl.lit([1])), None, {}, "PR653"),
        (people({}), pl.DataFrame({"household": ["1"]}), {}, "PR654"),
        (people({}), pl.DataFrame({"household": [1.0]}), {}, "PR654"),
        (people({}), pl.DataFrame({"household": []}, {"household": pl.Int64}), {}, "PR697"),
        (people({}), pl.DataFrame({"household": []}), {}, "PR697"),
        (pd.DataFrame({"household": [1, 2], "tekun": ["是", True]}), None, {}, "PR655"),
        (people({}), None, {"on": "20230801"}, "PR670"),
        (people({}), None, {"on": "nowhere"}, "PR670"),
        (people({}), None, {"on": "9999-01-01"}, "PR616"),
        (people({}), None, {"on": datetime(2023, 8, 1)}, "PR602"),  # noqa: DTZ001 - as a user may
        (people({}), None, {"on": 5}, "PR602"),
        (people({}), None, {"on": None}, "PR627"),
    ],
)
def test_what_is_no_population_is_refused(persons: Any, homes: Any, asked: Any, code: str) -> None:
    """Asserts one message for each mistake of a call."""
    with pytest.raises(InputError) as caught:
        CITY.columns(persons, homes, **{"on": ON, **asked})

    assert [each.code for each in caught.value.diagnostics] == [code]


ODD = """\
ruleset odd (样例)
    currency yuan
source act
[act 1]
input wage (工资) of person: yuan per month
input visits (次数) of person: times
input start (开始日) of person: date
define double wage of person: yuan per month
    wage * 2
define double visits of person: times
    visits * 2
define early of person: yes or no
    start is before 2023-01-01
"""


@pytest.mark.parametrize(
    ("name", "rule", "cells"),
    [
        ("wage", "double wage", ["+5", "5.", " -5 ", "1e3", "1_0", "－5"]),
        ("visits", "double visits", ["5", "5.0", "5.5", "-1", Decimal("5.50"), Decimal("5.0")]),
        ("visits", "double visits", [-1, 0, 5]),
        ("start", "early", ["+2023-01-01", "23-01-01", "2023- 1-1", "1899-12-31", "2200-12-31"]),
        ("start", "early", [date(1899, 12, 31), date(1900, 1, 1), date(2201, 1, 1)]),
    ],
)
def test_a_cell_is_read_or_refused_as_in_a_case(name: str, rule: str, cells: list[Any]) -> None:
    """Asserts that no writing is a value in a column that a case does not take."""
    rules = policyrules.Ruleset(compile_source(Source("odd.rules", ODD)).program)
    for cell in cells:
        frame = pl.DataFrame({name: [cell]})
        found = rules.columns(frame, on=ON, only=[rule], amounts="text", errors="null")
        try:
            single = rules.evaluate({"person": {name: cell}}, on=ON)[rule]
        except InputError as error:
            codes = [problem.code for problem in error.diagnostics]
            assert [bad.problem.code for bad in found.bad] == codes, cell
        else:
            assert found.persons[f"{rule}: status"].to_list() == [single.status], cell
            assert not found.bad, cell


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2201, 1, 1)])
def test_a_column_of_days_has_the_days_that_a_case_may_have(day: date) -> None:
    """Asserts that a row of another day is in error, and the others are not."""
    homes = pl.DataFrame({"household": [1, 2], "day": [day, date(2023, 8, 1)]})
    persons = pl.DataFrame({"household": [1, 2]})

    found = CITY.columns(persons, homes, on="day", errors="null")

    assert [(bad.table, bad.row, bad.problem.code) for bad in found.bad] == [
        ("households", 0, "PR616")
    ]
    assert found.bad[0].problem.place == "households[0].day"


def test_a_fact_in_the_other_table_is_noted() -> None:
    """Asserts that it is not read, and that its table is told, unless it is there as well."""
    persons = people({}).with_columns(pl.lit(1200).alias("income"))
    homes = pl.DataFrame({"household": persons["household"].unique()})

    (note,) = CITY.columns(persons, homes, on=ON, only=[MEDICAL]).notes
    homes = homes.with_columns(pl.lit(1200).alias("income"))

    assert (note.code, note.place) == ("PR656", "persons.income")
    assert note.remedy("zh") == "请写入家庭表"
    assert not CITY.columns(persons, homes, on=ON, only=[MEDICAL]).notes


def test_keys_of_text_may_be_categories() -> None:
    """Asserts that categories are told apart by their words."""
    persons = pl.DataFrame({"household": pl.Series(["b", "a"], dtype=pl.Categorical)})
    homes = pl.DataFrame({"household": ["a", "b"], "income": [100000, 1000000]})

    found = CITY.columns(persons, homes, on=ON, only=["dibao payment"])

    assert found.households["dibao payment: status"].to_list() == ["not eligible"] * 2


def test_a_column_with_a_name_that_is_nearly_that_of_an_input_is_noted() -> None:
    """Asserts that nothing is guessed, and that the name meant is told."""
    persons = people({}).rename({"tekun": "tekum"})

    found = CITY.columns(persons, on=ON, only=[MEDICAL])

    assert [each.code for each in found.notes] == ["PR691"]
    assert "tekun" in found.notes[0].remedy("en")
    assert found.persons["tekum"].to_list() == [False]


def test_polars_that_is_not_installed_is_told_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asserts the message of an installation without the extra."""
    monkeypatch.setitem(__import__("sys").modules, "polars", None)

    with pytest.raises(InputError, match=r"policyrules\[columns\]") as caught:
        CITY.columns(object(), on=ON)
    assert [each.code for each in caught.value.diagnostics] == ["PR692"]


def test_a_fact_that_no_member_has_a_column_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts that what all members lack may be another thing for each, and is asked of each."""
    monkeypatch.setattr(columns_gaps, "FEW", 0)
    text = (
        "ruleset test.wages\n    currency yuan\n"
        "input wage of person: yuan, at least 0\ninput ill of person: yes or no\n"
        "define wages of household: yuan\n    the sum of wage over members\n"
        "define somebody ill of household: yes or no\n    any member is ill\n"
    )
    rules = Ruleset(compiled(text).program)

    found = rules.columns(pl.DataFrame({"household": [1, 1]}), on=ON).households

    assert found["wages: needs"].to_list() == [[f"household.members[{k}].wage" for k in (0, 1)]]
    assert found["somebody ill: needs"].to_list() == [
        [f"household.members[{k}].ill" for k in (0, 1)]
    ]


def test_a_plan_is_made_once_for_populations_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts that other cells have the plan of before, and another day or a gap one of its own."""
    made: list[object] = []

    def counted(*given: Any) -> Any:
        made.append(given)
        return lower(*given)

    monkeypatch.setattr(columns_plans, "lower", counted)
    rules = policyrules.load("example.river_city")
    homes = pl.DataFrame([{"household": 0, **HOME}])

    def low(cost: int | None, on: str) -> tuple[object, int]:
        persons = people({"out-of-pocket cost": cost})
        found = rules.columns(persons, homes, on=on, only=[MEDICAL]).persons
        return found[f"{MEDICAL}: low"][0], len(made)

    assert low(1000, ON) == (Decimal(9), 1)
    assert low(2000, ON) == (Decimal(18), 1)
    assert low(None, ON) == (Decimal(0), 2)
    assert low(1000, "2023-08-02") == (Decimal(9), 3)
    for day in range(2, 2 + columns_plans.MOST_KEPT):
        low(1000, f"2023-09-{day:02}")
    assert low(1000, ON) == (Decimal(9), 4 + columns_plans.MOST_KEPT)
