"""Values, names and units of an explanation, in either language."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from attrs import frozen

from policyrules import wording
from policyrules.backends.steps import Term
from policyrules.case_names import subject_words
from policyrules.ir.facts import Record
from policyrules.ir.nodes import Entity, Kind, Program
from policyrules.ir.ranges import Range
from policyrules.source import Language, Text
from policyrules.types.dates import NEVER
from policyrules.types.units import PERCENT, declared_coins, unit

_COINS = {
    Fraction(1): Text("the yuan", "元"),
    Fraction(1, 10): Text("the jiao", "角"),
    Fraction(1, 100): Text("the fen", "分"),
    Fraction(10): Text("ten yuan", "十元"),
    Fraction(100): Text("a hundred yuan", "百元"),
}


@frozen
class Values:
    """Says values and names in one language; `member` is whose outcome it is."""

    program: Program
    lang: Language
    member: int | None

    def say(self, en: str, zh: str) -> str:
        """The phrase of this language."""
        return zh if self.lang == "zh" else en

    def of(self, text: Text | None) -> str:
        """A text in this language."""
        return "" if text is None else text.of(self.lang)

    def among(self, texts: list[str], last: str = "") -> str:
        """Several phrases in a row; `last` joins the last one instead of a comma."""
        comma = self.say(", ", "、")
        if last and len(texts) > 1:
            return comma.join(texts[:-1]) + last + texts[-1]
        return comma.join(texts)

    def listed(self, names: list[str]) -> str:
        """Names in a row; semicolons keep apart those that have commas inside."""
        return wording.in_a_row(names, self.lang)

    def who(self, members: tuple[int | Record, ...]) -> str:
        """Members or records by number."""
        texts = [self._record(each) for each in members if isinstance(each, Record)]
        for first, last in _runs(tuple(each for each in members if isinstance(each, int))):
            start = self.of(subject_words(self.program, first))
            if last - first > 1:
                start = self.say(
                    f"members {first + 1} to {last + 1}", f"成员{first + 1}至{last + 1}"
                )
            texts.append(start)
            if last - first == 1:
                texts.append(self.of(subject_words(self.program, last)))
        return self.among(texts, self.say(" and ", "、"))

    def _record(self, record: Record) -> str:
        """A record by its list and number."""
        names = {
            item.collection.name: item.collection.label
            for item in self.program.inputs
            if item.collection is not None
        }
        number = (record.index or 0) + 1
        name = self.of(names[record.collection])
        return self.say(f"{name} {number}", f"{name}第{number}条")

    # --- values ---------------------------------------------------------------------------------

    def value(
        self,
        value: Any,  # noqa: ANN401 - what its kind says
        in_unit: str = "",
        own: Entity | None = None,
        *,
        kind: Kind = "number",
        word: Text | None = None,
    ) -> str:
        """A value with its unit, which does not repeat whose figure it is."""
        if self.lang == "en" and in_unit == "year_of_age":
            in_unit = ""  # `age 71`, not `age 71 years of age`
        match value:
            case None:
                return self.say("open", "待定")
            case bool():
                return self.of(wording.truth(value=value))
            case str():
                return self.of(word or Text(value, None))
            case int():
                return self.of(wording.day(date.fromordinal(value)))
            case Range():
                return self._range(value, own_unit(in_unit, own), kind)
            case _:
                return self.of(wording.quantity(value, own_unit(in_unit, own)))

    def _range(self, value: Range, in_unit: str, kind: Kind) -> str:
        low, high = value.low, value.high
        if kind == "date":
            if low is None or high is None or high == NEVER.toordinal():
                return self.say("open", "待定")
            return self.say(" to ", "至").join(self.value(int(end)) for end in (low, high))
        known = self.of(wording.interval(low, high, in_unit))
        if "not stated" not in value.basis:
            return known if (low, high) != (None, None) else self.say("open", "待定")
        silent = self.say("not stated", "未载明")
        return silent if low in (None, 0) and high is None else self.among([silent, known])

    def step(self, size: Fraction, in_unit: str) -> str:
        """The unit to which a figure is rounded."""
        if in_unit == PERCENT:
            return self.of(wording.quantity(size, in_unit))
        if unit(in_unit).text.startswith("yuan") and size in _COINS:
            return self.of(_COINS[size])
        for coin in declared_coins(unit(in_unit)):
            if coin.size == size:
                return self.say(f"the {coin.en}", coin.zh)
        return self.of(wording.quantity(size, unit(in_unit).text.partition("/")[0]))

    # --- names and values together --------------------------------------------------------------

    def named(self, term: Term) -> str:
        """The name of a leaf, with whose it is and the row of its table."""
        if term.role == "date":
            return self.say("the date", "评估日期")
        if term.role == "members":
            name = self.of(term.name)
            if name:
                return self.say(f"number of {name}", f"{name}条数")
            return self.say("number of members", "家庭成员人数")
        if term.role == "some members":
            name = self.of(term.name)
            if name:
                return self.say(f"{name} counted", f"计入的{name}条数")
            return self.say("members counted", "计入的家庭成员人数")
        name = self.of(term.name)
        row = self.among([self.of(word) for word in term.row])
        if row:
            name += self.say(f" ({row})", f"（{row}）")
        if term.whose is None:
            return name
        return self.belonging(name, (term.whose,))

    def belonging(self, name: str, members: tuple[int | Record, ...]) -> str:
        """A name with those whose it is."""
        who = self.who(members)
        return self.say(f"{name} of {who}", f"{who}的{name}")

    def leaf(self, term: Term, *, with_unit: bool = True) -> str:
        """A figure without operands: its name and its value."""
        value = self._leaf_value(term, with_unit=with_unit)
        if term.name is None and term.role in ("number", "rate", "times", "choice", ""):
            return value
        name = self.named(term)
        if term.state == "missing":
            return name + self.bracketed(self.say("not given", "未提供"))
        if term.state == "not stated":
            return name + self.bracketed(value)
        if term.kind == "truth":
            assumed = self.say("assumed ", "假定为") if term.state == "assumed" else ""
            return name + self.bracketed(assumed + value)
        if term.kind == "choice":
            text = self.say(f"{name} is {value}", f"{name}为{value}")
            return text + self._state(term)
        if name[-1:].isdigit() or isinstance(term.value, Range) or self.is_never(term):
            return name + self.bracketed(value) + self._state(term)
        # A name in Latin letters stays apart from its value in Chinese too.
        gap = " " if name[-1:].isascii() else self.say(" ", "")
        return name + gap + value + self._state(term)

    def _leaf_value(self, term: Term, *, with_unit: bool) -> str:
        if term.role in ("rate", "times"):
            return self._rate(term)
        shown = term.unit if with_unit or term.unit == PERCENT else ""
        if term.role == "members" and self.lang == "en":
            shown = ""
        return self.value(term.value, shown, term.own, kind=term.kind, word=term.word)

    def _rate(self, term: Term) -> str:
        """A factor as a percentage, as so many times, or as a fraction that is neither."""
        ends = (term.value.low, term.value.high) if isinstance(term.value, Range) else (term.value,)
        known = [end for end in ends if end is not None]
        percent = term.role == "rate" or max(known) < 1
        if percent and all("/" not in wording.decimal_text(end * 100) for end in known):
            texts = [wording.number(end * 100).of(self.lang) + "%" for end in known]
            return self.say(" to ", "至").join(texts)
        texts = [wording.decimal_text(end) for end in known]
        times = "" if percent else self.say("", "倍")
        return self.say(" to ", "至").join(texts) + times

    def _state(self, term: Term) -> str:
        match term.state:
            case "assumed":
                return self.bracketed(self.say("assumed", "假定"))
            case "supplied":
                return self.bracketed(self.say("supplied by the case", "由个案提供"))
            case _:
                return ""

    def is_never(self, term: Term) -> bool:
        """Whether this is a day that has not come and may never."""
        return term.kind == "date" and term.value == NEVER.toordinal()

    def bracketed(self, text: str) -> str:
        """A remark in brackets, as they stand behind a word."""
        return self.say(f" ({text})", f"（{text}）")


def _runs(members: tuple[int, ...]) -> list[tuple[int, int]]:
    """The first and last of each run of members without a gap."""
    runs: list[tuple[int, int]] = []
    for member in members:
        if runs and member == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], member
        else:
            runs.append((member, member))
    return runs


def own_unit(in_unit: str, own: Entity | None) -> str:
    """The unit without for whom, where that is the one whose figure it is."""
    if own is not None:
        return wording.without_own_whom(in_unit, own)
    return in_unit if in_unit == PERCENT else unit(in_unit).text
