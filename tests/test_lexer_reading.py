"""What the lexer takes for granted so as to be quick."""

import string
from collections.abc import Callable
from pathlib import Path

import pytest

from policyrules.syntax import numbers
from policyrules.syntax.words import table, words

ROOT = Path(__file__).parents[1]
RULES = sorted([*(ROOT / "rulesets").rglob("*.rules"), *(ROOT / "tests").rglob("*.rules")])
READERS: list[Callable[..., object]] = [
    numbers.read_number,
    numbers.read_share,
    numbers.read_points,
    numbers.read_multiple,
    numbers.read_quantity,
    numbers.read_rough,
    numbers.read_date,
    numbers.read_period,
    numbers.impossible_day,
]
BEHIND = (
    *(
        "",
        "5",
        "５元",
        "年",
        "分之一",
        "二",
        "个月",
        "人每月5元",
        "万5元",
        "点五",
        "倍",
        "千元",
        "%",
    ),
    *(" and a half times", " days", "-1 yuan", "2023-02-30", "０２３年2月30日", "018-2020年"),
)


def read_at(text: str, offset: int) -> bool:
    """Whether a reader of figures finds something."""
    return any(read(text, offset) is not None for read in READERS)


def test_figures_begin_where_one_is_read_in_rule_files() -> None:
    """Wherever a figure is read, one may begin; nearly nowhere else."""
    for file in RULES:
        text = file.read_text(encoding="utf-8")
        for offset in range(min(len(text), 4000)):
            assert numbers.may_begin(text, offset) or not read_at(text, offset), text[offset:][:20]


def test_figures_begin_with_these_characters_only() -> None:
    """No other character, or word, begins anything that the readers of figures know."""
    characters = {
        *string.printable,
        *map(chr, range(0x3000, 0xA000)),
        *map(chr, range(0xFF00, 0xFFF0)),
    }
    begins = [*characters, "one", "ten", "none", "three ", "a ", "half "]
    for begin in begins:
        if not numbers.may_begin(begin, 0):
            for rest in BEHIND:
                if not numbers.may_begin(begin + rest, 0):
                    assert not read_at(begin + rest, 0), begin + rest


@pytest.mark.parametrize(
    ("text", "offset", "found"),
    [
        ("at least 5", 0, [(8, "two words")]),
        ("at \n　 least 5", 0, [(11, "two words")]),
        ("at leaster", 0, []),
        ("at least's", 0, []),
        ("flat least", 2, []),
        ("不at least", 1, [(9, "two words")]),
        ("不低于低保", 0, [(3, "longer"), (1, "not")]),
        ("不低", 0, [(1, "not")]),
        ("a不低于", 1, [(4, "longer"), (2, "not")]),
        ("", 0, []),
    ],
)
def test_longest_match(text: str, offset: int, found: list[tuple[int, str]]) -> None:
    """Each spelling once, the longest first; words between blanks are not cut in two."""
    spelled = table([("at least", "two words"), ("不", "not"), ("不低于", "longer"), ("at", "at")])
    matches = spelled.match(text, offset, len(text))
    assert [match for match in matches if match[1] != "at"] == found


def test_nothing_is_matched_beyond_the_limit() -> None:
    """A spelling that the end of the line cuts off does not stand there."""
    spelled = table([("at least", 1)])
    assert spelled.match("at least", 0, 7) == []
    assert spelled.match("at        least", 0, 14) == []
    assert spelled.match("at        least", 0, 15) == [(15, 1)]


def test_every_word_is_found_where_it_stands() -> None:
    """By itself, and with line breaks for its blanks."""
    for word in words().inside.buckets.values():
        for spelling in word[1]:
            for text in (spelling, spelling.replace(" ", "\n\t 　 ")):
                ends = [end for end, _ in words().inside.match(text, 0, len(text))]
                assert max(ends) == len(text)
                assert ends == sorted(ends, reverse=True)
