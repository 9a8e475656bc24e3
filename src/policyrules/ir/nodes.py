"""The program: what there is to compute, after names, units and benefit forms are gone.

Five kinds of expression. Numbers are rationals, dates are days (proleptic ordinals), truth is yes
or no, a choice is the canonical name of a value. Where an expression comes from (rule, clause,
citation, unit, version) rides beside it in `origin`, outside equality.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from policyrules.source import Span, Text
from policyrules.types import units

PERCENT = units.PERCENT  # The unit in which people read a rate.
Kind = Literal["number", "truth", "choice", "date"]
Entity = Literal["household", "person"]
Subject = Literal["household", "person", "date", "parameters"]
About = Literal["household", "person", "case"]
Aggregate = Literal["sum", "highest", "lowest", "count", "any", "every"]


@frozen
class Cited:
    """A place in a document, ready to be shown: the document's name and the levels inside it.

    `words` are the words by which the document calls the levels, where the rules say them.
    """

    source: str
    label: Text
    levels: tuple[int | str, ...]
    words: tuple[str, ...] = field(default=(), eq=False)


@frozen(kw_only=True)
class Origin:
    """Where an expression comes from and how it is to be spoken of.

    `role` names what the expression does in its rule (`condition`, `case`, `rate`, `floor`, `cap`,
    `limit`, `rounding`, `parameter`, `convert` …); `name` is the declared name it reads; `start`
    and `stop` are the first day of the parameter version that was chosen and of the next one, as
    ordinals; `unit` is canonical.
    """

    role: str
    name: Text | None = None
    unit: str = ""
    cites: tuple[Cited, ...] = ()
    span: Span | None = None
    start: int | None = None
    stop: int | None = None


@frozen
class NotStated:
    """A value that the document does not give; `low` and `high` are what it says of it.

    `name` and, for a table, `keys` tell under which parameter a case may supply it. A `payment`
    that is left open has no such name: nothing supplies it.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    name: str = ""
    keys: tuple[str, ...] = ()
    low_excluded: bool = False
    high_excluded: bool = False
    payment: bool = False


@frozen
class NotInForce:
    """A value before the first version of its parameter."""

    name: str = ""


@frozen
class Unsettled:
    """No value, because rules contradict each other (`conflict`) or a person decides (`manual`)."""

    status: Literal["conflict", "manual"]
    name: Text


Literals = Fraction | bool | str | int | NotStated | NotInForce | Unsettled


@frozen(cache_hash=True)
class Constant:
    """A value known before anything runs; a date is an `int`, a number always a `Fraction`."""

    value: Literals
    kind: Kind
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen
class Collection:
    """A list of records in a case: what it is called and whose it is."""

    name: str
    subject: Entity
    label: Text = field(eq=False)


@frozen(cache_hash=True)
class Variable:
    """An input of the household, of the person or of the record at hand, or `date`."""

    name: str
    subject: Subject
    kind: Kind
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(cache_hash=True)
class Reference:
    """The value of a definition, for the person at hand or for the household.

    Of a benefit, as a truth, it is whether the benefit is due.
    """

    name: str
    kind: Kind
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(cache_hash=True)
class Apply:
    """An operator of `operators.py` on its operands."""

    operator: str
    operands: tuple[Expr, ...]
    kind: Kind
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(cache_hash=True)
class Over:
    """An aggregate over the members, or over the records of a list of the subject at hand.

    Inside, `person` is each member in turn, or the record at hand is each record. `condition` picks
    those that count. `count` has no body.
    """

    function: Aggregate
    body: Expr | None
    condition: Expr | None
    kind: Kind
    origin: Origin | None = field(default=None, eq=False, repr=False)
    collection: Collection | None = None


Expr = Constant | Variable | Reference | Apply | Over


@frozen(kw_only=True)
class Input:
    """A fact of the case as an evaluator needs it.

    `low` and `high` bound a number (None: open); an excluded end has its flag set. `values` are
    the canonical values of a choice with their names. `unit` is canonical, with per whom. A field
    of the records of a list has its `collection`.
    """

    name: str
    label: Text
    subject: Literal["household", "person"]
    kind: Kind
    unit: str = ""
    low: Fraction | None = None
    high: Fraction | None = None
    low_excluded: bool = False
    high_excluded: bool = False
    values: tuple[tuple[str, Text], ...] = ()
    source: Literal["input", "declared", "verified", "found", "status", "form"] = "input"
    asks: Text | None = None
    own: bool = True
    whole: bool = False
    collection: Collection | None = None
    readings: tuple[Text, ...] = ()


@frozen
class Alternative:
    """Another reading of a rule or parameter, and whether it is the one computed."""

    text: Text
    chosen: bool


@frozen
class Soft:
    """A line that holds as a rule only and never decides: a condition, or a limit in a unit."""

    condition: Expr | None
    operator: str = ""
    value: Fraction = Fraction(0)
    unit: str = ""


@frozen
class Level:
    """Who decides on an award above an amount, in the unit of the rule, which may be `included`.

    `written` is the amount in the words of the author.
    """

    above: Expr
    by: Text
    written: str
    included: bool = False

    def takes(self, amount: Fraction, begins: Fraction) -> bool:
        """Whether an award is of this level, where the level begins there."""
        return amount > begins or (self.included and amount == begins)


