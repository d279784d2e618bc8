"""A folder of mixed files made from the samples, and what `unspin batch` needs for it.

python bench/batch.py make /tmp/folder --files 5000
python bench/batch.py run /tmp/folder --jobs 1 --jobs 2
python bench/batch.py kill /tmp/folder --times 20
"""

from __future__ import annotations

import argparse
import csv
import filecmp
import gzip
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples"
UNSPIN = str(Path(sys.executable).with_name("unspin"))


def paragraphs() -> tuple[list[str], list[str]]:
    """Return the paragraphs of the samples: spun ones, and ones that nobody spun."""
    spun, clean = (
        [p for f in sorted(SAMPLES.glob(pattern)) for p in f.read_text("utf-8").split("\n\n") if p.strip()]
        for pattern in ("*.spun.txt", "*.gold.txt")
    )
    return spun, clean


def article(dice: random.Random, pools: tuple[list[str], list[str]]) -> list[str]:
    """Return an article's paragraphs: two in three are spun, most are short and a few are long."""
    pool = pools[0] if dice.random() < 2 / 3 else pools[1]
    return [dice.choice(pool).strip() for _ in range(min(120, int(dice.paretovariate(1.1)) + 2))]


def as_html(parts: list[str]) -> str:
    words = [escape(p, quote=False).replace("’", "&rsquo;") for p in parts]
    body = "\n".join(
        f"<p class='a'>{p.replace(' the ', ' <em>the</em> ', 1).replace(' of ', '&nbsp;of ', 1)}</p>" for p in words
    )
    script = "<script>var battle = '2 international locations' && 1 < 2;</script>"
    head = f'<head><meta charset="utf-8"><title>{words[0][:60]}</title><style>.a{{}}</style></head>'
    return f"<!doctype html>\n<html>{head}<body>\n<!-- civil battle -->\n{body}\n{script}</body></html>\n"


def as_markdown(parts: list[str]) -> str:
    code = "```\n2 international locations\n```"
    return f"# {parts[0][:50]}\n\n" + "\n\n".join([*parts[1:], f"- *{parts[0]}*", "> " + parts[-1], code]) + "\n"


def as_lines(articles: list[list[str]]) -> str:
    return "".join(json.dumps({"id": i, "text": "\n\n".join(a), "n": [1.0, None]}) + "\n" for i, a in enumerate(articles))


def as_table(articles: list[list[str]]) -> str:
    table = io.StringIO()
    csv.writer(table).writerows([["id", "text"], *([i, "\n".join(a)] for i, a in enumerate(articles))])
    return table.getvalue()


def contents(dice: random.Random, pools: tuple[list[str], list[str]]) -> tuple[str, bytes]:
    """Return a suffix and what stands in a file of this kind; one in fifty is broken."""
    parts = article(dice, pools)
    text = "\n\n".join(parts) + "\n"
    kind = dice.choices(
        ["txt", "crlf", "cp1252", "utf-16", "bom", "md", "html", "jsonl", "gz", "csv", "broken", "empty", "other"],
        [30, 6, 6, 3, 3, 12, 25, 4, 3, 3, 2, 1, 2],
    )[0]
    several = [article(dice, pools) for _ in range(4)]
    made: dict[str, tuple[str, bytes]] = {
        "txt": (".txt", text.encode()),
        "crlf": (".txt", text.replace("\n", "\r\n").encode()),
        "cp1252": (".txt", text.encode("cp1252")),
        "utf-16": (".txt", text.encode("utf-16")),
        "bom": (".txt", text.encode("utf-8-sig")),
        "md": (".md", as_markdown(parts).encode()),
        "html": (".html", as_html(parts).encode()),
        "jsonl": (".jsonl", as_lines(several).encode()),
        "gz": (".jsonl.gz", gzip.compress(as_lines(several).encode(), mtime=0)),
        "csv": (".csv", as_table(several).encode()),
        "broken": dice.choice(
            [
                (".txt", dice.randbytes(3000)),
                (".jsonl.gz", gzip.compress(text.encode() * 9, mtime=0)[:200]),
                (".csv", b"a,b\r\n1,2\r\n"),
                (".txt", b"\xff\xfeodd"),
            ]
        ),
        "empty": (".txt", b""),
        "other": (".jpg", dice.randbytes(2000)),
    }
    return made[kind]


