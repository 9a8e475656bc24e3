"""What every command prints: problems, and JSON for other programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from policyrules.diagnostics import Diagnostic
from policyrules.render import render_all, to_dict
from policyrules.source import Language

SCHEMA = 1


def show_problems(
    found: Sequence[Diagnostic], lang: Language, stream: TextIO, *, as_json: bool = False
) -> None:
    """Print problems in a language, or as JSON on standard output."""
    if as_json:
        print_json(problem_data(found))
    else:
        print(render_all(found, lang, colour=_coloured(stream)), file=stream)


def problem_data(found: Sequence[Diagnostic]) -> dict[str, object]:
    """Problems as JSON."""
    return {"schema": SCHEMA, "problems": [to_dict(item) for item in found]}


def print_json(data: object) -> None:
    """Print JSON in characters that the output can hold."""
    unicode = sys.stdout.encoding.lower().startswith("utf")
    print(json.dumps(data, ensure_ascii=not unicode, indent=2))


def _coloured(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
