"""Random rulesets: well-typed, as English text.

The names are fixed, the rules are drawn. Amounts are few, so that ties happen; whatever is
composed stands in brackets, so that no text depends on the binding of its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import strategies_rules
from attrs import field, frozen
from strategies_prelude import (
    DEADLINES_OF_HOUSEHOLD,
    DEADLINES_OF_PERSON,
    OF_HOUSEHOLD,
    OF_PERSON,
    declarations,
    needed,
    restated,
)
from strategies_rules import MODES, PERIODS

AMOUNTS = ("0", "100", "345", "350", "680", "700", "1400", "99.50", "100.05")
COUNTS = ("1", "2", "3")
RATES = ("10%", "40%", "90%", "5‰", "100%")
TIMES = ("2 times", "1.5 times", "2 to 10 times", "1 to 3 times")
DATES = (
    *(date(2021, 12, 31), date(2022, 6, 1), date(2022, 12, 31)),
    *(date(2023, 1, 1), date(2023, 8, 1), date(2024, 2, 29)),
)
WORDS = ("is less than", "is more than", "is at least", "is at most", "equals")
TIERS = ("first", "second", "third")
AREAS = ("urban", "rural")

# What an expression is: an amount per whom, a rate per month or an amount once.
PERSON_MONTH, HOUSEHOLD_MONTH = "yuan per person per month", "yuan per household per month"
PERSON_ONCE, HOUSEHOLD_ONCE = "yuan per person", "yuan per household"
CONDITION = "condition"
RATES_OF_PERSON = (
    "wage",
    "tier amount",
    "dibao standard",
    "care standard",
    "partial amount",
    "tier amount of first",
    "partial amount of second",
    "dibao standard on 2022-06-01",
    "last year's dibao standard",
    "last month's tier amount",
)
FACTS_OF_PERSON = (
    "tekun",
    "dibao recipient",
    "joined",
    "tier is first or second",
    "tier is not third or first",
    "age is at least 60",
    "age is at least 18 and less than 60",
    "start is in 2023",
    "completed years since start is at least 1 years",
    "completed months since start is less than 8 months",
    "completed days since start is more than 212 days",
)
LEAVES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("household", PERSON_MONTH): ("dibao standard", "flat amount", "care standard"),
    ("household", HOUSEHOLD_MONTH): ("income", "rent", "area amount"),
    ("household", HOUSEHOLD_ONCE): ("damage",),
    ("household", CONDITION): ("sudden hardship", "urgent hardship", "area is urban"),
    ("member", PERSON_MONTH): RATES_OF_PERSON,
    ("member", PERSON_ONCE): ("cost",),
    ("member", CONDITION): FACTS_OF_PERSON,
    ("person", PERSON_MONTH): RATES_OF_PERSON,
    ("person", PERSON_ONCE): ("cost",),
    ("person", HOUSEHOLD_MONTH): ("the household's income", "the household's rent"),
    ("person", CONDITION): FACTS_OF_PERSON,
}

# What a benefit pays: a rate in some unit, a rate counted at once, or a share of a cost.
KINDS = ("yuan per month", "yuan per month", "yuan per year", "yuan per quarter", "once", "share")
ALIKE = (("yuan per month",), ("yuan per month",), ("yuan per year",), ("once", "share"))
# One time in how many a rule has what not every rule has.
CHANCES = {"exceptions": 4, "apart": 4, "bands": 4, "grace": 3}
# Ends of a payment that are written as figures.
LIMITS = (Decimal(100), Decimal(350), Decimal(700))
_CAP = re.compile(r" up to ([\d.]+) yuan")
_FLOOR = re.compile(r" but at least ([\d.]+) yuan")
_HARD = re.compile(r"^    (?:when|who) (?!as a rule)", re.MULTILINE)


@frozen
class Author:
    """Writes the rules of one ruleset; `declared` are its definitions by where and what.

    `choose` takes one of several: Hypothesis, or a random generator.
    """

    choose: Callable[[Sequence[Any]], Any]
    persons_only: bool
    declared: dict[tuple[str, str], list[str]] = field(factory=dict)

    def pick(self, *options: Any) -> Any:
        """One of the options."""
        return self.choose(options)

    def maybe(self, chance: int = 2) -> bool:
        """Yes, one time in `chance`."""
        return bool(self.choose(range(chance)) == 0)

    def several(self, fewest: int, most: int) -> range:
        """As many turns as chance has it."""
        return range(self.choose(range(fewest, most + 1)))

    # --- amounts -------------------------------------------------------------------------------

    def leaf(self, where: str, unit: str) -> str:
        """A name or a literal."""
        names = (*LEAVES.get((where, unit), ()), *self.names(where, unit))
        literal = f"{self.pick(*AMOUNTS)} {unit}"
        return str(self.pick(*names, literal))

    def names(self, where: str, unit: str) -> list[str]:
        """The definitions and benefits that can be read there."""
        found = list(self.declared.get((where, unit), []))
        if unit == PERSON_MONTH and where != "household" and not self.persons_only:
            found.append("grid")
        if where == "member":
            found += self.declared.get(("person", unit), [])
            found += self.declared.get(("household", unit), [])
        if where == "person" and not self.persons_only:
            heads = self.declared.get(("household", unit), [])
            found += [f"the household's {name}" for name in heads]
        return found

    def amount(self, where: str, unit: str, depth: int) -> str:
        """An amount in brackets, or a leaf."""
        if depth == 0 or self.maybe(3):
            return self.leaf(where, unit)
        return f"({self.composed(where, unit, depth - 1)})"

    def composed(self, where: str, unit: str, depth: int) -> str:
        """An amount made of others."""
        a, b = (self.amount(where, unit, depth) for _ in range(2))
        rate, times, word = self.pick(*RATES), self.pick(*TIMES), self.pick("higher", "lower")
        forms = [
            f"{a} + {b}",
            f"{a} - {b}",
            f"{a} / {self.pick(*COUNTS)}",
            f"{a} * {self.pick(*COUNTS)}",
            f"the difference between {a} and {b}",
            f"the {word} of {a} and {b}",
            f"the {word} of {a}, {self.leaf(where, unit)} and {b}",
            f"the {word} of {a}, {self.leaf(where, unit)} and {b}",
            f"{rate} of {a}",
            f"what remains of {a} after {self.leaf(where, unit)} and {self.leaf(where, unit)}",
            f"the part of {a} {self.pick('above', 'below')} {b}",
            f"top up to {a} from {b}",
            f"{a} {self.pick('increased', 'reduced')} by {self.pick('10%', '40%')}",
            f"{times} {a}",
            f"{a} in full",
            f"{a}, but at least {b}",
            f"{a} up to {b}",
            f"{a}, rounded {self.pick(*MODES)}",
            f"{self.gap(where, unit)}, rounded {self.pick(*MODES)}",
        ]
        form = self.pick(*forms, "special", "special", "special")
        return self.special(where, unit, depth) if form == "special" else str(form)

    def gap(self, where: str, unit: str) -> str:
        """A plain difference in brackets, which may well be below zero."""
        return f"({self.leaf(where, unit)} - {self.leaf(where, unit)})"

    def special(self, where: str, unit: str, depth: int) -> str:
        """An amount of its own kind for this place, or else a leaf."""
        if unit == PERSON_MONTH and self.maybe(3):
            return "yearly standard per month"
        if where == "household":
            inner = self.amount("member", unit.replace("household", "person"), min(depth, 1))
            whom = strategies_rules.crowd(self)
            if unit in (HOUSEHOLD_MONTH, HOUSEHOLD_ONCE):
                return f"the sum of {inner} over {whom}"
            head = self.amount(where, HOUSEHOLD_MONTH, depth)
            extreme = f"the {self.pick('highest', 'lowest')} {inner} over {whom}"
            return str(self.pick(extreme, f"{head} / number of members"))
        each = self.amount(where, unit, min(depth, 1))
        step = self.pick("year since start", "half-year since start", "2 months since start")
        if self.maybe():
            of = self.pick(self.amount(where, unit, min(depth, 1)), self.gap(where, unit))
            step = f"{self.pick('350', '1000')} {unit} of {of}"
        return f"{self.leaf(where, unit)} + for each completed {step}: {each}"

    # --- conditions ----------------------------------------------------------------------------

    def unit(self, where: str) -> str:
        """A unit in which something can be said there."""
        units = [unit for place, unit in LEAVES if place == where and unit != CONDITION]
        if self.persons_only:
            units = [unit for unit in units if "household" not in unit]
        return str(self.pick(*units))

    def condition(self, where: str, depth: int) -> str:
        """A condition in brackets, or a test."""
        if depth == 0 or self.maybe(3):
            return self.test(where, depth)
        items = [self.condition(where, depth - 1) for _ in self.several(2, 3)]
        commas = ", ".join(f"({item})" for item in items)
        forms = (
            " and ".join(f"({item})" for item in items),
            " or ".join(f"({item})" for item in items),
            f"any of: {commas}",
            f"all of: {commas}",
            f"{self.pick('any', 'all')} of: {commas} and others",
            f"({items[0]}) except ({items[1]})",
            f"not ({items[0]})",
        )
        return str(self.pick(*forms))

    def test(self, where: str, depth: int) -> str:
        """A test of one thing."""
        kinds = ["leaf", "leaf", "compare", "compare", "compare", "between", "date"]
        kind = self.pick(*kinds, *(["members"] * 2 if where == "household" else []))
        if kind == "leaf":
            leaf = self.pick(*LEAVES[where, CONDITION], *self.names(where, CONDITION))
            return f"not {leaf}" if " is " not in leaf and self.maybe(3) else str(leaf)
        if kind == "date":
            return "the date is in 2023"
        if kind == "members":
            return self.of_members()
        unit = self.unit(where)
        left, right = (self.amount(where, unit, min(depth, 1)) for _ in range(2))
        if kind == "between":
            left = self.pick(*(LEAVES.get((where, unit)) or self.names(where, unit)))
            word = self.pick("less than", "at most")
            low, high = self.pick(("100", "350"), ("350", "700"), ("680", "1400"))
            return f"{left} is at least {low} {unit} and {word} {high} {unit}"
        if self.maybe(3):
            right = self.pick(*AMOUNTS)
        return f"{left} {self.pick(*WORDS)} {right}"

    def of_members(self) -> str:
        """A test of a household's members."""
        if self.maybe():
            return strategies_rules.quantified(self)
        return f"{strategies_rules.counted(self)} {self.pick(*WORDS)} {self.pick(*COUNTS)}"

    # --- declarations --------------------------------------------------------------------------

    def define(self, number: int) -> str:
        """A definition, which later rules may name."""
        where = self.entity()
        unit = CONDITION if self.maybe(3) else self.unit(where)
        kind = "yes or no" if unit == CONDITION else unit
        head = f"define figure {number} of {where}: {kind}\n"
        if unit == CONDITION:
            body = f"    {self.condition(where, 2)}\n"
        elif self.maybe(3):
            body = self.cases(lambda: self.amount(where, unit, 1), where)
            body += f"    otherwise {self.pick(self.pick(*AMOUNTS), self.leaf(where, unit))}\n"
        else:
            whole = self.composed(where, unit, 2)
            body = f"    {self.pick(whole, self.gap(where, unit), self.pick(*AMOUNTS))}\n"
        if unit != CONDITION and self.maybe(3):
            body += f"    rounded {self.pick(*MODES)}\n"
        name = f"figure {number}"
        if unit != CONDITION and self.maybe(CHANCES["exceptions"]):
            amounts = (
                f"the general amount {self.pick('increased', 'reduced')} by 40%",
                f"the higher of the general amount and {self.leaf(where, unit)}",
                self.amount(where, unit, 1),
                "nothing",
            )
            body += strategies_rules.exceptions(self, name, where, amounts)
        self.declared.setdefault((where, unit), []).append(name)
        return head + body

    def entity(self) -> str:
        """Whose the next rule is."""
        return "person" if self.persons_only else str(self.pick("household", "person"))

    def cases(self, amount: Callable[[], str], where: str) -> str:
        """Case lines."""
        lines = [f"    case ({self.condition(where, 1)}): {amount()}\n" for _ in self.several(1, 3)]
        return "".join(lines)

    def benefit(self, number: int, where: str, kind: str) -> str:
        """A benefit of one of three kinds: a rate, an amount once, a share of a cost.

        Exceptions to it may follow.
        """
        name, unit = f"aid {number}", f"yuan per {where}"
        if kind.startswith("yuan per"):
            unit, type_, body = f"{unit} per month", kind, self.rate(where, f"{unit} per month")
        elif kind == "once":
            type_, body = "yuan, one-off", f"    pays {self.counted(where)}"
        else:
            type_, body = "yuan, each settlement", self.share(where)
        when = self.when(where)
        rounded = f"    rounded {self.pick(*MODES)}\n" if self.maybe() else ""
        extra = ""
        if type_ not in ("yuan per year", "yuan per quarter") and self.maybe():
            extra = self.top_ups(where, unit) + self.limits(unit, body)
        below = extra + rounded if self.maybe() else rounded + extra
        if unit.endswith("month") and _HARD.search(when) and self.maybe(CHANCES["grace"]):
            below += strategies_rules.grace(self, unit)
        if self.maybe(CHANCES["exceptions"]):
            below += strategies_rules.exceptions(
                self, name, where, self.excepted(where, unit, kind)
            )
        return f"benefit {name} of {where}: {type_}\n{when}{body}{below}"

    def when(self, where: str) -> str:
        """When a benefit is in force, from and until when it is paid, under which conditions."""
        lines = [f"valid {self.pick(*PERIODS)}"] if self.maybe(4) else []
        words = [self.pick("when", "who") for _ in self.several(0, 2)]
        lines += [f"{word} {self.condition(where, 2)}" for word in words]
        if self.maybe(4):
            lines.append(f"when as a rule, {self.condition(where, 1)}")
        if where == "person" and self.maybe(5):
            months = ("paid from the month after", "paid from the month of", "ends the month of")
            lines.append(f"{self.pick(*months)} start")
        return "".join(f"    {line}\n" for line in lines)

    def excepted(self, where: str, unit: str, kind: str) -> tuple[str, ...]:
        """What an exception to a benefit may pay."""
        amounts = (
            f"the general amount {self.pick('increased', 'reduced')} by 40%",
            self.leaf(where, unit),
            "nothing",
            "case by case",
            *([self.pick(*RATES)] if kind == "share" else []),
        )
        return tuple(f"pays {amount}" for amount in amounts)

    def declare(self, number: int, where: str, kind: str) -> None:
        """Let later rules name a benefit: whether it is due and, if in months or once, how much."""
        unit = f"yuan per {where}{' per month' if kind.startswith('yuan per') else ''}"
        if kind not in ("yuan per year", "yuan per quarter"):
            self.declared.setdefault((where, unit), []).append(f"aid {number}")
        self.declared.setdefault((where, CONDITION), []).append(f"aid {number} applies")

    def top_ups(self, where: str, unit: str) -> str:
        """Top-ups under conditions, for the subject or for the members."""
        lines = []
        mark = self.pick("highest only", "cumulative")
        for _ in range(self.pick(0, 1, 2, 2, 3)):
            amount, test = f"{self.pick(*AMOUNTS)} {unit}", self.condition(where, 1)
            lines.append(f"    top-up ({test}): {amount}, {mark}\n")
        if where == "household" and lines and self.maybe():
            mine, who = unit.replace("household", "person"), self.condition("member", 1)
            amount = f"{self.pick(*AMOUNTS)} {mine}"
            lines.append(f"    top-up for each member who is ({who}): {amount}\n")
        return "".join(dict.fromkeys(lines))

    def limits(self, unit: str, body: str) -> str:
        """Limits of the amounts above, in any order; no floor is above a cap, there or here."""
        floor, cap = sorted(self.pick(*LIMITS) for _ in range(2))
        floor = min([floor, *map(Decimal, _CAP.findall(body))])
        cap = max([cap, *map(Decimal, _FLOOR.findall(body))])
        amounts = [f"{self.pick(*LIMITS)} {unit}" for _ in range(2)]
        lines = (
            f"up to {cap} {unit}",
            f"but at least {floor} {unit}",
            f"less than {amounts[0]} is not paid",
            f"less than {amounts[1]} is not paid",
            f"less than {amounts[0]} pays {amounts[0]}",
            f"with {amounts[1]} at most 40% of (1400 {unit})",
            "limit not stated",
            "at most 2 times per year",
            "for at most 12 months",
        )
        if not unit.endswith("month"):
            total = self.pick("350 yuan", "1400 yuan", "30000 yuan")
            running = f"in total up to {total} per {self.pick('year', 'year', 'month')}"
            lines += (running, running)
        chosen = dict.fromkeys(self.pick(*lines) for _ in self.several(0, 3))
        return "".join(f"    limits {line}\n" for line in chosen)

    def rate(self, where: str, unit: str) -> str:
        """The lines of a monthly payment."""

        def line() -> str:
            if where == "household" and self.maybe():
                inner = self.composed("member", PERSON_MONTH, 1)
                return f"for each {self.pick('member', 'member', 'of the elders')}: {inner}"
            one_end = self.pick("", "", "", "", "at least ", "at most ")
            if self.maybe(5):
                return f"{self.pick('100', '350', '700')} {unit}"
            if one_end or self.maybe(4):
                return f"{one_end}{self.amount(where, unit, 2)}"
            return self.composed(where, unit, 2)

        if self.maybe(CHANCES["bands"]):
            return strategies_rules.bands(self, where, unit)
        if self.maybe(3):
            rests = ("nothing", "case by case", line())
            otherwise = self.pick("", *(f"    otherwise {rest}\n" for rest in rests))
            return self.cases(line, where) + str(otherwise)
        return f"    pays {line()}\n"

    def counted(self, where: str) -> str:
        """A rate that is counted for a person and months."""
        cap = " up to 1400 yuan per person per month" if self.maybe(3) else ""
        rate = self.amount(where, PERSON_MONTH, 1)
        persons = "" if where == "person" else f"{self.pick('1 person', '2 persons')}, "
        months = self.pick("1 month", "3 months", "12 months")
        return f"{self.pick(*TIMES)} {rate}{cap}\n    counted for {persons}{months}\n"

    def share(self, where: str) -> str:
        """Shares of a base, with their limits."""
        unit = PERSON_ONCE if where == "person" else HOUSEHOLD_ONCE
        base = f"    base {self.amount(where, unit, 1)}\n"
        base += "    deductible 99.50 yuan\n" if self.maybe(3) else ""
        period = self.pick("year", "year", "month")

        def line() -> str:
            rate, limit = self.pick(*RATES), self.pick("350 yuan", "1400 yuan", "30000 yuan")
            floor = self.pick("", "", f", but at least {self.pick('99.50', '100')} yuan")
            adjunct = self.pick(
                "",
                f", up to {limit}",
                f", in total up to {limit} per {period}",
                f", in total up to {limit} per {period}",
                ", limit not stated",
            )
            return f"{rate}{floor}{adjunct}"

        if self.maybe(3):
            return f"{base}    pays {line()}\n"
        otherwise = self.pick("", "    otherwise nothing\n", f"    otherwise {line()}\n")
        lines = self.cases(line, where) + otherwise
        separate = "    limits counted separately\n" if "in total" in lines and self.maybe() else ""
        return f"{base}{lines}{separate}"


