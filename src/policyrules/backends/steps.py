"""The reasons of an outcome as plain data: steps, each with what it rests on.

A `Step` is one line of reasoning, a `Term` a figure or statement inside it. Both hold values and
names of both languages, no sentences: those are made by whoever shows them.
"""

from __future__ import annotations

from typing import Any, Literal

from attrs import define

from policyrules.backends.paths import Member
from policyrules.ir.facts import Need, Record, Status
from policyrules.ir.nodes import Cited, Entity, Kind
from policyrules.source import Text

# What a step does in the reasoning.
Role = Literal[
    "outcome",
    "rule",
    "parameter",
    "input",
    "reading",
    "alternative",
    "validity",
    "decided",
    "soft",
    "condition",
    "all",
    "any",
    "any member",
    "every member",
    "case",
    "exception",
    "grace",
    "unsettled",
    "rival",
    "otherwise",
    "figure",
    "each member",
    "members",
    "picked",
    "counted",
    "convert",
    "floor",
    "cap",
    "limit",
    "limit with others",
    "not paid below",
    "paid as",
    "top-up",
    "added",
    "not below zero",
    "rounding",
    "missing",
    "path",
    "more",
    "flag",
]
# Why a value is not simply there: not in the case, assumed on this path, not in the document, or
# there only because the case supplies what the document does not state.
State = Literal["", "missing", "assumed", "not stated", "not in force", "supplied"]

Comparison = Literal["<", "<=", ">", ">=", "=", "!="]


# Dozens of terms and steps are made for an explanation, and frozen ones would take three times as
# long to make. They are values all the same, which nobody changes.
@define(kw_only=True, unsafe_hash=True)
class Term:
    """A value as it is spoken of: a named leaf, or an operator on other terms.

    A leaf has a `role`: `parameter`, `input`, `rule`, `members`, `some members`, `date`, `rate`,
    `times`, `choice` or `number`; `row` are the values under which a table was read. Anything else
    has an `operator`.
    `own` is the subject whose name the unit need not repeat, `word` what a choice is called,
    `whose` the member whose figure it is among those of others; `origin` is how a fact comes to be
    known (declared, verified or found), where the rules say so.
    """

    role: str = ""
    operator: str = ""
    kind: Kind = "number"
    name: Text | None = None
    value: Any = None
    unit: str = ""
    own: Entity | None = None
    word: Text | None = None
    whose: Member = None
    row: tuple[Text, ...] = ()
    state: State = ""
    origin: str = ""
    cites: tuple[Cited, ...] = ()
    start: int | None = None
    stop: int | None = None
    operands: tuple[Term, ...] = ()


@define(kw_only=True, unsafe_hash=True)
class Step:
    """One line of reasoning and, in `because`, what it rests on.

    `value` is what comes out of the step: a number, a range, a day, a choice, or whether a
    condition holds (None: open). `terms` are its figures in the order of speaking. `lost` marks
    what was weighed and did not decide, `again` what was explained further above. `number` counts
    cases in written order, the alternatives of an `any`, paths with the same result (`path`) or
    paths not shown (`more`). `members` are those for whom the step holds alike.
    """

    role: Role
    name: Text | None = None
    key: str = ""
    kind: Kind = "number"
    value: Any = None
    unit: str = ""
    own: Entity | None = None
    status: Status | None = None
    terms: tuple[Term, ...] = ()
    mode: str = ""
    number: int = 0
    members: tuple[int | Record, ...] = ()
    needs: tuple[Need, ...] = ()
    factors: tuple[Text, ...] = ()
    open_list: bool = False
    cites: tuple[Cited, ...] = ()
    start: int | None = None
    stop: int | None = None
    lost: bool = False
    again: bool = False
    because: tuple[Step, ...] = ()
