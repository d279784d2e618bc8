from __future__ import annotations

import pytest

from unspin.model import Span
from unspin.review.navigate import Among, Order, following, found, wraps
from unspin.review.session import Decide, Session, advance


def visited(session: Session, order: Order, among: Among, *, backwards: bool = False) -> list[str]:
    seen: list[str] = []
    at = following(session, None, order, among, backwards=backwards)
    while at is not None:
        seen.append(session.place(at).before)
        after = following(session, at, order, among, backwards=backwards)
        if after is None or wraps(session, at, after, order, backwards=backwards):
            break
        at = after
    return seen


@pytest.mark.parametrize(
    ("order", "among", "words"),
    [
        (Order.POSITION, Among.ALL, ["battle", "12 months", "battle", "mentioned", "Battle"]),
        (Order.POSITION, Among.UNSURE, ["battle", "mentioned", "Battle"]),
        (Order.POSITION, Among.OPEN, ["mentioned", "Battle"]),
        (Order.DOUBT, Among.ALL, ["battle", "mentioned", "Battle", "12 months", "battle"]),
        (Order.DOUBT, Among.OPEN, ["mentioned", "Battle"]),
    ],
)
def test_places_are_visited_in_order(session: Session, order: Order, among: Among, words: list[str]) -> None:
    assert visited(session, order, among) == words
    assert visited(session, order, among, backwards=True) == words[::-1]


def test_an_answered_question_is_open_no_more(session: Session) -> None:
    first = following(session, None, Order.POSITION, Among.OPEN)
    assert first is not None
    answered = advance(session, Decide(((first, "said"),)))
    second = following(answered, first, Order.POSITION, Among.OPEN)
    assert second is not None
    assert second > first
    assert following(advance(answered, Decide(((second, "Battle"),))), second, Order.POSITION, Among.OPEN) is None


def test_search_finds_the_text_and_the_suggestions(session: Session) -> None:
    assert [session.place(span).before for span in found(session, "WAR")] == ["battle", "battle", "Battle"]
    museum = found(session, "battle  museum")
    assert [span.of(session.proposal.text) for span in museum] == ["Battle Museum"]
    assert found(session, " ") == found(session, "[z") == ()
    assert Span(0, 1) in found(advance(session, Decide(((Span(0, 1), "Quite"),))), "quite")
