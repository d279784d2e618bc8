"""`unspin lists`: looking into the wordlists, and checking them.  `unspin.cli.exchange` imports and exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from unspin.cli.common import list_folder, note

app = typer.Typer(
    help="Look into the wordlists, check, import and export them.", rich_markup_mode=None, no_args_is_help=True
)
ListFolder = Annotated[
    Path | None, typer.Argument(help="Folder or file of wordlists; the packaged ones by default.", metavar="[FOLDER]")
]


@app.command("check")
def lists_check(
    folder: ListFolder = None, fix: Annotated[bool, typer.Option("--fix", help="Write the canonical form.")] = False
) -> None:
    """Check every row; complaints name file and line.

    Examples:

      unspin lists check

      unspin lists check --fix ~/.config/unspin/wordlists
    """
    from unspin.lexicon import check

    report = check.check(list_folder(folder), fix=fix)
    complaints = [str(complaint) for complaint in report.complaints] or list(_broken_examples(list_folder(folder)))
    for complaint in complaints:
        typer.echo(complaint)
    note(f"{report.files} files, {report.pairs} pairs, {len(complaints)} complaints")
    if complaints:
        raise typer.Exit(1)


@app.command("stats")
def lists_stats(folder: ListFolder = None) -> None:
    """Count originals and pairs by subject, dialect, part of speech and weight."""
    from unspin.lexicon import check

    for title, counts in check.statistics(list_folder(folder)).items():
        typer.echo(title)
        for name, count in counts.items():
            typer.echo(f"  {count:>7}  {name}")


@app.command("find")
def lists_find(
    phrase: Annotated[str, typer.Argument(help="A word or phrase, spun or original, any form of it.")],
    folder: Annotated[Path | None, typer.Option("--lists", help="Folder of wordlists.")] = None,
) -> None:
    """Show every row that mentions a word, either way.

    Examples:

      unspin lists find battle

      unspin lists find "12 months"
    """
    from unspin.lexicon import check

    rows = list(check.find(list_folder(folder), phrase))
    for row in rows:
        typer.echo(row)
    if not rows:
        note(f"no row mentions {phrase!r}")
        raise typer.Exit(1)


def _broken_examples(folder: Path) -> Iterator[str]:
    """Yield complaints about rows that do not do what their own examples say."""
    from unspin.engine.examples import failures
    from unspin.engine.pipeline import Engine
    from unspin.language.trigram import Trigram
    from unspin.lexicon import store, wordlist

    bound = [e for one in wordlist.read_all(store.list_files(folder)) for e in one.entries if e.keep or e.example]
    if bound:
        table = store.open_table(folder)
        engine = Engine(table, Trigram(table.frequencies, table.arrays["pair"]))
        place = folder.parent if folder.is_file() else folder
        for entry, reason in failures(engine, bound):
            yield f"{place / entry.source}: {entry.original!r} <- {entry.spun!r}: {reason}"
