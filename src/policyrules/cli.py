"""The command line: check and test rulesets, evaluate and explain cases, check awards, describe.

Exit status 0: done; 1: problems in rules or in a case, or output that cannot be written; 2: wrong
usage.
"""

from __future__ import annotations

import json
import locale
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from attrs import evolve, frozen

from policyrules.case_json import DIGITS, described
from policyrules.case_names import place_words
from policyrules.cli_case import no_day, read_case_file, with_option
from policyrules.cli_parser import parser
from policyrules.cli_print import SCHEMA, print_json, problem_data, show_problems
from policyrules.cli_text import CLOSED, INTERRUPTED, JSON, LANGUAGES, not_written, summary
from policyrules.diagnostics import CompileError, Diagnostic, InputError, how_many, shown
from policyrules.loading import NUMBER_OF_READING, compile_named, load
from policyrules.render import to_dict
from policyrules.results import Result
from policyrules.results_outcome import BENEFIT, ONLY
from policyrules.ruleset import Ruleset
from policyrules.source import Language, Text
from policyrules.wording_files import reason, reason_not_written

if TYPE_CHECKING:
    from policyrules.cli_explain import Format
    from policyrules.cli_sql import Query
    from policyrules.cli_table import Files

T = TypeVar("T")
INTERRUPT, CLOSED_PIPE = 130, 141


@frozen
class Options:
    """The arguments of one call."""

    command: str
    paths: tuple[str, ...]
    lang: Language
    json: bool = False
    case: str = ""
    benefit: str = ""
    benefits: tuple[str, ...] = ()
    out: str | None = None
    amount: str = ""
    of: str | None = None
    on: str | None = None
    start: str | None = None
    end: str | None = None
    other: str | None = None
    explain: bool = False
    format: Format = "text"
    readings: tuple[str, ...] = ()
    query: Query | None = None
    files: Files | None = None
    no_cache: bool = False


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command and return the exit status; wrong usage exits with 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    argv = sys.argv[1:] if argv is None else argv
    lang = language(argv, os.environ)
    if sys.stderr is None:  # Python has no stream where the descriptor was closed.
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    if sys.stdout is None:
        return _not_written(CLOSED, lang)
    try:
        try:
            return _carried_out(_options(argv, lang))
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _discard(sys.stdout)  # Nobody reads on.
        return CLOSED_PIPE
    except OSError as error:
        _discard(sys.stdout)
        return _not_written(reason(error), lang)
    except KeyboardInterrupt:
        print(INTERRUPTED.of(lang), file=sys.stderr)
        return INTERRUPT


def _discard(stream: TextIO) -> None:
    """Lose what is left to write; else the interpreter would complain when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _not_written(why: Text, lang: Language) -> int:
    """Say why the output cannot be written, if that at least can be, and give the exit status."""
    try:
        print(not_written(why).of(lang), file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)
    return 1


def language(argv: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language asked for by `--lang`, else that of the locale."""
    for word, following in pairwise([*argv, ""]):
        value = following if word == "--lang" else word.removeprefix("--lang=")
        for lang in LANGUAGES:
            if word.startswith("--lang") and value == lang:
                return lang
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, names), None) or locale.getlocale()[0] or ""
    return "zh" if name.startswith(("zh", "Chinese")) else "en"


def _options(argv: Sequence[str], lang: Language) -> Options:
    values = vars(parser(lang).parse_args(argv))
    path = values.pop("path")
    values["readings"] = tuple(values.pop("reading", ()))
    if values.get("format") == JSON:
        values |= {"json": True, "format": "text"}
    if values["command"] == "ask":
        values["benefits"] = tuple(values.pop("benefit"))
    if values["command"] == "build":
        values["benefits"] = tuple(values.pop("only") or ())
    if values["command"] == "sql":
        from policyrules.cli_sql import Query  # noqa: PLC0415 (needed by this command only)

        values["query"] = Query.of(values)
    if values["command"] == "table":
        from policyrules.cli_table import Files  # noqa: PLC0415 (needed by this command only)

        values["files"] = Files.of(values)
    return Options(paths=(path,) if isinstance(path, str) else tuple(path), **values)


