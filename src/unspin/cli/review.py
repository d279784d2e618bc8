"""`unspin review`: the full-screen reviewer.  Textual is loaded only here, once there is something to show."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unspin.cli.common import (
    Encoding,
    ListFolder,
    NoDefaultLists,
    OnlyLists,
    Wordlists,
    chosen_lists,
    fail,
    make_restorer,
    note,
)
from unspin.cli.common import settings as configuration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unspin.model import Entry
    from unspin.review.desk import Progress, Restores, Sheet
    from unspin.review.screen.app import Reviewer
    from unspin.review.settings import Settings


def review(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help='Files or folders to review; "-": standard input.')],
    accept_above: Annotated[
        float | None,
        typer.Option(
            "--accept-above", metavar="P", min=0.0, max=1.0, help="Take what is at least this probable; ask the rest."
        ),
    ] = None,
    only_unsure: Annotated[bool, typer.Option("--only-unsure", help="Stop only at what is not all but certain.")] = False,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="JSON", help="Write the decisions to this file when leaving.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what was decided about these files before.")] = False,
    encoding: Encoding = None,
    lists: ListFolder = None,
    wordlist: Wordlists = None,
    only_lists: OnlyLists = False,
    no_default_lists: NoDefaultLists = False,
) -> None:
    """Review every suggestion on a full screen: accept, reject, reword, undo, save.

    What you decide is kept as you decide it; run the same command again to go on. Press ? for the keys.

    Examples:

      unspin review article.txt

      unspin review --only-unsure articles/

      curl -s https://example.org/page.txt | unspin review - > fixed.txt

      unspin review --export decisions.json article.txt && unspin restore --decisions decisions.json article.txt
    """
    from unspin.review import desk, settings

    try:
        in_force = configuration()
        chosen = settings.chosen(in_force.review, in_force.where("review"))
        names = desk.files_in(files)
        if "-" in names and len(names) > 1:
            fail('"-" is reviewed alone')
        piped = sys.stdin.buffer.read() if names == ["-"] else b""
    except (OSError, ValueError) as error:
        fail(str(error))
    _allow_open_files(len(names))
    with _terminal():
        app = _reviewer(
            names,
            piped,
            make_restorer(chosen_lists(lists, wordlist, only_lists, no_default_lists), None),
            accept_above,
            only_unsure,
            fresh,
            encoding,
            chosen,
        )
        app.run()
    try:
        _finish(app, export)
    finally:
        desk.close_all(iter(app.sheets.values()))


def _reviewer(
    names: list[str],
    piped: bytes,
    restorer: Restores,
    accept_above: float | None,
    only_unsure: bool,
    fresh: bool,
    encoding: str | None,
    chosen: Settings,
) -> Reviewer:
    from unspin import files
    from unspin.review import desk
    from unspin.review.screen.app import Reviewer
    from unspin.review.screen.base import Run

    def load(name: str, progress: Progress) -> Sheet:
        data = piped if name == "-" else files.read_bytes(name)
        return desk.open_sheet(name, data, restorer, line=accept_above, encoding=encoding, fresh=fresh, progress=progress)

    return Reviewer(Run(tuple(names), load, _note_never, _note_always, chosen.actions, only_unsure, chosen.theme))


def _allow_open_files(n: int) -> None:
    """Raise the limit of open files: each file under review holds its journal open."""
    try:
        import resource
    except ImportError:  # no such limit on this system
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = n + 100
    if soft != resource.RLIM_INFINITY and soft < wanted:
        wanted = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def _note_never(original: str, spun: str, pos: str) -> str:
    from unspin.lexicon import own

    return own.add_never(original, spun).source


def _note_always(original: str, spun: str, pos: str) -> str:
    from unspin.lexicon import own
    from unspin.model import Pos

    return own.add_row(original, spun, Pos(pos)).source


def reviewed_rows(rows: Sequence[tuple[Entry, float]]) -> list[Entry]:
    """Let a person review rows before they become a list; exit with 1 if they leave without finishing."""
    from unspin.review import desk, settings
    from unspin.review.rows import Rows

    proposed = Rows(rows)
    try:
        in_force = configuration()
        chosen = settings.chosen(in_force.review, in_force.where("review"))
    except ValueError as error:
        fail(str(error))
    with _terminal():
        app = _reviewer(["-"], proposed.text.encode("utf-8", "surrogatepass"), proposed, None, False, False, "utf-8", chosen)
        app.run()
    try:
        if not app.finished:
            note("nothing written; the decisions are kept for the same rows")
            raise typer.Exit(1)
        return list(proposed.kept(app.sheets["-"].session))
    finally:
        desk.close_all(iter(app.sheets.values()))


def _finish(app: Reviewer, export: Path | None) -> None:
    """Print or write what was asked for, and tell what is kept."""
    from unspin.review import desk
    from unspin.review.decisions import to_json

    failed = bool(app.failed)
    for name, why in app.failed.items():
        note(f"{name}: {why}")
    if export is not None and app.sheets:
        signature = next(iter(app.sheets.values())).signature
        data = to_json(((name, sheet.session) for name, sheet in app.sheets.items()), signature)
        try:
            export.write_text(data, "utf-8", errors="surrogatepass")
        except OSError as error:
            fail(f"{export}: {error.strerror or error}")
    for name, sheet in app.sheets.items():
        if name == "-":
            if not app.finished:
                note("nothing printed; the decisions are kept for the same text")
                raise typer.Exit(1)
            sys.stdout.buffer.write(desk.written(sheet))
            sys.stdout.buffer.flush()
        elif sheet.unsaved:
            note(f"{name}: decisions kept but not saved; unspin review goes on where you left")
    if failed:
        raise typer.Exit(2)


@contextmanager
def _terminal() -> Iterator[None]:
    """Let the reviewer read keys from, and draw on, the terminal, whatever the standard streams are bound to."""
    held: list[tuple[int, int]] = []
    try:
        for number in (0, 2):
            if not os.isatty(number):
                terminal = os.open("/dev/tty", os.O_RDWR)
                held.append((number, os.dup(number)))
                os.dup2(terminal, number)
                os.close(terminal)
    except OSError:
        for number, copy in held:
            os.dup2(copy, number)
        fail("review needs a terminal")
    try:
        yield
    finally:
        for number, copy in held:
            os.dup2(copy, number)
            os.close(copy)
