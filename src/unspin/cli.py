"""The command line: reads, prints, exits; everything else is done elsewhere.

Data goes to standard output, all else to standard error.  Exit codes: 0 done, 1 ``--check`` found something, 2 wrong
usage or input.  Heavy modules are imported where they are used, since a filter starts often.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

import unspin

if TYPE_CHECKING:
    from rich.console import Console

    from unspin.model import Restoration
    from unspin.restorer import Restorer
    from unspin.text.intake import Intake

app = typer.Typer(
    name="unspin",
    help="Restore the original wording of text mangled by synonym spinners.",
    epilog="Without a command, unspin restores: curl -s https://example.org/page.txt | unspin | less",
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)
_TOP_LEVEL = frozenset({"--help", "-h", "--version", "--install-completion", "--show-completion"})
_LARGE = 1_000_000  # bytes from which a person wants to see progress


class Format(StrEnum):
    """What `unspin restore` prints."""

    TEXT = "text"
    DIFF = "diff"
    INLINE = "inline"
    SIDE = "side"
    JSON = "json"


def main() -> None:
    """Run the command line; `unspin FILE` and `… | unspin` mean `unspin restore`."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `unspin … | head` ends quietly, like cat
    # Restoring makes many small values and no cycles; looking for cycles among them costs a tenth of the time.
    gc.set_threshold(200_000, 50, 50)
    arguments = sys.argv[1:]
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    commands |= {group.name for group in app.registered_groups if group.name}
    if (arguments and arguments[0] not in commands | _TOP_LEVEL) or (not arguments and not sys.stdin.isatty()):
        arguments.insert(0, "restore")
    try:
        app(arguments)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _version(wanted: bool) -> None:
    if wanted:
        from unspin.lexicon.store import open_table
        from unspin.restorer import DEFAULT, signature

        table = open_table()
        typer.echo(f"unspin {unspin.__version__}")
        typer.echo(signature(table.digest, "pocketsphinx-en-us-3", DEFAULT))
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print version and signature.")
    ] = False,
) -> None:
    pass


Files = Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", help='Files to read; none or "-": standard input.')]
Encoding = Annotated[str | None, typer.Option(help="Encoding of the input, if detection is wrong.", metavar="NAME")]
Confidence = Annotated[
    float | None, typer.Option("--confidence", "-c", min=0.0, max=1.0, help="Apply edits at least this probable (0 to 1).")
]


@app.command()
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
    lists: Annotated[Path | None, typer.Option(help="Folder of wordlists to use instead of the packaged ones.")] = None,
) -> None:
    """Restore spun text and print it.

    Examples:

      curl -s https://example.org/page.txt | unspin | less

      unspin restore --format side article.txt

      unspin restore --diff *.txt > fixes.patch && git apply fixes.patch

      unspin restore --safe --write --backup .orig articles/*.txt

      unspin restore --check article.txt || echo "this was spun"
    """
    names = files or ["-"]
    if diff:
        output = Format.DIFF
    if write and "-" in names:
        _fail("--write needs files: standard input cannot be written back to")
    if backup is not None and (not write or not backup or "/" in backup):
        _fail("--backup SUFFIX goes with --write, and the suffix is not a path: --write --backup .orig")
    restorer = _restorer(lists, _line(confidence, safe, bold))
    changed = failed = False
    for name in names:
        try:
            restoration, intake = _restore_one(restorer, name, encoding)
            changed |= bool(restoration.edits)
            if check:
                _note(f"{name}: {len(restoration.edits)} edits, {len(restoration.offered)} more to review")
            elif write:
                _write_back(name, restoration, intake, output_encoding, backup)
            else:
                _print(restoration, intake, name, output, explain=explain, several=len(names) > 1, encoding=output_encoding)
            if explain and (write or output is Format.TEXT):
                _explain(restoration)
        except (OSError, ValueError) as error:
            failed = True
            message = str(error)
            _note(message if message.startswith(f"{name}:") else f"{name}: {message}")
    if failed:
        raise typer.Exit(2)
    if check and changed:
        raise typer.Exit(1)


@app.command()
def score(
    files: Files = None,
    encoding: Encoding = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a file.")] = False,
    lists: Annotated[Path | None, typer.Option(help="Folder of wordlists to use instead of the packaged ones.")] = None,
) -> None:
    """Tell how spun a text is, in which dialect, and by which tells.

    Examples:

      unspin score article.txt

      unspin score --json scraped/*.txt | jq 'select(.probability > 0.9).path'
    """
    restorer = _restorer(lists, None)
    failed = False
    for name in files or ["-"]:
        try:
            _print_evidence(restorer, name, encoding, as_json=json)
        except (OSError, ValueError) as error:
            failed = True
            message = str(error)
            _note(message if message.startswith(f"{name}:") else f"{name}: {message}")
    if failed:
        raise typer.Exit(2)