def _carried_out(options: Options) -> int:
    try:
        match options.command:
            case "eval":
                _evaluate(options)
            case "award":
                return _award(options)
            case "what-if":
                _what_if(options)
            case "explain":
                _explain(options)
            case "ask":
                _ask(options)
            case "diff":
                _diff(options)
            case "describe":
                _describe(options)
            case "build":
                _build(options)
            case "sql":
                _sql(options)
            case "table":
                return _table(options)
            case _:
                return _check(options)
    except (CompileError, InputError) as error:
        show_problems(error.diagnostics, options.lang, sys.stderr, as_json=options.json)
        return 1
    return 0


def _evaluate(options: Options) -> None:
    ruleset = _loaded(options)
    case = read_case_file(options.case)
    result = _called_so(ruleset, options, lambda: ruleset.evaluate(case, options.on))
    if options.json:
        print_json(_result_data(result, options))
        return
    print(result.to_text(options.lang))
    if options.explain:
        for outcome in result.values():
            if outcome.what == "benefit":
                print(f"\n{outcome.explain(options.lang)}")


def _explain(options: Options) -> None:
    from policyrules import cli_explain as form  # noqa: PLC0415 (brings explanations with it)

    ruleset, case = _loaded(options), read_case_file(options.case)
    only = [options.benefit] if options.benefit else None
    result = _called_so(ruleset, options, lambda: ruleset.evaluate(case, options.on, only=only))
    found = _called_so(ruleset, options, lambda: form.wanted(result, options.benefit, options.of))
    if options.json:
        print_json(form.to_data(result, found, options.lang))
    else:
        print(
            form.written(
                result,
                found,
                options.format,
                options.lang,
                lambda of: (
                    ruleset.what_if(case, (of.name, of.of), options.on)
                    if of.what == "benefit"
                    else None
                ),
            )
        )


def _ask(options: Options) -> None:
    from policyrules.cli_ask import Wishes, ask  # noqa: PLC0415 (needed by this command only)

    ruleset = _loaded(options)
    wishes = Wishes(options.lang, options.benefits, options.on, options.case or None, options.out)
    _called_so(ruleset, options, lambda: ask(ruleset, wishes))


def _award(options: Options) -> int:
    """Check an award; 1 if it is unlawful whatever is missing."""
    ruleset, case = _loaded(options), read_case_file(options.case)
    of = options.benefit if options.of is None else (options.benefit, options.of)
    found = _called_so(
        ruleset, options, lambda: ruleset.check_award(of, case, options.amount, options.on)
    )
    if options.json:
        print_json(found.to_dict(options.lang))
    else:
        print(found.text(options.lang))
    return 1 if found.verdict == "unlawful" else 0


def _what_if(options: Options) -> None:
    """Say what would change a decision."""
    ruleset, case = _loaded(options), read_case_file(options.case)
    of = options.benefit if options.of is None else (options.benefit, options.of)
    found = _called_so(ruleset, options, lambda: ruleset.what_if(case, of, options.on))
    if options.json:
        print_json(found.to_dict(options.lang))
    else:
        print(found.text(options.lang))


def _diff(options: Options) -> None:
    """Say what changed for a case between two dates or two rulesets, and through what."""
    ruleset, case = _loaded(options), read_case_file(options.case)
    other = None if options.other is None else load(options.other, cache=not options.no_cache)
    start, end = options.start, options.end
    if other is not None:
        start = end = options.on
    elif start is None or end is None:
        raise InputError([Diagnostic("PR681", options.command, {})])
    found = _called_so(ruleset, options, lambda: ruleset.difference(case, start, end, other=other))
    if options.json:
        print_json(found.to_dict(options.lang))
    else:
        print(found.text(options.lang))


def _called_so(ruleset: Ruleset, options: Options, question: Callable[[], T]) -> T:
    """What comes of a case; its problems stand under what was typed, in Chinese under its name."""
    try:
        return question()
    except InputError as error:
        raise InputError(
            [
                evolve(with_option(found), place=_called(ruleset, options, found))
                for found in error.diagnostics
            ]
        ) from error


