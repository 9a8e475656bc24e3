"""The file of a case for the command: read as far as a case may be long, whatever it is."""

from __future__ import annotations

import os
import sys
from select import select
from stat import S_ISFIFO

from attrs import evolve

from policyrules.case_json import MOST_BYTES
from policyrules.case_values import read_date
from policyrules.cli_text import NO_DATA
from policyrules.diagnostics import Diagnostic, InputError, Report
from policyrules.source import Text
from policyrules.wording_files import reason

# Without this, to open a pipe that nobody writes would be to wait for ever.
_AT_ONCE: int = getattr(os, "O_NONBLOCK", 0)
PATIENCE = 5  # seconds


def read_case_file(name: str) -> bytes:
    """The bytes of a case, or just too many; `-` is the standard input.

    A device that never ends is read no further than that. A pipe is read to its end, however slowly
    it is written; one that nobody opens to write within `PATIENCE` is empty. Raises `InputError`
    for what cannot be opened or read, and for an empty pipe.
    """
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1) if sys.stdin else b""
    try:
        with open(name, "rb", opener=_opened) as file:
            found = file.read(MOST_BYTES + 1)
            if found or not S_ISFIFO(os.fstat(file.fileno()).st_mode):
                return found
            why = NO_DATA
    except OSError as error:
        why = reason(error)
    except ValueError:  # No file can have such a name.
        why = reason(FileNotFoundError())
    raise InputError([Diagnostic("PR630", name, {"reason": why})])


def no_day(typed: str | None) -> bool:
    """Whether an argument that was typed is no day that a case may be of."""
    return typed is not None and read_date(typed, "", Report()) is None


def with_option(found: Diagnostic) -> Diagnostic:
    """A problem as the command line tells it: of several members one is picked by `--of`."""
    if found.code != "PR632":
        return found
    known = found.facts["known"]
    assert isinstance(known, Text)
    hint = Text(
        f"add `--of` with one of the paths {known.of('en')}",
        f"请加上 --of 和其中一个路径：{known.of('zh')}",
    )
    return evolve(found, hint=hint)


def _opened(name: str, flags: int) -> int:
    opened = os.open(name, flags | _AT_ONCE)
    if _AT_ONCE:
        select([opened], [], [], PATIENCE)
        os.set_blocking(opened, True)  # whoever writes a pipe now is waited for
    return opened
