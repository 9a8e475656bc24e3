"""The published JSON schemas: whatever is printed fits them, and they are strict."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from agreement import facts_of, product_case, ruleset_of
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from letter_cases import CASES as LETTERS
from strategies import Author
from strategies_cases import Drawn, by, case_of, rulesets_and_cases
from test_explain import CASES, result

import policyrules
from policyrules import Ruleset, wording
from policyrules.backends.awards import Position, Verdict
from policyrules.backends.steps import Role, State
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.counterfactual import Effect as Changes
from policyrules.data import rulesets_folder
from policyrules.difference import Reason
from policyrules.explanation_amounts import Effect
from policyrules.interview import Interview
from policyrules.ir.facts import Status
from policyrules.questions import Kind
from policyrules.results import Result
from policyrules.results_json import Basis
from policyrules.source import Language, Source

FOLDER = Path(policyrules.__file__).parent / "schemas"
NAMES = sorted(path.name.removesuffix(".schema.json") for path in FOLDER.iterdir())
LANGUAGES = get_args(Language)
BUNDLED = sorted(
    ".".join(path.relative_to(rulesets_folder()).with_suffix("").parts)
    for path in rulesets_folder().rglob("*.rules")
)


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of a schema."""
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def fits(name: str, data: object) -> bool:
    """Whether data, as JSON has it, fits a schema."""
    return not wrong(name, data)


def wrong(name: str, data: object) -> list[str]:
    """What does not fit a schema, where."""
    found = validator(name).iter_errors(json.loads(json.dumps(data)))
    return [f"{error.json_path}: {error.message}" for error in found]


