"""How long figures may become: what is refused, and that all that is left is computed exactly."""

from fractions import Fraction

import pytest

from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError
from policyrules.ruleset import Ruleset
from policyrules.source import Source

HEADER = """\
ruleset test.growth
list claims (报销记录) of person: cost (费用) in yuan; parts (份数) in number, at least 1
input x (数甲) of household: number, at least 1
input w (数乙) of person: number, at least 1
"""
LONG = int("9" * 60)


def ruleset(rules: str) -> Ruleset:
    """The ruleset of some rules."""
    return Ruleset(compile_source(Source("growth.rules", HEADER + rules)).program)


def refused(rules: str) -> list[str]:
    """The codes of what is wrong with some rules."""
    with pytest.raises(CompileError) as error:
        ruleset(rules)
    return [found.code for found in error.value.diagnostics]


def chain(step: str, count: int, first: str = "x") -> str:
    """Rules of which each computes with the one before."""
    rules = f"define r0 (步骤0) of household: number\n    {first}\n"
    for number in range(1, count + 1):
        body = step.replace("r", f"r{number - 1}")
        rules += f"define r{number} (步骤{number}) of household: number\n    {body}\n"
    return rules


@pytest.mark.parametrize(
    ("step", "fits"),
    [("r × r", 9), ("r × r × r", 6), ("r × (r + 1) / x", 8), ("r + 1 / r", 6), ("r × 2", 900)],
)
def test_products_of_products(step: str, fits: int) -> None:
    """What doubles with each rule is refused after a few, and exact as far as it is not."""
    count = min(fits, 60)
    result = ruleset(chain(step, count)).evaluate({"household": {"x": LONG}}, "2023-08-01")

    expected = Fraction(LONG)
    for _ in range(count):
        expected = eval(step.replace("×", "*"), {"r": expected, "x": LONG})  # noqa: S307 (written above)
    assert result[f"r{count}"].amount.exact == expected
    assert str(result.to_dict())
    assert result.to_text("zh")
    if fits < 60:
        assert refused(chain(step, 40))[0] == "PR587"


def test_the_document_s_own_numbers_count_as_well() -> None:
    """Rules that read no case grow all the same, and would be computed when they are compiled."""
    assert refused(chain("r × r", 60, first="2"))[0] == "PR587"


def test_sums_of_quotients() -> None:
    """The claims of all members may each have a divisor of its own; not again and again."""
    once = (
        "define daily cost (日均费用) of household: yuan\n"
        "    the sum of (the sum of (cost / parts) over claims) over members\n"
    )
    assert ruleset(once)
    again = "".join(
        f"define p{n} (个人{n}) of person: number\n    1 / (w + {before})\n"
        f"define h{n} (家庭{n}) of household: number\n    the sum of p{n} over members\n"
        for n, before in enumerate(["1", "the household's h0", "the household's h1"])
    )
    assert refused(again) == ["PR587"]


def test_a_rounded_figure_has_no_divisors() -> None:
    """Rounding ends in decimals, which add up without growing."""
    rules = "".join(
        f"define q{n} (商{n}) of household: number\n    1 / (x + {n})\n    rounded half up to 1%\n"
        for n in range(90)
    )
    total = " + ".join(f"q{n}" for n in range(90))
    found = ruleset(f"{rules}define all (合计) of household: number\n    {total}\n")

    assert found.evaluate({"household": {"x": 1}}, "2023-08-01")["all"].amount.exact > 5


@pytest.mark.parametrize("line", ["when {} is 5", "when as a rule, {} is 5"])
def test_a_condition_with_long_figures(line: str) -> None:
    """What a condition computes counts, whether it decides or holds as a rule only."""
    rules = chain("r × r", 9)
    rules += "benefit b of household: yuan, one-off\n    pays 5 yuan\n    "
    ruleset(rules + line.format("r9"))
    assert refused(rules + line.format("r9 × r9 × r9")) == ["PR587"]