def ruleset(author: Author) -> str:
    """The text of a ruleset: what its rules name, a deadline or two, and the rules."""
    offered = OF_PERSON if author.persons_only else OF_PERSON + OF_HOUSEHOLD
    due = DEADLINES_OF_PERSON + ("" if author.persons_only else DEADLINES_OF_HOUSEHOLD)
    deadlines = needed("".join(author.pick(*declarations(due)) for _ in author.several(0, 2)), due)
    elders = "" if author.persons_only else strategies_rules.group(author)
    rules = [author.define(n + 1) for n in author.several(1, 3)]
    rules += benefits(author)
    rules += [author.define(4)] if author.maybe(3) else []
    body = "".join([deadlines, *rules])
    body = elders + body if "elders" in body else body
    # A household has an income, whatever its rules read.
    read = body if author.persons_only else body + "income"
    facts = restated(needed(read, offered), author.pick)
    return "ruleset test.drawn\n    currency yuan\n" + facts + body


def benefits(author: Author) -> list[str]:
    """One or two benefits, or up to three of which only one is paid, none reading another."""
    if not author.maybe(CHANCES["apart"]):
        rules = []
        for number in author.several(1, 2):
            where, kind = author.entity(), author.pick(*KINDS)
            rules.append(author.benefit(number + 1, where, kind))
            author.declare(number + 1, where, kind)
        return rules
    where, kinds = author.entity(), author.pick(*ALIKE)
    drawn = [(n + 1, where, author.pick(*kinds)) for n in author.several(2, 3)]
    rules = [author.benefit(*each) for each in drawn]
    rules.append(strategies_rules.side_by_side(author, [f"aid {n}" for n, _, _ in drawn]))
    for each in drawn:
        author.declare(*each)
    return rules
