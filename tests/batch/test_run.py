"""`unspin batch` as a user starts it: real processes, killed and interrupted."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = [str(Path(sys.executable).with_name("unspin")), "batch"]
SPUN = "The 2 international locations mentioned on Monday that their civil battle is over.\n"
GOLD = "The two countries said on Monday that their civil war is over.\n"
HOSTILE = "<img src=x onerror=alert(1)>'\"&\x1b[31m\n.txt"


def batch(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120)


def tree(folder: Path) -> dict[str, bytes]:
    files = [p for p in folder.rglob("*") if p.is_file() and ".unspin" not in p.parts]
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}


def started(*arguments: str | Path) -> subprocess.Popen[str]:
    command = [*COMMAND, *map(str, arguments), "--progress", "json"]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "in"
    (source / "sub").mkdir(parents=True)
    (source / "a.txt").write_text(SPUN)
    (source / "sub" / "page.html").write_text(f"<p title='{SPUN}'>{SPUN}</p>")
    (source / "clean.txt").write_text("The river was low in the summer.\n")
    (source / "bad.txt").write_bytes(b"\xff\xfex")
    (source / HOSTILE).write_text(SPUN)
    return tmp_path


def test_a_run_and_what_it_leaves_to_the_next(folder: Path) -> None:
    reports = [folder / f"report.{kind}" for kind in ("html", "json", "csv")]
    result = batch(folder / "in", "--out", folder / "out", "-j", "2", *(f"--report={path}" for path in reports))
    assert result.returncode == 2, result.stderr
    assert result.stdout == ""
    assert "\x1b" not in result.stderr
    assert "bad.txt: not utf-16 text" in result.stderr and "1 failed" in result.stderr
    assert tree(folder / "out") == {
        "a.txt": GOLD.encode(),
        "sub/page.html": f"<p title='{SPUN}'>{GOLD}</p>".encode(),
        "clean.txt": b"The river was low in the summer.\n",
        HOSTILE: GOLD.encode(),
    }
    files = json.loads(reports[1].read_text())["files"]
    assert [f["state"] for f in files] == ["restored", "restored", "failed", "same", "restored"]
    with reports[2].open(newline="") as table:
        assert [row["path"] for row in csv.DictReader(table)] == [f["path"] for f in files]
    page = reports[0].read_text("utf-8")
    assert "<img" not in page and "\x1b" not in page

    (folder / "in" / "a.txt").write_text(SPUN * 2)  # changed since
    (folder / "out" / "clean.txt").unlink()  # lost since
    (folder / "in" / "new.txt").write_text(SPUN)
    again = batch(folder / "in", "--out", folder / "out", "--progress", "json")
    events = [json.loads(line) for line in again.stderr.splitlines() if line.startswith("{")]
    kept = {event["path"]: event["kept"] for event in events if event["event"] == "file"}
    redone = dict.fromkeys(["a.txt", "clean.txt", "new.txt", "bad.txt"], False)
    assert kept == redone | {HOSTILE: True, "sub/page.html": True}
    assert tree(folder / "out")["a.txt"] == GOLD.encode() * 2
    assert "clean.txt" in tree(folder / "out")

    bolder = batch(folder / "in", "--out", folder / "out", "--confidence", "0.5")
    assert "earlier run" not in bolder.stderr  # other settings, other results


def test_killed_and_started_again_it_gives_the_same_tree(folder: Path) -> None:
    shutil.rmtree(folder / "in")
    for i in range(120):
        path = folder / "in" / f"{i % 7}" / f"{i}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Page {i}.\n\n" + SPUN * (1 + i % 50))
    batch(folder / "in", "--out", folder / "whole")
    for after in (1, 40, 100):
        process = started(folder / "in", "--out", folder / "torn", "-j", "2")
        assert process.stderr is not None
        for _ in range(after):
            process.stderr.readline()
        process.kill()
        process.wait()
        left = tree(folder / "torn")
        assert len(left) < 120 or after > 1
        assert all(data == (folder / "whole" / name).read_bytes() for name, data in left.items()), "half-written"
        assert batch(folder / "in", "--out", folder / "torn").returncode == 0
        assert tree(folder / "torn") == tree(folder / "whole")
        assert not list((folder / "torn" / ".unspin").glob("writing/*"))
        shutil.rmtree(folder / "torn")


def test_an_interrupt_lets_the_files_in_hand_finish(folder: Path) -> None:
    for i in range(80):
        (folder / "in" / f"{i}.txt").write_text(SPUN * 40)
    process = subprocess.Popen(
        [*COMMAND, folder / "in", "--out", folder / "out", "-j", "1", "--progress", "json"],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(signal.SIGINT)
    rest = process.stderr.read()
    assert process.wait() == 130
    assert "stopped; the same command goes on from here" in rest
    assert 1 <= len(tree(folder / "out")) < 80
    again = batch(folder / "in", "--out", folder / "out")
    assert "done by an earlier run" in again.stderr
    assert len(tree(folder / "out")) == 84


def test_a_second_interrupt_stops_at_once(folder: Path) -> None:
    (folder / "in" / "long.jsonl").write_text(json.dumps({"text": SPUN * 20}) + "\n")
    line = (folder / "in" / "long.jsonl").read_text()
    (folder / "in" / "long.jsonl").write_text(line * 5000)
    process = started(folder / "in", "--out", folder / "out", "--include", "long.jsonl", "-j", "1")
    deadline = time.monotonic() + 20
    while not list((folder / "out").glob(".unspin/writing/*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
    assert tree(folder / "out") == {}


def test_in_place_and_again(folder: Path) -> None:
    (folder / "in" / "bad.txt").unlink()
    assert batch(folder / "in", "--write").returncode == 0
    assert (folder / "in" / "a.txt").read_text() == GOLD
    assert (folder / "in" / ".unspin" / "backup" / "a.txt").read_text() == SPUN
    assert "5 of 5 files" not in batch(folder / "in", "--write").stderr
    assert sorted(p.name for p in (folder / "in" / ".unspin" / "backup").iterdir()) == sorted(["a.txt", "sub", HOSTILE])


def test_a_dry_run_leaves_no_trace(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    assert batch(folder / "in", "--dry-run", "--report", folder / "r.csv").returncode == 2
    assert sorted(folder.rglob("*")) == sorted([*before, folder / "r.csv"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{}/in"], "--out"),
        (["{}/none", "--out", "{}/out"], "no such file or folder"),
        (["{}/in", "--out", "{}/in"], "--write works in place"),
        (["{}/in/sub", "--out", "{}/in"], "holds the folder that is read"),
        (["{}/in", "--out", "{}"], "holds the folder that is read"),
        (["{}/in", "--out", "{}/full"], "is not empty"),
        (["{}/in", "--out", "{}/out", "--report", "x.pdf"], ".html, .json or .csv"),
        (["{}/in", "--out", "{}/out", "--write"], "choose one"),
    ],
)
def test_what_cannot_be_is_refused(folder: Path, arguments: list[str], message: str) -> None:
    (folder / "full").mkdir()
    (folder / "full" / "precious.txt").write_text("x")
    result = batch(*(argument.format(folder) for argument in arguments))
    assert result.returncode == 2
    assert message in result.stderr
    assert not (folder / "out").exists()


def test_a_worker_that_dies_costs_one_file(folder: Path) -> None:
    (folder / "in" / "0.jsonl").write_text((json.dumps({"text": SPUN * 20}) + "\n") * 5000)
    process = subprocess.Popen(
        [*COMMAND, folder / "in", "--out", folder / "out", "-j", "1", "--progress", "json"],
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 20
    while not list((folder / "out").glob(".unspin/writing/*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.2)
    writer = next((folder / "out").glob(".unspin/writing/*")).name.split("-")[0]
    os.kill(int(writer), signal.SIGKILL)
    assert process.stderr is not None
    said = process.stderr.read()
    assert process.wait() == 2
    assert "the process that read it died (signal 9)" in said
    assert len(tree(folder / "out")) == 4
