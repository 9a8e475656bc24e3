"""How long a population in files takes, and how much memory: `policyrules table` and lazy frames.

`python -m benchmarks.files 20_000_000` does so for as many persons as are named, by itself.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import polars as pl
import pyarrow as pa
from pyarrow import parquet

from benchmarks.measure import Row
from policyrules import load
from policyrules.cli import main

PERSONS = 1_000_000
RULES, ON = "example.river_city", "2023-08-01"
ONLY = ["medical assistance", "dibao payment", "temporary relief"]
_CHUNK = 1_000_000
_MOST = 1.5  # GiB
_ROOT = str(Path(__file__).parents[1])


def rows() -> Iterator[Row]:
    """Files of a million persons, beside the same in memory."""
    yield from _measured(PERSONS)


def _measured(persons: int) -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        made = made_files(persons, Path(folder))
        ours, most = _alone("ours", folder)
        lazy, most_of_lazy = _alone("lazy", folder)
        theirs, in_memory = _alone("theirs", folder)
        size = sum(path.stat().st_size for path in made) / 2**20
    print(f"{persons:,} persons in files of {size:,.0f} MiB: {most:.2f} GiB at most", end="")
    print(f" (goal: {_MOST} GiB); lazy frames {most_of_lazy:.2f}; in memory {in_memory:.2f} GiB")
    beside = "rules.columns in memory"
    yield Row(f"table: {persons:,} persons", ours, beside, theirs, "4 ×")
    yield Row(f"lazy frames: {persons:,} persons", lazy, beside, theirs, "4 ×")


def made_files(persons: int, folder: Path) -> tuple[Path, Path]:
    """Persons, of households that stand apart in the file, and these in another order."""
    drawn = np.random.default_rng(1)
    homes = persons * 2 // 5

    def yes(share: float, count: int) -> pa.Array:
        return pa.array(drawn.random(count) < share)

    def of_persons(start: int, count: int) -> pa.Table:
        keys = (np.arange(start, start + count, dtype=np.int64) * 7919) % homes
        causes = pa.DictionaryArray.from_arrays(
            drawn.integers(0, 2, count).astype(np.int8), ["major illness", "other illness"]
        )
        return pa.table(
            {
                "household": keys,
                "name": pa.array([f"person {number}" for number in range(start, start + count)]),
                "tekun": yes(0.1, count),
                "dibao recipient": yes(0.3, count),
                "patient impoverished by illness": yes(0.1, count),
                "cause of stay": causes.cast(pa.string()),
                "out-of-pocket cost": drawn.integers(0, 10_000_000, count),
                "medical assistance paid this year": np.zeros(count, np.int64),
            }
        )

    def of_homes(start: int, count: int) -> pa.Table:
        return pa.table(
            {
                "household": homes - 1 - np.arange(start, start + count, dtype=np.int64),
                "income": drawn.integers(0, 600_000, count),
                "sudden hardship": yes(0.2, count),
                "urgent hardship": yes(0.1, count),
                "disaster hardship": yes(0.05, count),
            }
        )

    paths = folder / "persons.parquet", folder / "households.parquet"
    for path, count, make in zip(paths, (persons, homes), (of_persons, of_homes), strict=True):
        with parquet.ParquetWriter(path, make(0, 1).schema) as writer:
            for start in range(0, count, _CHUNK):
                writer.write_table(make(start, min(_CHUNK, count - start)))
    return paths


def _alone(whose: str, folder: str) -> tuple[float, float]:
    """The seconds and the GiB at most of a process of its own."""
    command = [sys.executable, "-m", "benchmarks.files", whose, folder]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=_ROOT)
    seconds, most = json.loads(done.stdout.splitlines()[-1])
    return seconds, most


def _ours(folder: Path) -> None:
    files = [str(folder / name) for name in ("persons.parquet", "households.parquet")]
    written = [str(folder / name) for name in ("out.parquet", "out_households.parquet")]
    asked = ["--on", ON, "--only", *ONLY, "--lang", "en"]
    asked += ["--households", files[1], "--out", written[0], "--out-households", written[1]]
    assert main(["table", RULES, files[0], *asked]) == 0


def _lazy(folder: Path) -> None:
    """Whole files through queries; of each table, what is known of households is read again."""
    frames = [pl.scan_parquet(folder / name) for name in ("persons.parquet", "households.parquet")]
    found = load(RULES).columns(*frames, on=ON, only=ONLY)
    found.persons.sink_parquet(folder / "lazy.parquet")
    found.households.sink_parquet(folder / "lazy_households.parquet")


def _theirs(folder: Path) -> None:
    frames = [pl.read_parquet(folder / name) for name in ("persons.parquet", "households.parquet")]
    found = load(RULES).columns(*frames, on=ON, only=ONLY)
    found.persons.write_parquet(folder / "theirs.parquet")
    found.households.write_parquet(folder / "theirs_households.parquet")


if __name__ == "__main__":
    runs = {"ours": _ours, "lazy": _lazy, "theirs": _theirs}
    if sys.argv[1] in runs:
        start = perf_counter()
        runs[sys.argv[1]](Path(sys.argv[2]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(json.dumps([perf_counter() - start, peak]))
    else:
        for row in _measured(int(sys.argv[1])):
            print(row)
