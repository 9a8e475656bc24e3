"""Cases as functions: which value counts, however many cases stand one under another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any

from policyrules.backends.paths import Code, Member, Run, Stop
from policyrules.backends.truths import TruthCode
from policyrules.ir.facts import Status
from policyrules.ir.nodes import Kind
from policyrules.ir.ranges import hull

Arms = tuple[tuple[TruthCode, Code], ...]


def choice(arms: Arms, otherwise: Code, kind: Kind) -> Code:
    """The value of the first arm whose condition holds, else `otherwise`."""

    def code(run: Run, member: Member) -> Any:  # noqa: ANN401 - a value of the kind
        following = iter(arms)
        for condition, then in following:
            holds = condition(run, member)
            if holds is None:
                return _any_of(
                    run, member, _branches(run, member, then, following, otherwise), kind
                )
            if holds:
                return then(run, member)
        return otherwise(run, member)

    return code


def _branches(
    run: Run,
    member: Member,
    first: Code,
    following: Iterator[tuple[TruthCode, Code]],
    otherwise: Code,
) -> Iterator[Code]:
    """What may count from an open condition on, to the first one that surely holds."""
    yield first
    for condition, then in following:
        holds = condition(run, member)
        if holds is not False:
            yield then
        if holds:
            return
    yield otherwise


def _any_of(run: Run, member: Member, branches: Iterator[Code], kind: Kind) -> Any:  # noqa: ANN401
    """In a loose run, all that the branches may give; a condition without a value ends them."""
    values: list[Any] = []
    status: Status = "undetermined"
    ended = False
    while not ended:
        try:
            branch = next(branches, None)
            if branch is None:
                ended = True
            else:
                values.append(branch(run, member))
        except Stop as found:
            run.may_stop |= {found.status}
            status = found.status
    if not values:
        raise Stop(status)
    if kind in ("number", "date"):
        return reduce(hull, values)
    return values[0] if all(value == values[0] for value in values) else None
