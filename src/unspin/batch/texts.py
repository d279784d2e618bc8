"""Whole files of text, Markdown and HTML: byte for byte the same outside the edits, within a limit of time."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

from unspin.batch import place
from unspin.batch.plan import Settings, State
from unspin.batch.tally import Tally
from unspin.model import Markup, Restoration
from unspin.restorer import Restorer


class SlowError(Exception):
    """A file, or a record, took longer than it may."""


def arm() -> None:
    """Make `limited` work in this process, where the system has alarms; elsewhere the pool ends who takes too long."""
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _too_slow)


def _too_slow(*_: object) -> None:
    raise SlowError


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise SlowError if the block takes longer; without `arm` there is no limit."""
    if not hasattr(signal, "SIGALRM") or signal.getsignal(signal.SIGALRM) is not _too_slow:
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def restore_file(restorer: Restorer, settings: Settings, path: str, markup: Markup, tally: Tally) -> State:
    """Restore a file and put it in place."""
    data = (settings.source / path).read_bytes()
    with limited(settings.seconds):
        changed, restoration, state = restore_bytes(restorer, settings, data, markup)
    tally.add(restoration, applied=state is not State.LEFT)
    if settings.edits and state is State.RESTORED and not settings.dry_run:
        from unspin.output.export import to_json

        with place.beside(settings.edits / f"{path}.json") as file:
            file.write(to_json(restoration, path=path).encode("utf-8", "replace"))
    if changed == data:
        place.copy(settings, path)
    else:
        with place.written(settings, path) as file:
            file.write(changed)
    return state


def restore_bytes(restorer: Restorer, settings: Settings, data: bytes, markup: Markup) -> tuple[bytes, Restoration, State]:
    """Return a text restored in its own encoding; raises ValueError if that cannot be done byte for byte."""
    restoration, intake = restorer.restore_bytes(data, encoding=settings.encoding, markup=markup, repair=settings.repair)
    if restoration.evidence.probability < settings.only_spun:
        return data, restoration, State.LEFT
    if not restoration.edits and not restoration.repairs:
        return data, restoration, State.SAME
    if not restoration.repairs and intake.encode(intake.text) != data:
        raise ValueError(f"this {intake.encoding} text cannot be written back byte for byte")
    return intake.encode(restoration.text), restoration, State.RESTORED
