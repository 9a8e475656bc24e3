"""Runs what a ruleset says of itself: its checks in every period, its examples as cases."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import define, field, frozen

from policyrules import wording
from policyrules.backends.naming import Names, names
from policyrules.backends.paths import Open, Stop
from policyrules.backends.scalar import Evaluator
from policyrules.backends.spoken import with_units
from policyrules.backends.terms import Trace
from policyrules.case_names import place_words
from policyrules.compiler import Compiled, read_otherwise
from policyrules.conflicts import find_conflicts
from policyrules.diagnostics import Diagnostic, Fact, InputError, Report
from policyrules.examples import case_of, difference
from policyrules.examples_tables import Case, cases_of, wrong_totals
from policyrules.ir.facts import Facts
from policyrules.ir.nodes import Apply, Check, Expr, Program
from policyrules.ir.walk import nodes
from policyrules.results import Result
from policyrules.ruleset import Ruleset
from policyrules.semantics.readings import other_readings, readings_of
from policyrules.source import Language, Text
from policyrules.syntax import ast

_SHOWN = 4


@frozen
class Findings:
    """What was run and what was found wrong, the compiler's warnings included.

    Of each, the first `MOST_LISTED` are listed and the rest counted.
    """

    checks: int
    examples: int
    diagnostics: tuple[Diagnostic, ...]


@define
class Readings:
    """A ruleset by each combination of readings that its examples take, compiled once."""

    compiled: Compiled
    found: dict[frozenset[tuple[str, int]], tuple[Compiled, Ruleset]] = field(factory=dict)

    def of(self, example: ast.Example) -> tuple[Compiled, Ruleset]:
        """The ruleset as an example reads it."""
        chosen = readings_of(example, other_readings(self.compiled.trees))
        key = frozenset(chosen.items())
        if key not in self.found:
            read = read_otherwise(self.compiled, chosen) if key else self.compiled
            self.found[key] = read, Ruleset(read.program)
        return self.found[key]


def examine(compiled: Compiled, *, examples: bool) -> Findings:
    """Run the checks of a ruleset and, if asked, its examples."""
    report = Report()
    checks = compiled.program.checks
    evaluator, known = Evaluator(compiled.program), names(compiled.program)
    for check in checks:
        _run_check(check, evaluator, known, report)
    find_conflicts(compiled, report)
    found = [node for node in compiled.symbols.tree.declarations if isinstance(node, ast.Example)]
    ran = 0
    if examples:
        readings = Readings(compiled)
        ran = sum(run_example(example, readings, report) for example in found)
    diagnostics = (*compiled.warnings, *report.errors(), *report.warnings())
    return Findings(len(checks), ran, diagnostics)


def _run_check(check: Check, evaluator: Evaluator, known: Names, report: Report) -> None:
    """Report the first day on which a statement does not hold or cannot be told."""
    for day in check.days:
        run = evaluator.run(Facts(on=day), {})
        try:
            if evaluator.value(run, check.statement) is True:
                continue
        except Stop:
            continue  # something in it is not in force on that day
        except Open:
            report.add("PR522", check.span, title=check.title)
            return
        on = wording.day(date.fromordinal(day))
        when = Text(f" on {on.en}", f"（{on.zh}）") if len(check.days) > 1 else Text("", "")
        values = _values(check.statement, Trace(evaluator.code_of(day), known, run, "household"))
        report.add("PR512", check.span, title=check.title, when=when, values=values)
        return


def _values(statement: Expr, trace: Trace) -> Fact:
    """The figures on both sides of the comparisons of a statement, with their units."""
    listed: list[Text] = []
    for node in nodes(statement):
        if isinstance(node, Apply) and node.operator in {"less", "equal"}:
            listed += _sides(node, trace)
    listed = listed[:_SHOWN]
    return Text(
        ", ".join(text.of("en") for text in listed), "、".join(text.of("zh") for text in listed)
    )


def _sides(comparison: Apply, trace: Trace) -> list[Text]:
    """Both figures of a comparison; none where one of them has no value."""
    try:
        sides = with_units([trace.term(side, None, []) for side in comparison.operands])
    except Stop:
        return []
    return [
        wording.quantity(side.value, side.unit)
        for side in sides
        if isinstance(side.value, Fraction)
    ]


def run_example(example: ast.Example, readings: Readings, report: Report) -> int:
    """Run an example, or each row of its table and then the totals; how many cases that were.

    What comes out differently is reported.
    """
    compiled, ruleset = readings.of(example)
    cases = cases_of(example, compiled.program)
    results = [_run_case(case, ruleset, compiled, report) for case in cases]
    done = [result for result in results if result is not None]
    if example.table is not None and len(done) == len(cases):
        for span, facts in wrong_totals(example.table, done, compiled.program):
            report.add("PR576", span, title=example.title, facts=facts)
    return len(cases)


def _run_case(case: Case, ruleset: Ruleset, compiled: Compiled, report: Report) -> Result | None:
    """Run one case and report what comes out differently; None where it cannot be evaluated."""
    example = case.example
    try:
        wanted = {expected.name for expected in (*example.expect, *example.because)}
        wanted |= case.totalled
        # An example may expect a fact by mistake, and the totals add facts up too.
        wanted &= {rule.name for rule in compiled.program.definitions if rule.own}
        given = case_of(example, compiled.program)
        result = ruleset.evaluate(given, example.on.value, only=wanted)
    except InputError as error:
        program = compiled.program
        problem = Text(_problems(error, program, "en"), _problems(error, program, "zh"))
        report.add("PR514", case.span, title=case.called, problem=problem)
        return None
    for expected in (*example.expect, *example.because):
        found = difference(expected, result, compiled.program)
        if found is not None:
            report.add(
                "PR513",
                expected.span,
                title=case.called,
                hint=_needs(expected, result),
                facts=found,
            )
    return result


def _needs(expected: ast.Expectation, result: Result) -> Text | None:
    """What the example leaves open, where that may be why it comes out differently."""
    needs = [
        need
        for outcome in result.values()
        if outcome.name == expected.name and outcome.status == "undetermined"
        for need in outcome.words.needs
    ]
    listed = list(dict.fromkeys(needs))[:_SHOWN]
    if not listed:
        return None
    en, zh = ", ".join(need.of("en") for need in listed), "、".join(n.of("zh") for n in listed)
    return Text(f"it needs {en}", f"尚需{zh}")


def _problems(error: InputError, program: Program, lang: Language) -> str:
    """The problems of a case, each under what its place is called."""
    between, colon = ("；", "：") if lang == "zh" else ("; ", ": ")
    told = []
    for found in error.diagnostics:
        called, message = place_words(program, str(found.place)).of(lang), found.message(lang)
        told.append(message if called in message else called + colon + message)
    return between.join(told)
