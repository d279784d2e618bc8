"""The command in a terminal of its own: killed, resumed, piped into, exported, replayed."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import random
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from unspin.restorer import Restorer
from unspin.review import desk
from unspin.review.session import Session, outcome

UNSPIN = str(Path(sys.executable).with_name("unspin"))


class Terminal:
    """A command in a pseudo-terminal."""

    def __init__(self, *command: str, env: dict[str, str]) -> None:
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            os.environ.update(env, TERM="xterm-256color")
            os.execvp(command[0], command)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.output = b""

    def until(self, condition: Callable[[], bool], seconds: float = 30) -> None:
        """Read what is printed until a condition holds."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, self.output[-2000:]
            self.read(0.02)

    def read(self, seconds: float) -> None:
        if select.select([self._file], [], [], seconds)[0]:
            try:
                self.output += os.read(self._file, 1 << 16)
            except OSError:  # the other end is closed
                time.sleep(seconds)

    def press(self, keys: str) -> None:
        os.write(self._file, keys.encode())

    def ended(self) -> int:
        """Return the exit code, negative for a signal."""
        status: list[int] = []

        def over() -> bool:
            pid, code = os.waitpid(self.pid, os.WNOHANG)
            status.extend([code] if pid else [])
            return bool(pid)

        self.until(over)
        os.close(self._file)
        return os.waitstatus_to_exitcode(status[0])


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CONFIG_HOME": str(tmp_path / "config")}


@pytest.fixture
def path(tmp_path: Path, border_talks: str) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(border_talks, "utf-8")
    return path


def kept(path: Path, restorer: Restorer) -> Session:
    """Return the session that a file's journal tells of."""
    sheet = desk.open_sheet(str(path), path.read_bytes(), restorer)
    sheet.journal.close()
    return sheet.session


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_it_goes_on_where_it_was(
    seed: int, path: Path, env: dict[str, str], restorer: Restorer
) -> None:
    chance, decided = random.Random(seed), 0
    for _ in range(3):
        terminal = Terminal(UNSPIN, "review", str(path), env=env)
        terminal.until(lambda: b"decided" in terminal.output)  # noqa: B023
        presses = chance.randint(1, 8)
        for _ in range(presses):
            terminal.press("r")
            terminal.read(chance.random() * 0.02)
        terminal.read(chance.choice([0, 0.01, 0.05]))
        os.kill(terminal.pid, signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
        session = kept(path, restorer)
        places = list(session.all_places())
        before, decided = decided, len(session.decisions)
        assert before <= decided <= before + presses
        # What was decided is a beginning of what was pressed: nothing is missing in between.
        assert session.decisions == {place.span: place.before for place in places[:decided]}
    terminal = Terminal(UNSPIN, "review", str(path), env=env)
    terminal.until(lambda: b"decided" in terminal.output)
    terminal.press("rrrs")
    terminal.until(lambda: b"saved" in terminal.output)
    terminal.press("q")
    assert terminal.ended() == 0
    session = kept(path, restorer)
    assert len(session.decisions) >= 3
    assert path.read_text("utf-8") == outcome(session)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_leaves_the_terminal_as_it_was(
    number: signal.Signals, path: Path, env: dict[str, str], restorer: Restorer
) -> None:
    terminal = Terminal(UNSPIN, "review", str(path), env=env)
    terminal.until(lambda: b"decided" in terminal.output)
    terminal.press("r")
    terminal.until(lambda: b"unsaved" in terminal.output)
    os.kill(terminal.pid, number)
    assert terminal.ended() == 0
    assert b"\x1b[?1049l" in terminal.output
    assert b"decisions kept but not saved" in terminal.output
    assert len(kept(path, restorer).decisions) == 1


@pytest.mark.parametrize(("keys", "code"), [("qp", 0), ("s", 0), ("qq", 1)])
def test_in_a_pipe_keys_come_from_the_terminal(
    keys: str, code: int, path: Path, env: dict[str, str], restorer: Restorer
) -> None:
    out = path.with_name("out.txt")
    command = f"cat '{path}' | '{UNSPIN}' review - > '{out}'"
    terminal = Terminal("sh", "-c", command, env=env)
    terminal.until(lambda: b"decided" in terminal.output)
    terminal.press("r")
    terminal.until(lambda: b"unsaved" in terminal.output)
    for key in keys:
        terminal.press(key)
        terminal.read(0.2)
    assert terminal.ended() == code
    sheet = desk.open_sheet("-", path.read_bytes(), restorer)
    sheet.journal.close()
    assert len(sheet.session.decisions) == 1
    assert out.read_text("utf-8") == (outcome(sheet.session) if code == 0 else "")


def test_exported_decisions_can_be_replayed(path: Path, env: dict[str, str], restorer: Restorer) -> None:
    export = path.with_name("decisions.json")
    terminal = Terminal(UNSPIN, "review", "--only-unsure", "--export", str(export), str(path), env=env)
    terminal.until(lambda: b"decided" in terminal.output)
    terminal.press("rar")
    terminal.until(lambda: len(kept_bytes(path).splitlines()) == 4)
    terminal.press("q")
    assert terminal.ended() == 0
    session = kept(path, restorer)
    assert all(session.place(span).confidence < 0.86 for span in session.decisions)
    assert json.loads(export.read_text("utf-8"))["files"][0]["path"] == str(path)
    command = [UNSPIN, "restore", "--decisions", str(export)]
    replayed = subprocess.run([*command, str(path)], capture_output=True, check=True, timeout=60)
    assert replayed.stdout.decode() == outcome(session)
    other = subprocess.run([*command, "-"], input=b"Another text.", capture_output=True, check=False, timeout=60)
    assert other.returncode == 2
    assert b"not about this text" in other.stderr


def kept_bytes(path: Path) -> bytes:
    return desk.journal_path(str(path), b"").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["absent.txt"], b"absent.txt: no such file"),
        (["."], b"no texts in this folder"),
        (["--accept-above", "2", "a.txt"], b"--accept-above"),
        ([], b"FILE"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], message: bytes, tmp_path: Path) -> None:
    result = subprocess.run(
        [UNSPIN, "review", *arguments], capture_output=True, check=False, timeout=60, cwd=tmp_path, stdin=subprocess.DEVNULL
    )
    assert result.returncode == 2
    assert message in result.stderr
    assert b"Traceback" not in result.stderr


def test_without_a_terminal_it_says_so(path: Path) -> None:
    result = subprocess.run(
        [UNSPIN, "review", str(path)],
        capture_output=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert result.returncode == 2
    assert b"needs a terminal" in result.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["review", "--help"], ["restore", "-"]])
def test_textual_is_loaded_only_to_review(arguments: list[str]) -> None:
    env = {**os.environ, "PYTHONPROFILEIMPORTTIME": "1"}
    result = subprocess.run([UNSPIN, *arguments], capture_output=True, check=True, timeout=60, input=b"A line.\n", env=env)
    assert b"unspin.cli" in result.stderr
    assert b"textual" not in result.stderr
