"""Units: canonical spelling, exact products and conversions, words in both languages."""

import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyrules.data import grammar_folder
from policyrules.types import units
from policyrules.types.units import UNIT_WORDS, Unit, unit

WORDS = st.sampled_from(sorted(UNIT_WORDS))


@st.composite
def any_unit(draw: st.DrawFn) -> Unit:
    """A unit of a few words above and below the line."""
    above = "*".join(draw(st.lists(WORDS, max_size=2))) or "1"
    return unit("/".join([above, *draw(st.lists(WORDS, max_size=2))]))


@pytest.mark.parametrize(
    "line",
    ["year = 12 month = yr", "year = 12 month # twelve", "year = month * 12", "year=1 month"],
)
def test_a_line_of_another_form_is_named(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A definition that Pint may take but nobody else reads is refused with its line."""
    text = f"# periods\nmonth = [calendar]\n\n{line}\n"
    (tmp_path / "units.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(units, "grammar_folder", lambda: tmp_path)

    with pytest.raises(ValueError, match="line 4: ") as caught:
        units.definitions.__wrapped__()

    assert line in str(caught.value)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("yuan/month/person", "yuan/person/month"),
        ("yuan/person/month", "yuan/person/month"),
        ("yuan/year/household", "yuan/household/year"),
        ("yuan/school_year/person", "yuan/person/school_year"),
        ("yuan/month/square_metre", "yuan/square_metre/month"),
        ("person/household", "person/household"),
        ("month*yuan", "yuan*month"),
        ("yuan*yuan", "yuan**2"),
        ("yuan**2/month/month", "yuan**2/month**2"),
        ("yuan/yuan", ""),
        ("1", ""),
        ("", ""),
        ("1/month", "1/month"),
    ],
)
def test_spelling(written: str, canonical: str) -> None:
    """A unit has one spelling: what is counted, for whom, per which period."""
    assert unit(written).text == canonical
    assert unit(written) == unit(canonical)
    assert str(unit(written)) == canonical


@pytest.mark.parametrize(
    "text",
    ["florin", "yuan/week", "yuan/", "/month", "元", "yuans", "Yuan", "yuan per month", "2*yuan"],
)
def test_unknown_words_are_refused(text: str) -> None:
    """What units.txt does not know is no unit, plurals and capitals included."""
    with pytest.raises(ValueError, match="unknown unit"):
        unit(text)


@given(any_unit())
def test_the_canonical_spelling_spells_itself(u: Unit) -> None:
    """Reading a canonical spelling gives the same unit."""
    assert unit(u.text) == u


@pytest.mark.parametrize(
    ("combine", "a", "b", "expected", "brought"),
    [
        (units.times, "yuan/month", "year", "yuan", 12),
        (units.times, "yuan/quarter", "month", "yuan", Fraction(1, 3)),
        (units.times, "yuan/person/month", "person/household", "yuan/household/month", 1),
        (units.times, "yuan", "", "yuan", 1),
        (units.times, "yuan", "yuan", "yuan**2", 1),
        (units.times, "yuan", "jiao", "jiao**2", 10),
        (units.times, "yuan/day", "month", "yuan*month/day", 1),
        (units.times, "yuan/school_year", "year", "yuan*year/school_year", 1),
        (units.per, "yuan/household/month", "person/household", "yuan/person/month", 1),
        (units.per, "yuan/year", "yuan/month", "", Fraction(1, 12)),
        (units.per, "yuan/year", "month", "yuan/month**2", Fraction(1, 12)),
        (units.per, "yuan", "yuan", "", 1),
        (units.per, "yuan", "fen", "", 100),
        (units.per, "", "month", "1/month", 1),
        (units.per, "person", "person_time", "person/person_time", 1),
    ],
)
def test_products_and_quotients(
    combine: Callable[[Unit, Unit], tuple[Unit, Fraction]],
    a: str,
    b: str,
    expected: str,
    brought: Fraction | int,
) -> None:
    """A product's unit is canonical with one word a dimension, and nothing of its size is lost."""
    assert combine(unit(a), unit(b)) == (unit(expected), Fraction(brought))


@given(any_unit(), any_unit())
def test_a_product_divided_again_is_what_it_was(a: Unit, b: Unit) -> None:
    """Dividing a product by its second unit gives the first one's size back, exactly."""
    product, brought = units.times(a, b)
    back, taken = units.per(product, b)
    alone, simplified = units.times(a, unit(""))
    again = units.factor(back, alone)
    assert again is not None
    assert brought * taken * again == simplified


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("yuan/year", "yuan/month", Fraction(1, 12)),
        ("yuan/month", "yuan/year", 12),
        ("yuan/quarter", "yuan/month", Fraction(1, 3)),
        ("yuan/quarter", "yuan/year", 4),
        ("jiao", "yuan", Fraction(1, 10)),
        ("yuan", "fen", 100),
        ("year", "month", 12),
        ("fen/person/year", "yuan/person/month", Fraction(1, 1200)),
        ("yuan/person", "yuan/household", None),
        ("yuan/case", "yuan/item", None),
        ("yuan/day", "yuan/month", None),
        ("day", "working_day", None),
        ("yuan/school_year", "yuan/year", None),
        ("yuan/month", "yuan", None),
        ("", "yuan", None),
        ("person", "person_time", None),
        ("person", "", None),
        ("year_of_age", "year", None),
        ("", "", 1),
    ],
)
def test_conversion(source: str, target: str, expected: Fraction | int | None) -> None:
    """Month, quarter and year convert by 12 and 4; days, school years and counts do not."""
    found = units.factor(unit(source), unit(target))
    assert found == expected
    assert found is None or type(found) is Fraction


