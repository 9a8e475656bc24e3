"""Calculators in pages: the shared script before the first one of a page."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from docutils import nodes

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
