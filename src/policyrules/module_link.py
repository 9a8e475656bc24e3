"""One file out of many: a module with all that it reads from this package, and nothing else of it.

The statements that are read, in whatever file they stand, are put one below the other as they are
written there. Imports between them go; a name that stands for different things in two files gets
that of its file before it. What would need another package is replaced by what is `supplied`. So a
written module means what the package means, for it is the same text.
"""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from io import StringIO

from attrs import define, evolve, field, frozen

from policyrules.data import package_folder
from policyrules.module_names import PACKAGE, Reading, readings

_NOQA = re.compile(r" +# noqa: .*$", re.MULTILINE)
Place = tuple[str, str]  # a file as it is imported, and a name of it
Imports = Mapping[str, Place | str]  # of another package as a line of Python


@frozen(eq=False)
class Statement:
    """A statement at the top of a file: its text with the remarks above it, and what it names.

    `reads` tells where it names what is not its own, `cuts` which lines import from this package.
    """

    file: str
    number: tuple[int, int]
    lines: tuple[str, ...]
    names: tuple[str, ...]
    reads: tuple[Reading, ...]
    imports: Imports
    cuts: tuple[tuple[int, int], ...]


@define
class File:
    """A file: its statements by the names that they make, and what it imports.

    The `eager` names are there before its own statements run.
    """

    name: str
    summary: str = ""
    statements: dict[str, Statement] = field(factory=dict)
    imports: dict[str, Place | str] = field(factory=dict)
    eager: frozenset[str] = frozenset()


@frozen
class Linked:
    """A module that stands alone: its text, the statements in it, and how they are called there."""

    text: str
    statements: tuple[Statement, ...]
    names: Mapping[Place, str]


def read_file(name: str, text: str, known: Imports | None = None) -> File:
    """The statements of a file; `known` are imports that it may use beside its own."""
    tree = ast.parse(text)
    imports = _imports(tree.body)
    found = File(name, (ast.get_docstring(tree) or "").partition("\n")[0])
    found.eager = frozenset(imports)
    for node in tree.body:
        if isinstance(node, ast.If):  # what only types need
            imports = {**_imports(node.body), **imports}
    found.imports = {**(known or {}), **imports}
    lines = StringIO(text).readlines()  # which end where Python says that they do
    for number, node in enumerate(tree.body):
        names = tuple(_named(node))
        if names:
            statement = _statement(found, (number, 0), node, names, lines)
            found.statements |= dict.fromkeys(names, statement)
    return found


@cache
def _file_of_package(name: str) -> File:
    path = package_folder().joinpath(*name.split(".")[1:])
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return read_file(name, _NOQA.sub("", path.read_text("utf-8")))


@cache
def _is_file(name: str) -> bool:
    path = package_folder().joinpath(*name.split(".")[1:])
    return path.is_dir() or path.with_suffix(".py").is_file()


def _named(node: ast.stmt) -> Iterator[str]:
    """The names that a statement makes."""
    match node:
        case ast.FunctionDef(name) | ast.ClassDef(name):
            yield name
        case ast.Assign(targets):
            for part in (part for target in targets for part in ast.walk(target)):
                if isinstance(part, ast.Name):
                    yield part.id
        case ast.AnnAssign(ast.Name(name)):
            yield name


def _imports(body: Iterable[ast.AST]) -> dict[str, Place | str]:
    """What imports make known."""
    found: dict[str, Place | str] = {}
    for node in body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.asname or alias.name] = ast.unparse(ast.Import([alias]))
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            module = node.module or ""
            own = module.partition(".")[0] == PACKAGE
            for alias in node.names:
                line = ast.unparse(ast.ImportFrom(module, [alias], 0))
                found[alias.asname or alias.name] = (module, alias.name) if own else line
    return found


