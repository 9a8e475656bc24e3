"""The evaluator on programs written by hand: what is missing, unstated, aggregated, too much."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from programs import (
    IN_FORCE_LATER,
    NIL,
    amount,
    apply,
    benefit,
    choose,
    defined,
    fact,
    flag,
    given,
    is_value,
    over,
    program,
    refer,
    specialise,
    unstated,
)

from policyrules.backends import hulls
from policyrules.backends.scalar import Evaluator
from policyrules.ir.facts import Facts, Outcome
from policyrules.ir.nodes import Constant, Definition, Expr, Input, NotStated, Variable
from policyrules.ir.simplify import specialise_expression

F = Fraction
ON = date(2023, 8, 1).toordinal()
YES, NO = Constant(True, "truth"), Constant(False, "truth")
CAUSES = ("major illness", "other illness")


def person(name: str, kind: Any = "number") -> Variable:
    """An input of the person at hand."""
    return fact(name, kind, "person")


def medical() -> Definition:
    """Medical assistance as the design's example words it."""
    cost, paid = person("cost"), person("paid this year")
    dibao, cause = person("dibao recipient", "truth"), person("cause of stay", "choice")

    def share(percent: int, limit: int) -> Expr:
        left = apply("maximum", NIL, apply("subtract", amount(limit), paid))
        return apply("minimum", apply("multiply", amount(F(percent, 100)), cost), left)

    cases = (
        (person("tekun", "truth"), share(90, 30000)),
        (apply("and", dibao, is_value(cause, CAUSES[0])), share(90, 30000)),
        (apply("and", dibao, is_value(cause, CAUSES[1])), share(75, 20000)),
        (
            person("impoverished", "truth"),
            flag(apply("multiply", amount("1/2"), cost), "limit not stated"),
        ),
    )
    pays: Expr = NIL
    for condition, value in reversed(cases):
        pays = choose(condition, value, pays)
    holds = apply("or", *(condition for condition, _ in cases))
    return benefit("medical assistance", holds, pays, "person")


MEDICAL_INPUTS = (
    given("tekun", "truth", "person"),
    given("dibao recipient", "truth", "person"),
    given("impoverished", "truth", "person"),
    given("cause of stay", "choice", "person", values=CAUSES),
    given("cost", subject="person", low=0),
    given("paid this year", subject="person", low=0),
)
PATIENT = {
    "tekun": False,
    "dibao recipient": True,
    "cost": F(60000),
    "paid this year": F(0),
    "cause of stay": "other illness",
}


def treated(**changes: Any) -> Outcome:
    """Medical assistance of the only member, some of whose facts differ (None: missing)."""
    facts = PATIENT | {name.replace("_", " "): value for name, value in changes.items()}
    member = {name: value for name, value in facts.items() if value is not None}
    evaluator = Evaluator(program(MEDICAL_INPUTS, medical()))
    return evaluator.outcome(Facts(ON, {}, (member,)), "medical assistance", 0)


def evaluate(
    expr: Expr, inputs: tuple[Input, ...], household: Any = None, members: Any = ()
) -> Outcome:
    """The outcome of one expression as a definition of the household."""
    facts = Facts(ON, household or {}, members)
    return Evaluator(program(inputs, defined("it", expr))).outcome(facts, "it")


def paid(
    holds: Expr, pays: Expr, inputs: tuple[Input, ...] = (), household: Any = None, **more: Any
) -> Outcome:
    """The outcome of a benefit of the household."""
    facts = Facts(ON, household or {}, **more)
    return Evaluator(program(inputs, benefit("it", holds, pays))).outcome(facts, "it")


def extent(outcome: Outcome) -> tuple[Any, Any]:
    """Both ends of an outcome."""
    return outcome.low, outcome.high


# --- missing discrete facts -----------------------------------------------------------------------


