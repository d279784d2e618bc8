"""Settings and lists in force: whose lie over whose, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from unspin import config
from unspin.config import ConfigError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    folder = tmp_path / "home" / "unspin"
    (folder / "wordlists").mkdir(parents=True)
    return folder


def write_list(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('subject = "x"\n\n[noun]\nwar = "battle"\n', "utf-8")
    return path


def test_without_files_the_packaged_lists_are_in_force(tmp_path: Path) -> None:
    found = config.read(tmp_path)
    assert found.files == ()
    assert found.confidence is None
    assert [layer.name for layer in config.lists(found)] == ["packaged"]


def test_the_projects_settings_lie_over_the_users(home: Path, tmp_path: Path) -> None:
    (home / "unspin.toml").write_text('confidence = 0.5\n[review]\ntheme = "dark"\n[review.keys]\nnext = "n"\nsave = "w"\n')
    project = tmp_path / "project"
    (project / "deep" / "deeper").mkdir(parents=True)
    (project / "pyproject.toml").write_text('[tool.unspin]\nconfidence = 0.7\n[tool.unspin.review.keys]\nnext = "j"\n')
    found = config.read(project / "deep" / "deeper")
    assert found.confidence == 0.7
    assert found.review == {"theme": "dark", "keys": {"next": "j", "save": "w"}}
    assert found.where("confidence") == project / "pyproject.toml"
    assert config.read(tmp_path).confidence == 0.5


def test_the_nearest_project_counts_and_a_pyproject_of_others_does_not(tmp_path: Path) -> None:
    inner = tmp_path / "outer" / "inner"
    inner.mkdir(parents=True)
    (tmp_path / "outer" / "unspin.toml").write_text("confidence = 0.9\n")
    (inner / "pyproject.toml").write_text("[tool.ruff]\nline-length = 100\n")
    assert config.project_path(inner) == tmp_path / "outer" / "unspin.toml"
    (inner / "unspin.toml").write_text("confidence = 0.8\n")
    assert config.read(inner).confidence == 0.8


def test_lists_lie_over_each_other_in_order(home: Path, tmp_path: Path) -> None:
    write_list(home / "wordlists" / "mine.toml")
    write_list(tmp_path / "terms" / "a.toml")
    (tmp_path / "unspin.toml").write_text('wordlists = ["terms"]\n')
    named = write_list(tmp_path / "named.toml")
    found = config.read(tmp_path)
    layers = config.lists(found, [named])
    assert [layer.name for layer in layers] == ["packaged", "yours", "project", "named"]
    assert layers[2].files == (tmp_path / "terms" / "a.toml",)
    assert [layer.name for layer in config.lists(found, [named], default=False)] == ["yours", "project", "named"]
    assert [layer.name for layer in config.lists(found, [named], only=True)] == ["named"]


def test_a_project_can_leave_the_packaged_lists_out(tmp_path: Path) -> None:
    write_list(tmp_path / "a.toml")
    (tmp_path / "unspin.toml").write_text('default_lists = false\nwordlists = ["a.toml"]\n')
    assert [layer.name for layer in config.lists(config.read(tmp_path))] == ["project"]


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("confidence = 2\n", 1, "from 0 to 1"),
        ("# mine\nconfidence = true\n", 2, "from 0 to 1"),
        ("confidence = 0.5\nwordlist = []\n", 2, "no such setting; there are wordlists"),
        ('\nwordlists = ["absent.toml"]\n', 2, "no such file"),
        ("wordlists = 'a.toml'\n", 1, "wordlists = ["),
        ("\n\ndefault_lists = 1\n", 3, "true or false"),
        ("review = 1\n", 1, "are tables"),
        ("confidence = 0.5\n[review\n", 2, "line 2"),
        ("\n[other]\nx = 1\n", 2, "no such setting"),
    ],
)
def test_mistakes_are_told_with_file_and_line(content: str, line: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "unspin.toml"
    path.write_text(content)
    with pytest.raises(ConfigError) as caught:
        config.read(tmp_path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert said in str(caught.value)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "unspin.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match=r"unspin\.toml:1: not UTF-8"):
        config.read(tmp_path)
