"""Currencies that a rule file declares: `crown, 100 pennies`, 克朗，100便士.

A currency is known by its content: declaring the same one again gives the same unit, and another
one of the same name gets a unit of its own.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from attrs import frozen

from policyrules.types.units import UNIT_WORDS, YUAN, Unit, UnitWords, declare, declared_coins

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_NAME = r"([^\d０-９,，()（）]+?)"
_ALIAS = r"(?:[ 　]*[（(]([^（）()]+)[）)])?"
_LINE = re.compile(
    rf"{_NAME}{_ALIAS}(?:[ 　]*[,，][ 　]*([0-9０-９]+)[ 　]*{_NAME}{_ALIAS})?[ \t　\r]*"
)
_INVARIANT = frozenset({"yen", "won", "baht", "rand", "ringgit", "renminbi", "yuan", "sen", "öre"})
_IRREGULAR = {"pence": "penny"}
_FEN = {"yuan": 100, "jiao": 10, "fen": 1}
_NO_LETTER = re.compile(r"[\W\d]+")


@frozen
class Currency:
    """A currency as declared: its unit, its line, its words and those of its smaller unit."""

    unit: str
    line: str
    spellings: tuple[tuple[str, str], ...]


_known: dict[str, Currency] = {}


@lru_cache(maxsize=256)
def read_currency(text: str) -> str | None:
    """The unit of the currency that a line declares; None where it cannot be read."""
    if text.strip() in UNIT_WORDS[YUAN][:3]:
        return YUAN
    match = _LINE.fullmatch(text)
    if match is None:
        return None
    name, alias, count, minor, minor_alias = match.groups()
    en, zh = _halves(name, alias)
    words = _unit_words(en, zh)
    small, small_zh = _halves(minor or "", minor_alias)
    one = _singular(small) if small else small_zh or ""
    parts = _unit_words(one if small else None, small_zh)
    unit = declare(_canonical(words.en), words, parts=f"{count} {parts}" if one else "")
    spellings = [(word, unit) for word in dict.fromkeys(words[:3])]
    if count and int(count) and one:
        part = declare(_canonical(one), parts, unit, Fraction(1, int(count)))
        spellings += [(word, part) for word in dict.fromkeys((*parts[:3], small or one))]
    _known[unit] = Currency(unit, text, tuple(spellings))
    return unit


def spellings_of(unit: str) -> tuple[tuple[str, str], ...]:
    """The words of a declared currency and what they mean."""
    return _known[unit].spellings


def line_of(unit: str) -> str:
    """The line that declares a currency, as `read_currency` reads it."""
    return _known[unit].line


def _unit_words(en: str | None, zh: str | None) -> UnitWords:
    """What people call a unit of money that has a name in one language or both."""
    chinese = zh or en or ""
    return UnitWords(en or chinese, _plural(en) if en else chinese, chinese, chinese, money=True)


def _halves(name: str, alias: str | None) -> tuple[str | None, str | None]:
    """The name in English and in Chinese."""
    written = [" ".join(half.split()) for half in (name, alias) if half]
    en = next((half for half in written if not _HAN.search(half)), None)
    return en, next((half for half in written if _HAN.search(half)), None)


def _canonical(name: str) -> str:
    """A name as a unit is spelled."""
    return _NO_LETTER.sub("_", name.lower()).strip("_")


def _plural(word: str) -> str:
    if word.lower() in _INVARIANT:
        return word
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|ch|sh)$", word) else "s")


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|x|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if re.search(r"[^s]s$", word) else word


def smallest_coin(u: Unit) -> Fraction:
    """The smallest coin of an amount of money, in its unit: 1/100 of `yuan/month`, 1 of `fen`.

    Of a currency that declares no smaller unit, its unit itself.
    """
    found = declared_coins(u)
    if found:
        return min(coin.size for coin in found)
    word = re.split(r"\W", u.text, maxsplit=1)[0]  # money stands first in the canonical spelling
    return Fraction(1, _FEN[word])