def test_a_missing_cause_of_stay_leaves_one_cause_or_the_other() -> None:
    """The design's example: 20,000 to 30,000, and only the cause of stay is asked for."""
    outcome = treated(cause_of_stay=None)

    assert (outcome.status, *extent(outcome)) == ("eligible", 20000, 30000)
    assert outcome.needs == ((0, "cause of stay"),)
    assert (outcome.missing, outcome.discretion, outcome.flags) == (True, False, ())


def test_a_missing_cost_gives_all_up_to_the_limit() -> None:
    """The design's example: with the cost missing too, 0 to 30,000."""
    outcome = treated(cause_of_stay=None, cost=None)

    assert (outcome.status, *extent(outcome)) == ("eligible", 0, 30000)
    assert outcome.needs == ((0, "cause of stay"), (0, "cost"))


def test_a_complete_case_is_exact() -> None:
    """Nothing missing: one number, no needs, and what was paid already is taken off."""
    outcome = treated(paid_this_year=F(15000))

    assert outcome == Outcome(
        status="eligible", what="benefit", kind="number", low=F(5000), high=F(5000)
    )


def test_missing_eligibility_is_undetermined_from_nothing() -> None:
    """Paths that differ in status: from 0 to the highest, open where a path has no limit."""
    without = treated(dibao_recipient=False)
    assert (without.status, *extent(without)) == ("undetermined", 0, 30000)
    assert without.flags == ("limit not stated",)
    assert without.needs == ((0, "impoverished"),)

    open_ended = treated(dibao_recipient=False, cost=None)
    assert (open_ended.status, *extent(open_ended)) == ("undetermined", 0, None)

    refused = treated(dibao_recipient=False, impoverished=False)
    assert (refused.status, *extent(refused)) == ("not eligible", None, None)
    assert refused.needs == ()


def test_paths_that_agree_leave_an_exact_amount() -> None:
    """Either answer pays the same: exact, though the answer was read."""
    outcome = treated(tekun=None, cause_of_stay="major illness")

    assert (*extent(outcome), outcome.missing) == (30000, 30000, False)
    assert outcome.needs == ((0, "tekun"),)


HARDSHIPS = tuple(given(name, "truth") for name in "abc")
A, B, C = (fact(name, "truth") for name in "abc")


@pytest.mark.parametrize(("operator", "decisive"), [("or", True), ("and", False)])
def test_a_decisive_operand_makes_the_open_ones_unread(operator: str, decisive: bool) -> None:
    """What is set aside is not needed once another operand decides, wherever it stands."""
    either = apply(operator, A, B, C)

    decided = evaluate(either, HARDSHIPS, {"c": decisive})
    assert (decided.status, decided.value, decided.needs) == ("known", decisive, ())
    open_one = evaluate(either, HARDSHIPS, {"c": not decisive, "b": not decisive})
    assert (open_one.status, open_one.value) == ("undetermined", None)
    assert open_one.needs == ((None, "a"),)
    assert open_one.missing


def test_only_the_branch_taken_is_read() -> None:
    """A choice reads its condition, then one branch."""
    rule = choose(A, choose(B, amount(1), amount(2)), choose(C, amount(3), amount(4)))

    assert evaluate(rule, HARDSHIPS, {"a": False}).needs == ((None, "c"),)
    assert extent(evaluate(rule, HARDSHIPS, {"a": False})) == (3, 4)
    assert extent(evaluate(rule, HARDSHIPS, {"b": True})) == (1, 4)
    assert evaluate(rule, HARDSHIPS, {"b": True}).needs == ((None, "a"), (None, "c"))


def test_a_definition_answers_alike_and_repeats_its_needs() -> None:
    """A definition read twice is one fact: a or not a is true; both readers need it."""
    rules = program(
        HARDSHIPS,
        defined("hardship", apply("and", A, B), own=False),
        defined("first", choose(refer("hardship", "truth"), amount(1), amount(2))),
        defined("always", apply("or", refer("hardship", "truth"), apply("not", A))),
    )
    outcomes = Evaluator(rules).outcomes(Facts(ON, {"b": True}, None))

    assert list(outcomes) == [("first", None), ("always", None)]
    assert extent(outcomes["first", None]) == (1, 2)
    assert outcomes["always", None].value is True
    assert all(outcome.needs == ((None, "a"),) for outcome in outcomes.values())


