"""Which exception a quoted title means."""

from __future__ import annotations

from collections.abc import Collection

from policyrules.source import Text


def meant(title: Text, titles: Collection[Text]) -> Text | None:
    """The title that is meant, by both of its halves or by one; None if it is none or not plain."""
    if title in titles:
        return title
    found = [known for known in titles if _fits(title, known)]
    return found[0] if len(found) == 1 else None


def _fits(title: Text, known: Text) -> bool:
    """Whether what is written of a title is part of the other, or the other of it."""
    pairs = [
        half == other
        for half, other in ((title.en, known.en), (title.zh, known.zh))
        if half is not None and other is not None
    ]
    return bool(pairs) and all(pairs)