def test_only_money_and_months_have_multiples() -> None:
    """Every other pair of base units is of different dimensions."""
    related = {
        frozenset((a, b))
        for a in UNIT_WORDS
        for b in UNIT_WORDS
        if a != b and units.factor(unit(a), unit(b)) is not None
    }
    families = (("yuan", "jiao", "fen"), ("month", "quarter", "year"))
    assert related == {frozenset((a, b)) for f in families for a in f for b in f if a != b}


@pytest.mark.parametrize(
    ("text", "money", "whom", "period"),
    [
        ("yuan/person/month", True, "person", "month"),
        ("fen/household", True, "household", None),
        ("yuan/item/school_year", True, "item", "school_year"),
        ("yuan/case/day", True, "case", "day"),
        ("yuan/quarter", True, None, "quarter"),
        ("person/household", False, "household", None),
        ("person", False, None, None),
        ("month", False, None, None),
        ("1/yuan", False, None, None),
        ("yuan**2", False, None, None),
        ("yuan*month", False, None, None),
        ("", False, None, None),
    ],
)
def test_parts(text: str, money: bool, whom: str | None, period: str | None) -> None:
    """Whether a unit is money, for whom it is, and per which period."""
    u = unit(text)
    assert (units.is_money(u), units.whom(u), units.period(u)) == (money, whom, period)


def test_with_and_without_whom() -> None:
    """A header adds for whom to money that does not say so, and to persons of a household."""
    assert units.with_whom(unit("yuan/month"), "person") == unit("yuan/person/month")
    assert units.with_whom(unit("yuan/household/month"), "person") == unit("yuan/household/month")
    assert units.with_whom(unit("square_metre"), "household") == unit("square_metre/household")
    price = unit("yuan/square_metre/month")
    assert units.with_whom(price, "household") == price
    assert units.with_whom(unit("person"), "household") == unit("person/household")
    assert units.with_whom(unit("person"), "person") == unit("person")
    assert units.with_whom(unit(""), "household") == unit("")
    assert units.without_whom(unit("yuan/person/month")) == unit("yuan/month")
    assert units.without_whom(unit("person/household")) == unit("person")


