"""What claims to be a program: refused, or with an outcome for every case."""

import json
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest
from programs import (
    amount,
    apply,
    benefit,
    choose,
    defined,
    fact,
    flag,
    given,
    over,
    program,
    refer,
)

from policyrules.ir.nodes import (
    Apply,
    Collection,
    Constant,
    Definition,
    Expr,
    NotStated,
    Over,
    Program,
    Soft,
    Variable,
)
from policyrules.ir.serial import from_rows, to_rows
from policyrules.loading import compile_named
from policyrules.ruleset import Ruleset
from policyrules.source import Source, Text

RULESETS = Path(__file__).parent / "rulesets"
CASES: tuple[dict[str, Any], ...] = (
    {"household": {"members": [{}, {}]}},
    {"household": {}},
    {"person": {}},
    {"case": {}},
)
CLAIMS = Collection("claims", "person", Text("claims", None))
INPUTS = (
    given("income"),
    given("poor", "truth"),
    given("wage", subject="person"),
    given("grade", "choice", values=("one", "two")),
    given("born", "date", subject="person"),
    attrs.evolve(given("cost", subject="person"), collection=CLAIMS),
)
INCOME, POOR, WAGE = fact("income"), fact("poor", "truth"), fact("wage", subject="person")
COST = fact("cost", subject="person")
BORN = fact("born", "date", "person")
TODAY = Variable("date", "date", "date")


def read_back(whole: Program) -> Program:
    """A program as it is read from its table; ValueError where it is none."""
    return from_rows(json.loads(json.dumps(to_rows(whole, []))), [])


def of_claims(body: Expr, condition: Expr | None = None) -> Over:
    """A sum over a list of the person at hand."""
    return Over("sum", body, condition, "number", collection=CLAIMS)


SOUND: tuple[tuple[Definition, ...], ...] = (
    (defined("a", apply("round_half_up", INCOME, amount(1))), defined("b", refer("a"))),
    (defined("a", WAGE, "person"), defined("b", over("sum", refer("a")))),
    (defined("a", of_claims(apply("multiply", COST, WAGE)), "person"),),
    (defined("a", over("sum", of_claims(COST))),),
    (defined("a", Over("highest", BORN, None, "date")),),
    (defined("a", over("count", None, apply("less", WAGE, amount(5)))),),
    (defined("a", choose(POOR, flag(INCOME, "open list"), amount(0))),),
    (benefit("a", POOR, INCOME), defined("b", refer("a"))),
    (defined("a", apply("less", BORN, TODAY), "person"),),
)


@pytest.mark.parametrize("rules", SOUND, ids=range(len(SOUND)))
def test_what_reads_what_is_declared(rules: tuple[Definition, ...]) -> None:
    """Such a program is read, and has its outcomes."""
    whole = program(INPUTS, *rules)
    assert read_back(whole) == whole
    answered(whole)


def changed(rule: Definition, **parts: Any) -> Definition:
    """A definition with other parts."""
    return attrs.evolve(rule, **parts)


UNSOUND: tuple[tuple[Definition, ...], ...] = (
    (defined("a", fact("nowhere")),),
    (defined("a", fact("income", subject="person"), "person"),),
    (defined("a", fact("poor")),),
    (defined("a", Variable("income", "parameters", "number")),),
    (defined("a", Variable("date", "date", "number")),),
    (defined("a", Constant(NotStated(name="rate"), "number")),),
    (defined("a", apply("round_half_up", POOR, amount(1))),),
    (defined("a", apply("round_half_up", INCOME, refer("b"))), defined("b", amount(1))),
    (defined("a", POOR), defined("b", apply("round_half_up", refer("a"), amount(1)))),
    (defined("a", INCOME), defined("a", INCOME)),
    (defined("a", WAGE),),
    (defined("a", WAGE, "person"), defined("b", refer("a"))),
    (defined("a", COST, "person"),),
    (defined("a", of_claims(COST)),),
    (defined("a", of_claims(over("sum", COST)), "person"),),
    (
        defined(
            "a",
            attrs.evolve(
                of_claims(amount(1)), collection=Collection("c", "person", Text("c", None))
            ),
            "person",
        ),
    ),
    (defined("a", over("sum", POOR)),),
    (defined("a", over("sum")),),
    (defined("a", over("count", WAGE)),),
    (defined("a", over("any", WAGE)),),
    (defined("a", over("sum", WAGE, WAGE)),),
    (defined("a", attrs.evolve(over("highest", WAGE), kind="date")),),
    (defined("a", Apply("flagged", (INCOME, fact("grade", "choice")), "number")),),
    (changed(defined("a", INCOME), kind="truth"),),
    (changed(benefit("a", POOR, INCOME), holds=INCOME),),
    (changed(benefit("a", POOR, INCOME), amount=POOR),),
    (changed(benefit("a", POOR, INCOME), due=INCOME),),
    (changed(benefit("a", POOR, INCOME), value=POOR, kind="truth"),),
    (changed(benefit("a", POOR, INCOME), soft=(Soft(INCOME),)),),
    (changed(benefit("a", POOR, INCOME), soft=(Soft(fact("nowhere", "truth")),)),),
)


