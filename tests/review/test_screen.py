"""The screen, driven key by key as a reader would."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from unspin import files
from unspin.files import FileError
from unspin.model import Span
from unspin.restorer import Restorer
from unspin.review import desk
from unspin.review.keys import ACTIONS, configured
from unspin.review.layout import View
from unspin.review.navigate import Among, Order
from unspin.review.screen.app import Reviewer
from unspin.review.screen.base import Run
from unspin.review.screen.dialogs import Files, Help
from unspin.review.session import Place, Session, Standing, outcome, stands

Drive = Callable[["Stage"], Awaitable[None]]
NARROW, WIDE = (80, 24), (160, 50)


class Stage:
    """An application under test: presses keys, and tells what is to be seen."""

    def __init__(self, app: Reviewer, pilot: Pilot[None], noted: list[tuple[str, ...]]) -> None:
        self.app, self.pilot, self.noted, self.unwritable = app, pilot, noted, False

    async def press(self, *keys: str) -> None:
        # As `Pilot.press` does it, which waits three times as long for each key.
        for key in keys:
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await self.pilot.pause()

    async def type(self, text: str) -> None:
        self.app.screen.query_one(Input).value = ""
        for character in text:
            self.app.post_message(events.Key(character, character))
        await self.press("enter")

    @property
    def session(self) -> Session:
        assert self.app.sheet is not None
        return self.app.sheet.session

    @property
    def place(self) -> Place:
        assert self.app.place is not None
        return self.app.place

    @property
    def standings(self) -> list[Standing]:
        return [place.standing for place in self.session.all_places()]

    @property
    def number(self) -> int:
        return self.session.places.rank(self.place.span)

    def screen(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips)


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def border_talks(border_talks: str) -> str:
    """The sample, with a first suggestion that stands nowhere else in it, whatever the lists come to say of "talks"."""
    return border_talks.replace("Border talks", "Border onerous talks", 1)


@pytest.fixture
def texts(tmp_path: Path, border_talks: str) -> Iterator[tuple[Path, Path]]:
    paths = (tmp_path / "a.txt", tmp_path / "b.txt")
    for path in paths:
        path.write_text(border_talks, "utf-8")
    yield paths


def play(
    restorer: Restorer,
    paths: tuple[Path, ...],
    drive: Drive,
    size: tuple[int, int] = NARROW,
    keys: Mapping[str, object] | None = None,
) -> Reviewer:
    """Run the application on files, drive it, and return it as it was left."""
    noted: list[tuple[str, ...]] = []
    stages: list[Stage] = []

    def note(kind: str, *pair: str) -> str:
        if stages[0].unwritable:
            raise FileError("mine.toml: no room")
        noted.append((kind, *pair))
        return "mine.toml:3"

    def load(name: str, progress: desk.Progress) -> desk.Sheet:
        return desk.open_sheet(name, files.read_bytes(name), restorer, progress=progress)

    run = Run(tuple(map(str, paths)), load, partial(note, "never"), partial(note, "always"), configured(keys or {}))

    async def main() -> Reviewer:
        app = Reviewer(run)
        async with app.run_test(size=size) as pilot:
            while len(app.sheets) + len(app.failed) < len(paths):
                await pilot.pause(0.01)
            await pilot.pause()
            stages.append(Stage(app, pilot, noted))
            await drive(stages[0])
        return app

    app = asyncio.run(main())
    desk.close_all(iter(app.sheets.values()))
    return app


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_what_is_seen_at_first(restorer: Restorer, texts: tuple[Path, Path], size: tuple[int, int]) -> None:
    async def drive(stage: Stage) -> None:
        seen = stage.screen()
        assert "resume after a year of silence" in seen
        assert f"of {len(stage.standings)}" in seen
        assert "spun" in seen
        assert f"{stage.place.before} → {stage.place.wording}" in seen
        assert f"{stage.place.confidence:.0%}" in seen
        assert "spinners" in seen
        assert ".toml:" in seen
        assert "a accept" in seen
        assert "? help" in seen
        assert all(len(line) <= size[0] for line in seen.splitlines())

    play(restorer, texts[:1], drive, size)


def test_deciding_one_by_one(restorer: Restorer, texts: tuple[Path, Path]) -> None:
    async def drive(stage: Stage) -> None:
        await stage.press("a", "r", "2")
        assert stage.standings[:2] == [Standing.ACCEPTED, Standing.REJECTED]
        assert stage.number == 3
        assert stage.standings[2] in (Standing.CHANGED, Standing.REJECTED)
        await stage.press("p", "1", "p", "backspace")
        await stage.press("9")
        assert (stage.number, stage.standings[2]) == (2, Standing.TAKEN)
        await stage.press("e")
        await stage.type("own [bold] words")
        assert stage.session.place(stage.session.places.spans[2]).wording == "own [bold] words"
        assert "own [bold] words" in stage.screen()
        await stage.press("p", "e", "escape")
        assert stage.standings[2] is Standing.CHANGED

    app = play(restorer, texts[:1], drive)
    assert app.sheet is not None
    assert app.sheet.unsaved


def test_undo_and_redo(restorer: Restorer, texts: tuple[Path, Path]) -> None:
    async def drive(stage: Stage) -> None:
        before = stage.session
        await stage.press("a", "r", "r", "A")
        after = stage.session
        await stage.press("u", "u", "u", "u", "u")
        assert (stage.session.decisions, stage.session.tally) == (before.decisions, before.tally)
        assert stage.number == 0
        await stage.press("U", "U", "U", "U", "U")
        assert (stage.session.decisions, stage.session.done) == (after.decisions, after.done)

    play(restorer, texts[:1], drive)


def test_all_like_this(restorer: Restorer, texts: tuple[Path, Path]) -> None:
    async def drive(stage: Stage) -> None:
        await stage.press("slash")
        await stage.type("mentioned")
        like = [p.span for p in stage.session.all_places() if p.before == "mentioned" and p.edit and p.edit.after == "said"]
        assert len(like) > 1
        await stage.press("R")
        assert all(stage.session.decisions[span] == "mentioned" for span in like)
        await stage.press("u", "A")
        assert all(stage.session.decisions[span] == "said" for span in like)
        assert len(stage.session.decisions) == len(like)

    play(restorer, texts[:1], drive)


@pytest.mark.parametrize(
    ("key", "kind", "standing"), [("x", "never", Standing.REJECTED), ("plus", "always", Standing.ACCEPTED)]
)
def test_never_and_always_reach_all_files_and_the_wordlist(
    restorer: Restorer, texts: tuple[Path, Path], key: str, kind: str, standing: Standing
) -> None:
    async def drive(stage: Stage) -> None:
        entry = stage.place.edit.entry if stage.place.edit else None
        assert entry is not None
        await stage.press(key)
        assert stage.noted == [(kind, entry.original, entry.spun, str(entry.pos))]
        assert "mine.toml:3" in stage.screen()
        for sheet in stage.app.sheets.values():
            assert sheet.session.place(sheet.session.places.spans[0]).standing is standing
        await stage.press("u")
        assert not any(sheet.session.decisions for sheet in stage.app.sheets.values())
        await stage.press("U")
        assert all(sheet.session.decisions for sheet in stage.app.sheets.values())

    play(restorer, texts, drive)


def test_a_wordlist_that_cannot_be_written_costs_no_decision(restorer: Restorer, texts: tuple[Path, Path]) -> None:
    async def drive(stage: Stage) -> None:
        stage.unwritable = True
        await stage.press("x")
        assert "not noted, mine.toml: no room; rejected in 1 place" in stage.screen()
        assert stage.standings[0] is Standing.REJECTED

    play(restorer, texts[:1], drive)


@pytest.mark.parametrize(("key", "standing"), [("ctrl+a", Standing.ACCEPTED), ("ctrl+r", Standing.REJECTED)])
def test_all_like_this_in_all_files(restorer: Restorer, texts: tuple[Path, Path], key: str, standing: Standing) -> None:
    async def drive(stage: Stage) -> None:
        await stage.press(key)
        await stage.press("right_square_bracket")
        assert stage.standings[0] is standing
        await stage.press("n", "r", "left_square_bracket", "u")
        assert stage.standings[0] is Standing.TAKEN
        assert "1 other file" in stage.screen()
        await stage.press("right_square_bracket")
        assert stage.standings[0] is standing

    play(restorer, texts, drive)


def test_moving(restorer: Restorer, texts: tuple[Path, Path]) -> None:
    async def drive(stage: Stage) -> None:
        last = len(stage.standings) - 1
        for keys, number in (("n", 1), ("right", 2), ("j", 3), ("p", 2), ("left", 1), ("k", 0), ("p", last), ("n", 0)):
            await stage.press(keys)
            assert stage.number == number
        await stage.press("end")
        assert stage.number == last
        await stage.press("home", "N")
        unsure = stage.place
        assert unsure.confidence < 0.86
        await stage.press("tab")
        assert stage.number > stage.session.places.rank(unsure.span)
        await stage.press("P")
        assert stage.place == unsure
        await stage.press("shift+tab", "tab")
        assert stage.place == unsure

    play(restorer, texts[:1], drive)


def test_order_and_filter(restorer: Restorer, texts: tuple[Path, Path]) -> None:
    async def drive(stage: Stage) -> None:
        await stage.press("o")
        assert stage.app.looking.order is Order.DOUBT
        doubts = []
        for _ in range(5):
            doubts.append(abs(stage.place.confidence - 0.5))
            await stage.press("n")
        assert doubts == sorted(doubts)
        await stage.press("o", "O", "O", "home")
        assert "open" in stage.screen().splitlines()[0]
        questions = stage.standings.count(Standing.OPEN)
        for left in range(questions, 0, -1):
            assert stage.place.standing is Standing.OPEN
            assert f"{left} open" in stage.screen()
            await stage.press("a")
        assert Standing.OPEN not in stage.standings
        assert "no other open place here" in stage.screen()
        await stage.press("O")
        assert stage.app.looking.among is Among.ALL

    play(restorer, texts[:1], drive)


def test_views(restorer: Restorer, texts: tuple[Path, Path], border_talks: str) -> None:
    async def drive(stage: Stage) -> None:
        title = border_talks.splitlines()[0]
        assert title not in stage.screen()
        await stage.press("v")
        assert stage.app.looking.view is View.DIFF
        await stage.press("v")
        assert title in stage.screen()
        await stage.press("v")
        assert title not in stage.screen()
        await stage.press("t")
        assert not stage.app.current_theme.dark
        await stage.press("pagedown")
        assert "Border " not in stage.screen()
        await stage.press("pageup")
        assert "Border " in stage.screen()
        await stage.press("space", "b")
        assert "Border " in stage.screen()

    play(restorer, texts[:1], drive)


def test_search(restorer: Restorer, texts: tuple[Path, Path], border_talks: str) -> None:
    async def drive(stage: Stage) -> None:
        await stage.press("full_stop")
        await stage.press("slash")
        await stage.type("the")
        found = [stage.app.looking.found]
        for key in ("full_stop", "full_stop", "comma"):
            await stage.press(key)
            found.append(stage.app.looking.found)
        assert found[3] == found[1]
        assert found[0] and found[1] and found[2] and found[0] < found[1] < found[2]
        await stage.press("slash")
        await stage.type("no such phrase")
        assert "not found: no such phrase" in stage.screen()

    play(restorer, texts[:1], drive)


def test_marking_words_that_were_missed(restorer: Restorer, texts: tuple[Path, Path], border_talks: str) -> None:
    start = border_talks.index("negotiating")
    span = Span(start, start + len("negotiating desk"))

    async def drive(stage: Stage) -> None:
        assert stage.app.sheet is not None
        await stage.press("m", "escape", "m", "down")
        document = stage.app.sheet.document
        while document.starts[stage.app.looking.marked[0]] < start:  # type: ignore[index]
            await stage.press("right")
        await stage.press("down", "up", "left", "right", "shift+right", "shift+right", "shift+left")
        assert document.span(*stage.app.looking.marked) == span  # type: ignore[misc]
        assert stage.app.marked == span
        now = stage.screen().split("missed: ")[1].splitlines()[0].strip()
        assert now == stands(stage.session, span) != "negotiating desk"
        await stage.press("enter")
        assert stage.app.screen.query_one(Input).value == now
        await stage.press("enter")
        assert stage.session.decisions == {}  # nothing typed, nothing decided
        await stage.press("m", "down")
        while document.starts[stage.app.looking.marked[0]] < start:  # type: ignore[index]
            await stage.press("right")
        await stage.press("shift+right", "enter")
        await stage.type("talks")
        assert stage.session.decisions == {span: "talks"}
        assert (stage.place.span, stage.place.standing) == (span, Standing.ADDED)
        assert stage.app.looking.marked is None
        await stage.press("plus")
        assert stage.noted == [("always", "talks", "negotiating desk", "phrase")]
        await stage.press("p", "x", "r")
        assert stage.session.decisions == {}

    play(restorer, texts[:1], drive)


def test_the_mouse(restorer: Restorer, texts: tuple[Path, Path]) -> None:
    async def drive(stage: Stage) -> None:
        rows = stage.screen().splitlines()
        y = next(i for i, row in enumerate(rows) if "leaders" in row)
        await stage.pilot.click(offset=Offset(rows[y].index("said"), y))
        assert stage.place.wording == "said"
        await stage.pilot.click(offset=Offset(rows[y].index("leaders"), y))
        await stage.pilot.click(offset=Offset(rows[y].index("of the") + 1, y), shift=True)
        assert any("missed: leaders of" in row for row in stage.screen().splitlines())
        await stage.press("escape")
        rows = stage.screen().splitlines()
        y = next(i for i, row in enumerate(rows) if "r reject" in row)
        number = stage.number
        await stage.pilot.click(offset=Offset(rows[y].index("r reject"), y))
        assert stage.standings[number] is Standing.REJECTED

    play(restorer, texts[:1], drive)


def test_saving_is_what_was_decided(restorer: Restorer, texts: tuple[Path, Path]) -> None:
    async def drive(stage: Stage) -> None:
        await stage.press("r", "s")
        assert texts[0].read_text("utf-8") == outcome(stage.session)
        assert "saved" in stage.screen()
        await stage.press("right_square_bracket", "r", "r", "S")
        assert texts[1].read_text("utf-8") == outcome(stage.session)

    play(restorer, texts, drive)


def test_a_file_changed_meanwhile_is_asked_about(restorer: Restorer, texts: tuple[Path, Path], border_talks: str) -> None:
    async def drive(stage: Stage) -> None:
        await stage.press("r")
        texts[0].write_text("Changed.\n" + border_talks, "utf-8")
        await stage.press("s", "escape")
        assert texts[0].read_text("utf-8").startswith("Changed.\nBorder onerous talks resume after a 12 months")
        await stage.press("s", "l")
        while stage.app.sheet is None:
            await stage.pilot.pause(0.01)
        await stage.pilot.pause()
        assert "1 of 1 decisions still fit" in stage.screen()
        texts[0].write_text("Again.\n", "utf-8")
        await stage.press("s", "o")
        assert texts[0].read_text("utf-8") == outcome(stage.session)
        assert outcome(stage.session).startswith("Changed.\n")

    play(restorer, texts[:1], drive)


def test_the_list_of_files(restorer: Restorer, texts: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_bytes(b"\x00\x01\x02" * 50)

    async def drive(stage: Stage) -> None:
        await stage.press("r", "f")
        assert isinstance(stage.app.screen, Files)
        seen = stage.screen()
        assert "1/" in seen and "not saved" in seen
        assert "cannot be read" in seen
        assert stage.app.screen.query_one(OptionList).option_count == 3
        await stage.press("down", "enter")
        assert stage.app.looking.name == str(texts[1])
        await stage.press("f", "down", "enter")
        assert "this is not text" in " ".join(stage.screen().split())
        await stage.press("a", "r", "u", "n", "m", "s", "v", "o", "slash", "escape", "f", "escape")

    play(restorer, (*texts, tmp_path / "c.txt"), drive)


def test_what_cannot_be_read_is_passed_over(restorer: Restorer, texts: tuple[Path, Path], tmp_path: Path) -> None:
    bad = [tmp_path / "0.txt", tmp_path / "1.txt"]
    for path in bad:
        path.write_bytes(b"\x00\x01\x02" * 50)

    async def drive(stage: Stage) -> None:
        assert stage.app.looking.name == str(texts[0])

    app = play(restorer, (*bad, texts[0]), drive)
    assert len(app.failed) == 2

    async def gone(stage: Stage) -> None:
        assert stage.app._exit

    play(restorer, tuple(bad), gone)


def test_a_window_may_change_its_size(restorer: Restorer, texts: tuple[Path, Path]) -> None:
    async def drive(stage: Stage) -> None:
        await stage.press("end")
        for width, height in ((160, 50), NARROW, (40, 10), WIDE, NARROW):
            await stage.pilot.resize_terminal(width, height)
            await stage.pilot.pause(0.1)
            if (width, height) == WIDE:
                assert "Border " in stage.screen()  # all of it has room
        rows = [row[:79].rstrip() for row in stage.screen().splitlines()[1:13]]
        assert max(map(len, rows)) > 65
        assert "next month." in rows[-1]
        assert any(stage.place.wording in row for row in rows)

    play(restorer, texts[:1], drive)


def test_help_shows_every_key(restorer: Restorer, texts: tuple[Path, Path]) -> None:
    async def drive(stage: Stage) -> None:
        await stage.press("question_mark")
        assert isinstance(stage.app.screen, Help)
        seen = stage.screen()
        missing = [a.help for a in ACTIONS if a.help not in seen and not a.name.startswith("alternative_")]
        assert missing == []
        await stage.press("escape", "f1", "escape")

    play(restorer, texts[:1], drive, (130, 70))


def test_keys_can_be_changed(restorer: Restorer, texts: tuple[Path, Path]) -> None:
    async def drive(stage: Stage) -> None:
        await stage.press("y", "w")
        assert stage.standings[:2] == [Standing.ACCEPTED, Standing.REJECTED]
        await stage.press("a", "r")
        assert len(stage.session.decisions) == 2
        assert "y accept" in stage.screen()

    play(restorer, texts[:1], drive, keys={"accept": "y", "reject": ["w"]})


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
def test_leaving_keeps_what_was_decided(restorer: Restorer, texts: tuple[Path, Path], border_talks: str, key: str) -> None:
    async def drive(stage: Stage) -> None:
        await stage.press("r", "e")
        await stage.type("kept")
        await stage.press(key)

    left = play(restorer, texts[:1], drive).sheets[str(texts[0])]
    assert texts[0].read_text("utf-8") == border_talks

    async def again(stage: Stage) -> None:
        assert stage.session == left.session
        assert stage.number == 1
        assert "taken up where you left it" in stage.screen()

    play(restorer, texts[:1], again)


@pytest.mark.parametrize("size", [(20, 6), (80, 24), (160, 50)])
@pytest.mark.parametrize("no_colour", [False, True])
def test_hostile_text_cannot_draw(
    restorer: Restorer,
    tmp_path: Path,
    border_talks: str,
    size: tuple[int, int],
    no_colour: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    path = tmp_path / "[red]h\x1b[31m.txt"
    hostile = "[bold]x[/] [@click=app.exit]y[/] \x1b[2J\x1b]0;t\x07 \x9bm \u202eabc\u202c \u2028"
    hostile += "漢字 שלום e\u0301 \U0001f468\u200d\U0001f469\u200d\U0001f467\r\n"
    path.write_text(hostile + border_talks + hostile, "utf-8", newline="")

    async def drive(stage: Stage) -> None:
        keys = "v v v e escape m enter escape escape end question_mark escape f escape"
        for key in keys.split():
            await stage.press(key)
            seen = stage.screen()
            assert {c for c in seen if unicodedata.category(c) in ("Cc", "Cf", "Cs")} <= {"\n", "\u200d"}
        await stage.press("home", "pageup", "pageup")
        assert size[0] < 80 or "[bold]x[/] [@click=app.exit]y[/] ␛[2J" in stage.screen()
        assert not no_colour or size[0] < 80 or "[year" in stage.screen() or "[a year" in stage.screen()

    play(restorer, (path,), drive, size)


def test_a_mistake_while_reading_is_not_swallowed(tmp_path: Path) -> None:
    def load(name: str, progress: desk.Progress) -> desk.Sheet:
        raise KeyError("a mistake")

    async def main() -> None:
        async with Reviewer(Run(("a.txt",), load, str.join, str.join)).run_test() as pilot:  # type: ignore[arg-type]
            await pilot.pause(1)

    with pytest.raises(KeyError, match="a mistake"):
        asyncio.run(main())


def test_a_text_with_nothing_to_restore(restorer: Restorer, tmp_path: Path) -> None:
    for n, text in enumerate(("", "A plain line.\n")):
        path = tmp_path / f"{n}.txt"
        path.write_text(text)

        async def drive(stage: Stage) -> None:
            assert "Nothing looks spun here" in stage.screen()
            every = [a.keys[0] for a in ACTIONS if a.name not in ("quit", "help", "files", "search", "mark")]
            await stage.press(*every)

        play(restorer, (path,), drive)
        assert path.read_text() == text


def test_every_key_is_pressed_by_a_test() -> None:
    source = Path(__file__).read_text("utf-8")
    keys = {key for action in ACTIONS for key in action.keys}
    assert {key for key in keys if f'"{key}"' not in source} <= set("345678")