def test_with_period() -> None:
    """The period is replaced or taken away; what is counted stays, months among it."""
    assert units.with_period(unit("yuan/person/year"), "month") == unit("yuan/person/month")
    assert units.with_period(unit("yuan/person/day"), None) == unit("yuan/person")
    assert units.with_period(unit("yuan"), "quarter") == unit("yuan/quarter")
    assert units.with_period(unit("month"), None) == unit("month")


@pytest.mark.parametrize(
    ("text", "english", "chinese", "json"),
    [
        ("yuan/person/month", "yuan per person per month", "元/人·月", "yuan/month"),
        ("yuan/household/month", "yuan per household per month", "元/户·月", "yuan/month"),
        ("yuan", "yuan", "元", "yuan"),
        ("person", "persons", "人", "person"),
        ("person/household", "persons per household", "人/户", "person"),
        ("month", "months", "个月", "month"),
        ("day", "days", "天", "day"),
        ("yuan/person/day", "yuan per person per day", "元/人·日", "yuan/day"),
        (
            "yuan/person/school_year",
            "yuan per person per school year",
            "元/人·学年",
            "yuan/school_year",
        ),
        ("person_time", "person-times", "人次", "person_time"),
        ("year_of_age", "years of age", "岁", "year_of_age"),
        ("1/month", "per month", "每月", "1/month"),
        ("yuan**2/month**2", "yuan² per month²", "元²/月²", "yuan**2/month**2"),
        ("", "", "", ""),
    ],
)
def test_words(text: str, english: str, chinese: str, json: str) -> None:
    """A unit as people read it in both languages and as results print it."""
    u = unit(text)
    assert units.show(u, "en") == english
    assert units.show(u, "zh") == chinese
    assert units.json_text(u) == json


def test_words_after_one() -> None:
    """English knows the singular; what stands below the line is always singular."""
    assert units.show(unit("month"), "en", Fraction(1)) == "month"
    assert units.show(unit("month"), "en", Fraction(3)) == "months"
    assert units.show(unit("person/household"), "en", Fraction(1)) == "person per household"


def test_every_unit_has_words_and_a_definition() -> None:
    """units.txt and UNIT_WORDS hold the same units, and no name is shown for two of them."""
    lines = (grammar_folder() / "units.txt").read_text("utf-8").splitlines()
    defined = [line.split("=")[0].strip() for line in lines if "=" in line]
    assert sorted(defined) == sorted(UNIT_WORDS)
    for shown in ("en", "en_plural", "zh", "zh_counted"):
        names = [getattr(words, shown) for words in UNIT_WORDS.values()]
        assert all(names)
        assert len(set(names)) == len(names)


def test_quantity_is_exact() -> None:
    """A Pint quantity keeps the fraction through a conversion."""
    yearly = units.quantity(Fraction(1000, 3), unit("yuan/person/month")).to("yuan/person/year")
    assert yearly.magnitude == Fraction(4000)
    assert type(yearly.magnitude) is Fraction


@given(st.lists(WORDS, min_size=2, max_size=4), st.lists(WORDS, min_size=2, max_size=4))
def test_units_convert_as_pint_converts_them(words: list[str], others: list[str]) -> None:
    """Two units convert into each other exactly where Pint converts them, and as it does."""
    one, other = unit("/".join(words)), unit("/".join(others))
    quantity = units.quantity(Fraction(1), one)

    found = quantity.to(other.text).magnitude if quantity.is_compatible_with(other.text) else None

    assert units.factor(one, other) == found


def test_only_a_quantity_loads_pint() -> None:
    """Importing, spelling, showing, products and conversions leave Pint alone."""
    program = (
        "import sys; from policyrules.types import units as u\n"
        "u.show(u.with_whom(u.unit('yuan/month'), 'person'), 'zh')\n"
        "assert u.per(u.unit('yuan/year'), u.unit('person')) == (u.unit('yuan/person/year'), 1)\n"
        "assert u.factor(u.unit('yuan/month'), u.unit('yuan/year')) == 12\n"
        "print('pint' in sys.modules)\n"
        "u.quantity(1, u.unit('yuan/year'))\n"
        "print('pint' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]
