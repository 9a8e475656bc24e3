"""The documentation site: `make docs` builds it, and fails on any warning."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "policyrules"
author = "The policyrules contributors"
html_title = "policyrules"
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "policyrules.sphinxext",
    "generated_pages",
    "jurisdictions",
    "search_words",
]
exclude_patterns = ["_ext"]
nitpicky = True
myst_heading_anchors = 4
autodoc_typehints = "none"
autodoc_member_order = "bysource"
highlight_language = "text"

html_theme = "furo"
html_search_language = "words"
html_search_scorer = str(Path(__file__).parent / "_ext" / "scorer.js")
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_favicon = "_static/favicon.svg"
html_copy_source = False
html_show_sphinx = False
html_show_search_summary = False  # it fetches every page that was found, which files cannot
