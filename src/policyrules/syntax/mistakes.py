"""What is wrong with a line that cannot be read, said as its author would look for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import normalize

from lark import Token
from lark.exceptions import UnexpectedToken

from policyrules.diagnostics import Report, near
from policyrules.source import Span, Text
from policyrules.syntax.cursor import Cursor
from policyrules.syntax.habits import name_meant, sign_for_value, token_meant
from policyrules.syntax.layout import Block, Line
from policyrules.syntax.look_alikes import looks
from policyrules.syntax.names import Entry, Names, type_start
from policyrules.syntax.names_time import earlier_period
from policyrules.syntax.names_written import HAN
from policyrules.syntax.terminals import describe
from policyrules.syntax.words import words
from policyrules.types.units import YUAN, Unit, show

_FIGURES = {"RATE", "QUANTITY", "NUMBER", "MULTIPLE", "NOTHING", "EACH_MEMBER"}
_WITH_UNIT = {"NUMBER", "QUANTITY", "UNIT"}
_ADJUNCTS = {"UP_TO", "BUT_AT_LEAST"}
_CONDITIONS = {"WHEN", "WHO", "CASE", "BODY", "STATEMENT"}
_TABLES = {"PARAMETER", "STATISTIC"}
_COLONED = {"CATEGORY", "STATUSES", "INPUT", "DEFINE", "BENEFIT", "DEADLINE", *_TABLES}
_LONGEST_WORD = 20
_BENEFITS_APART = 3  # not together, a benefit, a comma, another one
_LOOSE_AND = {"和", "及", "以及", "&"}
_BACK_FROM = re.compile(r"over the \d+ months before (?:the )?([a-z][a-z'’ -]*[a-z])")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEARLESS = re.compile(
    r"\d{1,2}月(?:底|\d{1,2}日)前(?:[（(]不?含.*?[）)])?"
    rf"|(?:the end of |end of |\d{{1,2}} )?(?:{_MONTHS})\b"
)
_AND_OR = Text("write `and` or `or` between conditions", "条件之间请写“且”或者“或者”")
_SIDE_BY_SIDE = re.compile(
    r"(?:paid )?(?:together|beside|alongside)\b|(?:可以?)?(?:同时|一并)(?:享受|领取|发放)"
)
_RECEIVING = {"receives", "receive", "granted", "paid", "享受", "领取", "享有"}
_DUE = Text(
    "that a benefit is due is `NAME applies`; whether somebody draws it is a fact to be declared",
    "应当给予某项待遇写“适用低保金”；是否实际领取是个案信息，请另行声明",
)
_PLUS_AND = Text(
    "write `plus` between amounts, `and` or `or` between conditions",
    "数额相加请写“加上”，条件之间请写“且”或者“或者”",
)
_SIGNS = {
    "<": Text("write `is less than`", "请写“低于”"),
    ">": Text("write `is more than`", "请写“超过”"),
    "<=": Text("write `is at most`", "请写“不超过”"),
    ">=": Text("write `is at least`", "请写“不低于”"),
    "≤": Text("write `is at most`", "请写“不超过”"),
    "≥": Text("write `is at least`", "请写“不低于”"),
    "=": Text("write `equals`", "请写“等于”"),
    "==": Text("write `equals`", "请写“等于”"),
}

# To look for words that are near takes time with every name; who has made so many mistakes has
# made one of them many times.
_MOST_HINTED = 50


def explain(at: Cursor, error: UnexpectedToken | None) -> None:
    """Report the mistakes of a line in the order of the text, up to where it cannot be read.

    What follows such a place is not looked at: it would be read in the wrong light.
    """
    stop = at.line.end if error is None or error.token.type == "$END" else _start(error.token)
    strange = [t for t in at.tokens if t.type == "NAME" and t.value in at.unknown]
    earlier = [token for token in strange if _start(token) < stop or error is None]
    for token in earlier:
        if not _continued(at, token):
            _unknown(at, token)
    if error is None or earlier:
        return
    accepted = set(error.accepts or error.expected)
    wanted = {"VALUE"} if at.context.block in _TABLES else {"NAME"}
    if error.token in strange and wanted & accepted:
        _unknown(at, error.token)
    else:
        _unexpected(at, error.token, accepted)


def missing_colon(block: Block, names: Names, report: Report) -> bool:
    """Report a header without the colon before what it declares."""
    text, (_, stop) = block.header.source.text, block.header.pieces[0]
    header = text[block.opened : stop]
    if block.opener.type not in _COLONED or ":" in header or "：" in header:
        return False
    start = type_start(text, block.opened, stop, names.units)
    if start is None:
        return False
    report.add("PR109", Span(block.header.source, start, stop))
    return True


def misspelt(line: Line, spellings: Iterable[str]) -> tuple[Span, str, Text | None]:
    """The word that opens a line, with its place and what may be meant.

    Chinese puts no blank behind it: there the beginning that comes near a known word is taken.
    """
    known = list(spellings)
    text = line.source.text[line.start : line.pieces[0][1]]
    word = text.split()[0].split(":")[0].split("：")[0][:_LONGEST_WORD] or text[0]
    hint = near(word, known)
    if hint is None and HAN.search(word):
        for length in sorted({len(spelling) for spelling in known}):
            shorter = near(word[:length], [k for k in known if len(k) == length])
            if shorter:
                word, hint = word[:length], shorter
                break
    return Span(line.source, line.start, line.start + len(word)), word, hint


def side_by_side(line: Line) -> bool:
    """Whether a line says that benefits are paid together, which needs no saying."""
    return bool(_SIDE_BY_SIDE.match(line.source.text, line.start, line.end))


def misplaced(line: Line, block: str, names: Names, report: Report) -> bool:
    """Report a line that begins with a word for another place: a header, another block's clause."""
    text, start, stop = line.source.text, line.start, line.pieces[0][1]
    if names.table.match(text, start, stop):
        return False
    longest = max((end for end, _ in words().inside.match(text, start, stop)), default=start)
    for end, word in words().headers.match(text, start, stop):
        colon = any(mark in text[end:stop] for mark in ':："“')
        if end >= longest and colon and text[end] in " \t　，,":
            span = Span(line.source, start, end)
            report.add("PR114", span, found=word.spelling)
            return True
    for other, table in words().clauses.items():
        for end, word in table.match(text, start, stop):
            if end > longest and other != block and text[end : end + 1] in {" ", "\t", "　"}:
                span = Span(line.source, start, end)
                report.add("PR105", span, hint=_belongs(word.spelling, other), found=word.spelling)
                return True
    return False


