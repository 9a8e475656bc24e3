"""What the oracle says of a case with gaps, against the same case with the gaps filled."""

from __future__ import annotations

from typing import Any

from agreement import within
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import outcomes
from oracle_paths import Outcome, TooManyPaths
from strategies import Author
from strategies_cases import Drawn, by, filled, rulesets_and_cases

from policyrules.diagnostics import Report
from policyrules.source import Source
from policyrules.syntax.names import outline
from policyrules.syntax.parse import parse, scan


def ask(drawn: Drawn, case: dict[str, Any]) -> dict[tuple[str, int | None], Outcome]:
    """The outcomes of a case under a drawn ruleset."""
    scanned, report = outline(scan(Source("drawn.rules", drawn.text))), Report()
    tree = parse(scanned, scanned.names, report)
    report.stop_if_errors()
    try:
        return outcomes([tree], case, drawn.on)
    except TooManyPaths:
        assume(False)
        raise


@given(rulesets_and_cases(), st.data())
def test_bounds_are_proven(drawn: Drawn, data: st.DataObject) -> None:
    """However the gaps are filled, the outcome lies within what was said before."""
    author = Author(by(data.draw), persons_only=False)
    partly, complete = (
        ask(drawn, case) for case in (drawn.case, filled(author, drawn, frozenset()))
    )

    for subject, outcome in partly.items():
        benefit = subject[0].startswith("aid")
        assert within(complete[subject], outcome, benefit=benefit), (subject, outcome)


@given(rulesets_and_cases(), st.data())
def test_what_is_not_needed_changes_nothing(drawn: Drawn, data: st.DataObject) -> None:
    """Filling only the gaps that an outcome does not name leaves the outcome as it is."""
    author = Author(by(data.draw), persons_only=False)
    partly = ask(drawn, drawn.case)
    assume(partly)
    subject = data.draw(st.sampled_from(sorted(partly, key=str)))
    after = ask(drawn, filled(author, drawn, partly[subject].needs))[subject]

    for what in ("status", "low", "high", "value", "basis"):
        assert getattr(after, what) == getattr(partly[subject], what), (subject, what)
