"""The published JSON schemas: whatever is printed fits them, and they are strict."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from agreement import product_case
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from strategies_cases import Drawn, rulesets_and_cases
from test_explain import CASES, result

import policyrules
from policyrules import Ruleset, wording
from policyrules.backends.awards import Position, Verdict
from policyrules.backends.steps import Role, State
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.data import rulesets_folder
from policyrules.explanation_amounts import Effect
from policyrules.ir.facts import Status
from policyrules.results import Result
from policyrules.results_outcome import Basis
from policyrules.source import Source

FOLDER = Path(policyrules.__file__).parent / "schemas"
NAMES = ("explanation", "result", "award", "problems")
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
    return bool(validator(name).is_valid(json.loads(json.dumps(data))))


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
    assert [error.message for error in validator("result").iter_errors(printed(found))] == []
    for outcome in found.values():
        assert fits("explanation", outcome.explain("en").to_dict())


def judged(rules: Ruleset, found: Result, case: Any, on: Any) -> None:
    """The check of an award fits its schema."""
    for (name, path), outcome in found.items():
        if outcome.what == "benefit":
            check = rules.check_award((name, path), case, 100, on)
            assert (
                list(validator("award").iter_errors(json.loads(json.dumps(check.to_dict())))) == []
            )


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_strict(name: str) -> None:
    """No object may have a key that its schema does not tell; what is told is required or named."""
    for path, found in objects(validator(name).schema):
        assert "additionalProperties" in found, path
        if "properties" in found:
            assert found["additionalProperties"] is False, path
            assert set(found.get("required", ())) <= set(found["properties"]), path


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


def test_what_commands_print_fits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands print what the schemas say: results, reasons, awards, problems of both kinds."""
    case = tmp_path / "case.json"
    case.write_text(json.dumps({"on": "2023-08-01", "household": {"members": [{}]}}), "utf-8")
    wrong = tmp_path / "wrong.rules"
    wrong.write_text("ruleset wrong\ndefine a of household: yuan\n    b\n", "utf-8")
    family = ["example.river_city", str(case)]
    calls = [
        ("result", ["eval", *family, "--json", "--explain"]),
        ("explanation", ["explain", *family, "--json"]),
        ("award", ["award", *family, "temporary relief", "3000", "--json"]),
        ("problems", ["check", str(wrong), "--json"]),
        ("problems", ["check", "example.river_city", "--json"]),
        ("problems", ["eval", "example.river_city", str(wrong), "--json"]),
    ]
    for name, call in calls:
        main(call)
        shown = capsys.readouterr()
        assert fits(name, json.loads(shown.out or shown.err)), call
