"""What a reader has set for the reviewer: the table ``[review]`` of the configuration (`unspin.config` reads it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unspin.review.keys import ACTIONS, Action, KeyTableError, configured

THEMES = ("dark", "light")


class SettingsError(ValueError):
    """Settings that cannot be used; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The keys, and the theme ("" for the one that suits the terminal)."""

    actions: tuple[Action, ...] = ACTIONS
    theme: str = ""


def chosen(review: Mapping[str, Any], path: Path | None = None) -> Settings:
    """Return the settings in a table ``[review]``; raises `SettingsError`, which names `path`, where it was read."""
    where = "" if path is None else f"{path}: "
    if not isinstance(review.get("keys", {}), dict):
        raise SettingsError(f"{where}[review] and [review.keys] are tables")
    unknown = sorted(set(review) - {"keys", "theme"})
    if unknown:
        raise SettingsError(f"{where}[review] {unknown[0]}: no such setting; there are keys, theme")
    theme = review.get("theme", "")
    if theme and theme not in THEMES:
        raise SettingsError(f"{where}[review] theme = {theme!r}: there are {', '.join(THEMES)}")
    try:
        return Settings(configured(review.get("keys", {})), theme)
    except KeyTableError as error:
        raise SettingsError(f"{where}{error}") from None
