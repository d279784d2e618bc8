"""Showing a run while it goes on: a live display on a terminal, JSON lines for machines, or only what went wrong."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from unspin.batch.plan import Outcome
from unspin.batch.run import Progress
from unspin.output.diff import visible

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live as RichLive


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
    """A display that is drawn anew a few times a second; what goes wrong is printed above it and stays."""

    _EVERY = 0.15

    def __init__(self, progress: Progress) -> None:
        super().__init__(progress)
        self._live: RichLive | None = None
        self._drawn_at = 0.0

    def tell(self, outcome: Outcome) -> None:
        """Print what went wrong above the display."""
        if outcome.reason and self._live is not None:
            from rich.text import Text

            line = f"unspin: {shown(outcome.path)}: {visible(outcome.reason)}"
            self._live.console.print(Text(line, style="red"), soft_wrap=True)

    def tick(self) -> None:
        """Draw, unless that was just done."""
        if self._live is not None and time.monotonic() - self._drawn_at > self._EVERY:
            self._drawn_at = time.monotonic()
            self._live.update(self.drawn(), refresh=True)

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Show the display until the block ends."""
        from rich.console import Console
        from rich.live import Live as RichLive

        console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        with RichLive(self.drawn(), console=console, auto_refresh=False, transient=True) as self._live:
            yield
        self._live = None

    def drawn(self) -> RenderableType:
        """Return the display as it is now."""
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        p = self.progress
        elapsed = time.monotonic() - self.started
        words = p.words + sum(words for _, words, _ in p.in_hand)
        edits = p.edits + sum(edits for *_, edits in p.in_hand)
        share = p.done_size / p.size if p.size else 0.0
        left = f"{clock(elapsed * (1 - share) / share)} left" if share > 0.01 else ""
        head = Table.grid(padding=(0, 2))
        head.add_row(
            ProgressBar(total=max(1, p.files), completed=p.done, width=30), f"{p.done:,} of {p.files:,} files", left
        )
        counts = Text(f"{words:,} words, {edits:,} edits, {words / max(elapsed, 0.1):,.0f} words/s", style="dim")
        if p.failed:
            counts.append(f", {p.failed:,} failed", style="red")
        lines: list[RenderableType] = [head, counts]
        for task, *_ in p.in_hand:
            lines.append(Text(f"  {shown(task.path)}", style="dim", no_wrap=True, overflow="ellipsis"))
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
