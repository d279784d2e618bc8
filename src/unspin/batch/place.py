"""Where results go: written aside, then put in place whole, with the mode and times of what was read."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from unspin.batch.plan import Settings

_COUNT = itertools.count()
_CHUNK = 1 << 20


def digest(path: Path) -> bytes:
    """Return the digest of a file, or nothing if there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, _hash).digest()
    except (FileNotFoundError, NotADirectoryError):
        return b""


def digest_of(data: bytes) -> bytes:
    """Return the digest of what a file holds."""
    result: bytes = _hash(data).digest()
    return result


def _hash(data: bytes = b"") -> Any:
    return hashlib.blake2b(data, digest_size=16)


@contextlib.contextmanager
def written(settings: Settings, path: str) -> Iterator[IO[bytes]]:
    """Give a file to write; when the block ends well it stands in the output tree, else nothing has changed.

    The file is written in a folder of its own on the same disk, so that the tree never holds half of one.  Only work in
    place waits for the disk: should the power fail, a mirrored file that was lost no longer fits its digest in the ledger
    and is done again, and waiting for each would cost a seventh of the time.
    """
    target = settings.target / path
    if settings.dry_run:
        with Path(os.devnull).open("wb") as file:
            yield file
        return
    _refuse_way_out(settings.target, target)
    aside = settings.state / "writing"
    aside.mkdir(parents=True, exist_ok=True)
    temporary = aside / f"{os.getpid()}-{next(_COUNT)}"
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            if settings.in_place:
                os.fsync(file.fileno())
        source = settings.source / path
        shutil.copystat(source, temporary, follow_symlinks=False)
        if settings.in_place:
            _back_up(settings, path)
            with contextlib.suppress(OSError):
                status = source.stat()
                os.chown(temporary, status.st_uid, status.st_gid)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def beside(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that is renamed to `path` when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".unspin-{digest_of(os.fsencode(path.name)).hex()[:12]}")
    try:
        with temporary.open("wb") as file:
            yield file
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def copy(settings: Settings, path: str) -> None:
    """Put a file that needs no change in the output tree."""
    if not settings.in_place:
        with (settings.source / path).open("rb") as read, written(settings, path) as file:
            shutil.copyfileobj(read, file, _CHUNK)


def clear(settings: Settings) -> None:
    """Remove what a run that was killed was writing."""
    shutil.rmtree(settings.state / "writing", ignore_errors=True)


def _refuse_way_out(root: Path, target: Path) -> None:
    """Raise if a symbolic link in the output tree would lead the file out of it."""
    real = os.path.realpath(target.parent)
    if os.path.commonpath([os.path.realpath(root), real]) != os.path.realpath(root):
        raise OSError(f"{target.parent} leads out of the output folder")


def _back_up(settings: Settings, path: str) -> None:
    """Keep the old content under .unspin/backup; a name that is taken by other content gets a number."""
    source = settings.source / path
    for number in itertools.count():
        backup = settings.state / "backup" / (f"{path}.{number}" if number else path)
        if not backup.exists():
            backup.parent.mkdir(parents=True, exist_ok=True)
            temporary = settings.state / "writing" / f"{os.getpid()}-{next(_COUNT)}"
            shutil.copy2(source, temporary)
            with temporary.open("rb") as copied:
                os.fsync(copied.fileno())
            temporary.replace(backup)
            return
        if digest(backup) == digest(source):
            return
