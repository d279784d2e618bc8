"""Rows of a wordlist under review: each is a suggestion in a text made for it, with a sentence that speaks for it.

What the reader turns back is no row; what they type is the original in its stead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from unspin.model import Dialect, Edit, Entry, Evidence, Markup, Restoration, Score, Span
from unspin.review.session import Session
from unspin.text import document as documents

_BETWEEN = "\n\n"


@dataclass
class Rows:
    """What the reviewer restores with, if rows are reviewed: it suggests them and nothing else.

    `rows`: each with the share of its spun form's places in which it stood for the original.
    """

    rows: Sequence[tuple[Entry, float]]
    confidence: float = 0.0

    @property
    def text(self) -> str:
        """The text to review: a paragraph a row."""
        return _BETWEEN.join(map(_paragraph, self._entries())) + "\n"

    def restore(
        self, text: str, *, markup: Markup = Markup.TEXT, progress: Callable[[int, int], None] | None = None
    ) -> Restoration:
        """Return the suggestions; all of them count as taken."""
        edits, start = [], 0
        for entry, share in self.rows:
            span = Span(start, start + len(entry.spun))
            edits.append(Edit(span, entry.spun, entry.original, max(0.01, min(0.99, share)), Score(), entry))
            start += len(_paragraph(entry)) + len(_BETWEEN)
        nothing = Evidence(0.0, 0.0, Dialect.ANY)
        return Restoration(documents.read(text), tuple(edits), (), nothing, "rows under review")

    def kept(self, session: Session) -> Iterator[Entry]:
        """Yield the rows that stand after a review."""
        for entry, place in zip(self._entries(), session.all_places(), strict=True):
            wording = " ".join(place.wording.split())
            if wording.lower() not in ("", entry.spun.lower()):
                yield entry if wording == entry.original else replace(entry, original=wording, example=None)

    def _entries(self) -> Iterable[Entry]:
        return (entry for entry, _ in self.rows)


def _paragraph(entry: Entry) -> str:
    told = " ".join(entry.example[0].split()) if entry.example else "no sentence is short enough to show"
    return f"{entry.spun} ({entry.pos}, {entry.source}): {told}"
