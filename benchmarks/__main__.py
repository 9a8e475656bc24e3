"""`make bench`: every measurement of this folder, a line each. No time is asserted: look at it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path


def main() -> None:
    """Run the modules of the folder by name; each has `rows()`."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py"))
    for name in names:
        if name != "measure" and not name.startswith("_"):
            for row in import_module(f"benchmarks.{name}").rows():
                print(row, flush=True)


if __name__ == "__main__":
    main()
