"""A run over a folder: find, hand out, write down, go on where an earlier one stopped."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from unspin.batch import place
from unspin.batch.inputs import Found, find, kind
from unspin.batch.ledger import Ledger
from unspin.batch.plan import Outcome, Settings, State, Task
from unspin.batch.pool import Pool


class RunError(Exception):
    """A run that cannot begin; the message is for the person."""


@dataclass(slots=True)
class Progress:
    """How far a run is; what shows it reads these and changes nothing."""

    files: int = 0
    size: int = 0
    done: int = 0
    done_size: int = 0
    kept: int = 0
    failed: int = 0
    words: int = 0
    edits: int = 0
    restored: int = 0
    warned: int = 0
    stopping: bool = False
    in_hand: list[tuple[Task, int, int]] = field(default_factory=list)

    def count(self, outcome: Outcome) -> None:
        """Count a file that is done."""
        self.done += 1
        self.done_size += outcome.size
        self.kept += outcome.kept
        self.failed += outcome.state is State.FAILED
        self.words += outcome.words
        self.edits += outcome.edits
        self.restored += outcome.state is State.RESTORED
        self.warned += bool(outcome.reason) and outcome.state is not State.FAILED


@dataclass(frozen=True, slots=True)
class Selection:
    """What is read: the folder, or one file in it, and the patterns."""

    folder: Path
    only: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def found(self, apart: Sequence[Path]) -> Iterator[Found]:
        """Yield the files."""
        if self.only is not None:
            yield Found(self.only, (self.folder / self.only).stat().st_size)
        else:
            yield from find(self.folder, include=self.include, exclude=self.exclude, apart=apart)


def select(source: Path, include: Sequence[str], exclude: Sequence[str]) -> Selection:
    """Return the selection for a folder or a single file, or raise RunError."""
    if source.is_dir():
        return Selection(source, None, tuple(include), tuple(exclude))
    if not source.exists():
        raise RunError(f"{source}: no such file or folder")
    if not kind(source.name)[0]:
        raise RunError(f"{source}: not a kind of file that is read here; `unspin restore` takes any text")
    return Selection(source.parent, source.name)


def check(settings: Settings, *, force: bool) -> None:
    """Raise RunError if the output would fall on what it must not."""
    source, target = (Path(os.path.realpath(p)) for p in (settings.source, settings.target))
    if settings.in_place or settings.dry_run:
        return
    if source == target:
        raise RunError("the output is the folder that is read; --write works in place")
    if target in source.parents:
        raise RunError(f"{settings.target} holds the folder that is read; name a folder beside it")
    if target.exists() and not target.is_dir():
        raise RunError(f"{settings.target}: is not a folder")
    empty = not target.exists() or next(target.iterdir(), None) is None
    if not empty and not (settings.state / "ledger.sqlite").exists() and not force:
        raise RunError(f"{settings.target} is not empty and no earlier run wrote it; --force writes into it all the same")


@contextlib.contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Hold the output folder, so that no second run works on it; let go by the system when the run is killed."""
    if settings.dry_run:
        yield
        return
    settings.state.mkdir(parents=True, exist_ok=True)
    with (settings.state / "lock").open("w") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except OSError:
            raise RunError(f"another run is at work on {settings.target}") from None
        yield


def run(
    settings: Settings,
    selection: Selection,
    ledger: Ledger,
    jobs: int,
    progress: Progress,
    *,
    tell: Callable[[Outcome], None],
    tick: Callable[[], None],
) -> None:
    """Do the files, keeping `progress` current; `tell` hears of each, `tick` is called a few times a second.

    The first Ctrl-C lets the files in hand come to their end, a second one stops at once.
    """
    place.clear(settings)
    apart = [settings.target] if not settings.in_place else []
    if settings.edits:
        apart.append(settings.edits)
    for found in selection.found(apart):
        progress.files += 1
        progress.size += found.size
    refused: list[Found] = []
    pool = Pool(settings, jobs)
    try:
        with _interrupts(progress):
            tasks = _tasks(selection.found(apart), ledger, refused)

            def look() -> None:
                progress.in_hand = pool.in_hand
                _drain(refused, ledger, progress, tell)
                tick()

            for outcome in pool.run(tasks, lambda: progress.stopping, look):
                _settle(outcome, ledger, progress, tell)
            look()
    finally:
        pool.close()


def _tasks(found: Iterator[Found], ledger: Ledger, refused: list[Found]) -> Iterator[Task]:
    for file in found:
        if file.refused:
            refused.append(file)
        else:
            yield ledger.task(file.path, file.size)


def _drain(refused: list[Found], ledger: Ledger, progress: Progress, tell: Callable[[Outcome], None]) -> None:
    while refused:
        file = refused.pop(0)
        _settle(Outcome(file.path, State.FAILED, file.refused), ledger, progress, tell)


def _settle(outcome: Outcome, ledger: Ledger, progress: Progress, tell: Callable[[Outcome], None]) -> None:
    outcome = ledger.add(outcome)
    progress.count(outcome)
    tell(outcome)


@contextlib.contextmanager
def _interrupts(progress: Progress) -> Iterator[None]:
    def asked(number: int, frame: FrameType | None) -> None:
        if progress.stopping:
            raise KeyboardInterrupt
        progress.stopping = True

    before: dict[int, Any] = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
