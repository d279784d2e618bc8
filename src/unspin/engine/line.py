"""The line between what is applied and what is offered.

Spinners change words in runs, and half a run restored serves nobody: beside an edit that passes, the line lies lower.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import not_

from unspin.model import Edit, Span

# Choices below this are not worth a reader's time.
LEAST_OFFERED = 0.1
# How much lower the line lies beside an edit that passes it (F0.5 +.003 at the default line, +.03 at the safe one).
BESIDE = 0.1


def split_at(edits: Iterable[Edit], line: float) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """Return the edits that pass a confidence line, and those that do not but are worth offering; both sorted.

    Edits whose text would not change are dropped, and of overlapping ones all but the first.
    """
    ordered = sorted((e for e in edits if e.before != e.after and e.confidence >= LEAST_OFFERED), key=lambda e: e.span)
    apart = list(_disjoint(ordered))
    passes = passing(apart, line)
    return tuple(compress(apart, passes)), tuple(compress(apart, map(not_, passes)))


def passing(edits: Sequence[Edit], line: float) -> list[bool]:
    """Tell which of some sorted disjoint edits pass a line from 0 to 1."""
    passes = [edit.confidence >= line for edit in edits]
    for order in (range(len(edits)), range(len(edits) - 1, -1, -1)):  # runs grow to the right, then to the left
        for i in order:
            passes[i] = passes[i] or _follows(edits, passes, i, line - BESIDE)
    return passes


def _follows(edits: Sequence[Edit], passes: Sequence[bool], i: int, line: float) -> bool:
    """Tell whether an edit touches one that passes, is above the lowered line, and is likelier than no change."""
    edit = edits[i]
    if edit.confidence < line or any(a.after == edit.before and a.confidence > edit.confidence for a in edit.alternatives):
        return False
    left = i > 0 and passes[i - 1] and edit.span.start - edits[i - 1].span.end == 1
    return left or (i + 1 < len(edits) and passes[i + 1] and edits[i + 1].span.start - edit.span.end == 1)


def _disjoint(ordered: Iterable[Edit]) -> Iterator[Edit]:
    end = -1
    for edit in ordered:
        if edit.span.start >= end:
            yield edit
            end = edit.span.end


def without(offered: Sequence[Edit], applied: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the offered edits that overlap no applied one."""
    return tuple(edit for edit in offered if not _overlaps(edit.span, applied))


def _overlaps(span: Span, edits: Sequence[Edit]) -> bool:
    i = bisect_left(edits, span.start, key=lambda e: e.span.end)
    return any(e.span.overlaps(span) for e in edits[i : i + 2])