def _called(ruleset: Ruleset, options: Options, found: Diagnostic) -> str:
    place = _typed(options, found)
    if options.json or options.lang == "en":
        return place
    return place_words(ruleset.program, place).of("zh")


def _typed(options: Options, found: Diagnostic) -> str:
    """The place of a problem; of what was asked for, the argument that was typed."""
    if found.code == "PR629":  # nobody is at that path
        return "--of"
    if found.place == ONLY:
        return {"ask": "--benefit", "build": "--only"}.get(options.command, BENEFIT)
    if found.place == "on":
        days = {"--on": options.on, "--from": options.start, "--to": options.end}
        return next((name for name, day in days.items() if no_day(day)), "on")
    return str(found.place)


def _loaded(options: Options) -> Ruleset:
    return load(options.paths[0], _readings(options), cache=not options.no_cache)


def _readings(options: Options) -> dict[str, int]:
    """The other readings asked for: `NAME` for the first of a rule, `NAME=2` for the second."""
    found: dict[str, int] = {}
    for text in options.readings:
        name, _, number = text.partition("=")
        if "=" in text and not (number.isdecimal() and len(number) <= DIGITS):
            facts = {"expected": NUMBER_OF_READING, "found": described(number)}
            raise InputError([Diagnostic("PR602", f"--reading {shown(name)}", facts)])
        found[name] = int(number) if number else 1
    return found


def _result_data(result: Result, options: Options) -> dict[str, object]:
    data = result.to_dict()
    if options.explain:
        told = [outcome.explain(options.lang).to_dict() for outcome in result.values()]
        data["explanations"] = told
    return data


def _describe(options: Options) -> None:
    ruleset = _loaded(options)
    if options.json:
        print_json(ruleset.describe())
    else:
        print(ruleset.describe_text(options.lang))


def _build(options: Options) -> None:
    """Write the rules as what the file is called: a module, a script or a page."""
    from policyrules.cli_build import text  # noqa: PLC0415 (needed by this command only)

    rules, only = _loaded(options), options.benefits or None
    written = _called_so(
        rules, options, lambda: text(rules, options.out, only, options.on, options.lang)
    )
    if options.out is None:
        print(written, end="")
    else:
        try:
            Path(options.out).write_text(written, "utf-8")
        except OSError as error:
            facts = {"reason": reason_not_written(error)}
            raise InputError([Diagnostic("PR662", options.out, facts)]) from error


def _sql(options: Options) -> None:
    """Print the query of a benefit."""
    query, ruleset = options.query, _loaded(options)
    assert query is not None
    text = _called_so(
        ruleset, options, lambda: query.text(ruleset, options.benefit, options.on, options.lang)
    )
    if options.json:
        print_json({"schema": SCHEMA, "sql": text})
    else:
        print(text)


def _table(options: Options) -> int:
    """Evaluate files of persons and households; 1 if there are rows that are in error."""
    assert options.files is not None
    return options.files.run(_loaded(options), options.lang, as_json=options.json)


def _check(options: Options) -> int:
    from policyrules.checks import examine  # noqa: PLC0415 (brings the compiler with it)

    found: dict[str, Diagnostic] = {}
    rulesets = checks = examples = 0
    for path in options.paths:
        try:
            findings = examine(compile_named(path), examples=options.command == "test")
        except CompileError as error:
            rulesets += any(item.code != "PR212" for item in error.diagnostics)  # it is there
            found |= {_identity(item): item for item in error.diagnostics}
        else:
            rulesets += 1
            found |= {_identity(item): item for item in findings.diagnostics}
            checks, examples = checks + findings.checks, examples + findings.examples
    problems = tuple(found.values())
    errors, warnings = (how_many(problems, severity) for severity in ("error", "warning"))
    if options.json:
        print_json(problem_data(problems) | {"checks": checks, "examples": examples})
        return 1 if errors else 0
    if found:
        show_problems(problems, options.lang, sys.stdout)
    counts = summary(rulesets, checks, examples, errors, warnings)
    print(("\n" if found else "") + counts.of(options.lang))
    return 1 if errors else 0


def _identity(found: Diagnostic) -> str:
    """Two rulesets that use a third one find the same in it; it is shown once."""
    return json.dumps(to_dict(found))