def _statement(
    file: File, number: tuple[int, int], node: ast.stmt, names: tuple[str, ...], lines: list[str]
) -> Statement:
    decorators = getattr(node, "decorator_list", ())
    first = min([node.lineno, *(each.lineno for each in decorators)]) - 1
    last = node.end_lineno or node.lineno
    while first and lines[first - 1].startswith("#"):
        first -= 1
    inner = [
        each
        for each in ast.walk(node)
        if isinstance(each, ast.ImportFrom) and (each.module or "").partition(".")[0] == PACKAGE
    ]
    return Statement(
        file=file.name,
        number=number,
        lines=tuple(lines[first:last]),
        names=names,
        reads=tuple(readings(node, first)),
        imports={**file.imports, **_imports(inner)},
        cuts=tuple(
            (each.lineno - 1 - first, (each.end_lineno or each.lineno) - first) for each in inner
        ),
    )


class Linker:
    """Finds what a module reads; `supplied` gives names of files another text."""

    def __init__(self, supplied: Mapping[Place, str]) -> None:
        self._supplied = supplied
        self._files: dict[str, File] = {}
        self._found: dict[tuple[str, tuple[int, int]], Statement] = {}
        self._below: dict[str, set[str]] = {}
        self._lines: set[str] = set()

    def link(self, name: str, text: str, prelude: str) -> Linked:
        """The module `name` of a text behind all that it reads; `prelude` goes before."""
        own = self._files[name] = read_file(name, text)
        for file in (read_file("", prelude), own):
            self._lines |= {line for line in file.imports.values() if isinstance(line, str)}
        passed_on = [place for place in own.imports.values() if isinstance(place, tuple)]
        pending = [*dict.fromkeys(own.statements.values())]
        pending += [self._file(file).statements[known] for file, known in passed_on]
        while pending:
            statement = pending.pop()
            if (statement.file, statement.number) in self._found:
                continue
            self._found[statement.file, statement.number] = statement
            file = self._file(statement.file)
            below = self._below.setdefault(statement.file, set())
            for reading in statement.reads:
                place = self._place(statement, reading)
                if isinstance(place, str):
                    self._lines.add(place)
                elif place is not None:
                    if place[0] != statement.file and reading.name in file.eager:
                        below.add(place[0])
                    pending.append(self._file(place[0]).statements[place[1]])
        return self._written(name, prelude)

    def _file(self, name: str) -> File:
        """A file of the package, with what is supplied in place of its own statements."""
        if name not in self._files:
            found = _file_of_package(name)
            statements, eager = dict(found.statements), found.eager
            for (file, known), text in self._supplied.items():
                if file == name:
                    given = read_file(name, text, found.imports)
                    eager |= given.eager
                    number = statements[known].number
                    for each in dict.fromkeys(given.statements.values()):
                        made = evolve(each, number=(number[0], each.number[0]))
                        statements |= dict.fromkeys(made.names, made)
            self._files[name] = evolve(found, statements=statements, eager=eager)
        return self._files[name]

    def _place(self, statement: Statement, reading: Reading) -> Place | str | None:
        """Where what is read stands: in a file, or in another package; None if it is built in."""
        if reading.name in self._file(statement.file).statements:
            return statement.file, reading.name
        known = statement.imports.get(reading.name)
        if known is None and not hasattr(builtins, reading.name):
            raise LookupError(f"{statement.file}: {reading.name}")
        if not isinstance(known, tuple):
            return known
        if _is_through(statement, reading):
            known = ".".join(known), reading.attribute
        return self._followed(known)

    def _followed(self, place: Place) -> Place | str:
        """The file in which a name is made, through those that only pass it on."""
        module, name = place
        if name in self._file(module).statements:
            return place
        passed = self._file(module).imports[name]
        return self._followed(passed) if isinstance(passed, tuple) else passed

    def _written(self, name: str, prelude: str) -> Linked:
        """All that was found, each file behind those that must be there before it."""
        order = TopologicalSorter({file: sorted(self._below[file]) for file in sorted(self._below)})
        files = [file for file in order.static_order() if file in self._below and file != name]
        found = {file: self._statements(file) for file in [*files, name]}
        statements = tuple(each for file in found.values() for each in file)
        lines = [line for line in sorted(self._lines) if not line.startswith("from attrs ")]
        known = {*_words(lines), *read_file("", prelude).statements}
        passed_on = {
            place for place in self._file(name).imports.values() if isinstance(place, tuple)
        }
        names = self._names(name, passed_on, statements, known)
        sections = [
            f"# --- {file.replace('.', '/')}.py: {self._file(file).summary}\n"
            + _together(self._text(each, names) for each in found[file])
            for file in files
        ]
        own = _together(self._text(each, names) for each in found[name])
        _refuse_others(lines)
        body = ast.parse(prelude).body
        shim = "".join(prelude.splitlines(keepends=True)[body[_first_own(body)].lineno - 1 :])
        text = "\n\n".join([_grouped(lines), _NOQA.sub("", shim), *sections, own])
        return Linked(text, statements, names)

    def _statements(self, file: str) -> list[Statement]:
        found = [each for (of, _), each in self._found.items() if of == file]
        return sorted(found, key=lambda each: each.number)

    def _names(
        self, own: str, passed_on: set[Place], statements: tuple[Statement, ...], known: set[str]
    ) -> dict[Place, str]:
        """What each name is called in the module: with its file before it where two are alike.

        So is what was read through its file, which a variable may be called like.
        """
        places = [(each.file, name) for each in statements for name in each.names]
        often = Counter(name for _, name in places)
        through = {
            place
            for each in statements
            for reading in each.reads
            if _is_through(each, reading) and isinstance(place := self._place(each, reading), tuple)
        }
        words = _words("".join(each.lines) for each in statements)
        names: dict[Place, str] = {}
        for place in places:
            file, name = place
            alike = often[name] > 1 or name in known
            kept = file == own or place in passed_on
            if kept and (name in known or name in names.values()):
                raise LookupError(f"{name} is taken")
            if not kept and (alike or place in through):
                name = f"{file.rpartition('.')[2]}_{name.lstrip('_')}"
                while name in words:
                    name = f"{file.split('.')[-2]}_{name}"
                words.add(name)
            names[place] = name
        return names

    def _text(self, statement: Statement, names: Mapping[Place, str]) -> str:
        """A statement under the names that things have in the module."""
        lines = [line.encode() for line in statement.lines]
        for read in sorted(statement.reads, key=lambda each: (each.line, each.start), reverse=True):
            place = self._place(statement, read)
            if isinstance(place, tuple):
                through = _is_through(statement, read)
                end = read.stop if through else read.end
                line = lines[read.line]
                was = f"{read.name}.{read.attribute}" if through else read.name
                if line[read.start : end] != was.encode():
                    raise LookupError(f"{statement.file}: {was}")
                lines[read.line] = line[: read.start] + names[place].encode() + line[end:]
        for first, last in reversed(statement.cuts):
            del lines[first:last]
        return b"".join(lines).decode()


