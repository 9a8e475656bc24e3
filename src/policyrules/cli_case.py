"""The file of a case for the command: read as far as a case may be long, whatever it is."""

from __future__ import annotations

import os
import sys

from policyrules.case_json import LONGEST_CASE
from policyrules.cli_text import reason
from policyrules.diagnostics import Diagnostic, InputError

# A pipe that nobody writes is empty: without this, opening it would wait for ever.
_AT_ONCE: int = getattr(os, "O_NONBLOCK", 0)


def read_case_file(name: str) -> bytes:
    """The bytes of a case, or just too many; `-` is the standard input.

    A device that never ends is read no further than that. Raises `InputError` for what cannot be
    opened or read.
    """
    if name == "-":
        return sys.stdin.buffer.read(LONGEST_CASE + 1)
    try:
        with open(name, "rb", opener=_opened) as file:
            return file.read(LONGEST_CASE + 1)
    except OSError as error:
        why = reason(error)
    except ValueError:  # No file can have such a name.
        why = reason(FileNotFoundError())
    raise InputError([Diagnostic("PR630", name, {"reason": why})])


def _opened(name: str, flags: int) -> int:
    opened = os.open(name, flags | _AT_ONCE)
    if _AT_ONCE:
        # One that is written is waited for like any other.
        os.set_blocking(opened, True)
    return opened
