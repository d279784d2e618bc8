"""The formats by name, and which one a file is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from unspin.lexicon.exchange import codespell, fingerprint, objects, prh, tables, vale
from unspin.lexicon.exchange.rows import Brought, FormatError, Rows
from unspin.model import Dialect, Entry, Weight


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what reads it, and what writes it."""

    name: str
    read: Callable[[str, Rows], None]
    write: Callable[[Iterable[Entry]], str]


FORMATS = {
    one.name: one
    for one in (
        Format("fingerprint", fingerprint.read, fingerprint.write),
        Format("codespell", codespell.read, codespell.write),
        Format("prh", prh.read, prh.write),
        Format("vale", vale.read, vale.write),
        Format("tsv", tables.read, tables.write),
        Format("csv", partial(tables.read, delimiter=","), partial(tables.write, delimiter=",")),
        Format("json", objects.read, objects.write),
    )
}


def read(path: Path, name: str | None = None, *, dialect: Dialect = Dialect.ANY, weight: Weight = Weight.USUAL) -> Brought:
    """Return what a file brings; the format is guessed if it is not named.

    Raises `FormatError` if it is not in the format, OSError if it cannot be read, ImportError if a package is missing.
    """
    data = path.read_bytes()
    try:
        raw = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError(f"{path}:{line}: not UTF-8 here: save the file in that encoding") from None
    rows = Rows(path.name, dialect, weight)
    FORMATS[name or guess(path, raw)].read(raw, rows)
    return rows.brought()


def guess(path: Path, raw: str) -> str:
    """Return the name of the format that a file is in, by its suffix and its first lines; raises `FormatError`."""
    suffix, head = path.suffix.lower(), raw[:20_000]
    if suffix in (".yml", ".yaml"):
        return "vale" if re.search(r"^extends\s*:", head, re.MULTILINE) else "prh"
    if suffix == ".json":
        return "json"
    first = head.partition("\n")[0].lower()
    if suffix in (".csv", ".tsv", ".tab"):
        table = "csv" if suffix == ".csv" else "tsv"
        if {"spun", "original"} <= {cell.strip(' "') for cell in re.split(r"[,\t;]", first)}:
            return table
        operators = re.search(r'"\s*(?:AND|OR|NOT)\s|"""', head)
        return "fingerprint" if operators or re.search(r"finger|tortured|expected", first) else table
    if "->" in head:
        return "codespell"
    raise FormatError(f"{path}:1: name its format with --format: {', '.join(FORMATS)}")
