"""From what a foreign file brought to a wordlist that passes every check, and from lists to rows for others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from unspin.lexicon import morph, wordlist
from unspin.lexicon.compile import matching_form
from unspin.lexicon.exchange.rows import Brought, Refused
from unspin.lexicon.stack import Layer, stacked
from unspin.lexicon.store import COLLOCATIONS, LEAVE
from unspin.lexicon.table import Table
from unspin.lexicon.wordlist import Wordlist
from unspin.model import Dialect, Entry, Weight


@dataclass(frozen=True, slots=True)
class Import:
    """A wordlist made of what was brought, and all that is not in it."""

    wordlist: Wordlist
    refused: tuple[Refused, ...]


def as_wordlist(brought: Brought, path: Path, subject: str, dialect: Dialect, *, known: Table | None = None) -> Import:
    """Return the wordlist of what was brought; pairs that `known` has are refused, as is what a row cannot hold twice.

    `path`: where the list will stand, whose name becomes the source of rows.
    """
    met: set[tuple[str, str, str]] = set()
    kept, refused = [], list(brought.refused)
    for entry in brought.entries:
        pair = (entry.original, entry.spun, str(entry.pos))
        line, what = _line(entry), f"{entry.spun} -> {entry.original}"
        where = known_as(known, entry) if known is not None else ""
        if where:
            refused.append(Refused(line, what, f"known already: {where}"))
        elif pair in met:
            refused.append(Refused(line, what, "the pair stands already in this list, for another dialect"))
        else:
            met.add(pair)
            kept.append(entry)
    named = tuple(replace(e, source=f"{path.name}:1" if _is_position(e.source) else e.source) for e in kept)
    made = Wordlist(path, subject, dialect, named, leave=brought.leave)
    return Import(wordlist.parse(path, wordlist.write(made)), tuple(sorted(refused, key=lambda r: r.line)))


def known_as(table: Table, entry: Entry) -> str:
    """Return where a table has a pair from, "" if it has not."""
    form = table.forms.get(matching_form(entry.spun))
    if form is None:
        return ""
    rows = (row for row in table.rows(form) if row.original.lower() == entry.original.lower())
    return next((table.entry(row.entry).source or "a list" for row in rows), "")


def without(made: Import, failures: Iterable[tuple[Entry, str]]) -> Import:
    """Return an import without the entries that do not do what their own examples say."""
    reasons = {id(entry): reason for entry, reason in failures}
    bad = [entry for entry in made.wordlist.entries if id(entry) in reasons]
    refused = [Refused(0, f"{e.spun} -> {e.original}", reasons[id(e)]) for e in bad]
    kept = tuple(entry for entry in made.wordlist.entries if id(entry) not in reasons)
    return Import(replace(made.wordlist, entries=kept), (*made.refused, *refused))


def rows(layers: Sequence[Layer], *, at_least: Weight = Weight.RARE, inflected: bool = False) -> Iterator[Entry]:
    """Yield the entries in force in lists, sorted; `inflected`: one for each pair of forms."""
    read = [wordlist.read_all(p for p in layer.files if p.name not in (LEAVE, COLLOCATIONS)) for layer in layers]
    order = list(Weight)
    entries = stacked([entry for one in layer for entry in one.entries] for layer in read)
    never = {(e.original.lower(), e.spun.lower()) for e in entries if e.weight is Weight.NEVER}
    for entry in sorted(entries, key=lambda e: (e.original.lower(), e.original, e.spun, e.pos, e.dialect, e.source)):
        if order.index(entry.weight) > order.index(at_least) or (entry.original.lower(), entry.spun.lower()) in never:
            continue
        forms = morph.paired_forms(entry.original, entry.spun, entry.pos) if inflected else [(entry.original, entry.spun)]
        for original, spun in forms:
            yield replace(entry, original=original, spun=spun)


def _is_position(source: str) -> bool:
    return bool(re.fullmatch(r".*:\d+", source))


def _line(entry: Entry) -> int:
    return int(entry.source.rpartition(":")[2]) if _is_position(entry.source) else 0
