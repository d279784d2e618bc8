"""The reverse-synonym table in use: spun phrase -> candidate originals.

A table is compiled once (`unspin.lexicon.compile`) and stored as flat text and arrays, so that opening it costs a few
array copies and one dictionary, not the parsing of forty TOML files.  Lookup is by the words of a phrase, joined by the
gaps that stand between them.
"""

from __future__ import annotations

import json
import struct
from array import array
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from unspin.language import spoken
from unspin.model import Dialect, Entry, Pos, Weight

SPUN_RATE = 0.3  # share of words with a row that a spinner changes, where nothing is known of the text

MORE, LEFT, OWN = 1, 2, 4  # parts of the number that `Table.nodes` holds for a phrase

MAGIC = b"unspin table 1\n"
_TEXTS = ("forms", "prefixes", "originals", "entries", "words", "leave")
_ARRAYS = {"first": "I", "tell": "f", "original": "I", "entry": "I", "channel": "f", "word": "f"}


class TableError(ValueError):
    """A compiled table that cannot be used."""


@dataclass(frozen=True, slots=True)
class Row:
    """One way to read a spun form: the words of an original, and the entry (by number) it comes from.

    `channel`: ln P(spun form | original, the word was spun).  `pairs`: which base form stands for which, (spun, original):
    the entry's own, or for a phrase those of its words that differ.  `ends_open`: the original wants a word after it where
    the spun form does not ("such as" <- "for example").
    """

    words: tuple[str, ...]
    original: str
    entry: int
    channel: float
    dialect: Dialect
    name_only: bool
    near: frozenset[str]
    unless_near: frozenset[str]
    pairs: tuple[tuple[str, str], ...]
    ends_open: bool

    @property
    def bound(self) -> bool:
        """Whether the row fires in some contexts only."""
        return bool(self.near or self.unless_near)


@dataclass(frozen=True)
class Table:
    """Compiled wordlists.

    `texts` and `arrays` are the sections of the stored form: ``forms`` (one spun form a line), ``prefixes`` (the proper
    beginnings of forms), ``originals``, ``entries`` (one JSON array a line), ``words`` (words the language model lacks),
    ``leave`` (phrases to pass over); ``first[i]`` is where form *i*'s candidates begin in ``original``, ``entry`` and
    ``channel``; ``tell[i]`` how much form *i* speaks for spinning, in nats; ``word`` ln frequencies.
    """

    digest: str
    texts: dict[str, str]
    arrays: dict[str, array]  # type: ignore[type-arg]

    @cached_property
    def forms(self) -> dict[str, int]:
        """Spun form -> its number."""
        lines = self.texts["forms"].split("\n") if self.texts["forms"] else []
        return dict(zip(lines, range(len(lines)), strict=True))

    @cached_property
    def nodes(self) -> dict[str, int]:
        """What stands at each phrase: `MORE` if longer forms begin so, `LEFT` if it is to be left, `OWN` * (form + 1)."""
        nodes = dict.fromkeys(self.texts["prefixes"].split("\n"), MORE)
        for phrase in self.texts["leave"].splitlines():
            nodes[phrase] = nodes.get(phrase, 0) | LEFT
        known = nodes.get
        nodes.update([(form, known(form, 0) + OWN * (number + 1)) for form, number in self.forms.items()])
        return nodes

    @cached_property
    def frequencies(self) -> dict[str, float]:
        """ln frequency of table words that the language model lacks."""
        return dict(zip(self.texts["words"].splitlines(), self.arrays["word"], strict=True))

    def tell(self, form: int) -> float:
        """Return how much a form speaks for spinning, in nats."""
        return float(self.arrays["tell"][form])

    def rows(self, form: int) -> tuple[Row, ...]:
        """Return the ways to read a form, made when first asked for."""
        rows = self._rows.get(form)
        if rows is None:
            first = self.arrays["first"]
            rows = self._rows[form] = tuple(self._row(i) for i in range(first[form], first[form + 1]))
        return rows

    def entry(self, number: int) -> Entry:
        """Return the wordlist entry of that number."""
        entry = self._made.get(number)
        if entry is None:
            entry = self._made[number] = self._entry(number)
        return entry

    def _entry(self, number: int) -> Entry:
        original, spun, pos, subject, dialect, weight, near, unless_near, example, keep, source = json.loads(
            self._entries[number]
        )
        return Entry(
            original,
            spun,
            Pos(pos),
            subject,
            Dialect(dialect),
            Weight(weight),
            tuple(near),
            tuple(unless_near),
            tuple(example) if example else None,
            keep,
            source,
        )

    @cached_property
    def _made(self) -> dict[int, Entry]:
        return {}

    @cached_property
    def _rows(self) -> dict[int, tuple[Row, ...]]:
        return {}

    @cached_property
    def _entries(self) -> list[str]:
        return self.texts["entries"].splitlines()

    @cached_property
    def _originals(self) -> list[str]:
        return self.texts["originals"].split("\n")

    def _row(self, candidate: int) -> Row:
        number = self.arrays["entry"][candidate]
        entry = self.entry(number)
        original = self._originals[self.arrays["original"][candidate]]
        return Row(
            words=tuple(map(spoken, original.lower().replace("-", " ").split())),
            original=original,
            entry=number,
            channel=self.arrays["channel"][candidate],
            dialect=entry.dialect,
            name_only=entry.pos is Pos.NAME,
            near=_context(entry.near),
            unless_near=_context(entry.unless_near),
            pairs=_pairs(entry),
            ends_open=_last(original) in _OPEN and _last(entry.spun) not in _OPEN,
        )

    def dump(self) -> bytes:
        """Return the stored form: magic, digest, then each section with its length, little endian."""
        pieces = [MAGIC, self.digest.encode(), b"\n"]
        for name in _TEXTS:
            blob = self.texts[name].encode()
            pieces += [struct.pack("<Q", len(blob)), blob]
        for name in _ARRAYS:
            blob = self.arrays[name].tobytes()
            pieces += [struct.pack("<Q", len(blob)), blob]
        return b"".join(pieces)


