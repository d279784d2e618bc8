"""The reviewer as an application: reads files in the background and hands keys to what they do."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable
from functools import partial

from unspin.review import choices
from unspin.review.desk import Sheet
from unspin.review.screen.base import Run
from unspin.review.screen.filing import Filing
from unspin.review.screen.panel import KeyBar

_SYNC_SECONDS = 2.0


class _LeftError(Exception):
    """The reader left while a file was being read."""


class Reviewer(Filing):
    """The full-screen reviewer; run it with ``run()``."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self._waiting = list(run.names)
        self._lock = threading.Lock()
        self._now = ""  # what is being read
        self._left = False

    def on_mount(self) -> None:
        """Begin to read."""
        self.set_interval(_SYNC_SECONDS, self._sync)
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)):
            if number is not None and threading.current_thread() is threading.main_thread():
                with contextlib.suppress(NotImplementedError):  # not on this system
                    asyncio.get_running_loop().add_signal_handler(number, self.exit)
        self.draw()
        self._read_on()

    def on_unmount(self) -> None:
        """Stop reading."""
        self._left = True

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.call_after_refresh(self.draw, reveal=self.current)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are marked, keys belong to the marking; while a window is open, to the window."""
        return action != "do" or (self.looking.marked is None and not self.windowed)

    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """Do what a clicked key does."""
        if self.check_action("do", ()):
            self.action_do(message.action)

    def action_do(self, name: str) -> None:
        """Do what an action is called for."""
        if name.startswith("alternative_"):
            self.choose(int(name.removeprefix("alternative_")))
        else:
            getattr(self, f"do_{name}")()

    def read(self, name: str) -> None:
        """Read a file before all others that wait."""
        with self._lock:
            if name == self._now:
                return
            if name in self._waiting:
                self._waiting.remove(name)
            self._waiting.insert(0, name)
        self._read_on()

    def _read_on(self) -> None:
        """Read what waits, unless that is being done: in a thread of its own, which does not keep the process alive."""
        with self._lock:
            if self._now or not self._waiting:
                return
            self._now = self._waiting.pop(0)
        threading.Thread(target=self._read_all, daemon=True).start()

    def _read_all(self) -> None:
        while self._now and not self._left:
            try:
                self._read(self._now)
            except _LeftError:
                return
            with self._lock:
                self._now = self._waiting.pop(0) if self._waiting else ""

    def _read(self, name: str) -> None:
        try:
            sheet = self.run_given.load(name, partial(self._told, name))
        except (OSError, ValueError) as error:
            self._tell(self._failed, name, str(error).removeprefix(f"{name}: "))
        except _LeftError:
            raise
        except Exception as error:  # a mistake of ours: it ends the application loudly, as it would in its own thread
            self._tell(self.call_later, self._broken, error)
        else:
            _ = sheet.session.proposal.alike, sheet.session.places.ranks  # looked up by keys: made before they are hit
            self._tell(self._opened, sheet)

    def _told(self, name: str, done: int, total: int) -> None:
        if self._left:
            raise _LeftError
        self.reading = (name, done / max(1, total))
        if name == self.looking.name:
            self._tell(self.draw)

    def _tell(self, function: Callable[..., object], *arguments: object) -> None:
        try:
            self.call_from_thread(function, *arguments)
        except RuntimeError:
            if self.is_running:
                raise
            raise _LeftError from None  # the application has ended meanwhile

    def _broken(self, error: Exception) -> None:
        raise error

    def _failed(self, name: str, why: str) -> None:
        self.failed[name] = why
        names = self.run_given.names
        if len(self.failed) == len(names):
            self.exit()
        elif name == self.looking.name and not self.visited:
            self.open(names[(names.index(name) + 1) % len(names)])
        self.draw()

    def _opened(self, sheet: Sheet) -> None:
        self.sheets[sheet.name] = sheet
        for rule in self.rules:
            event = choices.ruled(sheet.session, rule)
            if event.wordings:
                self.happen(event, sheet.name)
        if sheet.name == self.looking.name:
            self.visited.add(sheet.name)
            for told in sheet.told:
                self.say(told)
            if sheet.session.done:
                self.looking.places.setdefault(sheet.name, sheet.session.done[-1].changes[-1].span)
            self.draw()
            self.draw(reveal=self.current)

    async def _sync(self) -> None:
        """Write through to the disk what only the system holds yet."""
        for sheet in tuple(self.sheets.values()):
            try:
                await asyncio.to_thread(sheet.journal.sync)
            except OSError as error:
                self.say(f"{sheet.name}: the journal is not safe: {error}", bad=True)
