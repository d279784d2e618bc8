"""Diffs for people, with rich: inline and side by side, readable without colour.

What stands in the text is shown, never obeyed: it reaches rich only as `Text`, which knows no markup, and control
characters are made visible first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from unspin.model import Edit, Restoration
from unspin.output.reason import reason

_CONTEXT = 1  # unchanged lines shown around a changed one
_VISIBLE = (
    {i: 0x2400 + i for i in range(32) if chr(i) not in "\n\t"} | {0x7F: 0x2421} | dict.fromkeys(range(128, 160), 65533)
)
# Bidirectional controls reorder what a reader sees.
_VISIBLE |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F], 0xFFFD)

REMOVED, ADDED, OFFERED = "red strike", "bold green", "yellow"


def visible(text: str) -> str:
    r"""Return `text` with control characters replaced by pictures of themselves.

    >>> visible("a\x1b[31mb")
    'a␛[31mb'
    """
    return text.translate(_VISIBLE)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    start: int
    end: int
    edits: tuple[Edit, ...]


def inline(restoration: Restoration, *, explain: bool = False, marks: bool = False) -> Iterator[RenderableType]:
    """Yield the changed lines, each word removed beside the word put in its place.

    `marks`: write ``[-removed-]{+added+}``, for where there is no colour.
    """
    text = restoration.document.text
    lines = list(_lines(text, restoration.edits))
    shown = _around_changes(lines)
    previous = -1
    for index in shown:
        if index != previous + 1:
            yield Text("⋮", style="dim")
        previous = index
        line = lines[index]
        body = Text(f"{line.number:>5} ", style="dim")
        body.append_text(_merged(text, line, marks=marks))
        yield body
        if explain:
            yield from _reasons(line.edits)


def side_by_side(restoration: Restoration, *, explain: bool = False, marks: bool = False) -> RenderableType:
    """Return a table with the spun line on the left and the restored one on the right, changed words marked."""
    text = restoration.document.text
    grid = Grid(expand=True, show_header=True, header_style="bold", border_style="dim")
    grid.add_column("", justify="right", style="dim", no_wrap=True)
    grid.add_column("spun", ratio=1, overflow="fold")
    grid.add_column("restored", ratio=1, overflow="fold")
    lines = list(_lines(text, restoration.edits))
    for index in _around_changes(lines):
        line = lines[index]
        left, right = _side(text, line, after=False, marks=marks), _side(text, line, after=True, marks=marks)
        restored: RenderableType = Group(right, *_reasons(line.edits)) if explain and line.edits else right
        grid.add_row(str(line.number), left, restored)
    return grid


def summary(restoration: Restoration) -> Text:
    """Return one line: how many edits, how many offered, how spun."""
    evidence = restoration.evidence
    counts = f"{_count(len(restoration.edits), 'edit')}, {len(restoration.offered)} more to review"
    return Text(f"{counts}; spun with probability {evidence.probability:.2f} ({evidence.dialect} dialect)", style="dim")


def has_colour(console: Console) -> bool:
    """Tell whether colour reaches the reader; without it changes are marked by brackets."""
    return console.color_system is not None and not console.no_color


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _lines(text: str, edits: Sequence[Edit]) -> Iterator[_Line]:
    """Cut the text into lines; an edit that crosses a line end keeps its lines together."""
    start, number, i = 0, 1, 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        inside = []
        while i < len(edits) and edits[i].span.start <= end:
            inside.append(edits[i])
            if edits[i].span.end > end:
                following = text.find("\n", edits[i].span.end)
                end = len(text) if following < 0 else following
            i += 1
        yield _Line(number, start, end, tuple(inside))
        number += text.count("\n", start, end) + 1
        start = end + 1


def _around_changes(lines: Sequence[_Line]) -> list[int]:
    changed = [i for i, line in enumerate(lines) if line.edits]
    return sorted({j for i in changed for j in range(max(0, i - _CONTEXT), min(len(lines), i + _CONTEXT + 1))})


def _merged(text: str, line: _Line, *, marks: bool) -> Text:
    merged, position = Text(), line.start
    for edit in line.edits:
        merged.append(visible(text[position : edit.span.start]))
        removed, added = visible(edit.before), visible(edit.after)
        merged.append(f"[-{removed}-]" if marks else removed, style=REMOVED)
        merged.append("" if marks else " ")
        merged.append(f"{{+{added}+}}" if marks else added, style=ADDED)
        position = edit.span.end
    merged.append(visible(text[position : line.end]))
    return merged


def _side(text: str, line: _Line, *, after: bool, marks: bool) -> Text:
    side, position = Text(), line.start
    for edit in line.edits:
        side.append(visible(text[position : edit.span.start]))
        word = visible(edit.after if after else edit.before)
        side.append(f"[{word}]" if marks else word, style=ADDED if after else REMOVED)
        position = edit.span.end
    side.append(visible(text[position : line.end]))
    return side


def _reasons(edits: Sequence[Edit]) -> Iterator[Text]:
    for edit in edits:
        yield Text(
            f"      {edit.confidence:.0%} {visible(edit.before)} → {visible(edit.after)}: {visible(reason(edit))}",
            style="italic dim",
        )
