"""A fault planted in the product is found by the search, and none where there is no fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count

import pytest
from agreement import Outcomes
from attrs import frozen
from faults import FAULTS, Fault
from oracle import outcomes
from oracle_paths import TooManyPaths
from search import compiled, difference, drawn, search_drawn
from strategies_cases import Case

from policyrules.compiler import Compiled, read_otherwise

# Among so many programs of this seed every fault shows, the rarest in the 188th.
SEED, PROGRAMS = "p3", 200


@frozen
class Known:
    """A program, and what the oracle says of its cases."""

    made: Compiled
    cases: tuple[tuple[Case, Outcomes], ...]

    def differs(self) -> bool:
        """Whether the product, made and asked anew, says something else of one of the cases.

        That it fails or refuses the program is no answer.
        """
        try:
            program = read_otherwise(self.made, {}).program
        except Exception:  # noqa: BLE001 - whatever a fault leads to
            return False
        found = (difference(program, "", case, expected) for case, expected in self.cases)
        return any(each is not None and not isinstance(each.found, str) for each in found)


@cache
def known(number: int) -> Known:
    """The program of a number."""
    text, cases = drawn(f"{SEED}/{number}")
    made = compiled(text)
    return Known(made, tuple(answered(made, cases)))


def answered(made: Compiled, cases: Iterable[Case]) -> Iterator[tuple[Case, Outcomes]]:
    """The cases with what the oracle says of them, asked once for all faults."""
    for case in cases:
        try:
            yield case, outcomes(list(made.trees), *case)
        except TooManyPaths:
            continue


@pytest.mark.slow
def test_without_a_fault_nothing_differs() -> None:
    """Asserts that what is found with a fault is found because of it."""
    assert [number for number in range(PROGRAMS) if known(number).differs()] == []


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_found(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts that few programs are enough to find what is wrong with the product."""
    for number in count():
        assert number < PROGRAMS, fault.stands_for
        known(number)  # before the fault: the oracle shares the parser with the product
        with monkeypatch.context() as patch:
            fault.plant(patch)
            if known(number).differs():
                return


def test_what_is_found_is_told_in_few_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts that a difference comes with the rules it is found in, fewer of them, both sides."""
    fault = next(fault for fault in FAULTS if fault.name == "flags dropped")
    found = []
    with monkeypatch.context() as patch:
        fault.plant(patch)
        for number in range(20):
            found = search_drawn(f"told/{number}").differences
            if found:
                break
    told = str(found[0])
    whole, few = told.split("--- of it\n")

    assert len(few.splitlines()) < len(whole.splitlines())
    assert "oracle: " in few
    assert "product: " in few
    assert search_drawn(f"told/{number}").differences == []
