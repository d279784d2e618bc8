"""Choices to edits: case, apostrophes, confidence; applying edits and taking them back.

Edits are data.  They are applied, and taken back, by position; nothing is ever searched for again.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from unspin.engine.decode import Choice
from unspin.lexicon.table import Table
from unspin.model import Alternative, Document, Edit, Score, Span
from unspin.text.surface import carry_case, like_apostrophes

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

    plain = before if not crosses(document, span) else _words(document, candidate.first, candidate.last)

    def dress(wording: str) -> str:
        return like_apostrophes(plain, carry_case(plain, wording, sentence_start=opens), curly=curly)

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
    gap = open_text(document, Span(document.ends[token - 1], document.starts[token]))
    return gap != " " and any(c in gap for c in '“"‘:•—') and not gap.isspace()


def crosses(document: Document, span: Span) -> bool:
    """Tell whether a span holds something protected, as an inline tag between two of its words."""
    return next(_protected(document, span), None) is not None


def open_text(document: Document, span: Span) -> str:
    """Return the text of a span without what is protected in it."""
    pieces, position = [], span.start
    for closed in _protected(document, span):
        pieces.append(document.text[position : closed.start])
        position = closed.end
    return "".join([*pieces, document.text[position : span.end]])


def _protected(document: Document, span: Span) -> Iterator[Span]:
    i = bisect_right(document.protected, span.start, key=lambda p: p.end)
    while i < len(document.protected) and document.protected[i].start < span.end:
        yield document.protected[i]
        i += 1


def _words(document: Document, first: int, last: int) -> str:
    return " ".join(document.text[document.starts[i] : document.ends[i]] for i in range(first, last))


def between_tags(document: Document, edit: Edit) -> list[Edit]:
    """Return edits that do what `edit` does and touch no tag inside it, or none if that cannot be.

    "civil <b>battle</b>" to "civil war" is an edit of "battle" alone.  Word stands for word; where their numbers differ,
    what both wordings begin and end with is set apart, and the rest must lie between two tags.
    """
    if not crosses(document, edit.span):
        return [edit]
    first, last = bisect_left(document.starts, edit.span.start), bisect_left(document.starts, edit.span.end)
    old = [document.text[document.starts[i] : document.ends[i]] for i in range(first, last)]
    new = edit.after.split(" ")
    if len(old) == len(new):
        pairs = [(first + i, first + i + 1, word) for i, word in enumerate(new) if word != old[i]]
    else:
        head = _shared(old, new)
        tail = min(_shared(old[::-1], new[::-1]), min(len(old), len(new)) - head)
        pairs = [(first + head, last - tail, " ".join(new[head : len(new) - tail]))]
    parts = []
    for start, end, wording in pairs:
        if start >= end or not wording or crosses(document, document.span(start, end)):
            return []
        span = document.span(start, end)
        parts.append(replace(edit, span=span, before=span.of(document.text), after=wording, alternatives=()))
    return parts


def _shared(left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many words two wordings begin with together."""
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def calibrated(probability: float) -> float:
    """Return how often choices of this probability were right on the development passages (docs/model.md)."""
    p = min(1 - 1e-6, max(1e-6, probability))
    return 1 / (1 + math.exp(-(_SLOPE * math.log(p / (1 - p)) + _SHIFT)))


_SLOPE, _SHIFT = 0.766, 0.424


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

    What both rounds keep stays; between such stretches lies one edit.  One that was made of several carries the reasons of
    the last, and is as sure as the least sure.
    """
    if not second:
        return tuple(first)
    middle = apply(text, first)
    after = apply(middle, second)
    kept = [*_kept_by_both(_kept(first, len(text)), _kept(second, len(middle))), (len(text), len(middle), len(after), 0)]
    result: list[Edit] = []
    source = target = i = j = 0
    for start, in_middle, in_after, length in kept:
        made_of: list[Edit] = []
        while i < len(first) and first[i].span.end <= start:
            made_of.append(first[i])
            i += 1
        while j < len(second) and second[j].span.end <= in_middle:
            made_of.append(second[j])
            j += 1
        if made_of and text[source:start] != after[target:in_after]:
            span = Span(source, start)
            sure = min(e.confidence for e in made_of)
            wording = after[target:in_after]
            result.append(replace(made_of[-1], span=span, before=span.of(text), after=wording, confidence=sure))
        source, target = start + length, in_after + length
    return tuple(result)


def _kept(edits: Sequence[Edit], length: int) -> list[tuple[int, int, int]]:
    """Return the stretches that edits keep: (start before, start after, length)."""
    kept, position, shift = [], 0, 0
    for edit in edits:
        kept.append((position, position + shift, edit.span.start - position))
        position = edit.span.end
        shift += len(edit.after) - len(edit.before)
    kept.append((position, position + shift, length - position))
    return [stretch for stretch in kept if stretch[2]]


def _kept_by_both(
    first: Sequence[tuple[int, int, int]], second: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield (start in the text, after the first round, after the second, length) of what both rounds keep."""
    i = j = 0
    while i < len(first) and j < len(second):
        start = max(first[i][1], second[j][0])
        end = min(first[i][1] + first[i][2], second[j][0] + second[j][2])
        if start < end:
            yield first[i][0] + start - first[i][1], start, second[j][1] + start - second[j][0], end - start
        if first[i][1] + first[i][2] <= second[j][0] + second[j][2]:
            i += 1
        else:
            j += 1


def inverted(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that take applied ones back: ``apply(apply(text, e), inverted(e)) == text``."""
    shift, backwards = 0, []
    for edit in edits:
        start = edit.span.start + shift
        span = Span(start, start + len(edit.after))
        backwards.append(replace(edit, span=span, before=edit.after, after=edit.before, alternatives=()))
        shift += len(edit.after) - len(edit.before)
    return tuple(backwards)
