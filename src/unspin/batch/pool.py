"""Worker processes.  One that dies, or does not answer, costs the file it was at and is replaced.

`concurrent.futures` would not do: a worker that dies breaks its pool, and a file that hangs cannot be given up alone.
Workers are spawned, not forked, so that none holds the pipe of another open: when the run is killed, all see it and go.
The table is mapped from one file, so the machine holds it once.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from unspin.batch import worker
from unspin.batch.plan import Outcome, Settings, State, Task

_PATIENCE = 15.0  # seconds beyond the limit until a worker that says nothing is ended; parsers in C hear no alarm
_TICK = 0.2


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    task: Task | None = None
    since: float = 0.0
    words: int = 0
    edits: int = 0


class Pool:
    """Runs tasks in `jobs` processes and yields their outcomes as they come."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._settings = settings
        self._context = multiprocessing.get_context("spawn")
        self._workers = [self._spawn() for _ in range(jobs)]

    @property
    def in_hand(self) -> list[tuple[Task, int, int]]:
        """The files being worked on, with the words and edits of each so far, as far as is known."""
        return [(w.task, w.words, w.edits) for w in self._workers if w.task is not None]

    def run(self, tasks: Iterator[Task], stopping: Callable[[], bool], tick: Callable[[], None]) -> Iterator[Outcome]:
        """Yield outcomes until the tasks run out, or until those in hand are done once `stopping()` says so."""
        more = True
        while more or any(w.task for w in self._workers):
            for idle in [w for w in self._workers if w.task is None]:
                task = next(tasks, None) if more and not stopping() else None
                if task is None:
                    more = False
                    break
                self._give(idle, task)
            tick()
            yield from self._heard()
            more = more and not stopping()

    def close(self) -> None:
        """End the workers; at once those that are at work."""
        for w in self._workers:
            w.connection.close()
            if w.task is not None:
                w.process.kill()
        for w in self._workers:
            w.process.join(5)
            if w.process.is_alive():
                w.process.kill()
                w.process.join()

    def _spawn(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=worker.serve, args=(theirs, self._settings), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give(self, w: _Worker, task: Task) -> None:
        w.task, w.since, w.words, w.edits = task, time.monotonic(), 0, 0
        try:
            w.connection.send(task)
        except OSError:  # it died while idle; the end of its pipe is read below, and the file is reported
            return

    def _heard(self) -> Iterator[Outcome]:
        busy = {w.connection: i for i, w in enumerate(self._workers) if w.task is not None}
        for ready in wait(list(busy), _TICK) if busy else []:
            i = busy[ready]  # type: ignore[index]
            w = self._workers[i]
            try:
                message = w.connection.recv()
            except (EOFError, OSError):
                yield self._lost(i)
                continue
            if isinstance(message, Outcome):
                w.task = None
                yield message
            else:
                (w.words, w.edits), w.since = message, time.monotonic()
        patience = self._settings.seconds + _PATIENCE
        for i, w in enumerate(self._workers):
            if w.task is not None and time.monotonic() - w.since > patience:
                w.process.kill()
                yield self._lost(i, f"took longer than {self._settings.seconds:g} s (--timeout), and was ended")

    def _lost(self, i: int, reason: str = "") -> Outcome:
        w = self._workers[i]
        w.process.join(5)
        task = w.task
        assert task is not None
        w.connection.close()
        code = w.process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        self._workers[i] = self._spawn()
        return Outcome(task.path, State.FAILED, reason or f"the process that read it died ({how})", task.size)
