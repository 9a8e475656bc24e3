"""Places inside documents, in the forms of numbered lists and of laws."""

import pytest

from policyrules.syntax.places import Levels, read_levels


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("第四条第（三）项", (4, 3)),
        ("第四条第三款第（二）项", (4, 3, 2)),
        ("第四条第二款第2项", (4, 2, 2)),
        ("二（三）1", (2, 3, 1)),
        ("2(3)1", (2, 3, 1)),
        ("附件2第（一）项", ("annex", 2, 1)),
    ],
)
def test_a_place_is_its_levels(written: str, levels: Levels) -> None:
    """Whatever brackets and words stand around the numbers, they are read to the end."""
    found, _, end = read_levels(written, 0, len(written))

    assert (found, end) == (levels, len(written))


def test_a_place_keeps_the_words_of_its_levels() -> None:
    """The word behind each number, and the bracket before it, are kept for showing the place."""
    assert read_levels("第四条第三款第（二）项", 0, 11)[1] == ("条", "款", "（项")
    assert read_levels("二（三）1", 0, 5)[1] == ("", "（", "")