def test_a_definition_read_again_has_the_same_needs() -> None:
    """What a definition read is needed by everyone who reads it, also by the second in a run."""
    rules = program(
        INCOME,
        defined("after rent", apply("subtract", fact("income"), fact("rent"))),
        defined("half", apply("multiply", refer("after rent"), amount("1/2"))),
    )
    outcomes = Evaluator(rules).outcomes(Facts(ON, {"rent": F(100)}))

    assert outcomes["half", None].needs == ((None, "income"),)
    twice = program(rules.inputs, *rules.definitions, defined("third", refer("half")))
    assert Evaluator(twice).outcomes(Facts(ON))["third", None].needs == (
        (None, "income"),
        (None, "rent"),
    )


def test_a_missing_choice_is_followed_through_its_values_only() -> None:
    """Two values exhaust a category; a choice that depends on a missing fact stays open."""
    cause = fact("cause", "choice")
    inputs = (given("cause", "choice", values=CAUSES), *HARDSHIPS)
    known = apply("or", *(is_value(cause, value) for value in CAUSES))
    picked = choose(A, Constant(CAUSES[0], "choice"), cause)

    assert evaluate(known, inputs).value is True
    assert evaluate(picked, inputs, {"cause": CAUSES[0]}).value == CAUSES[0]
    assert evaluate(picked, inputs, {"cause": CAUSES[1]}).status == "undetermined"


# --- missing numbers and days ---------------------------------------------------------------------

INCOME = (given("income", low=0), given("rent", low=0, high=900))


def test_a_comparison_is_decided_alike_everywhere_on_a_path() -> None:
    """Income below 500 or not: the condition and its negation do not both pay."""
    low = apply("less", fact("income"), amount(500))
    rule = apply(
        "add",
        choose(low, amount(100), amount(10)),
        choose(apply("not", low), amount(100), amount(10)),
    )
    outcome = evaluate(rule, INCOME)

    assert extent(outcome) == (110, 110)
    assert (outcome.status, outcome.needs) == ("known", ((None, "income"),))


def test_a_decided_comparison_does_not_narrow_the_number() -> None:
    """Income stays what it was declared to be on both sides of the comparison."""
    rule = choose(apply("less", fact("rent"), amount(100)), fact("rent"), NIL)

    assert extent(evaluate(rule, INCOME)) == (0, 900)


def test_a_domain_can_decide_a_comparison() -> None:
    """A rent is never 1,000, and an income never below 0; the excluded end counts as included."""
    assert evaluate(apply("less", fact("rent"), amount(1000)), INCOME).value is True
    assert evaluate(apply("less", fact("income"), NIL), INCOME).value is False
    assert evaluate(apply("equal", fact("rent"), amount(901)), INCOME).value is False
    assert evaluate(apply("equal", fact("rent"), amount(900)), INCOME).status == "undetermined"
    strict = (given("rate", low=0, high=1, low_excluded=True),)
    assert evaluate(apply("less", NIL, fact("rate")), strict).status == "undetermined"


def test_a_missing_day_gives_a_range_of_years() -> None:
    """An age from an unknown birth date is as open as the date's domain."""
    inputs = (given("birth", "date", low=date(1960, 1, 1).toordinal()),)
    age = apply(
        "completed_years", fact("birth", "date"), Variable("date", "date", "date"), kind="number"
    )
    birth = date(1960, 8, 2).toordinal()

    assert extent(evaluate(age, inputs)) == (None, 63)
    assert extent(evaluate(age, inputs, {"birth": birth})) == (62, 62)
    assert evaluate(fact("birth", "date"), inputs, {"birth": birth}).value == birth
    assert evaluate(fact("birth", "date"), inputs).status == "undetermined"


