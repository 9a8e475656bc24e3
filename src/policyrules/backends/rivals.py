"""Benefits that are not paid together: who stands against whom, and who is paid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from policyrules.backends.naming import Names
from policyrules.backends.paths import Member, Stop
from policyrules.backends.steps import Step, Term
from policyrules.backends.terms import Trace
from policyrules.ir.nodes import Apply, Definition, Expr
from policyrules.ir.ranges import COMPARISONS

if TYPE_CHECKING:
    from policyrules.backends.reasons import Reasons

TOGETHER = "not together"


@frozen
class Rival:
    """Another benefit that may be paid instead of `rule`.

    `base` is what the rule needs otherwise, `holds` that the other is due, `beats` that it is paid
    instead; `higher` is the comparison that decides, None where the first named goes before. It is
    not `certain` which the other is where several have the same condition.
    """

    rule: Definition
    other: Definition
    base: Expr
    holds: Expr
    beats: Expr
    higher: Expr | None
    certain: bool


def inside(value: Expr) -> Expr:
    """What a rule gives, or a benefit needs, inside its period of validity."""
    match value:
        case Apply("select", (_, within, _)) if value.origin and value.origin.role == "validity":
            return within
        case _:
            return value


def base_of(holds: Expr | None) -> Expr | None:
    """What a benefit needs apart from those with which it is not paid together."""
    holds = None if holds is None else inside(holds)
    return holds.operands[0] if isinstance(holds, Apply) and _layer(holds) else holds


def rivals(rule: Definition, names: Names) -> Iterator[Rival]:
    """The benefits that may be paid instead of one, as far as the program tells which they are."""
    holds = None if rule.holds is None else inside(rule.holds)
    if not isinstance(holds, Apply) or not _layer(holds):
        return
    told: set[str] = set()
    base, against = holds.operands
    for beats in _alternatives(against):
        due, higher = _parts(beats)
        found = _candidates(due, higher, rule, names)
        fresh = [other for other in found if other.name not in told]
        if fresh:
            told.add(fresh[0].name)
            certain = higher is not None or len(found) == 1
            yield Rival(rule, fresh[0], base, due, beats, higher, certain)


def rival_steps(
    reasons: Reasons, rival: Rival, member: Member, *, due: bool | None
) -> tuple[Step, ...]:
    """A benefit that is due as well, so that only one of the two is paid."""
    trace = reasons.trace
    beaten = trace.holds(rival.beats, member)
    needed = (rival.base,) if beaten else (rival.base, rival.holds)
    # Whether the rule is due otherwise may be open: then it is enough that the other one is paid.
    if any(
        _holds(trace, node, member) in ((False,) if beaten else (False, None)) for node in needed
    ):
        return ()
    if due is False and not beaten:
        return ()
    term = _standing(trace, rival, member)
    made = Step(
        role="rival",
        kind="truth",
        value=None if beaten is None else not beaten,
        name=rival.other.label if rival.certain else None,
        key=rival.other.name if rival.certain else "",
        terms=(term,) if term else (),
        lost=beaten is False,
    )
    if (rival.other.name, member) in reasons.seen:
        return (made,)
    reasons.seen.add((rival.other.name, member))
    other = evolve(rival.other, holds=rival.holds)
    return (evolve(made, because=reasons.of(other).body(other, member)[1]),)


def _holds(trace: Trace, node: Expr, member: Member) -> bool | None:
    """Whether a condition holds; None where that is open or has no answer."""
    try:
        return trace.holds(node, member)
    except Stop:
        return None


def _standing(trace: Trace, rival: Rival, member: Member) -> Term | None:
    """The rule's amount against its rival's, as the path has it; None where order decides."""
    if rival.higher is None:
        return None
    inclusive = isinstance(rival.higher, Apply) and rival.higher.operator == "not"
    test = rival.higher.operands[0] if inclusive and isinstance(rival.higher, Apply) else None
    less = test or rival.higher
    assert isinstance(less, Apply)
    sides = [trace.value(side, member) for side in less.operands]
    known = None if None in sides else COMPARISONS["less"](sides[0], sides[1])
    beaten = trace.holds(rival.higher, member)
    own, other = (sides[1], sides[0]) if inclusive else (sides[0], sides[1])
    relation = ("<=" if inclusive else "<") if beaten else (">" if inclusive else ">=")
    return Term(
        operator=relation,
        kind="truth",
        value=beaten,
        state="assumed" if known is None and beaten is not None else "",
        operands=(_figure(rival.rule, own), _figure(rival.other, other)),
    )


def _figure(entry: Definition, value: object) -> Term:
    return Term(role="rule", name=entry.label, value=value, unit=entry.unit, own=entry.subject)


def _layer(holds: Expr | None) -> bool:
    """Whether the condition is, beside another one, that no other benefit is paid instead."""
    match holds:
        case Apply("and", (_, Apply("not"))):
            return holds.origin is not None and holds.origin.role == TOGETHER
        case _:
            return False


def _alternatives(against: Expr) -> tuple[Expr, ...]:
    assert isinstance(against, Apply)
    match against.operands[0]:
        case Apply("or", below, _, None):
            return below
        case single:
            return (single,)


def _parts(beats: Expr) -> tuple[Expr, Expr | None]:
    """That the other is due, and the comparison of the amounts if there is one."""
    match beats:
        case Apply("and", (due, higher), _, None):
            return due, higher
        case due:
            return due, None


def _candidates(due: Expr, higher: Expr | None, rule: Definition, names: Names) -> list[Definition]:
    """The benefits that have this condition and, where amounts are compared, this amount."""
    return [
        other
        for other in names.definitions.values()
        if other.what == "benefit"
        and other.name != rule.name
        and other.holds is not None
        and due in (inside(other.holds), base_of(other.holds))
        and (higher is None or other.amount == _other_amount(higher))
    ]


def _other_amount(higher: Expr) -> Expr:
    """The rival's amount in `rival >= own`, which reads not (rival < own), or in `own < rival`."""
    match higher:
        case Apply("not", (Apply("less", (other, _)),)):
            return other
        case _:
            assert isinstance(higher, Apply)
            return higher.operands[1]
