"""Pairs of words that people write beside each other, told to a language model that has not seen them.

A trigram knows the text it was trained on; of other fields it has no counts, and falls back on how common a word is, so that
"support vector machine" reads no better than "support vector device".  A list of pairs puts a floor under the probability of
the second word after the first.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

# ln P(word | the one before it) of a pair in the list, at least; flat on the development passages from -5 to -4.
FLOOR = -4.5


def signature(before: str, word: str) -> int:
    """Return a number of 64 bits that stands for a pair, the same in every process."""
    return (_number(before) * _ODD + _number(word)) & _BITS


_REMEMBERED = 1 << 17
_ODD, _BITS = 0x9E3779B97F4A7C15, (1 << 64) - 1


@lru_cache(maxsize=_REMEMBERED)
def _number(word: str) -> int:
    """Return 64 bits of a word; taken word by word, since a word is asked for in many pairs."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def signatures(pairs: Iterable[tuple[str, str]]) -> array[int]:
    """Return the sorted signatures of pairs: 8 bytes each, ready to be mapped into memory."""
    return array("Q", sorted({signature(before, word) for before, word in pairs}))


def holds(known: Sequence[int], before: str, word: str) -> bool:
    """Tell whether sorted signatures hold a pair.

    >>> known = signatures([("vector", "machine"), ("neural", "network")])
    >>> holds(known, "neural", "network"), holds(known, "network", "neural")
    (True, False)
    """
    wanted = signature(before, word)
    i = bisect_left(known, wanted)
    return i < len(known) and known[i] == wanted
