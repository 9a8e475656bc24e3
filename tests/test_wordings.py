"""Each wording means the same in Chinese and in English, and the grammar has no conflict."""

import pytest
from wordings import PAIRS, PRELUDE
from wordings_benefits import BENEFITS, ENDINGS, TWO
from wordings_time import TIME_PAIRS
from wordings_variants import VARIANTS

from policyrules.compiler import compile_source
from policyrules.diagnostics import Report
from policyrules.source import Source
from policyrules.syntax import ast
from policyrules.syntax.grammar import built
from policyrules.syntax.names import outline
from policyrules.syntax.parse import parse, scan

ALL_PAIRS = [*PAIRS, *TIME_PAIRS, *BENEFITS, *VARIANTS]


def declaration(header: str, clauses: str) -> ast.AnyDeclaration:
    """The last declaration of the shared prelude with this block under it."""
    lines = "".join(f"\n    {clause}" for clause in clauses.split("\n"))
    report = Report()
    scanned = outline(scan(Source("test.rules", f"{PRELUDE}{header}{lines}\n")))
    tree = parse(scanned, scanned.names, report)
    assert [found.message() for found in report.diagnostics] == []
    return tree.declarations[-1]


@pytest.mark.parametrize(("english", "chinese"), ENDINGS)
def test_endings_of_not_together_make_the_same_tree(english: str, chinese: str) -> None:
    """What is said of benefits that exclude each other is the same in both languages."""
    en = f"{TWO}not together medical assistance, b{english}"
    zh = f"{TWO}不重复享受 医疗救助、待遇甲{chinese}"

    assert declaration(en, "") == declaration(zh, "")


def test_the_benefit_with_precedence_is_the_first_named() -> None:
    """`A, B; B has precedence` is the tree of `B, A; the first named`."""
    first = declaration(f"{TWO}not together medical assistance, b; b has precedence", "")

    assert first == declaration(f"{TWO}not together b, medical assistance; the first named", "")


def test_the_grammar_has_no_conflict() -> None:
    """Lark's strict mode, which refuses what LALR would resolve silently, accepts the grammar."""
    assert built(strict=True)


@pytest.mark.parametrize(("header", "english", "chinese"), ALL_PAIRS)
def test_both_languages_make_the_same_tree(header: str, english: str, chinese: str) -> None:
    """The English and the Chinese wording of a clause are equal trees."""
    assert declaration(header, english) == declaration(header, chinese)


@pytest.mark.parametrize(("header", "english", "chinese"), ALL_PAIRS)
def test_each_wording_compiles(header: str, english: str, chinese: str) -> None:
    """Each wording means something: it passes types and units in the rule it stands in."""
    for clauses in (english, chinese):
        lines = "".join(f"\n    {clause}" for clause in clauses.split("\n"))
        source = Source("test.rules", f"{PRELUDE}{header}{lines}\n")

        assert compile_source(source).program.definitions
