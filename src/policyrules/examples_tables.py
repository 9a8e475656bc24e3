"""The rows of an example's table as examples of their own, and what its columns come to."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import evolve, frozen

from policyrules import wording
from policyrules.case import AGE, BIRTH_DATE
from policyrules.examples import expected_text, figure_in, members_of, outcome_of
from policyrules.ir.nodes import Program
from policyrules.results import Outcome, Result
from policyrules.source import Span, Text
from policyrules.syntax import ast

Told = ast.Given | ast.MemberCount | ast.RecordCount | ast.OtherwiseNo
Ends = tuple[Fraction, Fraction]


@frozen
class Case:
    """An example, or one row of its table with what it is called in messages.

    `totalled` are the names of the columns that are added up, whether the row states them or not.
    """

    example: ast.Example
    called: Text
    span: Span
    totalled: frozenset[str] = frozenset()


def cases_of(example: ast.Example, program: Program) -> tuple[Case, ...]:
    """The cases of an example: itself, or one for each row of its table."""
    table = example.table
    if table is None:
        peopled = example if program.persons_only else _peopled(example, (), _people(program))
        return (Case(peopled, example.title, example.span),)
    said = table.total.cells if table.total else ()
    totalled = frozenset(
        column.name for column, cell in zip(table.columns, said, strict=False) if cell
    )
    return tuple(
        Case(
            _filled(example, table.columns, row, program),
            _called(example, table, row, number),
            row.span,
            totalled,
        )
        for number, row in enumerate(table.rows, 1)
    )


def _filled(
    example: ast.Example,
    columns: tuple[ast.Column, ...],
    row: ast.ExampleRow,
    program: Program,
) -> ast.Example:
    """An example with the facts and expectations of a row beside its own."""
    rules = {rule.name for rule in program.definitions}
    given: list[ast.Given | ast.MemberCount] = []
    expect: list[ast.Expectation] = []
    on = example.on
    for column, cell in zip(columns, row.cells, strict=True):
        if cell is None or column.what == "title":
            continue
        if column.what == "date" and isinstance(cell.value, ast.DateLiteral):
            on = cell.value
        elif column.what == "members" and cell.low is not None:
            given.append(ast.MemberCount(cell.low.value, "person", span=cell.span))
        elif column.name in rules:
            expect.append(expectation(column, cell))
        else:
            value = cell.value if cell.low is None else cell.low
            assert value is not None
            given.append(ast.Given(column.member, column.name, value, span=cell.span))
    filled = evolve(
        example,
        given=(*example.given, *given),
        expect=(*example.expect, *expect),
        on=on,
        table=None,
    )
    return filled if program.persons_only else _peopled(filled, columns, _people(program))


def _people(program: Program) -> set[str]:
    """The names of what is known of a person: facts, and lists of records."""
    people = {item.name for item in program.inputs if item.subject == "person"}
    lists = {item.collection for item in program.inputs if item.collection is not None}
    people |= {of.name for of in lists if of.subject == "person"}
    return people | {AGE.name, BIRTH_DATE.name}


def _peopled(filled: ast.Example, columns: tuple[ast.Column, ...], people: set[str]) -> ast.Example:
    """With the members of whom the heads speak; a person without a number is the only one."""
    spoken = [column.member or int(column.name in people) for column in columns]
    if members_of(filled) <= 1:
        given = tuple(_of_the_only_person(item, people) for item in filled.given)
        filled = evolve(filled, given=given)
    if max(spoken, default=0) <= members_of(filled):
        return filled
    missing = ast.MemberCount(Fraction(max(spoken)), "person", span=filled.span)
    return evolve(filled, given=(*filled.given, missing))


def _of_the_only_person(item: Told, people: set[str]) -> Told:
    if not isinstance(item, ast.Given | ast.RecordCount):
        return item
    if item.member is None and item.name in people:
        return evolve(item, member=1)
    return item


def expectation(column: ast.Column, cell: ast.ExampleCell) -> ast.Expectation:
    """What a cell expects of the result above it."""
    return ast.Expectation(
        column.name, column.member, cell.low, cell.high, cell.status, cell.value, span=cell.span
    )


def _called(
    example: ast.Example, table: ast.ExampleTable, row: ast.ExampleRow, number: int
) -> Text:
    """What a row is called: its number, and its title where a column has one."""
    titles = [
        _title(cell)
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.what == "title" and cell is not None
    ]
    en = "".join(f" ({title.of('en')})" for title in titles[:1])
    zh = "".join(f"（{title.of('zh')}）" for title in titles[:1])
    return Text(
        f"{example.title.of('en')}, row {number}{en}",
        f"{example.title.of('zh')}，第{number}行{zh}",
    )


def _title(cell: ast.ExampleCell) -> Text:
    return cell.title or expected_text(cell)


def wrong_totals(
    table: ast.ExampleTable, results: list[Result], program: Program
) -> Iterable[tuple[Span, dict[str, Text]]]:
    """The printed totals that are not what the rows add up to, with both figures."""
    if table.total is None:
        return
    for index, cell in enumerate(table.total.cells):
        if cell is None:
            continue
        column = table.columns[index]
        label, unit, ends = _added(column, index, table, results, program)
        printed = _ends(cell, unit)
        if ends is None or printed != ends:
            facts = {"name": label, "expected": expected_text(cell), "found": _came_to(ends, unit)}
            yield cell.span, facts


def _came_to(ends: Ends | None, unit: str) -> Text:
    if ends is None:
        return Text("no figure, as not every row has one", "得不出数额，因为不是每行都有数额")
    found = wording.interval(*ends, unit)
    return Text(found.en, f"为{found.of('zh')}")


def _added(
    column: ast.Column,
    index: int,
    table: ast.ExampleTable,
    results: list[Result],
    program: Program,
) -> tuple[Text, str, Ends | None]:
    """A column's name and unit, and its sum over the rows; None where a row has no figure."""
    rules = {rule.name: rule for rule in program.definitions}
    rule = rules.get(column.name)
    if rule is not None:
        expected = ast.Expectation(column.name, column.member, span=column.span)
        outcomes = [outcome_of(expected, rule, result) for result in results]
        unit = wording.without_own_whom(rule.unit, rule.subject)
        return rule.label, unit, _sum(_ends_of(outcome) for outcome in outcomes)
    inputs = {item.name: item for item in (*program.inputs, AGE)}
    fact = inputs.get(column.name)
    unit = wording.without_own_whom(fact.unit, fact.subject) if fact else ""
    unit = "person" if column.what == "members" else unit
    label = fact.label if fact else _MEMBERS
    cells = [row.cells[index] for row in table.rows]
    return label, unit, _sum(_ends(cell, unit) for cell in cells if cell is not None)


_MEMBERS = Text("number of members", "家庭成员人数")


def _sum(found: Iterable[Ends | None]) -> Ends | None:
    low = high = Fraction(0)
    for ends in found:
        if ends is None:
            return None
        low, high = low + ends[0], high + ends[1]
    return low, high


def _ends_of(outcome: Outcome | None) -> Ends | None:
    """Both ends of an outcome; who is not eligible gets nothing."""
    if outcome is None:
        return None
    if outcome.status == "not eligible":
        return Fraction(0), Fraction(0)
    amount = outcome.amount
    if amount is None or amount.low is None or amount.high is None:
        return None
    return amount.low, amount.high


def _ends(cell: ast.ExampleCell | None, unit: str) -> Ends | None:
    """Both ends of a written figure, in a unit."""
    if cell is None or cell.low is None or cell.high is None:
        return None
    low, high = figure_in(cell.low, unit), figure_in(cell.high, unit)
    return None if low is None or high is None else (low, high)
