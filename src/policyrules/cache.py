"""Compiled programs, kept between runs: an entry is used only where compiling would give the same.

The name of an entry says what was asked for and by which compiler; the entry says which rule files
were looked for, and what was in them. Whatever differs, or is odd, makes it worthless: the rules
are then compiled, as they are where nothing can be kept. An entry is JSON and can only become a
program.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from time import time_ns
from typing import NoReturn

from attrs import frozen

from policyrules.data import grammar_folder, package_folder, rulesets_folder
from policyrules.diagnostics import CompileError
from policyrules.files import Files
from policyrules.ir.nodes import Program
from policyrules.ir.serial import from_rows, to_rows
from policyrules.source import Source
from policyrules.types.units import YUAN

VARIABLE = "POLICYRULES_CACHE"
SUFFIX = ".json"
MOST_ENTRIES = 256
MOST_BYTES = 64_000_000  # of all entries; one may have an eighth of it
LARGEST = MOST_BYTES // 8
_SETTLED = 1_000_000_000  # ns: how far the clocks of files and of the interpreter may be apart
_LIBRARIES = ("lark", "pint")
_CHECKSUM = 64  # characters
_ELSEWHERE = frozenset({"__pycache__", "rulesets"})
_UNFINISHED = ".part"
_OURS = re.compile(rf"[0-9a-f]{{64}}({re.escape(SUFFIX)}|\.\w{{8}}{re.escape(_UNFINISHED)})")
_ABANDONED = 3_600_000_000_000  # ns: nobody writes an entry for an hour


@frozen
class Entry:
    """The place of one kept program; it need not be there."""

    folder: Path
    key: str

    @property
    def path(self) -> Path:
        """The file of the entry."""
        return self.folder / f"{self.key}{SUFFIX}"


def entry_of(path: Path, readings: Mapping[str, int], imported: int) -> Entry | None:
    """Where a ruleset by these readings is kept; None where nothing can be.

    `imported` is when the code at work was imported, in nanoseconds: what it compiles is not kept
    if the code was edited since.
    """
    try:
        folder = cache_folder()
        code = _code(imported)
        if folder is None or code is None:
            return None
        asked = [str(path), "" if path.is_absolute() else str(Path.cwd()), str(rulesets_folder())]
        chosen = sorted(map(repr, readings.items()))
    except (OSError, RuntimeError):  # the latter where the home of `~` is not known
        return None
    return Entry(folder, _hash(repr((code, asked, chosen))))


def cache_folder() -> Path | None:
    """The folder named by `POLICYRULES_CACHE`, else the user's own; None where there is none."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named).expanduser().absolute() if named else None
    from platformdirs import user_cache_path  # noqa: PLC0415 (not needed where it is named)

    folder = user_cache_path("policyrules", appauthor=False)
    return folder if folder.is_absolute() else None


def recall(entry: Entry) -> Program | None:
    """The program of an entry, if compiling would give the same."""
    try:
        # Only a regular file is opened: a pipe could let the reader wait for ever.
        if not _trusted(entry.folder) or not entry.path.is_file():
            return None
        with entry.path.open("rb") as file:
            data = file.read(LARGEST + 1)
        return _program(_checked(data), entry.key)
    except (OSError, ValueError, RecursionError, CompileError):
        return None


def remember(entry: Entry, program: Program, files: Files) -> None:
    """Keep a program that was made from these files, if that can be done."""
    try:
        data = _written(program, files, entry.key)
        if len(data) > LARGEST:
            return
        entry.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _trusted(entry.folder):
            _replace(entry, data)
            _tidy(entry.folder)
    except (OSError, ValueError):
        return


def _code(imported: int) -> str | None:
    """What compiles: interpreter, parser, units, the package and its grammar.

    None if one of these files was touched after they were imported.
    """
    files = [spec.origin for spec in map(find_spec, _LIBRARIES) if spec and spec.origin]
    files += [*_below(package_folder()), *_below(grammar_folder())]
    stands = [sys.version]
    for name in sorted(set(files)):
        state = Path(name).stat()
        if max(state.st_mtime_ns, state.st_ctime_ns) > imported - _SETTLED:
            return None
        stands.append(f"{name} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}")
    return _hash("\n".join(stands))


def _below(folder: Path) -> Iterator[str]:
    """The files of a folder that decide what is compiled; rule files are compared by content."""
    for place, folders, files in os.walk(folder, onerror=_raised):
        folders[:] = [name for name in folders if name not in _ELSEWHERE]
        yield from (f"{place}{os.sep}{name}" for name in files)


def _raised(error: OSError) -> NoReturn:
    raise error


