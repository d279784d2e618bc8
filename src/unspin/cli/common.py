"""What several commands share: their options, a restorer, reading an input, and telling the person something."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from unspin.config import Config
    from unspin.lexicon.stack import Layer
    from unspin.model import Restoration
    from unspin.restorer import Restorer
    from unspin.text.intake import Intake

_LARGE = 1_000_000  # bytes from which a person wants to see progress

Files = Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", help='Files to read; none or "-": standard input.')]
Encoding = Annotated[str | None, typer.Option(help="Encoding of the input, if detection is wrong.", metavar="NAME")]
Confidence = Annotated[
    float | None, typer.Option("--confidence", "-c", min=0.0, max=1.0, help="Apply edits at least this probable (0 to 1).")
]
ListFolder = Annotated[Path | None, typer.Option("--lists", metavar="FOLDER", help="Use the lists of this folder alone.")]
Wordlists = Annotated[
    list[Path] | None, typer.Option("--wordlist", metavar="FILE", help="Lay this list over the others; may be repeated.")
]
OnlyLists = Annotated[bool, typer.Option("--only-lists", help="Use the lists named with --wordlist alone.")]
NoDefaultLists = Annotated[bool, typer.Option("--no-default-lists", help="Leave out the lists that come with unspin.")]


def confidence_line(confidence: float | None, safe: bool, bold: bool) -> float | None:
    """Return the line that the options ask for, None for the default; they exclude each other."""
    from unspin.restorer import BOLD, SAFE

    if (confidence is not None) + safe + bold > 1:
        fail("--confidence, --safe and --bold exclude each other")
    return SAFE if safe else BOLD if bold else confidence


def settings() -> Config:
    """Return the settings of the user and of the project, or fail telling what is wrong with them."""
    from unspin import config

    try:
        return config.read()
    except config.ConfigError as error:
        fail(str(error))


def chosen_lists(
    folder: Path | None, wordlists: list[Path] | None = None, only: bool = False, no_default: bool = False
) -> tuple[Layer, ...]:
    """Return the lists that options ask for: those of one folder, or all in force; fail where one is not there."""
    from unspin import config
    from unspin.lexicon.store import layer

    if folder is not None:
        if wordlists or only or no_default:
            fail("--lists FOLDER uses that folder alone; --wordlist FILE puts lists over those in force")
        return (layer("named", list_folder(folder)),)
    named = wordlists or []
    for path in named:
        if not layer("", path).files:
            fail(f"{path}: {'no wordlists (*.toml) here' if path.is_dir() else 'no such file'}")
    if only and not named:
        fail("--only-lists uses the lists named with --wordlist alone: name one")
    in_force = config.lists(settings(), named, only=only, default=not no_default)
    return in_force or fail("no lists are in force: name one with --wordlist FILE")


def make_restorer(lists: tuple[Layer, ...], line: float | None) -> Restorer:
    """Return a restorer with those lists, or fail telling what is wrong with them; `line`: None for the one that is set."""
    from unspin.restorer import DEFAULT, Restorer

    line = settings().confidence if line is None else line
    tell = note if sys.stderr.isatty() else lambda message: None
    try:
        return Restorer(lists, confidence=DEFAULT if line is None else line, tell=tell)
    except ValueError as error:
        fail(str(error))


def list_folder(folder: Path | None) -> Path:
    """Return the folder (or file), or the folder of the packaged lists; fail if it holds none."""
    from unspin.lexicon.store import layer, packaged_lists

    folder = folder or packaged_lists()
    if not layer("", folder).files:
        fail(f"{folder}: {'no wordlists (*.toml) here' if folder.is_dir() else 'no such file or folder'}")
    return folder


def restore_one(restorer: Restorer, name: str, encoding: str | None) -> tuple[Restoration, Intake]:
    """Read a file, or standard input for "-", and restore it; repairs are told."""
    from unspin import files
    from unspin.text.markup import markup_of

    data = files.read_bytes(name)
    with _progress(name, len(data)) as progress:
        restoration, intake = restorer.restore_bytes(data, encoding=encoding, markup=markup_of(name), progress=progress)
    for repair in intake.repairs[:5]:
        note(f"{name}: {repair}")
    if len(intake.repairs) > 5:
        note(f"{name}: … and {len(intake.repairs) - 5} lines more")
    return restoration, intake


def _progress(name: str, size: int):  # type: ignore[no-untyped-def]
    """Show a bar on a terminal while a large text is restored."""
    from contextlib import contextmanager, nullcontext

    if size < _LARGE or not sys.stderr.isatty():
        return nullcontext(None)

    @contextmanager
    def bar() -> Iterator[Callable[[int, int], None]]:
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(repr(name)[1:-1].replace("[", "("), total=None)
            yield lambda done, total: progress.update(task, completed=done, total=total)

    return bar()


def put(text: str, output: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output where none is named."""
    from unspin import files

    data = text.encode("utf-8", "surrogatepass")
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        files.write_file(output, data)
    except OSError as error:
        fail(str(error))


def note(message: str) -> None:
    """Tell the person something on standard error; what would move the cursor is shown, not obeyed."""
    print(f"unspin: {''.join(c if c.isprintable() else repr(c)[1:-1] for c in message)}", file=sys.stderr)


def fail(message: str) -> NoReturn:
    """Tell what is wrong and exit with 2."""
    for line in message.splitlines():
        note(line)
    raise typer.Exit(2)