# Words that want another after them.
_OPEN = frozenset("as of to for with than from in into on at by like the a an".split())


def _last(phrase: str) -> str:
    return phrase.lower().rpartition(" ")[2]


def _pairs(entry: Entry) -> tuple[tuple[str, str], ...]:
    spun, original = entry.spun.lower().split(), entry.original.lower().split()
    if len(spun) == len(original) > 1:
        return tuple((s, o) for s, o in zip(spun, original, strict=True) if s != o)
    return ((entry.spun.lower(), entry.original.lower()),)


def digest_of(path: Path) -> str | None:
    """Return the digest that a stored table carries, or None if there is no usable table at `path`."""
    try:
        with path.open("rb") as file:
            return file.readline().rstrip().decode() if file.readline() == MAGIC else None
    except (OSError, UnicodeDecodeError):
        return None


def load(path: Path) -> Table:
    """Open a stored table.  Raises `TableError` if it is damaged, `OSError` if it cannot be read."""
    blob = path.read_bytes()
    if not blob.startswith(MAGIC):
        raise TableError(f"{path}: not a compiled table")
    try:
        return _parse(blob)
    except (struct.error, ValueError) as error:
        raise TableError(f"{path}: damaged ({error}); delete it and it will be made again") from error


def _parse(blob: bytes) -> Table:
    end = blob.index(b"\n", len(MAGIC))
    digest, position = blob[len(MAGIC) : end].decode(), end + 1
    texts: dict[str, str] = {}
    arrays: dict[str, array] = {}  # type: ignore[type-arg]
    for name in (*_TEXTS, *_ARRAYS):
        (size,) = struct.unpack_from("<Q", blob, position)
        position += 8
        section = blob[position : position + size]
        if len(section) != size:
            raise ValueError("it ends too early")
        position += size
        if name in _ARRAYS:
            arrays[name] = array(_ARRAYS[name])
            arrays[name].frombytes(section)
        else:
            texts[name] = section.decode()
    return Table(digest, texts, arrays)


def _context(words: tuple[str, ...]) -> frozenset[str]:
    """Return context words with their regular inflections; a context is a hint, so rules without a dictionary do."""
    return frozenset(
        form for word in words for form in (word, word + "s", word + "es", word + "ed", word + "ing", word + "d")
    )
