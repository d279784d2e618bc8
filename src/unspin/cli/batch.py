"""`unspin batch`: a folder of scraped articles at once."""

from __future__ import annotations

import contextlib
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unspin.cli.common import (
    Confidence,
    Encoding,
    ListFolder,
    NoDefaultLists,
    OnlyLists,
    Wordlists,
    chosen_lists,
    confidence_line,
    fail,
    make_restorer,
    note,
)
from unspin.model import Markup

if TYPE_CHECKING:
    from unspin.batch.ledger import Ledger
    from unspin.batch.plan import Settings
    from unspin.batch.run import Progress, Selection


class Show(StrEnum):
    """How a run is shown."""

    AUTO = "auto"
    LIVE = "live"
    JSON = "json"
    QUIET = "quiet"


def batch(
    source: Annotated[Path, typer.Argument(metavar="IN", help="Folder to read, or one file.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="OUT", help="Folder for the result.")] = None,
    write: Annotated[bool, typer.Option("--write", "-w", help="Work in place, with a backup.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Write nothing but the report.")] = False,
    include: Annotated[list[str] | None, typer.Option(metavar="PATTERN", help="Only these files, as in .gitignore.")] = None,
    exclude: Annotated[list[str] | None, typer.Option(metavar="PATTERN", help="Not these files or folders.")] = None,
    field: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="NAME", help="Text field of records; a column's name or number."),
    ] = None,
    field_markup: Annotated[Markup, typer.Option(help="How the text of records is marked up.")] = Markup.TEXT,
    only_spun: Annotated[
        float, typer.Option(min=0.0, max=1.0, metavar="P", help="Leave files alone that are less probably spun.")
    ] = 0.0,
    confidence: Confidence = None,
    safe: Annotated[bool, typer.Option("--safe", help="Apply only what is all but certain.")] = False,
    bold: Annotated[bool, typer.Option("--bold", help="Apply what is merely likely, too.")] = False,
    report: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Write a report: .html, .json or .csv; may be repeated.")
    ] = None,
    edits: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write the edits of each file as JSON there.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes; 0: one for each processor.")] = 0,
    resume: Annotated[bool, typer.Option("--resume/--no-resume", help="Keep what an earlier run did.")] = True,
    force: Annotated[bool, typer.Option("--force", help="Write into a folder that no run made.")] = False,
    repair: Annotated[bool, typer.Option("--repair", help="Repair mojibake in whole files, too.")] = False,
    encoding: Encoding = None,
    max_size: Annotated[float, typer.Option(min=0.001, metavar="MB", help="Largest file, or record.")] = 20.0,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="Longest time for a file or record.")] = 300.0,
    progress: Annotated[Show, typer.Option("--progress", help="How to show the run, on standard error.")] = Show.AUTO,
    lists: ListFolder = None,
    wordlist: Wordlists = None,
    only_lists: OnlyLists = False,
    no_default_lists: NoDefaultLists = False,
) -> None:
    """Restore a folder of text, Markdown, HTML, JSON lines, CSV, Parquet and WARC.

    A run that was stopped, or killed, goes on when started again.  Exit status: 0 done, 2 some files failed, 130 stopped.

    Examples:

      unspin batch scraped/ --out restored/ --report report.html

      unspin batch scraped/ --dry-run --only-spun 0.9 --report spun.csv

      unspin batch crawl.jsonl.gz --out restored/ --field body

      unspin batch articles/ --write --exclude 'drafts/'
    """
    from unspin.batch.plan import Settings
    from unspin.batch.run import RunError, check, select

    if write and out is not None:
        fail("--write works in place, --out writes elsewhere: choose one")
    if not write and out is None and not dry_run:
        fail("name a folder for the result with --out, or work in place with --write")
    unknown = [path for path in report or [] if path.suffix not in (".html", ".json", ".csv")]
    if unknown:
        fail(f"{unknown[0]}: a report is .html, .json or .csv")
    try:
        selection = select(source, include or [], exclude or [])
        in_force = chosen_lists(lists, wordlist, only_lists, no_default_lists)
        restorer = make_restorer(in_force, confidence_line(confidence, safe, bold))
        settings = Settings(
            source=selection.folder,
            target=out if out is not None else selection.folder,
            confidence=restorer.confidence,
            lists=in_force,
            in_place=write,
            dry_run=dry_run,
            encoding=encoding,
            fields=tuple(field or ["text"]),
            field_markup=field_markup,
            only_spun=only_spun,
            repair=repair,
            edits=edits,
            most_bytes=int(max_size * 1e6),
            seconds=timeout,
        )
        check(settings, force=force)
        stopped, any_failed = _run(
            settings, selection, restorer.signature, jobs or _processors(), progress, report or [], resume
        )
    except RunError as error:
        fail(str(error))
    except (OSError, ValueError) as error:
        fail(str(error))
    if stopped:
        raise typer.Exit(130)
    if any_failed:
        raise typer.Exit(2)


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _run(
    settings: Settings, selection: Selection, signature: str, jobs: int, show: Show, reports: list[Path], resume: bool
) -> tuple[bool, bool]:
    import time

    from unspin.batch.ledger import Ledger
    from unspin.batch.run import Progress, locked, run
    from unspin.batch.show import Lines, Live, Quiet, closing

    started, progress = time.monotonic(), Progress()
    if show is Show.AUTO:
        show = Show.LIVE if sys.stderr.isatty() else Show.QUIET
    display = {Show.LIVE: Live, Show.JSON: Lines}.get(show, Quiet)(progress)
    with locked(settings):
        signed = settings.signed(signature)
        ledger = Ledger(None if settings.dry_run else settings.state / "ledger.sqlite", signed)
        if not resume:
            ledger.forget()
        try:
            with display.watching() if isinstance(display, Live) else contextlib.nullcontext():
                run(settings, selection, ledger, jobs, progress, tell=display.tell, tick=display.tick)
            note(closing(progress, time.monotonic() - started))
            if progress.stopping:
                note("stopped; the same command goes on from here")
            _report(reports, ledger, progress, settings, signed)
        finally:
            ledger.close()
    return progress.stopping, progress.failed > 0


def _report(reports: list[Path], ledger: Ledger, progress: Progress, settings: Settings, signature: str) -> None:
    from unspin.batch.report import write_report

    for path in reports:
        write_report(path, ledger, title=str(settings.source), signature=signature, unfinished=progress.stopping)
