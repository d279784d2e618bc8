"""What a reader has decided about a text: frozen states, and the events that lead from one to the next.

A decision is the wording that shall stand at a place: the suggested one, the text's own, or any other.  Where nothing is
decided the suggestion stands if restoring would apply it, else the text does.  So a state is a mapping from places
to wordings, with the steps that made it; nothing here reads, writes or draws.

Laws: undo takes back exactly the last step and redo does it again; replaying the events gives the same state; the outcome
is the text with every decision in its place, and with no decision it is the restored text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import reduce
from operator import attrgetter

from unspin.model import Edit, Span
from unspin.review.proposal import Places, Proposal, additions_among, touching

_START = attrgetter("start")


class Standing(StrEnum):
    """How things stand at a place."""

    OPEN = "open"  # a question not answered: the text stands
    TAKEN = "taken"  # a sure suggestion not looked at: it stands
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CHANGED = "changed"  # another wording than the suggested one
    ADDED = "added"  # by the reader, where nothing was suggested


@dataclass(frozen=True, slots=True)
class Place:
    """One place: what stands in the text, what is suggested, what was decided.

    `taken`: the suggestion stands as long as nothing is decided.
    """

    span: Span
    before: str
    edit: Edit | None
    decision: str | None
    taken: bool

    @property
    def standing(self) -> Standing:
        """How things stand here."""
        if self.decision is None:
            return Standing.TAKEN if self.taken else Standing.OPEN
        if self.decision == self.before:
            return Standing.REJECTED
        if self.edit is None:
            return Standing.ADDED
        return Standing.ACCEPTED if self.decision == self.edit.after else Standing.CHANGED

    @property
    def confidence(self) -> float:
        """The probability that the suggestion is right; what a reader adds is certain."""
        return self.edit.confidence if self.edit else 1.0

    @property
    def wording(self) -> str:
        """What will stand here."""
        if self.decision is not None:
            return self.decision
        return self.edit.after if self.edit and self.taken else self.before


@dataclass(frozen=True, slots=True)
class Decide:
    """An event: these wordings shall stand (None: nothing is decided there any more).

    `group` is shared by the steps that one key makes in several files.
    """

    wordings: tuple[tuple[Span, str | None], ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """An event: the last step is taken back."""


@dataclass(frozen=True, slots=True)
class Redo:
    """An event: the last step taken back is done again."""


Event = Decide | Undo | Redo


@dataclass(frozen=True, slots=True)
class Change:
    """What a step did at one place: the decision before and after it, None where there was none."""

    span: Span
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """What one key did."""

    changes: tuple[Change, ...]
    group: str = ""


@dataclass(frozen=True)
class Session:
    """The state of a review.  `tally` counts the places by how things stand there."""

    proposal: Proposal
    places: Places
    decisions: Mapping[Span, str] = field(default_factory=dict)
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    tally: Mapping[Standing, int] = field(default_factory=dict)

    def place(self, span: Span) -> Place:
        """Return what is known of a place."""
        proposal = self.proposal
        return Place(
            span, span.of(proposal.text), proposal.by_span.get(span), self.decisions.get(span), span in proposal.taken
        )

    def all_places(self) -> Iterator[Place]:
        """Yield every place, by position."""
        return map(self.place, self.places.spans)


def begin(proposal: Proposal) -> Session:
    """Return the state in which nothing is decided."""
    session = Session(proposal, Places(proposal))
    return replace(session, tally=Counter(place.standing for place in session.all_places()))


def advance(session: Session, event: Event) -> Session:
    """Return the state after an event; one that changes nothing returns the session itself."""
    match event:
        case Decide(wordings, group):
            step = _step(session, wordings, group)
            if not step.changes:
                return session
            changed = _changed(session, step.changes)
            return replace(changed, done=(*session.done, step), undone=())
        case Undo():
            if not session.done:
                return session
            step = session.done[-1]
            back = tuple(Change(change.span, change.now, change.was) for change in reversed(step.changes))
            return replace(_changed(session, back), done=session.done[:-1], undone=(*session.undone, step))
        case Redo():
            if not session.undone:
                return session
            step = session.undone[-1]
            return replace(_changed(session, step.changes), done=(*session.done, step), undone=session.undone[:-1])


def replay(session: Session, events: Iterable[Event]) -> Session:
    """Return the state after all of the events."""
    return reduce(advance, events, session)


def outcome(session: Session) -> str:
    """Return the text as decided."""
    return stands(session, Span(0, len(session.proposal.text)))


def stands(session: Session, stretch: Span) -> str:
    """Return what stands in a stretch of the text as decided; places are in it whole or not at all."""
    text, pieces, position = session.proposal.text, [], stretch.start
    for span in session.places.within(stretch.start, stretch.end):
        pieces += [text[position : span.start], session.place(span).wording]
        position = span.end
    return "".join([*pieces, text[position : stretch.end]])


def _step(session: Session, wordings: tuple[tuple[Span, str | None], ...], group: str) -> Step:
    """Return what a decision changes: an addition clears what overlaps it, a suggestion gives way to additions."""
    suggested, now = session.proposal.by_span, _Drafts(session, any(s not in session.proposal.by_span for s, _ in wordings))
    for span, wording in wordings:
        if span.start == span.end or span.end > len(session.proposal.text):
            raise ValueError(f"no words stand at {span.start}..{span.end}")
        rivals = [other for other in touching(now.decided, span) if other != span]
        if wording is not None and span in suggested and any(other not in suggested for other in rivals):
            continue
        if wording is not None and span not in suggested:
            for other in rivals:
                now.put(other, None)
        now.put(span, wording)
    changes = ((span, session.decisions.get(span), wording) for span, wording in now.wordings.items())
    return Step(tuple(Change(*change) for change in changes if change[1] != change[2]), group)


class _Drafts:
    """A step while it is put together.

    `decided`: the places that have a decision, sorted; without an addition among the drafts, only the additions matter.
    """

    def __init__(self, session: Session, adds: bool) -> None:
        self.wordings: dict[Span, str | None] = {}
        self._whole = adds
        self.decided = sorted(session.decisions, key=_START) if adds else list(session.places.additions)

    def put(self, span: Span, wording: str | None) -> None:
        self.wordings[span] = wording
        if self._whole:
            i = bisect_left(self.decided, span.start, key=_START)
            held = i < len(self.decided) and self.decided[i] == span
            if wording is None and held:
                del self.decided[i]
            elif wording is not None and not held:
                self.decided.insert(i, span)


def _changed(session: Session, changes: tuple[Change, ...]) -> Session:
    decisions = dict(session.decisions)
    for change in changes:
        if change.now is None:
            decisions.pop(change.span, None)
        else:
            decisions[change.span] = change.now
    changed = replace(session, decisions=decisions)
    if any(change.span not in session.proposal.by_span for change in changes):
        changed = replace(changed, places=Places(session.proposal, additions_among(decisions, session.proposal)))
    tally = Counter(session.tally)
    tally.subtract(_standings(session, changes))
    tally.update(_standings(changed, changes))
    return replace(changed, tally=tally)


def _standings(session: Session, changes: tuple[Change, ...]) -> Iterator[Standing]:
    """Yield how things stand at the places that changes touch."""
    places = session.places
    if not places.additions:
        touched = {change.span for change in changes if change.span in session.proposal.by_span}
        touched.update(*(places.within(c.span.start, c.span.end) for c in changes if c.span not in touched))
    else:
        touched = {span for change in changes for span in places.within(change.span.start, change.span.end)}
    return (session.place(span).standing for span in touched)