def test_every_payment_has_floor_zero() -> None:
    """A negative amount pays 0, known or bounded, and stays eligible."""
    gap = apply("subtract", amount(700), fact("income"))

    known = paid(YES, gap, INCOME, {"income": F(900)})
    assert (known.status, *extent(known)) == ("eligible", 0, 0)
    assert extent(paid(YES, gap, INCOME)) == (0, 700)


# --- discretion -----------------------------------------------------------------------------------


def test_discretion_alone_is_a_result() -> None:
    """2 to 10 times 700 is eligible, and as a definition known: nothing is missing."""
    relief = apply("range", amount(1400), amount(7000))

    outcome = paid(YES, relief)
    assert (outcome.status, *extent(outcome)) == ("eligible", 1400, 7000)
    assert (outcome.discretion, outcome.missing) == (True, False)
    assert evaluate(relief, ()).status == "known"


def test_discretion_times_something_missing_is_both() -> None:
    """A range per member of an unknown household is discretion and missing at once."""
    relief = apply("multiply", apply("range", amount(2), amount(10)), over("count"))
    outcome = paid(YES, relief, members=None)

    assert (*extent(outcome), outcome.discretion, outcome.missing) == (2, None, True, True)
    assert outcome.needs == ((None, "members"),)


def test_paying_at_least_something_is_eligible_and_open() -> None:
    """From X to not stated: the rule itself is open, so the amount is."""
    outcome = paid(YES, apply("range", amount(175), unstated()))

    assert (outcome.status, *extent(outcome)) == ("eligible", 175, None)
    assert (outcome.discretion, outcome.missing) == (True, False)


def test_a_comparison_of_discretion_is_decided_for_all_its_values_or_not_at_all() -> None:
    """What the office decides is followed both ways where it matters."""
    relief = apply("range", amount(2), amount(10))

    assert evaluate(apply("less", relief, amount(11)), ()).value is True
    assert evaluate(apply("less", relief, amount(10)), ()).status == "undetermined"


# --- not stated, not in force ---------------------------------------------------------------------


def test_an_unstated_amount_is_not_stated_unless_pinned_or_supplied() -> None:
    """The document gives none; a cap may still pin it, and the case may supply it."""
    care = unstated("care standard", 70)

    assert paid(YES, care).status == "not stated"
    assert extent(paid(YES, care)) == (None, None)
    assert extent(paid(YES, apply("minimum", care, amount(50)))) == (50, 50)
    assert evaluate(care, ()).status == "not stated"
    supplied = paid(YES, care, parameters={("care standard", ()): F(80)})
    assert (supplied.status, *extent(supplied)) == ("eligible", 80, 80)
    cell = Constant(NotStated(name="tier amount", keys=("first",)), "number")
    table = paid(YES, cell, parameters={("tier amount", ("first",)): F(3)})
    assert extent(table) == (3, 3)


def test_a_comparison_with_something_unstated_needs_the_parameter() -> None:
    """Eligibility hangs on what the document leaves out: undetermined, and it is asked for."""
    poor = apply("less", amount(500), unstated("standard", 400))

    outcome = paid(poor, amount(100))
    assert (outcome.status, *extent(outcome)) == ("undetermined", 0, 100)
    assert outcome.needs == (("parameters", "standard"),)
    assert paid(apply("less", amount(300), unstated("standard", 400)), amount(1)).needs == ()
    alike = paid(apply("or", poor, apply("not", poor)), amount(1))
    assert (alike.status, alike.needs) == ("eligible", ())


def test_a_path_that_is_not_stated_leaves_the_bound_open() -> None:
    """One answer pays 10, the other what nobody states."""
    rule = choose(A, amount(10), unstated("standard"))

    outcome = paid(YES, rule, HARDSHIPS)
    assert (outcome.status, *extent(outcome)) == ("undetermined", 0, None)


