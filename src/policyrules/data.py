"""Where the files beside the code are: the grammar and the bundled rulesets.

A wheel carries them inside the package; a checkout has them at its root, two levels up.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def package_folder() -> Path:
    """The folder with the code."""
    return _PACKAGE


def grammar_folder() -> Path:
    """The folder with the grammar, the keywords and the units."""
    return _folder("grammar")


def rulesets_folder() -> Path:
    """The folder under which a bundled ruleset's id is its path."""
    return _folder("rulesets")


def _folder(name: str) -> Path:
    beside = _PACKAGE / name
    return beside if beside.is_dir() else _CHECKOUT / name
