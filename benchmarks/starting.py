"""How long it takes until rules are ready."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Row, in_fresh_interpreter, side_by_side

LARGEST = "cn.chongqing"
IMPORTED = "import policyrules"
LOADED = f"policyrules.load({LARGEST!r})"
COMPILED = f"policyrules.load({LARGEST!r}, cache=False)"


def rows() -> Iterator[Row]:
    """Importing the package beside the two libraries it stands on; a load beside compiling."""
    ours, theirs = side_by_side(
        lambda: in_fresh_interpreter("import policyrules"),
        lambda: in_fresh_interpreter("import lark, attrs"),
    )
    yield Row("import policyrules", ours, "import lark, attrs", theirs, "1.5 ×")
    in_fresh_interpreter(LOADED, IMPORTED)
    kept, compiled = side_by_side(
        lambda: in_fresh_interpreter(LOADED, IMPORTED),
        lambda: in_fresh_interpreter(COMPILED, IMPORTED),
    )
    yield Row(f"load {LARGEST}, compiled before", kept, "compiled anew", compiled, "50 ms")
