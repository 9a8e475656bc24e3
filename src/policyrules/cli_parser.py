"""The arguments of every command, and how they are read."""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NoReturn

from policyrules.cli_text import (
    ARGUMENTS,
    COMMANDS,
    DESCRIPTION,
    DIALECTS,
    FORMATS,
    FORMS,
    LANGUAGES,
    MONIES,
    OPTIONS,
    POSITIONAL,
    USAGE,
    WRONG,
    in_chinese,
)
from policyrules.source import Language

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks one of the two languages."""

    def __init__(
        self,
        *,
        lang: Language,
        description: str,
        **more: Any,  # noqa: ANN401 - argparse hands down what its version knows
    ) -> None:
        super().__init__(description=description, add_help=False, allow_abbrev=False, **more)
        self.lang: Language = lang
        self._optional_last = False
        self.options = self.add_argument_group(OPTIONS.of(lang))
        self.options.add_argument("-h", "--help", action="help", help=ARGUMENTS["help"].of(lang))

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401
        """As argparse does; an argument that may be left out may also stand behind an option."""
        if not self._optional_last:
            return super().parse_known_args(args, namespace)
        self._optional_last = False  # argparse comes back here for each of its two passes
        # Else argparse would make it from the usage line without the first word, in English.
        self.usage = super().format_usage().removeprefix("usage: ").rstrip()
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.usage, self._optional_last = None, True

    def add_optional_last(self, group: argparse._ArgumentGroup, name: str, **more: Any) -> None:  # noqa: ANN401
        """Add the last argument, which may be left out."""
        group.add_argument(name, nargs="?", default="", **more)
        self._optional_last = True

    def format_usage(self) -> str:
        """The usage line, begun in the language of the parser."""
        return self._in_language(super().format_usage())

    def format_help(self) -> str:
        """The help, begun in the language of the parser."""
        return self._in_language(super().format_help())

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """Write the help; argparse itself would keep silent where that cannot be done."""
        (file or sys.stdout).write(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and how they are used; exit with 2."""
        said = in_chinese(message) if self.lang == "zh" else message
        self.exit(2, f"{self.format_usage()}{self.prog}: {WRONG.of(self.lang)}{said}\n")

    def _in_language(self, text: str) -> str:
        return USAGE.of(self.lang) + text.removeprefix("usage: ")


class ShowVersion(argparse.Action):
    """Prints the installed version, which takes longer to find out than most commands."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it and exit."""
        sys.stdout.write(f"{parser.prog} {version('policyrules')}\n")
        parser.exit()


def parser(lang: Language) -> Parser:
    """The whole command line."""
    top = Parser(prog="policyrules", lang=lang, description=DESCRIPTION.of(lang))
    top.options.add_argument(
        "--version",
        action=ShowVersion,
        nargs=0,
        default=argparse.SUPPRESS,
        help=ARGUMENTS["version"].of(lang),
    )
    _add(top.options, "--lang", lang, choices=LANGUAGES, default=lang)
    word = ARGUMENTS["command"].of(lang)
    commands = top.add_subparsers(title=word, dest="command", required=True, metavar=word)
    for name, text in COMMANDS.items():
        command = commands.add_parser(
            name, help=text.of(lang), lang=lang, description=text.of(lang)
        )
        positional = command.add_argument_group(POSITIONAL.of(lang))
        if name in ("check", "test"):
            _add(positional, "path", lang, nargs="+", metavar="PATH")
        else:
            _add(positional, "path", lang, metavar="RULESET")
        if name in ("eval", "explain", "award", "what-if"):
            _add(positional, "case", lang, metavar="CASE")
            _add(command.options, "--on", lang, metavar="DATE")
        if name == "eval":
            _add(command.options, "--explain", lang, action="store_true")
        if name == "explain":
            words = ARGUMENTS["benefits"].of(lang)
            command.add_optional_last(positional, "benefit", metavar="BENEFIT", help=words)
            _add(command.options, "--of", lang, metavar="PATH")
            _add(command.options, "--format", lang, choices=FORMATS, default=FORMATS[0])
        if name in ("award", "what-if"):
            _add(positional, "benefit", lang, metavar="BENEFIT")
        if name == "diff":
            _add_comparison(positional, command.options, lang)
        if name == "award":
            _add(positional, "amount", lang, metavar="AMOUNT")
        if name in ("award", "what-if"):
            _add(command.options, "--of", lang, metavar="PATH")
        if name == "sql":
            _add_tables(positional, command.options, lang)
        if name == "table":
            _add_files(positional, command.options, lang)
        if name == "ask":
            _add(command.options, "--benefit", lang, action="append", default=[], metavar="NAME")
            _add(command.options, "--on", lang, metavar="DATE")
            _add(command.options, "--case", lang, default="", metavar="FILE")
            _add(command.options, "--out", lang, metavar="FILE")
        if name == "build":
            _add_module(command.options, lang)
        if name not in ("check", "test"):
            _add(command.options, "--reading", lang, action="append", default=[], metavar="NAME")
            _add(command.options, "--no-cache", lang, action="store_true")
        _add(command.options, "--lang", lang, choices=LANGUAGES, default=lang)
        if name not in ("ask", "build"):
            _add(command.options, "--json", lang, action="store_true")
    return top


