"""`policyrules explain`: the reasons of outcomes in the form asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from html import escape
from typing import Literal

from policyrules import wording
from policyrules.counterfactual import WhatIf
from policyrules.explanation_tree import as_is, page
from policyrules.letter import Letter
from policyrules.letter_html import whole_page
from policyrules.results import Outcome, Result
from policyrules.source import Language, Text

Format = Literal["text", "markdown", "html", "letter", "letter-html"]
SCHEMA = 1
Data = dict[str, object]
Changes = Callable[[Outcome], WhatIf | None]


def wanted(result: Result, benefit: str, of: str | None) -> list[Outcome]:
    """The outcomes to be explained of a result that has those of one rule, or of all.

    Without a `benefit`, those of all benefits, or of all outcomes where there is no benefit; `of`
    leaves one subject. Raises `InputError` where nobody is at that place, or nobody has an outcome.
    """
    found = [outcome for outcome in result.values() if of is None or outcome.of == of]
    if not found and (benefit or len(result)):
        # Refused, with where there are outcomes.
        name = benefit or Counter(name for name, _ in result).most_common(1)[0][0]
        found = [result[name] if of is None else result[name, of]]
    benefits = [outcome for outcome in found if outcome.what == "benefit"]
    return benefits or found


def written(
    result: Result, found: list[Outcome], form: Format, lang: Language, changes: Changes
) -> str:
    """The explanations as one text, document or page; letters also tell `changes`."""
    if form in _LETTERS:
        return _LETTERS[form]([each.letter(lang, changes(each)) for each in found])
    return _FORMS[form](result, found, lang)


def _as_text(result: Result, found: list[Outcome], lang: Language) -> str:
    texts = [each.explain(lang).text() for each in found]
    return "\n\n".join([*texts, *_not_listed(result, lang)])


def _as_markdown(result: Result, found: list[Outcome], lang: Language) -> str:
    texts = [each.explain(lang).markdown() for each in found]
    return "\n\n".join([*texts, *map(as_is, _not_listed(result, lang))])


def _not_listed(result: Result, lang: Language) -> list[str]:
    """A last line on the benefits of members, where the members are unknown."""
    text = result.unlisted_text(lang)
    return [text[:1].upper() + text[1:]] if text else []


def _as_page(result: Result, found: list[Outcome], lang: Language) -> str:
    name, on = result.title.of(lang) or result.ruleset, wording.day(result.on)
    title = Text(f"{name}, {on.en}", f"{name}，{on.zh}").of(lang)
    last = [f"<p>{escape(text)}</p>" for text in _not_listed(result, lang)]
    return page(title, [*(each.explain(lang).html() for each in found), *last], lang)


def _as_letters(letters: list[Letter]) -> str:
    return "\n\n\n".join(letter.text() for letter in letters)


def _as_letter_page(letters: list[Letter]) -> str:
    return whole_page(*letters).rstrip("\n")


def to_data(result: Result, found: list[Outcome], lang: Language) -> Data:
    """The explanations as JSON-ready data (schema 1)."""
    return {
        "schema": SCHEMA,
        "ruleset": result.ruleset,
        "on": result.on.isoformat(),
        "explanations": [each.explain(lang).to_dict() for each in found],
    }


_FORMS: Mapping[Format, Callable[[Result, list[Outcome], Language], str]] = {
    "text": _as_text,
    "markdown": _as_markdown,
    "html": _as_page,
}
_LETTERS: Mapping[Format, Callable[[list[Letter]], str]] = {
    "letter": _as_letters,
    "letter-html": _as_letter_page,
}
