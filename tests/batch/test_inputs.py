"""Which files are found."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from unspin.batch.inputs import find


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.HTML", "c.jpg", "d/e.md", "d/f/g.jsonl.gz", "d/drafts/h.txt", ".unspin/x.txt", "notes.txt.gz"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path


def paths(folder: Path, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> list[str]:
    return [found.path for found in find(folder, include=include, exclude=exclude)]


def test_kinds_that_are_read_in_the_order_of_their_paths(folder: Path) -> None:
    assert paths(folder) == ["a.txt", "b.HTML", "d/drafts/h.txt", "d/e.md", "d/f/g.jsonl.gz"]


def test_patterns(folder: Path) -> None:
    assert paths(folder, include=("*.md", "a.*")) == ["a.txt", "d/e.md"]
    assert paths(folder, exclude=("drafts/", "*.gz")) == ["a.txt", "b.HTML", "d/e.md"]


def test_ignore_files_count_for_their_folder_and_may_take_back(folder: Path) -> None:
    (folder / ".unspinignore").write_text("*.txt\n!a.txt\n")
    (folder / "d" / ".unspinignore").write_text("!h.txt\n/f\n")
    assert paths(folder) == ["a.txt", "b.HTML", "d/drafts/h.txt", "d/e.md"]


def test_links_are_not_followed(folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "out.txt").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe.txt")
    refused = {found.path: found.refused for found in find(folder) if found.refused}
    assert refused == {"out.txt": "a symbolic link, which is not followed", "pipe.txt": "not a regular file"}
    assert not any(found.path.startswith("loop") for found in find(folder))


def test_names_that_are_no_text_are_found(folder: Path) -> None:
    name = b"\xff\n\x1b[31m.txt"
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("x")
    assert os.fsdecode(name) in paths(folder)


def test_the_output_is_not_read(folder: Path) -> None:
    assert [f.path for f in find(folder, apart=[folder / "d"])] == ["a.txt", "b.HTML"]