def _belongs(spelling: str, block: str) -> Text:
    header = next(word for word in words().openers if word.type == block)
    zh = next(w for w in words().openers if w.type == block and HAN.search(w.spelling))
    return Text(
        f"`{spelling}` belongs under `{header.spelling}`",
        f"“{spelling}”应写在“{zh.spelling}”之下",
    )


def _start(token: Token) -> int:
    return token.start_pos or 0


def _continued(at: Cursor, token: Token) -> bool:
    """Whether an unknown word only goes on, behind a `/`, an unknown one before it."""
    index = at.tokens.index(token)
    slash, before = at.tokens[index - 1], at.tokens[index - 2]
    return index > 1 and slash.type == "DIVIDED" and before.value in at.unknown


def _unknown(at: Cursor, token: Token) -> None:
    """A word that is neither a name nor a word of the language."""
    name = str(token.value)
    span = Span(at.line.source, _start(token), _start(token) + len(name))
    index = at.tokens.index(token)
    before = at.tokens[index - 1].type if index else ""
    if name.startswith("前") and before == "QUANTITY":
        at.context.report.add("PR579", Span(at.line.source, _start(at.tokens[index - 1]), span.end))
        return
    per = name.startswith("per ") and before in _WITH_UNIT
    if per or before == "NUMBER" or _divides_unit(at.tokens, index):
        _no_unit(at, span)
        return
    if not any(character.isalnum() for character in name):
        found = Text(f"`{name}`", f"“{name}”")
        sign = normalize("NFKC", name)
        value = sign_for_value(at.tokens, index, at.context.names.entries)
        hint = value if value and sign in {"=", "=="} else _SIGNS.get(sign)
        at.context.report.add("PR119", span, hint=hint, found=found)
        return
    if name in _LOOSE_AND:
        hint = _AND_OR if at.tokens[0].type in _CONDITIONS else _PLUS_AND
        at.context.report.add("PR201", span, hint=hint, name=name)
        return
    if at.tokens[0].type == "NOT_TOGETHER" and before == "SEMI" and token is at.tokens[-1]:
        at.context.report.add("PR525", span, facts={"found": name})
        return
    known_habit = _DUE if name in _RECEIVING else name_meant(name)
    if known_habit is not None:
        at.context.report.add("PR201", span, hint=known_habit, name=name)
        return
    entries = at.context.names.entries
    tabled = at.context.block in _TABLES and at.tokens[0].type in {"FROM", "IN", "CELLS"}
    hinted = len(at.context.report.diagnostics) < _MOST_HINTED
    known = [
        word
        for word, entry in (entries.items() if hinted else ())
        if (not tabled or entry.kind == "value")
        and bool(HAN.search(word)) == bool(HAN.search(name))
    ]
    if earlier_period(name):
        known = [word for word in known if not _of_benefit(word, entries)]
        at.context.report.add("PR201", span, hint=near(name, known) or _EARLIER, name=name)
        return
    code = "PR207" if tabled else "PR201"
    hint = _same_looks(name, known) or near(name, known)
    if at.tokens[0].type == "ROW":
        hint = _counted_head(name) or hint or _HEADS
    at.context.report.add(code, span, hint=hint, name=name)