lists_app = typer.Typer(help="Look into the wordlists, and check them.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(lists_app, name="lists")
ListFolder = Annotated[
    Path | None, typer.Argument(help="Folder of wordlists; the packaged ones by default.", metavar="[FOLDER]")
]


@lists_app.command("check")
def lists_check(
    folder: ListFolder = None, fix: Annotated[bool, typer.Option("--fix", help="Write the canonical form.")] = False
) -> None:
    """Check every row; complaints name file and line.

    Examples:

      unspin lists check

      unspin lists check --fix wordlists/
    """
    from unspin.lexicon import check

    report = check.check(_list_folder(folder), fix=fix)
    for complaint in report.complaints:
        typer.echo(str(complaint))
    _note(f"{report.files} files, {report.pairs} pairs, {len(report.complaints)} complaints")
    if report.complaints:
        raise typer.Exit(1)


@lists_app.command("stats")
def lists_stats(folder: ListFolder = None) -> None:
    """Count originals and pairs by subject, dialect, part of speech and weight."""
    from unspin.lexicon import check

    for title, counts in check.statistics(_list_folder(folder)).items():
        typer.echo(title)
        for name, count in counts.items():
            typer.echo(f"  {count:>7}  {name}")


@lists_app.command("find")
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

    rows = list(check.find(_list_folder(folder), phrase))
    for row in rows:
        typer.echo(row)
    if not rows:
        _note(f"no row mentions {phrase!r}")
        raise typer.Exit(1)


def _line(confidence: float | None, safe: bool, bold: bool) -> float | None:
    from unspin.restorer import BOLD, SAFE

    if (confidence is not None) + safe + bold > 1:
        _fail("--confidence, --safe and --bold exclude each other")
    return SAFE if safe else BOLD if bold else confidence


def _restorer(lists: Path | None, line: float | None) -> Restorer:
    from unspin.restorer import DEFAULT, Restorer

    try:
        return Restorer(_list_folder(lists) if lists else None, confidence=DEFAULT if line is None else line)
    except ValueError as error:
        _fail(str(error))


def _list_folder(folder: Path | None) -> Path:
    from unspin.lexicon.store import list_files, packaged_lists

    folder = folder or packaged_lists()
    if not folder.is_dir() or not list_files(folder):
        _fail(f"{folder}: no wordlists (*.toml) here")
    return folder


def _restore_one(restorer: Restorer, name: str, encoding: str | None) -> tuple[Restoration, Intake]:
    from unspin import files

    data = files.read_bytes(name)
    with _progress(name, len(data)) as progress:
        restoration, intake = restorer.restore_bytes(data, encoding=encoding, progress=progress)
    for repair in intake.repairs[:5]:
        _note(f"{name}: {repair}")
    if len(intake.repairs) > 5:
        _note(f"{name}: … and {len(intake.repairs) - 5} lines more")
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
    _note(f"{name}: {len(restoration.edits)} edits written, {len(restoration.offered)} more to review")


def _explain(restoration: Restoration) -> None:
    from unspin.output.diff import visible
    from unspin.output.reason import reason

    for edit in restoration.edits:
        line = restoration.document.text.count("\n", 0, edit.span.start) + 1
        _note(
            f"line {line}: {visible(edit.before)} -> {visible(edit.after)} ({edit.confidence:.0%}): {visible(reason(edit))}"
        )


def _print_evidence(restorer: Restorer, name: str, encoding: str | None, *, as_json: bool) -> None:
    from unspin import files
    from unspin.output.diff import visible
    from unspin.output.export import evidence_data
    from unspin.text.intake import take_in

    evidence = restorer.score(take_in(files.read_bytes(name), encoding=encoding).text)
    if as_json:
        import json

        typer.echo(json.dumps({"path": name, **evidence_data(evidence)}, ensure_ascii=False))
        return
    verdict = "spun" if evidence.probability > 0.9 else "perhaps spun" if evidence.probability > 0.5 else "not spun"
    typer.echo(f"{visible(name)}: {verdict} (probability {evidence.probability:.2f}, {evidence.share:.0%} of its sentences)")
    if evidence.probability > 0.5:
        typer.echo(f"  dialect: {evidence.dialect}")
        typer.echo("  tells: " + ", ".join(f"{visible(phrase)} ({nats:.1f})" for phrase, nats in evidence.tells))


def _note(message: str) -> None:
    print(f"unspin: {''.join(c if c.isprintable() else repr(c)[1:-1] for c in message)}", file=sys.stderr)


def _fail(message: str) -> NoReturn:
    for line in message.splitlines():
        _note(line)
    raise typer.Exit(2)
