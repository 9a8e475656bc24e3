"""Tables by a number: of members, or of what an input or definition counts."""

from __future__ import annotations

from fractions import Fraction

from policyrules.forms.counted_tables import each_further
from policyrules.forms.members import count
from policyrules.ir.bounds import bounds
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
_MOST_ROWS = 1000


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
    """Every number for which a table by these rows needs a value."""
    known = [number for number in map(number_of, keys) if number is not None]
    if not known:
        return ["0"] if keys else []
    first, last = int(min(known)), min(int(max(known)), int(min(known)) + _MOST_ROWS)
    beyond = any(key.endswith(ast.OR_MORE) or key.startswith(ast.EACH_FURTHER) for key in keys)
    return [str(number) for number in range(first, last + 1 + beyond)]


def stands_for(key: str, value: str, keys: list[str]) -> bool:
    """Whether a row of a table by a number stands for this number."""
    if key in {ast.ANY, value}:
        return True
    if key.startswith(ast.EACH_FURTHER):
        stated = [number for other in keys if (number := number_of(other)) is not None]
        return not stated or Fraction(value) > max(stated)
    number = number_of(key)
    return key.endswith(ast.OR_MORE) and number is not None and Fraction(value) >= number


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
    words = show(counted, "en", None if more else Fraction(number))
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


def check_ends(
    table: ast.Parameter, place: int, version: Described, at: Expr, scope: Scope
) -> None:
    """Report a number below the first row, or above the last one, that has no row."""
    keys = [row[place] for row, _ in version.cells]
    stated = [number for number in map(number_of, keys) if number is not None]
    if not stated or ast.ANY in keys:
        return
    low, high = bounds(at, scope.inputs, scope.done)
    open_end = any(k.endswith(ast.OR_MORE) or k.startswith(ast.EACH_FURTHER) for k in keys)
    missing = None
    if max(low or Fraction(0), Fraction(0)) < min(stated):
        missing = max(low or Fraction(0), Fraction(0))
    elif not open_end and (high is None or high > max(stated)):
        missing = max(stated) + 1
    if missing is not None:
        row = row_text(str(missing), table.by[place], scope)
        scope.mistake("PR340", table.name.span, name=table.name.text, row=row)


def test(key: str, at: Expr, version: Described, place: int) -> Expr:
    """That the number is that of a row."""
    number = number_of(key)
    if number is None:
        stated = [n for row, _ in version.cells if (n := number_of(row[place])) is not None]
        return comparison(">", at, Constant(max(stated, default=Fraction(0)), "number"))
    if key.endswith(ast.OR_MORE):
        return comparison(">=", at, Constant(number, "number"))
    return apply("equal", "truth", at, Constant(number, "number"))


def settled(index: int, rows: list[Keys]) -> bool:
    """Whether a row is the last one for its values, and so stands for all numbers that are left."""
    return not any(_beside(rows[index], later) for later in rows[index + 1 :])


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


def last_stated(
    row: Keys, place: int, cells: tuple[tuple[Keys, Fraction | NotStated], ...]
) -> tuple[Fraction, Fraction | NotStated] | None:
    """The highest number that has a row of its own beside `each further`, and its value."""
    found = [
        (number, value)
        for keys, value in cells
        if (number := number_of(keys[place])) is not None
        and not keys[place].endswith(ast.OR_MORE)
        and _beside(row, keys)
    ]
    return max(found, key=lambda item: item[0], default=None)
