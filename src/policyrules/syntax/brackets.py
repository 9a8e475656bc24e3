"""Where a line is a marginal bracket: `the part above A up to B: …`, 超过A至B的部分：…."""

from __future__ import annotations

import re

from policyrules.syntax.layout import Line

_BLOCKS = frozenset({"BENEFIT", "EXCEPTION", "DEFINE"})
_OPENED = re.compile(
    r"(?:the[ \t　]+)?part[ \t　]+(?=(?:above|up[ ]to|over|more[ ]than|at[ ]most)\b)"
)
_COLON = re.compile(r"[:：]")


def bracket_start(line: Line, block: str) -> int | None:
    """Where the ends of a bracket begin; None where the line is none."""
    if block not in _BLOCKS:
        return None
    text = line.source.text
    colon = _COLON.search(text, line.start, line.end)
    if colon is None:
        return None
    opened = _OPENED.match(text, line.start, colon.start())
    if opened:
        return opened.end()
    return line.start if text[line.start : colon.start()].rstrip(" \t　").endswith("部分") else None
