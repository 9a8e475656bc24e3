"""Rulesets for pages: found by id or path, compiled once in a process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from attrs import define, field, frozen

from policyrules.checks import Readings
from policyrules.compiler import Compiled
from policyrules.files import Files
from policyrules.ir.nodes import Definition, Document, Input, Parameter, Program
from policyrules.library import locate
from policyrules.loading import compile_named
from policyrules.ruleset import Ruleset
from policyrules.source import Source, Span, Text
from policyrules.syntax import ast
from policyrules.syntax.parse import scan

Thing = Definition | Parameter | Input | Document


@frozen(slots=False)
class Shelved:
    """A compiled ruleset, with the files that it was made from."""

    compiled: Compiled
    files: tuple[str, ...]

    @property
    def program(self) -> Program:
        """What is computed."""
        return self.compiled.program

    @property
    def source(self) -> Source:
        """The text of the main file."""
        return self.compiled.symbols.tree.span.source

    @cached_property
    def rules(self) -> Ruleset:
        """The ruleset ready for use."""
        return Ruleset(self.program)

    @cached_property
    def readings(self) -> Readings:
        """What examples are run with."""
        return Readings(self.compiled)

    @cached_property
    def examples(self) -> tuple[ast.Example, ...]:
        """The examples of the author."""
        return tuple(
            node
            for node in self.compiled.symbols.tree.declarations
            if isinstance(node, ast.Example)
        )

    def things(self, objtype: str) -> Iterator[Thing]:
        """What the ruleset declares of one type of object."""
        program = self.program
        match objtype:
            case "parameter":
                yield from program.parameters
            case "input":
                yield from program.inputs
            case "source":
                yield from program.documents
            case what:
                yield from (item for item in program.definitions if item.what == what)

    def written(self, name: str) -> str:
        """The text of a declaration as its author wrote it; empty if it is not in the main file."""
        for node in self.compiled.symbols.tree.declarations:
            named = getattr(node, "name", None)
            if isinstance(named, ast.Name) and name in (named.en, named.zh):
                return block(node.span)
        return ""


def block(span: Span) -> str:
    """The block that a place stands in the opening line of."""
    text = span.source.text
    for block in scan(span.source).blocks:
        if block.header.start <= span.start <= block.header.end:
            end = max((line.end for line in block.clauses), default=block.header.end)
            return text[block.header.start : end].rstrip()
    return ""


@define
class Shelf:
    """The rulesets that pages of a process have asked for; one whose files changed is made anew."""

    made: dict[Path, tuple[Shelved, tuple[int, ...]]] = field(factory=dict)

    def take(self, name: str | Path) -> Shelved:
        """A ruleset by path or by the id of a bundled one; `CompileError` with its mistakes."""
        path = locate(name)
        kept = self.made.get(path)
        if kept is None or kept[1] != _changed(kept[0].files):
            files = Files()
            compiled = compile_named(path, None, files)
            used = tuple(found for found, source in files.looked_for.items() if source is not None)
            kept = self.made[path] = Shelved(compiled, used), _changed(used)
        return kept[0]


def _changed(files: tuple[str, ...]) -> tuple[int, ...]:
    """When files were last changed; 0 for one that is gone."""
    paths = map(Path, files)
    return tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in paths)


def names(label: Text) -> tuple[str, ...]:
    """The names in both languages, without those that are missing."""
    return tuple(name for name in (label.en, label.zh) if name)
