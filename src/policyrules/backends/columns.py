"""Plans in whole numbers on Polars frames: an operator table and a walk through the nodes.

Polars' integers wrap, its functions skip nulls and its branches are all computed: so nodes are
computed in the width that their bounds need, on cells that are never null. What is the household's
is worked out in the frame of households, what is a person's in that of persons; stages go back and
forth between them.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

from attrs import define, field

from policyrules.ir.exact import NotPlanned
from policyrules.ir.whole_nodes import AGGREGATES, Node, Truth, bits, needed, stages_of

if TYPE_CHECKING:
    import polars as pl

# The number of a person's household: its row in the frame of households.
HOUSEHOLD = "#"
_NARROW, _WIDE = 64, 127
_MACHINE = (8, 16, 32, 64, 128)
_LEAVES = frozenset({"constant", "column", "known"})
_PLAIN: Mapping[str, Callable[..., Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "floor_divide": operator.floordiv,
    "modulo": operator.mod,
    "less": operator.lt,
    "equal": operator.eq,
    "not": operator.invert,
}
Frame = Any


def name_of(node: Node) -> str:
    """The column in which a node is worked out."""
    return f"n{node.number}"


def work_out(
    roots: Iterable[Node], persons: pl.DataFrame, households: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The values of nodes, each in the column `name_of` it, in the frame of its subject.

    `persons` and `households` have a column for each input that is read, under its name: integers,
    days and choices as `Int64`, truths as Booleans. Row i of `households` is the household `i` that
    `persons` has in the column `HOUSEHOLD`, each with one member at least. Every cell lies within
    the bounds of its column or is null, of complete columns none is.

    Raises `NotPlanned` where no machine is wide enough for what cells may be.
    """
    wanted = list(dict.fromkeys(roots))
    order = list(needed(wanted))
    _check_width(order)
    if HOUSEHOLD in persons and persons[HOUSEHOLD].is_sorted():
        persons = persons.with_columns(persons[HOUSEHOLD].set_sorted())
    return _Work(order, frozenset(wanted)).on(persons, households)


def _check_width(order: list[Node]) -> None:
    for node in order:
        if bits(node) > _WIDE:
            widest = {
                each.name for each in needed([node]) if each.name and bits(each) > _NARROW // 2
            }
            names = ", ".join(sorted(widest))
            raise NotPlanned(f"numbers of {bits(node)} bits; without bounds: {names}")


