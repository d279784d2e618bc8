"""What a candidate is worth before the language model reads it in its place.

The score of an edit is a sum of named parts (`unspin.model.Score`); this module gives all of them but ``language``, which
depends on the neighbours and is added by the decoder.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from unspin.engine.match import Candidate
from unspin.model import Dialect, Document, Score


@dataclass(frozen=True, slots=True)
class Tuning:
    """The numbers of the model, fitted on the development passages and never-spun text (docs/model.md)."""

    language: float = 0.6
    """Weight of the language model: its probabilities are surer than they should be."""
    spun_rate: float = 0.55
    """Share of words with a row that a spinner changes."""
    length: float = 0.4
    """Nats for each word by which the original is longer, since each costs the language model a word."""
    name: float = -1.5
    """For a change inside what is written as a name."""
    other_dialect: float = -3.0
    """For a row of another dialect than the document's."""
    borrowed: float = -1.0
    """The same where the document's dialect borrows."""
    noun_misfit: float = -1.0
    """For a noun where a verb has its object: "stores its key" was not "shops its key"."""
    misfit: float = -3.0
    """For a finite verb where only a noun can follow: "every offer" was not "every give"."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores the candidates of one sentence.

    `sentence`: its first and one past its last token.  `gate`: what its evidence adds to every candidate.  `headline`: most
    of its words are capitalised, so that capitals say nothing.
    """

    document: Document
    sentence: tuple[int, int]
    dialect: Dialect
    tuning: Tuning
    gate: float
    headline: bool

    @classmethod
    def of(cls, document: Document, sentence: tuple[int, int], log_odds: float, dialect: Dialect, tuning: Tuning) -> Scorer:
        """Make the scorer of a sentence."""
        return cls(document, sentence, dialect, tuning, gate(log_odds, tuning), _is_headline(document, *sentence))

    def parts(self, candidate: Candidate, language: float = 0.0, consistency: float = 0.0) -> Score:
        """Return the parts of a candidate's score; `language` is the decoder's, `consistency` the document's."""
        return Score(
            channel=candidate.row.channel,
            language=language,
            evidence=self.gate,
            length=self._length(candidate),
            bias=self._bias(candidate),
            consistency=consistency,
        )

    def static(self, candidate: Candidate) -> float:
        """Return the sum of the parts that do not depend on the neighbours."""
        value = candidate.row.channel + self.gate + self._bias(candidate)
        longer = len(candidate.words) - candidate.last + candidate.first
        return value + self.tuning.length * longer if longer else value

    def _bias(self, candidate: Candidate) -> float:
        """Return what is held against rows of this kind here: of another dialect, inside a name, or a verb for a noun."""
        row, value = candidate.row, 0.0
        if row.dialect is not self.dialect and Dialect.ANY not in (row.dialect, self.dialect):
            value += self.tuning.borrowed if self.dialect.borrows else self.tuning.other_dialect
        if self._inside_name(candidate) or self._behind_name(candidate.first):
            value += self.tuning.name
        if row.finite and self._after_determiner(candidate.first):
            value += self.tuning.misfit
        elif row.noun and self._before_possessive(candidate.last):
            value += self.tuning.noun_misfit
        return value

    def _before_possessive(self, token: int) -> bool:
        """Tell whether a word follows that a noun seldom has behind it."""
        document = self.document
        return token < self.sentence[1] and document.gaps[token - 1] == " " and document.keys[token] in _AFTER_VERBS

    def _after_determiner(self, token: int) -> bool:
        """Tell whether a word before a token asks for a noun."""
        document = self.document
        return token > self.sentence[0] and document.gaps[token - 1] == " " and document.keys[token - 1] in _BEFORE_NOUNS

    def _length(self, candidate: Candidate) -> float:
        return self.tuning.length * (len(candidate.words) - (candidate.last - candidate.first))

    def _inside_name(self, candidate: Candidate) -> bool:
        """Tell whether a capital stands where a plain word would have none; "Nineties" has it for "1990s"."""
        row = candidate.row
        opens = candidate.last - 1 <= self.sentence[0]
        plain = row.name_only or row.original[0].isdigit() or self.headline or opens
        return not plain and _capitalised(self.document, candidate.last - 1)

    def _behind_name(self, token: int) -> bool:
        """Tell whether a number stands behind a name and so belongs to it, as in "Windows 7"."""
        document, before = self.document, token - 1
        if not document.keys[token].isdigit() or before <= self.sentence[0]:
            return False
        return document.gaps[before] == " " and _capitalised(document, before)


_AFTER_VERBS = frozenset("its his her their our my your them him us me".split())
# Words that no finite verb follows (worth .006 of F0.5; the like for nouns after pronouns and auxiliaries costs .002).
_BEFORE_NOUNS = frozenset(
    "a about across against among an another any around at behind beside between both by during each every few for from "
    "her his in into its many my no of on onto our over per several some the their these this those through toward towards "
    "under upon various via whose with within without your".split()
)


def gate(log_odds: float, tuning: Tuning) -> float:
    """Return the log-odds that a word with a row was changed, given the log-odds that its sentence is spun.

    >>> round(gate(20.0, Tuning(spun_rate=0.5)), 2), round(gate(-8.0, Tuning()), 1)
    (-0.0, -8.6)
    """
    changed = tuning.spun_rate / (1 + math.exp(-log_odds))
    return math.log(changed / (1 - changed))


def _is_headline(document: Document, first: int, last: int) -> bool:
    """Tell whether most words of a sentence are capitalised."""
    return sum(_capitalised(document, i) for i in range(first, last)) >= 0.7 * (last - first)


def _capitalised(document: Document, i: int) -> bool:
    return document.text[document.starts[i]].isupper()
