"""What is read from the disk: rule files, as they are when they are first looked for."""

from __future__ import annotations

from pathlib import Path

from attrs import field, frozen

from policyrules.diagnostics import CompileError, Report
from policyrules.source import Source, Text

SUFFIX = ".rules"


def problem(code: str, place: str, **facts: str | Text) -> CompileError:
    """An error outside the text of a rule file."""
    report = Report()
    report.add(code, place, facts=facts)
    return CompileError(report.errors())


def read_source(path: Path) -> Source:
    """The text of a rule file; `CompileError` where it cannot be read as UTF-8."""
    try:
        return Source(str(path), path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise problem("PR213", str(path), name=str(path), reason=_reason(error)) from None


def _reason(error: OSError | UnicodeDecodeError) -> Text:
    if isinstance(error, UnicodeDecodeError):
        return Text("it is not UTF-8 text", "不是UTF-8文本")
    return Text("it is not there or not readable", "文件不存在或者无法读取")


@frozen
class Files:
    """The rule files of one compilation, each as it was when it was first looked for.

    An edit in between changes nothing any more, so that `looked_for` and `listed` tell exactly
    what a program was made from: each path with its text, None where there is no file, and each
    folder with the rule files below it.
    """

    looked_for: dict[str, Source | None] = field(factory=dict)
    listed: dict[str, tuple[str, ...]] = field(factory=dict)

    def find(self, path: Path) -> Source | None:
        """A rule file, or None where there is none; `CompileError` where it cannot be read."""
        name = str(path)
        if name not in self.looked_for:
            self.looked_for[name] = read_source(path) if path.is_file() else None
        return self.looked_for[name]

    def read(self, path: Path) -> Source:
        """A rule file that is there."""
        return self.find(path) or read_source(path)

    def below(self, folder: Path) -> list[Path]:
        """The rule files of a folder and of the folders in it, in the order of their names."""
        name = str(folder)
        if name not in self.listed:
            self.listed[name] = tuple(str(file) for file in sorted(folder.rglob(f"*{SUFFIX}")))
        return [Path(file) for file in self.listed[name]]
