"""What pages have in HTML alone: calculators with their shared script, and drawings."""

from __future__ import annotations

import posixpath
from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from policyrules.source import Language
from policyrules.sphinxext.diagram import drawn

if TYPE_CHECKING:
    from sphinx.environment import _CurrentDocument
    from sphinx.writers.html5 import HTML5Translator


class Calculator(nodes.General, nodes.Element):
    """A calculator as HTML; the first of a page reads the script."""


def placed(text: str, document: _CurrentDocument) -> list[nodes.Node]:
    """The node of a calculator on the page that is being read."""
    first = not document.get("policyrules:calculator")
    document["policyrules:calculator"] = True
    return [Calculator("", html=text, first=first)]


class Diagram(nodes.General, nodes.Element):
    """A drawing of what depends on what; its children say the same as a list, with the links."""


def draw_html(writer: HTML5Translator, node: Diagram) -> None:
    """Write the drawing, its boxes linked as the list is; the list can be folded out."""
    links = {
        link.astext(): link.get("refuri") or f"#{link['refid']}"
        for link in node.findall(nodes.reference)
    }
    writer.body.append(drawn(node["boxes"], node["edges"], links, node["title"]))
    writer.body.append(f"<details><summary>{escape(node['summary'])}</summary>\n")


def end_html(writer: HTML5Translator, _node: Diagram) -> None:
    """End the list."""
    writer.body.append("</details>\n")


def list_only(_writer: nodes.NodeVisitor, _node: Diagram) -> None:
    """Where there is no drawing, the list stands alone."""


def visit_html(writer: HTML5Translator, node: Calculator) -> None:
    """Write the calculator; the script has to be read before what it fills."""
    if node["first"]:
        page = writer.builder.get_target_uri(writer.builder.current_docname)
        script = posixpath.relpath("_static/calculator.js", posixpath.dirname(page) or ".")
        writer.body.append(f'<script src="{script}"></script>\n')
    writer.body.append(node["html"])
    raise nodes.SkipNode


def skip(_writer: nodes.NodeVisitor, _node: Calculator) -> None:
    """Where there are no scripts there is no calculator."""
    raise nodes.SkipNode


def switch(number: int, lang: Language) -> nodes.raw:
    """Two buttons, of which the style shows the part in the language chosen."""
    buttons = "".join(
        f'<label><input type="radio" name="policy-switch-{number}" value="{each}"'
        f"{' checked' if each == lang else ''}> {name}</label> "
        for each, name in (("zh", "中文"), ("en", "English"))
    )
    text = (
        f'<div class="policy-switch" role="radiogroup" aria-label="中文 / English">{buttons}</div>'
    )
    return nodes.raw("", text, format="html")
