"""The grammar as a parser, from tables that the build of the package made ahead of time.

To build LALR tables takes seconds, to read them a tenth of one. Tables that are not there, damaged,
or made from another grammar or by another Lark are passed over: then the parser is built from the
grammar itself. The file is JSON, so that nothing read back can be executed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import lark
from lark import Lark, Token
from lark.grammar import Rule
from lark.lexer import Lexer, TerminalDef

from policyrules.data import grammar_folder

TABLES = "tables.json"
_START = "line"
_LAYOUT = 1  # of the file; counted up when `_saved` changes


class _Tokens(Lexer):
    """Hands Lark the tokens of a line, which are there already."""

    def __init__(self, _: object) -> None:
        """Lark passes its configuration, of which nothing is needed."""

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[Token]:
        """The tokens themselves; Lark calls a custom lexer with the text alone."""
        del parser_state
        yield from lexer_state


_OPTIONS = {
    "parser": "lalr",
    "start": [_START],
    "propagate_positions": True,
    "keep_all_tokens": True,
    "maybe_placeholders": False,
}


@cache
def grammar() -> Lark:
    """The grammar as a parser of the tokens of a line."""
    return from_tables(grammar_folder() / TABLES) or built()


def built(*, strict: bool = False) -> Lark:
    """A parser built from the grammar; `strict` refuses any conflict, which Lark else resolves."""
    return Lark(_text(), lexer=_Tokens, strict=strict, **_OPTIONS)


def write_tables(parser: Lark, file: Path) -> None:
    """Write the tables of a built parser for `from_tables`: a line with their key, then JSON."""
    tables = json.dumps(_saved(parser), separators=(",", ":"))
    file.write_text(f"{_key(tables)}\n{tables}\n", encoding="utf-8")


def from_tables(file: Path) -> Lark | None:
    """The parser of tables that were written for this very grammar; None if these were not."""
    try:
        key, tables, _ = file.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return None
    return Lark.load(_restored(json.loads(tables))) if key == _key(tables) else None


def _text() -> str:
    return (grammar_folder() / "policyrules.lark").read_text(encoding="utf-8")


def _key(tables: str) -> str:
    """What tells whether tables are whole and fit the grammar, Lark and what is asked of it."""
    made_of = [_LAYOUT, lark.__version__, _OPTIONS, _text(), tables]
    return sha256(json.dumps(made_of).encode()).hexdigest()


def _saved(parser: Lark) -> dict[str, Any]:
    """What Lark saves of a parser, as far as the grammar decides it.

    A row of `states` holds terminals by number, each followed by what it leads to: the doubled
    number of the next state, or that of the rule to reduce by, doubled, plus one.
    """
    data, rules = parser.memo_serialize([TerminalDef, Rule])
    table = data["parser"]["parser"]
    assert data["parser"]["lexer_conf"]["terminals"] == []
    return {
        "rules": list(rules.values()),
        "tokens": list(table["tokens"].values()),
        "states": [
            [
                number
                for token, (reduces, found) in row.items()
                for number in (token, 2 * found["@"] + 1 if reduces else 2 * found)
            ]
            for row in table["states"].values()
        ],
        "start": table["start_states"][_START],
        "end": table["end_states"][_START],
    }


def _restored(saved: dict[str, Any]) -> dict[str, Any]:
    """What Lark saved, from what `_saved` made of it."""
    rules = [{"@": number} for number in range(len(saved["rules"]))]
    states = {
        state: {
            token: (1, rules[found >> 1]) if found & 1 else (0, found >> 1)
            for token, found in zip(row[::2], row[1::2], strict=True)
        }
        for state, row in enumerate(saved["states"])
    }
    table = {
        "tokens": saved["tokens"],
        "states": states,
        "start_states": {_START: saved["start"]},
        "end_states": {_START: saved["end"]},
    }
    lexer = {
        "terminals": [],
        "ignore": [],
        "g_regex_flags": 0,
        "use_bytes": False,
        "lexer_type": _Tokens,
    }
    parser = {
        "lexer_conf": lexer,
        "parser_conf": {"rules": rules, "start": [_START], "parser_type": "lalr"},
        "parser": table,
    }
    data = {"parser": parser, "rules": rules, "options": {**_OPTIONS, "lexer": _Tokens}}
    return {"data": data, "memo": dict(enumerate(saved["rules"]))}
