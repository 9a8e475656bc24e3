"""Why a file cannot be read or written, in both languages."""

from __future__ import annotations

from errno import ENOSPC

from policyrules.source import Text

FULL = Text("no space is left", "存储空间已满")
OS_REASONS: tuple[tuple[type[OSError], Text], ...] = (
    (FileNotFoundError, Text("there is no such file", "文件不存在")),
    (IsADirectoryError, Text("it is a folder", "这是一个文件夹")),
    (PermissionError, Text("it may not be read", "没有读取权限")),
)
_NOT_WRITTEN: tuple[tuple[type[OSError], Text], ...] = (
    (FileNotFoundError, Text("there is no such folder", "文件夹不存在")),
    (NotADirectoryError, Text("there is no such folder", "文件夹不存在")),
    (IsADirectoryError, Text("it is a folder", "这是一个文件夹")),
    (PermissionError, Text("it may not be written", "没有写入权限")),
)


def reason(error: OSError) -> Text:
    """Why a file cannot be read or written."""
    return _known(error, OS_REASONS)


def reason_not_written(error: OSError) -> Text:
    """Why a new file cannot be written."""
    return _known(error, _NOT_WRITTEN)


def _known(error: OSError, reasons: tuple[tuple[type[OSError], Text], ...]) -> Text:
    if error.errno == ENOSPC:
        return FULL
    known = next((text for kind, text in reasons if isinstance(error, kind)), None)
    return known or Text(error.strerror or type(error).__name__, None)
