"""Rulesets as scripts for web pages: their text, and that they answer as the rules do."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from agreement import ONE_EDITION, ruleset_of
from attrs import evolve
from scripts import NODE, Node, examined, script_of
from search import compiled, drawn, drawn_cases

import policyrules
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.diagnostics import InputError
from policyrules.ir.nodes import Program
from policyrules.library import bundled_ids
from policyrules.ruleset import Ruleset
from policyrules.source import Source, Text

RIVER, QINGYANG = "example.river_city", "cn.gansu.qingyang"
LARGEST = 30_000  # bytes, compressed
ON = "2023-08-01"
PROGRAMS, CASES = 15, 6
_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"|/\*.*?\*/', re.DOTALL)
# What would compute with floats, or reach beyond the script.
_FORBIDDEN = re.compile(
    r"\bNumber\(|parse(?:Float|Int)|\bMath\b|\beval\b|\bFunction\(|\bimport\b|\brequire\b"
    r"|\bfetch\b|\bdocument\b|\bwindow\b|\b\d+\.\d|\.toFixed|\bDate\b"
)


def test_scripts_are_small_and_compute_with_whole_numbers() -> None:
    """Of every bundled ruleset: the size, no float, and nothing from without."""
    for name in bundled_ids():
        text = policyrules.load(name).javascript(lang="zh")  # the longer one
        assert len(gzip.compress(text.encode())) < LARGEST, name
        assert _FORBIDDEN.findall(_TEXTS.sub('""', text)) == [], name


def test_some_rules_for_one_day_are_less() -> None:
    """One benefit, named in either language, for a day: a shorter script, the same each time."""
    rules = policyrules.load(RIVER)
    alone = rules.javascript("低保金")

    assert rules.javascript() == rules.javascript()
    assert alone == rules.javascript(["dibao payment"])
    assert len(rules.javascript("dibao payment", ON)) < len(alone) < len(rules.javascript())
    for asked, code in (({"only": "pension"}, "PR628"), ({"on": "2023-02-30"}, "PR615")):
        with pytest.raises(InputError) as error:
            rules.javascript(**asked)
        assert [each.code for each in error.value.diagnostics] == [code]
    with pytest.raises(InputError) as error:
        rules.javascript(lang="fr")  # type: ignore[arg-type]
    assert [each.code for each in error.value.diagnostics] == ["PR633"]


def test_the_command_writes_a_script(tmp_path: Path) -> None:
    """`build` writes one where the file is to be a script or a module of JavaScript."""
    rules = policyrules.load(RIVER)
    for name, module in (("river.js", False), ("river.mjs", True)):
        file = tmp_path / name
        assert main(["build", RIVER, "-o", str(file), "--lang", "zh"]) == 0
        assert file.read_text("utf-8") == rules.javascript(lang="zh", module=module)


LISTED = """\
ruleset lists
    currency yuan

list claims (报销记录) of household:
    cost (费用) in yuan, at least 0

define total cost (总费用) of household: yuan
    the sum of cost over claims
"""


def test_rules_without_a_plan_are_listed() -> None:
    """What has no plan in whole numbers is left out, and the script says why."""
    rules = Ruleset(compile_source(Source("", LISTED)).program)

    assert '["total cost","total cost","a list of records"]' in rules.javascript()
    assert '["total cost","总费用","逐条记录的清单"]' in rules.javascript(lang="zh")


def odd(program: Program) -> Program:
    """A program with names that would end a text, a comment or the script of a page."""
    text = Text('"; boom() // */ boom()', "</script><!-- \u2028\u202e\ud800 \\ ${boom()} `")
    inputs = tuple(evolve(item, label=Text(item.label.en, text.zh)) for item in program.inputs)
    return evolve(program, title=text, inputs=inputs)


def test_names_and_titles_run_nothing() -> None:
    """They stay texts of the script, and cannot end it in a page."""
    text = script_of(odd(policyrules.load(RIVER).program))

    assert "boom" not in _TEXTS.sub("", text)
    assert not {"</script", "<!--"} & {found.lower() for found in re.findall("<[!/][-a-z]+", text)}
    assert not set(text) & {"\u2028", "\u202e", "\ud800"}


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    """One process for all that is asked."""
    with Node() as found:
        yield found


@pytest.mark.slow
@pytest.mark.parametrize("name", ONE_EDITION)
def test_written_rulesets(name: str, node: Node) -> None:
    """Asserts that scripts say of cases with gaps what the rules say, of every written ruleset."""
    wrong, _ = examined(node, ruleset_of(name)[0], drawn_cases(name, "scripts", CASES))

    assert wrong == []


@pytest.mark.slow
def test_random_rulesets(node: Node) -> None:
    """Asserts the same of random rules, and that most outcomes are told."""
    met: Counter[str] = Counter()
    for number in range(PROGRAMS):
        text, cases = drawn(f"scripts {number}")
        wrong, counted = examined(node, compiled(text).program, cases)
        assert wrong == [], text
        met += counted
    assert {"eligible", "not eligible", "undetermined", "known", "not stated"} <= met.keys()
    assert met["told"] > 20 * met["untold"]


EDGES = """\
ruleset edges
    currency yuan