def make(folder: Path, files: int) -> None:
    dice, pools = random.Random(7), paragraphs()
    for i in range(files):
        suffix, data = contents(dice, pools)
        path = folder / f"{i % 37:02}" / f"page {i:05}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def family(root: int) -> list[int]:
    """Return a process and those below it."""
    found = [root]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            found += map(int, task.read_text().split())
    return found


def memory(root: int) -> int:
    """Return what a process and those below it hold, shared pages counted once, in bytes."""
    total = 0
    for pid in family(root):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total


def run(folder: Path, jobs: int, *extra: str) -> None:
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6
    with tempfile.TemporaryDirectory() as out:
        before, started = os.times(), time.monotonic()
        command = [UNSPIN, "batch", str(folder), "--out", out, "--jobs", str(jobs), "--progress", "json", *extra]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        peaks: list[int] = []
        files = 0
        assert process.stderr is not None
        looked = 0.0
        for line in process.stderr:
            files += '"event": "file"' in line
            if time.monotonic() - looked > 0.25:
                looked = time.monotonic()
                peaks.append(memory(process.pid))
        process.wait()
        wall, after = time.monotonic() - started, os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        early = max(peaks[len(peaks) // 4 : len(peaks) // 2], default=0)
        rates = f"{wall:.1f} s, {files / wall:.0f} files/s, {cpu / size:.2f} CPU s/MB"
        held = f"peak {max(peaks) / 1e6:.0f} MB of all processes ({early / 1e6:.0f} MB before half-way)"
        print(f"{jobs} jobs: {files} files, {size:.1f} MB, {rates}, {held}, exit {process.returncode}")


def tree(folder: Path) -> Iterator[Path]:
    yield from (p.relative_to(folder) for p in folder.rglob("*") if p.is_file() and ".unspin" not in p.parts)


def kill(folder: Path, times: int) -> None:
    """Kill runs at random moments, go on, and compare the tree with that of a run that nobody disturbed."""
    with tempfile.TemporaryDirectory() as place:
        whole, torn = Path(place, "whole"), Path(place, "torn")
        subprocess.run([UNSPIN, "batch", str(folder), "--out", str(whole)], stderr=subprocess.DEVNULL, check=False)
        names = sorted(tree(whole))
        dice = random.Random(time.time_ns())
        for i in range(times):
            shutil.rmtree(torn, ignore_errors=True)
            command = [UNSPIN, "batch", str(folder), "--out", str(torn), "--jobs", "2", "--progress", "json"]
            process = subprocess.Popen(command, stderr=subprocess.PIPE)
            assert process.stderr is not None
            for _ in range(dice.randrange(len(names))):
                process.stderr.readline()
            time.sleep(dice.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
            process.wait()
            done = len(list(tree(torn))) if torn.exists() else 0
            subprocess.run([UNSPIN, "batch", str(folder), "--out", str(torn)], stderr=subprocess.DEVNULL, check=False)
            same = names == sorted(tree(torn)) and not any(
                not filecmp.cmp(whole / n, torn / n, shallow=False) for n in names
            )
            leftovers = list((torn / ".unspin" / "writing").glob("*"))
            print(
                f"{i + 1}: killed with {done} of {len(names)} files done; the rerun's tree is the same: {same}; {leftovers=}"
            )
            if not same or leftovers:
                raise SystemExit(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["make", "run", "kill"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--jobs", type=int, action="append")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--report", action="append", default=[])
    options = parser.parse_args()
    if options.what == "make":
        make(options.folder, options.files)
    elif options.what == "kill":
        kill(options.folder, options.times)
    else:
        for jobs in options.jobs or [1, 2]:
            run(options.folder, jobs, *(f"--report={r}" for r in options.report))


if __name__ == "__main__":
    main()
