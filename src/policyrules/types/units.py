"""Units of amounts and counts: spelling, products, exact conversion and their words.

A unit has one canonical spelling: what is counted, then for whom, then per which period
(`yuan/person/month`); a plain number has the empty one. How units convert is read from
`grammar/units.txt`. Pint is for programs that go on computing with what comes out: it reads the
same file, and is loaded when the first quantity is asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from attrs import frozen

from policyrules.data import grammar_folder
from policyrules.source import Language

if TYPE_CHECKING:
    from pint import Quantity, UnitRegistry

Whom = Literal["person", "household", "case", "item"]
Period = Literal["month", "quarter", "year", "school_year", "day"]
ExactQuantity: TypeAlias = "Quantity[Fraction]"

# A plain number that is read in percent: a spelling beside the canonical ones, for people only.
PERCENT = "%"

_WHOM: tuple[Whom, ...] = get_args(Whom)
_PERIODS: tuple[Period, ...] = get_args(Period)
_Powers = Mapping[str, int]
_Terms = Sequence[tuple[str, int]]

_TERM = re.compile(r"([^\W\d]\w*)(?:\*\*([1-9][0-9]?))?")
_DEFINED = re.compile(r"(\w+) = (\[\w+\]|[0-9]+(?:/[0-9]+)? \w+)")  # of what Pint allows
_SINGLE_STAR = re.compile(r"(?<!\*)\*(?!\*)")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CACHED = 4096
_LOADING = Lock()


@frozen
class Unit:
    """A unit by its canonical spelling; made by `unit`, never by hand."""

    text: str

    def __str__(self) -> str:
        return self.text


class UnitWords(NamedTuple):
    """What people call a base unit; `zh_counted` stands after a number (3个月, but 元/月)."""

    en: str
    en_plural: str
    zh: str
    zh_counted: str
    money: bool = False


class Declared(NamedTuple):
    """A unit of money that a rule file declares: its words, what it is a part of, its own parts."""

    words: UnitWords
    whole: str
    part: Fraction
    parts: str


# The order is that of the canonical spelling.
UNIT_WORDS: Mapping[str, UnitWords] = {
    "yuan": UnitWords("yuan", "yuan", "元", "元", money=True),
    "jiao": UnitWords("jiao", "jiao", "角", "角", money=True),
    "fen": UnitWords("fen", "fen", "分", "分", money=True),
    "person": UnitWords("person", "persons", "人", "人"),
    "household": UnitWords("household", "households", "户", "户"),
    "case": UnitWords("case", "cases", "件", "件"),
    "item": UnitWords("item", "items", "个", "个"),
    "person_time": UnitWords("person-time", "person-times", "人次", "人次"),
    "household_time": UnitWords("household-time", "household-times", "户次", "户次"),
    "time": UnitWords("time", "times", "次", "次"),
    "year_of_age": UnitWords("year of age", "years of age", "岁", "岁"),
    "square_metre": UnitWords("square metre", "square metres", "平方米", "平方米"),
    "month": UnitWords("month", "months", "月", "个月"),
    "quarter": UnitWords("quarter", "quarters", "季度", "个季度"),
    "year": UnitWords("year", "years", "年", "年"),
    "school_year": UnitWords("school year", "school years", "学年", "学年"),
    "day": UnitWords("day", "days", "日", "天"),
    "working_day": UnitWords("working day", "working days", "工作日", "个工作日"),
}
_RANK = {word: rank for rank, word in enumerate(UNIT_WORDS)}
YUAN = "yuan"  # of a rule file that names no other currency
# The money that every rule file knows, with what people call it, and that which some declare.
MONEY = tuple(word for word, words in UNIT_WORDS.items() if words.money)
_declared: dict[str, Declared] = {}


@lru_cache(maxsize=_CACHED)
def unit(text: str) -> Unit:
    """The unit that `text` spells, in whichever order; ValueError names an unknown word."""
    powers: Counter[str] = Counter()
    above, *below = ("" if text == PERCENT else text).split("/")
    if above not in ("", "1") or (below and not above):
        for part in _SINGLE_STAR.split(above):
            _count(powers, part, 1)
    for part in below:
        _count(powers, part, -1)
    return _spell(powers)


def declare(
    name: str, words: UnitWords, whole: str = "", part: Fraction = Fraction(1), parts: str = ""
) -> str:
    """Make a unit of money known and give its canonical spelling, always the same for the same."""
    made = Declared(words, whole, part, parts)
    with _LOADING:
        for number in count(1):
            spelled = name if number == 1 else f"{name}_{number}"
            known = _declared.get(spelled)
            if known == made:
                return spelled
            if known is None and spelled not in UNIT_WORDS:
                _declared[spelled] = made
                if _loaded.cache_info().currsize:
                    _loaded().define(_definition(spelled, made))
                return spelled
    raise AssertionError(name)


def declared_money() -> Mapping[str, Declared]:
    """The units of money that rule files have declared so far."""
    return dict(_declared)


def main_money(u: Unit) -> Unit:
    """The currency of an amount of money: the yuan of `fen/month`, the crown of `penny`."""
    word = next((word for word, power in _powers(u).items() if power > 0), YUAN)
    return Unit(_declared[word].whole or word if word in _declared else YUAN)


def mentions_money(u: Unit) -> bool:
    """Whether an amount of money is part of a unit."""
    return any(_words(word).money for word in _powers(u))


class Coin(NamedTuple):
    """A unit of money as a step of rounding: how large it is in the unit of the figure."""

    size: Fraction
    en: str
    zh: str


def declared_coins(u: Unit) -> list[Coin]:
    """The units of a declared currency beside that of a figure."""
    own = next((word for word, power in _powers(u).items() if power > 0), "")
    if own not in _declared:
        return []
    whole = _declared[own].whole or own
    return [
        Coin(found.part / _declared[own].part, found.words.en, found.words.zh)
        for word, found in _declared.items()
        if whole in (word, found.whole)
    ]


def _words(word: str) -> UnitWords:
    return UNIT_WORDS[word] if word in UNIT_WORDS else _declared[word].words


def _definition(spelled: str, made: Declared) -> str:
    """A unit in the notation of Pint."""
    part = f"{made.part.numerator}/{made.part.denominator} {made.whole}"
    return f"{spelled} = {part if made.whole else f'[{spelled}]'}"


def times(a: Unit, b: Unit) -> tuple[Unit, Fraction]:
    """The unit of a product, and the factor that joining its units brought.

    `yuan/month` times `year` is `yuan` with the factor 12; of units that join, the finest stays.
    """
    return _combined(a, b, 1)


def per(a: Unit, b: Unit) -> tuple[Unit, Fraction]:
    """The unit of a quotient, and the factor that joining its units brought."""
    return _combined(a, b, -1)


@lru_cache(maxsize=_CACHED)
def factor(source: Unit, target: Unit) -> Fraction | None:
    """What a number in `source` is multiplied by to be in `target`; None if it cannot be."""
    if source == target:
        return Fraction(1)
    (given, size), (wanted, other) = _in_dimensions(source), _in_dimensions(target)
    return size / other if given == wanted else None


def is_money(u: Unit) -> bool:
    """Whether this is an amount of money, in whole, per person or per period."""
    above = [(word, power) for word, power in _powers(u).items() if power > 0]
    return len(above) == 1 and above[0][1] == 1 and _words(above[0][0]).money


def is_shared_out(u: Unit) -> bool:
    """Whether it is somebody's, as a header says: money and areas are, prices per area are not."""
    area = _powers(u).get("square_metre", 0)
    return area > 0 or (is_money(u) and area == 0)


