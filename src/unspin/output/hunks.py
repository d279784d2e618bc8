"""The differences of a restoration as plain data, cut down to the edits and a little of what surrounds them.

A hunk is ``[line, segments]``; a segment is unchanged text, or ``[before, after, percent, reason]`` for an edit.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from unspin.model import Edit, Restoration
from unspin.output.diff import visible
from unspin.output.reason import reason

Hunk = list[Any]
_CONTEXT = 120  # characters kept on each side of an edit
_APART = 400  # edits farther apart than this stand in hunks of their own


def hunks(restoration: Restoration, *, most: int = 10_000, full: bool = False) -> list[Hunk]:
    """Return the hunks that show the first `most` edits; `full`: the whole text as one hunk.

    >>> import unspin
    >>> hunks(unspin.restore("They fight a civil battle towards 2 international locations."))[0][1][0]
    'They fight a civil '
    """
    text, edits = restoration.document.text, restoration.edits[:most]
    if full:
        return [[1, _segments(text, 0, len(text), edits)]]
    return list(_cut(text, edits))


def _cut(text: str, edits: Sequence[Edit]) -> Iterator[Hunk]:
    line, counted, first = 1, 0, 0
    for i, edit in enumerate(edits):
        following = edits[i + 1] if i + 1 < len(edits) else None
        if following is not None and _near(text, edit, following):
            continue
        start, end = _left(text, edits[first].span.start), _right(text, edit.span.end)
        line += text.count("\n", counted, start)
        counted = start
        segments = _segments(text, start, end, edits[first : i + 1])
        if start and text[start - 1] != "\n":
            segments.insert(0, "…")
        if end < len(text) and text[end] != "\n":
            segments.append("…")
        yield [line, segments]
        first = i + 1


def _near(text: str, edit: Edit, following: Edit) -> bool:
    between = following.span.start - edit.span.end
    return between < 2 * _CONTEXT or (between < _APART and "\n" not in text[edit.span.end : following.span.start])


def _left(text: str, place: int) -> int:
    line = text.rfind("\n", 0, place) + 1
    if place - line <= _CONTEXT:
        return line
    blank = text.find(" ", place - _CONTEXT, place)
    return blank + 1 if blank >= 0 else place - _CONTEXT


def _right(text: str, place: int) -> int:
    line = text.find("\n", place)
    line = len(text) if line < 0 else line
    if line - place <= _CONTEXT:
        return line
    blank = text.rfind(" ", place, place + _CONTEXT)
    return blank if blank >= 0 else place + _CONTEXT


def _segments(text: str, start: int, end: int, edits: Sequence[Edit]) -> list[Any]:
    segments: list[Any] = []
    position = start
    for edit in edits:
        if edit.span.start > position:
            segments.append(visible(text[position : edit.span.start]))
        percent = round(100 * edit.confidence)
        segments.append([visible(edit.before), visible(edit.after), percent, visible(reason(edit))])
        position = edit.span.end
    if position < end:
        segments.append(visible(text[position:end]))
    return segments


def packed(data: Any) -> bytes:
    """Return JSON data compressed, as the report holds it for the browser to unpack when it is asked for."""
    return zlib.compress(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"), 6)


def unpacked(data: bytes) -> Any:
    """Return what `packed` was given."""
    return json.loads(zlib.decompress(data)) if data else {}
