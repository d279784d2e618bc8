"""What a worker process does: one file after the other, from a task to an outcome.  Never prints, never stops for a file."""

from __future__ import annotations

import contextlib
import gc
import signal
import time
from dataclasses import replace
from multiprocessing.connection import Connection

from unspin.batch import place, streams, texts
from unspin.batch.inputs import WHOLE, kind
from unspin.batch.plan import Outcome, Settings, State, Task
from unspin.batch.streams import Beat
from unspin.batch.tally import Tally
from unspin.restorer import Restorer


def serve(connection: Connection, settings: Settings) -> None:
    """Answer tasks until the other end goes away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run decides what Ctrl-C means
    texts.arm()
    restorer = Restorer(settings.lists, confidence=settings.confidence)
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)
    with contextlib.suppress(EOFError, OSError):
        while (task := connection.recv()) is not None:
            connection.send(do(restorer, settings, task, lambda words, edits: connection.send((words, edits))))


def do(restorer: Restorer, settings: Settings, task: Task, beat: Beat = lambda words, edits: None) -> Outcome:
    """Restore one file; what goes wrong with it is told by its outcome."""
    started = time.monotonic()
    try:
        outcome = _done(restorer, settings, task, beat)
    except texts.SlowError:
        outcome = _failed(task, f"took longer than {settings.seconds:g} s (--timeout)")
    except MemoryError:
        outcome = _failed(task, "not enough memory")
    except (OSError, ValueError, EOFError) as error:
        outcome = _failed(task, getattr(error, "strerror", None) or str(error))
    except Exception as error:
        outcome = _failed(task, f"{type(error).__name__}: {error}")
    return replace(outcome, seconds=round(time.monotonic() - started, 3))


def _failed(task: Task, reason: str) -> Outcome:
    return Outcome(task.path, State.FAILED, reason[:500], task.size)


def _done(restorer: Restorer, settings: Settings, task: Task, beat: Beat) -> Outcome:
    source = settings.source / task.path
    suffix, _ = kind(task.path)
    if suffix in WHOLE and task.size > settings.most_bytes:
        raise ValueError(f"{task.size:,} bytes are more than {settings.most_bytes:,} (--max-size)")
    before = place.digest(source)
    if not before:
        raise ValueError("the file went away")
    if task.before and _is_done(settings, task, before):
        return Outcome(task.path, State.SAME, size=task.size, before=before, kept=True)
    tally = Tally()
    if suffix in WHOLE:
        state = texts.restore_file(restorer, settings, task.path, WHOLE[suffix], tally)
    else:
        state = streams.restore_file(restorer, settings, task.path, tally, beat)
    after = before if settings.dry_run else place.digest(settings.target / task.path)
    return Outcome(task.path, state, "; ".join(tally.warnings), task.size, before, after, **tally.summary())


def _is_done(settings: Settings, task: Task, before: bytes) -> bool:
    """Tell whether an earlier run did this file, and both ends are as it left them."""
    if settings.in_place:
        return before == task.after
    return before == task.before and place.digest(settings.target / task.path) == task.after
