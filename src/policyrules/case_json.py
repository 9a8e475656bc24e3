"""The outer form of a case: JSON text or Python data, before any name in it is understood.

Nothing here knows a ruleset. JSON is read without floats and without losing a repeated key; what
cannot be read stays in the data as a mark, so that it is reported where it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import ItemsView, Sequence
from decimal import Decimal
from fractions import Fraction

from policyrules.case_python import (
    MOST_NAMES,
    PLAIN,
    Foreign,
    OutOfMeasure,
    Pairs,
    plain,
)
from policyrules.diagnostics import Diagnostic, InputError, Report, shown
from policyrules.source import Text

CASE = "case"
DIGITS = 60
EXPONENT = 30
LONGEST_CASE = 2_000_000  # characters
MOST_BYTES = 4 * LONGEST_CASE  # which is what the longest characters of UTF-8 take
MOST_PROBLEMS = 100
_NO_FIGURES = frozenset({"NaN", "Infinity", "-Infinity"})
_MOST_BITS = 4096

NULL = Text("nothing (null)", "空值（null）")
OBJECT = Text("an object {…}", "对象 {…}")
LIST = Text("a list […]", "列表 […]")
_NAME = Text("a name as key", "以名称为键")
_NAMES = frozenset({str})
_FEWER_NAMES = Text(
    "leave out the names that the ruleset does not read", "请删去规则集不读取的名称"
)
_FEWER_RECORDS = Text(
    "add up records that are alike, and give them as one", "请将同类的记录合计为一条"
)

_REASONS = {
    "Expecting value": Text("a value is missing", "此处缺少值"),
    "Expecting property name": Text('a key in "…" is missing', "此处缺少用半角双引号括起的键名"),
    "Expecting ':'": Text("`:` is missing", "此处缺少半角冒号"),
    "Expecting ','": Text("`,` is missing", "此处缺少半角逗号"),
    "Extra data": Text("something follows the end of the case", "个案结束之后还有内容"),
    "Unterminated string": Text('the closing `"` is missing', "缺少右侧的半角双引号"),
    "Invalid control character": Text(
        "a line break or control character inside a text", "文本中含有换行或者控制字符"
    ),
    "Invalid \\": Text("an unknown `\\` escape", "无法识别的反斜杠转义"),
    "Illegal trailing comma": Text("a comma before the closing bracket", "右括号之前多了逗号"),
}
_UNREADABLE = Text("it cannot be read", "无法识别")
_TOO_LONG = Text(
    f"it is longer than {LONGEST_CASE:,} characters",
    f"长度超过{LONGEST_CASE:,}个字符",
)


def load(data: object, report: Report) -> object:
    """The data of a case: JSON text parsed, anything else made plain; None if it is not JSON."""
    data = plain(data)
    if isinstance(data, (bytes, bytearray)) and len(data) <= MOST_BYTES:
        try:
            data = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            reason = Text("it is not UTF-8 text", "不是UTF-8编码的文本")
            report.add("PR601", CASE, reason=reason)
            return None
    if isinstance(data, (bytes, bytearray, str)) and len(data) > LONGEST_CASE:
        report.add("PR601", CASE, reason=_TOO_LONG)
        return None
    if not isinstance(data, str):
        return data
    try:
        return json.loads(
            data.removeprefix("\ufeff"),
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=OutOfMeasure,
            object_pairs_hook=lambda pairs: Pairs(tuple(pairs)),
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}: "
        place = f"第{error.lineno}行第{error.colno}列："
        # Python names the comma from 3.13 on only.
        spare = error.doc[: error.pos].rstrip().endswith(",") and error.doc[error.pos :][:1] in {
            "]",
            "}",
        }
        said = "Illegal trailing comma" if spare else error.msg
        reason = next(
            (text for start, text in _REASONS.items() if said.startswith(start)), _UNREADABLE
        )
        report.add("PR601", CASE, reason=Text(where + reason.of("en"), place + reason.of("zh")))
    except RecursionError:
        report.add("PR601", CASE, reason=Text("it is nested too deeply", "嵌套层数过多"))
    return None


def _whole(text: str) -> object:
    return int(text) if len(text) <= DIGITS else OutOfMeasure(text)


def _decimal(text: str) -> object:
    exponent = re.search(r"[eE]([+-]?\d+)$", text)
    if len(text) > DIGITS + len("-.E+30") or (exponent and len(exponent[1]) > len("+30")):
        return OutOfMeasure(text)
    number = Decimal(text)
    return number if measured(number) else OutOfMeasure(text)


def measured(number: Decimal) -> bool:
    """Whether a decimal is finite and small enough to be turned into a fraction at once."""
    _, digits, exponent = number.as_tuple()
    return isinstance(exponent, int) and abs(exponent) <= EXPONENT and len(digits) <= DIGITS


def exact(value: object) -> Fraction | None:
    """A number of JSON or Python as a fraction; None if it is out of measure."""
    limit = 10**DIGITS
    match value:
        case Decimal():
            return Fraction(value) if measured(value) else None
        case int() | Fraction():
            number = Fraction(value)
            bounded = abs(number.numerator) < limit and number.denominator < limit
            return number if bounded else None
        case _:
            return None


def is_object(node: object) -> bool:
    """Whether this is an object, in either form."""
    return isinstance(node, (dict, Pairs))


def elements(node: object, most: int, path: str, report: Report) -> Sequence[object] | None:
    """The elements of a list, made plain; None, and reported, if it is none or too long."""
    if not isinstance(node, (list, tuple)):
        report.add("PR602", path, expected=LIST, found=described(node))
    elif len(node) > most:
        hint = None if path.endswith("members") else _FEWER_RECORDS
        report.add("PR651", path, hint=hint, most=f"{most:,}")
    else:
        return [plain(element) for element in node]
    return None


def described(value: object) -> Text:
    """What was found, in words: the value itself where it is short."""
    match value:
        case None:
            return NULL
        case bool():
            word = "true" if value else "false"
            return Text(f"`{word}`", f"“{word}”")
        case OutOfMeasure(text) | str(text):
            return Text(f"`{shown(text)}`", f"“{shown(text)}”")
        case int() | Decimal() | Fraction():
            # To write down a number of very many digits takes long.
            number = str(value) if _is_writable(value) else "…"
            return Text(f"`{shown(number)}`", f"“{shown(number)}”")
        case Pairs() | dict():
            return OBJECT
        case list() | tuple():
            return LIST
        case _:
            name = shown(value.name if isinstance(value, Foreign) else type(value).__name__)
            return Text(f"a Python `{name}`", f"Python 的 {name}")


def is_figure(value: object) -> bool:
    """Whether a number of JSON or Python is one: NaN and the infinities are none."""
    match value:
        case OutOfMeasure(text):
            return text not in _NO_FIGURES
        case Decimal():
            return value.is_finite()
        case _:
            return True


def _is_writable(value: Decimal | Fraction | int) -> bool:
    if isinstance(value, Decimal):
        return True
    return max(abs(value.numerator), value.denominator).bit_length() <= _MOST_BITS


def entries(node: object, path: str, report: Report) -> tuple[tuple[str, object], ...]:
    """The named values of an object, in their order and made plain; what is none is reported."""
    if (
        type(node) is dict
        and len(node) <= MOST_NAMES
        and _NAMES.issuperset(map(type, node))
        and PLAIN.issuperset(map(type, node.values()))
    ):
        return tuple(node.items())  # nearly every object of a case
    if isinstance(node, dict):
        found: ItemsView[object, object] | tuple[tuple[object, object], ...] = node.items()
    elif isinstance(node, Pairs):
        found = node.items
    else:
        report.add("PR602", path or CASE, expected=OBJECT, found=described(node))
        return ()
    if len(found) > MOST_NAMES:
        report.add("PR651", path or CASE, hint=_FEWER_NAMES, most=f"{MOST_NAMES:,}")
        return ()
    named: list[tuple[str, object]] = []
    for key, value in found:
        name = plain(key)
        if isinstance(name, str):
            named.append((name, plain(value)))
        else:
            report.add("PR602", path or CASE, expected=_NAME, found=described(name))
    return tuple(named)


def stop_if_problems(report: Report, place: str = CASE) -> None:
    """Raise `InputError` with the problems of a case, and how many more there are."""
    if report.diagnostics:
        more = Diagnostic("PR652", place, {"count": f"{report.more:,}"})
        raise InputError([*report.diagnostics, *([more] if report.more else [])])


def below(path: str, key: str) -> str:
    """The path of a named value inside the object at `path`."""
    return f"{path}.{shown(key)}" if path else shown(key)
