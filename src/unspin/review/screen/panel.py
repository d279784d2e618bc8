"""The texts beside the page: the current suggestion, the bar with the progress, the keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Static

from unspin.engine.pipeline import SAFE
from unspin.model import Evidence
from unspin.output.reason import reason
from unspin.review.choices import alike, rule, wordings
from unspin.review.keys import Action, spoken
from unspin.review.layout import brief, one_line
from unspin.review.screen.palette import Palette
from unspin.review.session import Place, Session, Standing

_SAYS = {
    Standing.OPEN: "open: the text stands",
    Standing.TAKEN: "taken unless you turn it back",
    Standing.ACCEPTED: "accepted",
    Standing.REJECTED: "rejected: the text stands",
    Standing.CHANGED: "your wording",
    Standing.ADDED: "added by you",
}


def suggestion(session: Session, place: Place, palette: Palette, *, tall: bool, number: tuple[int, int]) -> Text:
    """Return all there is to know about a place; `tall`: there is room for a line each.  `number`: which of how many."""
    text = Text()
    text.append(brief(place.before), palette.removed)
    text.append(" → ", palette.muted)
    text.append(
        brief(place.edit.after if place.edit else place.wording) or "(nothing)", palette.of(place) + Style(bold=True)
    )
    text.append("\n")
    if place.edit:
        text.append(f"{place.confidence:.0%} ", palette.graded(place.confidence))
        text.append(_grade(place) + " · ")
    text.append(_SAYS[place.standing], Style(bold=True))
    if place.standing is Standing.CHANGED:
        text.append(f": {brief(place.wording) or '(nothing)'}", palette.own)
    text.append(f"  {number[0]}/{number[1]}", palette.muted)
    text.append("\n\n" if tall else "\n")
    _append_wordings(text, place, palette, "\n" if tall else "  ")
    text.append("\n\n" if tall else "\n")
    if place.edit:
        text.append(one_line(reason(place.edit))[:1500])
        text.append("\n\n" if tall else "\n")
    if tall:  # where there is no room, the reason has to do: it names the row
        _append_row(text, place, palette)
    _append_alike(text, session, place, palette)
    return text


def _grade(place: Place) -> str:
    return "sure" if place.confidence >= SAFE else "likely" if place.taken else "a question"


def _append_wordings(text: Text, place: Place, palette: Palette, between: str) -> None:
    if place.edit is None:
        return
    for n, (wording, confidence) in enumerate(wordings(place)[:9], 1):
        text.append(between if n > 1 else "")
        text.append(f"{n} ", palette.key)
        as_is = " (as it stands)" if wording == place.before else ""
        shown = f"{brief(wording)}{as_is}"
        text.append(shown, palette.own if wording == place.wording else "")
        text.append(f" {confidence:.0%}", palette.muted)


def _append_row(text: Text, place: Place, palette: Palette) -> None:
    entry = place.edit.entry if place.edit else None
    if entry is None:
        return
    text.append(f"{brief(entry.source)}  ", palette.muted)
    text.append(f"{brief(entry.original)} ← {brief(entry.spun)}")
    text.append(f"  {entry.pos}, {entry.dialect}, {entry.weight}\n", palette.muted)


def _append_alike(text: Text, session: Session, place: Place, palette: Palette) -> None:
    spans = alike(session, rule(place, accept=True))
    decided = sum(span in session.decisions for span in spans)
    if place.edit is None:
        what = f"the same words stand {len(spans) - 1} times more, undecided" if len(spans) > 1 else "nowhere else"
    else:
        what = f"{len(spans)} like this, {decided} decided" if len(spans) > 1 else "the only one like this"
    text.append(what, palette.muted)


def progress(
    name: str, session: Session, evidence: Evidence, palette: Palette, *, width: int, states: Sequence[str]
) -> Text:
    """Return the bar: which file, how many places are open or decided, how spun the text is, how it is shown."""
    tally, total = session.tally, len(session.places.spans)
    questions = tally[Standing.OPEN]
    decided = total - questions - tally[Standing.TAKEN]
    counts = [f" · {tally[Standing.TAKEN]} taken", f" · {decided} decided of {total}"]
    spun = f" · {evidence.probability:.0%} spun ({evidence.dialect})" if evidence.probability > 0.5 else " · not spun"
    right = Text()
    for parts in ([*counts, spun], counts, [f" · {decided}/{total} decided"]):  # as much as there is room for
        right = Text().append(f"{questions} open", palette.open if questions else palette.sure)
        right.append("".join(parts))
        for state in states:
            right.append(" · ", palette.muted).append(state, palette.key)
        if right.cell_len + min(len(name), 24) < width:
            break
    room = max(8, width - right.cell_len - 2)
    left = Text(brief(name), Style(bold=True))
    if left.cell_len > room:
        left = Text("…", Style(bold=True)) + left[-(room - 1) :]
    left.append(" " * max(1, width - left.cell_len - right.cell_len))
    return left + right


class KeyBar(Static):
    """The keys below the page; a click on one does what it does."""

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, action: str) -> None:
            self.action = action
            super().__init__()

    def on_click(self, event: events.Click) -> None:
        """Tell which key it was."""
        action = event.style.meta.get("action")
        if action:
            self.post_message(self.Pressed(action))


def key_bar(actions: Sequence[Action], palette: Palette, width: int, lines: int) -> Text:
    """Return as many keys as fit, the first actions first; each can be clicked."""
    bar, used, line = Text(no_wrap=True), 0, 1
    for action in actions:
        if not action.keys:
            continue
        key = spoken(action.keys[0])
        cells = len(key) + len(action.label) + 3
        if used + cells > width:
            if line == lines:
                break
            bar.append("\n")
            used, line = 0, line + 1
        click = Style.from_meta({"action": action.name})
        bar.append(key, palette.key + click)
        bar.append(f" {action.label}", click)
        bar.append("  ")
        used += cells
    return bar
