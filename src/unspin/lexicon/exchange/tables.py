"""Tables of pairs, TSV and CSV: with a heading every particular of a row, without one spun form and original."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from unspin.lexicon.exchange.rows import Rows, columns
from unspin.model import Dialect, Entry, Pos, Weight

COLUMNS = (
    "spun",
    "original",
    "pos",
    "weight",
    "dialect",
    "near",
    "unless_near",
    "example",
    "restored",
    "keep",
    "subject",
    "source",
)


def read(raw: str, rows: Rows, *, delimiter: str = "\t") -> None:
    """Take the rows of a table; a first row that holds the words ``spun`` and ``original`` is its heading."""
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL)
    heading = ("spun", "original")
    start = 1
    for number, cells in enumerate(reader):
        line, start = start, reader.line_num + 1
        if number == 0 and {"spun", "original"} <= {cell.strip().lower() for cell in cells}:
            heading = tuple(cell.strip().lower() for cell in cells)  # type: ignore[assignment]
        elif any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
            if len(cells) < 2:
                rows.refuse(line, cells[0], "expected a spun form and an original")
            else:
                take(rows, line, dict(zip(heading, cells, strict=False)))


def take(rows: Rows, line: int, cells: Mapping[str, str]) -> None:
    """Take a row from its cells by name, or refuse it."""
    spun, original = cells.get("spun", ""), cells.get("original", "")
    try:
        particulars = {
            "weight": Weight(cells["weight"]) if cells.get("weight") else None,
            "dialect": Dialect(cells["dialect"]) if cells.get("dialect") else None,
            "near": tuple(filter(None, cells.get("near", "").split("|"))) or None,
            "unless_near": tuple(filter(None, cells.get("unless_near", "").split("|"))) or None,
            "example": (cells["example"], cells.get("restored", "")) if cells.get("example") else None,
            "keep": cells.get("keep") or None,
            "subject": cells.get("subject") or None,
            "source": cells.get("source") or None,
        }
        pos = Pos(cells["pos"]) if cells.get("pos") else None
    except ValueError as error:
        rows.refuse(line, f"{spun} -> {original}", str(error))
        return
    if (particulars["near"] or particulars["unless_near"]) and not (particulars["example"] and particulars["keep"]):
        rows.refuse(line, f"{spun} -> {original}", "a row bound to a context carries an example and a keep")
        return
    rows.take(line, original, spun, pos, **particulars)


def write(entries: Iterable[Entry], *, delimiter: str = "\t") -> str:
    """Return entries as a table with a heading."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        cells = {"spun": entry.spun, "original": entry.original, **columns(entry)}
        writer.writerow([cells.get(name, "") for name in COLUMNS])
    return file.getvalue()
