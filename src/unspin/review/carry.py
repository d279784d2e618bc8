"""Carrying decisions over to a text that has changed since: where the words still stand, the decision does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import accumulate

from unspin.model import Span

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Pairs of words to compare in one changed passage; beyond it, the passage counts as new.
_TOO_MANY = 4_000_000
_Stretch = tuple[int, int, int]  # start before, start after, length


def carried(before: str, after: str, decisions: Mapping[Span, str]) -> dict[Span, str]:
    """Return the decisions about `before` that hold for `after`, at their new places.

    A decision is carried if all of its words still stand, unbroken, in the same surroundings as far as a comparison by
    lines, and within changed lines by words, can tell.

    >>> carried("A civil battle. The battle.", "Now: a civil battle.", {Span(8, 14): "war", Span(20, 26): "fight"})
    {Span(start=13, end=19): 'war'}
    """
    stretches = list(_kept(before, after))
    starts = [start for start, _, _ in stretches]
    result = {}
    for span, wording in decisions.items():
        i = bisect_right(starts, span.start) - 1
        if i >= 0 and span.end <= stretches[i][0] + stretches[i][2]:
            shift = stretches[i][1] - stretches[i][0]
            result[Span(span.start + shift, span.end + shift)] = wording
    return result


def _kept(before: str, after: str) -> Iterator[_Stretch]:
    """Yield what both texts share, in order, neighbouring stretches as one."""
    held: _Stretch | None = None
    for start, target, length in _shared_lines(before, after):
        if held and (held[0] + held[2], held[1] + held[2]) == (start, target):
            held = (held[0], held[1], held[2] + length)
            continue
        if held:
            yield held
        held = (start, target, length)
    if held:
        yield held


def _shared_lines(before: str, after: str) -> Iterator[_Stretch]:
    old, new = _LINE.findall(before), _LINE.findall(after)
    at, to = 0, 0
    for tag, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        gone, come = old[i:j], new[k:m]
        if tag == "equal":
            yield at, to, sum(map(len, gone))
        elif tag == "replace":
            yield from _shared_words("".join(gone), "".join(come), at, to)
        at, to = at + sum(map(len, gone)), to + sum(map(len, come))


def _shared_words(before: str, after: str, at: int, to: int) -> Iterator[_Stretch]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > _TOO_MANY:
        return
    old_ends, new_ends = [0, *accumulate(map(len, old))], [0, *accumulate(map(len, new))]
    for i, k, n in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        yield at + old_ends[i], to + new_ends[k], old_ends[i + n] - old_ends[i]