def _written(program: Program, files: Files, key: str) -> bytes:
    """The bytes of an entry: a checksum, then the data."""
    sources = {name: source for name, source in files.looked_for.items() if source is not None}
    data = {
        "key": key,
        "currency": _currency(program.currency),
        "files": [[name, _state(source)] for name, source in files.looked_for.items()],
        "folders": [[name, *below] for name, below in files.listed.items()],
        "inside": [[name, folder] for name, folder in files.inside],
        "program": to_rows(program, [*sources]),
    }
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    content = text.encode("utf-8", "surrogatepass")
    return sha256(content).hexdigest().encode() + content


def _checked(data: bytes) -> dict[str, object]:
    """The data of an entry whose checksum is right; ValueError for anything else."""
    checksum, content = data[:_CHECKSUM], data[_CHECKSUM:]
    if sha256(content).hexdigest().encode() != checksum:
        raise ValueError("another content")
    text = content.decode("utf-8", "surrogatepass")
    found = json.loads(text, parse_float=_refused, parse_constant=_refused)
    if not isinstance(found, dict):
        raise ValueError("no entry")  # noqa: TRY004 (one error for all that is odd)
    return found


def _refused(text: str) -> NoReturn:
    raise ValueError(text)


def _program(data: dict[str, object], key: str) -> Program:
    """The program of an entry, if every file is still as it was; else ValueError."""
    match data:
        case {
            "key": found,
            "currency": [str(line), *_] as currency,
            "files": [*looked_for],
            "folders": [*listed],
            "inside": [*inside],
            "program": rows,
        } if found == key:
            sources = _unchanged(looked_for, listed, inside)
            # A currency is known once its line was read; how its units are spelled depends on what
            # this process knew before.
            if _currency(_declared(line)) != currency:
                raise ValueError("another currency of that name")
            return from_rows(rows, sources)
    raise ValueError("no entry")


def _unchanged(
    looked_for: list[object], listed: list[object], inside: list[object]
) -> list[Source]:
    """The rule files as they are now, if they are what they were; else ValueError."""
    files, sources = Files(), []
    for entry in listed:
        match entry:
            case [str(folder), *below]:
                if [str(file) for file in files.below(Path(folder))] == below:
                    continue
        raise ValueError("other files in a folder")
    for entry in inside:
        match entry:
            # Of a program that was compiled, every ruleset used was inside.
            case [str(name), str(folder)] if files.is_inside(Path(name), Path(folder)):
                continue
        raise ValueError("a link that leads out of a folder")
    for entry in looked_for:
        match entry:
            case [str(name), state]:
                source = files.find(Path(name))
                if _state(source) == state:
                    sources += [source] if source is not None else []
                    continue
        raise ValueError("another file")
    return sources


def _declared(line: str) -> str:
    """The currency of a line, which is known from then on."""
    if line == YUAN:
        return YUAN
    from policyrules.types.currencies import read_currency  # noqa: PLC0415 (see `_currency`)

    return read_currency(line) or YUAN


def _currency(name: str) -> list[object]:
    """The line of a currency, and how its units are spelled."""
    if name == YUAN:
        return [YUAN]
    # Few rule files declare a currency of their own.
    from policyrules.types.currencies import line_of, spellings_of  # noqa: PLC0415 (see above)

    return [line_of(name), *(list(pair) for pair in spellings_of(name))]


def _state(source: Source | None) -> str | None:
    return None if source is None else _hash(source.text)


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _trusted(folder: Path) -> bool:
    """Whether nobody else can write into a folder; on Windows, its place says so."""
    if os.name != "posix":
        return True
    state = folder.stat()
    return state.st_uid == os.getuid() and not state.st_mode & 0o022


def _replace(entry: Entry, data: bytes) -> None:
    """Write an entry at once: others see the old one or the new one."""
    from tempfile import NamedTemporaryFile  # noqa: PLC0415 (not needed to read)

    prefix, folder = f"{entry.key}.", entry.folder
    with NamedTemporaryFile(dir=folder, prefix=prefix, suffix=_UNFINISHED, delete=False) as file:
        try:
            file.write(data)
            file.close()
            Path(file.name).replace(entry.path)
        except OSError:
            with suppress(OSError):
                Path(file.name).unlink()
            raise


def _tidy(folder: Path) -> None:
    """Remove the oldest entries beyond the measure, and what a broken run has left unfinished.

    What bears another name is not ours: the folder may hold files of the user's own.
    """
    entries, begun = [], time_ns() - _ABANDONED
    for file in os.scandir(folder):
        if not _OURS.fullmatch(file.name):
            continue
        with suppress(OSError):  # another process tidies too
            state = file.stat(follow_symlinks=False)
            if file.name.endswith(_UNFINISHED) and state.st_mtime_ns < begun:
                Path(file.path).unlink()
            else:
                entries.append((state.st_mtime_ns, state.st_size, file.path))
    number = size = 0
    for _, bytes_of, path in sorted(entries, reverse=True):
        number, size = number + 1, size + bytes_of
        if number > MOST_ENTRIES or size > MOST_BYTES:
            with suppress(OSError):
                Path(path).unlink()
