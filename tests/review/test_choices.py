from __future__ import annotations

from unspin.model import Span
from unspin.review import choices
from unspin.review.proposal import Proposal
from unspin.review.session import Decide, Session, advance, begin, outcome


def test_wordings_are_listed_in_order_the_suggestion_first(session: Session) -> None:
    place = session.place(session.places.spans[0])
    assert [wording for wording, _ in choices.wordings(place)] == ["war", "fight", "battle"]


def test_all_like_this_keep_their_own_case(session: Session) -> None:
    place = session.place(session.places.spans[0])
    decided = advance(session, choices.ruled(session, choices.rule(place, accept=True)))
    assert len(decided.decisions) == 3
    assert "the War Museum" in outcome(decided)
    rejected = advance(session, choices.ruled(session, choices.rule(place, accept=False)))
    assert outcome(rejected).count("attle") == 3


def test_accepting_all_like_one_with_another_wording_means_that_wording(session: Session) -> None:
    first = session.places.spans[0]
    chosen = advance(session, Decide(((first, "fight"),)))
    decided = advance(chosen, choices.ruled(chosen, choices.rule(chosen.place(first), accept=True)))
    assert "A civil fight" in outcome(decided)
    assert "The fight, mentioned" in outcome(decided)
    assert "the Fight Museum" in outcome(decided)


def test_an_addition_is_repeated_where_its_words_stand_with_nothing_suggested() -> None:
    text = "Spun phrase, a spun  phrase; see x.org/spun phrase and Spun phrases."
    url = Span(text.index("x.org"), text.index(" and"))
    session = begin(Proposal(text, (), 0.5, protected=(url,)))
    session = advance(session, Decide(((Span(0, 11), "Own words"),)))
    place = session.place(Span(0, 11))
    everywhere = advance(session, choices.ruled(session, choices.rule(place, accept=True)))
    assert outcome(everywhere) == "Own words, a own words; see x.org/spun phrase and Spun phrases."
    gone = advance(everywhere, choices.ruled(everywhere, choices.rule(place, accept=False)))
    assert outcome(gone) == text


def test_rejecting_an_addition_takes_it_away(session: Session) -> None:
    added = advance(session, Decide(((Span(0, 1), "One"),)))
    assert advance(added, choices.reject(added.place(Span(0, 1)))).decisions == {}


def test_a_rule_reaches_other_texts(session: Session) -> None:
    rule = choices.rule(session.place(session.places.spans[0]), accept=False, group="g")
    other = begin(Proposal("battle", (), 0.5))
    assert choices.ruled(other, rule).wordings == ()
