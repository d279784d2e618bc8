"""How common a word is, from wordfreq.  The only importer of wordfreq.

Serves words that the trigram model does not know, and decides which inflections people write.  A *phrase* frequency of
wordfreq is a harmonic mean of its words', not a phrase frequency, so only words are asked.
"""

from __future__ import annotations

import math
from functools import cache


@cache
def zipf(word: str) -> float:
    """Return the Zipf frequency of `word`: log10 of occurrences per 10^9 words, 0 to about 8; 0.0 when unseen."""
    return math.log10(_frequencies().get(word.lower(), 0.0) or 1e-9) + 9.0


def log_frequency(word: str) -> float:
    """Return the natural logarithm of the word's share of English text; about -20.7 when unseen."""
    return (zipf(word) - 9.0) * math.log(10)


@cache
def _frequencies() -> dict[str, float]:
    # Imported here: 220 ms of import and loading that a run over words the trigram knows never pays.
    from wordfreq import get_frequency_dict

    return get_frequency_dict("en")
