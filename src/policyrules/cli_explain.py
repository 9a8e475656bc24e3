"""`policyrules explain`: the reasons of outcomes in the form asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Literal

from policyrules import wording
from policyrules.explanation import Explanation
from policyrules.explanation_tree import page
from policyrules.results import Result
from policyrules.source import Language, Text

Format = Literal["text", "markdown", "html"]
SCHEMA = 1
Data = dict[str, object]


def wanted(result: Result, benefit: str, of: str | None) -> list[Explanation]:
    """The explanations of a result that has the outcomes of one rule, or of all.

    Without a `benefit`, those of all benefits, or of all outcomes where there is no benefit; `of`
    leaves one subject. Raises `InputError` where nobody is at that place, or nobody has an outcome.
    """
    found = [outcome for outcome in result.values() if of is None or outcome.of == of]
    if not found and (benefit or len(result)):
        # Refused, with where there are outcomes.
        name = benefit or Counter(name for name, _ in result).most_common(1)[0][0]
        found = [result[name] if of is None else result[name, of]]
    benefits = [outcome for outcome in found if outcome.what == "benefit"]
    return [outcome.explain() for outcome in benefits or found]


def written(result: Result, found: list[Explanation], form: Format, lang: Language) -> str:
    """The explanations as one text, document or page."""
    return _FORMS[form](result, found, lang)


def _as_text(_result: Result, found: list[Explanation], lang: Language) -> str:
    return "\n\n".join(each.text(lang) for each in found)


def _as_markdown(_result: Result, found: list[Explanation], lang: Language) -> str:
    return "\n\n".join(each.markdown(lang) for each in found)


def _as_page(result: Result, found: list[Explanation], lang: Language) -> str:
    name, on = result.title.of(lang) or result.ruleset, wording.day(result.on)
    title = Text(f"{name}, {on.en}", f"{name}，{on.zh}").of(lang)
    return page(title, [each.html(lang) for each in found], lang)


def to_data(result: Result, found: list[Explanation], lang: Language) -> Data:
    """The explanations as JSON-ready data (schema 1)."""
    return {
        "schema": SCHEMA,
        "ruleset": result.ruleset,
        "on": result.on.isoformat(),
        "explanations": [each.to_dict(lang) for each in found],
    }


_FORMS: Mapping[Format, Callable[[Result, list[Explanation], Language], str]] = {
    "text": _as_text,
    "markdown": _as_markdown,
    "html": _as_page,
}
