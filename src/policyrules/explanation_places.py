"""Places in documents as each language writes them."""

from __future__ import annotations

from policyrules.ir.nodes import Cited
from policyrules.source import Language

_HAN = "零一二三四五六七八九"


def cited(place: Cited, lang: Language) -> str:
    """A place in a document: `notice 2(3)1`, 通知 二（三）1."""
    name = place.label.of(lang)
    levels = list(place.levels)
    before = ""
    if lang == "zh" and not {"", "（"}.issuperset(place.words):
        called = zip(place.levels, place.words, strict=True)
        return f"{name} " + "".join(_called(value, word) for value, word in called)
    if "annex" in levels:
        at = levels.index("annex")
        number = levels[at + 1] if at + 1 < len(levels) else ""
        before = f"annex {number} " if lang == "en" else f"附件{number} "
        del levels[at : at + 2]
    spelled = "".join(_level(value, depth, lang) for depth, value in enumerate(levels))
    return f"{name} {before}{spelled}".rstrip()


def _called(value: int | str, word: str) -> str:
    """One level by the word of the document: 第二条, （三）; a plain number is one in brackets."""
    if isinstance(value, str):
        return "附件"
    number = f"（{numeral(value)}）" if word[:1] == "（" else numeral(value)
    called = word.removeprefix("（")
    return f"第{number}{called}" if called else number if word else str(value)


def _level(value: int | str, depth: int, lang: Language) -> str:
    """One level: 二（三）1（4） by depth, and the same in digits in English."""
    if isinstance(value, str):
        return value
    if depth % 2:
        return f"（{numeral(value)}）" if lang == "zh" and depth == 1 else _in_brackets(value, lang)
    return numeral(value) if lang == "zh" and depth == 0 else str(value)


def _in_brackets(value: int, lang: Language) -> str:
    return f"（{value}）" if lang == "zh" else f"({value})"


def numeral(number: int) -> str:
    """A whole number below a thousand in Chinese numerals: 二十三; larger ones in digits."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_HAN[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _HAN[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_HAN[ones] if ones else "")
