"""The best reading of a sentence, decided jointly, and how sure each choice is.

A sentence is a lattice over its tokens: every token may be kept, every candidate bridges the tokens it replaces.  The
best path is found exactly (Viterbi 1967; the state is the last two words, as the trigram asks).  "Change nothing" is
always a path.  The probability of a choice is its share of all readings of its span, the neighbours as chosen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from unspin.engine.match import Candidate
from unspin.language import LanguageModel, spoken
from unspin.model import Document

# A place left alone whose best change is worse than this by itself is not worth offering.
_WORTH_JUDGING = -1.0


class Scored(NamedTuple):
    """A candidate and its score in nats: what does not depend on its neighbours, all of it where it stands alone.

    `bonus`: the share of other places' votes in both.
    """

    candidate: Candidate
    static: float
    apart: float
    bonus: float = 0.0


class Choice(NamedTuple):
    """A candidate that the best path takes (or might have taken), what speaks for it, and how sure it is.

    `language`: what the language model adds to the static score.  `bonus`: the votes of other places.  `probability`:
    before calibration.  `others`: other wordings of the same tokens with theirs; the empty string stands for leaving the
    text as it is.
    """

    candidate: Candidate
    language: float
    bonus: float
    probability: float
    others: tuple[tuple[str, float], ...]


def contrasts(document: Document, first: int, last: int, found: Sequence[Candidate], model: LanguageModel) -> list[float]:
    """Return, per candidate, how much better it reads than what stands there, the neighbours as they are, in nats."""
    padded = ["", "<s>", *map(spoken, document.keys[first:last]), "</s>"]
    kept: dict[tuple[int, int], float] = {}
    values = []
    for candidate in found:
        start, end = candidate.first - first + 2, candidate.last - first + 2
        left, right = (padded[start - 2], padded[start - 1]), padded[end : end + 2]
        known = kept.get((start, end))
        if known is None:
            known = kept[start, end] = _read(model, padded[start:end], left, right)
        values.append(_read(model, candidate.words, left, right) - known)
    return values


def _read(model: LanguageModel, words: Sequence[str], left: tuple[str, str], right: Sequence[str]) -> float:
    before_that, before = left
    total, probability = 0.0, model.log_probability
    for word in words:
        total += probability(word, before, before_that)
        before_that, before = before, word
    for word in right:
        total += probability(word, before, before_that)
        before_that, before = before, word
    return total


class Lattice:
    """One sentence: tokens `first` to `last`, their candidates, and a language model to read them."""

    def __init__(
        self, document: Document, first: int, last: int, scored: Sequence[Scored], model: LanguageModel, weight: float
    ) -> None:
        self.first, self.last = first, last
        self._keys = document.keys[first:last]
        self._words = [spoken(key) for key in self._keys]
        self._model, self._weight = model, weight
        self._edges: dict[int, list[Scored]] = {}
        for edge in scored:
            self._edges.setdefault(edge.candidate.first, []).append(edge)

    def best_path(self) -> list[Scored]:
        """Return the candidates on the best path, in order; empty if nothing should change."""
        # state: last two words -> (score, edge taken to come here, previous position, previous state)
        columns: list[dict[tuple[str, str], _Step]] = [{} for _ in range(self.last - self.first + 1)]
        columns[0]["", "<s>"] = (0.0, None, -1, ("", ""))
        probability, weight = self._model.log_probability, self._weight
        alone = 2  # how many columns in a row had one state; after two the language model can tell no readings apart
        for offset, column in enumerate(columns[:-1]):
            word, edges = self._words[offset], self._edges.get(self.first + offset, ())
            following = columns[offset + 1]
            alone = alone + 1 if len(column) == 1 and not following and not edges else 0
            if alone > 2:
                ((state, step),) = column.items()
                following[state[1], word] = (step[0], None, offset, state)
                continue
            for state, step in column.items():
                before_that, before = state
                score = step[0] + weight * probability(word, before, before_that)
                known = following.get((before, word))
                if known is None or score > known[0]:
                    following[before, word] = (score, None, offset, state)
                for edge in edges:
                    before_that, before = state
                    language = 0.0
                    for new in edge.candidate.words:
                        language += probability(new, before, before_that)
                        before_that, before = before, new
                    score = step[0] + edge.static + weight * language
                    column_after = columns[edge.candidate.last - self.first]
                    known = column_after.get((before_that, before))
                    if known is None or score > known[0]:
                        column_after[before_that, before] = (score, edge, offset, state)
        return self._trace(columns)

    def _trace(self, columns: list[dict[tuple[str, str], _Step]]) -> list[Scored]:
        def closed(state: tuple[str, str]) -> float:
            return columns[-1][state][0] + self._weight * self._model.log_probability("</s>", state[1], state[0])

        offset, state = len(columns) - 1, max(columns[-1], key=closed)
        path = []
        while offset:
            _, edge, previous, previous_state = columns[offset][state]
            if edge is not None:
                path.append(edge)
            offset, state = previous, previous_state
        return path[::-1]

    def judge(self, path: Sequence[Scored]) -> list[Choice]:
        """Return how sure each choice on the path is, and for the places left alone the likeliest change."""
        chosen = {edge.candidate.first: edge for edge in path}
        changed = {i for edge in path for i in range(edge.candidate.first, edge.candidate.last)}
        spans = sorted({(e.candidate.first, e.candidate.last) for e in path} | self._left_alone(path))
        return [choice for span in spans if (choice := self._choice(span, chosen, changed)) is not None]

    def _left_alone(self, path: Sequence[Scored]) -> set[tuple[int, int]]:
        """Return spans of candidates that no choice overlaps, the widest where they overlap each other."""
        taken = [(e.candidate.first, e.candidate.last) for e in path]
        edges = (e for edges in self._edges.values() for e in edges if e.apart > _WORTH_JUDGING)
        spans = sorted({(e.candidate.first, e.candidate.last) for e in edges})
        alone: list[tuple[int, int]] = []
        for first, last in sorted(spans, key=lambda s: (s[0] - s[1], s)):
            if all(last <= a or b <= first for a, b in taken) and all(last <= a or b <= first for a, b in alone):
                alone.append((first, last))
        return set(alone)

    def _choice(self, span: tuple[int, int], chosen: dict[int, Scored], changed: set[int]) -> Choice | None:
        inside = [edge for i in range(*span) for edge in self._edges.get(i, ()) if edge.candidate.last <= span[1]]
        if changed.isdisjoint((span[0] - 2, span[0] - 1, span[1], span[1] + 1)):
            # The neighbours are as they were, so each edge is worth what it is worth where it stands alone.
            gains = [edge.apart - edge.static for edge in inside]
        else:
            gains = self._gains(span, inside, chosen)
        if len(inside) == 1:  # as most places are
            ((edge, gain),) = zip(inside, gains, strict=True)
            share = 1 / (1 + math.exp(-max(-30.0, edge.static + gain)))
            return Choice(edge.candidate, gain, edge.bonus, share, (("", 1 - share),))
        readings: list[tuple[Scored | None, float, float]] = [(None, 0.0, 0.0)]
        readings += [(edge, edge.static + gain, gain) for edge, gain in zip(inside, gains, strict=True)]
        whole = _log_sum([score for _, score, _ in readings])
        wordings: dict[tuple[str, ...], float] = {}
        written: dict[tuple[str, ...], str] = {(): ""}
        for reading, score, _ in readings:
            key = () if reading is None else self._around(reading.candidate, span)
            wordings[key] = wordings.get(key, 0.0) + math.exp(score - whole)
            if reading is not None and (reading.candidate.first, reading.candidate.last) == span:
                written[key] = reading.candidate.after
            written.setdefault(key, "" if reading is None else self._written(reading.candidate, span))
        picked = chosen.get(span[0])
        options = [(e, s, r) for e, s, r in readings if e is not None and (e.candidate.first, e.candidate.last) == span]
        if not options:
            return None
        edge, _, gain = next((o for o in options if o[0] is picked), max(options, key=lambda o: o[1]))
        own = self._around(edge.candidate, span)
        others = sorted(((written[w], p) for w, p in wordings.items() if w != own), key=lambda o: (-o[1], o[0]))
        return Choice(edge.candidate, gain, edge.bonus, wordings[own], tuple(others))

    def _gains(self, span: tuple[int, int], inside: Sequence[Scored], chosen: dict[int, Scored]) -> list[float]:
        """Return what the language model adds to each edge inside a span, the neighbours as the path reads them."""
        left, right = self._left_context(span[0], chosen), self._right_context(span[1], chosen)
        kept = _read(self._model, self._words[span[0] - self.first : span[1] - self.first], left, right)
        return [
            self._weight * (_read(self._model, self._around(edge.candidate, span), left, right) - kept) for edge in inside
        ]

    def _around(self, candidate: Candidate, span: tuple[int, int]) -> tuple[str, ...]:
        before = self._words[span[0] - self.first : candidate.first - self.first]
        after = self._words[candidate.last - self.first : span[1] - self.first]
        return (*before, *candidate.words, *after)

    def _written(self, candidate: Candidate, span: tuple[int, int]) -> str:
        """Return the wording of a span in which a candidate replaces a part."""
        before = self._keys[span[0] - self.first : candidate.first - self.first]
        after = self._keys[candidate.last - self.first : span[1] - self.first]
        return " ".join([*before, candidate.after, *after])

    def _left_context(self, position: int, chosen: dict[int, Scored]) -> tuple[str, str]:
        """Return the two words before `position` as the path reads them."""
        ends = {edge.candidate.last: edge for edge in chosen.values()}
        words: list[str] = []
        while position > self.first and len(words) < 2:
            edge = ends.get(position)
            if edge is None:
                position -= 1
                words.insert(0, self._words[position - self.first])
            else:
                position = edge.candidate.first
                words[:0] = edge.candidate.words
        words = words[-2:]
        return ("", "<s>") if not words else ("<s>", words[0]) if len(words) == 1 else (words[0], words[1])

    def _right_context(self, position: int, chosen: dict[int, Scored]) -> tuple[str, ...]:
        """Return the two words after `position` as the path reads them."""
        words: list[str] = []
        while position < self.last and len(words) < 2:
            edge = chosen.get(position)
            if edge is None:
                words.append(self._words[position - self.first])
                position += 1
            else:
                words += edge.candidate.words
                position = edge.candidate.last
        return tuple(words[:2]) if len(words) >= 2 else (*words, "</s>")


_Step = tuple[float, Scored | None, int, tuple[str, str]]


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values))
