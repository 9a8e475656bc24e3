"""What the terminals of the grammar are called when a message says what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from policyrules.source import Language, Text
from policyrules.syntax.names_written import HAN
from policyrules.syntax.words import words

_KINDS = {
    "NAME": Text("a declared name", "已声明的名称"),
    "VALUE": Text("a value of a category", "类别的取值"),
    "NUMBER": Text("a number", "数字"),
    "QUANTITY": Text("a number with its unit", "带单位的数字"),
    "RATE": Text("a percentage", "百分比"),
    "MULTIPLE": Text("a multiple", "倍数"),
    "DATE": Text("a date", "日期"),
    "TEXT": Text("a quoted text", "引号内的文字"),
    "UNIT": Text("a unit", "单位"),
    "MONEY": Text("a currency, such as `crown, 100 pennies`", "币种，例如“克朗，100便士”"),
    "STEP": Text("a unit to round to", "取整的单位"),
    "CITATION": Text("a declared document and a place in it", "已声明的文件及其条款"),
    "ID": Text("the id of a ruleset", "规则集标识"),
    "COLON": Text("a colon", "冒号"),
    "COMMA": Text("a comma", "逗号"),
    "SEMI": Text("a semicolon", "分号"),
    "LPAR": Text("an opening bracket", "左括号"),
    "RPAR": Text("a closing bracket", "右括号"),
    "DECLARED": Text("a name", "名称"),
    "COMPARE": Text("a comparison", "比较用语"),
    "$END": Text("the end of the line", "行末"),
}
_MOST = 4


@cache
def _spelled() -> dict[str, Text]:
    """The first spelling of each word of the language, in both languages."""
    found: dict[str, Text] = {}
    for word in words().order:
        if word.spelling[0] in ",，":
            continue
        known = found.get(word.type, Text(None, None))
        if not HAN.search(word.spelling):
            found[word.type] = Text(known.en or f"`{word.spelling}`", known.zh)
        else:
            found[word.type] = Text(known.en, known.zh or f"“{word.spelling}”")
    return found


def describe(terminals: Iterable[str]) -> Text:
    """The terminals that could stand at a place, the telling kinds first, at most four of them."""
    accepted = set(terminals)
    kinds = [text for terminal, text in _KINDS.items() if terminal in accepted]
    spelled = _spelled()
    rest = [spelled[name] for name in sorted(accepted) if name not in _KINDS and name in spelled]
    chosen = (kinds + rest)[:_MOST]
    return Text(_either(chosen, "en", ", ", " or "), _either(chosen, "zh", "、", "或者"))


def _either(texts: Iterable[Text], lang: Language, comma: str, joint: str) -> str:
    """The texts in one language; those that only the other one has where there are no others."""
    listed = list(texts)
    own = [text.of(lang) for text in listed if (text.zh if lang == "zh" else text.en)]
    *first, last = dict.fromkeys(own or [text.of(lang) for text in listed or [_KINDS["$END"]]])
    return comma.join(first) + joint + last if first else last