def _add_comparison(
    positional: argparse._ArgumentGroup, options: argparse._ArgumentGroup, lang: Language
) -> None:
    """Add what a comparison is asked for."""
    _add(positional, "case", lang, metavar="CASE")
    _add(options, "--from", lang, dest="start", metavar="DATE")
    _add(options, "--to", lang, dest="end", metavar="DATE")
    _add(options, "--with", lang, dest="other", metavar="RULESET")
    _add(options, "--on", lang, metavar="DATE")


def _add_module(options: argparse._ArgumentGroup, lang: Language) -> None:
    """Add what a module is asked for."""
    out, day = ARGUMENTS["module"].of(lang), ARGUMENTS["day"].of(lang)
    options.add_argument("-o", "--out", metavar="FILE", help=out)
    options.add_argument("--on", metavar="DATE", help=day)
    _add(options, "--only", lang, nargs="+", action="extend", metavar="BENEFIT")


def _add_tables(
    positional: argparse._ArgumentGroup, options: argparse._ArgumentGroup, lang: Language
) -> None:
    """Add what a query is asked for; what it is left out of has the values of `Ruleset.sql`."""
    _add(positional, "benefit", lang, metavar="BENEFIT")
    _add(options, "--dialect", lang, choices=DIALECTS, default=DIALECTS[0])
    options.add_argument("--on", help=ARGUMENTS["day or column"].of(lang), metavar="DATE")
    for name in ("persons", "households", "key", "person-key"):
        _add(options, f"--{name}", lang, metavar="NAME", default=None)
    _add(options, "--money", lang, choices=MONIES, default=MONIES[0])
    for name in ("scale", "absent"):
        _add(options, f"--{name}", lang, action="append", default=[], metavar="INPUT")
    _add(options, "--largest", lang, metavar="NUMBER", default=None)


def _add_files(
    positional: argparse._ArgumentGroup, options: argparse._ArgumentGroup, lang: Language
) -> None:
    """Add what a population in files is asked for."""
    _add(positional, "table", lang, metavar="PERSONS")
    more: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("--households", "table-households", {"metavar": "FILE"}),
        ("--key", "key", {"metavar": "NAME", "default": "household"}),
        ("--on", "day or column", {"metavar": "DATE"}),
        ("--out", "table-out", {"metavar": "FILE", "required": True}),
        ("--out-households", "table-out-households", {"metavar": "FILE"}),
        ("--only", "only", {"metavar": "BENEFIT", "nargs": "+", "action": "extend"}),
        ("--amounts", "amounts", {"choices": FORMS, "default": FORMS[0]}),
        ("--encoding", "encoding", {"metavar": "NAME", "default": "utf-8"}),
        ("--block", "block", {"metavar": "ROWS", "type": int, "default": None}),
        ("--fresh", "fresh", {"action": "store_true"}),
    )
    for name, words, rest in more:
        options.add_argument(name, help=ARGUMENTS[words].of(lang), **rest)


def _add(group: argparse._ArgumentGroup, name: str, lang: Language, **more: Any) -> None:  # noqa: ANN401 - what argparse takes
    words = ARGUMENTS.get(name) or ARGUMENTS[name.removeprefix("--")]
    group.add_argument(name, help=words.of(lang), **more)
