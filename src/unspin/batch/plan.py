"""What a run is told and what it tells: settings, tasks for the workers, and what came of each file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from unspin.model import Markup
from unspin.restorer import Lists


class State(StrEnum):
    """What came of a file."""

    RESTORED = "restored"  # edits were made
    SAME = "same"  # nothing to restore
    LEFT = "left"  # not spun enough for --only-spun
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run restores: everything that a worker needs to know.

    `source`: the folder (or the file's folder) read.  `target`: where the tree is mirrored; the same for work in place.
    `fields`: names of the text fields of records, or column numbers.  `only_spun`: files less spun are left as they are.
    `most_bytes`: size of a whole file, or of one record of a stream.  `seconds`: for a whole file, or one record.
    """

    source: Path
    target: Path
    confidence: float
    lists: Lists = None
    in_place: bool = False
    dry_run: bool = False
    encoding: str | None = None
    fields: tuple[str, ...] = ("text",)
    field_markup: Markup = Markup.TEXT
    only_spun: float = 0.0
    repair: bool = False
    edits: Path | None = None
    most_bytes: int = 20_000_000
    seconds: float = 300.0

    @property
    def state(self) -> Path:
        """The folder for what is not output: the ledger, files being written, backups."""
        return self.target / ".unspin"

    def signed(self, restorer: str) -> str:
        """Return the signature of results: a file done under another one is done again."""
        own = f"only-spun:{self.only_spun:g}|fields:{','.join(self.fields)}|field-markup:{self.field_markup}"
        return f"{restorer}|{own}|repair:{self.repair}|encoding:{self.encoding}|edits:{self.edits is not None}"


@dataclass(frozen=True, slots=True)
class Task:
    """A file to do: its path within the source, and the digests that an earlier run left of it and of what it wrote."""

    path: str
    size: int
    before: bytes = b""
    after: bytes = b""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file.

    `before`, `after`: digests of what was read and written.  `kept`: an earlier run did it, nothing was done now.
    `probability`, `share`, `dialect`: as in `unspin.model.Evidence`; for records, weighted by their words.
    `details`: packed differences for the report (`unspin.output.hunks`).
    """

    path: str
    state: State
    reason: str = ""
    size: int = 0
    before: bytes = b""
    after: bytes = b""
    words: int = 0
    edits: int = 0
    offered: int = 0
    probability: float = 0.0
    share: float = 0.0
    dialect: str = "any"
    confidence: float = 0.0
    seconds: float = 0.0
    details: bytes = field(default=b"", repr=False)
    kept: bool = False
