"""Conditions as one says them before anybody has answered: names alone, without their values."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import define, field

from policyrules import wording
from policyrules.backends.naming import Names, names
from policyrules.backends.tables import is_table
from policyrules.explanation_operators import COMPARED, INFIX
from policyrules.ir.nodes import Apply, Constant, Expr, Program, Reference, Variable
from policyrules.source import Language, Text

_COMPARING = "compare "
_DATE = Text("the date", "评估日期")
_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "=": "!=", "!=": "="}
_NOT = Text("not: {}", "非{}")
_IS = {True: Text("{} is {}", "{}为{}"), False: Text("{} is not {}", "{}不为{}")}
_WITHIN = {
    True: Text("{} is within {} to {}", "{}在{}至{}期间"),
    False: Text("{} is not within {} to {}", "{}不在{}至{}期间"),
}
_JOINED = {"and": Text(" and ", "，并且"), "or": Text(" or ", "或者")}
_LONGEST = 160


@define
class Phrases:
    """Says conditions in one language; what it has no words for is None."""

    program: Program
    lang: Language
    _names: Names = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._names = names(self.program)

    def titled(self, title: str, text: str) -> str:
        """A text under a title."""
        return title + ("：" if self.lang == "zh" else ": ") + text

    def condition(self, node: Expr) -> str | None:
        """What a condition asks; None where it would be too long to read."""
        text = self._condition(node, negated=False)
        return None if text is None or len(text) > _LONGEST else text

    def _condition(self, node: Expr, *, negated: bool) -> str | None:
        match node:
            case Apply("not", (inner,)):
                return self._condition(inner, negated=not negated)
            case Apply("flagged", (inner, _)):
                return self._condition(inner, negated=negated)
            case Apply("and", (Apply("not", (first,)), Apply("not", (last,)))) if _is_period(node):
                return self._period(first, last, negated=negated)
            case Apply("and" | "or" as word, below):
                return self._list(word, below, negated=negated)
            case Apply("less" | "equal"):
                return self._comparison(node, negated=negated)
            case Apply("is", (choice, Constant(value=str(value)))):
                of = self._figure(choice)
                asked = self._word(choice, value)
                return None if of is None else _IS[not negated].of(self.lang).format(of, asked)
            case Variable() | Reference():
                of = self._figure(node)
                return _NOT.of(self.lang).format(of) if of is not None and negated else of
            case _:
                return None

    def _list(self, word: str, below: tuple[Expr, ...], *, negated: bool) -> str | None:
        """Several conditions; what is denied of a list is denied of each in the other one."""
        if negated:
            word = "or" if word == "and" else "and"
        parts: list[str] = []
        for each in below:
            text = self._condition(each, negated=negated)
            if text is None:
                return None
            parts.append(self._bracketed(text) if _is_list(each) else text)
        return _JOINED[word].of(self.lang).join(parts)

    def _period(self, first: Expr, last: Expr, *, negated: bool) -> str | None:
        """A day that lies within a period: not before its first day, and its last not before it."""
        match first, last:
            case Apply("less", (of, Constant(int(start)))), Apply("less", (Constant(int(stop)), _)):
                name = _DATE.of(self.lang) if _is_today(of) else self._figure(of)
                days = [wording.day(date.fromordinal(each)).of(self.lang) for each in (start, stop)]
                within = _WITHIN[not negated].of(self.lang)
                return None if name is None else within.format(name, *days)
            case _:
                return None

    def _bracketed(self, text: str) -> str:
        return f"（{text}）" if self.lang == "zh" else f"({text})"

    def _comparison(self, node: Apply, *, negated: bool) -> str | None:
        role = node.origin.role if node.origin else ""
        written = role.removeprefix(_COMPARING) if role.startswith(_COMPARING) else "<"
        swapped = node.operator == "less" and written in (">", "<=")
        relation = "=" if node.operator == "equal" else ">" if swapped else "<"
        sides = node.operands[::-1] if swapped else node.operands
        if sides[0].kind != "number":
            return None
        left, right = (self._figure(side) for side in sides)
        if left is None or right is None:
            return None
        words = COMPARED[_OPPOSITE[relation] if negated else relation].of(self.lang)
        return ("" if self.lang == "zh" else " ").join([left, words, right])

    def _figure(self, node: Expr) -> str | None:
        """What a figure is called; of a number that the rule writes, the number."""
        node = _looked_up(node)
        name = node.origin.name if node.origin else None
        match node:
            case Variable():
                found = self._names.inputs.get((node.subject, node.name))
                return None if found is None else found.label.of(self.lang)
            case Reference():
                return self._names.definitions[node.name].label.of(self.lang)
            case Constant(value=Fraction() as value) if name is None and node.origin is not None:
                return wording.quantity(value, node.origin.unit).of(self.lang)
            case Constant() if name is not None and node.origin and node.origin.role == "parameter":
                return name.of(self.lang)
            case Apply(word, (one, other)) if word in INFIX:
                sides = [self._figure(each) for each in (one, other)]
                simple = not any(isinstance(_looked_up(each), Apply) for each in (one, other))
                return INFIX[word].join(filter(None, sides)) if simple and all(sides) else None
            case _:
                return None

    def _word(self, choice: Expr, value: str) -> str:
        """What the value of a choice is called."""
        own = (
            self._names.inputs.get((choice.subject, choice.name))
            if isinstance(choice, Variable)
            else None
        )
        words = dict(own.values) if own is not None else {}
        found = words.get(value) or self._names.values.get(value) or Text(value, None)
        return found.of(self.lang)


def _looked_up(node: Expr) -> Expr:
    """Of a standard that is looked up, one of its values, which bears its name."""
    while isinstance(node, Apply) and node.operator == "select" and is_table(node):
        node = node.operands[2]
    return node


def _is_period(node: Expr) -> bool:
    return node.origin is not None and node.origin.role == "period"


def _is_today(node: Expr) -> bool:
    return isinstance(node, Variable) and node.subject == "date"


def _is_list(node: Expr) -> bool:
    """Whether a condition has several parts."""
    match node:
        case Apply("flagged" | "not", (inner, *_)):
            return _is_list(inner)
        case _:
            several = isinstance(node, Apply) and node.operator in ("and", "or")
            return several and not _is_period(node)