def test_before_the_first_version_nothing_is_in_force() -> None:
    """A value before its first version stops the path, unless something else decides."""
    poor = apply("less", amount(500), IN_FORCE_LATER)

    assert paid(YES, IN_FORCE_LATER).status == "not in force"
    assert paid(poor, amount(1)).status == "not in force"
    assert evaluate(IN_FORCE_LATER, ()).status == "not in force"
    assert evaluate(poor, ()).status == "not in force"
    assert paid(apply("and", poor, NO), amount(1)).status == "not eligible"
    assert paid(apply("or", poor, YES), amount(1)).status == "eligible"
    assert paid(apply("or", poor, NO), amount(1)).status == "not in force"


def test_an_open_question_goes_before_a_missing_version() -> None:
    """What may still decide is asked: without a the rule is refused, with it not in force."""
    poor = apply("less", amount(500), IN_FORCE_LATER)

    outcome = paid(apply("and", poor, A), amount(1), HARDSHIPS)
    assert (outcome.status, *extent(outcome)) == ("undetermined", 0, 0)
    assert outcome.needs == ((None, "a"),)
    assert paid(apply("and", poor, A), amount(1), HARDSHIPS, {"a": False}).status == "not eligible"


def test_a_choice_that_is_not_stated_has_no_value() -> None:
    """Only numbers and days have bounds to go on with."""
    tier = Constant(NotStated(), "choice")

    assert evaluate(tier, ()).status == "not stated"


def test_flags_are_those_of_the_paths_followed() -> None:
    """A flag is noted where it is evaluated, once, and forgotten with what is set aside."""
    soft = choose(A, flag(amount(1), "soft rule"), flag(amount(2), "year precision"))

    assert evaluate(soft, HARDSHIPS, {"a": True}).flags == ("soft rule",)
    assert evaluate(soft, HARDSHIPS).flags == ("soft rule", "year precision")
    aside = apply("or", apply("and", flag(YES, "open list"), A), YES)
    assert evaluate(aside, HARDSHIPS).flags == ()
    later = apply("less", NIL, IN_FORCE_LATER)
    stopped = apply("or", apply("and", flag(YES, "open list"), later), NO)
    assert evaluate(stopped, ()).flags == ("open list",)


# --- members --------------------------------------------------------------------------------------

WAGE = person("wage")
WORKS = person("works", "truth")
MEMBERS = (
    given("wage", subject="person", low=0),
    given("works", "truth", "person"),
    given("debt", subject="person"),
    *INCOME,
)


def test_sums_over_members_with_gaps() -> None:
    """A missing wage is bounded by its domain; a missing condition is a fork of its own."""
    family = ({"wage": F(5), "works": True}, {"works": True}, {"wage": F(7)})

    total = evaluate(over("sum", WAGE), MEMBERS, members=family)
    assert (*extent(total), total.needs) == (12, None, ((1, "wage"),))
    working = evaluate(over("sum", WAGE, WORKS), MEMBERS, members=(family[0], family[2]))
    assert (*extent(working), working.needs) == (5, 12, ((1, "works"),))
    assert extent(evaluate(over("count", None, WORKS), MEMBERS, members=family)) == (2, 3)
    assert extent(evaluate(over("count"), MEMBERS, members=family)) == (3, 3)


def test_extremes_over_members() -> None:
    """The highest and lowest of those who count; of nobody, not stated."""
    family = ({"wage": F(5), "works": True}, {"wage": F(7), "works": False})
    for function, everyone in (("highest", 7), ("lowest", 5)):
        assert extent(evaluate(over(function, WAGE), MEMBERS, members=family)) == (everyone,) * 2
        assert extent(evaluate(over(function, WAGE, WORKS), MEMBERS, members=family)) == (5, 5)
    idle = over("highest", WAGE, WORKS)
    assert evaluate(idle, MEMBERS, members=family[1:]).status == "not stated"
    assert extent(evaluate(over("sum", WAGE, WORKS), MEMBERS, members=family[1:])) == (0, 0)


