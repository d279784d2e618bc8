"""Two texts beside each other: tokens, the edits between them, and windows that no edit crosses.

Edits come from the longest common subsequence of tokens (rapidfuzz).  A window is the smallest stretch of the source that
holds whole every edit, of either alignment, that touches it: the consistent boundaries of CLEME (Ye et al. 2023, arXiv
2305.10819).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_STRAIGHT = str.maketrans("’‘“”", "''\"\"")


class Change(NamedTuple):
    """Tokens `start` to `end` of the source stand for tokens `to_start` to `to_end` of the target."""

    start: int
    end: int
    to_start: int
    to_end: int


def tokens(text: str, *, loose: bool = False) -> list[str]:
    """Return words and marks, quotes straight; `loose`: in lower case.

    >>> tokens("He’s “here”.")
    ["He's", '"', 'here', '"', '.']
    """
    found = _TOKEN.findall(text.translate(_STRAIGHT))
    return [token.lower() for token in found] if loose else found


def offsets(text: str) -> list[tuple[int, int]]:
    """Return where each token stands, in code points."""
    return [match.span() for match in _TOKEN.finditer(text.translate(_STRAIGHT))]


def changes(source: Sequence[str], target: Sequence[str]) -> list[Change]:
    """Return what turns `source` into `target`, touching changes joined.

    >>> changes(["a", "civil", "battle"], ["a", "civil", "war", "now"])
    [Change(start=2, end=3, to_start=2, to_end=4)]
    """
    from rapidfuzz.distance import Indel

    found: list[Change] = []
    for step in Indel.opcodes(source, target):
        if step.tag != "equal":
            change = Change(step.src_start, step.src_end, step.dest_start, step.dest_end)
            if found and found[-1].end == change.start and found[-1].to_end == change.to_start:
                change = Change(found[-1].start, change.end, found[-1].to_start, change.to_end)
                found.pop()
            found.append(change)
    return found


def distance(source: Sequence[str], target: Sequence[str]) -> int:
    """Return how many tokens must be deleted and inserted to turn one into the other."""
    from rapidfuzz.distance import Indel

    return int(Indel.distance(source, target))


def similarity(left: Sequence[str], right: Sequence[str]) -> float:
    """Return how much two sequences have in common in order, 0 to 1."""
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(left, right))


def touches(change: Change, start: int, end: int) -> bool:
    """Tell whether a change lies in, or at the edge of, a stretch of the source; insertions touch at both edges."""
    if change.start == change.end:
        return start <= change.start <= end
    if start == end:
        return change.start <= start <= change.end
    return change.start < end and start < change.end


def window(start: int, end: int, *alignments: Sequence[Change]) -> tuple[int, int]:
    """Return the smallest stretch that holds whole every change that touches it."""
    grown = True
    while grown:
        grown = False
        for alignment in alignments:
            for change in alignment:
                if touches(change, start, end) and (change.start < start or change.end > end):
                    start, end, grown = min(start, change.start), max(end, change.end), True
    return start, end


def rendered(source: Sequence[str], target: Sequence[str], alignment: Sequence[Change], start: int, end: int) -> list[str]:
    """Return what a stretch of the source reads in the target."""
    words: list[str] = []
    position = start
    for change in alignment:
        if start <= change.start and change.end <= end:
            words += [*source[position : change.start], *target[change.to_start : change.to_end]]
            position = change.end
    return [*words, *source[position:end]]


def new_tokens(alignment: Sequence[Change]) -> set[int]:
    """Return the tokens of the target that the source lacks."""
    return {i for change in alignment for i in range(change.to_start, change.to_end)}


def places(source: Sequence[str], target: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (token of the source, token of the target) for all that both have in the same place."""
    i = j = 0
    for change in [*changes(source, target), Change(len(source), len(source), len(target), len(target))]:
        yield from zip(range(i, change.start), range(j, change.to_start), strict=True)
        i, j = change.end, change.to_end