@define
class _Work:
    """One run: which nodes get a column, in which stage and after which others."""

    order: list[Node]
    wanted: frozenset[Node]
    _stages: dict[Node, int] = field(factory=dict)
    _crossing: set[Node] = field(factory=set)
    _kept: frozenset[Node] = frozenset()
    _computed: Mapping[Node, int] = field(factory=dict)
    _held: Mapping[Node, int] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        uses = Counter(below for node in self.order for below in set(node.operands))
        self._stages = stages_of(self.order)
        for node in self.order:
            for operand in node.operands:
                later = self._stages[operand] < self._stages[node]
                gathered = node.of_person and not operand.of_person
                if node.operator in AGGREGATES or later or gathered:
                    self._crossing.add(operand)
        several = {node for node in self.order if uses[node] > 1 and node.operator not in _LEAVES}
        kept = {
            node for node in self.wanted | self._crossing | several if node.operator != "constant"
        }
        kept |= {node for node in self.order if node.operator in AGGREGATES}
        self._kept = frozenset(kept | self.wanted)
        self._computed, self._held = _widths(self.order)

    def on(
        self, persons: pl.DataFrame, households: pl.DataFrame
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Both frames with the nodes that are wanted."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        place = persons[HOUSEHOLD] if HOUSEHOLD in persons else pl.Series(dtype=pl.UInt32)
        for stage in range(max(self._stages.values(), default=0) + 1):
            nodes = [node for node in self.order if self._stages[node] == stage]
            aggregates = [node for node in nodes if node.operator in AGGREGATES]
            if aggregates:
                households = _aggregated(aggregates, persons, households, place)
            ours = [node for node in nodes if not node.of_person and node not in aggregates]
            households = self._columns(ours, households)
            theirs = [node for node in nodes if node.of_person]
            persons = self._gathered(stage, persons, households, place)
            persons = self._columns(theirs, persons)
        return self._results(persons, of_person=True), self._results(households, of_person=False)

    def _results(self, frame: pl.DataFrame, *, of_person: bool) -> pl.DataFrame:
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        return pl.DataFrame(
            [
                frame[name_of(node)]
                for node in self.order
                if node in self.wanted and node.of_person == of_person
            ]
        )

    def _gathered(
        self, stage: int, persons: pl.DataFrame, households: pl.DataFrame, place: pl.Series
    ) -> pl.DataFrame:
        """What persons read of their household in this stage."""
        read = {
            name_of(below)
            for node in self.order
            if self._stages[node] in (stage, stage + 1)
            and (node.of_person or node.operator in AGGREGATES)
            for below in node.operands
            if not below.of_person and below.operator != "constant"
        }
        missing = sorted(read.intersection(households.columns) - set(persons.columns))
        if not missing:
            return persons
        return persons.hstack([households[name].gather(place) for name in missing])

    def _columns(self, nodes: list[Node], frame: pl.DataFrame) -> pl.DataFrame:
        """A frame with the nodes of one stage that get a column, each after what it reads.

        Expressions leave columns in pieces; where a later stage reads some beside others, which are
        whole, Polars would copy all of them.
        """
        found: dict[Node, pl.Expr] = {}
        ready: dict[Node, int] = {}
        layers: dict[int, list[pl.Expr]] = {}
        for node in nodes:
            after = max((ready.get(below, 0) for below in node.operands), default=0)
            width = self._computed[node]
            operands = [self._operand(below, width, found) for below in node.operands]
            expr = _expression(node, operands, width)
            if width > self._held[node]:
                expr = expr.cast(_kind(self._held[node]))
            if node in self._kept:
                layers.setdefault(after, []).append(expr.alias(name_of(node)))
                ready[node] = after + 1
            else:
                ready[node] = after
            found[node] = expr
        if not layers:
            return frame
        lazy = frame.lazy()
        for layer in sorted(layers):
            lazy = lazy.with_columns(layers[layer])
        kept = [name_of(node) for node in nodes if node in self._kept]
        crossing = {name_of(node) for node in self._crossing}
        return frame.hstack(
            [
                column.rechunk() if column.name in crossing else column
                for column in lazy.select(kept).collect()
            ]
        )

    def _operand(self, below: Node, width: int, found: Mapping[Node, pl.Expr]) -> pl.Expr:
        """An operand in the width in which an operation is computed."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        if below.operator == "constant":
            return pl.lit(bool(below.low)) if isinstance(below, Truth) else _lit(below.low, width)
        kept = below in self._kept or below not in found
        expr = pl.col(name_of(below)) if kept else found[below]
        if isinstance(below, Truth) or self._held[below] == width:
            return expr
        return expr.cast(_kind(width))


def _aggregated(
    nodes: list[Node], persons: pl.DataFrame, households: pl.DataFrame, place: pl.Series
) -> pl.DataFrame:
    """The frame of households with figures over their members, who have their `place`."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    wide = [node for node in nodes if bits(node) > _NARROW]
    if not place.flags["SORTED_ASC"]:
        wide = nodes
    narrow = [node for node in nodes if node not in wide]
    figures = _of_lists(narrow, persons, place) if narrow else []
    if wide:
        found = [_figure(node).alias(name_of(node)) for node in wide]
        grouped = persons.lazy().group_by(HOUSEHOLD).agg(found).sort(HOUSEHOLD)
        figures += grouped.drop(HOUSEHOLD).collect().get_columns()
    added = pl.DataFrame(figures)
    assert added.height == households.height
    return households.hstack(added)


def _figure(node: Node) -> pl.Expr:
    """A figure over the rows of a group."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    (body,) = node.operands
    if body.operator == "constant":
        return pl.len().cast(pl.Int64)
    column = pl.col(name_of(body))
    match node.operator:
        case "sum":  # which would be as narrow as its parts
            return column.cast(_kind(_enough(max(bits(node), _NARROW)))).sum()
        case "any":
            return column.any()
        case "lowest":
            return column.min()
        case _:
            return column.max()


def _of_lists(nodes: list[Node], persons: pl.DataFrame, place: pl.Series) -> list[pl.Series]:
    """Figures over members who stand together, in an eighth of the time that groups take.

    Arrow makes lists of cells by saying where each begins, which copies nothing.
    """
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used
    import pyarrow as pa  # noqa: PLC0415

    counts = place.rle().struct.field("len").cast(pl.Int64)
    starts = pl.concat([pl.Series([0], dtype=pl.Int64), counts.cum_sum()]).to_arrow()
    lists: dict[str, pl.Series] = {}
    found: list[pl.Expr] = []
    for node in nodes:
        (body,) = node.operands
        name = name_of(node)
        if body.operator == "constant":
            found.append(pl.lit(counts).alias(name))
            continue
        cells = persons[name_of(body)]
        if node.operator in ("sum", "any"):
            cells = cells.cast(pl.UInt8 if node.operator == "any" else pl.Int64)
        of_each = pl.from_arrow(pa.LargeListArray.from_arrays(starts, cells.to_arrow()))
        assert isinstance(of_each, pl.Series)
        lists[name] = of_each
        column = pl.col(name).list
        figure = {"lowest": column.min, "highest": column.max}.get(node.operator, column.sum)()
        found.append((figure > 0 if node.operator == "any" else figure).alias(name))
    return (
        pl.DataFrame(lists).select(found).get_columns() if lists else pl.select(found).get_columns()
    )


def _expression(node: Node, operands: list[pl.Expr], width: int) -> pl.Expr:
    """A node of its operands, which are as wide as it is computed."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    match node.operator:
        case "constant":
            return pl.lit(bool(node.low)) if isinstance(node, Truth) else _lit(node.low, width)
        case "column" if isinstance(node, Truth):
            return pl.col(node.name).fill_null(value=False)
        case "column":
            cells = pl.col(node.name).cast(_kind(width))
            return cells.fill_null(_lit(min(max(node.low, 0), node.high), width))
        case "known":
            return pl.col(node.name).is_not_null()
        case "and":
            return reduce(operator.and_, operands)
        case "or":
            return reduce(operator.or_, operands)
        case "choose":
            condition, then, otherwise = operands
            return pl.when(condition).then(then).otherwise(otherwise)
        case "least" | "greatest" as name:
            left, right = operands
            first = left < right if name == "least" else right < left
            return pl.when(first).then(left).otherwise(right)
        case name:
            found: pl.Expr = _PLAIN[name](*operands)
            return found


def _widths(order: list[Node]) -> tuple[dict[Node, int], dict[Node, int]]:
    """In how many bits each node is computed, and in how many it is held: at least its own.

    Cells come in 64 bits, and nothing is made narrower again but what 128 were needed for: small
    codes and parameters take an eighth of the memory, of sums nothing is converted.
    """
    computed: dict[Node, int] = {}
    held: dict[Node, int] = {}
    for node in order:
        own = _NARROW if node.name or node.operator == "sum" else 0
        below = [held[each] for each in node.operands if not isinstance(each, Truth)]
        computed[node] = max(_enough(bits(node)), own, *below, 0)
        held[node] = computed[node]
        if computed[node] > _NARROW >= bits(node) and not isinstance(node, Truth):
            held[node] = _NARROW
    return computed, held


def _enough(bits: int) -> int:
    """The width of the smallest machine integer of so many bits."""
    return next(width for width in _MACHINE if bits <= width)


def _kind(width: int) -> Any:  # noqa: ANN401 - a type of Polars
    """The integers of a width."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    return {8: pl.Int8, 16: pl.Int16, 32: pl.Int32, 64: pl.Int64, 128: pl.Int128}[width]


def _lit(value: int, width: int) -> pl.Expr:
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    return pl.lit(value, dtype=_kind(width))
