"""What is read often on a path: worked out once, and kept for the paths that go on from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable

from policyrules.backends.paths import Code, Member, Reach, Run, subject_of
from policyrules.ir.fold import operands
from policyrules.ir.nodes import Apply, Expr

_OFTEN = 8  # below that, working it out again is as quick as looking it up


def once(name: Hashable, reach: Reach, find: Callable[[], Code]) -> Code:
    """The function that is found when it is first asked for; it runs once a path for each subject.

    To find it here, and not in a function of its own, keeps rules that rest on rules shallow.
    """

    def kept(run: Run, member: Member) -> object:
        key = (name, subject_of(member, reach))
        known = run.memo.kept.get(key)
        if known is not None:
            if known[1] or known[2]:
                run.read_again(known)
            return known[0]
        since = run.now()
        value = find()(run, key[1])
        run.keep(key, value, since)
        return value

    return kept


def often_read(expr: Expr) -> frozenset[int]:
    """The identities of the junctions that many parts of an expression share."""
    uses: Counter[int] = Counter()
    met, pending = {id(expr)}, [expr]
    while pending:
        for below in operands(pending.pop()):
            if isinstance(below, Apply) and below.operator in ("and", "or"):
                uses[id(below)] += 1
            if id(below) not in met:
                met.add(id(below))
                pending.append(below)
    return frozenset(found for found, count in uses.items() if count >= _OFTEN)
