"""What could have been restored: whether the gold wording of a stretch is among the candidates, and at which rank.

A wording is reached if keeping words and taking candidates, one after the other, spells it; punctuation and case do not
count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from unspin.engine.match import candidates
from unspin.engine.pipeline import Engine
from unspin.model import Document, Edit
from unspin.text import document as documents

_WORD = re.compile(r"\w+(?:'\w+)*")


@dataclass(frozen=True)
class Options:
    """The words of a text and, by first word, what may be put in place of some: (one past the last, words, rank from 0).

    `forms`: how many originals each spun form that occurs has.
    """

    document: Document
    by_first: Mapping[int, Sequence[tuple[int, tuple[str, ...], int]]]
    forms: Sequence[int] = ()

    def rank(self, start: int, end: int, wording: Iterable[str]) -> int | None:
        """Return the lowest rank that suffices to read code points `start` to `end` as `wording`, or None."""
        document = self.document
        inside = [i for i in range(len(document)) if document.ends[i] > start and document.starts[i] < end]
        if not inside:
            return None
        wanted = words(" ".join(wording))
        best: dict[tuple[int, int], int] = {(inside[0], 0): -1}
        for i in range(inside[0], inside[-1] + 1):  # steps only lead forward, so one pass in order of position is enough
            for (at, read), rank in sorted(item for item in best.items() if item[0][0] == i):
                for last, option, own in (*self.by_first.get(at, ()), (at + 1, words(document.keys[at]), -1)):
                    if last <= inside[-1] + 1 and wanted[read : read + len(option)] == option:
                        state = last, read + len(option)
                        best[state] = min(best.get(state, len(document)), max(rank, own))
        return best.get((inside[-1] + 1, len(wanted)))


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, parts of hyphenated ones apart."""
    return tuple(_WORD.findall(text.lower().replace("’", "'").replace("-", " ")))


def all_candidates(engine: Engine, text: str) -> Options:
    """Return everything that the table has for a text, of every dialect, whatever its rank."""
    document = documents.read(text)
    by_first: dict[int, list[tuple[int, tuple[str, ...], int]]] = {}
    originals: dict[tuple[int, int], set[str]] = {}
    for first, last in document.sentence_bounds():
        for candidate in candidates(document, engine.table, first, last):
            by_first.setdefault(candidate.first, []).append((candidate.last, words(candidate.after), 0))
            originals.setdefault((candidate.first, candidate.last), set()).add(candidate.after.lower())
    return Options(document, by_first, [len(found) for found in originals.values()])


def ranked(document: Document, edits: Iterable[Edit]) -> Options:
    """Return what edits propose, the likeliest first: rank 0 is the edit's own wording or, if likelier, an alternative."""
    first_at = {start: i for i, start in enumerate(document.starts)}
    last_at = {end: i + 1 for i, end in enumerate(document.ends)}
    by_first: dict[int, list[tuple[int, tuple[str, ...], int]]] = {}
    for edit in edits:
        first, last = first_at.get(edit.span.start), last_at.get(edit.span.end)
        if first is not None and last is not None:
            options = [(edit.confidence, edit.after), *((a.confidence, a.after) for a in edit.alternatives)]
            for rank, (_, wording) in enumerate(sorted(options, key=lambda o: -o[0])):
                by_first.setdefault(first, []).append((last, words(wording), rank))
    return Options(document, by_first)
