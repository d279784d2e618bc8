"""Which files a run reads: suffixes, patterns, ignore files; symbolic links are never followed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from unspin.text.markup import SUFFIXES as WHOLE

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["IGNORE_FILE", "STREAMS", "WHOLE", "Found", "find", "kind"]

IGNORE_FILE = ".unspinignore"

# Suffixes of streams of records; whole files are those of `unspin.text.markup`.
STREAMS = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".warc")
_COMPRESSED = (".gz", ".zst")


def kind(name: str) -> tuple[str, str]:
    """Return the suffix that says how a file is read, and that of its compression; two empty ones if it is not read.

    >>> kind("a.JSONL.gz"), kind("a.txt.gz"), kind("photo.jpg")
    (('.jsonl', '.gz'), ('', ''), ('', ''))
    """
    stem, suffix = os.path.splitext(name.lower())  # noqa: PTH122
    if suffix in _COMPRESSED:
        inner = os.path.splitext(stem)[1]  # noqa: PTH122
        return (inner, suffix) if inner in STREAMS and inner != ".parquet" else ("", "")
    return (suffix, "") if suffix in WHOLE or suffix in STREAMS else ("", "")


@dataclass(frozen=True, slots=True)
class Found:
    """A file, by its path within the folder; `refused` says why it is not read."""

    path: str
    size: int
    refused: str = ""


def find(
    folder: Path, *, include: Sequence[str] = (), exclude: Sequence[str] = (), apart: Sequence[Path] = ()
) -> Iterator[Found]:
    """Yield the files below a folder in the order of their paths, as a generator: ten thousand need no list.

    `include`, `exclude`: patterns as in ``.gitignore``.  `apart`: folders that are not entered, such as the output.
    """
    import pathspec

    wanted = pathspec.GitIgnoreSpec.from_lines(include) if include else None
    unwanted = [("", pathspec.GitIgnoreSpec.from_lines(exclude))] if exclude else []
    barred = {os.path.realpath(path) for path in apart}
    yield from _below(folder, "", wanted, unwanted, barred)


def _below(
    folder: Path,
    prefix: str,
    wanted: GitIgnoreSpec | None,
    unwanted: list[tuple[str, GitIgnoreSpec]],
    barred: set[str],
) -> Iterator[Found]:
    import pathspec

    here = os.path.join(folder, prefix) if prefix else os.fspath(folder)  # noqa: PTH118
    try:
        with os.scandir(here) as entries:
            ordered = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield Found(prefix or ".", 0, f"cannot list the folder: {error.strerror}")
        return
    ignore = Path(here, IGNORE_FILE)
    if ignore.is_file():
        lines = ignore.read_text("utf-8", "replace").splitlines()
        unwanted = [*unwanted, (prefix, pathspec.GitIgnoreSpec.from_lines(lines))]
    for entry in ordered:
        path = f"{prefix}/{entry.name}" if prefix else entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name == ".unspin" or _ignored(path, is_folder, unwanted):
            continue
        if is_folder:
            if os.path.realpath(entry.path) not in barred:
                yield from _below(folder, path, wanted, unwanted, barred)
        elif kind(entry.name)[0] and (wanted is None or wanted.match_file(path)):
            if entry.is_symlink():
                yield Found(path, 0, "a symbolic link, which is not followed")
            elif entry.is_file(follow_symlinks=False):
                yield Found(path, entry.stat(follow_symlinks=False).st_size)
            else:
                yield Found(path, 0, "not a regular file")


def _ignored(path: str, is_folder: bool, unwanted: list[tuple[str, GitIgnoreSpec]]) -> bool:
    """Apply ignore files from the outermost inwards; the last pattern that matches decides, as in git."""
    verdict = False
    for prefix, spec in unwanted:
        inner = path[len(prefix) + 1 :] if prefix else path
        decision = spec.check_file(inner + "/" if is_folder else inner).include
        verdict = verdict if decision is None else decision
    return verdict
