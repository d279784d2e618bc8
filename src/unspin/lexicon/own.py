"""The user's own wordlist: rows that a reader adds, and pairs that are never to be proposed again.

The file is ``mine.toml`` in the ``wordlists`` folder of the user's configuration, in the format of docs/wordlists.md; lists
put beside it count as well.  They lie over the packaged ones (`unspin.lexicon.stack`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from unspin.files import create_file, replace_file
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
    return _add(Entry(original, spun, pos, "", Dialect.ANY, Weight.HABIT), folder)


def add_never(original: str, spun: str, *, folder: Path | None = None) -> Entry:
    """Note that `original` is never to be proposed for `spun`, whatever the part of speech; raises as `add_row` does."""
    return _add(Entry(original, spun, Pos.PHRASE, "", Dialect.ANY, Weight.NEVER), folder)


def _add(entry: Entry, folder: Path | None) -> Entry:
    path = (folder or own_lists()) / FILE
    held = wordlist.read(path) if path.exists() else Wordlist(path, "rows of my own", Dialect.ANY, (), _PREAMBLE)
    pair = (entry.original.lower(), entry.spun.lower(), entry.pos)
    kept = [e for e in held.entries if (e.original.lower(), e.spun.lower(), e.pos) != pair]
    text = wordlist.write(replace(held, entries=(*kept, replace(entry, source=f"{FILE}:1"))))
    checked = wordlist.parse(path, text)
    if path.exists():
        replace_file(str(path), text.encode())
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        create_file(path, text.encode())
    return next(e for e in checked.entries if (e.original.lower(), e.spun.lower(), e.pos) == pair)
