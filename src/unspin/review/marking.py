"""Marking words of a document: ranges of tokens, first and one past the last."""

from __future__ import annotations

from bisect import bisect_right

from unspin.model import Document

Marked = tuple[int, int]


def words_at(document: Document, position: int) -> Marked:
    """Return the word at a position, or the next one, or the last.

    >>> from unspin.text.document import read
    >>> words_at(read("A civil battle."), 3), words_at(read("A civil battle."), 99)
    ((1, 2), (2, 3))
    """
    first = min(bisect_right(document.ends, position), len(document) - 1)
    return first, first + 1


def moved(document: Document, marked: Marked, step: int) -> Marked:
    """Return one word, `step` words after (before) those marked."""
    first = marked[1] - 1 + step if step > 0 else marked[0] + step
    first = max(0, min(first, len(document) - 1))
    return first, first + 1


def resized(document: Document, marked: Marked, step: int) -> Marked:
    """Return the marked words and one more (fewer) at the end; one at least."""
    return marked[0], max(marked[0] + 1, min(marked[1] + step, len(document)))
