"""Rulesets in documentation: what Sphinx builds with the extension, and what it warns of."""

import re
from io import StringIO
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

RULES = """\
ruleset own.town (某镇 / Own town)
    currency yuan
source notice (通知)
    title "A notice" / "一份通知"
[notice 1]
parameter standard (标准额): yuan per month
    from 2022-01-01: 680
    from 2023-01-01: 700
input income (收入) of household: yuan per month, at least 0
benefit aid (补助) of household: yuan per month
    when income is less than the standard
    pays the standard - income
input alert date (发现日期) of household: date
deadline visit (入户核查) of household: within 5 days of the alert date
example "one" / "一例" on 2023-08-01
    given income 500
    expect aid 200 yuan per month
"""
RST = """\
Town
====

.. policy:ruleset:: /town.rules

.. policy:benefit:: aid

   A remark of the page.

.. policy:parameter:: 标准额

.. policy:input:: income

.. policy:source:: notice

.. policy:example:: one

.. policy:example::
   :on: 2023-08-01

   given  income 600
   expect aid 100 yuan per month

.. policy:rules::
   :fails: PR201

   ruleset a.b
       currency yuan
   input income: yuan
   define twice of household: yuan
       2 * incme

.. policy:diagram:: aid

.. policy:calculator:: aid

.. policy:deadline:: visit
   :lang: both

See :policy:benefit:`补助`, :policy:benefit:`aid`, :any:`own.town:标准额`.
"""
MYST = """\
# 某镇

```{policy:benefit} 补助
:ruleset: /town.rules
:lang: zh
```

{policy:parameter}`标准额`
"""


def build(folder: Path, pages: dict[str, str], conf: str = "", rules: str = RULES) -> str:
    """Build the pages of a folder; the warnings."""
    (folder / "conf.py").write_text(f'extensions = ["policyrules.sphinxext"]\n{conf}', "utf-8")
    (folder / "town.rules").write_text(rules, "utf-8")
    for name, text in pages.items():
        page = folder / name
        if not page.is_file() or page.read_text("utf-8") != text:
            page.write_text(text, "utf-8")
    warnings = StringIO()
    out, trees = folder / "out", folder / "trees"
    overrides = {"nitpicky": True}
    with docutils_namespace():
        app = Sphinx(folder, folder, out, trees, "html", overrides, StringIO(), warnings)
        app.build()
    return re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue())


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built folder whose conf.py names the extension alone."""
    folder = tmp_path_factory.mktemp("rst")
    assert build(folder, {"index.rst": RST}) == ""
    return folder / "out"


def test_a_page_tells_what_the_rules_say(page: Path) -> None:
    """Versions with clauses and a plot, text of the rule, example with its reasons, carets."""
    text = (page / "index.html").read_text("utf-8")
    for told in (
        ">2022-01-01<",
        "notice 1",
        "policy-plot",
        "A remark of the page",
        "PR201",
        "^^^^^",
        "policyrules-calculator",
        "policy-diagram",
        '<a href="#input-own.town-income"><rect class="input"',
        "policy-switch-0",
        "对象",
        "_static/calculator.js",
        "200 yuan per month",
        "<p>yuan per month</p>",
    ):
        assert told in text, told


def test_an_example_shows_what_it_expects(tmp_path: Path) -> None:
    """Of a household of two the outcome of the member that is expected, in Chinese."""
    text = "A\n=\n\n.. policy:example:: 一次住院\n   :ruleset: example.river_city\n   :lang: zh\n"
    assert build(tmp_path, {"index.rst": text}) == ""
    text = (tmp_path / "out/index.html").read_text("utf-8")
    assert "20,000元至30,000元" in text
    assert "成员2" not in text


def test_references_work_in_both_languages(page: Path) -> None:
    """Both names of a benefit lead to it, in pages, indices and the inventory."""
    text = (page / "index.html").read_text("utf-8")
    assert text.count('href="#benefit-own.town-aid"') >= 3
    assert "补助" in (page / "policy-benefits.html").read_text("utf-8")
    assert "标准额" in (page / "policy-parameters.html").read_text("utf-8")
    assert "notice" in (page / "policy-sources.html").read_text("utf-8")
    assert (page / "_static/policyrules.css").is_file()


def test_markdown_and_chinese(tmp_path: Path) -> None:
    """The directives work from MyST; a language is that of the documentation, or asked for."""
    conf = (
        'extensions.append("myst_parser")\nlanguage = "zh_CN"\n'
        'policyrules_rulesets = ["town.rules"]\nroot_doc = "index"\n'
    )
    own = "\n```{policy:parameter} standard\n```\n"
    assert build(tmp_path, {"index.md": MYST + own}, conf) == ""
    text = (tmp_path / "out/index.html").read_text("utf-8")
    for told in ("依据", "起始日期", "2022年1月1日", "待遇"):
        assert told in text, told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            ".. policy:example::\n   :on: 2023-08-01\n\n   given income 600\n   expect aid 101\n",
            ("index.rst:9", "PR513", "100 yuan per month"),
        ),
        (".. policy:benefit:: aidd\n", ("index.rst:5", "`aidd` is not declared", "aid")),
        (".. policy:ruleset:: /none.rules\n", ("index.rst:5", "PR212")),
        (".. policy:rules::\n\n   ruleset a.b\n   define a: b\n", ("index.rst:5", "PR310")),
        (".. policy:benefit:: aid\n   :lang: fr\n", ("index.rst:5", ":lang:")),
        ("See :policy:benefit:`nothing`.\n", ("index.rst:5", "nothing")),
    ],
)
def test_what_is_wrong_is_one_warning(tmp_path: Path, text: str, told: tuple[str, ...]) -> None:
    """A mistake is told once, with the page and its line; the build goes on."""
    conf = 'policyrules_rulesets = ["town.rules"]\n'
    warnings = build(tmp_path, {"index.rst": f"A page\n======\n\n\n{text}"}, conf)
    assert warnings.count("WARNING") == 1, warnings
    assert "Traceback" not in warnings
    for part in told:
        assert part in warnings, warnings


def test_a_wrong_figure_in_markdown_is_told_with_its_line(tmp_path: Path) -> None:
    """MyST counts lines otherwise; the warning names that of the expectation."""
    conf = 'extensions.append("myst_parser")\npolicyrules_rulesets = ["town.rules"]\n'
    lines = ":on: 2023-08-01\n\ngiven income 600\nexpect aid 101\n"
    text = f"# A page\n\n```{{policy:example}}\n{lines}```\n"
    warnings = build(tmp_path, {"index.md": text}, conf)
    assert warnings.count("WARNING") == 1, warnings
    assert "index.md:7: WARNING: error[PR513]" in warnings


def test_a_broken_ruleset_is_one_warning(tmp_path: Path) -> None:
    """The mistakes of a rule file are shown with their carets."""
    broken = RULES.replace("- income", "- incme")
    warnings = build(
        tmp_path, {"index.rst": "A\n=\n\n.. policy:ruleset:: town.rules\n"}, "", broken
    )
    assert warnings.count("WARNING") == 1, warnings
    assert "PR201" in warnings
    assert "^^^^^" in warnings


def test_a_changed_ruleset_is_read_again(tmp_path: Path) -> None:
    """A page is built anew when a rule file that it shows has changed."""
    pages = {"index.rst": "A\n=\n\n.. policy:parameter:: standard\n   :ruleset: town.rules\n"}
    assert build(tmp_path, pages) == ""
    assert build(tmp_path, pages, "", RULES.replace("700", "710")) == ""
    assert "710 yuan" in (tmp_path / "out/index.html").read_text("utf-8")
