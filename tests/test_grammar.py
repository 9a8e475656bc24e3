"""The parser that is read from tables made ahead of time is the one that the grammar builds."""

import pickle
import shutil
from pathlib import Path

import lark
import pytest
from lark import Lark
from lark.grammar import Rule
from lark.parsers.lalr_parser import LALR_Parser

from policyrules.diagnostics import Report
from policyrules.files import read_source
from policyrules.library import Library, bundled_ids, locate
from policyrules.syntax import ast, parse
from policyrules.syntax import grammar as made
from policyrules.syntax.grammar import TABLES, built, from_tables, write_tables


@pytest.fixture(scope="module")
def from_text() -> Lark:
    """The parser that is built from the grammar."""
    return built()


@pytest.fixture(scope="module")
def tables(from_text: Lark, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its tables in a file."""
    file = tmp_path_factory.mktemp("tables") / TABLES
    write_tables(from_text, file)
    return file


@pytest.fixture(scope="module")
def ready(tables: Path) -> LALR_Parser:
    """The parser that is read from them."""
    parser = from_tables(tables)
    assert parser is not None
    return parser


def trees(name: str) -> list[ast.Ruleset]:
    """The syntax trees of a ruleset and of all that it uses."""
    report = Report()
    source = read_source(locate(name))
    return [
        parse.parse(found, seen, report) for found, seen in Library(None, report).gather(source)
    ]


def test_tables_are_the_same(ready: LALR_Parser, from_text: Lark) -> None:
    """Each state leads to the same states and rules, in which the same is to be built."""
    tables = [parser._parse_table for parser in (ready, from_text.parser.parser)]
    rows = [[table.states[state] for state in tables[1].states] for table in tables]

    assert rows[0] == rows[1]
    assert tables[0].start_states == tables[1].start_states
    assert tables[0].end_states == tables[1].end_states
    for one, other in zip(*(all_rules(states) for states in rows), strict=True):
        assert (one, one.alias) == (other, other.alias)
        assert vars(one.options) == vars(other.options) | {"empty_indices": ()}
        assert [part.is_term for part in one.expansion] == [
            part.is_term for part in other.expansion
        ]


def all_rules(rows: list[dict[str, tuple[object, Rule]]]) -> list[Rule]:
    """Every rule by which some state reduces."""
    return [found for row in rows for _, found in row.values() if isinstance(found, Rule)]


@pytest.mark.parametrize("name", bundled_ids())
def test_trees_are_the_same(
    name: str, ready: LALR_Parser, from_text: Lark, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every bundled ruleset gives the same trees by either parser."""
    monkeypatch.setattr(made, "grammar", lambda: ready)
    found = trees(name)
    monkeypatch.setattr(made, "grammar", lambda: from_text.parser.parser)

    assert found == trees(name)


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[:0],
        lambda whole: whole[:-2],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole.replace(b"true", b"false", 1),
        lambda whole: whole.split(b"\n")[1],
        lambda whole: b"0" * 64 + whole[64:],
        lambda whole: whole + b"\n",
        lambda whole: b"\xff" + whole,
        pickle.dumps,
    ],
    ids=["empty", "cut", "half", "changed", "no key", "key", "longer", "no text", "pickle"],
)
def test_damaged_tables_are_passed_over(tables: Path, tmp_path: Path, damage: object) -> None:
    """A file that is not exactly what was written is not used."""
    assert callable(damage)
    file = tmp_path / TABLES
    file.write_bytes(damage(tables.read_bytes()))

    assert from_tables(file) is None


def test_no_tables(tmp_path: Path) -> None:
    """Without tables, or with a folder in their place, there is nothing to be read."""
    assert from_tables(tmp_path / TABLES) is None
    assert from_tables(tmp_path) is None


def test_tables_of_another_grammar_are_passed_over(
    tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of the grammar needs no other step to take effect."""
    shutil.copy(made.grammar_folder() / "policyrules.lark", tmp_path)
    monkeypatch.setattr(made, "grammar_folder", lambda: tmp_path)
    assert from_tables(tables) is not None
    with (tmp_path / "policyrules.lark").open("a") as grammar:
        grammar.write("// changed\n")

    assert from_tables(tables) is None


def test_tables_of_another_lark_are_passed_over(
    tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables serve the version of Lark that made them."""
    monkeypatch.setattr(lark, "__version__", "1.3.0")

    assert from_tables(tables) is None
