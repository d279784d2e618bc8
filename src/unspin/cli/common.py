"""What several commands share: their options, a restorer, reading an input, and telling the person something."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from unspin.model import Restoration
    from unspin.restorer import Restorer
    from unspin.text.intake import Intake

_LARGE = 1_000_000  # bytes from which a person wants to see progress

Files = Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", help='Files to read; none or "-": standard input.')]
Encoding = Annotated[str | None, typer.Option(help="Encoding of the input, if detection is wrong.", metavar="NAME")]
Confidence = Annotated[
    float | None, typer.Option("--confidence", "-c", min=0.0, max=1.0, help="Apply edits at least this probable (0 to 1).")
]


def confidence_line(confidence: float | None, safe: bool, bold: bool) -> float | None:
    """Return the line that the options ask for, None for the default; they exclude each other."""
    from unspin.restorer import BOLD, SAFE

    if (confidence is not None) + safe + bold > 1:
        fail("--confidence, --safe and --bold exclude each other")
    return SAFE if safe else BOLD if bold else confidence


def make_restorer(lists: Path | None, line: float | None) -> Restorer:
    """Return a restorer with the lists of a folder (None: the packaged ones), or fail telling what is wrong with them."""
    from unspin.restorer import DEFAULT, Restorer

    try:
        return Restorer(list_folder(lists) if lists else None, confidence=DEFAULT if line is None else line)
    except ValueError as error:
        fail(str(error))


def list_folder(folder: Path | None) -> Path:
    """Return the folder, or that of the packaged lists; fail if it holds none."""
    from unspin.lexicon.store import list_files, packaged_lists

    folder = folder or packaged_lists()
    if not folder.is_dir() or not list_files(folder):
        fail(f"{folder}: no wordlists (*.toml) here")
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


def note(message: str) -> None:
    """Tell the person something on standard error; what would move the cursor is shown, not obeyed."""
    print(f"unspin: {''.join(c if c.isprintable() else repr(c)[1:-1] for c in message)}", file=sys.stderr)


def fail(message: str) -> NoReturn:
    """Tell what is wrong and exit with 2."""
    for line in message.splitlines():
        note(line)
    raise typer.Exit(2)
