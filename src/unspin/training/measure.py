"""One restored case against its gold: windows, words, names, ranks, and how sure each edit was.

The windows are those of `unspin.training.align`; within one, the restoration is a *hit* (reads as the gold, or as a fair
alternative), *wrong* (another wording), a *miss* (left as it was) or *over* (changed what nobody spun).  The outcomes are
those of CLEME2.0 (Ye et al. 2024, arXiv 2407.00934).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import compress

from unspin.engine.line import passing
from unspin.engine.pipeline import BOLD, DEFAULT, SAFE
from unspin.model import Edit
from unspin.training.align import Change, changes, distance, new_tokens, offsets, places, rendered, tokens, window
from unspin.training.cases import Case
from unspin.training.reach import Options

LINES: Mapping[str, float] = {"safe": SAFE, "default": DEFAULT, "bold": BOLD}


class Outcome(StrEnum):
    """What became of a window."""

    HIT = "hit"
    WRONG = "wrong"
    MISS = "miss"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the spun text, how gold and restoration read it, and whether the gold was among the candidates."""

    outcome: Outcome
    spun: str
    gold: str
    got: str
    before: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Right and all, of the restoration's changes and of the gold's."""

    right: int = 0
    made: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of the changes made that are right; 1.0 where none was made."""
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        """Share of the changes wanted that were found; 1.0 where none was wanted."""
        return self.found / self.wanted if self.wanted else 1.0

    def f(self, beta: float = 0.5) -> float:
        """Return F-beta; with 0.5 precision counts twice as much as recall.

        >>> round(Counts(right=9, made=10, found=6, wanted=10).f(), 3)
        0.818
        """
        p, r = self.precision, self.recall
        return (1 + beta**2) * p * r / (beta**2 * p + r) if p + r else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.made + other.made, self.found + other.found, self.wanted + other.wanted)


@dataclass(frozen=True)
class Measured:
    """All that is measured of one case.

    `strict`, `loose`: windows, with alternatives; `gold_only`: strict without them.  `words`: new words one by one.
    `detected`: places changed, whatever to.  `names`: (restored, spun, broken, intact).  `ranks`: per window of the gold
    that the candidates reach, the rank that reading it takes, None where the engine's options do not suffice; `reachable`
    of `windows_of_gold` are reached.  `sure`: (confidence, right) of every edit, applied or offered; `passed`: by
    name of a line, whether each that passes it is right.
    """

    case: Case
    restored: str
    strict: Counts
    loose: Counts
    gold_only: Counts
    words: Counts
    detected: Counts
    names: tuple[int, int, int, int]
    windows: tuple[Window, ...]
    windows_of_gold: int
    reachable: int
    ranks: tuple[int | None, ...]
    sure: tuple[tuple[float, bool], ...]
    passed: Mapping[str, tuple[bool, ...]]


class _Aligned:
    """A case's three token sequences and the two alignments from the spun text."""

    def __init__(self, case: Case, restored: str, *, loose: bool = False, alternatives: bool = True) -> None:
        self.alternatives = case.alternatives if alternatives else {}
        self.spun, self.gold, self.got = (tokens(t, loose=loose) for t in (case.spun, case.gold, restored))
        self.to_gold, self.to_got = changes(self.spun, self.gold), changes(self.spun, self.got)

    def around(self, change: Change) -> tuple[int, int]:
        return window(change.start, change.end, self.to_gold, self.to_got)

    def read(self, start: int, end: int) -> tuple[list[str], list[str]]:
        """Return how the gold and how the restoration read a window."""
        return (
            rendered(self.spun, self.gold, self.to_gold, start, end),
            rendered(self.spun, self.got, self.to_got, start, end),
        )

    def fair(self, start: int, end: int, wording: Sequence[str]) -> bool:
        key = tuple(token.lower() for token in self.spun[start:end])
        return tuple(token.lower() for token in wording) in self.alternatives.get(key, ())

    def right(self, change: Change) -> bool:
        start, end = self.around(change)
        gold, got = self.read(start, end)
        return gold == got or self.fair(start, end, got)

    def counts(self) -> Counts:
        return Counts(
            right=sum(map(self.right, self.to_got)),
            made=len(self.to_got),
            found=sum(map(self.right, self.to_gold)),
            wanted=len(self.to_gold),
        )

    def detected(self) -> Counts:
        """Count changes that touch a change of the other alignment."""
        gold, got = self.to_gold, self.to_got
        right, found = sum(_meets(c, gold) for c in got), sum(_meets(c, got) for c in gold)
        return Counts(right=right, made=len(got), found=found, wanted=len(gold))

    def words(self) -> Counts:
        new_gold, new_got = new_tokens(self.to_gold), new_tokens(self.to_got)
        same = dict(places(self.got, self.gold))
        right = sum(same.get(i) in new_gold for i in new_got)
        return Counts(right=right, made=len(new_got), found=right, wanted=len(new_gold))


