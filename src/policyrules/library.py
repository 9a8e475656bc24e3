"""Where rulesets are found: by file, by folder, or by id under a root."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from policyrules.data import rulesets_folder
from policyrules.diagnostics import Report, near, shown
from policyrules.files import SUFFIX, Files, problem
from policyrules.source import MOST_CHARACTERS, Source, Span, Text

_NONE = Text("none", "没有")

if TYPE_CHECKING:
    from policyrules.syntax.layout import Layout
    from policyrules.syntax.names import Names, Outline

_MOST_RULESETS = 100
_LONGEST_ID = _LONGEST_SHOWN = 200
EXAMPLES = "example."  # bundled to be read and tried out; not suggested to authors
_ID = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*")


def locate(name: str | Path, files: Files | None = None) -> Path:
    """The file of a ruleset: a path, a folder with one main ruleset, or the id of a bundled one.

    Raises `CompileError` where there is none, or where a folder has several.
    """
    path = find(name)
    return _main_file(path, files or Files()) if path.is_dir() else path


def find(name: str | Path) -> Path:
    """The file or the folder of a ruleset; `CompileError` where there is none."""
    path = Path(name)
    with suppress(OSError):  # a name may be longer than that of any file
        if (name and path.is_dir()) or path.is_file():
            return path
        if isinstance(name, str) and _ID.fullmatch(name):
            bundled = _under(rulesets_folder(), name)
            if bundled.is_file():
                return bundled
    said = shown(str(name), _LONGEST_SHOWN)
    raise problem("PR212", said, name=said, known=_listed(bundled_ids()))


def bundled_ids() -> list[str]:
    """The ids of the bundled rulesets."""
    root = rulesets_folder()
    files = sorted(root.rglob(f"*{SUFFIX}"))
    return [".".join(file.relative_to(root).with_suffix("").parts) for file in files]


def _listed(names: list[str]) -> Text:
    return Text(", ".join(names), "、".join(names))


def _under(root: Path, name: str) -> Path:
    return root.joinpath(*name.split(".")).with_suffix(SUFFIX)


def _main_file(folder: Path, files: Files) -> Path:
    """The one ruleset of a folder that no other ruleset in it uses."""
    # Files are found without a parser.
    from policyrules.syntax.names import uses  # noqa: PLC0415 (see above)
    from policyrules.syntax.parse import scan  # noqa: PLC0415 (see above)

    for file in files.below(folder):
        if not files.is_inside(file, folder):
            raise problem("PR248", str(file), name=file.stem)
    layouts = {file: scan(files.read(file)) for file in files.below(folder)}
    used = {name for found in layouts.values() for name, _ in uses(found)}
    main = [file for file, found in layouts.items() if ruleset_id(found) not in used]
    if len(main) == 1:
        return main[0]
    listed = _listed([file.name for file in main[:5]]) if main else _NONE
    raise problem("PR214", str(folder), name=str(folder), files=listed)


def ruleset_id(layout: Layout) -> str:
    """The id in the header of a file; empty where it has none."""
    for block in layout.blocks:
        if block.opener.type == "RULESET":
            text = layout.source.text
            found = _ID.search(text, block.opened, block.header.end)
            return found.group() if found else ""
    return ""


class Library:
    """Finds the rulesets that a ruleset uses, below the folder of its file and in the bundle."""

    def __init__(self, folder: Path | None, report: Report, files: Files | None = None) -> None:
        self.files = files or Files()
        self.roots = [*([folder] if folder else []), rulesets_folder()]
        self.report = report
        self.characters = 0

    @cached_property
    def known(self) -> list[str]:
        """The bundled rulesets that an author may mean."""
        return [found for found in bundled_ids() if not found.startswith(EXAMPLES)]

    def gather(self, source: Source) -> Iterator[tuple[Outline, Names]]:
        """A ruleset and all that it uses, those used first, each with the names it may use."""
        from policyrules.syntax.parse import scan  # noqa: PLC0415 (see `_main_file`)

        done: dict[str, Names] = {}
        self._measure(source, Span(source, 0, 0))
        yield from self._gather(scan(source), (), done)

    def _measure(self, source: Source, place: Span) -> None:
        """Raise `CompileError` where a source makes the whole too long."""
        self.characters += len(source.text)
        if self.characters > MOST_CHARACTERS:
            self.report.add("PR141", place, most=f"{MOST_CHARACTERS:,}")
            self.report.stop_if_errors()

    def _gather(
        self, layout: Layout, path: tuple[str, ...], done: dict[str, Names]
    ) -> Iterator[tuple[Outline, Names]]:
        from policyrules.syntax.look_alikes import check_used  # noqa: PLC0415 (see `_main_file`)
        from policyrules.syntax.names import outline, uses  # noqa: PLC0415 (see `_main_file`)
        from policyrules.syntax.parse import scan  # noqa: PLC0415 (see `_main_file`)

        own = ruleset_id(layout)
        if not path and layout.source.name:
            self._root_of(Path(layout.source.name), own)
        others: list[Names] = []
        places: list[Span] = []
        named: set[str] = set()
        for name, span in uses(layout):
            if name in named:
                self.report.add("PR904", span, name=name)
                continue
            named.add(name)
            if name in (*path, own):
                circle = " → ".join((*path, own, name))
                self.report.add("PR217", span, circle=circle)
            elif name not in done:
                if len(done) + len(path) >= _MOST_RULESETS:
                    self.report.add("PR249", span, most=str(_MOST_RULESETS))
                    self.report.stop_if_errors()
                found = self._find(name, span)
                if found:
                    self._measure(found, span)
                used = scan(found) if found else None
                if used and ruleset_id(used) != name:
                    self.report.add("PR219", span, name=name, found=ruleset_id(used))
                elif used:
                    yield from self._gather(used, (*path, own), done)
            if name in done:
                others.append(done[name])
                places.append(span)
        check_used(list(zip(places, others, strict=True)), self.report)
        outlined = outline(layout, others)
        visible = outlined.names.with_others(others)
        done[own] = visible
        yield outlined, visible

    def _root_of(self, file: Path, own: str) -> None:
        """The folder under which a file's path is its id, as another root."""
        parts = tuple(own.split("."))
        if file.with_suffix("").parts[-len(parts) :] == parts:
            self.roots.insert(0, file.parents[len(parts) - 1])

    def _find(self, name: str, span: Span) -> Source | None:
        for root in self.roots if len(name) <= _LONGEST_ID and _ID.fullmatch(name) else ():
            file = _under(root, name)
            if not self.files.is_inside(file, root):
                self.report.add("PR248", span, name=name)
                return None
            found = self.files.find(file)
            if found is not None:
                return found
        self.report.add("PR206", span, hint=near(name, self.known), name=name)
        return None
