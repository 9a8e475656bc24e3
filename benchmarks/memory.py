"""How much memory a population takes, in a process of its own: inputs, outputs and the peak."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Row

PERSONS = 5_000_000
ON = "2023-08-01"
_FILES = ("persons.parquet", "households.parquet")
_STATUS, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def rows() -> Iterator[Row]:
    """No row, but a line with three sizes: bytes are measured, not times."""
    if not _FORGET.exists():
        print("memory: not measured, since this system does not say what a process has")
        return
    with TemporaryDirectory() as folder:
        for step in ("make", "measure"):  # whoever makes the frames needs more than they are
            command = [sys.executable, "-m", "benchmarks.memory", step, folder]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
    print(done.stdout.strip())
    yield from ()


def make(folder: Path) -> None:
    """Write persons in households to files."""
    import polars as pl  # noqa: PLC0415 - in this process alone

    from benchmarks.population import planned, population  # noqa: PLC0415

    plan = planned()
    words = {code: word for word, code in plan.choices.items()}
    persons, homes = population(PERSONS, plan)
    named = pl.col("cause of stay").replace_strict(words, return_dtype=pl.String)
    persons = persons.rename({"#": "household"}).with_columns(named.cast(pl.Categorical))
    homes = homes.with_row_index("household")
    for frame, name in zip((persons, homes), _FILES, strict=True):
        frame.write_parquet(folder / name)


def measure(folder: Path) -> None:
    """Evaluate three benefits for them, and print what that took."""
    import polars as pl  # noqa: PLC0415 - in this process alone

    from benchmarks.population import DIBAO, MEDICAL, RELIEF  # noqa: PLC0415
    from policyrules import load  # noqa: PLC0415

    rules = load("example.river_city")
    persons, homes = (pl.read_parquet(folder / name) for name in _FILES)
    only = [DIBAO, RELIEF, MEDICAL]
    # Once for few, so that what is loaded and what threads keep is not counted.
    rules.columns(persons[:1000], homes[:1000], on=ON, only=only, amounts="parts", errors="null")
    _FORGET.write_text("5", "ascii")  # the peak begins anew
    before = _kilobytes("VmRSS")
    found = rules.columns(persons, homes, on=ON, only=only, amounts="parts")
    grown = (_kilobytes("VmHWM") - before) * 1024
    given = persons.estimated_size() + homes.estimated_size()
    told = found.persons.estimated_size() + found.households.estimated_size() - given
    share = (given + grown) / (given + told)
    print(
        f"{PERSONS:,} persons: inputs {given / 1e6:,.0f} MB, outputs {told / 1e6:,.0f} MB, "
        f"the peak grew by {grown / 1e6:,.0f} MB: {share:.2f} × both; goal: 1.5 ×"
    )


def _kilobytes(name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB$", _STATUS.read_text("ascii"), re.MULTILINE)
    assert found is not None
    return int(found[1])


if __name__ == "__main__":
    {"make": make, "measure": measure}[sys.argv[1]](Path(sys.argv[2]))
