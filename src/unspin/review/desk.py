"""The files under review: reading, resuming, keeping every decision, saving.  No Textual here.

A `Sheet` is one file with its session.  It is replaced, never changed; what it holds open is the journal.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from unspin import files
from unspin.files import FileError
from unspin.model import Document, Evidence, Markup, Restoration, Span
from unspin.review import session as sessions
from unspin.review.carry import carried
from unspin.review.journal import Header, Journal, Line, Past, Saved, digest_of
from unspin.review.proposal import Proposal
from unspin.review.session import Decide, Event, Session
from unspin.text.intake import Intake, take_in
from unspin.text.markup import markup_of

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".text"})
Progress = Callable[[int, int], None]


class Restores(Protocol):
    """What suggests edits of a text, as `unspin.restorer.Restorer` does."""

    confidence: float

    def restore(self, text: str, *, markup: Markup = ..., progress: Progress | None = ...) -> Restoration:
        """Return the text with the edits suggested for it."""


class ChangedError(FileError):
    """A file that is not as it was when it was read: saving would overwrite somebody's work."""


@dataclass(frozen=True)
class Sheet:
    """A file under review.

    `known`: digest of its content as it was last read or written here.  `saved`: the decisions that were written last.
    `told`: what the reader should know about how it was opened.
    """

    name: str
    intake: Intake
    document: Document
    evidence: Evidence
    session: Session
    journal: Journal
    known: str
    signature: str
    saved: Session | None = None
    told: tuple[str, ...] = ()

    @property
    def unsaved(self) -> bool:
        """Tell whether something was decided that is not in the file."""
        if self.saved is None:
            return bool(self.session.decisions)
        return self.saved.decisions != self.session.decisions


def files_in(names: list[str]) -> list[str]:
    """Return the files to review: those named, and the texts in folders that are named, by name; raises `FileError`."""
    found: list[str] = []
    for name in names:
        path = Path(name)
        if name != "-" and path.is_dir():
            inside = sorted(str(p) for p in path.rglob("*") if _is_text(p, path))
            if not inside:
                raise FileError(f"{name}: no texts in this folder ({', '.join(sorted(SUFFIXES))})")
            found += inside
        elif name != "-" and not path.exists():
            raise FileError(f"{name}: no such file")
        else:
            found.append(name)
    return list(dict.fromkeys(found))


def _is_text(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.suffix.lower() in SUFFIXES and path.is_file()


def journal_path(name: str, data: bytes) -> Path:
    """Return where the journal of a file is kept; standard input is known by its content."""
    import platformdirs

    key = digest_of(data) if name == "-" else digest_of(str(Path(name).resolve()).encode("utf-8", "surrogateescape"))
    return platformdirs.user_state_path("unspin") / "review" / f"{key[:32]}.jsonl"


def open_sheet(
    name: str,
    data: bytes,
    restorer: Restores,
    *,
    line: float | None = None,
    encoding: str | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
) -> Sheet:
    """Restore what is in a file and resume its review.

    `line`: confidence from which suggestions are taken, by default as the review was begun.  `fresh`: forget what was
    decided.
    Raises `FileError` (the journal) or ValueError (the content).
    """
    journal = Journal(journal_path(name, data))
    try:
        if fresh:
            journal.clear()
        past, told = _past(name, data, journal, encoding, line, restorer)
        mine = copy.copy(restorer)
        mine.confidence = past.line
        restoration = mine.restore(past.header.text, markup=markup_of(name), progress=progress)
        nothing = sessions.begin(Proposal.of(restoration, past.line))
        session = sessions.replay(nothing, past.events)
        saved = past.until_saved(digest_of(data))
    except BaseException:
        journal.close()
        raise
    return Sheet(
        name=name,
        intake=Intake(past.header.text, past.header.encoding, past.header.bom),
        document=restoration.document,
        evidence=restoration.evidence,
        session=session,
        journal=journal,
        known=digest_of(data),
        signature=restoration.signature,
        saved=sessions.replay(nothing, saved.events) if saved else None,
        told=told,
    )


def _past(
    name: str, data: bytes, journal: Journal, encoding: str | None, line: float | None, restorer: Restores
) -> tuple[Past, tuple[str, ...]]:
    """Return what was decided about this content, and what to tell of it; where needed, begin the journal (again)."""
    past, digest = journal.past(), digest_of(data)
    if past and (digest == past.header.digest or past.until_saved(digest)):
        if line is not None and line != past.line:
            journal.append(Line(line))
            past = replace(past, records=(*past.records, Line(line)))
        return past, ("taken up where you left it",) if past.events else ()
    intake = take_in(data, encoding=encoding)
    wanted = line if line is not None else past.line if past else restorer.confidence
    header = Header(name, digest, intake.text, intake.encoding, intake.bom, wanted)
    told = list(intake.repairs[:3])
    if past:
        decided = _decisions(past)
        kept = carried(past.header.text, intake.text, decided)
        header = replace(header, carried=tuple(kept.items()))
        told.append(f"the file has changed: {len(kept)} of {len(decided)} decisions still fit and were carried over")
    journal.append(header)
    return Past(header, (), 0), tuple(told)


def _decisions(past: Past) -> dict[Span, str]:
    """Return what was decided, without asking what was suggested: every place counts as one the reader made."""
    return dict(sessions.replay(sessions.begin(Proposal(past.header.text, (), past.header.line)), past.events).decisions)


def decide(sheet: Sheet, event: Event) -> Sheet:
    """Return the sheet after an event, which is in the journal before it counts; raises OSError if it cannot be."""
    session = sessions.advance(sheet.session, event)
    if session is sheet.session:
        return sheet
    if isinstance(event, Decide):  # as it took effect, so that a replay needs no suggestions to come to the same
        step = session.done[-1]
        event = Decide(tuple((change.span, change.now) for change in step.changes), step.group)
    sheet.journal.append(event)
    return replace(sheet, session=session)


def save(sheet: Sheet, *, overwrite: bool = False) -> Sheet:
    """Write the outcome to the file, whole or not at all.

    Raises `ChangedError` if the file is not as it was (unless `overwrite`), `FileError` if it cannot be written, and
    ValueError if a wording does not fit the file's encoding.
    """
    data = written(sheet)
    if not overwrite and digest_of(files.read_bytes(sheet.name)) != sheet.known:
        raise ChangedError(f"{sheet.name} has changed since it was read here")
    # The record comes first: if the process ends before the file is replaced, its content still is the header's.
    sheet.journal.append(Saved(digest_of(data)))
    files.replace_file(sheet.name, data)
    sheet.journal.sync()
    return replace(sheet, known=digest_of(data), saved=sheet.session)


def written(sheet: Sheet) -> bytes:
    """Return the outcome as it is to be written; raises ValueError if a wording does not fit the encoding."""
    return sheet.intake.encode(sessions.outcome(sheet.session))


def close_all(sheets: Iterator[Sheet]) -> None:
    """Give the journals free."""
    for sheet in sheets:
        sheet.journal.close()
