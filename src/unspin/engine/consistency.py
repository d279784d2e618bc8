"""What the rest of a document says about a choice: one image mostly has one original in it.

A spinner that printed "battle" for "war" where that is plain ("a civil battle") did so where it is not, and a word that
was kept in ten plain places was kept in the eleventh.  So every place votes with what it thinks by itself, and each is
told how the *others* voted: a Polya urn, in which what was drawn becomes likelier (Johnson, Kotz and Balakrishnan 1997).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from unspin.engine.match import Candidate

# What a choice is worth before any vote, and how much of what the votes say is believed, in nats at most.
_SMOOTHING = 0.7
_MOST = 2.5
_KEPT = ""


class Votes:
    """Counts, per spun word, of the originals that places of a document vote for ("" for leaving it)."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[str, float]] = {}

    def add(self, found: Sequence[Candidate], apart: Sequence[float]) -> None:
        """Let the places of a sentence vote; `apart` is what each candidate is worth where it stands, keeping being 0."""
        for probability, candidate in zip(shares(found, apart), found, strict=True):
            for spun, original in candidate.row.pairs:
                counts = self._counts.setdefault(spun, {})
                counts[original] = counts.get(original, 0.0) + probability
        for spun, probability in _kept(found, apart):
            counts = self._counts.setdefault(spun, {})
            counts[_KEPT] = counts.get(_KEPT, 0.0) + probability

    def bonuses(self, found: Sequence[Candidate], apart: Sequence[float]) -> list[float]:
        """Return, per candidate of a sentence that has voted, what the other votes add to its score, in nats."""
        kept = dict(_kept(found, apart))
        return [
            sum(self._bonus(spun, original, probability, kept.get(spun, 0.0)) for spun, original in candidate.row.pairs)
            for probability, candidate in zip(shares(found, apart), found, strict=True)
        ]

    def _bonus(self, spun: str, original: str, probability: float, kept: float) -> float:
        counts = self._counts[spun]
        mine = max(0.0, counts[original] - probability)
        leave = max(0.0, counts.get(_KEPT, 0.0) - kept)
        return min(_MOST, max(-_MOST, math.log((mine + _SMOOTHING) / (leave + _SMOOTHING))))


def shares(found: Sequence[Candidate], apart: Sequence[float]) -> list[float]:
    """Return the probability of each candidate among those of its place and leaving it.

    >>> shares([], [])
    []
    """
    whole = _wholes(found, apart)
    return [math.exp(min(30.0, a)) / whole[c.first, c.last] for c, a in zip(found, apart, strict=True)]


def _kept(found: Sequence[Candidate], apart: Sequence[float]) -> Iterable[tuple[str, float]]:
    """Yield (spun word, probability that it was kept) for the places of single pairs."""
    whole = _wholes(found, apart)
    seen: set[tuple[int, int]] = set()
    for candidate in found:
        place = candidate.first, candidate.last
        if len(candidate.row.pairs) == 1 and place not in seen:
            seen.add(place)
            yield candidate.row.pairs[0][0], 1 / whole[place]


def _wholes(found: Sequence[Candidate], apart: Sequence[float]) -> dict[tuple[int, int], float]:
    whole: dict[tuple[int, int], float] = {}
    for candidate, value in zip(found, apart, strict=True):
        place = candidate.first, candidate.last
        whole[place] = whole.get(place, 1.0) + math.exp(min(30.0, value))
    return whole
