"""The laws of a review, on drawn texts, suggestions and histories."""

from __future__ import annotations

from collections import Counter
from functools import reduce
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from unspin.model import Edit, Score, Span
from unspin.review import navigate
from unspin.review.carry import carried
from unspin.review.journal import Header, Saved, decode, encode, read
from unspin.review.layout import View, block_starts, rows
from unspin.review.proposal import Proposal
from unspin.review.session import Decide, Event, Redo, Session, Undo, advance, begin, outcome, replay

LAW = settings(deadline=None)
ALPHABET = "abz é漢ש\n\x1b[]"


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length - 1))
    return Span(start, draw(st.integers(start + 1, min(length, start + 6))))


@st.composite
def proposals(draw: st.DrawFn) -> Proposal:
    text = draw(st.text(ALPHABET, min_size=1, max_size=60))
    taken: list[Span] = []
    for span in draw(st.lists(spans(len(text)), max_size=8)):
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
    wordings = st.text("xy", min_size=1, max_size=3)
    edits = (Edit(span, span.of(text), draw(wordings), draw(st.floats(0.1, 0.99)), Score(), None) for span in sorted(taken))
    sure = frozenset(span for span in taken if draw(st.booleans()))
    return Proposal(text, tuple(edits), 0.57, sure)


@st.composite
def events(draw: st.DrawFn, proposal: Proposal) -> Event:
    kind = draw(st.sampled_from(["decide", "decide", "decide", "undo", "redo"]))
    if kind == "undo":
        return Undo()
    if kind == "redo":
        return Redo()
    suggested = [e.span for e in proposal.edits]
    anywhere = spans(len(proposal.text))
    where = st.sampled_from(suggested) | anywhere if suggested else anywhere
    wording = st.none() | st.text("wv", max_size=2)
    return Decide(tuple(draw(st.lists(st.tuples(where, wording), min_size=1, max_size=4))), draw(st.sampled_from(["", "g"])))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Proposal, list[Event]]:
    proposal = draw(proposals())
    return proposal, draw(st.lists(events(proposal), max_size=12))


@LAW
@given(histories())
def test_every_decision_stands_in_the_outcome(history: tuple[Proposal, list[Event]]) -> None:
    proposal, events = history
    session = replay(begin(proposal), events)
    text, expected, position = proposal.text, [], 0
    standing = {e.span: e.after for e in proposal.edits if e.span in proposal.taken}
    for span in list(standing):
        if span not in session.decisions and any(span.overlaps(other) for other in session.decisions):
            del standing[span]  # it gave way to an addition
    for span, wording in sorted((standing | dict(session.decisions)).items()):
        assert span.start >= position
        expected += [text[position : span.start], wording]
        position = span.end
    assert outcome(session) == "".join([*expected, text[position:]])


@LAW
@given(proposals())
def test_without_decisions_the_outcome_is_what_was_restored(proposal: Proposal) -> None:
    text = proposal.text
    for edit in reversed(proposal.edits):
        if edit.span in proposal.taken:
            text = text[: edit.span.start] + edit.after + text[edit.span.end :]
    assert outcome(begin(proposal)) == text


@LAW
@given(histories())
def test_undo_takes_back_one_step_and_redo_does_it_again(history: tuple[Proposal, list[Event]]) -> None:
    session = begin(history[0])
    for event in history[1]:
        following = advance(session, event)
        if isinstance(event, Decide) and following is not session:
            back = advance(following, Undo())
            assert (back.decisions, back.done, back.tally) == (session.decisions, session.done, session.tally)
            again = advance(back, Redo())
            assert (again.decisions, again.done, again.tally) == (following.decisions, following.done, following.tally)
        session = following


@LAW
@given(histories())
def test_undoing_everything_is_the_beginning(history: tuple[Proposal, list[Event]]) -> None:
    session = replay(begin(history[0]), history[1])
    steps = len(session.done)
    session = replay(session, [Undo()] * steps)
    assert session.decisions == {}
    assert outcome(session) == outcome(begin(history[0]))
    assert advance(session, Undo()) is session


