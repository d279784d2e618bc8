from __future__ import annotations

import pytest

from unspin.model import Span
from unspin.review.proposal import Proposal
from unspin.review.session import Decide, Session, Standing, Undo, advance, outcome


def test_what_is_sure_is_taken_and_what_is_not_is_asked(session: Session) -> None:
    assert [place.standing.value for place in session.all_places()] == ["taken", "taken", "taken", "open", "open"]
    assert outcome(session).startswith("A civil war of 20 year.\nThe war, mentioned he")


@pytest.mark.parametrize(
    ("wording", "standing"),
    [("war", Standing.ACCEPTED), ("battle", Standing.REJECTED), ("fight", Standing.CHANGED), ("", Standing.CHANGED)],
)
def test_a_decision_is_a_wording(session: Session, wording: str, standing: Standing) -> None:
    span = session.places.spans[0]
    decided = advance(session, Decide(((span, wording),)))
    assert decided.place(span).standing is standing
    assert outcome(decided).startswith(f"A civil {wording} of")
    assert session.decisions == {}


def test_an_addition_takes_the_place_of_what_it_overlaps(session: Session, proposal: Proposal) -> None:
    battle = session.places.spans[0]
    whole = Span(battle.start - len("civil "), battle.end)
    decided = advance(session, Decide(((battle, "fight"),)))
    added = advance(decided, Decide(((whole, "conflict"),)))
    assert outcome(added).startswith("A conflict of 20 year")
    assert battle not in added.decisions
    assert battle not in added.places.spans
    assert added.place(whole).standing is Standing.ADDED
    ignored = advance(added, Decide(((battle, "war"),)))
    assert ignored is added
    assert outcome(advance(added, Undo())).startswith("A civil fight of")
    longer = Span(whole.start - len("A "), whole.end)
    assert advance(added, Decide(((longer, "Some conflict"),))).places.additions == (longer,)


@pytest.mark.parametrize("span", [Span(3, 3), Span(0, 10_000)])
def test_decisions_stand_on_words(session: Session, span: Span) -> None:
    with pytest.raises(ValueError, match="no words stand"):
        advance(session, Decide(((span, "x"),)))
