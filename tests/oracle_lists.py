"""Of the oracle: lists of records, and what is said over their records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import reduce
from typing import Any

from attrs import evolve, frozen
from oracle_expressions import SOMEBODY, Expressions, Here, ends_of
from oracle_numbers import ABOVE, BELOW, PLAIN, ZERO, Num, day, higher, lower, total, unit_per

from policyrules.syntax import ast


@frozen
class Listed:
    """A field of the records of a list, as a name."""

    of: ast.RecordList
    field: ast.Field

    @property
    def entity(self) -> str:
        """Whose list it is."""
        return self.of.entity


def fields_of(declared: ast.RecordList) -> dict[str, Listed]:
    """The fields of a list under their names."""
    return {field.name.key: Listed(declared, field) for field in declared.fields}


class Lists(Expressions):
    """The meaning of what is said over the records of a list."""

    household: Mapping[str, Any]

    def records(self, name: str, here: Here) -> list[Any] | None:
        """The records of the subject at hand; None, and needed, where they are not known."""
        member = here.member if self.names[name].entity == "person" else None
        found = (self.household if member is None else self.known(member)).get(name)
        if found is None:
            self.need(member, name)
        return found

    def field(self, declared: Listed, name: str, here: Here) -> Num | bool:
        """What the record at hand says in a field; a missing figure lies in its domain."""
        assert here.record is not None
        of, index = here.record
        member = here.member if declared.entity == "person" else None
        kind = declared.field.type.kind
        unit = unit_per(declared.field.type.unit, declared.entity) if kind == "amount" else None
        if index != SOMEBODY:
            given = self.records(of, here)[index].get(name)
            if given is not None:
                if isinstance(given, date):
                    return day(given)
                return Num.point(given, unit) if unit is not None else given
            self.need(member, f"{of}[{index}].{name}")
        if kind == "date":
            return Num(BELOW, ABOVE, "date", {"missing"})
        if kind == "amount":
            return self.within(declared.field.domain, unit, "missing", here)
        return self.path.decide(("field", member, of, index, name), (True, False))

    def which(self, records: ast.Records, test: ast.Expr | None) -> ast.Expr | None:
        """The period of the records and the condition beside it, as one condition."""
        tests = [] if test is None else [test]
        if records.window:
            fields = self.names[records.name].fields
            (when,) = [field.name.key for field in fields if field.type.kind == "date"]
            today = ast.DateLiteral(self.on, "year", span=records.span)
            first, last = ends_of(today)
            if records.window == "this year":
                first = evolve(first, value=date(self.on.year, 1, 1))
            else:
                years = int(records.months) // 12
                first = evolve(first, value=date(self.on.year - years, self.on.month, 1))
                last = evolve(first, value=self.on.replace(day=1))
            until = "<=" if records.window == "this year" else "<"
            subject = ast.Reference(when, span=records.span)
            period = ast.Between(subject, ">=", first, until, last, span=records.span)
            tests.insert(0, period)
        return ast.And(tuple(tests), span=records.span) if tests else None

    def over_records(self, written: Any, here: Here) -> Num:
        """A count or figure over the records; of unknown records there may be none."""
        records = written.records
        name, test = records.name, getattr(written, "which", None)
        who = self.which(records, test)
        function = getattr(written, "function", "sum")
        of = getattr(written, "of", ast.Rate(Fraction(1), span=written.span))
        found = self.records(name, here)
        unknown = evolve(here, record=(name, SOMEBODY))
        if found is None:
            figure = self.over_unknown_records(function, of, who, unknown)
        else:
            take = {"sum": total, "highest": higher, "lowest": lower}[function]
            each = [evolve(here, record=(name, index)) for index in range(len(found))]
            each = [there for there in each if who is None or self.truth(who, there)]
            figures = [self.number(of, there) for there in each]
            figure = reduce(take, figures) if figures else None
        if isinstance(written, ast.NumberOfRecords):
            return figure or Num.point(0, PLAIN)
        return figure or self.of_none(function, of, here, unknown)

    def over_unknown_records(
        self, function: str, of: ast.Expr, who: ast.Expr | None, there: Here
    ) -> Num | None:
        """The same where no record is known: from none on."""
        answers = self.somebody(of, who, there, there=there, certain=False)
        figures = [figure for figure in answers if figure is not None]
        if not figures:
            return None
        figure = reduce(Num.hull, figures)
        if function != "sum":
            key = ("any record", self.sense((of, who), there))
            return figure if self.path.decide(key, (True, False)) else None
        low = ZERO if figure.low >= ZERO else BELOW
        high = ZERO if figure.high <= ZERO else ABOVE
        return Num(low, high, figure.unit, figure.why | {"missing"})

    def record_test(self, written: ast.RecordTest, here: Here) -> bool:
        """Of none any is no and every is yes; unknown ones, perhaps none, may decide it."""
        quantified_any = written.quantifier == "any"
        who = self.which(written.records, None)
        of = written.test
        if who is not None:
            no = ast.Not(who, span=of.span)
            both = ast.And((who, of), span=of.span) if quantified_any else ast.Or((no, of))
            of = both
        name = written.records.name
        found = self.records(name, here)
        if found is None:
            unknown = evolve(here, record=(name, SOMEBODY))
            answers = set(self.somebody(of, None, unknown, there=unknown, certain=False))
            if answers == {not quantified_any}:
                return not quantified_any
            key = ("records", quantified_any, self.sense(of, unknown))
            return bool(self.path.decide(key, (True, False)))
        tests = [self.test(of, evolve(here, record=(name, i))) for i in range(len(found))]
        return self.some(quantified_any, tests) is quantified_any
