"""What an expression is elaborated in: the names, whose rule it is, and how mistakes are said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from attrs import evolve, field, frozen

from policyrules.diagnostics import Fact, Report
from policyrules.ir.build import MISTAKE, Typed, scaled
from policyrules.ir.nodes import Cited, Definition, Entity, Expr, Input, Origin, Over
from policyrules.semantics.resolve import Symbols
from policyrules.source import Span, Text
from policyrules.syntax import ast
from policyrules.types.types import (
    ChoiceType,
    DateType,
    NumberType,
    TruthType,
    Type,
    UnknownType,
)
from policyrules.types.units import (
    Unit,
    factor,
    is_money,
    is_shared_out,
    period,
    show,
    unit,
    whom,
    with_whom,
    without_whom,
)

if TYPE_CHECKING:
    from policyrules.semantics.parameters import Parameters

Subject = Literal["household", "person", "case"]


def subject_of(entity: Subject | None) -> Entity:
    """Whose facts a program keeps: those of a person, or all others, of a household or a case."""
    return "person" if entity == "person" else "household"


@frozen(kw_only=True)
class Scope:
    """Where an expression stands.

    `subject` is the household or person whose facts are at hand, None in a check; `base` is
    what a percentage without `of` is taken of; `counted_above` tells that the count of rates is
    that of the rule to which an exception is, so that an amount in an exception is no rate;
    `separate` counts running limits apart, `case` being the number of the limit at hand, and
    `shared` are the benefits that share these limits; `treated` tells for a status who else
    counts as having it; statistics may be read in a `check` only. `done` are the rules
    elaborated so far; `previous` is what was paid before a grace period. In an exception,
    `general` is the amount without it and `kept` are the lines that it takes over from the rule;
    `applying` tells for each exception whether its conditions hold. `record` is the list of whose
    records one is at hand.
    """

    symbols: Symbols
    report: Report
    subject: Subject | None
    cites: tuple[Cited, ...] = ()
    base: Typed | None = None
    counted: ast.Counted | None = None
    counted_by: tuple[Typed, ...] = ()
    counted_above: bool = False
    benefit: ast.Benefit | None = None
    separate: bool = False
    shared: tuple[str, ...] = ()
    case: int | None = None
    check: bool = False
    general: Typed | None = None
    kept: tuple[ast.Clause, ...] = ()
    previous: Typed | None = None
    treated: Mapping[str, tuple[ast.AsFor, ...]] = field(factory=dict, repr=False)
    applying: Mapping[Text, Expr] = field(factory=dict, repr=False)
    parameters: Parameters | None = field(default=None, repr=False)
    inputs: tuple[Input, ...] = field(default=(), repr=False)
    done: Mapping[str, Definition] = field(factory=dict, repr=False)
    record: str | None = None

    def of_person(self) -> Scope:
        """The same place, inside `for each member`."""
        return evolve(self, subject="person")

    def origin(
        self, role: str, span: Span, name: Text | None = None, spelled: Unit | None = None
    ) -> Origin:
        """Where an expression of this rule comes from."""
        text = spelled.text if spelled else ""
        return Origin(role=role, name=name, unit=text, cites=self.cites, span=span)

    def cited(self, places: tuple[ast.Citation, ...]) -> tuple[Cited, ...]:
        """Citations with the names of their documents."""
        sources = self.symbols.sources
        return tuple(
            Cited(item.source, sources[item.source].name.text, item.levels, item.words)
            for item in places
            if item.source in sources
        )

    def unit(self, text: str) -> Unit:
        """A written unit; an amount without per whom is for the subject of the rule."""
        written = unit(text)
        return with_whom(written, self.subject) if self.subject else written

    def mistake(self, code: str, span: Span, hint: Text | None = None, **facts: Fact) -> Typed:
        """Report a mistake; the result goes with everything, so that it stays one."""
        self.report.add(code, span, hint=hint, facts=facts)
        return MISTAKE

    def figure(self, typed: Typed, span: Span) -> Typed:
        """A value where any figure is expected, in whatever unit."""
        if typed.known and not isinstance(typed.type, NumberType):
            return self.mistake("PR302", span, expected=A_FIGURE, found=self.shown(typed.type))
        return typed

    def of_type(self, typed: Typed, wanted: Type, span: Span, hint: Text | None = None) -> Typed:
        """A value where exactly this type is expected."""
        if typed.known and typed.type != wanted:
            facts = {"expected": self.shown(wanted), "found": self.shown(typed.type)}
            return self.mistake("PR302", span, hint=hint, **facts)
        return typed

    def meet(self, typed: Typed, declared: Unit, span: Span) -> Typed:
        """A value where a declared unit is expected: months, quarters and years convert."""
        if not typed.known:
            return typed
        if not isinstance(typed.type, NumberType):
            return self.of_type(typed, NumberType(declared), span)
        found = typed.unit
        wanted = whom(declared)
        if is_shared_out(found) and whom(found) is None and wanted is not None:
            found = with_whom(found, wanted)
        scale = factor(found, declared)
        if scale is None:
            return self._no_meeting(typed, declared, span)
        return scaled(typed, scale, declared)

    def _no_meeting(self, typed: Typed, declared: Unit, span: Span) -> Typed:
        """The most telling message for a value that does not fit the declared unit."""
        found = typed.unit
        facts = {"found": unit_text(found), "declared": unit_text(declared)}
        if is_money(declared) and found == Unit(""):
            return self.mistake("PR304", span)
        if is_money(found) and is_money(declared):
            if whom(found) == "person" and whom(declared) == "household":
                if isinstance(typed.expr, Over) and typed.expr.function in {"highest", "lowest"}:
                    return self.mistake("PR301", span, hint=_of_one_member(found), **facts)
                if period(found) and not period(declared):
                    return self.mistake("PR311", span, hint=_COUNTED_BOTH, **facts)
                return self.mistake("PR301", span, hint=_PER_MEMBER, **facts)
            if whom(found) == "household" and whom(declared) == "person":
                return self.mistake("PR301", span, hint=_PER_HEAD, **facts)
            if period(found) and not period(declared):
                return self.mistake("PR311", span, hint=_COUNTED_MONTH, **facts)
            if period(declared) and not period(found):
                return self.mistake("PR301", span, hint=_per_period(declared), **facts)
        return self.mistake("PR301", span, **facts)

    def shown(self, type_: Type) -> Text:
        """A type in both languages, a category by its own name."""
        if not isinstance(type_, ChoiceType):
            return shown(type_)
        name = self.symbols.table[type_.category].name.text
        return Text(f"a value of `{name.of('en')}`", f"“{name.of('zh')}”的取值")

    def same(self, left: Typed, right: Typed, span: Span, or_else: Text | None = None) -> bool:
        """Whether two numbers have the same unit, as sums and comparisons need; reports if not.

        `or_else` says what else may be meant by figures of different periods.
        """
        if not left.known or not right.known or left.unit == right.unit:
            return True
        a, b = unit_text(left.unit), unit_text(right.unit)
        scale = factor(left.unit, right.unit)
        if scale == 1:
            return True
        if scale is not None:
            hint = _one_period(left.unit)
            if or_else is not None:
                hint = Text(f"{hint.en}; {or_else.en}", f"{hint.zh}；{or_else.zh}")
            self.mistake("PR303", span, hint=hint, left=a, right=b)
        elif without_whom(left.unit) == without_whom(right.unit):
            self.mistake("PR312", span, left=a, right=b)
        else:
            self.mistake("PR313", span, hint=_apart(left.unit, right.unit), left=a, right=b)
        return False


A_FIGURE = Text("a figure", "数值")
_LISTED = 8
_WITH_UNIT = Text(
    "write the unit of the plain number, for example `100 yuan per month`",
    "请写明数字的单位，例如100元/月",
)
_BY_PERIOD = {"month": "按月计", "quarter": "按季度计", "year": "按年计"}
_COUNTED_BOTH = Text(
    "say for how many persons and months: `counted  for 1 person, 1 month`",
    "请写明口径，例如“口径  按1人1个月计”",
)
_COUNTED_MONTH = Text(
    "say for how many months: `counted  for 1 month`",
    "请写明口径，例如“口径  按1个月计”",
)
_PER_HEAD = Text("divide by `number of members`", "请除以家庭成员人数")
_PER_MEMBER = Text(
    "compute it `for each member: …`, or multiply by `number of members`",
    "请写“逐人计算：…”，或者乘以家庭成员人数",
)


def _of_one_member(u: Unit) -> Text:
    """The hint that the highest or lowest figure of the members is that of one of them."""
    return Text(
        f"the highest or lowest of the members is a figure of one of them: declare {show(u, 'en')}",
        f"成员中最高或者最低的数额是其中一人的数额，声明的单位应为{show(u, 'zh')}",
    )


def _one_period(u: Unit) -> Text:
    """The hint for two figures per different periods, or two spans of time."""
    length = period(u)
    if length is None and not is_money(u):
        return Text("write both in the same unit of time", "请用同一时间单位")
    return Text(
        f"write `… per {length or 'month'}` after one of them",
        f"请在其中一项后写明“{_BY_PERIOD.get(length or 'month', '按月计')}”",
    )


def _apart(left: Unit, right: Unit) -> Text | None:
    """The hint for two figures of which one lacks what the other has: its unit, or its period."""
    if Unit("") in (left, right):
        return _WITH_UNIT
    if is_money(left) and is_money(right):
        if period(left) and not period(right):
            return _per_period(left)
        if period(right) and not period(left):
            return _per_period(right)
    return None


def _per_period(declared: Unit) -> Text:
    """The hint that a figure lacks the period of the declared unit."""
    bare = without_whom(declared)
    return Text(
        f"say per which period: `… {show(bare, 'en')}`", f"请写明计算周期：…{show(bare, 'zh')}"
    )


def is_below_zero(node: ast.Expr) -> bool:
    """Whether a figure is written with a minus sign before it."""
    return isinstance(node, ast.Quantity | ast.Number | ast.Rate) and node.value < 0


def values_of(category: str, scope: Scope) -> Text:
    """A hint that lists the values of a category."""
    declaration = scope.symbols.table[category].declaration
    assert isinstance(declaration, ast.Category)
    names = [value.text for value in declaration.values[:_LISTED]]
    more = len(declaration.values) > _LISTED
    return Text(
        "its values are "
        + ", ".join(f"`{name.of('en')}`" for name in names)
        + (" …" if more else ""),
        "可用的取值：" + "、".join(f"“{name.of('zh')}”" for name in names) + ("等" if more else ""),
    )


def unit_text(u: Unit) -> Text:
    """A unit in both languages."""
    if u == Unit(""):
        return Text("a plain number", "无单位的数")
    return Text(show(u, "en"), show(u, "zh"))


def shown(type_: Type) -> Text:
    """A type in both languages, as a policy author would say it."""
    match type_:
        case NumberType(found) if found == Unit(""):
            return Text("a plain number", "无单位的数")
        case NumberType(found):
            return Text(f"a figure in {show(found, 'en')}", f"以{show(found, 'zh')}计的数")
        case TruthType():
            return Text("yes or no", "是或否")
        case DateType():
            return Text("a date", "日期")
        case ChoiceType(category):
            return Text(f"a value of `{category}`", f"“{category}”的取值")
        case UnknownType():
            return Text("something unknown", "未知")
