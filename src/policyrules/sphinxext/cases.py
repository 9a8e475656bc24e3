"""Examples and blocks of rules in pages: run, and what came out as nodes."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen
from docutils import nodes

from policyrules.checks import examine, run_example
from policyrules.compiler import Compiled, compile_source
from policyrules.diagnostics import CompileError, Diagnostic, Report
from policyrules.examples import case_of, outcome_of
from policyrules.examples_tables import cases_of
from policyrules.explanation_tree import Line
from policyrules.results import Outcome
from policyrules.source import Language, Source
from policyrules.sphinxext.shelf import Shelved, block
from policyrules.sphinxext.shown import code, table
from policyrules.sphinxext.words import word
from policyrules.syntax import ast


@frozen
class Run:
    """An example that was run: its text, what is wrong, and of each case the outcomes expected."""

    text: str
    diagnostics: tuple[Diagnostic, ...]
    outcomes: tuple[tuple[Outcome, ...], ...]


def run(shelved: Shelved, example: ast.Example) -> Run:
    """Run an example, each row where it has a table; what cannot be evaluated has no result."""
    report = Report()
    run_example(example, shelved.readings, report)
    compiled, rules = shelved.readings.of(example)
    wrong = report.errors()
    outcomes = []
    known = {rule.name: rule for rule in compiled.program.definitions}
    if not any(error.code == "PR514" for error in wrong):
        for case in cases_of(example, compiled.program):
            given = case_of(case.example, compiled.program)
            result = rules.evaluate(given, case.example.on.value)
            found = [
                outcome_of(item, known[item.name], result)
                for item in case.example.expect
                if item.name in known
            ]
            outcomes.append(tuple(each for each in found if each is not None))
    return Run(block(example.span), tuple(wrong), tuple(outcomes))


def written(shelved: Shelved, called: str, on: str | None, lines: list[str]) -> Run:
    """Run an example written in a page; `CompileError` with the mistakes in its lines."""
    head = f'example "{called}"' + (f" on {on}" if on else "")
    example = "\n".join((head, *(f"    {line}" for line in lines)))
    compiled = compile_source(_appended(shelved, example), _folder(shelved))
    own = Shelved(compiled, shelved.files)
    return run(own, own.examples[-1])


def lines_of(shelved: Shelved) -> int:
    """How many lines stand before what a page adds to a ruleset."""
    return shelved.source.text.count("\n") + 1


def examined(
    text: str, ground: Shelved | None, lang: Language
) -> tuple[tuple[Diagnostic, ...], str]:
    """What is found in a block of rules and its examples, and that all holds where nothing is."""
    source = Source("rules", text) if ground is None else _appended(ground, text)
    try:
        compiled: Compiled = compile_source(source, None if ground is None else _folder(ground))
    except CompileError as error:
        return error.diagnostics, ""
    found = examine(compiled, examples=True)
    return found.diagnostics, word("holds", lang).format(found.checks, found.examples)


def shown_case(done: Run, lang: Language) -> list[nodes.Node]:
    """The text of an example, the outcomes and why they are so."""
    content: list[nodes.Node] = [code(done.text)]
    for outcomes in done.outcomes:
        rows = [
            [found.words.label.of(lang), found.words.subject.of(lang), _outcome(found.text(lang))]
            for found in outcomes
        ]
        head = [word("outcome", lang), word("of", lang), word("value", lang)]
        content.append(table(head, rows))
        content += [_tree(found.explain(lang).tree()) for found in outcomes]
    return content


def _outcome(text: str) -> str:
    return text or "–"


def _tree(line: Line) -> nodes.bullet_list:
    """An explanation as nested lists."""
    below = [_tree(each) for each in line.below]
    item = nodes.list_item("", nodes.paragraph("", line.text))
    for each in below:
        item += each
    return nodes.bullet_list("", item, classes=["policy-why"])


def _appended(shelved: Shelved, text: str) -> Source:
    """The text of a ruleset with more declarations behind it."""
    source = shelved.source
    return Source(source.name, f"{source.text}\n{text}\n")


def _folder(shelved: Shelved) -> Path:
    return Path(shelved.source.name).parent
