"""The arguments of the command that writes a query."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from policyrules.case_json import DIGITS
from policyrules.ruleset import Ruleset
from policyrules.source import Language

_NAMES = ("persons", "households", "key", "person_key")


@frozen
class Query:
    """What is asked for, as `Ruleset.sql` takes it; what was not typed is not among it."""

    dialect: str
    wishes: dict[str, Any]

    @classmethod
    def of(cls, values: dict[str, Any]) -> Query:
        """Take it out of the values that were typed."""
        wishes = {name: values.pop(name) for name in _NAMES}
        scales = dict(text.rpartition("=")[::2] for text in values.pop("scale"))
        wishes["scales"] = {name: _number(text) for name, text in scales.items()}
        wishes["absent"] = tuple(values.pop("absent"))
        wishes["money"] = values.pop("money")
        largest = values.pop("largest")
        wishes["largest"] = None if largest is None else _number(largest)
        typed = {name: wish for name, wish in wishes.items() if wish is not None}
        return cls(values.pop("dialect"), typed)

    def text(self, rules: Ruleset, benefit: str, on: str | None, lang: Language) -> str:
        """The query."""
        return rules.sql(benefit, self.dialect, on, lang=lang, **self.wishes)


def _number(text: str) -> object:
    """The whole number that a text is, else the text, for `Ruleset.sql` to refuse."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else text
