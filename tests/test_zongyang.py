"""Zongyang's bands: where its text overlaps, the file must say to which band a figure belongs."""

from __future__ import annotations

import pytest

from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError
from policyrules.library import locate
from policyrules.source import Source

PATH = locate("cn.unnamed_city.zongyang")
TEXT = PATH.read_text("utf-8")
SAID = "at least 10000 yuan and less than 20000 yuan"


def refusals(text: str) -> dict[str, str]:
    """The codes of the mistakes in a text with their messages."""
    with pytest.raises(CompileError) as caught:
        compile_source(Source(str(PATH), text), PATH.parent)
    return {found.code: found.message("en") for found in caught.value.diagnostics}


def test_the_overlap_of_the_document_is_refused() -> None:
    """Asserts that ‘10,000 to 20,000’ beside ‘from 20,000’ is refused by the figure 20,000."""
    assert TEXT.count(SAID) == 1
    found = refusals(TEXT.replace(SAID, "at least 10000 yuan and at most 20000 yuan"))
    assert list(found) == ["PR336"]
    assert found["PR336"].startswith("20,000 yuan falls into both")


def test_a_gap_is_refused() -> None:
    """Asserts that a band that ends below the next one leaves a gap, which is refused."""
    found = refusals(TEXT.replace(SAID, "at least 10000 yuan and less than 19000 yuan"))
    assert len(found) == 1
    assert "19,000" in next(iter(found.values()))


def test_what_exceeds_the_range_of_the_city_is_refused() -> None:
    """Asserts that eleven times is refused, since the city grants at most ten."""
    found = refusals(TEXT.replace("2 to 8 times", "2 to 11 times"))
    assert list(found) == ["PR580"]


def test_an_upper_end_alone_is_refused() -> None:
    """Asserts that `at most 8 times`, as the county words it, starts from 0 and is outside."""
    found = refusals(TEXT.replace("2 to 8 times", "at most 8 times"))
    assert list(found) == ["PR580"]
