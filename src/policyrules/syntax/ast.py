"""The syntax tree: what an author wrote, the same for both languages.

Keywords and wordings are gone; names are canonical (the English name where one is declared, else
the Chinese one); quoted texts keep both halves. A grammar rule bears the name of the class that it
builds. Spans stand outside equality, so that the Chinese and the English edition of a ruleset
compare equal.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
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
    """A place in a declared document: `notice 2(3)1` is levels (2, 3, 1)."""

    source: str
    levels: tuple[int | str, ...]


# --- expressions -------------------------------------------------------------------------------


@frozen
class Number(Node):
    """A bare number; it takes the unit of what it meets, except inside arithmetic."""

    value: Fraction


@frozen
class Quantity(Node):
    """A number with a unit in canonical spelling (`yuan/person/month`)."""

    value: Fraction
    unit: str


@frozen
class Rate(Node):
    """90%, 5‰, 1/3 of nothing in particular: a share, which needs something to be a share of."""

    value: Fraction


@frozen
class DateLiteral(Node):
    """A calendar date; a year or a month alone stands for its first day and says so."""

    value: date
    precision: Literal["day", "month", "year"]


@frozen
class Reference(Node):
    """A declared name: an input, status, parameter, statistic, definition or benefit."""

    name: str


@frozen
class HouseholdFact(Node):
    """`the household's X`, asked inside a rule of a person."""

    name: str


@frozen
class Value(Node):
    """A value of a category."""

    name: str


@frozen
class Indexed(Node):
    """A table at stated categories: `tier amount of first`."""

    name: str
    values: tuple[str, ...]


@frozen
class OnDate(Node):
    """A parameter at another date: `dibao standard on 2022-01-01`."""

    of: Reference | Indexed
    on: DateLiteral


@frozen
class TheDate(Node):
    """The date for which the case is evaluated."""


@frozen
class NumberOfMembers(Node):
    """The number of members, or of those for whom a condition holds."""

    who: Expr | None


@frozen
class OverMembers(Node):
    """The sum, highest or lowest of a figure over the members, or over some of them."""

    function: Literal["sum", "highest", "lowest"]
    of: Expr
    who: Expr | None


@frozen
class MemberTest(Node):
    """`any member is X`, `every member is X`."""

    quantifier: Literal["any", "every"]
    test: Expr


@frozen
class EachMember(Node):
    """`for each member: …`, computed per member, then added."""

    of: Expr


@frozen
class Binary(Node):
    """Plain arithmetic."""

    operator: Arithmetic
    left: Expr
    right: Expr


@frozen
class Difference(Node):
    """`the difference between A and B`: A − B, never below zero."""

    left: Expr
    right: Expr


@frozen
class Extreme(Node):
    """`the higher of A and B`, `the lower of A and B`."""

    which: Literal["higher", "lower"]
    items: tuple[Expr, ...]


@frozen
class Share(Node):
    """`90% of X`; without X, of the benefit's base."""

    rate: Fraction
    of: Expr | None


@frozen
class Multiple(Node):
    """`2 to 10 times X`; both ends are the same where one number is written."""

    low: Fraction
    high: Fraction
    of: Expr


@frozen
class Converted(Node):
    """`X per month`: the same rate per another period."""

    of: Expr
    period: Period


@frozen
class AtMost(Node):
    """`X up to Y`: a cap on this one amount."""

    of: Expr
    cap: Expr


@frozen
class AtLeast(Node):
    """`X, but at least Y`: a floor."""

    of: Expr
    floor: Expr


@frozen
class InTotal(Node):
    """`X, in total up to Y per year`: a running limit, less what was already paid."""

    of: Expr
    limit: Quantity
    period: Period


@frozen
class LimitNotStated(Node):
    """`X, limit not stated`: a limit may exist, the document does not give it."""

    of: Expr


@frozen
class Rounding(Node):
    """How to round and to what: mode, and the step as a number of a unit (`""` for plain)."""

    mode: Mode
    step: Fraction
    unit: str


@frozen
class Rounded(Node):
    """An amount rounded where it stands."""

    of: Expr
    rounding: Rounding


@frozen
class Compare(Node):
    """A comparison; whether it includes its end is in the operator."""

    operator: Comparison
    left: Expr
    right: Expr


@frozen
class Between(Node):
    """`A is at least X and less than Y`."""

    of: Expr
    low_operator: Comparison
    low: Expr
    high_operator: Comparison
    high: Expr


@frozen
class IsValue(Node):
    """`cause of stay is major illness`, `is not A or B` (neither)."""

    of: Expr
    values: tuple[str, ...]
    negated: bool


@frozen
class DateIn(Node):
    """`the date is in 2023`: from the first to the last day of the year or month, included."""

    of: Expr
    period: DateLiteral


@frozen
class Not(Node):
    """The negation of a fact."""

    of: Expr


@frozen
class And(Node):
    """All of the items hold; `listed` where the author wrote a list (`all of: …`)."""

    items: tuple[Expr, ...]
    listed: bool = False


@frozen
class Or(Node):
    """At least one item holds; `listed` where the author wrote a list (`any of: …`)."""

    items: tuple[Expr, ...]
    listed: bool = False


@frozen
class Nothing(Node):
    """`nothing`: the document says that no payment is due."""


Expr = (
    Number
    | Quantity
    | Rate
    | DateLiteral
    | Reference
    | HouseholdFact
    | Value
    | Indexed
    | OnDate
    | TheDate
    | NumberOfMembers
    | OverMembers
    | MemberTest
    | EachMember
    | Binary
    | Difference
    | Extreme
    | Share
    | Multiple
    | Converted
    | AtMost
    | AtLeast
    | InTotal
    | LimitNotStated
    | Rounded
    | Compare
    | Between
    | IsValue
    | DateIn
    | Not
    | And
    | Or
    | Nothing
)


