"""Hypothesis strategies: well-typed rulesets as English text, and cases with gaps.

The names are fixed, the rules are drawn. Amounts are few, so that ties happen; whatever is
composed stands in brackets, so that no text depends on the binding of its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from operator import ge, gt, le, lt
from typing import Any

from attrs import field, frozen
from hypothesis import strategies as st

from policyrules.syntax import ast

AMOUNTS = ("0", "100", "350", "680", "700", "1400", "99.50")
COUNTS = ("1", "2", "3")
RATES = ("10%", "40%", "90%", "5‰", "100%")
TIMES = ("2 times", "1.5 times", "2 to 10 times", "1 to 3 times")
DATES = (date(2021, 12, 31), date(2022, 6, 1), date(2023, 1, 1), date(2023, 8, 1))
MODES = (
    "upward to the yuan",
    "downward to the yuan",
    "to the nearest 10 yuan, half up",
    "to the nearest 100 yuan, half up",
    "to even to the 10 yuan",
    "by the jiao upward to the yuan",
    "downward to the 1000 yuan",
)
WORDS = ("is less than", "is more than", "is at least", "is at most", "equals")
TIERS = ("first", "second", "third")
AREAS = ("urban", "rural")

SHARED = """\
category tier of person: first, second, third
statuses of person: tekun, dibao recipient
parameter dibao standard: yuan per person per month
    from 2022-01-01: 680
    from 2023: 700
parameter tier amount by tier: yuan per person per month
    from 2022-01-01: first 1400, second 700, third 99.50
parameter yearly standard: yuan per person per year
    from 2022-06-01: 8400
parameter care standard: yuan per person per month
    not stated, at least 100 yuan per person per month
parameter flat amount: yuan per person per month
    350
parameter partial amount by tier: yuan per person per month
    from 2022-01-01: first 100, second not stated, third 700
input wage of person: yuan per month, at least 0, at most 2000
input cost of person: yuan, at least 0
input joined of person: yes or no
input start of person: date
deadline visit of person: within 5 days of start
deadline report of person: by the 15th of each month (incl.)
deadline review of person: once a quarter
"""
HOUSEHOLD = """\
category area of household: urban, rural
statuses of household: sudden hardship, urgent hardship
parameter area amount by area: yuan per household per month
    from 2023-01-01: urban 1400, rural 350
parameter grid by tier, area: yuan per person per month
    from 2022-01-01: first urban 100, first rural 350, second urban 700, second rural not stated,
        third urban 0, third rural 99.50
