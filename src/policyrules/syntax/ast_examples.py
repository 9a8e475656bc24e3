"""The lines of an example in the syntax tree: facts, expectations, and a table of further cases."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import frozen

from policyrules.source import Text
from policyrules.syntax.ast_base import DateLiteral, Node
from policyrules.syntax.ast_expressions import Number, Quantity, Rate, Value


@frozen
class Given(Node):
    """One fact of an example; `member` counts from 1, None for the household or the person.

    `keys` are the categories of a parameter's cell that the example supplies.
    Of a record, `record` are its list and its number there, from 1.
    """

    member: int | None
    name: str
    value: Number | Quantity | Rate | DateLiteral | Value | bool
    keys: tuple[str, ...] = ()
    record: tuple[str, Fraction] | None = None


@frozen
class MemberCount(Node):
    """`3 members`."""

    count: Fraction
    unit: str


@frozen
class RecordCount(Node):
    """`number of claims 0`."""

    member: int | None
    name: str
    count: Fraction


@frozen
class OtherwiseNo(Node):
    """Every yes/no fact that is not named is no."""


@frozen
class ChosenReading(Node):
    """`alternatively relief 2`: the example takes another reading of a rule.

    It is told by its number or by its words; a rule that has only one other reading needs neither.
    """

    rule: str
    number: Fraction | None = None
    text: Text | None = None


@frozen
class Expectation(Node):
    """What must come out: an amount, both ends of a range, a status, a value, yes or no."""

    name: str
    member: int | None
    low: Number | Quantity | Rate | None = None
    high: Number | Quantity | Rate | None = None
    status: str | None = None
    value: Value | DateLiteral | bool | None = None


@frozen
class Column(Node):
    """What stands under a head of a table: a fact or result, a title, the members, the date."""

    what: Literal["named", "title", "members", "date"]
    name: str = ""
    member: int | None = None


@frozen
class ExampleCell(Node):
    """What a row says in a column: a figure, both ends of a range, a status, a value, a title."""

    low: Number | Quantity | Rate | None = None
    high: Number | Quantity | Rate | None = None
    status: str | None = None
    value: Value | DateLiteral | bool | None = None
    title: Text | None = None


@frozen
class ExampleRow(Node):
    """One case of a table; an empty cell gives no fact and expects nothing."""

    cells: tuple[ExampleCell | None, ...]


@frozen
class ExampleTable(Node):
    """Cases in rows under common heads, and what the columns come to where that is printed."""

    columns: tuple[Column, ...]
    rows: tuple[ExampleRow, ...]
    total: ExampleRow | None = None
