"""Which place comes next: by position or by doubt, among all, the unsure, or the open ones."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import StrEnum

from unspin.engine.pipeline import SAFE
from unspin.model import Span
from unspin.review.session import Place, Session, Standing


class Order(StrEnum):
    """In which order places are visited."""

    POSITION = "position"
    DOUBT = "doubt"


class Among(StrEnum):
    """Which places are visited."""

    ALL = "all"
    UNSURE = "unsure"  # less sure than `unspin restore --safe` asks for
    OPEN = "open"  # questions without an answer


def is_among(place: Place, among: Among) -> bool:
    """Tell whether a place is one of those to be visited."""
    if among is Among.OPEN:
        return place.standing is Standing.OPEN
    return among is Among.ALL or (place.edit is not None and not (place.taken and place.confidence >= SAFE))


def following(session: Session, current: Span | None, order: Order, among: Among, *, backwards: bool = False) -> Span | None:
    """Return the place after (before) the current one; past the end the first one is next.

    None if there is no other such place.  Without a current place, the first (last) one.
    """
    if among is Among.OPEN and not session.tally[Standing.OPEN]:
        return None
    for span in _round(session, current, order, backwards):
        if span != current and is_among(session.place(span), among):
            return span
    return None


def wraps(session: Session, current: Span, following: Span, order: Order, *, backwards: bool = False) -> bool:
    """Tell whether the way to the following place led past the end."""
    if order is Order.DOUBT:
        ranks = session.places.ranks
        ahead = ranks.get(following, 0) > ranks.get(current, -1)
    else:
        ahead = following.start > current.start
    return ahead is backwards


def _round(session: Session, current: Span | None, order: Order, backwards: bool) -> Iterator[Span]:
    """Yield all places once, from the one after the current place on."""
    places = session.places
    if order is Order.DOUBT:
        spans, here = places.by_doubt, places.ranks.get(current, -1) if current else -1
        first = here + 1 if not backwards else max(here, 0)
    else:
        spans = places.spans
        first = 0 if current is None else (bisect_left if backwards else bisect_right)(places.starts, current.start)
    indexes = range(first - 1, first - 1 - len(spans), -1) if backwards else range(first, first + len(spans))
    return (spans[i % len(spans)] for i in indexes)


def found(session: Session, query: str) -> tuple[Span, ...]:
    """Return where a phrase stands, letter case aside: in the text, or in the wording of a place (then that place)."""
    if not query.strip():
        return ()
    pattern = re.compile(r"\s+".join(map(re.escape, query.split())), re.IGNORECASE)
    spans = {Span(*match.span()) for match in pattern.finditer(session.proposal.text)}
    worded = [edit.span for edit in session.proposal.edits if pattern.search(edit.after)]
    worded += [span for span, wording in session.decisions.items() if pattern.search(wording)]
    spans.update(span for span in worded if session.places.at(span.start) == span)
    return tuple(sorted(spans))
