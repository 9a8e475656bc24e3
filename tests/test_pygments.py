"""Colours for rule files: what the lexer for Pygments finds in them."""

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from pygments.token import Token

from policyrules.data import rulesets_folder
from policyrules.pygments import RulesLexer

RULESETS = sorted(rulesets_folder().rglob("*.rules"))
ENGLISH = """\
define aid: # what is paid
    base  income + 20 yuan
input income: yuan
    asks  "What do you earn?"
"""
CHINESE = """\
标准 城市低保标准：元/月
    2023年1月1日起  800元
定义 上限：城市低保标准的2倍
"""


def kinds(text: str) -> dict[str, object]:
    """The kind of each piece that is no blank."""
    return {piece: kind for _, kind, piece in RulesLexer().get_tokens_unprocessed(text)}


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.stem)
def test_every_ruleset_is_read_whole(path: Path) -> None:
    """The pieces together are the text, at their offsets, and none is an error."""
    text = path.read_text("utf-8")
    offset = 0
    for start, kind, piece in RulesLexer().get_tokens_unprocessed(text):
        assert (start, text[start : start + len(piece)]) == (offset, piece)
        assert kind is not Token.Error
        assert piece
        offset += len(piece)
    assert offset == len(text)


def test_pygments_is_told_of_the_lexer() -> None:
    """What is declared in pyproject.toml is the lexer, by the name it has itself."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    group = "pygments.lexers"
    ((name, value),) = project["project"]["entry-points"][group].items()
    assert EntryPoint(name, value, group).load() is RulesLexer
    assert name in RulesLexer.aliases


def test_words_and_names_in_english() -> None:
    """Openers, names where declared and where used, texts, comments, figures and units differ."""
    found = kinds(ENGLISH)
    assert found["define"] is found["base"] is found["asks"] is Token.Keyword.Declaration
    assert found["aid"] is Token.Name.Class
    assert found["# what is paid"] is Token.Comment.Single
    assert found['"What do you earn?"'] is Token.Literal.String
    assert found["20"] is Token.Literal.Number
    assert found["yuan"] is Token.Keyword.Type
    used = list(RulesLexer().get_tokens_unprocessed(ENGLISH))
    incomes = [kind for _, kind, piece in used if piece == "income"]
    assert incomes == [Token.Name.Variable, Token.Name.Class]


def test_a_name_wins_over_a_word_inside_it() -> None:
    """The word 标准 inside a declared name is no keyword."""
    pieces = list(RulesLexer().get_tokens_unprocessed(CHINESE))
    assert [kind for _, kind, piece in pieces if piece == "标准"] == [Token.Keyword.Declaration]
    named = [kind for _, kind, piece in pieces if piece == "城市低保标准"]
    assert named == [Token.Name.Class, Token.Name.Variable]


@pytest.mark.parametrize("text", ["", "\n", "  when income", "@@ ??", "benefit", "【", "“"])
def test_a_text_with_mistakes_is_read(text: str) -> None:
    """What is no ruleset is shown all the same."""
    assert "".join(piece for _, _, piece in RulesLexer().get_tokens_unprocessed(text)) == text