@frozen(kw_only=True)
class Grant:
    """Who decides within a range, by which factors, in which steps, and from where on who else.

    It stands for the rule itself where `when` is None, else for an exception while that holds.
    `step` is in the unit of the rule; of `levels` the last that takes an award decides.
    """

    when: Expr | None = None
    by: Text | None = None
    factors: tuple[Text, ...] = ()
    factors_open: bool = False
    step: Fraction | None = None
    levels: tuple[Level, ...] = ()


@frozen
class Rival:
    """`other` is paid instead of `rule` where it `beats` that; `higher` compares the amounts."""

    rule: str
    other: str
    holds: Expr
    amount: Expr
    beats: Expr
    higher: Expr | None = None


@frozen(kw_only=True)
class Definition:
    """A named result: a benefit, an intermediate figure or condition, a deadline.

    `value` is what other rules read: for a benefit, its amount, or 0 where it is not due. `holds`
    (benefits only) decides eligibility, `amount` is what is then paid, `due` is what other rules
    read as whether it applies. Of the `grants` of a benefit the first that holds says who decides
    within its range. `rivals` tell which benefits may be paid instead, as `holds` has it. `unit` is
    canonical, with per whom. `own` tells a ruleset's own rules from those it uses. Outside
    `valid_from` and `valid_to`, the first and last day of its validity, the rule has no value.
    """

    name: str
    label: Text
    subject: Literal["household", "person"]
    what: Literal["benefit", "definition", "deadline"]
    kind: Kind
    value: Expr
    holds: Expr | None = None
    amount: Expr | None = None
    due: Expr | None = None
    unit: str = ""
    occasion: Literal["one-off", "each settlement"] | None = None
    cites: tuple[Cited, ...] = ()
    readings: tuple[Text, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    grants: tuple[Grant, ...] = ()
    rivals: tuple[Rival, ...] = ()
    soft: tuple[Soft, ...] = ()
    own: bool = True
    span: Span | None = None
    valid_from: int | None = None
    valid_to: int | None = None

    def parts(self) -> Iterator[Expr]:
        """All its expressions, those that hold as a rule only and those of its grants included."""
        softly = (soft.condition for soft in self.soft)
        for expr in (self.value, self.holds, self.amount, self.due, *softly, *self.granted()):
            if expr is not None:
                yield expr

    def granted(self) -> Iterator[Expr]:
        """What its grants read: when they hold, and where their levels begin."""
        for grant in self.grants:
            if grant.when is not None:
                yield grant.when
            yield from (level.above for level in grant.levels)

    def read_as(self, kind: Kind) -> Expr:
        """What a reference of this kind to the definition reads."""
        return self.due if self.due is not None and kind == "truth" else self.value


@frozen
class Version:
    """A parameter's values from a day on (None: always), for describing it."""

    start: int | None
    year_only: bool
    cells: tuple[tuple[tuple[str, ...], Fraction | NotStated], ...]
    cites: tuple[Cited, ...]


@frozen
class Counted:
    """A number by which a table is: what it is called, and its rows by their keys in words."""

    name: str
    label: Text
    rows: tuple[tuple[str, Text], ...]


@frozen(kw_only=True)
class Parameter:
    """A parameter or statistic, for describing it and for supplying what is not stated.

    `counted` are those numbers among `by`; all else there are categories.
    """

    name: str
    label: Text
    unit: str
    by: tuple[str, ...]
    versions: tuple[Version, ...]
    counted: tuple[Counted, ...] = ()
    statistic: bool = False
    own: bool = True
    readings: tuple[Text, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


@frozen(kw_only=True)
class Check:
    """A statement that must hold, with the first days of the periods in which it is tried."""

    title: Text
    statement: Expr
    days: tuple[int, ...]
    span: Span
    cites: tuple[Cited, ...] = ()
    readings: tuple[Text, ...] = ()


@frozen(kw_only=True)
class Document:
    """A document that may be cited; `quoted_in` is the one seen instead of it."""

    name: str
    label: Text
    title: Text | None = None
    number: Text | None = None
    issued: int | None = None
    issuer: Text | None = None
    quoted_in: Cited | None = None
    valid_from: int | None = None
    valid_to: int | None = None


@frozen(kw_only=True)
class Program:
    """All that a ruleset computes; definitions stand after those they read.

    `labels` are the names of categories and of their values.

    `about` is what one case of it is: a household with its members, one person, or a case that is
    neither (an employer, a site), whose facts are those of the subject `household`.
    """

    id: str
    title: Text
    currency: str
    inputs: tuple[Input, ...]
    parameters: tuple[Parameter, ...]
    definitions: tuple[Definition, ...]
    checks: tuple[Check, ...]
    about: About
    categories: tuple[tuple[str, tuple[str, ...]], ...] = ()
    labels: tuple[tuple[str, Text], ...] = ()
    documents: tuple[Document, ...] = ()

    @property
    def persons_only(self) -> bool:
        """Whether a case is one person and nothing else."""
        return self.about == "person"

    def whose(self, subject: Entity) -> About:
        """Whose facts and rules those of a subject are: the case's where there is no household."""
        return "case" if (subject, self.about) == ("household", "case") else subject
