"""What the keys decide: events about one place, and about all like it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from unspin.model import Span
from unspin.review.proposal import pair, touching
from unspin.review.session import Decide, Place, Session
from unspin.text.surface import carry_case


def wordings(place: Place) -> tuple[tuple[str, float], ...]:
    """Return what may stand at a place, with its probability: the suggestion, then the alternatives in order."""
    if place.edit is None:
        return ((place.wording, 1.0),)
    listed = {place.edit.after: place.edit.confidence}
    for alternative in place.edit.alternatives:
        listed.setdefault(alternative.after, alternative.confidence)
    return tuple(listed.items())


def accept(place: Place) -> Decide:
    """Decide for the suggestion; what the reader added stays."""
    return word(place, place.edit.after if place.edit else place.wording)


def reject(place: Place) -> Decide:
    """Decide for what stands in the text; what the reader added goes."""
    return word(place, place.before if place.edit else None)


def word(place: Place, wording: str | None) -> Decide:
    """Decide for a wording, or for none."""
    return Decide(((place.span, wording),))


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision about all places where the same words stand and the same is suggested.

    `after`: what is suggested; None: nothing is, the reader added it.  `wording`: what shall stand there, None for what is
    suggested, or with `accept` False for the text.  `group`: marks the steps of one rule in several files.
    """

    before: str
    after: str | None
    accept: bool
    wording: str | None = None
    group: str = ""


def rule(place: Place, *, accept: bool, group: str = "") -> Rule:
    """Return the rule that what is decided at a place shall hold for all like it.

    Where another wording than the suggested one was decided, accepting means that one.
    """
    after = place.edit.after if place.edit else None
    own = place.decision if place.decision not in (None, place.before, after) else None
    return Rule(place.before, after, accept, own if accept else None, group)


def alike(session: Session, rule: Rule) -> tuple[Span, ...]:
    """Return the places a rule is about; where nothing is suggested, those where its words stand with nothing decided."""
    places = session.places
    if rule.after is not None:
        spans = session.proposal.alike.get(pair(rule.before, rule.after), ())
        return tuple(span for span in spans if places.at(span.start) == span)
    words = r"\s+".join(map(re.escape, rule.before.split()))
    found = re.finditer(rf"(?<!\w){words}(?!\w)", session.proposal.text, re.IGNORECASE)
    spans = tuple(Span(*match.span()) for match in found)
    open_ = (s for s in spans if s in places.additions or not places.within(s.start, s.end))
    return tuple(s for s in open_ if not touching(session.proposal.protected, s))


def ruled(session: Session, rule: Rule) -> Decide:
    """Return what a rule decides in a session."""
    spans = alike(session, rule)
    return Decide(tuple((span, _ruled(session.place(span), rule)) for span in spans), rule.group)


def _ruled(place: Place, rule: Rule) -> str | None:
    if not rule.accept:
        return place.before if place.edit else None
    if rule.wording is not None:
        return rule.wording if place.before == rule.before else carry_case(place.before, _uncapitalised(rule))
    return place.edit.after if place.edit else place.wording


def _uncapitalised(rule: Rule) -> str:
    """Return the wording without the capital it has because the words it stands for opened a sentence."""
    wording = rule.wording or ""
    opened = rule.before[:1].isupper() and rule.before[1:].islower()
    return wording[:1].lower() + wording[1:] if opened and wording[1:2].islower() else wording
