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
    if cases is not None:
        _needed("rapidfuzz", "sacrebleu")
    restorer = make_restorer(
        chosen_lists(lists, wordlist, only_lists, no_default_lists), confidence_line(confidence, safe, bold)
    )
    found: dict[str, Any] = {"signature": restorer.signature}
    evaluation = None
    try:
        if cases is not None:
            evaluation = _evaluated(restorer, cases, found, fit=fit)
        if clean is not None:
            found["never_spun"] = _never_spun(restorer, clean)
        if phrases is not None:
            found["phrases"] = _phrases(restorer, phrases, misses)
    except (OSError, ValueError) as error:
        fail(str(error))
    if json:
        import json as encoder

        typer.echo(encoder.dumps(found, ensure_ascii=False))
    else:
        from unspin.output.figures import show

        show(found)
    if evaluation is not None and misses and not json:
        _print_misses(evaluation, misses)


def _needed(*packages: str) -> None:
    """Fail before the work begins if a package is missing that the end of it needs."""
    from importlib.util import find_spec

    for package in packages:
        if find_spec(package) is None:
            fail(f"{package} is missing: pip install 'unspin[eval]'")


def _evaluated(restorer: Restorer, path: Path, found: dict[str, Any], *, fit: bool) -> Evaluation:
    from unspin.training import evaluate as evaluating
    from unspin.training.cases import read_cases

    evaluation = evaluating.evaluate(restorer, read_cases(path))
    found["cases"] = evaluating.report(evaluation)
    if fit:
        found["fitted"] = evaluating.fitted(evaluation.cases)
    return evaluation


def _never_spun(restorer: Restorer, folder: Path) -> dict[str, float]:
    from unspin.training.evaluate import never_spun

    paths = sorted(folder.glob("*.txt"))
    if not paths:
        fail(f"{folder}: no *.txt here")
    return never_spun(restorer, paths)


def _phrases(restorer: Restorer, path: Path, misses: int) -> dict[str, Any]:
    from unspin.training.phrases import read_phrases, restore_phrase

    restored = [restore_phrase(restorer, spun, expected) for spun, expected in read_phrases(path)]
    found: dict[str, Any] = {}
    for name, wanted in (("known whole", True), ("unknown", False)):
        held = [phrase for phrase in restored if phrase.known is wanted]
        found[name] = {
            "phrases": len(held),
            "exact": sum(p.exact for p in held) / max(1, len(held)),
            "reachable": sum(p.reachable for p in held) / max(1, len(held)),
        }
    if misses:
        found["misses"] = [f"{p.spun} -> {p.got} ({p.expected})" for p in restored if not p.exact][:misses]
    return found


def _print_misses(evaluation: Evaluation, most: int) -> None:
    from unspin.output.diff import visible
    from unspin.training.measure import Outcome

    wrong = [(c.case.name, w) for c in evaluation.cases for w in c.windows if w.outcome is not Outcome.HIT]
    longest = sorted(wrong, key=lambda item: (-len(item[1].spun.split()), item[0]))
    for name, window in longest[:most]:
        known = "gold known" if window.reachable else "gold unknown"
        reach = "" if window.outcome is Outcome.OVER else f", {known}"
        typer.echo(
            visible(
                f"{name}: {window.outcome}{reach}: … {window.before} [{window.spun}] gold [{window.gold}] got [{window.got}]"
            )
        )