@LAW
@given(histories())
def test_places_are_disjoint_and_counted(history: tuple[Proposal, list[Event]]) -> None:
    session = replay(begin(history[0]), history[1])
    spans = session.places.spans
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert set(session.decisions) <= set(spans)
    assert +Counter(session.tally) == Counter(place.standing for place in session.all_places())
    for position in range(len(history[0].text)):
        assert session.places.at(position) == next((s for s in spans if s.start <= position < s.end), None)


@LAW
@given(histories(), st.data())
def test_a_journal_cut_at_any_byte_loses_only_what_was_being_written(
    history: tuple[Proposal, list[Event]], data: st.DataObject
) -> None:
    proposal, events = history
    header = Header("a.txt", "0" * 64, proposal.text, "utf-8", False, proposal.line)
    lines = [encode(header), *map(encode, events)]
    whole = b"".join(lines)
    cut = data.draw(st.integers(0, len(whole)))
    past = read(whole[:cut], "journal")
    kept = sum(1 for i in range(len(lines)) if sum(map(len, lines[: i + 1])) <= cut)
    if kept == 0:
        assert past is None
        return
    assert past is not None
    assert past.header == header
    assert past.length == sum(map(len, lines[:kept]))
    states = _states(begin(proposal), events)
    resumed = replay(begin(proposal), past.events)
    assert (resumed.decisions, resumed.done, resumed.undone) == states[kept - 1]


def _states(session: Session, events: list[Event]) -> list[tuple[object, object, object]]:
    states = [session]
    reduce(lambda s, e: states.append(advance(s, e)) or states[-1], events, session)  # type: ignore[func-returns-value]
    return [(s.decisions, s.done, s.undone) for s in states]


@LAW
@given(histories())
def test_records_are_read_as_they_were_written(history: tuple[Proposal, list[Event]]) -> None:
    carried_over = tuple(begin(history[0]).decisions.items())
    header = Header("/x/\udcff.txt", "f", history[0].text, "utf-16", True, 0.5, carried_over)
    for record in (header, Saved("d"), *history[1]):
        line = encode(record)
        assert line.count(b"\n") == 1
        assert decode(line) == record


@LAW
@given(histories())
def test_a_round_visits_every_place_once(history: tuple[Proposal, list[Event]]) -> None:
    session = replay(begin(history[0]), history[1])
    for order in navigate.Order:
        for backwards in (False, True):
            seen: list[Span] = []
            at: Span | None = None
            for _ in session.places.spans:
                at = navigate.following(session, at, order, navigate.Among.ALL, backwards=backwards) or at
                assert at is not None
                seen.append(at)
            assert sorted(seen) == list(session.places.spans)


@LAW
@given(histories(), st.integers(2, 12), st.sampled_from(View), st.booleans())
def test_rows_fit_and_lose_nothing(history: tuple[Proposal, list[Event]], width: int, view: View, marks: bool) -> None:
    session = replay(begin(history[0]), history[1])
    text, starts = session.proposal.text, block_starts(session.proposal.text)
    laid = [row for a, b in pairwise([*starts, len(text)]) for row in rows(session, a, b, width, view, marks=marks)]
    for row in laid:
        assert sum(piece.cells for piece in row) <= width
        assert not any(c in "\x1b\n" for piece in row for c in piece.shown)
    if view is View.RESTORED and not marks:
        said = "".join(piece.shown for row in laid for piece in row)
        assert said.replace(" ", "") == outcome(session).replace("\n", "").replace(" ", "").replace("\x1b", "␛")


@LAW
@given(st.text("ab. \n", max_size=80), st.text("ab. \n", max_size=80), st.data())
def test_what_is_carried_over_stands_on_the_same_words(before: str, after: str, data: st.DataObject) -> None:
    decisions: dict[Span, str] = {}
    for span in data.draw(st.lists(spans(max(1, len(before))), max_size=5)):
        if span.end <= len(before) and not any(span.overlaps(other) for other in decisions):
            decisions[span] = "x"
    kept = carried(before, after, decisions)
    assert all(a.end <= b.start for a, b in pairwise(sorted(kept)))
    originals = Counter(span.of(before) for span in decisions)
    assert Counter(span.of(after) for span in kept) <= originals
    assert carried(before, before, decisions) == decisions
    longer = carried(before, "zz\n" + before, decisions)
    assert {Span(s.start - 3, s.end - 3) for s in longer} == set(decisions)
