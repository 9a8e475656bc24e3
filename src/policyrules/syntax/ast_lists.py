"""Lists of records in the syntax tree, and what is said of their records."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from policyrules.syntax.ast_base import Node

if TYPE_CHECKING:
    from policyrules.syntax.ast_expressions import Expr


@frozen
class Records(Node):
    """The records of a list: all, those of the year of the date, or of so many months before it.

    The month of the date is none of the months before it.
    """

    name: str
    window: Literal["", "this year", "months before"] = ""
    months: Fraction = Fraction(0)


@frozen
class NumberOfRecords(Node):
    """How many records there are, or for how many a condition holds."""

    records: Records
    which: Expr | None = None


@frozen
class OverRecords(Node):
    """The sum, highest or lowest of a figure over the records, or over some of them."""

    function: Literal["sum", "highest", "lowest"]
    records: Records
    of: Expr
    which: Expr | None = None


@frozen
class EachRecord(Node):
    """`for each of claims: …`, computed for each record, then added."""

    records: Records
    of: Expr


@frozen
class RecordTest(Node):
    """`any of claims is X`, `all of claims are X`."""

    quantifier: Literal["any", "every"]
    records: Records
    test: Expr
