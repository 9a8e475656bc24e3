"""How times are taken: medians of several runs, beside a peer in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

from attrs import frozen

WITHOUT_BYTECODE = "PYTHONDONTWRITEBYTECODE"


@frozen
class Row:
    """A measured time beside that of a peer or a hand-written version, both in seconds.

    `goal` is what the time (or its ratio to the peer's) should not exceed, in words.
    """

    what: str
    ours: float
    beside: str
    theirs: float
    goal: str

    def __str__(self) -> str:
        times = f"{_shown(self.ours):>9}  {self.ours / self.theirs:8.2f} × {_shown(self.theirs)}"
        return f"{self.what:<52} {times:<32} {self.beside}; goal: {self.goal}"


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], runs: int = 9, calls: int = 1
) -> tuple[float, float]:
    """The median seconds of a call of each, run in turns so that noise meets both alike."""

    def timed(function: Callable[[], object]) -> float:
        start = perf_counter()
        for _ in range(calls):
            function()
        return (perf_counter() - start) / calls

    return in_turns(partial(timed, ours), partial(timed, theirs), runs)


def in_turns(
    ours: Callable[[], float], theirs: Callable[[], float], runs: int = 9
) -> tuple[float, float]:
    """The medians of the seconds that each says it took, run in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for function, found in zip((ours, theirs), times, strict=True):
            found.append(function())
    return median(times[0]), median(times[1])


def in_fresh_interpreter(code: str, before: str = "") -> float:
    """The seconds that a piece of code says it took, run by an interpreter of its own.

    `start` is the moment before its first line, after `before`; neither prints anything. Compiled
    modules are kept, as they are where a package is installed: the first run of several makes them.
    """
    text = f"from time import perf_counter\n{before}\nstart = perf_counter()\n{code}\n"
    text += "print(perf_counter() - start)"
    environment = {name: os.environ[name] for name in os.environ if name != WITHOUT_BYTECODE}
    command = [sys.executable, "-c", text]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return float(done.stdout)


def _shown(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds / 1e-6:.1f} µs"
