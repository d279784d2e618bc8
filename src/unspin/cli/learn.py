"""`unspin learn`: rows for wordlists from pairs of texts, from spun pages alone, or from what reviewers decided."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unspin.cli.common import (
    ListFolder,
    NoDefaultLists,
    OnlyLists,
    Wordlists,
    chosen_lists,
    fail,
    make_restorer,
    note,
    put,
)
from unspin.model import Dialect

if TYPE_CHECKING:
    from unspin.engine.pipeline import Engine
    from unspin.model import Entry
    from unspin.training.cases import Case
    from unspin.training.learn import Learned
    from unspin.training.propose import Proposal

_SHOWN = 20


def learn(
    pairs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PAIRS | SPUN ORIGINALS]",
            help="Folder of NAME.spun.txt and NAME.gold.txt, a TSV (spun TAB original), a JSONL (spun, gold), or two "
            "folders with files of the same names.",
        ),
    ] = None,
    suspects: Annotated[
        Path | None, typer.Option(help="Folder of spun pages without originals: rank phrases that look spun.")
    ] = None,
    decisions: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="What unspin review --export wrote; may be repeated.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to standard output.")
    ] = None,
    subject: Annotated[str, typer.Option(help="Subject of the list, shown as the reason for edits.")] = "learned",
    dialect: Annotated[Dialect, typer.Option(help="Which spinners printed the texts.")] = Dialect.ANY,
    least: Annotated[int, typer.Option(min=1, help="How often a pair must be seen.")] = 2,
    known: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what was seen of rows that the lists have, as TSV.")
    ] = None,
    review: Annotated[bool, typer.Option("--review", help="Review the rows before they are written.")] = False,
    lists: ListFolder = None,
    wordlist: Wordlists = None,
    only_lists: OnlyLists = False,
    no_default_lists: NoDefaultLists = False,
) -> None:
    """Learn rows for a wordlist: from pairs of texts, from spun pages alone, or from decisions.

    Examples:

      unspin learn spun/ originals/ --dialect blog -o learned.toml

      unspin learn pairs.tsv --least 3 --known seen.tsv | less

      unspin learn --suspects spun/

      unspin review --export decisions.json articles/ && unspin learn --decisions decisions.json
    """
    if bool(pairs) + (suspects is not None) + bool(decisions) != 1:
        fail("name pairs of texts, or --suspects FOLDER, or --decisions FILE: one of them (unspin learn --help)")
    if decisions:
        _from_decisions(decisions, output, subject)
        return
    engine = make_restorer(chosen_lists(lists, wordlist, only_lists, no_default_lists), None).engine
    if suspects is not None:
        put(_told_suspects(engine, suspects), output)
        return
    learned = _from_pairs(_cases(pairs or []), engine, dialect, least)
    if known is not None:
        put(_evidence(learned.known), known)
    rows = [row.entry for row in learned.proposed]
    if review and rows:
        from unspin.cli.review import reviewed_rows

        rows = reviewed_rows([(row.entry, row.share) for row in learned.proposed])
    _write(rows, output, subject, dialect)


def _cases(pairs: list[Path]) -> list[Case]:
    from unspin.training.cases import CaseError, read_cases, read_folders

    try:
        if len(pairs) == 1:
            return read_cases(pairs[0])
        if len(pairs) == 2:
            cases, told = read_folders(*pairs)
            for message in told:
                note(message)
            return cases
    except CaseError as error:
        fail(str(error))
    return fail("name one folder or file of pairs, or two folders: the spun texts, then the originals")


def _from_pairs(cases: list[Case], engine: Engine, dialect: Dialect, least: int) -> Learned:
    from unspin.training.learn import learn as learn_from

    try:
        with _bar("reading pairs") as progress:
            learned = learn_from(cases, engine.table, dialect=dialect, least=least, progress=progress)
    except ImportError as error:
        fail(f"{error.name} is missing: pip install 'unspin[eval]'")
    counts = learned.counts
    note(f"{len(cases)} pairs of texts, {counts.sentences:,} sentences aligned, {counts.words:,} words")
    note(f"{len(learned.proposed):,} rows proposed, {len(learned.known):,} known already")
    note(f"dropped: {learned.by_chance:,} pairs (chance, or seen less than {least} times), {counts.rephrased:,} rephrasings")
    return learned


def _write(rows: list[Entry], output: Path | None, subject: str, dialect: Dialect) -> None:
    from unspin.lexicon import wordlist
    from unspin.training.learn import as_wordlist

    if not rows:
        note("nothing to propose")
        raise typer.Exit(0 if output is None or not output.exists() else 1)
    try:
        made = as_wordlist(rows, output or Path("learned.toml"), subject, dialect)
    except wordlist.WordlistError as error:
        fail(str(error))
    put(wordlist.write(made), output)


def _evidence(known: tuple[Proposal, ...]) -> str:
    lines = [f"{p.entry.original}\t{p.entry.spun}\t{p.entry.pos}\t{p.seen}\t{p.of}\t{p.chance:.1e}" for p in known]
    return "\n".join(["original\tspun\tpart of speech\tseen\tof\tchance", *lines]) + "\n"


def _from_decisions(paths: list[Path], output: Path | None, subject: str) -> None:
    from unspin.lexicon import own, wordlist
    from unspin.lexicon.wordlist import Wordlist
    from unspin.training import decided
    from unspin.training.cases import CaseError

    try:
        made = decided.rows([decision for path in paths for decision in decided.read(path)])
        if output is None:
            entries = own.add_rows(made)
            where = f" in {entries[0].source.rpartition(':')[0]}" if entries else ""
            note(f"{len(entries)} rows of your own{where} follow from these decisions")
        else:
            dialect = Dialect.ANY
            text = wordlist.write(Wordlist(output, subject, dialect, tuple(made)))
            wordlist.parse(output, text)
            put(text, output)
    except (CaseError, wordlist.WordlistError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")
    for entry in made[:_SHOWN]:
        note(f"{entry.spun} -> {entry.original}: {entry.weight} ({entry.source})")
    if len(made) > _SHOWN:
        note(f"… and {len(made) - _SHOWN} more")


def _told_suspects(engine: Engine, folder: Path) -> str:
    from unspin.output.diff import visible
    from unspin.training.suspects import suspects

    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".txt", ".md", ".text") and path.is_file())
    if not paths:
        fail(f"{folder}: no texts here (*.txt, *.md)" if folder.is_dir() else f"{folder}: no such folder")
    with _bar("reading pages") as progress:
        found = suspects(engine, _read(paths, progress))
    lines = ["phrase\tseen\tpages\tsurprise\tproposals\tsentence"]
    for s in found:
        proposals = ", ".join(wording for wording, _ in s.proposals)
        lines.append(f"{s.phrase}\t{s.count}\t{s.pages}\t{s.surprise:.1f}\t{proposals}\t{visible(s.sentences[0])}")
    note(f"{len(paths)} pages, {len(found)} suspects, the most suspect first")
    return "\n".join(lines) + "\n"


def _read(paths: list[Path], progress: Callable[[int, int], None]) -> Iterator[str]:
    from unspin.text.intake import IntakeError, take_in

    for number, path in enumerate(paths, 1):
        try:
            yield take_in(path.read_bytes()).text
        except (OSError, IntakeError) as error:
            note(f"{path}: left out: {error}")
        progress(number, len(paths))


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
