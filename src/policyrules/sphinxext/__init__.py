"""A Sphinx extension: rulesets in documentation, described and executed when it is built.

`extensions = ["policyrules.sphinxext"]` adds the domain `policy`, colours for rule files, and the
configuration value `policyrules_rulesets`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyrules import calculator
from policyrules.data import package_folder
from policyrules.pygments import RulesLexer
from policyrules.sphinxext.domain import PolicyDomain
from policyrules.sphinxext.html_nodes import (
    Calculator,
    Diagram,
    draw_html,
    end_html,
    list_only,
    skip,
    visit_html,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLE = "policyrules.css"


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx of the domain, the lexer, the style and the configuration value."""
    app.add_config_value("policyrules_rulesets", [], "env", types=frozenset({list, tuple}))
    app.add_domain(PolicyDomain)
    app.add_lexer("rules", RulesLexer)
    app.add_lexer("policyrules", RulesLexer)
    app.add_node(
        Calculator,
        html=(visit_html, None),
        latex=(skip, None),
        text=(skip, None),
        man=(skip, None),
        texinfo=(skip, None),
    )
    listed = (list_only, list_only)
    app.add_node(
        Diagram,
        html=(draw_html, end_html),
        latex=listed,
        text=listed,
        man=listed,
        texinfo=listed,
    )
    app.connect("builder-inited", _write_assets)
    app.add_css_file(STYLE)
    app.add_css_file("calculator.css")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _write_assets(app: Sphinx) -> None:
    """Put the styles and the script of calculators where pages look for them."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    style = (package_folder() / "sphinxext" / STYLE).read_text("utf-8")
    for name, text in {STYLE: style, **calculator.assets()}.items():
        (folder / name).write_text(text, "utf-8")
