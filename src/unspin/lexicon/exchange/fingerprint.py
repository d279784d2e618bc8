"""The fingerprint CSV of the Problematic Paper Screener: a full-text query beside the expected phrase.

Columns are known by their headings, in any order (``fingerprint`` or ``query`` or ``tortured``; ``expected`` or
``established`` or ``correct`` or ``original``); without a heading the first two are taken.  Other columns, such as counts,
are passed over.  Guards in the query become the context of the row, with an example and a sentence to keep made from them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from unspin.lexicon.exchange.query import Condition, QueryError, conditions, written
from unspin.lexicon.exchange.rows import FormatError, Rows, plain
from unspin.model import Entry

_QUERY = re.compile(r"finger|query|tortured|spun", re.IGNORECASE)
_EXPECTED = re.compile(r"expected|established|correct|original|genuine|legit", re.IGNORECASE)
_SMALL = frozenset("a an and at by for from in is of on or the to with".split())


def read(raw: str, rows: Rows) -> None:
    """Take the rows of a file; raises `FormatError` if it has not the two columns."""
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(raw, newline=""), delimiter=_delimiter(raw))
    query, expected = 0, 1
    start = 1
    for number, cells in enumerate(reader):
        line, start = start, reader.line_num + 1
        heading = _heading(cells) if number == 0 else None
        if heading is not None:
            query, expected = heading
        elif number == 0 and len(cells) < 2:
            raise FormatError(f"{rows.name}:1: expected a table with a query and an expected phrase in each row")
        elif any(cell.strip() for cell in cells):
            if len(cells) <= max(query, expected):
                rows.refuse(line, ", ".join(cells), "it has no second column")
            else:
                _take(rows, line, cells[query], cells[expected])


def write(entries: Iterable[Entry]) -> str:
    """Return entries as a fingerprint CSV; weights, parts of speech and dialects have no place in it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["fingerprint", "expected"])
    for entry in entries:
        writer.writerow([written(Condition(entry.spun, entry.near, entry.unless_near)), entry.original])
    return file.getvalue()


def _delimiter(raw: str) -> str:
    first = re.sub(r'"[^"]*"', "", raw.partition("\n")[0])
    return max(",;\t", key=first.count)


def _heading(cells: Sequence[str]) -> tuple[int, int] | None:
    query = [i for i, cell in enumerate(cells) if _QUERY.search(cell) and '"' not in cell]
    expected = [i for i, cell in enumerate(cells) if _EXPECTED.search(cell) and i not in query[:1]]
    return (query[0], expected[0]) if query and expected else None


def _take(rows: Rows, line: int, query: str, expected: str) -> None:
    query = query.strip()
    originals = [part for part in re.split(r"\s*(?:/|\||;)\s*", expected) if part.strip()]
    try:
        # A phrase without quotes or operators is a query for itself.
        guarded = re.search(r'["“()]|\b(?:AND|OR|NOT)\b', query)
        found = conditions(query) if guarded else (Condition(query),)
        if not originals:
            raise QueryError("it has no expected phrase")
        contexts = [(one, _words(one, one.near), _words(one, one.unless_near)) for one in found]
    except QueryError as error:
        rows.refuse(line, query, str(error))
        return
    for condition, near, unless_near in contexts:
        for original in originals:
            rows.take(
                line, original, condition.spun, **_particulars(plain(condition.spun), plain(original), near, unless_near)
            )


def _words(condition: Condition, phrases: Sequence[str]) -> tuple[str, ...]:
    """Return a word for each phrase of a context, which is made of single words: its rarest that is not in the form."""
    from unspin.language.frequency import zipf

    inside = set(plain(condition.spun).lower().split())
    found = []
    for phrase in phrases:
        words = [w for w in re.findall(r"[\w'-]+", plain(phrase).lower()) if w not in inside | _SMALL]
        if not words:
            raise QueryError(f"{phrase!r} has no word that could be a context of {condition.spun!r}")
        found.append(min(words, key=lambda w: (zipf(w), w)))
    return tuple(dict.fromkeys(found))


def _particulars(spun: str, original: str, near: tuple[str, ...], unless_near: tuple[str, ...]) -> dict[str, Any]:
    if not near and not unless_near:
        return {}
    context = f" beside the {near[0]}" if near else ""
    example = tuple(f"This is about the {phrase}{context}." for phrase in (spun, original))
    keep = f"This is about the {spun} beside the {unless_near[0]}." if unless_near else f"This is about the {spun}."
    return {"near": near, "unless_near": unless_near, "example": example, "keep": keep}
