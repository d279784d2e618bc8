"""Phrases that spun pages repeat and English does not: what a list may lack, found without any original.

A pair of words is suspect by how much oftener it stands in the pages than the language model expects (the log-likelihood
ratio of its count, Dunning 1993), and more so if putting other words in its place, as the lists have them or a
thesaurus-like neighbour of them does, makes good English.  Names, and words that English hardly has, are left out: they
recur in every text.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from unspin.engine.match import candidates
from unspin.engine.pipeline import Engine
from unspin.language import spoken
from unspin.language.frequency import zipf
from unspin.model import Document
from unspin.text import document as documents

# How often, and on how many pages, a phrase must stand.
LEAST, LEAST_PAGES = 3, 2
_NATURAL = 1.0  # nats by which words that English has side by side attract each other
_WRITTEN = 2.5  # words rarer than this (Zipf) are names or terms
_FUNCTION = frozenset(
    "a about after all also an and any are as at be because been before between but by can could did do does for from had "
    "has have he her here his how i if in into is it its just may me more most my no not now of on one only or other our "
    "out over said she should so some such than that the their them then there these they this those through to too two "
    "under up us very was we were what when where which while who will with would you your".split()
)
_SENTENCES = 3
_PROPOSALS = 3


@dataclass(frozen=True, slots=True)
class Suspect:
    """A phrase, how often and on how many pages it stands, how far that is beyond chance, and what it may have been.

    `surprise`: nats per occurrence by which the pages print it more than the language model expects.
    `proposals`: (wording, nats by which the language model prefers it), best first.  `sentences`: some that it stands in.
    """

    phrase: str
    count: int
    pages: int
    surprise: float
    proposals: tuple[tuple[str, float], ...]
    sentences: tuple[str, ...]

    @property
    def rank(self) -> float:
        """What suspects are sorted by: the evidence of all occurrences, and what the best proposal gains."""
        return self.count * self.surprise + (2 * self.count * self.proposals[0][1] if self.proposals else 0.0)


def suspects(engine: Engine, pages: Iterable[str], *, most: int = 200) -> list[Suspect]:
    """Return the phrases of some pages that look spun and that no row of the lists knows whole, most suspect first."""
    counts, found_on, places, words = (
        Counter[tuple[str, str]](),
        Counter[tuple[str, str]](),
        defaultdict[tuple[str, str], list[str]](list),
        0,
    )
    for page in pages:
        document = documents.read(page)
        words += len(document)
        met = set()
        for i, pair in _pairs(document):
            counts[pair] += 1
            met.add(pair)
            if len(places[pair]) < _SENTENCES:
                places[pair].append(_sentence(document, i))
        found_on.update(met)
    often = [p for p, n in counts.items() if n >= LEAST and found_on[p] >= LEAST_PAGES and not _is_known(engine, p)]
    odd = [pair for pair in often if _attraction(engine, pair) < _NATURAL]
    made = (_suspect(engine, pair, counts[pair], found_on[pair], words, places[pair]) for pair in odd)
    return sorted((s for s in made if s.surprise > 0), key=lambda s: (-s.rank, s.phrase))[:most]


def _pairs(document: Document) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield neighbouring content words, written without capitals, with the place of the first."""
    keys = document.keys
    for first, last in document.sentence_bounds():
        for i in range(first, last - 1):
            if document.gaps[i] == " " and _is_plain(document, i) and _is_plain(document, i + 1):
                yield i, (keys[i], keys[i + 1])


def _is_plain(document: Document, i: int) -> bool:
    key = document.keys[i]
    written = document.text[document.starts[i]]
    return key.isalpha() and written.islower() and key not in _FUNCTION and zipf(key) >= _WRITTEN


def _sentence(document: Document, i: int) -> str:
    number = max(0, _number(document.sentences, i))
    first = document.sentences[number]
    last = document.sentences[number + 1] if number + 1 < len(document.sentences) else len(document)
    return " ".join(document.source(first, last).split())


def _number(sentences: Sequence[int], token: int) -> int:
    from bisect import bisect_right

    return bisect_right(sentences, token) - 1


def _is_known(engine: Engine, pair: tuple[str, str]) -> bool:
    return engine.table.forms.get(" ".join(pair)) is not None


def _suspect(engine: Engine, pair: tuple[str, str], count: int, pages: int, words: int, sentences: Sequence[str]) -> Suspect:
    expected = words * math.exp(_log_probability(engine, pair))
    surprise = math.log(count / max(expected, 1e-12)) - (count - expected) / max(count, 1)
    return Suspect(" ".join(pair), count, pages, surprise, tuple(_proposals(engine, pair)), tuple(sentences))


def _log_probability(engine: Engine, pair: Sequence[str]) -> float:
    """Return ln P of two words side by side, wherever they stand."""
    first, second = map(spoken, pair)
    return engine.model.log_probability(first, "", "") + engine.model.log_probability(second, first, "")


def _attraction(engine: Engine, pair: Sequence[str]) -> float:
    """Return how much likelier the second word is behind the first than elsewhere, in nats."""
    first, second = map(spoken, pair)
    return engine.model.log_probability(second, first, "") - engine.model.log_probability(second, "", "")


def _proposals(engine: Engine, pair: tuple[str, str]) -> Iterator[tuple[str, float]]:
    """Yield the wordings that the lists have for one or both words and that read better, best first."""
    document = documents.read(" ".join(pair))
    options: list[set[str]] = [{pair[0]}, {pair[1]}]
    for candidate in candidates(document, engine.table, 0, len(document)):
        if candidate.last - candidate.first == 1 and len(candidate.words) == 1:
            options[candidate.first].add(candidate.words[0])
    here = _log_probability(engine, pair)
    wordings = [(a, b) for a in sorted(options[0]) for b in sorted(options[1]) if (a, b) != pair]
    gains = sorted(((_log_probability(engine, w) - here, " ".join(w)) for w in wordings), reverse=True)
    yield from ((wording, gain) for gain, wording in gains[:_PROPOSALS] if gain > 0)
