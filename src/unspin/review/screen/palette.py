"""Colours of a page.  Each also differs in weight, slant or line, so that they can be told apart without colour."""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style

from unspin.engine.pipeline import SAFE
from unspin.review.session import Place, Standing


@dataclass(frozen=True)
class Palette:
    """A style for each way things can stand at a place."""

    sure: Style
    likely: Style
    open: Style
    rejected: Style
    own: Style
    removed: Style
    muted: Style
    key: Style
    found: Style

    def of(self, place: Place) -> Style:
        """Return how what stands at a place is drawn; what the reader decided is bold."""
        match place.standing:
            case Standing.OPEN:
                return self.open
            case Standing.REJECTED:
                return self.rejected
            case Standing.CHANGED | Standing.ADDED:
                return self.own
            case Standing.ACCEPTED:
                return self.graded(place.confidence) + _BOLD
        return self.graded(place.confidence)

    def graded(self, confidence: float) -> Style:
        """Return the style of a confidence."""
        return self.sure if confidence >= SAFE else self.likely


_BOLD = Style(bold=True)


def _palette(sure: str, likely: str, question: str, own: str, removed: str, muted: str, key: str, found: str) -> Palette:
    return Palette(
        sure=Style(color=sure),
        likely=Style(color=likely, italic=True),
        open=Style(color=question, underline=True),
        rejected=Style(color=muted, italic=True, underline=False),
        own=Style(color=own, bold=True),
        removed=Style(color=removed, strike=True),
        muted=Style(color=muted),
        key=Style(color=key, bold=True),
        found=Style(bgcolor=found),
    )


DARK = _palette("#7fd88f", "#e5c07b", "#f59bd0", "#6cc7ff", "#d9818a", "#9a9a9a", "#ffb454", "#5a4a00")
LIGHT = _palette("#1a7330", "#8a5a00", "#a81878", "#0062a8", "#b3303a", "#6a6a6a", "#9a4d00", "#ffe58a")
