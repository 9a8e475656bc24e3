"""The definition of the language: what a ruleset says of a case, by walking its syntax tree.

Slow, small and plain. Every figure is a closed interval of exact fractions with its Pint unit,
everything is worked out again wherever it is named, and missing data are met by following every
way to decide them (`oracle_paths`). With the product it shares the parser and the unit file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

from attrs import evolve
from oracle_amendments import in_force
from oracle_expressions import (
    SOMEBODY,
    Here,
    age_line,
    ends_of,
    last_day,
    rounded_within,
)
from oracle_limits import Paid, asked_inputs
from oracle_lists import Listed, fields_of
from oracle_numbers import (
    ABOVE,
    BELOW,
    Num,
    NumUnit,
    converts,
    day,
    learn_money,
    lower,
    meet,
    positive,
    total,
    unit_per,
)
from oracle_paths import Conflict, NotInForce, NoValue, Outcome, Path, Reached, combine, explore
from oracle_payment import Payment, grace_inputs, grace_lines
from oracle_tables import Tables
from oracle_time import (
    Lag,
    born_with,
    completed,
    days_later,
    earlier_names,
    end_before,
    is_valid,
    looked_back,
    month_end,
    years_completed,
)

from policyrules.source import Source, Span, Text
from policyrules.syntax import ast
from policyrules.syntax.names_built_in import AGE, BIRTH_DATE
from policyrules.syntax.walk import walk

SPAN = Span(Source("", ""), 0, 0)
Fact = ast.Input | ast.Category | ast.Statuses


def outcomes(
    rulesets: list[ast.Ruleset], case: Mapping[str, Any], on: date
) -> dict[tuple[str, int | None], Outcome]:
    """The outcomes of the last ruleset's own benefits, definitions and deadlines for a case."""
    found: dict[tuple[str, int | None], Outcome] = {}
    declarations, own = in_force(rulesets)
    oracle = Oracle(rulesets, case, on)
    for declared in declarations:
        if not isinstance(declared, ast.Benefit | ast.Definition | ast.Deadline):
            continue
        if declared.name.key in own:
            members = range(len(case.get("members") or ()))
            for subject in members if declared.entity == "person" else (None,):
                here = Here(subject, declared.entity)
                followed = explore(partial(oracle.reach, declared, here), {})
                benefit = isinstance(declared, ast.Benefit)
                number = not isinstance(declared, ast.Deadline) and declared.type.kind == "amount"
                outcome = combine(followed, benefit=benefit, number=number)
                found[declared.name.key, subject] = outcome
    return found


