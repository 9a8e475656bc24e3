"""Python data of a case, made plain: what is of a class of the caller's becomes what it stands for.

Objects of such classes run code of theirs when they are read, and may fail in it: that happens here
alone. Everything behind this module meets only the plain classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from operator import index
from typing import SupportsIndex

from attrs import frozen

from policyrules.ir.facts import MOST_RECORDS

MOST_NAMES = 10_000
# Read past the metaclass of the caller, whose own `__name__` may fail.
_NAME_OF_CLASS = type.__dict__["__name__"]


@frozen
class Pairs:
    """An object of a case: its keys in order, repeated ones included."""

    items: tuple[tuple[object, object], ...]


@frozen
class OutOfMeasure:
    """A JSON number that is none, or too long or too large to be meant."""

    text: str


@frozen
class Foreign:
    """A Python object that stands for nothing a case may hold; `name` is that of its class."""

    name: str


PLAIN = frozenset(
    {
        type(None),
        bool,
        int,
        str,
        float,
        bytes,
        bytearray,
        Decimal,
        Fraction,
        date,
        dict,
        list,
        tuple,
        Pairs,
        OutOfMeasure,
        Foreign,
    }
)


def plain(value: object) -> object:
    """The value itself if its class is plain, else what it stands for; `Foreign` for nothing.

    Of a mapping or list no more is taken than just too much.
    """
    if type(value) in PLAIN:
        return value
    try:
        return _stands_for(value)
    except Exception:  # noqa: BLE001 (code of the caller's class may raise anything)
        return _foreign(value)


def taken(values: object, most: int) -> tuple[object, ...] | None:
    """What a list, a set or an iterator holds, or just too much; None for anything else.

    An iterator can be read but once: what is taken from it is all that there is.
    """
    try:
        if isinstance(values, (str, bytes, bytearray)) or not isinstance(values, Iterable):
            return None
        return tuple(islice(values, most + 1))
    except Exception:  # noqa: BLE001 (as in `plain`)
        return None


def _stands_for(value: object) -> object:
    match value:
        case str():
            return str.__str__(value)
        case bytes():
            return bytes.__getitem__(value, slice(None))
        case bytearray():
            return bytearray.__getitem__(value, slice(None))
        case int():
            return int.__index__(value)
        case float():
            return float.__float__(value)
        case Decimal():
            return Decimal(value)
        case Fraction():
            return Fraction(index(value.numerator), index(value.denominator))
        case datetime():
            return _foreign(value)
        case date():
            return date(value.year, value.month, value.day)
        case Mapping():
            pairs = islice(value.items(), MOST_NAMES + 1)
            return Pairs(tuple((key, item) for key, item in pairs))
        case list() | tuple():
            return tuple(islice(value, MOST_RECORDS + 1))
        case SupportsIndex():
            return index(value)
        case _:
            return _foreign(value)


def _foreign(value: object) -> Foreign:
    return Foreign(_NAME_OF_CLASS.__get__(type(value)))
