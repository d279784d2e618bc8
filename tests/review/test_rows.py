"""Rows of a list under review: turned back they go, typed over they change, untouched they stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from unspin.model import Entry, Pos
from unspin.review import desk
from unspin.review.rows import Rows
from unspin.review.session import Decide, Session, advance

ROWS = [
    (Entry("war", "battle", Pos.NOUN, "learned", example=("A civil battle.", "A civil war."), source="seen 3 of 4"), 0.75),
    (Entry("say", "mention", Pos.VERB, "learned", source="seen 2 of 2"), 1.0),
    (Entry("year", "12 months", Pos.NOUN, "learned", source="seen 5 of 5"), 1.0),
]


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    rows = Rows(ROWS)
    sheet = desk.open_sheet("-", rows.text.encode(), rows)
    desk.close_all(iter([sheet]))
    return sheet.session


def test_each_row_is_a_paragraph_with_what_speaks_for_it() -> None:
    assert Rows(ROWS).text.split("\n\n")[0] == "battle (noun, seen 3 of 4): A civil battle."


def test_all_rows_stand_until_something_is_decided(session: Session) -> None:
    assert list(Rows(ROWS).kept(session)) == [entry for entry, _ in ROWS]
    assert [place.wording for place in session.all_places()] == ["war", "say", "year"]


def test_what_is_turned_back_goes_and_what_is_typed_takes_its_place(session: Session) -> None:
    first, second, _ = session.all_places()
    decided = advance(session, Decide(((first.span, "fight"), (second.span, "mention"))))
    kept = list(Rows(ROWS).kept(decided))
    assert [(entry.original, entry.spun, entry.example) for entry in kept] == [
        ("fight", "battle", None),
        ("year", "12 months", None),
    ]
