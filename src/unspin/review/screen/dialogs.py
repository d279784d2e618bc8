"""What is asked in a window of its own: a wording, a search, yes or no; the help page; the list of files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from unspin.review.keys import CHAPTERS, Action, spoken
from unspin.review.layout import counted, one_line
from unspin.review.screen.palette import Palette

# What may be typed: nothing that moves the cursor or turns the reading direction.
_TYPED = "[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]*"


class Prompt(ModalScreen[str | None]):
    """Asks for a line; escape leaves it (None)."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "leave")]

    def __init__(self, question: Text, value: str = "") -> None:
        super().__init__()
        self._question, self._value = question, one_line(value)

    def compose(self) -> ComposeResult:
        """Lay out the question and the line."""
        with Vertical(classes="window"):
            yield Static(self._question)
            yield Input(self._value, restrict=_TYPED, select_on_focus=True)
            yield Static(Text("⏎ take it   Esc leave", style="dim"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer."""
        self.dismiss(event.value)


class Question(ModalScreen[str]):
    """Asks for one of a few keys; answers with it, or "" for escape."""

    def __init__(self, question: Text, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._question, self._answers = question, answers

    def compose(self) -> ComposeResult:
        """Lay out the question and its answers."""
        text = Text("\n")
        for key, meaning in (*self._answers, ("Esc", "back")):
            text.append(f"\n{key:>4}  ", "bold")
            text.append(meaning)
        with Vertical(classes="window"):
            yield Static(self._question + text)

    def on_key(self, event: events.Key) -> None:
        """Answer."""
        event.stop()
        if event.key == "escape" or event.character in {key for key, _ in self._answers}:
            self.dismiss("" if event.key == "escape" else str(event.character))


class Help(ModalScreen[None]):
    """Every key, as it is configured."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,question_mark,f1,enter", "dismiss(None)", "close")]

    def __init__(self, actions: Sequence[Action], palette: Palette) -> None:
        super().__init__()
        self._actions, self._palette = actions, palette

    def compose(self) -> ComposeResult:
        """Lay out a table for each chapter, and the colours."""
        with VerticalScroll(classes="window help") as scroll:
            scroll.focus()
            yield Static(Text("Every key; Esc closes, ↑ ↓ PgUp PgDn scroll", style="bold"))
            for chapter in CHAPTERS:
                yield Static(self._chapter(chapter))
            yield Static(self._legend())

    def _chapter(self, chapter: str) -> RenderableType:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(width=13, style=self._palette.key)
        grid.add_column(ratio=1)
        grid.add_row("", Text(f"\n{chapter}", style="bold underline"))
        of_chapter = [a for a in self._actions if a.chapter == chapter]
        for action in of_chapter:
            if action.name.startswith("alternative_"):
                continue
            grid.add_row(Text(" ".join(map(spoken, action.keys)) or "no key"), Text(action.help))
        numbered = [a for a in of_chapter if a.name.startswith("alternative_")]
        if numbered:
            keys = " ".join(spoken(key) for a in numbered for key in a.keys)
            grid.add_row(Text(keys), Text("take this wording of the list, and go on"))
        return grid

    def _legend(self) -> Text:
        palette, text = self._palette, Text("\nColours\n", style="bold")
        for style, meaning in (
            (palette.sure, "sure"),
            (palette.likely, "likely, taken unless turned back"),
            (palette.open, "a question: the text stands"),
            (palette.rejected, "rejected"),
            (palette.own, "your wording"),
        ):
            text.append(meaning, style)
            text.append("   ")
        text.append("\nBold: decided by you.  Click a place to go to it, or a word to mark it; drag to mark several.")
        return text


class Files(ModalScreen[str | None]):
    """All files and how they stand; answers with the one chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,f,q", "dismiss(None)", "back")]

    def __init__(self, files: Sequence[tuple[str, str]], current: str) -> None:
        super().__init__()
        self._files, self._current = files, current

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        width = max((len(state) for _, state in self._files), default=0)
        options = []
        for name, state in self._files:
            line = Text(f"{state:<{min(width, 40)}}  ", style="dim")
            line.append(one_line(name), "bold not dim" if name == self._current else "not dim")
            options.append(Option(line))
        with Vertical(classes="window"):
            yield Static(Text(f"{counted(len(self._files), 'file')}: ⏎ opens, Esc goes back", style="bold"))
            yield OptionList(*options)

    def on_mount(self) -> None:
        """Begin at the current file."""
        names = [name for name, _ in self._files]
        self.query_one(OptionList).highlighted = names.index(self._current) if self._current in names else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(self._files[event.option_index][0])
