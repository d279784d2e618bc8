from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from unspin.review.keys import ACTIONS
from unspin.review.settings import SettingsError, chosen


def test_without_settings_everything_is_as_usual() -> None:
    assert chosen({}).actions == ACTIONS


def test_keys_and_theme_are_taken() -> None:
    settings = chosen(tomllib.loads('theme = "light"\n[keys]\naccept = ["y", "+"]\n'))
    assert settings.theme == "light"
    assert next(a.keys for a in settings.actions if a.name == "accept") == ("y", "plus")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("keys = 3", "are tables"),
        ("colour = 1", "colour: no such setting"),
        ('theme = "pink"', "there are dark, light"),
        ('[keys]\nacept = "y"', "acept: no such action"),
    ],
)
def test_mistakes_are_told_with_the_file(content: str, message: str) -> None:
    with pytest.raises(SettingsError, match=rf"unspin\.toml: .*{message}"):
        chosen(tomllib.loads(content), Path("unspin.toml"))
