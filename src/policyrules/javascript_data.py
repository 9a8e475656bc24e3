"""Plain data as JavaScript text; nothing in it can be anything but data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction

# What would end the script of a page is written otherwise.
_ESCAPED = {"</": "<\\/", "<!--": "<\\!--"}


def data(value: object) -> str:
    """The text of a value: of texts, numbers, truths and lists of these; a fraction is a pair."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _quoted(value)
        case Fraction():
            return f"[{value.numerator}n,{value.denominator}n]"
        case tuple() | list():
            return f"[{','.join(map(data, value))}]"
        case _:
            raise TypeError(value)


def _quoted(text: str) -> str:
    """A text between quotation marks; what cannot be printed is escaped."""
    written = "".join(
        each if each.isprintable() else json.dumps(each)[1:-1]
        for each in json.dumps(text, ensure_ascii=False)
    )
    for found, instead in _ESCAPED.items():
        written = written.replace(found, instead)
    return written


def record(parts: Mapping[str, str]) -> str:
    """An object whose parts are texts of JavaScript."""
    return f"{{{','.join(f'{name}:{text}' for name, text in parts.items())}}}"


def table(rows: Iterable[tuple[str, str]]) -> str:
    """A map from texts, whatever these are, to texts of JavaScript."""
    return f"new Map([{','.join(f'[{data(name)},{text}]' for name, text in rows)}])"


def stripped(text: str) -> str:
    """JavaScript without lines of comment, blank lines and indentation."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
