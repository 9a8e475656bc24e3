"""What `build` writes: a module, a script or a page, as the ending of the file says."""

from __future__ import annotations

from pathlib import Path

from policyrules.diagnostics import Diagnostic, InputError
from policyrules.ruleset import Ruleset
from policyrules.source import Language

_SCRIPTS = frozenset({".js", ".mjs"})
_PAGES = frozenset({".html", ".htm"})


def text(
    rules: Ruleset, out: str | None, only: tuple[str, ...] | None, on: str | None, lang: Language
) -> str:
    """The text of the file `out`; a Python module where nothing else is asked for.

    Raises `InputError` for names that no rule has, for what is no day, and where a module is to
    have some of the rules only.
    """
    suffix = Path(out or "").suffix.lower()
    if suffix in _SCRIPTS:
        return rules.javascript(only, on, lang=lang, module=suffix == ".mjs")
    if suffix in _PAGES:
        return rules.calculator(only, on, lang=lang)
    if only is not None:
        raise InputError([Diagnostic("PR657", "--only", {})])
    return rules.python_source(on)
