"""Diffs, JSON and reasons; what stands in a text is shown, never obeyed."""

from __future__ import annotations

import json
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from unspin.engine.edits import apply
from unspin.model import Edit, Restoration, Span
from unspin.output import diff, export
from unspin.output.reason import reason
from unspin.restorer import Restorer

HOSTILE = "[bold]The[/bold] 2 international locations\x1b[31m mentioned [link=x]their civil battle\x07 :smile: \u202eabc\n"


@pytest.fixture(scope="module")
def hostile(restorer: Restorer) -> Restoration:
    return restorer.restore(HOSTILE + "He mentioned the Nationwide Resistance Entrance.\n")


def render(*renderables: RenderableType, colour: bool = False) -> str:
    console = Console(
        width=100, file=StringIO(), highlight=False, markup=False, emoji=False,
        color_system="truecolor" if colour else None, force_terminal=colour,
    )  # fmt: skip
    for renderable in renderables:
        console.print(renderable)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_inline_marks_what_changed_without_colour(hostile: Restoration) -> None:
    shown = render(*diff.inline(hostile, marks=True))
    assert "civil [-battle-]{+war+}" in shown


def test_side_by_side_shows_both(hostile: Restoration) -> None:
    shown = render(diff.side_by_side(hostile, marks=True))
    assert "civil [battle]" in shown
    assert "civil [war]" in shown


@pytest.mark.parametrize("colour", [False, True])
def test_hostile_text_is_shown_not_obeyed(hostile: Restoration, colour: bool) -> None:
    shown = render(*diff.inline(hostile, explain=True), diff.side_by_side(hostile, explain=True), colour=colour)
    assert "[bold]" in shown
    assert "␛[31m" in shown
    assert ":smile:" in shown
    for forbidden in ("\x1b[31m mentioned", "\x07", "\u202e"):
        assert forbidden not in shown


def test_unchanged_lines_far_from_a_change_are_left_out(restorer: Restorer) -> None:
    quiet = "".join(f"A quiet line, number {i}.\n" for i in range(30))
    shown = render(*diff.inline(restorer.restore(quiet + "\n" + HOSTILE), marks=True))
    assert "number 3." not in shown
    assert "{+war+}" in shown


def test_json_holds_what_is_needed_to_apply_and_to_understand(hostile: Restoration) -> None:
    data = json.loads(export.to_json(hostile, path="a.txt"))
    assert data["schema"] == "unspin/restoration/1"
    assert data["path"] == "a.txt"
    source = hostile.document.text
    edits = [
        Edit(Span(e["start"], e["end"]), e["before"], e["after"], 1.0, hostile.edits[0].score, None) for e in data["edits"]
    ]
    assert apply(source, edits) == data["text"] == hostile.text
    first = data["edits"][0]
    assert set(first["score"]) == {"channel", "language", "evidence", "length", "bias", "consistency", "total"}
    assert first["entry"]["source"].endswith(tuple("0123456789"))
    assert first["score"]["total"] == pytest.approx(sum(v for k, v in first["score"].items() if k != "total"), abs=0.01)


def test_reasons_name_the_row_and_the_place(hostile: Restoration) -> None:
    (edit,) = (e for e in hostile.edits if e.after == "war")
    said = reason(edit)
    assert '"battle" for "war"' in said
    assert "times better here" in said
    assert "the passage is spun" in said


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a battle\nb\n", "a war\nb\n"),
        ("a battle", "a war"),
        ("x\r\na battle\r\n", "x\r\na war\r\n"),
        ("a\x0cbattle\x0bc\u2028d\n", "a\x0cwar\x0bc\u2028d\n"),
        ("\n".join(map(str, range(50))), "\n".join(map(str, [*range(20), "war", *range(21, 50)]))),
    ],
)
def test_git_applies_the_patch(before: str, after: str, tmp_path: Path) -> None:
    target = tmp_path / "dir name" / "ä text.txt"
    target.parent.mkdir()
    target.write_bytes(before.encode())
    patch = tmp_path / "p.patch"
    patch.write_bytes(export.to_patch(before, after, "dir name/ä text.txt").encode())
    subprocess.run(["git", "apply", "--whitespace=nowarn", str(patch)], cwd=tmp_path, check=True, capture_output=True)
    assert target.read_bytes() == after.encode()


def test_no_change_gives_no_patch() -> None:
    assert export.to_patch("same", "same", "x") == ""
