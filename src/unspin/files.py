"""Reading and writing files so that nothing is lost.

A file is replaced whole or not at all: the new content is written beside it, flushed to disk, and renamed over it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path


class FileError(OSError):
    """A file that cannot be read or written; the message is for the person who named it."""


def read_bytes(name: str) -> bytes:
    """Return what is in a file, or on standard input for "-"."""
    if name == "-":
        return sys.stdin.buffer.read()
    path = Path(name)
    try:
        if path.is_dir():
            raise FileError(f"{name}: is a directory; name the files in it")
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError(f"{name}: no such file") from None
    except PermissionError:
        raise FileError(f"{name}: not allowed to read it") from None
    except FileError:
        raise
    except (OSError, ValueError) as error:
        raise FileError(f"{name}: {getattr(error, 'strerror', None) or error}") from error


def replace_file(name: str, data: bytes, *, backup: str | None = None) -> None:
    """Put `data` in the place of a file, keeping its mode and, where allowed, its owner.

    A symbolic link stays one: what it points at is replaced.  `backup`: suffix under which the old content is kept.
    Raises `FileError`; then the file is as it was.
    """
    target = Path(os.path.realpath(name))
    try:
        status = target.stat()
        if backup:
            _write_beside(target.with_name(target.name + backup), target.read_bytes(), status)
        _write_beside(target, data, status)
    except OSError as error:
        raise FileError(f"{name}: cannot write: {error.strerror or error}; the file is unchanged") from error


def create_file(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, whole or not at all.  Raises `FileError` if it cannot be written."""
    try:
        _write_beside(path, data, path.parent.stat(), mode=0o644)
    except OSError as error:
        raise FileError(f"{path}: cannot write: {error.strerror or error}") from error


def write_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file or, with the folders it needs, where none was.  Raises `FileError`."""
    if path.exists():
        replace_file(str(path), data)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{path}: cannot write: {error.strerror or error}") from error
    create_file(path, data)


def _write_beside(target: Path, data: bytes, status: os.stat_result, *, mode: int | None = None) -> None:
    import tempfile  # only writing needs it, and a filter reads

    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".unspin")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, status.st_mode & 0o7777 if mode is None else mode)  # noqa: PTH101
        with contextlib.suppress(OSError):
            os.chown(temporary, status.st_uid, status.st_gid)
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