class Oracle(Payment, Tables):
    """One case, one date, one path at a time."""

    def __init__(self, rulesets: list[ast.Ruleset], case: Mapping[str, Any], on: date) -> None:
        self.household = case.get("household", {})
        self.members = case.get("members")
        self.parameters = case.get("parameters", {})
        self.on = on
        self.path = Path({})
        self.names: dict[str, Any] = _built_in()
        learn_money()
        everything, _ = in_force(rulesets)
        for declared in everything:
            if isinstance(declared, ast.Statuses):
                self.names.update({name.key: declared for name in declared.names})
            elif hasattr(declared, "name"):
                self.names[declared.name.key] = declared
            if isinstance(declared, ast.RecordList):
                self.names.update(fields_of(declared))
            if isinstance(declared, ast.Benefit):
                self.names.update(asked_inputs(declared))
                self.names.update(grace_inputs(declared))
        for key, declared in list(self.names.items()):
            if isinstance(declared, ast.Parameter | ast.Input | ast.Statuses):
                self.names = {**earlier_names(key, declared), **self.names}
        facts = (ast.Reference, ast.HouseholdFact)
        read = [node.name for node in walk(tuple(everything)) if isinstance(node, facts)]
        self.names |= looked_back(read, self.names)
        self.apart = [d for d in everything if isinstance(d, ast.NotTogether)]
        self.exceptions = {}
        rule_of: dict[Text, str] = {}
        for found in (d for d in everything if isinstance(d, ast.ExceptionRule)):
            key = rule_of[found.to] if isinstance(found.to, Text) else found.to
            rule_of[found.title] = key
            self.exceptions.setdefault(key, []).append(found)

        self.doubtful = {name for node in everything for name in _doubtful(node, rule_of)}

    # --- what a path comes to ------------------------------------------------------------------

    def reach(
        self, declared: ast.Benefit | ast.Definition | ast.Deadline, here: Here, path: Path
    ) -> Reached:
        """The status and figure of a declaration on one path."""
        self.path = path
        try:
            match declared:
                case ast.Benefit():
                    if not self.valid(declared.clauses):
                        return Reached("not in force")
                    if not self.is_paid(declared, here):
                        return Reached("not eligible")
                    status, what = "eligible", self.payment(declared, here)
                case ast.Definition():
                    status, what = "known", self.body(declared, here)
                case ast.Deadline():
                    status, what = "known", self.deadline(declared, here)
        except NoValue as found:
            return Reached(found.status)
        if isinstance(what, Num) and "not stated" in what.why:
            return Reached("not stated", None if status == "eligible" else what)
        return Reached(status, what)

    def note_reading(self, name: str) -> None:
        """What is read in one way of several says so."""
        if name in self.doubtful:
            self.path.flags.append("reading")

    def is_paid(self, benefit: ast.Benefit, here: Here) -> bool:
        """It is due, and no other benefit is paid instead."""
        tests = [lambda: self.due(benefit, here), lambda: not self.gives_way(benefit, here)]
        return not self.some(False, tests)

    def due(self, benefit: ast.Benefit, here: Here) -> bool:
        """All conditions hold and, where there are cases, one of them or an `otherwise`."""
        here = evolve(here, benefit=benefit)
        self.note_reading(benefit.name.key)
        months = [c for c in benefit.clauses if isinstance(c, ast.PaidFrom | ast.PaidUntil)]
        tests = [partial(self.in_payment, line, here) for line in months]
        going_on = [partial(self.met, benefit, here), partial(self.in_grace, benefit, here)]
        tests = [lambda: self.valid(benefit.clauses), *tests, lambda: self.some(True, going_on)]
        return not self.some(False, tests)

    def met(self, benefit: ast.Benefit, here: Here) -> bool:
        """All conditions hold, and some line pays."""
        conditions = [c.condition for c in benefit.clauses if isinstance(c, ast.When)]
        tests = [self.test(condition, here) for condition in conditions]
        return not self.some(False, [*tests, lambda: self.some_payment(benefit, here)])

    def valid(self, clauses: Iterable[object]) -> bool:
        """Whether the date lies in the period of validity that the clauses state, if any."""
        return is_valid(clauses, self.on, self.path.flags)

    def some_payment(self, benefit: ast.Benefit, here: Here) -> bool:
        """Payments are left, and some line pays."""
        try:
            excepted = self.as_excepted(benefit, here)
        except Conflict:
            return True
        left = self.used_up(excepted.clauses, evolve(here, benefit=benefit))
        lines, there = self.lines_of(excepted), evolve(here, lines=excepted)
        return not self.some(False, [*left, lambda: self.some_line(lines, excepted, there)])

    def payment(self, benefit: ast.Benefit, here: Here) -> Num:
        """What a benefit pays where it is due; not stated where a rival is due that may be paid."""
        unit = self.declared_unit(benefit)
        for group in self.apart:
            if benefit.name.key in group.names and group.winner == "not stated":
                rivals = [self.names[n] for n in group.names if n != benefit.name.key]
                if self.some(True, [partial(self.due, rival, here) for rival in rivals]):
                    return Num(BELOW, ABOVE, unit, {"not stated"})
        return self.by_itself(benefit, here)

    def by_itself(self, benefit: ast.Benefit, here: Here) -> Num:
        """What a benefit pays where it is due, whatever else is paid, never below zero."""
        here = evolve(here, benefit=benefit)
        if grace_lines(benefit) and not self.met(benefit, here):
            return positive(self.in_grace_paid(benefit, here))
        return positive(self.amount(benefit, here))

    def general(self, here: Here) -> Num:
        """What a rule gives without the exception at hand."""
        assert here.rule is not None
        assert here.exception is not None
        parent = self.narrowed(here.exception, here.rule)
        lines = self.lines(parent, here.rule) if parent else here.rule.clauses
        return self.lines_amount(evolve(here.rule, clauses=lines), evolve(here, exception=parent))

    def body(self, definition: ast.Definition, here: Here) -> Num | bool | str:
        """What a definition stands for."""
        if not self.valid(definition.clauses):
            raise NotInForce
        self.note_reading(definition.name.key)
        if definition.type.kind == "amount":
            return self.amount(definition, here)
        here = evolve(here, lines=definition)
        return self.value(self.line(definition, here)[0], here)

    def amount(self, declared: ast.Benefit | ast.Definition, here: Here) -> Num:
        """The amount by the lines in effect; in an exception, the rule itself stays at hand."""
        found = self.exception_of(declared, here)
        excepted = evolve(declared, clauses=self.lines(found, declared)) if found else declared
        return self.lines_amount(excepted, evolve(here, rule=declared, exception=found))

    def lines_amount(self, declared: ast.Benefit | ast.Definition, here: Here) -> Num:
        """The line that counts, as often as counted, then roundings and limits as they stand."""
        unit = self.declared_unit(declared)
        benefit = declared if isinstance(declared, ast.Benefit) else here.benefit
        here = evolve(here, benefit=benefit, lines=declared)
        if any(isinstance(c, ast.SoftRule | ast.SoftLimit) for c in declared.clauses):
            self.path.flags.append("soft rule")
        written, below, there = self.line(declared, here)
        counted = next((c for c in declared.clauses if isinstance(c, ast.Counted)), None)
        for clause in below:
            if isinstance(clause, ast.Limited):
                self.note_limit(clause.by)
        amount, bounds = self.adjoined(written, there, counted)
        if converts(amount, unit):
            amount = meet(amount, unit)
            bounds = [(take, meet(end, unit)) for take, end in bounds]
        top_ups = tuple(c for c in below if isinstance(c, ast.ToppedUp))
        own = here.exception.clauses if here.exception else ()
        of_general = any(isinstance(node, ast.GeneralAmount) for node in walk(written))
        for clause in below:
            beside = isinstance(clause, ast.Disregard | ast.ToppedUp)
            if beside and of_general and not any(clause is line for line in own):
                continue  # in the general amount already
            if isinstance(clause, ast.Disregard):
                amount, bounds = self.less_disregarded(meet(amount, unit), clause, here), []
            elif isinstance(clause, ast.ToppedUp):
                if clause is top_ups[0]:
                    amount, bounds = self.topped_up(amount, top_ups, here, counted), []
            elif isinstance(clause, ast.Limited):
                amount, bounds = self.limited(amount, bounds, clause.by, here, counted)
            elif isinstance(clause, ast.RoundedClause):
                amount = rounded_within(amount, clause.rounding, bounds)
        return meet(amount, unit)

    def less_disregarded(self, amount: Num, clause: ast.Disregard, here: Here) -> Num:
        """A figure less what is disregarded of it, never below zero."""
        item = meet(self.number(clause.of, here), amount.unit)
        if clause.cap is not None:
            item = lower(item, meet(self.number(clause.cap, here), amount.unit))
        return positive(total(amount, item.negative()))

    def deadline(self, deadline: ast.Deadline, here: Here) -> Num:
        """The last day of a duty."""
        if not self.valid((deadline.valid,)):
            raise NotInForce
        self.note_reading(deadline.name.key)
        match deadline.due:
            case ast.Within(count, unit, event):
                start = self.number(ast.Reference(event, span=deadline.span), here)
                return days_later(start, int(count), unit)
            case ast.EachPeriod(day=on, included=included, month=int() as month):
                last = last_day(self.on.year, month)
                due = last if on is None else last.replace(day=min(on, last.day))
                return day(due - timedelta(days=0 if included else 1))
            case ast.EachPeriod(period, on, included):
                months = {"month": 1, "quarter": 3, "year": 12}[period]
                last = last_day(self.on.year, -(-self.on.month // months) * months)
                due = last if on is None else last.replace(day=min(on, last.day))
                return day(due - timedelta(days=0 if included else 1))
            case ast.By(on, end, included):
                last = ends_of(on)[1].value if end else on.value
                return day(last - timedelta(days=0 if included else 1))

    # --- names ---------------------------------------------------------------------------------

    def name(self, name: str, here: Here) -> Num | bool | str:
        """What a name stands for here."""
        declared = self.names[name]
        match declared:
            case ast.Parameter():
                return self.parameter(declared, self.on, None, here)
            case Lag(of, before):
                return self.parameter(of, end_before(self.on, before), None, here)
            case ast.Input() | ast.Category() | ast.Statuses():
                return self.fact(declared, name, here)
            case Listed():
                return self.field(declared, name, here)
            case Paid():
                return self.paid(declared, here)
            case ast.Definition():
                return self.body(declared, self.owner(declared, here))
            case ast.Deadline():
                return self.deadline(declared, self.owner(declared, here))
            case ast.Benefit():
                there = self.owner(declared, here)
                if self.is_paid(declared, there):
                    return self.payment(declared, there)
                return Num.point(0, self.declared_unit(declared))
        raise AssertionError(f"{name} cannot be read")

    def is_due(self, name: str, here: Here) -> bool:
        """Whether a benefit is paid, whatever its amount."""
        declared = self.names[name]
        return self.is_paid(declared, self.owner(declared, here))

    def owner(self, declared: Any, here: Here) -> Here:
        """The place in which a declaration is worked out: its own subject's."""
        person = declared.entity == "person"
        assert not person or here.member is not None, "a person's fact asked of a household"
        return Here(here.member if person else None, declared.entity)

    def fact(self, declared: Fact, name: str, here: Here) -> Num | bool | str:
        """A fact of the case; a missing number is anywhere in its domain."""
        from_age = age_line(here.benefit) if name == AGE.key else None
        if from_age is not None:
            return self.age_at_month_end(from_age, here)
        member = self.owner(declared, here).member
        facts = self.household if member is None else self.known(member)
        given = facts.get(name)
        if given is None and name == AGE.key and BIRTH_DATE.key in facts:
            given = years_completed(facts[BIRTH_DATE.key], self.on)
        number = isinstance(declared, ast.Input) and declared.type.kind != "yes or no"
        unit = self.declared_unit(declared) if number else None
        if given is not None:
            if isinstance(given, date):
                return day(given)
            return Num.point(given, unit) if number else given
        self.need(member, name)
        if name == BIRTH_DATE.key and AGE.key in facts:
            ends = born_with(int(facts[AGE.key]), self.on)
            first, last = ((0, Fraction(end.toordinal())) for end in ends)
            return Num(first, last, "date", {"missing"})
        if number:
            return self.within(declared.domain, unit, "missing", here)
        alternatives: tuple[object, ...] = (True, False)
        if isinstance(declared, ast.Category):
            alternatives = tuple(value.key for value in declared.values)
        return self.path.decide(("fact", member, name), alternatives)

    def age_at_month_end(self, line: ast.PaidFromAge, here: Here) -> Num:
        """The age on the last day of this month, or of the month before."""
        born = self.number(ast.Reference(BIRTH_DATE.key, span=line.span), here)
        years = completed("year", born, day(month_end(self.on, before=line.following)))
        return positive(evolve(years, unit=self.declared_unit(self.names[AGE.key])))

    def known(self, member: int | str) -> Mapping[str, Any]:
        """What is known of a member."""
        return {} if isinstance(member, str) else self.members[member]

    def need(self, member: int | str | None, name: str) -> None:
        """Note a missing fact that was read."""
        self.path.needs.append((None, "members") if member == SOMEBODY else (member, name))

    def within(self, bounds: Iterable[ast.Bound], unit: Any, why: str, here: Here) -> Num:
        """Any number between bounds; an end that is excluded counts as if it were included."""
        low, high = BELOW, ABOVE
        for bound in bounds:
            try:
                end = meet(self.number(bound.of, here), unit)
            except NotInForce:
                continue  # what bounds a value is not there yet, so it does not bound it
            if bound.operator in (">", ">="):
                low = max(low, end.low)
            else:
                high = min(high, end.high)
        return Num(low, high, unit, {why})

    def parameter(
        self, declared: ast.Parameter, on: date, values: tuple[str, ...] | None, here: Here
    ) -> Num:
        """The value of the version in force at a date, for categories or the subject's own."""
        self.note_reading(declared.name.key)
        in_force = [v for v in declared.versions if v.start is None or v.start.value <= on]
        if not in_force:
            raise NotInForce
        version = max(in_force, key=lambda v: v.start.value if v.start else date.min)
        cell = self.cell(declared, version, values, here)
        if version.start and version.start.precision == "year":
            self.path.flags.append("year precision")
        unit, nowhere = self.declared_unit(declared), Here(None, "")
        if ast.EACH_FURTHER in cell.keys:
            return self.further(declared, version, cell, here)
        if not isinstance(cell.value, ast.NotStated):
            return meet(self.number(cell.value, nowhere), unit)
        name = declared.name.key
        keys = self.keys(declared, cell, values, here)
        given = self.parameters.get((name, *keys) if keys else name)
        if given is not None:
            return Num.point(given, unit)
        self.path.unstated.append(name)
        bounds = [bound for bound in cell.value.bounds if self.is_stated(bound.of)]
        return self.within(bounds, unit, "not stated", nowhere)

    def is_stated(self, written: ast.Expr) -> bool:
        """Whether the document itself gives a figure, whatever a case supplies."""
        outer, self.path, supplied, self.parameters = self.path, Path({}), self.parameters, {}
        try:
            self.number(written, Here(None, ""))
        except NotInForce:
            return False
        else:
            return not self.path.unstated
        finally:
            self.path, self.parameters = outer, supplied

    def cell(
        self,
        declared: ast.Parameter,
        version: ast.Version,
        values: tuple[str, ...] | None,
        here: Here,
    ) -> ast.Cell:
        """The first row of a table that fits; `any` fits every value and asks for none."""
        for cell in version.cells:
            if cell is version.cells[-1] and any(map(self.is_count, declared.by)):
                return cell  # The rows by a number leave nothing out.
            tests = []
            for place, key in enumerate(cell.keys):
                if key == ast.ANY:
                    continue
                if not self.is_count(declared.by[place]):
                    tests.append(partial(self.is_at, declared, place, key, values, here))
                elif not self.is_last(declared, cell, version):
                    tests.append(partial(self.is_counted, declared, place, key, version, here))
            if not self.some(False, tests):
                return cell
        return ast.Cell((), ast.NotStated(span=version.span), span=version.span)

    def is_at(
        self,
        declared: ast.Parameter,
        place: int,
        key: str,
        values: tuple[str, ...] | None,
        here: Here,
    ) -> bool:
        """Whether a table is read at a value of one of its categories."""
        by = declared.by[place]
        return (self.written(declared, place, values) or self.category(by, here)) == key

    def written(
        self, declared: ast.Parameter, place: int, values: tuple[str, ...] | None
    ) -> str | None:
        """The value written for a category of a table; None where the subject's own is meant."""
        if values is None or len(values) == len(declared.by):
            return values and values[place]
        known = [value.key for value in self.names[declared.by[place]].values]
        return next((value for value in values if value in known), None)

    def keys(
        self,
        declared: ast.Parameter,
        cell: ast.Cell,
        values: tuple[str, ...] | None,
        here: Here,
    ) -> tuple[str, ...]:
        """The values at which a table is read: those written, else the subject's own.

        By a number it is the row that was found.
        """
        return tuple(
            (cell.keys[place] if cell.keys else ast.ANY)
            if self.is_count(by)
            else self.written(declared, place, values) or str(self.category(by, here))
            for place, by in enumerate(declared.by)
        )

    def category(self, by: str, here: Here) -> object:
        """The subject's value of a category: asked for, or as a definition says."""
        own = self.deciding(by)
        return self.name(own, here) if own else self.fact(self.names[by], by, here)

    def facts_of(self, benefit: ast.Benefit, here: Here) -> Mapping[str, Any]:
        """What is known of the subject of a benefit."""
        owner = self.owner(benefit, here)
        return self.household if owner.member is None else self.known(owner.member)

    def declared_unit(self, declared: Any) -> NumUnit:
        """The unit in a header; money is per whom the header is."""
        if declared.type.kind == "date":
            return "date"
        return unit_per(declared.type.unit, getattr(declared, "entity", ""))


def _doubtful(node: Any, rule_of: dict[Text, str]) -> tuple[str, ...]:
    """The rules that can be read in another way because of a declaration."""
    if not getattr(node, "alternatives", ()):
        return ()
    if isinstance(node, ast.NotTogether):
        return node.names
    if isinstance(node, ast.Amendment):
        return (node.rule.name,)
    return (rule_of[node.title] if isinstance(node, ast.ExceptionRule) else node.name.key,)


def _built_in() -> dict[str, Any]:
    """The facts of a person that need no declaration."""
    years = ast.WrittenType("amount", "year_of_age", span=SPAN)
    ends = ((">=", 0), ("<=", 150))
    domain = tuple(
        ast.Bound(how, ast.Number(Fraction(end), span=SPAN), span=SPAN) for how, end in ends
    )
    born = ast.WrittenType("date", span=SPAN)
    return {
        AGE.key: ast.Input(AGE, "person", years, domain, "input", None, span=SPAN),
        BIRTH_DATE.key: ast.Input(BIRTH_DATE, "person", born, (), "input", None, span=SPAN),
    }
