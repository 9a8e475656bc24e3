"""`make proof`: a long search for a difference between the product and the oracle.

Every program is drawn from the seed and its own number; `--seed` repeats a search.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import secrets
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.pool import Pool
from typing import TypeVar

import proof_amounts
from agreement import WRITTEN
from proof_engines import Engines, by_engines, report
from search import Tally, search_drawn, search_written

from policyrules.ir.operators import OPERATORS

CHUNK = 25
SHOWN = 5
Job = Callable[[], Tally]
Made = TypeVar("Made")


def main() -> int:
    """Search, and print what was met; 1 if anything differs."""
    asked = _asked()
    print(f"seed {asked.seed}")
    began = time.monotonic()
    jobs: list[Job] = [
        *(partial(search_written, name, asked.seed, asked.written) for name in WRITTEN),
        *(
            partial(_chunk, asked.seed, start, min(start + CHUNK, asked.programs))
            for start in range(0, asked.programs, CHUNK)
        ),
    ]
    tally = Tally()
    # Polars, which has threads, cannot be used in a process that was forked.
    with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
        for done in pool.imap_unordered(_run, jobs):
            tally.add(done)
            shown = max(SHOWN - len(tally.differences) + len(done.differences), 0)
            for found in done.differences[:shown]:
                print(found, flush=True)
        _report(tally, time.monotonic() - began)
        engines = _by_engines(pool, asked)
    amounts = [_printed(line, count) for line, count in proof_amounts.report()]
    return 1 if tally.differences or engines.differences or any(amounts) else 0


def _by_engines(pool: Pool, asked: argparse.Namespace) -> Engines:
    """What comes of other programs by every engine; differences are printed as they are met."""
    met = Engines()
    jobs = [
        partial(by_engines, asked.seed, start, min(start + CHUNK, asked.engines))
        for start in range(0, asked.engines, CHUNK)
    ]
    for done in pool.imap_unordered(_run, jobs):
        met.add(done)
        for found in done.differences[:SHOWN]:
            print(found, flush=True)
    print("\n".join(report(met)), flush=True)
    return met


def _printed(line: str, count: int) -> int:
    print(line, flush=True)
    return count


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default=os.environ.get("SEED") or secrets.token_hex(4))
    parser.add_argument("--programs", type=int, default=int(os.environ.get("PROGRAMS", "20000")))
    engines = int(os.environ.get("ENGINES", "10000"))
    parser.add_argument("--engines", type=int, default=engines, help="programs by every engine")
    parser.add_argument("--written", type=int, default=100, help="cases of each written ruleset")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    return parser.parse_args()


def _run(job: Callable[[], Made]) -> Made:
    return job()


def _chunk(seed: str, start: int, end: int) -> Tally:
    """What comes of the programs of some numbers; one that differs is shown in its fewest lines."""
    tally = Tally()
    for number in range(start, end):
        tally.add(search_drawn(f"{seed}/{number}"))
    return tally


def _report(tally: Tally, seconds: float) -> None:
    """The figures: how many of what, and which operators of the program were never met."""
    counts = tally.counts
    for name in ("programs", "cases", "cases with gaps that matter", "outcomes"):
        print(f"{counts[name]:>9,}  {name}")
    rest = "cases of too many paths for the oracle"
    print(f"{counts[rest]:>9,}  {rest}, left out")
    for kind in ("status", "basis", "operator", "form"):
        found = {
            k.removeprefix(f"{kind} "): v for k, v in counts.items() if k.startswith(f"{kind} ")
        }
        of = "outcomes" if kind in ("status", "basis") else "programs"
        listed = (f"{name} {n:,}" for name, n in sorted(found.items(), key=lambda item: -item[1]))
        print(f"{kind} ({of}): {', '.join(listed)}")
    never = [name for name in OPERATORS if not counts[f"operator {name}"]]
    print(f"operators never met: {', '.join(never) or 'none'}")
    print(f"{len(tally.differences):>9,}  differences")
    print(f"{seconds:>9,.0f}  seconds")


if __name__ == "__main__":
    sys.exit(main())
