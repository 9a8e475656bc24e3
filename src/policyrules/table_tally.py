"""What a population comes to: how many have each status, and what their benefits cost, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Self

import polars as pl
from attrs import define, field

from policyrules import wording
from policyrules.columns_writing import Form, form_of
from policyrules.ir.nodes import Definition, Program
from policyrules.render import aligned
from policyrules.source import Language, Text

if TYPE_CHECKING:
    from policyrules.columns_writing import Amounts

_PAID = ("eligible", "undetermined")
_ENDS = ("low", "high")
_WITHOUT = "not evaluated"  # rows in error, and the others of their households
_MICRO, _FEN = Fraction(1, 10**6), Fraction(1, 100)

_ROWS = {
    "person": (Text("{} person{}", "{}人"), Text("persons", "人")),
    "household": (Text("{} household{}", "{}户"), Text("households", "户")),
    "case": (Text("{} case{}", "{}件个案"), Text("cases", "件")),
}
_IN_ERROR = Text("rows in error: {}", "有误的行：{}")
_NOT_EVALUATED = Text("not evaluated", "未能计算")
_COST = Text("cost", "金额合计")
_OPEN = Text("no upper limit in {} rows", "另有{}行没有上限")
_COMMA = Text(", ", "，")
_COLON = Text(": ", "：")


@define
class Counted:
    """How many have each status of a benefit, and the sums of both ends of its amounts.

    `open` are how many amounts have no lower, and no upper end.
    """

    statuses: dict[str, int] = field(factory=dict)
    sums: list[Fraction] = field(factory=lambda: [Fraction(0), Fraction(0)])
    open: list[int] = field(factory=lambda: [0, 0])

    def add(self, other: Counted) -> None:
        """Add what another block has."""
        for status, count in other.statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + count
        self.sums = [mine + its for mine, its in zip(self.sums, other.sums, strict=True)]
        self.open = [mine + its for mine, its in zip(self.open, other.open, strict=True)]


@define
class Tally:
    """What a population, or a block of it, comes to."""

    rows: dict[str, int]
    wrong: int = 0
    benefits: dict[str, Counted] = field(factory=dict)

    def add(self, other: Tally) -> None:
        """Add what another block has."""
        for subject, count in other.rows.items():
            self.rows[subject] = self.rows.get(subject, 0) + count
        self.wrong += other.wrong
        for name, counted in other.benefits.items():
            self.benefits.setdefault(name, Counted()).add(counted)

    def kept(self) -> dict[str, object]:
        """It as JSON, for a later run."""
        benefits = {
            name: [each.statuses, [str(end) for end in each.sums], each.open]
            for name, each in self.benefits.items()
        }
        return {"rows": self.rows, "wrong": self.wrong, "benefits": benefits}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """As an earlier run kept it."""
        benefits = {
            name: Counted(statuses, [Fraction(end) for end in sums], unbounded)
            for name, (statuses, sums, unbounded) in kept["benefits"].items()
        }
        return cls(kept["rows"], kept["wrong"], benefits)


def tally(
    program: Program, frames: Mapping[str, pl.DataFrame | None], amounts: Amounts, wrong: int
) -> Tally:
    """What the outcomes of a block come to; `frames` are those of persons and of households."""
    found = Tally(
        {
            program.whose(subject): frame.height  # type: ignore[arg-type]
            for subject, frame in frames.items()
            if frame is not None
        },
        wrong,
    )
    for rule in program.definitions:
        frame = frames[rule.subject]
        if rule.what == "benefit" and frame is not None and f"{rule.name}: status" in frame:
            found.benefits[rule.name] = _counted(rule, form_of(rule, amounts), frame)
    return found


def _counted(rule: Definition, form: Form, frame: pl.DataFrame) -> Counted:
    status = frame[f"{rule.name}: status"]
    counts = status.fill_null(_WITHOUT).value_counts(name="count")
    found = Counted(dict(counts.iter_rows()))
    paid = frame.filter(status.is_in(_PAID))
    for place, end in enumerate(_ENDS):
        columns = paid.select(form.columns(rule.name, end)).get_columns()
        found.open[place] = columns[0].null_count()
        found.sums[place] = _sum(columns, form)
    return found


def _sum(columns: list[pl.Series], form: Form) -> Fraction:
    """The exact sum of amounts."""
    first = columns[0]
    if form.step is not None:
        size = first.to_physical() if isinstance(first.dtype, pl.Decimal) else first
        return Fraction(int(size.cast(pl.Int128).sum() or 0)) * form.step
    each = pl.DataFrame(columns).drop_nulls()
    counts = each.group_by(each.columns).len().iter_rows()
    return sum(
        (
            (Fraction(parts[0]) if len(parts) == 1 else Fraction(*parts)) * count
            for *parts, count in counts
        ),
        Fraction(0),
    )


def as_data(found: Tally, program: Program, files: Mapping[str, str]) -> dict[str, object]:
    """It as JSON for other programs: amounts as exact text, an end that is open as null."""
    benefits = []
    for rule in _benefits(found, program):
        counted = found.benefits[rule.name]
        ends: dict[str, object] = {
            end: None if unbounded else wording.decimal_text(sum_)
            for end, sum_, unbounded in zip(_ENDS, counted.sums, counted.open, strict=True)
        }
        benefits.append(
            {
                "benefit": rule.name,
                "of": program.whose(rule.subject),
                "statuses": dict(_in_order(counted)),
                "cost": {**ends, "unit": _unit(rule), "open": counted.open[1]},
            }
        )
    return {"rows": found.rows, "in_error": found.wrong, "benefits": benefits, "files": {**files}}


def as_text(found: Tally, program: Program, lang: Language) -> str:
    """It as lines for people."""
    counts = [
        _ROWS[subject][0].of(lang).format(f"{count:,}", "" if count == 1 else "s")
        for subject, count in found.rows.items()
    ]
    lines = [_COMMA.of(lang).join(counts)]
    if found.wrong:
        lines.append(_IN_ERROR.of(lang).format(f"{found.wrong:,}"))
    for rule in _benefits(found, program):
        counted = found.benefits[rule.name]
        rows = [(_status(status).of(lang), f"{count:,}") for status, count in _in_order(counted)]
        rows.append((_COST.of(lang), _cost(rule, counted, lang)))
        whose = _ROWS[program.whose(rule.subject)][1].of(lang)
        head = (
            f"{rule.label.of(lang)} ({whose})"
            if lang == "en"
            else f"{rule.label.of(lang)}（{whose}）"
        )
        lines += ["", head, *aligned(rows)]
    return "\n".join(lines)


def _benefits(found: Tally, program: Program) -> Iterable[Definition]:
    return (rule for rule in program.definitions if rule.name in found.benefits)


def _in_order(counted: Counted) -> list[tuple[str, int]]:
    """The statuses with their numbers, in the order in which they are always told."""
    order = [*wording.STATUSES, _WITHOUT]
    return sorted(counted.statuses.items(), key=lambda each: order.index(each[0]))


def _unit(rule: Definition) -> str:
    return wording.without_own_whom(rule.unit, rule.subject)


def _status(status: str) -> Text:
    return _NOT_EVALUATED if status == _WITHOUT else wording.status(status)  # type: ignore[arg-type]


def _cost(rule: Definition, counted: Counted, lang: Language) -> str:
    low, high = (
        None if unbounded else sum_
        for sum_, unbounded in zip(counted.sums, counted.open, strict=True)
    )
    said = wording.interval(low, high, _unit(rule)).of(lang)
    if counted.open[1]:
        said += _COMMA.of(lang) + _OPEN.of(lang).format(f"{counted.open[1]:,}")
    return said
