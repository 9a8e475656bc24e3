"""An interview about one case: which question comes next, its answer, and the way back.

No terminal here: whoever leads the interview shows the question and hands in what was answered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import define, field, frozen

from policyrules import wording
from policyrules.case_names import MEMBERS
from policyrules.case_values import read_value, written_quantity
from policyrules.diagnostics import InputError, Report
from policyrules.explanation import Explanation
from policyrules.ir.facts import field_of
from policyrules.ir.nodes import Input, Program
from policyrules.questions import PARAMETERS, Question
from policyrules.results import Outcome, Result
from policyrules.ruleset import Ruleset
from policyrules.source import Text
from policyrules.types.units import is_money, main_money, unit

Case = dict[str, Any]
# What else is said for yes and no, and behind the number of members or records.
_YES_NO = {"true": True, "y": True, "是的": True, "false": False, "n": False, "不是": False}
_COUNTED = re.compile(r"(?<=\S)[ 　]*(?:口人|口|个人|个|名|位|条|people|records?)$")


@frozen
class _Place:
    """Where an interview was: its case, and what nobody could answer."""

    case: Case
    unknown: tuple[str, ...]


@define
class Interview:
    """Asks what can still matter to the outcomes of interest until nothing is left to ask.

    `start` is a case to begin with, as JSON text. Raises `InputError` with its problems, and those
    of the names in `benefits`.
    """

    ruleset: Ruleset
    on: date | str
    benefits: tuple[str, ...] | None = None
    start: str = "{}"
    _now: _Place = field(init=False)
    _before: list[_Place] = field(factory=list, init=False)
    _questions: tuple[Question, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.ruleset.evaluate(self.start, self.on, only=self.benefits)
        case = _without_gaps(json.loads(self.start.removeprefix("\ufeff"), parse_float=str))
        case["on"] = self.on if isinstance(self.on, str) else self.on.isoformat()
        self._go_to(_Place(case, ()))

    @property
    def case(self) -> Case:
        """The case as far as it is known, JSON-ready."""
        return deepcopy(self._now.case)

    @property
    def question(self) -> Question | None:
        """What to ask now; None where no answer can settle more."""
        return self._questions[0] if self._questions else None

    @property
    def result(self) -> Result:
        """The outcomes of interest, all of the ruleset if there was no wish."""
        return self.ruleset.evaluate(self._now.case, only=self.benefits)

    @property
    def settled(self) -> bool:
        """Whether nothing that is missing leaves an outcome of interest open."""
        return not any(
            outcome.status == "undetermined"
            or (outcome.amount is not None and outcome.amount.basis in ("missing", "both"))
            for outcome in self._of_interest()
        )

    def explanations(self) -> Iterator[Explanation]:
        """The reasons of the benefits, or of all outcomes that were wished for."""
        for outcome in self._of_interest():
            yield outcome.explain()

    def _of_interest(self) -> Iterator[Outcome]:
        """The benefits, or all outcomes that were wished for."""
        for outcome in self.result.values():
            if outcome.what == "benefit" or self.benefits is not None:
                yield outcome

    def answer(self, text: str) -> None:
        """Take the answer to the question: as a case writes it, or the number of a permitted one.

        Raises `InputError` with what is wrong; the question then stands.
        """
        asked = self.question
        assert asked is not None
        case = self.case
        self._put(case, asked, _value(asked, spoken(text)))
        here = self._now
        self._go_to(_Place(case, here.unknown))
        self._before.append(here)

    def decline(self) -> None:
        """Leave the question unanswered; it does not come again."""
        asked = self.question
        assert asked is not None
        here = self._now
        self._go_to(_Place(here.case, (*here.unknown, asked.path)))
        self._before.append(here)

    def back(self) -> bool:
        """Take the last answer back; False where there is none."""
        if not self._before:
            return False
        self._go_to(self._before.pop())
        return True

    def _go_to(self, place: _Place) -> None:
        self._questions = self.ruleset.questions(
            place.case, benefits=self.benefits, unknown=place.unknown
        )
        self._now = place

    def _put(self, case: Case, asked: Question, value: object) -> None:
        """Write a value into a case, under the names that the case has already."""
        program = self.ruleset.program
        if asked.of == PARAMETERS:
            names = (
                asked.name,
                *asked.path.removeprefix(f"{PARAMETERS}.{asked.name}").split(".")[1:],
            )
            here = case.setdefault(PARAMETERS, {})
            for name in names[:-1]:
                here = here.setdefault(_key(here, program, name), {})
            here[_key(here, program, names[-1])] = value
            return
        if asked.path == MEMBERS:
            case.setdefault("household", {})["members"] = [{} for _ in range(int(str(value)))]
            return
        here = case
        for step in asked.of.split("."):
            name, bracket, number = step.partition("[")
            below = here.setdefault(name, [] if bracket else {})
            here = _element(below, int(number[:-1])) if bracket else below
        record = None if asked.name in here else field_of(asked.name)
        if record is not None and any(item.collection for item in program.inputs):
            name, index, own = record
            records = here[_key(here, program, name)]
            _element(records, index)[own] = value
        elif asked.kind == "how many":
            here[asked.name] = [{} for _ in range(int(str(value)))]
        else:
            here[asked.name] = value


def _element(listed: list[Any], index: int) -> Case:
    """An element of a list, in the place of one of which nothing is known."""
    if listed[index] is None:
        listed[index] = {}
    found: Case = listed[index]
    return found


def _key(here: Mapping[str, object], program: Program, name: str) -> str:
    """Under which of its names something stands in a case already; else its own."""
    labels = {item.name: item.label for item in program.parameters}
    labels |= {
        item.collection.name: item.collection.label for item in program.inputs if item.collection
    }
    label = labels.get(name, Text(name, name))
    known = (own for own in (name, label.en, label.zh) if own is not None and own in here)
    return next(known, name)


def _without_gaps(node: Any) -> Any:  # noqa: ANN401 - JSON of any kind
    """A case without the names of which it says that they are missing."""
    if isinstance(node, dict):
        return {key: _without_gaps(value) for key, value in node.items() if value is not None}
    return [_without_gaps(each) for each in node] if isinstance(node, list) else node


def spoken(text: str) -> str:
    """An answer without what does not matter: blanks, a full stop, how an apostrophe looks."""
    return text.strip().rstrip("。．.！!").rstrip().replace("’", "'")


def _value(asked: Question, text: str) -> object:
    """An answer as a case takes it; of permitted ones also by number."""
    if asked.answers:
        names = {
            (name or "").casefold(): value
            for value, label in asked.answers
            for name in (label.en, label.zh)
        }
        if asked.kind == "yes or no":
            names |= _YES_NO
        if text.casefold() in names:
            return names[text.casefold()]
        numbered = text.isdecimal() and 1 <= int(text) <= len(asked.answers)
        return asked.answers[int(text) - 1][0] if numbered else text
    return _count(asked, text) if asked.kind == "how many" else _figure(asked, text)


def _figure(asked: Question, text: str) -> str:
    """A sum without its period, as `1200元` where 元/月 is asked for, is one of that period."""
    if not is_money(unit(asked.unit)):
        return text
    currency = main_money(unit(asked.unit)).text
    found = written_quantity(text, currency)
    return wording.decimal_text(found[0]) if found and found[1] == currency else text


def _count(asked: Question, text: str) -> int:
    """How many persons or records there are; raises `InputError` for what is no such number."""
    count = Input(
        name=asked.name,
        label=asked.label,
        subject="household",
        kind="number",
        unit=asked.unit,
        low=asked.low,
        high=asked.high,
        whole=True,
    )
    report = Report()
    number = read_value(count, _COUNTED.sub("", text), asked.path, report)
    if not isinstance(number, Fraction):
        raise InputError(report.diagnostics)
    return int(number)
