"""Showing a run while it goes on: a live display on a terminal, JSON lines for machines, or only what went wrong."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from unspin.batch.plan import Outcome
from unspin.batch.run import Progress
from unspin.output.diff import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

_RECENT = 5


class Quiet:
    """Tells of failures and warnings, a line each."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.started = time.monotonic()

    def tell(self, outcome: Outcome) -> None:
        """Tell of a file that failed, or of which something was left as it was."""
        if outcome.reason:
            print(f"unspin: {shown(outcome.path)}: {visible(outcome.reason)}", file=sys.stderr, flush=True)

    def tick(self) -> None:
        """Do nothing: nobody watches."""


class Lines(Quiet):
    """Writes a JSON object for each file, and one for the run at most every ten seconds."""

    _EVERY = 10.0

    def __init__(self, progress: Progress) -> None:
        super().__init__(progress)
        self._last = time.monotonic()

    def tell(self, outcome: Outcome) -> None:
        """Write the outcome."""
        self._write({"event": "file", **row(outcome)})

    def tick(self) -> None:
        """Write how far the run is, now and then."""
        if time.monotonic() - self._last > self._EVERY:
            self._last = time.monotonic()
            self._write({"event": "progress", **totals(self.progress)})

    def _write(self, data: dict[str, Any]) -> None:
        print(json.dumps(data), file=sys.stderr, flush=True)


class Live(Quiet):
    """A display that is drawn anew a few times a second."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(progress)
        self._troubles: deque[str] = deque(maxlen=_RECENT)
        self._update: Any = None

    def tell(self, outcome: Outcome) -> None:
        """Remember what went wrong; the last few are shown."""
        if outcome.reason:
            self._troubles.append(f"{shown(outcome.path)}: {visible(outcome.reason)}".replace("\n", " ")[:200])

    def tick(self) -> None:
        """Draw."""
        if self._update is not None:
            self._update(self._drawn())

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Show the display until the block ends."""
        from rich.console import Console
        from rich.live import Live as RichLive

        console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        with RichLive(self._drawn(), console=console, auto_refresh=False, transient=True) as live:
            self._update = lambda drawn: live.update(drawn, refresh=True)
            yield
        self._update = None

    def _drawn(self) -> RenderableType:
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        p = self.progress
        elapsed = time.monotonic() - self.started
        words = p.words + sum(words for _, words, _ in p.in_hand)
        share = p.done_size / p.size if p.size else 0.0
        left = elapsed * (1 - share) / share if share > 0.01 else None
        head = Table.grid(padding=(0, 2))
        head.add_row(
            ProgressBar(total=max(1, p.files), completed=p.done, width=30),
            Text(f"{p.done:,} of {p.files:,} files"),
            Text(f"{words:,} words"),
            Text(f"{p.edits + sum(n for *_, n in p.in_hand):,} edits", style="green"),
            Text(f"{words / max(elapsed, 0.1):,.0f} words/s", style="dim"),
            Text("" if left is None else f"{clock(left)} left", style="dim"),
            Text(f"{p.failed:,} failed" if p.failed else "", style="red"),
        )
        lines: list[RenderableType] = [head]
        for task, *_ in p.in_hand:
            lines.append(Text(f"  {shown(task.path)}", style="dim", no_wrap=True, overflow="ellipsis"))
        lines += [Text(f"  ! {t}", style="red", no_wrap=True, overflow="ellipsis") for t in self._troubles]
        if p.stopping:
            lines.append(Text("stopping when the files in hand are done; Ctrl-C again stops at once", style="yellow"))
        return Group(*lines)


def shown(path: str) -> str:
    r"""Return a path as it may be printed: no control character, no undecodable byte.

    >>> shown("a\x1b[31m\n.txt")
    'a␛[31m␊.txt'
    """
    return visible(path.replace("\n", "␊").replace("\t", "␉")).encode("utf-8", "replace").decode("utf-8")


def clock(seconds: float) -> str:
    """Return a duration as a clock shows it.

    >>> clock(3725)
    '1:02:05'
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def row(outcome: Outcome) -> dict[str, Any]:
    """Return what a machine is told of a file."""
    return {
        "path": outcome.path.encode("utf-8", "replace").decode("utf-8"),
        "state": str(outcome.state),
        "reason": outcome.reason,
        "bytes": outcome.size,
        "words": outcome.words,
        "edits": outcome.edits,
        "offered": outcome.offered,
        "per_1000": round(1000 * outcome.edits / outcome.words, 2) if outcome.words else 0.0,
        "probability": outcome.probability,
        "share": outcome.share,
        "dialect": outcome.dialect,
        "confidence": outcome.confidence,
        "seconds": outcome.seconds,
        "kept": outcome.kept,
    }


def totals(progress: Progress) -> dict[str, Any]:
    """Return what a machine is told of the run."""
    p = progress
    return {
        "files": p.files,
        "done": p.done,
        "kept": p.kept,
        "restored": p.restored,
        "failed": p.failed,
        "words": p.words,
        "edits": p.edits,
        "bytes": p.done_size,
    }


def closing(progress: Progress, seconds: float) -> str:
    """Return the line that ends a run."""
    p = progress
    parts = [
        f"{p.done:,} of {p.files:,} files in {clock(seconds)}",
        f"{p.restored:,} restored",
        f"{p.edits:,} edits in {p.words:,} words",
    ]
    parts += [f"{p.kept:,} done by an earlier run"] if p.kept else []
    parts += [f"{p.warned:,} with warnings"] if p.warned else []
    parts += [f"{p.failed:,} failed"] if p.failed else []
    return ", ".join(parts)
