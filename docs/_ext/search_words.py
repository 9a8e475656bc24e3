"""Search of the site in Chinese and English: which words its index has, and a query asks for.

Chinese is cut into pairs of characters that overlap, in the index as in the query, so that any
wording is found whose pairs a page has; no dictionary decides what a word is. What is written in
letters is a word, in lower case.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage
from sphinx.search.en import SearchEnglish

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]+|[^\W{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")


def words(text: str) -> list[str]:
    """The words of a text, pairs of characters where it is Chinese."""
    found: list[str] = []
    for run in _WORD.findall(text.lower()):
        if _IS_HAN.match(run) and len(run) > 1:
            found += [run[place : place + 2] for place in range(len(run) - 1)]
        else:
            found.append(run)
    return found


class Words(SearchLanguage):
    """What Sphinx asks of a language, in Python for the index and in a script for the query."""

    lang = "words"
    language_name = "Chinese and English"
    stopwords = SearchEnglish.stopwords
    # The same as `words`.
    js_splitter_code = rf"""
const WORDS = /[{_HAN}]+|(?:(?![{_HAN}])[\p{{L}}\p{{N}}_])+/gu;
function splitQuery(query) {{
  const found = [];
  for (const run of query.toLowerCase().match(WORDS) ?? []) {{
    if (/^[{_HAN}]/u.test(run) && run.length > 1) {{
      for (let place = 0; place + 1 < run.length; place++) found.push(run.slice(place, place + 2));
    }} else found.push(run);
  }}
  return found;
}}
"""

    def split(self, input: str) -> list[str]:  # noqa: A002 - as Sphinx calls it
        """The words of a text."""
        return words(input)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the language."""
    app.add_search_language(Words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
