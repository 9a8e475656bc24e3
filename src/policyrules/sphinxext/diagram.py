"""What depends on what as a drawing in layers: SVG in the colours of the page.

A box stands right of all that it depends on. Places are whole units of the drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from html import escape

from attrs import frozen

from policyrules.render import width

Key = tuple[str, str]  # The type of an object and its name.
_LETTER, _MARGIN, _BOX, _ROW, _GAP = 8, 20, 26, 38, 60


@frozen
class Box:
    """Where a thing stands, and what is written there."""

    key: Key
    label: str
    x: int
    y: int
    wide: int


def laid_out(labels: Mapping[Key, str], edges: Mapping[Key, tuple[Key, ...]]) -> dict[Key, Box]:
    """The boxes, in columns by how much they depend on; those that belong together near."""
    depths: dict[Key, int] = {}
    for key in labels:
        _depth(key, edges, depths)
    boxes: dict[Key, Box] = {}
    x = 0
    for depth in range(max(depths.values(), default=-1) + 1):
        column = [key for key in labels if depths[key] == depth]
        column.sort(key=lambda key: _middle(key, edges, boxes))
        wide = max(width(labels[key]) * _LETTER + _MARGIN for key in column)
        for row, key in enumerate(column):
            boxes[key] = Box(key, labels[key], x, row * _ROW, wide)
        x += wide + _GAP
    return boxes


def _depth(key: Key, edges: Mapping[Key, tuple[Key, ...]], depths: dict[Key, int]) -> int:
    """One more than that of what it depends on; rules never depend on themselves."""
    if key not in depths:
        below = (_depth(other, edges, depths) for other in edges.get(key, ()))
        depths[key] = max(below, default=-1) + 1
    return depths[key]


def _middle(key: Key, edges: Mapping[Key, tuple[Key, ...]], boxes: Mapping[Key, Box]) -> Fraction:
    """The middle of the places of what it depends on."""
    places = [boxes[other].y for other in edges.get(key, ())]
    return Fraction(sum(places), len(places) or 1)


def drawn(
    boxes: Mapping[Key, Box],
    edges: Mapping[Key, tuple[Key, ...]],
    links: Mapping[str, str],
    title: str,
) -> str:
    """The drawing; a box is a link where `links` has an address for its label."""
    wide = max((box.x + box.wide for box in boxes.values()), default=0) + 2
    high = max((box.y for box in boxes.values()), default=0) + _BOX + 2
    lines = "".join(
        _line(boxes[below], boxes[key]) for key, others in edges.items() for below in others
    )
    shapes = "".join(_shape(box, links.get(box.label, "")) for box in boxes.values())
    return (
        '<div class="policy-drawing policy-diagram" tabindex="0">'
        f'<svg viewBox="-1 -1 {wide} {high}" width="{wide}" '
        f'height="{high}" role="group"><title>{escape(title)}</title>{lines}{shapes}</svg></div>\n'
    )


def _line(start: Box, end: Box) -> str:
    """From the right side of one box to the left side of another one."""
    x, y, to_x, to_y = start.x + start.wide, start.y + _BOX // 2, end.x, end.y + _BOX // 2
    bend = _GAP // 2
    return f'<path d="M{x} {y}C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"/>'


def _shape(box: Box, link: str) -> str:
    """A box with its label."""
    shape = (
        f'<rect class="{box.key[0]}" x="{box.x}" y="{box.y}" rx="4" width="{box.wide}" '
        f'height="{_BOX}"/><text x="{box.x + _MARGIN // 2}" y="{box.y + 18}">'
        f"{escape(box.label)}</text>"
    )
    return f'<a href="{escape(link)}">{shape}</a>' if link else shape
