"""What is shown while a run goes on."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from unspin.batch.plan import Outcome, State, Task
from unspin.batch.run import Progress
from unspin.batch.show import Lines, Live, Quiet, closing, shown


@pytest.fixture
def progress() -> Progress:
    progress = Progress(files=4, size=400, in_hand=[(Task("a\x1b[2J\n[red]b.txt", 1), 50, 2)])
    progress.count(Outcome("a.txt", State.RESTORED, size=100, words=1000, edits=30))
    progress.count(Outcome("b.txt", State.FAILED, "not text", size=100))
    progress.count(Outcome("c.txt", State.SAME, "record 1 is not JSON", size=100, words=10, kept=True))
    return progress


def test_the_display_counts_what_is_in_hand_and_obeys_no_name(progress: Progress) -> None:
    live = Live(progress)
    progress.stopping = True
    console = Console(file=io.StringIO(), width=120, force_terminal=True, color_system=None)
    console.print(live.drawn())
    text = console.file.getvalue()  # type: ignore[attr-defined]
    for part in ("3 of 4 files", "1,060 words", "32 edits", "1 failed", "left", "␛[2J␊[red]b.txt", "Ctrl-C again"):
        assert part in text
    assert "\x1b[2J" not in text


def test_a_machine_reads_a_line_for_each_file(progress: Progress, capsys: pytest.CaptureFixture[str]) -> None:
    Lines(progress).tell(Outcome("a\n\udcff.txt", State.RESTORED, words=500, edits=5))
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["path"], line["state"], line["per_1000"]) == ("file", "a\n?.txt", "restored", 10.0)


def test_the_quiet_tell_only_of_trouble(progress: Progress, capsys: pytest.CaptureFixture[str]) -> None:
    quiet = Quiet(progress)
    quiet.tell(Outcome("a.txt", State.RESTORED))
    quiet.tell(Outcome("b\x1b[1m.txt", State.FAILED, "no\x07"))
    assert capsys.readouterr().err == "unspin: b␛[1m.txt: no␇\n"


def test_the_closing_line(progress: Progress) -> None:
    assert closing(progress, 3700) == (
        "3 of 4 files in 1:01:40, 1 restored, 30 edits in 1,010 words, 1 done by an earlier run, 1 with warnings, 1 failed"
    )


def test_names_that_are_no_text_can_be_shown() -> None:
    assert shown("\udcff\u202e\t") == "?�␉"
