"""The reverse-synonym table in use: spun phrase -> candidate originals.

A table is compiled once (`unspin.lexicon.compile`) and stored as strings and arrays that are mapped into memory and read
where they lie: opening it costs next to nothing however large it is, and a text pays for the words it has.  Lookup is by
the words of a phrase, joined by the gaps that stand between them.
"""

from __future__ import annotations

import json
import struct
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from itertools import accumulate
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, overload

from unspin.language import spoken
from unspin.language.collocations import holds
from unspin.model import Dialect, Entry, Pos, Weight

SPUN_RATE = 0.3  # share of words with a row that a spinner changes, where nothing is known of the text

UNMISTAKABLE = 6.0  # nats that a whole name says of which a spinner changed several words

_PAIRS_REMEMBERED = 1 << 17

MORE, LEFT, OWN = 1, 2, 4  # parts of the number that `Nodes` holds for a phrase

MAGIC = b"unspin table 3\n"
_STRINGS = ("heads", "blocks", "originals", "entries", "words")
_ARRAYS = {"first": "I", "tell": "f", "original": "I", "entry": "I", "channel": "f", "word": "f", "pair": "Q"}


class TableError(ValueError):
    """A compiled table that cannot be used."""


@dataclass(frozen=True, slots=True)
class Row:
    """One way to read a spun form: the words of an original, and the entry (by number) it comes from.

    `channel`: ln P(spun form | original, the word was spun).  `pairs`: which base form stands for which, (spun, original):
    the entry's own, or for a phrase those of its words that differ.  `small`: words of a name that need no capital ("being"
    of "Well being").  `finite`: the original is a verb that governs its clause ("gives", not "giving").  `noun`: it is a
    noun.  `ends_open`: the original wants a word after it where the spun form does not ("such as" <- "for example").
    `unmistakable`: see the function of that name.  `particular`: the place must be looked at, for one of these.
    `term`: it is to be believed in a known term alone.  `again`: a heavier row, of the other dialect, leads to the same
    original.
    """

    words: tuple[str, ...]
    original: str
    entry: int
    channel: float
    dialect: Dialect
    name_only: bool
    small: frozenset[str]
    near: frozenset[str]
    unless_near: frozenset[str]
    pairs: tuple[tuple[str, str], ...]
    ends_open: bool
    finite: bool
    noun: bool
    unmistakable: bool
    particular: bool
    term: bool
    again: bool = False


class Strings(Sequence[str]):
    """A sequence of strings in one stretch of bytes, decoded one by one as they are asked for."""

    def __init__(self, blob: bytes | memoryview, ends: Sequence[int]) -> None:
        self.blob, self.ends = blob, ends

    @classmethod
    def of(cls, strings: Iterable[str]) -> Strings:
        """Pack strings."""
        pieces = [string.encode() for string in strings]
        return cls(b"".join(pieces), array("I", accumulate(map(len, pieces))))

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not 0 <= index < len(self.ends):
            raise IndexError(index)
        return str(self.blob[self.ends[index - 1] if index else 0 : self.ends[index]], "utf-8")


class Nodes(dict[str, int]):
    """What stands at each phrase: `MORE` if longer forms begin so, `LEFT` if it is to be left, `OWN` * (form + 1).

    Asked for a word by index it fetches all phrases that begin with it, and keeps 0 where none does; asked by `get` it
    tells only what it has.
    """

    def __init__(self, heads: Strings, blocks: Strings) -> None:
        super().__init__()
        self._heads, self._blocks = heads, blocks

    def __missing__(self, word: str) -> int:
        i = bisect_left(self._heads, word)
        if i < len(self._heads) and self._heads[i] == word:
            for line in self._blocks[i].split("\n"):
                phrase, _, node = line.partition("\t")
                self[phrase] = int(node)
        return self.setdefault(word, 0)