def _is_through(statement: Statement, reading: Reading) -> bool:
    """Whether a name is read through its file: `operators.less`."""
    known = statement.imports.get(reading.name)
    return isinstance(known, tuple) and _is_file(".".join(known))


def _first_own(body: list[ast.stmt]) -> int:
    """The number of the first statement that is no import."""
    others = (ast.Import, ast.ImportFrom, ast.Expr)
    return next(number for number, node in enumerate(body) if not isinstance(node, others))


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in re.findall(r"\w+", text)}


def _grouped(lines: Iterable[str]) -> str:
    """Imports, a line for each package."""
    names: dict[str, list[str]] = {}
    whole = []
    for line in lines:
        start, _, name = line.partition(" import ")
        if name:
            names.setdefault(start, []).append(name)
        else:
            whole.append(f"{line}\n")
    return "".join(whole + [f"{start} import {', '.join(of)}\n" for start, of in names.items()])


def _refuse_others(lines: Iterable[str]) -> None:
    """What the standard library does not have cannot be carried along."""
    for line in lines:
        module = line.split()[1].partition(".")[0]
        if module not in sys.stdlib_module_names:
            raise LookupError(line)


def _together(texts: Iterable[str]) -> str:
    """Statements one below the other, functions and classes apart."""
    written = ""
    apart = True
    for text in texts:
        first = next(line for line in text.splitlines() if not line.startswith("#"))
        large = first.startswith(("def ", "class ", "@"))
        written += ("\n\n" if large or apart else "") + text
        apart = large
    return written
