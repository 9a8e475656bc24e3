"""The clauses of declarations, and the types that stand in headers."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import frozen

from policyrules.source import Text
from policyrules.syntax.ast_base import Comparison, Node, Period
from policyrules.syntax.ast_expressions import Expr, Quantity, Rounding
from policyrules.syntax.ast_limits import Limit
from policyrules.syntax.ast_time import Grace, PaidFrom, PaidFromAge, PaidUntil, Valid

# --- types as written --------------------------------------------------------------------------


@frozen
class WrittenType(Node):
    """The type in a header: an amount or number with its unit, yes or no, a date, or a category.

    `occasion` tells a payment made once, or at each settlement, from one per period. A `rate` is a
    plain number that people read in percent; of a `whole` number a case may state no fraction.
    """

    kind: Literal["amount", "yes or no", "date", "category"]
    unit: str = ""
    occasion: Literal["one-off", "each settlement"] | None = None
    category: str = ""
    rate: bool = False
    whole: bool = False


@frozen
class Bound(Node):
    """One end of a domain: `at least 0`."""

    operator: Literal["<", "<=", ">", ">="]
    of: Expr


@frozen(kw_only=True)
class Line(Node):
    """A line of a rule; by its label another ruleset may amend it."""

    label: Text | None = None


# --- clauses -----------------------------------------------------------------------------------


@frozen
class When(Line):
    """A condition of a benefit; `who` where the author wrote it as the class of recipients."""

    condition: Expr
    who: bool = False


@frozen
class SoftRule(Line):
    """`when as a rule, …`: a condition that never decides."""

    condition: Expr


@frozen
class SoftLimit(Node):
    """`limits as a rule, for at most 12 months`: a limit that never decides."""

    operator: Comparison
    of: Quantity


@frozen
class Base(Line):
    """What a percentage without `of` is taken of."""

    of: Expr


@frozen
class Deductible(Line):
    """What the claimant bears: taken off the base before the rate."""

    of: Expr


@frozen
class Order(Line):
    """`after A, then B`: the base is what those leave, in that order."""

    after: tuple[Expr, ...]


@frozen
class Pays(Line):
    """The amount; also the body of a definition."""

    of: Expr


@frozen
class Case(Line):
    """`case CONDITION: AMOUNT`."""

    condition: Expr
    of: Expr


@frozen
class Otherwise(Line):
    """What is paid where no case holds."""

    of: Expr


@frozen
class Disregard(Line):
    """`A is disregarded`: taken off the figure above it, up to a cap, never below zero."""

    of: Expr
    cap: Expr | None


@frozen
class Ends(Node):
    """The ends of a band or bracket: one or two, each by its own word."""

    bounds: tuple[Bound, ...]


@frozen
class Band(Line):
    """`band A to B: AMOUNT`: the amount where the whole base lies between the ends.

    The condition, if there is one, must hold as well.
    """

    condition: Expr | None
    ends: Ends
    of: Expr


@frozen
class Bracket(Node):
    """`the part above A up to B: RATE`: the rate of that part of the base alone."""

    ends: Ends
    rate: Expr


@frozen
class Counted(Line):
    """`counted for 1 person, 1 month`: a rate becomes an amount; `by` are figures of the case."""

    persons: Fraction | None
    months: Fraction | None
    units: tuple[str, ...] = ()
    by: tuple[Expr, ...] = ()


@frozen
class RoundedClause(Line):
    """A rounding line."""

    rounding: Rounding


@frozen
class LimitsSeparate(Node):
    """`limits counted separately`: each limited case has its own running total; or `together`."""

    separate: bool = True


@frozen
class Limited(Node):
    """A `limits` line on the amounts above it."""

    by: Limit


@frozen
class TimesLimit(Node):
    """`limits at most 2 times per year`: not due any more once it was paid so often."""

    count: Expr
    period: Period


@frozen
class MonthsLimit(Node):
    """`limits for at most 12 months`: not due any more once it was paid for so long."""

    count: Expr


@frozen
class ToppedUp(Node):
    """A top-up under its condition: of several, the highest only, or all of them.

    With `members` it is computed for each member of the household, who meets its condition.
    """

    when: Expr | None
    of: Expr
    mark: Literal["highest", "cumulative", ""]
    members: bool = False


@frozen
class LimitsShared(Node):
    """`limits shared with X`: the running limits of this benefit hold for both together."""

    names: tuple[str, ...]


@frozen
class Decided(Node):
    """Who decides within the range, and from which factors; `open` where the list is open."""

    by: Text
    factors: tuple[str, ...]
    open: bool


@frozen
class DecidedInSteps(Node):
    """`decided in steps of 100 yuan`: what is chosen within the range is a multiple of the step."""

    step: Fraction
    unit: str


@frozen
class DecidedAbove(Node):
    """`above X decided by "…"`: who decides on more than that, or from there on (`at least`).

    Any other operator is a mistake.
    """

    operator: Comparison
    above: Expr
    by: Text


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
    | SoftRule
    | SoftLimit
    | Base
    | Deductible
    | Order
    | Pays
    | Case
    | Otherwise
    | Disregard
    | Band
    | Bracket
    | Counted
    | RoundedClause
    | LimitsSeparate
    | LimitsShared
    | Limited
    | ToppedUp
    | TimesLimit
    | MonthsLimit
    | Decided
    | DecidedInSteps
    | DecidedAbove
    | Reading
    | Asks
    | Valid
    | PaidFrom
    | PaidFromAge
    | PaidUntil
    | Grace
)
