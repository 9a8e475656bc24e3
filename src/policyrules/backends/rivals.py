"""Benefits that are not paid together: who stands against whom, and who is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from policyrules.backends.paths import Member, Stop
from policyrules.backends.steps import Step, Term
from policyrules.backends.terms import Trace
from policyrules.ir.nodes import Apply, Definition, Expr, Rival
from policyrules.ir.ranges import COMPARISONS

if TYPE_CHECKING:
    from policyrules.backends.reasons import Reasons

TOGETHER = "not together"


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


def rival_steps(
    reasons: Reasons, rival: Rival, base: Expr, member: Member, *, due: bool | None
) -> tuple[Step, ...]:
    """A benefit that is due as well, so that only one of the two is paid.

    `base` is what the rule needs apart from its rivals.
    """
    trace = reasons.trace
    beaten = trace.holds(rival.beats, member)
    needed = (base,) if beaten else (base, rival.holds)
    # Whether the rule is due otherwise may be open: then it is enough that the other one is paid.
    if any(
        _holds(trace, node, member) in ((False,) if beaten else (False, None)) for node in needed
    ):
        return ()
    if due is False and not beaten:
        return ()
    other = trace.names.definitions[rival.other]
    term = _standing(trace, rival, member)
    made = Step(
        role="rival",
        kind="truth",
        value=None if beaten is None else not beaten,
        name=other.label,
        key=other.name,
        terms=(term,) if term else (),
        lost=beaten is False,
    )
    if (other.name, member) in reasons.seen:
        return (made,)
    reasons.seen.add((other.name, member))
    alone = evolve(other, holds=rival.holds, amount=rival.amount, rivals=())
    return (evolve(made, because=reasons.of(alone).body(alone, member)[1]),)


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
    entries = trace.names.definitions
    relation = ("<=" if inclusive else "<") if beaten else (">" if inclusive else ">=")
    return Term(
        operator=relation,
        kind="truth",
        value=beaten,
        state="assumed" if known is None and beaten is not None else "",
        operands=(_figure(entries[rival.rule], own), _figure(entries[rival.other], other)),
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
