"""Which sentence of a spun text was made from which of the original: paragraphs may be out of step, sentences missing.

A sentence is paired with the one it has most in common with, if that is mutual.  What two sentences have in common is the
similarity of their words in order (rapidfuzz); only those that share a rare word are compared, so long texts stay cheap.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from unspin.model import Document
from unspin.training.align import similarity

# Sentences less alike than this have different origins; SpinBot leaves about half of the words of a sentence.
LEAST_ALIKE = 0.34
# Headings are alike by chance: "Department of Labor", "Bureau of Labor Statistics".
_SHORT, _LEAST_OF_SHORT = 6, 0.7
# So have sentences less alike than this share of what is usual in their text.
_OF_USUAL = 0.65
_COMPARED = 4
_SHARED_BY = 60  # words of more sentences than this point nowhere


class Pair(NamedTuple):
    """Tokens `start` to `end` of the spun text say what tokens `to_start` to `to_end` of the original say."""

    start: int
    end: int
    to_start: int
    to_end: int


def aligned(spun: Document, original: Document) -> list[Pair]:
    """Return the sentences that belong together, by position in the spun text; those without a counterpart are left out."""
    mine, theirs = list(spun.sentence_bounds()), list(original.sentence_bounds())
    places = _places(original.keys, theirs)
    best: dict[int, tuple[float, int]] = {}
    for number, (first, last) in enumerate(mine):
        words = spun.keys[first:last]
        expected = number * len(theirs) / max(1, len(mine))
        ranked = [
            (similarity(words, original.keys[theirs[other][0] : theirs[other][1]]), -abs(other - expected), other)
            for other in _likely(words, places, round(expected), len(theirs))
        ]
        alike, _, other = max(ranked, default=(0.0, 0.0, -1))
        if alike >= (_LEAST_OF_SHORT if len(words) < _SHORT else LEAST_ALIKE) and alike > best.get(other, (0.0, 0))[0]:
            best[other] = alike, number  # of two that want one, the likelier has it
    usual = median(alike for alike, _ in best.values()) if best else 0.0
    found = sorted((number, other) for other, (alike, number) in best.items() if alike >= _OF_USUAL * usual)
    return [Pair(*mine[number], *theirs[other]) for number, other in found]


def _places(keys: Sequence[str], bounds: Sequence[tuple[int, int]]) -> dict[str, list[int]]:
    """Return word -> the sentences it stands in, but for words that stand in many."""
    places: dict[str, list[int]] = {}
    for number, (first, last) in enumerate(bounds):
        for word in set(keys[first:last]):
            places.setdefault(word, []).append(number)
    return {word: numbers for word, numbers in places.items() if len(numbers) <= _SHARED_BY}


def _likely(words: Sequence[str], places: Mapping[str, Sequence[int]], expected: int, count: int) -> set[int]:
    """Return the sentences worth comparing: those that share the rarest words, and those at the same place."""
    weights: Counter[int] = Counter()
    for word in set(words):
        numbers = places.get(word, ())
        for number in numbers:
            weights[number] += 1 / math.log(1.5 + len(numbers))  # type: ignore[assignment]
    near = {i for i in (expected - 1, expected, expected + 1) if 0 <= i < count}
    return {number for number, _ in weights.most_common(_COMPARED)} | near