def _same_looks(name: str, known: Iterable[str]) -> Text | None:
    """The hint where letters of another script make a name look like one that is known."""
    meant = None if name.isascii() else next((w for w in known if looks(w) == looks(name)), None)
    if meant is None:
        return None
    return Text(
        f"it looks like `{meant}`, but letters of another script are among its letters",
        f"看似“{meant}”，但其中有另一种文字的字母",
    )


def _counted_head(name: str) -> Text | None:
    """The hint where a head is meant for the number of members."""
    return _NUMBER_OF_MEMBERS if name.lower() in _COUNTED else None


_COUNTED = frozenset({"人数", "人口", "家庭人数", "persons", "people", "members", "number"})
_NUMBER_OF_MEMBERS = Text(
    "the head of the numbers of members is `number of members`, or is left empty",
    "人数一列的表头写“家庭成员人数”，或者留空",
)
_HEADS = Text(
    "heads are the names of the categories, and above the figures years, dates or values of the "
    "last category; a table without these has no line of heads",
    "表头写类别的名称，各栏数值之上写年份、日期或者最后一个类别的取值；没有后者的，不写表头",
)


_EARLIER = Text(
    "inputs, standards and statistics have a value of last year or last month: "
    "`last month's INPUT`, with the name as it is declared",
    "信息项、标准和统计数才有上年度、上月的数值，写作“上月”加上所声明的名称，中间不加“的”",
)


def _of_benefit(word: str, entries: Mapping[str, Entry]) -> bool:
    """Whether a spelling is that of a benefit in an earlier period, which has no value."""
    found = earlier_period(word)
    base = entries.get(word[len(found) :].strip()) if found else None
    return base is not None and base.kind == "benefit"


