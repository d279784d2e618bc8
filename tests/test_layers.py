"""The layers of docs/design.md as a table: imports go downwards only, and a new package must be placed here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import unspin

SOURCE = Path(unspin.__file__).parent

# package or module -> what of ours it may import
ALLOWED = {
    "model": set(),
    "files": set(),
    "language": set(),
    "text": {"model"},
    "lexicon": {"language", "model", "files"},
    "engine": {"lexicon", "language", "text", "model"},
    "output": {"engine", "model"},
    "restorer": {"engine", "lexicon", "language", "text", "model", ""},
    "review": {"restorer", "output", "engine", "text", "model", "files"},
    "batch": {"restorer", "output", "text", "model", "files", ""},
    "training": {"restorer", "engine", "lexicon", "language", "text", "model"},
    "config": {"lexicon"},
    "cli": {
        "",
        "batch",
        "config",
        "engine",
        "files",
        "language",
        "lexicon",
        "model",
        "output",
        "restorer",
        "review",
        "text",
        "training",
    },
    "": {"model", "restorer"},
}
# Each heavy package has one door.
ONLY_IMPORTER = {
    "ftfy": "text/intake.py",
    "pocketsphinx": "language/trigram.py",
    "wordfreq": "language/frequency.py",
    "lemminflect": "lexicon/morph.py",
    "tree_sitter": "text/tree.py",
}
MODULES = sorted(SOURCE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def layer_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ALLOWED else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_downwards(path: Path) -> None:
    layer = path.relative_to(SOURCE).parts[0].removesuffix(".py").replace("__init__", "")
    assert layer in ALLOWED, f"place {layer} in the table of layers"
    ours = {layer_of(name) for name in imported(path) if name == "unspin" or name.startswith("unspin.")}
    assert ours - {layer} <= ALLOWED[layer]


@pytest.mark.parametrize(("package", "door"), ONLY_IMPORTER.items())
def test_heavy_packages_have_one_door(package: str, door: str) -> None:
    importers = {str(p.relative_to(SOURCE)) for p in MODULES if any(n.split(".")[0] == package for n in imported(p))}
    assert importers == {door}


def test_only_the_command_line_knows_typer() -> None:
    importers = {p.relative_to(SOURCE).parts[0] for p in MODULES if any(n.split(".")[0] == "typer" for n in imported(p))}
    assert importers == {"cli"}


def test_only_the_reviewers_screen_knows_textual() -> None:
    importers = {p.relative_to(SOURCE).parts[:2] for p in MODULES if any(n.split(".")[0] == "textual" for n in imported(p))}
    assert importers == {("review", "screen")}


def test_public_names_are_what_is_exported() -> None:
    assert sorted(unspin.__all__) == unspin.__all__
    for name in unspin.__all__:
        assert getattr(unspin, name) is not None
