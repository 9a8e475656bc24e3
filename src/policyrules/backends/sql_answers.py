"""What a query says of each row, as nodes of the plan: its status, its ends, what is wrong or open.

The facts that stand beside the inputs have names of their own: whether a cell is wrong, whether
there is a household, whether anybody is in it, whether too many are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from policyrules.backends.sql_nodes import ABSENT
from policyrules.backends.sql_stages import CROWDED
from policyrules.ir.calendar import Days
from policyrules.ir.exact import Figure
from policyrules.ir.integers import Integers
from policyrules.ir.lower import OPENED, STATUSES, Lowered, Planned
from policyrules.ir.lowering import DATE
from policyrules.ir.operators import FIRST_DAY, LAST_DAY
from policyrules.ir.whole_nodes import AGGREGATES, Node, Truth, Whole, needed

WRONG, HERE = "!wrong ", "!here"
ERROR = "error"
SHOWN: tuple[str, ...] = (*STATUSES, ERROR)
Key = tuple[bool, str]  # Whether of a person, and the name of the input.


@frozen
class End:
    """One end of an amount in hundredths of its unit; none where it is not `told`."""

    told: Truth
    top: Whole
    bottom: Whole | None


@frozen
class Answers:
    """The nodes of a query; `problems` and `needs` hold for what they name."""

    status: Whole
    low: End
    high: End
    problems: tuple[tuple[Truth, str], ...]
    needs: tuple[tuple[Truth, str], ...]

    @property
    def roots(self) -> tuple[Node, ...]:
        """All of them."""
        ends = [each for end in (self.low, self.high) for each in (end.told, end.top, end.bottom)]
        named = [node for node, _ in (*self.problems, *self.needs)]
        found = (self.status, *ends, *named)
        return tuple(dict.fromkeys(each for each in found if each is not None))


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
    document does not state, are `absent`; `of_members` says that it asks about the members.
    Nobody is older than `oldest`.
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

    @property
    def make(self) -> Integers:
        """Where nodes are made."""
        return self.lowered.integers

    def answers(self) -> Answers:
        """The nodes of the query."""
        make, extent = self.make, self.planned.extent
        assert extent is not None
        tops = [*_parts(extent.low), *_parts(extent.high), extent.low_open, extent.high_open]
        read = list(needed([self.planned.status, *tops]))
        problems = tuple(self._problems(read))
        wrong = make.either(*(node for node, _ in problems))
        nobody = self._nobody()
        status = make.choose(nobody, make.constant(STATUSES.index(OPENED)), self.planned.status)
        status = make.choose(wrong, make.constant(len(STATUSES)), status)
        due = make.equal(status, make.constant(STATUSES.index("eligible")))
        is_open = make.equal(status, make.constant(STATUSES.index(OPENED)))
        return Answers(
            status,
            self._end(extent.low, make.every(due, make.negation(extent.low_open))),
            self._end(extent.high, make.every(due, make.negation(extent.high_open))),
            problems,
            tuple((make.every(is_open, node), name) for node, name in self._needs(read)),
        )

    def _end(self, figure: Figure, told: Truth) -> End:
        make, size = self.make, figure.part / self.part
        top = make.multiply(figure.whole, make.constant(size.numerator))
        if size.denominator == 1 and not figure.by:
            return End(told, top, None)
        return End(told, top, make.product([make.constant(size.denominator), *figure.by]))

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
        if self.of_person and any(self._is_of_household(node) for node in read):
            yield make.fact(ABSENT, of_person=False), self.words.household
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

    def _needs(self, read: list[Node]) -> Iterable[tuple[Truth, str]]:
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


def _parts(figure: Figure) -> tuple[Node, ...]:
    return figure.whole, *figure.by


def _cells(read: Iterable[Node]) -> list[Node]:
    return [node for node in read if node.operator in ("column", "known")]


def _key(node: Node) -> Key:
    return node.of_person, node.name
