"""Words that tell which of several originals a spun form stands for: the context of a learned row.

Only a row that is not its form's most frequent reading is bound, and only if the words found cover nearly all places where
it was seen: what is bound fires nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from unspin.training.extract import Place
from unspin.training.significance import chance

# How often a row must have been seen to be bound, and the share of its places that the words must cover.
_LEAST, _COVERED = 3, 0.75
# A word counts if chance would put it beside the row that often less than once in so many.
_CHANCE = 0.05
_MOST = 8
_SHORTEST = 4  # letters; what is shorter is mostly grammar


def telling_words(own: Sequence[Place], others: Sequence[Place]) -> tuple[str, ...]:
    """Return the words that stand near one reading of a form and not near the others, most frequent first.

    Empty if the row is seen too seldom, or oftener than all others together, or if no words cover it.
    """
    if not _LEAST <= len(own) <= len(others):
        return ()
    mine, theirs = [_words(place) for place in own], [_words(place) for place in others]
    near, elsewhere = (Counter(word for words in side for word in words) for side in (mine, theirs))
    found = [
        word
        for word, count in sorted(near.items(), key=lambda item: (-item[1], item[0]))
        if not elsewhere[word] and count > 1 and chance(count, len(own), count, len(own) + len(others)) < _CHANCE
    ][:_MOST]
    covered = sum(not words.isdisjoint(found) for words in mine)
    return tuple(sorted(found)) if covered >= _COVERED * len(own) else ()


def _words(place: Place) -> frozenset[str]:
    """Return the words of a spun sentence that may tell what it is about, but for those of the place itself."""
    return frozenset(_content(place.sentences[0])) - set(place.spun)


def _content(sentence: str) -> Iterable[str]:
    return (word for word in "".join(c if c.isalpha() else " " for c in sentence.lower()).split() if len(word) >= _SHORTEST)
