"""JSON lines and CSV, a record at a time: the text field changes, every other byte stays."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]
from typing import IO

Change = Callable[[str, int], str]  # (text, number of the record) -> restored text
Warn = Callable[[str], None]
_DECODER = JSONDecoder()
_BLANK = re.compile(r"[ \t\r\n]*")
_QUOTED_OR_PLAIN = '"(?:[^"]|"")*"[^{d}"\r\n]*|[^{d}\r\n]*'


class RecordError(ValueError):
    """A stream that cannot be read on; the message names the record."""


def _lines(file: IO[bytes], most: int) -> Iterator[bytes]:
    number = 0
    while line := file.readline(most + 1):
        number += 1
        if len(line) > most:
            raise RecordError(f"record {number} is longer than {most:,} bytes (--max-size)")
        yield line


def json_lines(source: IO[bytes], target: IO[bytes], fields: tuple[str, ...], most: int, change: Change, warn: Warn) -> None:
    """Copy JSON lines with the text of `fields` changed; lines that are not JSON objects are copied as they are."""
    for number, raw in enumerate(_lines(source, most), 1):
        mark, line = (raw[:3], raw[3:]) if number == 1 and raw.startswith(b"\xef\xbb\xbf") else (b"", raw)
        try:
            text = line.decode("utf-8")
            changed = _changed(text, fields, number, change) if text.strip() else text
            target.write(mark + changed.encode("utf-8"))
        except (UnicodeError, json.JSONDecodeError, RecursionError) as error:
            warn(f"record {number} is not JSON and was copied as it is: {error}")
            target.write(raw)


def _changed(line: str, fields: tuple[str, ...], number: int, change: Change) -> str:
    pieces, position = [], 0
    for key, start, end in _members(line):
        if key in fields and line[start] == '"':
            before = scanstring(line, start + 1, True)[0]
            after = change(before, number)
            if after != before:
                plain = line[start:end].isascii() or any("\ud800" <= c <= "\udfff" for c in after)
                pieces += [line[position:start], json.dumps(after, ensure_ascii=plain)]
                position = end
    return "".join([*pieces, line[position:]])


def _members(line: str) -> Iterator[tuple[str, int, int]]:
    """Yield the members of a JSON object: (key, where its value starts, where it ends); checks all of the line."""
    position = _past(line, 0)
    if line[position : position + 1] != "{":
        raise json.JSONDecodeError("not an object", line, position)
    position = _past(line, position + 1)
    while line[position : position + 1] != "}":
        if line[position : position + 1] != '"':
            raise json.JSONDecodeError("a key was expected", line, position)
        key, position = scanstring(line, position + 1, True)
        position = _past(line, position)
        if line[position : position + 1] != ":":
            raise json.JSONDecodeError("a colon was expected", line, position)
        start = _past(line, position + 1)
        _, end = _DECODER.raw_decode(line, start)
        yield key, start, end
        position = _past(line, end)
        if line[position : position + 1] == ",":
            position = _past(line, position + 1)
        elif line[position : position + 1] != "}":
            raise json.JSONDecodeError("a comma was expected", line, position)
    if _past(line, position + 1) != len(line):
        raise json.JSONDecodeError("something follows the object", line, position + 1)


def _past(line: str, position: int) -> int:
    match = _BLANK.match(line, position)
    return match.end() if match else position


def separated(
    source: IO[bytes],
    target: IO[bytes],
    fields: tuple[str, ...],
    most: int,
    change: Change,
    *,
    encoding: str = "utf-8",
    delimiter: str | None = None,
) -> None:
    """Copy a CSV file with the text of the columns `fields` (names of the heading, or numbers from 1) changed.

    Raises RecordError if the heading has none of them.  Quoting stays as it is; bytes that do not decode stay, too.
    """
    columns: set[int] = set()
    pattern: re.Pattern[str] | None = None
    for number, raw in enumerate(_rows(source, most), 1):
        mark, row = (raw[:3], raw[3:]) if number == 1 and raw.startswith(b"\xef\xbb\xbf") else (b"", raw)
        text = row.decode(encoding, "surrogateescape")
        if pattern is None:
            delimiter = delimiter or max(",;\t|", key=text.count)
            pattern = re.compile(_QUOTED_OR_PLAIN.format(d=re.escape(delimiter)))
            columns = _columns([_bare(text[a:b]) for a, b in _cells(text, pattern)], fields)
            if any(not field.isdigit() for field in fields):
                target.write(raw)
                continue
        pieces, position = [], 0
        for column, (start, end) in enumerate(_cells(text, pattern)):
            if column in columns and start < end:
                before = _bare(text[start:end])
                after = change(before, number)
                if after != before:
                    pieces += [text[position:start], _dressed(after, text[start:end], delimiter or ",")]
                    position = end
        target.write(mark + "".join([*pieces, text[position:]]).encode(encoding, "surrogateescape"))


def _rows(source: IO[bytes], most: int) -> Iterator[bytes]:
    """Yield rows: lines, joined while a quotation is open."""
    held: list[bytes] = []
    size = quotes = 0
    for line in _lines(source, most):
        held.append(line)
        size += len(line)
        quotes += line.count(b'"')
        if size > most:
            raise RecordError(f"a row is longer than {most:,} bytes, or a quotation mark in it is never closed")
        if quotes % 2 == 0:
            yield b"".join(held)
            held, size, quotes = [], 0, 0
    if held:
        yield b"".join(held)


def _cells(row: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    position = 0
    while match := pattern.match(row, position):
        yield match.span()
        position = match.end() + 1
        if match.end() >= len(row) or row[match.end()] in "\r\n":
            return


def _columns(heading: list[str], fields: tuple[str, ...]) -> set[int]:
    found = {i for i, name in enumerate(heading) if name in fields}
    found |= {int(field) - 1 for field in fields if field.isdigit() and 0 < int(field) <= len(heading)}
    if not found:
        raise RecordError(f"no column {' or '.join(map(repr, fields))} (--field); there are {', '.join(heading)[:300]}")
    return found


def _bare(cell: str) -> str:
    return cell[1 : cell.rindex('"')].replace('""', '"') if cell.startswith('"') and cell.count('"') > 1 else cell


def _dressed(text: str, cell: str, delimiter: str) -> str:
    if cell.startswith('"') or any(c in text for c in (delimiter, '"', "\r", "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text
