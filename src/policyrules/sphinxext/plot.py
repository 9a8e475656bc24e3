"""Values of a standard over time as a plot of steps: SVG in the colours of the page.

Places are whole units of the drawing; what is written beside them is exact.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from html import escape

from policyrules import wording
from policyrules.ir.nodes import Parameter
from policyrules.source import Language
from policyrules.sphinxext.words import word
from policyrules.types.units import PERCENT

_WIDTH, _HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 10, 630, 30, 190
_YEAR = 365
_MOST_LINES = 6

Steps = list[tuple[int, Fraction]]


def plot(item: Parameter, lang: Language) -> str:
    """The drawing; empty where no value of the standard has changed, or where it has too many."""
    lines = _lines(item)
    days = sorted({day for steps in lines for day, _ in steps})
    if not 1 <= len(lines) <= _MOST_LINES or len(days) < 2:
        return ""
    most = max(value for steps in lines for _, value in steps)
    if most <= 0 or any(value < 0 for steps in lines for _, value in steps):
        return ""
    scale = _Scale(days[0], days[-1] + _YEAR, most)
    drawn = "".join(_path(steps, scale, number) for number, steps in enumerate(lines))
    marks = "".join(_marks(steps, scale, item, lang) for steps in lines[:1])
    first, last = (wording.day(date.fromordinal(day)).of(lang) for day in (days[0], days[-1]))
    told = escape(word("plot", lang).format(item.label.of(lang), first, last))
    axis = f'<line class="axis" x1="{_LEFT}" y1="{_BOTTOM}" x2="{_RIGHT}" y2="{_BOTTOM}"/>'
    return (
        '<div class="policy-drawing" tabindex="0">'
        f'<svg class="policy-plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">'
        f"<title>{told}</title>{axis}{drawn}{marks}</svg></div>\n"
    )


class _Scale:
    """Where days and values stand in the drawing."""

    def __init__(self, first: int, last: int, most: Fraction) -> None:
        self.first, self.last, self.most = first, last, most

    def x(self, day: int) -> int:
        """The column of a day."""
        return _LEFT + (day - self.first) * (_RIGHT - _LEFT) // (self.last - self.first)

    def y(self, value: Fraction) -> int:
        """The line of a value; zero stands at the bottom."""
        return _BOTTOM - round(value / self.most * (_BOTTOM - _TOP))


def _lines(item: Parameter) -> list[Steps]:
    """The stated values of each cell, with the days from which they hold."""
    lines: dict[tuple[str, ...], Steps] = {}
    for version in item.versions:
        for keys, value in version.cells:
            if version.start is not None and isinstance(value, Fraction):
                lines.setdefault(keys, []).append((version.start, value))
    return list(lines.values())


def _path(steps: Steps, scale: _Scale, number: int) -> str:
    """One line of steps, the last of which goes on to the edge."""
    day, value = steps[0]
    path = f"M{scale.x(day)} {scale.y(value)}"
    for day, value in steps[1:]:
        path += f"H{scale.x(day)}V{scale.y(value)}"
    return f'<path class="steps line{number}" d="{path}H{_RIGHT}"/>'


def _marks(steps: Steps, scale: _Scale, item: Parameter, lang: Language) -> str:
    """The values above their steps and the days below them."""
    marks = ""
    place = -_WIDTH
    for day, value in steps:
        x, y = scale.x(day), scale.y(value)
        if x - place < 90:  # what would run into the text before it stands in the table
            continue
        place = x
        told = (
            wording.number(value).of(lang)
            if item.unit != PERCENT
            else (wording.quantity(value, item.unit).of(lang))
        )
        marks += f'<text x="{x}" y="{y - 6}">{escape(told)}</text>'
        marks += f'<text x="{x}" y="{_BOTTOM + 18}">{date.fromordinal(day).isoformat()}</text>'
    return marks
