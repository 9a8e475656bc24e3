"""One kind of finding: its wording in both languages."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from policyrules.source import Text

Severity = Literal["error", "warning"]
NOTHING = Text("", "")


@frozen
class Entry:
    """One kind of finding; the blanks in its texts are filled from the facts of a diagnostic."""

    title: Text
    message: Text
    label: Text = NOTHING
    hint: Text = NOTHING
    severity: Severity = "error"


def entry(
    title: tuple[str, str],
    message: tuple[str, str],
    label: tuple[str, str] = ("", ""),
    hint: tuple[str, str] = ("", ""),
    severity: Severity = "error",
) -> Entry:
    """An entry from pairs of English and Chinese."""
    return Entry(Text(*title), Text(*message), Text(*label), Text(*hint), severity)
