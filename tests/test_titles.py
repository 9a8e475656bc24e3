"""An exception is known by its title in either language."""

import pytest

import policyrules
from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError
from policyrules.ruleset import Ruleset
from policyrules.semantics.titles import meant
from policyrules.source import Source, Text

RULES = """ruleset test
input flood of household: yes or no
input quake of household: yes or no
benefit aid of household: yuan, one-off
    pays 5 yuan
exception "flood" / "洪涝" to aid
    when flood
    pays 6 yuan
exception "quake" / "地震" to aid
    when quake
    pays 7 yuan
    overrides {}
"""


@pytest.mark.parametrize("title", ['"flood"', "“洪涝”", '"flood" / "洪涝"', '"洪涝"'])
def test_either_half_names_an_exception(title: str) -> None:
    """An exception that overrides another one goes before it, however that one is named."""
    rules = Ruleset(compile_source(Source("test.rules", RULES.format(title))).program)
    result = rules.evaluate({"household": {"flood": True, "quake": True}}, on="2024-01-01")

    assert isinstance(result, policyrules.Result)
    assert str(result["aid"].amount) == "7 yuan"


def test_another_title_is_told_with_those_there_are() -> None:
    """A title that no exception has is refused."""
    with pytest.raises(CompileError) as caught:
        compile_source(Source("test.rules", RULES.format('"fire"')))

    (found,) = caught.value.diagnostics
    assert found.code == "PR517"
    assert found.hint is not None
    assert "`flood`" in found.hint.of("en")


def test_which_title_is_meant() -> None:
    """Both halves, or one of them if no other title has it; nothing is guessed."""
    flood, other = Text("flood", "洪涝"), Text("flood", "洪灾")

    assert meant(flood, [flood, other]) == flood
    assert meant(Text("flood", None), [flood]) == flood
    assert meant(Text("flood", None), [flood, other]) is None
    assert meant(Text("flood", "地震"), [flood]) is None
    assert meant(Text("quake", None), [flood]) is None