def _divides_unit(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word stands directly behind the `/` of a quantity's unit: 5元/周."""
    if index < 2 or tokens[index - 1].type != "DIVIDED":
        return False
    slash, quantity = tokens[index - 1], tokens[index - 2]
    return (
        quantity.type in _WITH_UNIT
        and slash.start_pos == quantity.end_pos
        and slash.end_pos == tokens[index].start_pos
    )


def _no_unit(at: Cursor, span: Span) -> None:
    text = span.source.text
    start = span.start + (4 if text[span.start : span.end].strip()[:4] == "per " else 0)
    name = text[start : span.end].rstrip()
    units = [s for _, bucket in at.context.names.units.buckets.values() for s in bucket]
    known = [unit for unit in units if unit[0] == name[0] or not unit.isascii()]
    place = Span(span.source, start, start + len(name))
    hint = near(name, known) if len(name) > 1 else None
    if at.context.names.currency != YUAN and words().units.match(name, 0, len(name)):
        money = Unit(at.context.names.currency)
        hint = Text(
            f"amounts are in {show(money, 'en')} here: the ruleset says so with `currency`",
            f"本规则集的金额以{show(money, 'zh')}计（见“币种”）",
        )
    at.context.report.add("PR310", place, hint=hint, name=name)


def _unexpected(at: Cursor, token: Token, accepted: set[str]) -> None:
    """A token that cannot stand where it stands."""
    report, source = at.context.report, at.line.source
    opening = at.tokens[0].type if at.tokens else ""
    if opening == "CASE" and not any(other.type == "COLON" for other in at.tokens):
        figure = next((t for t in at.tokens[1:] if t.type in _FIGURES), at.tokens[-1])
        report.add("PR109", Span(source, _start(figure), figure.end_pos or 0))
        return
    if token.type == "$END" and "COUNTS_AS" in accepted and at.tokens[-2].type == "COMMA":
        token, accepted = at.tokens[-2], {"$END"}  # 1，200 has a wide comma between thousands
    if token.type == "$END" and "POST_COMPARE" in accepted and at.tokens[-1].type in _FIGURES:
        token, accepted = at.tokens[-1], {"COMPARE", "$END"}
    comma = at.tokens[max(at.tokens.index(token) - 1, 0)] if token in at.tokens else token
    if opening in _CONDITIONS and comma.type == "COMMA" and accepted <= {"NUMBER", "QUANTITY"}:
        token, accepted = comma, {"AND"}  # a comma in a definition begins `1 person counts as …`
    second = _side_by_side(at, token)
    if second is not None:
        report.add("PR124", Span(source, _start(second), second.end_pos or 0))
        return
    if token.type == "$END":
        end = Span(source, at.line.end - 1, at.line.end)
        report.add("PR106", end, expected=describe(accepted))
        return
    span = Span(source, _start(token), token.end_pos or 0)
    written = source.text[span.start : span.end]
    found = Text(f"`{written}`", f"“{written}”")
    if opening == "NOT_TOGETHER" and at.tokens.index(token) > _BENEFITS_APART:
        report.add("PR525", span, found=written)
    elif token.type in {"AND", "OR"} and _in_list(at, token):
        report.add("PR118", span, found=found)
    elif token.type in {"AND", "OR"} and {"AND", "OR"} & accepted:
        report.add("PR110", span)
    elif at.context.block == "DEADLINE" and (yearless := _YEARLESS.match(source.text, span.start)):
        place = Span(source, *yearless.span())
        report.add("PR415", place, found=Text(f"`{yearless.group()}`", f"“{yearless.group()}”"))
    elif token.type == "OVER_GROUP" and (event := _event(at, span.start)) is not None:
        report.add("PR201", event, name=source.text[event.start : event.end])
    elif token.type in {"COMMA", "SEP"} and "AND" in accepted and opening in _CONDITIONS:
        report.add("PR578", span)
    elif opening == "BAND" and token.type == "COMMA":
        report.add("PR122", span)
    elif token.type in _ADJUNCTS and opening in _CONDITIONS:
        report.add("PR111", span, found=found)
    elif (unit := _unit_meant(at, token, accepted)) is not None:
        _no_unit(at, Span(source, _start(unit), unit.end_pos or 0))
    else:
        meant = token_meant(at.tokens, at.tokens.index(token), at.context.names.entries)
        report.add("PR101", span, hint=meant, found=found, expected=describe(accepted))


def _side_by_side(at: Cursor, token: Token) -> Token | None:
    """The second of two names with no word between them, where a line cannot be read on."""
    place = at.tokens.index(token) if token in at.tokens else len(at.tokens)
    for second in (place, place - 1):
        names = at.tokens[second - 1 : second + 1]
        if second > 0 and [name.type for name in names] == ["NAME", "NAME"]:
            return names[1]
    return None


def _event(at: Cursor, offset: int) -> Span | None:
    """What `over the 12 months before …` counts back from, where nobody declared that."""
    match = _BACK_FROM.match(at.text, offset, at.line.end)
    return Span(at.line.source, match.start(1), match.end(1)) if match else None


def loose_and(at: Cursor) -> None:
    """Report `any of: A, B and C`: three items, or two of which the second has two parts."""
    kinds = [token.type for token in at.tokens]
    if "ANY_OF" not in kinds or {"SEMI", "NUMBERED", "LPAR"} & set(kinds):
        return
    commas = [index for index, kind in enumerate(kinds) if kind == "COMMA"]
    joints = [index for index, kind in enumerate(kinds) if kind == "AND"]
    if not commas or len(joints) != 1 or joints[0] < commas[-1]:
        return
    joint = at.tokens[joints[0]]
    if not {"DIFFERENCE", "EXTREME"} & set(kinds[commas[-1] :]):
        span = Span(at.line.source, _start(joint), joint.end_pos or 0)
        if at.text[span.start : span.end] == "and":
            at.context.report.add("PR118", span, found=Text("`and`", "“and”"))


def _in_list(at: Cursor, token: Token) -> bool:
    """Whether a token stands in a list that is not inside brackets."""
    kinds = [other.type for other in at.tokens[: at.tokens.index(token)]]
    return bool({"ANY_OF", "ALL_OF"} & set(kinds)) and kinds.count("LPAR") == kinds.count("RPAR")


def _unit_meant(at: Cursor, token: Token, accepted: set[str]) -> Token | None:
    """The unknown word that stands where a unit belongs, if one does."""
    index = at.tokens.index(token)
    if token.type == "DIVIDED" and at.tokens[index - 1].type == "UNIT":
        following = at.tokens[index + 1 : index + 2]
        return following[0] if following and following[0].value in at.unknown else None
    if token.type != "NAME" or token.value not in at.unknown:
        return None
    before = at.tokens[index - 1].type if index else ""
    return token if "UNIT" in accepted or before in _WITH_UNIT else None
