"""The outer form of a case: JSON text or Python data, before any name in it is understood.

Nothing here knows a ruleset. JSON is read without floats and without losing a repeated key; what
cannot be read stays in the data as a mark, so that it is reported where it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from policyrules.diagnostics import Report
from policyrules.render import visible
from policyrules.source import Text

CASE = "case"
DIGITS = 60
EXPONENT = 30
SHOWN = 60

NULL = Text("nothing (null)", "空值（null）")
OBJECT = Text("an object {…}", "对象 {…}")
LIST = Text("a list […]", "列表 […]")
_NAME = Text("a name as key", "以名称为键")

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


@frozen
class Pairs:
    """A JSON object as written: its keys in order, repeated ones included."""

    items: tuple[tuple[str, object], ...]


@frozen
class OutOfMeasure:
    """A JSON number that is none, or too long or too large to be meant."""

    text: str


def load(data: object, report: Report) -> object:
    """The data of a case: JSON text parsed, anything else as it is; None if it is not JSON."""
    if isinstance(data, bytes | bytearray):
        try:
            data = bytes(data).decode("utf-8-sig")
        except UnicodeDecodeError:
            reason = Text("it is not UTF-8 text", "不是UTF-8编码的文本")
            report.add("PR601", CASE, reason=reason)
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
        reason = next(
            (text for start, text in _REASONS.items() if error.msg.startswith(start)), _UNREADABLE
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


def pairs(node: object) -> tuple[tuple[object, object], ...] | None:
    """The keys and values of an object in either form; None for anything else."""
    match node:
        case Pairs(items):
            return items
        case Mapping():
            return tuple(node.items())
        case _:
            return None


def elements(node: object) -> Sequence[object] | None:
    """The elements of a list; None for anything else, a text included."""
    return node if isinstance(node, list | tuple) else None


def shown(text: str) -> str:
    """A word of the user's, as it may stand in a message: printable and not too long."""
    return visible(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


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
            number = str(value) if exact(value) is not None else "…"
            return Text(f"`{number}`", f"“{number}”")
        case Pairs() | Mapping():
            return OBJECT
        case list() | tuple():
            return LIST
        case _:
            name = type(value).__name__
            return Text(f"a Python `{name}`", f"Python 的 {name}")


def entries(node: object, path: str, report: Report) -> tuple[tuple[str, object], ...]:
    """The named values of an object, in their order; what is no object is reported."""
    found = pairs(node)
    if found is None:
        report.add("PR602", path or CASE, expected=OBJECT, found=described(node))
        return ()
    named: list[tuple[str, object]] = []
    for key, value in found:
        if isinstance(key, str):
            named.append((key, value))
        else:
            report.add("PR602", path or CASE, expected=_NAME, found=described(key))
    return tuple(named)


def below(path: str, key: str) -> str:
    """The path of a named value inside the object at `path`."""
    return f"{path}.{shown(key)}" if path else shown(key)
