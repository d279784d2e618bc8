"""The page: the text with its places, as much of it as fits, laid out when it comes into sight."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from unspin.model import Span
from unspin.review.layout import Piece, Row, View, block_of, block_starts, rows
from unspin.review.screen.palette import Palette
from unspin.review.session import Session

_MARGIN = 2  # rows between the current place and the edge
_REVERSE = Style(reverse=True, bold=True)


@dataclass(frozen=True)
class Sight:
    """What a page is to show: `current` place, `selection` of words, `found` by the last search, `marks` for no colour."""

    session: Session
    current: Span | None
    view: View
    palette: Palette
    selection: Span | None = None
    found: Span | None = None
    marks: bool = False


class Page(Widget):
    """Draws a `Sight`.  Where it begins is kept as a block and a row in it, so that no more than a screen is laid out."""

    class Picked(Message):
        """A place was clicked."""

        def __init__(self, span: Span) -> None:
            self.span = span
            super().__init__()

    class Pointed(Message):
        """A position in plain text was clicked, or dragged to (`extend`)."""

        def __init__(self, position: int, extend: bool) -> None:
            self.position, self.extend = position, extend
            super().__init__()

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.sight: Sight | None = None
        self._starts: tuple[int, ...] = (0,)
        self._top = (0, 0)
        self._first = 0  # position in the text of what is shown first
        self._laid: dict[int, tuple[object, tuple[Row, ...]]] = {}
        self._strips: list[Strip] | None = None
        self._shown: list[Row] = []

    def show(self, sight: Sight | None, *, reveal: Span | None = None) -> None:
        """Draw a sight, and scroll to a span if it is out of view."""
        old, self.sight = self.sight, sight
        if sight and (old is None or old.session.proposal is not sight.session.proposal):
            self._starts, self._top, self._first, self._laid = block_starts(sight.session.proposal.text), (0, 0), 0, {}
        self._strips = None
        if reveal is not None and sight is not None:
            self._reveal(reveal)
        self.refresh()

    def scroll_rows(self, n: int) -> None:
        """Scroll by rows, down if positive."""
        self._top = self._moved(self._top, n)
        self._strips = None
        self.refresh()

    def on_resize(self) -> None:
        """Lay out anew for the new width, around the current place."""
        self._strips = None
        if self.sight and self.size.height:
            block = block_of(self._starts, self._first)
            self._top = (block, _row_of(self._rows(block), Span(self._first, self._first)))
            if self.sight.current:
                self._reveal(self.sight.current)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return a row of the screen."""
        if self._strips is None:
            self._strips = self._drawn()
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked."""
        self._point(event, extend=event.shift)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the selection while a button is held."""
        if event.button:
            self._point(event, extend=True)

    def on_mouse_scroll_down(self) -> None:
        """Scroll down."""
        self.scroll_rows(3)

    def on_mouse_scroll_up(self) -> None:
        """Scroll up."""
        self.scroll_rows(-3)

    def _point(self, event: events.MouseEvent, *, extend: bool) -> None:
        offset = event.get_content_offset(self)
        if offset is None or self.sight is None or offset.y >= len(self._shown):
            return
        x = 0
        for piece in self._shown[offset.y]:
            x += piece.cells
            if x > offset.x:
                if piece.place and not extend:
                    self.post_message(self.Picked(piece.place))
                elif piece.role == "":
                    inside = len(piece.shown) * (offset.x - x + piece.cells) // max(1, piece.cells)
                    self.post_message(self.Pointed(piece.start + inside, extend))
                return

    # -- where rows are

    def _rows(self, block: int) -> tuple[Row, ...]:
        """Return the rows of a block, laid out again only if something in it was decided otherwise."""
        assert self.sight is not None
        session, sight = self.sight.session, self.sight
        start = self._starts[block]
        end = self._starts[block + 1] if block + 1 < len(self._starts) else len(session.proposal.text)
        spans = session.places.within(start, end)
        state = (self.size.width, sight.view, sight.marks, spans, [session.decisions.get(span) for span in spans])
        held = self._laid.get(block)
        if held is None or held[0] != state:
            held = (state, rows(session, start, end, self.size.width - 1, sight.view, marks=sight.marks))
            if len(self._laid) > 200:
                self._laid.clear()
            self._laid[block] = held
        return held[1]

    def _moved(self, top: tuple[int, int], n: int) -> tuple[int, int]:
        if self.sight is None:
            return top
        block, row = top[0], top[1] + n
        while row < 0 and block > 0:
            block -= 1
            row += len(self._rows(block))
        while row >= len(self._rows(block)) and block + 1 < len(self._starts):
            row -= len(self._rows(block))
            block += 1
        return block, max(0, min(row, len(self._rows(block)) - 1))

    def _reveal(self, span: Span) -> None:
        if not self.size.height or not self.sight:
            return
        block = block_of(self._starts, span.start)
        target = (block, _row_of(self._rows(block), span))
        height = self.size.height
        first = self._moved(self._top, _MARGIN if self._top != (0, 0) else 0)
        last = self._moved(self._top, height - 1 - _MARGIN)
        if not first <= target <= last:
            self._top = self._moved(target, -(height // 3))

    # -- drawing

    def _drawn(self) -> list[Strip]:
        sight, width, height = self.sight, self.size.width, self.size.height
        if sight is None:
            return []
        self._shown = self._filled(height)
        if len(self._shown) < height and self._top != (0, 0):  # the end is in sight: show as much before it as there is room
            self._top = self._moved(self._top, len(self._shown) - height)
            self._shown = self._filled(height)
        self._first = next((row[0].start for row in self._shown if row), 0)
        base = self.rich_style
        first, last = self._thumb(sight, height)
        strips = []
        for y in range(height):
            pieces = self._shown[y] if y < len(self._shown) else ()
            segments = [Segment(piece.shown, base + _style(piece, sight)) for piece in pieces]
            strip = Strip(segments).simplify().adjust_cell_length(width - 1, base)
            gutter = Segment("┃" if first <= y <= last else "│", base + sight.palette.muted)
            strips.append(Strip([*strip, gutter]))
        return strips

    def _filled(self, height: int) -> list[Row]:
        """Return the rows from the top on, as many as there is room for."""
        block, row = self._top
        filled: list[Row] = []
        while len(filled) < height and block < len(self._starts):
            filled += self._rows(block)[row : row + height - len(filled)]
            block, row = block + 1, 0
        return filled

    def _thumb(self, sight: Sight, height: int) -> tuple[int, int]:
        """Return the first and last row of the mark in the margin that tells how far in the text the page is."""
        length = max(1, len(sight.session.proposal.text))
        starts = [row[0].start for row in self._shown if row]
        if not starts:
            return 0, height
        return starts[0] * height // length, starts[-1] * height // length


def _row_of(laid: tuple[Row, ...], span: Span) -> int:
    """Return the row where a span begins to be shown."""
    before = 0
    for number, row in enumerate(laid):
        if any(piece.place == span for piece in row):
            return number
        if row and row[0].start <= span.start:
            before = number
    return before


def _style(piece: Piece, sight: Sight) -> Style:
    style = Style()
    if piece.place is not None:
        place = sight.session.place(piece.place)
        style = sight.palette.removed if piece.role == "removed" else sight.palette.of(place)
        if piece.place == sight.current:
            style += _REVERSE
    end = piece.start + len(piece.shown)
    if sight.found and piece.start < sight.found.end and end > sight.found.start and piece.place != sight.current:
        style += sight.palette.found
    if sight.selection and sight.selection.start <= piece.start < sight.selection.end:
        style += _REVERSE
    return style
