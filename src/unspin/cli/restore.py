"""`unspin restore`: the filter."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unspin.cli.common import (
    Confidence,
    Encoding,
    Files,
    ListFolder,
    NoDefaultLists,
    OnlyLists,
    Wordlists,
    chosen_lists,
    confidence_line,
    fail,
    make_restorer,
    note,
    restore_one,
)

if TYPE_CHECKING:
    from rich.console import Console

    from unspin.model import Restoration
    from unspin.text.intake import Intake


class Format(StrEnum):
    """What `unspin restore` prints."""

    TEXT = "text"
    DIFF = "diff"
    INLINE = "inline"
    SIDE = "side"
    JSON = "json"
    HTML = "html"


def restore(
    files: Files = None,
    output: Annotated[Format, typer.Option("--format", "-f", help="What to print.")] = Format.TEXT,
    diff: Annotated[bool, typer.Option("--diff", help="Print a unified diff, as git apply takes it.")] = False,
    confidence: Confidence = None,
    safe: Annotated[bool, typer.Option("--safe", help="Apply only what is all but certain.")] = False,
    bold: Annotated[bool, typer.Option("--bold", help="Apply what is merely likely, too.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Tell why each edit was made.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Print no text; exit 1 if anything would change.")] = False,
    write: Annotated[bool, typer.Option("--write", "-w", help="Write restored text back to the files.")] = False,
    backup: Annotated[
        str | None, typer.Option("--backup", metavar="SUFFIX", help="With --write: keep the old file under NAME+SUFFIX.")
    ] = None,
    encoding: Encoding = None,
    output_encoding: Annotated[
        str | None, typer.Option(help="Encoding to write, the input's by default.", metavar="NAME")
    ] = None,
    lists: ListFolder = None,
    wordlist: Wordlists = None,
    only_lists: OnlyLists = False,
    no_default_lists: NoDefaultLists = False,
    decisions: Annotated[
        Path | None, typer.Option(metavar="JSON", help="Do what was decided with unspin review --export, instead.")
    ] = None,
) -> None:
    """Restore spun text and print it.

    Examples:

      curl -s https://example.org/page.txt | unspin | less

      unspin restore --format side article.txt

      unspin restore --format html article.txt > article.diff.html

      unspin restore --diff *.txt > fixes.patch && git apply fixes.patch

      unspin restore --safe --write --backup .orig articles/*.txt

      unspin restore --check article.txt || echo "this was spun"
    """
    names = files or ["-"]
    if diff:
        output = Format.DIFF
    if write and "-" in names:
        fail("--write needs files: standard input cannot be written back to")
    if backup is not None and (not write or not backup or "/" in backup):
        fail("--backup SUFFIX goes with --write, and the suffix is not a path: --write --backup .orig")
    if output is Format.HTML and len(names) > 1:
        fail("--format html makes a page of one file; for many: unspin batch FOLDER --dry-run --report report.html")
    restorer = make_restorer(
        chosen_lists(lists, wordlist, only_lists, no_default_lists), confidence_line(confidence, safe, bold)
    )
    decide = _replayer(decisions)
    changed = failed = False
    for name in names:
        try:
            restoration, intake = restore_one(restorer, name, encoding)
            restoration = decide(restoration)
            changed |= bool(restoration.edits)
            if check:
                note(f"{name}: {len(restoration.edits)} edits, {len(restoration.offered)} more to review")
            elif write:
                _write_back(name, restoration, intake, output_encoding, backup)
            else:
                _print(restoration, intake, name, output, explain=explain, several=len(names) > 1, encoding=output_encoding)
            if explain and (write or output is Format.TEXT):
                _explain(restoration)
        except (OSError, ValueError) as error:
            failed = True
            message = str(error)
            note(message if message.startswith(f"{name}:") else f"{name}: {message}")
    if failed:
        raise typer.Exit(2)
    if check and changed:
        raise typer.Exit(1)


def _replayer(decisions: Path | None) -> Callable[[Restoration], Restoration]:
    """Return what puts decided edits in the place of a restoration's own, if there are any decisions."""
    if decisions is None:
        return lambda restoration: restoration
    from unspin.review.decisions import read, replayed

    try:
        found = read(decisions)
    except OSError as error:
        fail(str(error))
    return lambda restoration: replayed(restoration, found)


def _print(
    restoration: Restoration,
    intake: Intake,
    name: str,
    output: Format,
    *,
    explain: bool,
    several: bool,
    encoding: str | None,
) -> None:
    if output is Format.TEXT:
        _emit(_encoded(restoration.text, intake, encoding))
    elif output is Format.JSON:
        from unspin.output.export import to_json

        _emit((to_json(restoration, path=name, indent=None if several else 2) + "\n").encode("utf-8", "surrogatepass"))
    elif output is Format.HTML:
        from unspin.output.page import diff_page

        _emit(diff_page(restoration, "standard input" if name == "-" else name).encode("utf-8", "replace"))
    elif output is Format.DIFF:
        from unspin.output.export import to_patch

        path = "stdin" if name == "-" else name
        _emit(_encoded(to_patch(intake.text, restoration.text, path), intake, encoding, mark=False))
    else:
        _print_rich(restoration, name, output, explain=explain, several=several)


def _print_rich(restoration: Restoration, name: str, output: Format, *, explain: bool, several: bool) -> None:
    from rich.text import Text

    from unspin.output import diff

    console = _console()
    marks = not diff.has_colour(console)
    if several:
        console.rule(Text(diff.visible(name)))
    if not restoration.edits:
        console.print(Text("nothing to restore", style="dim"))
    elif output is Format.SIDE:
        console.print(diff.side_by_side(restoration, explain=explain, marks=marks))
    else:
        for line in diff.inline(restoration, explain=explain, marks=marks):
            console.print(line, soft_wrap=not console.is_terminal)
    console.print(diff.summary(restoration))


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=False)


def _encoded(text: str, intake: Intake, encoding: str | None, *, mark: bool = True) -> bytes:
    from dataclasses import replace

    if encoding is not None:
        try:
            return text.encode(encoding)
        except LookupError:
            raise ValueError(f"no such encoding: {encoding}") from None
    return (intake if mark else replace(intake, bom=False)).encode(text)


def _emit(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _write_back(name: str, restoration: Restoration, intake: Intake, encoding: str | None, backup: str | None) -> None:
    from unspin import files

    if restoration.edits or restoration.repairs or encoding:
        files.replace_file(name, _encoded(restoration.text, intake, encoding), backup=backup)
    note(f"{name}: {len(restoration.edits)} edits written, {len(restoration.offered)} more to review")


def _explain(restoration: Restoration) -> None:
    from unspin.output.diff import visible
    from unspin.output.reason import reason

    for edit in restoration.edits:
        line = restoration.document.text.count("\n", 0, edit.span.start) + 1
        note(
            f"line {line}: {visible(edit.before)} -> {visible(edit.after)} ({edit.confidence:.0%}): {visible(reason(edit))}"
        )
