"""Text to rows of a page: which words stand where, how wide, and what each is.

Only what is asked for is laid out, a block at a time, so that a megabyte costs no more than a screen.  Widths are terminal
cells: wide characters take two, combining ones none.  Whatever could move the cursor or turn the reading direction is shown
as a picture of itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rich.cells import cell_len, get_character_cell_size

from unspin.model import Span
from unspin.output.diff import visible
from unspin.review.session import Place, Session

_LEAST, _MOST = 500, 4000  # code points of a block
_BRIEF = 300
_TAB = "    "
# Beyond control characters: line and paragraph separators, the Arabic letter mark, and surrogates no terminal takes.
_STRANGE = re.compile("[\u2028\u2029\u061c\ufeff\ud800-\udfff]")
# Line ends, blanks, words and what is neither; a word apart from its punctuation can be marked on its own.
_CHUNK = re.compile(r"\r\n|[\r\n]|[^\S\r\n]+|[^\W_]+(?:['’ʼ][^\W_]+)*|(?:[^\w\s]|_)+")


class View(StrEnum):
    """What a page shows where something is suggested."""

    RESTORED = "restored"
    SPUN = "spun"
    DIFF = "diff"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a row: what is shown, where in the text it begins, and the place it belongs to, if any.

    `role`: ``""`` plain text, ``"wording"`` what stands at a place, ``"removed"`` what stood there, ``"mark"`` a bracket.
    """

    shown: str
    start: int
    place: Span | None = None
    role: str = ""

    @property
    def cells(self) -> int:
        """How wide it is."""
        return cell_len(self.shown)


Row = tuple[Piece, ...]


def shown(text: str) -> str:
    r"""Return text as it may reach a terminal.

    >>> shown("a\tb\u2028\x1b[2J\udc80")
    'a    b\ufffd␛[2J\ufffd'
    """
    return _STRANGE.sub("\ufffd", visible(text)).replace("\t", _TAB)


def one_line(text: str) -> str:
    """Return text as it may reach a terminal, in one line."""
    return " ".join(shown(text).split()) if "\n" in text else shown(text)


def brief(text: str) -> str:
    """Return the beginning of a text as it may reach a terminal, in one line; a screen has no room for more.

    >>> len(brief("x" * 1_000_000))
    300
    """
    return one_line(text) if len(text) <= _BRIEF else one_line(text[: _BRIEF - 1]) + "…"


def counted(n: int, noun: str) -> str:
    """Return a number and what it counts.

    >>> counted(1, "place"), counted(2, "place")
    ('1 place', '2 places')
    """
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def block_starts(text: str) -> tuple[int, ...]:
    """Cut a text into blocks: at line ends where there are some, else at blanks, else anywhere."""
    starts, position = [], 0
    while position < len(text):
        starts.append(position)
        end = text.find("\n", position + _LEAST, position + _MOST) + 1
        if not end and position + _MOST < len(text):
            end = max(text.rfind("\n", position, position + _LEAST), text.rfind(" ", position, position + _MOST)) + 1
        position = end or (position + _MOST if position + _MOST < len(text) else len(text))
    return tuple(starts or [0])


def block_of(starts: tuple[int, ...], position: int) -> int:
    """Return the number of the block that holds a position."""
    return max(0, bisect_right(starts, position) - 1)


def rows(session: Session, start: int, end: int, width: int, view: View, *, marks: bool = False) -> tuple[Row, ...]:
    """Lay out a block of the text; a place that begins in it is shown whole, and one that began before it not again.

    `marks`: write brackets around places, for where there is no colour.
    """
    return _wrapped(_pieces(session, start, end, view, marks), max(2, width))


def _pieces(session: Session, start: int, end: int, view: View, marks: bool) -> Iterator[Piece]:
    text, position = session.proposal.text, start
    for span in session.places.within(start, end):
        if span.start >= start:
            yield Piece(text[position : span.start], position)
            yield from _of_place(session.place(span), view, marks)
        position = span.end
    if position < end:
        yield Piece(text[position:end], position)


def _of_place(place: Place, view: View, marks: bool) -> Iterator[Piece]:
    before, wording, at = place.before, place.wording, place.span.start
    opening, closing = _BRACKETS[place.standing.value] if marks else ("", "")
    if view is View.DIFF and before != wording:
        yield Piece(f"{opening}{before}", at, place.span, "removed")
        yield Piece(f"→{wording}{closing}" if marks else f" {wording}", at, place.span, "wording")
    else:
        yield Piece(f"{opening}{before if view is View.SPUN else wording}{closing}", at, place.span, "wording")


_BRACKETS = {
    "open": ("[", "?]"),
    "taken": ("[", "]"),
    "accepted": ("[", "+]"),
    "rejected": ("[", "-]"),
    "changed": ("[", "*]"),
    "added": ("[", "*]"),
}


def _wrapped(pieces: Iterator[Piece], width: int) -> tuple[Row, ...]:
    """Break pieces into rows at blanks; a word longer than a row is broken anywhere."""
    done: list[Row] = []
    row: list[Piece] = []
    used = 0
    for word in _words(pieces):
        if word[0].shown == "\n":
            done.append(tuple(row))
            row, used = [], 0
            continue
        cells, blank = sum(piece.cells for piece in word), word[0].shown.isspace()
        if blank and used + cells > width:  # so that no row begins with the blanks it was broken at
            continue
        if used + cells > width and row:
            done.append(tuple(row))
            row, used = [], 0
        while cells > width:
            head, rest = _cut(word, width)
            done.append(tuple(head))
            word[:] = rest
            cells = sum(piece.cells for piece in word)
        row += word
        used += cells
    return (*done, tuple(row)) if row else tuple(done)


def _words(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    """Yield line ends, blanks, and what stands between them, which is kept together."""
    together: list[Piece] = []
    for piece in pieces:
        for match in _CHUNK.finditer(piece.shown):
            chunk = match.group()
            part = Piece(
                "\n" if chunk[0] in "\r\n" else shown(chunk), _within(piece, match.start()), piece.place, piece.role
            )
            if not chunk[0].isspace():
                together.append(part)
                continue
            if together:
                yield together
                together = []
            yield [part]
    if together:
        yield together


def _within(piece: Piece, offset: int) -> int:
    return piece.start if piece.place else piece.start + offset


def _cut(word: list[Piece], width: int) -> tuple[list[Piece], list[Piece]]:
    """Split a word that is wider than `width`."""
    head: list[Piece] = []
    room = width
    for i, piece in enumerate(word):
        if piece.cells <= room:
            head.append(piece)
            room -= piece.cells
            continue
        n = 0
        for n, character in enumerate(piece.shown):  # noqa: B007 (the loop ends where there is no more room)
            room -= get_character_cell_size(character)
            if room < 0:
                break
        if n:
            head.append(replace(piece, shown=piece.shown[:n]))
        rest = replace(piece, shown=piece.shown[n:], start=_within(piece, n))
        return head, [rest, *word[i + 1 :]]
    return head, []
