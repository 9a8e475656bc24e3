"""Plain data as Python text that makes it again; nothing in it can be anything but data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import cast

import attrs

from policyrules.diagnostics import visible
from policyrules.ir.nodes import Cited


def data(value: object) -> str:
    """The text of a value: of texts, numbers, days, tuples, tables and frozen classes of these."""
    match value:
        case None | bool() | int():
            return repr(value)
        case str():
            return _quoted(value)
        case Fraction():
            over = "" if value.denominator == 1 else f", {value.denominator}"
            return f"Fraction({value.numerator}{over})"
        case date():
            return f"date({value.year}, {value.month}, {value.day})"
        case tuple() if hasattr(value, "_fields"):
            return f"{type(value).__name__}({', '.join(map(data, value))})"
        case tuple():
            return f"({''.join(f'{data(part)}, ' for part in value).rstrip()})"
        case frozenset():
            return f"frozenset(({''.join(f'{part}, ' for part in sorted(map(data, value)))}))"
        case Mapping():
            return f"{{{', '.join(f'{data(key)}: {data(part)}' for key, part in value.items())}}}"
        case _:
            return f"{type(value).__name__}({', '.join(_parts(value))})"


def _quoted(text: str) -> str:
    """A text between quotation marks: `repr`, which escapes what cannot be printed."""
    return repr(str.__str__(text))


def _parts(value: object) -> Iterator[str]:
    """The parts of a value of a frozen class, but for those that are as they are if left out."""
    for part in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
        found = getattr(value, part.name)
        if part.default is attrs.NOTHING or found != part.default:
            yield f"{part.name}={data(found)}"


def note(text: str) -> str:
    """A text as it may stand behind `#` or in a docstring: in one line, and what it looks like."""
    return visible(text).replace("\\", "/").replace('"""', "'''")


def both(en: str | None, zh: str | None) -> list[str]:
    """A text in both languages, once where it is the same."""
    return [*dict.fromkeys(text for text in (en, zh) if text)]


def cited(place: Cited) -> str:
    """A place in a document."""
    return " ".join(["/".join(both(place.label.en, place.label.zh)), *map(str, place.levels)])


def called(start: str, name: str, parts: Sequence[str], width: int) -> Iterator[str]:
    """The lines of a call, one for each part where they do not fit in one."""
    line = f"{start}{name}({', '.join(parts)})"
    if len(line) <= width:
        yield line
        return
    yield f"{start}{name}("
    yield from (f"    {part}," for part in parts)
    yield ")"


def table(start: str, rows: Sequence[str], brackets: str = "()") -> str:
    """A statement that makes a table, a line for each row."""
    inside = "".join(f"    {row},\n" for row in rows)
    return f"{start}{brackets[0]}\n{inside}{brackets[1]}\n"
