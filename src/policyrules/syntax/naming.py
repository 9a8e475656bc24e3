"""Which words may be names: none that a sentence of the language could be taken for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from policyrules.diagnostics import Report, near
from policyrules.source import Span, Text
from policyrules.syntax.cursor import Context
from policyrules.syntax.layout import Line
from policyrules.syntax.lexer import Reader
from policyrules.syntax.look_alikes import mixed_alphabets
from policyrules.syntax.names import LONGEST_NAME, PARTED, Declared
from policyrules.syntax.words import words

_SIGN = re.compile(
    r"[()（）\[\]【】［］\"“”「」:：,，、;；#＃+＋×*÷/／=＝<>＜＞≤≥≦≧≠→|｜%％‰]|(?<=\s)[-－−](?=\s)"
)
_BY = re.compile(r"[ \t]by[ \t]|[ \t　]+按|按")
_TABLES = frozenset({"PARAMETER", "STATISTIC"})
_CATEGORY = Text("a category", "类别")
_ALIAS = re.compile(r"\s*([（(].*[)）])")
_FIELD = Text(
    "between a field of a list and its unit stands `in`: `cost in yuan`",
    "明细的项目与单位之间用逗号，例如“费用，元”",
)
_OPENING = re.compile(r"(?:the|a|an|not|neither|nor)\s")
_JOINING = frozenset(
    {"AND", "OR", "OF", "DE", "PLUS", "MINUS", "MULTIPLIED", "DIVIDED", "IS", "IS_NOT", "WITH"}
)
_LITERALS = frozenset({"QUANTITY", "MULTIPLE", "RATE", "DATE"})
_PLAIN = frozenset({"NAME", "VALUE", "NOT", "GROUP_NAME", "LIST_NAME"})


def check_names(header: Line, declared: Mapping[int, Declared], context: Context) -> None:
    """Report the names declared in a line that cannot be told from others, or read as a phrase."""
    for start, stop in header.pieces:
        for offset in range(start, stop):
            if offset in declared and declared[offset].kind == "source":
                # It stands in citations alone, so it may have signs and read as a phrase.
                for span in _spellings(declared[offset]):
                    _has_own_letters(span, context)
            elif offset in declared:
                _check_alias(declared[offset], context)
                name, *alias = _spellings(declared[offset])
                if context.block not in _TABLES or not _unknown_category(name, context):
                    _check(name, context)
                for span in alias:
                    _check(span, context)


def _spellings(item: Declared) -> tuple[Span, ...]:
    """The places of a declared name and of its alias."""
    span = item.name.span
    text = span.source.text
    name = " ".join(text[span.start : span.end].split())
    alias = item.name.zh if item.name.en == name else item.name.en
    start = text.find(alias, span.end, item.end) if alias else -1
    return (span,) if start < 0 else (span, Span(span.source, start, start + len(alias or "")))


def _check_alias(item: Declared, context: Context) -> None:
    """Report brackets behind a name that hold nothing, or another name in the same language."""
    text = item.name.span.source.text
    found = _ALIAS.fullmatch(text, item.name.span.end, item.end)
    name = text[item.name.span.start : item.name.span.end]
    if found and not _SIGN.search(name) and (item.name.en is None or item.name.zh is None):
        span = Span(item.name.span.source, found.start(1), found.end(1))
        context.report.add("PR218", span)


def _check(span: Span, context: Context) -> None:
    name = span.source.text[span.start : span.end]
    sign = _SIGN.search(name)
    if not _has_own_letters(span, context):
        return
    if sign:
        found = Text(f"`{sign.group()}`", f"“{sign.group()}”")
        field = _FIELD if context.block == "LIST" and sign.group() in ":：" else None
        context.report.add("PR216", span, hint=field, found=found)
    elif _reads_as_phrase(span, name, context) or _repeats_opener(name, context):
        context.report.add("PR215", span, name=name)


def _has_own_letters(span: Span, context: Context) -> bool:
    """Whether a name is short enough to be one, of the letters of one alphabet; reported if not."""
    name = span.source.text[span.start : span.end]
    mixed = mixed_alphabets(name)
    if len(name) > LONGEST_NAME:
        context.report.add("PR245", span, most=str(LONGEST_NAME))
    elif mixed:
        context.report.add("PR246", span, name=name, found=mixed)
    else:
        return True
    return False


def _repeats_opener(name: str, context: Context) -> bool:
    """Whether a name begins with the word that opens the declaration: `input input wage`."""
    for end, word in words().headers.match(name, 0, len(name)):
        if word.type == context.block and name[end : end + 1].isspace():
            return True
    return False


def _unknown_category(span: Span, context: Context) -> bool:
    """Report `by` something that is no category, which was therefore taken for part of the name."""
    text = span.source.text
    for by in _BY.finditer(text, span.start, span.end):
        names = context.names
        for name in PARTED.split(text[by.end() : span.end]):
            word = name.strip()
            hint = near(word, names.categories)
            if word in names.categories or (by.group() == "按" and not hint):
                continue
            place = Span(span.source, span.end - len(word), span.end)
            if word in names.entries:
                context.report.add("PR208", place, name=word, wanted=_CATEGORY)
            else:
                context.report.add("PR201", place, hint=hint, name=word)
            return True
    return False


def _reads_as_phrase(span: Span, name: str, context: Context) -> bool:
    """Whether the words of a name, were it not declared, would mean something themselves."""
    if _OPENING.match(name):
        return True
    silent = Context(context.names, "", Report())
    reader = Reader(Line(span.source, ((span.start, span.end),)), silent, whole=span)
    reader.read(span.start)
    kinds = [token.type for token in reader.tokens]
    if len(kinds) < 2:
        return _LITERALS.issuperset(kinds)
    if kinds[0] in _JOINING or kinds[-1] in _JOINING:
        return True
    if kinds == ["NOT", "NAME"] and not reader.unknown:
        return True  # 非低保对象 beside 低保对象; as a value of a category it may stand beside 低保
    return not reader.unknown and not _PLAIN.issuperset(kinds)
