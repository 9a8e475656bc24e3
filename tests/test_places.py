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
    assert read_levels(written, 0, len(written)) == (levels, len(written))