def test_any_and_every_are_or_and_and() -> None:
    """One member decides and the gaps of the others are not needed; of nobody, no and yes."""
    rich = apply("less", amount(6), WAGE)
    family = ({"works": True}, {"wage": F(7), "works": True}, {"wage": F(1), "works": False})

    some, all_ = over("any", rich), over("every", rich)
    assert (evaluate(some, MEMBERS, members=family).value) is True
    assert evaluate(some, MEMBERS, members=family).needs == ()
    assert evaluate(all_, MEMBERS, members=family).value is False
    working = evaluate(over("every", rich, WORKS), MEMBERS, members=family)
    assert (working.status, working.needs) == ("undetermined", ((0, "wage"),))
    assert evaluate(over("any", rich, WORKS), MEMBERS, members=family[2:]).value is False
    assert evaluate(over("every", rich, WORKS), MEMBERS, members=family[2:]).value is True


def test_unknown_members_are_not_zero() -> None:
    """One member at least, of whom only the declared domains are known."""
    for expr, expected in (
        (over("count"), (1, None)),
        (over("count", None, WORKS), (0, None)),
        (over("sum", WAGE), (0, None)),
        (over("sum", apply("add", WAGE, amount(3))), (3, None)),
        (over("sum", apply("add", WAGE, amount(3)), WORKS), (0, None)),
        (over("sum", person("debt")), (None, None)),
        (over("highest", apply("minimum", WAGE, amount(9))), (0, 9)),
    ):
        outcome = evaluate(expr, MEMBERS, members=None)
        assert (outcome.status, *extent(outcome)) == ("undetermined", *expected)
        assert outcome.needs == ((None, "members"),)
    for function in ("any", "every"):
        outcome = evaluate(over(function, WORKS), MEMBERS, members=None)
        assert (outcome.value, outcome.needs) == (None, ((None, "members"),))


def test_unknown_members_of_whom_none_may_count() -> None:
    """The highest of those who work: a bound if one does, not stated if none does."""
    highest = over("highest", apply("minimum", WAGE, amount(9)), WORKS)

    outcome = paid(YES, highest, MEMBERS, members=None)
    assert (outcome.status, *extent(outcome)) == ("undetermined", 0, None)
    assert paid(YES, over("highest", amount(4)), MEMBERS, members=None).high == 4


def test_a_figure_of_unknown_members_that_is_not_in_force() -> None:
    """Every member has the figure: not in force; only some do: it depends on them."""
    later = apply("add", WAGE, IN_FORCE_LATER)

    assert evaluate(over("sum", later), MEMBERS, members=None).status == "not in force"
    some = evaluate(over("sum", later, WORKS), MEMBERS, members=None)
    assert (some.status, *extent(some)) == ("undetermined", 0, 0)


def test_a_household_comparison_is_one_for_all_members() -> None:
    """What reads nothing of the person is decided once, not once a member."""
    poor = apply("less", fact("income"), amount(500))
    per_head = over("sum", choose(poor, amount(1), NIL))
    outcome = evaluate(per_head, MEMBERS, members=({}, {}, {}))
    counted = evaluate(apply("equal", per_head, amount(2)), MEMBERS, members=({}, {}, {}))

    assert extent(outcome) == (0, 3)
    assert counted.value is False


def test_persons_have_their_own_outcomes() -> None:
    """One outcome for each member, none while they are unknown, and needs say whose."""
    rules = program(
        MEMBERS,
        benefit("grant", WORKS, WAGE, "person"),
        defined("grants", over("sum", refer("grant"))),
    )
    known = Evaluator(rules).outcomes(
        Facts(ON, {}, ({"works": False}, {"wage": F(3), "works": True}, {"wage": F(4)}))
    )
    unknown = Evaluator(rules).outcomes(Facts(ON, {}, None))

    assert [known["grant", member].status for member in range(3)] == [
        "not eligible",
        "eligible",
        "undetermined",
    ]
    assert extent(known["grant", 2]) == (0, 4)
    assert extent(known["grants", None]) == (3, 7)
    assert known["grants", None].needs == ((2, "works"),)
    assert list(unknown) == [("grants", None)]
    assert extent(unknown["grants", None]) == (0, None)


