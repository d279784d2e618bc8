"""The application's frame: what is open, what is looked at, and drawing it.  What keys do is in the modules beside it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widgets import Static

from unspin.model import Span
from unspin.review import desk
from unspin.review.choices import Rule
from unspin.review.desk import Sheet
from unspin.review.keys import ACTIONS, Action
from unspin.review.layout import View, brief
from unspin.review.navigate import Among, Order, following
from unspin.review.screen import panel
from unspin.review.screen.page import Page, Sight
from unspin.review.screen.palette import DARK, LIGHT, Palette
from unspin.review.session import Event, stands

_WIDE = 110


@dataclass(frozen=True)
class Run:
    """What a run of the reviewer is given.

    `names`: the files.  `load`: reads and restores one, telling its progress.  `note_never`, `note_always`: write a pair
    (original, spun, part of speech) to the reader's own wordlist and return where it stands now.
    """

    names: tuple[str, ...]
    load: Callable[[str, desk.Progress], Sheet]
    note_never: Callable[[str, str, str], str]
    note_always: Callable[[str, str, str], str]
    actions: tuple[Action, ...] = ACTIONS
    only_unsure: bool = False
    theme: str = ""


@dataclass
class Looking:
    """What the reader looks at, and how."""

    name: str
    view: View = View.RESTORED
    order: Order = Order.POSITION
    among: Among = Among.ALL
    places: dict[str, Span | None] = field(default_factory=dict)
    query: str = ""
    found: Span | None = None
    marked: tuple[int, int] | None = None  # first and one past the last token


class Frame(App[None]):
    """Draws the current file; the classes derived from it say what keys do."""

    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 (as Textual declares it)
    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(a.keys), f"do('{a.name}')", a.label, id=a.name, priority=True) for a in ACTIONS
    ]

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run_given = run
        self.sheets: dict[str, Sheet] = {}
        self.failed: dict[str, str] = {}
        self.rules: list[Rule] = []
        self.visited: set[str] = set()
        self.said = ("", False)
        self._silence: Timer | None = None
        self.reading: tuple[str, float] = ("", 0.0)
        self.looking = Looking(run.names[0], among=Among.UNSURE if run.only_unsure else Among.ALL)
        self.set_keymap({a.name: ",".join(a.keys) for a, usual in zip(run.actions, ACTIONS, strict=True) if a != usual})
        self.theme = {"light": "textual-light", "dark": "textual-dark"}.get(run.theme) or _theme_of_terminal()

    def compose(self) -> ComposeResult:
        """Lay out bar, page, panel and keys."""
        yield Static(id="bar")
        with Container(id="body"):
            yield Page(id="page")
            yield Static(id="panel")
        yield Static(id="said")
        yield panel.KeyBar(id="keys")

    @property
    def palette(self) -> Palette:
        """The colours of the theme."""
        return DARK if self.current_theme.dark else LIGHT

    @property
    def sheet(self) -> Sheet | None:
        """The file that is looked at, once it is read."""
        return self.sheets.get(self.looking.name)

    @property
    def current(self) -> Span | None:
        """The place that is looked at."""
        return self.looking.places.get(self.looking.name)

    @property
    def marked(self) -> Span | None:
        """Where the marked words stand; a place that they touch is marked whole."""
        if self.sheet is None or self.looking.marked is None:
            return None
        span = self.sheet.document.span(*self.looking.marked)
        touched = self.sheet.session.places.within(span.start, span.end)
        return Span(min(s.start for s in (span, *touched)), max(s.end for s in (span, *touched)))

    def go(self, span: Span | None) -> None:
        """Look at a place."""
        self.looking.places[self.looking.name] = span
        self.looking.found = None
        self.draw(reveal=span)

    def happen(self, event: Event, name: str | None = None) -> bool:
        """Let an event take effect in a file; tells whether it changed anything."""
        name = name or self.looking.name
        old = self.sheets[name]
        try:
            self.sheets[name] = desk.decide(old, event)
        except OSError as error:
            self.say(f"not decided, for it cannot be kept: {error}", bad=True)
            return False
        return self.sheets[name] is not old

    def say(self, message: str, *, bad: bool = False) -> None:
        """Tell the reader something in passing, in the line above the keys; what is bad stays longer."""
        self.said = (brief(message), bad)
        self.write("said", Text(f" {self.said[0]}", style="bold red" if bad else "bold"))
        if self._silence is not None:
            self._silence.stop()
        self._silence = self.set_timer(12 if bad else 4, self._hush)

    def _hush(self) -> None:
        self.write("said", Text())

    def draw(self, *, reveal: Span | None = None) -> None:
        """Draw everything anew."""
        if not self.screen_stack:
            return
        sheet, looking, page = self.sheet, self.looking, self.page
        if sheet is None:
            page.show(None)
            self._draw_waiting()
            return
        current = self._settled(sheet)
        seen = None if self.marked else current
        sight = Sight(sheet.session, seen, looking.view, self.palette, self.marked, looking.found, self.no_colour)
        page.show(sight, reveal=reveal)
        self._draw_panel(sheet, current)
        self._draw_edges(sheet)

    @property
    def windowed(self) -> bool:
        """Tell whether a window lies above the page."""
        return len(self.screen_stack) > 1

    @property
    def page(self) -> Page:
        """The page, whatever window lies above it."""
        return self.screen_stack[0].query_one("#page", Page)

    def write(self, where: str, text: Text) -> None:
        """Show a text beside the page."""
        self.screen_stack[0].query_one(f"#{where}", Static).update(text)

    @property
    def no_colour(self) -> bool:
        """Tell whether colours do not reach the reader."""
        return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in ("dumb", "vt100", "vt220")

    def _settled(self, sheet: Sheet) -> Span | None:
        """Return the current place; one that is no longer there gives way to its neighbour."""
        current, spans = self.current, sheet.session.places.spans
        if current is not None and sheet.session.places.at(current.start) != current:
            current = spans[min(sheet.session.places.rank(current), len(spans) - 1)] if spans else None
        if current is None and spans:
            current = following(sheet.session, None, self.looking.order, self.looking.among) or spans[0]
        self.looking.places[self.looking.name] = current
        return current

    def _draw_waiting(self) -> None:
        name, share = self.reading
        if self.looking.name in self.failed:
            said = f"{self.looking.name}: {self.failed[self.looking.name]}"
        elif name:
            said = f"reading {name} … {share:.0%}"
        else:
            said = "reading …"
        self.write("panel", Text(brief(said)))
        self.write("bar", Text(brief(self.looking.name), style="bold"))
        self._draw_keys()

    def _draw_panel(self, sheet: Sheet, current: Span | None) -> None:
        if self.marked:
            text = Text().append("Mark the words that were missed: ", "bold")
            text.append(brief(stands(sheet.session, self.marked)), self.palette.own)
            text.append("\n\n← → another word   shift+→ shift+← more, fewer")
            text.append("\n⏎ type what should stand there   Esc leave")
        elif current is None:
            text = Text("Nothing looks spun here.  m marks words that were missed.")
        else:
            spans, place = sheet.session.places.spans, sheet.session.place(current)
            number = (sheet.session.places.rank(current) + 1, len(spans))
            text = panel.suggestion(sheet.session, place, self.palette, tall=self.size.width >= _WIDE, number=number)
        self.write("panel", text)

    def _draw_edges(self, sheet: Sheet) -> None:
        looking, names = self.looking, self.run_given.names
        states = [f"{names.index(looking.name) + 1}/{len(names)}"] if len(names) > 1 else []
        states += [looking.view.value] if looking.view is not View.RESTORED else []
        states += [looking.among.value] if looking.among is not Among.ALL else []
        states += ["by doubt"] if looking.order is Order.DOUBT else []
        states += ["unsaved"] if sheet.unsaved else ["saved"] if sheet.saved else []
        name = "standard input" if looking.name == "-" else looking.name
        bar = panel.progress(name, sheet.session, sheet.evidence, self.palette, width=self.size.width, states=states)
        self.write("bar", bar)
        self._draw_keys()

    def _draw_keys(self) -> None:
        width = self.size.width
        self.write("keys", panel.key_bar(self.run_given.actions, self.palette, width - 2, 2))


def _theme_of_terminal() -> str:
    """Return the theme that suits the terminal's background, where the terminal tells (COLORFGBG), else dark."""
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return "textual-light" if background in ("7", "15") else "textual-dark"
