"""The declarations of the syntax tree."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import frozen

from policyrules.source import Text
from policyrules.syntax.ast_base import Citation, DateLiteral, Entity, Name, Node, Period
from policyrules.syntax.ast_clauses import Bound, Clause, Reading, WrittenType
from policyrules.syntax.ast_examples import (
    ChosenReading,
    ExampleTable,
    Expectation,
    Given,
    MemberCount,
    OtherwiseNo,
    RecordCount,
)
from policyrules.syntax.ast_expressions import Expr, Reference
from policyrules.syntax.ast_time import Valid
from policyrules.types import types


@frozen
class Alternative(Node):
    """The reading not chosen of a line: the whole declaration as it reads with that."""

    text: Text | None
    of: Declaration


@frozen(kw_only=True)
class Declaration(Node):
    """A block of a ruleset. `cites` are its own citations, `heading` those it stands under.

    `chosen` is the number of the alternative that it is read by, from 1; 0 for none.
    """

    cites: tuple[Citation, ...] = ()
    heading: tuple[Citation, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    chosen: int = 0

    @property
    def places(self) -> tuple[Citation, ...]:
        """The citations in force: its own, else that of the heading."""
        return self.cites or self.heading


@frozen
class SourceDocument(Declaration):
    """A document that may be cited; `valid` holds for the rules that cite it and state none."""

    name: Name
    title: Text | None
    number: Text | None
    issued: DateLiteral | None
    issuer: Text | None
    quoted_in: Citation | None
    valid: Valid | None = None


@frozen
class Category(Declaration):
    """Exactly one of the values holds. With an entity, it is also an input of that entity."""

    name: Name
    entity: Entity | None
    values: tuple[Name, ...]
    asks: Text | None = None
    readings: tuple[Reading, ...] = ()


@frozen
class Statuses(Declaration):
    """Yes/no facts, each on its own; several may hold together."""

    entity: Entity
    names: tuple[Name, ...]
    asks: Text | None = None
    readings: tuple[Reading, ...] = ()


@frozen
class NotStated(Node):
    """The document gives no value; what it says of the value may stand beside it."""

    bounds: tuple[Bound, ...] = ()


@frozen
class Use(Node):
    """`uses cn.common`."""

    ruleset: str


ANY = types.ANY
OR_MORE = "+"
EACH_FURTHER = "each further"
MEMBERS = "number of members"


@frozen
class Cell(Node):
    """One value of a table, or the only one (no keys); a key `ANY` stands for every value.

    By a number the key is that number, with `OR_MORE` behind it for all from there on;
    `EACH_FURTHER` is the row whose value is added for each one beyond the last number. `units` are
    those that stand behind such numbers.
    """

    keys: tuple[str, ...]
    value: Expr | NotStated
    units: tuple[str, ...] = ()


@frozen
class Version(Node):
    """The values from a date on; without a date, at every date.

    `until` is the last day of values of which the document gives the end only.
    """

    start: DateLiteral | None
    cells: tuple[Cell, ...]
    cites: tuple[Citation, ...] = ()
    until: DateLiteral | None = None


@frozen
class Parameter(Declaration):
    """A dated, cited value or table; a statistic may be used by checks, never by payments."""

    name: Name
    by: tuple[str, ...]
    type: WrittenType
    versions: tuple[Version, ...]
    readings: tuple[Reading, ...]
    statistic: bool = False


@frozen
class Input(Declaration):
    """A fact of the case, where it comes from, and the values it may have."""

    name: Name
    entity: Entity
    type: WrittenType
    domain: tuple[Bound, ...]
    origin: Literal["input", "declared", "verified", "found"]
    asks: Text | None
    readings: tuple[Reading, ...] = ()


@frozen
class Definition(Declaration):
    """A named intermediate amount or condition."""

    name: Name
    entity: Entity
    type: WrittenType
    clauses: tuple[Clause, ...]


@frozen
class Group(Definition):
    """A named set of the members; who belongs to it is yes or no of each person.

    `of` is whose members the header says they are.
    """

    of: Entity | None = None


@frozen
class Field(Node):
    """What each record of a list says: a figure, a date, or yes or no, and its domain."""

    name: Name
    type: WrittenType
    domain: tuple[Bound, ...] = ()


@frozen
class RecordList(Declaration):
    """A list of records of a person or of the household, such as the claims of a year."""

    name: Name
    entity: Entity
    fields: tuple[Field, ...]
    readings: tuple[Reading, ...] = ()


@frozen
class Benefit(Declaration):
    """A payment or entitlement."""

    name: Name
    entity: Entity
    type: WrittenType
    clauses: tuple[Clause, ...]


@frozen
class ExceptionRule(Declaration):
    """Lines that replace those of a rule while their condition holds.

    `to` is the benefit, or the title of the exception that this one narrows; `overrides` are the
    titles of the exceptions that give way to it.
    """

    title: Text
    to: str | Text
    clauses: tuple[Clause, ...]
    overrides: tuple[Text, ...] = ()


@frozen
class LineLabel(Node):
    """The label of a line, as an amendment names it."""

    text: Text


@frozen
class Head(Node):
    """What a table is said to be by, above the values at that place (from 0) of its rows."""

    place: int
    name: str


@frozen
class Amendment(Declaration):
    """What one ruleset changes in a rule of another: a labelled line, or a parameter's values.

    `of` stands in the header, in place of what the line says; `clauses` are whole lines instead of
    it; `versions` the values of a parameter and `heads` what stands above them. With `refines`, the
    line is only made finer.
    """

    ruleset: Use
    rule: Reference
    line: LineLabel | None
    refines: bool
    of: Expr | None = None
    clauses: tuple[Clause, ...] = ()
    versions: tuple[Version, ...] = ()
    heads: tuple[Head, ...] = ()


@frozen
class Permission(Declaration):
    """What a lower authority may do to a parameter or a labelled line."""

    rule: Reference
    line: LineLabel | None
    allowed: Literal["raised", "lowered", "equal"]


@frozen
class NotTogether(Declaration):
    """Only one of the benefits is paid: the higher, the first named, or it is not stated which.

    It is `unclear` where it is said of a name which of the benefits goes before, but not of all.
    """

    names: tuple[str, ...]
    winner: Literal["higher", "first", "not stated", "unclear"]
    readings: tuple[Reading, ...] = ()


@frozen
class AsFor(Declaration):
    """In the benefits named, whoever has the first status is treated as having the second."""

    status: str
    as_status: str
    benefits: tuple[str, ...]
    readings: tuple[Reading, ...] = ()


@frozen
class Cumulative(Declaration):
    """Each of the benefits is paid in full beside the others."""

    names: tuple[str, ...]
    readings: tuple[Reading, ...] = ()


@frozen
class Within(Node):
    """Due some days after an event; the day of the event is not counted."""

    count: Fraction
    unit: str
    event: str


@frozen
class EachPeriod(Node):
    """Due once in every month, quarter or year, by its last day, or by a day of the month.

    `month` is the month of the year by whose end or day it is due.
    """

    period: Period
    day: int | None
    included: bool = True
    month: int | None = None


@frozen
class By(Node):
    """Due by a date or by the end of a month or year, that day included or not."""

    on: DateLiteral
    end: bool
    included: bool


@frozen
class Deadline(Declaration):
    """A duty in time; shown, never part of an amount."""

    name: Name
    entity: Entity
    due: Within | EachPeriod | By
    readings: tuple[Reading, ...]
    valid: Valid | None = None


@frozen
class Check(Declaration):
    """Statements that must hold."""

    title: Text
    statements: tuple[Expr, ...]
    readings: tuple[Reading, ...] = ()


@frozen
class Example(Declaration):
    """An executed case of the author."""

    title: Text
    on: DateLiteral
    given: tuple[Given | MemberCount | RecordCount | OtherwiseNo, ...]
    expect: tuple[Expectation, ...]
    because: tuple[Expectation, ...]
    table: ExampleTable | None = None
    readings: tuple[ChosenReading, ...] = ()


AnyDeclaration = (
    SourceDocument
    | Category
    | Statuses
    | Parameter
    | Input
    | Definition
    | Group
    | RecordList
    | Benefit
    | ExceptionRule
    | Amendment
    | Permission
    | NotTogether
    | AsFor
    | Cumulative
    | Deadline
    | Check
    | Example
)


@frozen
class Ruleset(Node):
    """One rule file; `valid` holds for its rules that state no period, nor their documents."""

    id: str
    title: Name | None
    jurisdiction: Text | None
    currency: str
    uses: tuple[Use, ...]
    declarations: tuple[AnyDeclaration, ...]
    valid: Valid | None = None
