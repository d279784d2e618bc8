"""How well words read together: the `LanguageModel` protocol and what stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class LanguageModel(Protocol):
    """Gives the probability of a word after the two before it.

    Words are lower case with straight apostrophes.  ``"<s>"`` opens a sentence, ``"</s>"`` closes one, ``""`` stands for
    no context.
    """

    @property
    def name(self) -> str:
        """What goes into the signature of a result."""
        ...

    @property
    def log_probability(self) -> Callable[[str, str, str], float]:
        """Takes (word, the one before it, the one before that); gives ln P(word | them), at most 0.0, always finite."""
        ...


def log_probability_of(model: LanguageModel, words: tuple[str, ...], before: str = "", before_that: str = "") -> float:
    """Return ln P(words | context), word by word."""
    total = 0.0
    for word in words:
        total += model.log_probability(word, before, before_that)
        before_that, before = before, word
    return total


_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_DECADES = {
    f"{century}{digit}0s": name
    for century in ("18", "19", "")
    for digit, name in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)
}


def spoken(word: str) -> str:
    """Return how a word is read aloud, as the models know it: numbers and decades are spelled out.

    >>> spoken("2"), spoken("1990s"), spoken("57"), spoken("war")
    ('two', 'nineties', 'twenty', 'war')
    """
    if not word[:1].isdigit():
        return word
    if word.isdecimal():
        return _NUMBERS[int(word)] if len(word) < 3 and int(word) < len(_NUMBERS) else "twenty"
    return _DECADES.get(word, word)