def whom(u: Unit) -> Whom | None:
    """For whom the unit is: the `person` of `yuan/person/month`."""
    return next((word for word in _WHOM if _powers(u).get(word, 0) < 0), None)


def period(u: Unit) -> Period | None:
    """Per which period the unit is: the `month` of `yuan/person/month`."""
    return next((word for word in _PERIODS if _powers(u).get(word, 0) < 0), None)


def with_whom(u: Unit, subject: Whom) -> Unit:
    """The unit for whom a header says it is; what is nobody's or says so itself stays.

    Persons of a household are counted per household, as its members are.
    """
    if u == Unit("person") and subject == "household":
        return Unit("person/household")
    if not is_shared_out(u) or whom(u) is not None:
        return u
    return _spell({**_powers(u), subject: -1})


def without_whom(u: Unit) -> Unit:
    """The unit without the words for whom it is."""
    return _without(u, _WHOM)


def with_period(u: Unit, length: Period | None) -> Unit:
    """The same unit per another period, or per none; nothing is converted."""
    bare = _without(u, _PERIODS)
    return bare if length is None else _spell({**_powers(bare), length: -1})


def show(u: Unit, lang: Language, number: Fraction | None = None) -> str:
    """The unit in words: `yuan per person per month`, `元/人·月`.

    Worded as it stands after `number`, or after any number but one if that is left out.
    """
    powers = _powers(u)
    above = [(word, power) for word, power in powers.items() if power > 0]
    below = [(word, -power) for word, power in powers.items() if power < 0]
    return _chinese(above, below) if lang == "zh" else _english(above, below, number)


def json_text(u: Unit) -> str:
    """The unit as results print it: without for whom, which the result's place already says."""
    return without_whom(u).text


def quantity(value: Fraction, u: Unit) -> ExactQuantity:
    """A Pint quantity of an exact value, for programs that go on computing with units."""
    return _registry().Quantity(value, u.text)


