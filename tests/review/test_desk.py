from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from unspin.files import FileError
from unspin.restorer import Restorer
from unspin.review import choices, desk
from unspin.review.desk import ChangedError, Sheet
from unspin.review.journal import digest_of
from unspin.review.session import Decide, Standing, Undo, outcome
from unspin.text.markup import markup_of

Opener = Callable[..., Sheet]


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def path(tmp_path: Path, border_talks: str) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(border_talks, "utf-8")
    return path


@pytest.fixture
def opened(path: Path, restorer: Restorer) -> Iterator[Opener]:
    """Return what opens the file anew; the journal that was open before is given free, as when a process ends."""
    held: list[Sheet] = []

    def opener(**options: object) -> Sheet:
        desk.close_all(iter(held))
        held.append(desk.open_sheet(str(path), path.read_bytes(), restorer, **options))  # type: ignore[arg-type]
        return held[-1]

    yield opener
    desk.close_all(iter(held))


def rejected(sheet: Sheet, n: int) -> Sheet:
    return desk.decide(sheet, choices.reject(sheet.session.place(sheet.session.places.spans[n])))


def test_without_decisions_saving_is_restoring(opened: Opener, path: Path, restorer: Restorer, border_talks: str) -> None:
    desk.save(opened())
    assert path.read_text("utf-8") == restorer.restore(border_talks).text


def test_of_a_page_the_prose_alone_is_reviewed(tmp_path: Path, restorer: Restorer, border_talks: str) -> None:
    path = tmp_path / "a.html"
    page = f"<p title='the civil battle'>{border_talks}</p><script>say('the civil battle')</script>"
    path.write_text(page, "utf-8")
    sheet = desk.save(desk.open_sheet(str(path), path.read_bytes(), restorer))
    sheet.journal.close()
    assert path.read_text("utf-8") == restorer.restore(page, markup=markup_of(path.name)).text
    assert "<script>say('the civil battle')</script>" in path.read_text("utf-8")


def test_what_was_decided_is_there_when_the_file_is_opened_again(opened: Opener) -> None:
    sheet = desk.decide(rejected(rejected(opened(), 0), 3), Undo())
    again = opened()
    assert again.session == sheet.session
    assert again.session.undone
    assert again.told == ("taken up where you left it",)
    assert not opened(fresh=True).session.decisions


def test_a_saved_file_is_taken_up_with_its_spun_text(opened: Opener, path: Path, border_talks: str) -> None:
    sheet = desk.save(rejected(opened(), 0))
    path.chmod(0o640)
    assert path.read_text("utf-8") == outcome(sheet.session) != border_talks
    again = opened()
    assert again.session == sheet.session
    assert again.session.proposal.text == border_talks
    assert not again.unsaved
    more = rejected(again, 1)
    assert more.unsaved
    assert desk.save(more).known == digest_of(path.read_bytes())
    assert path.stat().st_mode & 0o777 == 0o640
    # Content of an earlier save, as a backup would bring it back.
    path.write_text(outcome(sheet.session), "utf-8")
    assert opened().session == more.session


def test_a_changed_file_keeps_the_decisions_that_still_fit(opened: Opener, path: Path) -> None:
    sheet = rejected(rejected(opened(), 0), 5)
    first, other = sorted(sheet.session.decisions)
    text = path.read_text("utf-8")
    path.write_text("A new first line\n" + text[: other.start] + "altered" + text[other.end :], "utf-8")
    again = opened()
    assert [span.start - len("A new first line\n") for span in again.session.decisions] == [first.start]
    assert again.told == ("the file has changed: 1 of 2 decisions still fit and were carried over",)
    assert opened().session == again.session


def test_saving_never_overwrites_somebody_elses_work(opened: Opener, path: Path) -> None:
    sheet = opened()
    path.write_text("somebody else wrote this\n")
    with pytest.raises(ChangedError):
        desk.save(sheet)
    assert path.read_text() == "somebody else wrote this\n"
    desk.save(sheet, overwrite=True)
    assert path.read_text("utf-8") == outcome(sheet.session)
    path.unlink()
    with pytest.raises(FileError, match="no such file"):
        desk.save(sheet)


@pytest.mark.parametrize(("encoding", "newline"), [("utf-16", "\r\n"), ("utf-8-sig", "\n"), ("cp1252", "\r\n")])
def test_encoding_and_line_ends_are_kept(opened: Opener, path: Path, encoding: str, newline: str, border_talks: str) -> None:
    path.write_bytes(border_talks.replace("\n", newline).encode(encoding))
    sheet = desk.save(rejected(opened(), 0))
    assert path.read_bytes() == outcome(sheet.session).encode(encoding)
    assert outcome(sheet.session).count(newline) == border_talks.count("\n")


def test_a_wording_the_encoding_has_not_is_told_and_nothing_is_written(
    opened: Opener, path: Path, border_talks: str
) -> None:
    path.write_bytes(border_talks.encode("cp1252"))
    before, sheet = path.read_bytes(), opened()
    sheet = desk.decide(sheet, Decide(((sheet.session.places.spans[0], "漢字"),)))
    with pytest.raises(ValueError, match="does not fit cp1252"):
        desk.save(sheet)
    assert path.read_bytes() == before


def test_the_line_is_kept_with_the_review(opened: Opener) -> None:
    bold = rejected(opened(line=0.2), 0).session.tally
    assert opened().session.tally == bold
    assert opened(line=1.0).session.tally[Standing.TAKEN] == 0
    assert opened().session.tally[Standing.TAKEN] == 0


def test_standard_input_is_known_by_its_content(restorer: Restorer, border_talks: str) -> None:
    data = border_talks.encode()
    first = rejected(desk.open_sheet("-", data, restorer), 0)
    first.journal.close()
    other = desk.open_sheet("-", data + b"More.\n", restorer)
    assert not other.session.decisions
    again = desk.open_sheet("-", data, restorer)
    assert again.session == first.session
    desk.close_all(iter([other, again]))


def test_what_is_no_text_leaves_no_lock_behind(path: Path, opened: Opener) -> None:
    path.write_bytes(bytes(range(256)) * 8)
    for _ in range(2):
        with pytest.raises(ValueError, match="not utf-8 text"):
            opened()


def test_folders_are_read_by_name(tmp_path: Path) -> None:
    for name in ("t/b.txt", "t/a.md", "t/c/d.html", "t/.hidden/e.txt", "t/f.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    named = [str(tmp_path / "t"), str(tmp_path / "t/f.png"), str(tmp_path / "t/b.txt")]
    assert [Path(f).name for f in desk.files_in(named)] == ["a.md", "b.txt", "d.html", "f.png"]
    with pytest.raises(FileError, match="no such file"):
        desk.files_in(["absent.txt"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileError, match="no texts in this folder"):
        desk.files_in([str(tmp_path / "empty")])
