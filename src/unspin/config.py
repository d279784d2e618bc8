"""What is set where: the user's and the project's settings, and the lists that follow from them.

The user's are in ``unspin.toml`` in the folder for configuration; the project's in ``unspin.toml`` or under
``[tool.unspin]`` in ``pyproject.toml``, in the working directory or the nearest folder above it.  The project's lie over
the user's, options of the command line over both.  This module reads; it decides nothing about texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from unspin.lexicon.stack import Layer
from unspin.lexicon.store import layer, own_lists, packaged_lists

FILE, PROJECT_FILE = "unspin.toml", "pyproject.toml"
_SETTINGS = ("wordlists", "default_lists", "confidence", "review")


class ConfigError(ValueError):
    """Settings that cannot be used; the message names file and line, and says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one file sets.  `name`: whose it is.  `wordlists`: files and folders, absolute; None: not set."""

    name: str
    path: Path
    wordlists: tuple[Path, ...] = ()
    default_lists: bool | None = None
    confidence: float | None = None
    review: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """All settings in force, the later files over the earlier ones."""

    files: tuple[Settings, ...] = ()

    @property
    def confidence(self) -> float | None:
        """The confidence line, None where no file sets one."""
        return next((f.confidence for f in reversed(self.files) if f.confidence is not None), None)

    @property
    def default_lists(self) -> bool:
        """Whether the packaged lists are in force."""
        return next((f.default_lists for f in reversed(self.files) if f.default_lists is not None), True)

    @property
    def review(self) -> Mapping[str, Any]:
        """What is set for the reviewer, key by key."""
        merged: dict[str, Any] = {}
        for one in self.files:
            merged |= {**one.review, **_merged_keys(merged, one.review)}
        return merged

    def where(self, name: str) -> Path | None:
        """Return the file that sets something last."""
        return next((f.path for f in reversed(self.files) if getattr(f, name) not in (None, (), {})), None)


def read(folder: Path | None = None) -> Config:
    """Return the settings for a working directory (the current one).  Raises `ConfigError`."""
    found = [_read("yours", user_path())]
    project = project_path((folder or Path.cwd()).absolute())
    if project is not None and project != user_path():
        found.append(_read("project", project))
    return Config(tuple(one for one in found if one is not None))


def lists(config: Config, named: Sequence[Path] = (), *, only: bool = False, default: bool = True) -> tuple[Layer, ...]:
    """Return the lists in force, the later layers over the earlier ones: packaged, the user's, the project's, those named.

    `only`: those named alone.  `default`: whether the packaged lists count.
    """
    found: list[Layer] = []
    if not only:
        if default and config.default_lists:
            found.append(layer("packaged", packaged_lists()))
        found += [one for one in (layer("yours", own_lists()),) if one.files]
        found += [_joined(one.name, one.wordlists) for one in config.files if one.wordlists]
    return (*found, _joined("named", named)) if named else tuple(found)


def user_path() -> Path:
    """Return where the user's settings are looked for."""
    return own_lists().parent / FILE


def project_path(folder: Path) -> Path | None:
    """Return the file with the settings of the project that a folder is part of, if there is one."""
    for place in (folder, *folder.parents):
        if (place / FILE).is_file():
            return place / FILE
        project = place / PROJECT_FILE
        if project.is_file() and b"[tool.unspin" in _bytes(project):
            return project
    return None


def _joined(name: str, places: Iterable[Path]) -> Layer:
    return Layer(name, tuple(path for place in places for path in layer(name, place).files))


def _merged_keys(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    ours, theirs = earlier.get("keys"), later.get("keys")
    return {"keys": {**ours, **theirs}} if isinstance(ours, dict) and isinstance(theirs, dict) else {}


def _read(name: str, path: Path) -> Settings | None:
    if not path.is_file():
        return None
    import tomllib  # most runs find no file

    try:
        raw = _bytes(path).decode()
        data = tomllib.loads(raw)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}:1: not UTF-8: {error.reason}") from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ConfigError(f"{path}:{line.group(1) if line else 1}: {error}") from None
    table = data.get("tool", {}).get("unspin", {}) if path.name == PROJECT_FILE else data
    if not isinstance(table, dict):
        raise _mistake(path, raw, "unspin", "[tool.unspin] is a table")
    return _settings(name, path, raw, table)


def _settings(name: str, path: Path, raw: str, table: Mapping[str, Any]) -> Settings:
    for key in table:
        if key not in _SETTINGS:
            raise _mistake(path, raw, key, f"{key}: no such setting; there are {', '.join(_SETTINGS)}")
    default, confidence, review = table.get("default_lists"), table.get("confidence"), table.get("review", {})
    if default is not None and not isinstance(default, bool):
        raise _mistake(path, raw, "default_lists", "default_lists is true or false")
    if confidence is not None and not (type(confidence) in (int, float) and 0 <= confidence <= 1):
        raise _mistake(path, raw, "confidence", "confidence is a probability, from 0 to 1")
    if not isinstance(review, dict):
        raise _mistake(path, raw, "review", "[review] and [review.keys] are tables")
    return Settings(name, path, _wordlists(path, raw, table.get("wordlists", [])), default, confidence, review)


def _wordlists(path: Path, raw: str, value: Any) -> tuple[Path, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise _mistake(path, raw, "wordlists", 'wordlists = ["file.toml", "folder"], paths relative to this file')
    places = tuple(path.parent / Path(item).expanduser() for item in value)
    for place in places:
        if not place.is_file() and not layer("", place).files:
            raise _mistake(path, raw, "wordlists", f"wordlists: {place}: no such file, or a folder without *.toml")
    return places


def _mistake(path: Path, raw: str, key: str, message: str) -> ConfigError:
    pattern = re.compile(rf"""\s*(?:\[[\w.]*\b)?["']?{re.escape(key)}["']?\s*[]=.]""")
    line = next((number for number, line in enumerate(raw.splitlines(), 1) if pattern.match(line)), 1)
    return ConfigError(f"{path}:{line}: {message}")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}:1: cannot read it: {error.strerror or error}") from None