@pytest.mark.parametrize("rules", UNSOUND, ids=range(len(UNSOUND)))
def test_what_reads_anything_else(rules: tuple[Definition, ...]) -> None:
    """What is not declared, of another kind, or of somebody who is not at hand is refused."""
    whole = program(INPUTS, *rules)
    with pytest.raises(ValueError, match="not to be computed"):
        read_back(whole)


@pytest.mark.parametrize(
    "inputs",
    [
        (given("a"), given("a", "truth")),
        (given("a", "choice"),),
        (given("a", low=2, high=1),),
        (given("a", "date", low=-5),),
        (attrs.evolve(given("a"), collection=CLAIMS),),
    ],
)
def test_facts_that_nothing_can_be(inputs: Any) -> None:
    """Two of one name, a choice of nothing, an empty range, no day, a record of somebody else."""
    with pytest.raises(ValueError, match="not to be computed"):
        read_back(program(inputs))


def sources_of(whole: Program) -> dict[str, Source]:
    """The rule files that a program comes from, by name."""
    found: dict[str, Source] = {}
    pending: list[Any] = [whole]
    seen: set[int] = set()
    while pending:
        thing = pending.pop()
        if isinstance(thing, Source):
            found[thing.name] = thing
        elif id(thing) not in seen and (isinstance(thing, tuple) or attrs.has(type(thing))):
            seen.add(id(thing))
            parts = thing if isinstance(thing, tuple) else vars_of(thing)
            pending.extend(parts)
    return found


def vars_of(thing: Any) -> list[Any]:
    """The values of the fields of one of our things."""
    return [getattr(thing, found.name) for found in attrs.fields(type(thing))]


def answered(whole: Program) -> None:
    """All that may be asked of a program has an answer."""
    rules = Ruleset(whole)
    rules.describe()
    rules.describe_text("zh")
    case = next(case for case in CASES if whole.about in case)
    result = rules.evaluate(case, "2023-08-01")
    assert result.to_dict()
    assert result.to_text("zh")
    assert all(str(outcome.explain("en")) for outcome in result.values())
    if whole.about == "household":
        assert rules.evaluate({"household": {}}, "2023-08-01").to_dict()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "name",
    ["example.river_city", *(RULESETS / f"{n}.rules" for n in ("lists", "decided", "bands"))],
)
def test_a_program_that_was_changed_anywhere(name: str | Path, seed: int) -> None:
    """One part exchanged, mostly for another part of the program: refused, or with its outcomes."""
    whole = compile_named(name).program
    sources = sources_of(whole)
    rows = json.loads(json.dumps(to_rows(whole, [*sources])))
    random = Random(seed)  # noqa: S311 (nothing secret)
    used = 0
    for _ in range(120):
        changed_rows = [list(row) for row in rows]
        row = random.choice(changed_rows)
        place = random.randrange(len(row))
        others: list[Any] = [None, True, -1, 10**6, "", "x", "multiply", "person", []]
        others += [[random.randrange(len(rows))] for _ in range(9)]
        others += [random.choice(random.choice(rows)) for _ in range(6)]
        row[place] = random.choice(others)
        try:
            made = from_rows(changed_rows, [*sources.values()])
        except ValueError:
            continue
        used += 1
        answered(made)
    assert used
