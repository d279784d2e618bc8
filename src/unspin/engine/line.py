"""The line between what is applied and what is offered.

Spinners change words in runs, and half a run restored serves nobody.  So two edits that touch are settled together: both
readings right, or the pair is offered whole.  A longer run is seldom right as a whole; beside an edit of it that passes,
the line lies lower for the others.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import not_

from unspin.model import Edit, Span

# Choices below this are not worth a reader's time.
LEAST_OFFERED = 0.1
# How much lower the line lies beside an edit that passes it (F0.5 +.003 at the default line, +.03 at the safe one).
BESIDE = 0.1
# The power of the line that two edits must pass together: at the default a pair passes that is rather right than wrong (F0.5
# +.008, word by word +.005), at 1.0 none.
PAIR = 1.31


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
    return [passes for run in _runs(edits) for passes in (_as_pair(run, line) if len(run) == 2 else _as_grown(run, line))]


def _as_pair(run: Sequence[Edit], line: float) -> list[bool]:
    """Return what passes of two edits that touch, each made or left, whichever is likelier.

    The probabilities multiply (of such pairs on the development passages .72 were right, .77 expected).  One that is rather
    left passes where the pair with it made would.
    """
    likelier = [max(edit.confidence, 1 - edit.confidence) for edit in run]
    together = math.prod(likelier)
    return [together * edit.confidence / best >= line**PAIR for edit, best in zip(run, likelier, strict=True)]


def _as_grown(run: Sequence[Edit], line: float) -> list[bool]:
    """Return what passes of a run: what is sure by itself, and from there what touches it and is sure enough."""
    passes = [edit.confidence >= line for edit in run]
    for order in (range(1, len(run)), range(len(run) - 2, -1, -1)):  # to the right, then to the left
        step = 1 if order.step > 0 else -1
        for i in order:
            passes[i] = passes[i] or (passes[i - step] and _is_sure_enough(run[i], line - BESIDE))
    return passes


def _is_sure_enough(edit: Edit, line: float) -> bool:
    """Tell whether an edit is above a line, and likelier than no change."""
    return edit.confidence >= line and not any(
        a.after == edit.before and a.confidence > edit.confidence for a in edit.alternatives
    )


def _runs(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Yield the edits in runs that have one character, or none, between them."""
    run: list[Edit] = []
    for edit in edits:
        if run and edit.span.start - run[-1].span.end > 1:
            yield run
            run = []
        run.append(edit)
    if run:
        yield run


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
