from __future__ import annotations

import json
from pathlib import Path

import pytest

from unspin.files import FileError
from unspin.model import Span
from unspin.restorer import Restorer
from unspin.review.decisions import read, replayed, to_json
from unspin.review.proposal import Proposal
from unspin.review.session import Decide, Session, advance, begin, outcome


@pytest.fixture
def decided(restorer: Restorer, border_talks: str) -> Session:
    session = begin(Proposal.of(restorer.restore(border_talks), restorer.confidence))
    spans = session.places.spans
    added = Span(border_talks.index("silence"), border_talks.index("silence") + 7)
    wordings = ((spans[0], session.place(spans[0]).before), (spans[4], "own [bold] “wörds”"), (added, "quiet"))
    return advance(session, Decide(wordings))


def test_a_replay_gives_what_was_saved(decided: Session, restorer: Restorer, border_talks: str, tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    path.write_text(to_json([("a.txt", decided)], "signature"), "utf-8")
    again = replayed(restorer.restore(border_talks), read(path))
    assert again.text == outcome(decided)
    # It does not depend on what is suggested now.
    assert replayed(Restorer(confidence=1.0).restore(border_talks), read(path)).text == outcome(decided)


def test_an_export_tells_how_things_stand(decided: Session) -> None:
    data = json.loads(to_json([("a.txt", decided)], "signature"))
    assert data["schema"] == "unspin/decisions/1"
    places = data["files"][0]["places"]
    assert {place["standing"] for place in places} >= {"taken", "rejected", "changed", "added"}
    added = next(place for place in places if place["standing"] == "added")
    assert (added["before"], added["wording"], "suggested" in added) == ("silence", "quiet", False)


def test_another_text_is_refused(decided: Session, restorer: Restorer, tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    path.write_text(to_json([("a.txt", decided)], "signature"), "utf-8")
    with pytest.raises(ValueError, match=r"not about this text.*a\.txt"):
        replayed(restorer.restore("Another text."), read(path))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": "x/1"}', '{"schema": "unspin/decisions/1"}', "\x00"])
def test_a_file_that_holds_no_decisions_is_told(content: str, tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    path.write_text(content)
    with pytest.raises(FileError, match=r"d\.json"):
        read(path)
    with pytest.raises(FileError, match="No such file"):
        read(tmp_path / "absent.json")