def test_needs_stand_in_the_order_of_the_case() -> None:
    """Household facts first, then the members in order, each in the order of declaration."""
    asked = apply(
        "add", over("sum", choose(WORKS, WAGE, NIL)), apply("add", fact("rent"), fact("income"))
    )
    outcome = evaluate(asked, MEMBERS, members=({}, {"works": True}))

    assert outcome.needs == (
        (None, "income"),
        (None, "rent"),
        (0, "wage"),
        (0, "works"),
        (1, "wage"),
    )
    some = evaluate(asked, MEMBERS, {"income": F(1)}, members=None)
    assert some.needs == ((None, "rent"), (None, "members"))


# --- many paths -----------------------------------------------------------------------------------


def many(count: int) -> tuple[tuple[Input, ...], list[Expr]]:
    """So many independent questions, each worth one yuan."""
    names = [f"q{place}" for place in range(count)]
    inputs = tuple(given(name, "truth") for name in names)
    return inputs, [choose(fact(name, "truth"), amount(1), NIL) for name in names]


def total(parts: list[Expr]) -> Expr:
    """The sum of all."""
    result: Expr = NIL
    for part in parts:
        result = apply("add", result, part)
    return result


def test_above_the_cap_the_bound_is_loose_and_says_so() -> None:
    """4,096 paths are followed; with one question more the outcome is bounded in one go."""
    inputs, parts = many(13)

    within = evaluate(total(parts), inputs, {"q12": True})
    assert (*extent(within), within.flags) == (1, 13, ())
    beyond = evaluate(total(parts), inputs)
    assert (*extent(beyond), beyond.flags) == (0, 13, ("loose bound",))
    assert len(beyond.needs) == 13


def test_a_loose_bound_forgets_what_belongs_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """One run cannot know that a stay has one cause or the other: looser, never wrong."""
    monkeypatch.setattr(hulls, "CAP", 1)
    outcome = treated(cause_of_stay=None)

    assert (outcome.status, *extent(outcome)) == ("undetermined", 0, 30000)
    assert outcome.flags == ("limit not stated", "loose bound")
    assert treated().flags == ()


