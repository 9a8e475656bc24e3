"""One outcome: what a rule gives for one subject, with its amount or value, and its words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, get_args

from attrs import field, frozen

from policyrules import wording
from policyrules.diagnostics import Diagnostic, InputError
from policyrules.results_json import Basis, ResultKind, amount_data, outcome_data
from policyrules.source import Language, Text
from policyrules.types.units import is_money, quantity, unit

if TYPE_CHECKING:
    from policyrules.counterfactual import WhatIf
    from policyrules.explanation import Explanation
    from policyrules.ir import facts as ir
    from policyrules.ir.nodes import Kind
    from policyrules.letter import Letter
    from policyrules.types.units import ExactQuantity

BENEFIT = "benefit"  # The place of the name where one benefit is asked for.
ONLY = "only"  # That of the names where the outcomes of some rules are.


def result_kind(kind: Kind, in_unit: str) -> ResultKind:
    """What people call a kind of value: a number with a unit of money is an amount."""
    match kind:
        case "number":
            return "amount" if is_money(unit(in_unit)) else "number"
        case "truth":
            return "yes or no"
        case "choice":
            return "category"
        case "date":
            return "date"


@frozen
class Amount:
    """An exact number, or the closed range in which it lies; an end that is None is open.

    `unit` is canonical without for whom (`yuan/month`): the outcome says whose it is. `basis` says
    whether a range is an official's to decide in (`discretion`), comes from missing facts
    (`missing`), or both.
    """

    low: Fraction | None
    high: Fraction | None
    unit: str
    basis: Basis = field(default="exact", eq=False)

    @property
    def exact(self) -> Fraction | None:
        """The number if it is exactly known, else None."""
        return self.low if self.low == self.high else None

    @property
    def quantity(self) -> ExactQuantity | None:
        """The exact amount as a Pint quantity; None for a range."""
        return None if self.exact is None else quantity(self.exact, unit(self.unit))

    def text(self, lang: Language = "en") -> str:
        """The amount in words: `900 yuan per month`, `1,400元至7,000元`."""
        return wording.interval(self.low, self.high, self.unit).of(lang)

    def __str__(self) -> str:
        return self.text()

    def to_dict(self) -> dict[str, str | None]:
        """The amount as JSON-ready data: exact decimal texts, or fractions such as `1000/3`."""
        return amount_data(self.low, self.high, self.unit, self.basis)


@frozen(kw_only=True)
class Words:
    """What an outcome, its subject, value and needs are called; `unit` keeps for whom it is."""

    label: Text
    subject: Text
    unit: str = ""
    value: Text | None = None
    needs: tuple[Text, ...] = ()
    decided: Text | None = None


@frozen(kw_only=True)
class Outcome:
    """What a rule gives for one subject.

    `of` is the subject's path in the case (`household`, `household.members[1]`, `person`).
    `amount` is there for amounts and numbers as far as they are known, `value` for the other
    kinds: a bool, the name of a category's value, a date, or `none` for one that has not happened.
    `needs` are the paths of the missing
    facts that were read, `flags` what must be known beside it. `on` is the day whose rules were
    applied, `facts` what the case says.
    """

    name: str
    of: str
    what: ir.What
    status: ir.Status
    kind: ResultKind
    amount: Amount | None = None
    value: bool | str | date | None = None
    flags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    words: Words = field(eq=False, repr=False)
    explainer: Callable[[Language], Explanation] = field(eq=False, repr=False)
    on: date = field(eq=False, repr=False)
    facts: ir.Facts = field(eq=False, repr=False)

    def explain(self, lang: Language = "en") -> Explanation:
        """Why: the clauses, versions, conditions and figures behind this outcome.

        Raises `InputError` for a language other than `en` and `zh`.
        """
        if lang not in get_args(Language):
            raise InputError([Diagnostic("PR633", "lang", {"found": str(lang)})])
        return self.explainer(lang)

    def letter(self, lang: Language = "en", what_if: WhatIf | None = None) -> Letter:
        """A letter that tells whoever applied what was decided, why, and by which clauses.

        With the `what_if` of the same decision it also tells what would change that. Only what
        concerns a benefit is written to somebody: `InputError` for any other outcome, and
        for a language other than `en` and `zh`.
        """
        if self.what != "benefit":
            raise InputError([Diagnostic("PR675", self.of, {"name": self.words.label})])
        if what_if is not None and not self._is_changed_by(what_if):
            raise InputError([Diagnostic("PR676", self.of, {"name": self.words.label})])
        from policyrules.letter_writer import written  # noqa: PLC0415 (seldom needed, and large)

        return written(self, self.explain(lang), self.on, what_if)

    def _is_changed_by(self, what_if: WhatIf) -> bool:
        """Whether changes are those of this outcome, in this case and on this day."""
        from policyrules.counterfactual import WhatIf  # noqa: PLC0415 (seldom needed)

        if not isinstance(what_if, WhatIf):
            return False
        other = what_if.outcome
        return other == self and other.facts == self.facts

    def text(self, lang: Language = "en") -> str:
        """The amount or value in words; empty where there is none."""
        if self.amount is not None:
            return wording.interval(self.amount.low, self.amount.high, self.words.unit).of(lang)
        match self.value:
            case None:
                return ""
            case bool():
                return wording.truth(value=self.value).of(lang)
            case date():
                return wording.day(self.value).of(lang)
            case str() if self.kind == "date":
                return wording.NOT_HAPPENED.of(lang)
            case str():
                return (self.words.value or Text(self.value, None)).of(lang)

    def to_dict(self) -> dict[str, object]:
        """The outcome as JSON-ready data, in the form that `policyrules eval --json` prints."""
        shown = None if self.amount is None else self.amount.to_dict()
        return outcome_data(
            self.status,
            self.kind,
            shown if self.kind in ("amount", "number") else self.value,
            self.flags,
            self.needs,
        )
