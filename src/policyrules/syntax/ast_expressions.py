"""The figures and payments of the syntax tree, and the union of all its expressions."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import frozen

from policyrules.syntax.ast_adjustments import (
    AmountNotStated,
    AmountRange,
    CountsAs,
    Growth,
    InStep,
)
from policyrules.syntax.ast_base import Arithmetic, Comparison, DateLiteral, Mode, Node, Period
from policyrules.syntax.ast_conditions import (
    And,
    Applies,
    Between,
    Compare,
    DateIn,
    IsValue,
    Not,
    Or,
    Others,
)
from policyrules.syntax.ast_limits import (
    AmountAbove,
    AtLeast,
    AtMost,
    AtMostWith,
    InTotal,
    LimitNotStated,
    NoLimit,
    NotPaidBelow,
    PaidAs,
)
from policyrules.syntax.ast_lists import EachRecord, NumberOfRecords, OverRecords, RecordTest
from policyrules.syntax.ast_time import (
    AgeDay,
    DayExtreme,
    EachCompleted,
    Elapsed,
    InPeriod,
    Later,
    PeriodEnd,
    PreviousPayment,
)


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
class GeneralAmount(Node):
    """`the general amount`: in an exception, what the rule gives without it."""


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
    """`any member is X`, `every member is X`; of some members, `who` picks them."""

    quantifier: Literal["any", "every"]
    test: Expr
    who: Expr | None = None


@frozen
class EachMember(Node):
    """`for each member: …`, computed per member, or per some of them, then added."""

    of: Expr
    who: Expr | None = None


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
class Remainder(Node):
    """`what remains of X after A and B`: X − A − B, never below zero, once at the end."""

    of: Expr
    after: tuple[Expr, ...]


@frozen
class Part(Node):
    """`the part of A above X`, `the part of A below X`."""

    of: Expr
    side: Literal["above", "below"]
    threshold: Expr


@frozen
class TopUp(Node):
    """`top up to X from A`: what A lacks of X, never below zero."""

    to: Expr
    of: Expr


@frozen
class Changed(Node):
    """`X increased by 3%` (times 1.03), `R reduced by 5 percentage points` (minus 0.05)."""

    of: Expr
    by: Fraction
    points: bool


@frozen
class SetTo(Node):
    """`the rate raised to 95%`: becomes that, whatever it was."""

    of: Expr
    to: Expr


@frozen
class Bounded(Node):
    """A whole payment of which only one end is stated: `pays at least X`, `pays at most X`."""

    operator: Comparison
    of: Expr


@frozen
class Converted(Node):
    """`X per month`: the same rate per another period."""

    of: Expr
    period: Period


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
class IfZero(Node):
    """`A / B, otherwise X`: the quotient, and X where the divisor is zero."""

    of: Expr
    otherwise: Expr


@frozen
class Nothing(Node):
    """`nothing`: the document says that no payment is due."""


@frozen
class CaseByCase(Node):
    """`case by case`: a person decides whether and how much."""


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
    | GeneralAmount
    | Elapsed
    | EachCompleted
    | Later
    | DayExtreme
    | AgeDay
    | InPeriod
    | PeriodEnd
    | PreviousPayment
    | NumberOfMembers
    | OverMembers
    | MemberTest
    | EachMember
    | NumberOfRecords
    | OverRecords
    | EachRecord
    | RecordTest
    | Binary
    | Difference
    | Extreme
    | Share
    | Multiple
    | Remainder
    | Part
    | TopUp
    | Changed
    | SetTo
    | InStep
    | AmountRange
    | AmountNotStated
    | CountsAs
    | Bounded
    | Converted
    | AtMost
    | AtLeast
    | InTotal
    | AtMostWith
    | LimitNotStated
    | NoLimit
    | NotPaidBelow
    | PaidAs
    | AmountAbove
    | Rounded
    | IfZero
    | Compare
    | Growth
    | Between
    | IsValue
    | DateIn
    | Applies
    | Not
    | And
    | Or
    | Others
    | Nothing
    | CaseByCase
)
