"""Tables by a number: of members, or of what an input or definition counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from math import floor

from policyrules.forms.counted_tables import each_further
from policyrules.forms.members import count
from policyrules.ir.build import apply, comparison
from policyrules.ir.nodes import Constant, Expr, NotStated, Origin
from policyrules.ir.nodes import Version as Described
from policyrules.ir.whole import is_whole
from policyrules.semantics.reading import read_fact, type_of
from policyrules.semantics.scope import Scope
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.types import NumberType
from policyrules.types.units import Unit, is_money, show, without_whom

Keys = tuple[str, ...]
Rows = tuple[tuple[Keys, Fraction | NotStated], ...]
# Behind so many numbers only those are looked at behind which a row begins or ends.
_ALL_UP_TO = 1000


def counted_unit(name: str, scope: Scope) -> Unit | None:
    """The unit of a number by which a table is; None for anything else."""
    if name == ast.MEMBERS:
        return Unit("person")
    symbol = scope.symbols.table.get(name)
    if symbol is None or symbol.kind not in {"input", "definition"}:
        return None
    found = type_of(symbol)
    if not isinstance(found, NumberType) or is_money(found.unit):
        return None
    return without_whom(found.unit)


def number_of(key: str) -> Fraction | None:
    """The number of a row, the first one of `3 or more persons`; None for `each further`."""
    if key.startswith(ast.EACH_FURTHER) or key == ast.ANY:
        return None
    try:
        return Fraction(key.removesuffix(ast.OR_MORE))
    except ValueError:
        return None


def numbers(keys: list[str]) -> list[str]:
    """Every number for which a table by these rows needs a value.

    Far behind the first row these are the numbers stated and those right behind them: the ones
    between have the same rows.
    """
    known = stated(keys)
    if not known:
        return ["0"]
    first, last = min(known), max(known)
    found = {*range(first, min(last, first + _ALL_UP_TO)), *known, *(n + 1 for n in known)}
    beyond = any(key.endswith(ast.OR_MORE) or key.startswith(ast.EACH_FURTHER) for key in keys)
    return [str(number) for number in sorted(found) if number <= last + beyond]


def stated(keys: Iterable[str]) -> list[int]:
    """The whole numbers that rows begin with."""
    return [int(number) for number in map(number_of, keys) if number is not None]


def outside(keys: list[str]) -> list[str]:
    """The next number below the first row of a table and the next one above the last."""
    known = stated(keys)
    if not known:
        return []
    below = [str(min(known) - 1)] if min(known) > 0 else []
    return [*below, str(max(known) + 1)]


def ends(keys: list[str], low: Fraction | None, high: Fraction | None) -> list[str]:
    """The numbers nearest to the rows of a table that can occur outside of them.

    Of a number without a lowest value -1 stands for those below zero.
    """
    known = stated(keys)
    lowest = -1 if low is None else floor(low)
    below = [str(lowest)] if known and lowest < min(known) else []
    above = [str(max(known) + 1)] if known and (high is None or high > max(known)) else []
    return [*below, *above]


def standing(key: str, order: list[str], column: list[str]) -> list[str]:
    """The numbers of an order for which a row of a table stands."""
    if key == ast.ANY:
        return order
    if key.startswith(ast.EACH_FURTHER):
        last = max(stated(column), default=-1)
        return [value for value in order if int(value) > last]
    if key.endswith(ast.OR_MORE):
        first = int(key.removesuffix(ast.OR_MORE))
        return [value for value in order if int(value) >= first]
    return [key] if key in order else []


def check_rows(cell: ast.Cell, by: Keys, scope: Scope) -> bool:
    """Report a row whose key is no whole number of what the table is by."""
    units = list(cell.units)
    for name, key in zip(by, cell.keys, strict=True):
        counted = counted_unit(name, scope)
        if counted is None or key == ast.ANY:
            continue
        number = number_of(key)
        further = key == ast.EACH_FURTHER
        whole = further or (number is not None and number.denominator == 1 and number >= 0)
        written = Unit(units.pop(0)) if units else counted
        years = (written.text, counted.text) == ("year", "year_of_age")
        if not whole or (written != counted and not years):
            scope.mistake("PR341", cell.span, name=named(name, scope), unit=_unit(counted))
            return False
    return True


def _unit(counted: Unit) -> Text:
    return Text(show(counted, "en") or "a plain number", show(counted, "zh") or "无单位的数")


def named(name: str, scope: Scope) -> Text:
    """What a table is by, in both languages."""
    if name == ast.MEMBERS:
        return Text(name, "家庭成员人数")
    return scope.symbols.table[name].name.text


def row_text(key: str, name: str, scope: Scope) -> Text:
    """A row by a number in words."""
    counted = counted_unit(name, scope) or Unit("")
    if key.startswith(ast.EACH_FURTHER):
        one = show(counted, "en", Fraction(1))
        return Text(f"each further {one}".rstrip(), f"每增加1{show(counted, 'zh')}")
    number = key.removesuffix(ast.OR_MORE)
    more = key.endswith(ast.OR_MORE)
    words = show(counted, "en", None if more else number_of(key))
    return Text(
        f"{number}{' or more' if more else ''} {words}".rstrip(),
        f"{number}{show(counted, 'zh')}{'以上' if more else ''}",
    )


def selector(name: str, scope: Scope, node: ast.Node) -> Expr | None:
    """The number by which a table is read."""
    if name == ast.MEMBERS:
        if scope.subject is None:
            scope.mistake("PR308", node.span, name="members")
            return None
        return count(None, scope.origin("count", node.span)).expr
    found = read_fact(name, node, scope)
    if not found.known:
        return None
    if not is_whole(found.expr, scope.inputs, scope.done):
        scope.mistake("PR341", node.span, name=named(name, scope), unit=_unit(found.unit))
        return None
    return found.expr


def test(key: str, at: Expr, last: int) -> Expr:
    """That the number is that of a row; `last` is the highest number with a row of its own."""
    number = number_of(key)
    if number is None:
        return comparison(">", at, Constant(Fraction(last), "number"))
    if key.endswith(ast.OR_MORE):
        return comparison(">=", at, Constant(number, "number"))
    return apply("equal", "truth", at, Constant(number, "number"))


def settled(rows: list[Keys], places: Collection[int]) -> list[bool]:
    """Whether each row is the last one for its values, and so stands for all numbers left.

    That no number is left without a row is checked before. `places` are those of the numbers.
    """
    found: list[bool] = []
    later: dict[Keys, None] = {}
    wide: dict[Keys, None] = {}
    for row in reversed(rows):
        values = tuple(key for place, key in enumerate(row) if place not in places)
        others = later if ast.ANY in values else wide
        found.append(values not in later and not any(_meet(values, other) for other in others))
        later[values] = None
        if ast.ANY in values:
            wide[values] = None
    return found[::-1]


def _meet(row: Keys, other: Keys) -> bool:
    """Whether two rows have values in common."""
    return all(mine == its or ast.ANY in (mine, its) for mine, its in zip(row, other, strict=True))


def _beside(row: Keys, other: Keys) -> bool:
    """Whether two rows are for the same values of categories, numbers aside."""
    return all(
        mine == its or ast.ANY in (mine, its) or _is_number(mine)
        for mine, its in zip(row, other, strict=True)
    )


def _is_number(key: str) -> bool:
    return key.startswith(ast.EACH_FURTHER) or number_of(key) is not None


def value_of(
    row: Keys, value: Fraction | NotStated, version: Described, at: tuple[Expr, ...], origin: Origin
) -> Expr:
    """The value of a row; of `each further`, what comes to the last stated one."""
    own = Constant(value, "number", origin)
    place = next((i for i, key in enumerate(row) if key.startswith(ast.EACH_FURTHER)), None)
    if place is None:
        return own
    last = last_stated(row, place, version.cells)
    assert last is not None
    stated, before = last
    step = Constant(value, "number", Origin(role="number", unit=origin.unit))
    return each_further(Constant(before, "number", origin), step, stated, at[place])


def figure_at(row: Keys, cells: Rows, places: Collection[int]) -> Fraction | NotStated | None:
    """The value of a table for these values; `places` are those of numbers. None: no such row."""
    for keys, figure in cells:
        if all(
            standing(key, [value], [other[place] for other, _ in cells])
            if place in places
            else key in {ast.ANY, value}
            for place, (key, value) in enumerate(zip(keys, row, strict=True))
        ):
            return _going_on(keys, figure, row, cells)
    return None


def _going_on(
    keys: Keys, figure: Fraction | NotStated, row: Keys, cells: Rows
) -> Fraction | NotStated:
    """The value of a row; of `each further`, with a step for each number beyond the last one."""
    place = next((i for i, key in enumerate(keys) if key.startswith(ast.EACH_FURTHER)), None)
    last = None if place is None else last_stated(keys, place, cells)
    if place is None or last is None or isinstance(figure, NotStated):
        return figure
    stated_number, before = last
    if isinstance(before, NotStated):
        return before
    return before + figure * (Fraction(row[place]) - stated_number)


def last_stated(row: Keys, place: int, cells: Rows) -> tuple[Fraction, Fraction | NotStated] | None:
    """The highest number that has a row of its own beside `each further`, and its value."""
    found = [
        (number, value)
        for keys, value in cells
        if (number := number_of(keys[place])) is not None
        and not keys[place].endswith(ast.OR_MORE)
        and _beside(row, keys)
    ]
    return max(found, key=lambda item: item[0], default=None)