category tier (档次) of person: first (甲), second (乙)
input income (月收入) of household: yuan per month, at least 0
input loss (损失) of household: yuan
input wage (工资) of person: yuan per month, at least 0
input recipient (受助) of person: yes or no

benefit aid (补助) of household: yuan per month
    when income is less than 700 yuan per month
    pays 700 yuan per month - income
define halves (折半) of household: yuan
    (loss / 8), rounded half up to the fen
define share (份额) of household: yuan
    loss / 3
define own age (本人年龄) of person: years of age
    age
define earners (有收入人数) of household: persons
    number of members who are (wage is more than 100 yuan per month)
define anyone earns (有人有收入) of household: yes or no
    any member is (wage is more than 100 yuan per month)
define wages (工资合计) of household: yuan per month
    the sum of wage over members
benefit grant (补贴) of person: yuan per month
    who recipient and tier is first
    pays 10% of wage
"""


@pytest.fixture(scope="module")
def edges() -> Ruleset:
    """Rules of figures, gaps, ages and members."""
    return Ruleset(compile_source(Source("", EDGES)).program)


def answers(node: Node, rules: Ruleset, case: Any, on: str = ON) -> Any:
    """What a script says of a case, which is what the rules say."""
    node.load(rules.program)
    said = node.evaluate(case, on)
    try:
        expected: Any = rules.evaluate(case, on).to_dict()
    except InputError as error:
        expected = [[each.code, each.place] for each in error.diagnostics]
    assert said == expected
    return said


@pytest.mark.slow
def test_edges(node: Node, edges: Ruleset) -> None:
    """Ties at a line, halves below zero, endless quotients, great numbers, ages on leap days."""
    for income in (699, "699.99", 700, "700.01", 0, "12,000 yuan per year", "0.01万元/月"):
        answers(node, edges, {"household": {"income": income, "members": [{}]}})
    for loss in ("0.04", "-0.04", "-0.12", "0.12", 10**12, "-999999999999.999999", 1, -1):
        answers(node, edges, {"household": {"loss": loss, "members": [{}]}})
    for born in ("2004-02-29", "2004-03-01", "1980年2月28日", "2024-02-29"):
        for on in ("2024-02-28", "2024-02-29", "2023-02-28", "2100-02-28", "2100-03-01"):
            answers(node, edges, {"household": {"members": [{"birth date": born}]}}, on)


@pytest.mark.slow
def test_gaps_of_several_members(node: Node, edges: Ruleset) -> None:
    """What is missing of each member is followed for each, and asked for by its path."""
    members: list[Any] = [
        {"wage": 101, "受助": "是"},
        {"wage": None, "tier": "甲"},
        {},
        {"wage": 5},
    ]
    for _ in members:
        members = [*members[1:], members[0]]
        said = answers(node, edges, {"household": {"members": members}})
    needs = said["outcomes"]["earners"]["of"]["household"]["needs"]
    assert needs == [f"household.members[{number}].wage" for number in (1, 2)]


@pytest.mark.slow
def test_who_the_members_are_must_be_known(node: Node, edges: Ruleset) -> None:
    """Rules that look at them say that nothing is told, the others speak."""
    node.load(edges.program)
    said = node.evaluate({"household": {"income": 500}}, ON)["outcomes"]

    assert said["aid"]["of"]["household"]["amount"]["low"] == "200"
    assert said["wages"]["of"]["household"]["status"] == "untold"
    assert said["wages"]["of"]["household"]["needs"] == ["household.members"]
    assert said["grant"] == {"of": {}, "needs": ["household.members"]}


WRONG: list[Any] = [
    *({"income": raw} for raw in (-1, "x", "5 kg", "", True, [], "1" * 61, "1,20", {})),
    *({"members": raw} for raw in ([], {}, 5, [5], [{}] * 101)),
    *({"members": [{"birth date": raw}]} for raw in ("x", "2023-02-30", "1800-01-01", 5, "none")),
    *({"members": [{"birth date": raw}]} for raw in ("2023-08-02", "1873-08-01", "1872-08-01")),
    *({"members": [{"age": raw, "birth date": "1990-01-01"}]} for raw in (33, 34, "33 years")),
    *({"members": [{"age": raw}]} for raw in ("1.5", -1, 151)),
    *({"members": [{"recipient": raw}]} for raw in ("true", "yes", "否", 1, "maybe", None)),
    *({"members": [{"tier": raw}]} for raw in ("first", "乙", "third", 1, None)),
    *({"what": 1}, {"wage": 1}, {"income": 1, "月收入": 1}, {"members": [{"income": 1}]}),
]


@pytest.mark.slow
def test_what_is_wrong_with_a_case(node: Node, edges: Ruleset) -> None:
    """The ordinary mistakes of a form are found with the codes and places of `evaluate`."""
    for household in WRONG:
        answers(node, edges, {"household": household})
    for case in ({"person": {}}, {"household": {}, "what": 1}, {"household": 5}, 5, []):
        answers(node, edges, case)
    for on in ("2023-02-30", "x", "", "1899-12-31"):
        answers(node, edges, {"household": {}}, on)
    one = {"household": {"members": [{}]}, "on": "2023-08-01"}
    answers(node, edges, one, "2024-08-01")
    assert node.evaluate({"household": {}}, None) == [["PR627", "on"]]
    for income, code in ((0.5, "PR607"), ("0.0000001", "PR608"), (f"{'9' * 60}万元/月", "PR608")):
        said = node.evaluate({"household": {"income": income}}, ON)
        assert said == [[code, "household.income"]]


@pytest.mark.slow
def test_what_a_form_has_to_ask(node: Node, edges: Ruleset) -> None:
    """A rule says which facts it reads, a birth date beside an age, and how each is called."""
    node.run(edges.javascript(["aid", "own age"], lang="zh"))
    ruleset = node.ruleset()
    asked = {
        rule["name"]: [ruleset["inputs"][place]["label"] for place in rule["reads"]]
        for rule in ruleset["rules"]
    }
    assert asked == {"aid": ["月收入"], "own age": ["年龄", "出生日期"]}


@pytest.mark.slow
def test_values_that_no_document_states(node: Node) -> None:
    """A case supplies them, in tables too, within their limits; what is stated is refused."""
    rules = policyrules.load(QINGYANG)
    for day in (ON, "1990-01-01"):
        for given in (
            *({"农村特困人员供养标准": {"institutional": raw}} for raw in (900, "-1", "x", None)),
            *({"rural tekun standard": {key: 900}} for key in ("home-based", "集中", "elsewhere")),
            *({"rural tekun standard": raw} for raw in (900, [], {}, None)),
            *({"price subsidy rate": raw} for raw in ("5%", "0.05", 2)),
            *({"what": 1}, {}, []),
        ):
            case = {"household": {"members": [{"tekun": True}]}, "parameters": given}
            answers(node, rules, case, day)


@pytest.mark.slow
def test_a_module_and_a_day(node: Node, tmp_path: Path) -> None:
    """A module is imported; a script for one day refuses another, and odd names run nothing."""
    rules = policyrules.load(RIVER)
    case = {"household": {"income": "1200.50", "members": [{}, {}, {}]}}
    expected = rules.evaluate(case, ON).to_dict()
    file = tmp_path / "river.mjs"
    file.write_text(rules.javascript(on=ON, module=True), "utf-8")
    program = (
        f"import {{ evaluate, ruleset }} from {json.dumps(str(file))};"
        f"console.log(JSON.stringify([ruleset.id, evaluate({json.dumps(case)})]));"
    )
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", program], capture_output=True, check=True
    )
    said = json.loads(done.stdout)
    assert said[0] == RIVER
    assert told(said[1]) == told(expected)
    node.run(rules.javascript(on=date(2023, 8, 1)))
    assert node.evaluate(case, "2023-08-02") == [["PR682", "on"]]
    node.run(script_of(odd(rules.program)))
    assert told(node.evaluate(case, ON)) == told(expected)


def told(result: Any) -> Any:
    """The outcomes without those that a script leaves to others."""
    return {
        name: {path: outcome for path, outcome in rule["of"].items() if name != "home visit"}
        for name, rule in result["outcomes"].items()
    }
