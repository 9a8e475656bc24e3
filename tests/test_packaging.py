"""The built package: what is in it, and that it works where no checkout is."""

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
from collections.abc import Mapping
from email.parser import HeaderParser
from pathlib import Path
from types import MappingProxyType
from zipfile import ZipFile

import pytest

from policyrules.data import grammar_folder, rulesets_folder

CHECKOUT = Path(__file__).parents[1]
SOURCE = CHECKOUT / "src"
CASE = {
    "on": "2023-08-01",
    "household": {"income": "1200 yuan per month", "members": [{}, {}, {}]},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, CHECKOUT)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an empty environment into which the wheel was installed."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    run(
        *(sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet"),
        *("-c", CHECKOUT / "constraints.txt", next(built.glob("*.whl"))),
    )
    return programs


def run(
    *command: str | Path,
    cwd: Path | None = None,
    changed: Mapping[str, str | None] = MappingProxyType({}),
) -> str:
    """What a command prints, run where nothing leads back to the checkout.

    `changed` sets variables of the environment; None removes one.
    """
    environment = {**os.environ, "PYTHONPATH": None, **changed}
    done = subprocess.run(
        command,
        cwd=cwd,
        env={name: text for name, text in environment.items() if text is not None},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files_below(folder: Path) -> set[str]:
    """The files that belong to a part of the checkout, by their path in it."""
    return {
        path.relative_to(folder.parent).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def test_wheel_holds_code_grammar_and_rulesets(built: Path) -> None:
    """Every module, the type marker, the grammar, every ruleset, the licence, and no test."""
    with ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    carried = files_below(CHECKOUT / "grammar") | files_below(CHECKOUT / "rulesets")
    carried.add("grammar/tables.json")
    expected = files_below(SOURCE / "policyrules") | {f"policyrules/{name}" for name in carried}
    assert {name for name in names if name.startswith("policyrules/")} == expected
    assert "policyrules/py.typed" in names
    assert "policyrules/grammar/units.txt" in names
    assert "policyrules/rulesets/example/river_city.rules" in names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_source_archive_holds_what_a_build_needs(built: Path) -> None:
    """The archive carries code, grammar, rulesets, tests, benchmarks and the workshop's files."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("grammar", "rulesets", "tests", "benchmarks"):
        assert files_below(CHECKOUT / folder) - {"grammar/tables.json"} <= names
    assert "grammar/tables.json" not in names  # the build of the wheel makes them
    assert {
        "hatch_build.py",
        "pyproject.toml",
        "Makefile",
        "constraints.txt",
        "LICENSE",
        "CHANGELOG.md",
    } <= names


def test_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    """The environment imports the package from its own files."""
    program = (
        "from policyrules import data\n"
        "print(data.__file__, data.grammar_folder(), data.rulesets_folder(), sep='\\n')"
    )
    module, *folders = map(
        Path, run(installed / "python", "-c", program, cwd=tmp_path).splitlines()
    )
    assert module.is_relative_to(installed.parent)
    assert folders == [module.parent / "grammar", module.parent / "rulesets"]


def test_installed_package_builds_no_tables(installed: Path, tmp_path: Path) -> None:
    """A ruleset is loaded with the parser from the wheel's tables; none is built."""
    program = (
        "import policyrules\n"
        "from policyrules.syntax import grammar\n"
        "grammar.built = None\n"
        "print(policyrules.load('cn.chongqing', cache=False).id)"
    )
    assert run(installed / "python", "-c", program, cwd=tmp_path) == "cn.chongqing\n"


def test_a_checkout_reads_its_own_files() -> None:
    """Without a wheel, grammar and rulesets are those at the root of the checkout."""
    assert (grammar_folder(), rulesets_folder()) == (CHECKOUT / "grammar", CHECKOUT / "rulesets")


def test_installed_program_evaluates_a_bundled_ruleset(installed: Path, tmp_path: Path) -> None:
    """The console script and `python -m policyrules` compute the example's 900 yuan."""
    case = tmp_path / "case.json"
    case.write_text(json.dumps(CASE), "utf-8")
    arguments = ("eval", "example.river_city", case, "--json")
    printed = run(installed / "policyrules", *arguments, cwd=tmp_path)
    outcome = json.loads(printed)["outcomes"]["dibao payment"]["of"]["household"]
    assert outcome["status"] == "eligible"
    assert (outcome["amount"]["low"], outcome["amount"]["high"]) == ("900", "900")
    assert run(installed / "python", "-m", "policyrules", *arguments, cwd=tmp_path) == printed


def test_package_says_what_it_needs(built: Path) -> None:
    """Python 3.11, for which the code is also checked, and four libraries beside the extras."""
    with ZipFile(next(built.glob("*.whl"))) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        said = HeaderParser().parsestr(wheel.read(name).decode("utf-8"))
    stated = said.get_all("Requires-Dist", [])
    needed = {re.split(r"[<>=!~;]", text)[0] for text in stated if "extra ==" not in text}
    extras = {re.split(r"[<>=!~;]", text)[0] for text in stated if "extra ==" in text}
    declared = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    assert said["Requires-Python"] == ">=3.11"
    assert declared["tool"]["ruff"]["target-version"] == "py311"
    assert needed == {"attrs", "lark", "pint", "platformdirs"}
    assert extras == {
        "chinesecalendar",
        "polars",
        "pyarrow",
        "pygments",
        "rich",
        "sphinx",
        "sqlglot",
    }


def test_installation_is_small(installed: Path) -> None:
    """Eight distributions with the package itself."""
    program = (
        "from importlib.metadata import distributions\n"
        "print(*sorted(found.metadata['Name'].lower() for found in distributions()))"
    )
    others = ["attrs", "flexcache", "flexparser", "lark", "pint", "platformdirs"]
    found = run(installed / "python", "-I", "-c", program).split()
    assert found == [*others, "policyrules", "typing_extensions"]


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
UNSET = dict.fromkeys(("LC_ALL", "LANG", "LC_CTYPE", "PYTHONUTF8", "PYTHONIOENCODING"))


@pytest.mark.parametrize(
    "changed",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C.UTF-8"},
        {"LC_ALL": "zh_CN.UTF-8"},
        {"LC_ALL": "zh_CN.GBK"},
        {"HOME": None},
        {"HOME": "/dev/null", "XDG_CACHE_HOME": None},
        {"PATH": ""},
    ],
    ids=str,
)
def test_chinese_is_printed_everywhere(
    changed: dict[str, str | None], installed: Path, tmp_path: Path
) -> None:
    """Whatever locale and home are set, or none: the exact amount, in Chinese, once and again."""
    here = {**UNSET, "POLICYRULES_CACHE": None, "XDG_CACHE_HOME": str(tmp_path / "kept"), **changed}
    case = tmp_path / "个案.json"
    case.write_text(json.dumps(CASE, ensure_ascii=False), "utf-8")
    arguments = ("eval", "example.river_city", case, "--lang", "zh", "--explain")
    printed = run(installed / "policyrules", *arguments, cwd=tmp_path, changed=here)
    assert re.search("低保金 +家庭 +符合条件 +900元/月", printed)
    assert run(installed / "policyrules", *arguments, cwd=tmp_path, changed=here) == printed
    program = (
        "import policyrules\n"
        f"found = policyrules.load('example.river_city').evaluate({CASE!r})['低保金']\n"
        "print(found.amount.exact, found.explain('zh'))"
    )
    for isolated in ((), ("-I",)):
        told = run(installed / "python", *isolated, "-c", program, cwd=tmp_path, changed=here)
        assert told.startswith("900 低保金：900元/月（符合条件）")


@pytest.mark.parametrize("changed", [ASCII, {"PYTHONIOENCODING": "ascii"}], ids=str)
def test_where_chinese_cannot_be_printed(
    changed: dict[str, str], installed: Path, tmp_path: Path
) -> None:
    """Characters that a terminal lacks are told by their numbers; files may have Chinese names."""
    case = tmp_path / "个案.json"
    case.write_text('{"on": "2023-08-01", "household": {}}', "utf-8")
    rules = tmp_path / "规则.rules"
    rules.write_text(
        "规则集 city\n文件 办法\n【办法 一】\n待遇 补助，以家庭为单位：元/月\n    给予 100元/月\n",
        "utf-8",
    )
    here = {**UNSET, **changed}
    arguments = ("eval", rules, case, "--lang", "zh")
    for _ in range(2):
        printed = run(installed / "policyrules", *arguments, cwd=tmp_path, changed=here)
        assert "100\\u5143/\\u6708" in printed
    found = json.loads(
        run(installed / "policyrules", *arguments, "--json", cwd=tmp_path, changed=here)
    )
    assert found["outcomes"]["补助"]["of"]["household"]["amount"]["high"] == "100"
