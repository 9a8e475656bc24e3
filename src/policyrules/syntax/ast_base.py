"""What every node of the syntax tree is made of: places, names, citations."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import field, frozen

from policyrules.source import Span, Text

Entity = Literal["household", "person", "case"]
Period = Literal["month", "quarter", "year"]
Arithmetic = Literal["+", "-", "*", "/"]
Comparison = Literal["<", "<=", ">", ">=", "="]
Mode = Literal["half up", "upward", "downward", "to even", "by the jiao upward"]


@frozen(kw_only=True)
class Node:
    """A piece of rule text."""

    span: Span = field(eq=False, repr=False)


@frozen
class Name(Node):
    """A declared name in one or both languages."""

    en: str | None
    zh: str | None

    @property
    def key(self) -> str:
        """The canonical name, by which everything else refers to it."""
        return self.en or self.zh or ""

    @property
    def text(self) -> Text:
        """The name as a text in both languages."""
        return Text(self.en, self.zh)


@frozen
class Citation(Node):
    """A place in a declared document: `notice 2(3)1` is levels (2, 3, 1).

    `words` are the words by which the document calls the levels (第一条第二款: 条, 款), else empty.
    """

    source: str
    levels: tuple[int | str, ...]
    words: tuple[str, ...] = field(default=(), eq=False)


@frozen
class DateLiteral(Node):
    """A calendar date; a year or a month alone stands for its first day and says so."""

    value: date
    precision: Literal["day", "month", "year"]
