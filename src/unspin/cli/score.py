"""`unspin score`: how spun a text is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from unspin.cli.common import (
    Encoding,
    Files,
    ListFolder,
    NoDefaultLists,
    OnlyLists,
    Wordlists,
    chosen_lists,
    make_restorer,
    note,
)

if TYPE_CHECKING:
    from unspin.restorer import Restorer


def score(
    files: Files = None,
    encoding: Encoding = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a file.")] = False,
    lists: ListFolder = None,
    wordlist: Wordlists = None,
    only_lists: OnlyLists = False,
    no_default_lists: NoDefaultLists = False,
) -> None:
    """Tell how spun a text is, in which dialect, and by which tells.

    Examples:

      unspin score article.txt

      unspin score --json scraped/*.txt | jq 'select(.probability > 0.9).path'
    """
    restorer = make_restorer(chosen_lists(lists, wordlist, only_lists, no_default_lists), None)
    failed = False
    for name in files or ["-"]:
        try:
            _print_evidence(restorer, name, encoding, as_json=json)
        except (OSError, ValueError) as error:
            failed = True
            message = str(error)
            note(message if message.startswith(f"{name}:") else f"{name}: {message}")
    if failed:
        raise typer.Exit(2)


def _print_evidence(restorer: Restorer, name: str, encoding: str | None, *, as_json: bool) -> None:
    from unspin import files
    from unspin.output.diff import visible
    from unspin.output.export import evidence_data
    from unspin.text.intake import take_in
    from unspin.text.markup import markup_of

    text = take_in(files.read_bytes(name), encoding=encoding).text
    evidence = restorer.score(text, markup=markup_of(name))
    if as_json:
        import json

        typer.echo(json.dumps({"path": name, **evidence_data(evidence)}, ensure_ascii=False))
        return
    verdict = "spun" if evidence.probability > 0.9 else "perhaps spun" if evidence.probability > 0.5 else "not spun"
    typer.echo(f"{visible(name)}: {verdict} (probability {evidence.probability:.2f}, {evidence.share:.0%} of its sentences)")
    if evidence.probability > 0.5:
        typer.echo(f"  dialect: {evidence.dialect}")
        typer.echo("  tells: " + ", ".join(f"{visible(phrase)} ({nats:.1f})" for phrase, nats in evidence.tells))
