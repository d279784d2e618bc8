"""`unspin eval`: how good restorations are, on pairs of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from unspin.cli.common import (
    Confidence,
    ListFolder,
    NoDefaultLists,
    OnlyLists,
    Wordlists,
    chosen_lists,
    confidence_line,
    fail,
    make_restorer,
)

if TYPE_CHECKING:
    from unspin.restorer import Restorer
    from unspin.training.evaluate import Evaluation


def evaluate(
    cases: Annotated[
        Path | None,
        typer.Argument(help="Folder of NAME.spun.txt and NAME.gold.txt, a TSV (spun TAB gold) or a JSONL (spun, gold)."),
    ] = None,
    clean: Annotated[Path | None, typer.Option(help="Folder of *.txt that nobody spun: count false edits.")] = None,
    phrases: Annotated[Path | None, typer.Option(help="TSV of phrase TAB expected: restored one by one.")] = None,
    misses: Annotated[int, typer.Option(min=0, help="Print that many of the windows that went wrong.")] = 0,
    fit: Annotated[bool, typer.Option("--fit-confidence", help="Print the calibration that the cases ask for.")] = False,
    confidence: Confidence = None,
    safe: Annotated[bool, typer.Option("--safe", help="Measure what --safe applies.")] = False,
    bold: Annotated[bool, typer.Option("--bold", help="Measure what --bold applies.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    lists: ListFolder = None,
    wordlist: Wordlists = None,
    only_lists: OnlyLists = False,
    no_default_lists: NoDefaultLists = False,
) -> None:
    """Measure restorations against originals: precision, recall, names, ranks, calibration.

    Examples:

      unspin eval cases/ --clean never-spun/ --misses 20

      unspin eval pairs.tsv --json | jq '.cases.windows.strict'

      unspin eval --phrases tortured.tsv
    """
    if cases is None and clean is None and phrases is None:
        fail("nothing to measure: name a folder of cases, or --clean DIR, or --phrases FILE")
    restorer = make_restorer(
        chosen_lists(lists, wordlist, only_lists, no_default_lists), confidence_line(confidence, safe, bold)
    )
