"""Colours for rule files: a lexer for Pygments, and so for Sphinx, MkDocs and terminals.

The words are those of `grammar/words.toml` and the names those that the text declares, found as the
compiler finds them: the longest wins. A text need not be a whole ruleset, nor free of mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen
from pygments.lexer import Lexer
from pygments.token import Token

from policyrules.source import Source
from policyrules.syntax.layout import Layout, lay_out
from policyrules.syntax.names import Outline, outline
from policyrules.syntax.words import words

_TOKENS = (
    (re.compile(r"\s+"), Token.Text.Whitespace),
    (re.compile(r"#[^\n]*"), Token.Comment.Single),
    (re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|「[^」\n]*」"), Token.Literal.String),
)
_FIGURE = re.compile(r"[0-9０-９]+(?:[.,．][0-9０-９]+)*[%％‰]?")
_OTHERS = (
    (re.compile(r"[+*×/／÷=<>≤≥－–—~～-]"), Token.Operator),
    (re.compile(r"[\]\[【】［］():;,.、。，；：（）|｜]"), Token.Punctuation),
    (re.compile(r"[^\W\d_\u3400-\u9fff]+"), Token.Name),
)


class RulesLexer(Lexer):
    """Rule files in Chinese or English."""

    name = "policyrules"
    aliases = ("policyrules", "rules")
    filenames = ("*.rules",)

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, object, str]]:
        """Each piece of a text with its offset and kind; together they are the text."""
        layout = lay_out(Source("", text))
        scanner = _Scanner(text, outline(layout), _openers(layout))
        offset = 0
        while offset < len(text):
            end, kind = scanner.one(offset)
            yield offset, kind, text[offset:end]
            offset = end


def _openers(layout: Layout) -> dict[int, int]:
    """Where the words that open a declaration or a clause begin and end."""
    found = {block.header.start: block.opened for block in layout.blocks}
    for block in layout.blocks:
        clauses = words().clauses.get(block.opener.type)
        if clauses is None:
            continue
        for line in block.clauses:
            opened = clauses.match(layout.source.text, line.start, line.end)
            if opened:
                found[line.start] = opened[0][0]
    return {start: end for start, end in found.items() if start < end}


@frozen
class _Scanner:
    """Reads one piece after another."""

    text: str
    outline: Outline
    openers: dict[int, int]

    def one(self, offset: int) -> tuple[int, object]:
        """Where the piece at an offset ends, and its kind."""
        for pattern, kind in _TOKENS:
            match = pattern.match(self.text, offset)
            if match:
                return match.end(), kind
        if offset in self.openers:
            return self.openers[offset], Token.Keyword.Declaration
        declared = self.outline.declared.get(offset)
        if declared and declared.name.span.end > offset:
            return declared.name.span.end, Token.Name.Class
        return self.spelled(offset) or self.figure(offset) or self.other(offset)

    def spelled(self, offset: int) -> tuple[int, object] | None:
        """A name that the text declares, or a word of the language where that is longer."""
        limit = len(self.text)
        names, sources = self.outline.names.table, self.outline.names.sources
        found = [
            *((end, Token.Name.Variable) for end, _ in names.match(self.text, offset, limit)),
            *((end, Token.Name.Label) for end, _ in sources.match(self.text, offset, limit)),
            *((end, Token.Keyword) for end, _ in words().inside.match(self.text, offset, limit)),
        ]
        return max(found, key=lambda item: item[0], default=None)

    def figure(self, offset: int) -> tuple[int, object] | None:
        """A figure, or a unit."""
        match = _FIGURE.match(self.text, offset)
        if match:
            return match.end(), Token.Literal.Number
        units = self.outline.names.units.match(self.text, offset, len(self.text))
        return (units[0][0], Token.Keyword.Type) if units else None

    def other(self, offset: int) -> tuple[int, object]:
        """A mark, a word that nobody declared here, or a character of one."""
        for pattern, kind in _OTHERS:
            match = pattern.match(self.text, offset)
            if match:
                return match.end(), kind
        return offset + 1, Token.Text