deadline return of household: by 2023-12-31 (excl.)
input income of household: yuan per month, at least 0
input rent of household: yuan per month, at least 0, at most 1400
input damage of household: yuan, at least 0, at most 1400
"""

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


@frozen
class Drawn:
    """A ruleset, a case for it in declared units, and a date."""

    text: str
    case: dict[str, Any]
    on: date


@frozen
class Author:
    """Draws the rules of one ruleset; `declared` are its definitions by where and what."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    persons_only: bool
    declared: dict[tuple[str, str], list[str]] = field(factory=dict)

    def pick(self, *options: Any) -> Any:
        """One of the options."""
        return self.draw(st.sampled_from(options))

    def maybe(self, chance: int = 2) -> bool:
        """Yes, one time in `chance`."""
        return bool(self.draw(st.integers(0, chance - 1)) == 0)

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
            f"{times} {a}",
            f"{a} in full",
            f"{a}, but at least {b}",
            f"{a} up to {b}",
            f"{a}, rounded {self.pick(*MODES)}",
        ]
        form = self.pick(*forms, "special", "special", "special")
        return self.special(where, unit, depth) if form == "special" else str(form)

    def special(self, where: str, unit: str, depth: int) -> str:
        """An amount of its own kind for this place, or else a leaf."""
        if unit == PERSON_MONTH and self.maybe(3):
            return "yearly standard per month"
        if where == "household":
            inner = self.amount("member", unit.replace("household", "person"), min(depth, 1))
            who = f" who are ({self.condition('member', 0)})" if self.maybe() else ""
            if unit in (HOUSEHOLD_MONTH, HOUSEHOLD_ONCE):
                return f"the sum of {inner} over members{who}"
            head = self.amount(where, HOUSEHOLD_MONTH, depth)
            extreme = f"the {self.pick('highest', 'lowest')} {inner} over members{who}"
            return str(self.pick(extreme, f"{head} / number of members"))
        return self.leaf(where, unit)

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
        items = [self.condition(where, depth - 1) for _ in range(self.draw(st.integers(2, 3)))]
        commas = ", ".join(f"({item})" for item in items)
        forms = (
            " and ".join(f"({item})" for item in items),
            " or ".join(f"({item})" for item in items),
            f"any of: {commas}",
            f"all of: {commas}",
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
            high = self.pick("is less than", "is at most").removeprefix("is ")
            return f"{left} is at least {right} and {high} {self.leaf(where, unit)}"
        if self.maybe(3):
            right = self.pick(*AMOUNTS)
        return f"{left} {self.pick(*WORDS)} {right}"

    def of_members(self) -> str:
        """A test of a household's members."""
        who = self.condition("member", 1)
        counted = self.pick("number of members", f"number of members who are ({who})")
        quantified = f"{self.pick('any', 'every')} member is ({who})"
        return str(self.pick(quantified, f"{counted} {self.pick(*WORDS)} {self.pick(*COUNTS)}"))

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
            body = f"    {self.pick(self.composed(where, unit, 2), self.pick(*AMOUNTS))}\n"
        if unit != CONDITION and self.maybe(4):
            body += f"    rounded {self.pick(*MODES)}\n"
        self.declared.setdefault((where, unit), []).append(f"figure {number}")
        return head + body

    def entity(self) -> str:
        """Whose the next rule is."""
        return "person" if self.persons_only else str(self.pick("household", "person"))

    def cases(self, amount: Callable[[], str], where: str) -> str:
        """Case lines."""
        lines = [
            f"    case ({self.condition(where, 1)}): {amount()}\n"
            for _ in range(self.draw(st.integers(1, 3)))
        ]
        return "".join(lines)

    def benefit(self, number: int) -> str:
        """A benefit of one of three kinds: a rate, an amount once, a share of a cost."""
        where = self.entity()
        name = f"aid {number}"
        when = "".join(
            f"    {self.pick('when', 'who')} {self.condition(where, 2)}\n"
            for _ in range(self.draw(st.integers(0, 2)))
        )
        kind = self.pick("rate", "rate", "once", "share")
        if kind == "rate":
            unit = f"yuan per {where} per month"
            period = self.pick("month", "month", "year", "quarter")
            head = f"benefit {name} of {where}: yuan per {period}\n"
            body = self.rate(where, unit)
        elif kind == "once":
            unit = f"yuan per {where}"
            head = f"benefit {name} of {where}: yuan, one-off\n"
            body = f"    pays {self.counted(where)}"
        else:
            unit = f"yuan per {where}"
            head = f"benefit {name} of {where}: yuan, each settlement\n"
            body = self.share(where)
        rounded = f"    rounded {self.pick(*MODES)}\n" if self.maybe() else ""
        if kind != "rate" or "per month" in head:
            self.declared.setdefault((where, unit), []).append(name)
        return head + when + body + rounded

    def rate(self, where: str, unit: str) -> str:
        """The lines of a monthly payment."""

        def line() -> str:
            if where == "household" and self.maybe():
                inner = self.composed("member", PERSON_MONTH, 1)
                return f"for each member: {inner}"
            return self.composed(where, unit, 2)

        if self.maybe(3):
            otherwise = self.pick("", "    otherwise nothing\n", f"    otherwise {line()}\n")
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


BOUNDED = tuple(Fraction(amount) for amount in AMOUNTS)
FREE = (*BOUNDED, Fraction(10**6))
ANSWERS = (True, False)
OF_PERSON: Mapping[str, tuple[Any, ...]] = {
    "wage": BOUNDED,
    "cost": FREE,
    "tekun": ANSWERS,
    "dibao recipient": ANSWERS,
    "joined": ANSWERS,
    "tier": TIERS,
    "age": (Fraction(17), Fraction(18), Fraction(60)),
    "start": (date(2022, 12, 31), date(2023, 1, 1), date(2024, 1, 1)),
}
OF_HOUSEHOLD: Mapping[str, tuple[Any, ...]] = {
    "income": FREE,
    "rent": BOUNDED,
    "damage": BOUNDED,
    "sudden hardship": ANSWERS,
    "urgent hardship": ANSWERS,
    "area": AREAS,
}
_LIMIT = re.compile(r"in total up to \d+ yuan per (year|month)")


def _paid(text: str, where: str) -> dict[str, tuple[Any, ...]]:
    """The inputs that say what the benefits of a subject have already paid, with their values."""
    paid: dict[str, tuple[Any, ...]] = {}
    for block in text.split("benefit ")[1:]:
        name, entity = block.split(":")[0].split(" of ")
        periods = _LIMIT.findall(block)
        if entity != where or not periods:
            continue
        plain = f"{name} paid this {periods[0]}"
        separate = "counted separately" in block
        cases = [f"{plain}, case {n + 1}" for n in range(len(periods))] if separate else [plain]
        paid.update(dict.fromkeys(cases, FREE))
    return paid


def _facts(author: Author, domains: Mapping[str, tuple[Any, ...]]) -> dict[str, Any]:
    """The facts of one subject, with gaps."""
    facts = {n: author.pick(*values) for n, values in domains.items() if not author.maybe(4)}
    if "age" in domains and "age" not in facts and author.maybe():
        facts["birth date"] = author.pick(date(1963, 8, 1), date(1963, 8, 2), date(2004, 2, 29))
    for name in [name for name in facts if name.endswith("case 1")]:
        plain = name.removesuffix(", case 1")
        if author.maybe(3):
            facts = {n: value for n, value in facts.items() if not n.startswith(plain)}
            facts[plain] = Fraction(0)
    return facts


@st.composite
def rulesets_and_cases(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Drawn:
    """A ruleset, a case and a date."""
    author = Author(draw, persons_only=draw(st.integers(0, 4)) == 0)
    head = "ruleset test.drawn\n    currency yuan\n" + SHARED
    blocks = [head if author.persons_only else head + HOUSEHOLD]
    blocks += [author.define(n) for n in range(1, draw(st.integers(1, 3)) + 1)]
    blocks += [author.benefit(n) for n in range(1, draw(st.integers(1, 2)) + 1)]
    text = "".join(blocks)
    count = 1 if author.persons_only else draw(st.integers(0, 3))
    of_person, of_household = domains(text)
    members = [_facts(author, of_person) for _ in range(count)]
    household = {} if author.persons_only else _facts(author, of_household)
    on = author.pick(*DATES)
    unstated: list[Any] = ["care standard"]
    if on >= DATES[1]:  # a table that is not in force yet takes no values
        unstated.append(("partial amount", "second"))
        unstated += [] if author.persons_only else [("grid", "second", "rural")]
    parameters = {key: Fraction(350) for key in unstated if author.maybe(3)}
    case = {"household": household, "members": members or None, "parameters": parameters}
    return Drawn(text, case, on)


def domains(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts of a person and of a household with their values."""
    return {**OF_PERSON, **_paid(text, "person")}, {**OF_HOUSEHOLD, **_paid(text, "household")}


def filled(author: Author, drawn: Drawn, keep: frozenset[tuple[Any, str]]) -> dict[str, Any]:
    """The case with every gap filled at random within its domain, except the needs to keep."""
    case = drawn.case

    def complete(member: int | None, facts: Mapping[str, Any], names: Mapping[str, Any]) -> Any:
        missing = {n: v for n, v in names.items() if n not in facts and (member, n) not in keep}
        if "birth date" in facts:
            del missing["age"]
        return {**facts, **{name: author.pick(*values) for name, values in missing.items()}}

    of_person, of_household = domains(drawn.text)
    members = case["members"]
    if members is None and (None, "members") not in keep:
        members = [{} for _ in range(author.pick(1, 2))]
    if members is not None:
        members = [complete(i, facts, of_person) for i, facts in enumerate(members)]
    household = case["household"]
    if "of household" in drawn.text:
        household = complete(None, household, of_household)
    return {**case, "household": household, "members": members}


FIGURES = tuple(Fraction(figure) for figure in (0, 1, 2, 400, 700, 1200, 60000))
DAYS = (date(2022, 2, 28), date(2023, 8, 1))


@st.composite
def cases_of(
    draw: Callable[[st.SearchStrategy[Any]], Any], names: Mapping[str, Any], persons_only: bool
) -> tuple[dict[str, Any], date]:
    """A case with gaps for the facts that a ruleset declares, and a date."""
    author = Author(draw, persons_only)
    found: dict[str, dict[str, tuple[Any, ...]]] = {"household": {}, "person": {}}
    for name, declared in names.items():
        entity = getattr(declared, "entity", None)
        if entity in found and not isinstance(
            declared, ast.Definition | ast.Benefit | ast.Deadline
        ):
            found[entity][name] = _values(declared)
    count = 1 if persons_only else draw(st.integers(0, 2))
    members = [_facts(author, found["person"]) for _ in range(count)]
    household = {} if persons_only else _facts(author, found["household"])
    case = {"household": household, "members": members or None, "parameters": {}}
    return case, author.pick(*(date(year, 8, 1) for year in (2020, 2022, 2023, 2024)))


def _values(declared: Any) -> tuple[Any, ...]:
    """Some values that a fact may have."""
    match declared:
        case ast.Category(values=values):
            return tuple(value.key for value in values)
        case ast.Input(type=ast.WrittenType(kind="date")):
            return DAYS
        case ast.Input(type=ast.WrittenType(kind="amount"), domain=domain):
            ends = [(bound.operator, bound.of.value) for bound in domain]
            return tuple(f for f in FIGURES if all(_meets(f, *end) for end in ends))
        case ast.Input() | ast.Statuses():
            return ANSWERS
        case _:
            return FIGURES


def _meets(figure: Fraction, operator: str, end: Fraction) -> bool:
    compare = {"<": lt, "<=": le, ">": gt, ">=": ge}[operator]
    return bool(compare(figure, end))
