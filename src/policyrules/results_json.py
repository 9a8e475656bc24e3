"""Results as JSON-ready data, in the form that `policyrules eval --json` prints (schema 1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Literal

from policyrules import wording
from policyrules.case_names import MEMBERS
from policyrules.ir import facts as ir
from policyrules.types.dates import NEVER

Basis = Literal["exact", "discretion", "missing", "both"]
ResultKind = Literal["amount", "number", "yes or no", "category", "date"]
SCHEMA = 1
_WITH_AMOUNT = frozenset({"eligible", "undetermined", "known"})


def has_amount(outcome: ir.Outcome) -> bool:
    """Whether an outcome is a number that is known or has a bound, if only an open one."""
    return outcome.kind == "number" and outcome.status in _WITH_AMOUNT


def basis(outcome: ir.Outcome) -> Basis:
    """Why an amount is a range, if it is one."""
    if outcome.discretion:
        return "both" if outcome.missing else "discretion"
    return "missing" if outcome.missing else "exact"


def value(found: bool | str | int) -> bool | str | date:
    """A value that is no number: a day is a date, or `none` where it has not happened."""
    match found:
        case bool() | str():
            return found
        case int():
            day = date.fromordinal(found)
            return wording.NONE if day == NEVER else day


def amount_data(
    low: Fraction | None, high: Fraction | None, unit: str, why: Basis
) -> dict[str, str | None]:
    """An amount: exact decimal texts, or fractions such as `1000/3`; an open end is None."""
    return {
        "low": None if low is None else wording.decimal_text(low),
        "high": None if high is None else wording.decimal_text(high),
        "unit": unit,
        "basis": why,
    }


def outcome_data(
    status: ir.Status,
    kind: ResultKind,
    shown: dict[str, str | None] | bool | str | date | None,
    flags: tuple[str, ...],
    needs: tuple[str, ...],
) -> dict[str, object]:
    """An outcome, whose amount or value is `shown`."""
    place = "amount" if kind in ("amount", "number") else "value"
    data = shown.isoformat() if isinstance(shown, date) else shown
    return {"status": status, "kind": kind, place: data, "flags": [*flags], "needs": [*needs]}


def result_data(
    ruleset: str,
    on: date,
    names: Iterable[str],
    outcomes: Iterable[tuple[tuple[str, str], dict[str, object]]],
    unlisted: Iterable[str],
) -> dict[str, object]:
    """All outcomes by name and subject; those `unlisted` need the members of the household."""
    subjects: dict[str, dict[str, object]] = {name: {} for name in names}
    for (name, path), outcome in outcomes:
        subjects[name][path] = outcome
    rules: dict[str, dict[str, object]] = {name: {"of": of} for name, of in subjects.items()}
    for name in unlisted:
        rules[name]["needs"] = [MEMBERS]
    return {"schema": SCHEMA, "ruleset": ruleset, "on": on.isoformat(), "outcomes": rules}
