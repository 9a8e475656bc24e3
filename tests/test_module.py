"""Rulesets as Python modules that need nothing: they answer as the rules do."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Collection, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest
from agreement import ONE_EDITION, facts_of, product_case, ruleset_of
from attrs import evolve
from hypothesis import given as drawn_from
from hypothesis import settings
from hypothesis import strategies as st
from letter_cases import CASES
from programs import amount, apply, choose, defined, fact, given, over
from programs import program as program_of
from strategies_cases import Drawn, cases_of, rulesets_and_cases
from test_deep_rules import SHAPES

import policyrules
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.diagnostics import InputError
from policyrules.examples import case_of as case_of_example
from policyrules.examples_tables import cases_of as cases_of_example
from policyrules.ir.nodes import Constant, Program
from policyrules.library import bundled_ids
from policyrules.loading import compile_named
from policyrules.module import NAME, linked, python_source
from policyrules.module_supplied import supplied
from policyrules.ruleset import Ruleset
from policyrules.source import Source, Text
from policyrules.syntax import ast as ast_of_rules

NAMED = [pytest.param(name, id=Path(name).stem if "/" in name else name) for name in ONE_EDITION]
ON = date(2023, 8, 1)
RIVER = "example.river_city"
PACKAGE = Path(policyrules.__file__).parent


class Name(str):
    """A text that cannot be looked up while it is broken."""

    __slots__ = ()
    broken = False

    def __hash__(self) -> int:
        if self.broken:
            raise ValueError(self.broken)
        return super().__hash__()


def module_of(program: Program, on: date | None = None) -> ModuleType:
    """The module of a program, run."""
    made = ModuleType("rules_of_a_test")
    sys.modules[made.__name__] = made  # where its classes look for the types of their fields
    exec(compile(python_source(program, on), made.__name__, "exec"), made.__dict__)  # noqa: S102
    return made


@cache
def written(name: str, on: date | None = None) -> ModuleType:
    """The module of a ruleset, for one day or any."""
    return module_of(policyrules.load(name).program, on)


def answer(module: ModuleType, case: Any, on: Any) -> Any:
    """What a module says of a case: its data, or the problems."""
    try:
        return module.to_json(module.evaluate(case, on))
    except module.InputError as error:
        return [
            (each.code, each.path, each.message_en, each.message_zh, each.hint_en, each.hint_zh)
            for each in error.problems
        ]


def expected(rules: Ruleset, case: Any, on: Any) -> Any:
    """What the rules say of it."""
    try:
        return rules.evaluate(case, on).to_dict()
    except InputError as error:
        return [
            (
                *(each.code, each.place, each.message("en"), each.message("zh")),
                *(each.remedy("en"), each.remedy("zh")),
            )
            for each in error.diagnostics
        ]


@pytest.mark.parametrize("name", CASES)
def test_answers_are_those_of_the_rules(name: str) -> None:
    """A module says of a case, byte for byte, what the rules say; written for the day too."""
    ruleset, on, case = CASES[name]
    rules = policyrules.load(ruleset)
    said = json.dumps(expected(rules, case, on), ensure_ascii=False)

    assert json.dumps(answer(written(ruleset), case, on), ensure_ascii=False) == said
    day = date.fromisoformat(on)
    assert json.dumps(answer(written(ruleset, day), case, None), ensure_ascii=False) == said


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.slow] if name == "cn.zhejiang.yiwu" else [])
        for name in bundled_ids()
    ],
)
def test_examples_come_out_as_by_the_rules(name: str) -> None:
    """What a module says of every example in a bundled ruleset is what the rules say."""
    compiled = compile_named(name)
    rules = Ruleset(compiled.program)
    for example in compiled.symbols.tree.declarations:
        if isinstance(example, ast_of_rules.Example):
            day = example.on.value
            for row in cases_of_example(example, compiled.program):
                case = case_of_example(row.example, compiled.program)
                said = expected(rules, case, day)
                assert answer(written(name), case, day) == said


@pytest.mark.parametrize("name", NAMED)
@drawn_from(data=st.data())
@settings(max_examples=5)
def test_modules_agree_on_cases_with_gaps(name: str, data: st.DataObject) -> None:
    """The same for every bundled ruleset, on random cases of which facts are missing."""
    program, trees = ruleset_of(name)
    drawn, on = data.draw(cases_of(facts_of(program, trees), program.about))
    case, rules = product_case(drawn, program.about), Ruleset(program)

    assert answer(written(name), case, on) == expected(rules, case, on)


@drawn_from(rulesets_and_cases())
@settings(max_examples=6)
def test_modules_of_random_rulesets_agree(drawn: Drawn) -> None:
    """The same for random rulesets, for any day and for the one of the case."""
    program = compile_source(Source("", drawn.text)).program
    case = product_case(drawn.case, program.about)
    said = expected(Ruleset(program), case, drawn.on)

    assert answer(module_of(program), case, drawn.on) == said
    assert answer(module_of(program, drawn.on), case, None) == said


@pytest.mark.parametrize("name", bundled_ids())
def test_what_is_refused(name: str) -> None:
    """What is no case is refused with the same problems."""
    program = policyrules.load(name).program
    rules = Ruleset(program)
    about = program.about
    for case in ({}, {about: {"what": 1}}, {about: 5}, {"on": "2023-02-30", about: {}}, "{", 1.5):
        assert answer(written(name), case, None) == expected(rules, case, None)


CROWNS = """\
ruleset crowns
    currency crown (克朗), 100 pennies (便士)

