"""The grammar as a parser, from tables that the build of the package made ahead of time.

To build LALR tables takes seconds, to read them hundredths of one. Tables that are not there,
damaged, or made from another grammar or by another Lark are passed over: then the parser is built
from the grammar itself. The file is JSON, so that nothing read back can be executed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import lark
from lark import Lark, Token, Tree
from lark.grammar import NonTerminal, Rule, RuleOptions, Terminal
from lark.lexer import Lexer, LexerThread, TerminalDef
from lark.parse_tree_builder import ParseTreeBuilder
from lark.parsers.lalr_analysis import Reduce, Shift
from lark.parsers.lalr_parser import LALR_Parser

from policyrules.data import grammar_folder

TABLES = "tables.json"
_START = "line"
_LAYOUT = 2  # of the file; counted up when `_saved` changes


class _Tokens(Lexer):
    """Hands Lark the tokens of a line, which are there already."""

    def __init__(self, _: object) -> None:
        """Lark passes its configuration, of which nothing is needed."""

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[Token]:
        """The tokens themselves, which are all the state that there is."""
        del parser_state
        yield from lexer_state


_OPTIONS = {
    "parser": "lalr",
    "start": [_START],
    "keep_all_tokens": True,
    "maybe_placeholders": False,
}


def parse_tree(tokens: Sequence[Token]) -> Tree[Token]:
    """The tree of the tokens of a line; `UnexpectedToken` where they cannot be read."""
    state: Any = tokens
    tree: Tree[Token] = grammar().parse(LexerThread(_Tokens(None), state), _START)
    return tree


@cache
def grammar() -> Any:
    """The parser of the grammar: Lark's `LALR_Parser`."""
    return from_tables(grammar_folder() / TABLES) or built().parser.parser


def built(*, strict: bool = False) -> Lark:
    """A parser built from the grammar; `strict` refuses any conflict, which Lark else resolves."""
    return Lark(_text(), lexer=_Tokens, strict=strict, **_OPTIONS)


def write_tables(parser: Lark, file: Path) -> None:
    """Write the tables of a built parser for `from_tables`: a line with their key, then JSON."""
    tables = json.dumps(_saved(parser), separators=(",", ":"))
    file.write_text(f"{_key(tables)}\n{tables}\n", encoding="utf-8")


def from_tables(file: Path) -> Any:
    """The parser of tables that were written for this very grammar; None if these were not."""
    try:
        key, tables, _ = file.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return None
    return _restored(json.loads(tables)) if key == _key(tables) else None


def _text() -> str:
    return (grammar_folder() / "policyrules.lark").read_text(encoding="utf-8")


def _key(tables: str) -> str:
    """What tells whether tables are whole and fit the grammar, Lark and what is asked of it."""
    made_of = json.dumps([_LAYOUT, lark.__version__, _OPTIONS, _text()])
    return sha256(f"{made_of}\n{tables}".encode()).hexdigest()


def _saved(parser: Lark) -> dict[str, Any]:
    """What Lark saves of a parser, as far as the grammar decides it and parsing needs it.

    A rule is what it makes, of which symbols, under which other name, and whether a single part
    stands for the whole. A row of `states` holds terminals by number, each followed by what it
    leads to: the doubled number of the next state, or that of the rule to reduce by, doubled, plus
    one.
    """
    data, rules = parser.memo_serialize([TerminalDef, Rule])
    table = data["parser"]["parser"]
    return {
        "rules": [
            [
                rule["origin"]["name"],
                " ".join(symbol["name"] for symbol in rule["expansion"]),
                rule["alias"],
                rule["options"]["expand1"],
            ]
            for rule in rules.values()
        ],
        "tokens": list(table["tokens"].values()),
        "states": [
            " ".join(
                f"{token} {2 * found['@'] + 1 if reduces else 2 * found}"
                for token, (reduces, found) in row.items()
            )
            for row in table["states"].values()
        ],
        "start": table["start_states"][_START],
        "end": table["end_states"][_START],
    }


def _restored(saved: dict[str, Any]) -> Any:
    """The parser of which `_saved` made this."""
    builder, lalr = cast("Any", ParseTreeBuilder), cast("Any", LALR_Parser)
    rules = [_rule(*rule) for rule in saved["rules"]]
    nodes = builder(rules, Tree).create_callback()
    ends = {"start_states": {_START: saved["start"]}, "end_states": {_START: saved["end"]}}
    parser = lalr.deserialize({"tokens": {}, "states": {}, **ends}, {}, nodes)
    parser.parser.parse_table.states = _States(saved["states"], saved["tokens"], rules)
    return parser


def _rule(origin: str, symbols: str, alias: str | None, single: bool) -> Rule:
    """A rule; the names of terminals are in capitals."""
    parts = [Terminal(name) if name.isupper() else NonTerminal(name) for name in symbols.split()]
    options = RuleOptions(keep_all_tokens=True, expand1=single)
    return Rule(NonTerminal(origin), parts, alias=alias, options=options)


class _States(dict[int, dict[str, tuple[object, object]]]):
    """What each terminal leads to in a state, made when the parser first comes to that state.

    Of the two thousand states, a ruleset comes to a few hundred.
    """

    def __init__(self, rows: list[str], tokens: list[str], rules: list[Rule]) -> None:
        super().__init__()
        self._rows, self._tokens, self._rules = rows, tokens, rules

    def __missing__(self, state: int) -> dict[str, tuple[object, object]]:
        numbers = [int(number) for number in self._rows[state].split()]
        row: dict[str, tuple[object, object]] = {
            self._tokens[token]: (
                (Reduce, self._rules[found >> 1]) if found & 1 else (Shift, found >> 1)
            )
            for token, found in zip(numbers[::2], numbers[1::2], strict=True)
        }
        self[state] = row
        return row
