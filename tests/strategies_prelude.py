"""What random rules may name: facts, standards and tables, and what is due by when."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

OF_PERSON = """\
category tier of person: first, second, third
statuses of person: tekun, dibao recipient
parameter dibao standard: yuan per person per month
    from 2022-01-01: 680
    from 2023: 700
parameter tier amount by tier: yuan per person per month
    from 2022-01-01: first 1400, second 700, third 99.50
parameter yearly standard: yuan per person per year
    from 2022-06-01: 8400
parameter care standard: yuan per person per month
    not stated, at least 100 yuan per person per month
parameter flat amount: yuan per person per month
    350
parameter partial amount by tier: yuan per person per month
    from 2022-01-01: first 100, second not stated, third 700
input wage of person: yuan per month, at least 0, at most 2000
input cost of person: yuan, at least 0
input joined of person: yes or no
input start of person: date
"""
OF_HOUSEHOLD = """\
category area of household: urban, rural
statuses of household: sudden hardship, urgent hardship
parameter area amount by area: yuan per household per month
    from 2023-01-01: urban 1400, rural 350
parameter grid by tier, area: yuan per person per month
    from 2022-01-01: first urban 100, first rural 350, second urban 700, second rural not stated,
        third urban 0, third rural 99.50
input income of household: yuan per month, at least 0
input rent of household: yuan per month, at least 0, at most 1400
input damage of household: yuan, at least 0, at most 1400
"""
DEADLINES_OF_PERSON = """\
deadline visit of person: within 5 days of start
deadline call of person: within 3 working days of start
deadline reply of person: within 1 month of visit
deadline report of person: by the 15th of each month (incl.)
deadline review of person: once a quarter
"""
DEADLINES_OF_HOUSEHOLD = """\
deadline return of household: by 2023-12-31 (excl.)
"""


def declarations(text: str) -> list[str]:
    """The declarations of a text, each with the lines that belong to it."""
    return re.findall(r"^\S.*\n(?:[ ].*\n)*", text, re.MULTILINE)


def names_of(declaration: str) -> list[str]:
    """What a declaration declares."""
    head = declaration.split("\n", 1)[0]
    if head.startswith("statuses"):
        return head.split(": ")[1].split(", ")
    return [re.split(r" of | by |:", head.split(" ", 1)[1])[0]]


PER_YEAR = {"month": 12, "quarter": 4, "year": 1}
_HEAD = re.compile(r"parameter .*: yuan per (?P<whom>\w+) per (?P<period>\w+)")
_FIGURE = re.compile(r"(?<![\d-])\d+(?:\.\d+)?(?=,|$)", re.MULTILINE)


def restated(text: str, pick: Callable[..., str]) -> str:
    """Declarations whose figures stand with a unit, per another period or without per whom.

    They are the same amounts as before.
    """
    return "".join(_restated(declaration, pick) for declaration in declarations(text))


def _restated(declaration: str, pick: Callable[..., str]) -> str:
    head = _HEAD.match(declaration)
    if head is None:
        return declaration
    declared, whom = PER_YEAR[head["period"]], f" per {head['whom']}"

    def figure(bare: re.Match[str]) -> str:
        period = pick("", "", *PER_YEAR)
        if not period:
            return bare[0]
        number, rest = divmod(Decimal(bare[0]) * declared * 100, PER_YEAR[period])
        if rest:
            return bare[0]
        return f"{number / 100} yuan{pick('', whom)} per {period}"

    return declaration[: head.end()] + _FIGURE.sub(figure, declaration[head.end() :])


def needed(rules: str, offered: str) -> str:
    """Of the declarations on offer those that the rules name, and what these name themselves."""
    on_offer, text = declarations(offered), rules
    chosen: list[str] = []
    while more := [d for d in on_offer if d not in chosen and any(n in text for n in names_of(d))]:
        chosen += more
        text += "".join(more)
    return "".join(d for d in on_offer if d in chosen)
