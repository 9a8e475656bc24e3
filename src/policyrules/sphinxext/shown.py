"""What pages tell of a ruleset and of what it declares, as nodes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeAlias

from docutils import nodes
from sphinx import addnodes

from policyrules import wording
from policyrules.explanation_places import cited
from policyrules.ir.nodes import Cited, Definition, Document, Input, Parameter, Reference, Variable
from policyrules.ir.walk import nodes as expressions
from policyrules.ruleset_text import version_words
from policyrules.source import Language, Text
from policyrules.sphinxext.diagram import Key, laid_out
from policyrules.sphinxext.html_nodes import Diagram
from policyrules.sphinxext.plot import plot
from policyrules.sphinxext.shelf import Shelved, Thing
from policyrules.sphinxext.words import word

Cell: TypeAlias = str | nodes.Node | None


def code(text: str) -> nodes.literal_block:
    """Rules in colour."""
    return nodes.literal_block(text, text, language="policyrules")


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> nodes.table:
    """A table of texts and nodes."""
    group = nodes.tgroup("", cols=len(head))
    group += [nodes.colspec("", colwidth=1) for _ in head]
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return nodes.table("", group, classes=["policy-table"])


def _row(cells: Sequence[Cell]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", _paragraph(cell)) for cell in cells))


def _paragraph(cell: Cell) -> nodes.paragraph:
    content = nodes.Text(cell) if isinstance(cell, str) else cell
    return nodes.paragraph("", "", *([] if content is None else [content]))


def _fields(pairs: Iterable[tuple[str, Cell]]) -> list[nodes.Node]:
    """Pairs of a word and what is said under it, without those that say nothing."""
    fields = [
        nodes.field("", nodes.field_name("", name), nodes.field_body("", _paragraph(cell)))
        for name, cell in pairs
        if cell
    ]
    return [nodes.field_list("", *fields)] if fields else []


def reference(objtype: str, ruleset: str, name: str, text: str) -> nodes.Node:
    """A link to an object if a page shows it, else its text alone."""
    link = addnodes.pending_xref(
        "", nodes.inline("", text), refdomain="policy", reftype=objtype, reftarget=name, soft=True
    )
    link["policy:ruleset"] = ruleset
    return link


def _listed(links: Sequence[nodes.Node], lang: Language) -> Cell:
    """Links in a row."""
    row = nodes.inline()
    for number, link in enumerate(links):
        row += [nodes.Text("；" if lang == "zh" else "; ")] * (number > 0) + [link]
    return row if links else None


def _cites(shelved: Shelved, cites: Iterable[Cited], lang: Language) -> Cell:
    places = [
        reference("source", shelved.program.id, place.source, cited(place, lang)) for place in cites
    ]
    return _listed(places, lang)


def _day(ordinal: int | None, lang: Language) -> str:
    return "" if ordinal is None else wording.day(date.fromordinal(ordinal)).of(lang)


def ruleset(shelved: Shelved, lang: Language) -> list[nodes.Node]:
    """The id of a ruleset and links to what it declares."""
    program = shelved.program
    groups: dict[str, Iterable[Thing]] = {
        "benefits": [item for item in shelved.things("benefit") if _own(item)],
        "definitions": [item for item in shelved.things("definition") if _own(item)],
        "deadlines": [item for item in shelved.things("deadline") if _own(item)],
        "parameters": [item for item in shelved.things("parameter") if _own(item)],
        "sources": shelved.things("source"),
    }
    pairs: list[tuple[str, Cell]] = []
    for group, items in groups.items():
        links = [
            reference(group.removesuffix("s"), program.id, item.name, item.label.of(lang))
            for item in items
        ]
        pairs.append((word(group, lang), _listed(links, lang)))
    return _fields(pairs)


def _own(item: Thing) -> bool:
    return not isinstance(item, Document) and item.own


def thing(shelved: Shelved, item: Thing, lang: Language) -> list[nodes.Node]:
    """What is told of a declaration, and its text."""
    match item:
        case Parameter():
            content = _parameter(shelved, item, lang)
        case Definition():
            content = _fields(_rule(shelved, item, lang))
        case Input():
            asks = item.asks.of(lang) if item.asks else ""
            pairs = [
                (word("unit", lang), _unit(wording.without_own_whom(item.unit, item.subject), lang))
            ]
            content = [nodes.paragraph("", asks)] * bool(asks) + _fields(pairs)
        case Document():
            content = _fields(_document(item, lang))
    written = shelved.written(item.name)
    return [*content, code(written)] if written else content


def _unit(text: str, lang: Language) -> str:
    return wording.unit_words(text).of(lang) if text else ""


def _rule(shelved: Shelved, item: Definition, lang: Language) -> list[tuple[str, Cell]]:
    of: dict[str, str] = {"household": "household", "person": "person", "case": "matter"}
    readings = [reading.of(lang) for reading in item.readings]
    return [
        (word("of", lang), word(of[shelved.program.whose(item.subject)], lang)),
        (word("unit", lang), _unit(wording.without_own_whom(item.unit, item.subject), lang)),
        (word("under", lang), _cites(shelved, item.cites, lang)),
        (word("from", lang), _day(item.valid_from, lang)),
        (word("to", lang), _day(item.valid_to, lang)),
        *((word("reading", lang), reading) for reading in readings),
        (word("reads", lang), _listed(_read(shelved, item, lang), lang)),
    ]


def _read(shelved: Shelved, item: Definition, lang: Language) -> list[nodes.Node]:
    """Links to the rules, parameters and facts that a rule itself names."""
    return [
        reference(objtype, shelved.program.id, name, label.of(lang))
        for (objtype, name), label in read_by(shelved, item).items()
    ]


def read_by(shelved: Shelved, item: Definition) -> dict[Key, Text]:
    """What the rules, parameters and facts that a rule itself names are called."""
    program = shelved.program
    labels: dict[Key, Text] = {}
    rules = {rule.name: rule for rule in program.definitions}
    facts = {(str(fact.subject), fact.name): fact for fact in program.inputs}
    standards = {each.label: each for each in program.parameters}
    for part in item.parts():
        for node in expressions(part):
            named = node.origin.name if node.origin else None
            if isinstance(node, Reference):
                labels[rules[node.name].what, node.name] = rules[node.name].label
            elif isinstance(node, Variable) and (node.subject, node.name) in facts:
                labels["input", node.name] = facts[node.subject, node.name].label
            elif named in standards:
                labels["parameter", standards[named].name] = named
    return labels


def diagram(shelved: Shelved, item: Definition, lang: Language) -> Diagram:
    """What a rule depends on, with all that is between, as a drawing and as a list."""
    program = shelved.program
    rules = {(str(rule.what), rule.name): rule for rule in program.definitions}
    labels: dict[Key, str] = {}
    edges: dict[Key, tuple[Key, ...]] = {}
    pending: list[tuple[Key, Text]] = [((item.what, item.name), item.label)]
    listed = nodes.bullet_list("")
    while pending:
        key, label = pending.pop(0)
        if key in labels:
            continue
        labels[key] = label.of(lang)
        if key in rules:
            below = read_by(shelved, rules[key])
            edges[key] = tuple(below)
            pending += below.items()
            head = reference(key[0], program.id, key[1], label.of(lang))
            links = _listed(_read(shelved, rules[key], lang), lang)
            colon = "：" if lang == "zh" else ": "
            text = nodes.paragraph("", "", head, *([nodes.Text(colon), links] if links else []))
            listed += nodes.list_item("", text)
    title = word("dependencies", lang).format(item.label.of(lang))
    boxes = laid_out(labels, edges)
    told = {"boxes": boxes, "edges": edges, "title": title, "summary": word("as list", lang)}
    return Diagram("", listed, **told)


def _parameter(shelved: Shelved, item: Parameter, lang: Language) -> list[nodes.Node]:
    """The versions with their places, and a plot of them."""
    program = shelved.program
    rows = [
        (
            _day(version.start, lang) or word("always", lang),
            version_words(program, version, item, lang),
            _cites(shelved, version.cites, lang),
        )
        for version in item.versions
    ]
    head = [word(name, lang) for name in ("from", "value", "under")]
    readings = [(word("reading", lang), reading.of(lang)) for reading in item.readings]
    content = [*_fields([(word("unit", lang), _unit(item.unit, lang)), *readings])]
    if rows:
        content.append(table(head, rows))
    drawn = plot(item, lang)
    return [*content, nodes.raw("", drawn, format="html")] if drawn else content


def _document(item: Document, lang: Language) -> list[tuple[str, Cell]]:
    def text(value: Text | None) -> str:
        return "" if value is None else value.of(lang)

    return [
        (word("title", lang), text(item.title)),
        (word("number", lang), text(item.number)),
        (word("issuer", lang), text(item.issuer)),
        (word("issued", lang), _day(item.issued, lang)),
        (word("from", lang), _day(item.valid_from, lang)),
        (word("to", lang), _day(item.valid_to, lang)),
    ]
