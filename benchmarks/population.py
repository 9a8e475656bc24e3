"""How long a population takes: beside exact Polars written by hand, and NumPy in float32."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl

from benchmarks.measure import Row, side_by_side
from policyrules import load
from policyrules.backends.columns import HOUSEHOLD, name_of, work_out
from policyrules.ir.lower import STATUSES, Lowered, lower
from policyrules.ir.lowering import Column

PERSONS, RUNS = 5_000_000, 5
ON = 738733  # 2023-08-01
MEDICAL, DIBAO, RELIEF = "medical assistance", "dibao payment", "temporary relief"
PAID = [f"medical assistance paid this year, case {number}" for number in (1, 2, 3)]
FEN = Fraction(1, 100)
ELIGIBLE = STATUSES.index("eligible")
Frames = tuple[pl.DataFrame, pl.DataFrame]


def rows() -> Iterator[Row]:
    """A row for each peer."""
    plan = planned()
    frames = population(PERSONS, plan)
    check(plan, frames)
    roots = wanted(plan)

    def ours() -> object:
        return work_out(roots, *frames)

    peers: tuple[tuple[str, Callable[[], object], str], ...] = (
        ("Polars by hand, exact", lambda: by_hand(frames, plan), "1.3 ×"),
        ("NumPy in float32, rule by rule", lambda: in_floats(frames, plan), "a third"),
    )
    for name, theirs, goal in peers:
        times = side_by_side(ours, theirs, RUNS)
        yield Row(f"dibao, medical, relief: {PERSONS:,} persons", *_beside(times, name, goal))
    complete = population(PERSONS // 5, plan)
    gaps = with_gaps(complete)
    times = side_by_side(lambda: told(gaps, plan), lambda: told(complete, plan), RUNS)
    name = f"the same of {PERSONS // 5:,} persons, one cell in ten missing"
    yield Row(name, *_beside(times, "nothing missing", "10 ×"))


def _beside(times: tuple[float, float], name: str, goal: str) -> tuple[float, str, float, str]:
    return times[0], name, times[1], goal


def planned() -> Lowered:
    """The plan of the three benefits, for columns without gaps."""
    program = load("example.river_city").program
    columns = {
        (entry.subject, entry.name): Column(FEN, 0, 10**12, complete=True)
        if entry.kind == "number"
        else Column(high=10**3, complete=True)
        for entry in program.inputs
    }
    return lower(program, columns, ON, [DIBAO, RELIEF, MEDICAL])


def told(frames: Frames, plan: Lowered) -> object:
    """The outcomes of frames as users have them, with what is missing."""
    words = {code: name for name, code in plan.choices.items()}
    cause = pl.col("cause of stay").replace_strict(words, return_dtype=pl.String)
    persons = frames[0].with_columns(cause).rename({HOUSEHOLD: "household"})
    homes = frames[1].with_row_index("household")
    only = [DIBAO, RELIEF, MEDICAL]
    rules = load("example.river_city")
    return rules.columns(persons, homes, on=date.fromordinal(ON), only=only, errors="null")


def with_gaps(frames: Frames) -> Frames:
    """The same frames with one cell in ten missing."""
    drawn = np.random.default_rng(2)

    def holed(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(
            column.set(pl.Series(drawn.integers(0, 10, frame.height) == 0), None)
            for column in frame
            if column.name != HOUSEHOLD
        )

    return holed(frames[0]), holed(frames[1])


def wanted(plan: Lowered) -> list[Any]:
    """The status and ends of each benefit."""
    found: list[Any] = []
    for outcome in plan.outcomes.values():
        assert outcome.extent is not None
        found += [outcome.status, outcome.extent.low.whole, outcome.extent.high.whole]
    return found


def population(persons: int, plan: Lowered) -> Frames:
    """Persons in households of two and a half on average, who stand together."""
    drawn = np.random.default_rng(1)
    homes = persons * 2 // 5
    of = np.sort(np.concatenate([np.arange(homes), drawn.integers(0, homes, persons - homes)]))

    def yes(share: float, count: int) -> np.ndarray[Any, Any]:
        return drawn.integers(0, 1000, count) < share * 1000

    causes = [plan.choices[name] for name in ("major illness", "other illness")]
    people = {
        HOUSEHOLD: of.astype(np.uint32),
        "tekun": yes(0.1, persons),
        "dibao recipient": yes(0.3, persons),
        "patient impoverished by illness": yes(0.1, persons),
        "cause of stay": drawn.choice(np.array(causes), persons),
        "out-of-pocket cost": drawn.integers(0, 10_000_000, persons),
        **{name: drawn.integers(0, 2_000_000, persons) for name in PAID},
    }
    households = {
        "income": drawn.integers(0, 600_000, homes),
        "sudden hardship": yes(0.2, homes),
        "urgent hardship": yes(0.1, homes),
        "disaster hardship": yes(0.05, homes),
    }
    return pl.DataFrame(people), pl.DataFrame(households)


def by_hand(frames: Frames, plan: Lowered) -> Frames:
    """The same statuses and amounts as somebody would write them who knows the rules."""
    persons, homes = frames
    sorted_ = persons.with_columns(pl.col(HOUSEHOLD).set_sorted())
    sizes = sorted_.lazy().group_by(HOUSEHOLD, maintain_order=True).agg(pl.len()).collect()
    standard, one, two = 70_000 * pl.col("n"), pl.lit(1, pl.Int64), pl.lit(2, pl.Int64)
    disaster = pl.col("disaster hardship")
    gap = pl.max_horizontal(standard - pl.col("income"), 28_000 * pl.col("n"))
    relieved = disaster | pl.col("sudden hardship") | pl.col("urgent hardship")
    of_homes = (
        homes.lazy()
        .with_columns(sizes["len"].cast(pl.Int64).alias("n"))
        .select(
            dibao=pl.when(pl.col("income") < standard).then(one).otherwise(two),
            amount=-(-gap // 100),
            relief=pl.when(relieved).then(one).otherwise(two),
            low=pl.when(disaster).then(pl.lit(2800, pl.Int64)).otherwise(pl.lit(1400, pl.Int64)),
            high=pl.when(disaster).then(pl.lit(8400, pl.Int64)).otherwise(pl.lit(7000, pl.Int64)),
        )
        .collect()
    )
    cost = pl.col("out-of-pocket cost")
    major = pl.col("cause of stay") == plan.choices["major illness"]
    dibao, poor = pl.col("dibao recipient"), pl.col("patient impoverished by illness")

    def capped(percent: int, limit: int, paid: str) -> pl.Expr:
        left = pl.max_horizontal(limit - pl.col(paid), pl.lit(0, pl.Int64)) * 100
        return pl.min_horizontal(cost * percent, left)

    amount = (
        pl.when("tekun")
        .then(capped(90, 3_000_000, PAID[0]))
        .when(dibao & major)
        .then(capped(90, 3_000_000, PAID[1]))
        .when(dibao)
        .then(capped(75, 2_000_000, PAID[2]))
        .when(poor)
        .then(cost * 50)
        .otherwise(pl.lit(0, pl.Int64))
    )
    flooded = homes["disaster hardship"].gather(persons[HOUSEHOLD])
    due = (pl.col("tekun") | dibao | poor) & ~(pl.col("flood") & (pl.col("hundredths") < 5_000_000))
    of_persons = (
        persons.lazy()
        .with_columns(flooded.alias("flood"), hundredths=amount)
        .select("hundredths", status=pl.when(due).then(one).otherwise(two))
        .collect()
    )
    return of_persons, of_homes


def in_floats(frames: Frames, plan: Lowered) -> dict[str, np.ndarray[Any, Any]]:
    """The same in float32, a vector for each rule, as systems of entities and vectors do it."""
    persons, homes = frames
    number = np.float32
    of = persons[HOUSEHOLD].to_numpy()

    def yuan(frame: pl.DataFrame, name: str) -> np.ndarray[Any, Any]:
        return (frame[name].to_numpy() / 100).astype(number)

    size = np.bincount(of, minlength=homes.height).astype(number)
    head = yuan(homes, "income") / size
    due = head < number(700)
    each = np.maximum(number(700) - head, number(280))
    dibao = np.where(due, np.ceil(np.bincount(of, each[of], homes.height).astype(number)), 0)
    disaster = homes["disaster hardship"].to_numpy()
    relieved = homes["sudden hardship"].to_numpy() | homes["urgent hardship"].to_numpy() | disaster
    low = np.where(relieved, np.where(disaster, number(2800), number(1400)), number(0))
    high = np.where(relieved, np.where(disaster, number(8400), number(7000)), number(0))
    cost = yuan(persons, "out-of-pocket cost")
    major = persons["cause of stay"].to_numpy() == plan.choices["major illness"]
    tekun, recipient, poor = (
        persons[name].to_numpy()
        for name in ("tekun", "dibao recipient", "patient impoverished by illness")
    )
    cases = [tekun, recipient & major, recipient & ~major, poor]
    rate = np.select(cases, [number(0.9), number(0.9), number(0.75), number(0.5)], number(0))
    limits = [number(30000), number(30000), number(20000), number(np.inf)]
    limit = np.select(cases, limits, number(0))
    paid = np.select(cases, [*(yuan(persons, name) for name in PAID), np.zeros_like(cost)], 0)
    amount = np.minimum(cost * rate, np.maximum(limit - paid, number(0)))
    meets = (tekun | recipient | poor) & ~(disaster[of] & (amount < number(500)))
    return {
        "dibao": dibao,
        "low": low,
        "high": high,
        "medical": np.where(meets, amount, number(0)).astype(number),
    }


def check(plan: Lowered, frames: Frames) -> None:
    """Assert that the plan and the exact version say the same, and count where floats do not."""
    of_persons, of_homes = work_out(wanted(plan), *frames)
    their_persons, their_homes = by_hand(frames, plan)
    for name, frame, theirs, status, ends in (
        (MEDICAL, of_persons, their_persons, "status", ("hundredths", "hundredths")),
        (DIBAO, of_homes, their_homes, "dibao", ("amount", "amount")),
        (RELIEF, of_homes, their_homes, "relief", ("low", "high")),
    ):
        outcome = plan.outcomes[name]
        assert outcome.extent is not None
        due = frame[name_of(outcome.status)] == ELIGIBLE
        assert (due == (theirs[status] == 1)).all()
        for figure, column in zip((outcome.extent.low, outcome.extent.high), ends, strict=True):
            size = figure.part * (10**4 if name == MEDICAL else 1)
            ours = frame[name_of(figure.whole)] * size.numerator
            assert (ours == theirs[column] * size.denominator).filter(due).all()
    floats = in_floats(frames, plan)
    for what, count, among in _wrong_in_floats(floats, their_persons, their_homes):
        print(f"float32: {count:,} of {among:,} {what}")


def _wrong_in_floats(
    floats: dict[str, np.ndarray[Any, Any]], persons: pl.DataFrame, homes: pl.DataFrame
) -> Iterator[tuple[str, int, int]]:
    """What floats have otherwise, and how often among how many."""
    hundredths = persons["hundredths"].to_numpy() * (persons["status"].to_numpy() == 1)
    found = floats["medical"].astype(float) * 100
    near = np.abs(found * 100 - hundredths) >= 50
    yield "medical amounts wrong by half a fen or more", int(near.sum()), len(near)
    other = np.floor(found + 0.5).astype(int) != (hundredths + 50) // 100
    yield "medical amounts another fen when rounded half up", int(other.sum()), len(other)
    yuan = homes["amount"].to_numpy() * (homes["dibao"].to_numpy() == 1)
    steps = floats["dibao"].astype(int) != yuan
    yield "dibao amounts another yuan", int(steps.sum()), len(steps)
