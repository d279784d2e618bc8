"""Lists over lists: what a later one says of a pair takes the place of what earlier ones said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from unspin.model import Entry, Pos, Weight


@dataclass(frozen=True, slots=True)
class Layer:
    """Lists of one origin.  `name`: whose they are, for the reader.  `files`: wordlists, sorted or as they were named."""

    name: str
    files: tuple[Path, ...]


def stacked(layers: Iterable[Sequence[Entry]]) -> list[Entry]:
    """Return the entries of all layers, those of a pair (original, spun form, part of speech) from the last that has it.

    An entry with weight *never* stays, to switch its pair off when lists are compiled, unless a later layer has the pair.

    >>> from unspin.model import Dialect
    >>> low, high = (Entry("war", "battle", Pos.NOUN, "t", Dialect.BLOG, weight) for weight in (Weight.RARE, Weight.HABIT))
    >>> [entry.weight.value for entry in stacked([[low], [high]])]
    ['habit']
    """
    found: dict[tuple[str, str, Pos], list[Entry]] = {}
    for layer in layers:
        own: dict[tuple[str, str, Pos], list[Entry]] = {}
        for entry in layer:
            own.setdefault((entry.original.lower(), entry.spun.lower(), entry.pos), []).append(entry)
        brought = {(original, spun) for (original, spun, _), rows in own.items() if rows[0].weight is not Weight.NEVER}
        for key in [key for key, rows in found.items() if key[:2] in brought and rows[0].weight is Weight.NEVER]:
            del found[key]
        found |= own
    return [entry for rows in found.values() for entry in rows]
