"""Lists as JSON: ``{"schema": "unspin/list/1", "rows": [{"spun": …, "original": …}]}``, particulars where not usual."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from unspin.lexicon.exchange import tables
from unspin.lexicon.exchange.rows import FormatError, Rows, columns
from unspin.model import Entry

SCHEMA = "unspin/list/1"
_LISTS = ("near", "unless_near")


def read(raw: str, rows: Rows) -> None:
    """Take the rows of a file; "lines" of what is refused are numbers of rows.  Raises `FormatError`."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise FormatError(f"{rows.name}:{line}: not JSON: {getattr(error, 'msg', error)}") from None
    found = data.get("rows") if isinstance(data, dict) else data
    if not isinstance(found, list):
        raise FormatError(f'{rows.name}:1: expected {{"schema": "{SCHEMA}", "rows": [...]}}, or the list of rows')
    for number, row in enumerate(found, 1):
        cells = _cells(row)
        if cells is None:
            rows.refuse(number, json.dumps(row, ensure_ascii=False)[:80], 'expected {"spun": "...", "original": "..."}')
        else:
            tables.take(rows, number, cells)


def _cells(row: Any) -> dict[str, str] | None:
    """Return a row as the cells of a table, None if it is none."""
    if not isinstance(row, dict):
        return None
    flat = {
        name: "|".join(map(str, value)) if isinstance(value, list) and name in _LISTS else value
        for name, value in row.items()
    }
    example = flat.get("example")
    if isinstance(example, list) and len(example) == 2:
        flat["example"], flat["restored"] = example
    return flat if all(isinstance(value, str) for value in flat.values()) else None


def write(entries: Iterable[Entry]) -> str:
    """Return entries as JSON, a row a line."""
    rows = []
    for entry in entries:
        row: dict[str, Any] = {"spun": entry.spun, "original": entry.original, **columns(entry)}
        row |= {name: row[name].split("|") for name in _LISTS if name in row}
        if "example" in row:
            row["example"] = [row["example"], row.pop("restored", "")]
        rows.append(json.dumps(row, ensure_ascii=False))
    return f'{{"schema": "{SCHEMA}", "rows": [\n' + ",\n".join(rows) + "\n]}\n"
