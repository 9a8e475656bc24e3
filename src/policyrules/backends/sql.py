"""A rule as one query of SQL, which answers every row exactly or says why it does not.

The plan in whole numbers (`ir/lower.py`) becomes stages of columns; a cell that is wrong or missing
costs its row its answer, never the others theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

from attrs import define, field, frozen
from sqlglot import exp
from sqlglot.expressions import Expr

from policyrules.backends.sql_answers import HERE, WRONG, Answers, End, Key
from policyrules.backends.sql_cells import TABLE, Cell, Cells
from policyrules.backends.sql_engines import (
    Engine,
    bracketed,
    called,
    column,
    joined,
    name_of,
    number,
    text,
    truth,
    when,
)
from policyrules.backends.sql_hulls import SHOWN
from policyrules.backends.sql_nodes import ABSENT, Nodes, is_wide
from policyrules.backends.sql_paths import How, Split, Told
from policyrules.backends.sql_stages import CROWDED, REPEATED, Side, Stage, Staging
from policyrules.ir.facts import MOST_MEMBERS
from policyrules.ir.whole_nodes import Node, Truth, bits, is_constant, needed

_KEY, _PERSON, _ROW, _ANSWER = "k", "p", "r", "v"
_HERE, _THERE = "a", "b"
_LETTERS: Mapping[Side, str] = {"persons": "p", "households": "h"}
_BETWEEN = "; "


@frozen
class Tables:
    """What the tables are called and their keys; None where a ruleset has no such table."""

    persons: tuple[str, ...] | None
    households: tuple[str, ...] | None
    key: str
    person_key: str


def too_wide(answers: Answers, engine: Engine) -> tuple[Key, ...]:
    """The inputs whose bounds make numbers larger than an engine has; empty if none are."""
    found: dict[Key, None] = {}
    for node in needed(answers.roots):
        most = engine.bits
        if node.operator == "floor_divide" and any(bits(each) > 64 for each in node.operands):
            most = engine.quotient_bits
        if bits(node) > most:
            read = (each for each in needed([node]) if each.operator == "column")
            found |= dict.fromkeys((each.of_person, each.name) for each in read if each.high > 1)
    return tuple(found)


@define
class Query:
    """Writes the query of some answers."""

    answers: Answers
    cells: Mapping[Key, Cell]
    tables: Tables
    engine: Engine
    of_person: bool
    _names: dict[Node, str] = field(factory=dict)
    _stages: list[Expr] = field(factory=list)
    _answered: dict[tuple[int, ...], str] = field(factory=dict)
    _staging: Staging = field(init=False)

    def __attrs_post_init__(self) -> None:
        only: Side | None = None
        if self.tables.households is None:
            only = "persons"
        elif self.tables.persons is None:
            only = "households"
        answers = self.answers
        self._staging = Staging(
            answers.row_roots, only, self._last_side, answers.splits, answers.path_roots
        )

    @property
    def _last_side(self) -> Side:
        return "persons" if self.of_person else "households"

    @property
    def is_too_long(self) -> bool:
        """Whether it has more stages than the engine plans in good time."""
        return sum(map(len, self._staging.stages())) > self.engine.most_stages

    def text(self) -> str:
        """The query as text, one clause below the other."""
        last = self._last_side
        of_rows, of_paths = self._staging.stages()
        current: dict[Side, str] = {}
        for stage in of_rows:
            current[stage.side] = self._add(stage, current)
        told = self._told_of_rows(current[last])
        if of_paths:
            path = self._named("s", self._asking(of_paths[0], current[last]))
            for stage in of_paths[1:]:
                keys = [*self._keys(last), column(_ROW, _HERE)]
                make = self._split if stage.split else self._computing
                select = make(stage, path, keys)
                path = self._named("s", select)
            told = _both(told, self._told_of_paths(path))
        query = self._last(self._with_status(self._named("t", told)))
        query.set("with_", exp.With(expressions=self._stages))
        return str(query.sql(dialect=self.engine.name, pretty=True, comments=False, copy=False))

    def _add(self, stage: Stage, current: Mapping[Side, str]) -> str:
        """Add a stage to the query; its name."""
        before = current.get(stage.side)
        if before is None:
            select = self._table(stage)
        elif stage.taken:
            select = self._taking(stage, before, current)
        else:
            select = self._computing(stage, before, self._keys(stage.side))
        return self._named(_LETTERS[stage.side], select)

    def _named(self, letter: str, select: Expr) -> str:
        name = f"{letter}{len(self._stages)}"
        alias = exp.TableAlias(this=name_of(name))
        once = self.engine.materialized
        self._stages.append(exp.CTE(this=select, alias=alias, materialized=once))
        return name

    def _table(self, stage: Stage) -> Expr:
        """The cells of a table, each looked at before it is used."""
        persons = stage.side == "persons"
        parts = self.tables.persons if persons else self.tables.households
        assert parts is not None
        columns = self._raw_keys(persons=persons)
        columns += [self._as(self._leaf(node), node) for node in stage.kept]
        *above, name = map(name_of, parts)
        places = dict(zip(("db", "catalog"), reversed(above), strict=False))
        alias = exp.TableAlias(this=name_of(TABLE))
        return _select(columns, exp.Table(this=name, alias=alias, **places))

    def _raw_keys(self, *, persons: bool) -> list[Expr]:
        keys = []
        if self.tables.households is not None:
            keys.append(called(column(self.tables.key, TABLE), _KEY))
        if persons:
            keys.append(called(column(self.tables.person_key, TABLE), _PERSON))
        return keys

    def _keys(self, side: Side) -> list[Expr]:
        keys = [_KEY] if self.tables.households is not None else []
        keys += [_PERSON] if side == "persons" else []
        return [column(key, _HERE) for key in keys]

    def _asking(self, stage: Stage, rows: str) -> Expr:
        """The rows that ask something, with a number for each: keys may be there twice."""
        over = exp.Window(this=exp.RowNumber(), order=exp.Order(expressions=self._keys(stage.side)))
        columns = [*self._keys(stage.side), *self._kept(stage), called(over, _ROW)]
        asks = self._nodes().written(self.answers.asks)
        return _select(columns, _table(rows, _HERE), where=exp.Where(this=asks))

    def _split(self, stage: Stage, before: str, keys: list[Expr]) -> Expr:
        """Each row that asks a question once for every answer, the others as they are.

        The rows before are named once: an engine may copy whatever is named twice, again and again.
        """
        split = stage.split
        assert split is not None
        nodes = self._nodes()
        asked = nodes.written(split.asked)
        none = nodes.stands_in(split.answer)
        answer = exp.Coalesce(this=column(_ANSWER, _THERE), expressions=[none])
        new = [self._as(asked, split.known), self._as(answer, split.answer)]
        join = exp.Join(this=_table(self._answers(split), _THERE), side="LEFT", on=asked.copy())
        columns = [*keys, *self._kept(stage), *new]
        return _select(columns, _table(before, _HERE), joins=[join])

    def _answers(self, split: Split) -> str:
        """A table of the answers to a question."""

        def row(answer: int) -> Expr:
            if isinstance(split.answer, Truth):
                return _select([called(truth(holds=bool(answer)), _ANSWER)], None)
            return _select([called(self.engine.long(number(answer)), _ANSWER)], None)

        known = self._answered.get(split.answers)
        if known is None:
            known = self._answered[split.answers] = self._named(
                "q", reduce(_both, map(row, split.answers))
            )
        return known

    def _leaf(self, node: Node) -> Expr:
        """What a table says by itself."""
        cells = Cells(self.engine)
        if node.name in (HERE, ABSENT):
            return truth(holds=node.name == HERE)
        if node.name in (CROWDED, REPEATED):
            group = [column(self.tables.key, TABLE)]
            rows = exp.Window(this=exp.Count(this=exp.Star()), partition_by=group)
            most = MOST_MEMBERS if node.name == CROWDED else 1
            return exp.Paren(this=exp.GT(this=rows, expression=number(most)))
        if node.name.startswith(WRONG):
            return cells.wrong(self.cells[node.of_person, node.name.removeprefix(WRONG)])
        cell = self.cells[node.of_person, node.name]
        return cells.known(cell) if node.operator == "known" else cells.value(cell, node)

    def _computing(self, stage: Stage, before: str, keys: list[Expr]) -> Expr:
        """What is computed from the columns before."""
        nodes = self._nodes()
        new = [self._as(nodes.computed(node), node) for node in stage.computed]
        return _select([*keys, *self._kept(stage), *new], _table(before, _HERE))

    def _taking(self, stage: Stage, before: str, current: Mapping[Side, str]) -> Expr:
        """What the persons read of their household, or the household of its members."""
        if stage.side == "persons":
            other = current["households"]
        else:
            other = self._named("g", self._grouped(stage, current["persons"]))
        new = [self._as(self._taken(node), node) for node in stage.taken]
        same = exp.EQ(this=column(_KEY, _HERE), expression=column(_KEY, _THERE))
        join = exp.Join(this=_table(other, _THERE), side="LEFT", on=same)
        columns = [*self._keys(stage.side), *self._kept(stage), *new]
        return _select(columns, _table(before, _HERE), joins=[join])

    def _taken(self, node: Node) -> Expr:
        """A column of the other chain, or what stands for it where there is no such row."""
        stand_in = Nodes(self.engine, {}).stands_in(node)
        return exp.Coalesce(this=column(self._name(node), _THERE), expressions=[stand_in])

    def _grouped(self, stage: Stage, persons: str) -> Expr:
        nodes = self._nodes()
        crowded = next((node for node in self._names if node.name == CROWDED), None)
        columns: list[Expr] = [column(_KEY, _HERE)]
        for node in stage.taken:
            over = truth(holds=False) if crowded is None else nodes.written(crowded)
            columns.append(self._as(nodes.aggregate(node, over), node))
        group = exp.Group(expressions=[column(_KEY, _HERE)])
        return _select(columns, _table(persons, _HERE), group=group)

    def _kept(self, stage: Stage) -> list[Expr]:
        return [column(self._name(node), _HERE) for node in stage.kept]

    def _nodes(self) -> Nodes:
        """Writes what rests on the columns so far."""
        return Nodes(self.engine, self._names, _HERE)

    def _as(self, value: Expr, node: Node) -> Expr:
        return called(value, self._name(node))

    def _name(self, node: Node) -> str:
        return self._names.setdefault(node, f"c{len(self._names) + 1}")

    def _told_of_rows(self, table: str) -> Expr:
        """The figures of the rows that ask nothing."""
        side = self._last_side
        columns = [called(value, name) for name, value, _ in self._figures(self.answers.rows)]
        asks = self.answers.asks
        where = None if is_constant(asks, 0) else _unless(self._nodes().written(asks))
        return _select([*self._keys(side), *columns], _table(table, _HERE), where=where)

    def _told_of_paths(self, table: str) -> Expr:
        """The figures of rows by those of their paths."""
        side = self._last_side
        columns = [
            called((exp.Min if how == "least" else exp.Max)(this=value), name)
            for name, value, how in self._figures(self.answers.paths)
        ]
        keys = self._keys(side)
        group = exp.Group(expressions=[*(key.copy() for key in keys), column(_ROW, _HERE)])
        return _select([*keys, *columns], _table(table, _HERE), group=group)

    def _figures(self, told: tuple[Told, ...]) -> Iterator[tuple[str, Expr, How]]:
        """What is told of each row or path, in the columns of the figures."""
        nodes = self._nodes()
        for each in told:
            figure = self.answers.figures[each.name]
            if figure.operator == "constant":
                continue
            value = nodes.written(each.value)
            if isinstance(each.value, Truth):
                value = when((value, number(1)), otherwise=number(0))
            if each.when is not None:
                counts = (nodes.written(each.when), value)
                value = when(counts, otherwise=number(0))
            typed = self.engine.widened if is_wide(figure) else self.engine.long
            yield self._name(figure), typed(value), each.how

    def _last(self, table: str) -> Expr:
        """The columns for the reader."""
        answers = self.answers
        columns: dict[str, Expr] = {}
        if self.tables.households is not None:
            columns[self.tables.key] = column(_KEY, _HERE)
        if self.of_person:
            columns[self.tables.person_key] = column(_PERSON, _HERE)
        nodes = self._nodes()
        columns["status"] = self._status(nodes)
        for name, end in (("low", answers.low), ("high", answers.high)):
            columns |= self._end(name, end, nodes)
        columns |= {"needs": self._needs(nodes), "problem": self._problem(nodes)}
        return _select(
            [called(value, name) for name, value in columns.items()], _table(table, _HERE)
        )

    def _with_status(self, table: str) -> str:
        """The figures, and the status beside them, which is read often."""
        status = self.answers.status
        if status.operator == "constant":
            return table
        side = self._last_side
        figures = [each for each in self.answers.figures.values() if each.operator == "column"]
        kept = [column(self._name(each), _HERE) for each in figures]
        value = self._nodes().written(status)
        columns = [*self._keys(side), *kept, self._as(value, status)]
        return self._named("t", _select(columns, _table(table, _HERE)))

    def _status(self, nodes: Nodes) -> Expr:
        status = self.answers.status
        branches = [
            (bracketed(exp.EQ, nodes.written(status), number(code)), text(SHOWN[code]))
            for code in range(status.low, status.high + 1)
        ]
        return when(*branches, otherwise=None)

    def _end(self, name: str, end: End, nodes: Nodes) -> dict[str, Expr]:
        parts = {name: end.top}
        if end.bottom is not None:
            parts = {f"{name}_numerator": end.top, f"{name}_denominator": end.bottom}
        found = {}
        for called_so, part in parts.items():
            value = nodes.written(part)
            if part.operator == "constant":
                value = self.engine.long(value)
            found[called_so] = when((nodes.written(end.told), value), otherwise=None)
        return found

    def _needs(self, nodes: Nodes) -> Expr:
        """The names of what is missing where that decides, one after another."""
        parts = [
            when((nodes.written(node), text(f"{_BETWEEN}{name}")), otherwise=text(""))
            for node, name in self.answers.needs
        ]
        everything = joined(exp.DPipe, *parts) if parts else text("")
        found = exp.Substring(this=everything, start=number(len(_BETWEEN) + 1))
        return exp.Nullif(this=found, expression=text(""))

    def _problem(self, nodes: Nodes) -> Expr:
        """What is wrong with the row, the first of all."""
        branches = [(nodes.written(node), text(name)) for node, name in self.answers.problems]
        return when(*branches, otherwise=None) if branches else exp.cast(exp.Null(), "TEXT")


def _select(columns: list[Expr], table: Expr | None, **more: object) -> Expr:
    if table is not None:
        more["from_"] = exp.From(this=table)
    return exp.Select(expressions=columns, **more)


def _both(one: Expr, other: Expr) -> Expr:
    """The rows of two queries."""
    return exp.Union(this=one, expression=other, distinct=False)


def _unless(condition: Expr) -> Expr:
    """The rows for which something does not hold."""
    return exp.Where(this=exp.Not(this=exp.Paren(this=condition)))


def _table(name: str, alias: str) -> Expr:
    return exp.Table(this=name_of(name), alias=exp.TableAlias(this=name_of(alias)))
