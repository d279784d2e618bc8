"""`unspin lists import` and `unspin lists export`: lists in the formats that others have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unspin.cli.common import ListFolder, NoDefaultLists, OnlyLists, Wordlists, chosen_lists, fail, note, put
from unspin.model import Dialect, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unspin.lexicon.exchange.bring import Import
    from unspin.lexicon.exchange.rows import Refused
    from unspin.model import Entry


class Format(StrEnum):
    """The formats of `unspin.lexicon.exchange.formats`, named here so that help does not load them."""

    FINGERPRINT = "fingerprint"
    CODESPELL = "codespell"
    PRH = "prh"
    VALE = "vale"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"


Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to standard output.")
]


def lists_import(
    file: Annotated[Path, typer.Argument(help="File to read.")],
    form: Annotated[Format | None, typer.Option("--format", "-f", help="Its format, if guessing is wrong.")] = None,
    output: Output = None,
    subject: Annotated[str | None, typer.Option(help="Subject of the list, shown as the reason for edits.")] = None,
    dialect: Annotated[Dialect, typer.Option(help="Which spinners print these forms.")] = Dialect.ANY,
    weight: Annotated[Weight, typer.Option(help="Weight of rows that have none.")] = Weight.USUAL,
    known: Annotated[bool, typer.Option("--known", help="Take pairs that the lists in force have already, too.")] = False,
) -> None:
    """Turn a list of another program into a wordlist; what is refused is told row by row, with the reason.

    It reads the fingerprint CSV of the Problematic Paper Screener, codespell dictionaries, prh and Vale rules (YAML), TSV,
    CSV and JSON.

    Examples:

      unspin lists import fingerprints.csv --dialect spinbot -o ~/.config/unspin/wordlists/papers.toml

      unspin lists import rules.yml --subject "house style" > house.toml
    """
    from unspin.lexicon import wordlist
    from unspin.lexicon.exchange import bring, formats
    from unspin.lexicon.store import open_table

    path = output or Path(f"{file.stem}.toml")
    try:
        brought = formats.read(file, form and str(form), dialect=dialect, weight=weight)
        table = None if known else open_table(chosen_lists(None))
        made = bring.as_wordlist(brought, path, subject or f"from {file.name}", dialect, known=table)
        made = bring.without(made, _failures(made))
    except ImportError:
        fail("PyYAML is missing: pip install 'unspin[lists]'")
    except OSError as error:
        fail(f"{file}: {error.strerror or error}")
    except ValueError as error:
        fail(str(error))
    _tell(file, made.refused)
    note(f"{file}: took {len(made.wordlist.entries)} rows, {len(made.wordlist.leave)} to leave; refused {len(made.refused)}")
    put(wordlist.write(made.wordlist), output)


def lists_export(
    form: Annotated[Format, typer.Option("--format", "-f", help="Format to write.")],
    output: Output = None,
    at_least: Annotated[Weight, typer.Option(help="Only rows of at least this weight.")] = Weight.RARE,
    inflected: Annotated[
        bool, typer.Option("--inflected", help="Write every inflected form: other programs make none.")
    ] = False,
    lists: ListFolder = None,
    wordlist: Wordlists = None,
    only_lists: OnlyLists = False,
    no_default_lists: NoDefaultLists = False,
) -> None:
    """Write the lists in force in the format of another program.

    Examples:

      unspin lists export -f tsv > pairs.tsv

      unspin lists export -f codespell --at-least habit --inflected > dictionary.txt

      unspin lists export -f prh --only-lists --wordlist mine.toml -o prh.yml
    """
    from unspin.lexicon.exchange import bring, formats

    layers = chosen_lists(lists, wordlist, only_lists, no_default_lists)
    try:
        put(formats.FORMATS[form].write(bring.rows(layers, at_least=at_least, inflected=inflected)), output)
    except ValueError as error:
        fail(str(error))


def _failures(made: Import) -> Iterable[tuple[Entry, str]]:
    """Return the rows that do not do what their examples say, with the reason, as ``lists check`` would complain of them."""
    from unspin.engine.examples import failures
    from unspin.engine.pipeline import Engine
    from unspin.language.trigram import Trigram
    from unspin.lexicon.compile import compile_entries

    bound = [entry for entry in made.wordlist.entries if entry.keep or entry.example]
    if not bound:
        return []
    model = Trigram()
    table = compile_entries(made.wordlist.entries, model, leave=[phrase for phrase, _ in made.wordlist.leave])
    return failures(Engine(table, Trigram(table.frequencies, table.arrays["pair"])), bound)


def _tell(file: Path, refused: Iterable[Refused]) -> None:
    for row in refused:
        note(f"{file}:{row.line}: {row.what}: {row.reason}" if row.line else f"{file}: {row.what}: {row.reason}")
