"""Of the oracle: what expressions mean, wherever they stand."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import reduce
from typing import Any

from attrs import evolve, fields, frozen
from oracle_numbers import (
    ABOVE,
    BELOW,
    MONEY,
    PERIODS,
    PLAIN,
    UNITS,
    ZERO,
    Num,
    alike,
    day,
    higher,
    lower,
    main_unit,
    meet,
    part,
    positive,
    product,
    quotient,
    total,
    unit_per,
)
from oracle_paths import Key, Manual, NoValue, Open, Path, explore, follow
from oracle_time import (
    Lag,
    birthday,
    completed,
    days_later,
    end_before,
    end_of_period,
    first_or_last,
    not_later,
    so_far,
    whole_times,
)

from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.syntax.names import previous_name
from policyrules.syntax.names_built_in import AGE, BIRTH_DATE

SOMEBODY = "somebody"  # a member of whom nothing is known, where the members are unknown
Bound = tuple[Callable[[Num, Num], Num], Num]
_LITERAL = ast.Number | ast.Quantity | ast.Rate | ast.DateLiteral


@frozen
class TopUps(ast.Node):
    """Top-ups of one subject, worked out like one figure in a unit."""

    lines: tuple[ast.ToppedUp, ...]
    unit: Any
    counted: ast.Counted | None


@frozen
class PeriodBefore(ast.PeriodEnd):
    """The end of the month, quarter or year before that of a day."""


@frozen
class Here:
    """Where an expression stands: whose facts it means, per whom its money is, in which line."""

    member: int | str | None
    whom: str
    benefit: ast.Benefit | None = None
    rule: ast.Benefit | ast.Definition | None = None
    exception: ast.ExceptionRule | None = None
    case: int | None = None
    lines: ast.Benefit | ast.Definition | None = None
    record: tuple[str, int | str] | None = None


def age_line(benefit: ast.Benefit | None) -> ast.PaidFromAge | None:
    """The line by which an age in a benefit is that of the end of a month."""
    lines = benefit.clauses if benefit else ()
    return next((line for line in lines if isinstance(line, ast.PaidFromAge)), None)


class Expressions:
    """The meaning of expressions; `Oracle` adds what the names in them stand for."""

    names: dict[str, Any]
    members: list[Mapping[str, Any]] | None
    on: date
    path: Path

    # --- figures -------------------------------------------------------------------------------

    def value(self, written: ast.Expr, here: Here) -> Num | bool | str:
        """The value of an expression."""
        match written:
            case ast.Value(name):
                return name
            case ast.Reference(name):
                return self.name(name, here)
            case ast.HouseholdFact(name):
                return self.name(name, Here(None, "household"))
            case (
                ast.Compare() | ast.Between() | ast.IsValue() | ast.DateIn() | ast.Applies()
                | ast.InPeriod() | ast.MemberTest() | ast.RecordTest() | ast.Not() | ast.And()
                | ast.Or()
            ):  # fmt: skip
                return self.truth(written, here)
            case _:
                return self.number(written, here)

    def number(self, written: ast.Expr, here: Here) -> Num:
        """The value of an expression that is a number."""
        match written:
            case ast.Number(value):
                return Num.point(value, None)
            case ast.Quantity(value, unit):
                return Num.point(value, unit_per(unit, here.whom))
            case ast.Rate(value):
                return Num.point(value, PLAIN)
            case ast.DateLiteral(value):
                return day(value)
            case ast.TheDate():
                return day(self.on)
            case ast.Nothing():
                return Num.point(0, None)
            case ast.CaseByCase():
                raise Manual
            case ast.AmountNotStated():
                return Num(BELOW, ABOVE, None, {"not stated"})
            case ast.GeneralAmount():
                return self.general(here)
            case ast.Indexed(name, values):
                declared, on = self.names[name], self.on
                if isinstance(declared, Lag):
                    declared, on = declared.of, end_before(on, declared.before)
                return self.parameter(declared, on, values, here)
            case ast.OnDate(ast.Indexed(name, values), on):
                return self.parameter(self.names[name], on.value, values, here)
            case ast.OnDate(ast.Reference(name), on):
                return self.parameter(self.names[name], on.value, None, here)
            case ast.NumberOfRecords() | ast.OverRecords() | ast.EachRecord():
                return self.over_records(written, here)
            case ast.NumberOfMembers(who):
                return self.count(who, here)
            case ast.EachMember(of, who):
                return self.over("sum", of, who, here)
            case ast.OverMembers(function, of, who):
                return self.over(function, of, who, here)
            case ast.Reference() | ast.HouseholdFact():
                value = self.value(written, here)
                assert isinstance(value, Num), written
                return value
            case _:
                return self.form(written, here)

    def form(self, written: ast.Expr, here: Here) -> Num:
        """The value of arithmetic and of the fixed phrases."""
        match written:
            case ast.Binary("+", left, right):
                return total(self.number(left, here), self.number(right, here))
            case ast.Binary("-", left, right):
                return total(self.number(left, here), self.number(right, here).negative())
            case ast.Binary("*", left, right):
                return product(self.number(left, here), self.number(right, here))
            case ast.Binary("/", left, right):
                return quotient(self.number(left, here), self.number(right, here))
            case ast.Difference(left, right):
                a, b = alike(self.number(left, here), self.number(right, here))
                return positive(total(a, b.negative()))
            case ast.Remainder(of, after):
                left = self.number(of, here)
                taken = [self.number(item, here).negative() for item in after]
                return positive(reduce(total, taken, left))
            case ast.Part(of, "above", threshold) | ast.TopUp(to=of, of=threshold):
                return self.form(ast.Difference(of, threshold, span=written.span), here)
            case ast.Part(of, "below", threshold):
                return lower(self.number(of, here), self.number(threshold, here))
            case ast.Changed(of, by, points=True):
                return total(self.number(of, here), Num.point(by, PLAIN))
            case ast.Changed(of, by):
                return product(self.number(of, here), Num.point(1 + by, PLAIN))
            case ast.SetTo(to=to):
                return self.number(to, here)
            case ast.InStep(of, with_):
                last, grown = self.parts_in_step(of, with_, here)
                return product(last, grown)
            case ast.AmountRange(low, high):
                return self.range(low, high, here)
            case ast.CountsAs(of, replaced):
                return self.replaced(self.number(of, here), of, replaced, here)
            case ast.Bounded(operator, of):
                end = positive(self.number(of, here))
                low, high = (end.low, ABOVE) if operator in (">", ">=") else (ZERO, end.high)
                return Num(low, high, end.unit, end.why | {"discretion"})
            case ast.Extreme(which, items):
                take = higher if which == "higher" else lower
                return reduce(take, [self.number(item, here) for item in items])
            case ast.Share(rate, of):
                taken = self.number(of, here) if of else self.base(here)
                return product(Num.point(rate, PLAIN), taken)
            case ast.Multiple(low, high, of):
                times = Num((0, low), (0, high), PLAIN, {"discretion"})
                return product(times, self.number(of, here))
            case ast.Converted(of, period):
                amount = self.number(of, here)
                old = UNITS.Unit(part(amount.unit, PERIODS))
                return meet(amount, amount.unit * old / UNITS.Unit(period))
            case ast.PreviousPayment():
                assert here.benefit is not None
                name = previous_name(here.benefit.name).key
                return self.number(ast.Reference(name, span=written.span), here)
            case ast.EachCompleted(unit=unit, of=of, amount=amount):
                times = whole_times(self.number(of, here), written, unit_per(unit, here.whom))
                each = self.number(amount, here)
                return times.times(each, each.unit)
            case ast.IfZero(ast.Binary("/", left, right) as of, otherwise):
                zero = ast.Compare("=", right, ast.Number(Fraction(0), span=of.span), span=of.span)
                if self.truth(zero, here):
                    return self.number(otherwise, here)
                return quotient(self.number(left, here), self.number(right, here))
            case TopUps():
                return self.top_ups(written, here)
            case _ if isinstance(written, ast.Rounded | ast.Limit):
                return self.adjoined(written, here, None)[0]
        return self.day_form(written, here)

    def day_form(self, written: ast.Expr, here: Here) -> Num:
        """The value of what is reckoned with days."""
        match written:
            case ast.Elapsed(unit, since, until):
                first = self.number(since, here)
                last = so_far(self.number(until, here), self.on) if until else day(self.on)
                return positive(completed(unit, first, last))
            case ast.Later(count, unit, of):
                return days_later(self.number(of, here), int(count), unit)
            case ast.DayExtreme(which, items):
                return first_or_last(which, [self.number(item, here) for item in items])
            case ast.AgeDay(age):
                born = self.number(ast.Reference(BIRTH_DATE.key, span=written.span), here)
                return birthday(born, self.number(age, here))
            case PeriodBefore(period, of):
                return end_of_period(self.number(of, here), period, before=True)
            case ast.PeriodEnd(period, of):
                return end_of_period(self.number(of, here), period)
        raise AssertionError(f"no number: {written}")

    def parts_in_step(self, of: Any, with_: Any, here: Here) -> tuple[Num, Num]:
        """The last value of a parameter, and how another one has grown since it was set."""
        starts = [version.start.value for version in self.names[of.name].versions]
        last = self.number(of, here)
        since = max(start for start in starts if start <= self.on)
        then_on = ast.DateLiteral(since, "day", span=with_.span)
        then = self.number(ast.OnDate(with_, then_on, span=with_.span), here)
        return last, quotient(self.number(with_, here), then)

    def replaced(
        self, figure: Num, of: ast.Expr, replaced: tuple[ast.Counting, ...], here: Here
    ) -> Num:
        """The figure, or what stands in the place of the number that it is."""
        for item in replaced:
            if self.truth(ast.Compare("=", of, item.number, span=item.span), here):
                return alike(figure, self.number(item.as_, here))[1]
        return figure

    def range(self, low: ast.Expr, high: ast.Expr, here: Here) -> Num:
        """From one figure to another; of two percentages, from one share of the base on."""
        ends = alike(self.number(low, here), self.number(high, here))
        both = Num(ends[0].low, ends[1].high, ends[1].unit, {"discretion"})
        return product(self.base(here), both) if isinstance(low, ast.Rate) else both

    def base(self, here: Here) -> Num:
        """What a percentage without `of` is taken of: the base less what the claimant bears."""
        assert here.lines is not None
        return self.number(self.base_of(here.lines), here)

    # --- members -------------------------------------------------------------------------------

    def each(self, who: ast.Expr | None, here: Here) -> Iterator[Here]:
        """The known members one by one, or those of them for whom a condition holds.

        Nothing is asked of those who come after one whose figure has no value.
        """
        every = (evolve(here, member=i, whom="person") for i in range(len(self.members)))
        return (there for there in every if who is None or self.truth(who, there))

    def count(self, who: ast.Expr | None, here: Here) -> Num:
        """The number of members; of unknown members, at least one, of those who … perhaps none."""
        unit = UNITS.Unit("person/household")
        if self.members is not None:
            return Num.point(len(list(self.each(who, here))), unit)
        self.need(SOMEBODY, "")
        if who is not None and not any(self.somebody(who, None, here)):
            return Num.point(0, unit)
        return Num((0, Fraction(0 if who else 1)), ABOVE, unit, {"missing"})

    def over(self, function: str, of: ast.Expr, who: ast.Expr | None, here: Here) -> Num:
        """The sum, highest or lowest of a figure over the members."""
        take = {"sum": total, "highest": higher, "lowest": lower}[function]
        if self.members is None:
            figure = self.over_unknown(function, of, who, here)
        else:
            figures = [self.number(of, there) for there in self.each(who, here)]
            figure = reduce(take, figures) if figures else None
        if figure is None:
            figure = self.of_none(function, of, here)
        if function == "sum" and part(figure.unit, ("person",)):
            return evolve(figure, unit=figure.unit * UNITS.Unit("person/household"))
        return figure

    def of_none(self, function: str, of: ast.Expr, here: Here, there: Here | None = None) -> Num:
        """The sum of no members is 0; the highest or lowest of none is not stated."""
        outer, on = self.path, self.on
        there = there or evolve(here, member=SOMEBODY, whom="person")

        def run(path: Path) -> Any:
            self.path = path
            try:
                return self.value(of, there).unit
            except NoValue as found:
                return found

        self.on = date.max  # the unit is the same at every date, and wherever there is a value
        try:
            units = (unit for unit, _ in follow(run, {}))
            unit = next((unit for unit in units if not isinstance(unit, NoValue)), None)
        finally:
            self.path, self.on = outer, on
        if function == "sum":
            return Num.point(0, unit)
        return Num(BELOW, ABOVE, unit, {"not stated"})

    def over_unknown(
        self, function: str, of: ast.Expr, who: ast.Expr | None, here: Here
    ) -> Num | None:
        """The same where nobody is known: there is at least one member, with anything."""
        self.need(SOMEBODY, "")
        answers = self.somebody(of, who, here)
        figures = [figure for figure in answers if figure is not None]
        if not figures:
            return None
        figure = reduce(Num.hull, figures)
        if function != "sum":
            everyone = len(figures) == len(answers)
            key = ("anyone", self.sense(who, here))
            return figure if everyone or self.path.decide(key, (True, False)) else None
        fewest = Num(ZERO, ZERO, figure.unit) if who else figure
        low = fewest.low if figure.low >= ZERO else BELOW
        high = fewest.high if figure.high <= ZERO else ABOVE
        return Num(low, high, figure.unit, figure.why | {"missing"})

    def somebody(
        self,
        of: ast.Expr,
        who: ast.Expr | None,
        here: Here,
        *,
        there: Here | None = None,
        certain: bool = True,
    ) -> list[Any]:
        """Every answer for a member of whom nothing is known; None where `who` does not hold.

        `there` is the place where it is asked, of a record; `certain` that there is one. An answer
        may need what is not in force: then both are followed, unless every member's does.
        """
        outer = self.path
        there = there or evolve(here, member=SOMEBODY, whom="person")

        def run(path: Path) -> Any:
            self.path, surely = path, certain
            try:
                if who is not None and not self.truth(who, there):
                    return None
                surely = certain and who is None
                return self.value(of, there)
            except NoValue as found:
                return found, surely

        try:
            followed = explore(run, outer.decisions)
        finally:
            self.path = outer
        for _, path in followed:
            outer.add(path)
        answers = [answer for answer, _ in followed if not isinstance(answer, tuple)]
        failed = [answer for answer, _ in followed if isinstance(answer, tuple)]
        if not answers and all(surely for _, surely in failed):
            raise failed[0][0]
        key = ("in force", self.sense((of, who), there))
        if failed and not outer.decide(key, (True, False)):
            raise failed[0][0]
        return answers

    # --- conditions ----------------------------------------------------------------------------

    def truth(self, written: ast.Expr, here: Here) -> bool:
        """The value of a condition."""
        match written:
            case ast.Not(of):
                return not self.truth(of, here)
            case ast.Applies(Text() as title):
                return self.applies(title, here)
            case ast.Applies(ast.HouseholdFact(name)):
                return self.is_due(name, Here(None, "household"))
            case ast.Applies(ast.Reference(name)):
                return self.is_due(name, here)
            case ast.And(items):
                return not self.some(False, self.listed(items, here))
            case ast.Or(items):
                return self.some(True, self.listed(items, here))
            case ast.RecordTest():
                return self.record_test(written, here)
            case ast.MemberTest(quantifier, of, who):
                if who is not None:
                    some = ast.And((who, of), span=of.span)
                    others = ast.Or((ast.Not(who, span=of.span), of), span=of.span)
                    of = some if quantifier == "any" else others
                return self.member_test(quantifier == "any", of, here)
            case ast.Compare(operator, left, right):
                return self.compare(operator, left, right, here)
            case ast.Between(of, low_operator, low, high_operator, high):
                ends = ((low_operator, low), (high_operator, high))
                tests = [self.test(ast.Compare(o, of, e, span=e.span), here) for o, e in ends]
                return not self.some(False, tests)
            case ast.Growth():
                return self.truth(_as_written_out(written), here)
            case ast.IsValue(of, values, negated):
                return (self.value(of, here) in values) is not negated
            case ast.DateIn(of, period, until):
                first, last = ends_of(period)[0], ends_of(until or period)[1]
                both = ast.Between(of, ">=", first, "<=", last, span=written.span)
                return self.truth(both, here)
            case ast.InPeriod(of, period, event):
                last = ast.PeriodEnd(period, event, span=written.span)
                before = PeriodBefore(period, event, span=written.span)
                both = ast.Between(of, ">", before, "<=", last, span=written.span)
                return self.truth(both, here)
            case _:
                value = self.value(written, here)
                assert isinstance(value, bool), written
                return value

    def listed(self, items: tuple[ast.Expr, ...], here: Here) -> list[Callable[[], bool]]:
        """The items of a list; what an open one leaves out is one question for the whole list."""
        stated = tuple(item for item in items if not isinstance(item, ast.Others))

        def beyond() -> bool:
            self.path.flags.append("open list")
            return bool(self.path.decide(("others", self.sense(stated, here)), (True, False)))

        opened = [beyond] if len(stated) < len(items) else []
        return [self.test(item, here) for item in stated] + opened

    def test(self, written: ast.Expr, here: Here) -> Callable[[], bool]:
        """A condition to be asked later, or not at all."""
        return lambda: self.truth(written, here)

    def some(self, decisive: bool, tests: list[Callable[[], bool]]) -> bool:
        """Whether some item is `decisive`: `or` for True, the contrary of `and` for False.

        What cannot be told yet is set aside if another item decides, and so is what it read.
        """
        waiting: list[tuple[Exception, Path]] = []
        for test in tests:
            mark = self.path.mark()
            try:
                if test() is decisive:
                    return True
            except (Open, NoValue) as found:
                waiting.append((found, self.path.set_aside(mark)))
        for found, _ in waiting:
            if isinstance(found, Open):
                raise found
        for _, read in waiting:
            self.path.add(read)
        if waiting:
            raise waiting[0][0]
        return False

    def member_test(self, quantified_any: bool, of: ast.Expr, here: Here) -> bool:
        """Of unknown members, at least one, it is open unless all that there can be agree."""
        if self.members is None:
            self.need(SOMEBODY, "")
            answers = set(self.somebody(of, None, here))
            if len(answers) == 1:
                return bool(answers.pop())
            key = ("members", quantified_any, self.sense(of, here))
            return bool(self.path.decide(key, (True, False)))
        tests = [self.test(of, there) for there in self.each(None, here)]
        return self.some(quantified_any, tests) is quantified_any

    def compare(self, operator: str, left: ast.Expr, right: ast.Expr, here: Here) -> bool:
        """A comparison; what is left open is one question, however it is turned."""
        if operator in (">", "<="):
            left, right = right, left
        mark = len(self.path.unstated)
        a, b = alike(self.number(left, here), self.number(right, here))
        if a.unit == "date":
            a, b = not_later(a), not_later(b)
        kind, asked = ("equal", True) if operator == "=" else ("less", operator in ("<", ">"))
        if a.high < b.low or (kind == "less" and a.low >= b.high) or a.low > b.high:
            return (kind == "less" and a.high < b.low) is asked
        if kind == "equal" and a.low == a.high == b.low == b.high:
            return True
        self.path.needs.extend(("parameters", name) for name in self.path.unstated[mark:])
        sides = [
            number.low if self.is_figure(side) else self.sense(side, here)
            for side, number in ((left, a), (right, b))
        ]
        key = (kind, frozenset(sides)) if kind == "equal" else (kind, *sides)
        return self.path.decide(key, (True, False)) is asked

    def is_figure(self, written: ast.Expr) -> bool:
        """Whether it is one figure on every day: written out, of a day, of a standard without."""
        match written:
            case ast.OnDate(ast.Reference(name), ast.DateLiteral(value)):
                on = value
            case ast.Reference(name):
                on = date.min
            case _:
                return isinstance(written, _LITERAL)
        declared = self.names[name]
        declared = declared.of if isinstance(declared, Lag) else declared
        if not isinstance(declared, ast.Parameter) or declared.by:
            return False
        if on == date.min and any(version.start for version in declared.versions):
            return False
        begun = [v for v in declared.versions if v.start is None or v.start.value <= on]
        last = max(begun, key=lambda version: version.start.value if version.start else date.min)
        flagged = last.start is not None and last.start.precision == "year"
        return not flagged and not isinstance(last.cells[0].value, ast.NotStated)

    def deciding(self, category: str) -> str | None:
        """The definition that says which value of a category a subject has."""
        for key, declared in self.names.items():
            if isinstance(declared, ast.Definition) and declared.type.category == category:
                return key
        return None

    def is_of_person(self, name: str) -> bool:
        """Whether a name means another thing for each member; a table does by its categories."""
        declared = self.names[name]
        declared = declared.of if isinstance(declared, Lag) else declared
        if isinstance(declared, ast.Parameter):
            by = [self.deciding(each) or each for each in declared.by if each != ast.MEMBERS]
            return any(map(self.is_of_person, by))
        return bool(declared.entity == "person")

    def sense(self, written: Any, here: Here) -> Key:
        """What an expression means here: the same for the same facts of the same subject."""
        match written:
            case ast.HouseholdFact(name):
                return (name, None, None)
            case ast.Reference(name):
                record = here.record if hasattr(self.names[name], "field") else None
                if name == AGE.key and age_line(here.benefit):
                    return (name, here.member, age_line(here.benefit))
                return (name, here.member if self.is_of_person(name) else None, record)
            case ast.Node():
                parts = [getattr(written, f.name) for f in fields(type(written)) if f.eq]
                return (type(written).__name__, *(self.sense(part, here) for part in parts))
            case tuple():
                return tuple(self.sense(part, here) for part in written)
            case _:
                return (written,)


def rounded_within(amount: Num, rounding: ast.Rounding, bounds: Iterable[Bound]) -> Num:
    """Rounded in the mode as written; caps and floors hold afterwards."""
    step = rounding.step
    money = part(amount.unit, MONEY)
    if money:
        main = main_unit(money)
        step = UNITS.Quantity(step, rounding.unit or main).to(main).magnitude
    rounded = amount.rounded(rounding.mode, step)
    return reduce(lambda found, bound: bound[0](found, bound[1]), bounds, rounded)


def ends_of(period: ast.DateLiteral) -> tuple[ast.DateLiteral, ast.DateLiteral]:
    """The first and the last day of a year, a month or a day."""
    first = last = period.value
    if period.precision == "year":
        last = date(first.year, 12, 31)
    elif period.precision == "month":
        last = last_day(first.year, first.month)
    return evolve(period, value=first), evolve(period, value=last)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _as_written_out(growth: ast.Growth) -> ast.Compare:
    """Growth as a quotient less one, rounded to its step, compared with the rate."""
    span = growth.span
    one = ast.Rate(Fraction(1), span=span)
    grown: ast.Expr = ast.Binary(
        "-", ast.Binary("/", growth.left, growth.right, span=span), one, span=span
    )
    if growth.step is not None:
        grown = ast.Rounded(grown, ast.Rounding("half up", growth.step, "", span=span), span=span)
    return ast.Compare("=", grown, ast.Rate(growth.rate, span=span), span=span)


def before(clause: ast.Clause) -> tuple[ast.Expr, ...]:
    """What comes off the base before a percentage is taken of it."""
    match clause:
        case ast.Deductible(of):
            return (of,)
        case ast.Order(after):
            return after
        case _:
            return ()
