"""Files of records: JSON lines, CSV, Parquet, WARC, compressed or not; one record is held at a time."""

from __future__ import annotations

import contextlib
import gzip
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from unspin.batch import archives, place, records, texts
from unspin.batch.inputs import kind
from unspin.batch.plan import Settings, State
from unspin.batch.tally import Tally
from unspin.model import Markup, Restoration
from unspin.restorer import Restorer

Beat = Callable[[int, int], None]  # called with (words, edits) of the file so far
_BEAT = 0.5  # seconds between two
_MOST_WARNINGS = 5


def restore_file(restorer: Restorer, settings: Settings, path: str, tally: Tally, beat: Beat) -> State:
    """Restore the records of a file, one after the other, and put it in place."""
    with contextlib.ExitStack() as stack:
        sink = None
        if settings.edits and not settings.dry_run:
            sink = stack.enter_context(place.beside(settings.edits / f"{path}.jsonl"))
        changer = _Changer(restorer, settings, path, tally, beat, sink)
        target = stack.enter_context(place.written(settings, path))
        _copy(settings, path, target, changer)
    return State.RESTORED if tally.edits else State.LEFT if changer.left else State.SAME


def _copy(settings: Settings, path: str, target: IO[bytes], changer: _Changer) -> None:
    suffix, compression = kind(path)
    file, most, fields = settings.source / path, settings.most_bytes, settings.fields
    if suffix == ".parquet":
        archives.parquet(file, target, fields, changer.text)
        return
    with _opened(file, compression) as source:
        if suffix == ".warc":
            archives.warc(source, target, most, changer.page, changer.warn, members=bool(compression))
            return
        with _compressed(target, compression) as out:
            if suffix in (".csv", ".tsv"):
                encoding, delimiter = settings.encoding or "utf-8", "\t" if suffix == ".tsv" else None
                records.separated(source, out, fields, most, changer.text, encoding=encoding, delimiter=delimiter)
            else:
                records.json_lines(source, out, fields, most, changer.text, changer.warn)


@dataclass(slots=True)
class _Changer:
    """Restores the texts of records and counts what it does."""

    restorer: Restorer
    settings: Settings
    path: str
    tally: Tally
    beat: Beat
    sink: IO[bytes] | None
    left: int = 0
    told: float = 0.0

    def text(self, text: str, number: int) -> str:
        """Return the text of a record restored."""
        if len(text) > self.settings.most_bytes:
            raise records.RecordError(f"record {number} is longer than {self.settings.most_bytes:,} bytes (--max-size)")
        with texts.limited(self.settings.seconds):
            restoration = self.restorer.restore(text, markup=self.settings.field_markup)
        left = restoration.evidence.probability < self.settings.only_spun
        self._count(restoration, number, left)
        return text if left else restoration.text

    def page(self, body: bytes, is_html: bool, number: int) -> bytes:
        """Return a page of a web archive restored."""
        markup = Markup.HTML if is_html else Markup.TEXT
        with texts.limited(self.settings.seconds):
            changed, restoration, state = texts.restore_bytes(self.restorer, self.settings, body, markup)
        self._count(restoration, number, state is State.LEFT)
        return changed

    def warn(self, message: str) -> None:
        """Remember what was left as it was; the first few are told."""
        if len(self.tally.warnings) <= _MOST_WARNINGS:
            more = len(self.tally.warnings) == _MOST_WARNINGS
            self.tally.warnings.append("and more like these" if more else message[:200])

    def _count(self, restoration: Restoration, number: int, left: bool) -> None:
        self.left += left
        self.tally.add(restoration, record=number, applied=not left)
        if time.monotonic() - self.told > _BEAT:
            self.told = time.monotonic()
            self.beat(self.tally.words, self.tally.edits)
        if self.sink is not None and restoration.edits and not left:
            from unspin.output.export import as_data

            line = {"record": number, **as_data(restoration, path=self.path)}
            self.sink.write((json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "replace"))


def _opened(path: Path, compression: str) -> contextlib.AbstractContextManager[IO[bytes]]:
    if compression == ".gz":
        return cast(IO[bytes], gzip.open(path, "rb"))
    if compression == ".zst":
        import io

        reader = _zstandard().ZstdDecompressor().stream_reader(path.open("rb"), read_across_frames=True)
        return cast(IO[bytes], io.BufferedReader(reader, 1 << 16))
    return path.open("rb")


@contextlib.contextmanager
def _compressed(target: IO[bytes], compression: str) -> Iterator[IO[bytes]]:
    """Give a file that compresses into `target`; the same content gives the same bytes on every run."""
    if compression == ".gz":
        with gzip.GzipFile(filename="", fileobj=target, mode="wb", compresslevel=6, mtime=0) as file:
            yield cast(IO[bytes], file)
    elif compression == ".zst":
        with _zstandard().ZstdCompressor(level=6).stream_writer(target, closefd=False) as file:
            yield file
    else:
        yield target


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise ValueError("reading .zst takes zstandard: pip install 'unspin[zstd]'") from None
    return zstandard