# --- types as written --------------------------------------------------------------------------


@frozen
class WrittenType(Node):
    """The type in a header: an amount or number with its unit, yes or no, or a date.

    `occasion` tells a payment made once, or at each settlement, from a rate.
    """

    kind: Literal["amount", "yes or no", "date"]
    unit: str = ""
    occasion: Literal["one-off", "each settlement"] | None = None


@frozen
class Bound(Node):
    """One end of a domain: `at least 0`."""

    operator: Literal["<", "<=", ">", ">="]
    of: Expr


# --- clauses -----------------------------------------------------------------------------------


@frozen
class When(Node):
    """A condition of a benefit; `who` where the author wrote it as the class of recipients."""

    condition: Expr
    who: bool = False


@frozen
class Base(Node):
    """What a percentage without `of` is taken of."""

    of: Expr


@frozen
class Pays(Node):
    """The amount; also the body of a definition."""

    of: Expr


@frozen
class Case(Node):
    """`case CONDITION: AMOUNT`."""

    condition: Expr
    of: Expr


@frozen
class Otherwise(Node):
    """What is paid where no case holds."""

    of: Expr


@frozen
class Counted(Node):
    """`counted for 1 person, 1 month`: turns a rate into an amount."""

    persons: Fraction | None
    months: Fraction | None
    units: tuple[str, ...] = ()


@frozen
class RoundedClause(Node):
    """A rounding line."""

    rounding: Rounding


@frozen
class LimitsSeparate(Node):
    """`limits counted separately`: each limited case has its own running total."""


@frozen
class Decided(Node):
    """Who decides within the range, and from which factors; `open` where the list is open."""

    by: Text
    factors: tuple[str, ...]
    open: bool


@frozen
class Reading(Node):
    """The reading chosen of an unclear sentence."""

    text: Text


@frozen
class Asks(Node):
    """The question of an interview for an input."""

    text: Text


Clause = (
    When
    | Base
    | Pays
    | Case
    | Otherwise
    | Counted
    | RoundedClause
    | LimitsSeparate
    | Decided
    | Reading
    | Asks
)


# --- declarations ------------------------------------------------------------------------------


@frozen(kw_only=True)
class Declaration(Node):
    """A block of a ruleset. `cites` are its own citations, `heading` the one it stands under."""

    cites: tuple[Citation, ...] = ()
    heading: Citation | None = None

    @property
    def places(self) -> tuple[Citation, ...]:
        """The citations in force: its own, else that of the heading."""
        if self.cites:
            return self.cites
        return (self.heading,) if self.heading else ()


@frozen
class SourceDocument(Declaration):
    """A document that may be cited."""

    name: Name
    title: Text | None
    number: Text | None
    issued: DateLiteral | None
    issuer: Text | None
    quoted_in: Citation | None


@frozen
class Category(Declaration):
    """Exactly one of the values holds. With an entity, it is also an input of that entity."""

    name: Name
    entity: Entity | None
    values: tuple[Name, ...]
    asks: Text | None = None


@frozen
class Statuses(Declaration):
    """Yes/no facts, each on its own; several may hold together."""

    entity: Entity
    names: tuple[Name, ...]
    asks: Text | None = None


@frozen
class NotStated(Node):
    """The document gives no value; what it says of the value may stand beside it."""

    bounds: tuple[Bound, ...] = ()


@frozen
class Cell(Node):
    """One value of a table, or the only one (no keys)."""

    keys: tuple[str, ...]
    value: Expr | NotStated


@frozen
class Version(Node):
    """The values from a date on; without a date, at every date."""

    start: DateLiteral | None
    cells: tuple[Cell, ...]
    cites: tuple[Citation, ...] = ()


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


@frozen
class Definition(Declaration):
    """A named intermediate amount or condition."""

    name: Name
    entity: Entity
    type: WrittenType
    clauses: tuple[Clause, ...]


@frozen
class Benefit(Declaration):
    """A payment or entitlement."""

    name: Name
    entity: Entity
    type: WrittenType
    clauses: tuple[Clause, ...]


@frozen
class Within(Node):
    """Due some days after an event; the day of the event is not counted."""

    count: Fraction
    unit: str
    event: str


@frozen
class EachPeriod(Node):
    """Due once in every month, quarter or year, by its last day, or by a day of the month."""

    period: Period
    day: int | None


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


@frozen
class Check(Declaration):
    """Statements that must hold."""

    title: Text
    statements: tuple[Expr, ...]


@frozen
class Given(Node):
    """One fact of an example; `member` counts from 1, None for the household or the person."""

    member: int | None
    name: str
    value: Number | Quantity | Rate | DateLiteral | Value | bool


@frozen
class MemberCount(Node):
    """`3 members`."""

    count: Fraction
    unit: str


@frozen
class OtherwiseNo(Node):
    """Every yes/no fact that is not named is no."""


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
class Example(Declaration):
    """An executed case of the author."""

    title: Text
    on: DateLiteral
    given: tuple[Given | MemberCount | OtherwiseNo, ...]
    expect: tuple[Expectation, ...]
    because: tuple[Expectation, ...]


AnyDeclaration = (
    SourceDocument
    | Category
    | Statuses
    | Parameter
    | Input
    | Definition
    | Benefit
    | Deadline
    | Check
    | Example
)


@frozen
class Use(Node):
    """`uses cn.common`."""

    ruleset: str


@frozen
class Ruleset(Node):
    """One rule file."""

    id: str
    title: Name | None
    jurisdiction: Text | None
    currency: str
    uses: tuple[Use, ...]
    declarations: tuple[AnyDeclaration, ...]
