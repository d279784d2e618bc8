"""The word trigram that ships with pocketsphinx.  The only importer of pocketsphinx.

72,547 words, 2.05 million bigrams, 1.67 million trigrams, BSD licence, 27 MB; it loads in 30-60 ms and answers more than
a million questions a second.  Lower case, no punctuation; "country's" is one word, "self-declared" two.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from unspin.language.collocations import FLOOR, holds

_BASE = 1.0001
_LN_BASE = math.log(_BASE)
_IMPOSSIBLE = -500_000_000  # what the model answers for a word it does not know
# A word the trigram lacks is given its share in wordfreq's counts, less this: the model spends all probability on words
# it knows, so an unknown word must not look likelier than a rare known one.
_UNKNOWN_PENALTY = 2.0
_UNKNOWN = -14.0


_REMEMBERED = 300_000


class Trigram:
    """A `LanguageModel`; safe to share between threads, since its state does not change but for a memo."""

    def __init__(self, known_frequencies: dict[str, float] | None = None, pairs: Sequence[int] = ()) -> None:
        """Load the model.

        `known_frequencies`: ln shares of words the trigram lacks, computed when the table was compiled.
        `pairs`: signatures of words that belong together (`unspin.language.collocations`), sorted.
        """
        import pocketsphinx
        from pocketsphinx import Config, LogMath, NGramModel

        path = Path(pocketsphinx.__file__).parent / "model" / "en-us" / "en-us.lm.bin"
        self._math = LogMath(_BASE)  # the model keeps a bare pointer to it
        self._model: Any = NGramModel(Config(), self._math, str(path))
        self._frequencies = known_frequencies or {}
        self._pairs = pairs
        # The same questions are asked again and again, and a cache in C answers in a tenth of the time.  One without a
        # bound keeps no order of use, whose upkeep costs more than the answers; it is emptied now and then instead.
        self._remember = lru_cache(maxsize=None)(self._compute)
        self.log_probability: Callable[[str, str, str], float] = self._remember
        self._new = 0

    @property
    def name(self) -> str:
        """The model, its order, and whether it was told of pairs."""
        return "pocketsphinx-en-us-3" + "+pairs" * bool(self._pairs)

    def knows(self, word: str) -> bool:
        """Tell whether the trigram has the word."""
        return bool(self._model.prob([word]) > _IMPOSSIBLE)

    def _compute(self, word: str, before: str, before_that: str) -> float:
        """Return ln P(word | before_that before)."""
        self._new += 1
        if self._new > _REMEMBERED:
            self._new = 0
            self._remember.cache_clear()
        history = [word, before, before_that] if before and before_that else [word, before] if before else [word]
        answer = self._model.prob(history)
        value = float(answer * _LN_BASE) if answer > _IMPOSSIBLE else self._unknown_word(word)
        return FLOOR if value < FLOOR and before and self._pairs and holds(self._pairs, before, word) else value

    def _unknown_word(self, word: str) -> float:
        # Words outside the table are the same in every reading, so their value cancels out and no look-up is worth its time.
        base = word.removesuffix("'s")
        return self._frequencies.get(base, _UNKNOWN) - _UNKNOWN_PENALTY
