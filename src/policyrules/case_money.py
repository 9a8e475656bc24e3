"""Sums as receipts and officials write them: ¥1200, RMB 1200, 1200块, 壹仟贰佰元整, 3元5角.

Rule files are written in the plain way, which `syntax.numbers` reads. Here is what else leaves no
doubt: a colloquial sum whose last figure has no name (三块五) is not read.
"""

from __future__ import annotations

import re
from fractions import Fraction

_FORMAL = str.maketrans("壹贰貳叁肆伍陆陸柒捌玖拾佰仟萬億", "一二二三四五六六七八九十百千万亿")
_SIGN = re.compile(r"(?:[¥￥]|人民币|RMB|CNY)[ 　]*", re.IGNORECASE)
_YUAN = re.compile(r"[ 　]*(?:元|圆|块钱|块|yuan\b|RMB\b|CNY\b)", re.IGNORECASE)
_FIGURE = "[0-9０-９一二三四五六七八九]"
_COINS = re.compile(rf"(?:零?({_FIGURE})角)?(?:零?({_FIGURE})分)?")
_WHOLE = re.compile("[整正]")


def read_sum(text: str) -> tuple[Fraction, str] | None:
    """A whole text read as a sum of yuan with its unit, such as `yuan/month`; else None."""
    # The words of units are many; a case of plain numbers needs none of them.
    from policyrules.syntax.numbers import read_number, read_unit  # noqa: PLC0415 (see above)

    plain = text.translate(_FORMAL)
    sign = _SIGN.match(plain)
    number = read_number(plain, sign.end() if sign else 0)
    if number is None:
        return None
    word = _YUAN.match(plain, number.end)
    end = word.end() if word else number.end
    if not (sign or word):
        return None
    coins = _COINS.match(plain, end) if word and number.value.denominator == 1 else None
    jiao, fen = (_figure(coins[1]), _figure(coins[2])) if coins else (0, 0)
    end = coins.end() if coins else end
    total = number.value + Fraction(10 * jiao + fen, 100)
    if word and _WHOLE.fullmatch(plain, end):
        return total, "yuan"
    spelled = f"yuan{plain[end:]}"
    unit = read_unit(spelled, 0)
    return (total, unit.value) if unit and unit.end == len(spelled) else None


def _figure(written: str | None) -> int:
    """The value of a single figure, 0 where there is none."""
    from policyrules.syntax.numbers import read_number  # noqa: PLC0415 (as above)

    read = read_number(written) if written else None
    return int(read.value) if read else 0
