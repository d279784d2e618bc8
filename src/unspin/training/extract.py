"""Pairs of phrases from aligned sentences: what was printed, and what had stood there.

A change between two sentences is first taken whole.  A spinner changes neighbours one by one, so a change of several words
is then cut into pieces that other places vouch for ("worldwide group" was "international community" because "worldwide"
was "international" elsewhere); one piece of it may be new.  The cut is exact: a dynamic programme over both sides, in the
manner of phrase extraction from alignments (Och & Ney 2004), the order of words kept.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from unspin.model import Document
from unspin.training.align import Change, changes
from unspin.training.sentences import Pair

Phrase = tuple[str, ...]
Phrases = tuple[Phrase, Phrase]
Known = Callable[[Phrase, Phrase], bool]

LONGEST = 5
_ROUNDS = 3
# What a piece is worth that nothing vouches for, and for each word of it, against ln(1 + count) + 1 for one vouched for.
_NEW, _NEW_WORD = -1.0, -0.6


@dataclass(frozen=True, slots=True)
class Place:
    """One change: its words in both texts, lower case, as written, and the sentences it stands in.

    `at`: where the words stand in the spun sentence, in code points.  `before`: the word before them, "" where they open the
    sentence.  `joined`: made of several changes, which are places of their own.
    """

    spun: Phrase
    original: Phrase
    written: tuple[str, str]
    sentences: tuple[str, str]
    at: tuple[int, int]
    before: str = ""
    joined: bool = False


@dataclass
class Counts:
    """What all pairs of texts say: places by pair, how often each phrase occurs, words in all.

    `rephrased`: changes too long to be the work of a table.
    """

    places: dict[Phrases, list[Place]] = field(default_factory=lambda: defaultdict(list))
    spun: Counter[Phrase] = field(default_factory=Counter)
    original: Counter[Phrase] = field(default_factory=Counter)
    words: int = 0
    sentences: int = 0
    rephrased: int = 0

    def count(self, pair: Phrases) -> int:
        """Return how often a pair was seen."""
        return len(self.places.get(pair, ()))


def places(spun: Document, original: Document, pairs: Iterable[Pair]) -> Iterator[tuple[Place, ...]]:
    """Yield the changes between aligned sentences, as the readings that each may have; none for a rephrasing.

    Where one side has words that the other lacks, the word before and the word behind may belong to them: two readings.
    """
    for pair in pairs:
        mine, theirs = _plain(spun.keys[pair.start : pair.end]), _plain(original.keys[pair.to_start : pair.to_end])
        steps = [
            Change(c.start + pair.start, c.end + pair.start, c.to_start + pair.to_start, c.to_end + pair.to_start)
            for c in slid(changes(mine, theirs), mine, theirs)
        ]
        whole = list(_joined(steps))
        # Where a word moved, as in "all the people" to "the entire individuals", neither change says anything by itself.
        moved = [change for change in whole if any(_one_sided(step) and _holds(change, step) for step in steps)]
        for step in steps:
            if any(_holds(change, step) for change in moved):
                continue
            if max(step.end - step.start, step.to_end - step.to_start) > LONGEST:
                yield ()
                continue
            readings = tuple(_placed(spun, original, pair, _widened(step, pair)))
            if readings:
                yield readings
        for change in whole:
            yield tuple(_placed(spun, original, pair, [change], joined=change not in moved))
        for change in set(_names(spun, original, pair, steps)).difference(whole):
            yield tuple(_placed(spun, original, pair, [change], joined=True))


def _plain(keys: Iterable[str]) -> list[str]:
    """Return words with one article: "an" follows from what is behind it."""
    return ["a" if key == "an" else key for key in keys]


def _one_sided(step: Change) -> bool:
    return step.start == step.end or step.to_start == step.to_end


def _holds(whole: Change, part: Change) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _placed(
    spun: Document, original: Document, pair: Pair, steps: Iterable[Change], *, joined: bool = False
) -> Iterator[Place]:
    for step in steps:
        if _unbroken(spun, step.start, step.end) and _unbroken(original, step.to_start, step.to_end):
            yield _place(spun, original, pair, step, joined)


def _joined(steps: Sequence[Change]) -> Iterator[Change]:
    """Yield neighbours with a word or two between them as one change: "head to sleep" was "go to bed"."""
    for left, right in pairwise(steps):
        whole = Change(left.start, right.end, left.to_start, right.to_end)
        if right.start - left.end < 3 and max(whole.end - whole.start, whole.to_end - whole.to_start) <= LONGEST:
            yield whole


def slid(steps: Iterable[Change], spun: Sequence[str], original: Sequence[str]) -> list[Change]:
    """Return changes with those that only insert or delete moved beside their neighbour where the words allow it.

    >>> spun, original = "the place the village".split(), "where the village".split()
    >>> slid(changes(spun, original), spun, original)
    [Change(start=0, end=2, to_start=0, to_end=1)]
    """
    found: list[Change] = []
    for step in steps:
        moved = _moved_left(step, found[-1] if found else None, spun, original)
        if found and found[-1].end == moved.start and found[-1].to_end == moved.to_start:
            last = found.pop()
            moved = Change(last.start, moved.end, last.to_start, moved.to_end)
        found.append(moved)
    return found


def _moved_left(step: Change, before: Change | None, spun: Sequence[str], original: Sequence[str]) -> Change:
    if before is None or (step.start < step.end and step.to_start < step.to_end):
        return step
    start, end, to_start, to_end = step
    while start > before.end and to_start > before.to_end:
        words = (spun, end) if start < end else (original, to_end)
        if words[0][words[1] - 1] != spun[start - 1]:
            return step
        start, end, to_start, to_end = start - 1, end - 1, to_start - 1, to_end - 1
    return Change(start, end, to_start, to_end)


def _widened(change: Change, pair: Pair) -> Iterator[Change]:
    start, end, to_start, to_end = change
    if start < end and to_start < to_end:
        yield change
        return
    if end < pair.end and to_end < pair.to_end:
        yield Change(start, end + 1, to_start, to_end + 1)
    if start > pair.start and to_start > pair.to_start:
        yield Change(start - 1, end, to_start - 1, to_end)


def _unbroken(document: Document, start: int, end: int) -> bool:
    """Tell whether nothing but blanks and hyphens stands between some tokens."""
    return all(document.gaps[i] in (" ", "-") for i in range(start, end - 1))


def _place(spun: Document, original: Document, pair: Pair, step: Change, joined: bool) -> Place:
    begin, where = spun.starts[pair.start], spun.span(step.start, step.end)
    mine, theirs = spun.keys[step.start : step.end], original.keys[step.to_start : step.to_end]
    written = [_written(where.of(spun.text)), _written(original.source(step.to_start, step.to_end))]
    if mine[-1].endswith("'s") and theirs[-1].endswith("'s"):
        mine, theirs, written = [*mine[:-1], mine[-1][:-2]], [*theirs[:-1], theirs[-1][:-2]], [w[:-2] for w in written]
    return Place(
        tuple(mine),
        tuple(theirs),
        (written[0], written[1]),
        (spun.source(pair.start, pair.end), original.source(pair.to_start, pair.to_end)),
        (where.start - begin, where.end - begin),
        spun.keys[step.start - 1] if step.start > pair.start else "",
        joined,
    )


def _written(source: str) -> str:
    """Return words as a list has them: straight apostrophes, single blanks."""
    return " ".join(source.replace("’", "'").split())


def _names(spun: Document, original: Document, pair: Pair, steps: Sequence[Change]) -> Iterator[Change]:
    """Yield whole names in which something was changed, one capital after the other: "Nationwide Resistance Entrance"."""
    known = {change.start: change for change in steps}
    i = pair.start + 1
    while i < pair.end:
        first, touched, shift_at = i, 0, _counterpart(steps, pair, i)
        while i < pair.end and _capital(spun, i) and (i == first or spun.gaps[i - 1] == " "):
            change = known.get(i)
            touched += change is not None
            i = max(i + 1, change.end if change else 0)
        if touched and i - first > 1 and i <= pair.end:
            whole = Change(first, i, shift_at, _counterpart(steps, pair, i))
            right = range(whole.to_start, whole.to_end)
            if len(right) > 1 and all(_capital(original, j) for j in right):
                yield whole
        i = max(i, first + 1)


def _counterpart(steps: Sequence[Change], pair: Pair, token: int) -> int:
    """Return the token of the original beside which a token of the spun text stands."""
    shift = pair.to_start - pair.start
    for step in steps:
        if step.end > token:
            return step.to_start if step.start <= token else token + shift
        shift = step.to_end - step.end
    return token + shift


def _capital(document: Document, i: int) -> bool:
    return document.text[document.starts[i]].isupper()


def gather(found: Iterable[tuple[Place, ...]], *, known: Known = lambda spun, original: False) -> Counts:
    """Return the places by pair: of several readings the one seen most, changes cut into what is vouched for elsewhere."""
    counts, whole, joined = Counts(), list[tuple[Place, ...]](), list[Place]()
    for readings in found:
        counts.rephrased += not readings
        joined += [place for place in readings if place.joined]
        whole += [readings] if readings and not readings[0].joined else []
    seen = Counter((p.spun, p.original) for readings in whole for p in readings)
    single = [max(readings, key=lambda p: seen[p.spun, p.original]) for readings in whole]
    support = Counter((p.spun, p.original) for p in single)
    pieces: list[Place] = []
    for _ in range(_ROUNDS):
        pieces = [piece for place in single for piece in _cut(place, support, known)]
        support = Counter((p.spun, p.original) for p in pieces)
    for piece in pieces:
        counts.places[piece.spun, piece.original].append(piece)
    _join(counts.places, joined)
    return counts


def _join(places: dict[Phrases, list[Place]], joined: Iterable[Place]) -> None:
    """Put joined changes in place of their parts where a part was seen nowhere else; names stay beside theirs."""
    wholes: dict[Phrases, list[Place]] = defaultdict(list)
    for place in joined:
        if place.spun != place.original:
            wholes[place.spun, place.original].append(place)
    for pair, found in sorted(wholes.items(), key=lambda item: -len(item[1])):
        # Spins of one sentence bind what only stands side by side in it.
        apart = len({place.sentences[1] for place in found})
        parts = [part for part in places if _is_part(part, pair)] if apart > 1 else []
        bound = [part for part in parts if len(places[part]) <= len(found)]
        if _is_name(found[0]):
            places[pair] = found
        elif bound:
            places[pair] = found
            for part in bound:
                del places[part]


def _is_part(part: Phrases, whole: Phrases) -> bool:
    """Tell whether both sides of a pair stand in those of another one."""
    return part != whole and all(f" {' '.join(a)} " in f" {' '.join(b)} " for a, b in zip(part, whole, strict=True))


def _cut(place: Place, support: Mapping[Phrases, int], known: Known) -> list[Place]:
    """Return the pieces of a change: the cut that is vouched for best, at most one piece of it new."""
    if _is_name(place) or max(len(place.spun), len(place.original)) == 1:
        return [place]
    best: dict[tuple[int, int, bool], tuple[float, tuple[tuple[int, int, int, int], ...]]] = {(0, 0, False): (0.0, ())}
    rows, columns = len(place.spun), len(place.original)
    for i in range(rows):
        for j in range(columns):
            for new in (False, True):
                if (i, j, new) in best:
                    _extend(best, place, (i, j, new), support, known)
    ends = [best[rows, columns, new] for new in (False, True) if (rows, columns, new) in best]
    _, cut = max(ends, key=lambda end: end[0])
    pieces = [_piece(place, *part) for part in cut]
    return [piece for piece in pieces if piece.spun != piece.original]


def _extend(
    best: dict[tuple[int, int, bool], tuple[float, tuple[tuple[int, int, int, int], ...]]],
    place: Place,
    state: tuple[int, int, bool],
    support: Mapping[Phrases, int],
    known: Known,
) -> None:
    i, j, new = state
    score, cut = best[state]
    for a in range(i + 1, len(place.spun) + 1):
        for b in range(j + 1, len(place.original) + 1):
            pair = place.spun[i:a], place.original[j:b]
            own = pair == (place.spun, place.original)
            count = support.get(pair, 0) - own  # a change does not vouch for itself
            if pair[0] == pair[1]:
                following, worth = new, 0.0
            elif count > 0 or known(*pair):
                following, worth = new, 1 + math.log1p(max(0, count))
            elif new:
                continue
            else:
                following, worth = True, _NEW + _NEW_WORD * max(a - i, b - j)
            reached = a, b, following
            if reached not in best or score + worth > best[reached][0]:
                best[reached] = score + worth, (*cut, (i, a, j, b))


def _piece(place: Place, i: int, a: int, j: int, b: int) -> Place:
    if (i, a, j, b) == (0, len(place.spun), 0, len(place.original)):
        return place
    written = place.written[0].split()[i:a], place.written[1].split()[j:b]
    spun, original = place.spun[i:a], place.original[j:b]
    texts = (" ".join(written[0]) or " ".join(spun), " ".join(written[1]) or " ".join(original))
    return replace(place, spun=spun, original=original, written=texts, before=place.before if i == 0 else place.spun[i - 1])


def _is_name(place: Place) -> bool:
    return all(len(side.split()) > 1 and all(word[:1].isupper() for word in side.split()) for side in place.written)


def occurrences(documents: Iterable[tuple[Document, Iterable[tuple[int, int]]]], wanted: set[Phrase]) -> Counter[Phrase]:
    """Return how often phrases occur in some stretches of documents."""
    found: Counter[Phrase] = Counter()
    longest = max(map(len, wanted), default=0)
    begins = {phrase[0] for phrase in wanted}
    for document, stretches in documents:
        keys = document.keys
        for first, last in stretches:
            for i in range(first, last):
                if keys[i] in begins:
                    for j in range(i + 1, min(last, i + longest) + 1):
                        phrase = tuple(keys[i:j])
                        if phrase in wanted:
                            found[phrase] += 1
    return found
