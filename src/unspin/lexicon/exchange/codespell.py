"""Dictionaries of codespell: ``spun->original``; several originals end in a comma; what follows else is a reason not to fix.

A reason makes the row a rare one.  Rows that are bound to a context are written with one, so that codespell only tells.
"""

from __future__ import annotations

from collections.abc import Iterable

from unspin.lexicon.exchange.rows import Rows
from unspin.model import Entry, Weight

_ORDER = {weight: i for i, weight in enumerate(Weight)}


def read(raw: str, rows: Rows) -> None:
    """Take the rows of a dictionary."""
    for line, row in enumerate(raw.splitlines(), 1):
        text = row.strip()
        if not text or text.startswith("#"):
            continue
        spun, arrow, value = text.partition("->")
        if not arrow:
            rows.refuse(line, text, "expected spun->original")
            continue
        parts = [part.strip() for part in value.split(",")]
        if len(parts) == 1:
            originals, weight = parts, None
        elif not parts[-1]:
            originals, weight = parts[:-1], None
        else:
            originals, weight = parts[:-1], Weight.RARE
        for original in originals:
            rows.take(line, original, spun, weight=weight)


def write(entries: Iterable[Entry]) -> str:
    """Return entries as a dictionary, sorted; the originals of a form by weight."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.spun.lower(), _ORDER[e.weight], e.original)):
        if entry.weight is not Weight.NEVER and "->" not in entry.spun and "," not in entry.original + entry.spun:
            found.setdefault(entry.spun.lower(), []).append(entry)
    return "".join(f"{spun}->{_value(same)}\n" for spun, same in found.items())


def _value(same: list[Entry]) -> str:
    originals = list(dict.fromkeys(entry.original for entry in same))
    value = ", ".join(originals)
    if any(entry.near or entry.unless_near for entry in same):
        return f"{value}, depends on its context"
    if all(entry.weight is Weight.RARE for entry in same):
        return f"{value}, a rare one"
    return value if len(originals) == 1 else f"{value},"
