"""The keys that move and show: places, search, views, and marking words that were missed."""

from __future__ import annotations

from rich.text import Text
from textual import events

from unspin.model import Span
from unspin.review.layout import View, brief, one_line
from unspin.review.marking import moved, resized, words_at
from unspin.review.navigate import Among, Order, following, found
from unspin.review.screen.deciding import Deciding
from unspin.review.screen.dialogs import Prompt
from unspin.review.screen.page import Page
from unspin.review.session import Decide, stands


class Moving(Deciding):
    """What the moving keys do; methods are named after actions."""

    def do_next(self) -> None:
        """Go to the next place."""
        self.move_on()

    def do_previous(self) -> None:
        """Go to the previous place."""
        self.move_on(backwards=True)

    def do_next_unsure(self) -> None:
        """Go to the next unsure place."""
        self._unsure(backwards=False)

    def do_previous_unsure(self) -> None:
        """Go to the previous unsure place."""
        self._unsure(backwards=True)

    def do_first(self) -> None:
        """Go to the first place."""
        if self.sheet:
            self.go(following(self.sheet.session, None, self.looking.order, self.looking.among))

    def do_last(self) -> None:
        """Go to the last place."""
        if self.sheet:
            self.go(following(self.sheet.session, None, self.looking.order, self.looking.among, backwards=True))

    def do_order(self) -> None:
        """Change between order by position and by doubt."""
        by_doubt = self.looking.order is Order.POSITION
        self.looking.order = Order.DOUBT if by_doubt else Order.POSITION
        self.say("the most doubtful first" if by_doubt else "by position")
        if by_doubt:
            self.do_first()
        self.draw()

    def do_only_unsure(self) -> None:
        """Visit all places, only the unsure, only open questions, in turn."""
        ring = [Among.ALL, Among.UNSURE, Among.OPEN]
        self.looking.among = ring[(ring.index(self.looking.among) + 1) % 3]
        said = {Among.ALL: "all places", Among.UNSURE: "only unsure places", Among.OPEN: "only open questions"}
        self.say(f"visiting {said[self.looking.among]}")
        self.draw()

    def do_view(self) -> None:
        """Show the text restored, spun, with both wordings, in turn."""
        ring = [View.RESTORED, View.DIFF, View.SPUN]
        self.looking.view = ring[(ring.index(self.looking.view) + 1) % 3]
        self.draw(reveal=self.current)

    def do_page_down(self) -> None:
        """Read on."""
        self._page(1)

    def do_page_up(self) -> None:
        """Read back."""
        self._page(-1)

    def do_search(self) -> None:
        """Ask for a phrase and go to it."""

        def answered(query: str | None) -> None:
            if query:
                self.looking.query = query
                self._match(backwards=False)

        self.push_screen(Prompt(Text("Search text and suggestions"), self.looking.query), answered)

    def do_next_match(self) -> None:
        """Go to the next match."""
        self._match(backwards=False)

    def do_previous_match(self) -> None:
        """Go to the previous match."""
        self._match(backwards=True)

    def do_mark(self) -> None:
        """Begin to mark words, after the current place."""
        if self.sheet and len(self.sheet.document):
            self.looking.marked = words_at(self.sheet.document, self.current.end if self.current else 0)
            self._draw_marked()

    def _unsure(self, *, backwards: bool) -> None:
        among, self.looking.among = self.looking.among, Among.UNSURE
        try:
            self.move_on(backwards=backwards)
        finally:
            self.looking.among = among
        self.draw()

    def _page(self, direction: int) -> None:
        self.page.scroll_rows(direction * max(1, self.page.size.height - 2))

    def _match(self, *, backwards: bool) -> None:
        if self.sheet is None or not self.looking.query:
            return
        matches = found(self.sheet.session, self.looking.query)
        if not matches:
            self.say(f"not found: {self.looking.query}")
            return
        here = self.looking.found or self.current or Span(0, 0)
        ahead = [span for span in matches if (span < here if backwards else span > here)]
        span = (ahead or matches)[-1 if backwards else 0]
        places = self.sheet.session.places.within(span.start, span.end)
        self.looking.places[self.looking.name] = places[0] if places else self.current
        self.looking.found = span
        self.draw(reveal=span)

    # -- marking

    def on_page_picked(self, message: Page.Picked) -> None:
        """Go to the place that was clicked."""
        self.looking.marked = None
        self.go(message.span)

    def on_page_pointed(self, message: Page.Pointed) -> None:
        """Mark the word that was clicked, or up to it."""
        if self.sheet is None or not len(self.sheet.document):
            return
        first, last = words_at(self.sheet.document, message.position)
        held = self.looking.marked
        if message.extend and held is None:
            return
        self.looking.marked = (min(first, held[0]), max(last, held[1])) if message.extend and held else (first, last)
        self._draw_marked()

    def on_key(self, event: events.Key) -> None:
        """Move, widen, end the marking; without one, keys are bound to actions."""
        marked, sheet = self.looking.marked, self.sheet
        if marked is None or sheet is None or self.windowed:
            return
        event.stop()
        match event.key:
            case "left" | "right" | "up" | "down":
                step = {"left": -1, "right": 1, "up": -10, "down": 10}[event.key]
                self.looking.marked = moved(sheet.document, marked, step)
            case "shift+right" | "space" | "plus" | "L":
                self.looking.marked = resized(sheet.document, marked, 1)
            case "shift+left" | "backspace" | "minus" | "H":
                self.looking.marked = resized(sheet.document, marked, -1)
            case "enter":
                self._ask_for_marked()
                return
            case "escape" | "q" | "m":
                self.looking.marked = None
        self._draw_marked()

    def _draw_marked(self) -> None:
        self.refresh_bindings()
        self.draw(reveal=self.marked)

    def _ask_for_marked(self) -> None:
        sheet, span = self.sheet, self.marked
        assert sheet is not None
        assert span is not None
        now = stands(sheet.session, span)

        def answered(wording: str | None) -> None:
            self.looking.marked = None
            if wording is not None and wording != one_line(now):
                self.happen(Decide(((span, wording),)))
                self.go(span)
            self._draw_marked()

        question = Text("What should stand in place of: ").append(brief(now), self.palette.removed)
        self.push_screen(Prompt(question, now), answered)
