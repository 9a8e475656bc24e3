"""How long it takes until rules are ready."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Row, in_fresh_interpreter, side_by_side


def rows() -> Iterator[Row]:
    """Importing the package beside importing the two libraries that it stands on."""
    ours, theirs = side_by_side(
        lambda: in_fresh_interpreter("import policyrules"),
        lambda: in_fresh_interpreter("import lark, attrs"),
    )
    yield Row("import policyrules", ours, "import lark, attrs", theirs, "1.5 ×")
