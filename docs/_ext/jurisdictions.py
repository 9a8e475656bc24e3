"""A page for each ruleset that comes with policyrules, in both languages, made from its rules.

What a page shows is shown by the directives of `policyrules.sphinxext`, which run it; here is only
said what there is to show. Beside them stand pages that find a benefit in every place that has it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generated_pages import write_changed
from sphinx.application import Sphinx

from policyrules.data import rulesets_folder
from policyrules.source import Language, Text
from policyrules.sphinxext.shelf import Shelf, Shelved

LANGUAGES: tuple[Language, ...] = ("en", "zh")
OTHER: Mapping[Language, Language] = {"en": "zh", "zh": "en"}
SECTIONS = {
    "benefit": Text("Benefits", "待遇"),
    "parameter": Text("Standards over time", "历年标准"),
    "definition": Text("Definitions", "定义"),
    "deadline": Text("Deadlines", "时限"),
}
WORDS = {
    "calculator": Text("Calculator", "计算器"),
    "examples": Text("Examples", "实例"),
    "coverage": Text("Coverage of the documents", "文件条款的覆盖情况"),
    "place": Text("Where", "条款"),
    "rules": Text("Rules, or why there is none", "规则，或者不设规则的理由"),
    "other": Text("中文", "English"),
    "none": Text("no benefit of its own", "不含待遇"),
}
# What people look for, by the words in the names of benefits; rulesets name theirs as they like.
TOPICS = {
    "dibao": (Text("Dibao", "低保"), ("dibao", "低保")),
    "tekun": (Text("Tekun support", "特困供养"), ("tekun", "特困")),
    "relief": (Text("Temporary relief", "临时救助"), ("relief", "临时救助")),
    "medical": (Text("Medical assistance", "医疗救助"), ("medical", "医疗")),
}


def jurisdictions() -> dict[str, Shelved]:
    """The rulesets that come with policyrules, by their ids."""
    shelf, root = Shelf(), rulesets_folder()
    paths = sorted(root.rglob("*.rules"))
    ids = [".".join(path.relative_to(root).with_suffix("").parts) for path in paths]
    return {name: shelf.take(name) for name in ids}


def page(name: str, found: Shelved, lang: Language) -> Iterator[str]:
    """All that a ruleset has, each thing by the directive that shows it."""
    title = found.program.title.of(lang)
    yield f"# {title}\n" if title != name else f"# {name}\n"
    yield f"[{WORDS['other'].of(lang)}]({file_of(name, OTHER[lang])})\n"
    yield _directive("ruleset", name, lang)
    benefits = [thing for thing in found.things("benefit") if thing.own]
    if benefits:
        yield f"## {WORDS['calculator'].of(lang)}\n"
        yield _directive("calculator", "", lang, ruleset=name)
    for objtype, heading in SECTIONS.items():
        own = [thing for thing in found.things(objtype) if getattr(thing, "own", True)]
        if own:
            yield f"## {heading.of(lang)}\n"
            for thing in own:
                yield _directive(objtype, thing.label.of(lang), lang, ruleset=name)
                if objtype == "benefit":
                    yield _directive("diagram", thing.label.of(lang), lang, ruleset=name)
    if found.examples:
        yield f"## {WORDS['examples'].of(lang)}\n"
        for example in found.examples:
            yield _directive("example", example.title.of(lang), lang, ruleset=name)
    yield from _coverage(name, lang)


def _coverage(name: str, lang: Language) -> Iterator[str]:
    """Which rule carries which sentence of the documents."""
    rows: Any = tomllib.loads((rulesets_folder() / "cn" / "coverage.toml").read_text("utf-8"))
    for part in name.split("."):
        rows = rows.get(part, {})
    sentences = {key: row for key, row in rows.items() if "place" in row}
    if not sentences:
        return
    yield f"## {WORDS['coverage'].of(lang)}\n"
    yield f"| | {WORDS['place'].of(lang)} | {WORDS['rules'].of(lang)} |\n|---|---|---|"
    for key, row in sentences.items():
        said = ", ".join(row["rules"]) if "rules" in row else row["reason"]
        yield f"| {key} | {row['place']} | {said} |"
    yield ""


def topic(label: Text, words: tuple[str, ...], found: Mapping[str, Shelved]) -> Iterator[str]:
    """Where there is a benefit of some kind."""
    yield f"# {label.en} / {label.zh}\n"
    yield f"```{{index}} ! {label.en}, ! {label.zh}\n```\n"
    yield (
        "The rules that come with policyrules have it in these places. "
        "随附的规则集中，下列地方有此项待遇。\n"
    )
    yield "| | |\n|---|---|"
    for name, shelved in found.items():
        for thing in shelved.things("benefit"):
            label_of = thing.label
            if thing.own and any(word in f"{label_of.en} {label_of.zh}" for word in words):
                title = shelved.program.title
                links = ", ".join(
                    f"[{title.of(lang)}]({file_of(name, lang)})" for lang in LANGUAGES
                )
                yield f"| {{policy:benefit}}`{name}:{label_of.en}` {label_of.zh} | {links} |"
    yield ""


def file_of(name: str, lang: Language) -> str:
    """The page of a ruleset in a language."""
    return f"{name}.md" if lang == "en" else f"{name}.zh.md"


def _directive(objtype: str, argument: str, lang: Language, **options: str) -> str:
    lines = [f"```{{policy:{objtype}}} {argument}".rstrip()]
    lines += [f":{key}: {value}" for key, value in {**options, "lang": lang}.items()]
    return "\n".join([*lines, "```\n"])


def write_pages(app: Sphinx) -> None:
    """Write the pages, each where its text has changed, and a list of them."""
    folder = Path(app.srcdir) / "generated" / "rulesets"
    folder.mkdir(parents=True, exist_ok=True)
    found = jurisdictions()
    written: list[str] = []
    for key, (label, words) in TOPICS.items():
        write_changed(folder / f"{key}.md", topic(label, words, found))
        written.append(key)
    for name, shelved in found.items():
        for lang in LANGUAGES:
            write_changed(folder / file_of(name, lang), page(name, shelved, lang))
            written.append(file_of(name, lang).removesuffix(".md"))
    names = "\n".join(written)
    listed = ["# Rules by place / 各地规则\n", f"```{{toctree}}\n:maxdepth: 1\n\n{names}\n```\n"]
    write_changed(folder / "index.md", listed)


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the pages before the sources are read."""
    app.connect("builder-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
