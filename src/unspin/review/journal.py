"""The journal of a review: one line of JSON an event, appended before the event takes effect.

The first line, a header, holds the text as it was read, so that a review can be resumed after the file was saved, and
carried over after it was changed; then another header, with what was carried over, begins the review again, and what came
before it counts no longer.  A process may end at any byte: a last line without its end is dropped, which is the one record
that was being written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from unspin.files import FileError
from unspin.model import Span
from unspin.review.session import Decide, Event, Redo, Undo

VERSION = 1
Wordings = tuple[tuple[Span, str | None], ...]


class JournalError(FileError):
    """A journal that cannot be used; the message names the file and says what to do."""


@dataclass(frozen=True, slots=True)
class Header:
    """What is reviewed.

    `path`: the file.  `digest`: of its bytes.  `text`: what they say, decoded and repaired.  `encoding`, `bom`: how to write
    it back.  `line`: the confidence from which suggestions are taken.  `carried`: what an earlier review had decided.
    """

    path: str
    digest: str
    text: str
    encoding: str
    bom: bool
    line: float
    carried: Wordings = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """A record: the outcome was written to the file; its bytes have this digest."""

    digest: str


@dataclass(frozen=True, slots=True)
class Line:
    """A record: from now on suggestions of this confidence are taken."""

    confidence: float


Record = Event | Saved | Line


@dataclass(frozen=True, slots=True)
class Past:
    """What a journal tells: its last header, the records after it in order, and how many of its bytes are whole lines."""

    header: Header
    records: tuple[Record, ...]
    length: int

    @property
    def events(self) -> tuple[Event, ...]:
        """What leads from a session where nothing is decided to the one that was left."""
        carried = [Decide(self.header.carried)] if self.header.carried else []
        return (*carried, *(record for record in self.records if not isinstance(record, Saved | Line)))

    @property
    def line(self) -> float:
        """The confidence from which suggestions are taken."""
        lines = [record.confidence for record in self.records if isinstance(record, Line)]
        return lines[-1] if lines else self.header.line

    def until_saved(self, digest: str) -> Past | None:
        """Return the past of a content that was saved, None if no such content was."""
        saves = [i for i, record in enumerate(self.records) if record == Saved(digest)]
        return replace(self, records=self.records[: saves[-1]]) if saves else None


def digest_of(data: bytes) -> str:
    """Return the digest by which a content is known again."""
    return hashlib.sha256(data).hexdigest()


def encode(record: Header | Record) -> bytes:
    """Return a record as one line of ASCII."""
    match record:
        case Header():
            data: dict[str, Any] = {"unspin-review": VERSION, **_fields(record)}
        case Decide(wordings, group):
            data = {"decide": _plain(wordings)}
            data |= {"group": group} if group else {}
        case Saved(digest):
            data = {"saved": digest}
        case Line(confidence):
            data = {"line": confidence}
        case Undo():
            data = {"undo": 1}
        case Redo():
            data = {"redo": 1}
    return json.dumps(data, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> Header | Record:
    """Return the record of a line; raises ValueError for what is none."""
    try:
        data: dict[str, Any] = json.loads(line)
        match data:
            case {"unspin-review": 1, **fields}:
                return Header(**{**fields, "carried": _wordings(fields.get("carried", []))})
            case {"decide": list(items), **rest}:
                return Decide(_wordings(items), rest.get("group", ""))
            case {"saved": str(digest)}:
                return Saved(digest)
            case {"line": float(confidence)}:
                return Line(confidence)
            case {"undo": 1}:
                return Undo()
            case {"redo": 1}:
                return Redo()
    except (TypeError, ValueError) as error:
        raise ValueError("not a record of a review") from error
    raise ValueError("not a record of a review")


def _fields(header: Header) -> dict[str, Any]:
    return {name: getattr(header, name) for name in header.__slots__} | {"carried": _plain(header.carried)}


def _plain(wordings: Wordings) -> list[list[int | str | None]]:
    return [[span.start, span.end, wording] for span, wording in wordings]


def _wordings(items: list[Any]) -> Wordings:
    return tuple((Span(start, end), wording) for start, end, wording in items)


def read(data: bytes, name: str) -> Past | None:
    """Return what a journal tells, None if it does not even hold a header; raises `JournalError` for another content."""
    lines = data.splitlines(keepends=True)
    whole = lines if not lines or lines[-1].endswith(b"\n") else lines[:-1]
    header, records = None, list[Record]()
    for number, line in enumerate(whole, 1):
        try:
            record = decode(line)
            if isinstance(record, Header):
                header, records = record, []
            elif header is None:
                raise ValueError("a journal begins with a header")
            else:
                records.append(record)
        except ValueError as error:
            raise JournalError(f"{name}:{number}: {error}; --fresh begins the review anew") from None
    return Past(header, tuple(records), sum(map(len, whole))) if header else None


class Journal:
    """An open journal: what is appended reaches the system before `append` returns, and the disk by `sync`.

    One process at a time holds it; the lock ends with the process, however that ends.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the journal; raises `JournalError` if it cannot be, or if another process holds it."""
        self.path = path
        self._stale = False
        self._tells = True  # something was decided: worth keeping
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = _opened(path)
        except BlockingIOError:
            raise JournalError("it is being reviewed in another terminal") from None
        except OSError as error:
            raise JournalError(f"{path}: cannot keep a journal here: {error.strerror or error}") from error

    def past(self) -> Past | None:
        """Return what the journal tells, and drop a last line that was not written to its end."""
        data = self.path.read_bytes()
        past = read(data, str(self.path))
        os.ftruncate(self._file, past.length if past else 0)
        self._tells = past is not None and bool(past.events)
        return past

    def clear(self) -> None:
        """Forget everything."""
        os.ftruncate(self._file, 0)
        self._tells = False

    def append(self, record: Header | Record) -> None:
        """Add a record; raises OSError if it cannot be written, and then it is not in the journal."""
        length = os.fstat(self._file).st_size
        try:
            rest = memoryview(encode(record))
            while rest:
                rest = rest[os.write(self._file, rest) :]
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, length)
            raise
        self._stale = True
        self._tells |= not isinstance(record, Header) or bool(record.carried)

    def sync(self) -> None:
        """See to it that a power cut loses nothing either."""
        if self._stale:
            self._stale = False
            os.fsync(self._file)

    def close(self) -> None:
        """Give the journal free; one that tells of no decision is removed."""
        if self._file >= 0:
            with contextlib.suppress(OSError):
                self.sync() if self._tells else self.path.unlink()
            os.close(self._file)
            self._file = -1


def _opened(path: Path) -> int:
    """Open and lock a file; raises BlockingIOError if another process has the lock."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            _lock(file)
            if path.exists() and os.path.samestat(path.stat(), os.fstat(file)):
                return file
        except BaseException:
            os.close(file)
            raise
        os.close(file)  # the process that held it has removed it meanwhile


def _lock(file: int) -> None:
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
