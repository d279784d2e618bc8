"""How long a key takes in `unspin review`, from the key to the last byte drawn, in a terminal of its own.

python bench/review.py            a megabyte of spun text, at 80x24 and 160x50
python bench/review.py picture    draws docs/review.svg from samples/border-talks.spun.txt
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
UNSPIN = str(Path(sys.executable).with_name("unspin"))
SPUN = sorted((ROOT / "samples").glob("*.spun.txt"))
KEYS = [*"nnpararuU2uNvnvnvnooOOO", *"ARuu", " ", "b", "\x1b[F", "\x1b[H", "t", "t"]


class Terminal:
    """The reviewer in a pseudo-terminal."""

    def __init__(self, path: Path, width: int, height: int, state: str) -> None:
        pid, self._file = pty.fork()
        if pid == 0:
            os.environ.update(XDG_STATE_HOME=state, TERM="xterm-256color")
            os.execv(UNSPIN, [UNSPIN, "review", str(path)])
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def drawn(self, quiet: float) -> tuple[bytes, float]:
        """Return what is drawn until nothing comes for `quiet` seconds, and when the last of it came."""
        output, last = b"", time.perf_counter()
        end = last + quiet
        while time.perf_counter() < end:
            if select.select([self._file], [], [], 0.002)[0]:
                output += os.read(self._file, 1 << 16)
                last = time.perf_counter()
                end = last + quiet
        return output, last

    def key(self, key: str) -> float:
        """Return how many milliseconds a key takes."""
        start = time.perf_counter()
        os.write(self._file, key.encode())
        return 1000 * (self.drawn(0.2)[1] - start)


def measure(width: int, height: int) -> None:
    """Print the times at one size of terminal."""
    text = "".join(path.read_text("utf-8") for path in SPUN)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.txt"
        path.write_text((text * (1_000_000 // len(text) + 1))[:1_000_000], "utf-8")
        start = time.perf_counter()
        terminal = Terminal(path, width, height, folder)
        output = b""
        while b"decided" not in output:
            output += terminal.drawn(0.05)[0]
        ready = time.perf_counter() - start
        terminal.drawn(1.0)
        times = [(terminal.key(key), key) for key in KEYS]
        terminal.key("q")
    slowest = ", ".join(f"{key!r} {ms:.0f}" for ms, key in sorted(times)[::-1][:5])
    median = statistics.median(ms for ms, _ in times)
    print(f"{width}x{height}: ready after {ready:.1f} s; a key: median {median:.0f} ms; slowest, in ms: {slowest}")


def picture() -> None:
    """Draw a screen of the reviewer as SVG, with no font from elsewhere."""
    from unspin import files
    from unspin.restorer import Restorer
    from unspin.review import desk
    from unspin.review.screen.app import Reviewer
    from unspin.review.screen.base import Run

    os.chdir(ROOT / "samples")
    name, restorer = "border-talks.spun.txt", Restorer()

    def load(name: str, progress: desk.Progress) -> desk.Sheet:
        return desk.open_sheet(name, files.read_bytes(name), restorer, progress=progress)

    async def draw() -> str:
        app = Reviewer(Run((name,), load, lambda *_: "", lambda *_: ""))
        async with app.run_test(size=(124, 30)) as pilot:
            while not app.sheets:
                await pilot.pause(0.05)
            await pilot.press("r", "a", "a", "a", "slash", *"battle", "enter", "e", *"conflict", "enter", "p")
            await pilot.pause(5)
            return app.export_screenshot(title="unspin review")

    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        svg = asyncio.run(draw())
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r' x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*)>((?:&#160;)+)', _unpadded, svg)
    svg = "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"
    (ROOT / "docs/review.svg").write_text(svg, "utf-8")


def _unpadded(match: re.Match[str]) -> str:
    """Begin a text where its first letter stands: not every viewer keeps the width of leading blanks."""
    x, y, length, rest, blanks = match.groups()
    cell = 12.2  # as Rich draws it, at 20 px
    shift = cell * blanks.count("&")
    return f' x="{float(x) + shift:.1f}" y="{y}" textLength="{max(0.0, float(length) - shift):.1f}"{rest}>'


if __name__ == "__main__":
    if sys.argv[1:] == ["picture"]:
        picture()
    else:
        measure(80, 24)
        measure(160, 50)
