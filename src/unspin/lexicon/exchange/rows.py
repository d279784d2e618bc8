"""What a reader of a foreign format brings: entries, phrases to leave, and what it refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from unspin.model import Dialect, Entry, Pos, Weight

_LONGEST = 8  # words: longer forms are never looked for
_STRAIGHT = str.maketrans("’‘“”\u00a0", "''\"\" ")


class FormatError(ValueError):
    """A file that is not in the format at all; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be an entry.  `what`: the row, as a person would name it."""

    line: int
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Brought:
    """Everything that a file brought, in its order."""

    entries: tuple[Entry, ...] = ()
    leave: tuple[tuple[str, str], ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(slots=True)
class Rows:
    """Collects what a reader finds, refusing what cannot be an entry.

    `name`: of the file, for sources.  `dialect`, `weight`: of rows that say nothing of either.
    """

    name: str
    dialect: Dialect = Dialect.ANY
    weight: Weight = Weight.USUAL
    entries: list[Entry] = field(default_factory=list)
    leave: dict[str, str] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    _met: dict[tuple[str, str, Pos, Dialect], int] = field(default_factory=dict)

    def take(self, line: int, original: str, spun: str, pos: Pos | None = None, **particulars: object) -> None:
        """Take a row, or refuse it; without a part of speech the likeliest is chosen."""
        from unspin.lexicon.morph import likely_pos

        original, spun = plain(original), plain(spun)
        what, reason = f"{spun} -> {original}", _fault(original, spun)
        if reason:
            self.refuse(line, what, reason)
            return
        entry = Entry(original, spun, pos or likely_pos(original, spun), "", self.dialect, self.weight)
        told = {name: value for name, value in particulars.items() if value is not None}
        entry = replace(entry, **{"source": f"{self.name}:{line}", **told})  # type: ignore[arg-type]
        pair = (original.lower(), spun.lower(), entry.pos, entry.dialect)
        if pair in self._met:
            self.refuse(line, what, f"stands already in line {self._met[pair]}")
            return
        self._met[pair] = line
        self.entries.append(entry)

    def refuse(self, line: int, what: str, reason: str) -> None:
        """Note that a row was not taken."""
        self.refused.append(Refused(line, what, reason))

    def brought(self) -> Brought:
        """Return what was collected."""
        return Brought(tuple(self.entries), tuple(self.leave.items()), tuple(self.refused))


def plain(phrase: str) -> str:
    """Return a phrase as lists have it: quotes straight, single blanks.

    >>> plain(" don’t  care ")
    "don't care"
    """
    return " ".join(phrase.translate(_STRAIGHT).split())


def columns(entry: Entry) -> Mapping[str, str]:
    """Return the particulars of an entry that are not as usual, as text; what a flat format writes."""
    found = {
        "pos": str(entry.pos),
        "weight": str(entry.weight) if entry.weight is not Weight.USUAL else "",
        "dialect": str(entry.dialect) if entry.dialect is not Dialect.ANY else "",
        "near": "|".join(entry.near),
        "unless_near": "|".join(entry.unless_near),
        "example": entry.example[0] if entry.example else "",
        "restored": entry.example[1] if entry.example else "",
        "keep": entry.keep or "",
        "subject": entry.subject,
        "source": entry.source,
    }
    return {name: value for name, value in found.items() if value}


def _fault(original: str, spun: str) -> str:
    """Return why a pair can be no entry, "" if it can."""
    for side, phrase in (("spun form", spun), ("original", original)):
        if not phrase:
            return f"the {side} is empty"
        if not phrase.isprintable():
            return f"the {side} has control characters"
        if not any(c.isalnum() for c in phrase):
            return f"the {side} has no word"
    if original.lower() == spun.lower():
        return "is its own spun form"
    if len(spun.replace("-", " ").split()) > _LONGEST:
        return f"the spun form has more than {_LONGEST} words: it would never be looked for"
    return ""
