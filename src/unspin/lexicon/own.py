"""The user's own wordlist: rows that a reader adds, and pairs that are never to be proposed again.

The file is ``mine.toml`` in the ``wordlists`` folder of the user's configuration, in the format of docs/wordlists.md; lists
put beside it count as well.  They lie over the packaged ones (`unspin.lexicon.stack`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from unspin.files import write_file
from unspin.lexicon import wordlist
from unspin.lexicon.store import own_lists
from unspin.lexicon.wordlist import Wordlist
from unspin.model import Dialect, Entry, Pos, Weight

FILE = "mine.toml"
_PREAMBLE = "# Rows of my own: they lie over those that come with unspin.\n"


def add_row(original: str, spun: str, pos: Pos, *, folder: Path | None = None) -> Entry:
    """Note that `spun` stands for `original`, as a habit; returns the row as it stands in the file.

    Raises `unspin.lexicon.wordlist.WordlistError` if the file has mistakes, or the pair is none; then nothing is written.
    """
    return add_rows([Entry(original, spun, pos, "", Dialect.ANY, Weight.HABIT)], folder=folder)[0]


def add_never(original: str, spun: str, *, folder: Path | None = None) -> Entry:
    """Note that `original` is never to be proposed for `spun`, whatever the part of speech; raises as `add_row` does."""
    return add_rows([Entry(original, spun, Pos.PHRASE, "", Dialect.ANY, Weight.NEVER)], folder=folder)[0]


def add_rows(rows: Sequence[Entry], *, folder: Path | None = None) -> list[Entry]:
    """Put rows in the place of those of the same pairs, or beside the others; returns them as they stand in the file.

    Raises as `add_row` does.
    """
    path = (folder or own_lists()) / FILE
    held = wordlist.read(path) if path.exists() else Wordlist(path, "rows of my own", Dialect.ANY, (), _PREAMBLE)
    new = {_pair(entry): entry if entry.source else replace(entry, source=f"{FILE}:1") for entry in rows}
    kept = [entry for entry in held.entries if _pair(entry) not in new]
    text = wordlist.write(replace(held, entries=(*kept, *new.values())))
    standing = {_pair(entry): entry for entry in wordlist.parse(path, text).entries}
    write_file(path, text.encode())
    return [standing[pair] for pair in new]


def _pair(entry: Entry) -> tuple[str, str, Pos]:
    return entry.original.lower(), entry.spun.lower(), entry.pos
