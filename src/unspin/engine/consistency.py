"""What the rest of a document says about a choice: one image mostly has one original in it.

A spinner that printed "battle" for "war" where that is plain ("a civil battle") did so where it is not.  So every place
that is sure by itself votes for its pair of words, and each candidate is told how many voted for its own.  There are no
votes against: a spun word that was kept in one place says little of the next (measured: counting them cost .01 of F0.5).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from unspin.engine.match import Candidate

# A place votes if its best candidate has this share of its readings.
_SURE = 0.5
# However many voted, this many nats at most.
_MOST = 1.5


class Votes:
    """Counts votes for pairs of (spun, original) base forms."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, found: Sequence[Candidate], shared: Sequence[float]) -> None:
        """Let the places of a sentence vote; `shared` is what `shares` says of its candidates."""
        for share, candidate in zip(shared, found, strict=True):
            if share > _SURE:
                for pair in candidate.row.pairs:
                    self._counts[pair] += share  # type: ignore[assignment]

    def bonus(self, candidate: Candidate, share: float) -> float:
        """Return what the votes of other places add to a candidate that has that share of its own, in nats."""
        bonus = 0.0
        for pair in candidate.row.pairs:
            count = self._counts.get(pair)
            if count is not None:
                others = count - share if share > _SURE else count
                bonus += min(_MOST, math.log1p(max(0.0, others)))
        return bonus


def shares(found: Sequence[Candidate], apart: Sequence[float]) -> list[float]:
    """Return the probability of each candidate among those of its place and leaving it as it is.

    `apart` is what each candidate is worth where it stands, in nats, leaving it being 0.
    """
    whole: dict[tuple[int, int], float] = {}
    weights = [math.exp(min(30.0, value)) for value in apart]
    for candidate, weight in zip(found, weights, strict=True):
        place = candidate.first, candidate.last
        whole[place] = whole.get(place, 1.0) + weight
    return [weight / whole[c.first, c.last] for c, weight in zip(found, weights, strict=True)]
