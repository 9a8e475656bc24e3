"""The oracle against figures worked out by hand, on trees built by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from oracle import outcomes
from oracle_numbers import Num, round_to
from oracle_paths import Outcome

from policyrules.source import Source, Span
from policyrules.syntax import ast

SPAN = Span(Source("tree", ""), 0, 0)
ON = date(2023, 8, 1)


class Trees:
    """Constructors of the syntax tree that need no span."""

    def __getattr__(self, name: str) -> Any:
        return partial(getattr(ast, name), span=SPAN)


t = Trees()


def name(key: str) -> ast.Name:
    """An English name."""
    return t.Name(key, None)


def money(unit: str = "yuan/month") -> ast.WrittenType:
    """The type of an amount."""
    return t.WrittenType("amount", unit)


def benefit(key: str, entity: str, unit: str, *clauses: ast.Clause) -> ast.Benefit:
    """A benefit."""
    return t.Benefit(name(key), entity, money(unit), clauses)


def definition(key: str, entity: str, unit: str, *clauses: ast.Clause) -> ast.Definition:
    """A definition of an amount, or of a condition where the unit is "yes or no"."""
    kind = t.WrittenType("yes or no") if unit == "yes or no" else money(unit)
    return t.Definition(name(key), entity, kind, clauses)


def fact(key: str, entity: str, unit: str) -> ast.Input:
    """An amount of at least 0."""
    domain = (t.Bound(">=", t.Number(Fraction(0))),)
    return t.Input(name(key), entity, money(unit), domain, "input", None)


def parameter(key: str, unit: str, *versions: tuple[Any, Any]) -> ast.Parameter:
    """A parameter with its values by the first day, or by the year, from which they hold."""
    found = []
    for start, value in versions:
        first = start if isinstance(start, date) else date(start, 1, 1)
        literal = t.DateLiteral(first, "day" if isinstance(start, date) else "year")
        cell = value if isinstance(value, ast.NotStated) else t.Number(Fraction(value))
        found.append(t.Version(literal, (t.Cell((), cell),)))
    return t.Parameter(name(key), (), money(unit), tuple(found), ())


def statuses(entity: str, *names: str) -> ast.Statuses:
    """Yes/no facts."""
    return t.Statuses(entity, tuple(name(key) for key in names))


def ask(case: dict[str, Any], *declarations: Any, on: date = ON) -> dict[Any, Outcome]:
    """What the oracle says of a case under some declarations."""
    ruleset = t.Ruleset("test", None, None, "yuan", (), declarations)
    return outcomes([ruleset], case, on)


def ends(outcome: Outcome) -> tuple[Any, ...]:
    """Status, ends and basis."""
    return outcome.status, outcome.low, outcome.high, outcome.basis


STANDARD = parameter(
    "dibao standard", "yuan/person/month", (date(2022, 1, 1), 680), (date(2023, 1, 1), 700)
)
REFERENCE = t.Reference("dibao standard")
HEAD = t.Reference("income per head")
FAMILY = (
    STANDARD,
    fact("income", "household", "yuan/month"),
    definition(
        "income per head",
        "household",
        "yuan/person/month",
        t.Pays(t.Binary("/", t.Reference("income"), t.NumberOfMembers(None))),
    ),
    benefit(
        "dibao payment",
        "household",
        "yuan/month",
        t.When(t.Compare("<", HEAD, REFERENCE)),
        t.Pays(
            t.EachMember(
                t.AtLeast(t.Binary("-", REFERENCE, HEAD), t.Share(Fraction(2, 5), REFERENCE))
            )
        ),
        t.RoundedClause(t.Rounding("upward", Fraction(1), "yuan")),
    ),
)


def test_family_of_three() -> None:
    """Three members on 1200 yuan a month get 3 × (700 − 400) = 900 yuan a month."""
    found = ask({"household": {"income": Fraction(1200)}, "members": [{}, {}, {}]}, *FAMILY)

    assert found["dibao payment", None] == Outcome(
        "eligible", Fraction(900), Fraction(900), basis="exact"
    )
    assert ends(found["income per head", None]) == ("known", 400, 400, "exact")


def test_floor_and_rounding_are_met_after_the_sum() -> None:
    """The floor of 40 percent holds per member; only the sum is rounded."""
    found = ask({"household": {"income": Fraction(2001)}, "members": [{}, {}, {}]}, *FAMILY)

    assert ends(found["dibao payment", None]) == ("eligible", 840, 840, "exact")
    found = ask({"household": {"income": Fraction("1000.50")}, "members": [{}, {}]}, *FAMILY)
    assert ends(found["dibao payment", None]) == ("eligible", 560, 560, "exact")


def test_missing_income_of_a_household() -> None:
    """Income missing: eligible or not, up to 3 × 700."""
    found = ask({"household": {}, "members": [{}, {}, {}]}, *FAMILY)

    assert ends(found["dibao payment", None]) == ("undetermined", 0, 2100, "missing")
    assert found["dibao payment", None].needs == {(None, "income")}
    assert ends(found["income per head", None]) == ("undetermined", 0, None, "missing")


def test_unknown_members() -> None:
    """Members left out are unknown, at least one, never zero."""
    found = ask({"household": {"income": Fraction(1200)}, "members": None}, *FAMILY)

    assert ends(found["income per head", None]) == ("undetermined", 0, 1200, "missing")
    assert ends(found["dibao payment", None]) == ("undetermined", 0, None, "missing")
    assert found["dibao payment", None].needs == {(None, "members")}


def test_before_the_first_version() -> None:
    """Before the first version of its standard a payment is not in force."""
    case = {"household": {"income": Fraction(1200)}, "members": [{}]}

    assert ask(case, *FAMILY, on=date(2021, 12, 31))["dibao payment", None] == Outcome(
        "not in force"
    )
    found = ask(case, *FAMILY, on=date(2022, 12, 31))
    assert found["dibao payment", None].status == "not eligible"


RELIEF = (
    STANDARD,
    statuses("household", "sudden hardship", "urgent hardship"),
    benefit(
        "temporary relief",
        "household",
        "yuan",
        t.When(t.Or((t.Reference("sudden hardship"), t.Reference("urgent hardship")), listed=True)),
        t.Pays(t.Multiple(Fraction(2), Fraction(10), REFERENCE)),
        t.Counted(Fraction(1), Fraction(1)),
    ),
)


def test_relief_is_a_range_of_discretion() -> None:
    """2 to 10 times 700 counted for one person and one month is 1400 to 7000 yuan."""
    found = ask({"household": {"urgent hardship": True}}, *RELIEF)

    assert found["temporary relief", None] == Outcome(
        "eligible", Fraction(1400), Fraction(7000), basis="discretion"
    )


def test_relief_with_a_missing_hardship() -> None:
    """With one hardship denied and the other missing, both outcomes are followed."""
    found = ask({"household": {"urgent hardship": False}}, *RELIEF)

    assert ends(found["temporary relief", None]) == ("undetermined", 0, 7000, "both")
    assert found["temporary relief", None].needs == {(None, "sudden hardship")}


def rate(percent: int) -> Any:
    """A share of the base."""
    return t.Share(Fraction(percent, 100), None)


def in_total(percent: int, limit: int) -> Any:
    """A share of the base under a running limit."""
    return t.InTotal(rate(percent), t.Quantity(Fraction(limit), "yuan"), "year")


def stay(*statuses_and_causes: str) -> Any:
    """A condition: a status and the cause of the stay."""
    status, *cause = statuses_and_causes
    if not cause:
        return t.Reference(status)
    test = t.IsValue(t.Reference("cause of stay"), tuple(cause), negated=False)
    return t.And((t.Reference(status), test))


MEDICAL = (
    t.Category(name("cause of stay"), "person", (name("major illness"), name("other illness"))),
    statuses("person", "tekun", "dibao recipient", "patient impoverished by illness"),
    fact("out-of-pocket cost", "person", "yuan"),
    benefit(
        "medical assistance",
        "person",
        "yuan",
        t.Base(t.Reference("out-of-pocket cost")),
        t.Case(stay("tekun"), in_total(90, 30000)),
        t.Case(stay("dibao recipient", "major illness"), in_total(90, 30000)),
        t.Case(stay("dibao recipient", "other illness"), in_total(75, 20000)),
        t.Case(stay("patient impoverished by illness"), t.LimitNotStated(rate(50))),
        t.Otherwise(t.Nothing()),
        t.LimitsSeparate(),
    ),
)
PATIENT = {
    "tekun": False,
    "dibao recipient": True,
    "medical assistance paid this year": Fraction(0),
}


def medical(**facts: Any) -> Outcome:
    """The medical assistance of one patient."""
    given = {**PATIENT, **{key.replace("_", " "): value for key, value in facts.items()}}
    if "cost" in given:
        given["out-of-pocket cost"] = Fraction(given.pop("cost"))
    return ask({"members": [given]}, *MEDICAL)["medical assistance", 0]


def test_a_stay_has_one_cause_or_the_other() -> None:
    """The cause missing gives the hull of both causes, and nothing else is needed."""
    assert medical(cost=60000) == Outcome(
        "eligible",
        Fraction(20000),
        Fraction(30000),
        basis="missing",
        needs=frozenset({(0, "cause of stay")}),
    )


def test_missing_cost_and_missing_payments() -> None:
    """The cost missing: from nothing to the limit; what was paid missing: the same."""
    assert ends(medical(cause_of_stay="major illness")) == ("eligible", 0, 30000, "missing")
    given = {"tekun": True, "out-of-pocket cost": Fraction(60000)}
    found = ask({"members": [given]}, *MEDICAL)["medical assistance", 0]
    assert ends(found) == ("eligible", 0, 30000, "missing")
    assert found.needs == {(0, "medical assistance paid this year, case 1")}


def test_running_limit_takes_off_what_was_paid() -> None:
    """Each limited case has its own running total; a limit that is used up leaves nothing."""
    for paid, left in ((25000, 5000), (30000, 0), (31000, 0)):
        given = {
            "tekun": False,
            "dibao recipient": True,
            "cause of stay": "major illness",
            "out-of-pocket cost": Fraction(60000),
            "medical assistance paid this year, case 2": Fraction(paid),
        }
        found = ask({"members": [given]}, *MEDICAL)["medical assistance", 0]
        assert ends(found) == ("eligible", left, left, "exact")


def test_limit_not_stated_and_nothing() -> None:
    """A limit that the document does not give leaves a flag; no case is not eligible."""
    facts = {"dibao_recipient": False, "cost": 1000}
    found = medical(**facts, patient_impoverished_by_illness=True)

    assert (found.low, found.flags) == (500, {"limit not stated"})
    assert medical(**facts, patient_impoverished_by_illness=False).status == "not eligible"


def test_and_is_decided_by_the_item_that_is_known() -> None:
    """A missing item is not needed where another decides, whatever their order."""
    either = (t.Reference("a"), t.Reference("b"))
    rules = (
        statuses("household", "a", "b"),
        definition("both", "household", "yes or no", t.Pays(t.And(either))),
        definition("one", "household", "yes or no", t.Pays(t.Or(either))),
    )
    for missing, known in (("a", "b"), ("b", "a")):
        no = ask({"household": {known: False}}, *rules)
        yes = ask({"household": {known: True}}, *rules)
        assert no["both", None] == Outcome("known", value=False)
        assert yes["one", None] == Outcome("known", value=True)
        for found in (no["one", None], yes["both", None]):
            assert found == Outcome("undetermined", needs=frozenset({(None, missing)}))


def test_an_open_comparison_is_one_question() -> None:
    """A < b, b > a and not a ≥ b are followed alike; the number is not narrowed by them."""
    wage, limit = t.Reference("wage"), t.Number(Fraction(900))
    less = t.Compare("<", wage, limit)
    rules = (
        fact("wage", "person", "yuan/month"),
        definition(
            "alike",
            "person",
            "yes or no",
            t.Pays(t.Or((t.And((less, t.Compare("<=", limit, wage))), t.Not(less), less))),
        ),
        benefit("grant", "person", "yuan/month", t.When(less), t.Pays(wage)),
    )
    found = ask({"members": [{}]}, *rules)

    assert found["alike", 0] == Outcome("known", value=True, needs=frozenset({(0, "wage")}))
    assert ends(found["grant", 0]) == ("undetermined", 0, None, "missing")


def test_aggregates_over_partly_known_members() -> None:
    """A member of whom something is missing widens the sum; a condition that fails does not."""
    working = t.Reference("working")
    rules = (
        statuses("person", "working"),
        fact("wage", "person", "yuan/month"),
        definition(
            "wages",
            "household",
            "yuan/month",
            t.Pays(t.OverMembers("sum", t.Reference("wage"), working)),
        ),
        definition(
            "best",
            "household",
            "yuan/person/month",
            t.Pays(t.OverMembers("highest", t.Reference("wage"), working)),
        ),
        definition("workers", "household", "person/household", t.Pays(t.NumberOfMembers(working))),
        definition("any", "household", "yes or no", t.Pays(t.MemberTest("any", working))),
        definition("every", "household", "yes or no", t.Pays(t.MemberTest("every", working))),
    )
    rich, idle, unknown = {"working": True, "wage": Fraction(100)}, {"working": False}, {}
    found = ask({"members": [rich, idle, unknown]}, *rules)
    needs = frozenset({(2, "working"), (2, "wage")})

    assert found["wages", None] == Outcome(
        "undetermined", Fraction(100), None, basis="missing", needs=needs
    )
    assert ends(found["best", None]) == ("undetermined", 100, None, "missing")
    assert ends(found["workers", None]) == ("undetermined", 1, 2, "missing")
    assert found["any", None] == Outcome("known", value=True)
    assert found["every", None] == Outcome("known", value=False)
    found = ask({"members": [idle]}, *rules)
    assert ends(found["wages", None]) == ("known", 0, 0, "exact")
    assert found["best", None] == Outcome("not stated")
    found = ask({"members": None}, *rules)
    assert ends(found["wages", None]) == ("undetermined", 0, None, "missing")
    assert ends(found["workers", None]) == ("undetermined", 0, None, "missing")
    assert found["any", None] == Outcome("undetermined", needs=frozenset({(None, "members")}))


def test_not_stated_unless_pinned() -> None:
    """A standard that is not stated gives no amount, unless a cap or the caller gives it."""
    low = t.NotStated((t.Bound(">=", t.Share(Fraction(1, 10), REFERENCE)),))
    reference = t.Reference("care")
    cap = t.Quantity(Fraction(70), "yuan/person/month")
    rules = (
        STANDARD,
        parameter("care", "yuan/person/month", (2020, low)),
        benefit("open", "person", "yuan/month", t.Pays(reference)),
        benefit("pinned", "person", "yuan/month", t.Pays(t.AtMost(reference, cap))),
        benefit(
            "asked", "person", "yuan/month", t.When(t.Compare("<", reference, cap)), t.Pays(cap)
        ),
    )
    dated = frozenset({"year precision"})
    found = ask({"members": [{}]}, *rules)

    assert found["open", 0] == Outcome("not stated", flags=dated)
    assert found["pinned", 0] == Outcome(
        "eligible", Fraction(70), Fraction(70), basis="exact", flags=dated
    )
    assert found["asked", 0].status == "not eligible"
    found = ask({"members": [{}], "parameters": {"care": Fraction(90)}}, *rules)
    assert ends(found["open", 0]) == ("eligible", 90, 90, "exact")


def test_limits_hold_after_rounding() -> None:
    """What rounding lifts above a limit comes back to it."""
    limit = t.Quantity(Fraction("99.50"), "yuan/month")
    rules = (
        fact("wage", "person", "yuan/month"),
        benefit(
            "grant",
            "person",
            "yuan/month",
            t.Pays(t.AtMost(t.Reference("wage"), limit)),
            t.RoundedClause(t.Rounding("upward", Fraction(1), "yuan")),
        ),
    )
    for wage, paid in (("98.20", 99), ("99.20", Fraction("99.50")), ("200", Fraction("99.50"))):
        found = ask({"members": [{"wage": Fraction(wage)}]}, *rules)
        assert found["grant", 0].low == paid


def test_month_and_year_convert_where_declared() -> None:
    """A yearly benefit of a monthly standard is twelve times it; another rule reads it as 0."""
    rules = (
        STANDARD,
        statuses("person", "tekun"),
        benefit("yearly", "person", "yuan/year", t.When(t.Reference("tekun")), t.Pays(REFERENCE)),
        definition("read", "person", "yuan/month", t.Pays(t.Reference("yearly"))),
    )
    yes, no = (ask({"members": [{"tekun": held}]}, *rules) for held in (True, False))

    assert (yes["yearly", 0].low, yes["read", 0].low) == (8400, 700)
    assert (no["yearly", 0].status, no["read", 0].low) == ("not eligible", 0)


@pytest.mark.parametrize(
    ("mode", "value", "rounded"),
    [
        ("half up", "2.5", 3),
        ("half up", "-2.5", -3),
        ("half up", "2.4", 2),
        ("upward", "-2.5", -2),
        ("downward", "-2.5", -3),
        ("to even", "2.5", 2),
        ("to even", "3.5", 4),
        ("to even", "-2.5", -2),
        ("by the jiao upward", "100.09", 100),
        ("by the jiao upward", "100.10", 101),
    ],
)
def test_rounding_modes(mode: str, value: str, rounded: int) -> None:
    """Each mode at its edge."""
    assert round_to(Fraction(value), mode, Fraction(1)) == rounded


@pytest.mark.parametrize(
    ("why", "ends", "rounded"),
    [
        ("discretion", ("1.5", "3.5"), ("2", "3")),
        ("discretion", ("1.2", "1.8"), ("1.2", "1.8")),
        ("missing", ("1.5", "3.5"), ("2", "4")),
        ("discretion missing", ("1.5", "3.5"), ("1.5", "4")),
    ],
)
def test_rounding_of_ranges(why: str, ends: Any, rounded: Any) -> None:
    """Discretion rounds inward, missing data as written; what is both covers either."""
    low, high = ((0, Fraction(end)) for end in ends)
    found = Num(low, high, None, why.split()).rounded("upward", Fraction(1))

    assert found.ends == tuple((0, Fraction(end)) for end in rounded)


def test_a_floor_written_after_a_cap_has_the_last_word() -> None:
    """Rounding brings back no cap that a later floor has lifted."""
    cap, floor = (t.Quantity(Fraction(n), "yuan/month") for n in (100, 350))
    rules = (
        fact("wage", "person", "yuan/month"),
        benefit(
            "grant",
            "person",
            "yuan/month",
            t.Pays(t.AtLeast(t.AtMost(t.Reference("wage"), cap), floor)),
            t.RoundedClause(t.Rounding("upward", Fraction(1), "yuan")),
        ),
    )

    assert ask({"members": [{"wage": Fraction(200)}]}, *rules)["grant", 0].low == 350


def test_unknown_members_and_what_is_not_in_force() -> None:
    """There is at least one member; if any member's test is not in force, so is the outcome."""
    above = t.Compare(">", REFERENCE, t.Number(Fraction(100)))
    known = t.And((t.Reference("tekun"), above))
    rules = (
        STANDARD,
        statuses("person", "tekun"),
        *(
            benefit(
                key,
                "household",
                "yuan/month",
                t.Case(t.MemberTest("any", of), t.Number(Fraction(100))),
                t.Otherwise(t.Number(Fraction(200))),
            )
            for key, of in (("surely", above), ("perhaps", known))
        ),
    )
    found = ask({"members": None}, *rules, on=date(2021, 12, 31))

    assert found["surely", None].status == "not in force"
    assert ends(found["perhaps", None]) == ("undetermined", 0, 200, "missing")


def test_what_is_missing_is_asked_before_what_is_not_in_force() -> None:
    """A missing fact that can decide is followed, though another item is not in force."""
    above = t.Compare(">", REFERENCE, t.Number(Fraction(100)))
    conditions = (t.When(above), t.When(t.Reference("tekun")))
    aid = benefit("aid", "person", "yuan/month", *conditions, t.Pays(t.Number(Fraction(100))))
    rules = (STANDARD, statuses("person", "tekun"), aid)
    given = ({"tekun": True}, {"tekun": False}, {})
    found = ask({"members": list(given)}, *rules, on=date(2021, 12, 31))
    statuses_found = [found["aid", member].status for member in range(3)]

    assert statuses_found == ["not in force", "not eligible", "undetermined"]
