"""The whole of restoring, from text to `Restoration`.

1. read: tokens, sentences, protected spans;  2. weigh every sentence by the tells of the table, context apart;
3. where that leaves doubt, match all candidates and weigh them in context;  4. decode the sentences that may be spun;
5. make edits and draw the confidence line.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from unspin.engine import decode, edits, evidence, line, match, score, terms
from unspin.engine.consistency import Votes, shares
from unspin.engine.match import Candidate
from unspin.language import LanguageModel
from unspin.lexicon.table import Table
from unspin.model import Dialect, Document, Edit, Evidence, Markup, Restoration
from unspin.text import document as documents

# Confidence lines: of the edits that pass them, 91, 97 and 88 in 100 were right on the development passages, fitted or left
# out (`unspin eval`).
DEFAULT, SAFE, BOLD = 0.59, 0.93, 0.44
# Log-odds below which a sentence is not looked at in context, or not decoded.
_DULL, _HOPELESS = -4.5, -3.5
# A candidate whose channel and language model, where it stands, sum to less than this wins beside no neighbour.
_PRUNED = -3.0
_PRUNED_TERM = -7.0  # the same for two that make a known term
_PER_PLACE = 3
_TELLS_SHOWN = 8
_MOST_ROUNDS = 6

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Sentence:
    """What is known of one sentence while it is worked on."""

    first: int
    last: int
    candidates: list[Candidate] = field(default_factory=list)
    contrasts: list[float] = field(default_factory=list)
    scorer: score.Scorer | None = None
    apart: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Engine:
    """Table, language model and tuning: everything that restoring needs besides a text.  Frozen, so threads may share it."""

    table: Table
    model: LanguageModel
    tuning: score.Tuning = field(default_factory=score.Tuning)

    def restore(
        self,
        text: str,
        *,
        confidence: float = DEFAULT,
        progress: Progress | None = None,
        markup: Markup = Markup.TEXT,
    ) -> Restoration:
        """Restore a text; the signature is left to the caller.

        The result is a fixed point: what is restored is restored again until nothing changes, and should readings ever
        take turns, the one that sorts first stands for all of them.  So restoring twice equals restoring once.
        """
        first = self._restore_once(text, confidence, progress, markup)
        rounds = [first.edits]
        texts = [text, first.text]
        while texts[-1] not in texts[:-1] and len(rounds) < _MOST_ROUNDS:
            again = self._restore_once(texts[-1], confidence, None, markup)
            rounds.append(again.edits)
            texts.append(again.text)
        cycle = texts[texts.index(texts[-1]) :]
        stop = texts.index(min(cycle))
        combined: tuple[Edit, ...] = ()
        for following in rounds[:stop]:
            combined = edits.composed(text, combined, following)
        return replace(first, edits=combined, offered=line.without(first.offered, combined))

    def _restore_once(self, text: str, confidence: float, progress: Progress | None, markup: Markup) -> Restoration:
        document = documents.read(text, markup)
        odds, sentences = self._weigh(document)
        summary = self._summary(document, odds, sentences)
        votes = Votes()
        live = [(n, sentence) for n, sentence in sorted(sentences.items()) if odds[n] > _HOPELESS]
        for number, sentence in live:
            self._score(document, sentence, odds[number], summary.dialect)
            votes.add(sentence.candidates, sentence.shares)
        found: list[Edit] = []
        for number, sentence in live:
            found += self._decode(document, sentence, votes)
            if progress is not None and number % 64 == 0:
                progress(sentence.last, len(document))
        applied, offered = line.split_at(found, confidence)
        return Restoration(document, applied, offered, summary, signature="")

    def weigh(self, text: str, *, markup: Markup = Markup.TEXT) -> Evidence:
        """Tell how spun a text is."""
        document = documents.read(text, markup)
        return self._summary(document, *self._weigh(document))

    def _weigh(self, document: Document) -> tuple[array[float], dict[int, _Sentence]]:
        """Return each sentence's log-odds of being spun, and what was matched in those that may be."""
        weights, dialect = evidence.sentence_weights(document, self.table)
        sentences, novelty = {}, evidence.Novelty()
        for number, (bounds, odds) in enumerate(zip(document.sentence_bounds(), evidence.log_odds(weights), strict=True)):
            if odds > _DULL:
                sentence = sentences[number] = self._match(document, bounds, dialect)
                words = sentence.last - sentence.first
                weights[number] = evidence.weight_in_context(sentence.candidates, sentence.contrasts, words, novelty, number)
                self._prune(sentence)
        return evidence.log_odds(weights), sentences

    def _match(self, document: Document, bounds: tuple[int, int], dialect: Dialect) -> _Sentence:
        found = match.candidates(document, self.table, *bounds, dialect)
        found = terms.admitted(document, *bounds, found, self.table.paired)
        return _Sentence(*bounds, found, decode.contrasts(document, *bounds, found, self.model))

    def _prune(self, sentence: _Sentence) -> None:
        """Drop the candidates that no neighbour could save: those far behind, and all but the best few of a place.

        Two that make a known term together save each other.
        """
        values = []
        ranked: dict[tuple[int, int], list[tuple[float, int]]] = {}
        for i, (candidate, contrast) in enumerate(zip(sentence.candidates, sentence.contrasts, strict=True)):
            value = self.tuning.language * contrast + candidate.row.channel
            values.append(value)
            if value > _PRUNED:
                ranked.setdefault((candidate.first, candidate.last), []).append((-value, i))
        saved = {i for place in ranked.values() for _, i in sorted(place)[:_PER_PLACE]}
        joined = list(
            terms.joined(sentence.candidates, self.table.paired, lambda i, j: values[i] + values[j] > _PRUNED_TERM)
        )
        served = {sentence.candidates[i].last for i, j in joined if i in saved and j in saved}
        for i, j in joined:
            if sentence.candidates[i].last not in served:
                saved |= {i, j}
        kept = sorted(saved)
        sentence.candidates = [sentence.candidates[i] for i in kept]
        sentence.contrasts = [sentence.contrasts[i] for i in kept]

    def _score(self, document: Document, sentence: _Sentence, log_odds: float, dialect: Dialect) -> None:
        """Score the candidates of a sentence, each as if it stood alone."""
        sentence.scorer = score.Scorer.of(document, (sentence.first, sentence.last), log_odds, dialect, self.tuning)
        static = [sentence.scorer.static(candidate) for candidate in sentence.candidates]
        weight = self.tuning.language
        sentence.apart = [s + weight * c for s, c in zip(static, sentence.contrasts, strict=True)]
        sentence.shares = shares(sentence.candidates, sentence.apart)

    def _decode(self, document: Document, sentence: _Sentence, votes: Votes) -> list[Edit]:
        bounds, scorer, weight = (sentence.first, sentence.last), sentence.scorer, self.tuning.language
        assert scorer is not None
        scored = []
        for candidate, contrast, apart, share in zip(
            sentence.candidates,
            sentence.contrasts,
            sentence.apart,
            sentence.shares,
            strict=True,
        ):
            bonus = votes.bonus(candidate, share)
            scored.append(decode.Scored(candidate, apart - weight * contrast + bonus, apart + bonus, bonus))
        lattice = decode.Lattice(document, *bounds, scored, self.model, weight)
        made = [
            edits.make_edit(
                document, choice, scorer.parts(choice.candidate, choice.language, choice.bonus), self.table, bounds
            )
            for choice in lattice.judge(lattice.best_path())
            if edits.calibrated(choice.probability) >= line.LEAST_OFFERED
        ]
        return [part for edit in made for part in edits.between_tags(document, edit)]

    def _summary(self, document: Document, odds: Sequence[float], sentences: dict[int, _Sentence]) -> Evidence:
        likely = [number for number in sentences if odds[number] > 0]
        by_dialect: Counter[Dialect] = Counter()
        tells: dict[str, float] = {}
        for number in likely:
            sentence = sentences[number]
            for (first, last), (candidate, tell) in evidence.places(sentence.candidates, sentence.contrasts).items():
                by_dialect[candidate.row.dialect] += tell  # type: ignore[assignment]
                phrase = document.source(first, last)
                tells[phrase] = max(tells.get(phrase, 0.0), tell)
        strongest = sorted(tells.items(), key=lambda t: (-t[1], t[0]))[:_TELLS_SHOWN]
        top = max(odds, default=-math.inf)
        return Evidence(
            probability=0.0 if top == -math.inf else 1 / (1 + math.exp(-top)),
            share=len(likely) / len(odds) if odds else 0.0,
            dialect=evidence.leading(by_dialect),
            tells=tuple(strongest),
        )
