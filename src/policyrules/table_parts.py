"""The folder beside a result that keeps what is finished, so that a run that was cut off goes on.

`manifest.json` says what the parts were made from; where that has changed they are of no use. What
is in place is whole: everything is written under another name and then renamed.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from attrs import define, field

from policyrules.source import Text
from policyrules.table_files import refused
from policyrules.table_tally import Tally

try:
    import fcntl
except ImportError:  # no such locks on this system
    fcntl = None  # type: ignore[assignment]

_MANIFEST, _LOCK, _TALLY, _UNFINISHED = "manifest.json", "lock", ".tally.json", ".part"
_WHAT = {
    "version": Text("policyrules", "policyrules 的版本"),
    "rules": Text("rules", "规则"),
    "options": Text("options", "选项"),
    "persons": Text("table of persons", "人员表"),
    "households": Text("table of households", "家庭表"),
}


def finished(path: Path, make: Callable[[Path], object]) -> None:
    """Make a file under another name, and give it its own when it is whole."""
    part = path.with_name(path.name + _UNFINISHED)
    make(part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)


@define
class Parts:
    """The folder of one result."""

    folder: Path
    _lock: Any = field(default=None)
    _manifest: dict[str, Any] = field(factory=dict)

    def open(self, made_from: Mapping[str, object], *, fresh: bool) -> None:
        """Take what an earlier run left, or begin.

        Raises `InputError` where that run was of something else, or is still at work, or where the
        folder is none of ours.
        """
        path = self.folder / _MANIFEST
        if self.folder.exists() and not path.is_file() and any(self.folder.iterdir()):
            raise refused("PR674", self.folder)
        self.folder.mkdir(exist_ok=True)
        if not path.is_file():
            self._write({"made_from": made_from})
        self._take_lock()
        self._manifest = json.loads(path.read_text("utf-8"))
        before = self._manifest["made_from"]
        changed = [name for name in made_from if before.get(name) != made_from[name]]
        if fresh or (changed and not any(self.folder.glob("*" + _TALLY))):
            self._clear()
            self._write({"made_from": made_from})
        elif changed:
            words = [_WHAT[name] for name in changed]
            told = Text(
                ", ".join(word.of("en") for word in words),
                "、".join(word.of("zh") for word in words),
            )
            raise refused("PR673", self.folder, changed=told)

    def _take_lock(self) -> None:
        self._lock = (self.folder / _LOCK).open("wb")
        if fcntl is not None:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise refused("PR685", self.folder) from error

    def _clear(self) -> None:
        for path in self.folder.iterdir():
            if path.name not in (_MANIFEST, _LOCK):
                path.unlink()

    def _write(self, manifest: dict[str, Any]) -> None:
        self._manifest = manifest
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        finished(self.folder / _MANIFEST, lambda part: part.write_text(text, "utf-8"))

    @property
    def spread(self) -> dict[str, int]:
        """How many rows of each subject are in blocks; empty while they are not."""
        return dict(self._manifest.get("spread", {}))

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return int(self._manifest["blocks"])

    def note_spread(self, rows: Mapping[str, int], blocks: int) -> None:
        """Note that all rows are in their blocks."""
        self._write({**self._manifest, "spread": dict(rows), "blocks": blocks})

    def begun(self, subject: str, block: int) -> Path:
        """The file of the rows of a block."""
        return self.folder / f"{block:05}.{subject}.rows"

    def done(self, subject: str, block: int) -> Path:
        """The file of the outcomes of a block."""
        return self.folder / f"{block:05}.{subject}.outcomes"

    def wrong(self, block: int) -> Path:
        """The file of what is wrong with the rows of a block."""
        return self.folder / f"{block:05}.wrong"

    def tally(self, block: int) -> Tally | None:
        """What a block comes to; None while it is not finished."""
        path = self._tally(block)
        return Tally.of(json.loads(path.read_text("utf-8"))) if path.is_file() else None

    def note_done(self, block: int, found: Tally) -> None:
        """Note that a block is finished; its rows are of no more use."""
        text = json.dumps(found.kept(), ensure_ascii=False)
        finished(self._tally(block), lambda part: part.write_text(text, "utf-8"))
        for subject in self.spread:
            self.begun(subject, block).unlink(missing_ok=True)

    def _tally(self, block: int) -> Path:
        return self.folder / f"{block:05}{_TALLY}"

    def close(self) -> None:
        """Let others go on with the parts."""
        if self._lock is not None:
            self._lock.close()

    def remove(self) -> None:
        """Remove the parts, now that the result is there."""
        self.close()
        shutil.rmtree(self.folder)