@dataclass(frozen=True)
class Table:
    """Compiled wordlists.

    `strings`: ``heads``, the first words of forms and phrases to leave, sorted; ``blocks``, for each of them its phrases,
    a line each, with their node; ``originals``; ``entries`` as JSON; ``words`` that the language model lacks.
    `arrays`: ``first[i]`` is where form *i*'s candidates begin in ``original``, ``entry`` and ``channel``; ``tell[i]`` how
    much form *i* speaks for spinning, in nats; ``word`` ln frequencies; ``pair`` signatures of words that belong together.
    """

    digest: str
    strings: Mapping[str, Strings]
    arrays: Mapping[str, Sequence[Any]]

    @cached_property
    def nodes(self) -> Nodes:
        """The phrases that are looked for."""
        return Nodes(self.strings["heads"], self.strings["blocks"])

    @cached_property
    def forms(self) -> dict[str, int]:
        """Every spun form -> its number; for looking into a table, not for matching."""
        pairs = (line.split("\t") for block in self.strings["blocks"] for line in block.split("\n"))
        return {phrase: int(node) // OWN - 1 for phrase, node in pairs if int(node) >= OWN}

    @cached_property
    def frequencies(self) -> dict[str, float]:
        """ln frequency of table words that the language model lacks."""
        return dict(zip(self.strings["words"], self.arrays["word"], strict=True))

    @cached_property
    def paired(self) -> Callable[[str, str], bool]:
        """Takes a word and the next; tells whether they belong together.  Remembers its answers."""
        return lru_cache(maxsize=_PAIRS_REMEMBERED)(partial(holds, self.arrays["pair"]))

    def tell(self, form: int) -> float:
        """Return how much a form speaks for spinning, in nats."""
        return float(self.arrays["tell"][form])

    def rows(self, form: int) -> tuple[Row, ...]:
        """Return the ways to read a form, made when first asked for."""
        rows = self._rows.get(form)
        if rows is None:
            first = self.arrays["first"]
            made = [self._row(i) for i in range(first[form], first[form + 1])]
            met = [(row.original, row.name_only) for row in made]
            rows = self._rows[form] = tuple(
                replace(row, again=True) if met[n] in met[:n] else row for n, row in enumerate(made)
            )
        return rows

    def entry(self, number: int) -> Entry:
        """Return the wordlist entry of that number."""
        entry = self._made.get(number)
        if entry is None:
            entry = self._made[number] = self._entry(number)
        return entry

    def _entry(self, number: int) -> Entry:
        original, spun, pos, subject, dialect, weight, near, unless_near, example, keep, source = json.loads(
            self.strings["entries"][number]
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

    def _row(self, candidate: int) -> Row:
        number = self.arrays["entry"][candidate]
        entry = self.entry(number)
        original = self.strings["originals"][self.arrays["original"][candidate]]
        name_only = entry.pos is Pos.NAME
        ends_open = _last(original) in _OPEN and _last(entry.spun) not in _OPEN
        finite = entry.pos is Pos.VERB and _is_finite(original, entry.original)
        return Row(
            words=tuple(map(spoken, original.lower().replace("-", " ").split())),
            original=original,
            entry=number,
            channel=self.arrays["channel"][candidate],
            dialect=entry.dialect,
            name_only=name_only,
            small=frozenset(w for w in entry.spun.replace("-", " ").split() if w.islower()) if name_only else frozenset(),
            near=_context(entry.near),
            unless_near=_context(entry.unless_near),
            pairs=_pairs(entry),
            ends_open=ends_open,
            finite=finite,
            noun=entry.pos is Pos.NOUN,
            unmistakable=unmistakable(entry),
            particular=bool(name_only or entry.near or entry.unless_near or ends_open),
            term=entry.weight is Weight.TERM and " " not in entry.original,
        )

    def dump(self) -> bytes:
        """Return the stored form: magic, digest, then each section with its length, little endian."""
        sections: list[bytes] = []
        for name in _STRINGS:
            sections += [bytes(self.strings[name].blob), array("I", self.strings[name].ends).tobytes()]
        sections += [array(kind, self.arrays[name]).tobytes() for name, kind in _ARRAYS.items()]
        pieces = [MAGIC, self.digest.encode(), b"\n"]
        for section in sections:
            pieces += [struct.pack("<Q", len(section)), section]
        return b"".join(pieces)


def _is_finite(form: str, base: str) -> bool:
    """Tell whether a form of a verb is its base form or the third person.

    >>> _is_finite("gives", "give"), _is_finite("carries on", "carry on"), _is_finite("given", "give")
    (True, True, False)
    """
    verb, root = form.partition(" ")[0], base.partition(" ")[0]
    return verb in (root, root + "s", root + "es", root[:-1] + "ies")


def unmistakable(entry: Entry) -> bool:
    """Tell whether an entry is a whole name of which two words or more were changed: nothing else is written so.

    >>> unmistakable(Entry("New York Times", "New York Instances", Pos.NAME, "names"))
    False
    >>> unmistakable(Entry("National Resistance Front", "Nationwide Resistance Entrance", Pos.NAME, "names"))
    True
    """
    spun, original = entry.spun.lower().split(), entry.original.lower().split()
    return entry.pos is Pos.NAME and len(spun) > 2 and len([w for w in spun if w not in original]) > 1


# Words that want another after them.
_OPEN = frozenset(
    "a although an and as at because but by for from if in into like of on or than the to unless whereas whether while "
    "with".split()
)


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
    with path.open("rb") as file:
        try:
            blob = mmap(file.fileno(), 0, access=ACCESS_READ)
        except ValueError as error:  # an empty file cannot be mapped
            raise TableError(f"{path}: empty; delete it and it will be made again") from error
    if blob[: len(MAGIC)] != MAGIC:
        raise TableError(f"{path}: not a compiled table")
    try:
        return _parse(blob)
    except (struct.error, ValueError, TypeError) as error:
        raise TableError(f"{path}: damaged ({error}); delete it and it will be made again") from error


def _parse(blob: mmap) -> Table:
    end = blob.find(b"\n", len(MAGIC))
    sections = _sections(memoryview(blob), end + 1)
    strings = {name: Strings(next(sections), next(sections).cast("I")) for name in _STRINGS}
    arrays: dict[str, Sequence[Any]] = {name: next(sections).cast(kind) for name, kind in _ARRAYS.items()}  # type: ignore[call-overload]
    return Table(blob[len(MAGIC) : end].decode(), strings, arrays)


def _sections(view: memoryview, position: int) -> Iterator[memoryview]:
    for _ in range(2 * len(_STRINGS) + len(_ARRAYS)):
        (size,) = struct.unpack_from("<Q", view, position)
        position += 8
        if position + size > len(view):
            raise ValueError("it ends too early")
        yield view[position : position + size]
        position += size


def _context(words: tuple[str, ...]) -> frozenset[str]:
    """Return context words with their regular inflections; a context is a hint, so rules without a dictionary do."""
    if not words:
        return frozenset()
    return frozenset(
        form for word in words for form in (word, word + "s", word + "es", word + "ed", word + "ing", word + "d")
    )
