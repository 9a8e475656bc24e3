"""A program as plain data and back: a table in which each thing stands after its parts.

Text, whole numbers, yes, no and nothing stand for themselves. Everything else is a row of the
table: its class and its parts, of which `[12]` is the thing in row 12; what a program shares is one
row. Reading back makes nothing but the classes below, each with parts of the declared types, and
gives only what can be computed, in a bounded time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import define, field

from policyrules.ir import nodes
from policyrules.ir.nodes import Program
from policyrules.ir.sound import is_sound
from policyrules.source import Source, Span, Text

Row = list[object]
_PLAIN = (str, int, bool, NoneType)
_CLASSES: Mapping[str, type] = {
    made.__name__: made
    for made in (
        *(Text, Span, nodes.Cited, nodes.Origin),
        *(nodes.NotStated, nodes.NotInForce, nodes.Unsettled),
        *(nodes.Constant, nodes.Variable, nodes.Reference, nodes.Apply, nodes.Over),
        *(nodes.Collection, nodes.Input, nodes.Alternative, nodes.Soft),
        *(nodes.Level, nodes.Grant, nodes.Rival, nodes.Definition),
        *(
            nodes.Version,
            nodes.Counted,
            nodes.Parameter,
            nodes.Check,
            nodes.Document,
            nodes.Program,
        ),
    )
}
_TUPLE, _FRACTION, _SOURCE = "tuple", "Fraction", "Source"
# What is larger or deeper is compiled each time; the bundled rulesets have 7,000 and 34.
LARGEST, DEEPEST = 1_000_000, 1_000
_Test = Callable[[object], bool]


def to_rows(program: Program, sources: Sequence[str]) -> list[Row]:
    """The table of a program; `sources` are the names of its rule files.

    ValueError if it comes from other files too.
    """
    rows: list[Row] = []
    places: dict[int, int] = {}
    for thing, parts in _after_parts(program):
        places[id(thing)] = len(rows)
        rows.append(_row(thing, parts, places, sources))
    return rows


def checksum(program: Program) -> str:
    """What tells a program from another: the same for equal ones, wherever their files lie."""
    sums: dict[int, str] = {}
    for thing, parts in _after_parts(program):
        stands = [part if _stands(part) else [sums[id(part)]] for part in parts]
        said = str(thing) if isinstance(thing, Fraction) else stands
        text = repr((type(thing).__name__, said))
        sums[id(thing)] = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return sums[id(program)]


def _after_parts(program: Program) -> Iterator[tuple[object, list[object]]]:
    """Each thing of a program once, after its parts."""
    met: set[int] = set()
    pending: list[object] = [program]
    while pending:
        thing = pending[-1]
        parts = [] if isinstance(thing, Fraction | Source) else [*_parts(thing)]
        waiting = [part for part in parts if not _stands(part) and id(part) not in met]
        if waiting:
            pending.extend(reversed(waiting))
            continue
        pending.pop()
        if id(thing) not in met:
            met.add(id(thing))
            yield thing, parts


def from_rows(rows: object, sources: Sequence[Source]) -> Program:
    """The program of a table; ValueError for anything that `to_rows` does not write."""
    made: list[object] = []
    measure = _Measure()
    for row in _listed(rows):
        name, *parts = _listed(row) or [None]
        thing = _made(name, [_part(part, made) for part in parts], sources)
        measure.add(parts)
        if not is_sound(thing):
            raise ValueError("not to be computed")
        made.append(thing)
    if not made or not isinstance(made[-1], Program):
        raise ValueError("no program")
    return made[-1]


@define
class _Measure:
    """How many things stand in each row, the shared ones once for each use, and how deep."""

    sizes: list[int] = field(factory=list)
    depths: list[int] = field(factory=list)

    def add(self, parts: list[object]) -> None:
        """Note a row that was read; ValueError if no ruleset is so large or so deep."""
        places = [part[0] for part in parts if isinstance(part, list)]
        self.sizes.append(1 + sum(self.sizes[place] for place in places))
        self.depths.append(1 + max((self.depths[place] for place in places), default=0))
        if self.sizes[-1] > LARGEST or self.depths[-1] > DEEPEST:
            raise ValueError("no ruleset is so large")


def _stands(thing: object) -> bool:
    return isinstance(thing, _PLAIN)


def _parts(thing: object) -> Iterator[object]:
    if isinstance(thing, tuple):
        yield from thing
    else:
        yield from (getattr(thing, name) for name in _fields(type(thing).__name__))


def _row(
    thing: object, parts: list[object], places: Mapping[int, int], sources: Sequence[str]
) -> Row:
    match thing:
        case Fraction():
            return [_FRACTION, thing.numerator, thing.denominator]
        case Source():
            return [_SOURCE, sources.index(thing.name)]
    name = _TUPLE if isinstance(thing, tuple) else type(thing).__name__
    return [name, *(part if _stands(part) else [places[id(part)]] for part in parts)]


def _listed(data: object) -> list[object]:
    if not isinstance(data, list):
        raise ValueError("not a list")  # noqa: TRY004 (one error for all that is odd)
    return data


def _part(data: object, made: list[object]) -> object:
    """What stands for itself, or the thing in an earlier row."""
    if _stands(data):
        return data
    match data:
        case [place] if type(place) is int and 0 <= place < len(made):
            return made[place]
    raise ValueError("not in an earlier row")


def _made(name: object, parts: list[object], sources: Sequence[Source]) -> object:
    """The thing of one row."""
    match name, parts:
        case "tuple", _:
            return tuple(parts)
        case "Fraction", [int(numerator), int(denominator)] if denominator > 0:
            return Fraction(numerator, denominator)
        case "Source", [int(number)] if 0 <= number < len(sources):
            return sources[number]
        case str(), _ if name in _CLASSES:
            tests = _fields(name)
            if len(tests) == len(parts):
                pairs = zip(parts, tests.values(), strict=True)
                if all(test(part) for part, test in pairs):
                    return _CLASSES[name](**dict(zip(tests, parts, strict=True)))
    raise ValueError("not a part of a program")


@cache
def _fields(name: str) -> Mapping[str, _Test]:
    """The fields of a class, and which values are of their types."""
    made = _CLASSES[name]
    hints = get_type_hints(made)
    return {found.name: _test(hints[found.name]) for found in attrs.fields(made)}


def _test(hint: Any) -> _Test:  # noqa: ANN401 - a type as it is annotated
    """Whether a value is of a type: exactly, so that a yes is no whole number."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _tuple_test(inside)
    if origin is Literal:
        return lambda value: type(value) is str and value in inside
    if origin not in (Union, UnionType):
        return lambda value: type(value) is hint
    if all(isinstance(one, type) for one in inside):
        kinds = frozenset(inside)
        return lambda value: type(value) in kinds
    tests = [_test(one) for one in inside]
    return lambda value: any(test(value) for test in tests)


def _tuple_test(inside: tuple[Any, ...]) -> _Test:
    """Of `tuple[X, ...]`, all values; of `tuple[X, Y]`, each of its own."""
    if inside[-1] is ...:
        every = _test(inside[0])
        return lambda value: type(value) is tuple and all(map(every, value))
    tests = [_test(one) for one in inside]
    return lambda value: (
        type(value) is tuple
        and len(value) == len(tests)
        and all(test(part) for part, test in zip(value, tests, strict=True))
    )
