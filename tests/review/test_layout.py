from __future__ import annotations

from itertools import pairwise

import pytest
from rich.cells import cell_len

from unspin.model import Edit, Score, Span
from unspin.review.layout import View, block_of, block_starts, rows, shown
from unspin.review.proposal import Proposal
from unspin.review.session import Decide, Session, advance, begin


def drawn(session: Session, width: int, view: View = View.RESTORED, *, marks: bool = False) -> list[str]:
    laid = rows(session, 0, len(session.proposal.text), width, view, marks=marks)
    return ["".join(piece.shown for piece in row) for row in laid]


def plain(text: str) -> Session:
    return begin(Proposal(text, (), 0.5))


def test_rows_break_at_blanks_and_at_line_ends() -> None:
    assert drawn(plain("  one two three\r\n\r\nfour\n"), 9) == ["  one two", "three", "", "four"]
    assert drawn(plain("abcdefgh ij"), 3) == ["abc", "def", "gh ", "ij"]
    assert drawn(plain(""), 10) == []


def test_a_word_and_its_punctuation_stay_together(session: Session) -> None:
    assert "war," in drawn(session, 4)


@pytest.mark.parametrize(
    ("view", "marks", "expected"),
    [
        (View.RESTORED, False, "The war, mentioned he"),
        (View.SPUN, False, "The battle, mentioned he"),
        (View.DIFF, False, "The battle war, mentioned he"),
        (View.RESTORED, True, "The [war], [mentioned?] he"),
        (View.DIFF, True, "The [battle→war], [mentioned?] he"),
    ],
)
def test_views(session: Session, view: View, marks: bool, expected: str) -> None:
    assert drawn(session, 80, view, marks=marks)[1].startswith(expected)


def test_wide_and_combining_characters_take_their_cells() -> None:
    assert drawn(plain("漢字漢字"), 5) == ["漢字", "漢字"]
    assert drawn(plain("e\u0301" * 4), 4) == ["e\u0301" * 4]
    assert all(cell_len(row) <= 10 for row in drawn(plain("שלום עולם, " * 9), 10))


@pytest.mark.parametrize(
    "hostile", ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\u202e", "\u2028", "\udcff", "\r", "\x00", "\x7f"]
)
def test_nothing_in_a_text_reaches_the_terminal_as_a_command(hostile: str) -> None:
    for text in (shown(hostile), *drawn(plain(f"a{hostile}b"), 20)):
        assert all(c.isprintable() for c in text)
        assert not any(0x202A <= ord(c) <= 0x202E for c in text)


def test_markup_is_text() -> None:
    assert drawn(plain("[bold]x[/bold] [@click=app.quit]y[/]"), 40) == ["[bold]x[/bold] [@click=app.quit]y[/]"]


@pytest.mark.parametrize(
    "text", ["a b " * 5000, "x" * 20_000, "line\n" * 4000, "", "\n" * 3000, ("word " * 150 + "\n") * 40]
)
def test_blocks_cover_the_text_and_stay_small(text: str) -> None:
    starts = block_starts(text)
    bounds = list(pairwise([*starts, len(text)]))
    assert "".join(text[a:b] for a, b in bounds) == text
    assert all(b - a <= 4000 for a, b in bounds)
    assert all(block_of(starts, position) == i for i, (a, b) in enumerate(bounds) for position in (a, b - 1) if a < b)


def test_a_paragraph_is_not_cut_where_it_need_not_be() -> None:
    text = "word " * 500 + "\n" + "word " * 500
    assert block_starts(text) == (0, 2501)


def test_a_place_across_blocks_is_shown_once() -> None:
    session = begin(
        Proposal(
            "one two three", (Edit(Span(4, 13), "two three", "2 3", 0.9, Score(), None),), 0.5, frozenset({Span(4, 13)})
        )
    )
    first, second = (rows(session, a, b, 20, View.RESTORED) for a, b in ((0, 8), (8, 13)))
    assert "".join(piece.shown for piece in first[0]) == "one 2 3"
    assert second == ()


def test_pieces_know_where_they_stand(session: Session) -> None:
    session = advance(session, Decide(((session.places.spans[0], "a long dispute"),)))
    text = session.proposal.text
    for row in rows(session, 0, len(text), 16, View.RESTORED):
        for piece in row:
            if piece.place is None:
                assert text[piece.start : piece.start + len(piece.shown)] == piece.shown
            else:
                assert piece.start == piece.place.start
