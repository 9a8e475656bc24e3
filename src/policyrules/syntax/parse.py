"""Pass 1, parse: from rule text to the syntax tree.

Each logical line is read by itself, so that a mistake costs its own line only; the lines of a block
are then put together. The headers have given the names beforehand (`names.outline`), those of the
rulesets it uses included.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import define, evolve, field, frozen
from lark.exceptions import UnexpectedToken

from policyrules.diagnostics import Report, near
from policyrules.source import Source, Span
from policyrules.syntax import ast
from policyrules.syntax.accepted import check_characters, check_lines
from policyrules.syntax.alternatives import Otherwise, parted, split, with_alternatives
from policyrules.syntax.assemble import assemble
from policyrules.syntax.brackets import bracket_start
from policyrules.syntax.build import DEEPEST, build, deeper_than, place
from policyrules.syntax.build_blocks import cited
from policyrules.syntax.cursor import Context
from policyrules.syntax.grammar import parse_tree
from policyrules.syntax.habits import clause_meant, stray_clause
from policyrules.syntax.layout import BAR, HEADING, Block, Layout, Line, lay_out
from policyrules.syntax.lexer import tokenize
from policyrules.syntax.look_alikes import check_look_alikes
from policyrules.syntax.mistakes import (
    explain,
    loose_and,
    misplaced,
    missing_colon,
    misspelt,
    side_by_side,
)
from policyrules.syntax.names import Declared, Names, Outline
from policyrules.syntax.names_written import LISTED
from policyrules.syntax.naming import check_names
from policyrules.syntax.places import read_places
from policyrules.syntax.variants import opened_by
from policyrules.syntax.words import Word, words

_UNLABELLED = {
    "DEFINE": "BODY",
    "EXCEPTION": "BODY",
    "PARAMETER": "CELLS",
    "STATISTIC": "CELLS",
    "CHECK": "STATEMENT",
    "AMENDS": "CELLS",
}
# Lines that are understood without a word only behind `alternatively`.
_OPENED = {"DEADLINE": "DUE", "NOT_TOGETHER": "WINS"}
_UNREADABLE = {"ALTERNATIVELY", "READING", "CITES"}
_SELF_OPENED = {"FROM", "IN", "NOT_STATED", "CITES"}
_TABLES = {"PARAMETER", "STATISTIC", "AMENDS"}
IN_FORCE = re.compile(r"起(?:施行|执行)(?:[ \t　。.]*$|[，,])")
# Reading a mistake takes longer than reading a rule, since it is to be explained.
_MOST_UNREAD = 20_000
# Rules of the grammar that take a line of which its author has to say more.
_UNCLEAR = {"unclear": "PR350", "by_date_unmarked": "PR402"}


def scan(source: Source) -> Layout:
    """The first look at a file: its lines and blocks.

    Raises `CompileError` where it holds characters or lines with which nothing more is done.
    """
    report = Report()
    check_characters(source, report)
    report.stop_if_errors()
    layout = lay_out(source)
    check_lines(layout, report)
    report.stop_if_errors()
    return layout


def parse(scanned: Outline, visible: Names, report: Report) -> ast.Ruleset:
    """The syntax tree of a file; `visible` are its names and those of what it uses.

    Mistakes go into `report`; what could not be read is left out of the tree.
    """
    start = Span(scanned.layout.source, 0, 0)
    unread = _Unread()
    header: ast.Ruleset | None = None
    declarations: list[ast.AnyDeclaration] = []
    try:
        _strays(scanned, report, unread)
        check_look_alikes(scanned, visible, report)
        for heading in scanned.layout.headings:
            _heading(heading, Context(visible, "", report))
        for block in scanned.layout.blocks:
            context = Context(visible, block.opener.type, report)
            node = _Reading(scanned.declared, context, unread).block(block)
            if not isinstance(node, ast.Ruleset):
                declarations += [node] if node else []
            elif header is not None:
                report.add("PR104", node.span)
            else:
                header = node
    except _TooMuch as stop:
        report.add("PR143", stop.span, most=f"{_MOST_UNREAD:,}")
    if header is None:
        if not any(block.opener.type == "RULESET" for block in scanned.layout.blocks):
            report.add("PR103", start)
        header = ast.Ruleset("", None, None, "yuan", (), (), span=start)
    return evolve(header, declarations=tuple(declarations))


def _strays(scanned: Outline, report: Report, unread: _Unread) -> None:
    """Report the lines that belong to no declaration."""
    openers = [word.spelling for word in words().openers]
    for stray in scanned.layout.strays:
        span, found, hint = misspelt(stray, openers)
        if side_by_side(stray):
            report.add("PR527", stray.span)
        else:
            report.add("PR102", span, hint=stray_clause(stray) or hint, found=found)
        unread.add(stray)


def _heading(line: Line, context: Context) -> tuple[ast.Citation, ...]:
    """The citations of a heading in brackets; nothing else may stand in its line."""
    text, sources = line.source.text, context.names.sources
    match = HEADING.fullmatch(text, line.start, line.end)
    if match:
        found = read_places(text, match.start(1), match.end(1), sources)
        if found and not text[found[-1].end : match.end(1)].strip():
            cites = [cited(place, line.source) for place in found]
            return tuple(citation for citation in cites if _known_document(citation, context))
    context.report.add("PR107", line.span)
    return ()


def _known_document(citation: ast.Citation, context: Context) -> bool:
    documents = context.names.documents
    if citation.source in documents.values():
        return True
    hint = near(citation.source, documents)
    context.report.add("PR205", citation.span, hint=hint, name=citation.source)
    return False


class _TooMuch(Exception):
    """So much cannot be read that what follows `span` is left unread."""

    def __init__(self, span: Span) -> None:
        self.span = span
        super().__init__()


@define
class _Unread:
    """How many characters the lines of a file have in which there was a mistake."""

    characters: int = 0

    def add(self, line: Line) -> None:
        """Count a line; raises `_TooMuch` where there are too many."""
        self.characters += sum(stop - start for start, stop in line.pieces)
        if self.characters > _MOST_UNREAD:
            raise _TooMuch(line.span)


@frozen
class _Reading:
    """Reads the lines of one block."""

    declared: Mapping[int, Declared]
    context: Context
    unread: _Unread = field(factory=_Unread)

    def block(self, block: Block) -> ast.Ruleset | ast.AnyDeclaration | None:
        """The declaration that a block makes; None where its header cannot be read."""
        clauses: list[Any] = []
        header = block.header
        for line in block.clauses:
            opener = self.opener(line)
            if opener is None and block.opener.type in LISTED:
                header = Line(header.source, (*header.pieces, *line.pieces))
                continue
            node = self.line(line, opener)
            clauses += node if isinstance(node, tuple) else [node] if node is not None else []
        opened = (block.opener.type, block.opener.payload, block.opened)
        report = self.context.report
        before = len(report.diagnostics)
        check_names(header, self.declared, self.context)
        if missing_colon(block, self.context.names, report) or len(report.diagnostics) > before:
            self.unread.add(header)
            return None
        made = self.line(header, opened)
        if made is None:
            return None
        heading = _heading(block.heading, self.context) if block.heading else ()
        declaration: ast.Ruleset | ast.AnyDeclaration = with_alternatives(
            made, clauses, lambda made, lines: assemble(made, lines, heading, report), report
        )
        return declaration

    def opener(self, line: Line) -> tuple[str, str, int] | None:
        """The token that opens a clause: its word, or the one understood where none is written."""
        text, block = line.source.text, self.context.block
        if block == "EXAMPLE" and BAR.search(text, line.start, line.end):
            return self.row_of_example(line)
        # Where a line needs no word, one that begins with a declared name (自付费用) has none.
        names = self.context.names.table.match(text, line.start, line.end)
        named = names[0][0] if names and block in _UNLABELLED else line.start
        for table in (words().clauses.get(block), words().inside):
            for end, word in table.match(text, line.start, line.end) if table else ():
                opens = table is not words().inside or self.opens(word, line)
                if word.type == "OTHERWISE" and BAR.match(text[end : line.end].lstrip()):
                    return "ROW", "", line.start
                if end > named and opens:
                    return word.type, word.payload, end
        by = opened_by(line, block)
        if by is not None:
            return by
        bracket = bracket_start(line, block)
        if bracket is not None:
            return "BRACKET", "", bracket
        if misplaced(line, block, self.context.names, self.context.report):
            return None
        if _UNLABELLED.get(block) == "CELLS" and BAR.search(text, line.start, line.end):
            return "ROW", "", line.start
        if block in _UNLABELLED:
            return _UNLABELLED[block], "", line.start
        if block not in LISTED:
            spellings = {word.spelling for word in words().order if block in word.blocks}
            span, found, hint = misspelt(line, spellings)
            hint = clause_meant(line, block) or hint
            self.context.report.add("PR105", span, hint=hint, found=found)
        return None

    def row_of_example(self, line: Line) -> tuple[str, str, int]:
        """The token that opens a row in an example: that of the totals, or the one understood."""
        for end, word in words().clauses["EXAMPLE"].match(line.source.text, line.start, line.end):
            if word.at == "row" and BAR.match(line.source.text[end : line.end].lstrip()):
                return word.type, word.payload, end
        return "EXAMPLE_ROW", "", line.start

    def opens(self, word: Word, line: Line) -> bool:
        """Whether a word that else stands inside a line opens this one.

        自…起施行 dates a rule; any other 自 in a rule begins a figure (自…起的整年数).
        """
        if word.type != "FROM" or self.context.block in _TABLES:
            return word.type in _SELF_OPENED
        return bool(IN_FORCE.search(line.source.text, line.start, line.end))

    def alternative(self, line: Line, start: int) -> Otherwise | None:
        """The reading not chosen of a line above: a full line behind `alternatively`."""
        text, rest = parted(line, start)
        block = self.context.block
        if rest is None:
            self.context.report.add("PR563", line.span)
            return None
        if block in _OPENED:
            node = self.line(rest, (_OPENED[block], "", rest.start))
            return None if node is None else Otherwise(text, (node,), rest.span, line.span)
        lines = split(rest, block)
        openers = [self.opener(each) for each in lines]
        if any(opener and opener[0] in _UNREADABLE for opener in openers):
            self.context.report.add("PR563", line.span)
            return None
        nodes = [self.line(*each) for each in zip(lines, openers, strict=True)]
        if any(node is None for node in nodes):
            return None
        return Otherwise(text, tuple(nodes), rest.span, line.span)

    def line(self, line: Line, opener: tuple[str, str, int] | None) -> Any:
        """The node of one line, or None with its mistakes reported."""
        if opener is None:
            self.unread.add(line)
            return None
        if opener[0] == "ALTERNATIVELY":
            return self.alternative(line, opener[2])
        report = self.context.report
        before = len(report.diagnostics)
        node = self.tree(line, opener)
        if len(report.diagnostics) > before:
            self.unread.add(line)
        return node

    def tree(self, line: Line, opener: tuple[str, str, int]) -> Any:
        """The node of one line from its tokens."""
        report = self.context.report
        before = len(report.diagnostics)
        reader = tokenize(line, self.context, opener, self.declared)
        refused = len(report.diagnostics) > before
        try:
            tree = parse_tree(reader.tokens)
        except UnexpectedToken as error:
            explain(reader, None if refused else error)
            return None
        explain(reader, None)
        loose_and(reader)
        for unclear in tree.find_pred(lambda part: part.data in _UNCLEAR):
            report.add(_UNCLEAR[unclear.data], place(unclear, line.source))
        if deeper_than(tree, DEEPEST):
            report.add("PR116", line.span, most=str(DEEPEST))
            return None
        return build(tree, line.source)
