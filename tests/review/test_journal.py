from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from unspin.model import Span
from unspin.review.journal import Header, Journal, JournalError, Line, Record, Saved, decode, encode, read
from unspin.review.session import Decide, Redo, Undo

HEADER = Header("a.txt", "d1", "A battle.\n", "utf-8", False, 0.57)
DECIDED = Decide(((Span(2, 8), "war"),))


def test_what_is_appended_is_read_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "deep" / "j.jsonl")
    records: list[Record] = [DECIDED, Undo(), Redo(), Saved("d2"), Line(0.9), Undo()]
    for record in (HEADER, *records):
        journal.append(record)
    past = journal.past()
    assert past is not None
    assert (past.header, list(past.records), past.line) == (HEADER, records, 0.9)
    assert past.events == (DECIDED, Undo(), Redo(), Undo())
    saved = past.until_saved("d2")
    assert saved is not None
    assert saved.events == (DECIDED, Undo(), Redo())
    assert past.until_saved("d3") is None
    assert journal.path.stat().st_mode & 0o077 == 0
    journal.close()
    journal.close()


def test_a_journal_without_a_decision_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    for record, stays in ((HEADER, False), (DECIDED, True)):
        journal = Journal(path)
        assert journal.past() is None
        journal.append(HEADER)
        if record is not HEADER:
            journal.append(record)
        journal.close()
        assert path.exists() is stays
    journal = Journal(path)
    assert journal.past()
    journal.close()
    assert path.exists()
    journal = Journal(path)
    journal.clear()
    journal.close()
    assert not path.exists()


def test_a_torn_last_line_is_dropped_and_written_over(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    path.write_bytes(encode(HEADER) + encode(DECIDED)[:-3])
    journal = Journal(path)
    past = journal.past()
    assert past is not None
    assert past.events == ()
    journal.append(Undo())
    assert path.read_bytes() == encode(HEADER) + encode(Undo())
    journal.close()


def test_a_second_header_begins_again_with_what_was_carried_over() -> None:
    second = Header("a.txt", "d2", "The battle.\n", "utf-8", False, 0.9, DECIDED.wordings)
    past = read(encode(HEADER) + encode(Undo()) + encode(second) + encode(Redo()), "j")
    assert past is not None
    assert past.header == second
    assert past.events == (DECIDED, Redo())


@pytest.mark.parametrize(
    "line",
    [b"\n", b"[]\n", b"{}\n", b'{"undo":2}\n', b'{"decide":[[3,1,"x"]]}\n', b'{"unspin-review":2}\n', b"\xff\n", b"{\n"],
)
def test_another_content_is_told_with_its_line(line: bytes) -> None:
    with pytest.raises(ValueError, match="not a record"):
        decode(line)
    with pytest.raises(JournalError, match=r"j:2: .*--fresh"):
        read(encode(HEADER) + line + encode(Undo()), "j")


def test_a_journal_without_a_header_is_refused() -> None:
    with pytest.raises(JournalError, match="j:1"):
        read(encode(Undo()), "j")
    assert read(b"", "j") is None


def test_one_terminal_at_a_time_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    code = "import sys, pathlib; from unspin.review.journal import Journal\n"
    code += "journal = Journal(pathlib.Path(sys.argv[1])); input('held')"
    other = subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert other.stdout
        assert other.stdout.read(4) == b"held"
        with pytest.raises(JournalError, match="another terminal"):
            Journal(path)
    finally:
        other.kill()
        other.communicate()
    Journal(path).close()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="cannot keep a journal"):
        Journal(tmp_path / "file" / "j.jsonl")


def test_a_record_that_cannot_be_written_whole_is_not_in_the_journal(tmp_path: Path) -> None:
    import resource
    import signal

    journal = Journal(tmp_path / "j.jsonl")
    journal.append(HEADER)
    size = journal.path.stat().st_size
    held = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 5, held[1]))
        with pytest.raises(OSError, match="File too large"):
            journal.append(DECIDED)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, held)
        signal.signal(signal.SIGXFSZ, ignored)
    assert journal.path.read_bytes() == encode(HEADER)
    journal.close()
