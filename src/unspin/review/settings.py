"""What a reader has set for the reviewer: the table ``[review]`` of ``unspin.toml`` in the folder for configuration."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from unspin.review.keys import ACTIONS, Action, KeyTableError, configured

THEMES = ("dark", "light")


class SettingsError(ValueError):
    """Settings that cannot be used; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The keys, and the theme ("" for the one that suits the terminal)."""

    actions: tuple[Action, ...] = ACTIONS
    theme: str = ""


def settings_path() -> Path:
    """Return where the settings are looked for."""
    import platformdirs

    return platformdirs.user_config_path("unspin") / "unspin.toml"


def read(path: Path) -> Settings:
    """Return the settings in a file, the usual ones if there is none; raises `SettingsError`."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {error}") from error
    review = data.get("review", {})
    if not isinstance(review, dict) or not isinstance(review.get("keys", {}), dict):
        raise SettingsError(f"{path}: [review] and [review.keys] are tables")
    unknown = sorted(set(review) - {"keys", "theme"})
    if unknown:
        raise SettingsError(f"{path}: [review] {unknown[0]}: no such setting; there are keys, theme")
    theme = review.get("theme", "")
    if theme and theme not in THEMES:
        raise SettingsError(f"{path}: [review] theme = {theme!r}: there are {', '.join(THEMES)}")
    try:
        return Settings(configured(review.get("keys", {})), theme)
    except KeyTableError as error:
        raise SettingsError(f"{path}: {error}") from None
