"""How spun a document is, sentence by sentence.

On a spun page the prior of every row is "fire"; on a clean page it is "never"; nothing else cuts false edits as much.  A
page may be spun in part (navigation and captions often are not), so the question is asked of every sentence: a hidden
Markov model with two states, *spun* and *clean*, runs over them (Rabiner 1989).  What it sees of a sentence is a
log-likelihood ratio: the tells in it, less what a sentence of that length shows by chance.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence

from unspin.engine.match import Candidate, occurrences
from unspin.lexicon.table import SPUN_RATE, UNMISTAKABLE, Table
from unspin.model import Dialect, Document

# Nats that a word of clean text shows by chance, with a margin: measured on open text (bench/evidence.py).
DRIFT = 0.0
DRIFT_IN_CONTEXT = 0.0
# Tells overlap in what they say, and the language model is surer than it may be: a tell counts for this share of itself.
TRUST = 0.6
_MOST_OF_A_TELL = 3.0
_FLATTER = 0.6
_CAP = 8.0
_MOST_OF_A_CONTRAST = _CAP / _FLATTER
_MEMORY = 60.0
_NOTABLE = 0.2  # weaker tells need no counting
_TELLING = 1.5  # stronger ones tell the dialect
_BORROWED = 2.0  # what a tell of a dialect that borrows counts, since as many stand in rows of the others
_MOST_OF_A_SENTENCE = 7.0
_LEAST_OF_A_SENTENCE = -1.5
# Chances per sentence that a spun stretch begins, and ends.
_BEGIN, _END = 0.0003, 0.02
_PRIOR = 0.05


def sentence_weights(document: Document, table: Table) -> tuple[array[float], Dialect]:
    """Return, per sentence, how much its spun forms speak for spinning, in nats, context apart, and the leading dialect."""
    weights = array("f")
    dialects: Counter[Dialect] = Counter()
    tells, novelty = table.arrays["tell"], Novelty()
    for number, (first, last) in enumerate(document.sentence_bounds()):
        best_end, best, best_form, total = first, 0.0, -1, 0.0
        for start, end, form, _ in occurrences(document, table, first, last):
            if start >= best_end:  # overlapping forms count once, as the strongest of them
                total += best * novelty.of(best_form, number) if best > _NOTABLE else best
                if best > _TELLING:
                    dialects[table.rows(best_form)[0].dialect] += 1
                best, best_form = 0.0, -1
            if best_form < 0 or tells[form] > best:
                best, best_form = tells[form], form
            best_end = max(best_end, end)
        total += best * novelty.of(best_form, number) if best > _NOTABLE else best
        weights.append(weigh(total, last - first))
    return weights, leading(dialects)


def leading(weights: Mapping[Dialect, float]) -> Dialect:
    """Return the dialect that speaks clearly louder, or `Dialect.ANY`."""
    loudness = {d: weights.get(d, 0.0) * (_BORROWED if d.borrows else 1.0) for d in Dialect.ANY.members}
    loudest, following, *_ = sorted(loudness, key=loudness.__getitem__, reverse=True)
    return loudest if loudness[loudest] >= 5 and loudness[loudest] > 2 * loudness[following] else Dialect.ANY


def weight_in_context(
    found: Sequence[Candidate], contrasts: Sequence[float], words: int, novelty: Novelty, sentence: int
) -> float:
    """Return the weight of one sentence, its candidates read where they stand."""
    told = 0.0
    for candidate, tell in places(found, contrasts).values():
        told += tell * novelty.of(candidate.form, sentence) if tell > _NOTABLE else tell
    return weigh(told, words, drift=DRIFT_IN_CONTEXT)


class Novelty:
    """What another occurrence of a form still says: half at its second, a third at its third, and so on.

    A technical term that looks spun ("aggregate expenditure") would otherwise convict a clean chapter by repetition.  The
    count fades over `_MEMORY` sentences, so that a long spun text does not use its tells up.
    """

    def __init__(self) -> None:
        self._seen: dict[int, tuple[float, int]] = {}

    def of(self, form: int, sentence: int) -> float:
        """Count an occurrence in that sentence; return its share, above 0 and at most 1."""
        count, when = self._seen.get(form, (0.0, sentence))
        count = count * math.exp((when - sentence) / _MEMORY) + 1
        self._seen[form] = (count, sentence)
        return 1 / count


def places(found: Sequence[Candidate], contrasts: Sequence[float]) -> dict[tuple[int, int], tuple[Candidate, float]]:
    """Return, for each place that has candidates, the one that speaks loudest for spinning and how much, in nats.

    The ratio is that of `unspin.lexicon.compile`'s tell, with the language model's word in context.
    """
    best: dict[int, tuple[Candidate, float]] = {}
    for candidate, contrast in zip(found, contrasts, strict=True):
        if candidate.row.unmistakable or not (candidate.row.name_only or candidate.row.term):
            value = candidate.row.channel + (_FLATTER * contrast if contrast < _MOST_OF_A_CONTRAST else _CAP)
            if candidate.row.unmistakable:
                value += _CAP  # goes before the rows of its parts
            known = best.get(candidate.first)
            if known is None or value > known[1]:
                best[candidate.first] = (candidate, value)
    return {(c.first, c.last): (c, _tell(c, v)) for c, v in best.values()}


def _tell(candidate: Candidate, value: float) -> float:
    if candidate.row.unmistakable:
        return UNMISTAKABLE
    return min(_MOST_OF_A_TELL, math.log(1 - SPUN_RATE + SPUN_RATE * math.exp(value)))


def weigh(tells: float, words: int, *, drift: float = DRIFT) -> float:
    """Return the log-likelihood ratio of a sentence from the sum of its tells and its length."""
    return min(_MOST_OF_A_SENTENCE, max(_LEAST_OF_A_SENTENCE, TRUST * (tells - drift * words)))


def log_odds(weights: Sequence[float]) -> array[float]:
    """Return, per sentence, the posterior log-odds that it is spun, given all sentences (forward-backward).

    >>> [round(x) for x in log_odds([3.0, -0.5, 3.0, 3.0])]
    [5, 5, 5, 5]
    >>> max(log_odds([-0.5] * 20)) < -7
    True
    """
    forward = _filter(weights, math.log(_PRIOR / (1 - _PRIOR)))
    backward = _filter(weights[::-1], math.log(_PRIOR / (1 - _PRIOR)))[::-1]
    # Both directions hold the prior and the sentence itself; they are taken out once.
    prior = math.log(_PRIOR / (1 - _PRIOR))
    return array("f", (f + b - w - prior for f, b, w in zip(forward, backward, weights, strict=True)))


def _filter(weights: Sequence[float], prior: float) -> list[float]:
    """Return the log-odds of *spun* at each sentence given it and those before it."""
    filtered = []
    odds = prior
    for i, weight in enumerate(weights):
        if i:
            spun = 1 / (1 + math.exp(-odds))
            spun = spun * (1 - _END) + (1 - spun) * _BEGIN
            odds = math.log(spun / (1 - spun))
        odds = min(30.0, max(-30.0, odds + weight))
        filtered.append(odds)
    return filtered
