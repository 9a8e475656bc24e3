"""How long it takes until rules are ready."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Row, in_fresh_interpreter, in_turns

LARGEST = "cn.chongqing"
IMPORTED = "import policyrules"
LIBRARIES = "import lark, attrs"
LOADED = f"policyrules.load({LARGEST!r})"
COMPILED = f"policyrules.load({LARGEST!r}, cache=False)"


def rows() -> Iterator[Row]:
    """Importing the package beside the two libraries it stands on; a load beside compiling."""
    ours, theirs = in_turns(
        lambda: in_fresh_interpreter(IMPORTED),
        lambda: in_fresh_interpreter(LIBRARIES),
    )
    yield Row(IMPORTED, ours, LIBRARIES, theirs, "1.5 ×")
    in_fresh_interpreter(LOADED, IMPORTED)
    kept, compiled = in_turns(
        lambda: in_fresh_interpreter(LOADED, IMPORTED),
        lambda: in_fresh_interpreter(COMPILED, IMPORTED),
    )
    yield Row(f"load {LARGEST}, compiled before", kept, "compiled anew", compiled, "50 ms")
    yield Row(f"load {LARGEST}, compiled anew", compiled, "compiled before", kept, "0.5 s")
    ours, theirs = in_turns(
        lambda: in_fresh_interpreter(f"{IMPORTED}\n{LOADED}"),
        lambda: in_fresh_interpreter(LIBRARIES),
    )
    yield Row(f"import and load {LARGEST}, compiled before", ours, LIBRARIES, theirs, "none")
