"""A text and what is suggested for it: the part of a review that never changes.

Suggestions are disjoint and sorted.  One that restoring would apply is taken unless turned back, any other is a question.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from unspin.model import Edit, Restoration, Span

Pair = tuple[str, str]


@dataclass(frozen=True)
class Proposal:
    """A text, the edits suggested for it, and the confidence line they were made with.

    `taken`: where a suggestion is taken without being asked.  `protected`: spans of URLs, code and the like, sorted, where
    nothing is suggested.
    """

    text: str
    edits: tuple[Edit, ...]
    line: float
    taken: frozenset[Span] = frozenset()
    protected: tuple[Span, ...] = ()

    @classmethod
    def of(cls, restoration: Restoration, line: float) -> Proposal:
        """Return what a restoration suggests; `line` is the confidence it was made with."""
        edits = sorted((*restoration.edits, *restoration.offered), key=lambda edit: edit.span)
        taken = frozenset(edit.span for edit in restoration.edits)
        return cls(restoration.document.text, tuple(edits), line, taken, restoration.document.protected)

    @cached_property
    def by_span(self) -> Mapping[Span, Edit]:
        """The suggestions by where they stand."""
        return {edit.span: edit for edit in self.edits}

    @cached_property
    def alike(self) -> Mapping[Pair, tuple[Span, ...]]:
        """Where each pair of wordings is suggested, letter case aside."""
        found: dict[Pair, list[Span]] = {}
        for edit in self.edits:
            found.setdefault(pair(edit.before, edit.after), []).append(edit.span)
        return {wordings: tuple(spans) for wordings, spans in found.items()}


def pair(before: str, after: str) -> Pair:
    """Return what makes two suggestions alike.

    >>> pair("Civil battle", "Civil war") == pair("civil battle", "civil war")
    True
    """
    return " ".join(before.casefold().split()), " ".join(after.casefold().split())


@dataclass(frozen=True)
class Places:
    """Where there is something to decide: the suggestions, and what the reader added in their stead or between them.

    `spans` are sorted and disjoint; a suggestion that an addition overlaps is not among them.
    """

    proposal: Proposal
    additions: tuple[Span, ...] = ()

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """All places, by position."""
        spans = [edit.span for edit in self.proposal.edits]
        for addition in self.additions:
            first = bisect_right(spans, addition.start, key=attrgetter("end"))
            spans[first : bisect_left(spans, addition.end, key=attrgetter("start"))] = [addition]
        return tuple(spans)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each place starts."""
        return tuple(span.start for span in self.spans)

    @cached_property
    def by_doubt(self) -> tuple[Span, ...]:
        """All places, the most doubtful first: the nearer to even odds, the earlier; ties by position."""
        suggested = self.proposal.by_span
        certainty = [abs(suggested[span].confidence - 0.5) if span in suggested else 0.5 for span in self.spans]
        return tuple(self.spans[i] for i in sorted(range(len(certainty)), key=certainty.__getitem__))

    @cached_property
    def ranks(self) -> Mapping[Span, int]:
        """The rank of each place by doubt."""
        return {span: rank for rank, span in enumerate(self.by_doubt)}

    def rank(self, span: Span) -> int:
        """Return the number of a place, by position, from 0."""
        return bisect_left(self.starts, span.start)

    def within(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the places that share a code point with ``start..end``."""
        first = bisect_right(self.starts, start)
        if first and self.spans[first - 1].end > start:
            first -= 1
        return self.spans[first : bisect_left(self.starts, end)]

    def at(self, position: int) -> Span | None:
        """Return the place that covers a position."""
        found = self.within(position, position + 1)
        return found[0] if found else None


def touching(spans: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """Return those of some sorted, disjoint spans that overlap one.

    >>> touching((Span(0, 2), Span(4, 6), Span(8, 9)), Span(5, 9))
    (Span(start=4, end=6), Span(start=8, end=9))
    """
    first = bisect_right(spans, span.start, key=attrgetter("end"))
    return tuple(spans[first : bisect_left(spans, span.end, key=attrgetter("start"))])


def additions_among(spans: Iterable[Span], proposal: Proposal) -> tuple[Span, ...]:
    """Return the spans that no suggestion has, sorted."""
    return tuple(sorted(span for span in spans if span not in proposal.by_span))