def measure(case: Case, restored: str, edits: Sequence[Edit], options: Options, engine_options: Options) -> Measured:
    """Measure one case.

    `edits`: applied and offered.  `options`: all candidates of the spun text; `engine_options`: what the engine made of
    them.
    """
    aligned = _Aligned(case, restored)
    spots = offsets(case.spun)
    gold_windows = sorted({window(c.start, c.end, aligned.to_gold) for c in aligned.to_gold})
    reached, ranks = 0, list[int | None]()
    in_order = sorted(edits, key=lambda edit: edit.span)
    judged = list(_judged(aligned, in_order, spots))
    for start, end in gold_windows:
        if _rank(aligned, options, spots, start, end) is not None:
            reached += 1
            ranks.append(_rank(aligned, engine_options, spots, start, end))
    return Measured(
        case=case,
        restored=restored,
        strict=aligned.counts(),
        loose=_Aligned(case, restored, loose=True).counts(),
        gold_only=_Aligned(case, restored, alternatives=False).counts(),
        words=aligned.words(),
        detected=aligned.detected(),
        names=_names(aligned),
        windows=tuple(_windows(aligned, options, spots)),
        windows_of_gold=len(gold_windows),
        reachable=reached,
        ranks=tuple(ranks),
        sure=tuple((edit.confidence, right) for edit, right in zip(in_order, judged, strict=True) if right is not None),
        passed={name: _right_above(line, in_order, judged) for name, line in LINES.items()},
    )


def _meets(change: Change, others: Sequence[Change]) -> bool:
    return any(
        (o.start < change.end and change.start < o.end) or (o.start, o.end) == (change.start, change.end) for o in others
    )


# How many tokens beyond a window a candidate may begin or end: "brand new" -> "new" just deletes "brand" to the alignment.
_BEYOND = 4


def _rank(aligned: _Aligned, options: Options, spots: Sequence[tuple[int, int]], start: int, end: int) -> int | None:
    """Return the rank that reading a window as the gold takes, or reading it with some of what stands around it."""
    for around in sorted((left + right, left) for left in range(_BEYOND + 1) for right in range(_BEYOND + 1)):
        left, right = around[1], around[0] - around[1]
        low, high = window(max(0, start - left), min(len(spots), end + right), aligned.to_gold)
        if low < high:
            key = tuple(token.lower() for token in aligned.spun[low:high])
            gold = rendered(aligned.spun, aligned.gold, aligned.to_gold, low, high)
            wordings = (gold, *aligned.alternatives.get(key, ()))
            ranks = [options.rank(spots[low][0], spots[high - 1][1], wording) for wording in wordings]
            if any(rank is not None for rank in ranks):
                return min(rank for rank in ranks if rank is not None)
    return None


def _windows(aligned: _Aligned, options: Options, spots: Sequence[tuple[int, int]]) -> list[Window]:
    seen: dict[tuple[int, int], Window] = {}
    for change in (*aligned.to_gold, *aligned.to_got):
        start, end = aligned.around(change)
        if (start, end) in seen:
            continue
        gold, got = aligned.read(start, end)
        spun = aligned.spun[start:end]
        if gold == got or aligned.fair(start, end, got):
            outcome = Outcome.HIT
        elif gold == spun:
            outcome = Outcome.OVER
        else:
            outcome = Outcome.MISS if got == spun else Outcome.WRONG
        reachable = _rank(aligned, options, spots, start, end) is not None
        before = " ".join(aligned.spun[max(0, start - 4) : start])
        seen[start, end] = Window(outcome, " ".join(spun), " ".join(gold), " ".join(got), before, reachable)
    return [seen[place] for place in sorted(seen)]


def _judged(aligned: _Aligned, edits: Sequence[Edit], spots: Sequence[tuple[int, int]]) -> Iterator[bool | None]:
    """Tell of each edit whether it is right, judged by itself; None where it ends within a token.

    An edit is right if making it alone brings the text nearer to the gold by all that it changes; so its neighbours, which
    may belong to the same change of the gold, do not count.
    """
    starts = {start: i for i, (start, _) in enumerate(spots)}
    ends = {end: i + 1 for i, (_, end) in enumerate(spots)}
    for edit in edits:
        start, end = starts.get(edit.span.start), ends.get(edit.span.end)
        known = start is not None and end is not None
        yield _right_alone(aligned, start, end, tokens(edit.after)) if known else None  # type: ignore[arg-type]


def _right_above(line: float, edits: Sequence[Edit], judged: Sequence[bool | None]) -> tuple[bool, ...]:
    return tuple(right for right in compress(judged, passing(edits, line)) if right is not None)


def _right_alone(aligned: _Aligned, start: int, end: int, after: Sequence[str]) -> bool:
    low, high = window(start, end, aligned.to_gold)
    gold, spun = rendered(aligned.spun, aligned.gold, aligned.to_gold, low, high), aligned.spun
    made = [*spun[low:start], *after, *spun[end:high]]
    nearer = distance(spun[low:high], gold) - distance(made, gold)
    return nearer == distance(spun[start:end], after) or aligned.fair(start, end, after)


def _names(aligned: _Aligned) -> tuple[int, int, int, int]:
    """Return (restored, spun, broken, intact) names: runs of two or more capitalised words, a sentence's first left out."""
    same = dict(places(aligned.got, aligned.gold))
    kept = {gold: got for got, gold in same.items()}
    new = new_tokens(aligned.to_gold)
    restored = spun = broken = intact = 0
    for start, end in _capitalised(aligned.gold):
        whole = all(i in kept for i in range(start, end))
        if new.isdisjoint(range(start, end)):
            intact += 1
            broken += not whole
        else:
            spun += 1
            restored += whole
    return restored, spun, broken, intact


_ENDS = frozenset('.!?:"“')


def _capitalised(words: Sequence[str]) -> list[tuple[int, int]]:
    runs, start = [], 0
    for i, word in enumerate([*words, ""]):
        if not word[:1].isupper() or (i == start and (i == 0 or words[i - 1] in _ENDS)):
            if i - start > 1:
                runs.append((start, i))
            start = i + 1
    return runs
