"""Pass 2, resolve: what each name stands for, which rules come before which.

Takes the syntax trees of a ruleset and of all that it uses, gives the table of symbols with the
rules in an order in which each stands after those it reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import evolve, field, frozen

from policyrules.diagnostics import Label, Report
from policyrules.semantics.amendments import Change, amended
from policyrules.semantics.citations import check_citations
from policyrules.semantics.dependencies import names_read, ordered, own_readers
from policyrules.semantics.document_validity import with_validity
from policyrules.semantics.lines import Clauses, replaced
from policyrules.semantics.looking_back import looked_back
from policyrules.semantics.readings import Other, other_readings
from policyrules.semantics.running import PAID, asked, periods, shared
from policyrules.semantics.titles import meant
from policyrules.source import Span, Text
from policyrules.syntax import ast
from policyrules.syntax.names import paid_name
from policyrules.syntax.names_built_in import AGE, BIRTH_DATE, BUILT_IN
from policyrules.syntax.names_time import Before, all_earlier
from policyrules.syntax.words import words

Kind = Literal[
    "parameter", "input", "status", "category", "definition", "benefit", "deadline", "list", "field"
]
Rule = ast.Definition | ast.Benefit | ast.Deadline
# By benefit and status: the declarations that treat others as having that status.
Treated = dict[str, dict[str, tuple[ast.AsFor, ...]]]
_EARLIER = Text("first declared here", "首次声明于此")
_EVERYBODYS = Text(
    "`age` (年龄) and `birth date` (出生日期) are facts of every person: choose another name",
    "“年龄”（age）和“出生日期”（birth date）是每个人都有的信息，请另取名称",
)
_ARTICLES = {"the", "a", "an"}


@frozen
class Symbol:
    """A declared name: what it is, whose fact it is, and whether the ruleset itself declares it.

    `counts` is the unit of an input that a limit of its benefit declares.
    """

    name: ast.Name
    kind: Kind
    entity: ast.Entity | None
    declaration: ast.AnyDeclaration | None
    own: bool
    counts: str = ""

    @property
    def key(self) -> str:
        """The canonical name."""
        return self.name.key


@frozen
class Lagged:
    """A parameter for an earlier period: `last year's X`."""

    name: ast.Name
    of: Symbol
    before: Before


@frozen
class Symbols:
    """All names of a ruleset and of what it uses; `rules` in the order of computation.

    `lagged` are the names of parameters for an earlier period that some rule reads.
    """

    tree: ast.Ruleset
    table: dict[str, Symbol]
    sources: dict[str, ast.SourceDocument]
    values: dict[str, tuple[str, ...]]
    rules: tuple[Symbol, ...]
    trees: tuple[ast.Ruleset, ...]
    exceptions: dict[str, tuple[ast.ExceptionRule, ...]]
    changes: tuple[Change, ...] = ()
    treated: Treated = field(factory=dict)
    lagged: Mapping[str, Lagged] = field(factory=dict)
    others: dict[str, tuple[Other, ...]] = field(factory=dict)

    def all(self, *kinds: Kind) -> Iterator[Symbol]:
        """The symbols of these kinds, in the order of declaration, those used first."""
        return (symbol for symbol in self.table.values() if symbol.kind in kinds)


def resolve(trees: tuple[ast.Ruleset, ...], report: Report) -> Symbols:
    """The symbols of the last tree and of those it uses, which stand before it."""
    changed = amended(with_validity(trees, report), report)
    trees = changed.trees
    table: dict[str, Symbol] = {
        AGE.key: Symbol(AGE, "input", "person", None, False),
        BIRTH_DATE.key: Symbol(BIRTH_DATE, "input", "person", None, False),
    }
    spellings: dict[str, ast.Name] = {}
    sources: dict[str, ast.SourceDocument] = {}
    values: dict[str, tuple[str, ...]] = {}
    for tree in trees:
        own = tree is trees[-1]
        for declaration in tree.declarations:
            for symbol in _symbols(declaration, own or _key(declaration) in changed.own):
                if not _takes_over(symbol, report) and _declare(symbol.name, spellings, report):
                    table[symbol.key] = symbol
            if isinstance(declaration, ast.Category):
                values[declaration.name.key] = tuple(v.key for v in declaration.values)
            if isinstance(declaration, ast.SourceDocument) and _declare(
                declaration.name, spellings, report
            ):
                sources[declaration.name.key] = declaration
    for tree in trees:
        check_citations(tree, sources, report)
        for declaration in tree.declarations:
            if isinstance(declaration, ast.Category):
                _check_values(declaration, spellings, report)
    exceptions = exceptions_of(trees, table, report)
    for symbol in tuple(_asked_by_limits(table, exceptions)):
        if symbol.key not in table and _declare(symbol.name, spellings, report):
            table[symbol.key] = symbol
    lagged = earlier_periods(trees, table, report)
    alike = treated(trees)
    rules = ordered(trees, table, exceptions, alike, report)
    rules = own_readers(rules, table, exceptions, changed.own, lagged)
    made = trees[-1], table, sources, values, rules, trees, exceptions, changed.changes
    return Symbols(*made, alike, lagged, other_readings(trees))


def earlier_periods(
    trees: tuple[ast.Ruleset, ...], table: dict[str, Symbol], report: Report
) -> dict[str, Lagged]:
    """What rules read of earlier periods: inputs of their own, and parameters at earlier dates.

    An input for an earlier period, which nobody declares, is there as soon as a rule reads it.
    """
    known = {
        found.name.key: Lagged(found.name, symbol, before)
        for symbol in table.values()
        for before, found in all_earlier(symbol.name)
    }
    lagged: dict[str, Lagged] = {}
    for name, span in names_read(trees):
        found = known.get(name)
        if found is None and (back := looked_back(name, span, table, report)):
            found = Lagged(*back)
        if name in table or found is None:
            continue
        base = found.of
        if base.kind == "parameter" and found.before in ("year", "month"):
            lagged[name] = found
        elif base.kind in {"input", "status"} and base.declaration is not None:
            table[name] = Symbol(found.name, "input", base.entity, base.declaration, base.own)
        else:
            report.add("PR410", span, name=found.name.text, base=base.name.text)
            table[name] = base
    return lagged


def _symbols(declaration: ast.AnyDeclaration, own: bool) -> Iterator[Symbol]:
    match declaration:
        case ast.Category():
            yield Symbol(declaration.name, "category", declaration.entity, declaration, own)
        case ast.Statuses():
            for name in declaration.names:
                yield Symbol(name, "status", declaration.entity, declaration, own)
        case ast.Parameter():
            yield Symbol(declaration.name, "parameter", None, declaration, own)
        case ast.RecordList(name=name, fields=fields):
            yield Symbol(name, "list", declaration.entity, declaration, own)
            for field in fields:
                yield Symbol(field.name, "field", declaration.entity, declaration, own)
        case ast.Input():
            yield Symbol(declaration.name, "input", declaration.entity, declaration, own)
        case ast.Definition():
            yield Symbol(declaration.name, "definition", declaration.entity, declaration, own)
        case ast.Deadline():
            yield Symbol(declaration.name, "deadline", declaration.entity, declaration, own)
        case ast.Benefit():
            yield Symbol(declaration.name, "benefit", declaration.entity, declaration, own)
        case (
            ast.SourceDocument()
            | ast.Check()
            | ast.Example()
            | ast.ExceptionRule()
            | ast.NotTogether()
            | ast.Cumulative()
            | ast.AsFor()
            | ast.Amendment()
            | ast.Permission()
        ):
            return


def _key(declaration: ast.AnyDeclaration) -> str | None:
    """The canonical name of a rule or parameter."""
    if isinstance(declaration, ast.Parameter | Rule):
        return declaration.name.key
    return None


def _asked_by_limits(
    table: dict[str, Symbol], exceptions: dict[str, tuple[ast.ExceptionRule, ...]]
) -> Iterator[Symbol]:
    """The inputs that limits declare, those of exceptions and of shared limits included."""
    for symbol in [found for found in table.values() if found.kind == "benefit"]:
        assert isinstance(symbol.declaration, ast.Benefit)
        changed: dict[Text, Clauses] = {}
        for exception in exceptions.get(symbol.key, ()):
            general = symbol.declaration.clauses
            before = changed[exception.to] if isinstance(exception.to, Text) else general
            changed[exception.title] = replaced(before, exception.clauses)
        for clauses in (symbol.declaration.clauses, *changed.values()):
            for found in asked(symbol.name, clauses):
                yield evolve(symbol, name=found.name, kind="input", counts=found.unit)
            others = [table[name] for name in shared(clauses) if name in table]
            for other in (found for found in others if found.kind == "benefit"):
                for period in periods(clauses):
                    paid = paid_name(other.name, period)
                    yield evolve(other, name=paid, kind="input", counts=PAID)


def treated(trees: tuple[ast.Ruleset, ...]) -> Treated:
    """For each benefit and status the declarations that treat others as having that status."""
    found: Treated = {}
    for node in (node for tree in trees for node in tree.declarations):
        if isinstance(node, ast.AsFor):
            for name in dict.fromkeys(node.benefits):
                for_benefit = found.setdefault(name, {})
                for_benefit[node.as_status] = (*for_benefit.get(node.as_status, ()), node)
    return found


def exceptions_of(
    trees: tuple[ast.Ruleset, ...], table: dict[str, Symbol], report: Report
) -> dict[str, tuple[ast.ExceptionRule, ...]]:
    """The exceptions to each rule, those to exceptions of it included, in written order."""
    found: dict[str, tuple[ast.ExceptionRule, ...]] = {}
    rule_of: dict[Text, str] = {}
    for tree in trees:
        for node in tree.declarations:
            if not isinstance(node, ast.ExceptionRule):
                continue
            if isinstance(node.to, Text):
                node = evolve(node, to=meant(node.to, rule_of) or node.to)  # noqa: PLW2901
            to = rule_of.get(node.to) if isinstance(node.to, Text) else node.to
            symbol = table.get(to) if to else None
            if to is None or symbol is None or symbol.kind not in {"benefit", "definition"}:
                report.add("PR518", node.span, title=node.title)
                continue
            if node.title in rule_of:
                report.add("PR202", node.span, name=node.title.of("en"))
            rule_of[node.title] = to
            found[to] = (*found.get(to, ()), node)
    return {rule: _plainly(nodes) for rule, nodes in found.items()}


def _plainly(nodes: tuple[ast.ExceptionRule, ...]) -> tuple[ast.ExceptionRule, ...]:
    """The exceptions to a rule, each naming those that it overrides by their whole titles."""
    titles = [node.title for node in nodes]
    return tuple(
        evolve(node, overrides=tuple(meant(one, titles) or one for one in node.overrides))
        for node in nodes
    )


def _declare(name: ast.Name, spellings: dict[str, ast.Name], report: Report) -> bool:
    """Note a name in both languages; false if either spelling is taken or cannot be a name."""
    for spelling in (name.en, name.zh):
        if spelling is None:
            continue
        earlier = spellings.setdefault(spelling, name)
        if earlier is not name:
            related = [Label(_place(earlier, spelling), _EARLIER)]
            report.add("PR202", _place(name, spelling), related=related, name=spelling)
            return False
        if _reserved(spelling):
            report.add("PR204", _place(name, spelling), name=spelling)
            return False
    return True


def _takes_over(symbol: Symbol, report: Report) -> bool:
    """Report a declaration that gives the name of a built-in fact another meaning."""
    meant = {BUILT_IN[s].key for s in (symbol.name.en, symbol.name.zh) if s in BUILT_IN}
    match symbol.declaration:
        case ast.Input(entity="person", type=ast.WrittenType(kind="date")):
            meant.discard(BIRTH_DATE.key if symbol.name == BIRTH_DATE else "")
        case ast.Input(entity="person", type=ast.WrittenType(unit="year_of_age")):
            meant.discard(AGE.key if symbol.name == AGE else "")
    for key in meant:
        known = BUILT_IN[key]
        spelling = known.en if known.en == symbol.name.en else known.zh
        assert spelling is not None
        place = _place(symbol.name, spelling)
        report.add("PR204", place, hint=_EVERYBODYS, name=known.text)
    return bool(meant)


def _place(name: ast.Name, spelling: str) -> Span:
    """Where a name, or its alias behind it, is spelled like this."""
    span = name.span
    text = span.source.text
    line_end = (text.find("\n", span.end) + 1 or len(text) + 1) - 1
    alias = (
        -1 if spelling in text[span.start : span.end] else text.find(spelling, span.end, line_end)
    )
    return span if alias < 0 else Span(span.source, alias, alias + len(spelling))


def _reserved(spelling: str) -> bool:
    return spelling in words().spellings or spelling in _ARTICLES or spelling.isdigit()


def _check_values(category: ast.Category, spellings: dict[str, ast.Name], report: Report) -> None:
    """A value may recur in another category; it names nothing else and stands once in its own."""
    seen: dict[str, ast.Name] = {}
    for value in category.values:
        for spelling in filter(None, (value.en, value.zh)):
            earlier = spellings.get(spelling) or seen.setdefault(spelling, value)
            if earlier is not value:
                related = [Label(_place(earlier, spelling), _EARLIER)]
                report.add("PR202", _place(value, spelling), related=related, name=spelling)
                break
            if _reserved(spelling) or spelling in BUILT_IN:
                report.add("PR204", _place(value, spelling), name=spelling)
                break
