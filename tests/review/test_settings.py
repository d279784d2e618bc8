from __future__ import annotations

from pathlib import Path

import pytest

from unspin.review.keys import ACTIONS
from unspin.review.settings import SettingsError, read


def test_without_a_file_everything_is_as_usual(tmp_path: Path) -> None:
    assert read(tmp_path / "absent.toml").actions == ACTIONS


def test_keys_and_theme_are_read(tmp_path: Path) -> None:
    path = tmp_path / "unspin.toml"
    path.write_text('[review]\ntheme = "light"\n[review.keys]\naccept = ["y", "+"]\n[other]\nx = 1\n')
    settings = read(path)
    assert settings.theme == "light"
    assert next(a.keys for a in settings.actions if a.name == "accept") == ("y", "plus")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[review\n", "line 1"),
        ("review = 1", "are tables"),
        ("[review]\nkeys = 3", "are tables"),
        ("[review]\ncolour = 1", "colour: no such setting"),
        ('[review]\ntheme = "pink"', "there are dark, light"),
        ('[review.keys]\nacept = "y"', "acept: no such action"),
        ("\udcff", "decode"),
    ],
)
def test_mistakes_are_told_with_the_file(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "unspin.toml"
    path.write_text(content, errors="surrogateescape")
    with pytest.raises(SettingsError, match=rf"unspin\.toml: .*{message}"):
        read(path)