def _english(above: _Terms, below: _Terms, number: Fraction | None) -> str:
    words = []
    for word, power in above:
        names = _words(word)
        words.append((names.en if number == 1 else names.en_plural) + _power(power))
    words += [f"per {_words(word).en}{_power(power)}" for word, power in below]
    return " ".join(words)


def _chinese(above: _Terms, below: _Terms) -> str:
    numerator = "·".join(
        (_words(word).zh if below else _words(word).zh_counted) + _power(power)
        for word, power in above
    )
    denominator = "·".join(_words(word).zh + _power(power) for word, power in below)
    if not below:
        return numerator
    return f"{numerator}/{denominator}" if above else f"每{denominator}"


def _power(power: int) -> str:
    return "" if power == 1 else str(power).translate(_SUPERSCRIPTS)


def _count(powers: Counter[str], part: str, sign: Literal[1, -1]) -> None:
    found = _TERM.fullmatch(part)
    if found is None or (found[1] not in UNIT_WORDS and found[1] not in _declared):
        raise ValueError(f"unknown unit `{part}`")
    powers[found[1]] += sign * int(found[2] or 1)


@lru_cache(maxsize=_CACHED)
def _powers(u: Unit) -> _Powers:
    """The words of a canonical spelling with their powers, in its order."""
    above, *below = u.text.split("/")
    signed = [(part, 1) for part in _SINGLE_STAR.split(above) if part not in ("", "1")]
    signed += [(part, -1) for part in below]
    powers = {}
    for part, sign in signed:
        word, _, power = part.partition("**")
        powers[word] = sign * int(power or 1)
    return powers


def _spell(powers: _Powers) -> Unit:
    written = (item for item in powers.items() if item[1])
    ordered = sorted(written, key=lambda item: _RANK.get(item[0], -1))
    spelled = [
        (word if abs(power) == 1 else f"{word}**{abs(power)}", power) for word, power in ordered
    ]
    above = "*".join(text for text, power in spelled if power > 0)
    below = "".join(f"/{text}" for text, power in spelled if power < 0)
    return Unit((above or "1") + below if below else above)


def _without(u: Unit, words: tuple[str, ...]) -> Unit:
    return _spell({w: power for w, power in _powers(u).items() if power > 0 or w not in words})


@lru_cache(maxsize=_CACHED)
def _combined(a: Unit, b: Unit, sign: Literal[1, -1]) -> tuple[Unit, Fraction]:
    powers = Counter(_powers(a))
    for word, power in _powers(b).items():
        powers[word] += sign * power
    return _joined(_spell(powers))


def _joined(u: Unit) -> tuple[Unit, Fraction]:
    """The unit with one word for each dimension, and what that multiplies a number by."""
    groups: dict[str, list[str]] = {}
    for word in _powers(u):
        groups.setdefault(_base(word)[0], []).append(word)
    if len(groups) == len(_powers(u)):
        return u, Fraction(1)
    finest = {min(words, key=lambda word: _base(word)[1]): words for words in groups.values()}
    joined = _spell({word: sum(_powers(u)[each] for each in of) for word, of in finest.items()})
    return joined, _in_dimensions(u)[1] / _in_dimensions(joined)[1]


def _in_dimensions(u: Unit) -> tuple[_Powers, Fraction]:
    """The powers of the dimensions of a unit, and its size in their first units."""
    powers, size = Counter[str](), Fraction(1)
    for word, power in _powers(u).items():
        first, part = _base(word)
        powers[first] += power
        size *= part**power
    return {word: power for word, power in powers.items() if power}, size


def _base(word: str) -> tuple[str, Fraction]:
    """The first unit of the dimension of a word, `month` of `year`, and its size in that."""
    if word in _declared:
        return _declared[word].whole or word, _declared[word].part
    number, _, other = definitions()[word].partition(" ")
    if not other:  # it begins a dimension
        return word, Fraction(1)
    first, part = _base(other)
    return first, Fraction(number) * part


@lru_cache(maxsize=1)
def definitions() -> Mapping[str, str]:
    """The definitions of the base units; `ValueError` names a line that is of no form allowed."""
    found: dict[str, str] = {}
    lines = (grammar_folder() / "units.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#"):
            if (defined := _DEFINED.fullmatch(line)) is None:
                raise ValueError(f"grammar/units.txt, line {number}: `{line}` is no definition")
            found[defined[1]] = defined[2]
    return found


def _registry() -> UnitRegistry[Fraction]:
    # Quantities of two registries do not mix, so two threads must not load one each.
    with _LOADING:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> UnitRegistry[Fraction]:
    # Importing Pint takes longer than evaluating a case, and most programs ask for no quantity.
    from pint import UnitRegistry  # noqa: PLC0415 (see above)

    registry: UnitRegistry[Fraction] = UnitRegistry(None, non_int_type=Fraction)
    registry.load_definitions(grammar_folder() / "units.txt")
    for spelled, made in _declared.items():
        registry.define(_definition(spelled, made))
    return registry
