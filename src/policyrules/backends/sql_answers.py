"""What a query says of each row, as nodes of the plan: its status, its ends, what is wrong or open.

The facts that stand beside the inputs have names of their own: whether a cell is wrong, whether
there is a household, whether anybody is in it, whether too many are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from policyrules.backends.sql_hulls import EndName, Hull
from policyrules.backends.sql_nodes import ABSENT
from policyrules.backends.sql_paths import Need, Split, Told, Ways, is_answer, mark_name
from policyrules.backends.sql_stages import CROWDED, REPEATED
from policyrules.ir.calendar import Days
from policyrules.ir.exact import Figure
from policyrules.ir.integers import Integers
from policyrules.ir.lower import OPENED, STATUSES, Lowered, Planned
from policyrules.ir.lowering import DATE
from policyrules.ir.operators import FIRST_DAY, LAST_DAY
from policyrules.ir.whole_nodes import AGGREGATES, Node, Truth, Whole, is_constant, needed

WRONG, HERE = "!wrong ", "!here"
Key = tuple[bool, str]  # Whether of a person, and the name of the input.


@frozen
class End:
    """One end of an amount in hundredths of its unit; none where it is not `told`."""

    told: Truth
    top: Whole
    bottom: Whole | None


@frozen
class Answers:
    """What a query is made of.

    `rows` is told of rows that ask nothing, `paths` of each path of those where `asks` holds, which
    are split by one question after the other. The rest stands on the `figures` of both, each a
    column; `problems` and `needs` hold for what they name.
    """

    rows: tuple[Told, ...]
    asks: Truth
    splits: tuple[Split, ...]
    paths: tuple[Told, ...]
    figures: Mapping[str, Whole]
    status: Whole
    low: End
    high: End
    problems: tuple[tuple[Truth, str], ...]
    needs: tuple[tuple[Truth, str], ...]

    @property
    def row_roots(self) -> tuple[Node, ...]:
        """What must be known of a row."""
        return (self.asks, *_parts_of(self.rows))

    @property
    def path_roots(self) -> tuple[Node, ...]:
        """What must be known of a path."""
        return (*(split.asked for split in self.splits), *_parts_of(self.paths))

    @property
    def last_roots(self) -> tuple[Node, ...]:
        """What is told in the end."""
        ends = [each for end in (self.low, self.high) for each in (end.told, end.top, end.bottom)]
        named = [node for node, _ in (*self.problems, *self.needs)]
        found = (self.status, *ends, *named)
        return tuple(dict.fromkeys(each for each in found if each is not None))

    @property
    def roots(self) -> tuple[Node, ...]:
        """All of them."""
        return self.row_roots + self.path_roots + self.last_roots


def _parts_of(told: Iterable[Told]) -> Iterator[Node]:
    for each in told:
        yield each.value
        if each.when is not None:
            yield each.when


@frozen
class Words:
    """What a query calls the inputs, a household that is not there, and its members."""

    inputs: Mapping[Key, str]
    household: str
    members: str


@frozen
class Asked:
    """An outcome of a plan for a day (None: a column of days), and what it may be asked.

    `part` is what its amount is counted in; `with_members` says that persons and households have
    a table each. The rule may `read` these inputs; others that it may read, and figures that the
    document does not state, are `absent`; `of_members` says that it asks about the members, and
    `asked_for` what is asked for by a mark of the plan. Nobody is older than `oldest`.
    """

    planned: Planned
    lowered: Lowered
    of_person: bool
    with_members: bool
    part: Fraction
    words: Words
    on: int | None
    oldest: int
    read: tuple[Key, ...]
    absent: tuple[str, ...]
    of_members: bool
    asked_for: Mapping[Need, str]

    @property
    def make(self) -> Integers:
        """Where nodes are made."""
        return self.lowered.integers

    def answers(self) -> Answers:
        """The nodes of the query."""
        make, ways = self.make, Ways(self.lowered, self.planned)
        rows = {each.name: each for each in ways.rows()}
        asks, splits, paths = make.no, tuple[Split, ...](), tuple[Told, ...]()
        if self.lowered.questions:
            asks, splits = ways.asks(), ways.splits()
            paths = ways.paths(splits)
        of_both = [*_parts_of(rows.values()), *_parts_of(paths), *(each.asked for each in splits)]
        read = [node for node in needed(of_both) if not is_answer(node)]
        problems = tuple(self._problems(read))
        lacks = tuple(self._lacks(read))
        wrong, nobody = make.either(*(node for node, _ in problems)), self._nobody()
        first, last = self._row_status(rows["first status"].value, wrong, nobody)
        rows |= {each.name: each for each in (first, last)}
        opened = make.either(nobody, _as_truth(make, rows["lost"].value))
        rows["lost"] = Told("lost", opened, "most")
        number = make.constant(0)
        for place, (node, _) in reversed(list(enumerate(problems, 1))):
            number = make.choose(node, make.constant(place), number)
        beside = [Told(f"lacking {name}", node, "most") for node, name in lacks]
        told = (*rows.values(), *beside, Told("problem", number, "most"))
        asks = make.every(asks, make.negation(wrong), make.negation(nobody))
        if paths:
            paths = (*paths, *beside, Told("problem", make.constant(0), "most"))
        figures = self._figures(told, paths)
        hull = Hull(make, figures)
        named = {each.name for each in told}
        return Answers(
            told,
            asks,
            splits,
            paths,
            figures,
            hull.status(),
            self._end(hull, "low", ways.extent.low),
            self._end(hull, "high", ways.extent.high),
            tuple((hull.is_problem(place), name) for place, (_, name) in enumerate(problems, 1)),
            tuple(self._needs(hull, named, lacks)),
        )

    def _row_status(self, status: Node, wrong: Truth, nobody: Truth) -> tuple[Told, Told]:
        make = self.make
        assert isinstance(status, Whole)
        status = make.choose(nobody, make.constant(STATUSES.index(OPENED)), status)
        status = make.choose(wrong, make.constant(STATUSES.index(OPENED)), status)
        return Told("first status", status, "least"), Told("last status", status, "most")

    def _figures(self, rows: tuple[Told, ...], paths: tuple[Told, ...]) -> dict[str, Whole]:
        """A column for each figure, which holds what rows and paths have."""
        found: dict[str, Whole] = {}
        for each in (*rows, *paths):
            low, high = each.value.low, each.value.high
            if each.when is not None:
                low, high = min(low, 0), max(high, 0)
            if each.name in found:
                low, high = min(low, found[each.name].low), max(high, found[each.name].high)
            column = self.make.column(f"={each.name}", low, high, of_person=False)
            found[each.name] = self.make.constant(low) if low == high else column
        return found

    def _end(self, hull: Hull, name: EndName, figure: Figure) -> End:
        make, size = self.make, figure.part / self.part
        top = make.multiply(hull.end(name), make.constant(size.numerator))
        by = hull.by(name)
        if size.denominator == 1 and is_constant(by, 1):
            return End(hull.is_told(name), top, None)
        return End(hull.is_told(name), top, make.multiply(make.constant(size.denominator), by))

    def _needs(
        self, hull: Hull, named: set[str], lacks: tuple[tuple[Truth, str], ...]
    ) -> Iterable[tuple[Truth, str]]:
        """What is missing: of an open row all that it lacks, of others what decides."""
        found = {name: [hull.lacks(name)] for _, name in lacks}
        for mark, name in self.asked_for.items():
            if mark_name(mark) in named:
                found.setdefault(name, []).append(hull.misses(mark))
        for name, nodes in found.items():
            yield self.make.either(*nodes), name

    def _problems(self, read: list[Node]) -> Iterable[tuple[Truth, str]]:
        """What is wrong with a row or with those on which its answer rests."""
        make = self.make
        crowd = any(node.operator in AGGREGATES for node in read)
        for key in dict.fromkeys(map(_key, _cells(read))):
            wrong = make.fact(f"{WRONG}{key[1]}", of_person=key[0])
            yield self._of_anybody(wrong, crowd=crowd), self.words.inputs[key]
        yield from self._ages(read, crowd=crowd)
        if not self.with_members:
            return
        of_both = self.of_person and any(self._is_of_household(node) for node in read)
        if of_both:
            yield make.fact(ABSENT, of_person=False), self.words.household
        if of_both or (crowd and not self.of_person):
            yield make.fact(REPEATED, of_person=False), self.words.household
        if crowd:
            crowded = make.fact(CROWDED, of_person=True)
            yield self._of_anybody(crowded, crowd=True), self.words.members

    def _ages(self, read: list[Node], *, crowd: bool) -> Iterable[tuple[Truth, str]]:
        """That somebody is not born yet, too old, or of another age than the birth date says."""
        make, facts = self.make, {node.name: node for node in read if node.operator == "column"}
        birth, age = facts.get("birth date"), facts.get("age")
        if not isinstance(birth, Whole) or not birth.of_person:
            return
        today = make.column(DATE, FIRST_DAY, LAST_DAY, of_person=False)
        if self.on is not None:
            today = make.constant(self.on)
        born, years = (
            make.known(birth.name, of_person=True),
            Days(make).completed_years(birth, today),
        )
        older = make.less(make.constant(self.oldest), years)
        wrong = make.every(born, make.either(make.less(today, birth), older))
        yield self._of_anybody(wrong, crowd=crowd), self.words.inputs[True, birth.name]
        if isinstance(age, Whole) and age.of_person:
            both = make.every(born, make.known(age.name, of_person=True))
            other = make.every(both, make.negation(make.equal(age, years)))
            yield self._of_anybody(other, crowd=crowd), self.words.inputs[True, age.name]

    def _of_anybody(self, fact: Truth, *, crowd: bool) -> Truth:
        """Whether it holds here or, if the answer rests on them, for any member."""
        if not fact.of_person:
            return fact
        anybody = self.make.any_member(fact)
        if not self.of_person:
            return anybody
        return self.make.either(fact, anybody) if crowd else fact

    def _nobody(self) -> Truth:
        """Whether nobody is known of whom the rule of a household speaks.

        The plan may know without them, as where every sum is large enough; the rule asks for them.
        """
        if self.of_person or not self.of_members:
            return self.make.no
        here = self.make.any_member(self.make.fact(HERE, of_person=True))
        return self.make.negation(here)

    def _lacks(self, read: list[Node]) -> Iterable[tuple[Truth, str]]:
        make = self.make
        crowd = any(node.operator in AGGREGATES for node in read)
        if self.of_members and not self.of_person:
            here = make.any_member(make.fact(HERE, of_person=True))
            yield make.negation(here), self.words.members
        for key in self.read:
            missing = make.negation(make.known(key[1], of_person=key[0]))
            yield self._of_anybody(missing, crowd=crowd), self.words.inputs[key]
        for name in self.absent:
            yield make.yes, name

    @staticmethod
    def _is_of_household(node: Node) -> bool:
        return node.operator != "constant" and not node.of_person


def _as_truth(make: Integers, node: Node) -> Truth:
    if isinstance(node, Truth):
        return node
    assert isinstance(node, Whole)
    return make.equal(node, make.constant(1))


def _cells(read: Iterable[Node]) -> list[Node]:
    return [node for node in read if node.operator in ("column", "known")]


def _key(node: Node) -> Key:
    return node.of_person, node.name
