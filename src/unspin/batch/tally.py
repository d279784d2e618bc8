"""What is counted of a file while it is restored, whether it is one text or ten thousand records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from unspin.model import Dialect, Restoration
from unspin.output.hunks import Hunk, hunks, packed

_MOST_SHOWN = 200  # edits of a file whose differences the report shows
_MOST_PAIRS = 500  # of a file, for the commonest restorations


@dataclass(slots=True)
class Tally:
    """Sums over the texts of one file."""

    words: int = 0
    edits: int = 0
    offered: int = 0
    sure: float = 0.0
    probability: float = 0.0
    share: float = 0.0
    dialects: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    spread: list[int] = field(default_factory=lambda: [0] * 10)
    hunks: list[Hunk] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, restoration: Restoration, *, record: int | None = None, applied: bool = True) -> None:
        """Count a restoration; `record` is its number in a stream; not `applied`: only how spun it is."""
        words = len(restoration.document)
        evidence = restoration.evidence
        self.words += words
        self.probability += words * evidence.probability
        self.share += words * evidence.share
        if evidence.probability > 0.5 and evidence.dialect is not Dialect.ANY:
            self.dialects[str(evidence.dialect)] += words
        if not applied:
            return
        room = max(0, _MOST_SHOWN - self.edits)
        if room and restoration.edits:
            self.hunks += [[record or line, segments] for line, segments in hunks(restoration, most=room)]
        self.edits += len(restoration.edits)
        self.offered += len(restoration.offered)
        for edit in restoration.edits:
            self.sure += edit.confidence
            self.spread[min(9, int(10 * edit.confidence))] += 1
            pair = edit.before.lower()[:80], edit.after.lower()[:80]
            if pair in self.pairs or len(self.pairs) < _MOST_PAIRS:
                self.pairs[pair] += 1

    def summary(self) -> dict[str, Any]:
        """Return what an `Outcome` holds of this."""
        words = max(1, self.words)
        details = {
            "hunks": self.hunks,
            "more": max(0, self.edits - _MOST_SHOWN),
            "pairs": [[before, after, n] for (before, after), n in self.pairs.most_common()],
            "spread": self.spread,
        }
        return {
            "words": self.words,
            "edits": self.edits,
            "offered": self.offered,
            "probability": round(self.probability / words, 4),
            "share": round(self.share / words, 4),
            "dialect": max(sorted(self.dialects), key=self.dialects.__getitem__, default="any"),
            "confidence": round(self.sure / max(1, self.edits), 4),
            "details": packed(details) if self.edits else b"",
        }
