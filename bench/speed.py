"""CPU seconds and memory of the command line, measured in one run: small input, spun text, never-spun text.

usage: python bench/speed.py [MB of spun text] [MB of never-spun text]
A reference loop runs beside them, since machines differ and the same machine differs with the hour: compare ratios.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples"
COMMAND = str(Path(sys.executable).with_name("unspin"))


def reference() -> float:
    start = time.process_time()
    total = 0
    for i in range(10_000_000):
        total += i
    return time.process_time() - start


def cpu_of(text: str) -> tuple[float, int]:
    """Return (CPU seconds, peak resident MB) of one process that restores a text."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        script = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        said = subprocess.run(
            [sys.executable, "-c", script, COMMAND, "restore", file.name], capture_output=True, text=True, check=True
        ).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    interpreter = 0.03  # the little script around it
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime - interpreter, int(said) // 1024


def read(kind: str) -> str:
    return "\n\n".join(p.read_text("utf-8") for p in sorted(SAMPLES.glob(f"*.{kind}.txt")))


def grown(text: str, size: float) -> str:
    return (text * (int(size * 1e6) // len(text) + 1))[: int(size * 1e6)]


def main() -> None:
    spun, clean = (float(a) for a in (*sys.argv[1:], *("1", "10")[len(sys.argv) - 1 :]))
    loop = reference()
    print(f"reference loop of ten million additions: {loop:.2f} s")
    for name, text in (
        ("1 kB", read("spun")[:1000]),
        (f"{spun:g} MB spun", grown(read("spun"), spun)),
        (f"{clean:g} MB never spun", grown(read("gold"), clean)),
    ):
        seconds, peak = cpu_of(text)
        print(f"{name}: {seconds:.2f} s CPU ({seconds / loop:.1f} reference loops), peak {peak} MB")


if __name__ == "__main__":
    main()