def test_a_loose_truth_is_undetermined(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open truths and choices stay open, decisive operands still decide."""
    monkeypatch.setattr(hulls, "CAP", 1)

    assert evaluate(apply("or", A, apply("not", A)), HARDSHIPS).status == "undetermined"
    assert evaluate(apply("or", A, B), HARDSHIPS, {"b": True}).value is True
    later = apply("less", amount(1), IN_FORCE_LATER)
    assert paid(apply("and", later, A), amount(1), HARDSHIPS).status == "undetermined"
    assert extent(paid(A, choose(B, IN_FORCE_LATER, amount(3)), HARDSHIPS)) == (0, 3)
    some = evaluate(over("highest", WAGE, WORKS), MEMBERS, members=({"wage": F(1)},))
    assert (some.status, *extent(some)) == ("undetermined", None, None)


def test_a_loose_run_knows_that_a_path_may_have_no_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Values before their first version, in one branch, in both, or for some members only."""
    monkeypatch.setattr(hulls, "CAP", 1)
    asked = apply("less", NIL, choose(A, apply("subtract", NIL, amount(1)), IN_FORCE_LATER))

    assert paid(asked, amount(1), HARDSHIPS).status == "undetermined"
    assert paid(A, choose(B, IN_FORCE_LATER, IN_FORCE_LATER), HARDSHIPS).status == "undetermined"
    family = ({"works": False}, {"wage": F(2), "works": True}, {})
    later = choose(apply("equal", WAGE, amount(2)), WAGE, IN_FORCE_LATER)
    some = evaluate(over("sum", later, WORKS), MEMBERS, members=family)
    assert (some.status, *extent(some)) == ("undetermined", 2, None)
    highest = evaluate(
        over("highest", apply("minimum", WAGE, amount(9)), WORKS), MEMBERS, members=family
    )
    assert extent(highest) == (2, 9)
    later_still = apply("and", apply("less", amount(1), IN_FORCE_LATER), A)
    refused = evaluate(choose(later_still, amount(5), amount(3)), HARDSHIPS)
    assert (refused.status, *extent(refused)) == ("undetermined", 3, 3)
    not_yet = over("sum", IN_FORCE_LATER, WORKS)
    for unsure in (({"works": False}, {}), None):
        outcome = evaluate(
            apply("add", not_yet, choose(A, NIL, NIL)), (*MEMBERS, *HARDSHIPS), members=unsure
        )
        assert (outcome.status, *extent(outcome)) == ("undetermined", 0, 0)


# --- days -----------------------------------------------------------------------------------------


def standard() -> Expr:
    """680, from 2023 on 700."""
    new_year = Constant(date(2023, 1, 1).toordinal(), "date")
    before = apply("less", Variable("date", "date", "date"), new_year)
    return choose(before, amount(680), amount(700))


def test_the_day_chooses_the_version() -> None:
    """The first day of a version is its own; the evaluator serves any number of days."""
    evaluator = Evaluator(program((), defined("it", standard())))
    days = [date(2022, 12, 31), date(2023, 1, 1)] * 6

    values = [evaluator.outcome(Facts(day.toordinal()), "it").low for day in days]
    assert values == [680, 700] * 6


def test_a_day_settles_which_rule_is_read() -> None:
    """What another day's rule would read is not needed on this one."""
    year = choose(
        apply("less", Variable("date", "date", "date"), Constant(ON, "date")),
        fact("rent"),
        apply("minimum", fact("income"), amount(9), amount(8)),
    )

    assert evaluate(year, INCOME).needs == ((None, "income"),)
    assert extent(evaluate(year, INCOME)) == (0, 8)


def test_a_parameter_can_be_a_variable() -> None:
    """A parameter left to the case is not stated until it is supplied."""
    rule = Variable("standard", "parameters", "number")

    assert paid(YES, rule).status == "not stated"
    assert extent(paid(YES, rule, parameters={("standard", ()): F(7)})) == (7, 7)


def test_specialising_leaves_the_value_of_the_day() -> None:
    """On a day the version is a constant; what is not settled stays, with its origin."""
    rule = apply("add", apply("multiply", standard(), amount(2)), fact("income"))

    assert specialise_expression(standard(), ON) == amount(700)
    assert specialise_expression(rule, ON) == apply("add", amount(1400), fact("income"))
    assert specialise_expression(flag(standard(), "f"), ON) == flag(amount(700), "f")
    assert specialise_expression(apply("add", unstated(), NIL), ON) == apply("add", unstated(), NIL)
    whole = program(INCOME, benefit("it", apply("less", NIL, rule), rule))
    assert Evaluator(specialise(whole, ON)).outcome(Facts(ON), "it") == Evaluator(whole).outcome(
        Facts(ON), "it"
    )


def test_what_a_day_makes_equal_stays_two_comparisons() -> None:
    """Two standards that happen to be 700 today are decided apart, whatever is folded."""
    below = apply("less", fact("income"), standard())
    also = apply("less", fact("income"), amount(700))
    differs = apply("and", below, apply("not", also))

    assert evaluate(differs, INCOME).status == "undetermined"
    assert evaluate(apply("and", below, apply("not", below)), INCOME).value is False


# --- asking along a path --------------------------------------------------------------------------


def test_any_expression_can_be_asked_along_a_path() -> None:
    """The paths of an outcome give the decisions under which each part has its value."""
    rule = choose(A, apply("add", amount(1), fact("rent")), NIL)
    evaluator = Evaluator(program((*HARDSHIPS, *INCOME), defined("it", rule)))
    facts = Facts(ON, {"rent": F(4)})

    paths = evaluator.paths(facts, "it")
    assert [path.value for path in paths] == [5, 0]
    run = evaluator.run(facts, paths[0].decisions)
    assert evaluator.value(run, A) is True
    assert evaluator.value(run, rule.operands[1]) == 5
