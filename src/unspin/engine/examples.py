"""Rows tested by their own examples: what an entry bound to a context says it does, done.

Used by ``unspin lists check``; restoring never comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unspin.engine.match import candidates
from unspin.engine.pipeline import Engine
from unspin.model import Entry
from unspin.text import document as documents


def failures(engine: Engine, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Yield entries whose example does not lead to its original, or whose sentence to keep is changed, with the reason."""
    for entry in entries:
        if entry.example is not None and not _proposed(engine, entry):
            yield entry, f"its original is not proposed in its example: {entry.example[0]!r}"
        if entry.keep is not None and engine.restore(entry.keep).text != entry.keep:
            yield entry, f"a sentence to keep is changed: {entry.keep!r}"


def _proposed(engine: Engine, entry: Entry) -> bool:
    """Tell whether the entry is among what may stand in its example."""
    assert entry.example is not None
    document = documents.read(entry.example[0])
    found = candidates(document, engine.table, 0, len(document))
    return any(c.row.original == entry.original for c in found)
