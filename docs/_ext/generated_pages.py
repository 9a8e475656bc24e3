"""Reference pages that are made from the product itself, so that they cannot differ from it.

They are written to `docs/generated/` before Sphinx reads the sources; only what has changed is
written again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from policyrules.catalogue import CATALOGUE
from policyrules.cli_parser import parser
from policyrules.cli_text import COMMANDS
from policyrules.data import grammar_folder
from policyrules.types.units import UNIT_WORDS

_GROUPS = {
    "1": ("Syntax", "句法"),
    "2": ("Names", "名称"),
    "3": ("Types and units", "类型与单位"),
    "4": ("Dates and places", "日期与地域"),
    "5": ("Law", "规则内容"),
    "6": ("Cases, tables and queries", "个案、数据表与查询"),
    "9": ("Style", "体例"),
}
_KEYWORDS = {
    "header": ("At the start of a declaration", "声明的首词"),
    "middle": ("Behind a name at the start of a line", "行首名称之后"),
    "clause": ("At the start of a clause", "条目的首词"),
    "word": ("Inside lines", "行中的词"),
    "unit": ("Units", "单位"),
}
_SCHEMAS = Path("src/policyrules/schemas")


def commands() -> Iterator[str]:
    """What every command says of itself with `--help`, in both languages."""
    yield "# The command line / 命令行\n"
    yield "What `policyrules COMMAND --help` prints. 各命令的 `--help` 内容。\n"
    of_both = [_commands(parser(lang)) for lang in ("en", "zh")]
    for name in COMMANDS:
        yield f"## {name}\n"
        for each in of_both:
            yield f"```text\n{each[name].format_help().strip()}\n```\n"


def _commands(top: Any) -> dict[str, Any]:  # noqa: ANN401 - argparse says nothing of its parts
    (choices,) = (action.choices for action in top._actions if action.dest == "command")  # noqa: SLF001
    return dict(choices)


def diagnostics() -> Iterator[str]:
    """Every message to authors, with its remedy, in both languages."""
    yield "# Messages / 提示信息\n"
    yield (
        "Every error and warning with its code and its remedy; words in braces are filled in.\n"
        "各项错误和警告的代码、内容和改正办法；花括号中的内容在提示时填入。\n"
    )
    for group, codes in groupby(sorted(CATALOGUE), key=lambda code: code[2]):
        yield "## {} / {}\n".format(*_GROUPS[group])
        for code in codes:
            entry = CATALOGUE[code]
            yield f"### {code}: {_plain(entry.title.en)} / {_plain(entry.title.zh)}\n"
            for lang in ("en", "zh"):
                said = [_plain(text.of(lang)) for text in (entry.message, entry.label, entry.hint)]
                lines = [line for line in said if line]
                yield f"{'。'.join(lines) if lang == 'zh' else '. '.join(lines)}\n"


def units() -> Iterator[str]:
    """The units, what they are called, and how they convert."""
    text = (grammar_folder() / "units.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    yield "# Units / 单位\n"
    yield (
        "A unit converts into its own multiples alone; per person is not per household.\n"
        "单位只在同一量纲内换算；按人计的金额不等于按户计的金额。\n"
    )
    yield "| Unit / 单位 | 中文 | Definition / 定义 |\n|---|---|---|"
    for line in lines:
        name, _, meaning = (part.strip() for part in line.partition("="))
        words = UNIT_WORDS.get(name)
        shown = (name, "") if words is None else (words.en, words.zh)
        yield f"| {shown[0]} | {shown[1]} | `{meaning}` |"
    yield ""


def keywords() -> Iterator[str]:
    """Every word of the language, as its grammar has them."""
    table = tomllib.loads((grammar_folder() / "words.toml").read_text("utf-8"))
    yield "# Keywords / 关键词\n"
    yield (
        "The words that the language knows; the one named first is the usual one. What each\n"
        "of them means stands in the [language reference](../reference/language.md).\n"
        "语言的全部关键词，首列者为常用写法；确切含义见[语言参考](../reference/language.md)。\n"
    )
    for section, words in table.items():
        yield "## {} / {}\n".format(*_KEYWORDS[section])
        yield "| English | 中文 |\n|---|---|"
        for row in words.values():
            forms = (_plain(", ".join(row[lang])) for lang in ("en", "zh"))
            yield "| {} | {} |".format(*forms)
        yield ""


def schemas() -> Iterator[str]:
    """The JSON schemas of what the commands print and read."""
    yield "# JSON schemas / JSON格式\n"
    yield (
        "What commands print with `--json`, and the form of a case, as schemas of JSON.\n"
        "各命令 `--json` 的输出和个案的格式，均有JSON Schema。\n"
    )
    root = Path(__file__).parents[2]
    for path in sorted((root / _SCHEMAS).glob("*.json")):
        name = path.name.removesuffix(".schema.json")
        yield f"## {name}\n\n```{{literalinclude}} ../../{_SCHEMAS}/{path.name}"
        yield ":language: json\n```\n"


def _plain(text: str) -> str:
    """A text without what Markdown would take for markup."""
    return text.replace("{", r"\{").replace("*", r"\*").replace("|", r"\|").replace("<", r"\<")


PAGES = {
    "commands": commands,
    "diagnostics": diagnostics,
    "keywords": keywords,
    "units": units,
    "schemas": schemas,
}


def write_pages(app: Sphinx) -> None:
    """Write the pages, each where its text has changed."""
    folder = Path(app.srcdir) / "generated"
    folder.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        write_changed(folder / f"{name}.md", make())


def write_changed(path: Path, lines: Iterable[str]) -> None:
    """Write a page unless it says so already: what has not changed is not read again."""
    text = "\n".join(lines)
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the pages before the sources are read."""
    app.connect("builder-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
