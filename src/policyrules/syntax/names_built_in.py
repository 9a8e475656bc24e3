"""The facts that every person has, without a declaration."""

from __future__ import annotations

from attrs import evolve

from policyrules.source import Source, Span
from policyrules.syntax import ast

AGE = ast.Name(en="age", zh="年龄", span=Span(Source("", ""), 0, 0))
BIRTH_DATE = ast.Name(en="birth date", zh="出生日期", span=AGE.span)
BUILT_IN = {AGE.en: AGE, AGE.zh: AGE, BIRTH_DATE.en: BIRTH_DATE, BIRTH_DATE.zh: BIRTH_DATE}


def in_both(name: ast.Name) -> ast.Name:
    """A name that is given in one language only, if it is that of such a fact, in both."""
    known = BUILT_IN.get(name.key)
    return evolve(known, span=name.span) if known and not (name.en and name.zh) else name
