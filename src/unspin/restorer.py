"""The library's front door: a `Restorer` that loads once, and `restore` for one-liners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import unspin
from unspin.engine import edits
from unspin.engine.pipeline import BOLD, DEFAULT, SAFE, Engine
from unspin.language import LanguageModel
from unspin.lexicon.store import Lists, open_table
from unspin.model import Evidence, Markup, Restoration
from unspin.text.intake import Intake, take_in

__all__ = ["BOLD", "DEFAULT", "SAFE", "Lists", "Restorer", "restore", "revert"]


class Restorer:
    """Restores texts with one table and one language model.

    `lists`: folder of wordlists, or one file; the packaged ones with the user's over them by default.
    `confidence`: edits at or above it are applied, 0 to 1.  `model`: a `LanguageModel`, the pocketsphinx trigram by default.
    `tell`: is told when lists have to be compiled first, which takes seconds.

    Loading takes about 0.1 s, once; after that a `Restorer` does not change and may be shared between threads.
    Raises `unspin.lexicon.wordlist.WordlistError` if the lists have mistakes, ValueError for a confidence outside 0..1.
    """

    def __init__(
        self,
        lists: Lists = None,
        *,
        confidence: float = DEFAULT,
        model: LanguageModel | None = None,
        tell: Callable[[str], None] = lambda message: None,
    ) -> None:
        if not 0.0 <= confidence <= 1.0:
            raise ValueError(f"confidence is a probability, not {confidence}")
        table = open_table(lists, tell=tell)
        if model is None:
            from unspin.language.trigram import Trigram

            model = Trigram(table.frequencies, table.arrays["pair"])
        self._engine = Engine(table, model)
        self.confidence = confidence

    @property
    def engine(self) -> Engine:
        """The table, the language model and the numbers it restores with."""
        return self._engine

    @property
    def signature(self) -> str:
        """One line that says how results are made: version, lists, model, settings."""
        return signature(self._engine.table.digest, self._engine.model.name, self.confidence)

    def restore(
        self, text: str, *, markup: Markup = Markup.TEXT, progress: Callable[[int, int], None] | None = None
    ) -> Restoration:
        """Restore a text; in HTML and Markdown, the prose alone.  `progress` is called with (words done, words in all)."""
        restoration = self._engine.restore(text, confidence=self.confidence, progress=progress, markup=markup)
        return replace(restoration, signature=self.signature)

    def restore_bytes(
        self,
        data: bytes,
        *,
        encoding: str | None = None,
        markup: Markup = Markup.TEXT,
        repair: bool = True,
        progress: Callable[[int, int], None] | None = None,
    ) -> tuple[Restoration, Intake]:
        """Decode and restore; the `Intake` says how to encode the result.

        Raises `unspin.text.intake.IntakeError` for what is not text.
        """
        intake = take_in(data, encoding=encoding, repair=repair)
        return replace(self.restore(intake.text, markup=markup, progress=progress), repairs=intake.repairs), intake

    def score(self, text: str, *, markup: Markup = Markup.TEXT) -> Evidence:
        """Tell how spun a text is, without restoring it."""
        return self._engine.weigh(text, markup=markup)


def signature(digest: str, model: str, confidence: float) -> str:
    """Return the line that says how a result was made."""
    return f"unspin:{unspin.__version__}|lists:{digest}|model:{model}|confidence:{confidence:g}"


@cache
def _shared(confidence: float) -> Restorer:
    return Restorer(confidence=confidence)


def restore(text: str, *, confidence: float = DEFAULT) -> Restoration:
    """Restore a text with the packaged lists.

    >>> restoration = restore("Superb, he mentioned, in a civil battle.", confidence=0.9)
    >>> revert(restoration) == restoration.document.text
    True
    """
    return _shared(confidence).restore(text)


def revert(restoration: Restoration) -> str:
    """Take the edits back: returns the spun text, byte for byte."""
    return edits.apply(restoration.text, edits.inverted(restoration.edits))
