"""The command line: reads, prints, exits; everything else is done elsewhere.

Data goes to standard output, all else to standard error.  Exit codes: 0 done, 1 ``--check`` found something, 2 wrong
usage or input.  Heavy modules are imported where they are used, since a filter starts often.
"""

from __future__ import annotations

import gc
import signal
import sys
from typing import Annotated

import typer

import unspin
from unspin.cli import batch, config, evaluate, exchange, learn, lists, restore, review, score

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


def main() -> None:
    """Run the command line; `unspin FILE` and `… | unspin` mean `unspin restore`."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `unspin … | head` ends quietly, like cat
    # Restoring makes many small values and no cycles; looking for cycles among them costs a tenth of the time.
    gc.set_threshold(200_000, 50, 50)
    arguments = sys.argv[1:]
    commands = {command.name for command in app.registered_commands} | {group.name for group in app.registered_groups}
    if (arguments and arguments[0] not in commands | _TOP_LEVEL) or (not arguments and not sys.stdin.isatty()):
        arguments.insert(0, "restore")
    try:
        app(arguments)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _version(wanted: bool) -> None:
    if wanted:
        from unspin.cli.common import chosen_lists, make_restorer

        typer.echo(f"unspin {unspin.__version__}")
        typer.echo(make_restorer(chosen_lists(None), None).signature)
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print version and signature.")
    ] = False,
) -> None:
    pass


app.command("restore")(restore.restore)
app.command("review")(review.review)
app.command("score")(score.score)
app.command("batch")(batch.batch)
lists.app.command("import")(exchange.lists_import)
lists.app.command("export")(exchange.lists_export)
app.add_typer(lists.app, name="lists")
app.command("config")(config.config)
app.command("eval")(evaluate.evaluate)
app.command("learn")(learn.learn)