input rent (房租) of household: crown per month, at least 0
input alert date (预警日期) of household: date
list claims (报销记录) of household:
    cost (费用) in crown, at least 0

benefit aid (补助) of household: crown per month
    pays 50% of rent up to 300 crowns per month
    rounded downward to the penny
define total cost (总费用) of household: crown
    the sum of cost over claims
deadline visit (入户核查) of household: within 5 working days of the alert date
"""


def test_units_of_another_currency_and_working_days() -> None:
    """Figures in a declared currency, lists of one field and working days are as in the rules."""
    program = compile_source(Source("", CROWNS)).program
    module, rules = module_of(program), Ruleset(program)
    said = []
    for rent in ("333.33 crowns per month", "12 pennies per month", "1200克朗/年", "5 yuan", 7):
        for day in ("2023-09-28", "2030-01-01", "none"):
            claims = ["5 crowns", {"cost": "12 pennies"}, None]
            case = {"household": {"rent": rent, "alert date": day, "claims": claims}}
            said.append(expected(rules, case, "2023-08-01"))
            assert answer(module, case, "2023-08-01") == said[-1]
    assert '"166.66"' in json.dumps(said)
    assert '"2023-10-11"' in json.dumps(said)  # behind a week without work


def test_what_the_day_chooses_is_still_asked_of_each() -> None:
    """A figure that the day takes from a choice among those of persons is compared for each."""
    later = Constant(ON.toordinal() + 1, "date")
    today = apply("less", fact("date", "date", "date"), later)
    for chosen in (amount(700), fact("rent"), apply("range", amount(1), amount(2))):
        line = choose(today, chosen, fact("own line", subject="person"))
        poor = over("count", condition=apply("less", fact("income"), line))
        rules = program_of(
            (given("income", low=0), given("rent", low=0), given("own line", subject="person")),
            defined("one", apply("equal", poor, amount(1))),
        )
        case = {"household": {"members": [{"own line": 5}, {"own line": 6}]}}
        said = expected(Ruleset(rules), case, ON)

        assert said["outcomes"]["one"]["of"]["household"]["status"] == "undetermined"
        assert answer(module_of(rules), case, ON) == said
        assert answer(module_of(rules, ON), case, None) == said


@pytest.mark.parametrize("shape", ["figures", "conditions", "persons"])
def test_rules_that_rest_on_one_another(shape: str) -> None:
    """A module of rules as deep as can be written answers as they do."""
    program = compile_source(Source("", SHAPES[shape](40))).program
    case = {"household": {"x": 5, "members": [{"wage": 7}, {}]}}

    assert answer(module_of(program), case, ON) == expected(Ruleset(program), case, ON)


def test_the_rules_of_one_day_are_those_of_no_other() -> None:
    """A module for one day needs no date, and refuses any other: PR682."""
    module = written(RIVER, ON)

    assert module.evaluate({"household": {}}).on == ON
    assert module.evaluate({"household": {}, "on": "2023-08-01"}).on == ON
    for case, on in (
        ({"household": {}}, "2022-08-01"),
        ({"household": {}, "on": "2024-01-01"}, None),
    ):
        assert [problem[:2] for problem in answer(module, case, on)] == [("PR682", "on")]


def test_a_module_stands_alone(tmp_path: Path) -> None:
    """It runs in an empty folder, without packages and without the environment."""
    file = tmp_path / "river.py"
    file.write_text(python_source(policyrules.load(RIVER).program), "utf-8")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import river\n"
        "case = {'household': {'income': '1200元/月', 'members': [{}, {}, {}]}}\n"
        "print(river.evaluate(case, '2023-08-01')['dibao payment', 'household'].low)\n"
        "print([name for name in sys.modules if name in ('attr', 'attrs', 'policyrules')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["900", "[]"]


def test_names_and_titles_run_nothing() -> None:
    """Quotation marks, backslashes, braces and unseen characters of a title stay what they are."""
    program = policyrules.load(RIVER).program
    odd = Text(
        '""" + boom() # \\', "''' \u202e\u2028\n\rboom()\n\\N{BULLET} {0} %s \ud800 \x00  # noqa: x"
    )
    title = evolve(program, title=odd, documents=(evolve(program.documents[0], title=odd),))
    inputs = tuple(
        evolve(
            item, label=Text(item.label.en, odd.zh), values=tuple((v, odd) for v, _ in item.values)
        )
        for item in program.inputs
    )
    rules = tuple(evolve(rule, label=odd) for rule in program.definitions)
    changed = evolve(title, inputs=inputs, definitions=rules)
    text, made = python_source(changed), module_of(changed)

    calls = {
        node.func.id
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert {item.label.zh for item in made._INPUTS} == {odd.zh}
    assert "boom" not in calls
    assert text.encode()
    assert not set(text) & {"\u202e", "\u2028", "\x00", "\r"}


def quickly(module: ModuleType, case: Any) -> list[str]:
    """The rules that plans answer for a case."""
    known = module._ANSWERS.read(case, None)
    if known is None:
        return []
    plans = module._ANSWERS.quick.plans
    return [name for name in plans if plans[name].work(*known) is not None]


COMPLETE: dict[str, Any] = {
    "household": {
        "sudden hardship": True,
        "urgent hardship": False,
        "困难情形是否突发": None,
        "disaster hardship": False,
        "income": "1200.50",
        "members": [
            {
                "tekun": False,
                "低保对象": "是",
                "patient impoverished by illness": False,
                "cause of stay": "重特大疾病",
                "out-of-pocket cost": "6万元",
                "medical assistance paid this year": 0,
                "birth date": "1980-02-29",
            }
        ],
    }
}
del COMPLETE["household"]["困难情形是否突发"]


def test_complete_cases_are_answered_by_plans() -> None:
    """Texts, names of either language, days of birth and plain zeros do not stop the quick way."""
    module, rules = written(RIVER, ON), policyrules.load(RIVER)
    quick = ["income per head", "dibao payment", "temporary relief"]
    quick += ["medical assistance", "flood medical grant"]

    assert quickly(module, COMPLETE) == quick  # no alert date: its deadline is left to the rules
    assert answer(module, COMPLETE, None) == expected(rules, COMPLETE, ON)
    checked = module.check(COMPLETE)
    assert module.to_json(module.evaluate(checked)) == expected(rules, COMPLETE, ON)
    some = module.evaluate(checked, only=["medical assistance", "低保金"])
    assert [name for name, _ in some] == ["dibao payment", "medical assistance"]


@pytest.mark.parametrize(
    "change",
    [
        {"tekun": 1},
        {"tekun": None},
        {"out-of-pocket cost": True},
        {"out-of-pocket cost": -1},
        {"out-of-pocket cost": 0.5},
        {"out-of-pocket cost": 10**13},
        {"out-of-pocket cost": "0.005"},
        {"out-of-pocket cost": Decimal("12.345")},
        {"政策范围内个人自付费用": 5},
        {"政策范围内个人自付费用": None},
        {"cause of stay": "flu"},
        {"cause of stay": 1},
        {"medical assistance paid this year": 5},
        {"medical assistance paid this year, case 1": 5},
        {"birth date": "2030-01-01"},
        {"birth date": "1850-01-01"},
        {"birth date": "2023-02-30"},
        {"age": 43},
        {"age": 44},
        {"members": []},
        {"unheard of": 1},
    ],
    ids=repr,
)
def test_what_is_unusual_is_left_to_the_complete_reader(change: dict[Any, Any]) -> None:
    """Whatever stands in a case, its answer or its problems are those of the rules."""
    member = {**COMPLETE["household"]["members"][0], **change}
    case = {"household": {**COMPLETE["household"], "members": [member]}}

    assert answer(written(RIVER, ON), case, None) == expected(policyrules.load(RIVER), case, ON)


def test_keys_that_cannot_be_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects of the caller's classes that fail are no reason to fail."""
    case = {"household": {**COMPLETE["household"], Name("income"): 1200}}
    monkeypatch.setattr(Name, "broken", True)

    assert answer(written(RIVER, ON), case, None) == expected(policyrules.load(RIVER), case, ON)


@pytest.mark.parametrize(
    ("case", "on"),
    [
        ({**COMPLETE, "on": "2023-08-01"}, None),
        ({**COMPLETE, "on": "2023年8月1日"}, None),
        ({**COMPLETE, "on": date(2023, 8, 1)}, "2023-08-01"),
        ({**COMPLETE, "parameters": {}}, None),
        ({**COMPLETE, "parameters": {"care standard": 100}}, None),
        ({**COMPLETE, "person": {}}, None),
        ({"household": {**COMPLETE["household"], "members": None}}, None),
        ({"household": {**COMPLETE["household"], "members": []}}, None),
        ({"household": {**COMPLETE["household"], "members": [{}] * 101}}, None),
        ({"household": {**COMPLETE["household"], "members": [{}] * 100}}, None),
        ({"household": None}, None),
        (json.dumps(COMPLETE), None),
    ],
    ids=range(12),
)
def test_unusual_tops_of_cases(case: Any, on: Any) -> None:
    """The same of days, supplied values and members that are no usual list."""
    expected_on = ON if on is None else on
    if isinstance(case, dict) and "on" in case:
        expected_on = None

    assert answer(written(RIVER, ON), case, on) == expected(
        policyrules.load(RIVER), case, expected_on
    )


@pytest.mark.parametrize("only", ["medical assistance", 5, [["medical assistance"]], [5]])
def test_names_that_are_none(only: Any) -> None:
    """Anything else than texts in a list is a problem as well."""
    with pytest.raises(written(RIVER, ON).InputError) as caught:
        written(RIVER, ON).evaluate(COMPLETE, only=only)

    assert {each.code for each in caught.value.problems} <= {"PR602", "PR628"}


def test_names_that_no_rule_has() -> None:
    """All of them are told at once."""
    with pytest.raises(written(RIVER, ON).InputError) as caught:
        written(RIVER, ON).evaluate(COMPLETE, only=["medical assistance", "x", "y"])

    assert [(each.code, each.path) for each in caught.value.problems] == [("PR628", "only")] * 2


def test_problems_reach_another_process() -> None:
    """What is wrong with a case can be pickled with its problems."""
    module = written(RIVER)
    with pytest.raises(module.InputError) as caught:
        module.evaluate({"household": {"incom": 1}}, "2023-08-01")

    assert "did you mean `income`?" in caught.value.problems[0].hint_en
    made, given = caught.value.__reduce__()
    assert made(*given).problems == caught.value.problems


def test_it_is_typed(tmp_path: Path) -> None:
    """A strict type checker finds nothing in a module, and a misspelt fact in a case."""
    text = python_source(policyrules.load(RIVER).program)
    case = "case: Case = {'household': {'%s': 1200, '成员': [], 'members': [{'tekun': True}]}}\n"
    assert _checked(tmp_path / "right.py", text + case.replace("'成员': [], ", "") % "income") == 0
    assert _checked(tmp_path / "wrong.py", text + case.replace("'成员': [], ", "") % "incom") == 1


@pytest.mark.slow
def test_a_large_module_is_typed(tmp_path: Path) -> None:
    """The same for the largest bundled ruleset, for one day and any."""
    program = policyrules.load("cn.chongqing").program
    for on in (None, ON):
        assert _checked(tmp_path / "large.py", python_source(program, on)) == 0


def _checked(file: Path, text: str) -> int:
    """How mypy ends."""
    file.write_text(text, "utf-8")
    options = ["--strict", "--no-incremental", "--cache-dir", str(file.parent / "cache")]
    command = [sys.executable, "-m", "mypy", *options, str(file)]
    return subprocess.run(command, capture_output=True, cwd=file.parent, check=False).returncode


def test_the_command_writes_a_module(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`build` writes the text of `python_source`, into a file or to be seen."""
    rules, file = policyrules.load(RIVER), tmp_path / "river.py"

    assert main(["build", RIVER, "-o", str(file), "--on", "2023-08-01"]) == 0
    assert file.read_text("utf-8") == rules.python_source("2023-08-01")
    assert main(["build", RIVER]) == 0
    assert capsys.readouterr().out == rules.python_source()
    assert main(["build", RIVER, "--on", "2023-02-30", "--lang", "en"]) == 1
    assert "PR615" in capsys.readouterr().err


def test_a_module_is_written_the_same_again() -> None:
    """The same text each time, in any process, and nothing of this machine in it."""
    program = policyrules.load(RIVER).program
    text = python_source(program)
    again = (
        "import policyrules, sys; from policyrules.module import python_source\n"
        f"sys.stdout.buffer.write(python_source(policyrules.load({RIVER!r}).program).encode())\n"
    )
    done = subprocess.run([sys.executable, "-c", again], capture_output=True, check=True)

    assert python_source(program) == text == done.stdout.decode()
    assert str(Path.cwd()) not in text


def test_what_is_carried_along_is_the_text_of_the_package() -> None:
    """Each statement that is not of the rules stands so in its file, but for names and imports."""
    program = policyrules.load(RIVER).program
    made, replaced = linked(program), supplied(program)
    there = {name: node for node in ast.parse(made.text).body for name in _names(node)}
    was = {new: name for (_, name), new in made.names.items()}
    others: list[tuple[str, str]] = []
    for statement in made.statements:
        place = statement.file, statement.names[0]
        if statement.file == NAME:
            continue
        own = ast.dump(_Plain(was).visit(there[made.names[place]]))
        if own != _in_package(*place):
            others.append(place)

    assert len(made.statements) > 300
    data = {"Calendar", "_CALENDAR", "Words", "_SPELLINGS", "_DEFINITIONS"}
    assert {name for _, name in others} <= {name for _, name in replaced} | data


class _Plain(ast.NodeTransformer):
    """What differs between a statement here and there: how names are called, and imports."""

    def __init__(self, called: Mapping[str, str], files: Collection[str] = ()) -> None:
        self.called, self.files = called, files

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """A name as its file calls it."""
        return ast.Name(self.called.get(node.id, node.id), node.ctx)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """What is read through its file, without that."""
        if isinstance(node.value, ast.Name) and node.value.id in self.files:
            return ast.Name(node.attr, node.ctx)
        return cast("ast.expr", self.generic_visit(node))

    def visit_Call(self, node: ast.Call) -> ast.Call:
        """The type of a cast, which is written as a text."""
        match node:
            case ast.Call(ast.Name("cast"), [ast.Constant(str(text)), value]):
                return ast.Call(
                    node.func, [self.visit(ast.parse(text).body[0]), self.visit(value)], []
                )
        return cast("ast.Call", self.generic_visit(node))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom | None:
        """Imports inside the package are gone."""
        return None if (node.module or "").startswith("policyrules") else node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """A function as its file calls it."""
        node.name = self.called.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """A class as its file calls it."""
        node.name = self.called.get(node.name, node.name)
        return self.generic_visit(node)


@cache
def _file(name: str) -> list[ast.stmt]:
    """The statements of a file of the package."""
    path = PACKAGE.joinpath(*name.split(".")[1:])
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(path.read_text("utf-8")).body


def _in_package(file: str, name: str) -> str:
    """A statement of a file of the package; empty where there is none of this name."""
    body = _file(file)
    imports = [
        (node.module or "", each)
        for node in body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("policyrules")
        for each in node.names
    ]
    called = {each.asname: each.name for _, each in imports if each.asname}
    files = {
        each.asname or each.name
        for module, each in imports
        if PACKAGE.joinpath(*module.split(".")[1:], f"{each.name}.py").is_file()
    }
    found = [node for node in body if name in _names(node)]
    return ast.dump(_Plain(called, files).visit(deepcopy(found[0]))) if found else ""


def _names(node: ast.stmt) -> list[str]:
    """The names that a statement makes."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", node)]
    return [
        each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)
    ]
