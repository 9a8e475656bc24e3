"""What is read from the disk: rule files, as they are when they are first looked for."""

from __future__ import annotations

import os
from pathlib import Path

from attrs import field, frozen

from policyrules.diagnostics import CompileError, Report
from policyrules.source import MOST_CHARACTERS, Source, Text

SUFFIX = ".rules"
_MOST_BYTES = 4 * MOST_CHARACTERS  # which is what the longest characters of UTF-8 take
_NO_TEXT = Text("it is not UTF-8 text", "不是UTF-8文本")
_NO_FILE = Text("it is not there or not readable", "文件不存在或者无法读取")


def problem(code: str, place: str, **facts: str | Text) -> CompileError:
    """An error outside the text of a rule file."""
    report = Report()
    report.add(code, place, facts=facts)
    return CompileError(report.errors())


def read_source(path: Path) -> Source:
    """The text of a rule file; `CompileError` where it cannot be read as UTF-8, or is too long.

    Only a regular file is opened: a pipe could let the reader wait for ever.
    """
    try:
        if not path.is_file():
            raise problem("PR213", str(path), name=str(path), reason=_NO_FILE)
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise problem("PR141", str(path), most=f"{MOST_CHARACTERS:,}")
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise problem("PR213", str(path), name=str(path), reason=_reason(error)) from None
    return Source(str(path), text.replace("\r\n", "\n"))


def _reason(error: OSError | UnicodeDecodeError) -> Text:
    return _NO_TEXT if isinstance(error, UnicodeDecodeError) else _NO_FILE


@frozen
class Files:
    """The rule files of one compilation, each as it was when it was first looked for.

    An edit in between changes nothing any more, so that `looked_for`, `listed` and `inside` tell
    exactly what a program was made from: each path with its text, None where there is no file, each
    folder with the rule files below it, and which paths lie in which folder.
    """

    looked_for: dict[str, Source | None] = field(factory=dict)
    listed: dict[str, tuple[str, ...]] = field(factory=dict)
    inside: dict[tuple[str, str], bool] = field(factory=dict)

    def find(self, path: Path) -> Source | None:
        """A rule file, or None where there is none; `CompileError` where it cannot be read."""
        name = str(path)
        if name not in self.looked_for:
            self.looked_for[name] = read_source(path) if path.is_file() else None
        return self.looked_for[name]

    def is_inside(self, file: Path, folder: Path) -> bool:
        """Whether a file lies in a folder even if links are followed; it need not be there."""
        pair = str(file), str(folder)
        if pair not in self.inside:
            file, folder = (Path(os.path.realpath(name)) for name in pair)
            self.inside[pair] = file.is_relative_to(folder)
        return self.inside[pair]

    def read(self, path: Path) -> Source:
        """A rule file that is there."""
        return self.find(path) or read_source(path)

    def below(self, folder: Path) -> list[Path]:
        """The rule files of a folder and of the folders in it, in the order of their names."""
        name = str(folder)
        if name not in self.listed:
            files = sorted(file for file in folder.rglob(f"*{SUFFIX}") if file.is_file())
            self.listed[name] = tuple(map(str, files))
        return [Path(file) for file in self.listed[name]]
