"""One file, from a task to an outcome, in this process."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from unspin.batch import texts, worker
from unspin.batch.plan import Outcome, Settings, State, Task
from unspin.model import Markup
from unspin.output.hunks import unpacked
from unspin.restorer import Restorer

SPUN = "The 2 international locations mentioned on Monday that their civil battle is over."
GOLD = "The two countries said on Monday that their civil war is over."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path


def do(restorer: Restorer, folder: Path, name: str, data: bytes, **options: Any) -> tuple[Outcome, bytes | None]:
    source = folder / "in" / name
    source.write_bytes(data)
    settings = Settings(folder / "in", folder / "out", restorer.confidence, **options)
    outcome = worker.do(restorer, settings, Task(name, len(data)))
    target = folder / "out" / name
    return outcome, target.read_bytes() if target.exists() else None


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"], ids=lambda name: name.replace("-", "")
)
def test_bytes_outside_the_edits_stay(restorer: Restorer, folder: Path, encoding: str) -> None:
    text = "“Café” \t \r\n{} \x0c\r\r\n  trailing  \n"
    outcome, out = do(restorer, folder, "a.txt", text.format(SPUN).encode(encoding))
    assert out == text.format(GOLD).encode(encoding)
    assert (outcome.state, outcome.edits > 3, outcome.probability > 0.9) == (State.RESTORED, True, True)


def test_mode_and_times_stay(restorer: Restorer, folder: Path) -> None:
    source = folder / "in" / "a.txt"
    source.write_text(SPUN)
    source.chmod(0o640)
    os.utime(source, ns=(10**18, 10**18 + 7))
    worker.do(restorer, Settings(folder / "in", folder / "out", 0.57), Task("a.txt", 9))
    status = (folder / "out" / "a.txt").stat()
    assert (status.st_mode & 0o777, status.st_mtime_ns) == (0o640, 10**18 + 7)


def test_html_and_markdown_are_known_by_their_names(restorer: Restorer, folder: Path) -> None:
    page = f"<p title='{SPUN}'>{SPUN.replace('civil', '<b>civil</b>')}</p><script>'{SPUN}'</script>"
    assert do(restorer, folder, "a.HTM", page.encode())[1] == (
        f"<p title='{SPUN}'>{GOLD.replace('civil', '<b>civil</b>')}</p><script>'{SPUN}'</script>".encode()
    )
    note = "# Talks\n\n{}\n\n```\n" + SPUN + "\n```\n"
    assert do(restorer, folder, "a.md", note.format(SPUN).encode())[1] == note.format(GOLD).encode()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", bytes(range(256)) * 9, "not utf-8 text"),
        ("a.txt", b"\xff\xfex", "utf-16"),
        ("a.jsonl.gz", gzip.compress(b"{}" * 999, mtime=0)[:30], "end-of-stream"),
        ("a.jsonl.gz", b"no gzip", "gzip"),
        ("a.jsonl.zst", b"no zstd", "zstd"),
        ("a.csv", b"a,b\n", "no column 'text'"),
        ("a.parquet", b"none", "arquet"),
        ("a.warc", b"none\r\n\r\n", "record 1 is not one of a WARC file"),
        ("a.warc", b"WARC/1.0\r\nContent-Length: 99\r\n\r\nx", "record 1 ends early"),
        ("a.txt", b"x" * 2001, "more than 2,000"),
        ("a.jsonl", b'{"text": "' + b"x" * 2001, "record 1 is longer"),
    ],
)
def test_a_bad_file_is_told_of_and_leaves_nothing(
    restorer: Restorer, folder: Path, name: str, data: bytes, reason: str
) -> None:
    data = data[:2304]
    outcome, out = do(restorer, folder, name, data, most_bytes=2000 if b"x" * 9 in data else 9999)
    assert outcome.state is State.FAILED
    assert reason in outcome.reason
    assert out is None
    assert not [p for p in (folder / "out").rglob("*") if p.is_file()]


def test_a_file_that_takes_too_long_fails(restorer: Restorer, folder: Path) -> None:
    texts.arm()
    outcome, out = do(restorer, folder, "a.txt", (SPUN + "\n").encode() * 2000, seconds=0.05)
    assert (outcome.state, out) == (State.FAILED, None)
    assert "took longer than 0.05 s" in outcome.reason
    assert do(restorer, folder, "b.txt", SPUN.encode(), seconds=5)[1] == GOLD.encode()


def test_pages_that_are_not_spun_enough_are_left(restorer: Restorer, folder: Path) -> None:
    mild = b"He mentioned the civil battle in a letter."
    outcome, out = do(restorer, folder, "a.txt", mild, only_spun=1.0)
    assert (outcome.state, outcome.edits, out) == (State.LEFT, 0, mild)


def test_mojibake_is_repaired_only_when_asked(restorer: Restorer, folder: Path) -> None:
    broken = "Itâ€™s a fine day.".encode()
    assert do(restorer, folder, "a.txt", broken)[1] == broken
    assert do(restorer, folder, "a.txt", broken, repair=True)[1] == "It’s a fine day.".encode()


def test_the_edits_are_written_beside(restorer: Restorer, folder: Path) -> None:
    do(restorer, folder, "a.txt", SPUN.encode(), edits=folder / "edits")
    data = json.loads((folder / "edits" / "a.txt.json").read_text("utf-8"))
    assert data["text"] == GOLD
    do(restorer, folder, "b.jsonl", b'{}\n{"text": "' + SPUN.encode() + b'"}\n', edits=folder / "edits")
    data = json.loads((folder / "edits" / "b.jsonl.jsonl").read_text("utf-8"))
    assert (data["record"], data["text"]) == (2, GOLD)


def test_a_dry_run_writes_nothing(restorer: Restorer, folder: Path) -> None:
    outcome, out = do(restorer, folder, "a.txt", SPUN.encode(), dry_run=True, edits=folder / "edits")
    assert (outcome.state, out) == (State.RESTORED, None)
    assert sorted(p.name for p in folder.rglob("*")) == ["a.txt", "in"]


def test_in_place_the_old_content_is_kept_and_never_overwritten(restorer: Restorer, folder: Path) -> None:
    source = folder / "a.txt"
    settings = Settings(folder, folder, restorer.confidence, in_place=True)
    for spun in (SPUN, SPUN, f"{SPUN} {SPUN}"):
        source.write_text(spun)
        worker.do(restorer, settings, Task("a.txt", len(spun)))
    assert source.read_text() == f"{GOLD} {GOLD}"
    kept = {p.name: p.read_text() for p in (folder / ".unspin" / "backup").iterdir()}
    assert kept == {"a.txt": SPUN, "a.txt.1": f"{SPUN} {SPUN}"}


def test_a_link_in_the_output_leads_nothing_out_of_it(restorer: Restorer, folder: Path) -> None:
    (folder / "in" / "sub").mkdir()
    (folder / "out").mkdir()
    (folder / "elsewhere").mkdir()
    (folder / "out" / "sub").symlink_to(folder / "elsewhere")
    outcome, _ = do(restorer, folder, "sub/a.txt", SPUN.encode())
    assert "leads out" in outcome.reason
    assert not list((folder / "elsewhere").iterdir())


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_json_lines_may_be_compressed(restorer: Restorer, folder: Path, suffix: str) -> None:
    zstandard = pytest.importorskip("zstandard")
    packers: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
        "": (bytes, bytes),
        ".gz": (gzip.compress, gzip.decompress),
        ".zst": (zstandard.compress, lambda data: bytes(zstandard.ZstdDecompressor().stream_reader(data).read())),
    }
    pack, unpack = packers[suffix]
    line = b'{"n": 1, "body": "%s"}\n'
    outcome, out = do(restorer, folder, f"a.jsonl{suffix}", pack(line % SPUN.encode() * 3), fields=("body",))
    assert out is not None and unpack(out) == line % GOLD.encode() * 3
    assert [hunk[0] for hunk in unpacked(outcome.details)["hunks"]] == [1, 2, 3]
    assert do(restorer, folder, f"a.jsonl{suffix}", pack(line % SPUN.encode() * 3), fields=("body",))[1] == out


def test_records_may_be_pages(restorer: Restorer, folder: Path) -> None:
    data = json.dumps({"text": f"<p title='{SPUN}'>{SPUN}</p>"}).encode()
    _, out = do(restorer, folder, "a.jsonl", data, field_markup=Markup.HTML)
    assert out is not None and json.loads(out)["text"] == f"<p title='{SPUN}'>{GOLD}</p>"


def test_parquet_keeps_its_other_columns_and_its_schema(restorer: Restorer, folder: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    table = pa.table({"id": pa.array([1, 2, 3], pa.int16()), "text": [SPUN, None, "x"], "b": [b"\xff", b"", None]})
    pq.write_table(table.replace_schema_metadata({"made": "here"}), folder / "t.parquet", compression="zstd")
    _, out = do(restorer, folder, "a.parquet", (folder / "t.parquet").read_bytes())
    assert out is not None
    result = pq.read_table(io.BytesIO(out))
    assert result.column("text").to_pylist() == [GOLD, None, "x"]
    assert result.drop(["text"]) == table.drop(["text"])
    assert (result.schema.metadata[b"made"], result.schema.types) == (b"here", table.schema.types)
    assert pq.ParquetFile(io.BytesIO(out)).metadata.row_group(0).column(0).compression == "ZSTD"


def record(kind: str, block: bytes) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
    head += "WARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Block-Digest: sha1:AAAA\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)


def response(body: bytes, more: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%sContent-Length: %d\r\n\r\n%s" % (more, len(body), body)


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_pages_of_a_web_archive_are_restored_and_the_rest_stays(restorer: Restorer, folder: Path, suffix: str) -> None:
    fastwarc = pytest.importorskip("fastwarc")
    spun, gold = (f"<p class='battle'>{text}</p>".encode() for text in (SPUN, GOLD))
    coded = record("response", response(spun, b"Content-Encoding: br\r\n"))
    others = [record("warcinfo", spun), coded, record("request", spun), record("response", response(b"\0\1\2\3" * 99))]
    data = [record("response", response(spun)), *others]
    if suffix:
        data = [gzip.compress(part) for part in data]
    outcome, out = do(restorer, folder, f"a.warc{suffix}", b"".join(data))
    assert out is not None
    plain = gzip.decompress(out) if suffix else out
    assert plain.endswith(b"".join(others))
    found = [r.reader.read() for r in fastwarc.ArchiveIterator(io.BytesIO(out), parse_http=False)]
    assert found[0] == response(gold)
    assert found[1:] == [spun, response(spun, b"Content-Encoding: br\r\n"), spun, response(b"\0\1\2\3" * 99)]
    assert b"Digest" not in plain[: plain.index(b"\r\n\r\n")]
    assert "record 5 was copied as it is: this is not text" in outcome.reason
