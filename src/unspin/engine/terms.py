"""Terms: candidates whose words the collocations pair with the words beside them.

Of "otherworldly grouping" neither word lets the other be read: "spectral grouping" is as odd as "otherworldly clustering",
and both images are rare.  Together they make a term that people write, and that is no chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from unspin.engine.match import Candidate
from unspin.language import spoken
from unspin.model import Document

# Takes a word and the next; tells whether the collocations pair them.
Paired = Callable[[str, str], bool]


def joined(
    found: Sequence[Candidate], paired: Paired, worth: Callable[[int, int], bool] = lambda i, j: True
) -> Iterator[tuple[int, int]]:
    """Yield the indices of two candidates, one behind the other, whose words are paired where they meet.

    `worth`: whether two indices are worth the question, since there are many.
    """
    beginning: dict[int, list[int]] = {}
    for i, candidate in enumerate(found):
        beginning.setdefault(candidate.first, []).append(i)
    for i, candidate in enumerate(found):
        following = beginning.get(candidate.last)
        if following:
            word = candidate.words[-1]
            for j in following:
                if worth(i, j) and paired(word, found[j].words[0]):
                    yield i, j


def admitted(document: Document, first: int, last: int, found: list[Candidate], paired: Paired) -> list[Candidate]:
    """Return the candidates for tokens `first` to `last` but for those of a term's rows that make no known term there."""
    if not any(candidate.row.term for candidate in found):
        return found
    inside = {i for two in joined(found, paired, lambda i, j: found[i].row.term or found[j].row.term) for i in two}
    return [
        candidate
        for i, candidate in enumerate(found)
        if not candidate.row.term or i in inside or _beside(document, first, last, candidate, paired)
    ]


def _beside(document: Document, first: int, last: int, candidate: Candidate, paired: Paired) -> bool:
    """Tell whether a candidate makes a known pair with a word of the text."""
    keys, start, end = document.keys, candidate.first, candidate.last
    before = start > first and paired(spoken(keys[start - 1]), candidate.words[0])
    return before or (end < last and paired(candidate.words[-1], spoken(keys[end])))
