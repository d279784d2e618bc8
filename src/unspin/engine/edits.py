"""Choices to edits: case, apostrophes, confidence, and the line between applied and offered.

Edits are data.  They are applied, and taken back, by position; nothing is ever searched for again.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from unspin.engine.decode import Choice
from unspin.lexicon.table import Table
from unspin.model import Alternative, Document, Edit, Score, Span
from unspin.text.surface import carry_case, like_apostrophes

# Choices below this are not worth a reader's time.
LEAST_OFFERED = 0.1
_MOST_ALTERNATIVES = 4


def make_edit(document: Document, choice: Choice, score: Score, table: Table, sentence: tuple[int, int]) -> Edit:
    """Turn a choice into an edit of the text, dressed like what it replaces."""
    candidate = choice.candidate
    span = document.span(candidate.first, candidate.last)
    if candidate.comma:
        span = Span(span.start, span.end + 1)
    before = span.of(document.text)
    opens = opens_sentence(document, candidate.first, sentence[0])
    curly = "’" in document.text

    def dress(wording: str) -> str:
        return like_apostrophes(before, carry_case(before, wording, sentence_start=opens), curly=curly)

    alternatives = [
        Alternative(dress(wording) if wording else before, calibrated(probability))
        for wording, probability in choice.others
        if probability > 0.01
    ]
    return Edit(
        span=span,
        before=before,
        after=dress(candidate.after),
        confidence=calibrated(choice.probability),
        score=score,
        entry=table.entry(candidate.row.entry),
        alternatives=tuple(alternatives[:_MOST_ALTERNATIVES]),
    )


def opens_sentence(document: Document, token: int, sentence_first: int) -> bool:
    """Tell whether a token stands first in its sentence, or first in a quotation."""
    if token == sentence_first:
        return True
    gap = document.text[document.ends[token - 1] : document.starts[token]]
    return any(c in gap for c in '“"‘:•—') and not gap.isspace()


def calibrated(probability: float) -> float:
    """Return how often choices of this probability were right on the development passages (docs/model.md)."""
    p = min(1 - 1e-6, max(1e-6, probability))
    return 1 / (1 + math.exp(-(_SLOPE * math.log(p / (1 - p)) + _SHIFT)))


_SLOPE, _SHIFT = 0.85, 0.36


def split_at(edits: Iterable[Edit], line: float) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """Return the edits at or above the confidence line, and those below it that are worth offering.

    Edits whose text would not change are dropped; offered edits that overlap an applied one too.
    """
    ordered = sorted((e for e in edits if e.before != e.after), key=lambda e: e.span)
    applied = tuple(e for e in ordered if e.confidence >= line)
    offered, last = [], -1
    for edit in ordered:
        if LEAST_OFFERED <= edit.confidence < line and edit.span.start >= last and not _overlaps(edit.span, applied):
            offered.append(edit)
            last = edit.span.end
    return applied, tuple(offered)


def without(offered: Sequence[Edit], applied: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the offered edits that overlap no applied one."""
    return tuple(edit for edit in offered if not _overlaps(edit.span, applied))


def _overlaps(span: Span, edits: Sequence[Edit]) -> bool:
    i = bisect_left(edits, span.start, key=lambda e: e.span.end)
    return any(e.span.overlaps(span) for e in edits[i : i + 2])


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return `text` with the edits applied; raises ValueError if one does not fit the text."""
    pieces, position = [], 0
    for edit in edits:
        if edit.span.start < position or edit.span.of(text) != edit.before:
            raise ValueError(f"the edit {edit.before!r} -> {edit.after!r} at {edit.span.start} does not fit this text")
        pieces += [text[position : edit.span.start], edit.after]
        position = edit.span.end
    return "".join([*pieces, text[position:]])


def composed(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return edits of `text` that do what `first` and then `second`, edits of its result, do.

    Edits of the second round that touch none of the first only move; one that touches some is joined with them, and is as
    sure as the least sure of them.
    """
    result: list[Edit] = []
    i = shift = 0
    after = apply(text, first)
    for edit in second:
        while i < len(first) and first[i].span.end + shift + _growth(first[i]) < edit.span.start:
            result.append(first[i])
            shift += _growth(first[i])
            i += 1
        start, end = edit.span.start, edit.span.end
        group, begin = [edit], shift
        while i < len(first) and first[i].span.start + shift <= end:
            group.append(first[i])
            start = min(start, first[i].span.start + shift)
            shift += _growth(first[i])
            end = max(end, first[i].span.end + shift)
            i += 1
        span = Span(start - begin, end - shift)
        wording = after[start : edit.span.start] + edit.after + after[edit.span.end : end]
        sure = min(e.confidence for e in group)
        result.append(replace(edit, span=span, before=span.of(text), after=wording, confidence=sure))
    result.extend(first[i:])
    return tuple(edit for edit in result if edit.before != edit.after)


def _growth(edit: Edit) -> int:
    return len(edit.after) - len(edit.before)


def inverted(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that take applied ones back: ``apply(apply(text, e), inverted(e)) == text``."""
    shift, backwards = 0, []
    for edit in edits:
        start = edit.span.start + shift
        span = Span(start, start + len(edit.after))
        backwards.append(replace(edit, span=span, before=edit.after, after=edit.before, alternatives=()))
        shift += len(edit.after) - len(edit.before)
    return tuple(backwards)