def objects(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of an object, with where it stands."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield path, schema
        for key, below in schema.items():
            yield from objects(below, f"{path}/{key}")
    elif isinstance(schema, list):
        for number, below in enumerate(schema):
            yield from objects(below, f"{path}/{number}")


def printed(found: Result) -> dict[str, object]:
    """What `eval --json --explain` prints."""
    told = [outcome.explain("zh").to_dict() for outcome in found.values()]
    return found.to_dict() | {"explanations": told}


def agreeing(found: Result) -> None:
    """The result and each explanation by itself fit their schemas."""
    assert wrong("result", printed(found)) == []
    for outcome in found.values():
        assert fits("explanation", outcome.explain("en").to_dict())


def judged(rules: Ruleset, found: Result, case: Any, on: Any) -> None:
    """The check of an award fits its schema."""
    for (name, path), outcome in found.items():
        if outcome.what == "benefit":
            check = rules.check_award((name, path), case, 100, on)
            for lang in LANGUAGES:
                assert wrong("award", check.to_dict(lang)) == []


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_strict(name: str) -> None:
    """No object may have a key that its schema does not tell; what is told is required or named."""
    schema = validator(name).schema
    assert schema["$id"] == f"urn:policyrules:schema:{name}:1"
    assert schema["description"]
    for path, found in objects(schema):
        assert "additionalProperties" in found, path
        named = found.get("properties", {})
        # A household has members beside the facts that the rules name.
        assert not named or found["additionalProperties"] is False or list(named) == ["members"]
        assert set(found.get("required", ())) <= set(named), path


@pytest.mark.parametrize("name", NAMES)
def test_every_key_is_described(name: str) -> None:
    """What stands under a key is said in words, there or where it is defined."""
    schema = validator(name).schema
    for path, found in objects(schema):
        for key, each in found.get("properties", {}).items():
            defined = schema["$defs"].get(each.get("$ref", "").removeprefix("#/$defs/"), {})
            assert each.get("description") or defined.get("description"), (path, key)


def test_definitions_are_the_same_everywhere() -> None:
    """Each file stands alone; what several define, they define alike."""
    known: dict[str, Any] = {}
    for name in NAMES:
        for key, found in validator(name).schema["$defs"].items():
            assert known.setdefault(key, found) == found, key


def test_words_are_those_of_the_code() -> None:
    """The words of the schemas are all that there are."""
    told = validator("explanation").schema["$defs"]
    step, figure = (told[name]["properties"] for name in ("step", "figure"))
    award = validator("award").schema
    assert tuple(step["role"]["enum"]) == get_args(Role)
    assert tuple(step["effect"]["enum"]) == get_args(Effect)
    assert ("", *figure["state"]["enum"]) == get_args(State)
    assert tuple(told["status"]["enum"]) == get_args(Status)
    assert tuple(award["properties"]["verdict"]["enum"]) == get_args(Verdict)
    assert set(award["properties"]["position"]["enum"]) == {*get_args(Position), None}
    assert tuple(award["$defs"]["amount"]["properties"]["basis"]["enum"]) == get_args(Basis)
    flags = award["$defs"]["outcome"]["oneOf"][0]["properties"]["flags"]
    assert tuple(flags["items"]["enum"]) == tuple(wording.FLAGS)
    what_if, diff, letter, questions = (
        validator(name).schema for name in ("what-if", "diff", "letter", "questions")
    )
    for change in ("change", "unproved"):
        effect = what_if["$defs"][change]["properties"]["effect"]
        assert tuple(effect["enum"]) == get_args(Changes)
    assert tuple(diff["$defs"]["cause"]["properties"]["kind"]["enum"]) == get_args(Reason)
    assert tuple(letter["properties"]["lang"]["enum"]) == LANGUAGES
    asked = questions["$defs"]["question"]["properties"]
    assert tuple(asked["kind"]["enum"]) == get_args(Kind)


@pytest.mark.parametrize("name", CASES)
def test_results_fit(name: str) -> None:
    """Results, explanations and checks of awards of the cases that explanations are tried on."""
    ruleset, on, household = CASES[name]
    found = result(name)
    agreeing(found)
    judged(policyrules.load(ruleset), found, {"household": household}, on)


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_rulesets_fit(name: str) -> None:
    """Whatever the bundled rulesets say of somebody of whom nothing is known."""
    rules = policyrules.load(name)
    nobody = {"members": [{}]} if rules.program.about == "household" else {}
    case = {rules.program.about: nobody}
    found = rules.evaluate(case, on="2024-01-01")
    agreeing(found)
    judged(rules, found, case, "2024-01-01")


def consequences(rules: Ruleset, found: Result, case: Any, on: Any) -> None:
    """Letters and what would change the decisions of a result, in both languages."""
    for (name, path), outcome in found.items():
        if outcome.what == "benefit":
            changes = rules.what_if(case, (name, path), on)
            for lang in LANGUAGES:
                assert wrong("what-if", changes.to_dict(lang)) == []
                assert wrong("letter", outcome.letter(lang, changes).to_dict()) == []


def beside(rules: Ruleset, case: Any, days: tuple[Any, Any], other: Ruleset | None = None) -> None:
    """What is another outcome on another day or by other rules, in both languages."""
    found = rules.difference(case, *days, other=other)
    for lang in LANGUAGES:
        assert wrong("diff", found.to_dict(lang)) == []


def asked(rules: Ruleset, case: Any, on: Any) -> None:
    """A case, and what is to be asked about it."""
    assert wrong("case", case) == []
    assert wrong("questions", [each.to_dict() for each in rules.questions(case, on)]) == []


@pytest.mark.parametrize("name", LETTERS)
def test_what_follows_from_results_fits(name: str) -> None:
    """Letters, what-ifs, differences and questions of the cases that letters were read of."""
    ruleset, on, case = LETTERS[name]
    rules = policyrules.load(ruleset)
    consequences(rules, rules.evaluate(case, on), case, on)
    # Of what a document states later, a case may supply nothing then.
    beside(rules, {key: case[key] for key in case if key != "parameters"}, (on, "2026-01-01"))
    nobody = {"household": {"members": [{}, {}]}}
    beside(rules, nobody, (on, on), policyrules.load("example.river_city"))
    asked(rules, case, on)


def test_no_bundled_ruleset_is_left_out() -> None:
    """Every bundled ruleset that decides on somebody is among the cases above."""
    deciding = {name for name in BUNDLED if policyrules.load(name).describe()["benefits"]}

    assert deciding <= {ruleset for ruleset, _, _ in LETTERS.values()}


@pytest.mark.slow
@pytest.mark.parametrize("name", BUNDLED)
@settings(max_examples=1)
@given(data=st.data())
def test_what_follows_from_random_cases_fits(name: str, data: st.DataObject) -> None:
    """The same of random cases."""
    program, trees = ruleset_of(name)
    author = Author(by(data.draw), persons_only=program.about == "person")
    drawn, on = case_of(author, facts_of(program, trees), program.about)
    case, rules = product_case(drawn, program.about), Ruleset(program)
    consequences(rules, rules.evaluate(case, on), case, on)
    beside(rules, case, ("2022-08-01", on))
    asked(rules, json.loads(json.dumps(case, default=str)), on)


@pytest.mark.parametrize("name", BUNDLED)
def test_cases_of_interviews_fit(name: str) -> None:
    """The case at each step of an interview, and its result at the end."""
    interview = Interview(policyrules.load(name), "2024-08-01")
    for _ in range(4):
        question = interview.question
        if question is None:
            break
        assert wrong("case", interview.case) == []
        assert wrong("questions", [question.to_dict()]) == []
        if question.answers:
            interview.answer("1")
        elif question.kind == "date":
            interview.answer("2020-02-29")
        else:
            interview.answer("2" if question.kind == "how many" else "10")
    assert wrong("case", interview.case) == []
    agreeing(interview.result)


@pytest.mark.parametrize(
    "case",
    [
        {"household": {"members": []}},
        {"household": {}, "person": {}},
        {"home": {}},
        {"on": 20230801},
        {"person": {"income": {"low": 1}}},
        {"household": {"members": [[]]}},
        {"parameters": {"standard": [1]}},
        [],
    ],
)
def test_what_is_no_case_is_refused(case: Any) -> None:
    """By the schema as by the reader, whatever the ruleset."""
    assert wrong("case", case)


DECIDED = """ruleset t
input cost of person: yuan, at least 0
benefit grant of person: yuan, one-off
    pays 10% to 90% of cost
    decided by "the town"
    decided in steps of 100 yuan
    above 1000 yuan decided by "the county"
    at least 5000 yuan decided by "the city"
"""


def test_levels_of_approval_fit() -> None:
    """Who decides above which amounts, and whether the amount itself is theirs."""
    rules = Ruleset(compile_source(Source("", DECIDED)).program)
    case = {"person": {"cost": 9000}}
    found = rules.evaluate(case, "2024-01-01")
    (decided,) = [
        step for step in found["grant"].explain().to_dict()["because"] if step["role"] == "decided"
    ]

    assert [level["included"] for level in decided["levels"]] == [False, True]
    agreeing(found)
    judged(rules, found, case, "2024-01-01")


@given(rulesets_and_cases())
def test_random_rulesets_fit(drawn: Drawn) -> None:
    """Results, explanations and checks of random rulesets."""
    rules = Ruleset(compile_source(Source("", drawn.text)).program)
    case = product_case(drawn.case, rules.program.about)
    found = rules.evaluate(case, drawn.on)
    agreeing(found)
    judged(rules, found, case, drawn.on)


def places(data: Any) -> list[dict[str, Any]]:
    """Every object inside data."""
    found = [data] if isinstance(data, dict) else []
    below = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return found + [place for each in below for place in places(each)]


@given(st.data())
def test_what_does_not_fit_is_refused(data: st.DataObject) -> None:
    """A key too many or too few, or a value of another type, anywhere in a result is refused."""
    made = json.loads(json.dumps(printed(result("river_city_family"))))
    named = [made["outcomes"], *(each["of"] for each in made["outcomes"].values())]
    free = [place for place in places(made) if not any(place is each for each in named)]
    place = data.draw(st.sampled_from(free))
    key = data.draw(st.sampled_from(sorted(place)))
    optional = {"state", "origin", "distance", "operands", "effect", "of", "levels"}
    optional |= {"needs", "explanations"}
    change = data.draw(st.sampled_from(["more", "fewer", "float"]))
    if change == "more":
        place["another"] = 1
    elif change == "fewer" and key not in optional:
        del place[key]
    else:
        place[key] = 0.5
    assert not fits("result", made)


def samples() -> dict[str, Any]:
    """One of each kind of data that has no key which may be left out, with every part filled."""
    rules, case = policyrules.load("example.river_city"), LETTERS["river_city_open"][2]
    household = {"household": {"income": 2060, "members": [{}, {}, {}]}}
    found = rules.what_if(household, "dibao payment", "2022-08-01")
    refused = rules.evaluate(household, "2022-08-01")["dibao payment"]
    return {
        "what-if": found.to_dict("zh"),
        "letter": refused.letter("zh", found).to_dict(),
        "diff": rules.difference(household, "2022-08-01", "2023-08-01").to_dict("zh"),
        "questions": [each.to_dict() for each in rules.questions(case, "2023-08-01")],
    }


@pytest.mark.parametrize("name", ["what-if", "letter", "diff", "questions"])
def test_what_follows_is_refused_with_any_key_changed(name: str) -> None:
    """A key too many or too few, or a value of another type, wherever it stands."""
    told = json.dumps(samples()[name])
    for number, known in enumerate(places(json.loads(told))):
        for key in known:
            for change in ("more", "fewer", "float"):
                made = json.loads(told)
                place = places(made)[number]
                if change == "more":
                    place["another"] = 1
                elif change == "fewer":
                    del place[key]
                else:
                    place[key] = 0.5
                assert not fits(name, made), (number, key, change)


def test_what_commands_print_fits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands print what the schemas say: results, reasons, awards, problems of both kinds."""
    case = tmp_path / "case.json"
    case.write_text(json.dumps({"on": "2023-08-01", "household": {"members": [{}]}}), "utf-8")
    bad = tmp_path / "wrong.rules"
    bad.write_text("ruleset wrong\ndefine a of household: yuan\n    b\n", "utf-8")
    family = ["example.river_city", str(case)]
    calls = [
        ("result", ["eval", *family, "--json", "--explain"]),
        ("explanation", ["explain", *family, "--json"]),
        ("award", ["award", *family, "temporary relief", "3000", "--json"]),
        ("what-if", ["what-if", *family, "dibao payment", "--json"]),
        ("diff", ["diff", *family, "--from", "2022-08-01", "--to", "2023-08-01", "--json"]),
        ("problems", ["check", str(bad), "--json"]),
        ("problems", ["check", "example.river_city", "--json"]),
        ("problems", ["eval", "example.river_city", str(bad), "--json"]),
    ]
    for name, call in calls:
        main(call)
        shown = capsys.readouterr()
        assert fits(name, json.loads(shown.out or shown.err)), call
