"""What authors write out of habit from elsewhere, and what is written here for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lark import Token

from policyrules.source import Text
from policyrules.syntax.layout import Line
from policyrules.syntax.names import Entry
from policyrules.syntax.names_written import HAN
from policyrules.syntax.words import Word, words

# Words that open a line elsewhere, by the terminal of the clause that they stand for.
_CLAUSES: Mapping[str, str] = {
    **dict.fromkeys(("if", "where", "provided", "如果", "如", "若", "凡"), "WHEN"),
    **dict.fromkeys(("else", "default", "否则"), "OTHERWISE"),
    **dict.fromkeys(("pay", "amount", "支付", "补助", "金额"), "PAYS"),
    **dict.fromkeys(("limit", "cap", "maximum", "max", "上限", "最高限额"), "LIMITS"),
}
_FIGURES = {"NUMBER", "QUANTITY"}
_HOUSEHOLDS = frozenset({"家庭", "该家庭", "其家庭", "本家庭", "household", "family"})
_HALVES = frozenset({"一半", "半数", "half"})
_HALF = Text("write `50% of …` or `half of …`", "请写“50%”或者“二分之一”")
_OF_HOUSEHOLD = Text(
    "a rule of a person writes `the household's NAME`, one of the household the name alone",
    "以个人为单位的规则请写“所在家庭的”加上名称，以家庭为单位的规则直接写名称",
)
_LIMIT = Text(
    "write `up to …` for one payment, `in total up to … per year` for all payments of a year",
    "每次支付的限额请写“不超过”，全年合计的限额请写“每年累计不超过”",
)
_IS_VALUE = Text(
    "write `is` before a value of a category, `NAME is VALUE`; `equals` compares figures",
    "类别的取值请写“为”，例如“失能等级为重度”；“等于”用于比较数值",
)


def clause_meant(line: Line, block: str) -> Text | None:
    """The clause of a declaration that a line begins otherwise than it is written here."""
    text = line.source.text[line.start : line.end]
    first = text.split(maxsplit=1)[0].rstrip(":：").lower()
    for word, terminal in _CLAUSES.items():
        if first == word or (HAN.search(word) and first.startswith(word)):
            en, zh = _spelled(terminal, block)
            return Text(f"write `{en}`", f"请写“{zh}”") if en and zh else None
    return None


def stray_clause(line: Line) -> Text | None:
    """That a line in column 1 is a clause, or is meant to be one, and where it belongs."""
    for block, table in words().clauses.items():
        found = table.match(line.source.text, line.start, line.end)
        if found:
            spelling = found[0][1].spelling
            owner = _owner(found[0][1].blocks[0])
            return Text(
                f"`{spelling}` begins a line of a `{owner.en}`: indent it under its header",
                f"“{spelling}”是“{owner.zh}”之下的条目，请缩进写在其下",
            )
        meant = clause_meant(line, block)
        if meant is not None:
            owner = _owner(block)
            return Text(
                f"{meant.en}, and indent the line under its `{owner.en}`",
                f"{meant.zh}，并缩进写在“{owner.zh}”之下",
            )
    return None


def _owner(block: str) -> Text:
    openers = [word.spelling for word in words().openers if word.type == block]
    return _in_both(openers)


def _spelled(terminal: str, block: str) -> tuple[str | None, str | None]:
    """The first spelling of a clause of a block in each language."""

    def fits(word: Word) -> bool:
        return word.type == terminal and block in word.blocks

    found = _in_both([word.spelling for word in words().order if fits(word)])
    return found.en, found.zh


def _in_both(spellings: Sequence[str]) -> Text:
    """The first spelling in each language."""
    en = next((spelling for spelling in spellings if not HAN.search(spelling)), None)
    return Text(en, next((spelling for spelling in spellings if HAN.search(spelling)), None))


def name_meant(name: str) -> Text | None:
    """What is written for a word that is no name here, such as 家庭 in a rule of a person."""
    if name in _HALVES:
        return _HALF
    return _OF_HOUSEHOLD if name in _HOUSEHOLDS else None


def sign_for_value(
    tokens: Sequence[Token], index: int, entries: Mapping[str, Entry]
) -> Text | None:
    """The hint that a value of a category, behind the sign or word at a place, takes `is`."""
    following = tokens[index + 1 : index + 2]
    known = entries.get(str(following[0].value)) if following else None
    return _IS_VALUE if known is not None and known.kind == "value" else None


def token_meant(tokens: Sequence[Token], index: int, entries: Mapping[str, Entry]) -> Text | None:
    """What is written where the token at a place cannot stand."""
    before = tokens[index - 1].type if index else ""
    if before == "LIMITS" and tokens[index].type in _FIGURES:
        return _LIMIT
    if before == "COMPARE" and tokens[index - 1].value == "=":
        return sign_for_value(tokens, index - 1, entries)
    return name_meant(str(tokens[index].value))
